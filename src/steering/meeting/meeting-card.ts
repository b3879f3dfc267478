import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  columns,
  container,
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
import type { PersonId } from '../../shared/ids.ts';
import { inTheirs } from '../../shared/language.ts';
import { documentLines } from '../agenda/document-card.ts';
import { figureLines } from '../agenda/figures-card.ts';
import { newestFor } from '../minutes/minutes.ts';
import type { Proceedings, ReadRecord, Sitting, Written } from '../model.ts';
import type { ReadItem, Reading } from '../reading.ts';
import {
  type AgendaScene,
  beginningOf,
  bodyName,
  dataOf,
  fitting,
  holdingText,
  type Letters,
  numbered,
  paragraphOf,
  plainNumbered,
  sizeOf,
} from '../words-card.ts';
import { actionButtons, actionLines, followUpLines } from './decisions-card.ts';
import {
  chairAt,
  countsOf,
  currentOf,
  isDecision,
  mayUndoOpening,
  presentAt,
  quorumAt,
  votersAt,
} from './proceedings.ts';

/** The meeting as it goes on: who is there, whether they can decide, and item by item what came of it. */

export interface MeetingCardOptions {
  said?: Said | undefined;
  /** The id of the item that stands unfolded; the one before the meeting when absent, none for `''`. */
  unfolded?: string | undefined;
  page?: number | undefined;
}

/** What a card of the meeting is drawn from: the reading, and the sitting whose proceedings are there. */
export interface Meeting {
  reading: Reading;
  sitting: Pick<Sitting, 'items'> & { proceedings: Proceedings };
}

/** At most so many stand on a page, and no more than leave room for what was recorded of one: bytes of all that are folded. */
const itemsPage = 8;
const roomForFolded = 6_000;
/** Bytes of the item that stands unfolded, and letters of each of its texts: as many as there is room for. */
const roomForUnfolded = 15_000;
const shownLetters = [800, 400, 200, 100, 50] as const satisfies Letters;
/** With so few, what is to be done has its buttons among the decisions and tasks, but for the first. */
const tightLetters = 100;
/** At most, of what there are several of; and of how many of those who are disqualified, and of dissents. */
const shortLetters = 250;
const mostNamed = 5;

export function meetingCard({ reading, sitting }: Meeting, scene: AgendaScene, options: MeetingCardOptions = {}): Card {
  const { texts } = scene;
  const { said } = options;
  const on = reading.items.filter(({ state }) => state.is === 'accepted');
  const current = currentOf(sitting);
  const unfolded = options.unfolded ?? (sitting.proceedings.closed ? '' : (current ?? ''));
  const sizes = on.map((item) => sizeOf(foldedItem({ reading, sitting }, item, scene)));
  const size = Math.min(itemsPage, Math.floor(roomForFolded / Math.max(1, ...sizes)));
  const at = on.findIndex(({ id }) => id === unfolded);
  const wanted = options.page ?? Math.max(0, Math.floor(at / size));
  const turn = (title: string, page: number): CardAction =>
    button(title, 'sitting.view', { ...dataOf(reading.sitting, scene), page });
  const { shown, line, turns } = paged(on, { size, wanted, turn }, texts);
  return card(texts, {
    speak: `${texts('sitting.title')} · ${bodyName(reading.sitting, scene)}`,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header({ reading, sitting }, at < 0 ? current : unfolded, scene),
      ...attendance({ reading, sitting }, at < 0 ? current : unfolded, scene),
      ...shown.map((item) =>
        item.id === unfolded
          ? unfoldedItem({ reading, sitting }, item, scene)
          : foldedItem({ reading, sitting }, item, scene),
      ),
      ...line,
      ...(turns.length > 0 ? [actionRow(turns)] : []),
    ],
    actions: actionsOf({ reading, sitting }, scene),
  });
}

