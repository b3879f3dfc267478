import { expect } from 'chai';
import fc from 'fast-check';
import { type Command, parseCommand } from '../../../../bot/commands/parse-command.ts';
import { type CommandName, commandExamples } from '../../../../bot/commands/vocabulary.ts';

/** A command in one word, so that the table below reads as what people type and what they get. */
function brief(command: Command): string {
  switch (command.name) {
    case 'listReferrals':
      return command.filter;
    case 'showReferral':
      return command.reference;
    case 'language':
      return `language ${command.language}`;
    case 'actAs':
      return `actAs ${command.who}`;
    case 'unknown':
      return `unknown, ${command.suggestion?.example ?? 'nothing'}`;
    case 'sensitive':
      return `sensitive ${command.kinds}`;
    default:
      return command.name;
  }
}
const parse = (text: string, local = false): string => brief(parseCommand(text, { local }));

const phrases: Record<string, string[]> = {
  newReferral: [
    'ny hänvisning',
    'Ny hänvisning!',
    'NY HÄNVISNING',
    'ny hanvisning',
    'hänvisning ny',
    'ny hänvisnig',
    'ny hänvsining',
    'skapa en ny hänvisning, tack',
    'jag skulle vilja ha en ny hänvisning',
    'nytt ärende',
    'uusi ohjaus',
    'uusi  ohjaus.',
    'ohjaus uusi',
    'usui ohjaus',
    'uusi ohajus',
    'luo uusi ohjaus kiitos',
    'new referral',
    'a new referral please',
    'new referal',
    'create referral',
    'new\nreferral',
    'uusi referral',
  ],
  open: [
    'hänvisningar',
    'öppna hänvisningar',
    'oppna hanvisningar',
    'visa alla öppna hänvisningar',
    'hänvisningar öppna',
    'hänvisnigar',
    'ohjaukset',
    'avoimet ohjaukset',
    'näytä ohjaukset',
    'avoimet ohjauset',
    'nayta avoimet ohjaukset kiitos',
    'referrals',
    'open referrals',
    'refferals',
    'show me the open referrals, please',
    'open cases',
  ],
  mine: [
    'mina hänvisningar',
    'hänvisningar mina',
    'Hej Ankar, visa mina hänvisningar tack!',
    'mina öppna hänvisningar',
    'mina ärenden',
    'omat ohjaukset',
    'ohjaukset omat',
    'omat ohjukset',
    'omat asiat',
    'my referrals',
    'mine referrals',
    'can you show my referrals',
    'my open referrals',
  ],
  waiting: [
    'väntar hänvisningar',
    'hänvisningar som väntar',
    'vantande hanvisningar',
    'odottavat ohjaukset',
    'ohjaukset odottaa',
    'odotavat ohjaukset',
    'waiting referrals',
    'referrals waiting',
    'which referrals are waiting?',
    'wating referrals',
  ],
  'LOJ-2026-0001': [
    'LOJ-2026-0001',
    'loj-2026-0001',
    'LOJ–2026–0001',
    'loj 2026 0001',
    'LOJ-2026-1',
    'hänvisningar LOJ-2026-0001',
    'visa hänvisning LOJ-2026-0001 tack',
    'ärende LOJ-2026-0001',
    'LOJ-2026-0001 hänvisning',
    'ohjaus LOJ-2026-0001',
    'näytä ohjaukset loj-2026-0001',
    'referral LOJ-2026-0001',
    'show LOJ-2026-0001 please',
    'refferal LOJ-2026-0001.',
  ],
  'ÅÄÖ-2026-12345': ['åäö-2026-12345', 'Å\u200BÄÖ-2026-12345'],
  help: [
    'hjälp',
    'hjalp',
    'hjäpl',
    'hjälpp',
    'Hjälp!!!',
    'kan du hjälpa mig?',
    'hjälp tack',
    'meny',
    'apua',
    'ohje',
    'ohjeet',
    'auta',
    'help',
    'hlep',
    'help me please',
    'HELP',
    '',
    '   \n',
    '?',
    'hej',
    'moi Ankar',
    'thanks!',
  ],
  team: [
    'team',
    'teamet',
    'visa teamet',
    'temet',
    'medlemmar',
    'tiimi',
    'tiimin jäsenet',
    'jasenet',
    'timii',
    'näytä tiimi',
    'members',
    'team members',
    'show my team',
    'membres',
  ],
  'language sv': [
    'språk sv',
    'språk svenska',
    'kieli ruotsi',
    'ruotsiksi kiitos',
    'language Swedish',
    'på svenska',
    'svnska',
  ],
  'language fi': [
    'språk fi',
    'byt språk till finska',
    'kieli suomi',
    'vaihda kieli suomeksi',
    'finnish please',
    'kieli finska',
  ],
  'language en': [
    'språk en',
    'sprak engelska',
    'kieli englanti',
    'kieli: englantia',
    'in English',
    'change language to english',
    'engelsk',
  ],
  'language null': ['språk', 'kieli', 'language', 'vilka språk?', 'langauge'],
};

