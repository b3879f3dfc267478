import { justPassed } from '../../dates/findings.ts';
import { type Directory, teamByCode } from '../../directory/model.ts';
import { type CaseReference, findReference } from '../../shared/ids.ts';
import { cleanText, foldInPlace, singleLine } from '../../shared/normalise.ts';
import type { MeetingKind, Place, Repeat } from '../model.ts';
import type { Rhythm } from '../repeat.ts';
import { type SaidBody, takeBody, takeEverybody } from './say-bodies.ts';
import { type SaidDeadline, takeDeadline } from './say-deadline.ts';
import {
  articles,
  caseMeeting,
  findATime,
  objects,
  opening,
  openingLanguage,
  seminar,
  supervision,
  verbs,
} from './say-opening.ts';
import { type SaidPeople, takePeople } from './say-people.ts';
import { takePlaces } from './say-places.ts';
import { createRemains, gap, type Remains } from './say-remains.ts';
import { type SaidSeries, takeSeries } from './say-repeat.ts';
import {
  beginsAfter,
  endsBefore,
  readTime,
  readTimes,
  type SaidTime,
  saysImpossible,
  saysOr,
  withMemoApart,
} from './say-times.ts';

/**
 * What somebody wrote of a meeting, in Swedish, Finnish or English, in any order. It is shown to them in a form to check,
 * so it is read for what they most probably mean; what is not understood stays in the title, and nothing is thrown away.
 */
export interface Said {
  /** Times are to be found, not one to be met at. */
  several: boolean;
  kind: MeetingKind;
  subject: CaseReference | null;
  /** In the order in which they were said; empty when nothing was. */
  times: readonly SaidTime[];
  /** `all`: of its body, whoever is named beside them. */
  who: SaidBody & SaidPeople & { all: boolean };
  repeat: Rhythm | null;
  /** Of a series that there cannot be. */
  unrepeatable: SaidSeries['unrepeatable'];
  /** Of a series that follows the last weekday of a month: see `SaidSeries`. */
  lastFrom: Temporal.PlainDate | null;
  end: Repeat['end'] | null;
  /** See `SaidSeries`. */
  endWords: string | null;
  /** Of a poll: elsewhere the words of one are of the title. */
  deadline: SaidDeadline | null;
  place: Place;
  title: string;
}

const word = (source: string): RegExp => new RegExp(`(?<![\\w-])(?:${source})(?![\\w-])`);
const opener = new RegExp(
  `^[\\s${gap}]*(?:(?:${verbs})(?: (?:${articles}))?(?![\\w-])|(?:${articles})(?= (?:${objects})(?![\\w-])))?\\s*(?:(?:${objects})(?![\\w-]))?`,
);
const proposing = word(
  `${findATime}|forslag(?:et)?(?: (?:pa )?tid(?:er)?)?(?! till| om)|foresla|tidsforslag|omrostning|ehdotus|ehdotuksia|ehdota|aikaehdotus|kysely|poll|propose|proposals?|suggest`,
);
const link = /(?<!\S)https:\/\/\S+/;
const online = word(
  '(?:pa )?distans(?:mote)?|online|over natet|etana|etayhteydella|verkossa|remotely|remote|(?:i|via|over|pa|on|in|through) teams|teamsissa|teams(?:[ -]?(?:mote|kokous|palaveri|meeting))?',
);
/** No length that a meeting can have, and said all the same. */
const nothing = word('(?:for |i )?0 ?(?:min[a-z]*|h|t|tim[a-z]*|tunti[a-z]*|hours?)');

