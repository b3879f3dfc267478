import { toStored } from '../shared/clock.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import type { Draft } from './created.ts';
import { askedIn, expectedAt, type Inviting, invitedTo } from './invited.ts';
import type { BodyHolding, Occurrence, Slot } from './model.ts';
import { answerable } from './poll-standing.ts';
import { beginOf, byStart, endOf, occurrencesOf } from './repeat.ts';
import { repliesAt } from './standing.ts';
import type { StoredMeeting } from './stored.ts';
import type { Scene } from './transition.ts';

/** What comes, and what comes at the same time. */

export type Listing =
  | { whose: 'mine' | 'region' }
  /** `openly`: everybody in its chat reads it, so without what only its leaders are to know. */
  | { whose: 'body'; body: BodyId; openly?: boolean };

type ListingScene = Omit<Scene, 'actor'>;

/** One holding of a meeting; null while its time is still being found. */
export interface ListedMeeting {
  meeting: StoredMeeting;
  occurrence: Occurrence | null;
}

/** As it is listed to somebody. */
export interface ComingMeeting extends ListedMeeting {
  /** They may know when it is, and nothing else of it. */
  isDateAlone: boolean;
}

/** How many of a series are listed: the others come in their time. */
const nextOfSeries = 3;

/** By time; what has no time yet comes first. */
export function listMeetings(
  meetings: readonly StoredMeeting[],
  of: Listing,
  person: PersonId,
  scene: ListingScene,
): ListedMeeting[] {
  const wanted = meetings.filter((meeting) => of.whose !== 'body' || meeting.body === of.body);
  const all = wanted.flatMap((meeting): ListedMeeting[] => {
    if (meeting.stage.is === 'proposed' && of.whose === 'body' && of.openly) return [];
    if (meeting.stage.is !== 'planned') {
      const mine = of.whose !== 'mine' || isFor(meeting, null, person, scene);
      return mine ? [{ meeting, occurrence: null }] : [];
    }
    return holdingsAhead(meeting, scene)
      .filter((occurrence) => of.whose !== 'mine' || isFor(meeting, occurrence, person, scene))
      .slice(0, nextOfSeries)
      .map((occurrence) => ({ meeting, occurrence }));
  });
  return all.toSorted((a, b) => {
    if (!a.occurrence || !b.occurrence) return Number(a.occurrence !== null) - Number(b.occurrence !== null);
    return byStart(a.occurrence, b.occurrence);
  });
}

function isFor(
  meeting: StoredMeeting,
  occurrence: Occurrence | null,
  person: PersonId,
  { directory }: ListingScene,
): boolean {
  if (meeting.organiser === person) return true;
  return (occurrence ? expectedAt(meeting, occurrence, directory) : askedIn(meeting, directory)).includes(person);
}

/** What is still to come of a meeting, or is being held, in order of time. */
const holdingsAhead = (meeting: StoredMeeting, scene: ListingScene): Occurrence[] =>
  spansAhead(meeting, scene).map(({ of }) => of);

/** What is still to come of it, as the agenda of its body has to know it. */
export function holdingsOf(meeting: StoredMeeting, scene: ListingScene): BodyHolding[] {
  return holdingsAhead(meeting, scene).map((occurrence) => ({
    meeting: meeting.id,
    on: occurrence.on,
    begins: toStored(beginOf(occurrence, meeting.zone)),
    ends: toStored(endOf(occurrence, meeting.zone)),
    place: occurrence.place,
    comings: Object.fromEntries(
      Object.entries(repliesAt(meeting, occurrence.on)).map(([person, { coming }]) => [person, coming]),
    ),
  }));
}

function spansAhead({ stage, place, zone }: StoredMeeting, { calendar, now }: ListingScene): Span<Occurrence>[] {
  if (stage.is !== 'planned') return [];
  const held = occurrencesOf(stage.schedule, place, calendar).filter(({ cancelled }) => !cancelled);
  return spansOf(held, zone).filter(({ end }) => end > now.epochMilliseconds);
}

/** The same of a meeting that has its time, or the times among which one is chosen. */
export function slotsAhead(meeting: StoredMeeting, scene: ListingScene): readonly Slot[] {
  if (meeting.stage.is !== 'poll') return holdingsAhead(meeting, scene);
  return answerable(meeting.stage.poll, meeting.zone, scene.now).options;
}

