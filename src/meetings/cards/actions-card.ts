import { button, type CardAction, link } from '../../cards/elements.ts';
import { presentMembers } from '../../directory/model.ts';
import { expectedAt, substitutesOf } from '../invited.ts';
import { comings, type Meeting, type Occurrence, type Schedule } from '../model.ts';
import { byStart, lastOf, nextOf } from '../repeat.ts';
import { type Focus, joinLinkOf, repliesAt, whenIs } from '../standing.ts';
import { dataOf, type MeetingScene, startText, type Viewer } from './words-card.ts';

/** What can be done with a meeting that has its time. */

/** The next step first; what this viewer may not do is not there. */
export function plannedActions(
  meeting: Meeting,
  schedule: Schedule,
  { occurrence, when, all }: Focus,
  scene: MeetingScene,
  viewer: Viewer | null,
): CardAction[] {
  const { texts } = scene;
  const data = dataOf(meeting, scene);
  const toRecord = unrecorded(schedule, all, meeting, scene, occurrence);
  const join = occurrence && !occurrence.cancelled && when !== 'over' ? joinLinkOf(meeting, occurrence) : null;
  return [
    ...(join ? [link(texts('meeting.actions.join'), join)] : []),
    ...(occurrence && !occurrence.cancelled && when !== 'over' ? replies(meeting, occurrence, scene, viewer) : []),
    ...(occurrence && !occurrence.cancelled && when === 'ahead'
      ? [
          button(
            texts('meeting.actions.calendar'),
            'calendar.meeting',
            { ...data, on: occurrence.on },
            { overflow: true },
          ),
        ]
      : []),
    ...(meeting.subject !== null && occurrence && !occurrence.cancelled && when !== 'over'
      ? [button(texts('meeting.actions.letter'), 'meeting.letter', { ...data, on: occurrence.on })]
      : []),
    ...(viewer?.manages && toRecord
      ? [
          button(
            texts('meeting.actions.record'),
            'meeting.recordForm',
            { ...data, on: toRecord.on },
            {
              primary: when === 'over' && schedule.came[toRecord.on] === undefined,
            },
          ),
        ]
      : []),
    ...(viewer?.manages && nextOf(all, meeting.zone, scene.now) && !(occurrence?.cancelled ?? false)
      ? [
          // What was held is not changed any more, and from there only all that is to come is cancelled.
          ...(when === 'over'
            ? []
            : [
                button(texts('meeting.actions.change'), 'meeting.changeForm', {
                  ...data,
                  ...(occurrence && { on: occurrence.on }),
                }),
              ]),
          button(
            texts(when === 'over' ? 'meeting.cancel.all' : 'meeting.actions.cancel'),
            'meeting.cancelForm',
            { ...data, ...(occurrence && { on: occurrence.on }) },
            {
              overflow: true,
            },
          ),
        ]
      : []),
    ...(schedule.repeat && occurrence ? turnsOf(meeting, occurrence, all, scene) : []),
  ];
}

/** From one date of a series to those beside it. */
function turnsOf(
  meeting: Meeting,
  occurrence: Occurrence,
  all: readonly Occurrence[],
  scene: MeetingScene,
): CardAction[] {
  const held = all.filter(({ on, cancelled }) => !cancelled || on === occurrence.on).toSorted(byStart);
  const at = held.findIndex(({ on }) => on === occurrence.on);
  const turns = [
    ['next', held[at + 1]],
    ['previous', held[at - 1]],
  ] as const;
  return turns.flatMap(([turn, to]) =>
    to
      ? [
          button(
            scene.texts(`meeting.actions.${turn}`, { when: startText(to, meeting, scene) }),
            'meeting.view',
            { ...dataOf(meeting, scene), on: to.on },
            { overflow: true },
          ),
        ]
      : [],
  );
}

/** The holding of which it is to be said who came: the one on the card once it has begun, else the last that nobody recorded. */
function unrecorded(
  { came }: Schedule,
  all: readonly Occurrence[],
  { zone }: Meeting,
  { now }: MeetingScene,
  occurrence: Occurrence | null,
): Occurrence | null {
  const isAsked = occurrence && !occurrence.cancelled && whenIs(occurrence, zone, now) !== 'ahead';
  if (isAsked && typeof came[occurrence.on] !== 'number') return occurrence;
  const last = lastOf(all, zone, now);
  return last && came[last.on] === undefined ? last : null;
}

function replies(meeting: Meeting, occurrence: Occurrence, scene: MeetingScene, viewer: Viewer | null): CardAction[] {
  const { texts, directory } = scene;
  const data = { ...dataOf(meeting, scene), on: occurrence.on, start: occurrence.start };
  if (viewer && !expectedAt(meeting, occurrence, directory).includes(viewer.person)) return [];
  const own = viewer && repliesAt(meeting, occurrence.on)[viewer.person]?.coming;
  const hasSubstitute = viewer
    ? substitutesOf(meeting, viewer.person, directory).length > 0
    : presentMembers(directory, meeting.body).some(({ role }) => role === 'substitute');
  return comings
    .filter((coming) => coming !== own && (coming !== 'substitute' || hasSubstitute))
    .map((coming) =>
      button(
        texts(`meeting.coming.${coming}`),
        'meeting.reply',
        { ...data, coming },
        { primary: coming === 'yes' && !own },
      ),
    );
}
