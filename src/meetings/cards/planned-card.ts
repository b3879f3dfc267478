import {
  button,
  type CardAction,
  type CardElement,
  container,
  facts,
  link,
  subheading,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { presentMembers } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { coverageOf } from '../coverage.ts';
import { expectedAt, invitedTo, substitutesOf } from '../invited.ts';
import {
  type Coming,
  comings,
  type FirstOfSeries,
  type Happening,
  type Meeting,
  type Occurrence,
  type Schedule,
} from '../model.ts';
import { beginOf, byStart, endOf, isSettled, lastOf, nextOf, occurrencesOf } from '../repeat.ts';
import { joinLinkOf, repliesAt } from '../standing.ts';
import {
  dataOf,
  type MeetingScene,
  missingText,
  namesOf,
  placeText,
  repeatText,
  slotText,
  startText,
  titleOf,
  type Viewer,
} from './words-card.ts';

/** A meeting that has its time: when and where it is, who comes, and what has changed. */

/** Which of its holdings a card is about, and what is said of the others. */
export interface Focus {
  /** Null when none is left. */
  occurrence: Occurrence | null;
  when: 'ahead' | 'now' | 'over';
  /** It was asked for, so the card is about nothing else. */
  isAsked: boolean;
  all: readonly Occurrence[];
}

/** The holding that was asked for, else what is held next, else what was held last. */
export function focusOf(meeting: Meeting, schedule: Schedule, scene: MeetingScene, on: string | null): Focus {
  const all = occurrencesOf(schedule, meeting.place, scene.calendar);
  const { zone } = meeting;
  const asked = all.find((one) => one.on === on);
  const occurrence = asked ?? nextOf(all, zone, scene.now) ?? lastOf(all, zone, scene.now);
  const when = occurrence ? whenIs(occurrence, zone, scene.now) : 'over';
  return { occurrence, when, isAsked: asked !== undefined, all };
}

function whenIs(occurrence: Occurrence, zone: string, now: Temporal.Instant): Focus['when'] {
  if (Temporal.Instant.compare(endOf(occurrence, zone), now) <= 0) return 'over';
  return Temporal.Instant.compare(beginOf(occurrence, zone), now) <= 0 ? 'now' : 'ahead';
}

const shownOfSeries = 3;

export function plannedBody(
  meeting: Meeting,
  schedule: Schedule,
  focus: Focus,
  scene: MeetingScene,
  viewer: Viewer | null,
): CardElement[] {
  const { texts } = scene;
  const { occurrence, when, all } = focus;
  const place = placeText(occurrence?.place ?? meeting.place, texts);
  const following = occurrence
    ? all.filter((one) => !one.cancelled && one.on !== occurrence.on && byStart(one, occurrence) > 0).toSorted(byStart)
    : [];
  const { repeat } = schedule;
  return [
    ...newsOf(meeting, focus, scene),
    facts([
      ...(occurrence ? [[texts('meeting.facts.when'), slotText(occurrence, meeting, scene)] as const] : []),
      ...(place ? [[texts('meeting.facts.where'), place] as const] : []),
      ...(repeat ? [[texts('meeting.facts.repeats'), repeatText(schedule, repeat, scene)] as const] : []),
      ...(repeat && following.length > 0
        ? [
            [
              texts('meeting.facts.following'),
              following
                .slice(0, shownOfSeries)
                .map((one) => (one.minutes === occurrence?.minutes ? startText : slotText)(one, meeting, scene))
                .join(', '),
            ] as const,
          ]
        : []),
    ]),
    ...(occurrence && !occurrence.cancelled ? attendance(meeting, schedule, occurrence, when, scene, viewer) : []),
  ];
}

/** Who comes, by answer; once it was recorded, who came. */
function attendance(
  meeting: Meeting,
  schedule: Schedule,
  occurrence: Occurrence,
  when: Focus['when'],
  scene: MeetingScene,
  viewer: Viewer | null,
): CardElement[] {
  const { texts, directory } = scene;
  const came = schedule.came[occurrence.on];
  const who = (people: readonly PersonId[]): string =>
    people.length > 0 ? namesOf(people, meeting, scene).join(', ') : texts('meeting.facts.nobody');
  if (typeof came === 'number')
    return [{ ...facts([[texts('meeting.facts.cameNumber'), String(came)]]), separator: true }];
  if (came) return [{ ...facts([[texts('meeting.facts.came', { number: came.length }), who(came)]]), separator: true }];
  if (isSettled(occurrence, meeting.zone, scene.now)) return [];
  const replies = repliesAt(meeting, occurrence.on);
  const expected = expectedAt(meeting, occurrence, directory);
  const said = (coming: Coming): PersonId[] => expected.filter((person) => replies[person]?.coming === coming);
  const silent = expected.filter((person) => !replies[person]);
  const groups = comings.flatMap((coming) => {
    const people = said(coming);
    return people.length > 0
      ? [[texts(`meeting.facts.coming.${coming}`, { number: people.length }), who(people)] as const]
      : [];
  });
  const people = new Set(said('yes'));
  const asked = meeting.invited.everyone ? invitedTo(meeting, directory) : expected;
  const missing = missingText(coverageOf(meeting, people, asked, directory), scene);
  const own = viewer && replies[viewer.person]?.coming;
  const inPlaceOf = viewer ? replacedBy(meeting, occurrence, viewer.person, scene) : [];
  return [
    subheading(texts(when === 'over' ? 'meeting.facts.answers' : 'meeting.facts.who')),
    facts([
      ...(inPlaceOf.length > 0 ? [[texts('meeting.facts.inPlace'), who(inPlaceOf)] as const] : []),
      ...(own ? [[texts('meeting.facts.own'), texts(`meeting.coming.${own}`)] as const] : []),
      ...groups,
      ...(silent.length > 0 ? [[texts('meeting.facts.silent', { number: silent.length }), who(silent)] as const] : []),
      ...(when === 'ahead'
        ? [[texts('meeting.facts.enough'), missing ?? texts('meeting.facts.isEnough')] as const]
        : []),
    ]),
  ];
}

/** Those in whose place somebody is to come who is not invited themself. */
function replacedBy(meeting: Meeting, { on }: Occurrence, person: PersonId, { directory }: MeetingScene): PersonId[] {
  const invited = invitedTo(meeting, directory);
  if (invited.includes(person)) return [];
  const replies = repliesAt(meeting, on);
  return invited.filter(
    (one) => replies[one]?.coming === 'substitute' && substitutesOf(meeting, one, directory).includes(person),
  );
}

/** What has changed, in bold, with what was there before: of all that people have not read of yet; until it has been held that way. */
export function newsOf(meeting: Meeting, { all, isAsked, occurrence }: Focus, scene: MeetingScene): CardElement[] {
  const { untold = [], ...last } = meeting.news;
  const lines = [...untold, last]
    .filter(({ on }) => !isAsked || on === null || on === occurrence?.on)
    .flatMap((one) => linesOf(one, meeting, all, scene));
  return lines.length > 0 ? [container(lines, { style: 'warning', spacing: 'Small' })] : [];
}

function linesOf(
  { what, on, at, before }: Happening,
  meeting: Meeting,
  all: readonly Occurrence[],
  scene: MeetingScene,
): CardElement[] {
  const { texts } = scene;
  if (what !== 'changed' && (what !== 'cancelled' || on === null)) return [];
  const held = lastOf(all, meeting.zone, scene.now);
  const about = aboutOf(before.slot);
  const nothing = texts('meeting.news.nothing');
  const was = (words: string): CardElement =>
    text(texts('meeting.news.before', { was: words || nothing }), { size: 'Small', spacing: 'None' });
  const when = about && slotText(about, meeting, scene);
  const wasWhen = before.slot && slotText(before.slot, meeting, scene);
  if (what === 'cancelled')
    return when
      ? [text(texts('meeting.news.cancelledOne', { when }), { weight: 'Bolder' }), ...(wasWhen ? [was(wasWhen)] : [])]
      : [];
  const place = before.place && aboutOf(before.place)?.place;
  return [
    ...(when && wasWhen ? changed('time', when, wasWhen) : []),
    ...(before.place && place ? changed('place', placeText(place, texts), placeText(before.place, texts)) : []),
    ...(before.title === undefined || !aboutOf() ? [] : changed('title', named(meeting.title), named(before.title))),
  ];

  /** The holding of which it is told; null once that was held that way, or, where none is named, any was. */
  function aboutOf({ number }: FirstOfSeries = {}): Occurrence | null {
    const one = all.find((holding) => holding.number === number || holding.on === on);
    if (one) return whenIs(one, meeting.zone, scene.now) === 'over' ? null : one;
    return held && isAfter(held, at, meeting) ? null : nextOf(all, meeting.zone, scene.now);
  }

  /** What is again as it was is no news. */
  function changed(of: 'time' | 'place' | 'title', now: string, then: string): CardElement[] {
    if (now === then) return [];
    return [text(texts(`meeting.news.${of}`, { now: now || nothing }), { weight: 'Bolder' }), was(then)];
  }

  function named(title: string): string {
    return withoutMarkdown(titleOf({ ...meeting, title }, scene));
  }
}

const isAfter = (held: Occurrence, at: string, { zone }: Meeting): boolean =>
  Temporal.Instant.compare(beginOf(held, zone), Temporal.Instant.from(at)) > 0;

/** The next step first; what this viewer may not do is not there. */
export function plannedActions(
  meeting: Meeting,
  schedule: Schedule,
  { occurrence, when, all }: Focus,
  scene: MeetingScene,
  viewer: Viewer | null,
): CardAction[] {
  const { texts } = scene;
  const data = dataOf(meeting, scene);
  const toRecord = unrecorded(schedule, all, meeting, scene, occurrence);
  const join = occurrence && !occurrence.cancelled && when !== 'over' ? joinLinkOf(meeting, occurrence) : null;
  return [
    ...(join ? [link(texts('meeting.actions.join'), join)] : []),
    ...(occurrence && !occurrence.cancelled && when !== 'over' ? replies(meeting, occurrence, scene, viewer) : []),
    ...(occurrence && !occurrence.cancelled && when === 'ahead'
      ? [
          button(
            texts('meeting.actions.calendar'),
            'calendar.meeting',
            { ...data, on: occurrence.on },
            { overflow: true },
          ),
        ]
      : []),
    ...(meeting.subject !== null && occurrence && !occurrence.cancelled && when !== 'over'
      ? [button(texts('meeting.actions.letter'), 'meeting.letter', { ...data, on: occurrence.on })]
      : []),
    ...(viewer?.manages && toRecord
      ? [
          button(
            texts('meeting.actions.record'),
            'meeting.recordForm',
            { ...data, on: toRecord.on },
            {
              primary: when === 'over' && schedule.came[toRecord.on] === undefined,
            },
          ),
        ]
      : []),
    ...(viewer?.manages && nextOf(all, meeting.zone, scene.now) && !(occurrence?.cancelled ?? false)
      ? [
          button(texts('meeting.actions.change'), 'meeting.changeForm', {
            ...data,
            ...(occurrence && { on: occurrence.on }),
          }),
          button(
            texts('meeting.actions.cancel'),
            'meeting.cancelForm',
            { ...data, ...(occurrence && { on: occurrence.on }) },
            {
              overflow: true,
            },
          ),
        ]
      : []),
    ...(schedule.repeat && occurrence ? turnsOf(meeting, occurrence, all, scene) : []),
  ];
}

/** From one date of a series to those beside it. */
function turnsOf(
  meeting: Meeting,
  occurrence: Occurrence,
  all: readonly Occurrence[],
  scene: MeetingScene,
): CardAction[] {
  const held = all.filter(({ on, cancelled }) => !cancelled || on === occurrence.on).toSorted(byStart);
  const at = held.findIndex(({ on }) => on === occurrence.on);
  const turns = [
    ['next', held[at + 1]],
    ['previous', held[at - 1]],
  ] as const;
  return turns.flatMap(([turn, to]) =>
    to
      ? [
          button(
            scene.texts(`meeting.actions.${turn}`, { when: startText(to, meeting, scene) }),
            'meeting.view',
            { ...dataOf(meeting, scene), on: to.on },
            { overflow: true },
          ),
        ]
      : [],
  );
}

/** The holding of which it is to be said who came: the one on the card once it has begun, else the last that nobody recorded. */
function unrecorded(
  { came }: Schedule,
  all: readonly Occurrence[],
  { zone }: Meeting,
  { now }: MeetingScene,
  occurrence: Occurrence | null,
): Occurrence | null {
  const isAsked = occurrence && !occurrence.cancelled && whenIs(occurrence, zone, now) !== 'ahead';
  if (isAsked && typeof came[occurrence.on] !== 'number') return occurrence;
  const last = lastOf(all, zone, now);
  return last && came[last.on] === undefined ? last : null;
}

function replies(meeting: Meeting, occurrence: Occurrence, scene: MeetingScene, viewer: Viewer | null): CardAction[] {
  const { texts, directory } = scene;
  const data = { ...dataOf(meeting, scene), on: occurrence.on, start: occurrence.start };
  if (viewer && !expectedAt(meeting, occurrence, directory).includes(viewer.person)) return [];
  const own = viewer && repliesAt(meeting, occurrence.on)[viewer.person]?.coming;
  const hasSubstitute = viewer
    ? substitutesOf(meeting, viewer.person, directory).length > 0
    : presentMembers(directory, meeting.body).some(({ role }) => role === 'substitute');
  return comings
    .filter((coming) => coming !== own && (coming !== 'substitute' || hasSubstitute))
    .map((coming) =>
      button(
        texts(`meeting.coming.${coming}`),
        'meeting.reply',
        { ...data, coming },
        { primary: coming === 'yes' && !own },
      ),
    );
}
