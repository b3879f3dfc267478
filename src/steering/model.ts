import type { Ledger } from '../audit/model.ts';
import type { Delivery } from '../delivery/model.ts';
import type { Seat } from '../directory/model.ts';
import type { BodyHolding } from '../meetings/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Language, Localised } from '../shared/language.ts';
import type { Move } from '../shared/order.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Seen } from '../shared/seen.ts';
import type { DecisionFigures } from '../statistics/model.ts';

/**
 * What a body that decides has before it at one of its meetings: the agenda, from its first item on. One document. What people
 * have written of it is sealed; nothing is ever taken out: what is removed is marked, and can come back.
 */
export interface Sitting {
  /** Counts the sittings of its body from 1. */
  id: string;
  body: BodyId;
  /** The holding of a meeting for which it is; null while none is planned. */
  holding: Holding | null;
  /** In the order in which they are dealt with; those that wait for a word of who keeps the agenda are among them. */
  items: readonly Item[];
  /** When it was begun, and by whom. */
  begun: Mark;
  /** When it went out to those who meet; null while it grows. */
  sent: Mark | null;
  /** ISO 8601 instant since which those who have got it are to hear that it has changed; null while they know all. */
  untold: string | null;
  /** Those who have been given a card of it, once it went out, and when: ISO 8601 instants. */
  holders: Readonly<Record<PersonId, string>>;
  /** What people have said of whether they come, as the meeting has it. */
  comings: BodyHolding['comings'];
  /** How the region stands, as it was when the agenda went out; null before that. */
  figures: Figures | null;
  /** What earlier meetings have settled that somebody does, as it stood when it was last looked at. */
  followUps: readonly FollowUp[];
  /** What is recorded of the meeting; null before it was opened. */
  proceedings: Proceedings | null;
  /** Its minutes; null before the first version was made. */
  minutes: Minutes | null;
  /** The meeting was a week ago, or there is none any more: its card stays as it is. */
  over: boolean;
  /** The id of the agenda that was begun with what it left, or is being begun at this moment; absent before that. */
  followedBy?: string;
  ledger: Ledger;
  delivery: Delivery;
}

/** As it was when it was last looked at. */
export type Holding = Omit<BodyHolding, 'comings'>;

/** How the region stands: figures alone, in which nobody is recognised. */
export interface Figures {
  decisions: DecisionFigures;
  /** Of the checklists of all bodies. */
  lists: { open: number; overdue: number };
  /** The rhythms of the bodies that are not kept. */
  rhythms: { late: readonly { body: BodyId; kind: string }[] };
}

/** What somebody was still to do. */
export interface FollowUp extends Omit<Action, 'done' | 'handed'> {
  /** The id of the sitting at which it was settled. */
  sitting: string;
  /** It is of something confidential. Absent of what was stored before that was kept, which may be. */
  confidential?: boolean;
}

/** What is recorded of a meeting, from its opening on. */
export interface Proceedings {
  opened: Mark;
  /** ISO 8601 instant at which it began, as it was said; absent of what was stored before that was asked: when it was opened. */
  began?: string;
  /** Null while it goes on. */
  closed: Mark | null;
  /** ISO 8601 instant at which it ended, which what is put right on a later day leaves alone. Absent before it was closed. */
  ended?: string;
  /** Those of the body as they were at the opening, with whoever has got one since and came. */
  seats: readonly RecordedSeat[];
  /** Who chairs it, and so has the casting vote, from which item on; none while nobody was named. */
  chairs: readonly Chairing[];
  presence: readonly Presence[];
  /** Who left last where they had come, so that they were there for nothing; absent while nobody has. */
  leftAtOnce?: { seat: string; person: PersonId; at: string };
  /** Who was the secretary of the body when it was opened; null for nobody. */
  secretary: PersonId | null;
  /** By item; what is missing was not dealt with. */
  records: Readonly<Record<string, ItemRecord>>;
}

