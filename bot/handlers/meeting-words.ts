import { formatDate, formatMoment, monthName, weekdayName } from '../../src/cards/dates.ts';
import type { FormProblem, FormValues } from '../../src/cards/form.ts';
import { lengthText } from '../../src/cards/places.ts';
import { type MeetingScene, startText, weekdayOf } from '../../src/meetings/cards/words-card.ts';
import type { PlanProblem } from '../../src/meetings/input/fields-input.ts';
import type { PlanMode } from '../../src/meetings/input/plan-input.ts';
import type { TimeReader } from '../../src/meetings/input/time-input.ts';
import type { Said } from '../../src/meetings/say/say.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { withoutCourtesies } from '../commands/vocabulary.ts';
import { typoLimit, typosBetween, type Vocabulary } from '../commands/word.ts';

/** What people write to plan a meeting, and how the form says it to them. */
export interface MeetingWords {
  /** What is understood of a text, as the fields of the form, for who writes it. */
  said(
    text: string,
    planner: PersonId,
  ): Pick<Said, 'who' | 'unrepeatable'> & {
    mode: PlanMode;
    /** What is asked where a series is to follow the last such weekday of a month and cannot begin with the day that was said. */
    lastFrom: string | null;
    /** What is told of days and hours that do not exist, in the words of who reads it. */
    noSuchDay: string | null;
    noSuchHour: string | null;
    /** A weekday or month that a word which was not understood is a typo away from. */
    likelyDay: string | null;
    values: FormValues;
  };
  /** The fields with what was typed in words as their reader would say it. */
  reworded(values: FormValues): FormValues;
  /** The fields for the form of one time, or of several. */
  inMode(mode: PlanMode, values: FormValues): FormValues;
  read: TimeReader;
}

/** Reading dates takes twenty megabytes, so it is loaded when somebody writes one. `now` is in the zone that is meant, `language` that of who writes. */
export async function loadTimeReader(now: Temporal.ZonedDateTime, language: Language): Promise<TimeReader> {
  const [{ readEnd }, { readLength, readMoment, readTimes, withMemoApart }] = await Promise.all([
    import('../../src/meetings/say/say-repeat.ts'),
    import('../../src/meetings/say/say-times.ts'),
  ]);
  return {
    times: (line) => readTimes(withMemoApart(line, language, now), now),
    moment: (text) => readMoment(withMemoApart(text, language, now), now),
    length: (text) => readLength(text, now),
    end: (text) => readEnd(text, now),
  };
}

/** Loaded for the same reason when somebody plans a meeting. */
export async function loadMeetingWords(scene: MeetingScene): Promise<MeetingWords> {
  const [{ say }, { inMode, reworded, valuesOf }] = await Promise.all([
    import('../../src/meetings/say/say.ts'),
    import('../../src/meetings/say/say-values.ts'),
  ]);
  const { texts, directory } = scene;
  const zone = directory.policy.timeZone;
  const now = scene.now.toZonedDateTimeISO(zone);
  /** Seen from there the year of what is past is said: without it the next such day would be read. */
  const seenFrom = (date: string): Temporal.ZonedDateTime =>
    date < now.toPlainDate().toString() ? now.add({ years: 1 }) : now;
  const words = {
    language: texts.language,
    // In UTC every hour exists: one that the clocks jump over stays as it was said, and is asked about.
    moment: (start: string) => formatMoment(`${start}Z`, 'UTC', texts, seenFrom(start.slice(0, 10)).toInstant()),
    day: (date: string) => formatDate(date, texts, seenFrom(date).toPlainDate()),
    length: (minutes: number) => lengthText(minutes, texts) || texts('meeting.minutes', { minutes }),
    times: (count: number) => texts('meeting.plan.times', { count }),
  };
  const noSuch = (kind: 'days' | 'hours', { times }: Said): string | null => {
    const written = times.flatMap(({ impossible }) => impossible[kind].join(' ') || []).join(', ');
    return written === '' ? null : texts(`meeting.plan.noSuch.${kind}`, { said: written });
  };
  return {
    said(text, planner) {
      const said = say(text, { directory, now });
      const { several, who, unrepeatable, lastFrom } = said;
      return {
        mode: several ? 'several' : 'one',
        who,
        unrepeatable,
        lastFrom:
          lastFrom &&
          texts('meeting.plan.lastFrom', {
            day: texts(`meeting.plan.lastOf.${weekdayOf(lastFrom)}`),
            when: words.day(lastFrom.toString()),
          }),
        noSuchDay: noSuch('days', said),
        noSuchHour: noSuch('hours', said),
        likelyDay: likelyDayIn(said.title),
        values: valuesOf(said, planner, words),
      };
    },
    reworded: (values) => reworded(values, words, now),
    inMode: (mode, values) => inMode(mode, values, words, now),
    read: await loadTimeReader(now, texts.language),
  };
}

