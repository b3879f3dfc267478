import { expect } from 'chai';
import fc from 'fast-check';
import { ages, peopleCounted } from '../../../../../src/dates/amounts.ts';
import { nameOf } from '../../../../../src/directory/model.ts';
import en from '../../../../../src/locales/en.json' with { type: 'json' };
import fi from '../../../../../src/locales/fi.json' with { type: 'json' };
import sv from '../../../../../src/locales/sv.json' with { type: 'json' };
import { type Said, say } from '../../../../../src/meetings/say/say.ts';
import { opensPlanning } from '../../../../../src/meetings/say/say-opening.ts';
import { readTime, readTimes } from '../../../../../src/meetings/say/say-times.ts';
import { foldText } from '../../../../../src/shared/normalise.ts';
import { exampleDirectory, people } from '../../../../support/builders.ts';
import { phrases } from './phrases.ts';

const wednesday = Temporal.ZonedDateTime.from('2026-11-25T10:00[Europe/Helsinki]');
const directory = exampleDirectory();

/** What makes a number one of something, or a part of a time, and is no title. */
const ofTime =
  /^(?:personer|person|pers|henkiloa|henkilon|henkea|hengen|hloa?|people|persons?|stycken|styck|st|kpl|kappaletta|ganger|gang|ggr|kertaa|kerta|times|minuters|timmars|dagars|veckors|manaders|eller|tai|or|[ap]m)$/;

const clockOf = ({ time }: { time: Temporal.PlainTime | null }): string =>
  time?.toString({ smallestUnit: 'minute' }) ?? '';

/** As in the table. */
function described({
  several,
  kind,
  subject,
  times,
  who,
  repeat,
  end,
  unrepeatable,
  lastFrom,
  endWords,
  deadline,
  place,
  title,
}: Said): string {
  const when = times.map(({ date, time, minutes }) =>
    [date ?? '-', time?.toString({ smallestUnit: 'minute' }) ?? '-', minutes].filter((part) => part !== null).join(' '),
  );
  const invited = [
    who.body ?? who.group,
    who.all && 'everybody',
    ...who.named.map((person) => nameOf(directory, person)),
    ...who.unknown.map((name) => `${name}?`),
  ];
  const often = repeat && `every ${repeat.every > 1 ? `${repeat.every} ${repeat.unit}s` : repeat.unit}`;
  const ends = end && ('count' in end ? `, ${end.count} times` : `, until ${end.until}`);
  return [
    several && 'poll',
    kind !== 'meeting' && [kind, subject].filter(Boolean).join(' '),
    when.join(' / '),
    invited.filter(Boolean).join(', '),
    unrepeatable && `${unrepeatable === 'tooOften' ? 'too often' : 'last of four'}${ends ?? ''}`,
    lastFrom && `last from ${lastFrom}`,
    often && `${often}${repeat.unit === 'month' ? ` by ${repeat.by}` : ''}${ends ?? ''}`,
    endWords && `until ${endWords}`,
    place.where && `@${place.where}`,
    place.online && 'online',
    deadline &&
      `by ${deadline.moment ? `${deadline.moment.date} ${clockOf(deadline.moment)}`.trim() : `"${deadline.words}"`}`,
    ...(['days', 'hours'] as const).map((kind) => {
      const written = times.flatMap(({ impossible }) => impossible[kind]);
      return written.length > 0 && `no ${kind.slice(0, -1)} ${written.join(' ')}`;
    }),
    title && `"${title}"`,
  ]
    .filter(Boolean)
    .join(' · ');
}

