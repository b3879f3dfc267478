import { expect } from 'chai';
import fc from 'fast-check';
import { type Checklist, intervals, type TemplateItem } from '../../../../src/checklists/model.ts';
import { broughtTo, firstDue, nextDate, nextDue } from '../../../../src/checklists/recurrence.ts';
import { itemsOf, progressOf } from '../../../../src/checklists/standing.ts';
import { envelope, monday } from '../../../support/builders.ts';
import { act, dateAt, itemOf, listOf, played, templateItem } from '../../../support/checklists.ts';

const zone = 'Europe/Helsinki';
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
/** In the morning of the date, when the alarm rings. */
const morning = (text: string): Temporal.Instant =>
  date(text).toZonedDateTime({ timeZone: zone, plainTime: '08:00' }).toInstant();
const later = (state: Checklist, text: string): Checklist => broughtTo(state, morning(text), zone).list;

/** When it is due again, after it was due at `due` and done on `doneOn`. */
function next(over: Partial<TemplateItem>, due: string, doneOn: string): string | undefined {
  const state = listOf(templateItem('one', over));
  return nextDue({ ...itemOf(state, 'one'), due }, date(doneOn))?.toString();
}

describe('what comes again', () => {
  it('is first due after its interval, or at the end of its month', () => {
    const first = (over: Partial<TemplateItem>) =>
      firstDue(templateItem('one', over), date('2026-11-23'))?.toString() ?? null;
    expect(first({})).to.equal(null);
    expect(intervals.map((every) => first({ every }))).to.deep.equal([
      '2026-11-30',
      '2026-12-23',
      '2027-05-23',
      '2027-11-23',
      '2028-11-23',
    ]);
    expect(first({ every: 'year', month: 11 })).to.equal('2026-11-30');
    expect(first({ every: 'year', month: 10 })).to.equal('2027-10-31');
    expect(first({ every: 'halfYear', month: 8 })).to.equal('2027-02-28');
    expect(first({ every: 'twoYears', month: 2 })).to.equal('2027-02-28');
  });

  it('is due an interval later, whether it was done early or late', () => {
    expect(next({ every: 'week' }, '2026-11-27', '2026-11-23')).to.equal('2026-12-04');
    expect(next({ every: 'month' }, '2026-11-15', '2026-11-20')).to.equal('2026-12-15');
    expect(next({ every: 'year' }, '2026-11-15', '2026-01-02')).to.equal('2027-11-15');
  });

  it('does not make up for what was missed', () => {
    expect(next({ every: 'week' }, '2026-09-04', '2026-11-25')).to.equal('2026-11-27');
    expect(next({ every: 'year', month: 3 }, '2024-03-31', '2026-11-25')).to.equal('2027-03-31');
  });

  it('keeps to the end of the month, in leap years too', () => {
    expect(next({ every: 'month' }, '2027-01-31', '2027-01-31')).to.equal('2027-02-28');
    expect(next({ every: 'month' }, '2027-02-28', '2027-02-28')).to.equal('2027-03-31');
    expect(next({ every: 'year', month: 2 }, '2027-02-28', '2027-02-20')).to.equal('2028-02-29');
  });

  it('keeps to its month when the date of one time was moved', () => {
    for (const moved of ['2026-11-30', '2027-01-15', '2026-09-15']) {
      expect(next({ every: 'year', month: 11 }, moved, moved), moved).to.equal('2027-11-30');
      expect(next({ every: 'twoYears', month: 11 }, moved, moved), moved).to.equal('2028-11-30');
    }
    expect(next({ every: 'halfYear', month: 11 }, '2026-12-10', '2026-12-09')).to.equal('2027-05-31');
  });

  it('is always due after the day on which it was done', () => {
    const day = fc.integer({ min: 0, max: 3_000 }).map((days) => date('2024-01-01').add({ days }).toString());
    const month = fc.option(fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(fc.constantFrom(...intervals), month, day, day, (every, one, due, doneOn) => {
        const over = { every, month: every === 'week' || every === 'month' ? null : one };
        const found = next(over, due, doneOn);
        expect(found !== undefined && found > doneOn, `${JSON.stringify(over)} ${due} ${doneOn} ${found}`).to.equal(
          true,
        );
      }),
    );
  });

  it('stays done until two weeks before it is due again, and is then open with a memory of the last time', () => {
    const link = 'https://example.org/';
    const done = played(
      listOf(templateItem('monthly', { every: 'month' })),
      ['petri', { do: 'take', item: 'monthly' }],
      ['petri', { do: 'link', item: 'monthly', link }],
      ['petri', { do: 'done', item: 'monthly' }],
    );
    // Begun on 23 November and done at once: due on 23 December, and then a month later.
    expect(itemOf(done, 'monthly').due).to.equal('2027-01-23');
    expect(nextDate(done, zone)?.toString()).to.equal('2027-01-09');
    expect(later(done, '2027-01-08')).to.equal(done);
    const again = itemOf(later(done, '2027-01-09'), 'monthly');
    expect(again.state.is).to.equal('open');
    expect([again.link, again.history, again.owners.length]).to.deep.equal([null, [], 1]);
    expect(again.before).to.deep.include({ is: 'done', link });
  });

  it('is never open again on the day on which it was done, so that a second press counts nothing', () => {
    const late = morning('2026-12-20');
    const state = listOf(templateItem('weekly', { every: 'week' }));
    const done = act(state, 'petri', { do: 'done', item: 'weekly' }, late).list;
    // Due on 30 November: the next time that is left is the very next day.
    expect(itemOf(done, 'weekly').due).to.equal('2026-12-21');
    expect(itemOf(later(done, '2026-12-20'), 'weekly').state.is).to.equal('done');
    expect(act(done, 'petri', { do: 'done', item: 'weekly' }, late).event).to.equal(null);
    expect(itemOf(later(done, '2026-12-21'), 'weekly').state.is).to.equal('open');
    const checked = played(
      listOf(templateItem('weekly', { every: 'week', approval: true })),
      ['petri', { do: 'link', item: 'weekly', link: 'https://example.org/' }, late],
      ['petri', { do: 'done', item: 'weekly' }, morning('2026-12-17')],
      ['maria', { do: 'approve', item: 'weekly' }, late],
    );
    expect(itemOf(later(checked, '2026-12-20'), 'weekly').state.is, 'approved that day').to.equal('done');
  });

  it('does so as well when it was not applicable this time, and when it had to be approved', () => {
    const not = played(listOf(templateItem('monthly', { every: 'month' })), [
      'petri',
      { do: 'notApplicable', item: 'monthly', reason: envelope() },
    ]);
    expect(itemOf(later(not, '2027-01-09'), 'monthly').state.is).to.equal('open');
    const link = 'https://example.org/';
    const item = templateItem('one', { every: 'year', month: 3, approval: true });
    const approved = played(
      listOf(item),
      ['petri', { do: 'link', item: 'one', link }],
      ['petri', { do: 'done', item: 'one' }],
      ['maria', { do: 'approve', item: 'one' }],
    );
    expect(itemOf(approved, 'one').due).to.equal('2028-03-31');
    const again = later(approved, '2028-02-15');
    expect(itemOf(again, 'one').state.is).to.equal('open');
    // The evidence of the last time is none for this one.
    expect(itemOf(again, 'one').link).to.equal(null);
    const undone = played(approved, ['maria', { do: 'undo', item: 'one', step: 3 }]);
    expect(itemOf(undone, 'one')).to.deep.include({ due: '2027-03-31' });
    expect(itemOf(undone, 'one').state.is).to.equal('waiting');
  });

  it('is drawn anew once when it becomes overdue, and rests when nothing comes', () => {
    const state = played(listOf(templateItem('one')), ['petri', { do: 'setDue', item: 'one', due: '2026-12-01' }]);
    expect(nextDate(state, zone)?.toString()).to.equal('2026-12-02');
    const late = later(state, '2026-12-02');
    expect(late.delivery.revision).to.equal(state.delivery.revision + 1);
    expect(progressOf(itemsOf(late), date('2026-12-02')).overdue).to.equal(1);
    expect(later(late, '2026-12-02')).to.equal(late);
    expect(nextDate(late, zone)).to.equal(null);
    expect(nextDate(listOf(templateItem('one')), zone)).to.equal(null);
    expect(nextDate(played(state, ['maria', { do: 'close' }]), zone)).to.equal(null);
    expect(dateAt(monday).toString()).to.equal('2026-11-23');
  });
});