export interface RecordedSeat {
  id: string;
  kind: Seat['kind'];
  name: Localised;
  /** Who may sit there: the member first, then the substitute, then whoever got the seat during the meeting. */
  holders: readonly PersonId[];
  /** Those of them who are its member and no substitute. */
  members: readonly PersonId[];
}

/** Somebody sits in a seat for a while. No two do at one time. */
export interface Presence {
  seat: string;
  person: PersonId;
  /** The id of the item at which they came; null from the beginning. */
  from: string | null;
  /** The id of the first item that they are not there for; null to the end. */
  to: string | null;
}

/** Until the next one, by the order of the items. */
export interface Chairing {
  person: PersonId;
  /** The id of the item; null from the beginning. No two have the same. */
  from: string | null;
}

/** From an item on, or for it alone. */
export const chairScopes = ['on', 'only'] as const;

export interface ItemRecord {
  /** Who chairs this item alone, such as in the place of a chair who is disqualified; null for who chairs the meeting then. */
  chair: PersonId | null;
  /** Sealed {@link Written}. */
  discussion: Envelope | null;
  recusals: readonly Recusal[];
  /** Null where nobody asked for one. */
  vote: Vote | null;
  outcome: Outcome | null;
  dissents: readonly Dissent[];
  actions: readonly Action[];
  /** ISO 8601 instant at which a vote was removed last; absent while none was. */
  voteRemoved?: string;
}

/** Whoever is disqualified takes no part in the item. */
export interface Recusal {
  seat: string;
  person: PersonId;
  /** Who steps in for it; null for nobody. */
  substitute: PersonId | null;
}

/** Open, one vote for each seat. */
export interface Vote {
  /** What is voted on beside what was proposed, each with its sealed {@link Written}. */
  counters: readonly { id: string; text: Envelope }[];
  /** By seat. */
  votes: Readonly<Record<string, Ballot>>;
  /** Null while it goes on. */
  ended:
    | (Mark & {
        /** The option that has won. */ winner: string /** The chair’s own vote has decided it. */;
        casting: boolean;
      })
    | null;
}

export interface Ballot {
  person: PersonId;
  /** `proposal`, the id of a counter-proposal, or `abstain`. */
  option: string;
}

/**
 * `returned`: to be prepared anew; `tabled`: to be taken up again; `noted`: recorded and nothing more, which needs no quorum
 * where nothing was to be decided.
 */
export const outcomes = ['asProposed', 'changed', 'returned', 'tabled', 'noted'] as const;

export const turns = ['then', 'now'] as const;
/** `after`: of `now`, the item after which it is put, as its sender saw that; a form of before has none. */
export interface Turning {
  turn?: (typeof turns)[number] | undefined;
  after?: string | undefined;
}

export interface Outcome extends Mark {
  as: (typeof outcomes)[number];
  /** Sealed {@link Written}; null where nothing is added to what was proposed. */
  text: Envelope | null;
}

export interface Dissent {
  seat: string;
  person: PersonId;
  /** Who keeps the record and wrote it down for them; absent once they have written it themselves. */
  by?: PersonId;
  /** Sealed {@link Written}. */
  text: Envelope;
}

/** What somebody is to do. */
export interface Action {
  id: string;
  /** Sealed {@link Written}. */
  text: Envelope;
  owner: PersonId;
  /** ISO 8601 date. */
  due: string;
  /** Who has it by now and until when (ISO 8601 date), where it was handed on after the meeting; see `heldBy`. */
  handed: { owner: PersonId; due: string } | null;
  /** Null while it is open. */
  done: Mark | null;
}

/** What was recorded, as it is kept. What each version says lies in a document of its own and is never changed. */
export interface Minutes {
  /** By item; they run through the year of the meeting. */
  paragraphs: { year: number; numbers: Readonly<Record<string, number>> };
  /** The oldest first; never empty. */
  versions: readonly MinutesVersion[];
}

