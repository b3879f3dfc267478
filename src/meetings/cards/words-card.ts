import { clockText, formatDate, formatMoment, weekdayName } from '../../cards/dates.ts';
import type { ActionData } from '../../cards/elements.ts';
import { lengthText } from '../../cards/places.ts';
import { personName as nameIn } from '../../directory/colleague-card.ts';
import { bodyOf, type Directory, isMember, leadersOf, membersOf } from '../../directory/model.ts';
import { dateIn } from '../../shared/clock.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Texts } from '../../shared/text.ts';
import type { WorkingCalendar } from '../../shared/working-time.ts';
import type { Coverage } from '../coverage.ts';
import type { Meeting, Occurrence, Repeat, Schedule, Slot } from '../model.ts';
import { beginOf, endOf, occurrencesOf, patternOf, weekOf } from '../repeat.ts';

/** What all cards of a meeting say in the same words. */

/** Everything that drawing a meeting needs besides the meeting. */
export interface MeetingScene {
  texts: Texts;
  directory: Directory;
  calendar: WorkingCalendar;
  now: Temporal.Instant;
  /** The placement that the card stands in; null where it is shown to one person only and for the moment. */
  placement: string | null;
}

/** Whose eyes: the shared card is drawn for everybody alike, a personal one for one of them. */
export interface Viewer {
  person: PersonId;
  /** Leads the body, and so says yes to what members propose. */
  leads: boolean;
  /** See `mayManage`. */
  manages: boolean;
}

export function viewerOf(
  { body, subject, organiser }: Pick<Meeting, 'body' | 'subject' | 'organiser'>,
  person: PersonId,
  directory: Directory,
): Viewer {
  const leads = leadersOf(directory, body).includes(person);
  const hasCase = subject !== null && organiser === person && isMember(directory, body, person);
  return { person, leads, manages: leads || hasCase };
}

export function dataOf({ id }: Pick<Meeting, 'id'>, { placement }: Pick<MeetingScene, 'placement'>): ActionData {
  return { id, ...(placement && { placement }) };
}

/** As it is called, for places that read no Markdown: as somebody wrote it, else by its kind; a case by its reference. */
export function titleOf(
  { title, kind, subject, body }: Pick<Meeting, 'title' | 'kind' | 'subject' | 'body'>,
  { texts, directory }: Pick<MeetingScene, 'texts' | 'directory'>,
): string {
  const bodyKind = bodyOf(directory, body)?.kind ?? 'team';
  const named = title || texts(kind === 'meeting' ? `meeting.kind.${bodyKind}` : `meeting.kind.${kind}`);
  return subject === null ? named : `${subject} · ${named}`;
}

/** Whose it is, above the title. */
export function bodyName({ body }: Pick<Meeting, 'body'>, { texts, directory }: MeetingScene): string {
  return bodyOf(directory, body)?.name[texts.language] ?? '';
}

/** "Möte · Lojo ankarteam". */
export function ofBody(meeting: Pick<Meeting, 'body'>, scene: MeetingScene): string {
  return scene.texts('meeting.of', { body: bodyName(meeting, scene) });
}

/** When and how long: "tors 3 dec kl. 13.00 · 1 h 30 min". */
export function slotText({ start, minutes }: Slot, { zone }: Pick<Meeting, 'zone'>, scene: MeetingScene): string {
  return `${startText({ start }, { zone }, scene)} · ${lengthText(minutes, scene.texts)}`;
}

export function startText(
  { start }: Pick<Slot, 'start'>,
  { zone }: Pick<Meeting, 'zone'>,
  { texts, now }: Pick<MeetingScene, 'texts' | 'now'>,
): string {
  return formatMoment(beginOf({ start }, zone).toString(), zone, texts, now);
}

/** When it ends: "kl. 17.30", and where that is another day also which. */
export function endText(slot: Slot, { zone }: Pick<Meeting, 'zone'>, { texts, now }: MeetingScene): string {
  const end = endOf(slot, zone);
  const local = end.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  if (local.slice(0, 10) !== slot.start.slice(0, 10)) return formatMoment(end.toString(), zone, texts, now);
  return texts('date.at', { time: clockText(local.slice(11), texts) });
}

export function momentText(instant: string, { zone }: Pick<Meeting, 'zone'>, { texts, now }: MeetingScene): string {
  return formatMoment(instant, zone, texts, now);
}

/** "Varannan vecka på tisdagar, 10 gånger", and how many of these are among `all` that is held, where not all are. */
export function repeatText(
  { first }: Pick<Schedule, 'first'>,
  repeat: Repeat,
  all: readonly Occurrence[],
  scene: MeetingScene,
): string {
  const { texts, now } = scene;
  const date = Temporal.PlainDate.from(first.start.slice(0, 10));
  const { unit, every, end } = repeat;
  const often = every === 1 ? 'every' : every === 2 ? 'other' : 'nth';
  const rhythm = texts(`meeting.rhythm.${unit}.${often}`, { every, day: dayInPattern(date, repeat, texts) });
  const until =
    'count' in end
      ? timesText(first, repeat, all, texts)
      : texts('meeting.rhythm.until', { date: formatDate(end.until, texts, dateIn('UTC', now)) });
  return `${rhythm}, ${until}`;
}

