import { expect } from 'chai';
import type { Referral } from '../../../../src/referrals/model.ts';
import { nextCount, waitedText } from '../../../../src/referrals/waiting.ts';
import { toStored } from '../../../../src/shared/clock.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { createFinnishCalendar } from '../../../../src/shared/working-time.ts';
import { calendar, decision, referral } from '../../../support/builders.ts';

/** A local time in Helsinki; work is from 8 to 16. */
const at = (local: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Helsinki').toInstant();
const local = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO('Europe/Helsinki').toPlainDateTime().toString({ smallestUnit: 'minute' });
const received = (when: string): Referral =>
  referral({ receivedAt: toStored(at(when)), undecidedSince: toStored(at(when)) });
const sv = textsFor('sv');

describe('how long a case has waited', () => {
  const said = (state: Referral, now: string): string => waitedText(state, { texts: sv, calendar, now: at(now) });

  it('is said in working hours from the first full one on, and in working days from the first full one on', () => {
    // A Monday.
    const state = received('2026-11-23T10:00');
    const table = [
      ['2026-11-23T10:59', ''],
      ['2026-11-23T11:00', sv('referral.waitedHours', { count: 1 })],
      ['2026-11-23T12:59', sv('referral.waitedHours', { count: 2 })],
      ['2026-11-23T23:00', sv('referral.waitedHours', { count: 6 })],
      ['2026-11-24T09:59', sv('referral.waitedHours', { count: 7 })],
      ['2026-11-24T10:00', sv('referral.waited', { count: 1 })],
    ] as const;
    for (const [now, text] of table) expect(said(state, now), now).to.equal(text);
  });

  it('is not said of a night or a weekend in which nobody works', () => {
    expect(said(received('2026-11-27T16:00'), '2026-11-30T08:59')).to.equal('');
  });

  it('begins anew when the case is reopened', () => {
    const state = { ...received('2026-11-02T08:00'), undecidedSince: toStored(at('2026-11-23T08:00')) };
    expect(said(state, '2026-11-23T08:30')).to.equal('');
    expect(said(state, '2026-11-24T08:00')).to.equal(sv('referral.waited', { count: 1 }));
  });

  it('is not said any more once the case is decided', () => {
    expect(said({ ...received('2026-11-23T08:00'), decision: decision() }, '2026-11-25T12:00')).to.equal('');
  });

  it('has a singular and a plural in every language', () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const [one, two] = [1, 2].map((count) => texts('referral.waitedHours', { count }));
      expect(one, language).to.include('1');
      expect(two?.replace('2', '1'), language).to.not.equal(one);
    }
  });
});

describe('the card of a case', () => {
  /** All moments at which it is drawn anew, up to the end of the third day. */
  function moments(state: Referral, until: string, days = calendar): string[] {
    const found: string[] = [];
    let now = Temporal.Instant.from(state.undecidedSince);
    for (;;) {
      now = nextCount(state, days, now);
      if (Temporal.Instant.compare(now, at(until)) > 0) return found;
      found.push(local(now));
    }
  }

  it('counts its waiting anew every working hour of its first working day, and then every morning', () => {
    // From a Friday over the weekend.
    expect(moments(received('2026-11-27T13:30'), '2026-12-02T12:00')).to.deep.equal([
      '2026-11-27T14:30',
      '2026-11-27T15:30',
      '2026-11-30T08:30',
      '2026-11-30T09:30',
      '2026-11-30T10:30',
      '2026-11-30T11:30',
      '2026-11-30T12:30',
      '2026-11-30T13:30',
      '2026-12-01T08:00',
      '2026-12-02T08:00',
    ]);
  });

  it('says that the first day is full when it is, also where a working day is no whole number of hours', () => {
    const short = createFinnishCalendar({ start: '08:00', end: '15:15' });
    expect(moments(received('2026-11-23T08:00'), '2026-11-24T12:00', short).slice(-2)).to.deep.equal([
      '2026-11-23T15:15',
      '2026-11-24T08:00',
    ]);
  });
});
