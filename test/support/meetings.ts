import type { Delivery, Notice } from '../../src/delivery/model.ts';
import { type Directory, leadersOf } from '../../src/directory/model.ts';
import { type Draft, newMeeting } from '../../src/meetings/created.ts';
import { decide } from '../../src/meetings/decide.ts';
import type { Meeting, MeetingCommand, PollOption, Slot } from '../../src/meetings/model.ts';
import { mayManage } from '../../src/meetings/rights.ts';
import { meetingAggregates, meetingKey, type StoredMeeting } from '../../src/meetings/stored.ts';
import type { Scene } from '../../src/meetings/transition.ts';
import { bodyId, type PersonId, personId } from '../../src/shared/ids.ts';
import type { Store } from '../../src/storage/port.ts';
import { actor, calendar, type ExamplePerson, exampleDirectory, lojo, monday, unseatedDirectory } from './builders.ts';

/** Meetings that no test depends on; a test says only what it is about. */

/** The Thursday after {@link monday}, in Helsinki. */
export const thursday: Slot = { start: '2026-11-26T13:00', minutes: 60 };

export const options: readonly PollOption[] = [
  { id: 'tue', start: '2026-12-01T09:00', minutes: 60 },
  { id: 'wed', start: '2026-12-02T09:00', minutes: 60 },
  { id: 'thu', start: '2026-12-03T13:00', minutes: 60 },
];

/** A meeting of the whole team of Lojo. */
export function draft(over: Partial<Draft> = {}): Draft {
  return {
    body: lojo,
    kind: 'meeting',
    subject: null,
    title: 'Ärendegenomgång',
    place: { online: false, where: 'Polisstationen' },
    invited: { everyone: true, named: [] },
    plan: { one: thursday, repeat: null },
    ...over,
  };
}

type Several = Extract<Draft['plan'], { several: object }>;

export function pollPlan(over: Partial<Several['several']> = {}): Several {
  const since = '2026-11-23T07:00:00.000Z';
  const deadline = '2026-11-27T14:00:00.000Z';
  return { several: { since, deadline, namesHidden: false, botPicks: false, ...over }, options };
}

export const meetingId = 'c0000000-0000-4000-8000-000000000001';

/** As it is when somebody of the example region has sent it. */
export function meeting(
  wanted: Partial<Draft> = {},
  {
    id = meetingId,
    by = 'maria',
    now = monday,
    directory = exampleDirectory(),
  }: { id?: string; by?: ExamplePerson; now?: Temporal.Instant; directory?: Directory } = {},
): StoredMeeting {
  const whole = draft(wanted);
  const who = actor(by, 'sv', directory);
  const made: Meeting = newMeeting(
    whole,
    {
      id,
      zone: directory.policy.timeZone,
      by: who.person,
      mayPlan: mayManage({ body: whole.body, organiser: who.person, subject: whole.subject }, who),
      leaders: leadersOf(directory, whole.body),
    },
    now,
  );
  return { ...made, tenant: directory.tenant };
}

export function sceneOf(who: ExamplePerson, now = monday, directory: Directory = exampleDirectory()): Scene {
  return { actor: actor(who, 'sv', directory), now, directory, calendar };
}

/** The meeting after these presses, none of which is refused. */
export function played<M extends Meeting>(
  meeting: M,
  ...presses: readonly (readonly [who: ExamplePerson, command: MeetingCommand, now?: Temporal.Instant])[]
): M {
  let next = meeting;
  for (const [who, command, now] of presses) next = { ...next, ...decide(next, command, sceneOf(who, now)) };
  return next;
}

/** With all that waited gone out, which {@link noticesOf} knows of still. */
export function sentOut<M extends Meeting>(meeting: M): M {
  const { delivery } = meeting;
  if (delivery.notices.length === 0) return meeting;
  return { ...meeting, delivery: { ...delivery, notices: [], sent: noticesOf(meeting) } };
}

/** All that was to be told of it: what has gone out, and what waits. */
export function noticesOf({ delivery }: Pick<Meeting, 'delivery'>): readonly Notice[] {
  const { sent = [], notices }: Delivery & { sent?: readonly Notice[] } = delivery;
  return [...sent, ...notices];
}

/** Lojo's, in each state that a verb needs, seen at `now`. Times are of the days around it. */
export function meetingIn(
  state: 'proposed' | 'poll' | 'planned' | 'held',
  id: string,
  now: Temporal.Instant,
): StoredMeeting {
  const day = (days: number): Slot => {
    const start = now.toZonedDateTimeISO('Europe/Helsinki').toPlainDateTime().add({ days });
    return { start: start.toString({ smallestUnit: 'minute' }), minutes: 60 };
  };
  const deadline = now.add({ hours: 48 }).toString({ smallestUnit: 'millisecond' });
  const several = {
    since: now.toString({ smallestUnit: 'millisecond' }),
    deadline,
    namesHidden: false,
    botPicks: false,
  };
  const proposed = [3, 4, 5].map((days) => ({ id: `in-${days}`, ...day(days) }));
  const plan: Draft['plan'] =
    state === 'poll' ? { several, options: proposed } : { one: day(state === 'held' ? -1 : 3), repeat: null };
  return meeting({ plan }, { id, now, by: state === 'proposed' ? 'petri' : 'maria' });
}

/** Puts it into the store of a running bot, which finds it at its alarm: within `settleWithin` of its clock. */
export async function plant(store: Store, planned: StoredMeeting): Promise<void> {
  await meetingAggregates(store).create(meetingKey(planned), planned);
}

/** One of each party to the agreement, and that of the managers. */
export const steeringSeats = ({ seats }: Directory) => seats.filter(({ body }) => body === 'steering:vastra-nyland');

/** A steering group of all its seats, each with a member and a substitute: `member-…` and `substitute-…`. */
export function seated(): Directory {
  const directory = unseatedDirectory();
  for (const { id } of steeringSeats(directory))
    for (const role of ['member', 'substitute'] as const) {
      const person = personId(`${role}-${id}`);
      directory.people.push({ id: person, name: person });
      directory.members.push({
        person,
        body: bodyId('steering:vastra-nyland'),
        role,
        profession: null,
        seat: id,
        setBy: 'file',
        removed: false,
      });
    }
  return directory;
}

export const seat = (role: 'member' | 'substitute', id: string): PersonId => personId(`${role}-${id}`);
