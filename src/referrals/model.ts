import type { AuditEvent, Ledger, Occurrence } from '../audit/model.ts';
import { type Delivery, type Notice, notify, touch } from '../delivery/model.ts';
import type { Actor, Profession } from '../shared/actor.ts';
import { leads, membershipIn } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { DecisionRecord } from '../statistics/model.ts';
import type { Code, Concern, Outcome, Reason, Source, Urgency } from './codes.ts';
import { mayReadNarrative } from './reading.ts';
import { recordOf } from './record.ts';

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
  /** De-identified records still to be written; forgotten once they are, so that nothing links them to the case. */
  unrecorded: DecisionRecord[];
  /** `YYYY-MM-DD` in the region's time zone: the day up to which the card counts the waiting. */
  dawn: string;
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
  since: string;
}

export interface Asked {
  person: PersonId;
  by: PersonId;
  at: string;
}

/** 1: little, 4: acute. */
export type Worry = 1 | 2 | 3 | 4;

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

export type ReferralCommand =
  | { do: 'claim' }
  | { do: 'release' }
  | { do: 'assign'; to: PersonId; toMember: boolean }
  | { do: 'ask'; whom: PersonId; whomMember: boolean }
  | { do: 'assess'; worry: Worry; recommendation: Code<'recommendation'>; note: Envelope | null }
  | { do: 'look' }
  | {
      do: 'decide';
      outcome: Outcome;
      reason: Reason;
      service: Code<'service'> | null;
      alone: Code<'aloneReason'> | null;
      recordId: string;
    }
  | { do: 'reopen' };

/** The next state, and what the log says about it; `event` is null when nothing happened (pressed twice). */
export interface Transition {
  referral: Referral;
  event: Occurrence | null;
}

/**
 * Errors: `referral.membersOnly`, `referral.takenBy` (`person`), `referral.decided`, `referral.notAMember`,
 * `referral.professionNeeded`, `referral.moreProfessions` (`needed`, `have`), `referral.aloneReasonNeeded`,
 * `referral.reopenTooLate` (`days`), `referral.serviceNeeded`.
 * `person` is a person id that the edge turns into a name.
 */
export function decide(
  referral: Referral,
  command: ReferralCommand,
  actor: Actor,
  now: Temporal.Instant,
  policy: TriagePolicy,
): Transition {
  if (!membershipIn(actor, referral.team)) throw new AppError('referral.membersOnly');
  if (command.do === 'look') return look(referral, actor);
  if (command.do === 'reopen') return reopen(referral, now, policy);
  requireOpen(referral);
  switch (command.do) {
    case 'claim':
      return claim(referral, actor, now);
    case 'release':
      return release(referral, actor, now);
    case 'assign':
      return assign(referral, command, actor, now);
    case 'ask':
      return ask(referral, command, actor, now);
    case 'assess':
      return assess(referral, command, actor, now);
    case 'decide':
      return conclude(referral, command, actor, now, policy);
  }
}

export function requireOpen(referral: Referral): void {
  if (referral.decision) throw new AppError('referral.decided', { person: referral.decision.by });
}

export function isOpen(referral: Referral): boolean {
  return referral.decision === null;
}

/** The purpose that a look at the details is logged with. */
export function stageOf(referral: Referral): 'triage' | 'decided' {
  return isOpen(referral) ? 'triage' : 'decided';
}

/** Professions that have assessed, each once; also what they said before a reopening counts. */
export function professionsHeard(referral: Referral): Profession[] {
  return [...new Set(referral.assessments.map((assessment) => assessment.profession))];
}

export function enoughHeard(referral: Referral, policy: TriagePolicy): boolean {
  return professionsHeard(referral).length >= policy.professionsNeeded;
}

/** Any member decides once enough professions have spoken; the team leader also before that, with a reason. */
export function requireDecider(referral: Referral, actor: Actor, policy: TriagePolicy): void {
  if (enoughHeard(referral, policy) || leads(actor, referral.team)) return;
  throw new AppError('referral.moreProfessions', {
    needed: policy.professionsNeeded,
    have: professionsHeard(referral).length,
  });
}

function changed(
  referral: Referral,
  now: Temporal.Instant,
  changes: Partial<Referral>,
  what: string,
  detail?: AuditEvent['detail'],
): Transition {
  return {
    referral: { ...referral, ...changes, delivery: touch(referral.delivery, now) },
    event: { what, why: stageOf(referral), ...(detail && { detail }) },
  };
}

/** The log says with which eyes it was looked, and whether the referrer's text was shown. */
function look(referral: Referral, actor: Actor): Transition {
  const profession = membershipIn(actor, referral.team)?.profession ?? null;
  const narrative = mayReadNarrative(referral, profession) ? 'shown' : 'withheld';
  const detail = { profession: profession ?? 'none', narrative };
  return { referral, event: { what: 'referral.details', why: stageOf(referral), detail } };
}

function claim(referral: Referral, actor: Actor, now: Temporal.Instant): Transition {
  if (referral.owner?.person === actor.person) return { referral, event: null };
  if (referral.owner) throw new AppError('referral.takenBy', { person: referral.owner.person });
  return changed(referral, now, taken(referral, actor.person, now), 'referral.claim');
}