/** Somebody has another meeting then. */
export interface Conflict {
  person: PersonId;
  slot: Slot;
  /** When that is. */
  at: Slot;
  /** The other meeting, which not everybody may see. */
  with: StoredMeeting;
}

/** Every time that is proposed, or at which a series is held. */
export function slotsOf({ plan, place }: Draft, calendar: WorkingDays): readonly Slot[] {
  if ('several' in plan) return plan.options;
  const nothing = { changes: {}, earlier: [], passed: 0 };
  return occurrencesOf({ first: plan.one, repeat: plan.repeat, ...nothing }, place, calendar);
}

/** Whatever else those who are invited have then, in order of time; who has said no to that is free. */
export function conflictsWith(
  { slots, zone, ...who }: Inviting & { slots: readonly Slot[]; zone: string },
  others: readonly StoredMeeting[],
  scene: ListingScene,
): Conflict[] {
  const wanted = spansOf(slots, zone);
  const busyIn = busyAmong(who, scene);
  const found = others.flatMap((meeting) => {
    const busyAt = busyIn(meeting);
    return sameTime(wanted, spansAhead(meeting, scene)).flatMap(([slot, occurrence]) =>
      busyAt(occurrence).map((person) => ({ person, slot, at: occurrence, with: meeting })),
    );
  });
  return found.toSorted((a, b) => byStart(a.at, b.at));
}

/** When some of those who are invited have something else: they are expected there, and have not said no. */
export function engagementsOf(
  wanted: Inviting,
  others: readonly StoredMeeting[],
  scene: ListingScene,
): { people: PersonId[]; occurrence: Occurrence; meeting: StoredMeeting }[] {
  const busyIn = busyAmong(wanted, scene);
  return others.flatMap((meeting) => {
    const busyAt = busyIn(meeting);
    return holdingsAhead(meeting, scene).flatMap((occurrence) => {
      const people = busyAt(occurrence);
      return people.length > 0 ? [{ people, occurrence, meeting }] : [];
    });
  });
}

/** Who of those who are invited is not free at a holding of a meeting. Its members are looked up once, not for each holding. */
function busyAmong(wanted: Inviting, { directory }: ListingScene) {
  const asked = new Set(invitedTo(wanted, directory));
  return (meeting: StoredMeeting): ((occurrence: Occurrence) => PersonId[]) => {
    const members = invitedTo(meeting, directory).filter((person) => asked.has(person));
    return (occurrence) => {
      const replies = repliesAt(meeting, occurrence.on);
      if (Object.keys(replies).length === 0) return members;
      return expectedAt(meeting, occurrence, directory).filter((person) => {
        const coming = replies[person]?.coming;
        return asked.has(person) && coming !== 'no' && coming !== 'substitute';
      });
    };
  };
}

/** From `begin` to before `end`, in milliseconds since 1970: compared a thousand times, and made out once. */
interface Span<Held extends Slot> {
  of: Held;
  begin: number;
  end: number;
}

/** In order of time. */
function spansOf<Held extends Slot>(slots: readonly Held[], zone: string): Span<Held>[] {
  return slots
    .map((of): Span<Held> => {
      const begin = beginOf(of, zone).epochMilliseconds;
      return { of, begin, end: begin + of.minutes * 60_000 };
    })
    .toSorted((a, b) => a.begin - b.begin);
}

/** Each of the first with each of the second that takes place at the same time. */
function sameTime<A extends Slot, B extends Slot>(wanted: readonly Span<A>[], others: readonly Span<B>[]): [A, B][] {
  let from = 0;
  return others.flatMap(({ of, begin, end }): [A, B][] => {
    // What is over by now is over for all that follow.
    while ((wanted[from]?.end ?? Number.POSITIVE_INFINITY) <= begin) from += 1;
    const same: [A, B][] = [];
    for (let index = from; (wanted[index]?.begin ?? end) < end; index += 1) {
      const one = wanted[index];
      if (one && one.end > begin) same.push([one.of, of]);
    }
    return same;
  });
}