export interface MinutesVersion {
  /** Counts from 1; one that came to nothing is left out. */
  number: number;
  made: Mark;
  /** Of the record from which it was drawn, see `recordPrint`. Absent from versions of before it was kept. */
  record?: string;
  /** Nobody before it was sent to be checked. */
  checkers: readonly Checker[];
  /** ISO 8601 instant at which all of them had approved; null until then. */
  final: string | null;
  /** By item: of plans and reports that were approved, a print of how. Absent from versions of before that was told of them. */
  approvals?: Readonly<Record<string, string>>;
}

/** Somebody who was present and says whether the minutes are true. */
export interface Checker {
  person: PersonId;
  /** As they were called then. */
  name: string;
  /** ISO 8601 instant at which it was sent to them. */
  asked: string;
  /** Null while they have said nothing. */
  answer: {
    at: string /** What is to be put right, a sealed text; null for nothing. */;
    comment: Envelope | null;
  } | null;
}

export interface Mark {
  by: PersonId | 'ankarbot';
  /** ISO 8601 instant. */
  at: string;
}

export interface Item extends ItemFacts {
  /** Its code, for what every agenda has; else a UUID. */
  id: string;
  /** What the bot knows it as, and so what it is called in every language; null for what somebody has written. */
  code: ItemCode | null;
  /** Which year it is about, for what a year brings; null for all others. */
  year: number | null;
  /** Of an earlier meeting that has not settled it: of which sitting, and there of which item; null for what is new. */
  carried: { sitting: string; item: string } | null;
  /** What was written of it, a sealed {@link Words}; null while nobody has. */
  words: Envelope | null;
  /** Addresses of its material from before these were sealed with its words; absent since. */
  openLinks?: readonly string[];
  state: ItemState;
  /** Who brought it up, and when. */
  begun: Mark;
  /** What has become of it since the agenda went out; null for nothing. */
  late: 'added' | 'changed' | 'removed' | null;
  /** What is to be approved, see `hasDocument`; null while nobody has sent it. */
  document: ItemDocument | null;
}

/** A document as somebody has sent it: nothing is kept of it but where it lies and what tells it from every other. */
export interface ItemDocument extends Mark {
  by: PersonId;
  /** In hexadecimal digits. */
  sha256: string;
  /** A sealed address that begins with `https:`; of what was sent before addresses were sealed, the address. */
  link: Envelope | string;
}

/** The same, its address opened. */
export type ReadDocument = Omit<ItemDocument, 'link'> & { link: string };

/** What is said of an item beside its words. */
export interface ItemFacts {
  kind: ItemKind;
  /** Who presents it; null when nobody is named. */
  presenter: PersonId | null;
  /** How long it takes; null when nobody has said so. */
  minutes: number | null;
  /** Only those who have a seat see it, and who keeps the agenda. */
  confidential: boolean;
}

