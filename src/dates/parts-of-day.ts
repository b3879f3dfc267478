import type { Finding } from './findings.ts';

/** Which hours are meant of a clock of twelve: "kahdeksalta illalla", "torsdag kväll vid åtta", "tonight at 7". */

interface Part {
  /** Beside a day: "torsdag kväll". */
  ofDay: string;
  /** Beside an hour: "kl 8 på kvällen"; "at 9 evening shift" says none. */
  ofHour: string;
  /** Its hours, the last before `to`. */
  from: number;
  to: number;
}

const parts: readonly Part[] = [
  {
    ofDay: 'bitti|(?<!i )(?:morgon|morron)|formiddag|aamulla|aamuna|aamu|aamupaivalla|aamupaivana|morning',
    ofHour: 'pa (?:morgonen|formiddagen)|aamulla|aamupaivalla|(?:in the|this) morning',
    from: 0,
    to: 12,
  },
  {
    ofDay: 'eftermiddag|iltapaivalla|iltapaivana|afternoon',
    ofHour: '(?:pa|i) eftermiddag(?:en)?|iltapaivalla|(?:in the|this) afternoon',
    from: 12,
    to: 19,
  },
  {
    ofDay: 'i?kvall|ilta|illalla|iltana|evening|night|tonight',
    ofHour: 'pa kvallen|i ?kvall|illalla|(?:in the|this) evening|tonight',
    from: 16,
    to: 24,
  },
  { ofDay: 'natt|yolla', ofHour: 'pa natten|yolla|at night', from: 0, to: 6 },
];

const any = (pick: (part: Part) => string): string =>
  parts.map((part, index) => `(?<p${index}>${pick(part)})`).join('|');
const within = new RegExp(`(?:(?<![a-z])|(?<=dags|tai|viikko))(?:${any(({ ofDay }) => ofDay)})(?:en)?(?![a-z])`);
const afterDay = new RegExp(`^(?:-|,? )(?:pa |in the )?(?:${any(({ ofDay }) => ofDay)})(?:en)?(?![\\w-])`);
const afterHour = new RegExp(`^,? (?:${any(({ ofHour }) => ofHour)})(?![\\w-])`);
/** "på kvällen torsdag", where nothing else is said before it. */
const beforeDay = new RegExp(`^[¦,; ]*(?:${any(({ ofHour }) => ofHour)}),? $`);
const beforeHour = new RegExp(`(?<![\\w-])(?:${any(({ ofHour }) => ofHour)}),? $`);

/** The findings with their hours in the part of the day that is said beside them; of one that is not in it nothing is understood. */
export function withPartsOfDay(folded: string, findings: readonly Finding[]): readonly Finding[] {
  if (!findings.some(({ time }) => time)) return findings;
  const beside = findings.map((finding) => partBeside(folded, finding));
  const said = [...new Set(beside.flatMap((one) => one?.part ?? []))];
  const [part] = said;
  if (!part) return findings;
  return findings.flatMap((finding, index) => {
    const whole = { ...finding, start: beside[index]?.start ?? finding.start, end: beside[index]?.end ?? finding.end };
    if (!finding.time) return whole;
    const time = said.length > 1 ? null : timeIn(part, finding.time, finding.moved === true);
    return time ? { ...whole, time } : [];
  });
}

function timeIn({ from, to }: Part, time: Temporal.PlainTime, moved: boolean): Temporal.PlainTime | null {
  const isIn = ({ hour }: Temporal.PlainTime): boolean => hour >= from && hour < to;
  const other = time.hour > 0 && (time.hour < 12 || moved) ? time.add({ hours: 12 }) : time;
  return [time, other].find(isIn) ?? null;
}

/** What is said there or right beside it, and where the whole of it stands. */
function partBeside(
  folded: string,
  { start, end, date, weekday, time }: Finding,
): { part: Part; start: number; end: number } | null {
  const after = folded.slice(end);
  const partOf = (match: RegExpExecArray | null): Part | undefined =>
    parts.find((_, index) => match?.groups?.[`p${index}`] !== undefined);
  const [own, next, last] =
    date === undefined && weekday === undefined
      ? [null, afterHour.exec(after), time ? beforeHour.exec(folded.slice(0, start)) : null]
      : [within.exec(folded.slice(start, end)), afterDay.exec(after), beforeDay.exec(folded.slice(0, start))];
  const part = partOf(own) ?? partOf(next) ?? partOf(last);
  const isNext = !own && next !== null;
  return part ? { part, start: last && !isNext ? last.index : start, end: isNext ? end + next[0].length : end } : null;
}
