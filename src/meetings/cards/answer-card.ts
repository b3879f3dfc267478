import type { PersonId } from '../../shared/ids.ts';
import { substitutesOf } from '../invited.ts';
import type { Meeting } from '../model.ts';
import { repliesAt } from '../standing.ts';
import type { MeetingScene } from './words-card.ts';

/** Whether somebody comes to a holding, in words; `isOwn`: they have said so themselves. */
export interface OwnAnswer {
  isOwn: boolean;
  words: string;
}

/** Null while they have said nothing. In whose place another comes by what that one said in a poll has not said it. */
export function ownAnswer(
  meeting: Meeting,
  on: string,
  person: PersonId,
  { texts, directory }: Pick<MeetingScene, 'texts' | 'directory'>,
): OwnAnswer | null {
  const replies = repliesAt(meeting, on);
  const own = replies[person];
  if (!own) return null;
  if (own.coming !== 'substitute' || !own.polled) return { isOwn: true, words: texts(`meeting.coming.${own.coming}`) };
  const said = substitutesOf(meeting, person, directory).map((one) => replies[one]?.coming);
  const best = (['yes', 'maybe'] as const).find((coming) => said.includes(coming));
  const left = said.includes(undefined) ? 'called' : 'no';
  return { isOwn: false, words: texts(`meeting.substitute.${best ?? left}`) };
}
