import { expect } from 'chai';
import fc from 'fast-check';
import { findSensitive } from '../../../../src/shared/sensitive.ts';

const checkCharacters = [...'0123456789ABCDEFHJKLMNPRSTUVWXY'];
const signs = [
  ...[...'+'].map((sign) => ({ sign, from: 1800 })),
  ...[...'-YXWVU'].map((sign) => ({ sign, from: 1900 })),
  ...[...'ABCDEF'].map((sign) => ({ sign, from: 2000 })),
];

interface Parts {
  date: string;
  sign: string;
  number: string;
  check: string;
}

/** Codes made by the rule of the decree; individual numbers from 900 are temporary ones and nobody's. */
const validCodes: fc.Arbitrary<Parts> = fc
  .record({ century: fc.constantFrom(...signs), day: fc.nat(36_523), number: fc.integer({ min: 2, max: 999 }) })
  .map(({ century, day, number }) => {
    const date = Temporal.PlainDate.from({ year: century.from, month: 1, day: 1 }).add({ days: day });
    const digits = [date.day, date.month, date.year % 100].map((part) => String(part).padStart(2, '0')).join('');
    const individual = String(number).padStart(3, '0');
    const check = checkCharacters[Number(digits + individual) % 31] ?? '';
    return { date: digits, sign: century.sign, number: individual, check };
  });
const written = ({ date, sign, number, check }: Parts): string => `${date}${sign}${number}${check}`;
const isCode = (text: string): boolean => findSensitive(text).includes('personalIdentityCode');

const codes = [
  '131052-308T',
  '100190-999P',
  '010190Y999W',
  '010190-999W',
  '290200A1239',
  '010100A002H',
  '290204E917X',
  '010190+0122',
  '131052-308t',
  '010190y999w',
  '131052 - 308T',
  '131052- 308 T',
  '131052–308T',
  '131052—308T',
  '131052−308T',
  '131052‑308T',
  '131052--308T',
  '131052\u00AD308T',
  '131\u200B052-30\u20608T',
  '1\uFEFF31052\u202D-308T',
  '１３１０５２－３０８Ｔ',
  '13.10.52-308T',
  '13 10 52 - 308T',
  '131052308T',
  '131052 308T',
  '131052/308T',
  '13.10.1952-308T',
  '13101952-308T',
  '131052·308T',
  '131052•308T',
  '131052-**308T**',
  '131052&nbsp;-308T',
  '131052\u2800-308T',
  '1 3 1 0 5 2 - 3 0 8 T',
  '١٣١٠٥٢-٣٠٨T',
  '१३१०५२-३०८T',
  'hetu:131052-308T.',
  '1.1.2011-1238',
  '1.1.2011 1238',
  '01.01.2011 1238',
  '01/01/2011-1238',
  '01/01/11-1238',
  '1.1.2011A1238',
  '010111A-1238',
  '010111-A1238',
  '010111A12 38',
  '010111A 1 2 3 8',
  '010111;1238',
  '010111A1239',
  '14.3.08A123F',
  '14.3.08A1239',
  '28.4.90-880W',
  '28.4.90 880W',
  '14-03-08A123F',
  '140308A123-F',
  '280490-880-W',
  '280490-8 8 0 W',
  '1403 08A123F',
  '2804 90-880W',
  '14. 03. 2008A123F',
  '28. 04. 90 -880W',
  '28.04.2090, 880W',
  '28.04.1990 (880W)',
  '280490 (-880W)',
  '280490(-)880W',
  "280490'880W",
  '280490\\880W',
  '28.04.1990 - 880 W',
  '16 12 90 - 720 E',
  'hetu 010111a123x.',
  'x131052-308Ty',
  '9131052-308T9',
];

const notCodes = [
  ['a wrong check character', '131052-308U'],
  ['a wrong individual number', '131052-309T'],
  ['a day that does not exist', '320190-999W'],
  ['31 April', '310490A123D'],
  ['day 0', '000190-9998'],
  ['a month that does not exist', '101390-999C'],
  ['29 February of 1900, which was no leap year', '290200-1239'],
  ['a sign that is none', '131052G308T'],
  ['a wrong check character after a dash', '010111-1239'],
  ['a wrong check character inside a longer word', 'x010111A1239y'],
  ['the room after a date', '3.12.2026 A123 i huset'],
  ['a date and a time', '3.12.2026 1300'],
  ['a date, an hour, and how long it is', '1.12.2026 - 800 1 h'],
  ['digits and letters inside a longer word, without the sign', 'a131052308T'],
] as const;