/** Monday first, and January; in Finnish also as people write when. */
const dayNames = languages.flatMap((language) => {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => weekdayName(new Temporal.PlainDate(2026, 6, day), { language }));
  const months = Array.from({ length: 12 }, (_, index) => monthName(index + 1, { language }));
  const said = language === 'fi' ? [...days.map((day) => `${day}na`), ...months.map((month) => `${month}ta`)] : [];
  return [...days, ...months, ...said];
});

/** Good enough to ask, not to act. */
function likelyDayIn(title: string): string | null {
  const near = foldText(title)
    .split(' ')
    .flatMap((word) => {
      const names = dayNames.map((name) => ({ name, folded: foldText(name) }));
      // One that is written right was not understood for another reason: "30 februari".
      if (names.some(({ folded }) => folded === word)) return [];
      return names.flatMap(({ name, folded }) => {
        const typos = typosBetween(word, folded);
        return typos <= typoLimit(Math.min(word.length, folded.length)) ? { name, typos } : [];
      });
    });
  return near.toSorted((a, b) => a.typos - b.typos)[0]?.name ?? null;
}

/** What is wrong with a field of the form of a meeting, as its reader is told. */
export function problemInWords(problem: PlanProblem, scene: MeetingScene): FormProblem {
  if (!('plan' in problem)) return problem;
  const { field, plan, params = {} } = problem;
  const zone = scene.directory.policy.timeZone;
  const when = typeof params.start === 'string' ? startText({ start: params.start }, { zone }, scene) : '';
  return { field, words: scene.texts(`meeting.plan.problem.${plan}`, { ...params, when }) };
}

/** The concepts whose words are forgiven a typo where a text that plans begins. */
const openers = new Set(['meetings', 'supervision']);
/** They lead to what is planned, as function words do: "kan vi ha ett möte", "voimmeko pitää kokouksen", "let's have a meeting". */
const together = new Set(
  'vi ska voimmeko voisimmeko voidaanko voitaisiinko we have let’s lets should'.split(' ').map(foldText),
);
/** As far as a text begins: "boka ett möte". */
const opening = 3;

/**
 * The text from where it opens, as `say` reads it: without courtesies and what leads to it ("jag vill boka ett möte"), its
 * lines apart by commas, and typos where it begins put right. Null when it opens nothing.
 */
export function openedText(text: string, { understand }: Vocabulary, opens: (text: string) => boolean): string | null {
  const words = withoutCourtesies(text.replace(/\s*\n\s*/g, ', '));
  const isSmall = (word: string): boolean =>
    together.has(foldText(word)) || understand(foldText(word))?.concept === null;
  const first = words.findIndex((word) => !isSmall(word));
  const from = (start: number): string =>
    words
      .slice(start)
      .map((word, index) => {
        const known = index < opening ? understand(foldText(word)) : null;
        return known?.concept && openers.has(known.concept) ? known.word : word;
      })
      .join(' ');
  // A small word may be a part of what opens: "set up a meeting".
  const starts = words.slice(0, first + 1).map((_, start) => from(start));
  return starts.find(opens) ?? null;
}
