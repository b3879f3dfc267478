import { leftBy, redrawAll } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { expectedAt, invitedTo } from './invited.ts';
import type { Call, Meeting } from './model.ts';
import { occurrencesOf } from './repeat.ts';
import { repliesAt, scheduleOf } from './standing.ts';
import { concerned } from './telling/news.ts';
import { type Scene, told as tell } from './transition.ts';

/**
 * Substitutes hear at once that they are to come, and that they are not to any more, however that has come about. Who was told
 * just now is left in calm for a while, whatever is pressed meanwhile: then they hear once what is so by then, if it is
 * something else, such as another time.
 */

/** So long nobody hears anything else of the same holding. */
const calm = Temporal.Duration.from({ minutes: 10 });

type CallScene = Pick<Scene, 'directory' | 'calendar'>;

/** `next` is what became of `before`. Whoever has said that they do not come has nothing to hear. */
export function withSubstitutes(before: Meeting, next: Meeting, scene: CallScene & Pick<Scene, 'now'>): Meeting {
  const { now, directory } = scene;
  const known = next.calls ?? [];
  const dates = new Set([
    ...[before, next].flatMap((one) => Object.keys(scheduleOf(one)?.replies ?? {})),
    ...known.map(({ on }) => on),
  ]);
  const [inPlaceBefore, inPlaceNext] = [inPlaceIn(before, scene), inPlaceIn(next, scene)];
  const calls: Call[] = [];
  let meeting = next;
  const freed: PersonId[] = [];
  for (const on of dates) {
    const replies = repliesAt(before, on);
    const told = known.filter((call) => call.on === on);
    if (repliesAt(next, on) === replies && told.length === 0) continue;
    const [were, are] = [inPlaceBefore(on), inPlaceNext(on)];
    const news: Call[] = [];
    for (const substitute of new Set([...were.keys(), ...are.keys(), ...told.map((call) => call.substitute)])) {
      const last = told.find((call) => call.substitute === substitute);
      const start = are.get(substitute) ?? null;
      const isKnown = last ? last.start === start : were.has(substitute) === are.has(substitute);
      const hasDeclined = start === null && replies[substitute]?.coming === 'no';
      if (last && Temporal.Instant.compare(calmUntil(last), now) > 0)
        calls.push(hasDeclined ? { ...last, start } : last);
      else if (!isKnown) news.push({ on, substitute, start, at: toStored(now) });
    }
    const called = news.filter(({ start }) => start !== null).map(({ substitute }) => substitute);
    const gone = news
      .filter(
        ({ start, substitute }) =>
          start === null && !freed.includes(substitute) && replies[substitute]?.coming !== 'no',
      )
      .map(({ substitute }) => substitute);
    const occasion = `${on}:${toStored(now)}`;
    meeting = tell(tell(meeting, 'substitute', called, occasion, now), 'substituteFree', gone, occasion, now);
    calls.push(...news);
    freed.push(...gone);
  }
  if (calls.length > 0 || known.length > 0) meeting = remembering(meeting, calls);
  if (freed.length === 0) return meeting;
  const still = concerned(next, directory);
  const delivery = leftBy(meeting.delivery, (person) => freed.includes(person) && !still.includes(person));
  // Who comes in somebody's place on another date keeps their card.
  return { ...meeting, delivery: freed.some((person) => still.includes(person)) ? redrawAll(delivery, now) : delivery };
}

function remembering({ calls: _, ...meeting }: Meeting, calls: readonly Call[]): Meeting {
  return calls.length > 0 ? { ...meeting, calls } : meeting;
}

/** These people have heard that they are not invited any more, and so that they need not come. */
export function withoutCalls(meeting: Meeting, people: readonly PersonId[]): Meeting {
  const { calls = [] } = meeting;
  const others = calls.filter(({ substitute }) => !people.includes(substitute));
  return others.length < calls.length ? remembering(meeting, others) : meeting;
}

const calmUntil = ({ at }: Call): Temporal.Instant => Temporal.Instant.from(at).add(calm);

/** When substitutes are to hear what has become of what they were told. */
export function callsEnd(meeting: Meeting, scene: CallScene): Temporal.Instant[] {
  const { calls = [] } = meeting;
  if (calls.length === 0) return [];
  const inPlaceAt = inPlaceIn(meeting, scene);
  return calls.filter(({ on, substitute, start }) => (inPlaceAt(on).get(substitute) ?? null) !== start).map(calmUntil);
}

/** Those who are to come to a holding in somebody's place, and are not invited themselves, with when it begins. */
function inPlaceIn(meeting: Meeting, { directory, calendar }: CallScene): (on: string) => Map<PersonId, string> {
  const schedule = scheduleOf(meeting);
  const holdings = schedule ? occurrencesOf(schedule, meeting.place, calendar) : [];
  const starts = new Map(holdings.map(({ on, start }) => [on, start]));
  const invited = invitedTo(meeting, directory);
  return (on) => {
    const start = starts.get(on);
    if (start === undefined) return new Map();
    const expected = expectedAt(meeting, { on }, directory).filter((person) => !invited.includes(person));
    return new Map(expected.map((person) => [person, start]));
  };
}