/** What the body can do at the item that is shown, or could at its last one. */
function quorumOfNow({ sitting }: Meeting, current: string | null, { policy }: AgendaScene) {
  const last = sitting.items.findLast(({ state }) => state.is === 'accepted');
  return quorumAt(sitting, current ?? last?.id ?? '', policy.quorum);
}

function header(meeting: Meeting, current: string | null, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { reading, sitting } = meeting;
  const { met, present, lack } = quorumOfNow(meeting, current, scene);
  const isClosed = sitting.proceedings.closed !== null;
  const state = isClosed
    ? texts('sitting.closed')
    : lack
      ? `${texts('sitting.represented', { count: present.length })} · ${texts(`sitting.lacks.${lack.of}`, { count: lack.count })}`
      : texts('sitting.quorate', { count: present.length });
  return container(
    [
      text(`${bodyName(reading.sitting, scene)} · ${holdingText(reading.sitting, scene)}`, { size: 'Small' }),
      { ...heading(texts('sitting.title')), spacing: 'None' },
      text(state, { weight: 'Bolder', spacing: 'Small' }),
    ],
    { style: isClosed ? 'emphasis' : met ? 'good' : 'warning', bleed: true },
  );
}

/** Who is there now, in a line, and who chairs. */
function attendance({ sitting }: Meeting, current: string | null, scene: AgendaScene): CardElement[] {
  const { texts, directory } = scene;
  const { seats } = sitting.proceedings;
  const now = current ?? sitting.items.findLast(({ state }) => state.is === 'accepted')?.id ?? '';
  const there = presentAt(sitting, now);
  const chair = chairAt(sitting, now);
  const absent = seats.filter(({ id }) => !there.has(id)).map(({ name }) => withoutMarkdown(name[texts.language]));
  const names = [...there.values()].map((person) => personName(directory, person, texts));
  return [
    text(texts('sitting.chair', { name: chair ? personName(directory, chair, texts) : texts('sitting.nobody') }), {
      spacing: 'Small',
    }),
    subtle(texts('sitting.there', { names: names.join(', ') || texts('sitting.nobody') })),
    ...(absent.length > 0 ? [subtle(texts('sitting.away', { names: absent.join(', ') }))] : []),
  ];
}

function titleLine({ reading, sitting }: Meeting, item: ReadItem, scene: AgendaScene): CardElement[] {
  const state = [
    paragraphOf(reading, item),
    stateOf(item, sitting.proceedings, scene),
    item.confidential && scene.texts('agenda.confidential'),
  ];
  return [
    text(numbered(item, scene), { weight: 'Bolder' }),
    text(state.filter(Boolean).join(' · '), { spacing: 'None', size: 'Small' }),
  ];
}

/** What came of it, in a few words; what stands on the agenda alone says what it is for, until the meeting is closed. */
function stateOf({ code, record, kind }: ReadItem, { closed }: Proceedings, { texts }: AgendaScene): string {
  if (record?.outcome) return `✓ ${texts(`sitting.outcome.${record.outcome.as}`)}`;
  if (record?.vote && !record.vote.ended) return texts('sitting.voting');
  if (closed) return code === 'opening' || code === 'closing' ? '' : texts('sitting.untouched');
  return texts(`agenda.kind.${kind}`);
}

function foldedItem(meeting: Meeting, item: ReadItem, scene: AgendaScene): CardElement {
  const { reading } = meeting;
  const open = button(
    scene.texts('list.open'),
    'sitting.view',
    { ...dataOf(reading.sitting, scene), item: item.id },
    { inWords: scene.texts('agenda.openItem', { title: plainNumbered(item, scene) }) },
  );
  return { ...columns(titleLine(meeting, item, scene), [actionRow([open])]), separator: true };
}

function unfoldedItem(meeting: Meeting, item: ReadItem, scene: AgendaScene): CardElement {
  return fitting(shownLetters, roomForUnfolded, (letters) => unfoldedWith(letters, meeting, item, scene));
}

