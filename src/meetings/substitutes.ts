import { leftBy, type Notice, redrawAll } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { hasHeard } from './heard.ts';
import { expectedAt, invitedTo } from './invited.ts';
import type { Call, Meeting } from './model.ts';
import { beginOf, occurrencesOf } from './repeat.ts';
import { repliesAt, scheduleOf } from './standing.ts';
import { concerned, freedIn, freedOccasion, isOvertaken, isToCome, type Waiting } from './telling/news.ts';
import { type Scene, told as tell, withSchedule } from './transition.ts';

/**
 * Substitutes hear at once that they are to come, and that they are not to any more, however that has come about. Who was told
 * just now is left in calm for a while, whatever is pressed meanwhile: then they hear once what is so by then, if it is
 * something else, such as another time.
 */

/** So long nobody hears anything else of the same holding, in milliseconds. */
const calm = 10 * 60_000;
/** Who was told within so many milliseconds finds another date on the card that they have just got. */
const oneCard = 3 * 60_000;
/** Of the time that is left until it begins they are left in calm for this part at most: they are to hear while it is of use. */
const mostOfRest = 1 / 6;

type CallScene = Pick<Scene, 'directory' | 'calendar'>;

/** `next` is what became of `before`. Whoever has said that they do not come has nothing to hear. */
export function withSubstitutes(before: Meeting, next: Meeting, scene: CallScene & Pick<Scene, 'now'>): Meeting {
  const { now, directory } = scene;
  const known = next.calls ?? [];
  const dates = new Set([
    ...[before, next].flatMap((one) => Object.keys(scheduleOf(one)?.replies ?? {})),
    ...known.map(({ on }) => on),
  ]);
  const [sceneBefore, sceneNext] = [substitutesIn(before, scene), substitutesIn(next, scene)];
  const kept: Call[] = [];
  const news: Call[] = [];
  const called: Call[] = [];
  /** When begins what they need not come to any more; who has said no themselves is told nothing of it. */
  const free: (Call & { start: string })[] = [];
  for (const on of [...dates].toSorted()) {
    const replies = repliesAt(before, on);
    const told = known.filter((call) => call.on === on);
    if (repliesAt(next, on) === replies && told.length === 0) continue;
    const [were, are] = [sceneBefore.inPlaceAt(on), sceneNext.inPlaceAt(on)];
    for (const substitute of new Set([...were.keys(), ...are.keys(), ...told.map((call) => call.substitute)])) {
      const last = told.find((call) => call.substitute === substitute);
      const start = are.get(substitute) ?? null;
      // Who is invited themselves by now, such as for a seat that has lost its member, is to come all the same.
      const isInvited = sceneNext.invited.includes(substitute);
      const isKnown = isInvited || (last ? last.start === start : were.has(substitute) === are.has(substitute));
      const hasDeclined = replies[substitute]?.coming === 'no';
      if (last && isWordWaiting(next, last)) {
        // What is so is looked at again once it is sent, or has been overtaken; a card shows when it is by then.
        kept.push(last.start !== null && start !== null ? { ...last, start } : last);
        continue;
      }
      const isCalm = last && Temporal.Instant.compare(sceneNext.calmUntil(last), now) > 0;
      if (isCalm) kept.push(hasDeclined && start === null ? { ...last, start } : last);
      if (isCalm || isKnown) continue;
      // Whoever was called otherwise, and has not heard of it yet, hears nothing.
      if (start === null && !last && !hasHeard(next, substitute)) continue;
      const card =
        start === null
          ? undefined
          : known.find((one) => isOnCard(one, { on, substitute }, now, next) && !hasAnswered(next, known, one));
      const call = { on, substitute, start, at: card?.at ?? toStored(now) };
      news.push(call);
      if (start !== null && !card) called.push(call);
      const was = last?.start ?? were.get(substitute);
      if (start === null && !hasDeclined && was) free.push({ ...call, start: was });
    }
  }
  const calls = [...kept, ...news];
  let meeting = next;
  for (const [substitute, [first]] of Map.groupBy(called, (call) => call.substitute))
    meeting = tell(meeting, 'substitute', [substitute], `${first?.on}:${toStored(now)}`, now);
  for (const [substitute, of] of Map.groupBy(free, (call) => call.substitute))
    meeting = tell(meeting, 'substituteFree', [substitute], freedOccasion(of, now), now);
  if (news.some(({ start, at }) => start !== null && at !== toStored(now)))
    meeting = { ...meeting, delivery: redrawAll(meeting.delivery, now) };
  if (calls.length > 0 || known.length > 0) meeting = remembering(meeting, calls);
  if (free.length === 0) return meeting;
  const isAhead = ({ start }: { start: string }): boolean =>
    Temporal.Instant.compare(beginOf({ start }, next.zone), now) > 0;
  meeting = withoutYes(
    meeting,
    free.filter(isAhead).map(({ on, substitute }) => ({ on, person: substitute })),
  );
  const freed = new Set(free.map(({ substitute }) => substitute));
  const still = concerned(next, directory);
  const delivery = leftBy(meeting.delivery, (person) => freed.has(person) && !still.includes(person));
  // Who comes in somebody's place on another date keeps their card.
  return { ...meeting, delivery: still.some((person) => freed.has(person)) ? redrawAll(delivery, now) : delivery };
}

