/** The numbers of what a body dealt with in a year: § 1, 2, 3 and so on, each for one item of one meeting. */

/** Number `n` is that of the `n`th, counted from 1. None is ever taken out, so a number once given stays. */
export interface Numbering {
  given: readonly { sitting: string; item: string }[];
}

/** What a meeting has dealt with, in its order. */
export interface Dealt {
  sitting: string;
  items: readonly string[];
}

export const noNumbers: Numbering = { given: [] };

/** With the next numbers for what has none yet; the very same object when all have theirs. */
export function numbered(numbering: Numbering, dealt: readonly Dealt[]): Numbering {
  const known = new Set(numbering.given.map(nameOf));
  const fresh = dealt.flatMap(({ sitting, items }) =>
    items.map((item) => ({ sitting, item })).filter((one) => !known.has(nameOf(one))),
  );
  return fresh.length === 0 ? numbering : { given: [...numbering.given, ...fresh] };
}

const nameOf = ({ sitting, item }: Numbering['given'][number]): string => `${sitting} ${item}`;

/** By item, for one meeting. */
export function numbersOf({ given }: Numbering, sitting: string): Record<string, number> {
  return Object.fromEntries(given.flatMap((one, at) => (one.sitting === sitting ? [[one.item, at + 1]] : [])));
}
