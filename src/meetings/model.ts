import type { Delivery } from '../delivery/model.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import type { Seen } from '../shared/seen.ts';

/**
 * A meeting of a body, from the first proposal to who came. One document: it may begin as a poll and becomes a meeting, or a
 * series of them, in the same card. Times are wall-clock times of the meeting's zone, so that two o'clock stays two o'clock
 * when the clocks change.
 */
export interface Meeting {
  /** A UUID. */
  id: string;
  /** Whose leader leads it, and in whose chat it stands. */
  body: BodyId;
  kind: MeetingKind;
  /** The case that it is about; null for all others. Only the team of the case sees such a meeting. */
  subject: CaseReference | null;
  /** As somebody wrote it; empty for what its kind says already. */
  title: string;
  place: Place;
  /** IANA time zone of all its wall-clock times. */
  zone: string;
  invited: Invited;
  /** Who has it in hand, beside the leaders of its body. */
  organiser: PersonId;
  stage: Stage;
  /** Cancelled, also by the bot when nobody has decided in time, or a week after the last holding: it counts nowhere and its card stays as it is. */
  over: boolean;
  /** ISO 8601 instant up to which time has been taken into account. */
  lookedAt: string;
  /** What was last to be told to everybody. */
  news: News;
  /** Its events in the tenant's calendars, by the number of the holding; absent where the bot keeps none there. */
  outlook?: Readonly<Record<string, OutlookRecord>>;
  /** How many events were called off there, by the number of the holding: whoever comes back gets another; absent for none. */
  outlookGone?: Readonly<Record<string, number>>;
  /** Invitations on paper that have gone out, by the holding and by who took them out; absent for none. */
  letters?: Readonly<Record<string, Readonly<Record<PersonId, Letter>>>>;
  /** What substitutes were told lately of whether they are to come; absent for nothing. */
  calls?: readonly Call[];
  /** Whom of its body it asks as far as they have heard of it; absent where that has no seats, or before it is first announced. */
  standIns?: StandIns;
  /** ISO 8601 instant at which the card of its case says that it is held; absent or null while that says nothing of it. */
  caseShows?: string | null;
  /** Fingerprint of what the agenda of its body was told of it; absent while it was told nothing. */
  agendaKnows?: string;
  delivery: Delivery;
}

export const meetingKinds = ['meeting', 'supervision', 'case', 'seminar'] as const;
/** `meeting`: what the body is for; `supervision`: work supervision of a team; `case`: an Anchor meeting; `seminar`: for all. */
export type MeetingKind = (typeof meetingKinds)[number];

export interface Place {
  /** Held over the net, wherever people are. */
  online: boolean;
  /** Room and address, or a link that begins with `https:`; empty when nothing was said. */
  where: string;
}

export interface Invited {
  /** All members of the body, whoever they are by then; substitutes come in somebody's place, or where their seat has no member. */
  everyone: boolean;
  /** Beside them, or alone. */
  named: readonly PersonId[];
}

/** Those of a body whom a meeting asks, each with who comes where they do not: who acts for a seat without a member, with themselves. */
export type StandIns = Readonly<Record<PersonId, readonly PersonId[]>>;

export interface OutlookRecord {
  /** That of the event; null while it is not known to be there. */
  id: string | null;
  /** Fingerprint of what the calendar was last asked to show, whether it took that or not; null before its first answer. */
  shows: string | null;
  /** Address of its Teams meeting, which begins with `https:`; null for none. */
  join: string | null;
  /** In whose calendar it lies; absent for whoever has planned the meeting. */
  owner?: PersonId;
}

/** What an invitation on paper says. */
export interface Letter extends Slot {
  place: Place;
}

export interface LateRecord {
  on: string;
  /** ISO 8601 instant at which it was recorded. */
  at: string;
}

export interface Call {
  /** Which holding it is about. */
  on: string;
  substitute: PersonId;
  /** As that of a `Slot`: when begins what they are to come to in somebody's place; null: they are not to come any more. */
  start: string | null;
  /** ISO 8601 instant. */
  at: string;
}

