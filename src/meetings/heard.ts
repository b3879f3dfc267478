import type { PersonId } from '../shared/ids.ts';
import type { Meeting } from './model.ts';

/** They know of the meeting: they have a card of it or have answered, or nothing that would tell them of it is still to be sent. */
export function hasHeard({ delivery, stage }: Meeting, person: PersonId): boolean {
  const { placements, notices, noticed } = delivery;
  const replies = stage.is === 'planned' ? Object.values(stage.schedule.replies) : [];
  if (placements.some(({ to }) => to === person) || replies.some((of) => of[person])) return true;
  // Whoever was taken out before had heard of it.
  if (noticed.some((key) => key.startsWith('uninvited:') && key.endsWith(`:${person}`))) return true;
  return !notices.some(({ to, kind }) => to === person && (kind === 'invitation' || kind === 'substitute'));
}