/** What was said with this call has not gone out yet. */
function isWordWaiting({ delivery: { notices } }: Pick<Meeting, 'delivery'>, call: Call): boolean {
  return notices.some((notice) => tellsOf(notice, call));
}

/** It is the word of this call. */
const tellsOf = ({ key, kind, to }: Pick<Notice, 'key' | 'kind' | 'to'>, { substitute, start, at }: Call): boolean =>
  to === substitute && kind === (start === null ? 'substituteFree' : 'substitute') && key.includes(`:${at}:`);

/**
 * A word to a substitute was overtaken and never goes out: what they knew before it is what they know. `isDoubtful`: they may
 * have read it all the same, and are told what is so.
 */
export function withoutWord(
  meeting: Meeting,
  notice: Waiting,
  isDoubtful: boolean,
  scene: CallScene & Pick<Scene, 'now'>,
): Meeting {
  const { calls = [] } = meeting;
  if (!calls.some((call) => tellsOf(notice, call))) return meeting;
  const { dates } = freedIn(notice.key);
  const schedule = scheduleOf(meeting);
  const holdings = schedule ? occurrencesOf(schedule, meeting.place, scene.calendar) : [];
  // There is nothing that they have just heard.
  const at = toStored(scene.now.subtract({ milliseconds: calm }));
  const before = calls.flatMap((call) => {
    if (!tellsOf(notice, call)) return [call];
    const { on, substitute } = call;
    const holding = holdings.find((one) => one.on === on);
    const start = call.start ?? dates.find((date) => date.on === on)?.start ?? holding?.start ?? null;
    const isNeeded = holding !== undefined && isToCome(meeting, substitute, holding, scene);
    // Of many dates some may still be free, which the word did not name.
    const key = start === null ? notice.key : `:${freedOccasion([{ on, start }], scene.now)}:`;
    const isSo = !isOvertaken(meeting, call.start === null ? { ...notice, key } : notice, scene);
    // It is so once more, or still, by now, and said once more, also to whom it could not be sent for weeks.
    if (isSo) return [{ ...call, start: isNeeded ? null : start, at }];
    const mayKnow = isDoubtful || (call.start !== null && repliesAt(meeting, on)[substitute] !== undefined);
    if (!mayKnow || isNeeded === (call.start !== null)) return [];
    return [{ ...call, start: isNeeded ? null : start, at }];
  });
  const known = remembering(meeting, before);
  return before.length > 0 ? withSubstitutes(known, known, scene) : known;
}

/**
 * A card has gone out to a substitute: of what it shows as it is by now, and does not list, they have heard nothing, unless they
 * have answered.
 */
export function withListed(
  meeting: Meeting,
  { key, kind, to, stays }: Waiting & Pick<Notice, 'stays'>,
  scene: CallScene,
): Meeting {
  const { calls = [], delivery } = meeting;
  const card = delivery.placements.find(({ id }) => id === stays);
  if (card?.shown !== delivery.revision) return meeting;
  const { inPlaceAt } = substitutesIn(meeting, scene);
  const isListed = (call: Call): boolean =>
    call.start === null ||
    !tellsOf({ key, kind, to }, call) ||
    inPlaceAt(call.on).has(to) ||
    repliesAt(meeting, call.on)[to] !== undefined;
  return calls.every(isListed) ? meeting : remembering(meeting, calls.filter(isListed));
}

/** They have answered any date of that card since, and look at it no more. */
function hasAnswered(meeting: Meeting, calls: readonly Call[], { substitute, at }: Call): boolean {
  const ofCard = calls.filter((one) => one.substitute === substitute && one.at === at);
  return ofCard.some(({ on }) => (repliesAt(meeting, on)[substitute]?.at ?? '') >= at);
}