export interface News extends Happening {
  /** Counts from 1, so that nobody hears of the same twice. */
  number: number;
  /** Of what happened before that what some were not told yet, the newest last; absent for none. */
  untold?: readonly Happening[];
  /** Those who read it in the chat and those who are to get it in private have been told apart. */
  spread: boolean;
}

export interface Happening {
  what: 'poll' | 'times' | 'invited' | 'changed' | 'cancelled' | 'reminder';
  /** Which holding it is about; null for the whole. */
  on: string | null;
  /** ISO 8601 instant. */
  at: string;
  /**
   * What people were last told, of all that has changed since. Null of a date where it changed after the whole series had, of
   * which they are told what was of its first alone.
   */
  before: { title?: string; place?: (Place & FirstOfSeries) | null; slot?: (Slot & FirstOfSeries) | null };
}

export interface FirstOfSeries {
  /** Of a whole series: that of the first holding of which it was so and is no more; absent for one that is alone. */
  number?: number;
}

export type Stage =
  /** A member has proposed it, and it waits for a leader. */
  | { is: 'proposed'; by: PersonId; at: string; plan: Plan }
  | { is: 'poll'; poll: Poll }
  | { is: 'planned'; schedule: Schedule }
  /** As a whole; a series of which something was held stays planned, without what was still to come. */
  | ({
      is: 'cancelled';
      schedule: Schedule | null;
      /** Who had made it, of a proposal that went no further; absent for all else. */
      proposedBy?: PersonId;
    } & Mark);

/** What was proposed: a time, or several to choose from. */
export type Plan = { one: Slot; repeat: Repeat | null } | { several: PollTerms; options: readonly PollOption[] };

export interface Slot {
  /** `YYYY-MM-DDTHH:MM`, a wall-clock time that exists. */
  start: string;
  minutes: number;
}

export interface Mark {
  /** `ankarbot` for what the bot does by itself. */
  by: PersonId | 'ankarbot';
  /** ISO 8601 instant. */
  at: string;
}

/** A choice of times. */
export interface Poll extends PollTerms {
  /** In order of time. */
  options: readonly PollOption[];
  /** By person, by option. What is missing has not been answered. */
  votes: Readonly<Record<PersonId, Readonly<Record<string, Vote>>>>;
}

export interface PollTerms {
  /** ISO 8601 instant from which it is open. */
  since: string;
  /** ISO 8601 instant after which nobody answers any more. */
  deadline: string;
  /** Who answered what is the organiser's to know. */
  namesHidden: boolean;
  /** The bot picks as soon as one time suits everybody, and at the deadline the best that is possible. */
  botPicks: boolean;
}

export interface PollOption extends Slot {
  id: string;
}

export const votes = ['yes', 'ifNeedBe', 'no'] as const;
export type Vote = (typeof votes)[number];

/** When it is held: once, or again and again. */
export interface Schedule {
  /** The first one, and the pattern of all others. */
  first: Slot;
  repeat: Repeat | null;
  /** What was held or cancelled before the whole series was moved to other days. */
  earlier: readonly Occurrence[];
  /** The dates of the pattern are numbered from the next one on; what is of `earlier` has its number already. */
  passed: number;
  /** What is different about some of them, by their `on`; what is not here is as the pattern has it. */
  changes: Readonly<Record<string, OccurrenceChange>>;
  /** What people said of each, by its `on`; nothing is kept of what was over, or cancelled as a whole, a week ago. */
  replies: Readonly<Record<string, Readonly<Record<PersonId, Reply>>>>;
  /** Who came, by its `on`, and once that was over a week ago, how many; what is missing was not recorded. */
  came: Readonly<Record<string, Came>>;
  /** Of which holding it was recorded last who came, more than a week after it; for a week that can be corrected. Absent for none. */
  late?: LateRecord;
  /**
   * When begins the time that was picked where nobody was to know who had said what of it, so that only a yes became an answer;
   * absent for all else.
   */
  yesAlone?: string;
  /** Grows with every change that calendars show, so that calendars take in what is newer (RFC 5545, SEQUENCE). */
  sequence: number;
}

