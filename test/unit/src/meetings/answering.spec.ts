import { expect } from 'chai';
import { decide } from '../../../../src/meetings/decide.ts';
import type { Meeting, MeetingCommand } from '../../../../src/meetings/model.ts';
import { requireSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId, personId } from '../../../../src/shared/ids.ts';
import {
  actor,
  calendar,
  type ExamplePerson,
  monday,
  people,
  refusal,
  unseatedDirectory,
} from '../../../support/builders.ts';
import { meeting, played, pollPlan, sceneOf } from '../../../support/meetings.ts';

const on = '2026-11-26';
const planned = meeting();
const refused = (state: Meeting, who: ExamplePerson, command: MeetingCommand, now = monday) =>
  refusal(() => decide(state, command, sceneOf(who, now)));
const held = Temporal.Instant.from('2026-11-26T12:00:00Z');

describe('an answer to a meeting', () => {
  it('is taken until it is over, also while it is held', () => {
    const reply = { do: 'reply', on, coming: 'yes' } as const;
    const begins = Temporal.Instant.from('2026-11-26T11:00:00Z');
    expect(refused(planned, 'petri', reply, begins)).to.equal(null);
    expect(refused(planned, 'petri', reply, begins.add({ minutes: 60 }))).to.equal('meeting.over');
  });

  it('is for a meeting that has its time, on a day on which it is held', () => {
    expect(refused(meeting({ plan: pollPlan() }), 'petri', { do: 'reply', on, coming: 'yes' })).to.equal(
      'meeting.notPlanned',
    );
    expect(refused(planned, 'petri', { do: 'reply', on: '2026-11-27', coming: 'yes' })).to.equal(
      'meeting.noOccurrence',
    );
  });

  it('sends a substitute only where there is one', () => {
    expect(refused(planned, 'petri', { do: 'reply', on, coming: 'substitute' })).to.equal('meeting.noSubstitute');
  });
});

describe('a substitute', () => {
  const steering = bodyId('steering:vastra-nyland');
  const deputy = personId('a0000000-0000-4000-8000-0000000000e1');
  /** Gunilla sits for Raseborg, and the deputy stands in for her. */
  const directory = unseatedDirectory();
  directory.people.push({ id: deputy, name: 'Dan Deputy' });
  for (const [person, role] of [
    [people.gunilla, 'member'],
    [deputy, 'substitute'],
  ] as const)
    directory.members.push({
      person,
      body: steering,
      role,
      profession: null,
      party: 'raseborgs-stad',
      setBy: 'file',
      removed: false,
    });
  const group = meeting({ body: steering }, { by: 'kaisa', directory });
  const scene = { now: monday, directory, calendar };
  const gunilla = { ...scene, actor: actor('gunilla', 'sv', directory) };
  const kaisaAs = actor('kaisa', 'sv', directory);
  const asDeputy = {
    ...scene,
    actor: {
      ...kaisaAs,
      person: deputy,
      memberships: [{ body: steering, role: 'substitute', profession: null }],
    } as const,
  };
  const sent = decide(group, { do: 'reply', on, coming: 'substitute' }, gunilla);
  const told = ({ delivery }: Meeting, kind: string) => delivery.notices.filter((notice) => notice.kind === kind);

  it('is invited at once when the member sends them, with a card that stays', () => {
    expect(told(sent, 'substitute').map(({ to, stays }) => [to, stays !== undefined])).to.deep.equal([[deputy, true]]);
    expect(refusal(() => decide(group, { do: 'reply', on, coming: 'yes' }, asDeputy))).to.equal('meeting.notInvited');
    expect(refusal(() => decide(sent, { do: 'reply', on, coming: 'yes' }, asDeputy))).to.equal(null);
  });

  it('who does not come has the member told while there is time', () => {
    const out = decide(sent, { do: 'reply', on, coming: 'no' }, asDeputy);
    expect(told(out, 'substituteOut').map(({ to }) => to)).to.deep.equal([people.gunilla]);
  });
});

describe('who came', () => {
  it('is recorded once it has begun, corrected as often as wanted, and nobody is an answer too', () => {
    const record = (...came: ExamplePerson[]): MeetingCommand => ({
      do: 'record',
      on,
      came: came.map((who) => people[who]),
    });
    expect(refused(planned, 'maria', record('petri'))).to.equal('meeting.notYet');
    const first = played(planned, ['maria', record('petri', 'jonas', 'petri'), held]);
    expect(requireSchedule(first).came[on]).to.deep.equal([people.petri, people.jonas].sort());
    expect(requireSchedule(played(first, ['maria', record(), held])).came[on]).to.deep.equal([]);
    expect(refused(planned, 'maria', record('gunilla'), held)).to.equal('meeting.notInvited');
    expect(refused(planned, 'petri', record('petri'), held)).to.equal('directory.leadersOnly');
  });
});
