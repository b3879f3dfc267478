import { touchAll } from '../delivery/model.ts';
import { type Directory, isMember } from '../directory/model.ts';
import { fingerprintOf } from '../shared/fingerprint.ts';
import type { PersonId } from '../shared/ids.ts';
import { nextWorkingMoment, type WorkingCalendar } from '../shared/working-time.ts';
import { heldBy, openActionsIn } from './meeting/proceedings.ts';
import { latestOf, silentCheckers } from './minutes/minutes.ts';
import type { Action, Checker, Sitting } from './model.ts';
import { declinedIn, expectedIn, quorumIn, recipientsOf, silentIn } from './recipients.ts';
import { keepersOf } from './rights.ts';
import type { AgendaPolicy } from './standing.ts';
import { handedOut, told, toldNoMore, toldOnce } from './transition.ts';

/** What time does to an agenda. */

export interface Timing {
  directory: Directory;
  calendar: WorkingCalendar;
  policy: AgendaPolicy;
}

/** What changes one after the other is told at once, so long after the last. */
const calm = Temporal.Duration.from({ minutes: 10 });
/** Who has just got the agenda is not asked for an answer yet. */
const peace = Temporal.Duration.from({ hours: 24 });
/** How long its card is drawn anew after the meeting. */
const keptAfter = Temporal.Duration.from({ hours: 7 * 24 });

/** The very same object when nothing is different. */
export function broughtTo(sitting: Sitting, now: Temporal.Instant, timing: Timing): Sitting {
  const reminded = withChecked(withOverdue(sitting, now, timing), now, timing);
  if (reminded.over) return handedOut(reminded, timing.directory, now);
  if (isPast(overAt(reminded), now)) return { ...reminded, over: true, delivery: touchAll(reminded.delivery, now) };
  let next = handedOut(reminded, timing.directory, now);
  if (isPast(tellAt(next), now)) {
    next = told(next, 'changed', holdersOf(next, timing.directory), next.untold ?? '', now);
    next = { ...next, untold: null };
  }
  return isPast(beginsAt(next), now) ? next : withAsked(next, now, timing);
}

/** Those who have not said whether they come are asked once, and those who keep the agenda hear when it is in danger. */
function withAsked(sitting: Sitting, now: Temporal.Instant, timing: Timing): Sitting {
  const { holding, holders, sent, body } = sitting;
  const { directory, policy } = timing;
  // Who has answered for one time has not answered for another.
  const occasion = `${holding?.meeting}:${holding?.begins}`;
  const isDue = (since: string | undefined): boolean =>
    since !== undefined && isPast(askedAt(sitting, since, timing), now);
  const silent = silentIn(sitting, directory).filter((person) => isDue(holders[person]));
  const { quorum } = policy;
  // Too many do not come, whatever the others say: then there is no time to be lost.
  const isLost = !quorumIn(atBest(sitting, directory), directory, quorum).met;
  const lost = `${occasion}:lost`;
  const known = isLost ? sitting : toldNoMore(sitting, 'danger', lost);
  const asked = toldOnce(known, 'silent', silent, occasion, now);
  if (sent === null || quorumIn(sitting, directory, quorum).met) return asked;
  if (!isLost && !isDue(sent.at)) return asked;
  // They hear of it anew when others have said that they do not come, until it cannot be met any more.
  const declined = declinedIn(sitting, directory).toSorted();
  const others = declined.length > 0 ? `${occasion}:${fingerprintOf(declined)}` : occasion;
  return toldOnce(asked, 'danger', keepersOf(body, directory), isLost ? lost : others, now);
}

/** As it would be if everybody came who has not said that they do not. */
function atBest(sitting: Sitting, directory: Directory): Sitting {
  const comings = expectedIn(sitting, directory).map((person) => {
    const said = sitting.comings[person];
    return [person, said === 'no' || said === 'substitute' ? said : 'yes'] as const;
  });
  return { ...sitting, comings: Object.fromEntries(comings) };
}

