import { expect } from 'chai';
import sinon from 'sinon';
import type { Draft } from '../../../../src/meetings/created.ts';
import { conflictsWith, type Listing, listMeetings, slotsOf } from '../../../../src/meetings/listing.ts';
import type { Repeat } from '../../../../src/meetings/model.ts';
import type { StoredMeeting } from '../../../../src/meetings/stored.ts';
import { requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { bodyId, type PersonId } from '../../../../src/shared/ids.ts';
import {
  calendar,
  type ExamplePerson,
  exampleDirectory,
  lojo,
  monday,
  people,
  raseborg,
} from '../../../support/builders.ts';
import { draft, meeting, played, pollPlan, seat, seated, thursday } from '../../../support/meetings.ts';

const scene = { directory: exampleDirectory(), calendar, now: monday };
const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 10 }, holidays: 'keep' };
const single = meeting({ title: 'En gång' }, { id: 'single' });
const series = meeting(
  { title: 'Varje vecka', plan: { one: { start: '2026-11-24T09:00', minutes: 60 }, repeat: weekly } },
  { id: 'series' },
);
const poll = meeting({ title: 'Söker tid', plan: pollPlan() }, { id: 'poll' });
const others = meeting({ title: 'Andras', body: raseborg }, { id: 'others', by: 'gunilla' });
const all = [single, series, poll, others];

const listed = (of: Listing, who: ExamplePerson, meetings = all) =>
  listMeetings(meetings, of, people[who], scene).map(
    ({ meeting: { id }, occurrence }) => `${id} ${occurrence?.on ?? '-'}`,
  );

describe('what comes', () => {
  it('is listed by date, what has no time yet first, and of a series the next three', () => {
    expect(listed({ whose: 'body', body: lojo }, 'petri')).to.deep.equal([
      'poll -',
      'series 2026-11-24',
      'single 2026-11-26',
      'series 2026-12-01',
      'series 2026-12-08',
    ]);
  });

  it('is mine where I am expected or have it in hand, of a body what is its own, of the region all', () => {
    expect(listed({ whose: 'mine' }, 'gunilla')).to.deep.equal(['others 2026-11-26']);
    expect(listed({ whose: 'body', body: raseborg }, 'petri')).to.deep.equal(['others 2026-11-26']);
    expect(listed({ whose: 'region' }, 'petri')).to.have.length(6);
    const asked = meeting({ invited: { everyone: false, named: [people.gunilla] } }, { id: 'asked' });
    expect(listed({ whose: 'mine' }, 'petri', [asked])).to.deep.equal([]);
    expect(listed({ whose: 'mine' }, 'maria', [asked])).to.deep.equal(['asked 2026-11-26']);
  });

  it('tells the chat of a body nothing of a proposal, which only its leaders are to know', () => {
    const proposal = meeting({}, { id: 'proposal', by: 'petri' });
    expect(listed({ whose: 'body', body: lojo }, 'maria', [proposal])).to.deep.equal(['proposal -']);
    expect(listed({ whose: 'body', body: lojo, openly: true }, 'maria', [proposal, poll])).to.deep.equal(['poll -']);
  });

  it('leaves out what is over and what was cancelled', () => {
    const without = played(series, ['maria', { do: 'cancel', on: '2026-12-01' }]);
    expect(listed({ whose: 'body', body: lojo }, 'petri', [without])).to.deep.equal([
      'series 2026-11-24',
      'series 2026-12-08',
      'series 2026-12-15',
    ]);
    const later = { ...scene, now: Temporal.Instant.from('2026-11-26T12:00:00Z') };
    expect(listMeetings([single], { whose: 'region' }, people.petri, later)).to.deep.equal([]);
  });
});

