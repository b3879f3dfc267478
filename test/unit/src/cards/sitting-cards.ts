import {
  emptyForm,
  type Form,
  type FormValues,
  filledForm,
  formAgain,
  type Limits,
  withNewer,
} from '../../../../src/cards/form.ts';
import { bodyOf, type Directory, membersOf, type Seat } from '../../../../src/directory/model.ts';
import { codesOf } from '../../../../src/referrals/codes.ts';
import { type PersonId, personId } from '../../../../src/shared/ids.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { agendaCard, agendaMessage } from '../../../../src/steering/agenda/card.ts';
import { recordedSeats } from '../../../../src/steering/meeting/attendance.ts';
import {
  attendForm,
  beginForm,
  chairForm,
  recuseForm,
  seatInput,
} from '../../../../src/steering/meeting/attendance-form.ts';
import { type MeetingCardOptions, meetingCard } from '../../../../src/steering/meeting/card.ts';
import { closeCard } from '../../../../src/steering/meeting/close-card.ts';
import { decisionsCard } from '../../../../src/steering/meeting/decisions-card.ts';
import {
  assignForm,
  decideForm,
  discussForm,
  dissentForm,
  dissentOfForm,
  handOnForm,
  type ItemStep,
} from '../../../../src/steering/meeting/form.ts';
import {
  newerBallots,
  newerChairs,
  newerDecision,
  newerDiscussion,
  newerDissents,
} from '../../../../src/steering/meeting/newer-card.ts';
import type { Meeting } from '../../../../src/steering/meeting/record-card.ts';
import { taskOf } from '../../../../src/steering/meeting/task-card.ts';
import { ballotsForm, counterForm } from '../../../../src/steering/meeting/voting-form.ts';
import {
  type Figures,
  type Item,
  type ItemRecord,
  limits,
  type Outcome,
  outcomes,
  type Proceedings,
  type ReadFollowUp,
  type ReadRecord,
  type RecordedSeat,
  recordLimits,
  type Words,
  type Written,
} from '../../../../src/steering/model.ts';
import { noticeMessage } from '../../../../src/steering/notice-card.ts';
import { type ReadItem, type Reading, readBy } from '../../../../src/steering/reading.ts';
import { anybody, type Reader } from '../../../../src/steering/rights.ts';
import type { StoredSitting } from '../../../../src/steering/stored.ts';
import type { AgendaScene } from '../../../../src/steering/words-card.ts';
import { tasksCard } from '../../../../src/tasks/card.ts';
import { agenda, drawnFor, holding, item, steeringGroup } from '../../../support/agendas.ts';
import { envelope, exampleDirectory, monday } from '../../../support/builders.ts';
import { dateAt, inAll } from '../../../support/checklists.ts';
import type { DrawnCard } from './every-card.ts';

/** The meeting of a body that decides, in every state and with every form by which it is recorded. */

/** What people have said and what they are called: so much of it as a field of this many characters takes. */
interface Said {
  of(limit: number): Written;
  name(index: number): string;
  links: readonly string[];
}

const inAllOf = (text: string): Written => Object.fromEntries(languages.map((language) => [language, text]));
const longLink = `https://example.org/${'x'.repeat(limits.link - 20)}`;

/** As wide as it is taken, in letters of three bytes: whatever shows so many letters of it shows the widest. */
const longest: Said = {
  of: (limit) => inAllOf('€'.repeat(Math.floor((limit * 2) / 3))),
  name: (index) => `Åsa-Märta Hyväri-Öststjärnström ${index}`,
  links: Array.from({ length: limits.links }, () => longLink),
};

/** In one language alone, which most who read it do not have as theirs. */
const inFinnish: Said = { ...longest, of: (limit) => ({ fi: 'ä'.repeat(limit) }), links: [] };

const short: Said = { of: () => inAllOf('Kort'), name: (index) => `Namn ${index}`, links: [] };

