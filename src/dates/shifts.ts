import { foldInPlace } from '../shared/normalise.ts';
import { amountOf, anyAmount } from './amounts.ts';
import type { Finding } from './findings.ts';

const later = 'fran och med|fran|efter|from|after|paasta|kuluttua';
const earlier = 'fore|innan|before|ennen';
const counted = new RegExp(
  `(?<![\\w/:-]|\\d\\.)(?:(?:om|inom|in|within) )?(?:(?<amount>${anyAmount})|(?:the )?day|dagen|paivaa) (?:(?<later>${later})|${earlier})\\s*$`,
);
/** Characters before a day in which that is looked for: it stands right there. */
const nearby = 60;

/**
 * Days that are counted from another, "a week from Friday", "två dagar före den 15 januari", "viikon päästä perjantaista",
 * each as one phrase; what was read in a part of it by itself counts no more.
 */
export function withShifts(line: string, findings: readonly Finding[]): Finding[] {
  const shifted = findings.flatMap((finding) => shiftedBy(line, finding) ?? []);
  const others = findings.filter(({ start, end }) => shifted.every((one) => end <= one.start || one.end <= start));
  return [...others, ...shifted].sort((a, b) => a.start - b.start);
}

/** "10.12" is a date there and no time: days are counted from it. */
function shiftedBy(line: string, { weekday, dotted, passed, ...finding }: Finding): Finding | null {
  const from = finding.date ?? weekday ?? dotted;
  const before = line.slice(Math.max(0, finding.start - nearby), finding.start);
  const found = from && counted.exec(foldInPlace(before));
  if (!found) return null;
  const amount = found.groups?.amount ? amountOf(found.groups.amount) : { minutes: 0, days: 1, months: 0 };
  // Hours before a day are no day.
  if (!amount || amount.minutes > 0) return null;
  const { days, months } = amount;
  const date = found.groups?.later ? from.add({ days, months }) : from.subtract({ days, months });
  const start = finding.start - (before.length - found.index);
  // After other words it may be a title, "The day after", before a day that is said of the meeting.
  const isTitle = start > 0 && !found.groups?.amount && /^\p{Lu}/u.test(line.slice(start));
  if (isTitle) return { start, end: finding.end, date: null, several: true };
  return dotted ? { start, end: finding.end, date } : { ...finding, start, date };
}
