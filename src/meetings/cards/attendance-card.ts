import { type CardElement, facts, subheading, subtle } from '../../cards/elements.ts';
import type { PersonId } from '../../shared/ids.ts';
import { coverageOf } from '../coverage.ts';
import { expectedAt, invitedTo, leftOutAt, substitutesOf } from '../invited.ts';
import { type Coming, comings, type Meeting, type Occurrence, type Schedule } from '../model.ts';
import { isSettled } from '../repeat.ts';
import { type Focus, repliesAt } from '../standing.ts';
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
  const people = new Set(said('yes'));
  const asked = meeting.invited.everyone ? invitedTo(meeting, directory) : expected;
  const missing = missingText(coverageOf(meeting, people, asked, directory), scene);
  const isUnanswered = silent.length === expected.length;
  const isPolled = when === 'ahead' && expected.some((person) => replies[person]?.polled);
  const own = viewer && replies[viewer.person]?.coming;
  const inPlaceOf = viewer ? replacedBy(meeting, occurrence, viewer.person, scene) : [];
  return [
    subheading(texts(when === 'over' ? 'meeting.facts.answers' : 'meeting.facts.who')),
    facts([
      ...(inPlaceOf.length > 0 ? [[texts('meeting.facts.inPlace'), who(inPlaceOf)] as const] : []),
      ...(own ? [[texts('meeting.facts.own'), texts(`meeting.coming.${own}`)] as const] : []),
      ...groups,
      ...(leftOut.length > 0
        ? [[texts('meeting.facts.leftOut', { number: leftOut.length }), who(leftOut)] as const]
        : []),
      ...(silent.length > 0 ? [[texts('meeting.facts.silent', { number: silent.length }), who(silent)] as const] : []),
      ...(when === 'ahead'
        ? [
            [
              texts('meeting.facts.enough'),
              isUnanswered ? texts('meeting.facts.unanswered') : (missing ?? texts('meeting.facts.isEnough')),
            ] as const,
          ]
        : []),
    ]),
    ...(isPolled ? [subtle(texts('meeting.facts.polled'))] : []),
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
