import { expect } from 'chai';
import fc from 'fast-check';
import { loadMeetingWords, type MeetingWords } from '../../../../../bot/handlers/meeting-words.ts';
import { languages } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { calendar, exampleDirectory, people } from '../../../../support/builders.ts';

const now = Temporal.Instant.from('2026-11-25T08:00:00Z');
const directory = exampleDirectory();
const wordsIn = (language: (typeof languages)[number]): Promise<MeetingWords> =>
  loadMeetingWords({ texts: textsFor(language), directory, calendar, now, placement: null });

describe('what the form of a meeting is filled in with', () => {
  it('is what was said, each at its field', async () => {
    const { said } = await wordsIn('sv');
    expect(said('möte varje torsdag 14.30 1 h teamet online Ärendegenomgång 10 gånger', people.maria)).to.deep.equal({
      mode: 'one',
      unrepeatable: null,
      lastFrom: null,
      noSuchDay: null,
      noSuchHour: null,
      likelyDay: null,
      who: { body: null, group: 'team', named: [], unknown: [], all: false },
      values: {
        date: '2026-11-26',
        time: '14:30',
        length: '1 h',
        title: 'Ärendegenomgång',
        online: 'yes',
        repeat: 'week/1',
        ends: '10 gånger',
      },
    });
    expect(said('möte', people.maria).values).to.deep.equal({});
  });

  it('reads "PM" in what is typed as its reader does: in English as a part of the hour, in the other two as a memo', async () => {
    for (const language of languages) {
      const { read, reworded } = await wordsIn(language);
      const { times, rest } = read.times('26.11. 9 PM');
      const isHour = language === 'en';
      expect([`${times[0]?.time}`.slice(0, 5), rest], language).to.deep.equal(isHour ? ['21:00', ''] : ['09:00', 'PM']);
      expect(read.moment('26.11. 9 PM').rest === '', language).to.equal(isHour);
      expect(reworded({ times: '26.11. 9 PM' }).times === '26.11. 9 PM', language).to.equal(!isHour);
    }
  });

  it('has until when a poll is to be answered at its own field, and there what has still to be put right', async () => {
    for (const [language, text, deadline] of [
      ['sv', 'möte förslag tors 9, fre 9 svara senast torsdag kl 8', 'tors 26 nov kl. 08.00'],
      ['sv', 'möte förslag tors 9, fre 9 svara före torsdag', 'före torsdag'],
      ['fi', 'kokous ehdotus to 9, pe 9 vastaukset 30.2. mennessä', '30.2.'],
      ['en', 'meeting poll Thu 9, Fri 9 by Thursday', 'Thu 26 Nov'],
    ] as const) {
      const { values } = (await wordsIn(language)).said(text, people.maria);
      expect(values.deadline, text).to.equal(deadline);
      expect(values.times?.split('\n'), text).to.have.length(2);
    }
  });

  it('has whoever plans among the people when only people were named, and not when the body is invited', async () => {
    const { said } = await wordsIn('sv');
    const alone = said('möte med Kaisa torsdag 9', people.maria).values;
    expect(alone).to.include({ everyone: 'named', named: [people.maria, people.kaisa].join() });
    const beside = said('möte med teamet och Kaisa torsdag 9', people.maria).values;
    expect(beside).to.include({ named: people.kaisa }).and.not.have.property('everyone');
  });

  for (const language of languages) {
    it(`is read again as it is written in ${language}: times, lengths, deadlines and ends`, async () => {
      const { reworded, read } = await wordsIn(language);
      const minute = fc
        .integer({ min: 1, max: 700 * 24 * 60 })
        .map((minutes) => now.toZonedDateTimeISO('Europe/Helsinki').add({ minutes }).toPlainDateTime());
      fc.assert(
        fc.property(
          minute,
          fc.integer({ min: 5, max: 720 }),
          fc.integer({ min: 1, max: 106 }),
          (when, minutes, count) => {
            const written = reworded({
              times: `${when.toPlainDate()} ${when.toPlainTime().toString({ smallestUnit: 'minute' })} ${minutes} min`,
              deadline: `${when.toPlainDate()} ${when.toPlainTime().toString({ smallestUnit: 'minute' })}`,
              length: `${minutes} min`,
              ends: `${count}`,
            });
            const [first] = read.times(written.times ?? '').times;
            const said = `${first?.date}T${first?.time?.toString({ smallestUnit: 'minute' })}`;
            expect([said, first?.minutes, read.times(written.times ?? '').rest], written.times).to.deep.equal([
              when.toString({ smallestUnit: 'minute' }),
              minutes,
              '',
            ]);
            const { date, time, rest } = read.moment(written.deadline ?? '');
            expect([`${date}`, time?.toString({ smallestUnit: 'minute' }), rest], written.deadline).to.deep.equal([
              when.toPlainDate().toString(),
              when.toPlainTime().toString({ smallestUnit: 'minute' }),
              '',
            ]);
            expect(read.length(written.length ?? ''), written.length).to.equal(minutes);
            expect(read.end(written.ends ?? ''), written.ends).to.deep.equal({ count });
            // Written once more it stays as it is.
            expect(reworded(written)).to.deep.equal(written);
          },
        ),
        { numRuns: 200 },
      );
      const day = reworded({ ends: '31.5.2027' }).ends ?? '';
      expect(read.end(day), day).to.deep.equal({ until: '2027-05-31' });
    });
  }

  for (const language of languages) {
    it(`has an hour that does not exist, and what is past, as it was said, also in ${language}`, async () => {
      const { said, read, reworded } = await wordsIn(language);
      const { times = '' } = said('möte förslag 28.3.2027 kl 03.30, igår kl 9, 3.12.2025 kl 10', people.maria).values;
      const lines = times.split('\n').map((line) => {
        const { times: found, rest } = read.times(line);
        return [...found.map(({ date, time }) => `${date}T${time}`), rest].join();
      });
      expect(lines).to.deep.equal(['2027-03-28T03:30:00,', '2026-11-24T09:00:00,', '2025-12-03T10:00:00,']);
      expect(reworded({ times })).to.deep.equal({ times });
      expect(read.end(reworded({ ends: '24.11.2026' }).ends ?? '')).to.deep.equal({ until: '2026-11-24' });
    });
  }

  it('asks of a word that is a typo away from a weekday or a month whether that was meant, in any language', async () => {
    const { said } = await wordsIn('sv');
    const likely = (text: string) => said(text, people.maria).likelyDay;
    expect(likely('möte torsdg kl 9')).to.equal('torsdag');
    expect(likely('kokous keskivikko klo 9')).to.equal('keskiviikko');
    expect(likely('kokous torstaian klo 9')).to.equal('torstaina');
    expect(likely('meeting Thurdsay at 9')).to.equal('Thursday');
    expect(likely('möte 3 decmber kl 9')).to.equal('december');
    expect(likely('kokous 3. joulukutta klo 9')).to.equal('joulukuuta');
    expect(likely('möte kl 9 Lägesbild för hösten')).to.equal(null);
    expect(likely('möte 30 februari kl 9')).to.equal(null);
  });

  it('stays as it was typed where it is not understood', async () => {
    const { reworded } = await wordsIn('sv');
    const typed = { times: 'nån gång\ntorsdag', deadline: 'snart', length: 'länge', ends: 'sedan', title: 'X' };
    expect(reworded(typed)).to.deep.equal(typed);
  });

  it('goes from one time to several and back, also from a day that does not exist', async () => {
    const { inMode } = await wordsIn('sv');
    const one = { date: '2026-12-03', time: '13:00', title: 'X' };
    const several = inMode('several', one);
    expect(several).to.deep.equal({ ...one, times: 'tors 3 dec kl. 13.00' });
    expect(inMode('one', several)).to.deep.equal(several);
    expect(inMode('one', { times: 'någon gång\nfre 4 dec kl. 9.00' })).to.include({
      times: 'någon gång\nfre 4 dec kl. 9.00',
    });
    expect(inMode('one', { times: 'fre 4 dec kl. 9.00' })).to.include({ date: '2026-12-04', time: '09:00' });
    expect(inMode('several', { date: '2026-12-03' }).times).to.equal('tors 3 dec');
    expect(inMode('several', { time: '13:00' }).times).to.equal('13:00');
    for (const date of ['2027-02-30', '2026-13-01', 'x']) expect(inMode('several', { date }).times).to.equal(date);
  });
});
