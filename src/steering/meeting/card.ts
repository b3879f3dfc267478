import { clockText } from '../../cards/dates.ts';
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
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { evenly, paged } from '../../cards/paged.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { PersonId } from '../../shared/ids.ts';
import { seenOf } from '../../shared/seen.ts';
import { documentLines } from '../agenda/document-card.ts';
import { figureLines } from '../agenda/figures-card.ts';
import { materialRow, wordLines } from '../item-card.ts';
import { newestFor } from '../minutes/minutes.ts';
import type { Proceedings, ReadRecord } from '../model.ts';
import type { ReadItem } from '../reading.ts';
import { isStanding, lacksDocument } from '../standing.ts';
import {
  type AgendaScene,
  bodyName,
  dataOf,
  fitting,
  holdingText,
  type Letters,
  numbered,
  outcomeText,
  paragraphOf,
  plainNumbered,
  sizeOf,
} from '../words-card.ts';
import { followUpLines } from './decisions-card.ts';
import { usualOutcome } from './form.ts';
import { hoursOf } from './hours.ts';
import { decisionParts, outcomeParts, proposalParts, resultParts, voteParts } from './parts.ts';
import {
  ballotOptions,
  chairAt,
  currentOf,
  isDealtWith,
  isDecision,
  isPassedBy,
  mayUndoOpening,
  presentAt,
  quorumAt,
  votedFor,
  votersAt,
} from './proceedings.ts';
import { type Meeting, recordLines, shortOption, tightLetters } from './record-card.ts';

/** The meeting as it goes on: who is there, whether they can decide, and item by item what came of it. */

export interface MeetingCardOptions {
  said?: Said | undefined;
  /** The id of the item that stands unfolded; the one before the meeting when absent, none for `''`. */
  unfolded?: string | undefined;
  page?: number | undefined;
}

/** At most so many stand on a page, and no more than leave room for what was recorded of one: bytes of all that are folded. */
const itemsPage = 8;
const roomForFolded = 6_000;
/** Bytes of the item that stands unfolded, and letters of each of its texts: as many as there is room for. */
const roomForUnfolded = 15_000;
const shownLetters = [800, 400, 200, 100, 50] as const satisfies Letters;
export function meetingCard({ reading, sitting }: Meeting, scene: AgendaScene, options: MeetingCardOptions = {}): Card {
  const { texts } = scene;
  const { said } = options;
  const on = reading.items.filter(({ state }) => state.is === 'accepted');
  const current = currentOf(sitting);
  const unfolded = options.unfolded ?? (sitting.proceedings.closed ? '' : (current ?? ''));
  const sizes = on.map((item) => sizeOf(foldedItem({ reading, sitting }, item, scene)));
  const pages = evenly(on, Math.min(itemsPage, Math.max(1, Math.floor(roomForFolded / Math.max(1, ...sizes)))));
  const at = pages.findIndex((page) => page.some(({ id }) => id === unfolded));
  const shownNow = at < 0 ? current : unfolded;
  const wanted = options.page ?? at;
  const turn = (title: string, page: number): CardAction =>
    button(title, 'sitting.view', { ...dataOf(reading.sitting, scene), page });
  const { shown, page, line, turns } = paged(pages, { size: 1, wanted, turn }, texts);
  return card(texts, {
    speak: `${texts('sitting.title')} · ${bodyName(reading.sitting, scene)}`,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header({ reading, sitting }, shownNow, scene),
      ...attendance({ reading, sitting }, shownNow, scene),
      ...shown
        .flat()
        .map((item) =>
          item.id === unfolded
            ? unfoldedItem({ reading, sitting }, item, page, scene)
            : foldedItem({ reading, sitting }, item, scene),
        ),
      ...line,
      ...(turns.length > 0 ? [actionRow(turns)] : []),
    ],
    actions: actionsOf({ reading, sitting }, shownNow, scene),
  });
}

/** What the body can do at the item that is shown, or could at its last one. */
function quorumOfNow({ sitting }: Meeting, current: string | null, { policy }: AgendaScene) {
  const last = sitting.items.findLast(({ state }) => state.is === 'accepted');
  return quorumAt(sitting, current ?? last?.id ?? '', policy.quorum);
}

/** Who chairs at the item that is shown, or at the last one. */
function chairNow({ sitting }: Meeting, current: string | null): PersonId | null {
  return chairAt(sitting, current ?? sitting.items.findLast(({ state }) => state.is === 'accepted')?.id ?? '');
}

