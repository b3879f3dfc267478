import { formatDate } from '../../cards/dates.ts';
import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  columns,
  heading,
  type Said,
  subheading,
  subtle,
  text,
  withoutMarkdown,
  written,
} from '../../cards/elements.ts';
import { paged } from '../../cards/paged.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { Body } from '../../directory/model.ts';
import { dateIn } from '../../shared/clock.ts';
import { inTheirs } from '../../shared/language.ts';
import { type ReadFollowUp, type ReadRecord, recordLimits, type Written } from '../model.ts';
import { proposalOf } from '../proposal.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { type AgendaScene, beginningOf, dataOf, momentText, outcomeText, paragraphOf, titleOf } from '../words-card.ts';
import { counterWon, heldBy, isDecision } from './proceedings.ts';

/** What a body has decided at its latest meetings, and what is to be done for it. */

interface Row {
  section: 'actions' | 'decisions' | 'done';
  reading: Reading;
  item: ReadItem;
  action: ReadAction | null;
}

export type ReadAction = ReadRecord['actions'][number];

const rowsPage = 10;
/** Letters of each text, and how many of what is left to do stand on an agenda. */
const shownLetters = 250;
const mostFollowUps = 10;

export interface DecisionsView {
  /** From 0. */
  page: number;
  said?: Said | undefined;
}

export function decisionsCard(
  body: Body,
  readings: readonly Reading[],
  { page, said }: DecisionsView,
  scene: AgendaScene,
): Card {
  const { texts } = scene;
  const rows = rowsOf(readings);
  const turn = (title: string, to: number): CardAction =>
    button(title, 'agenda.decisions', { body: body.id, page: to });
  const { shown, line, turns } = paged(rows, { size: rowsPage, wanted: page, turn }, texts);
  const title = texts('decisions.title');
  return card(texts, {
    speak: `${title} · ${body.name[texts.language]}`,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      text(body.name[texts.language], { size: 'Small' }),
      { ...heading(title), spacing: 'None' },
      ...(rows.length === 0 ? [text(texts('decisions.none'))] : []),
      ...shown.flatMap((row, index) => [
        ...(shown[index - 1]?.section === row.section ? [] : [subheading(texts(`decisions.${row.section}`))]),
        rowOf(row, page, scene),
      ]),
      ...line,
    ],
    actions: [...turns, button(texts('help.agenda'), 'agenda.open', { body: body.id })],
  });
}

/** What is still to be done, by date, then what was decided, and at last what is done, the newest first. */
function rowsOf(readings: readonly Reading[]): Row[] {
  const all = readings.flatMap((reading) => reading.items.map((item) => ({ reading, item })));
  const actions = all.flatMap(({ reading, item }) =>
    (item.record?.actions ?? []).map((action) => ({
      section: action.done ? ('done' as const) : ('actions' as const),
      reading,
      item,
      action,
    })),
  );
  const open = actions.filter(({ action }) => !action.done);
  const done = actions.filter(({ action }) => action.done);
  const decisions = all.flatMap(({ reading, item }): Row[] =>
    item.record?.outcome && isDecision(item.record.outcome.as, item.kind)
      ? [{ section: 'decisions', reading, item, action: null }]
      : [],
  );
  return [
    ...open.toSorted((a, b) => (heldBy(a.action).due < heldBy(b.action).due ? -1 : 1)),
    ...decisions,
    ...done.toSorted((a, b) => ((a.action.done?.at ?? '') > (b.action.done?.at ?? '') ? -1 : 1)),
  ];
}

/** Whose items stand on a page of it. */
export function listedOn(all: readonly Reading[], page: number): { sitting: Reading['sitting']; item: ReadItem }[] {
  const rows = rowsOf(all);
  // Of a page that is no more the last one is shown.
  const at = Math.min(page, Math.max(0, Math.ceil(rows.length / rowsPage) - 1)) * rowsPage;
  const shown = rows.slice(at, at + rowsPage);
  return shown.map(({ reading, item }) => ({ sitting: reading.sitting, item }));
}

