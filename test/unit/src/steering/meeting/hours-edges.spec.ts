import { expect } from 'chai';
import { AppError } from '../../../../../src/shared/errors.ts';
import { beginSaid, hoursSaid, likelyBegin, likelyEnd } from '../../../../../src/steering/meeting/hours.ts';
import type { Proceedings, Sitting } from '../../../../../src/steering/model.ts';
import { agenda, holding, region } from '../../../../support/agendas.ts';
import { refusal } from '../../../../support/builders.ts';

const { timeZone } = region.policy;
const at = (words: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(words).toZonedDateTime(timeZone).toInstant();
const when = (words: string) => ({ now: at(words), directory: region });
/** To the minute. */
const wall = (instant: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const planned = (begins: string, ends: string) =>
  agenda({}, holding({ begins: at(begins).toString(), ends: at(ends).toString() }));
/** The same, begun at that instant. */
function begun(sitting: Sitting, began: Temporal.Instant): Sitting & { proceedings: Proceedings } {
  const opened = { by: sitting.begun.by, at: began.toString() };
  const none = { closed: null, seats: [], chairs: [], secretary: null, presence: [], records: {} };
  return { ...sitting, proceedings: { opened, began: opened.at, ...none } };
}
/** On Thursday 17 December from 13 to 14. */
const usual = planned('2026-12-17T13:00', '2026-12-17T14:00');
const open = begun(usual, at('2026-12-17T13:00'));

type Begun = typeof open;
const hours = (of: Begun, began: string | null, ended: string | null, now: string): string[] => {
  const said = hoursSaid(of, { began, ended }, when(now));
  return [wall(said.began), wall(said.ended)];
};

describe('the hours of a meeting, to the minute', () => {
  it('begin two hours before its time at the earliest', () => {
    expect(refusal(() => beginSaid(usual, '11:00', when('2026-12-17T13:20')))).to.equal(null);
    expect(refusal(() => beginSaid(usual, '10:59', when('2026-12-17T13:20')))).to.equal('sitting.beginsEarly');
  });

  it('begin when it is opened, up to a quarter of an hour after its time', () => {
    expect(likelyBegin(usual, at('2026-12-17T13:15'))).to.deep.equal(at('2026-12-17T13:15'));
    expect(likelyBegin(usual, at('2026-12-17T13:16'))).to.deep.equal(at('2026-12-17T13:00'));
  });

  it('end after the beginning that is said, not after the one that was known', () => {
    expect(hours(open, '12:40', '12:50', '2026-12-17T14:00')).to.deep.equal(['2026-12-17T12:40', '2026-12-17T12:50']);
  });

  it('are no more than twelve, from the beginning that is said', () => {
    const noon = begun(planned('2026-12-17T12:00', '2026-12-17T13:00'), at('2026-12-17T12:00'));
    expect(refusal(() => hours(noon, '10:30', '23:00', '2026-12-18T08:00'))).to.equal('sitting.endsFirst');
    expect(refusal(() => hours(noon, '10:30', '22:30', '2026-12-18T08:00'))).to.equal(null);
  });

  it('end now, and not ahead, after a midnight that comes before the time at which it was to end', () => {
    const night = begun(planned('2026-12-17T23:30', '2026-12-18T00:30'), at('2026-12-17T23:30'));
    const now = '2026-12-18T00:10';
    expect(likelyEnd(night, when(now))).to.deep.equal(at(now));
    expect(hours(night, null, null, now)[1]).to.equal(now);
  });

  it('end in the second of two equal hours where they began in that', () => {
    const autumn = begun(planned('2026-10-25T03:30', '2026-10-25T05:30'), Temporal.Instant.from('2026-10-25T01:40Z'));
    const { ended } = hoursSaid(autumn, { began: null, ended: '03:50' }, when('2026-10-25T06:00'));
    expect(ended).to.equal('2026-10-25T01:50:00.000Z');
  });

  it('say before which beginning an end would be: the one that is said with it', () => {
    const told = (): unknown => {
      try {
        return hours(open, '13:10', '13:05', '2026-12-18T14:00');
      } catch (error) {
        return error instanceof AppError ? [error.code, error.params] : error;
      }
    };
    expect(told()).to.deep.equal(['sitting.endsFirst', { time: '13:10' }]);
  });
});