function unfoldedWith(letters: number, meeting: Meeting, item: ReadItem, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { record } = item;
  const actions = itemActions(meeting, item, scene);
  return container(
    [
      ...titleLine(meeting, item, scene),
      ...said(texts('agenda.form.proposal'), item.words.proposal, scene, letters),
      ...(item.code === 'figures' ? figureLines(meeting.reading.sitting.figures, scene) : []),
      ...(item.code === 'followUp' ? followUpLines(meeting.reading, scene, letters) : []),
      ...documentLines(item, scene),
      ...(record ? recorded(meeting, item, record, scene, letters) : []),
      ...rowsOf(actions),
    ],
    { separator: true, style: 'emphasis', bleed: true },
  );
}

/** So many stand beside each other in a narrow window; what is in the menu goes with the last. */
const buttonsInRow = 3;

function rowsOf(actions: readonly CardAction[]): CardElement[] {
  const shown = actions.filter(({ mode }) => mode !== 'secondary');
  const rows = Math.max(1, Math.ceil(shown.length / buttonsInRow));
  const inMenu = actions.filter(({ mode }) => mode === 'secondary');
  return Array.from({ length: rows }, (_, at) => {
    const row = shown.slice(at * buttonsInRow, (at + 1) * buttonsInRow);
    return actionRow(at === rows - 1 ? [...row, ...inMenu] : row);
  });
}

/** In the reader's language, else in the one in which it was written, which is said then. */
function said(name: string, words: Written, { texts }: AgendaScene, letters: number): CardElement[] {
  const found = inTheirs(words, texts.language);
  if (!found) return [];
  const label = found.language === texts.language ? name : `${name} (${texts(`minutes.paper.in.${found.language}`)})`;
  return [
    text(label, { size: 'Small', weight: 'Bolder' }),
    { ...written(beginningOf(found.text, letters)), spacing: 'None' as const },
  ];
}

function recorded(
  { reading, sitting }: Meeting,
  item: ReadItem,
  record: ReadRecord,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  const { texts, directory } = scene;
  const name = (person: PersonId): string => personName(directory, person, texts);
  const { vote, outcome, recusals, dissents, actions } = record;
  const isDone = outcome !== null;
  const needsQuorum = !isDone && !quorumAt(sitting, item.id, scene.policy.quorum).met;
  const fewer = Math.min(letters, shortLetters);
  const more = (all: readonly unknown[]): CardElement[] =>
    all.length > mostNamed ? [subtle(texts('form.more', { count: all.length - mostNamed }))] : [];
  return [
    ...(needsQuorum ? [text(texts('sitting.cannotDecide'), { weight: 'Bolder', color: 'Warning' })] : []),
    ...(record.chair ? [text(texts('sitting.chairOfItem', { name: name(record.chair) }), { spacing: 'Small' })] : []),
    ...said(texts('sitting.discussion'), record.discussion, scene, letters),
    ...recusals
      .slice(0, mostNamed)
      .map(({ person, substitute }) =>
        text(
          substitute
            ? texts('sitting.recusedFor', { name: name(person), substitute: name(substitute) })
            : texts('sitting.recused', { name: name(person) }),
          { spacing: 'Small' },
        ),
      ),
    ...more(recusals),
    ...(vote ? votesOf(vote, votersAt(sitting, item.id), scene, fewer) : []),
    ...(outcome
      ? [
          text(texts('sitting.decision', { outcome: texts(`sitting.outcome.${outcome.as}`) }), {
            weight: 'Bolder',
            spacing: 'Small',
          }),
          ...said(texts('sitting.decisionText'), outcome.text, scene, letters),
        ]
      : []),
    ...dissents
      .slice(0, mostNamed)
      .flatMap(({ person, text: words }) =>
        said(texts('sitting.dissentOf', { name: name(person) }), words, scene, fewer),
      ),
    ...more(dissents),
    ...(actions.length > 0 ? [subheading(texts('sitting.actions'))] : []),
    ...actions.map((action, at) => {
      const isOpen = sitting.proceedings.closed === null;
      const hasRoom = letters > tightLetters || at < buttonsInRow;
      const buttons = hasRoom ? actionButtons({ reading, item, action }, scene, { isOpen }) : [];
      const lines = actionLines(action, scene, letters);
      return buttons.length > 0 ? columns(lines, [actionRow(buttons)]) : container(lines);
    }),
  ];
}

