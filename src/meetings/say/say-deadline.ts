import { timeAmount } from '../../dates/amounts.ts';
import { fullWeekday, longWeekdayName, weekdayName } from '../../dates/words.ts';
import type { Directory } from '../../directory/model.ts';
import { foldInPlace } from '../../shared/normalise.ts';
import { takeBody } from './say-bodies.ts';
import { boundary, createRemains, type Remains } from './say-remains.ts';
import { beginsAfter, endsBefore, readMoment, readTimes, type SaidTime, saysImpossible } from './say-times.ts';

/** Until when is to be answered which times suit, in words. */

export interface SaidDeadline {
  /** Null where it is not told to the day, "before Friday", "at 15", or may be read in two ways: then the words are to be put right. */
  moment: SaidTime | null;
  words: string;
  /** As it was written, with what led to it. */
  written: string;
}

const answers = [
  'svara|svar|svaren',
  'vastaa|vastatkaa|vastaus|vastaukset|vastauksia',
  '(?:please )?(?:answer|reply|respond)|answers|replies|responses|rsvp',
].join('|');
/** These say it without a word of time. */
const named = [
  'svarstid(?:en)?|(?:sista )?svarsdag(?:en)?|sista dag(?:en)? (?:att svara|for svar)',
  'vastausaika(?:a)?|(?:viimeinen )?vastauspaiva|viimeinen paiva vastata',
  '(?:the )?last day to (?:answer|reply|respond)',
].join('|');
/** So do these, of anything: the answers are meant where nothing else is said there. */
const ofAnything = 'maaraaika|deadline|stanger|sulkeutuu|closes';
const limit = 'senast|viimeistaan|by|no later than';
const verbs = `(?:${limit}|till|until|on|ar|is|gar ut|slutar|paattyy|loppuu|ends|closes)`;
const endOfDay = '(?:(?:eod|cob|end of day|close of business)(?: on)? )?';
const leading = new RegExp(
  `(?<![\\w-])(?:(?<sure>(?:${answers})[:,]? (?:(?<before>fore|innan|ennen|before)|${limit}|till|until)|(?:${named}):?(?: ${verbs}){0,2})|(?:${ofAnything}):?(?: ${verbs})?|${limit}) ${endOfDay}(?=\\S)`,
  'g',
);
const following = /(?<![\w-])(?:mennessa|at (?:the )?latest|latest(?= *(?:$|[¦,;])))(?![\w-])/g;
/** "svara fredag": by it, or on it. */
const alone = new RegExp(
  `(?<![\\w-])(?<sure>svara|vastaa|vastatkaa|(?:please )?(?:answer|reply|respond)|rsvp)[:,]?(?<unclear>(?: (?:pa|on))?) (?=\\d|den \\d|the \\d|i ?mor|i ?dag|huomen|tanaan|tomorrow|today|${longWeekdayName})`,
  'g',
);
const answersBefore = new RegExp(`(?<![\\w-])(?:${answers}|${named})[:,]? $`);
const shortDay = new RegExp(`^${weekdayName}$`);
/** In words: "fredag den 27 november 2026". */
const longestDay = 5;
/** Likewise, "kl halv tre". */
const longestHour = 4;
const hourMark = /^(?:kl|klo|klockan|kello|at)\.?$/;
/** These are hours without it. */
const saysHour = /^(?:\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\.?|noon|midday|keskipaivalla)$/;
const amountFirst = new RegExp(`^ ${timeAmount}(?![\\w-])`);
/** "13-15", "15 unga", "kl 25": nobody can tell what it is of. */
const figure = /^ (?:(?:kl|klo|klockan|kello|at)\.? )?\d[^\s,;:]*/i;
const whatIsCounted = /^ \p{Ll}[^\s,;:]*/u;

/** Words in a text, from the place to before the other. */
interface Place {
  start: number;
  end: number;
}