/** Of another date they have just got a card, or still get one, which lists this one too. */
function isOnCard(
  call: Call,
  { on, substitute }: Pick<Call, 'on' | 'substitute'>,
  now: Temporal.Instant,
  meeting: Pick<Meeting, 'delivery'>,
): boolean {
  if (substitute !== call.substitute || call.on === on || call.start === null) return false;
  return isWordWaiting(meeting, call) || now.since(Temporal.Instant.from(call.at)).total('milliseconds') < oneCard;
}

function remembering({ calls: _, ...meeting }: Meeting, calls: readonly Call[]): Meeting {
  return calls.length > 0 ? { ...meeting, calls } : meeting;
}

/** What these people are to do is known to them without these calls: of the given dates, or by default of all. */
export function withoutCalls(meeting: Meeting, people: readonly PersonId[], dates?: readonly string[]): Meeting {
  const { calls = [] } = meeting;
  const isKnown = ({ substitute, on }: Call): boolean =>
    people.includes(substitute) && (dates === undefined || dates.includes(on));
  const others = calls.filter((call) => !isKnown(call));
  return others.length < calls.length ? remembering(meeting, others) : meeting;
}

/** Who need not come makes other plans: what they had said counts no more when they are to come again, unless it was no. */
export function withoutYes(meeting: Meeting, freed: readonly Answered[]): Meeting {
  return withoutReplies(
    meeting,
    freed.filter(({ on, person }) => repliesAt(meeting, on)[person]?.coming !== 'no'),
  );
}

/** Whose answer to which holding. */
export interface Answered {
  on: string;
  person: PersonId;
}

export function withoutReplies(meeting: Meeting, given: readonly Answered[]): Meeting {
  const { stage } = meeting;
  if (stage.is !== 'planned') return meeting;
  const { schedule } = stage;
  const isLeft = (on: string, by: string): boolean =>
    given.some(({ on: date, person }) => date === on && person === by);
  const replies = Object.entries(schedule.replies).map(([on, of]) => [
    on,
    Object.fromEntries(Object.entries(of).filter(([person]) => !isLeft(on, person))),
  ]);
  return withSchedule(meeting, { ...schedule, replies: Object.fromEntries(replies) });
}

/** When substitutes are to hear what has become of what they were told: after all that time has brought so far. */
export function callsEnd(meeting: Meeting, scene: CallScene): Temporal.Instant[] {
  const { calls = [] } = meeting;
  if (calls.length === 0) return [];
  const { inPlaceAt, calmUntil } = substitutesIn(meeting, scene);
  const isOutdated = (call: Call): boolean =>
    !isWordWaiting(meeting, call) && (inPlaceAt(call.on).get(call.substitute) ?? null) !== call.start;
  // The word of it may have waited until after the moments that time has brought since.
  const looked = Temporal.Instant.from(meeting.lookedAt).add({ milliseconds: 1 });
  return calls
    .filter(isOutdated)
    .map(calmUntil)
    .map((at) => (Temporal.Instant.compare(at, looked) < 0 ? looked : at));
}

function substitutesIn(meeting: Meeting, { directory, calendar }: CallScene) {
  const { place, zone } = meeting;
  const schedule = scheduleOf(meeting);
  const holdings = schedule ? occurrencesOf(schedule, place, calendar) : [];
  const starts = new Map(holdings.map(({ on, start }) => [on, start]));
  const invited = invitedTo(meeting, directory);

  /** Those who are to come to a holding in somebody's place, and are not invited themselves, with when it begins. */
  function inPlaceAt(on: string): Map<PersonId, string> {
    const start = starts.get(on);
    if (start === undefined) return new Map();
    const expected = expectedAt(meeting, { on }, directory).filter((person) => !invited.includes(person));
    return new Map(expected.map((person) => [person, start]));
  }

  /** It may begin when they were told, or when it does now: whichever comes first. */
  function calmUntil({ on, start, at }: Call): Temporal.Instant {
    const told = Temporal.Instant.from(at);
    const rests = [start, starts.get(on) ?? null].flatMap((begins) => {
      const rest = begins === null ? 0 : beginOf({ start: begins }, zone).epochMilliseconds - told.epochMilliseconds;
      return rest > 0 ? [Math.floor(rest * mostOfRest)] : [];
    });
    return told.add({ milliseconds: Math.min(calm, ...rests) });
  }

  return { invited, inPlaceAt, calmUntil };
}