/** What is voted on, with how many voted for it, who abstained, and while it goes on who has not voted yet. */
function votesOf(
  vote: NonNullable<ReadRecord['vote']>,
  voters: ReadonlyMap<string, PersonId>,
  scene: AgendaScene,
  letters: number,
): CardElement[] {
  const { texts, directory } = scene;
  const { ended } = vote;
  const abstained = Object.values(vote.votes).filter(({ option }) => option === 'abstain').length;
  const counts = [...countsOf(vote), ...(abstained > 0 ? [{ option: 'abstain', votes: abstained }] : [])];
  const lines = counts.map(({ option, votes }) =>
    text(`${withoutMarkdown(optionText(vote, option, scene, letters))} – ${texts('sitting.votes', { count: votes })}`, {
      spacing: 'None',
    }),
  );
  const silent = [...voters].filter(([seat]) => vote.votes[seat] === undefined);
  const names = silent.map(([, person]) => personName(directory, person, texts)).join(', ');
  const winner = ended && shortOption(ended.winner, optionsOf(vote), scene);
  return [
    text(texts(ended ? 'sitting.voteEnded' : 'sitting.voting'), { weight: 'Bolder', spacing: 'Small' }),
    ...lines,
    ...(!ended && names ? [subtle(texts('sitting.notVoted', { names }))] : []),
    ...(winner
      ? [text(texts(ended.casting ? 'sitting.wonByChair' : 'sitting.won', { option: winner }), { spacing: 'Small' })]
      : []),
  ];
}

const optionsOf = ({ counters }: NonNullable<ReadRecord['vote']>): string[] => [
  'proposal',
  ...counters.map(({ id }) => id),
  'abstain',
];

/** What a vote can be given for, in words; for places that read no Markdown. */
export function optionText(
  vote: NonNullable<ReadRecord['vote']>,
  option: string,
  { texts }: AgendaScene,
  letters: number,
): string {
  if (option === 'proposal') return texts('sitting.option.proposal');
  if (option === 'abstain') return texts('sitting.option.abstain');
  const at = vote.counters.findIndex(({ id }) => id === option);
  const words = inTheirs(vote.counters[at]?.text ?? {}, texts.language)?.text ?? '';
  return texts('sitting.option.counter', { number: at + 1, text: beginningOf(words, letters) });
}

function itemActions(meeting: Meeting, item: ReadItem, scene: AgendaScene): CardAction[] {
  const { texts } = scene;
  const { reading, sitting } = meeting;
  const { reader } = reading;
  const { record } = item;
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const fold = button(texts('agenda.actions.fold'), 'sitting.view', { ...dataOf(reading.sitting, scene), item: '' });
  if (!record || sitting.proceedings.closed || reader.is === 'other') return [fold];
  const own = [...votersAt(sitting, item.id)].find(([, person]) => person === reader.person);
  const mine = own ? ownActions(record, { seat: own[0], kind: item.kind }, data, scene) : [];
  if (reader.is !== 'keeper') return [...mine, fold];
  const current = currentOf(sitting);
  const next = record.outcome && current !== null && current !== item.id ? current : null;
  const goOn = button(
    texts('sitting.action.next'),
    'sitting.view',
    { ...dataOf(reading.sitting, scene), item: next ?? '' },
    { primary: true },
  );
  return [...(next === null ? [] : [goOn]), ...mine, ...keeperActions(record, data, scene), fold];
}

