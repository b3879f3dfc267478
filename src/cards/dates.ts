import { LRUCache } from 'lru-cache';
import { type Language, locales } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';

/** Dates in the words that people use: "tors 3 dec kl. 13.00", "to 3.12. klo 13.00", "Thu 3 Dec at 13:00". */

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locales[language], {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: language === 'fi' ? 'numeric' : 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(key, found);
  }
  return found;
}

interface Words {
  year: number;
  /** Of that year, in its zone: epoch milliseconds. */
  begins: number;
  ends: number;
  /** For a reader in the same year, and in any other. */
  short: string;
  full: string;
}

/** A card is drawn anew with every press, its dates stay the same. */
const known = new LRUCache<string, Words>({ max: 2_000 });

function wordsOf(kind: 'moment' | 'day', instant: string, timeZone: string, texts: Texts): Words {
  const name = `${kind} ${instant} ${timeZone} ${texts.language}`;
  let words = known.get(name);
  if (!words) {
    const parts = formatter(texts.language, timeZone).formatToParts(new Date(instant));
    const said = Object.fromEntries(parts.map(({ type, value }) => [type, value.replace(/\.$/, '')]));
    const short = texts(`date.${kind}`, said);
    const year = Number(said.year);
    const [begins, ends] = [beginOf(year, timeZone), beginOf(year + 1, timeZone)];
    words = { year, begins, ends, short, full: texts(`date.${kind}WithYear`, said) };
    known.set(name, words);
  }
  return words;
}

function beginOf(year: number, timeZone: string): number {
  return new Temporal.PlainDate(year, 1, 1).toZonedDateTime(timeZone).epochMilliseconds;
}

/** `instant` is ISO 8601; the year is said only when it is not the year of `now`. */
export function formatMoment(instant: string, timeZone: string, texts: Texts, now: Temporal.Instant): string {
  const { begins, ends, short, full } = wordsOf('moment', instant, timeZone, texts);
  return now.epochMilliseconds >= begins && now.epochMilliseconds < ends ? short : full;
}

/** `date` is an ISO 8601 date; the year is said only when it is not the year of `today`. */
export function formatDate(date: string, texts: Texts, today: Temporal.PlainDate): string {
  const { year, short, full } = wordsOf('day', `${date}T12:00:00Z`, 'UTC', texts);
  return year === today.year ? short : full;
}

/** `date` is an ISO 8601 date, years from now or long ago: "1 aug. 2025". */
export function formatDay(date: string, { language }: Pick<Texts, 'language'>): string {
  const month = language === 'fi' ? 'numeric' : 'short';
  return Temporal.PlainDate.from(date).toLocaleString(locales[language], { day: 'numeric', month, year: 'numeric' });
}

/** "08.00", of `HH:MM`. */
export function clockText(time: string, texts: Texts): string {
  const [hour = '', minute = ''] = time.split(':');
  return texts('date.time', { hour, minute });
}

/** 1–12. */
export function monthName(month: number, { language }: Pick<Texts, 'language'>): string {
  const format = new Intl.DateTimeFormat(locales[language], { month: 'long', timeZone: 'UTC' });
  return format.format(new Date(Date.UTC(2026, month - 1, 1)));
}

/** "tisdag". */
export function weekdayName(date: Temporal.PlainDate, { language }: Pick<Texts, 'language'>): string {
  return date.toLocaleString(locales[language], { weekday: 'long' });
}