const phones = [
  '040_123_4567',
  '040·123·4567',
  '040,123,4567',
  '٠٤٠ ١٢٣ ٤٥٦٧',
  '+358 40 123 4567',
  '+358401234567',
  '+358 (0)40 123 4567',
  '+358-40-1234567',
  '+358.40.1234567',
  '+46 70 123 45 67',
  '+372 5123 4567',
  '00358401234567',
  '00358 40 123 4567',
  '0046 70 123 45 67',
  '358401234567',
  '040-1234567',
  '0401234567',
  '040 123 4567',
  '040 12 34 567',
  '040/1234567',
  '040.123.4567',
  '0400 123 456',
  '0457 123 4567',
  '050 123 456',
  '(09) 123 456',
  '(09)123456',
  '09 1234 567',
  '019-12345',
  '018 12 345',
  '０４０－１２３４５６７',
  '040\u200B1234567',
  '040–123\u00A04567',
  'tel.0401234567',
  'p0401234567',
  '3.12.2026 040 1234567',
  '03-12-2026 040-1234567',
  '0401234567/0407654321',
];

const emails = [
  'anna.virtanen@example.fi',
  'anna.virtanen @ example.fi',
  'anna.virtanen(at)example.fi',
  'ring eller skriv (anna@example.com)!',
  'åsa.öst@example.fi',
  'иван@пример.рф',
  '用户@例子.中国',
  'a+b_c@sub.example.co.uk',
  '"anna v"@example.fi',
  'anna@xn--exmple-cua.xn--p1ai',
  'anna＠example.fi',
  'an\u200Bna@exa\u200Bmple.fi',
];

const harmless = [
  'LOJ-2026-0001',
  'hänvisningar loj-2026-0123, ESB-2026-1234567',
  '2026-12-03',
  '2026-12-03T08:00:00Z',
  '3.12.2026 kl. 13.00',
  '03.12.2026 kl. 13.00',
  '03.12.2026 13.00-14.30',
  '03.12. 2026',
  '03.–05.12.2026',
  '03/12/2026',
  '03-12-2026 13-15',
  '03122026',
  'tors 3 dec kl. 09.00–10.30',
  '08:00-16:00',
  '08.00 - 16.00',
  '0800-1600',
  '08-16 09-15',
  '00100 Helsingfors',
  '08100 Lojo',
  '02600-02650',
  '00100 10600',
  '00100 00200 02600',
  '1 000 000,00 €',
  '10 000 000 euro',
  '0,50 €',
  '320/12.05.00/2024',
  'VN/0123/2024',
  'THL/1234/5.00.00/2024',
  '690/2022',
  '0123456-7',
  '05.01.00.02',
  'N 60.0123456, E 24.0765432',
  '25 § barnskyddslagen (417/2007)',
  'ring 112 eller 116 117',
  '15-17 år, 3 st',
  '@Ankar hjälp',
  'hej@ankar',
  'mvh.@',
  '',
];

