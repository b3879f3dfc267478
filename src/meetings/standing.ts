import { toStored } from '../shared/clock.ts';
import { type PersonId, personId } from '../shared/ids.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import type { Came, Letter, Meeting, Occurrence, Reply, Schedule } from './model.ts';
import { beginOf, endOf, lastOf, nextOf, occurrencesOf } from './repeat.ts';
import type { NoticeKind } from './transition.ts';

/** How a meeting stands that has its times: its holdings, and what was said of them; read off the meeting, and nothing changed. */

export function repliesAt(meeting: Meeting, on: string): Readonly<Record<PersonId, Reply>> {
  return scheduleOf(meeting)?.replies[on] ?? {};
}

export function scheduleOf({ stage }: Meeting): Schedule | null {
  return stage.is === 'planned' || stage.is === 'cancelled' ? stage.schedule : null;
}

/** All that was still to come has been cancelled. */
export const isEnded = ({ news }: Pick<Meeting, 'news'>): boolean => news.what === 'cancelled' && news.on === null;

/**
 * Those whom word of the meeting waits for: most have never opened a chat with the bot. What was to be told within these
 * minutes is on its way.
 */
export function unreachedBy({ delivery }: Pick<Meeting, 'delivery'>, now: Temporal.Instant): PersonId[] {
  const since = toStored(now.subtract({ minutes: onItsWay }));
  const waiting = delivery.notices.filter(({ kind, at }) => at < since && tells.has(kind));
  return [...new Set(waiting.map(({ to }) => to))];
}

const onItsWay = 5;
const tells: ReadonlySet<string> = new Set<NoticeKind>(['invitation', 'substitute']);
/** As long as it is known by name; null while nobody has said it. */
export function whoCame(meeting: Meeting, on: string): readonly PersonId[] | null {
  const came = scheduleOf(meeting)?.came[on];
  return typeof came === 'object' ? came : null;
}

export const numberOf = (came: Came): number => (typeof came === 'number' ? came : came.length);

/** Where one joins a holding over the net, as far as it has a Teams meeting of ours; null for none. */
export function joinLinkOf({ outlook }: Meeting, { number, place }: Occurrence): string | null {
  return (place.online && outlook?.[number]?.join) || null;
}

/** The holding of that name, or without one the next; null when there is none. */
export function occurrenceOf(
  meeting: Meeting,
  on: string | null,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): Occurrence | null {
  const schedule = scheduleOf(meeting);
  if (!schedule) return null;
  const all = occurrencesOf(schedule, meeting.place, calendar);
  return on === null ? nextOf(all, meeting.zone, now) : (all.find((one) => one.on === on) ?? null);
}

/** When it is held next, or was last, as the card of its case shows it: an ISO 8601 instant; null for not at all. */
export function momentForCase(
  { stage, place, zone }: Meeting,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): string | null {
  if (stage.is !== 'planned') return null;
  const all = occurrencesOf(stage.schedule, place, calendar);
  const shown = nextOf(all, zone, now) ?? lastOf(all, zone, now);
  return shown && beginOf(shown, zone).toString();
}

export interface OutdatedLetter {
  by: PersonId;
  says: Letter;
  /** It is held all the same, at another time or place. */
  isHeld: boolean;
}

/** Invitations on paper by which somebody would go in vain, until both what they say and what is so instead is over. */
export function outdatedLetters(
  meeting: Meeting,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): OutdatedLetter[] {
  const { letters = {}, stage, place, zone } = meeting;
  const schedule = scheduleOf(meeting);
  const all = schedule && stage.is === 'planned' ? occurrencesOf(schedule, place, calendar) : [];
  const isToCome = (slot: Letter): boolean => Temporal.Instant.compare(endOf(slot, zone), now) > 0;
  return Object.entries(letters).flatMap(([on, out]) => {
    const held = all.find((one) => one.on === on && !one.cancelled);
    return Object.entries(out).flatMap(([person, says]) => {
      if (held && isSameLetter(held, says)) return [];
      return isToCome(says) || (held && isToCome(held)) ? [{ by: personId(person), says, isHeld: Boolean(held) }] : [];
    });
  });
}

export function isSameLetter(a: Letter, b: Letter): boolean {
  return (
    a.start === b.start &&
    a.minutes === b.minutes &&
    a.place.online === b.place.online &&
    a.place.where === b.place.where
  );
}

/** Which of its holdings a card is about, and what is said of the others. */
export interface Focus {
  /** Null when none is left. */
  occurrence: Occurrence | null;
  when: 'ahead' | 'now' | 'over';
  /** It was asked for, so the card is about nothing else. */
  isAsked: boolean;
  all: readonly Occurrence[];
}

/** The holding that was asked for, else what is held next, else what was held last. */
export function focusOf(
  meeting: Pick<Meeting, 'place' | 'zone'>,
  schedule: Schedule,
  scene: { calendar: WorkingDays; now: Temporal.Instant },
  on: string | null,
): Focus {
  const all = occurrencesOf(schedule, meeting.place, scene.calendar);
  const { zone } = meeting;
  const asked = all.find((one) => one.on === on);
  const occurrence = asked ?? nextOf(all, zone, scene.now) ?? lastOf(all, zone, scene.now);
  const when = occurrence ? whenIs(occurrence, zone, scene.now) : 'over';
  return { occurrence, when, isAsked: asked !== undefined, all };
}

export function whenIs(occurrence: Occurrence, zone: string, now: Temporal.Instant): Focus['when'] {
  if (Temporal.Instant.compare(endOf(occurrence, zone), now) <= 0) return 'over';
  return Temporal.Instant.compare(beginOf(occurrence, zone), now) <= 0 ? 'now' : 'ahead';
}
