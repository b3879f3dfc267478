import { type CardElement, container, text, withoutMarkdown } from '../../cards/elements.ts';
import { placeText } from '../../cards/places.ts';
import type { FirstOfSeries, Happening, Meeting, Occurrence } from '../model.ts';
import { beginOf, lastOf, nextOf } from '../repeat.ts';
import { type Focus, scheduleOf, whenIs } from '../standing.ts';
import { type MeetingScene, slotText, startText, titleOf } from './words-card.ts';

/** So many dates have what is new of them told, the newest; of all others their number. */
const mostDates = 4;

/**
 * What has changed, in bold, with what was there before: of all that people have not read of yet; until it has been held that
 * way. What is so of the whole is always told.
 */
export function newsOf(meeting: Meeting, { all, isAsked, occurrence }: Focus, scene: MeetingScene): CardElement[] {
  const { untold = [], ...last } = meeting.news;
  const told = [...untold, last]
    .filter(({ on }) => !isAsked || on === null || on === occurrence?.on)
    .map((one) => linesOf(one, meeting, all, scene));
  const dates = told.map(({ ofDate }) => ofDate).filter((lines) => lines.length > 0);
  const others = dates.length - mostDates;
  const lines = [
    ...told.flatMap(({ ofWhole }) => ofWhole),
    ...dates.slice(-mostDates).flat(),
    ...(others > 0 ? [text(scene.texts('meeting.news.more', { count: others }))] : []),
  ];
  return lines.length > 0 ? [container(lines, { style: 'warning', spacing: 'Small' })] : [];
}

interface Lines {
  ofWhole: CardElement[];
  ofDate: CardElement[];
}

function linesOf(
  { what, on, at, before }: Happening,
  meeting: Meeting,
  all: readonly Occurrence[],
  scene: MeetingScene,
): Lines {
  const { texts } = scene;
  const isSeries = Boolean(scheduleOf(meeting)?.repeat);
  if (what !== 'changed' && (what !== 'cancelled' || on === null)) return { ofWhole: [], ofDate: [] };
  const held = lastOf(all, meeting.zone, scene.now);
  const about = aboutOf(before.slot ?? {});
  const nothing = texts('meeting.news.nothing');
  const was = (words: string): CardElement =>
    text(texts('meeting.news.before', { was: words || nothing }), { size: 'Small', spacing: 'None' });
  const when = about && slotText(about, meeting, scene);
  const wasWhen = before.slot ? slotText(before.slot, meeting, scene) : null;
  if (what === 'cancelled') {
    const off = when ? [text(texts('meeting.news.cancelledOne', { when }), { weight: 'Bolder' })] : [];
    return { ofWhole: retitled(), ofDate: [...off, ...(when && wasWhen ? [was(wasWhen)] : [])] };
  }
  const place = aboutOf(before.place ?? {})?.place;
  const wasPlace = before.place ? placeText(before.place, texts) : null;
  const lines = [
    ...(when && before.slot !== undefined ? changed('time', when, wasWhen) : []),
    ...(place && before.place !== undefined ? changed('place', placeText(place, texts), wasPlace) : []),
  ];
  return on === null ? { ofWhole: [...lines, ...retitled()], ofDate: [] } : { ofWhole: retitled(), ofDate: lines };

  /** The title is the whole meeting's, whichever holding it was changed at. */
  function retitled(): CardElement[] {
    return before.title === undefined || !aboutOf() ? [] : changed('title', named(meeting.title), named(before.title));
  }

  /** The holding of which it is told; null once that was held that way, or, where none is named, any was. */
  function aboutOf({ number }: FirstOfSeries = {}): Occurrence | null {
    const one = all.find((holding) => holding.number === number || holding.on === on);
    if (one) return whenIs(one, meeting.zone, scene.now) === 'over' ? null : one;
    return held && isAfter(held, at, meeting) ? null : nextOf(all, meeting.zone, scene.now);
  }

  /** What is again as it was is no news; `then` is null where it is not said what was. */
  function changed(of: 'time' | 'place' | 'title', now: string, then: string | null): CardElement[] {
    if (now === then) return [];
    return [text(inWords(of, now || nothing), { weight: 'Bolder' }), ...(then === null ? [] : [was(then)])];
  }

  /** Of one date of a series it is said which: the card may be that of another. */
  function inWords(of: 'time' | 'place' | 'title', now: string): string {
    if (isSeries && (on === null || of === 'title')) return texts(`meeting.news.series.${of}`, { now });
    const one = isSeries && of === 'place' ? aboutOf() : null;
    return one
      ? texts('meeting.news.placeOf', { when: startText(one, meeting, scene), now })
      : texts(`meeting.news.${of}`, { now });
  }

  function named(title: string): string {
    return withoutMarkdown(titleOf({ ...meeting, title }, scene));
  }
}

const isAfter = (held: Occurrence, at: string, { zone }: Meeting): boolean =>
  Temporal.Instant.compare(beginOf(held, zone), Temporal.Instant.from(at)) > 0;
