import { type CardElement, facts } from '../../cards/elements.ts';
import { placeText } from '../../cards/places.ts';
import { expectedAt, invitedTo } from '../invited.ts';
import type { Meeting, Occurrence, Schedule } from '../model.ts';
import { byStart, nextOf } from '../repeat.ts';
import { type Focus, whenIs } from '../standing.ts';
import { attendance } from './attendance-card.ts';
import { newsOf } from './news-card.ts';
import { datesText, type MeetingScene, repeatText, slotText, startText, type Viewer } from './words-card.ts';

/** A meeting that has its time: when and where it is, who comes, and what has changed. */

const shownOfSeries = 3;

export function plannedBody(
  meeting: Meeting,
  schedule: Schedule,
  focus: Focus,
  scene: MeetingScene,
  viewer: Viewer | null,
): CardElement[] {
  const { texts } = scene;
  const { occurrence, when, all } = focus;
  const place = placeText(occurrence?.place ?? meeting.place, texts);
  const following = occurrence
    ? all.filter((one) => !one.cancelled && one.on !== occurrence.on && byStart(one, occurrence) > 0).toSorted(byStart)
    : [];
  const { repeat } = schedule;
  const own = viewer && repeat ? standInDates(meeting, schedule, all, scene, viewer) : [];
  const pairs = [
    // Of what is held its state says when.
    ...(occurrence?.cancelled ? [[texts('meeting.facts.wasWhen'), slotText(occurrence, meeting, scene)] as const] : []),
    ...(place ? [[texts('meeting.facts.where'), place] as const] : []),
    ...(repeat
      ? [
          [
            texts('meeting.facts.repeats'),
            nextOf(all, meeting.zone, scene.now)
              ? repeatText(schedule, repeat, all, scene)
              : texts('meeting.facts.ended'),
          ] as const,
        ]
      : []),
    ...(repeat && following.length > 0
      ? [
          [
            texts('meeting.facts.following'),
            following
              .slice(0, shownOfSeries)
              .map((one) => (one.minutes === occurrence?.minutes ? startText : slotText)(one, meeting, scene))
              .join(', '),
          ] as const,
        ]
      : []),
    ...(own.length > 0 ? [[texts('meeting.facts.standIn'), datesText(own, meeting, scene)] as const] : []),
  ];
  return [
    ...newsOf(meeting, focus, scene),
    ...(pairs.length > 0 ? [facts(pairs)] : []),
    ...(occurrence && !occurrence.cancelled ? attendance(meeting, schedule, occurrence, when, scene, viewer) : []),
  ];
}

/** The dates to come on which somebody is to come in another's place. */
function standInDates(
  meeting: Meeting,
  { replies }: Schedule,
  all: readonly Occurrence[],
  { directory, now }: MeetingScene,
  { person }: Viewer,
): Occurrence[] {
  if (invitedTo(meeting, directory).includes(person)) return [];
  return all
    .filter((one) => !one.cancelled && replies[one.on] && whenIs(one, meeting.zone, now) !== 'over')
    .filter((one) => expectedAt(meeting, one, directory).includes(person))
    .toSorted(byStart);
}
