import { leftBy, redraw, redrawAll } from '../delivery/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { hasHeard } from './heard.ts';
import { expectedAt, invitedTo, standInsOf } from './invited.ts';
import type { Invited, Meeting, Occurrence } from './model.ts';
import { mayRead } from './rights.ts';
import { aheadIn, called, freed, hasBegun, hasDeclined, shiftsBetween } from './shifts.ts';
import { withoutReplies } from './substitutes.ts';
import type { Scene } from './transition.ts';

/** Others are invited to a meeting than before. */

/** Who is new gets the invitation, and who is taken out is told so. */
export function inviting(
  meeting: Meeting,
  invited: Invited,
  scene: Pick<Scene, 'directory' | 'calendar' | 'now'>,
): Meeting {
  const { now, directory } = scene;
  // All of its body are told now, of what was announced to some of them alone.
  const standIns =
    invited.everyone && !meeting.invited.everyone ? standInsOf({ ...meeting, invited }, directory) : null;
  const changed: Meeting = { ...meeting, invited, ...(standIns && { standIns }) };
  const ahead = aheadIn(meeting, scene);
  const asked = invitedTo(meeting, directory);
  const named = invitedTo(changed, directory).filter((person) => !asked.includes(person));
  // Whoever is named by now and has said no, when they were not or were in somebody's place, is asked anew.
  const isAnew = (on: string, person: PersonId): boolean => named.includes(person) && hasDeclined(meeting, on, person);
  const anew = ahead
    .filter((date) => !hasBegun(date, meeting, now))
    .flatMap(({ on }) => named.filter((person) => isAnew(on, person)).map((person) => ({ on, person })));
  const next = withoutReplies(changed, anew);
  const dueIn = (one: Meeting) => (date: Occurrence) => expectedAt(one, date, directory);
  const dueBefore = (date: Occurrence) => dueIn(meeting)(date).filter((person) => !isAnew(date.on, person));
  const { spread, number } = meeting.news;
  const shifts = shiftsBetween(meeting, spread ? asked : [], ahead, dueBefore, dueIn(next));
  const kept = leftBy(next.delivery, (person) => !mayRead(next, person, directory));
  // On own cards stands what their readers have said, of which some goes, and whoever is out is asked no more.
  const isOnOwn = anew.length > 0 || shifts.some(({ from }) => from.length > 0);
  const shown: Meeting = { ...next, delivery: isOnOwn ? redrawAll(kept, now) : redraw(kept, now) };
  // Whoever was named by mistake, and is taken out before they have heard of the meeting, never does.
  const { calls = [] } = meeting;
  const isAnnounced = (person: PersonId): boolean =>
    spread ||
    calls.some(({ substitute }) => substitute === person) ||
    // Of what is to be told anew a guest has heard before who has a card of it.
    (number > 1 && (mayRead(next, person, directory) || meeting.delivery.placements.some(({ to }) => to === person)));
  return shifts.reduce((one, shift) => {
    const told = {
      wasAsked: asked.includes(shift.person),
      isTold: isAnnounced(shift.person) && hasHeard(meeting, shift.person),
    };
    // What has not been told to anybody yet is told to those who are invited by then.
    return spread ? freed(called(one, shift, scene), shift, told, now) : freed(one, { ...shift, to: [] }, told, now);
  }, shown);
}
