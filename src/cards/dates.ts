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

type Parts = ReadonlyMap<string, string>;

/** A card is drawn anew with every press, its dates stay the same. */
const known = new LRUCache<string, Parts>({ max: 2_000 });

function partsOf(instant: string, timeZone: string, language: Language): Parts {
  const name = `${instant} ${timeZone} ${language}`;
  const found = known.get(name);
  if (found) return found;
  const parts = formatter(language, timeZone).formatToParts(new Date(instant));
  const byType = new Map(parts.map(({ type, value }) => [type, value.replace(/\.$/, '')]));
  known.set(name, byType);
  return byType;
}

/** `instant` is ISO 8601; the year is said only when it is not the year of `now`. */
export function formatMoment(instant: string, timeZone: string, texts: Texts, now: Temporal.Instant): string {
  const parts = partsOf(instant, timeZone, texts.language);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const sameYear = part('year') === String(now.toZonedDateTimeISO(timeZone).year);
  return texts(sameYear ? 'date.moment' : 'date.momentWithYear', {
    weekday: part('weekday'),
    day: part('day'),
    month: part('month'),
    year: part('year'),
    hour: part('hour'),
    minute: part('minute'),
  });
}

/** `date` is an ISO 8601 date; the year is said only when it is not the year of `today`. */
export function formatDate(date: string, texts: Texts, today: Temporal.PlainDate): string {
  const parts = partsOf(`${date}T12:00:00Z`, 'UTC', texts.language);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return texts(part('year') === String(today.year) ? 'date.day' : 'date.dayWithYear', {
    weekday: part('weekday'),
    day: part('day'),
    month: part('month'),
    year: part('year'),
  });
}

/** `date` is an ISO 8601 date, years from now or long ago: "1 aug. 2025". */
export function formatDay(date: string, { language }: Pick<Texts, 'language'>): string {
  const month = language === 'fi' ? 'numeric' : 'short';
  return Temporal.PlainDate.from(date).toLocaleString(locales[language], { day: 'numeric', month, year: 'numeric' });
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
