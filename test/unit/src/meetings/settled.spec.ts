import { expect } from 'chai';
import type { Notice, Placement } from '../../../../src/delivery/model.ts';
import { decide } from '../../../../src/meetings/decide.ts';
import { limits, type Meeting, type Repeat } from '../../../../src/meetings/model.ts';
import { occurrencesOf } from '../../../../src/meetings/repeat.ts';
import { withoutSettled } from '../../../../src/meetings/settled.ts';
import { broughtTo, nextMoment } from '../../../../src/meetings/telling/reminders.ts';
import { requireSchedule, withSchedule } from '../../../../src/meetings/transition.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import { conversationId, personId } from '../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, played, sceneOf, thursday } from '../../../support/meetings.ts';

const weekly: Repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' };
const [first, second] = ['2026-11-26', '2026-12-03'];
const answered = played(
  meeting({ plan: { one: thursday, repeat: weekly } }),
  ['petri', { do: 'reply', on: first, coming: 'no' }],
  ['petri', { do: 'reply', on: second, coming: 'yes' }],
);
/** The moment at which the first is over. */
const over = Temporal.Instant.from('2026-11-26T12:00:00Z');
const weekLater = over.add({ hours: 7 * 24 });
const record = { do: 'record', on: first, came: [people.petri, people.jonas] } as const;
const recorded = played(answered, ['maria', record, over]);
/** Somebody presses something about another holding. */
const pressed = (state: Meeting, now: Temporal.Instant): Meeting =>
  decide(state, { do: 'reply', on: '2026-12-10', coming: 'yes' }, sceneOf('sofia', now));

describe('a holding that was over a week ago', () => {
  it('keeps how many came and nothing else of what was said of it, and the others keep it all', () => {
    const before = requireSchedule(pressed(recorded, weekLater.subtract({ seconds: 1 })));
    expect(before.came).to.deep.equal({ [first]: [people.jonas, people.petri].sort() });
    expect(before.replies).to.have.keys(first, second, '2026-12-10');
    const after = requireSchedule(pressed(recorded, weekLater));
    expect(after.came).to.deep.equal({ [first]: 2 });
    expect(after.replies).to.have.keys(second, '2026-12-10');
  });

  it('keeps no name of those who came though nobody had answered, and those of who came to another', () => {
    const silent = meeting({ plan: { one: thursday, repeat: weekly } });
    const now = Temporal.Instant.from('2026-12-03T12:00:00Z');
    const both = played(
      silent,
      ['maria', record, over],
      ['maria', { do: 'record', on: second, came: [people.sofia] }, now],
    );
    expect(requireSchedule(both).came).to.deep.equal({ [first]: 2, [second]: [people.sofia] });
    const one = played(silent, ['maria', record, over]);
    const settled = withoutSettled(one, { calendar, now: weekLater });
    expect(requireSchedule(settled).came).to.deep.equal({ [first]: 2 });
    expect(withoutSettled(settled, { calendar, now: weekLater }), 'nothing is left to let go').to.equal(settled);
  });

  it('keeps no name of a substitute who was called to it, and those who were called to another', () => {
    const call = (on: string) => ({ on, substitute: people.jonas, start: `${on}T13:00`, at: toStored(monday) });
    const quiet = meeting({ plan: { one: thursday, repeat: weekly } });
    const called: Meeting = { ...quiet, calls: [call(first), call(second)] };
    const settled = withoutSettled(called, { calendar, now: weekLater });
    expect(settled.calls?.map(({ on }) => on)).to.deep.equal([second]);
    const done = { ...called, over: true };
    expect(withoutSettled(done, { calendar, now: weekLater }).calls).to.equal(undefined);
  });

  it('is reckoned from when it was held, whatever day it was to be on', () => {
    const slot = { start: '2026-12-08T13:00', minutes: 60 };
    const moved = played(answered, ['maria', { do: 'change', on: first, changes: { slot } }]);
    const said = played(moved, ['jonas', { do: 'reply', on: first, coming: 'no' }]);
    expect(requireSchedule(pressed(said, weekLater)).replies).to.include.keys(first);
  });

  it('is recorded late and corrected within a week, then it keeps how many came; pressed twice changes nothing', () => {
    const late = played(answered, ['maria', record, weekLater]);
    const names = [people.jonas, people.petri].sort();
    expect(requireSchedule(late).came).to.deep.equal({ [first]: names });
    expect(decide(late, record, sceneOf('maria', weekLater))).to.equal(late);
    expect(decide(recorded, record, sceneOf('maria', over))).to.equal(recorded);
    const [soon, end] = [weekLater.add({ hours: 6 * 24 }), weekLater.add({ hours: 7 * 24 })];
    const corrected = played(late, ['maria', { ...record, came: [people.petri] }, soon]);
    expect(requireSchedule(corrected).came).to.deep.equal({ [first]: [people.petri] });
    const gone = withoutSettled(corrected, { calendar, now: end });
    expect(requireSchedule(gone).came, 'a week after it was first recorded').to.deep.equal({ [first]: 1 });
    expect(refusal(() => decide(gone, { ...record, came: [] }, sceneOf('maria', end)))).to.equal('meeting.settled');
  });

  it('keeps the names of one alone that was recorded late, the last, however many are', () => {
    const now = Temporal.Instant.from('2026-12-20T09:00:00Z');
    const both = played(answered, ['maria', record, now], ['maria', { ...record, on: second }, now]);
    expect(requireSchedule(both).came).to.deep.equal({ [first]: 2, [second]: [people.jonas, people.petri].sort() });
  });

  it('loses the names of what was recorded late by itself, though all is over', () => {
    const policy = { reminders: { dayBefore: true, hourBefore: true, where: 'private' } } as const;
    const timing = { directory: exampleDirectory(), calendar, policy };
    const now = Temporal.Instant.from('2026-12-20T09:00:00Z');
    const all = broughtTo(answered, now, timing);
    expect(all.over).to.equal(true);
    const late = played(all, ['maria', record, now]);
    const next = nextMoment(late, timing);
    expect(next?.toString()).to.equal(now.add({ hours: 7 * 24 }).toString());
    const gone = broughtTo(late, next ?? now, timing);
    expect(requireSchedule(gone).came).to.deep.equal({ [first]: 2 });
    expect(nextMoment(gone, timing)).to.equal(null);
  });
});

