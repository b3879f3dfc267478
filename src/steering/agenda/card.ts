import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  type CardMessage,
  card,
  columns,
  container,
  heading,
  type Said,
  subheading,
  subtle,
  type Tone,
  text,
} from '../../cards/elements.ts';
import { evenly, paged } from '../../cards/paged.ts';
import { personName } from '../../directory/colleague-card.ts';
import { isMember } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { languages } from '../../shared/language.ts';
import { ways } from '../../shared/order.ts';
import type { Texts } from '../../shared/text.ts';
import { materialRow, wordLines } from '../item-card.ts';
import { followUpLines } from '../meeting/decisions-card.ts';
import { isSettled } from '../meeting/proceedings.ts';
import { limits } from '../model.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { quorumIn, substitutesOf } from '../recipients.ts';
import { isFinished, lacksDocument, mayOpen, proposalsEnd } from '../standing.ts';
import {
  type AgendaScene,
  bodyName,
  dataOf,
  factsText,
  fitting,
  holdingText,
  type Letters,
  languagesOf,
  momentText,
  numbered,
  plainNumbered,
  sizeOf,
} from '../words-card.ts';
import { documentLines } from './document-card.ts';
import { figureLines } from './figures-card.ts';
import { notYetQuorateText } from './quorum-card.ts';

export interface AgendaCardOptions {
  said?: Said | undefined;
  /** The id of the item that stands unfolded; none when absent. */
  unfolded?: string | undefined;
  /** From 0; the page of the unfolded item when absent. */
  page?: number | undefined;
  /** Teams ids of those who get their own view of a shared card. */
  refreshFor?: readonly string[];
}

/** At most so many stand on a page, and no more than leave room for the longest item unfolded: bytes of all that are folded. */
const itemsPage = 14;
const roomForFolded = 9_000;
/** Bytes of the item that stands unfolded, and letters of each of its texts: as many as there is room for. */
const roomForUnfolded = 15_500;
const shownLetters = [limits.background, 1_000, 400, 200, 100] as const satisfies Letters;

/** The agenda as its reader may see it: what it is for, what is on it, and what they can do with it. */
export function agendaCard(reading: Reading, scene: AgendaScene, options: AgendaCardOptions = {}): Card {
  const { said, refreshFor = [] } = options;
  const { sitting } = reading;
  return card(scene.texts, {
    speak: summaryOf(sitting, scene),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header(reading, scene),
      ...notes(reading, scene),
      ...list(reading, scene, options),
    ],
    actions: actionsOf(reading, scene),
    refresh: { verb: 'agenda.view', data: dataOf(sitting, scene), userIds: refreshFor },
  });
}

/** The message of a chat, or somebody's own. */
export function agendaMessage(reading: Reading, scene: AgendaScene, options: AgendaCardOptions = {}): CardMessage {
  return { card: agendaCard(reading, scene, options), summary: summaryOf(reading.sitting, scene) };
}

/** One line that says what the agenda is for; for notifications and screen readers. */
export function summaryOf(sitting: Reading['sitting'], scene: AgendaScene): string {
  return `${scene.texts('agenda.title')} · ${bodyName(sitting, scene)} · ${holdingText(sitting, scene)}`;
}

function header({ sitting }: Reading, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const tone: Tone = sitting.over || !sitting.holding ? 'emphasis' : sitting.sent ? 'good' : 'accent';
  return container(
    [
      text(bodyName(sitting, scene), { size: 'Small' }),
      { ...heading(texts(sitting.sent ? 'agenda.title' : 'agenda.draftTitle')), spacing: 'None' },
      text(holdingText(sitting, scene), { weight: 'Bolder', spacing: 'Small' }),
    ],
    { style: tone, bleed: true },
  );
}

/** What there is to know of the agenda as a whole. */
function notes({ sitting, reader, items }: Reading, scene: AgendaScene): CardElement[] {
  const { texts, directory, policy, now } = scene;
  if (sitting.over) return [];
  if (!sitting.sent) {
    const end = proposalsEnd(sitting, policy);
    if (!end) return [subtle(texts(reader.is === 'keeper' ? 'agenda.planFirst' : 'agenda.noEnd'))];
    const isOpen = Temporal.Instant.compare(now, end) <= 0;
    return [subtle(texts(isOpen ? 'agenda.proposeBy' : 'agenda.proposalsClosed', { when: momentText(end, scene) }))];
  }
  const expected = quorumIn(sitting, directory, policy.quorum);
  const { lack, present, needed } = expected;
  const late = items.filter((item) => item.late !== null).length;
  const said = reader.is === 'other' ? undefined : sitting.comings[reader.person];
  // Who comes is asked until it has begun; then its own card says who is there.
  if (sitting.proceedings) return late > 0 ? [subtle(texts('agenda.lateCount', { count: late }))] : [];
  return [
    text(lack ? notYetQuorateText(expected, texts) : texts('agenda.quorate', { count: present, needed }), {
      spacing: 'Small',
    }),
    ...(lack && lack.of !== 'seats'
      ? [text(texts(`agenda.lacks.${lack.of}`, { count: lack.count }), { spacing: 'None' })]
      : []),
    ...(said ? [subtle(texts('agenda.yourAnswer', { answer: texts(`meeting.coming.${said}`) }))] : []),
    ...(late > 0 ? [subtle(texts('agenda.lateCount', { count: late }))] : []),
  ];
}

