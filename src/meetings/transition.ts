import { isArriving, type Notice, notifyOnce, redraw, touchAll } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import type { Actor } from '../shared/actor.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { CaseReference, PersonId } from '../shared/ids.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import type { FirstOfSeries, Happening, Meeting, News, Occurrence, Poll, Schedule } from './model.ts';
import { beginOf, endOf, occurrencesOf } from './repeat.ts';

/** What a decision knows besides the meeting. */
export interface Scene {
  actor: Actor;
  now: Temporal.Instant;
  directory: Directory;
  calendar: WorkingDays;
}

/** What a meeting tells somebody in private. */
export type NoticeKind = StayingKind | PassingKind;

/** These stay in the personal chat as cards of the meeting, and follow it. */
export type StayingKind = 'invitation' | 'substitute' | 'proposed';

/** These are said once. */
export type PassingKind =
  | 'uninvited'
  | 'pollReminder'
  | 'allAnswered'
  | 'pollOver'
  | 'reminder'
  | 'substituteOut'
  | 'substituteFree'
  | 'declined'
  | 'lapsed'
  | 'wasHeld';

export function withPoll(meeting: Meeting, poll: Poll): Meeting {
  return { ...meeting, stage: { is: 'poll', poll } };
}

export function withSchedule(meeting: Meeting, schedule: Schedule): Meeting {
  return { ...meeting, stage: { is: 'planned', schedule } };
}

/**
 * People see a difference where they look; who has a card of their own asks for it. It is no news that would need a message
 * of its own: whoever fills in an answer there comes first, and fifty who answer at once leave one card.
 */
export function drawnAnew(meeting: Meeting, { now }: Pick<Scene, 'now'>): Meeting {
  return { ...meeting, delivery: redraw(meeting.delivery, now) };
}

/**
 * Everybody who was invited is to hear of it, once. What they have not heard of yet is told with it, of a date by what that is
 * called now: `nameOf` is null for one that is held no more.
 */
export function announced(
  meeting: Meeting,
  { what, on, before }: Pick<News, 'what' | 'on' | 'before'>,
  { now }: Pick<Scene, 'now'>,
  nameOf: (date: string) => string | null = (date) => date,
): Meeting {
  const waiting = untoldIn(meeting).flatMap((one) => renamed(one, nameOf));
  // One word about one holding; beside a reminder, and what is off as a whole, it stands by itself.
  const isOfOne = what === 'changed' || on !== null;
  const same = isOfOne && what !== 'reminder' ? waiting.find((one) => one.on === on) : undefined;
  const others = waiting.filter((one) => one !== same);
  // The title is the whole meeting's, whichever holding it was changed at.
  const { title, ...rest } = before;
  const isRetitled = title !== undefined && others.every((one) => one.before.title === undefined);
  const news: News = {
    number: meeting.news.number + 1,
    what,
    on,
    at: toStored(now),
    before: { ...rest, ...(isRetitled && { title }), ...same?.before, ...firstOf(same?.before, rest) },
    ...(others.length > 0 && { untold: others }),
    spread: false,
  };
  return { ...meeting, news, delivery: touchAll(meeting.delivery, now) };
}

/** The title is news also where the date is held no more at which it was changed. */
function renamed(happening: Happening, nameOf: (date: string) => string | null): Happening[] {
  if (happening.on === null) return [happening];
  const on = nameOf(happening.on);
  if (on !== null) return [{ ...happening, on }];
  const { title } = happening.before;
  return title === undefined ? [] : [{ ...happening, what: 'changed', on, before: { title } }];
}

/** Of a series what was of the first that is different from what people know; what is not there is in one of the two alone. */
function firstOf(known: News['before'] = {}, { place, slot }: News['before']): News['before'] {
  const isFirst = (now: FirstOfSeries | null | undefined, then: FirstOfSeries | null | undefined): boolean =>
    now?.number !== undefined && then?.number !== undefined && now.number < then.number;
  return { ...(isFirst(place, known.place) && { place }), ...(isFirst(slot, known.slot) && { slot }) };
}

/** What people were last told of a holding, of that of it which was `was` until now. */
export function lastTold(
  meeting: Meeting,
  { on, number }: Pick<Occurrence, 'on' | 'number'>,
  { slot, place, ...rest }: News['before'],
): News['before'] {
  const waiting = untoldIn(meeting);
  const ofOne = waiting.find((one) => one.on === on)?.before ?? {};
  const ofAll = waiting.find((one) => one.on === null)?.before ?? {};
  return {
    ...rest,
    ...(slot && { slot: ofOne.slot ?? knownOf(slot, ofAll.slot, number) }),
    ...(place && { place: ofOne.place ?? knownOf(place, ofAll.place, number) }),
  };
}

