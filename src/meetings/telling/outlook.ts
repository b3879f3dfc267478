import { bodyOf, type Directory, leadersOf } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { textsFor } from '../../shared/text.ts';
import type { WorkingDays } from '../../shared/working-time.ts';
import { expectedAt } from '../invited.ts';
import type { Meeting, Occurrence, OutlookRecord } from '../model.ts';
import { beginOf, endOf, occurrencesOf } from '../repeat.ts';
import { mayRead } from '../rights.ts';
import { scheduleOf } from '../standing.ts';
import { eventOf } from './events.ts';

/**
 * Meetings in the Outlook calendars of a tenant that has granted it. The calendar of whoever has planned a meeting, or of a
 * leader once they may not read it any more, has an event for each holding, which invites the others. What was done stands in
 * the meeting's document, one event after the other, so that a crash at any point leaves none behind and makes none twice.
 */

/** One holding, as its event is to be. */
export interface OutlookEvent {
  /** Ours: an event is made once under it, however often that is asked for, and never again once it was called off. */
  key: string;
  /** In whose calendar it lies. */
  owner: PersonId;
  subject: string;
  /** ISO 8601 instants. */
  begins: string;
  ends: string;
  /** Empty when nothing was said. */
  where: string;
  /** With a Teams meeting of its own. */
  online: boolean;
  /** Delegates of those who are invited do not read what it is. */
  confidential: boolean;
  /** Everybody but the owner. */
  people: readonly PersonId[];
}

/** The calendars. What cannot be done now rejects with `outlook.unavailable`, and is to be tried again. */
export interface Outlook {
  /**
   * What was made under its key before is brought up to date. Null for what will never be taken; `spent` where what was made
   * under its key is gone, so that it needs another.
   */
  create(event: OutlookEvent): Promise<OutlookMade | 'spent' | null>;
  /** Null for what will never be taken, and for what somebody has deleted there. */
  change(made: OutlookMade, event: OutlookEvent): Promise<OutlookMade | null>;
  /** Tells those who were invited, and takes it out. */
  cancel(event: OutlookGoing): Promise<void>;
}

/** An event that is to be taken out, by what is known of it. */
export interface OutlookGoing extends Pick<OutlookEvent, 'owner' | 'key'> {
  /** Under which the holding had events before: what was taken for gone may be found after all. */
  earlier: readonly string[];
  /** Null when nobody knows whether it was made. */
  id: string | null;
  /** It may have been asked for, and no answer came. */
  doubtful: boolean;
}

export interface OutlookMade {
  id: string;
  /** Address of its Teams meeting, which begins with `https:`; null for none. */
  join: string | null;
}

interface OutlookScene {
  directory: Directory;
  calendar: WorkingDays;
  now: Temporal.Instant;
  /** Of a text: the same for the same, short, and telling nothing of it. */
  fingerprint: (text: string) => string;
}

/** What is to be done next about the event of one holding. */
export type OutlookStep = { number: string } & (
  | { do: 'begin'; owner: PersonId }
  | { do: 'create'; event: OutlookEvent }
  | { do: 'change'; event: OutlookEvent; made: OutlookMade }
  | { do: 'cancel'; event: OutlookGoing }
);

/** So far ahead a holding gets its event: half a year of a weekly meeting is 26. In hours, which need no calendar. */
const horizon = { hours: 26 * 7 * 24 };

/** Null when all is as it is to be. */
export function outlookStep(meeting: Meeting, scene: OutlookScene): OutlookStep | null {
  const records = meeting.outlook ?? {};
  const states = statesOf(meeting, scene);
  const owner = ownerOf(meeting, scene.directory, records);
  for (const [number, { id, shows, owner: holder = meeting.organiser }] of Object.entries(records)) {
    const is = states.get(number)?.is ?? 'off';
    if (is !== 'off' && (is !== 'ahead' || holder === owner)) continue;
    const [key, ...earlier] = keysOf(meeting, number);
    return { do: 'cancel', number, event: { owner: holder, key, earlier, id, doubtful: shows === null } };
  }
  if (owner === null) return null;
  for (const [number, { is, holding }] of states) {
    if (is !== 'ahead') continue;
    const record = records[number];
    if (!record && Temporal.Instant.compare(beginOf(holding, meeting.zone), scene.now.add(horizon)) > 0) continue;
    // Written down before it is asked for: what may have been made is found again, whatever happens meanwhile.
    if (!record) return { do: 'begin', number, owner };
    const event = outlookEvent(meeting, holding, owner, scene);
    if (record.shows === shownBy(event, scene)) continue;
    const { id, join } = record;
    return id === null ? { do: 'create', number, event } : { do: 'change', number, event, made: { id, join } };
  }
  return null;
}

interface HoldingState {
  holding: Occurrence;
  /** `off`: it is not held; what is `over` stays in the calendars as it was. */
  is: 'ahead' | 'over' | 'off';
}

/** Of every holding, by its number. */
function statesOf(
  meeting: Meeting,
  { calendar, now }: Pick<OutlookScene, 'calendar' | 'now'>,
): Map<string, HoldingState> {
  const schedule = scheduleOf(meeting);
  const all = schedule ? occurrencesOf(schedule, meeting.place, calendar) : [];
  return new Map(
    all.map((holding) => {
      const isOver = Temporal.Instant.compare(endOf(holding, meeting.zone), now) <= 0;
      const isOff = meeting.stage.is === 'cancelled' || holding.cancelled !== null;
      return [String(holding.number), { holding, is: isOver ? 'over' : isOff ? 'off' : 'ahead' }];
    }),
  );
}

