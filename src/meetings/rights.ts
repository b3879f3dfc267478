import { type Body, type BodyKind, type Directory, isMember, leadersOf } from '../directory/model.ts';
import { type Actor, leads, membershipIn } from '../shared/actor.ts';
import type { PersonId } from '../shared/ids.ts';
import { isOpenTo } from './invited.ts';
import type { Meeting, MeetingKind } from './model.ts';

/** Who may do what with a meeting, and what a body may meet for. */

/**
 * The members of its body see a meeting, and who was invited; one about a case its team alone, and a proposal its leaders and
 * who has made it.
 */
export function maySee({ body, subject, invited, stage }: Meeting, actor: Actor): boolean {
  const isOfBody = membershipIn(actor, body) !== null;
  if (stage.is === 'proposed') return leads(actor, body) || (isOfBody && stage.by === actor.person);
  return isOfBody || (subject === null && invited.named.includes(actor.person) && actor.memberships.length > 0);
}

/** The same of somebody who has pressed nothing. */
export function mayRead(meeting: Meeting, person: PersonId, directory: Directory): boolean {
  const { stage, body } = meeting;
  if (stage.is !== 'proposed') return isOpenTo(meeting, person, directory);
  return leadersOf(directory, body).includes(person) || (stage.by === person && isMember(directory, body, person));
}

/** The leaders of its body plan a meeting, and who has a case plans the meetings about it. */
export function mayManage(meeting: Pick<Meeting, 'body' | 'organiser' | 'subject'>, actor: Actor): boolean {
  if (leads(actor, meeting.body)) return true;
  return meeting.subject !== null && meeting.organiser === actor.person && membershipIn(actor, meeting.body) !== null;
}

/** What a body of this kind meets for; the first is the usual. */
export function kindsIn(kind: BodyKind): readonly MeetingKind[] {
  switch (kind) {
    case 'team':
      return ['meeting', 'supervision', 'case'];
    case 'management':
      return ['meeting', 'seminar'];
    case 'steering':
    case 'development':
      return ['meeting'];
  }
}

/** Leaders plan for their own bodies, and members propose in their team; nothing new is planned for a closed body. */
export function mayPropose({ id, kind, closed }: Body, actor: Actor): boolean {
  return !closed && (leads(actor, id) || (kind === 'team' && membershipIn(actor, id) !== null));
}

/** Who is told what becomes of it: who has it in hand, if they still may, else the leaders. */
export function managersOf(meeting: Pick<Meeting, 'body' | 'organiser' | 'subject'>, directory: Directory): PersonId[] {
  const leaders = leadersOf(directory, meeting.body);
  const { organiser } = meeting;
  const manages =
    leaders.includes(organiser) || (meeting.subject !== null && isMember(directory, meeting.body, organiser));
  return manages ? [organiser] : leaders;
}
