import { formatDate } from '../../cards/dates.ts';
import {
  actionRow,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  columns,
  heading,
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
import type { ReadFollowUp, ReadRecord, Written } from '../model.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { type AgendaScene, beginningOf, dataOf, momentText, paragraphOf, titleOf } from '../words-card.ts';
import { isDecision } from './proceedings.ts';

/** What a body has decided at its latest meetings, and what is to be done for it. */

interface Row {
  section: 'actions' | 'decisions';
  reading: Reading;
  item: ReadItem;
  action: ReadRecord['actions'][number] | null;
}

const rowsPage = 10;
/** Letters of each text, and how many of what is left to do stand on an agenda. */
const shownLetters = 250;
const mostFollowUps = 10;

export function decisionsCard(body: Body, readings: readonly Reading[], page: number, scene: AgendaScene): Card {
  const { texts } = scene;
  const rows = rowsOf(readings);
  const turn = (title: string, to: number): CardAction =>
    button(title, 'agenda.decisions', { body: body.id, page: to });
  const { shown, line, turns } = paged(rows, { size: rowsPage, wanted: page, turn }, texts);
  const title = texts('decisions.title');
  return card(texts, {
    speak: `${title} · ${body.name[texts.language]}`,
    body: [
      text(body.name[texts.language], { size: 'Small' }),
      { ...heading(title), spacing: 'None' },
      ...(rows.length === 0 ? [text(texts('decisions.none'))] : []),
      ...shown.flatMap((row, index) => [
        ...(shown[index - 1]?.section === row.section ? [] : [subheading(texts(`decisions.${row.section}`))]),
        rowOf(row, scene),
      ]),
      ...line,
    ],
    actions: [...turns, button(texts('help.agenda'), 'agenda.open', { body: body.id })],
  });
}

/** What is still to be done, by date, and then what was decided, the newest first. */
function rowsOf(readings: readonly Reading[]): Row[] {
  const all = readings.flatMap((reading) => reading.items.map((item) => ({ reading, item })));
  const actions = all.flatMap(({ reading, item }) =>
    (item.record?.actions ?? [])
      .filter(({ done }) => !done)
      .map((action): Row & { action: ReadRecord['actions'][number] } => ({
        section: 'actions',
        reading,
        item,
        action,
      })),
  );
  const decisions = all.flatMap(({ reading, item }): Row[] =>
    item.record?.outcome && isDecision(item.record.outcome.as)
      ? [{ section: 'decisions', reading, item, action: null }]
      : [],
  );
  return [...actions.toSorted((a, b) => (a.action.due < b.action.due ? -1 : 1)), ...decisions];
}

function rowOf({ reading, item, action }: Row, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { sitting } = reading;
  const open = button(texts('list.open'), 'sitting.view', { ...dataOf(sitting, { placement: null }), item: item.id });
  const when = sitting.holding ? momentText(sitting.holding.begins, scene) : '';
  const title = withoutMarkdown(titleOf(item, scene));
  if (action) {
    return {
      ...columns(
        [...actionLines(action, scene), text(`${title} · ${when}`, { spacing: 'None', size: 'Small', isSubtle: true })],
        [actionRow([open])],
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
          [paragraphOf(reading, item), outcome && texts(`sitting.outcome.${outcome.as}`), when]
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
function decidedWords({ record, words }: ReadItem): Written {
  const { outcome = null, vote = null } = record ?? {};
  if (!outcome || Object.keys(outcome.text).length > 0) return outcome?.text ?? {};
  if (outcome.as === 'asProposed') return words.proposal;
  const won = vote?.counters.find(({ id }) => id === vote.ended?.winner);
  return (outcome.as === 'changed' && won?.text) || {};
}

/** What is to be done, by whom and until when; what is late says so. */
function actionLines(
  { text: words, owner, due }: Pick<ReadFollowUp, 'text' | 'owner' | 'due'>,
  { texts, directory, now }: AgendaScene,
): CardElement[] {
  const today = dateIn(directory.policy.timeZone, now);
  const isLate = due < today.toString();
  const date = formatDate(due, texts, today);
  return [
    text(withoutMarkdown(inTheirs(words, texts.language)?.text ?? '')),
    text(`${personName(directory, owner, texts)} · ${texts(isLate ? 'decisions.late' : 'decisions.by', { date })}`, {
      spacing: 'None',
      size: 'Small',
      ...(isLate && { color: 'Attention', weight: 'Bolder' }),
    }),
  ];
}

/** On the agenda and at the meeting: what earlier meetings have settled that somebody does. */
export function followUpLines({ followUps }: Pick<Reading, 'followUps'>, scene: AgendaScene): CardElement[] {
  if (followUps.length === 0) return [];
  return [
    text(scene.texts('decisions.actions'), { size: 'Small', weight: 'Bolder' }),
    ...followUps.slice(0, mostFollowUps).flatMap((one) => actionLines(one, scene)),
    ...(followUps.length > mostFollowUps
      ? [subtle(scene.texts('form.more', { count: followUps.length - mostFollowUps }))]
      : []),
  ];
}
