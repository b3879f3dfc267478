import type { PersonId } from '../shared/ids.ts';
import type { Letter, Meeting, Occurrence } from './model.ts';
import { isSettled } from './repeat.ts';
import { isSameLetter } from './standing.ts';
import { drawnAnew, type Scene } from './transition.ts';

/**
 * Somebody has taken out an invitation on paper, which says when and where this holding is; theirs of before does not count any
 * more. Nothing reaches it there, so what it says is kept: whoever has it is told when that is so no more.
 */
export function handedOut<M extends Meeting>(
  meeting: M,
  { on, start, minutes, place }: Occurrence,
  person: PersonId,
  { now }: Pick<Scene, 'now'>,
): M {
  const says: Letter = { start, minutes, place };
  const { letters = {}, zone } = meeting;
  const known = letters[on]?.[person];
  if (known && isSameLetter(known, says)) return meeting;
  const kept = Object.entries(letters).filter(([, out]) =>
    Object.values(out).some((one) => !isSettled(one, zone, now)),
  );
  const next = { ...Object.fromEntries(kept), [on]: { ...letters[on], [person]: says } };
  return { ...meeting, ...drawnAnew({ ...meeting, letters: next }, { now }) };
}