/** So many dates on which somebody stands in are said before the rest is a number. */
const mostDates = 12;

/** One after the other; `count`: how many they are, where not all are at hand. */
export function datesText(
  dates: readonly Pick<Slot, 'start'>[],
  { zone }: Pick<Meeting, 'zone'>,
  scene: MeetingScene,
  count = dates.length,
): string {
  const others = count - Math.min(mostDates, dates.length);
  const said = (few: readonly Pick<Slot, 'start'>[]): string =>
    few.map((one) => startText(one, { zone }, scene)).join(', ');
  const fewest = count > dates.length ? 1 : 2;
  return others >= fewest
    ? scene.texts('meeting.andOthers', { names: said(dates.slice(0, mostDates)), others })
    : said(dates);
}

/** So many dates are named before the rest is a number. */
const mostLost = 4;

/** The rhythm, how many dates that makes, and those of them that holidays take. */
export function seriesText(first: Slot, repeat: Repeat, { zone }: Pick<Meeting, 'zone'>, scene: MeetingScene): string {
  const { texts, calendar } = scene;
  const all = occurrencesOf(
    { first, repeat, changes: {}, earlier: [], passed: 0 },
    { online: false, where: '' },
    calendar,
  );
  const time = first.start.slice(10);
  const lost = patternOf(first, repeat)
    .map(String)
    .filter((date) => !all.some(({ on }) => on === date))
    .map((date) => startText({ start: `${date}${time}` }, { zone }, scene));
  const others = lost.length - mostLost;
  const named =
    others > 1 ? texts('meeting.andOthers', { names: lost.slice(0, mostLost).join(', '), others }) : lost.join(', ');
  return [
    repeatText({ first }, repeat, all, scene),
    ...('until' in repeat.end ? [texts('meeting.rhythm.times', { count: all.length })] : []),
    ...(lost.length > 0 ? [texts('meeting.rhythm.lost', { dates: named })] : []),
  ].join(' · ');
}

function timesText(first: Slot, repeat: Repeat, all: readonly Occurrence[], texts: Texts): string {
  const dates = patternOf(first, repeat).map(String);
  const held = dates.filter((date) => all.some(({ on, cancelled }) => on === date && !cancelled)).length;
  return held === dates.length
    ? texts('meeting.rhythm.times', { count: held })
    : texts('meeting.rhythm.timesHeld', { times: dates.length, held });
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export const weekdayOf = ({ dayOfWeek }: Pick<Temporal.PlainDate, 'dayOfWeek'>): (typeof weekdays)[number] =>
  weekdays.find((day) => day === dayOfWeek) ?? 1;
const weeks = [1, 2, 3, 4] as const;

function dayInPattern(date: Temporal.PlainDate, { unit, by }: Repeat, texts: Texts): string {
  if (unit === 'week') return texts(`meeting.weekday.${weekdayOf(date)}`);
  if (by === 'date') return texts('meeting.rhythm.onDate', { day: date.day });
  const week = weeks.find((number) => number === weekOf(date)) ?? 'Last';
  return texts(`meeting.rhythm.week${week}`, { weekday: weekdayName(date, texts) });
}

/** In the order in which the body's members are shown, all others after them. */
export function namesOf(people: readonly PersonId[], { body }: Pick<Meeting, 'body'>, scene: MeetingScene): string[] {
  const { directory, texts } = scene;
  const order = membersOf(directory, body).map(({ person }) => person);
  const placeOf = (person: PersonId): number => (order.includes(person) ? order.indexOf(person) : order.length);
  return people.toSorted((a, b) => placeOf(a) - placeOf(b)).map((person) => personName(person, { directory, texts }));
}

export function personName(person: PersonId, { directory, texts }: Pick<MeetingScene, 'directory' | 'texts'>): string {
  return nameIn(directory, person, texts);
}

/** Who is missing for the meeting to make sense; null when nobody is. */
export function missingText(coverage: Coverage, { texts }: Pick<MeetingScene, 'texts'>): string | null {
  if (coverage.met) return null;
  switch (coverage.by) {
    case 'professions':
      return coverage.missing.length === 0
        ? texts('meeting.missing.nobody')
        : texts('meeting.missing.named', {
            who: listed(
              coverage.missing.map((profession) => texts(`profession.${profession}`).toLocaleLowerCase(texts.language)),
              texts,
            ),
          });
    case 'seats': {
      const lacking = coverage.needed - coverage.present;
      // Where all who are missing are needed they are named.
      if (lacking > 0 && coverage.missing.length > lacking) return texts('meeting.missing.seats', { count: lacking });
      // Enough of them, but without those that no decision is made without.
      const authorities = coverage.missing.filter(({ kind }) => kind === 'authority');
      const named = authorities.length > 0 && lacking <= 0 ? authorities : coverage.missing;
      return texts('meeting.missing.named', {
        who: listed(
          named.map(({ name }) => name[texts.language]),
          texts,
        ),
      });
    }
    case 'number':
      return texts('meeting.missing.people', { count: coverage.needed - coverage.present });
  }
}

export function listed(words: readonly string[], { language }: Pick<Texts, 'language'>): string {
  return new Intl.ListFormat(language).format(words);
}