/**
 * It stands right at the word that tells it: a day, and an hour with "kl". What is by a day without a word of answers, "Report
 * due by Monday", is so only as a phrase of its own; else it is of the title, and no time to meet at.
 */
export function takeDeadline(
  remains: Remains,
  directory: Pick<Directory, 'bodies'>,
  now: Temporal.ZonedDateTime,
): SaidDeadline | null {
  const text = remains.text();
  const folded = foldInPlace(text);
  const known = createRemains(text);
  takeBody(known, directory);
  const isPhrase = ({ start, end }: Place): boolean =>
    beginsAfter(known.text().slice(0, start), now) && endsBefore(known.text().slice(end), now);
  const found = [
    ...[...folded.matchAll(leading)].flatMap((match) => ledBy(match, text, now) ?? []),
    ...[...folded.matchAll(following)].flatMap((match) => followedBy(match, text, now) ?? []),
    ...[...folded.matchAll(alone)].flatMap((match) => ledBy(match, text, now) ?? []),
  ];
  const isMeant = (one: Place & { isSure: boolean }): boolean => one.isSure || isPhrase(one);
  for (const one of found) if (!isMeant(one)) remains.keep(text.slice(one.start, one.end));
  const meant = found.find(isMeant);
  const written = meant && remains.takeWords(text.slice(meant.start, meant.end));
  return written ? { moment: meant.moment, words: meant.words, written } : null;
}

type Found = Place & { isSure: boolean; moment: SaidTime | null; words: string };

function ledBy({ index, 0: led, groups }: RegExpExecArray, text: string, now: Temporal.ZonedDateTime): Found | null {
  const start = index + led.length;
  const isSure = groups?.sure !== undefined;
  const said = momentAt(text, start, now);
  if (!said) return null;
  const asked = (from: number, end: number): Found => ({
    start: index,
    end,
    isSure,
    moment: null,
    words: text.slice(from, end),
  });
  if (groups?.before) return asked(start - groups.before.length - 1, said.end);
  if (groups?.unclear !== undefined) return asked(start, said.end);
  const more = text.slice(said.end);
  const [unclear = ''] = amountFirst.test(foldInPlace(more)) ? [] : (figure.exec(more) ?? []);
  const [counted = ''] = whatIsCounted.exec(more.slice(unclear.length)) ?? [];
  if (unclear) return asked(start, said.end + unclear.length + counted.length);
  const isLast = (end: number): boolean =>
    readTimes(text.slice(0, index), now).times.length > 0 && readTimes(text.slice(end), now).times.length === 0;
  // "senast fredag 4.12 kl 9, 7.12 kl 9": on Friday, or on the fourth.
  if (!said.moment || (said.isOtherDay && !isLast(said.end))) return asked(start, said.end);
  // "by Monday, 30 November", where no time to meet at is said after it.
  const joined =
    text[said.end] === ',' ? momentAt(text.slice(0, said.end) + text.slice(said.end + 1), start, now) : null;
  const { end, moment } =
    joined?.moment && joined.end > said.end && isLast(joined.end + 1) ? { ...joined, end: joined.end + 1 } : said;
  return { start: index, end, isSure, moment, words: text.slice(start, end) };
}

/** The moment that begins there, null where only its hour is told, or a day that does not exist. */
function momentAt(
  text: string,
  start: number,
  now: Temporal.ZonedDateTime,
): { end: number; moment: SaidTime | null; isOtherDay: boolean } | null {
  const pieces = wordsAt(text, start);
  const day = dayOf(pieces, now);
  if (!day) {
    const hours = hourOf(pieces, now);
    if (hours === 0) return null;
    const hour = pieces.slice(0, hours).join(' ');
    const later = dayOf(pieces.slice(hours), now);
    const words = [hour, later?.words].filter(Boolean).join(' ');
    return { end: start + words.length, moment: later ? momentOf(words, now) : null, isOtherDay: false };
  }
  const after = pieces.slice(day.words.split(' ').length);
  const words = [day.words, ...after.slice(0, hourOf(after, now))].join(' ');
  const end = start + words.length;
  return { end, moment: day.moment.date ? momentOf(words, now) : null, isOtherDay: day.isOther };
}

