import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../../src/meetings/decide.ts';
import { possibleAt } from '../../../../src/meetings/invited.ts';
import { comings, type Meeting, type MeetingCommand, type Vote, votes } from '../../../../src/meetings/model.ts';
import { scheduleOf, whoCame } from '../../../../src/meetings/standing.ts';
import { isAppError } from '../../../../src/shared/errors.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import { type ExamplePerson, exampleDirectory, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, options, played, pollPlan, sceneOf } from '../../../support/meetings.ts';

const experts = ['maria', 'petri', 'sofia', 'niina', 'jonas'] as const;
const on = '2026-11-26';
const ids = options.map(({ id }) => id);

/** What is refused leaves it as it was. */
function pressed<M extends Meeting>(state: M, who: ExamplePerson, command: MeetingCommand, now = monday): Meeting {
  try {
    return decide(state, command, sceneOf(who, now));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return state;
  }
}

const someVotes = fc
  .record(Object.fromEntries(ids.map((id) => [id, fc.option(fc.constantFrom(...votes), { nil: undefined })])))
  .map((given) =>
    Object.fromEntries(Object.entries(given).flatMap(([id, vote]) => (vote ? [[id, vote] as const] : []))),
  );
const anybody = fc.constantFrom<ExamplePerson>(...experts, 'kaisa', 'gunilla');