function taken(referral: Referral, person: PersonId, now: Temporal.Instant): Partial<Referral> {
  return { owner: { person, since: toStored(now) }, untakenSince: null, takenAt: referral.takenAt ?? toStored(now) };
}

/** What somebody has is theirs to give; the team leader can too. */
function requireHandover(referral: Referral, actor: Actor): void {
  if (!referral.owner || referral.owner.person === actor.person || leads(actor, referral.team)) return;
  throw new AppError('referral.takenBy', { person: referral.owner.person });
}

/** Who has left the team has nothing any more: the case waits for somebody again. The very same object when all is well. */
export function withoutLeaver(
  referral: Referral,
  isMember: (person: PersonId) => boolean,
  now: Temporal.Instant,
): Transition {
  if (!isOpen(referral) || !referral.owner || isMember(referral.owner.person)) return { referral, event: null };
  const { person } = referral.owner;
  return changed(referral, now, { owner: null, untakenSince: toStored(now) }, 'referral.leaver', { person });
}

function release(referral: Referral, actor: Actor, now: Temporal.Instant): Transition {
  if (!referral.owner) return { referral, event: null };
  requireHandover(referral, actor);
  return changed(referral, now, { owner: null, untakenSince: toStored(now) }, 'referral.release');
}

function assign(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'assign' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (!command.toMember) throw new AppError('referral.notAMember');
  if (referral.owner?.person === command.to) return { referral, event: null };
  requireHandover(referral, actor);
  const given = changed(referral, now, taken(referral, command.to, now), 'referral.assign', { to: command.to });
  return tell(given, 'assigned', command.to, actor, now);
}

/** A private word to the colleague whom it concerns; nobody is told what they did themselves. */
function tell(
  { referral, event }: Transition,
  kind: 'asked' | 'assigned',
  to: PersonId,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (to === actor.person) return { referral, event };
  const notice: Notice = { key: `${kind}:${to}:${toStored(now)}`, to, kind };
  return { referral: { ...referral, delivery: notify(referral.delivery, [notice]) }, event };
}

function ask(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'ask' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  if (!command.whomMember) throw new AppError('referral.notAMember');
  if (referral.asked.some((asked) => asked.person === command.whom)) return { referral, event: null };
  const asked: Asked = { person: command.whom, by: actor.person, at: toStored(now) };
  const next = changed(referral, now, { asked: [...referral.asked, asked] }, 'referral.ask', { whom: command.whom });
  return tell(next, 'asked', command.whom, actor, now);
}

function assess(
  referral: Referral,
  { worry, recommendation, note }: Extract<ReferralCommand, { do: 'assess' }>,
  actor: Actor,
  now: Temporal.Instant,
): Transition {
  const profession = membershipIn(actor, referral.team)?.profession;
  if (!profession) throw new AppError('referral.professionNeeded');
  const mine = (a: Assessment): boolean => a.by === actor.person && a.profession === profession;
  const earlier = referral.assessments.find(mine);
  const assessment: Assessment = {
    by: actor.person,
    profession,
    at: toStored(now),
    worry,
    recommendation,
    // Whoever corrects the level alone keeps the note: it is sealed, so the form cannot show it again.
    note: note ?? earlier?.note ?? null,
  };
  const assessments = earlier
    ? referral.assessments.map((a) => (mine(a) ? assessment : a))
    : [...referral.assessments, assessment];
  return changed(referral, now, { assessments }, 'referral.assess', { profession, worry, recommendation });
}

function conclude(
  referral: Referral,
  command: Extract<ReferralCommand, { do: 'decide' }>,
  actor: Actor,
  now: Temporal.Instant,
  policy: TriagePolicy,
): Transition {
  const { outcome, reason, alone, recordId } = command;
  requireDecider(referral, actor, policy);
  const enough = enoughHeard(referral, policy);
  if (!enough && !alone) throw new AppError('referral.aloneReasonNeeded');
  if (outcome === 'redirected' && !command.service) throw new AppError('referral.serviceNeeded');
  const service = outcome === 'redirected' ? command.service : null;
  const decision: Decision = {
    outcome,
    reason,
    service,
    by: actor.person,
    at: toStored(now),
    alone: enough ? null : alone,
  };
  const record = recordOf(referral, decision, recordId, professionsHeard(referral), policy.timeZone);
  const unrecorded = [...referral.unrecorded, record];
  return changed(referral, now, { decision, unrecorded }, 'referral.decide', { outcome, reason });
}

/** Whether a decision can still be taken up again. */
export function mayReopen({ at }: Decision, now: Temporal.Instant, policy: TriagePolicy): boolean {
  return Temporal.Instant.from(at).until(now, { largestUnit: 'hours' }).hours < policy.reopenWithinDays * 24;
}

function reopen(referral: Referral, now: Temporal.Instant, policy: TriagePolicy): Transition {
  if (!referral.decision) return { referral, event: null };
  if (!mayReopen(referral.decision, now, policy)) {
    throw new AppError('referral.reopenTooLate', { days: policy.reopenWithinDays });
  }
  return changed(
    referral,
    now,
    {
      decision: null,
      // What was said stands, and can be changed; who was asked can be asked again.
      asked: [],
      takenAt: referral.owner ? toStored(now) : null,
      round: referral.round + 1,
      undecidedSince: toStored(now),
      untakenSince: referral.owner ? null : toStored(now),
    },
    'referral.reopen',
  );
}
