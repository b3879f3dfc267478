/** `past`: the neighbour that its presser saw there, and that it changes sides with. So two presses at once move it once. */
export interface Move {
  way: (typeof ways)[number];
  past: string;
}
export const ways = ['up', 'down'] as const;

/**
 * On the other side of its neighbour, and so past all that is not seen between them; as it was when it stands there already.
 * Null when the neighbour is not among those that are seen.
 */
export function movedPast<T extends { id: string }>(
  all: readonly T[],
  one: T,
  { way, past }: Move,
  isSeen: (other: T) => boolean,
): T[] | null {
  const neighbour = all.find((other) => other.id === past && isSeen(other));
  if (!neighbour || neighbour === one) return null;
  const isAbove = all.indexOf(one) < all.indexOf(neighbour);
  if (isAbove === (way === 'up')) return [...all];
  const others = all.filter((other) => other !== one);
  return others.toSpliced(others.indexOf(neighbour) + (way === 'up' ? 0 : 1), 0, one);
}