/** `now` is in the region's zone; nobody but its people is looked for. */
export function say(text: string, { directory, now }: { directory: Directory; now: Temporal.ZonedDateTime }): Said {
  const remains = createRemains(cleanText(text));
  const subject = takeSubject(remains, directory);
  const address = remains.take(link)?.written;
  const isCase = remains.take(word(caseMeeting)) !== null || subject !== null;
  const isSeminar = remains.take(word(seminar)) !== null;
  const deadline = takeDeadline(remains, directory, now);
  const asked = takeProposing(remains, now);
  remains.take(opener);
  const isOnline = remains.take(online) !== null || address !== undefined;
  const body = takeBody(remains, directory);
  const isSupervision = takeSupervision(remains, now);
  const places = [address, ...takePlaces(remains, now)];
  const series = takeSeries(remains, now);
  const all = takeEverybody(remains, now);
  const people = takePeople(remains, directory, now);
  const isNothing = remains.take(nothing) !== null;
  const left = withMemoApart(remains.text(), openingLanguage(text), now);
  const { times, rest, several } = series.repeat ? readWhen(left, asked, now) : readWhenNear(left, asked, now);
  return {
    several,
    kind: isCase ? 'case' : isSupervision ? 'supervision' : isSeminar ? 'seminar' : 'meeting',
    subject,
    times: times.map((time) => (isNothing ? { ...time, minutes: 0 } : time)),
    who: { ...body, ...people, all },
    repeat: series.repeat,
    unrepeatable: series.unrepeatable,
    lastFrom: series.lastFrom,
    end: series.end,
    endWords: series.endWords,
    deadline: several ? deadline : null,
    place: { online: isOnline, where: places.filter(Boolean).join(', ') },
    title: [remains.restored(titleOf(withoutImpossible(rest, times))), !several && deadline?.written]
      .filter(Boolean)
      .join(' '),
  };
}

/** "handledning" alone is of many things: it is of work where the text begins with it, or as a phrase of its own. */
function takeSupervision(remains: Remains, now: Temporal.ZonedDateTime): boolean {
  const match = remains.find(word(supervision));
  if (!match) return false;
  const text = remains.text();
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const isPhrase = beginsAfter(before, now) && (before.replaceAll(gap, '').trim() === '' || endsBefore(after, now));
  if (match[0].startsWith('handledning') && (!isPhrase || /^ av /.test(after))) return false;
  return remains.take(word(supervision)) !== null;
}

/** First, by itself before the times, or among several of them; after the only one it is of the title: "Thu at 9 Survey poll results". */
function takeProposing(remains: Remains, now: Temporal.ZonedDateTime): boolean {
  const match = remains.find(proposing);
  if (!match) return false;
  const text = remains.text();
  const [before, later] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
  const timesIn = (part: string): number => readTimes(withoutConnectors(part, ', '), now).times.length;
  const earlier = timesIn(before);
  const isFirst =
    earlier === 0 && foldInPlace(before).replace(opening, '').replace(opener, '').replaceAll(gap, '').trim() === '';
  if (earlier === 1 && timesIn(`${before}, ${later}`) === 1) return false;
  if (earlier === 0 && !isFirst && !endsBefore(later, now)) return false;
  return remains.take(proposing) !== null;
}

const ledToCase =
  '(?<![\\w-])(?:arende(?:t|ts)?|asia(?:n|a|sta|ssa|an|tunnus)?|tapau(?:s|ksen|sta|ksesta)|(?:the )?case)(?: (?:nr|nro|numero|nummer|no|number))?[ .:#]*';
const ledByCase = new RegExp(`${ledToCase}$`);
const caseWord = new RegExp(`${ledToCase}(?=${gap})`);

/** Of a team of the region; where it says that it is a case, "ärende XXX-2026-0001", also of none: it is told that there is none. */
function takeSubject(remains: Remains, directory: Directory): CaseReference | null {
  const text = remains.text();
  const isCode = (code: string): boolean => teamByCode(directory, code) !== null;
  const isLed = (written: string): boolean =>
    ledByCase.test(foldInPlace(text.slice(0, text.indexOf(written)))) && /\p{Pd}/u.test(written);
  const other = findReference(text);
  const { reference, written } = findReference(text, isCode) ?? (other && isLed(other.written) ? other : {});
  if (!reference || !written) return null;
  remains.takeWords(written);
  remains.take(caseWord);
  return reference;
}

