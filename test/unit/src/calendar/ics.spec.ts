import { expect } from 'chai';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarFile } from '../../../../src/calendar/ics.ts';
import type { CalendarEvent } from '../../../../src/calendar/model.ts';
import type { Repeat } from '../../../../src/meetings/model.ts';
import { eventsOf } from '../../../../src/meetings/telling/events.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { calendar, exampleDirectory, monday, people } from '../../../support/builders.ts';
import { meeting } from '../../../support/meetings.ts';

const sv = textsFor('sv');

function event(over: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: 'c0000000-0000-4000-8000-000000000001-1@ankarbot',
    sequence: 3,
    stamp: monday,
    begins: Temporal.Instant.from('2026-11-26T11:00:00Z'),
    ends: Temporal.Instant.from('2026-11-26T12:30:00Z'),
    title: 'Ankarmöte',
    place: null,
    cancelled: false,
    ...over,
  };
}

/** By the rules of RFC 5545 as another library has them. */
function read(file: string): ICAL.Event[] {
  const whole = new ICAL.Component(ICAL.parse(file));
  for (const name of ['version', 'prodid']) expect(whole.getAllProperties(name), name).to.have.lengthOf(1);
  return whole.getAllSubcomponents('vevent').map((part) => {
    for (const name of ['uid', 'dtstamp', 'dtstart']) expect(part.getAllProperties(name), name).to.have.lengthOf(1);
    return new ICAL.Event(part, { strictExceptions: true });
  });
}

const momentOf = (time: ICAL.Time): string =>
  Temporal.Instant.fromEpochMilliseconds(time.toJSDate().getTime()).toString();

const repeated = (start: string, repeat: Partial<Repeat>) =>
  meeting({
    plan: {
      one: { start, minutes: 60 },
      repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 4 }, holidays: 'skip', ...repeat },
    },
  });

const scene = {
  texts: sv,
  directory: exampleDirectory(),
  calendar,
  detail: 'all',
  now: Temporal.Instant.from('2026-10-19T00:00:00Z'),
} as const;

describe('a calendar file', () => {
  it('is an event for each holding, with its name, number and moments, as another library reads it', () => {
    const [found] = read(calendarFile([event()], sv));
    expect(found?.uid).to.equal(event().uid);
    expect(found?.sequence).to.equal(3);
    expect(found && momentOf(found.startDate)).to.equal('2026-11-26T11:00:00Z');
    expect(found && momentOf(found.endDate)).to.equal('2026-11-26T12:30:00Z');
    expect(String(found?.component.getFirstPropertyValue('dtstamp'))).to.equal('2026-11-23T07:00:00Z');
    expect(String(found?.component.getFirstPropertyValue('status'))).to.equal('CONFIRMED');
    const [off] = read(calendarFile([event({ cancelled: true })], sv));
    expect(String(off?.component.getFirstPropertyValue('status'))).to.equal('CANCELLED');
  });

  it('is whole without a single meeting', () => {
    expect(read(calendarFile([], sv))).to.deep.equal([]);
  });

  it('asks calendars to look again every hour, and is called by its name in the reader’s language', () => {
    const file = calendarFile([], textsFor('fi'));
    expect(file).to.include('REFRESH-INTERVAL;VALUE=DURATION:PT1H').and.include('X-PUBLISHED-TTL:PT1H');
    expect(file).to.include('X-WR-CALNAME:Ankkurikokoukset').and.include('METHOD:PUBLISH');
  });

  it('has lines of at most 75 bytes that end as they should, and gives back what people wrote, whatever that is', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
          .filter((one) => !/[\p{Cc}\u2028\u2029]/u.test(one)),
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 300 })
          .filter((one) => !/[\p{Cc}\u2028\u2029]/u.test(one)),
        (title, place) => {
          const file = calendarFile([event({ title, place })], sv);
          for (const line of file.split('\r\n')) {
            expect(line).to.not.match(/[\r\n]/);
            expect(Buffer.byteLength(line)).to.be.at.most(75);
          }
          const [found] = read(file);
          expect(found?.summary).to.equal(title);
          expect(found?.location).to.equal(place);
        },
      ),
    );
  });

  it('can be led by nothing that somebody wrote to hold more than it should', () => {
    const title = 'x\r\nATTENDEE:mailto:a@b.fi\nEND:VEVENT\nBEGIN:VALARM;;,\\n"';
    const file = calendarFile([event({ title, place: title })], sv);
    const [found, ...more] = read(file);
    expect(more).to.deep.equal([]);
    expect(found?.component.getAllProperties('attendee')).to.deep.equal([]);
    expect(found?.component.getAllSubcomponents()).to.deep.equal([]);
    expect(file).to.not.match(/^(?:ATTENDEE|BEGIN:VALARM)/m);
  });

  it('begins at the same time of the clock before and after it changes, in autumn and in spring', () => {
    const moments = (start: string): string[] =>
      read(calendarFile(eventsOf(repeated(start, { end: { count: 3 } }), people.petri, scene), sv)).map(
        ({ startDate }) => momentOf(startDate),
      );
    // Clocks go back on 25 October 2026 and forward on 28 March 2027.
    expect(moments('2026-10-20T09:00')).to.deep.equal([
      '2026-10-20T06:00:00Z',
      '2026-10-27T07:00:00Z',
      '2026-11-03T07:00:00Z',
    ]);
    expect(moments('2027-03-23T09:00')).to.deep.equal([
      '2027-03-23T07:00:00Z',
      '2027-03-30T06:00:00Z',
      '2027-04-06T06:00:00Z',
    ]);
  });

  it('lasts as long as the meeting when the clocks change in the midst of it', () => {
    const night = meeting({ plan: { one: { start: '2026-10-25T02:30', minutes: 120 }, repeat: null } });
    const [found] = read(calendarFile(eventsOf(night, people.petri, scene), sv));
    expect(found && momentOf(found.startDate)).to.equal('2026-10-24T23:30:00Z');
    expect(found && momentOf(found.endDate)).to.equal('2026-10-25T01:30:00Z');
  });

  it('has no holding on a holiday that is skipped, and one on the day to which it is moved, under its own number', () => {
    const of = (holidays: Repeat['holidays']) =>
      read(
        calendarFile(eventsOf(repeated('2026-12-18T09:00', { holidays, end: { count: 3 } }), people.petri, scene), sv),
      ).map(({ uid, startDate }) => `${uid.slice(36)} ${momentOf(startDate).slice(0, 10)}`);
    // Christmas Day 2026 and New Year's Day 2027 are Fridays.
    expect(of('skip')).to.deep.equal(['-1@ankarbot 2026-12-18']);
    expect(of('before')).to.deep.equal(['-1@ankarbot 2026-12-18', '-2@ankarbot 2026-12-23', '-3@ankarbot 2026-12-31']);
    expect(of('keep')).to.have.lengthOf(3);
  });
});
