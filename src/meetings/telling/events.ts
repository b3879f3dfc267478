import type { CalendarEvent, Detail } from '../../calendar/model.ts';
import type { Directory } from '../../directory/model.ts';
import { bodyOf } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Texts } from '../../shared/text.ts';
import type { WorkingDays } from '../../shared/working-time.ts';
import { expectedAt } from '../invited.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { beginOf, endOf, isSettled, occurrencesOf } from '../repeat.ts';
import { isLongOver } from '../settled.ts';
import { repliesAt, scheduleOf } from '../standing.ts';

export interface EventScene {
  texts: Texts;
  directory: Directory;
  calendar: WorkingDays;
  detail: Detail;
}

/**
 * A person's holdings of a meeting: those to which they are expected and have not said no, and what was cancelled of them. What
 * was over, or cancelled as a whole, a week ago is none of theirs: who had said no is not known any more.
 */
export function eventsOf(
  meeting: Meeting,
  person: PersonId,
  scene: EventScene & { now: Temporal.Instant },
): CalendarEvent[] {
  if (isLongOver(meeting, scene.now)) return [];
  return occurrencesIn(meeting, scene)
    .filter((occurrence) => !isSettled(occurrence, meeting.zone, scene.now))
    .filter((occurrence) => isTheirs(meeting, occurrence, person, scene))
    .map((occurrence) => eventOf(meeting, occurrence, scene));
}

function occurrencesIn(meeting: Meeting, { calendar }: Pick<EventScene, 'calendar'>): Occurrence[] {
  const schedule = scheduleOf(meeting);
  return schedule ? occurrencesOf(schedule, meeting.place, calendar) : [];
}

function isTheirs(meeting: Meeting, occurrence: Occurrence, person: PersonId, { directory }: EventScene): boolean {
  const coming = repliesAt(meeting, occurrence.on)[person]?.coming;
  if (coming === 'no' || coming === 'substitute') return false;
  return expectedAt(meeting, occurrence, directory).includes(person);
}

/** One holding as a calendar shows it; what a person does not want others to read there is left out. */
export function eventOf(meeting: Meeting, occurrence: Occurrence, scene: EventScene): CalendarEvent {
  const { texts, detail } = scene;
  return {
    uid: `${meeting.id}-${occurrence.number}@ankarbot`,
    sequence: scheduleOf(meeting)?.sequence ?? 0,
    stamp: Temporal.Instant.from(meeting.news.at),
    begins: beginOf(occurrence, meeting.zone),
    ends: endOf(occurrence, meeting.zone),
    title: detail === 'all' ? titleOf(meeting, scene) : texts('calendar.event'),
    place: detail === 'all' ? placeOf(occurrence, texts) : null,
    cancelled: isCancelled(meeting, occurrence),
  };
}

/** By itself, or with all that was still to come. */
function isCancelled({ stage, zone }: Meeting, occurrence: Occurrence): boolean {
  if (occurrence.cancelled !== null) return true;
  if (stage.is !== 'cancelled') return false;
  return Temporal.Instant.compare(endOf(occurrence, zone), Temporal.Instant.from(stage.at)) > 0;
}

function titleOf({ title, body, subject }: Meeting, { texts, directory }: EventScene): string {
  // What somebody called a meeting about a case stays in the chat.
  if (subject !== null) return `${texts('calendar.event')} · ${subject}`;
  return [title || texts('calendar.event'), bodyOf(directory, body)?.name[texts.language]].filter(Boolean).join(' · ');
}

function placeOf({ place }: Occurrence, texts: Texts): string {
  return [place.online ? texts('calendar.online') : '', place.where].filter(Boolean).join(', ');
}