describe('what comes at the same time', () => {
  const conflictsOf = (wanted: Draft, meetings: readonly StoredMeeting[], seen = scene) =>
    conflictsWith({ ...wanted, slots: slotsOf(wanted, calendar), zone: 'Europe/Helsinki' }, meetings, seen);
  const at = (start: string, minutes = 60) => draft({ plan: { one: { start, minutes }, repeat: null } });
  const busy = (wanted: ReturnType<typeof draft>, meetings = all) =>
    conflictsOf(wanted, meetings, scene).map(({ person, with: other }) => [person, other.id]);

  it('is told of each who is in both, and not of what only follows', () => {
    expect(busy(at(thursday.start)).filter(([, id]) => id === 'single')).to.have.length(5);
    expect(busy(at('2026-11-26T14:00'))).to.deep.equal([]);
    expect(busy(at('2026-11-26T12:30', 31)).length).to.be.greaterThan(0);
    expect(busy(at('2026-11-26T12:30', 30))).to.deep.equal([]);
  });

  it('is told across bodies, and leaves out who has said that they do not come', () => {
    const named = draft({ invited: { everyone: false, named: [people.gunilla] } });
    expect(busy(named)).to.deep.equal([[people.gunilla, 'others']]);
    const free = played(single, ['petri', { do: 'reply', on: '2026-11-26', coming: 'no' }]);
    expect(busy(at(thursday.start), [free]).map(([person]) => person)).to.not.include(people.petri);
  });

  it('is the substitute’s, and not the member’s, where that one is sent', () => {
    const directory = seated();
    const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
    const group = meeting({ body: bodyId('steering:vastra-nyland') }, { id: 'group', by: 'kaisa', directory });
    const said = { coming: 'substitute', at: '2026-11-23T08:00:00.000Z' } as const;
    const sent = withSchedule(group, { ...requireSchedule(group), replies: { '2026-11-26': { [member]: said } } });
    const busy = (named: readonly PersonId[]) =>
      conflictsWith(
        { ...draft(), invited: { everyone: false, named }, slots: [thursday], zone: group.zone },
        [{ ...group, ...sent }],
        { ...scene, directory },
      ).map(({ person }) => person);
    expect(busy([member, substitute])).to.deep.equal([substitute]);
    expect(busy([member]), 'who is not invited here').to.deep.equal([]);
  });

  it('is found for every time that is proposed, and for every date of a series', () => {
    const several = draft({
      plan: {
        ...pollPlan(),
        options: [
          { id: 'a', ...thursday },
          { id: 'b', start: '2026-12-08T09:30', minutes: 30 },
        ],
      },
    });
    expect(new Set(busy(several).map(([, id]) => id))).to.deep.equal(new Set(['single', 'series']));
    const mine = draft({ plan: { one: { start: '2026-11-24T09:30', minutes: 60 }, repeat: weekly } });
    expect(busy(mine, [series]).length).to.be.at.least(50);
  });

  it('is told of each of the proposed times, also where a long one goes on past a short one', () => {
    const options = [
      { id: 'long', start: '2026-11-26T08:00', minutes: 6 * 60 },
      { id: 'short', start: '2026-11-26T09:00', minutes: 30 },
      { id: 'late', start: '2026-11-26T13:30', minutes: 30 },
    ];
    const found = conflictsOf(draft({ plan: { ...pollPlan(), options } }), [single], scene);
    expect(new Set(found.map(({ slot }) => slot.start))).to.deep.equal(
      new Set(['2026-11-26T08:00', '2026-11-26T13:30']),
    );
    const [, ...without] = options;
    const later = conflictsOf(draft({ plan: { ...pollPlan(), options: without } }), [single], scene);
    expect(new Set(later.map(({ slot }) => slot.start))).to.deep.equal(new Set(['2026-11-26T13:30']));
  });

  describe('as a series beside others that go on for two years', () => {
    const twoYears: Repeat = { ...weekly, end: { count: 104 } };
    const at = (start: string) => ({ one: { start, minutes: 60 }, repeat: twoYears });
    const known = [...Array(16).keys()].map((index) =>
      meeting({ plan: at(`2026-11-24T${String(8 + (index % 8)).padStart(2, '0')}:00`) }, { id: `known-${index}` }),
    );
    afterEach(() => sinon.restore());

    /** How many times of day are made out, and how often the people of the region are gone through. */
    function workBeside(number: number): { moments: number; lookups: number } {
      const directory = exampleDirectory();
      const { members } = directory;
      let lookups = 0;
      const watched = Object.defineProperty(directory, 'members', {
        get() {
          lookups += 1;
          return members;
        },
      });
      const moments = sinon.spy(Temporal.PlainDateTime, 'from');
      conflictsOf(draft({ plan: at('2026-11-26T09:00') }), known.slice(0, number), { ...scene, directory: watched });
      const { callCount } = moments;
      moments.restore();
      return { moments: callCount, lookups };
    }

    it('costs as much more as there are more of them, and not each of its dates times each of theirs', () => {
      const [one, sixteen] = [workBeside(1), workBeside(16)];
      expect(one.moments).to.be.below(104 * 5);
      expect(sixteen.moments).to.be.below(17 * 104 * 5);
    });

    it('looks up who is invited once for each meeting, however many dates it has', () => {
      const [one, sixteen] = [workBeside(1), workBeside(16)];
      expect(sixteen.lookups - one.lookups).to.be.at.most(15 * one.lookups);
      expect(one.lookups).to.be.below(10);
    });
  });
});
