import { expect } from 'chai';
import { nameOf } from '../../../../src/directory/model.ts';
import { meetingCard } from '../../../../src/meetings/cards/card.ts';
import { handedOut } from '../../../../src/meetings/letters.ts';
import type { MeetingCommand, Repeat } from '../../../../src/meetings/model.ts';
import { occurrenceOf, outdatedLetters } from '../../../../src/meetings/standing.ts';
import type { StoredMeeting } from '../../../../src/meetings/stored.ts';
import { requireInvitation } from '../../../../src/meetings/transition.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { calendar, type ExamplePerson, exampleDirectory, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, played, thursday } from '../../../support/meetings.ts';

const on = '2026-11-26';
const subject = formatReference('LOJ', 2026, 42);
const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' };
const planned = meeting({ kind: 'case', subject });
const slot = { start: '2026-11-27T09:00', minutes: 60 };
const moving: MeetingCommand = { do: 'change', on: null, changes: { slot } };

function taken(of: StoredMeeting, who: ExamplePerson, date = on, now = monday): StoredMeeting {
  const occurrence = occurrenceOf(of, date, { calendar, now });
  if (!occurrence) throw new Error(`Nothing is held on ${date}.`);
  return handedOut(of, occurrence, people[who], { now });
}
const outdated = (of: StoredMeeting, now = monday) =>
  outdatedLetters(of, { calendar, now }).map(({ by, says, isHeld }) => `${by} ${says.start} ${isHeld}`);

describe('an invitation on paper', () => {
  const to = (state: StoredMeeting, date = on, now = monday) =>
    requireInvitation(state, date, { calendar, now }).subject;

  it('goes to the young person of a case alone, and to no holding that is over, off or none', () => {
    expect(to(planned)).to.equal(subject);
    expect(refusal(() => to(meeting()))).to.equal('meeting.notFound');
    expect(refusal(() => to(planned, '2026-11-27'))).to.equal('meeting.noOccurrence');
    expect(refusal(() => to(played(planned, ['maria', { do: 'cancel', on: null }])))).to.equal('meeting.cancelled');
    const ends = Temporal.Instant.from('2026-11-26T12:00:00Z');
    expect(to(planned, on, ends.subtract({ seconds: 1 }))).to.equal(subject);
    expect(refusal(() => to(planned, on, ends))).to.equal('meeting.over');
  });
});

describe('an invitation on paper that has gone out', () => {
  const out = taken(planned, 'petri');

  it('is outdated once the meeting has another time, length or place, or is off, until somebody has taken a new one', () => {
    expect(outdated(out)).to.deep.equal([]);
    const changes = [{ slot }, { slot: { ...thursday, minutes: 90 } }, { place: { online: false, where: 'Skolan' } }];
    for (const one of [...changes, { place: { online: true, where: 'Polisstationen' } }])
      expect(outdated(played(out, ['maria', { do: 'change', on, changes: one }]))).to.deep.equal([
        `${people.petri} ${thursday.start} true`,
      ]);
    expect(outdated(played(out, ['maria', { do: 'change', on, changes: { title: 'Ny' } }]))).to.deep.equal([]);
    for (const off of [on, null])
      expect(outdated(played(out, ['maria', { do: 'cancel', on: off }]))).to.deep.equal([
        `${people.petri} ${thursday.start} false`,
      ]);
    const moved = played(out, ['maria', moving]);
    expect(outdated(taken(moved, 'sofia')), 'hers is not his').to.have.lengthOf(1);
    expect(outdated(taken(moved, 'petri'))).to.deep.equal([]);
  });

  it('is outdated too when its whole series has moved to other days, and is that date’s alone', () => {
    const series = taken(meeting({ kind: 'case', subject, plan: { one: thursday, repeat: weekly } }), 'petri');
    expect(outdated(played(series, ['maria', moving]))).to.deep.equal([`${people.petri} ${thursday.start} false`]);
    const other = played(series, [
      'maria',
      { do: 'change', on: '2026-12-03', changes: { slot: { ...slot, start: '2026-12-04T09:00' } } },
    ]);
    expect(outdated(other)).to.deep.equal([]);
  });

  it('is told of until both times are over', () => {
    const later = played(out, ['maria', moving]);
    const ahead = played(out, [
      'maria',
      { do: 'change', on, changes: { slot: { start: '2026-11-24T09:00', minutes: 60 } } },
    ]);
    const endOf = (start: string) =>
      Temporal.PlainDateTime.from(start).add({ hours: 1 }).toZonedDateTime(planned.zone).toInstant();
    for (const [one, last] of [
      [later, slot.start],
      [ahead, thursday.start],
    ] as const) {
      expect(outdated(one, endOf(last).subtract({ seconds: 1 }))).to.have.lengthOf(1);
      expect(outdated(one, endOf(last))).to.deep.equal([]);
    }
  });

  it('is noted once, and forgotten a week after what it says', () => {
    expect(taken(out, 'petri')).to.equal(out);
    expect(out.delivery.revision, 'who was told that theirs is old sees that it is not').to.be.above(
      planned.delivery.revision,
    );
    const series = meeting({ kind: 'case', subject, plan: { one: thursday, repeat: weekly } });
    const both = taken(taken(series, 'petri'), 'petri', '2026-12-10', Temporal.Instant.from('2026-12-03T11:59:59Z'));
    expect(both.letters).to.have.keys(on, '2026-12-10');
    const last = taken(taken(series, 'petri'), 'petri', '2026-12-10', Temporal.Instant.from('2026-12-03T12:00:00Z'));
    expect(last.letters).to.have.keys('2026-12-10');
  });

  it('is told of on the card, by whom it was taken and what it says, in the language of the reader', () => {
    const directory = exampleDirectory();
    const name = nameOf(directory, people.petri) ?? '';
    for (const language of languages) {
      const texts = textsFor(language);
      const drawn = (of: StoredMeeting) =>
        JSON.stringify(meetingCard(of, { texts, directory, calendar, now: monday, placement: null }));
      const said = (key: 'moved' | 'off', of: StoredMeeting): string => {
        const [before = '', after = ''] = texts(`meeting.letter.${key}`, { name, was: '|' }).split('|');
        const card = drawn(of);
        expect(card).to.include(before).and.include(after);
        return card.slice(card.indexOf(before) + before.length, card.indexOf(after));
      };
      expect(said('moved', played(out, ['maria', moving])))
        .to.include('26')
        .and.include('Polisstationen');
      expect(said('off', played(out, ['maria', { do: 'cancel', on: null }]))).to.include('26');
      expect(drawn(out)).not.to.include('warning');
    }
  });
});