/** Who has not done in time what was settled is reminded once; of what somebody was to do who has left, who keeps the record. */
function withOverdue(sitting: Sitting, now: Temporal.Instant, timing: Timing): Sitting {
  const { body } = sitting;
  return openActionsIn(sitting)
    .filter(({ action }) => isPast(overdueAt(action, timing), now))
    .reduce((next, { item, action }) => {
      // Whoever has got another day for it is reminded of that one too.
      const occasion = [item, action.id, ...(action.handed ? [action.handed.due] : [])].join(':');
      const { owner } = heldBy(action);
      const { directory } = timing;
      if (isMember(directory, body, owner)) return toldOnce(next, 'overdue', [owner], occasion, now);
      return toldOnce(next, 'ownerGone', keepersOf(body, directory), occasion, now);
    }, sitting);
}

/** Who checks the minutes and has said nothing is reminded once; then who keeps them hears of it. */
function withChecked(sitting: Sitting, now: Temporal.Instant, timing: Timing): Sitting {
  const silent = silentCheckers(sitting);
  const occasion = String(latestOf(sitting)?.number);
  const after = (times: number): PersonId[] =>
    silent.filter((one) => isPast(checkedAt(one, times, timing), now)).map(({ person }) => person);
  const reminded = toldOnce(sitting, 'minutesSilent', after(1), occasion, now);
  if (after(2).length === 0) return reminded;
  return toldOnce(reminded, 'minutesLate', keepersOf(sitting.body, timing.directory), occasion, now);
}

/** While people work, when they have been silent for so many times the days in which they are to answer. */
function checkedAt({ asked }: Checker, times: number, { policy, calendar }: Timing): Temporal.Instant {
  return nextWorkingMoment(Temporal.Instant.from(asked).add({ hours: 24 * policy.checkDays * times }), calendar);
}

/** While people work, from the day after. */
function overdueAt(action: Action, { calendar }: Timing): Temporal.Instant {
  const day = Temporal.PlainDate.from(heldBy(action).due).add({ days: 1 });
  return nextWorkingMoment(day.toZonedDateTime(calendar.timeZone).toInstant(), calendar);
}

/** When somebody is to be looked after next; null when never. */
export function nextMoment(sitting: Sitting, now: Temporal.Instant, timing: Timing): Temporal.Instant | null {
  const overdue = openActionsIn(sitting).map(({ action }) => overdueAt(action, timing));
  const checking = silentCheckers(sitting).flatMap((one) => [1, 2].map((times) => checkedAt(one, times, timing)));
  const toCome = [...overdue, ...checking].filter((one) => !isPast(one, now)).toSorted(Temporal.Instant.compare);
  if (sitting.over) return toCome[0] ?? null;
  const asking = [...new Set(Object.values(sitting.holders))].flatMap((since) => {
    const at = askedAt(sitting, since, timing);
    return at && !isPast(at, now) ? [at] : [];
  });
  const moments = [tellAt(sitting), overAt(sitting)].filter((one) => one !== null);
  return [...moments, ...asking, ...toCome].toSorted(Temporal.Instant.compare)[0] ?? null;
}

function isPast(moment: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return moment !== null && Temporal.Instant.compare(moment, now) <= 0;
}

const tellAt = ({ untold }: Sitting): Temporal.Instant | null =>
  untold === null ? null : Temporal.Instant.from(untold).add(calm);

/** While people work: when those are asked who have had the agenda since then and have said nothing. */
function askedAt({ holding }: Sitting, since: string, { policy, calendar }: Timing): Temporal.Instant | null {
  if (!holding) return null;
  const days = Temporal.Instant.from(holding.begins).subtract({ hours: 24 * policy.silentDays });
  const rested = Temporal.Instant.from(since).add(peace);
  return nextWorkingMoment(Temporal.Instant.compare(rested, days) > 0 ? rested : days, calendar);
}

const beginsAt = ({ holding }: Sitting): Temporal.Instant | null => holding && Temporal.Instant.from(holding.begins);

const overAt = ({ holding }: Sitting): Temporal.Instant | null =>
  holding && Temporal.Instant.from(holding.ends).add(keptAfter);

/** Those who have a card of the agenda; to others it comes as it is by now. */
function holdersOf(sitting: Sitting, directory: Directory): PersonId[] {
  const waiting = new Set(sitting.delivery.notices.flatMap(({ to, stays }) => (stays ? [to] : [])));
  return recipientsOf(sitting, directory).filter((person) => !waiting.has(person));
}