function readWhen(
  text: string,
  asked: boolean,
  now: Temporal.ZonedDateTime,
): { times: readonly SaidTime[]; rest: string; several: boolean } {
  if (asked || saysOr(text)) {
    const { times, rest } = readTimes(withoutConnectors(text, ', '), now);
    if (asked || times.length > 1) return { times, rest, several: true };
  }
  const { rest, ...one } = readTime(singleLine(withoutConnectors(text, ' ')), now);
  const isSaid = one.date !== null || one.time !== null || one.minutes !== null || saysImpossible(one);
  return { times: isSaid ? [one] : [], rest: rest.replaceAll(' , ', ' '), several: false };
}

/** A date without a year is the next to come, but for one that has just passed: that is asked about, as a past one is. */
function readWhenNear(text: string, asked: boolean, now: Temporal.ZonedDateTime): ReturnType<typeof readWhen> {
  const { times, ...said } = readWhen(text, asked, now);
  const today = now.toPlainDate();
  const farthest = today.add({ months: 6 });
  if (!times.some(({ date }) => isAfter(date, farthest))) return { times, ...said };
  // What was said without a year was of this one a while ago.
  const before = readWhen(text, asked, now.subtract(justPassed)).times;
  const nearest = times.map((time, index) => {
    const date = before[index]?.date ?? null;
    return isAfter(time.date, farthest) && date && isAfter(today, date) ? { ...time, date } : time;
  });
  return { times: nearest, ...said };
}

const isAfter = (date: Temporal.PlainDate | null, other: Temporal.PlainDate): boolean =>
  date !== null && Temporal.PlainDate.compare(date, other) > 0;

const before = '(?:med|for|till|av|och|samt|hos|kanssa|ja|seka|with|for|of|and|the|[:–&+-])';
const after = '(?:och|samt|ja|seka|and|kanssa)';
const connectors = new RegExp(
  `(?:(?<![\\w-])${before}\\s+)*(?:,\\s*)?${gap}(?:\\s*(?:${gap}|[,:&+]|${after}(?![\\w-])| ))*`,
);

/**
 * Without what only joined to the rest what has been taken; `apart` stands between its two sides, and in any case a comma
 * before a word: in "9 styrgruppen Minuter från senast" nobody has said nine minutes, nor "Friday week" in "Friday team, Week in school".
 */
function withoutConnectors(text: string, apart: string): string {
  let left = text;
  for (let match = connectors.exec(foldInPlace(left)); match; match = connectors.exec(foldInPlace(left))) {
    const [before, after] = [left.slice(0, match.index), left.slice(match.index + match[0].length)];
    left = before + (/[\p{L}\d]\s*$/u.test(before) && /^\p{L}/u.test(after) ? ' , ' : apart) + after;
  }
  return left;
}

/** Of what there is not, each time tells it. */
function withoutImpossible(rest: string, times: readonly SaidTime[]): string {
  const words = times.flatMap(({ impossible: { days, hours } }) => [...days, ...hours]);
  return words.reduce((left, one) => left.replace(one, () => ''), rest);
}

const topic =
  /^(?:(?:om|angaende|ang\.?|gallande|aiheena|about|re:?|concerning)\s+|(?:aihe|asia|rubrik|otsikko|title|amne)(?::\s*|\s+(?!\d)))/;

const loose =
  /(?:(?:^|[\s,]+)(?:for|of|on|at|by|in|from|the|pa|i|vid|fran|till|av|om|about|med|with|den|kl|klo|klockan|kello))+$/;

/** What only led to it, or from it to something else, and punctuation at its ends, is none of it. */
function titleOf(rest: string): string {
  const line = trimmed(rest);
  const led = line.slice(topic.exec(foldInPlace(line))?.[0].length ?? 0);
  const title = trimmed(led.slice(0, loose.exec(foldInPlace(led))?.index));
  // Of "kan vi ha ett möte på torsdag?" only the mark is left.
  return /[\p{L}\p{N}\p{Co}]/u.test(title) ? title : '';
}

const trimmed = (text: string): string => singleLine(text).replace(/^[\s,;:–-]+|[\s,;:–-]+$/g, '');