/** Does it, and resolves with what to write down; the calendars are asked nothing where that is all. */
export async function takeOutlookStep(
  step: OutlookStep,
  outlook: Outlook,
  scene: Pick<OutlookScene, 'fingerprint'>,
): Promise<OutlookRecord | null> {
  switch (step.do) {
    case 'begin':
      return { id: null, shows: null, join: null, owner: step.owner };
    case 'create': {
      const made = await outlook.create(step.event);
      return made === 'spent' ? null : recordOf(step.event, made ?? { id: null, join: null }, scene);
    }
    case 'change':
      return recordOf(step.event, (await outlook.change(step.made, step.event)) ?? step.made, scene);
    case 'cancel':
      await outlook.cancel(step.event);
      return null;
  }
}

/** What was not taken is not offered again until it is something else. */
function recordOf(
  event: OutlookEvent,
  known: Pick<OutlookRecord, 'id' | 'join'>,
  scene: Pick<OutlookScene, 'fingerprint'>,
): OutlookRecord {
  return { ...known, shows: shownBy(event, scene), owner: event.owner };
}

/**
 * The step is done, `record` is what is known of its event since, null when there is none under its key any more; nothing is
 * kept of what is over. The very same meeting where another instance has been further already.
 */
export function withOutlook<M extends Meeting>(
  meeting: M,
  step: OutlookStep,
  record: OutlookRecord | null,
  scene: Pick<OutlookScene, 'calendar' | 'now'>,
): M {
  const { number } = step;
  const isOvertaken = step.do === 'begin' ? meeting.outlook?.[number] : step.event.key !== keyOf(meeting, number);
  if (isOvertaken) return meeting;
  const states = statesOf(meeting, scene);
  const { [number]: _, ...others } = meeting.outlook ?? {};
  const { outlookGone: gone = {} } = meeting;
  const unlessOver = <Value>(of: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(of).filter(([one]) => states.get(one)?.is !== 'over'));
  if (record) return { ...meeting, outlook: unlessOver({ ...others, [number]: record }) };
  const outlookGone = unlessOver({ ...gone, [number]: (gone[number] ?? 0) + 1 });
  return { ...meeting, outlook: unlessOver(others), outlookGone };
}

/** When the next holding comes within reach; null when none does. */
export function nextWithinReach(
  meeting: Meeting,
  { calendar, now }: Pick<OutlookScene, 'calendar' | 'now'>,
): Temporal.Instant | null {
  if (meeting.stage.is !== 'planned') return null;
  const moments = occurrencesOf(meeting.stage.schedule, meeting.place, calendar)
    .filter(({ cancelled }) => !cancelled)
    .map((one) => beginOf(one, meeting.zone).subtract(horizon))
    .filter((moment) => Temporal.Instant.compare(moment, now) > 0);
  return moments.toSorted(Temporal.Instant.compare)[0] ?? null;
}

/** Null when nobody is left in whose calendar it could lie. A leader who has them already keeps them, whoever else leads. */
function ownerOf(meeting: Meeting, directory: Directory, records: NonNullable<Meeting['outlook']>): PersonId | null {
  if (mayRead(meeting, meeting.organiser, directory)) return meeting.organiser;
  const leaders = leadersOf(directory, meeting.body);
  const holders = Object.values(records).map(({ owner }) => owner);
  return leaders.find((leader) => holders.includes(leader)) ?? leaders[0] ?? null;
}

function outlookEvent(
  meeting: Meeting,
  holding: Occurrence,
  owner: PersonId,
  { directory, calendar }: OutlookScene,
): OutlookEvent {
  const texts = textsFor(bodyOf(directory, meeting.body)?.language ?? 'sv');
  const { begins, ends, title } = eventOf(meeting, holding, { texts, directory, calendar, detail: 'all' });
  const { place } = holding;
  return {
    key: keyOf(meeting, String(holding.number)),
    owner,
    // What somebody called a meeting about a case stays in the chat.
    subject: meeting.subject === null ? title : `${texts('calendar.event')} · ${meeting.subject}`,
    begins: begins.toString(),
    ends: ends.toString(),
    where: place.where,
    online: place.online && !place.where.startsWith('https:'),
    confidential: meeting.subject !== null,
    people: expectedAt(meeting, holding, directory).filter((person) => person !== owner),
  };
}

type Keyed = Pick<Meeting, 'id' | 'outlookGone'>;

/** Another for each time that an event of the holding was called off: Graph makes none a second time under the same. */
const keyOf = (meeting: Keyed, number: string): string => keysOf(meeting, number)[0];

/** The one that stands, and those before it. */
function keysOf({ id, outlookGone }: Keyed, number: string): [string, ...string[]] {
  const first = `${id}-${number}`;
  const later = Array.from({ length: outlookGone?.[number] ?? 0 }, (_, gone) => `${first}-${gone + 1}`);
  const [key = first, ...earlier] = [first, ...later].toReversed();
  return [key, ...earlier];
}

const shownBy = (event: OutlookEvent, { fingerprint }: Pick<OutlookScene, 'fingerprint'>): string =>
  fingerprint(JSON.stringify({ ...event, people: event.people.toSorted() }));
