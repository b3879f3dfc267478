import { expect } from 'chai';
import fc from 'fast-check';
import { codesOf, reasonsOf } from '../../../../src/referrals/codes.ts';
import {
  type Intake,
  lengthLimits,
  noteLimit,
  parseAssessment,
  parseDecision,
  parseIntake,
} from '../../../../src/referrals/input.ts';
import { type FieldProblem, type Parsed, problemCodes } from '../../../../src/shared/input.ts';
import { exampleDirectory } from '../../../support/builders.ts';

const directory = exampleDirectory();
const year = 2026;
const good = {
  municipality: 'lojo',
  source: 'school',
  basis: 'concern',
  concerns: ['theft'],
  ageBand: 'from12to14',
  gender: 'girl',
  youngPerson: { name: 'Elliot Exempelsson' },
};

const read = (input: unknown, defaults = {}): Parsed<Intake> => parseIntake(input, directory, year, defaults);
const problemsOf = (input: unknown): FieldProblem[] => {
  const parsed = read(input);
  return parsed.ok ? [] : parsed.problems;
};
const told = (input: unknown): string[] => problemsOf(input).map(({ field, code }) => `${field}: ${code}`);
const person = (over: object): object => ({ ...good, youngPerson: { ...good.youngPerson, ...over } });

describe('what can be handed in', () => {
  it('needs no more than where, from whom, why, who and how old', () => {
    expect(read(good)).to.deep.equal({
      ok: true,
      value: {
        coded: {
          municipality: 'lojo',
          source: 'school',
          basis: 'concern',
          concerns: ['theft'],
          ageBand: 'from12to14',
          gender: 'girl',
          urgency: 'normal',
          legalBasis: null,
        },
        identity: { name: 'Elliot Exempelsson', birthYear: null, guardianContact: null },
        narrative: null,
      },
    });
  });

  it('names a municipality by its id or by its Swedish, Finnish or English name, however it is written', () => {
    for (const { id, name } of directory.municipalities) {
      for (const written of [
        id,
        name.sv,
        name.fi,
        name.en,
        name.sv.toUpperCase(),
        ` ${name.fi.toLowerCase()} `,
        name.sv.normalize('NFD'),
      ]) {
        const parsed = read({ ...good, municipality: written });
        expect(parsed.ok && parsed.value.coded.municipality, written).to.equal(id);
      }
    }
  });

  it('takes every code of every set', () => {
    for (const set of ['source', 'basis', 'ageBand', 'gender', 'urgency', 'legalBasis'] as const) {
      for (const code of codesOf(set)) expect(told({ ...good, [set]: code }), `${set} ${code}`).to.deep.equal([]);
    }
    const all = read({ ...good, concerns: [...codesOf('concern'), 'theft'] });
    expect(all.ok && all.value.coded.concerns).to.deep.equal(codesOf('concern'));
  });

  it('keeps the text as it was written, without what nobody sees', () => {
    const parsed = read({
      ...person({ name: '  Aino\u200b   Esimerkki ', guardianContact: '\u202E' }),
      narrative: 'rad 1\r\n\r\nrad 2\u0000',
    });
    expect(parsed.ok && parsed.value).to.deep.include({
      identity: { name: 'Aino Esimerkki', birthYear: null, guardianContact: null },
      narrative: 'rad 1\n\nrad 2',
    });
  });

  it('carries the source whose key handed it in, whatever it says itself', () => {
    const { source: _, ...without } = good;
    for (const sent of [without, good, { ...good, source: 'x' }]) {
      const parsed = read(sent, { source: 'police' });
      expect(parsed.ok && parsed.value.coded.source).to.equal('police');
    }
  });

  it('takes a personal identity code or a phone number in the sealed fields, for that is where they belong', () => {
    expect(
      told({ ...person({ guardianContact: '+358 40 123 4567, eva@example.com' }), narrative: '131052-308T' }),
    ).to.deep.equal([]);
  });
});