export type Came = readonly PersonId[] | number;

export interface Repeat {
  unit: 'week' | 'month';
  /** Every so many of them; 1–12. */
  every: number;
  /** Of a month: on the same date, or on the same weekday of the same week ("the second Tuesday", "the last Friday"). */
  by: 'date' | 'weekday';
  end: { count: number } | { /** The last possible date, ISO 8601. */ until: string };
  /** What becomes of one that falls on a holiday. */
  holidays: 'skip' | 'before' | 'after' | 'keep';
}

export interface OccurrenceChange {
  slot?: Slot;
  place?: Place;
  cancelled?: Mark;
}

/** One holding of a meeting. */
export interface Occurrence extends Slot {
  /** Which of the series it is, from 1; it stays, also when the whole series is changed, so that calendars know it again. */
  number: number;
  /** Its name for ever: the date that the pattern gives it, ISO 8601, before any change or holiday moved it. */
  on: string;
  place: Place;
  cancelled: Mark | null;
}

/** One holding of what a body meets for, as its agenda has to know it. */
export interface BodyHolding {
  /** The id of the meeting. */
  meeting: string;
  /** The name of the holding within it. */
  on: string;
  /** ISO 8601 instants. */
  begins: string;
  ends: string;
  place: Place;
  /** What people have said of whether they come. */
  comings: Readonly<Record<PersonId, Coming>>;
}

export const comings = ['yes', 'maybe', 'no', 'substitute'] as const;
/** `substitute`: another comes in my place. */
export type Coming = (typeof comings)[number];

export interface Reply {
  coming: Coming;
  /** ISO 8601 instant. */
  at: string;
  /** It is what they said of the time while it was one of several; absent once they have answered the invitation. */
  polled?: boolean;
}

export const limits = {
  title: 120,
  where: 300,
  /** Minutes. */
  shortest: 5,
  longest: 12 * 60,
  fewestTimes: 2,
  mostTimes: 12,
  /** Beside the members of the body. */
  mostNamed: 100,
  mostInvited: 150,
  /** Of one member's in a body, see `isProposalOf`. */
  mostProposals: 5,
  /** Holdings of one series: a weekly meeting for two years. */
  mostOccurrences: 106,
  /** Years ahead. */
  farthest: 2,
} as const;

export type MeetingCommand =
  /** A leader says yes to what a member has proposed. */
  | { do: 'confirm' }
  | { do: 'vote'; votes: Readonly<Record<string, Vote>> }
  | { do: 'addTimes'; options: readonly PollOption[] }
  | { do: 'changeTime'; option: string; slot: Slot }
  | { do: 'removeTime'; option: string }
  | { do: 'extend'; deadline: string }
  | { do: 'pick'; option: string }
  /** `on` of these: the date of the holding; null: the whole series, from now on. */
  /** `start`: when it was to begin on the card that was pressed; older cards did not say. */
  | { do: 'reply'; on: string; coming: Coming; start?: string | undefined }
  | ({ do: 'change' } & Change)
  /** `was`: what its sender was asked about; older cards did not say. */
  | { do: 'cancel'; on: string | null; was?: Stage['is'] | undefined }
  /** `first`: its sender has seen that nobody had said it; older cards did not say. */
  | { do: 'record'; on: string; came: readonly PersonId[]; first?: boolean };

export interface Change extends Seen {
  on: string | null;
  /** Of the whole series: the holding at which was read what is changed; the next, where that is missing. */
  at?: string;
  changes: Changes;
}

/** What is missing stays. The title is the whole meeting's, whichever holding it was changed at. */
export interface Changes {
  title?: string;
  place?: Place;
  slot?: Slot;
  invited?: Invited;
}
