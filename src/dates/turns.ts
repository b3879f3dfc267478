/** Which of its weekdays in a month a day is: "första", "toinen", "last". Folded, as sources of regular expressions. */

const names: readonly (readonly [names: string, turn: number])[] = [
  ['forsta|ensimmai(?:nen|sena|seksi)|first', 1],
  ['andra|toi(?:nen|sena|seksi)|second', 2],
  ['tredje|kolma(?:s|ntena|nneksi)|third', 3],
  ['fjarde|nelja(?:s|ntena|nneksi)|fourth', 4],
  ['femte|viide(?:s|ntena|nneksi)|fifth', 5],
  ['sjatte|kuude(?:s|ntena|nneksi)|sixth', 6],
];

/** Counted from the first on. */
export const turn = names.map(([words]) => words).join('|');
export const lastTurn = 'sista|viimei(?:nen|sena|seksi)|last';

/** -1 is the last. */
export function turnNumber(text: string): number {
  if (new RegExp(`^(?:${lastTurn})$`).test(text)) return -1;
  return names.find(([words]) => new RegExp(`^(?:${words})$`).test(text))?.[1] ?? Number.parseInt(text, 10);
}

/** `dayOfWeek`: 1 is Monday. Null where the month has no such day: not every one has a fifth Friday. */
export function dayInTurn(
  month: Temporal.PlainYearMonth,
  number: number,
  dayOfWeek: number,
): Temporal.PlainDate | null {
  const earliest = 1 + ((dayOfWeek - month.toPlainDate({ day: 1 }).dayOfWeek + 7) % 7);
  const weeks = number < 0 ? Math.floor((month.daysInMonth - earliest) / 7) : number - 1;
  const day = earliest + 7 * weeks;
  return weeks >= 0 && day <= month.daysInMonth ? month.toPlainDate({ day }) : null;
}