describe('what is refused', () => {
  const table: [name: string, input: unknown, problems: string[]][] = [
    [
      'nothing at all',
      {},
      [
        'municipality: required',
        'source: required',
        'basis: required',
        'concerns: required',
        'ageBand: required',
        'gender: required',
        'youngPerson.name: required',
      ],
    ],
    ['what is no object', 'text', ['body: invalid']],
    ['null', null, ['body: required']],
    ['a list', [good], ['body: invalid']],
    ['no name', person({ name: undefined }), ['youngPerson.name: required']],
    ['a name of spaces and invisible characters', person({ name: ' \u200b ' }), ['youngPerson.name: required']],
    ['a name that is too long', person({ name: 'x'.repeat(lengthLimits.name + 1) }), ['youngPerson.name: tooLong']],
    ['a text that is too long', { ...good, narrative: 'x'.repeat(lengthLimits.narrative + 1) }, ['narrative: tooLong']],
    ['a name that is a number', person({ name: 7 }), ['youngPerson.name: invalid']],
    ['a person that is a text', { ...good, youngPerson: 'Elliot' }, ['youngPerson: invalid']],
    ['a code that there is not', { ...good, gender: 'x' }, ['gender: unknownCode']],
    ['an empty code', { ...good, gender: '' }, ['gender: required']],
    ['no concern', { ...good, concerns: [] }, ['concerns: tooFew']],
    ['two concerns that there are not', { ...good, concerns: ['x', 'y', 'theft'] }, ['concerns: unknownCode']],
    ['a municipality of no team', { ...good, municipality: 'Helsingfors' }, ['municipality: unknownMunicipality']],
    ['an e-mail address for a municipality', { ...good, municipality: 'eva@example.com' }, ['municipality: sensitive']],
    ['a field that there is not', { ...good, address: 'x' }, ['address: unknownField']],
    ['a field of the person that there is not', person({ phone: 'x' }), ['youngPerson.phone: unknownField']],
    [
      'a field whose name says something',
      { ...good, 'Elliot bor på Storgatan 1': 'x' },
      ['(unreadable): unknownField'],
    ],
    ['a year that is a text', person({ birthYear: '2012' }), ['youngPerson.birthYear: notAYear']],
    ['a year with decimals', person({ birthYear: 2012.5 }), ['youngPerson.birthYear: notAYear']],
    ['a year that is none', person({ birthYear: Number.NaN }), ['youngPerson.birthYear: notAYear']],
    ['a year to come', person({ birthYear: year + 1 }), ['youngPerson.birthYear: notAYear']],
    ['a year long ago', person({ birthYear: 1800 }), ['youngPerson.birthYear: notAYear']],
    ['somebody who is grown up', person({ birthYear: year - 19 }), ['youngPerson.birthYear: overAge']],
    ['a year that does not fit the age', person({ birthYear: year - 8 }), ['youngPerson.birthYear: ageBandMismatch']],
    [
      'a municipality and an age at once',
      { ...person({ birthYear: year - 30 }), municipality: 'x' },
      ['municipality: unknownMunicipality', 'youngPerson.birthYear: overAge'],
    ],
  ];
  for (const [name, input, problems] of table) {
    it(`is ${name}`, () => expect(told(input)).to.deep.equal(problems));
  }

  it('is not somebody who turns the last year of the age band, or the first, this year', () => {
    const ages: Record<string, [youngest: number, oldest: number]> = {
      under12: [0, 12],
      from12to14: [12, 15],
      from15to17: [15, 18],
    };
    for (const ageBand of codesOf('ageBand')) {
      const [youngest = 0, oldest = 0] = ages[ageBand] ?? [];
      for (let age = 0; age <= 25; age += 1) {
        const fits = age >= youngest && age <= oldest;
        const expected = fits ? [] : [`youngPerson.birthYear: ${age > 18 ? 'overAge' : 'ageBandMismatch'}`];
        expect(told({ ...person({ birthYear: year - age }), ageBand }), `${ageBand} ${age}`).to.deep.equal(expected);
      }
    }
  });
});