/** Those before the `first` that is different are as they were; of those after it nobody knows what people were told. */
function knownOf<T extends FirstOfSeries>(was: T, first: T | null | undefined, number: number): T | null {
  if (!first) return was;
  const { number: at = number } = first;
  if (at > number) return was;
  return at === number ? first : null;
}

/** What has changed, while somebody has yet to read of it: in a message that is still to be sent. */
function untoldIn({ news: { number: _, spread, untold = [], ...last }, delivery }: Meeting): Happening[] {
  if (spread && !isArriving(delivery)) return [];
  return [...untold, last].filter(({ what, on }) => what === 'changed' || (what === 'cancelled' && on !== null));
}

/** The cards that tell these people of the news of this number, and become theirs. */
export function invitationsTo(people: readonly PersonId[], number: number): Omit<Notice, 'at'>[] {
  return people.map((to) => ({
    key: `invitation:${number}:${to}`,
    to,
    kind: 'invitation',
    stays: `${number}-${to}`,
  }));
}

/** A private word, once for each `occasion`. */
export function told(
  meeting: Meeting,
  kind: NoticeKind,
  to: readonly PersonId[],
  occasion: string,
  now: Temporal.Instant,
): Meeting {
  const notices = to.map((person) => {
    const key = `${kind}:${occasion}:${person}`;
    return { key, to: person, kind, ...(kind === 'substitute' && { stays: key }) };
  });
  const delivery = notifyOnce(meeting.delivery, notices, now);
  return delivery === meeting.delivery ? meeting : { ...meeting, delivery };
}

/** Errors: `meeting.noPoll`. */
export function requirePoll({ stage }: Meeting): Poll {
  if (stage.is === 'cancelled') throw new AppError('meeting.cancelled');
  if (stage.is !== 'poll') throw new AppError('meeting.noPoll');
  return stage.poll;
}

/** Errors: `meeting.cancelled`, `meeting.notPlanned`. */
export function requireSchedule({ stage }: Meeting): Schedule {
  if (stage.is === 'cancelled') throw new AppError('meeting.cancelled');
  if (stage.is !== 'planned') throw new AppError('meeting.notPlanned');
  return stage.schedule;
}

/** Errors: `meeting.noOccurrence`, `meeting.cancelled`. */
export function requireOccurrence(meeting: Meeting, on: string, { calendar }: Pick<Scene, 'calendar'>): Occurrence {
  const occurrences = occurrencesOf(requireSchedule(meeting), meeting.place, calendar);
  const found = occurrences.find((occurrence) => occurrence.on === on);
  if (!found) throw new AppError('meeting.noOccurrence');
  if (found.cancelled) throw new AppError('meeting.cancelled');
  return found;
}

/** Errors: `meeting.over`. */
export function requireAhead(meeting: Meeting, occurrence: Occurrence, { now }: Pick<Scene, 'now'>): void {
  if (Temporal.Instant.compare(endOf(occurrence, meeting.zone), now) <= 0) throw new AppError('meeting.over');
}

/**
 * The case whose young person is invited to this holding, on paper.
 * Errors: `meeting.notFound` (it is about no case), `meeting.over`, and those of `requireOccurrence`.
 */
export function requireInvitation(
  meeting: Meeting,
  on: string,
  scene: Pick<Scene, 'calendar' | 'now'>,
): { subject: CaseReference; occurrence: Occurrence } {
  const { subject } = meeting;
  if (subject === null) throw new AppError('meeting.notFound');
  const occurrence = requireOccurrence(meeting, on, scene);
  requireAhead(meeting, occurrence, scene);
  return { subject, occurrence };
}

/** Errors: `meeting.notYet`. */
export function requireBegun(meeting: Meeting, occurrence: Occurrence, { now }: Pick<Scene, 'now'>): void {
  if (Temporal.Instant.compare(beginOf(occurrence, meeting.zone), now) > 0) throw new AppError('meeting.notYet');
}

/** Errors: `meeting.past`. */
export function requireToCome(start: string, zone: string, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(beginOf({ start }, zone), now) <= 0) throw new AppError('meeting.past');
}