/** A day that the words begin with; `isOther`: of its weekday alone it would be another. */
function dayOf(
  pieces: readonly string[],
  now: Temporal.ZonedDateTime,
): { words: string; moment: SaidTime; isOther: boolean } | null {
  const days = pieces.slice(0, longestDay).flatMap((_, last) => {
    const words = pieces.slice(0, last + 1).join(' ');
    const moment = momentOf(words, now);
    return moment && !moment.time && !/ (?:pa|on|den|the|by|at|till|until)$/.test(foldInPlace(words))
      ? [{ words, moment }]
      : [];
  });
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  return { ...last, isOther: String(first.moment.date) !== String(last.moment.date) };
}

/** How many words there are of an hour that the pieces begin with. */
function hourOf(pieces: readonly string[], now: Temporal.ZonedDateTime): number {
  for (let length = Math.min(longestHour, pieces.length); length > 0; length -= 1) {
    const words = pieces.slice(0, length).join(' ');
    if (!hourMark.test(foldInPlace(pieces[0] ?? '')) && !saysHour.test(foldInPlace(words))) continue;
    const { date, time, minutes, rest } = readMoment(words, now);
    if (time && !date && minutes === null && rest === '') return length;
  }
  return 0;
}

function followedBy({ index, 0: led }: RegExpExecArray, text: string, now: Temporal.ZonedDateTime): Found | null {
  const pieces = wordsOf(text.slice(0, index).split(boundary).at(-1));
  const hours = pieces.findLastIndex((_, from) => hourOf(pieces.slice(from), now) === pieces.length - from);
  const daysBefore = hours < 0 ? pieces : pieces.slice(0, hours);
  const day = dayBefore(daysBefore, now);
  const said = [...(day ? daysBefore.slice(-day.length) : []), ...(hours < 0 ? [] : pieces.slice(hours))].join(' ');
  if (said === '') return null;
  const start = text.slice(0, index).lastIndexOf(said);
  const asks = answersBefore.exec(foldInPlace(text.slice(0, start)))?.[0].length ?? 0;
  return {
    start: start - asks,
    end: index + led.length,
    isSure: asks > 0,
    moment: day ? momentOf(said, now) : null,
    words: said,
  };
}

/** The shortest day that ends the words, with what else says the same: "ma 7.12.", but of "pe 4.12. maanantaihin" only the last. */
function dayBefore(pieces: readonly string[], now: Temporal.ZonedDateTime): { length: number } | null {
  let found: { length: number; date: string } | null = null;
  for (let length = 1; length <= Math.min(longestDay, pieces.length); length += 1) {
    const moment = momentOf(pieces.slice(-length).join(' '), now);
    const date = moment && !moment.time ? String(moment.date) : null;
    if (date !== null && (!found || found.date === date)) found = { length, date };
  }
  return found;
}

/** Of words that say a day, and an hour perhaps, and nothing else; its day is null where there is no such day. */
function momentOf(words: string, now: Temporal.ZonedDateTime): SaidTime | null {
  const folded = foldInPlace(words);
  // "senast ons": only a day can stand there; "the 30th" is one after "by".
  const whole = shortDay.test(folded) ? fullWeekday(folded) : /^the \d/.test(folded) ? `by ${words}` : words;
  const { rest, ...moment } = readMoment(whole, now);
  const isWhole = moment.date ? rest === '' : saysImpossible(moment) && rest === moment.impossible.days.join(' ');
  return isWhole && moment.minutes === null ? moment : null;
}

/** Up to a comma, but for one between a weekday and its date: "Monday, 30 November". */
function wordsAt(text: string, start: number): string[] {
  return wordsOf(text.slice(start).split(/[¦,;\n]|:(?!\w)/)[0]);
}

const wordsOf = (text = ''): string[] => text.split(' ').filter(Boolean);