describe('the problems of an intake, whatever comes in', () => {
  /** A word that no text of ours has. */
  const canary = 'Qvzx-1234';
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      canary,
      `${canary}@example.com`,
      '',
      null,
      undefined,
      7,
      true,
      [canary],
      { [canary]: canary },
      'lojo',
      'theft',
      ['theft'],
    ),
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const input = fc.oneof(
    value,
    fc.record(
      {
        municipality: value,
        source: value,
        basis: value,
        concerns: value,
        ageBand: value,
        gender: value,
        urgency: value,
        legalBasis: value,
        narrative: value,
        youngPerson: fc.oneof(
          value,
          fc.record({ name: value, birthYear: value, guardianContact: value, [canary]: value }, { requiredKeys: [] }),
        ),
        [canary]: value,
        ['__proto__']: value,
      },
      { requiredKeys: [] },
    ),
    fc.record({ gender: value, narrative: value }).map((over) => ({ ...good, ...over })),
  );

  it('repeat nothing of what was sent', () => {
    fc.assert(
      fc.property(input, (sent) => {
        expect(JSON.stringify(problemsOf(sent))).to.not.contain(canary);
      }),
      { numRuns: 500 },
    );
  });

  it('are one for a field, with a code that has a text', () => {
    fc.assert(
      fc.property(input, (sent) => {
        const parsed = read(sent);
        if (parsed.ok) return;
        expect(parsed.problems).to.not.be.empty;
        expect(new Set(parsed.problems.map(({ field }) => field)).size).to.equal(parsed.problems.length);
        for (const { field, code } of parsed.problems) {
          expect(problemCodes).to.include(code);
          expect(field).to.match(/^[a-zA-Z().]+$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an assessment', () => {
  const filled = { worry: '3', recommendation: 'accept', note: ' Har  bett om stöd. ' };
  const wrong = (over: object): string[] => {
    const parsed = parseAssessment({ ...filled, ...over });
    return parsed.ok ? [] : parsed.problems.map(({ field, code }) => `${field}: ${code}`);
  };

  it('is a level from 1 to 4, a recommendation, and a note that may be left out', () => {
    expect(parseAssessment(filled)).to.deep.equal({
      ok: true,
      value: { worry: 3, recommendation: 'accept', note: 'Har bett om stöd.' },
    });
    for (const note of [undefined, '', ' \u200b ']) {
      const parsed = parseAssessment({ ...filled, note });
      expect(parsed.ok && parsed.value.note).to.equal(null);
    }
  });

  it('hears at each field what is missing or is none of the choices', () => {
    expect(wrong({ worry: undefined, recommendation: undefined })).to.deep.equal([
      'worry: required',
      'recommendation: required',
    ]);
    for (const worry of ['0', '5', '1.5', 'x', '__proto__'])
      expect(wrong({ worry })).to.deep.equal(['worry: unknownCode']);
    expect(wrong({ recommendation: 'nonsense' })).to.deep.equal(['recommendation: unknownCode']);
  });

  it('has a note that fits the details', () => {
    expect(wrong({ note: 'x'.repeat(noteLimit) })).to.deep.equal([]);
    expect(wrong({ note: 'x'.repeat(noteLimit + 1) })).to.deep.equal(['note: tooLong']);
  });

  it('is never a fault, whatever is sent', () => {
    fc.assert(fc.property(fc.anything(), (sent) => void parseAssessment(sent)));
  });
});

describe('a decision', () => {
  const wrong = (outcome: Parameters<typeof parseDecision>[0], input: unknown): string[] => {
    const parsed = parseDecision(outcome, input);
    return parsed.ok ? [] : parsed.problems.map(({ field, code }) => `${field}: ${code}`);
  };

  it('has a reason of its own outcome, and no other', () => {
    for (const outcome of codesOf('outcome')) {
      for (const reason of reasonsOf(outcome)) {
        expect(parseDecision(outcome, { reason, service: 'youthWork' })).to.deep.equal({
          ok: true,
          value: { outcome, reason, service: outcome === 'redirected' ? 'youthWork' : null, alone: null },
        });
      }
    }
    expect(wrong('notTakenOn', { reason: 'offence', alone: 'urgent' })).to.deep.equal(['reason: unknownCode']);
  });

  it('redirects only to a named service', () => {
    expect(wrong('redirected', { reason: 'betterSupport', alone: 'urgent' })).to.deep.equal(['service: required']);
    expect(wrong('redirected', { reason: 'betterSupport', service: 'x', alone: 'urgent' })).to.deep.equal([
      'service: unknownCode',
    ]);
  });

  it('keeps why the leader decides alone, and asks for it along with what else is missing', () => {
    const alone = parseDecision('accepted', { reason: 'offence', alone: 'urgent' });
    expect(alone.ok && alone.value.alone).to.equal('urgent');
    expect(wrong('accepted', { reason: 'offence', alone: 'x' })).to.deep.equal(['alone: unknownCode']);
    expect(wrong('accepted', {})).to.deep.equal(['reason: required', 'alone: required']);
  });

  it('is never a fault, whatever is sent', () => {
    fc.assert(fc.property(fc.anything(), (sent) => void parseDecision('redirected', sent)));
  });
});