describe('findSensitive: personal identity codes', () => {
  for (const text of codes) {
    it(`finds the code in ${JSON.stringify(text)}`, () => {
      expect(findSensitive(text)).to.deep.equal(['personalIdentityCode']);
    });
  }

  for (const [why, text] of notCodes) {
    it(`takes ${text} for no code: ${why}`, () => {
      expect(isCode(text)).to.equal(false);
    });
  }

  it('finds the code in the escapes of a link, and nothing else there', () => {
    for (const link of ['131052%2D308T', '%31%33%31052-308T', 'away?to=https%3A%2F%2Fy.fi%2F131052%252D308T'])
      expect(findSensitive(`https://x.fi/${link}`), link).to.deep.equal(['personalIdentityCode']);
    const toTeams =
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_Nm%40thread.v2/0?context=%7b%22Tid%22%3a%22a%22%7d';
    for (const link of [toTeams, 'https://x.fi/100%', 'https://x.fi/%zz%E0%A4'])
      expect(findSensitive(link), link).to.deep.equal([]);
  });

  it('finds every valid code in any surroundings', () => {
    const surroundings = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(surroundings, validCodes, surroundings, (before, code, after) =>
        isCode(before + written(code) + after),
      ),
      { numRuns: 2_000 },
    );
  });

  it('finds every valid code between other digits and letters', () => {
    const surroundings = fc.stringMatching(/^[0-9A-Za-z -]{0,12}$/);
    fc.assert(
      fc.property(surroundings, validCodes, surroundings, (before, code, after) =>
        isCode(before + written(code) + after),
      ),
      { numRuns: 2_000 },
    );
  });

  it('finds every valid code in lower case, in full width, and with invisible characters inside', () => {
    const invisible = fc.constantFrom('', '\u200B', '\u2060', '\u202E', '\u00AD', '\u0000', '\uFE0F');
    fc.assert(
      fc.property(validCodes, invisible, (code, between) => {
        const text = written(code);
        const wide = [...text].map((it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0)).join('');
        for (const form of [text.toLowerCase(), wide, wide.toLowerCase(), [...text].join(between)]) {
          expect(isCode(form), JSON.stringify(form)).to.equal(true);
        }
      }),
    );
  });

  it('finds no code when any other check character stands in its place, where a date and a dash say little', () => {
    fc.assert(
      fc.property(
        validCodes.filter(({ sign }) => '+-'.includes(sign)),
        (code) => {
          for (const check of checkCharacters.filter((it) => it !== code.check)) {
            expect(isCode(written({ ...code, check })), check).to.equal(false);
          }
        },
      ),
    );
  });
});

describe('findSensitive: phone numbers', () => {
  for (const text of phones) {
    it(`finds the number in ${JSON.stringify(text)}`, () => {
      expect(findSensitive(text)).to.deep.equal(['phoneNumber']);
    });
  }

  it('takes ten digits that begin with 0 for a phone number, also where they could be a code without its sign', () => {
    expect(findSensitive('0409927337')).to.deep.equal(['phoneNumber']);
    expect(findSensitive('040992 7337')).to.deep.equal(['phoneNumber']);
    expect(findSensitive('040992-7337')).to.deep.equal(['personalIdentityCode']);
  });

  it('lets no Finnish mobile number through, however it is grouped', () => {
    const between = fc.constantFrom('', ' ', '-', '\u00A0', '–');
    const prefix = fc.constantFrom('040', '041', '044', '045', '046', '050', '0400', '0457');
    const rest = fc.stringMatching(/^[1-9]\d{6}$/);
    fc.assert(
      fc.property(prefix, between, rest, between, (code, first, number, second) => {
        const national = `${code}${first}${number.slice(0, 3)}${second}${number.slice(3)}`;
        expect(findSensitive(`ring ${national} nu`), national).to.have.length(1);
        expect(findSensitive(`+358 ${national.slice(1)}.`), national).to.include('phoneNumber');
      }),
    );
  });
});

describe('findSensitive: e-mail addresses', () => {
  for (const text of emails) {
    it(`finds the address in ${JSON.stringify(text)}`, () => {
      expect(findSensitive(text)).to.deep.equal(['emailAddress']);
    });
  }
});

describe('findSensitive: what the team writes every day', () => {
  for (const text of harmless) {
    it(`finds nothing in ${JSON.stringify(text)}`, () => {
      expect(findSensitive(text)).to.deep.equal([]);
    });
  }

  it('finds nothing in any case reference', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('LOJ', 'RAS', 'KYR', 'ESB', 'ÅÄ'),
        fc.integer({ min: 2000, max: 2099 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        (team, year, number) => {
          expect(findSensitive(`${team}-${year}-${String(number).padStart(4, '0')}`)).to.deep.equal([]);
        },
      ),
    );
  });

  it('finds nothing in any date and time of this century, as the three languages write them', () => {
    const day = fc.integer({ min: 0, max: 36_500 });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 1439 }), (days, minutes) => {
        const date = Temporal.PlainDate.from('2000-01-01').add({ days });
        const time = Temporal.PlainTime.from('00:00').add({ minutes }).toString({ smallestUnit: 'minute' });
        const [d, m] = [date.day, date.month].map((part) => String(part).padStart(2, '0'));
        const dotted = time.replace(':', '.');
        const forms = [
          date.toString(),
          `${d}.${m}.${date.year}`,
          `${date.day}.${date.month}.${date.year}`,
          `${d}/${m}/${date.year}`,
        ];
        for (const form of forms) {
          for (const text of [form, `${form} kl. ${dotted}`, `${form} klo ${dotted}–${dotted}`, `${form} ${time}`]) {
            expect(findSensitive(text), text).to.deep.equal([]);
          }
        }
      }),
    );
  });
});