describe('parseCommand', () => {
  for (const [command, texts] of Object.entries(phrases)) {
    for (const text of texts) {
      it(`understands ${JSON.stringify(text)} as ${command}`, () => {
        expect(parse(text)).to.equal(command);
      });
    }
  }

  for (const [name, examples] of Object.entries(commandExamples)) {
    for (const example of Object.values(examples)) {
      it(`understands its own example "${example}" as ${name}`, () => {
        expect(parseCommand(example, { local: true }).name).to.equal(name);
      });
    }
  }

  it('understands a command in any order of its words, in any case, with or without accents', () => {
    const words = fc.constantFrom<string[]>(
      ['mina', 'hänvisningar', 'snälla', 'visa'],
      ['näytä', 'omat', 'ohjaukset', 'kiitos'],
      ['please', 'show', 'my', 'referrals'],
    );
    const shuffled = words.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, fc.boolean(), fc.boolean(), (order, upper, bare) => {
        const text = bare ? order.join(' ').normalize('NFD').replace(/\p{M}/gu, '') : order.join(' ');
        expect(parse(upper ? text.toUpperCase() : text)).to.equal('mine');
      }),
    );
  });
});

describe('parseCommand: what is no command', () => {
  const unknown: [string, CommandName | null][] = [
    ['igår träffade jag teamet och vi åt glass', null],
    ['har någon sett vad som hände med LOJ-2026-0001 i dag?', null],
    ['kan vi prata om hänvisningar i morgon', 'listReferrals'],
    ['tiimi kokoontuu tänään koululla', 'team'],
    ['we need help with this new family today', null],
    ['ny hänvisning Anna', 'newReferral'],
    ['ny hänvisning LOJ-2026-0001', 'showReferral'],
    ['LOJ-2026-0001 RAS-2026-0002', 'showReferral'],
    ['mina hänvisningar som väntar', 'listReferrals'],
    ['hänvisningar på fredag', 'listReferrals'],
    ['vad väntar', 'listReferrals'],
    ['ärende', 'listReferrals'],
    ['skapa', 'newReferral'],
    ['uusi tiimi', 'newReferral'],
    ['språk svenska finska', 'language'],
    ['språk tyska', 'language'],
    ['hjälp teamet', 'team'],
    ['hänvisningarnaxyz', 'listReferrals'],
    ['ohjausryhmä', null],
    ['styrgruppen', null],
    ['hnvisnngr', 'listReferrals'],
    ['kaffe', null],
    ['hel', null],
    ['tim', null],
    ['sv', null],
    ['ok', null],
    ['👍 bra', null],
  ];
  for (const [text, suggestion] of unknown) {
    it(`does not guess at ${JSON.stringify(text)} but suggests ${suggestion ?? 'nothing'}`, () => {
      const command = parseCommand(text);
      expect(command.name).to.equal('unknown');
      expect(command.name === 'unknown' && (command.suggestion?.name ?? null)).to.equal(suggestion);
    });
  }

  it('suggests in the language that was written', () => {
    expect(parse('uusi ohjaus huomenna')).to.equal('unknown, uusi ohjaus');
    expect(parse('my referrals tomorrow')).to.equal('unknown, my referrals');
    expect(parse('mina hänvisningar imorgon')).to.equal('unknown, mina hänvisningar');
  });

  it('only ever suggests what it understands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.values(phrases).flat(), 'fredag', 'xyz'), { maxLength: 4 }),
        (parts) => {
          const command = parseCommand(parts.join(' '));
          if (command.name !== 'unknown' || !command.suggestion) return;
          expect(parseCommand(command.suggestion.example).name).to.equal(command.suggestion.name);
        },
      ),
    );
  });

  it('ends for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (text, local) => {
        expect(parseCommand(text, { local }).name).to.be.a('string');
      }),
    );
  });

  for (const unit of [
    'a',
    'hjälp ',
    ' ',
    'LOJ-2026-',
    'ny hänvisning ',
    '-',
    '0 1 ',
    '\u0301',
    '"',
    'snälla ',
    'agera som ',
  ]) {
    it(`ends at once for 100 KB of ${JSON.stringify(unit)}`, () => {
      expect(parseCommand(unit.repeat(Math.ceil(100_000 / unit.length)), { local: true }).name).to.be.a('string');
    });
  }

  it('takes a text for no command when it is longer than any command is, whatever it begins with', () => {
    expect(parse(`hjälp ${'hjälp '.repeat(100)}`)).to.equal('unknown, nothing');
    expect(parse(`agera som ${'a'.repeat(600)}`, true)).to.equal('unknown, nothing');
    expect(parse(`mina hänvisningar ${'tack '.repeat(20)}`)).to.equal('unknown, nothing');
  });
});