type Section = 'proposed' | 'agenda' | 'removed';

function sectionOf({ state }: ReadItem): Section {
  if (state.is === 'accepted') return 'agenda';
  return state.is === 'proposed' ? 'proposed' : 'removed';
}

/** What waits first, then what is on the agenda, and last what was taken off it: what changed late in its place. */
function list(reading: Reading, scene: AgendaScene, { unfolded, page }: AgendaCardOptions): CardElement[] {
  const { sitting, items } = reading;
  const { texts } = scene;
  const rows = (['proposed', 'agenda', 'removed'] as const).flatMap((section) =>
    items.filter((item) => sectionOf(item) === section).map((item) => ({ section, item })),
  );
  const hasSections = rows.some(({ section }) => section !== 'agenda');
  const sizes = rows.map(({ item }) => sizeOf(foldedItem(reading, item, scene)));
  const pages = evenly(rows, Math.min(itemsPage, Math.max(1, Math.floor(roomForFolded / Math.max(1, ...sizes)))));
  const wanted = page ?? pages.findIndex((on) => on.some(({ item }) => item.id === unfolded));
  const turn = (title: string, to: number): CardAction =>
    button(title, 'agenda.view', { ...dataOf(sitting, scene), page: to });
  const { shown, page: at, line, turns } = paged(pages, { size: 1, wanted, turn }, texts);
  return [
    ...shown
      .flat()
      .flatMap(({ section, item }, index, all) => [
        ...(hasSections && all[index - 1]?.section !== section ? [subheading(texts(`agenda.section.${section}`))] : []),
        item.id === unfolded ? unfoldedItem(reading, item, at, scene) : foldedItem(reading, item, scene),
      ]),
    ...line,
    ...(turns.length > 0 ? [actionRow(turns)] : []),
  ];
}

function titleLine(item: ReadItem, scene: AgendaScene): CardElement[] {
  const isOff = item.state.is === 'removed' || item.state.is === 'declined';
  return [
    text(numbered(item, scene), { weight: 'Bolder', ...(isOff && { isSubtle: true }) }),
    text([stateText(item, scene), factsText(item, scene)].filter(Boolean).join(' · '), {
      spacing: 'None',
      size: 'Small',
      ...(item.late && { color: 'Accent', weight: 'Bolder' }),
    }),
  ];
}

/** What became of what somebody has brought up; empty for what is on the agenda. */
function stateText({ state, begun }: ReadItem, { texts, directory }: AgendaScene): string {
  if (state.is === 'accepted') return '';
  const by = state.is === 'proposed' ? begun.by : state.by;
  const name = by === 'ankarbot' ? 'Ankarbot' : personName(directory, by, texts);
  return texts(`agenda.state.${state.is}`, { name });
}

function foldedItem(reading: Reading, item: ReadItem, scene: AgendaScene): CardElement {
  if (itemActions(reading, item, scene).length === 1 && !saysMore(reading, item)) {
    return container(titleLine(item, scene), { separator: true });
  }
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const open = button(scene.texts('list.open'), 'agenda.view', data, {
    inWords: scene.texts('agenda.openItem', { title: plainNumbered(item, scene) }),
  });
  return { ...columns(titleLine(item, scene), [actionRow([open])]), separator: true };
}

/** There is something to read of it beside its title. */
const saysMore = ({ followUps }: Reading, { words, code, document }: ReadItem): boolean =>
  words.links.length > 0 ||
  document !== null ||
  Object.keys({ ...words.background, ...words.proposal }).length > 0 ||
  code === 'figures' ||
  (code === 'followUp' && followUps.length > 0);

function unfoldedItem(reading: Reading, item: ReadItem, page: number, scene: AgendaScene): CardElement {
  const actions = itemActions(reading, item, scene, page);
  return fitting(shownLetters, roomForUnfolded, (letters) => unfoldedWith(letters, reading, item, actions, scene));
}

function unfoldedWith(
  letters: number,
  reading: Reading,
  item: ReadItem,
  actions: readonly CardAction[],
  scene: AgendaScene,
): CardElement {
  const { texts } = scene;
  return container(
    [
      ...titleLine(item, scene),
      ...wordLines(item, scene, letters),
      ...materialRow(item, scene),
      ...(item.code === 'figures' ? figureLines(reading.sitting.figures, scene) : []),
      ...(item.code === 'followUp' ? followUpLines(reading, scene, letters) : []),
      ...documentLines(item, scene),
      ...(isWanting(reading, item, scene) ? [subtle(texts('agenda.document.missing'))] : []),
      ...rowsOf(actions),
    ],
    { separator: true, style: 'emphasis', bleed: true },
  );
}

/** Its document is still to come, from the reader. */
const isWanting = ({ sitting, reader }: Reading, item: ReadItem, { now }: AgendaScene): boolean =>
  reader.is === 'keeper' && lacksDocument(item) && !isSettled(sitting, item.id) && !isFinished(sitting, now);