export const itemKinds = ['information', 'discussion', 'decision'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** What every agenda begins and ends with. */
export const standingCodes = [
  'opening',
  'quorum',
  'checkers',
  'approval',
  'followUp',
  'figures',
  'other',
  'next',
  'closing',
] as const;
/** What a year brings. */
export const seasonCodes = ['operatingPlan', 'annualReport', 'agreement', 'survey'] as const;
export type SeasonCode = (typeof seasonCodes)[number];
export type ItemCode = (typeof standingCodes)[number] | SeasonCode;

export type ItemState =
  /** It waits for a word of who keeps the agenda. */
  { is: 'proposed' } | { is: 'accepted' } | ({ is: 'declined' | 'removed' } & Mark);

/** A text in as many languages as somebody has written it in. */
export type Written = Readonly<Partial<Record<Language, string>>>;

/** What was written of an item. Exists in memory only while it is shown or changed. */
export interface Words {
  title: Written;
  /** What it is about. */
  background: Written;
  /** What is proposed to be decided. */
  proposal: Written;
  /** Addresses of its material, each beginning with `https:`. */
  links: readonly string[];
}

export const wordFields = ['title', 'background', 'proposal'] as const satisfies readonly (keyof Words)[];
export type WordField = (typeof wordFields)[number];

export const limits = {
  title: 150,
  background: 2_000,
  proposal: 1_000,
  /** Minutes of one item. */
  longest: 8 * 60,
  links: 5,
  link: 1_000,
  /** Items of one agenda, those that were removed or declined included. */
  items: 100,
  /** Proposals of one person that wait at one time, and all that they have made for one agenda, taken back or not. */
  proposals: 10,
  proposed: 30,
  /** Counter-proposals of one vote, and what is to be done by one item. */
  counters: 3,
  actions: 8,
} as const;

/** Who sits where at the opening, by seat. */
export type Seating = Readonly<Record<string, PersonId>>;

/** `translated`: nothing else is said than before, but in one more language. */
interface Translating {
  translated?: boolean;
}

/** For which seat; null for the actor’s own. `person`: who speaks for it, as its sender saw; a form of before has none. */
export interface Whose {
  seat: string | null;
  person?: PersonId | undefined;
}

/** `on`: a print of what is voted on, as its sender saw it; a card of before has none. */
export interface Voted {
  on?: string | undefined;
}

export type RecordCommand =
  /** `time`: when it began, `HH:MM` on the day of the meeting; null, or left out, for what is most likely. */
  | { do: 'openMeeting'; seating: Seating; time?: string | null }
  | { do: 'come'; seat: string; person: PersonId; at: string | null }
  | { do: 'leave'; seat: string; person: PersonId; at: string }
  /** They were never there. */
  | { do: 'absent'; seat: string; person: PersonId }
  /** From that item on, null for the beginning; with `only` for it alone. */
  | { do: 'chair'; person: PersonId; at: string | null; only: boolean }
  | { do: 'discuss'; item: string; text: Envelope | null }
  /** `person`: who sits there. */
  | { do: 'recuse'; item: string; seat: string; person: PersonId; substitute: PersonId | null }
  | { do: 'unrecuse'; item: string; seat: string }
  /** `id` names the counter-proposal; `turn`: of what was passed by, whether it is dealt with in its turn, or where the meeting is now. */
  | ({ do: 'putToVote'; item: string; id: string; text: Envelope } & Turning)
  /** The actor’s own vote. */
  | ({ do: 'vote'; item: string; option: string } & Voted)
  /** What was said at the meeting, by seat; a seat that is missing stays as it is. */
  | ({ do: 'ballots'; item: string; ballots: Readonly<Record<string, string>> } & Voted)
  | ({ do: 'endVote' | 'withdrawVote'; item: string } & Voted)
  | { do: 'undecide'; item: string }
  /** `turn`: as of a counter-proposal. */
  | ({
      do: 'decide';
      item: string;
      as: Outcome['as'];
      text: Envelope | null;
    } & Turning &
      Translating)
  | ({ do: 'dissent'; item: string; text: Envelope | null } & Whose)
  | ({ do: 'assign'; item: string; id: string; text: Envelope; owner: PersonId; due: string } & Translating)
  | { do: 'unassign'; item: string; id: string }
  /** To somebody else or for another day; also after the meeting, whose minutes stay as they are. */
  | { do: 'handOn'; item: string; id: string; owner: PersonId; due: string }
  /** Who has it, or who keeps the record, says that it is done, or that it is not; also after the meeting. */
  | { do: 'done' | 'undone'; item: string; id: string }
  /** When it began and ended, each as of its opening. */
  | { do: 'closeMeeting'; began?: string | null; time?: string | null }
  /** `undoOpening`: it was opened by mistake, and nothing is recorded yet. */
  | { do: 'reopenMeeting' | 'undoOpening' };

/** Characters of what is recorded. */
export const recordLimits = {
  discussion: 3_000,
  decision: 2_000,
  counter: 500,
  dissent: 1_000,
  action: 300,
} as const;

/** Characters of what is written of minutes. */
export const minutesLimits = { comment: 2_000, correction: 1_000 } as const;

/** So many check the minutes, or all who were present where they were fewer. */
export const checkersNeeded = 2;

export type AgendaCommand =
  /** From a member, for who keeps the agenda to look at; from those it is on the agenda at once. */
  | { do: 'add'; item: string; content: Content }
  | { do: 'change'; item: string; content: Content }
  | { do: 'accept' | 'decline' | 'remove' | 'restore'; item: string }
  | ({ do: 'move'; item: string } & Move)
  | { do: 'document'; item: string; sha256: string; link: ItemDocument['link'] }
  | { do: 'send' };

/** What a form says of an item, its words sealed. */
export interface Content extends ItemFacts {
  words: Envelope | null;
}

/** The same as it was typed, in one language; what was empty is no more. */
export interface TypedContent extends ItemFacts {
  links: readonly string[];
  language: Language;
  typed: Readonly<Record<WordField, string>>;
}

/** What was written in a form, in one language; empty for nothing. */
export interface Said {
  language: Language;
  text: string;
}

type WithText = Extract<RecordCommand, { text: Envelope | null }>['do'];
/** What is not done over what a colleague has done since its sender saw it. */
type Conditional = Extract<RecordCommand, { do: 'chair' | 'recuse' | 'unrecuse' | 'undecide' | 'unassign' }>;

/** What is asked first, where something speaks against it. */
export type Asked = 'endVote' | 'withdrawVote' | 'undecide';

/** `asked`: a print of what its sender was asked about; null where they were asked nothing yet. When it is absent they were, by a card of before. */
export interface Sure {
  asked?: string | null | undefined;
}

/** A command as a person gives it; what is to be sealed is still text. */
export type RecordPress =
  | Exclude<RecordCommand, Conditional | { do: WithText | Asked | 'ballots' | 'handOn' | 'closeMeeting' }>
  | (Extract<RecordCommand, { do: 'closeMeeting' }> & Sure)
  | (Exclude<Conditional, { do: Asked }> & Seen)
  | ({ do: Asked; item: string } & Sure & Seen & Voted)
  | ({ do: 'discuss'; item: string; said: Said } & Seen)
  | ({ do: 'putToVote'; item: string; id: string; said: Said } & Turning & Seen)
  | ({ do: 'decide'; item: string; as: Outcome['as']; said: Said } & Turning & Seen)
  | ({ do: 'ballots'; item: string; ballots: Readonly<Record<string, string>> } & Voted & Seen)
  /** `gone`: it goes, whatever the languages it is said in. */
  | ({ do: 'dissent'; item: string; said: Said; gone?: boolean } & Whose & Seen)
  | ({ do: 'assign'; item: string; id: string; said: Said; owner: PersonId; due: string } & Seen)
  | ({ do: 'handOn'; item: string; id: string; owner: PersonId; due: string } & Seen);

export type ReadFollowUp = Omit<FollowUp, 'text'> & { text: Written };

/** What was recorded of an item, opened. Exists in memory only while it is shown or changed. */
export interface ReadRecord extends Omit<ItemRecord, 'discussion' | 'vote' | 'outcome' | 'dissents' | 'actions'> {
  discussion: Written;
  vote: (Omit<Vote, 'counters'> & { counters: readonly { id: string; text: Written }[] }) | null;
  outcome: (Omit<Outcome, 'text'> & { text: Written }) | null;
  dissents: readonly (Omit<Dissent, 'text'> & { text: Written })[];
  actions: readonly (Omit<Action, 'text'> & { text: Written })[];
}

/** A command as a person gives it; what is to be sealed is still text. */
export type AgendaPress =
  | Exclude<AgendaCommand, { do: 'add' | 'change' | 'document' }>
  | { do: 'document'; item: string; sha256: string; link: string }
  | { do: 'add'; item: string; content: TypedContent }
  | ({ do: 'change'; item: string; content: TypedContent } & Seen);
