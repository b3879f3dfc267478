import { fullWeekday, weekdayName } from '../../dates/words.ts';
import { foldInPlace } from '../../shared/normalise.ts';
import { boundary, type Remains } from './say-remains.ts';
import { readMoment, type SaidTime, saysImpossible } from './say-times.ts';

/** Until when is to be answered which times suit, in words. */

export interface SaidDeadline {
  /** Null where it is not told to the day, "before Friday", or there is no such day: then the words are to be put right. */
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
const named = 'svarstid(?:en)?|(?:sista )?svarsdag(?:en)?|vastausaika(?:a)?|maaraaika|deadline';
const limit = 'senast|viimeistaan|by|no later than';
const leading = new RegExp(
  `(?<![\\w-])(?:(?:${answers})[:,]? (?:(?<before>fore|innan|ennen|before)|${limit}|till|until)|(?:${named}):?(?: (?:${limit}|till|until|on|ar|is))?|${limit}) (?=\\S)`,
  'g',
);
const following = /(?<![\w-])(?:mennessa|(?:at )?(?:the )?latest)(?![\w-])/g;
const answersBefore = new RegExp(`(?<![\\w-])(?:${answers}|${named})[:,]? $`);
const shortDay = new RegExp(`^${weekdayName}$`);
/** In words: "fredag den 27 november 2026 kl 16". */
const longest = 7;

export function takeDeadline(remains: Remains, now: Temporal.ZonedDateTime): SaidDeadline | null {
  const text = remains.text();
  const folded = foldInPlace(text);
  const take = (start: number, end: number, words: string, moment: SaidTime | null): SaidDeadline | null => {
    const written = remains.takeWords(text.slice(start, end));
    return written === null ? null : { moment: moment?.date ? moment : null, words, written };
  };
  for (const { index, 0: led, groups } of folded.matchAll(leading)) {
    const start = index + led.length;
    const pieces = wordsOf(text.slice(start).split(boundary)[0]).slice(0, longest);
    for (let length = pieces.length; length > 0; length -= 1) {
      const words = pieces.slice(0, length).join(' ');
      const moment = momentOf(words, now);
      if (!moment) continue;
      const end = start + words.length;
      const before = groups?.before;
      return before
        ? take(index, end, text.slice(start - before.length - 1, end), null)
        : take(index, end, words, moment);
    }
  }
  for (const { index, 0: led } of folded.matchAll(following)) {
    const pieces = wordsOf(text.slice(0, index).split(boundary).at(-1)).slice(-longest);
    for (let from = 0; from < pieces.length; from += 1) {
      const words = pieces.slice(from).join(' ');
      const moment = momentOf(words, now);
      if (!moment) continue;
      const start = index - words.length - 1;
      const asks = answersBefore.exec(folded.slice(0, start))?.[0].length ?? 0;
      return take(start - asks, index + led.length, words, moment);
    }
  }
  return null;
}

/** Of words that say a day, and an hour perhaps, and nothing else. */
function momentOf(words: string, now: Temporal.ZonedDateTime): SaidTime | null {
  // "senast ons": only a day can stand there.
  const { rest, ...moment } = readMoment(
    shortDay.test(foldInPlace(words)) ? fullWeekday(foldInPlace(words)) : words,
    now,
  );
  const isWhole = moment.date ? rest === '' : saysImpossible(moment) && rest === moment.impossible.days.join(' ');
  return isWhole && moment.minutes === null ? moment : null;
}

const wordsOf = (text = ''): string[] => text.split(' ').filter(Boolean);