describe('the document of a weekly meeting of two years, as many as can be invited', () => {
  const uuid = (number: number): string => `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const crowd = Array.from({ length: limits.mostInvited }, (_, index) => personId(uuid(index)));
  const whole = meeting({
    invited: { everyone: true, named: crowd },
    place: { online: true, where: 'x'.repeat(limits.where) },
    plan: { one: thursday, repeat: { ...weekly, end: { count: limits.mostOccurrences } } },
  });
  const cards = crowd.map(
    (to): Placement => ({
      id: `99-${to}`,
      conversation: conversationId(`a:${'x'.repeat(100)}`),
      activityId: '1764144000000',
      shown: 999,
      state: 'live',
      to,
    }),
  );
  const untold = crowd.map(
    (to): Notice => ({ key: `invitation:99:${to}`, to, kind: 'invitation', stays: `99-${to}`, at: monday.toString() }),
  );
  const all = occurrencesOf(requireSchedule(whole), whole.place, calendar);
  const sizeOf = (state: Meeting): number => new TextEncoder().encode(JSON.stringify(state)).length;

  /** Everybody has answered so many, from the first on, and of all that are over by `now` it was recorded that everybody came. */
  function crowded(answeredUpTo: number, now: Temporal.Instant): Meeting {
    const said = Object.fromEntries(
      crowd.map((person) => [person, { coming: 'substitute' as const, at: '2026-11-23T08:00:00.000Z' }]),
    );
    const replies = Object.fromEntries(all.slice(0, answeredUpTo).map(({ on }) => [on, said]));
    const held = all.filter(({ start }) => start < now.toZonedDateTimeISO(whole.zone).toPlainDateTime().toString());
    const came = Object.fromEntries(held.map(({ on }) => [on, crowd]));
    const delivery = { ...whole.delivery, placements: cards, notices: untold };
    return { ...withSchedule(whole, { ...requireSchedule(whole), replies, came }), delivery };
  }

  it('stays below 200 kB when everybody answers the next three and who came is recorded of each', () => {
    for (const done of [1, 50, limits.mostOccurrences - 3]) {
      const { start } = all[done] ?? thursday;
      const now = Temporal.PlainDateTime.from(start).toZonedDateTime(whole.zone).toInstant();
      const next = decide(
        crowded(done + 3, now),
        { do: 'reply', on: all.at(-1)?.on ?? '', coming: 'yes' },
        sceneOf('petri', now),
      );
      expect(sizeOf(next), `after ${done}`).to.be.below(200_000);
    }
  });

  it('fits even when everybody has answered all of them before the first', () => {
    const next = decide(
      crowded(limits.mostOccurrences, monday),
      { do: 'change', on: null, changes: { title: 'Ny' } },
      sceneOf('maria'),
    );
    // Azure Cosmos DB takes two megabytes (https://learn.microsoft.com/azure/cosmos-db/concepts-limits).
    expect(sizeOf(next)).to.be.below(1_900_000);
  });
});