/** Teams draws six in a row. */
function rowsOf(actions: readonly CardAction[]): CardElement[] {
  return actions.length > 0 ? [actionRow([...actions])] : [];
}

/** `page`: the one on which it stands, and is folded. */
function itemActions(reading: Reading, item: ReadItem, scene: AgendaScene, page = 0): CardAction[] {
  const { sitting, reader, items } = reading;
  const { texts, now } = scene;
  const folded = button(texts('agenda.actions.fold'), 'agenda.view', { ...dataOf(sitting, scene), page });
  if (isFinished(sitting, now) || reader.is === 'other') return [folded];
  const data = { ...dataOf(sitting, scene), item: item.id };
  const change = button(texts('agenda.actions.change'), 'agenda.itemForm', data);
  const remove = button(texts('agenda.actions.remove'), 'agenda.remove', data);
  if (reader.is === 'member') return item.state.is === 'proposed' ? [change, remove, folded] : [folded];
  switch (item.state.is) {
    case 'proposed':
      return [
        button(texts('agenda.actions.accept'), 'agenda.accept', data),
        change,
        button(texts('agenda.actions.decline'), 'agenda.decline', data),
        folded,
      ];
    case 'accepted':
      return [change, ...moves(item, items, data, texts), ...translations(item, data, texts), remove, folded];
    default:
      return [button(texts('agenda.actions.restore'), 'agenda.restore', data), folded];
  }
}

function moves(
  item: ReadItem,
  items: readonly ReadItem[],
  data: Record<string, string | number>,
  texts: Texts,
): CardAction[] {
  const on = items.filter(({ state }) => state.is === 'accepted');
  const at = on.indexOf(item);
  return ways.flatMap((way) => {
    const past = on[way === 'up' ? at - 1 : at + 1];
    if (!past) return [];
    return [
      button(
        texts(`agenda.actions.${way}`),
        'agenda.move',
        { ...data, way, past: past.id },
        { inWords: texts(`agenda.actions.${way}Words`) },
      ),
    ];
  });
}

/** To write in another language what was written in one. */
function translations({ words }: ReadItem, data: Record<string, string | number>, texts: Texts): CardAction[] {
  const known = languagesOf(words);
  if (known.length === 0) return [];
  return languages
    .filter((language) => language !== texts.language)
    .map((language) =>
      button(
        texts('agenda.actions.translate', { language: texts(`minutes.paper.in.${language}`) }),
        'agenda.itemForm',
        { ...data, language },
        { overflow: true },
      ),
    );
}

/** The most likely first. */
function actionsOf(reading: Reading, scene: AgendaScene): CardAction[] {
  const { sitting, reader } = reading;
  const { texts, now, policy } = scene;
  const data = dataOf(sitting, scene);
  if (isFinished(sitting, now) && !sitting.proceedings) return [];
  const isAsked = sitting.sent !== null && sitting.holding !== null;
  // In the chat of the body everybody reads the same card, and each presses for themselves.
  if (reader.is === 'other') return isAsked && scene.placement ? replies(sitting, null, scene) : [];
  const end = proposalsEnd(sitting, policy);
  const mayPropose = reader.is === 'keeper' || !end || Temporal.Instant.compare(now, end) <= 0;
  const { proceedings } = sitting;
  if (proceedings) return [button(texts('sitting.action.view'), 'sitting.view', data, { primary: true })];
  const opens = reader.is === 'keeper' && isAsked && mayOpen(sitting, now);
  return [
    ...(opens ? [button(texts('sitting.action.begin'), 'sitting.beginForm', data, { primary: true })] : []),
    ...(isAsked ? replies(sitting, reader.person, scene, !opens) : []),
    ...(reader.is === 'keeper' && !sitting.sent
      ? [
          sitting.holding
            ? button(texts('agenda.actions.send'), 'agenda.send', data, { primary: true })
            : button(texts('agenda.actions.plan'), 'meeting.form', { body: sitting.body }, { primary: true }),
        ]
      : []),
    ...(mayPropose
      ? [button(texts(`agenda.actions.${reader.is === 'keeper' ? 'add' : 'propose'}`), 'agenda.itemForm', data)]
      : []),
  ];
}

/** Whether they come: what they have said is not offered again. Null draws them for everybody alike. */
function replies(
  sitting: Reading['sitting'],
  person: PersonId | null,
  scene: AgendaScene,
  isFirst = true,
): CardAction[] {
  const { texts, directory } = scene;
  if (person !== null && !isMember(directory, sitting.body, person)) return [];
  const said = person === null ? undefined : sitting.comings[person];
  const isSubstitute = person !== null && substitutesOf(sitting.body, person, directory).length === 0;
  const data = dataOf(sitting, scene);
  return (['yes', 'no', 'substitute'] as const)
    .filter((coming) => coming !== said && !(coming === 'substitute' && isSubstitute))
    .map((coming) =>
      button(
        texts(`agenda.reply.${coming}`),
        'agenda.reply',
        { ...data, coming },
        { primary: coming === 'yes' && person !== null && !said && isFirst },
      ),
    );
}