describe('findSensitive: a date and an hour without a mark', () => {
  const hours = Array.from({ length: 288 }, (_, step) =>
    Temporal.PlainTime.from('00:00')
      .add({ minutes: step * 5 })
      .toString({ smallestUnit: 'minute' })
      .replace(':', ''),
  );
  const days = Array.from({ length: 730 }, (_, step) => Temporal.PlainDate.from('2026-11-26').add({ days: step }));
  const twoDigits = (part: number): string => String(part).padStart(2, '0');
  const forms: Readonly<Record<string, (date: Temporal.PlainDate, hour: string) => string>> = {
    'möte 1.12.2026 1230 1 h': ({ day, month, year }, hour) => `möte ${day}.${month}.${year} ${hour} 1 h teamet`,
    'kokous 01.12.2026 1230': ({ day, month, year }, hour) =>
      `kokous ${twoDigits(day)}.${twoDigits(month)}.${year} ${hour} tiimi`,
    '1.12.26 1230': ({ day, month, year }, hour) => `möte ${day}.${month}.${year % 100} ${hour}`,
    '1.12.2026 - 1230': ({ day, month, year }, hour) => `${day}.${month}.${year} - ${hour}`,
    '1.12.2026, 1230': ({ day, month, year }, hour) => `${day}.${month}.${year}, ${hour} rum 3`,
    '01122026 1230': ({ day, month, year }, hour) => `möte ${twoDigits(day)}${twoDigits(month)}${year} ${hour}`,
  };
  for (const [name, written] of Object.entries(forms)) {
    it(`is no code on any day of two years, whatever the hour: ${name}`, () => {
      for (const date of days) {
        const text = hours.map((hour) => written(date, hour)).join('; ');
        const found = isCode(text) ? hours.map((hour) => written(date, hour)).filter(isCode) : [];
        expect(found).to.deep.equal([]);
      }
    });
  }

  it('is a code where no hour is, or where its sign stands beside the date', () => {
    for (const text of ['1.1.2011 1238', '13.3.1990-1230', '130390 1230', '13.3.1990 A1230'])
      expect(isCode(text), text).to.equal(true);
  });
});

describe('findSensitive', () => {
  it('names each kind once, in a fixed order', () => {
    const text = 'a@example.fi 0401234567 131052-308T b@example.fi 050 123 4567 100190-999P';
    expect(findSensitive(text)).to.deep.equal(['personalIdentityCode', 'phoneNumber', 'emailAddress']);
  });

  it('finds what stands at the very end of a long text', () => {
    const filler = 'En helt vanlig mening om mötet 3.12.2026 kl. 13.00. '.repeat(2_000);
    expect(findSensitive(`${filler}131052-308T`)).to.deep.equal(['personalIdentityCode']);
  });

  const hostile = [
    '0 1 ',
    '00 1',
    '00 ',
    '0-',
    '01.',
    '1',
    '+1',
    '+',
    '131052-',
    '131052-308',
    '010190 ',
    '@',
    'a@',
    'a@a.',
    '(0)',
    ' ',
    '-',
    '\u0301',
  ];
  for (const unit of hostile) {
    it(`ends at once for 300 KB of ${JSON.stringify(unit)}`, () => {
      // Three times what may come in: anything worse than linear would run into the time limit of the test.
      expect(findSensitive(unit.repeat(Math.ceil(300_000 / unit.length)))).to.be.an('array');
    });
  }

  it('finds what a line break cuts in two', () => {
    expect(findSensitive('131052\n-308T')).to.include('personalIdentityCode');
    expect(findSensitive('131052-\r\n308T')).to.include('personalIdentityCode');
    expect(findSensitive('ring 040 123\n4567')).to.include('phoneNumber');
    expect(findSensitive('LOJ-2026-0001\nLOJ-2026-0002')).to.deep.equal([]);
  });
});
