import { leftBy, redrawAll } from '../delivery/model.ts';
import type { Directory } from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { expectedAt, invitedTo } from './invited.ts';
import type { Meeting } from './model.ts';
import { repliesAt, scheduleOf } from './standing.ts';
import { concerned } from './telling/news.ts';
import { type Scene, told } from './transition.ts';

/** Substitutes hear that they are to come, and that they are not to any more, however that has come about. */

/** `next` is what became of `before`. Whoever has said that they do not come has nothing to hear. */
export function withSubstitutes(
  before: Meeting,
  next: Meeting,
  { now, directory }: Pick<Scene, 'now' | 'directory'>,
): Meeting {
  const dates = [before, next].flatMap((one) => Object.keys(scheduleOf(one)?.replies ?? {}));
  let meeting = next;
  const freed: PersonId[] = [];
  for (const on of new Set(dates)) {
    const replies = repliesAt(before, on);
    if (repliesAt(next, on) === replies) continue;
    const [were, are] = [inPlaceAt(before, on, directory), inPlaceAt(next, on, directory)];
    const called = are.filter((person) => !were.includes(person));
    const gone = were.filter(
      (person) => !are.includes(person) && !freed.includes(person) && replies[person]?.coming !== 'no',
    );
    const occasion = `${on}:${toStored(now)}`;
    meeting = told(told(meeting, 'substitute', called, occasion, now), 'substituteFree', gone, occasion, now);
    freed.push(...gone);
  }
  if (freed.length === 0) return meeting;
  const still = concerned(next, directory);
  const delivery = leftBy(meeting.delivery, (person) => freed.includes(person) && !still.includes(person));
  // Who comes in somebody's place on another date keeps their card.
  return { ...meeting, delivery: freed.some((person) => still.includes(person)) ? redrawAll(delivery, now) : delivery };
}

/** Those who are to come to one holding in somebody's place, and are not invited themselves. */
function inPlaceAt(meeting: Meeting, on: string, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  return expectedAt(meeting, { on }, directory).filter((person) => !invited.includes(person));
}