describe('parseCommand: sensitive data', () => {
  const texts = [
    ['ny hänvisning 131052-308T', 'sensitive personalIdentityCode'],
    ['131052-308T', 'sensitive personalIdentityCode'],
    ['hjälp 040 123 4567', 'sensitive phoneNumber'],
    ['hänvisningar LOJ-2026-0001 anna@example.fi', 'sensitive emailAddress'],
    ['agera som anna@example.fi', 'sensitive emailAddress'],
    [`${'hjälp '.repeat(20_000)}131052-308T`, 'sensitive personalIdentityCode'],
  ] as const;
  for (const [text, found] of texts) {
    it(`is found before any command: ${text.slice(-40)}`, () => {
      expect(parse(text)).to.equal(found);
      expect(parse(text, true)).to.equal(found);
    });
  }
});

describe('parseCommand: acting as somebody else', () => {
  const local = [
    ['agera som Anna Berg', 'Anna Berg'],
    ['agra som Anna Berg', 'Anna Berg'],
    ['Agera Som anna', 'anna'],
    ['snälla agera som Åsa Öst-Holm tack', 'Åsa Öst-Holm'],
    ['toimi kuin Matti Meikäläinen', 'Matti Meikäläinen'],
    ['toimi Matti', 'Matti'],
    ['act as "Anna".', 'Anna'],
    ['act as Anna  Berg', 'Anna Berg'],
    ['agera som', null],
    ['agera som mig själv', null],
    ['toimi kuin itse', null],
    ['act as me', null],
  ] as const;
  for (const [text, who] of local) {
    it(`understands ${JSON.stringify(text)} as ${who ?? 'oneself'} in local mode, and not at all elsewhere`, () => {
      expect(parseCommand(text, { local: true })).to.deep.equal({ name: 'actAs', who });
      expect(parseCommand(text)).to.deep.equal({ name: 'unknown', suggestion: null });
    });
  }

  it('leaves the other commands as they are in local mode', () => {
    for (const [command, texts] of Object.entries(phrases)) {
      for (const text of texts) expect(parse(text, true), text).to.equal(command);
    }
  });
});