describe('what somebody says of a meeting', () => {
  for (const [language, table] of Object.entries(phrases)) {
    describe(`in ${language}`, () => {
      it('has a table of forty phrases and more', () => {
        expect(new Set(table.map(([phrase]) => phrase)).size)
          .to.equal(table.length)
          .and.to.be.at.least(40);
      });

      for (const [phrase, understood] of table) {
        it(`understands ${JSON.stringify(phrase)} as ${understood || 'nothing yet'}`, () => {
          expect(opensPlanning(phrase)).to.equal(true);
          expect(described(say(phrase, { directory, now: wednesday }))).to.equal(understood);
        });
      }
    });
  }

  const understand = (text: string): Said => say(text, { directory, now: wednesday });

  it('begins with what is planned, whatever stands later: a sentence that merely has the word plans nothing', () => {
    for (const text of [
      'igår hade vi möte på skolan',
      'ställ in mötet',
      'hänvisning möte',
      'oli hyvä kokous',
      'the meeting was long',
      'plan för hösten',
      'mötesanteckningar',
      'kokousmuistio',
      'möten',
      'kokoukset',
      'meetings',
      '',
    ])
      expect(opensPlanning(text), text).to.equal(false);
  });

  it('keeps every word that it does not understand, in its order, in the title', () => {
    const words = fc.constantFrom('Lägesbild', 'hösten', 'skolan', 'nuoret', 'yhteistyö', 'review', 'pilot', 'fråga');
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 6 }),
        fc.constantFrom('möte torsdag kl 9', 'kokous to klo 9', 'meeting Thu 9:00'),
        (title, opening) => {
          expect(understand([opening, ...title].join(' ')).title).to.equal(title.join(' '));
          expect(
            understand([opening.split(' ')[0], ...title, ...opening.split(' ').slice(1)].join(' ')).title,
          ).to.equal(title.join(' '));
        },
      ),
    );
  });

  it('reads a bare hour after a day, whatever word follows as the title', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyzåäö'];
    const made = fc
      .tuple(fc.constantFrom(...letters), fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 }))
      .map(([first, rest]) => `${first.toUpperCase()}${rest}`);
    const written = JSON.stringify([sv, fi, en]).match(/\p{L}{2,}/gu) ?? [];
    const says = (text: string): boolean => {
      const { date, time, minutes } = readTime(text, wednesday);
      return date !== null || time !== null || minutes !== null;
    };
    /** Of one that says a time itself, "9 mars", "9 h", or joins two, it is another question. */
    const isTitle = (word: string): boolean =>
      !says(word) &&
      !says(`2 ${word}`) &&
      !says(`om 2 ${word}`) &&
      !ofTime.test(foldText(word)) &&
      !new RegExp(`^${peopleCounted}$`).test(foldText(word)) &&
      !new RegExp(`^(?:${ages})$`).test(`7 ${foldText(word)}`) &&
      readTimes(`${word} x`, wednesday).rest !== 'x';
    fc.assert(
      fc.property(
        fc.oneof(made, fc.constantFrom(...new Set(written)), fc.constantFrom(...letters)).filter(isTitle),
        fc.constantFrom('torsdag', 'tors', 'torstaina', 'Thursday', 'Thu'),
        fc.integer({ min: 7, max: 19 }),
        (word, day, hour) => {
          const described = `2026-11-26 ${`${hour}`.padStart(2, '0')}:00`;
          const one = readTime(`${day} ${hour} ${word}`, wednesday);
          expect([`${one.date} ${one.time}`.slice(0, 16), one.minutes, one.rest], word).to.deep.equal([
            described,
            null,
            word,
          ]);
          const { times, rest } = readTimes(`fredag 6.30, ${day} ${hour} ${word}`, wednesday);
          expect(
            times.map(({ date, time }) => `${date} ${time}`.slice(0, 16)),
            word,
          ).to.deep.equal(['2026-11-27 06:30', described]);
          expect(rest, word).to.equal(word);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('takes a small "pm" that ends the time for a part of the hour in every language, a memo that follows it or a capital one not', () => {
    for (const [text, clock, title] of [
      ['möte torsdag 9 pm teamet', '21:00', ''],
      ['möte torsdag 9 pm', '21:00', ''],
      ['kokous torstaina 9 pm', '21:00', ''],
      ['möte torsdag 9 PM', '09:00', 'PM'],
      ['möte torsdag 9 pm från polisen', '09:00', 'pm från polisen'],
      ['meeting Thu 9 pm from the police', '21:00', 'from the police'],
    ] as const) {
      const { times, title: left } = understand(text);
      expect([`${times[0]?.time}`.slice(0, 5), left], text).to.deep.equal([clock, title]);
    }
  });

  it('takes no small number before a small letter for an hour, because it may count what follows', () => {
    for (const text of ['möte torsdag 3 ärenden', 'kokous torstaina 3 asiaa', 'meeting Thursday 3 cases'])
      expect(understand(text).times[0]?.time, text).to.equal(null);
    expect(understand('möte förslag torsdag 9, 3 ärenden').times).to.have.length(1);
    for (const text of ['möte torsdag 3 Ärenden', 'kokous torstaina 3 ja Asiat', 'meeting Thursday 3 with Petri'])
      expect(`${understand(text).times[0]?.time}`, text).to.equal('15:00:00');
  });

  it('takes "koko tiimin" for those who come, and with a capital for the title', () => {
    const { who, title } = understand('kokous torstaina klo 9 Koko tiimin suunnitelma');
    expect(who.group).to.equal(null);
    expect(title).to.equal('Koko tiimin suunnitelma');
  });

  it('reads a bare hour after a day before a unit or a number of people that a capital makes a title, and as a length without one', () => {
    for (const [day, title] of [
      ['möte torsdag', 'Minuter från senast'],
      ['kokous torstaina', 'Päivää kohti'],
      ['meeting Thu', 'Minutes of last time'],
      ['möte torsdag', 'Pers uppgifter'],
      ['möte torsdag', 'Ungdomar i Ingå'],
      ['kokous torstaina', 'Kerta kaikkiaan'],
      ['meeting Thu', 'People first'],
      ['möte 3.12.', 'Minuter från senast'],
      ['kokous huomenna', 'Kerta kaikkiaan'],
    ] as const) {
      const capital = understand(`${day} 13 ${title}`);
      expect(`${capital.times[0]?.time}`.slice(0, 5), title).to.equal('13:00');
      expect(capital.title).to.equal(title);
    }
    const small = understand('meeting Thu 13 minutes');
    expect(small.times[0]).to.include({ time: null, minutes: 13 });
  });

  it('names nobody but the people of the region, and not by a first name that several have', () => {
    expect(understand('möte torsdag kl 9 med Anna Berg').who)
      .to.include({ group: null })
      .and.deep.include({
        named: [],
        unknown: ['Anna Berg'],
      });
    expect(understand('möte torsdag kl 9 med Anna Berg').title).to.equal('');
    const twice = { ...directory, people: [...directory.people, { id: people.jonas, name: 'Maria Holm' }] };
    const said = say('möte torsdag kl 9 med Maria och Maria Holm', { directory: twice, now: wednesday });
    expect(said.who.named).to.deep.equal([people.jonas]);
    expect(said.who.unknown).to.deep.equal(['Maria']);
    expect(said.title).to.equal('');
  });

  it('understands the phrases also in capitals and without accents', () => {
    for (const [phrase, understood] of Object.values(phrases).flat()) {
      for (const text of [phrase.toUpperCase(), phrase.normalize('NFD').replace(/\p{M}/gu, '')]) {
        // Whose name is not known is told by its capital.
        const folded = (said: string): string => foldText(said.replace(/".*|@[^·]*|[^·,]*\?/g, ''));
        expect(folded(described(understand(text))), text).to.equal(folded(understood));
      }
    }
  });

  it('ends for every text', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 200 });
    const pieces = fc.array(
      fc.constantFrom(
        ...Object.values(phrases)
          .flat()
          .map(([phrase]) => phrase),
        ',',
        '¦',
        '\n',
      ),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          pieces.map((all) => all.join(' ')),
        ),
        (text) => {
          expect(understand(text).title).to.be.a('string');
        },
      ),
    );
  });
});