describe('answers to a poll', () => {
  const poll = meeting({ plan: pollPlan() });
  const votesOf = ({ stage }: Meeting) => (stage.is === 'poll' ? stage.poll.votes : {});

  it('are never lost, whatever else happens to the times, and are those of the invited alone', () => {
    const step = fc.oneof(
      fc.record({ who: anybody, command: someVotes.map((given): MeetingCommand => ({ do: 'vote', votes: given })) }),
      fc.record({
        who: anybody,
        command: fc.oneof<fc.Arbitrary<MeetingCommand>[]>(
          fc.constantFrom(...ids).map((option) => ({ do: 'removeTime', option })),
          fc
            .record({ option: fc.constantFrom(...ids), hour: fc.integer({ min: 10, max: 15 }) })
            .map(({ option, hour }) => ({
              do: 'changeTime',
              option,
              slot: { start: `2026-12-08T${hour}:00`, minutes: 60 },
            })),
          fc.integer({ min: 10, max: 20 }).map((day) => ({
            do: 'addTimes',
            options: [{ id: `day-${day}`, start: `2027-01-${day}T09:00`, minutes: 45 }],
          })),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const expected = new Map<string, Map<string, Vote>>();
        let state: Meeting = poll;
        for (const { who, command } of steps) {
          const next = pressed(state, who, command);
          if (next === state) continue;
          if (command.do === 'vote') {
            const mine = expected.get(people[who]) ?? new Map<string, Vote>();
            for (const [id, vote] of Object.entries(command.votes)) mine.set(id, vote);
            expected.set(people[who], mine);
          }
          if (command.do === 'removeTime' || command.do === 'changeTime')
            for (const mine of expected.values()) mine.delete(command.option);
          state = next;
        }
        const kept = Object.fromEntries([...expected].map(([who, mine]) => [who, Object.fromEntries(mine)]));
        expect(votesOf(state)).to.deep.equal(kept);
        expect([people.kaisa, people.gunilla].some((outsider) => outsider in votesOf(state))).to.equal(false);
      }),
    );
  });

  it('come to the same in whatever order people give them', () => {
    fc.assert(
      fc.property(
        fc.array(someVotes, { minLength: 5, maxLength: 5 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
        (given, order) => {
          const inOrder = (indexes: readonly number[]): Meeting =>
            indexes.reduce<Meeting>((state, index) => {
              const [who = 'maria', said = {}] = [experts[index], given[index]];
              return pressed(state, who, { do: 'vote', votes: said });
            }, poll);
          expect(votesOf(inOrder(order))).to.deep.equal(votesOf(inOrder([0, 1, 2, 3, 4])));
        },
      ),
    );
  });
});

describe('replies to a meeting', () => {
  const planned = meeting();
  const after = Temporal.Instant.from('2026-11-26T13:00:00Z');
  const someReply = fc.record({ who: anybody, coming: fc.constantFrom(...comings) });

  it('and who came are only of those who were invited, whatever anybody presses', () => {
    const came = fc.uniqueArray(anybody, { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(someReply, { maxLength: 12 }),
        fc.array(fc.record({ who: anybody, came }), { maxLength: 4 }),
        (said, recorded) => {
          let state: Meeting = planned;
          for (const { who, coming } of said) state = pressed(state, who, { do: 'reply', on, coming });
          for (const one of recorded)
            state = pressed(state, one.who, { do: 'record', on, came: one.came.map((who) => people[who]) }, after);
          const schedule = scheduleOf(state);
          const possible = possibleAt(planned, on, exampleDirectory());
          for (const person of [...Object.keys(schedule?.replies[on] ?? {}), ...(whoCame(state, on) ?? [])])
            expect(possible).to.include(person);
        },
      ),
    );
  });

  it('come to the same in whatever order people give them; of one person the last counts', () => {
    fc.assert(
      fc.property(fc.uniqueArray(someReply, { selector: ({ who }) => who, maxLength: 7 }), fc.nat(), (said, seed) => {
        const all = (order: typeof said): Meeting =>
          order.reduce<Meeting>((state, { who, coming }) => pressed(state, who, { do: 'reply', on, coming }), planned);
        const turned = [...said.slice(seed % (said.length + 1)), ...said.slice(0, seed % (said.length + 1))];
        expect(scheduleOf(all(turned))?.replies).to.deep.equal(scheduleOf(all(said))?.replies);
      }),
    );
    const twice = played(
      planned,
      ['petri', { do: 'reply', on, coming: 'yes' }],
      ['petri', { do: 'reply', on, coming: 'no' }],
    );
    expect(scheduleOf(twice)?.replies[on]?.[people.petri]?.coming).to.equal('no');
  });
});

describe('a press on a meeting', () => {
  it('pressed twice changes nothing: the very same object', () => {
    const cases: readonly (readonly [Meeting, ExamplePerson, MeetingCommand])[] = [
      [meeting({ plan: pollPlan() }), 'petri', { do: 'vote', votes: { tue: 'yes' } }],
      [meeting(), 'petri', { do: 'reply', on, coming: 'yes' }],
      [meeting(), 'maria', { do: 'cancel', on: null }],
      [meeting(), 'maria', { do: 'change', on: null, changes: { title: 'Ny' } }],
      [meeting({ plan: pollPlan() }), 'maria', { do: 'removeTime', option: 'tue' }],
      [meeting({}, { by: 'petri' }), 'maria', { do: 'confirm' }],
    ];
    for (const [state, who, command] of cases) {
      const once = decide(state, command, sceneOf(who));
      expect(once, command.do).to.not.equal(state);
      expect(decide(once, command, sceneOf(who)), command.do).to.equal(once);
    }
  });

  it('of whoever plans is the leader’s alone, and of a case also of who has it in hand', () => {
    const commands: readonly MeetingCommand[] = [
      { do: 'change', on: null, changes: { title: 'Ny' } },
      { do: 'cancel', on: null },
    ];
    const ofCase = { kind: 'case', subject: formatReference('LOJ', 2026, 1) } as const;
    for (const command of commands) {
      expect(refusal(() => decide(meeting(), command, sceneOf('petri')))).to.equal('directory.leadersOnly');
      expect(refusal(() => decide(meeting(ofCase, { by: 'petri' }), command, sceneOf('petri')))).to.equal(null);
      expect(refusal(() => decide(meeting(ofCase, { by: 'petri' }), command, sceneOf('jonas')))).to.equal(
        'directory.leadersOnly',
      );
    }
  });

  it('is nobody’s who is not of the body and was not invited; of a case nobody’s from outside, invited or not', () => {
    const view = { do: 'reply', on, coming: 'yes' } as const;
    const invited = { everyone: true, named: [people.gunilla] };
    expect(refusal(() => decide(meeting(), view, sceneOf('gunilla')))).to.equal('meeting.notFound');
    expect(refusal(() => decide(meeting({ invited }), view, sceneOf('gunilla')))).to.equal(null);
    const about = meeting({ invited, kind: 'case', subject: formatReference('LOJ', 2026, 1) });
    expect(refusal(() => decide(about, view, sceneOf('gunilla')))).to.equal('meeting.notFound');
  });
});