/** What somebody does for their own seat. */
function ownActions(
  { vote, outcome }: ReadRecord,
  { seat, kind }: { seat: string; kind: ReadItem['kind'] },
  data: Record<string, string | number>,
  scene: AgendaScene,
): CardAction[] {
  const { texts } = scene;
  const isVoting = vote && !vote.ended && vote.votes[seat] === undefined;
  const options = isVoting ? optionsOf(vote) : [];
  return [
    ...options.map((option) =>
      button(texts('sitting.action.voteFor', { option: shortOption(option, options, scene) }), 'sitting.vote', {
        ...data,
        option,
      }),
    ),
    ...(outcome && isDecision(outcome.as, kind)
      ? [button(texts('sitting.action.dissent'), 'sitting.dissentForm', data, { overflow: true })]
      : []),
  ];
}

function shortOption(option: string, options: readonly string[], { texts }: AgendaScene): string {
  if (option === 'proposal' || option === 'abstain') return texts(`sitting.option.${option}`);
  return texts('sitting.option.counterShort', { number: options.indexOf(option) });
}

function keeperActions(
  { vote, outcome }: ReadRecord,
  data: Record<string, string | number>,
  scene: AgendaScene,
): CardAction[] {
  const { texts } = scene;
  const more = { overflow: true };
  const isOpen = vote !== null && vote.ended === null;
  return [
    ...(isOpen
      ? [
          button(texts('sitting.action.ballots'), 'sitting.ballotsForm', data),
          button(texts('sitting.action.endVote'), 'sitting.endVote', data),
        ]
      : [button(texts(outcome ? 'sitting.action.decideAgain' : 'sitting.action.decide'), 'sitting.decideForm', data)]),
    // While people vote, their buttons need the room.
    button(texts('sitting.action.discuss'), 'sitting.discussForm', data, { overflow: isOpen }),
    button(texts('sitting.action.assign'), 'sitting.assignForm', data, { overflow: isOpen }),
    button(texts('sitting.action.recuse'), 'sitting.recuseForm', data, more),
    ...(outcome
      ? [
          button(texts('sitting.action.dissentOf'), 'sitting.dissentForm', { ...data, for: 1 }, more),
          button(texts('sitting.action.undecide'), 'sitting.undecide', data, more),
        ]
      : [button(texts('sitting.action.counter'), 'sitting.counterForm', data, more)]),
    ...(vote && !outcome ? [button(texts('sitting.action.withdrawVote'), 'sitting.withdrawVote', data, more)] : []),
  ];
}

function actionsOf({ reading, sitting }: Meeting, scene: AgendaScene): CardAction[] {
  const { texts } = scene;
  const data = dataOf(reading.sitting, scene);
  const agenda = button(texts('agenda.actions.open'), 'agenda.view', data, { overflow: true });
  const { reader } = reading;
  const isThere = reader.is === 'member' && newestFor(reading.sitting, reader, reader.person) !== null;
  if (reader.is !== 'keeper')
    return [...(isThere ? [button(texts('sitting.action.minutes'), 'minutes.view', data)] : []), agenda];
  if (sitting.proceedings.closed)
    return [
      button(texts('sitting.action.minutes'), 'minutes.make', data, { primary: true }),
      button(texts('sitting.action.reopen'), 'sitting.reopen', data),
      agenda,
    ];
  const isUntouched = mayUndoOpening(sitting.proceedings);
  return [
    button(texts('sitting.action.attend'), 'sitting.attendForm', data),
    button(texts('sitting.action.chair'), 'sitting.chairForm', data, { overflow: true }),
    button(texts('sitting.action.close'), 'sitting.close', data),
    button(texts('agenda.actions.add'), 'agenda.itemForm', data, { overflow: true }),
    agenda,
    ...(isUntouched ? [button(texts('sitting.action.undoBegin'), 'sitting.undoBegin', data, { overflow: true })] : []),
  ];
}
