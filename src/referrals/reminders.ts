import { type Delivery, isPlaced, type Notice, notify } from '../delivery/model.ts';
import { type Directory, doubtEnds, leadersOf, membersOf } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { addWorkingTime, nextWorkingMoment, type WorkingAmount, type WorkingCalendar } from '../shared/working-time.ts';
import type { Referral } from './model.ts';
import type { ReminderPolicy } from './settings.ts';
import { isOpen } from './standing.ts';
import { nextCount } from './waiting.ts';

/**
 * Who forgets is reminded once, kindly and privately; then the leader hears of it. Every reminder has a key made of
 * what it is about and since when, so that it comes once, whatever restarts or instances there are.
 */
const reminderKinds = ['untaken', 'untakenLeader', 'undecided', 'undecidedLeader'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

interface Reminder {
  kind: ReminderKind;
  /** ISO 8601 instant from which the waiting counts. */
  since: string;
  dueAt: Temporal.Instant;
  to: PersonId[];
}

/** All reminders that this state will ever call for, with the working time they fall due. */
export function remindersOf(
  referral: Referral,
  directory: Directory,
  calendar: WorkingCalendar,
  policy: ReminderPolicy,
): Reminder[] {
  if (!isOpen(referral)) return [];
  const leaders = leadersOf(directory, referral.team);
  const experts = membersOf(directory, referral.team).map((member) => member.person);
  const decidedBy = referral.owner ? [referral.owner.person] : experts;
  return [
    ...(referral.untakenSince
      ? pair('untaken', referral.untakenSince, policy.untaken[referral.urgency], policy, calendar, experts, leaders)
      : []),
    ...pair('undecided', referral.undecidedSince, policy.undecided, policy, calendar, decidedBy, leaders),
  ];
}

function pair(
  kind: 'untaken' | 'undecided',
  since: string,
  after: WorkingAmount,
  policy: ReminderPolicy,
  calendar: WorkingCalendar,
  first: PersonId[],
  leaders: PersonId[],
): Reminder[] {
  const dueAt = addWorkingTime(Temporal.Instant.from(since), after, calendar);
  const leaderDueAt = addWorkingTime(dueAt, policy.leaderAfter, calendar);
  return [
    { kind, since, dueAt, to: first },
    { kind: `${kind}Leader`, since, dueAt: leaderDueAt, to: leaders },
  ];
}

function keyOf(reminder: Reminder): string {
  return `${reminder.kind}:${reminder.since}`;
}

/**
 * Adds the notices of every reminder that is due and was not made yet; the same delivery when there is none. What fell
 * due in the evening, or while the bot was not running, waits for the next working hours.
 */
export function remind(
  referral: Referral,
  directory: Directory,
  calendar: WorkingCalendar,
  policy: ReminderPolicy,
  now: Temporal.Instant,
): Delivery {
  if (!nextWorkingMoment(now, calendar).equals(now)) return referral.delivery;
  const due = remindersOf(referral, directory, calendar, policy).filter(
    (reminder) => Temporal.Instant.compare(reminder.dueAt, now) <= 0 && !made(referral, reminder),
  );
  return due.reduce((delivery, reminder) => withReminder(delivery, reminder, now), referral.delivery);
}

function withReminder(delivery: Delivery, reminder: Reminder, now: Temporal.Instant): Delivery {
  const notices = reminder.to.map((to) => ({ key: `${keyOf(reminder)}:${to}`, to, kind: reminder.kind }));
  // The newest of its kind is remembered as a whole: who joins the team later is not reminded of what is old.
  const told = notify(delivery, notices, now);
  const others = told.noticed.filter((key) => !key.startsWith(`${reminder.kind}:`));
  return { ...told, noticed: [...others, keyOf(reminder)] };
}

function made(referral: Referral, reminder: Reminder): boolean {
  return referral.delivery.noticed.includes(keyOf(reminder));
}

/**
 * True for a notice, made earlier but not sent yet, of what has changed since: the case was taken, decided or reopened,
 * its card has found a chat, or what was asked is answered, or what was asked or given is so no more.
 */
export function isOvertaken(referral: Referral, { key, kind, to }: Notice): boolean {
  if (kind === 'unplaced') return isPlaced(referral.delivery);
  if (kind === 'asked' || kind === 'assigned')
    return (
      !isOpen(referral) || senderOf(referral, { kind, to }) === null || (kind === 'asked' && answered(referral, to))
    );
  if (!reminderKinds.some((known) => known === kind)) return false;
  const since = kind.startsWith('untaken') ? referral.untakenSince : referral.undecidedSince;
  // Somebody else has it now, and owes the decision.
  const given = kind === 'undecided' && referral.owner !== null && referral.owner.person !== to;
  return !isOpen(referral) || given || key !== `${kind}:${since}:${to}`;
}

function answered({ asked, assessments }: Referral, person: PersonId): boolean {
  const at = asked.find((one) => one.person === person)?.at ?? '';
  return assessments.some((assessment) => assessment.by === person && assessment.at >= at);
}

/** The colleague who asked, or who gave the case away; null when neither is so any more, and for what nobody sent. */
export function senderOf({ asked, owner }: Referral, { kind, to }: Pick<Notice, 'kind' | 'to'>): PersonId | null {
  if (kind === 'asked') return asked.find(({ person }) => person === to)?.by ?? null;
  if (kind === 'assigned') return owner?.person === to ? (owner.by ?? null) : null;
  return null;
}

/**
 * The next moment at which an open referral needs attention: a reminder, its waiting is counted anew, or it is known whether
 * whoever has it is in the team.
 */
export function nextAttention(
  referral: Referral,
  directory: Directory,
  calendar: WorkingCalendar,
  policy: ReminderPolicy,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (!isOpen(referral)) return null;
  const moments = remindersOf(referral, directory, calendar, policy)
    .filter((reminder) => !made(referral, reminder))
    .map((reminder) => nextWorkingMoment(later(reminder.dueAt, now), calendar));
  const known = referral.owner && doubtEnds(directory, referral.team, [referral.owner.person], now);
  return [...moments, ...(known ? [known] : []), nextCount(referral, calendar, now)].reduce((a, b) =>
    Temporal.Instant.compare(a, b) <= 0 ? a : b,
  );
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) >= 0 ? a : b;
}