function rowOf({ reading, item, action }: Row, page: number, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { sitting } = reading;
  const open = button(texts('list.open'), 'sitting.view', { ...dataOf(sitting, { placement: null }), item: item.id });
  const when = sitting.holding ? momentText(sitting.holding.begins, scene) : '';
  const title = withoutMarkdown(titleOf(item, scene));
  if (action) {
    return {
      ...columns(
        [...actionLines(action, scene), text(`${title} · ${when}`, { spacing: 'None', size: 'Small', isSubtle: true })],
        [actionRow([...actionButtons({ reading, item, action }, { ...scene, placement: null }, { page }), open])],
      ),
      separator: true,
    };
  }
  const { outcome = null } = item.record ?? {};
  const words = inTheirs(decidedWords(item), texts.language);
  return {
    ...columns(
      [
        text(title, { weight: 'Bolder' }),
        text(
          [paragraphOf(reading, item), outcome && outcomeText(outcome.as, item, scene), when]
            .filter(Boolean)
            .join(' · '),
          {
            spacing: 'None',
            size: 'Small',
          },
        ),
        ...(words ? [{ ...written(beginningOf(words.text, shownLetters)), spacing: 'None' as const }] : []),
      ],
      [actionRow([open])],
    ),
    separator: true,
  };
}

/** What was decided, in the words of whoever worded it: without words of its own it is what was proposed, or what won the vote. */
function decidedWords(item: ReadItem): Written {
  const { record, words } = item;
  const { outcome = null, vote = null } = record ?? {};
  if (!outcome || Object.keys(outcome.text).length > 0) return outcome?.text ?? {};
  if (outcome.as === 'asProposed') return proposalOf(item, words);
  return (outcome.as === 'changed' && counterWon(vote)?.text) || {};
}

/** What is to be done, by whom and until when; what is late says so, and what is done. */
export function actionLines(
  { text: words, done = null, ...action }: Pick<ReadFollowUp, 'text' | 'owner' | 'due'> & Partial<ReadAction>,
  scene: AgendaScene,
  letters: number = recordLimits.action,
): CardElement[] {
  const { texts, directory } = scene;
  const held = heldBy({ handed: null, ...action });
  const { state, isLate } = stateOf({ handed: null, ...action, done }, scene);
  return [
    text(withoutMarkdown(beginningOf(inTheirs(words, texts.language)?.text ?? '', letters))),
    text(`${personName(directory, held.owner, texts)} · ${state}`, {
      spacing: 'None',
      size: 'Small',
      ...(isLate && { color: 'Attention', weight: 'Bolder' }),
    }),
  ];
}

/** By when it is to be done, or when it was. */
export function stateOf(
  { done, ...action }: Pick<ReadAction, 'owner' | 'due' | 'handed' | 'done'>,
  { texts, directory, now }: AgendaScene,
): { state: string; isLate: boolean } {
  const { due } = heldBy(action);
  const today = dateIn(directory.policy.timeZone, now);
  const isLate = !done && due < today.toString();
  const date = formatDate(due, texts, today);
  const state = done
    ? texts('decisions.doneAt', {
        date: formatDate(dateIn(directory.policy.timeZone, Temporal.Instant.from(done.at)).toString(), texts, today),
      })
    : texts(isLate ? 'decisions.late' : 'decisions.by', { date });
  return { state, isLate };
}

/**
 * What its reader can do with something that somebody is to do. `page` is that of the list of decisions, where it stands there;
 * while the meeting `isOpen`, it can be written otherwise, or removed by leaving it empty.
 */
export function actionButtons(
  { reading, item, action }: { reading: Reading; item: ReadItem; action: ReadAction },
  scene: AgendaScene,
  { page, isOpen = false }: { page?: number; isOpen?: boolean },
): CardAction[] {
  const { texts } = scene;
  const { reader, sitting } = reading;
  const isKeeper = reader.is === 'keeper';
  if (reader.is === 'other' || !(isKeeper || heldBy(action).owner === reader.person)) return [];
  const data = { ...dataOf(sitting, scene), item: item.id, action: action.id, from: page ?? 'meeting' };
  const more = { overflow: true };
  if (action.done) return [button(texts('sitting.action.undone'), 'sitting.undone', data, more)];
  return [
    button(texts('sitting.action.done'), 'sitting.done', data),
    ...(isKeeper && isOpen ? [button(texts('sitting.action.reassign'), 'sitting.assignForm', data, more)] : []),
    ...(isKeeper && !isOpen ? [button(texts('sitting.action.handOn'), 'sitting.handOnForm', data, more)] : []),
  ];
}

/** On the agenda and at the meeting: what earlier meetings have settled that somebody does. */
export function followUpLines(
  { followUps }: Pick<Reading, 'followUps'>,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  if (followUps.length === 0) return [];
  return [
    text(scene.texts('decisions.actions'), { size: 'Small', weight: 'Bolder' }),
    ...followUps.slice(0, mostFollowUps).flatMap((one) => actionLines(one, scene, letters)),
    ...(followUps.length > mostFollowUps
      ? [subtle(scene.texts('form.more', { count: followUps.length - mostFollowUps }))]
      : []),
  ];
}
