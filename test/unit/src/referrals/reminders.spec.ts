import { expect } from 'chai';
import fc from 'fast-check';
import { type Delivery, isUnsettled, type Notice } from '../../../../src/delivery/model.ts';
import type { Referral } from '../../../../src/referrals/model.ts';
import { isOvertaken, nextAttention, remind, remindersOf, senderOf } from '../../../../src/referrals/reminders.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import type { PersonId } from '../../../../src/shared/ids.ts';
import { nextWorkingMoment } from '../../../../src/shared/working-time.ts';
import {
  assessment,
  calendar,
  decision,
  exampleDirectory,
  monday,
  people,
  referral,
  reminders,
} from '../../../support/builders.ts';

const directory = exampleDirectory();
const experts = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const received = (text: string, over: Partial<Referral> = {}): Referral => {
  const instant = toStored(at(text));
  return referral({ receivedAt: instant, untakenSince: instant, undecidedSince: instant, ...over });
};
const reminded = (state: Referral, now: Temporal.Instant): Referral => ({
  ...state,
  delivery: remind(state, directory, calendar, reminders, now),
});
const told = ({ notices }: Delivery): string[] => notices.map(({ kind, to }) => `${kind} ${to}`);
const kinds = (state: Referral): string[] => [...new Set(state.delivery.notices.map(({ kind }) => kind))];

/** Wakes the case at every moment that it asks for, and at those that somebody else chooses, up to `until`. */
function live(first: Referral, until: Temporal.Instant, extra: readonly Temporal.Instant[] = []) {
  const made: { kind: string; at: Temporal.Instant; to: string }[] = [];
  let state = first;
  const wake = (now: Temporal.Instant): void => {
    const before = new Set<Notice>(state.delivery.notices);
    state = reminded(state, now);
    for (const notice of state.delivery.notices)
      if (!before.has(notice)) made.push({ kind: notice.kind, at: now, to: notice.to });
  };
  let now = at(first.receivedAt);
  const queue = [...extra].sort(Temporal.Instant.compare);
  for (let rounds = 0; rounds < 400; rounds += 1) {
    const next = nextAttention(state, directory, calendar, reminders, now);
    const [other] = queue;
    const chosen = other && (!next || Temporal.Instant.compare(other, next) < 0) ? queue.shift() : next;
    if (!chosen || Temporal.Instant.compare(chosen, until) > 0) break;
    now = Temporal.Instant.compare(chosen, now) > 0 ? chosen : now;
    wake(now);
  }
  return { made, state };
}