function header(meeting: Meeting, current: string | null, scene: AgendaScene): CardElement {
  const { texts } = scene;
  const { reading, sitting } = meeting;
  const { met, present, lack } = quorumOfNow(meeting, current, scene);
  const isLed = chairNow(meeting, current) !== null;
  const isClosed = sitting.proceedings.closed !== null;
  const quorum = lack
    ? `${texts('sitting.represented', { count: present.length })} · ${texts(`sitting.lacks.${lack.of}`, { count: lack.count })}`
    : texts('sitting.quorate', { count: present.length });
  const { began, ended } = hoursOf(sitting.proceedings, scene.directory.policy.timeZone);
  const state = isClosed ? texts('sitting.closed') : quorum;
  return container(
    [
      text(`${bodyName(reading.sitting, scene)} · ${holdingText(reading.sitting, scene)}`, { size: 'Small' }),
      { ...heading(texts('sitting.title')), spacing: 'None' },
      text(state, { weight: 'Bolder', spacing: 'Small' }),
      ...(isClosed && ended !== null
        ? [
            text(texts('sitting.hours', { began: clockText(began, texts), ended: clockText(ended, texts) }), {
              ...{ size: 'Small', spacing: 'None' },
            }),
          ]
        : []),
      ...(isClosed || isLed ? [] : [text(texts('sitting.noChair'), { weight: 'Bolder', spacing: 'None' })]),
    ],
    { style: isClosed ? 'emphasis' : met && isLed ? 'good' : 'warning', bleed: true },
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
function stateOf(item: ReadItem, { closed }: Proceedings, scene: AgendaScene): string {
  const { texts } = scene;
  const { id, record, kind } = item;
  if (record?.outcome) return `✓ ${outcomeText(record.outcome.as, item, scene)}`;
  if (record?.vote && !record.vote.ended) return texts('sitting.voting');
  if (closed) return kind !== 'decision' && isStanding(id) ? '' : texts('sitting.untouched');
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

function unfoldedItem(meeting: Meeting, item: ReadItem, page: number, scene: AgendaScene): CardElement {
  const actions = itemActions(meeting, item, scene, page);
  return fitting(shownLetters, roomForUnfolded, (letters) => unfoldedWith(letters, meeting, item, actions, scene));
}

function unfoldedWith(
  letters: number,
  meeting: Meeting,
  item: ReadItem,
  actions: readonly CardAction[],
  scene: AgendaScene,
): CardElement {
  const { record } = item;
  return container(
    [
      ...titleLine(meeting, item, scene),
      ...wordLines(item, scene, letters),
      // Long addresses have room on the agenda, where there is nothing beside them.
      ...(letters > tightLetters ? materialRow(item, scene) : []),
      ...(item.code === 'figures' ? figureLines(meeting.reading.sitting.figures, scene) : []),
      ...(item.code === 'followUp' ? followUpLines(meeting.reading, scene, letters) : []),
      ...documentLines(item, scene),
      ...(record ? recordLines(meeting, item, record, scene, letters) : []),
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

/** `page`: the one on which it stands, and is folded. */
function itemActions(meeting: Meeting, item: ReadItem, scene: AgendaScene, page = 0): CardAction[] {
  const { texts } = scene;
  const { reading, sitting } = meeting;
  const { reader } = reading;
  const { record } = item;
  const data = { ...dataOf(reading.sitting, scene), item: item.id };
  const folded = { ...dataOf(reading.sitting, scene), item: '', page };
  const fold = button(texts('agenda.actions.fold'), 'sitting.view', folded);
  if (!record || sitting.proceedings.closed || reader.is === 'other') return [fold];
  const own = [...votersAt(sitting, item.id)].find(([, person]) => person === reader.person);
  const mine = own ? ownActions(record, { seat: own[0], kind: item.kind }, data, scene) : [];
  if (reader.is !== 'keeper') return [...mine, fold];
  const current = currentOf(sitting);
  const isDone = isDealtWith(item, record);
  const next = isDone && current !== null && current !== item.id ? current : null;
  const goOn = button(
    texts('sitting.action.next'),
    'sitting.view',
    { ...dataOf(reading.sitting, scene), item: next ?? '' },
    { primary: true },
  );
  return [
    ...(next === null ? [] : [goOn]),
    ...mine,
    ...quickAction(meeting, item, record, scene),
    ...keeperActions(record, data, scene),
    fold,
  ];
}

/** What somebody does for their own seat. */
function ownActions(
  record: ReadRecord,
  { seat, kind }: { seat: string; kind: ReadItem['kind'] },
  data: Record<string, string | number>,
  scene: AgendaScene,
): CardAction[] {
  const { texts } = scene;
  const { vote, outcome } = record;
  const isVoting = vote && !vote.ended && vote.votes[seat] === undefined;
  const options = isVoting ? ballotOptions(vote) : [];
  const on = seenOf(voteParts(record));
  return [
    ...options.map((option) =>
      button(texts('sitting.action.voteFor', { option: shortOption(option, options, scene) }), 'sitting.vote', {
        ...data,
        option,
        on,
      }),
    ),
    ...(outcome && isDecision(outcome.as, kind)
      ? [button(texts('sitting.action.dissent'), 'sitting.dissentForm', data, { overflow: true })]
      : []),
  ];
}

/** What comes of it most often, in one press where nothing has to be written and nothing speaks against it. */
function quickAction(
  { reading, sitting }: Meeting,
  item: ReadItem,
  record: ReadRecord,
  scene: AgendaScene,
): CardAction[] {
  const { vote, outcome } = record;
  const won = vote && votedFor(vote);
  const as = won ?? usualOutcome(item);
  const isWritten = as === 'changed' && !won;
  const isLed = chairAt(sitting, item.id) !== null && quorumAt(sitting, item.id, scene.policy.quorum).met;
  const isPossible = isLed || !isDecision(as, item.kind);
  // Once it was voted on, it is known when.
  const isAsked = (!vote && isPassedBy(sitting, item.id)) || lacksDocument(item);
  if (outcome || (vote && !vote.ended) || isWritten || isAsked || !isPossible) return [];
  // Whoever presses it once a colleague has written down another thing, or another has won, is asked again.
  const seen = seenOf({
    ...decisionParts(null, {}, []),
    ...proposalParts(item, item.words),
    ...resultParts(record),
  });
  const data = { ...dataOf(reading.sitting, scene), item: item.id, as, seen };
  return [button(`✓ ${outcomeText(as, item, scene)}`, 'sitting.decide', data, { primary: true })];
}

function keeperActions(record: ReadRecord, data: Record<string, string | number>, scene: AgendaScene): CardAction[] {
  const { texts } = scene;
  const { vote, outcome } = record;
  const ofVote = { ...data, on: seenOf(voteParts(record)) };
  const more = { overflow: true };
  const isOpen = vote !== null && vote.ended === null;
  return [
    ...(isOpen
      ? [
          button(texts('sitting.action.ballots'), 'sitting.ballotsForm', data),
          button(texts('sitting.action.endVote'), 'sitting.endVote', ofVote),
        ]
      : [button(texts(outcome ? 'sitting.action.decideAgain' : 'sitting.action.decide'), 'sitting.decideForm', data)]),
    // While people vote, their buttons need the room.
    button(texts('sitting.action.discuss'), 'sitting.discussForm', data, { overflow: isOpen }),
    button(texts('sitting.action.assign'), 'sitting.assignForm', data, { overflow: isOpen }),
    button(texts('sitting.action.recuse'), 'sitting.recuseForm', data, more),
    ...(outcome
      ? [
          button(texts('sitting.action.dissentOf'), 'sitting.dissentForm', { ...data, for: 1 }, more),
          button(
            texts('sitting.action.undecide'),
            'sitting.undecide',
            { ...data, seen: seenOf(outcomeParts(outcome)) },
            more,
          ),
        ]
      : []),
    ...(outcome || vote?.ended ? [] : [button(texts('sitting.action.counter'), 'sitting.counterForm', data, more)]),
    ...(vote && !outcome ? [button(texts('sitting.action.withdrawVote'), 'sitting.withdrawVote', ofVote, more)] : []),
  ];
}

/** `current`: the item that is shown, of which the header speaks as well. */
function actionsOf({ reading, sitting }: Meeting, current: string | null, scene: AgendaScene): CardAction[] {
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
  const isLed = chairNow({ reading, sitting }, current) !== null;
  const isUntouched = mayUndoOpening(sitting.proceedings);
  // A card has one button that leads on.
  const item = reading.items.find(({ id }) => id === current);
  const leadsOn = item && itemActions({ reading, sitting }, item, scene).some(({ style }) => style === 'positive');
  return [
    button(texts('sitting.action.attend'), 'sitting.attendForm', data),
    button(
      texts(isLed ? 'sitting.action.chair' : 'sitting.action.chooseChair'),
      'sitting.chairForm',
      { ...data, ...(current !== null && { item: current }) },
      isLed ? { overflow: true } : { primary: !leadsOn },
    ),
    button(texts('sitting.action.close'), 'sitting.close', data),
    button(texts('agenda.actions.add'), 'agenda.itemForm', data, { overflow: true }),
    agenda,
    ...(isUntouched ? [button(texts('sitting.action.undoBegin'), 'sitting.undoBegin', data, { overflow: true })] : []),
  ];
}
