import { expect } from 'chai';
import { type Bell, type BellParts, bellDeliverable, nextRing, ringsOn } from '../../../../src/delivery/bell.ts';
import { newDelivery } from '../../../../src/delivery/model.ts';
import { tenantId } from '../../../../src/shared/ids.ts';
import { calendar, monday, unused } from '../../../support/builders.ts';
import { inHelsinki } from '../../../support/shifting-clock.ts';

const bell: Bell = { tenant: tenantId('one'), toldOn: '2026-11-22', delivery: newDelivery(monday) };
const rings = (toldOn: string, local: string): string | null =>
  ringsOn({ toldOn }, inHelsinki(local), calendar)?.toString() ?? null;
const next = (toldOn: string, local: string): string =>
  nextRing({ toldOn }, inHelsinki(local), calendar)
    .toZonedDateTimeISO(calendar.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

describe('the bell of a region', () => {
  it('rings on a working day in working hours, once', () => {
    expect(rings('2026-11-22', '2026-11-23T08:00')).to.equal('2026-11-23');
    expect(rings('2026-11-20', '2026-11-23T15:59'), 'what was missed comes with the next').to.equal('2026-11-23');
    expect(rings('2026-11-23', '2026-11-23T09:00'), 'has rung').to.equal(null);
    expect(rings('2026-11-22', '2026-11-23T07:59'), 'too early').to.equal(null);
    expect(rings('2026-11-20', '2026-11-22T12:00'), 'a Sunday').to.equal(null);
    expect(rings('2026-12-23', '2026-12-25T12:00'), 'Christmas').to.equal(null);
  });

  it('is looked at when it rings next: now, when it is due, or as the next working day begins', () => {
    expect(next('2026-11-22', '2026-11-23T09:30')).to.equal('2026-11-23T09:30');
    expect(next('2026-11-22', '2026-11-23T06:00')).to.equal('2026-11-23T08:00');
    expect(next('2026-11-23', '2026-11-23T09:30')).to.equal('2026-11-24T08:00');
    expect(next('2026-11-27', '2026-11-27T09:30'), 'over the weekend').to.equal('2026-11-30T08:00');
  });

  describe('when it is rung', () => {
    const days: string[] = [];
    const parts = (now: Temporal.Instant): BellParts<Bell & { said?: string }> => ({
      kind: 'bell',
      bells: unused('bells'),
      calendarOf: () => calendar,
      now: () => now,
      async look(_bell, today) {
        days.push(today.toString());
        return (stored) => ({ ...stored, said: today.toString() });
      },
      noticeMessage: () => null,
    });
    const ring = (now: Temporal.Instant) => bellDeliverable(parts(now)).chores(bell).ring;

    it('looks at its region as of today, and remembers that it has', async () => {
      const done = await ring(monday)?.();
      expect(days).to.deep.equal(['2026-11-23']);
      expect(done?.(bell)).to.deep.equal({ ...bell, toldOn: '2026-11-23', said: '2026-11-23' });
      expect(ring(inHelsinki('2026-11-23T05:00'))).to.equal(null);
    });

    it('tells nothing twice when another process was faster', async () => {
      const done = await ring(monday)?.();
      for (const toldOn of ['2026-11-23', '2026-11-24']) {
        const theirs = { ...bell, toldOn };
        expect(done?.(theirs)).to.equal(theirs);
      }
    });
  });
});
