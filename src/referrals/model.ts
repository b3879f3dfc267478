import type { Ledger } from '../audit/model.ts';
import type { Delivery } from '../delivery/model.ts';
import type { PaperFormat } from '../documents/model.ts';
import type { Profession } from '../shared/actor.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { DecisionRecord } from '../statistics/model.ts';
import type { Code, Concern, Outcome, Reason, Source, Urgency } from './codes.ts';

/** A referral from its arrival to the team's decision. One document; every step is one pure transition. */
export interface Referral extends Coded {
  reference: CaseReference;
  team: BodyId;
  /** ISO 8601 instant. */
  receivedAt: string;
  origin: { by: PersonId; profession: Profession | null } | { source: string };
  /** Sealed {@link Identity}. */
  identity: Envelope;
  /** The sealed free text of the referrer; null when none was given. */
  narrative: Envelope | null;
  owner: Assignment | null;
  /** Since when nobody has it; null while somebody does. */
  untakenSince: string | null;
  /** Since when the team owes a decision: the arrival, or the reopening. */
  undecidedSince: string;
  asked: Asked[];
  assessments: Assessment[];
  decision: Decision | null;
  /** 1 at first, one more with every reopening. */
  round: number;
  /** When it was first taken in this round; null while nobody has. */
  takenAt: string | null;
  /** Its meetings by their ids, each with the ISO 8601 instant at which it is held next, or was last; absent for none. */
  meetings?: Readonly<Record<string, string>>;
  /** De-identified records still to be written; forgotten once they are, so that nothing links them to the case. */
  unrecorded: DecisionRecord[];
  /** ISO 8601 instant up to which the card counts the waiting; absent until that is first done anew. */
  countedAt?: string;
  ledger: Ledger;
  delivery: Delivery;
}

/** What may stand on a shared card: codes, and nothing else. */
export interface Coded {
  municipality: string;
  source: Source;
  basis: Code<'basis'>;
  concerns: Concern[];
  ageBand: Code<'ageBand'>;
  gender: Code<'gender'>;
  urgency: Urgency;
  /** On what ground the text may be read by another authority's professions; null when none was recorded. */
  legalBasis: Code<'legalBasis'> | null;
}

/** Who the young person is. Exists in memory only while it is sealed or shown. */
export interface Identity {
  name: string;
  birthYear: number | null;
  guardianContact: string | null;
}

export interface Assignment {
  person: PersonId;
  /** The colleague who gave it to them; absent when they took it. */
  by?: PersonId;
  since: string;
}

export interface Asked {
  person: PersonId;
  by: PersonId;
  at: string;
}

/** 1: little, 4: acute. */
export const worryLevels = [1, 2, 3, 4] as const;
export type Worry = (typeof worryLevels)[number];

export interface Assessment {
  by: PersonId;
  profession: Profession;
  at: string;
  worry: Worry;
  recommendation: Code<'recommendation'>;
  /** Sealed text that belongs to its author's profession; null when none was written. */
  note: Envelope | null;
}

export interface Decision {
  outcome: Outcome;
  reason: Reason;
  /** Where a redirected young person is guided; null otherwise. */
  service: Code<'service'> | null;
  by: PersonId;
  at: string;
  /** Why the team leader decided alone; null when enough professions had assessed. */
  alone: Code<'aloneReason'> | null;
}

export interface TriagePolicy {
  professionsNeeded: number;
  reopenWithinDays: number;
  /** The region's: tells in which month a decision falls. */
  timeZone: string;
}

/** Which invitation it was, as codes for the log. */
export interface LoggedLetter {
  /** The id of the meeting. */
  meeting: string;
  /** Which holding of it, see `Occurrence`. */
  on: string;
  format: PaperFormat;
  language: Language;
}

export type ReferralCommand =
  | { do: 'claim' }
  | { do: 'release' }
  | { do: 'assign'; to: PersonId; toMember: boolean }
  | { do: 'ask'; whom: PersonId; whomMember: boolean }
  | { do: 'assess'; worry: Worry; recommendation: Code<'recommendation'>; note: Envelope | null }
  | { do: 'look' }
  /** Whether a text names the young person. */
  | { do: 'checkName' }
  /** The invitation of its young person to a meeting goes out as a file. */
  | { do: 'handOut'; letter: LoggedLetter }
  | {
      do: 'decide';
      outcome: Outcome;
      reason: Reason;
      service: Code<'service'> | null;
      alone: Code<'aloneReason'> | null;
      recordId: string;
    }
  | { do: 'reopen' };