describe('reminders', () => {
  it('come to the experts after one working day, and to the leader a working day later', () => {
    const { made } = live(received('2026-11-23T07:00:00Z'), at('2026-11-27T23:00:00Z'));
    const first = made.filter(({ kind }) => kind === 'untaken');
    expect(first.map(({ to }) => to)).to.have.members(experts);
    expect(new Set(first.map((one) => one.at.toString()))).to.deep.equal(new Set(['2026-11-24T07:00:00Z']));
    const second = made.filter(({ kind }) => kind === 'untakenLeader');
    expect(second.map(({ to, at: when }) => [to, when.toString()])).to.deep.equal([
      [people.maria, '2026-11-25T07:00:00Z'],
    ]);
  });

  it('come after two working hours for an urgent one, and rest over a weekend', () => {
    const friday = received('2026-11-27T13:00:00Z', { urgency: 'atOnce' });
    const [first] = live(friday, at('2026-12-01T23:00:00Z')).made;
    // 15:00 on Friday: one hour is left of it, the other is Monday's first.
    expect(first?.at.toString()).to.equal('2026-11-30T07:00:00Z');
  });

  it('are not all that a case is looked at for: whoever has it may have left its team', () => {
    const now = at('2026-11-23T08:00:00Z');
    const next = (person: PersonId) => {
      const owned = received('2026-11-23T07:00:00Z', { owner: { person, since: toStored(now) }, untakenSince: null });
      return nextAttention(owned, directory, calendar, reminders, now)?.toString();
    };
    expect(next(people.gunilla)).to.equal('2026-11-23T08:00:10Z');
    expect(next(people.niina)).to.equal('2026-11-23T09:00:00Z');
  });

  it('come to the owner alone when a decision is owed after five working days, then to the leader', () => {
    const owned = received('2026-11-23T07:00:00Z', {
      owner: { person: people.niina, since: '2026-11-23T08:00:00.000Z' },
      untakenSince: null,
    });
    const { made } = live(owned, at('2026-12-04T23:00:00Z'));
    expect(made.map(({ kind, to, at: when }) => [kind, to, when.toString()])).to.deep.equal([
      ['undecided', people.niina, '2026-11-30T07:00:00Z'],
      ['undecidedLeader', people.maria, '2026-12-01T07:00:00Z'],
    ]);
  });

  it('rest on Finnish holidays', () => {
    const beforeChristmas = received('2026-12-23T09:00:00Z');
    const [first] = live(beforeChristmas, at('2027-01-10T00:00:00Z')).made;
    expect(first?.at.toString()).to.equal('2026-12-28T09:00:00Z');
  });

  const moment = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => monday.add({ minutes }));
  const urgency = fc.constantFrom('normal' as const, 'soon' as const, 'atOnce' as const);

  it('come once each, never before they are due and never outside working hours, whenever the case is looked at', () => {
    fc.assert(
      fc.property(moment, urgency, fc.array(moment, { maxLength: 12 }), (start, how, looks) => {
        const first = received(start.toString(), { urgency: how });
        const extra = looks.filter((look) => Temporal.Instant.compare(look, start) >= 0);
        const { made } = live(first, start.add({ hours: 24 * 21 }), extra);
        const names = made.map(({ kind, to }) => `${kind} ${to}`);
        expect(new Set(names).size, 'once').to.equal(names.length);
        expect(new Set(made.map(({ kind }) => kind)), 'all of them').to.deep.equal(
          new Set(['untaken', 'untakenLeader', 'undecided', 'undecidedLeader']),
        );
        const due = new Map(
          remindersOf(first, directory, calendar, reminders).map(({ kind, dueAt }) => [kind as string, dueAt]),
        );
        for (const { kind, at: when } of made) {
          expect(Temporal.Instant.compare(when, due.get(kind) ?? when), 'not before').to.be.at.least(0);
          expect(nextWorkingMoment(when, calendar).equals(when), `${when} is working time`).to.equal(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('wait for the morning when the bot was not running while they fell due', () => {
    const first = received('2026-11-23T07:00:00Z');
    const night = at('2026-11-24T20:00:00Z');
    expect(remind(first, directory, calendar, reminders, night)).to.equal(first.delivery);
    expect(nextAttention(first, directory, calendar, reminders, night)?.toString()).to.equal('2026-11-25T06:00:00Z');
    expect(kinds(reminded(first, at('2026-11-25T06:00:00Z')))).to.deep.equal(['untaken']);
  });

  it('never come for what is taken or decided', () => {
    const late = at('2026-11-24T07:00:00Z');
    const owner = { person: people.petri, since: '2026-11-23T08:00:00.000Z' };
    expect(
      told(
        remind(received('2026-11-23T07:00:00Z', { owner, untakenSince: null }), directory, calendar, reminders, late),
      ),
    ).to.deep.equal([]);
    const decided = received('2026-11-23T07:00:00Z', { decision: decision() });
    expect(remindersOf(decided, directory, calendar, reminders)).to.deep.equal([]);
    expect(nextAttention(decided, directory, calendar, reminders, late)).to.equal(null);
    expect(remind(decided, directory, calendar, reminders, at('2026-12-18T10:00:00Z'))).to.equal(decided.delivery);
  });

  it('of what is undecided are not for those who do not have the case any more', () => {
    const owner = { person: people.petri, since: '2026-11-23T08:00:00.000Z' };
    const mine = { ...received('2026-11-23T07:00:00Z'), owner, untakenSince: null };
    const due = reminded(mine, at('2026-11-30T07:00:00Z'));
    const [notice, ...others] = due.delivery.notices.filter(({ kind }) => kind === 'undecided');
    if (!notice) throw new Error('Its owner is reminded.');
    expect(others).to.be.empty;
    expect(isOvertaken(due, notice)).to.equal(false);
    expect(isOvertaken({ ...due, owner: { ...owner, person: people.niina } }, notice)).to.equal(true);
  });

  it('that could not be sent yet are dropped once the case is taken or decided, others stay', () => {
    const due = reminded(received('2026-11-23T07:00:00Z'), at('2026-11-24T07:00:00Z'));
    const notices = due.delivery.notices;
    expect(notices).to.have.length(5);
    const owner = { person: people.petri, since: '2026-11-24T08:00:00.000Z' };
    for (const notice of notices) {
      expect(isOvertaken(due, notice)).to.equal(false);
      expect(isOvertaken({ ...due, owner, untakenSince: null }, notice)).to.equal(true);
      expect(isOvertaken({ ...due, decision: decision() }, notice)).to.equal(true);
      // Given back: the waiting begins anew.
      expect(isOvertaken({ ...due, untakenSince: '2026-11-24T09:00:00.000Z' }, notice)).to.equal(true);
    }
    expect(
      isOvertaken({ ...due, decision: decision() }, { key: 'x', to: people.maria, kind: 'unplaced', at: '' }),
    ).to.equal(false);
  });

  it('are not confused with what a colleague asks or gives, which is told with their name while it is so', () => {
    const since = '2026-11-24T08:00:00.000Z';
    const state = received('2026-11-23T07:00:00Z', {
      asked: [{ person: people.niina, by: people.petri, at: since }],
      owner: { person: people.jonas, by: people.maria, since },
      untakenSince: null,
    });
    const asked = { key: 'a', to: people.niina, kind: 'asked', at: since };
    const assigned = { key: 'b', to: people.jonas, kind: 'assigned', at: since };
    expect([asked, assigned].map((notice) => senderOf(state, notice))).to.deep.equal([people.petri, people.maria]);
    expect([asked, assigned].map((notice) => isOvertaken(state, notice))).to.deep.equal([false, false]);
    // Opened again nobody is asked any more; and who gave it back and took it has it from nobody.
    const later = { ...state, asked: [], owner: { person: people.jonas, since } };
    expect([asked, assigned].map((notice) => isOvertaken(later, notice))).to.deep.equal([true, true]);
    expect(isOvertaken({ ...state, owner: null }, assigned)).to.equal(true);
    // Nobody is asked for what is decided, or for what they have said since.
    const decided = { ...state, decision: decision() };
    expect([asked, assigned].map((notice) => isOvertaken(decided, notice))).to.deep.equal([true, true]);
    const said = (at: string) => ({ ...state, assessments: [assessment('niina', 'health', { at })] });
    expect(isOvertaken(said('2026-11-24T07:59:59.000Z'), asked)).to.equal(false);
    expect(isOvertaken(said('2026-11-24T08:00:01.000Z'), asked)).to.equal(true);
  });

  it('keep from nobody that they are asked, whoever else has assessed, or given a case that they have assessed before', () => {
    const since = '2026-11-24T08:00:00.000Z';
    const after = '2026-11-24T08:00:01.000Z';
    const state = received('2026-11-23T07:00:00Z', {
      asked: [{ person: people.niina, by: people.petri, at: since }],
      owner: { person: people.jonas, by: people.maria, since },
      untakenSince: null,
      assessments: [assessment('sofia', 'social', { at: after }), assessment('jonas', 'youth', { at: after })],
    });
    const asked = { key: 'a', to: people.niina, kind: 'asked', at: since };
    const assigned = { key: 'b', to: people.jonas, kind: 'assigned', at: since };
    expect([asked, assigned].map((notice) => isOvertaken(state, notice))).to.deep.equal([false, false]);
  });

  it('begin anew when a case is given back, and only then', () => {
    const due = reminded(received('2026-11-23T07:00:00Z'), at('2026-11-24T07:00:00Z'));
    expect(reminded(due, at('2026-11-24T08:00:00Z')).delivery).to.equal(due.delivery);
    const given: Referral = {
      ...due,
      untakenSince: '2026-11-24T09:00:00.000Z',
      delivery: { ...due.delivery, notices: [] },
    };
    expect(kinds(reminded(given, at('2026-11-25T09:00:00Z')))).to.deep.equal(['untaken']);
  });

  it('do not reach somebody who joined the team after they were sent', () => {
    const due = reminded(received('2026-11-23T07:00:00Z'), at('2026-11-24T07:00:00Z'));
    const larger = {
      ...directory,
      members: directory.members.map((m) => (m.person === people.gunilla ? { ...m, body: due.team } : m)),
    };
    expect(remind(due, larger, calendar, reminders, at('2026-11-24T08:00:00Z'))).to.equal(due.delivery);
  });

  it('come once in a case that was given back a hundred times', () => {
    let state = reminded(received('2026-11-23T07:00:00Z'), at('2026-11-30T07:00:00Z'));
    const before = state.delivery.notices.filter(({ kind }) => kind === 'undecided').length;
    let now = at('2026-11-30T07:00:00Z');
    for (let times = 0; times < 100; times += 1) {
      state = { ...state, untakenSince: toStored(now) };
      now = nextAttention(state, directory, calendar, reminders, now) ?? now;
      state = reminded(state, now);
    }
    expect(state.delivery.notices.filter(({ kind }) => kind === 'undecided')).to.have.length(before);
  });

  it('leave the case at rest until the next of them, or until its waiting is counted anew', () => {
    const first = received('2026-11-23T07:00:00Z');
    expect(isUnsettled(first.delivery, at('2026-11-23T07:00:01Z'))).to.equal(false);
    expect(nextAttention(first, directory, calendar, reminders, at('2026-11-23T07:00:01Z'))?.toString()).to.equal(
      '2026-11-23T08:00:00Z',
    );
    expect(nextAttention(first, directory, calendar, reminders, at('2026-11-24T06:00:00Z'))?.toString()).to.equal(
      '2026-11-24T07:00:00Z',
    );
  });
});
