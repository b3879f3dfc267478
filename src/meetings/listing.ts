import type { Directory } from '../directory/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import type { Draft } from './created.ts';
import type { Occurrence, Slot } from './model.ts';
import { byStart, endOf, occurrencesOf, overlap } from './repeat.ts';
import { askedIn, expectedAt, type Inviting, invitedTo, repliesAt } from './standing.ts';
import type { StoredMeeting } from './stored.ts';

/** What comes, and what comes at the same time. */

export type Listing =
  | { whose: 'mine' | 'region' }
  /** `openly`: everybody in its chat reads it, so without what only its leaders are to know. */
  | { whose: 'body'; body: BodyId; openly?: boolean };

interface Scene {
  directory: Directory;
  calendar: WorkingDays;
  now: Temporal.Instant;
}

/** One holding of a meeting; null while its time is still being found. */
export interface Coming {
  meeting: StoredMeeting;
  occurrence: Occurrence | null;
}

/** How many of a series are listed: the others come in their time. */
const nextOfSeries = 3;

/** By time; what has no time yet comes first. */
export function comingOf(meetings: readonly StoredMeeting[], of: Listing, person: PersonId, scene: Scene): Coming[] {
  const wanted = meetings.filter((meeting) => of.whose !== 'body' || meeting.body === of.body);
  const all = wanted.flatMap((meeting): Coming[] => {
    if (meeting.stage.is === 'proposed' && of.whose === 'body' && of.openly) return [];
    if (meeting.stage.is !== 'planned') {
      const mine = of.whose !== 'mine' || isFor(meeting, null, person, scene);
      return mine ? [{ meeting, occurrence: null }] : [];
    }
    return ahead(meeting, scene)
      .filter((occurrence) => of.whose !== 'mine' || isFor(meeting, occurrence, person, scene))
      .slice(0, nextOfSeries)
      .map((occurrence) => ({ meeting, occurrence }));
  });
  return all.toSorted((a, b) => {
    if (!a.occurrence || !b.occurrence) return Number(a.occurrence !== null) - Number(b.occurrence !== null);
    return byStart(a.occurrence, b.occurrence);
  });
}

function isFor(meeting: StoredMeeting, occurrence: Occurrence | null, person: PersonId, { directory }: Scene): boolean {
  if (meeting.organiser === person) return true;
  return (occurrence ? expectedAt(meeting, occurrence, directory) : askedIn(meeting, directory)).includes(person);
}

function ahead(meeting: StoredMeeting, { calendar, now }: Scene): Occurrence[] {
  const { stage, place, zone } = meeting;
  if (stage.is !== 'planned') return [];
  return occurrencesOf(stage.schedule, place, calendar)
    .filter((one) => !one.cancelled && Temporal.Instant.compare(endOf(one, zone), now) > 0)
    .toSorted(byStart);
}

/** Somebody has another meeting then. */
export interface Conflict {
  person: PersonId;
  slot: Slot;
  /** The other meeting, which not everybody may see. */
  with: StoredMeeting;
}

/** For each holding of what is being planned, those who have something else; who has said no to that is free. */
export function conflictsWith(draft: Draft, others: readonly StoredMeeting[], scene: Scene): Conflict[] {
  const { plan, place } = draft;
  const zone = scene.directory.policy.timeZone;
  const nothing = { changes: {}, earlier: [], passed: 0 };
  const slots: readonly Slot[] =
    'several' in plan
      ? plan.options
      : occurrencesOf({ first: plan.one, repeat: plan.repeat, ...nothing }, place, scene.calendar);
  return engagementsOf(draft, others, scene).flatMap(({ people, occurrence, meeting }) => {
    const slot = slots.find((one) => overlap(one, occurrence, zone));
    return slot ? people.map((person) => ({ person, slot, with: meeting })) : [];
  });
}

/** When some of those who are invited have something else: they are expected there, and have not said no. */
export function engagementsOf(
  draft: Inviting,
  others: readonly StoredMeeting[],
  scene: Scene,
): { people: PersonId[]; occurrence: Occurrence; meeting: StoredMeeting }[] {
  const asked = invitedTo(draft, scene.directory);
  return others.flatMap((meeting) =>
    ahead(meeting, scene).flatMap((occurrence) => {
      const replies = repliesAt(meeting, occurrence.on);
      const people = expectedAt(meeting, occurrence, scene.directory).filter(
        (person) =>
          asked.includes(person) && replies[person]?.coming !== 'no' && replies[person]?.coming !== 'substitute',
      );
      return people.length > 0 ? [{ people, occurrence, meeting }] : [];
    }),
  );
}
