import { type CardElement, facts, subheading, subtle } from '../../cards/elements.ts';
import type { PersonId } from '../../shared/ids.ts';
import { coverageOf } from '../coverage.ts';
import { expectedAt, invitedTo, leftOutAt, substitutesOf } from '../invited.ts';
import { type Coming, comings, type Meeting, type Occurrence, type Schedule } from '../model.ts';
import { isSettled } from '../repeat.ts';
import { type Focus, repliesAt } from '../standing.ts';
import { ownAnswer } from './answer-card.ts';
import { type MeetingScene, missingText, namesOf, type Viewer } from './words-card.ts';

/** Who comes, by answer; once it was recorded, who came. */
export function attendance(
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
  const leftOut = leftOutAt(meeting, occurrence, directory);
  const said = (coming: Coming): PersonId[] =>
    expected.filter((person) => replies[person]?.coming === coming && !leftOut.includes(person));
  const silent = expected.filter((person) => !replies[person]);
  const groups = comings.flatMap((coming) => {
    const people = said(coming);
    return people.length > 0
      ? [[texts(`meeting.facts.coming.${coming}`, { number: people.length }), who(people)] as const]
      : [];
  });
  const asked = meeting.invited.everyone ? invitedTo(meeting, directory) : expected;
  const missingWith = (...answers: Coming[]): string | null =>
    missingText(coverageOf(meeting, new Set(answers.flatMap(said)), asked, directory), scene);
  const isUnanswered = silent.length === expected.length;
  const own = viewer && ownAnswer(meeting, occurrence.on, viewer.person, scene);
  const inPlaceOf = viewer ? replacedBy(meeting, occurrence, viewer.person, scene) : [];
  return [
    subheading(texts(when === 'over' ? 'meeting.facts.answers' : 'meeting.facts.who')),
    facts([
      ...(inPlaceOf.length > 0 ? [[texts('meeting.facts.inPlace'), who(inPlaceOf)] as const] : []),
      ...(own ? [[texts(own.isOwn ? 'meeting.facts.own' : 'meeting.facts.forYou'), own.words] as const] : []),
      ...groups,
      ...(leftOut.length > 0
        ? [[texts('meeting.facts.leftOut', { number: leftOut.length }), who(leftOut)] as const]
        : []),
      ...(silent.length > 0 ? [[texts('meeting.facts.silent', { number: silent.length }), who(silent)] as const] : []),
      ...(when === 'ahead'
        ? [[texts('meeting.facts.enough'), isUnanswered ? texts('meeting.facts.unanswered') : enoughText()] as const]
        : []),
    ]),
    ...polledNote(),
  ];

  /** Who may come counted for a time that was possible. */
  function enoughText(): string {
    const missing = missingWith('yes');
    if (missing === null) return texts('meeting.facts.isEnough');
    return missingWith('yes', 'maybe') === null ? texts('meeting.facts.isEnoughIf') : missing;
  }

  function polledNote(): CardElement[] {
    if (when !== 'ahead') return [];
    const isPolled = expected.some((person) => replies[person]?.polled);
    if (schedule.yesAlone === occurrence.start && (isPolled || silent.length > 0))
      return [subtle(texts('meeting.facts.polledYes'))];
    return isPolled ? [subtle(texts('meeting.facts.polled'))] : [];
  }
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