const marked = (words: string): Said => ({ of: () => inAllOf(words), name: () => words, links: [] });

const uuid = (kind: string, index: number): string =>
  `${kind}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const memberOf = (seat: number): PersonId => personId(uuid('c', 2 * seat));
const substituteOf = (seat: number): PersonId => personId(uuid('c', 2 * seat + 1));
const placement = `agenda:${monday.toString({ smallestUnit: 'millisecond' })}:${memberOf(0)}`;
const mark = { by: memberOf(0), at: monday.toString() };
const sealed = envelope();
const document = { ...mark, sha256: 'f'.repeat(64), link: longLink };

/** The steering group with so many seats and no others, each with a member and a substitute. */
function seated(count: number, said: Said): Directory {
  const directory = exampleDirectory();
  const numbers = Array.from({ length: count }, (_, index) => index);
  const kindOf = (seat: number): Seat['kind'] => (seat < 2 ? 'authority' : 'municipality');
  const seatId = (seat: number): string => `raseborgs-stad-${seat}`;
  return {
    ...directory,
    people: [
      ...directory.people,
      ...numbers.flatMap((seat) =>
        [memberOf(seat), substituteOf(seat)].map((id, at) => ({ id, name: said.name(2 * seat + at) })),
      ),
    ],
    seats: [
      ...directory.seats.filter(({ body }) => body !== steeringGroup),
      ...numbers.map((seat) => ({
        id: seatId(seat),
        body: steeringGroup,
        kind: kindOf(seat),
        name: inAll(said === longest ? `Länsi-Uudenmaan hyvinvointialue ${seat}` : said.name(seat)),
        holders: [memberOf(seat), substituteOf(seat)].map((person, at) => ({
          person,
          as: at === 0 ? ('member' as const) : ('substitute' as const),
          from: null,
          to: null,
        })),
        setBy: 'file' as const,
        closed: false,
      })),
    ],
    members: [
      ...directory.members.filter(({ body }) => body !== steeringGroup),
      ...numbers.flatMap((seat) =>
        [memberOf(seat), substituteOf(seat)].map((person, at) => ({
          person,
          body: steeringGroup,
          role: at === 0 ? ('member' as const) : ('substitute' as const),
          profession: null,
          seat: seatId(seat),
          ...(seat === 0 && at === 0 && { office: 'chair' as const }),
          setBy: 'file' as const,
          removed: false,
        })),
      ),
    ],
  };
}

const counters = Array.from({ length: limits.counters }, (_, index) => uuid('d', index));

const blank: ReadRecord = {
  chair: null,
  discussion: {},
  recusals: [],
  vote: null,
  outcome: null,
  dissents: [],
  actions: [],
};

/** How far an item has come. */
type Stage = 'untouched' | 'discussed' | 'voting' | 'voteEnded' | Outcome['as'];

/** All that can be recorded of an item up to there: of every seat somebody is disqualified and replaced, and dissents. */
function recordAt(stage: Stage, seats: readonly RecordedSeat[], said: Said): ReadRecord {
  if (stage === 'untouched') return blank;
  const discussion = said.of(recordLimits.discussion);
  const recusals = seats.slice(1).map(({ id, holders: [person = mark.by, substitute = null] }) => ({
    seat: id,
    person,
    substitute,
  }));
  const actions = Array.from({ length: limits.actions }, (_, index) => ({
    id: uuid('a', index),
    text: said.of(recordLimits.action),
    owner: memberOf(index % seats.length),
    due: index % 2 === 0 ? '2026-11-02' : '2027-01-15',
    handed: index % 3 === 0 ? { owner: memberOf(0), due: '2027-02-01' } : null,
    done: index % 4 === 3 ? mark : null,
  }));
  if (stage === 'discussed') return { ...blank, discussion, recusals, actions };
  const options = ['proposal', ...counters, 'abstain'];
  const votes = Object.fromEntries(
    seats
      .slice(1)
      .map(({ id, holders: [, person = mark.by] }, at) => [id, { person, option: options[at % options.length] ?? '' }]),
  );
  const ended = stage === 'voting' ? null : { ...mark, winner: counters[2] ?? '', casting: true };
  const vote = { counters: counters.map((id) => ({ id, text: said.of(recordLimits.counter) })), votes, ended };
  if (stage === 'voting' || stage === 'voteEnded') return { ...blank, discussion, recusals, actions, vote };
  const dissents = seats.map(({ id, holders: [person = mark.by, substitute] }, at) => ({
    seat: id,
    person: at === 0 ? person : (substitute ?? person),
    // Every other was written down for them.
    ...(at % 2 === 1 && { by: mark.by }),
    text: said.of(recordLimits.dissent),
  }));
  const outcome = { ...mark, as: stage, text: said.of(recordLimits.decision) };
  return {
    chair: memberOf(1),
    discussion,
    recusals,
    actions,
    vote,
    outcome,
    dissents: stage === 'noted' ? [] : dissents,
  };
}

/** As it is stored; what is written of it is drawn from what was read. */
function stored({ discussion: _, vote, outcome, dissents, actions, ...rest }: ReadRecord): ItemRecord {
  const withText = <Part extends object>(part: Part) => ({ ...part, text: sealed });
  return {
    ...rest,
    discussion: sealed,
    vote: vote && { ...vote, counters: vote.counters.map(withText) },
    outcome: outcome && withText(outcome),
    dissents: dissents.map(withText),
    actions: actions.map(withText),
  };
}

/** More teams, and more that do not keep their rhythm, than any region has. */
function figuresIn(directory: Directory): Figures {
  const cell = (code: string, at: number) => ({ code, count: at % 3 === 2 ? null : 1_000 + at });
  const teams = directory.bodies.filter(({ kind }) => kind === 'team');
  return {
    decisions: {
      from: '2026-01',
      to: '2026-12',
      total: 12_345,
      outcomes: codesOf('outcome').map(cell),
      concerns: codesOf('concern').map(cell),
      teams: [...teams, ...teams].map(({ id }, at) => cell(id, at)),
    },
    lists: { open: 1_000, overdue: 999 },
    rhythms: { late: directory.bodies.map(({ id }) => ({ body: id, kind: 'regular' })) },
  };
}

interface Sat {
  seats: number;
  items: number;
  said: Said;
  language: Language;
  /** Those that were dealt with before the one that stands open, and how that one stands. */
  done?: number;
  stage?: Stage;
  /** How many of the seats are taken. */
  present?: number;
  closed?: boolean;
  over?: Partial<Item>;
}

interface Held {
  stored: StoredSitting & { proceedings: Proceedings };
  scene: AgendaScene;
  /** As somebody reads it. */
  read(reader: Reader): Reading;
  meeting(reader: Reader): Meeting;
  /** The item that stands open. */
  open: string;
}

const itemId = (index: number): string => uuid('e', index);

/** A meeting with so many seats and items of which everything was written that can be. */
function held(of: Sat): Held {
  const { seats: count, items: length, said, language, done = 0, stage = 'untouched', present = count } = of;
  const directory = seated(count, said);
  const scene = drawnFor(language, { directory, placement });
  const items = Array.from({ length }, (_, at) =>
    item(itemId(at), {
      kind: 'decision',
      presenter: memberOf(at % count),
      minutes: 95,
      confidential: true,
      begun: { ...mark, by: memberOf(0) },
      late: 'added',
      ...(at === done && of.over),
    }),
  );
  const place = { online: true, where: Object.values(said.of(300))[0] ?? '' };
  const base = agenda({ items, sent: mark, figures: figuresIn(directory) }, holding({ place }));
  const seats = recordedSeats(base, directory);
  const records = new Map(
    items.slice(0, done + 1).map(({ id }, at) => [id, recordAt(at < done ? 'asProposed' : stage, seats, said)]),
  );
  const proceedings: Proceedings = {
    opened: mark,
    closed: of.closed ? mark : null,
    seats,
    secretary: null,
    chairs: present > 0 ? [{ person: memberOf(0), from: null }] : [],
    presence: seats
      .slice(0, present)
      .map(({ id, holders: [person = mark.by] }) => ({ seat: id, person, from: null, to: null })),
    records: Object.fromEntries([...records].map(([id, one]) => [id, stored(one)])),
  };
  const paragraphs = { year: 2026, numbers: Object.fromEntries(items.map(({ id }, at) => [id, 1_000 + at])) };
  const made = { number: 1, made: mark, checkers: [], final: mark.at };
  const sitting = { ...base, proceedings, minutes: of.closed ? { paragraphs, versions: [made] } : null };
  const words: Words = {
    title: said.of(limits.title),
    background: said.of(limits.background),
    proposal: said.of(limits.proposal),
    links: said.links,
  };
  const followUps = Array.from({ length: 30 }, (_, at): ReadFollowUp => {
    const due = at % 2 === 0 ? '2026-11-02' : '2027-01-15';
    return { id: uuid('a', at), sitting: '1', text: said.of(recordLimits.action), owner: memberOf(at % count), due };
  });
  const read = (reader: Reader): Reading =>
    readBy(sitting, reader, {
      words: () => words,
      document: ({ document }) => document && { ...document, link: String(document.link) },
      record: ({ id }) => records.get(id) ?? blank,
      followUps: () => followUps,
    });
  const meeting = (reader: Reader): Meeting => ({ reading: read(reader), sitting: { items, proceedings } });
  return { stored: sitting, scene, read, meeting, open: itemId(done) };
}

/** Who keeps the record and votes as well; a member whose seat has not voted yet. */
const readers = {
  'its keeper': { is: 'keeper', person: memberOf(0) },
  'a member': { is: 'member', person: memberOf(0) },
} as const satisfies Record<string, Reader>;
const keeper = readers['its keeper'];

const stages: readonly Stage[] = ['untouched', 'discussed', 'voting', 'voteEnded', ...outcomes];

/** The meeting as both see it, at the item that stands open or at another. */
function drawnAs(name: string, one: Held, options: MeetingCardOptions = {}): DrawnCard[] {
  return Object.entries(readers).map(([who, reader]) => ({
    name: `sitting ${name} for ${who}`,
    card: meetingCard(one.meeting(reader), one.scene, { unfolded: one.open, ...options }),
  }));
}

/** How a form stands: as it is opened, as it was filled in, or as it comes back with something wrong everywhere. */
type Filling = 'empty' | 'filled' | 'wrong';

function fill(filling: Filling, values: FormValues, { texts }: AgendaScene, fields: Limits = {}): Form {
  if (filling === 'empty') return emptyForm;
  if (filling === 'filled') return filledForm(values);
  const problems = Object.keys(values).map((field) => ({ field, code: 'tooWide' }) as const);
  return {
    ...formAgain(texts, values, problems, fields),
    refused: { reason: texts('errors.form.overtaken'), final: false },
  };
}

/** Every form by which a meeting is recorded. */
function formsOf(name: string, one: Held, filling: Filling): DrawnCard[] {
  const { scene, stored: sitting } = one;
  const meeting = one.meeting(keeper);
  const step: ItemStep = { meeting, item: openIn(meeting.reading, one), scene, more: { newId: uuid('f', 0), for: 1 } };
  const { seats } = sitting.proceedings;
  const form = (values: FormValues, fields?: Limits): Form => fill(filling, values, scene, fields);
  const typed = (field: string, limit: number, more: FormValues = {}): Form =>
    form({ [field]: '€'.repeat(limit), ...more }, { [field]: limit });
  const bySeat = (value: (seat: number) => string): Form =>
    form(Object.fromEntries(seats.map(({ id }, at) => [seatInput(id), value(at)])));
  const ballots = bySeat(() => counters[1] ?? '');
  // Of every seat of a page a colleague has written down something else.
  const paged = Object.fromEntries(seats.slice(0, 20).map(({ id }) => [seatInput(id), 'abstain']));
  const againstAll = {
    ...withNewer(filledForm(paged), newerBallots(step, paged)),
    refused: { reason: scene.texts('errors.form.overtaken'), final: false },
  };
  const people = membersOf(scene.directory, steeringGroup).map((each) => ({ title: each.name, value: each.person }));
  const who = `${seats[0]?.id} ${memberOf(0)}`;
  const dissent = typed('dissent', recordLimits.dissent, { seat: `${seats[1]?.id} ${memberOf(1)}` });
  const forms = {
    begin: beginForm(meeting.reading, seats, scene, bySeat(substituteOf)),
    attend: attendForm(meeting, seats, scene, form({ who, what: 'leave', at: one.open })),
    chair: chairForm(meeting, scene, form({ person: memberOf(1), at: one.open, scope: 'only' }), {
      seen: '0'.repeat(17),
      item: one.open,
    }),
    handOn: handOnForm(step, people, form({ owner: memberOf(1), due: '2027-01-15' })),
    discuss: discussForm(step, typed('discussion', recordLimits.discussion)),
    'discuss, overtaken': discussForm(
      step,
      withNewer(typed('discussion', recordLimits.discussion), newerDiscussion(step)),
    ),
    'decide, overtaken': decideForm(
      step,
      withNewer(typed('decision', recordLimits.decision, { as: 'changed' }), newerDecision(step)),
    ),
    'chair, overtaken': chairForm(
      meeting,
      scene,
      withNewer(form({ person: memberOf(1), at: one.open }), newerChairs(meeting, scene)),
      { seen: '0'.repeat(17) },
    ),
    decide: decideForm(step, typed('decision', recordLimits.decision, { as: 'changed' })),
    close: closeCard(
      meeting,
      { left: meeting.reading.items, unrecorded: [2, 3, 4, 9] },
      scene,
      form({ time: '14:40' }),
    ),
    counter: counterForm(step, typed('counter', recordLimits.counter)),
    ballots: ballotsForm(step, 0, ballots),
    'ballots, second page': ballotsForm(step, 1, ballots),
    'ballots, overtaken': ballotsForm(step, 0, againstAll),
    recuse: recuseForm(step, form({ who })),
    dissent: dissentForm(step, typed('dissent', recordLimits.dissent)),
    'dissent of another': dissentOfForm(step, dissent),
    'dissent of another, overtaken': dissentOfForm(step, withNewer(dissent, newerDissents(step, null))),
    assign: assignForm(
      step,
      step.item.record?.actions[0] ?? null,
      people,
      typed('action', recordLimits.action, {
        owner: memberOf(1),
        due: filling === 'wrong' ? '2026-01-01' : '2027-01-15',
      }),
    ),
  };
  // These are never shown again with what is wrong: what is, is said at the meeting.
  const shown = Object.entries(forms).filter(([of]) => filling !== 'wrong' || !/^(?:begin|ballots)/.test(of));
  return shown.map(([of, card]) => ({ name: `sitting form: ${of}, ${name}, ${filling}`, card }));
}

function openIn({ items }: Reading, { open }: Held): ReadItem {
  const found = items.find(({ id }) => id === open);
  if (!found) throw new Error('Nothing stands open.');
  return found;
}

type Kind = Parameters<typeof noticeMessage>[1]['kind'];
/** How the item stands of which each tells. */
const told: Readonly<Record<Kind, Item['state']>> = {
  changed: { is: 'accepted' },
  proposed: { is: 'proposed' },
  accepted: { is: 'accepted' },
  declined: { is: 'declined', ...mark },
  assigned: { is: 'accepted' },
  taskChanged: { is: 'accepted' },
  taskGone: { is: 'accepted' },
  dissentGone: { is: 'accepted' },
  approved: { is: 'accepted' },
  approvalGone: { is: 'accepted' },
  ownerGone: { is: 'accepted' },
  overdue: { is: 'accepted' },
  silent: { is: 'accepted' },
  danger: { is: 'accepted' },
};

/** What is said once in private of a meeting, and of the item that stands open there. */
function noticesOf(name: string, one: Held): DrawnCard[] {
  const reading = one.read(keeper);
  return (Object.keys(told) as Kind[]).map((kind) => {
    // Plans and reports are told of by what they are.
    const plan = kind === 'approved' || kind === 'approvalGone' ? { code: 'operatingPlan' as const, year: 2027 } : {};
    const items = reading.items.map((each) => (each.id === one.open ? { ...each, ...plan, state: told[kind] } : each));
    // A task that is gone is none of theirs.
    const key = `${kind}:${one.open}:${kind === 'taskGone' ? 'gone' : uuid('a', 0)}`;
    // Whoever was to do it is there no more.
    const left = { ...one.scene, directory: { ...one.scene.directory, members: [] } };
    const scene = kind === 'ownerGone' ? left : one.scene;
    const message = noticeMessage({ ...reading, items }, { kind, key, to: memberOf(0) }, scene);
    if (!message) throw new Error(`There is no news that is ${kind}.`);
    return { name: `agenda notice: ${kind}, ${name}`, card: message.card };
  });
}

/** What a body has decided and who does what, and what one person is to do of it. */
function followedUp(name: string, one: Held, pages: readonly number[] = [0]): DrawnCard[] {
  const { scene } = one;
  const body = bodyOf(scene.directory, steeringGroup);
  if (!body) throw new Error('There is no steering group.');
  const reading = one.read(keeper);
  const tasks = reading.items.flatMap((each) =>
    (each.record?.actions ?? []).map((action) => taskOf({ sitting: reading.sitting, item: each, action }, scene)),
  );
  return [
    ...pages.map((page) => ({
      name: `decisions ${name}, page ${page}`,
      card: decisionsCard(
        body,
        [reading],
        { page, said: { tone: 'good', text: scene.texts('sitting.saidThanks.saved') } },
        scene,
      ),
    })),
    {
      name: `tasks of a meeting, ${name}`,
      card: tasksCard({ tasks, page: 0, today: dateAt(monday) }, scene.texts),
    },
  ];
}

/** What follows from the meetings before, and the figures, on the agenda and at the meeting. */
function standingIn(name: string, of: Omit<Sat, 'over'>): DrawnCard[] {
  return (['followUp', 'figures', 'annualReport'] as const).flatMap((code) => {
    const over = { code, year: 2026, confidential: false, document: code === 'annualReport' ? document : null };
    const one = held({ ...of, over });
    const { scene, open } = one;
    return [
      ...drawnAs(`${name} at ${code}`, one),
      ...[keeper, anybody].map((reader) => ({
        name: `agenda ${name} at ${code} for ${reader.is}`,
        card: agendaCard(one.read(reader), scene, { unfolded: open }),
      })),
    ];
  });
}

/** Cards of meetings of which every text is `words`, and every name as well. */
export function markedSittings(language: Language, words: string): DrawnCard[] {
  const said = marked(words);
  const of = { seats: 4, items: 3, said, language, done: 1 } as const;
  const decided = held({ ...of, stage: 'changed' });
  const voting = held({ ...of, stage: 'voting' });
  return [
    ...stages.flatMap((stage) => drawnAs(stage, held({ ...of, stage }))),
    ...drawnAs('not quorate', held({ ...of, stage: 'discussed', present: 1 })),
    ...drawnAs('closed', held({ ...of, stage: 'changed', closed: true }), { unfolded: decided.open }),
    ...standingIn('of marks', { ...of, stage: 'changed' }),
    ...formsOf('voting', voting, 'empty'),
    ...formsOf('decided', decided, 'empty'),
    ...noticesOf('of marks', decided).filter(({ name }) => !name.includes('silent')),
    ...followedUp('of marks', decided),
  ];
}

export function sittingCards(language: Language): DrawnCard[] {
  const { texts } = drawnFor(language);
  const warned = { tone: 'warning', text: texts('errors.sitting.wouldUndo', { number: 100 }) } as const;
  const usual = { seats: 12, items: 40, said: short, language, done: 12 } as const;
  const largest = { seats: 40, items: limits.items, said: longest, language, done: 50 } as const;
  const closed = held({ ...largest, stage: 'changed', closed: true });
  const decided = held({ ...largest, stage: 'changed' });
  const fresh = held({ ...usual, done: 0, present: 0 });
  const nothing = held({ seats: 12, items: 0, said: short, language });
  return [
    ...drawnAs('without anybody', fresh),
    ...drawnAs('without items', nothing),
    ...drawnAs('not quorate', held({ ...usual, stage: 'discussed', present: 3 })),
    ...stages.flatMap((stage) => drawnAs(stage, held({ ...usual, stage }))),
    ...drawnAs('in another language', held({ ...usual, said: inFinnish, stage: 'changed' })),
    ...drawnAs('closed', held({ ...usual, stage: 'changed', closed: true })),
    ...[0, 1, 4].flatMap((page) => drawnAs(`of forty, page ${page}`, held({ ...usual, stage: 'changed' }), { page })),
    ...stages.flatMap((stage) =>
      drawnAs(`of a hundred, largest, ${stage}`, held({ ...largest, stage }), { said: warned }),
    ),
    ...drawnAs('largest, not quorate', held({ ...largest, stage: 'discussed', present: 20 }), { said: warned }),
    ...drawnAs('largest of twelve seats', held({ ...largest, seats: 12, stage: 'changed' }), { said: warned }),
    ...[0, 1, 99].flatMap((page) => drawnAs(`largest, page ${page}`, decided, { page, said: warned })),
    ...drawnAs('largest, folded', decided, { unfolded: '', said: warned }),
    ...drawnAs('largest, closed', closed, { said: warned }),
    ...drawnAs('largest, closed, unfolded', closed, { unfolded: closed.open, said: warned }),
    ...standingIn('with what stands on every agenda', { ...usual, stage: 'noted' }),
    ...standingIn('with what stands on every agenda, largest', { ...largest, stage: 'changed' }),

    ...(['empty', 'filled', 'wrong'] as const).flatMap((filling) => [
      ...formsOf('twelve seats', held({ ...usual, stage: 'voting' }), filling),
      ...formsOf('largest of twelve seats', held({ ...largest, seats: 12, stage: 'voting' }), filling),
      ...formsOf('largest', held({ ...largest, stage: 'voting' }), filling),
    ]),
    ...formsOf('largest, decided', decided, 'wrong'),
    ...(['voteEnded', 'asProposed'] as const).flatMap((stage) =>
      formsOf(
        `largest, ${stage}, of a document`,
        held({ ...largest, stage, over: { code: 'annualReport', document } }),
        'wrong',
      ),
    ),
    ...formsOf('document missing', held({ ...largest, over: { code: 'annualReport' } }), 'wrong').filter(({ name }) =>
      name.includes('decide'),
    ),

    ...noticesOf('of a meeting', held({ ...usual, stage: 'changed' })),
    ...noticesOf('largest of a meeting', decided),
    ...followedUp('none', nothing),
    ...followedUp('usual', held({ ...usual, stage: 'changed' })),
    ...followedUp('in another language', held({ ...usual, said: inFinnish, stage: 'changed' })),
    ...followedUp('largest', decided, [0, 1, 30, 45]),
    {
      name: 'largest agenda of a meeting in its chat',
      card: agendaMessage(decided.read(anybody), decided.scene).card,
    },
  ];
}
