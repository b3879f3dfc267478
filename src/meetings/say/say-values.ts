import type { PersonId } from '../../shared/ids.ts';
import type { Language } from '../../shared/language.ts';
import type { Repeat } from '../model.ts';
import { codeOf } from '../repeat.ts';
import type { Said } from './say.ts';
import { readEnd } from './say-repeat.ts';
import { readLength, readMoment, readTime, readTimes, type SaidTime, withMemoApart } from './say-times.ts';

/** What was said, and what was typed in words, as the fields of the form show it: in the words of whoever reads it. */

/** How its reader says it; all of it is read again as the same. */
export interface ReaderWords {
  language: Language;
  /** Of a wall-clock time, `YYYY-MM-DDTHH:MM`. */
  moment(start: string): string;
  /** Of an ISO 8601 date. */
  day(date: string): string;
  length(minutes: number): string;
  times(count: number): string;
}

type Values = Readonly<Record<string, string>>;

/** The ids of `plan-input.ts`; what was not said is not there. `planner` comes to what they plan with people by name. */
export function valuesOf(said: Said, planner: PersonId, words: ReaderWords): Values {
  const { several, kind, subject, times, who, repeat, end, endWords, deadline, place, title } = said;
  const [first] = times;
  const length = first?.minutes ?? null;
  const onlyNamed = who.named.length + who.unknown.length > 0 && who.group === null && !who.all;
  const when = several
    ? {
        times: times
          .map((time) => lineOf(time.minutes === length ? { ...time, minutes: null } : time, words))
          .join('\n'),
      }
    : { date: first?.date?.toString() ?? '', time: clockOf(first?.time ?? null) };
  const values = {
    ...when,
    length: length === null ? '' : words.length(length),
    title,
    where: place.where,
    online: place.online ? 'yes' : '',
    everyone: onlyNamed ? 'named' : who.all ? 'everyone' : '',
    named: (onlyNamed ? [...new Set([planner, ...who.named])] : who.named).join(','),
    kind: kind === 'meeting' ? '' : kind,
    subject: subject ?? '',
    repeat: repeat ? codeOf(repeat) : '',
    ends: end ? endOf(end, words) : (endWords ?? ''),
    deadline: deadline?.moment ? lineOf(deadline.moment, words) : (deadline?.words ?? ''),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

/** The same fields, with what was typed in words as their reader would say it; what is not understood stays as it is. */
export function reworded(values: Values, words: ReaderWords, now: Temporal.ZonedDateTime): Values {
  const { times, deadline, length, ends } = values;
  const minutes = length === undefined ? null : readLength(length, now);
  const end = ends === undefined ? null : readEnd(ends, now);
  return {
    ...values,
    ...(times !== undefined && {
      times: times
        .split(/\r?\n/)
        .map((line) => rewordedLine(line, words, now))
        .join('\n'),
    }),
    ...(deadline !== undefined && { deadline: rewordedMoment(deadline, words, now) }),
    ...(minutes && { length: words.length(minutes) }),
    ...(end && { ends: endOf(end, words) }),
  };
}

/** From the form of one time to that of several, and back; what the other does not show stays there for the way back. */
export function inMode(
  mode: 'one' | 'several',
  values: Values,
  words: ReaderWords,
  now: Temporal.ZonedDateTime,
): Values {
  const { date, time, times } = values;
  if (mode === 'several' && times === undefined && (date !== undefined || time !== undefined)) {
    const said = readTime([date, time].filter(Boolean).join(' '), now);
    return { ...values, times: lineOf({ ...said, minutes: null }, words) || said.rest };
  }
  if (mode === 'one' && times !== undefined && date === undefined && time === undefined) {
    const [first] = readTimes(withMemoApart(times, words.language, now), now).times;
    const said = { date: first?.date?.toString() ?? '', time: clockOf(first?.time ?? null) };
    return { ...values, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')) };
  }
  return values;
}

const clockOf = (time: Temporal.PlainTime | null): string => time?.toString({ smallestUnit: 'minute' }) ?? '';

/** What does not exist stands there as it was written. */
function lineOf({ date, time, minutes, impossible }: SaidTime, words: ReaderWords): string {
  const day = date ? words.day(date.toString()) : impossible.days.join(' ');
  const hour = time ? clockOf(time) : impossible.hours.join(' ');
  const when = date && time ? words.moment(`${date}T${clockOf(time)}`) : [day, hour].filter(Boolean).join(' ');
  return minutes === null ? when : `${when}, ${words.length(minutes)}`;
}

function rewordedLine(line: string, words: ReaderWords, now: Temporal.ZonedDateTime): string {
  const { times, rest } = readTimes(withMemoApart(line, words.language, now), now);
  const isWhole = rest === '' && times.length > 0 && times.every(({ date, time }) => date && time);
  return isWhole ? times.map((time) => lineOf(time, words)).join('\n') : line;
}

function rewordedMoment(text: string, words: ReaderWords, now: Temporal.ZonedDateTime): string {
  const { rest, ...said } = readMoment(withMemoApart(text, words.language, now), now);
  return said.date && rest === '' ? lineOf({ ...said, minutes: null }, words) : text;
}

function endOf(end: Repeat['end'], words: ReaderWords): string {
  return 'count' in end ? words.times(end.count) : words.day(end.until);
}
