import { expect } from 'chai';
import fc from 'fast-check';
import { createParser, type Reading } from '../../../../bot/commands/parse-command.ts';
import { createVocabulary } from '../../../../bot/commands/word.ts';
import type { Meant } from '../../../../bot/handlers/command.ts';
import { actAsWords, parseActAs } from '../../../../bot/local/act-as.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { cleanText } from '../../../../src/shared/normalise.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { featuresOf } from '../../../support/features.ts';
import { phrases as meetingPhrases } from '../../src/meetings/say/phrases.ts';

const parsers = {
  local: createParser(featuresOf('local').commands),
  production: createParser(featuresOf('production').commands),
};
const read = (text: string, local = false): Reading<Meant> => parsers[local ? 'local' : 'production'](text);

/** What was understood in a word or two, so that the tables below read as what people type and what they get. */
function brief(reading: Reading<Meant>): string {
  switch (reading.kind) {
    case 'command': {
      const { verb, data = {} } = reading.meant;
      return [verb, ...Object.values(data)].join(' ');
    }
    case 'unknown':
      return `unknown, ${reading.example?.[reading.language ?? 'sv'] ?? 'nothing'}`;
    case 'sensitive':
      return `sensitive ${reading.kinds}`;
  }
}
const parse = (text: string, local = false): string => brief(read(text, local));

const phrases: Record<string, string[]> = {
  'referral.form': [
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
    'jag vill göra en hänvisning',
    'lägg till en hänvisning',
    'lisää ohjaus',
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
  'referral.list open': [
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
    'öppna',
    'avoimet',
    'open',
  ],
  'referral.list mine': [
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
    'mina',
    'omat',
    'mine',
    'mina öppna',
  ],
  'referral.list waiting': [
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
    'väntar',
    'vad väntar?',
    'odottavat',
    'waiting',
  ],
  'referral.view LOJ-2026-0001': [
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
    'öppna LOJ-2026-0001',
    'refferal LOJ-2026-0001.',
  ],
  'referral.view ÅÄÖ-2026-12345': ['åäö-2026-12345', 'Å\u200BÄÖ-2026-12345'],
  'help.show': [
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
    'Ankkuribotti',
    'Anchor Bot, help',
    'vad kan du göra?',
    'Hej, vad kan du?',
    'mitä osaat?',
    'Mitä sinä osaat, kiitos',
    'what can you do?',
  ],
  'checklist.start startup': [
    'checklista start',
    'starta checklistan',
    'tarkistuslista aloita',
    'aloita tarkistuslista',
    'checklist start',
    'start the checklist please',
  ],
  'checklist.list': ['checklista', 'checklistor', 'chekclistor', 'visa checklistorna', 'tarkistuslistat', 'checklists'],
  'task.list': [
    'uppgifter',
    'mina uppgifter',
    'upgifter',
    'tehtävät',
    'omat tehtävät',
    'tehtavat',
    'tasks',
    'my tasks',
  ],
  'checklist.overview': ['läge', 'läget', 'lage', 'tilanne', 'näytä tilanne', 'tila', 'status'],
  'team.view': [
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
    'lägg till medlem',
    'lägg till ny medlem i teamet',
    'lägg till Kaisa',
    'snälla lägg till Kaisa Sandberg tack',
    'lisää jäsen',
    'lisää Kaisa tiimiin',
    'add member',
    'Add a member',
    'add Kaisa Sandberg to the team',
  ],
  'meeting.form': [
    'möte',
    'mötte torsdag',
    'Hej Ankar, boka ett möte torsdag 14.30 teamet, tack!',
    'jag vill boka ett möte med Kaisa imorgon',
    'kan vi ha ett möte på torsdag klockan 9?',
    'ska vi ha ett möte på torsdag',
    'voimmeko pitää kokouksen torstaina klo 9?',
    'can we have a meeting on Thursday at 9?',
    'handledning torsdag kl 9',
    'möte LOJ-2026-0001 fredag kl 14',
    'teammöte varje tisdag kl 9',
    'möte förslag\ntorsdag 9\nfredag 13',
    'arbetshandledning torsdag 3 december',
    'arbetshandlednig torsdag',
    'planera torsdag 14',
    'kokous huomenna klo 9',
    'palaveri perjantaina',
    'kokuos huomenna',
    'haluaisin kokous huomenna',
    'haluaisin varata kokouksen torstaina klo 9',
    'voisitko järjestää tiimikokouksen huomenna klo 9',
    'sovitaan kokous torstaina klo 9',
    'seminarium 3.2 kl 9',
    'työnohjaus torstaina klo 13',
    'meeting 3 December 13:00 steering group',
    'meting tomorrow at 9',
    'could you schedule a meeting tomorrow please',
    'find a time with Kaisa',
    `möte torsdag ${'med mycket som ska sägas '.repeat(8)}`,
  ],
  'meeting.cadence': [
    'rytm',
    'rytmen',
    'rytmi',
    'rhythm',
    'rythm',
    'cadence',
    'visa mötesrytmen',
    'min rytm',
    'alueen rytmi',
  ],
  'meeting.list': [
    'möten',
    'mötena',
    'motenn',
    'kokoukset',
    'meetings',
    'meetigns',
    'visa möten',
    'nästa möte',
    'när är nästa möte?',
    'seuraava kokous',
    'milloin on seuraava kokous',
    'next meeting',
    'ställ in mötet',
    'ställ in mötet på torsdag kl 9',
    'kan du flytta mötet till fredag',
    'ändra teammötet torsdag kl 9',
    'peru huomisen kokous',
    'voisitko siirtää kokouksen perjantaille',
    'cancel the meeting on Thursday',
    "please move Thursday's team meeting to Friday",
  ],
  'language.set sv': [
    'språk sv',
    'språk svenska',
    'kieli ruotsi',
    'ruotsiksi kiitos',
    'language Swedish',
    'på svenska',
    'svnska',
  ],
  'language.set fi': [
    'språk fi',
    'byt språk till finska',
    'kieli suomi',
    'vaihda kieli suomeksi',
    'finnish please',
    'kieli finska',
  ],
  'language.set en': [
    'språk en',
    'sprak engelska',
    'kieli englanti',
    'kieli: englantia',
    'in English',
    'change language to english',
    'engelsk',
  ],
  'language.choose': ['språk', 'kieli', 'language', 'vilka språk?', 'langauge'],
};

describe('what is read of what people write', () => {
  for (const [command, texts] of Object.entries(phrases)) {
    for (const text of texts) {
      it(`understands ${JSON.stringify(text)} as ${command}`, () => {
        expect(parse(text)).to.equal(command);
      });
    }
  }

  it('understands the examples of each command as that command, in all three languages', () => {
    for (const mode of ['local', 'production'] as const) {
      const { commands } = featuresOf(mode);
      const meant = commands.map(({ example }) => {
        const verbs = Object.values(example).map((text) => brief(read(text, mode === 'local')).split(' ')[0]);
        expect(new Set(verbs).size, example.en).to.equal(1);
        return verbs[0];
      });
      expect(new Set(meant).size, 'each is another').to.equal(commands.length);
      expect(meant).not.to.include('unknown,');
    }
  });

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
        expect(parse(upper ? text.toUpperCase() : text)).to.equal('referral.list mine');
      }),
    );
  });
});

describe('the titles of the buttons', () => {
  const keys = [
    'help.newReferral',
    'help.list',
    'help.team',
    'help.members',
    'help.language',
    'team.add',
    'referral.list.show.open',
    'referral.list.show.mine',
    'referral.list.show.waiting',
  ] as const;
  const verbs = [
    'referral.form',
    'referral.list open',
    'team.view',
    'team.view',
    'language.choose',
    'team.view',
    'referral.list open',
    'referral.list mine',
    'referral.list waiting',
  ];
  for (const language of languages) {
    it(`do as commands what they do as buttons (${language})`, () => {
      expect(keys.map((key) => parse(textsFor(language)(key)))).to.deep.equal(verbs);
    });
  }
});

describe('what is read of what people write: no command', () => {
  const unknown: [string, string | null][] = [
    ['igår träffade jag teamet och vi åt glass', null],
    ['har någon sett vad som hände med LOJ-2026-0001 i dag?', null],
    ['kan vi prata om hänvisningar i morgon', 'referral.list open'],
    ['tiimi kokoontuu tänään koululla', 'team.view'],
    ['we need help with this new family today', null],
    ['ny hänvisning Anna', 'referral.form'],
    ['ny hänvisning LOJ-2026-0001', 'referral.view LOJ-2026-0001'],
    ['LOJ-2026-0001 RAS-2026-0002', 'referral.view LOJ-2026-0001'],
    ['mina hänvisningar som väntar', 'referral.list open'],
    ['hänvisningar på fredag', 'referral.list open'],
    ['ärende', 'referral.list open'],
    ['skapa', 'referral.form'],
    ['uusi tiimi', 'referral.form'],
    ['lägg till', 'referral.form'],
    ['lägg till Anna hänvisningar', 'referral.form'],
    ['lägg till en rad om mötet', 'referral.form'],
    ['vi har möte på torsdag', 'meeting.list'],
    ['kokouksen muistio puuttuu', 'meeting.list'],
    ['språk svenska finska', 'language.choose'],
    ['språk tyska', 'language.choose'],
    ['hjälp teamet', 'team.view'],
    ['hänvisningarnaxyz', 'referral.list open'],
    ['ohjausryhmä', null],
    ['styrgruppen', null],
    ['hnvisnngr', 'referral.list open'],
    ['kaffe', null],
    ['hel', null],
    ['tim', null],
    ['sv', null],
    ['ok', null],
    ['👍 bra', null],
  ];
  for (const [text, suggestion] of unknown) {
    it(`does not guess at ${JSON.stringify(text)} but suggests ${suggestion ?? 'nothing'}`, () => {
      const reading = read(text);
      expect(reading.kind).to.equal('unknown');
      if (reading.kind !== 'unknown') return;
      expect(reading.example && parse(reading.example.sv)).to.equal(suggestion);
    });
  }

  it('suggests the very case that was written, in a sentence that is none of its commands', () => {
    expect(parse('visa LOJ-2026-0042 nu genast')).to.equal('unknown, hänvisning LOJ-2026-0042');
    expect(parse('näytä loj-2026-42 heti huomenna')).to.equal('unknown, ohjaus LOJ-2026-0042');
    expect(parse('ny hänvisning LOJ-2026-0007')).to.equal('unknown, hänvisning LOJ-2026-0007');
  });

  it('takes no date for a case, whatever word stands before it', () => {
    for (const text of ['visa 2026-12-03', 'den 2026–12–03', 'loj 2026-12-03'])
      expect(read(text), text).to.include({ kind: 'unknown', reference: null });
  });

  it('suggests in the language that was written', () => {
    expect(parse('uusi ohjaus huomenna')).to.equal('unknown, uusi ohjaus');
    expect(parse('my referrals tomorrow')).to.equal('unknown, open referrals');
    expect(parse('mina hänvisningar imorgon')).to.equal('unknown, öppna hänvisningar');
  });

  it('only ever suggests what it understands', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.values(phrases).flat(), 'fredag', 'xyz'), { maxLength: 4 }),
        (parts) => {
          const reading = read(parts.join(' '));
          if (reading.kind !== 'unknown' || !reading.example) return;
          for (const example of Object.values(reading.example)) expect(read(example).kind).to.equal('command');
        },
      ),
    );
  });

  it('ends for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (text, local) => {
        expect(read(text, local).kind).to.be.a('string');
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
      expect(read(unit.repeat(Math.ceil(100_000 / unit.length)), true).kind).to.be.a('string');
    });
  }

  it('takes a text for no command when it is longer than any command is, whatever it begins with', () => {
    expect(parse(`hjälp ${'hjälp '.repeat(100)}`)).to.equal('unknown, nothing');
    expect(parse(`agera som ${'a'.repeat(600)}`, true)).to.equal('unknown, nothing');
    expect(parse(`mina hänvisningar ${'tack '.repeat(20)}`)).to.equal('unknown, nothing');
  });
});

describe('what is read of what people write: sensitive data', () => {
  const texts = [
    ['ny hänvisning 131052-308T', 'sensitive personalIdentityCode'],
    ['131052-308T', 'sensitive personalIdentityCode'],
    ['hjälp 040 123 4567', 'sensitive phoneNumber'],
    ['möte torsdag kl 9 om 131052-308T', 'sensitive personalIdentityCode'],
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

describe('what is read of what people write: acting as somebody else', () => {
  const vocabulary = createVocabulary([actAsWords]);
  const local = [
    ['agera som Anna Berg', { as: 'named', name: 'Anna Berg' }],
    ['agra som Anna Berg', { as: 'named', name: 'Anna Berg' }],
    ['Agera Som anna', { as: 'named', name: 'anna' }],
    ['snälla agera som Åsa Öst-Holm tack', { as: 'named', name: 'Åsa Öst-Holm' }],
    ['toimi kuin Matti Meikäläinen', { as: 'named', name: 'Matti Meikäläinen' }],
    ['toimi Matti', { as: 'named', name: 'Matti' }],
    ['act as "Anna".', { as: 'named', name: 'Anna' }],
    ['act as Anna  Berg', { as: 'named', name: 'Anna Berg' }],
    ['agera som', { as: 'chosen' }],
    ['agera', { as: 'chosen' }],
    ['Agera som …', { as: 'chosen' }],
    ['toimi kuin', { as: 'chosen' }],
    ['agera som mig själv', { as: 'oneself' }],
    ['toimi kuin itse', { as: 'oneself' }],
    ['act as me', { as: 'oneself' }],
  ] as const;
  for (const [text, who] of local) {
    it(`understands ${JSON.stringify(text)} as ${Object.values(who).join(' ')} in local mode, and not at all elsewhere`, () => {
      const reading = read(text, true);
      expect(reading.kind === 'command' && reading.meant.verb).to.equal('local.actAs');
      expect(parseActAs(cleanText(text), vocabulary)).to.deep.equal(who);
      expect(parse(text)).to.equal('unknown, nothing');
    });
  }

  it('leaves the other commands as they are in local mode', () => {
    for (const [command, texts] of Object.entries(phrases)) {
      for (const text of texts) expect(parse(text, true), text).to.equal(command);
    }
  });
});

describe('the language that is spoken', () => {
  const spoken: readonly (readonly [Language | null, readonly string[]])[] = [
    ['sv', ['hänvisningar', 'hanvisningar', 'hänvisnigar', 'hjälp', 'ny hänvisning', 'visa team', 'svenska', 'hej']],
    ['fi', ['ohjaukset', 'ohjauset', 'apua', 'uusi ohjaus', 'näytä team', 'suomeksi', 'kieli sv', 'tiimi']],
    ['en', ['referrals', 'refferals', 'help', 'new referral', 'show my team', 'language fi', 'referral LOJ-2026-0001']],
    [null, ['team', 'LOJ-2026-0001', 'uusi referral', 'kieli svenska', '', 'kaffe', 'hjälp '.repeat(30)]],
    ['sv', ['sitter i möte', 'mina hänvisningar imorgon', 'hnvisnngr', 'ny hänvisning 131052-308T']],
    ['fi', ['omat ohjaukset huomenna', 'uusi ohjaus 131052-308T']],
    [null, ['en ymmärrä', 'voiko se näkyä muille', 'me emme osaa', 'anna.a@espoo.fi', 'on torsdag']],
  ];
  for (const [language, texts] of spoken) {
    for (const text of texts) {
      it(`of ${JSON.stringify(text.slice(0, 40))} is ${language ?? 'none in particular'}`, () => {
        expect(read(text).language).to.equal(language);
      });
    }
  }

  it('of a command that is written so in several languages is that in which it is usual, where it is in one alone', () => {
    const usual = (text: string): Language | null => {
      const reading = read(text);
      expect(reading.language, text).to.equal(null);
      return reading.kind === 'command' ? reading.usual : null;
    };
    expect(usual('agenda')).to.equal('en');
    expect(usual('Agenda!')).to.equal('en');
    expect(usual('status')).to.equal('en');
    expect(usual('team')).to.equal(null);
    expect(read('visa agenda').language).to.equal('sv');
    expect(read('show agenda').language).to.equal('en');
  });

  it('of what plans a meeting is that in which it begins, whatever its length and title have', () => {
    for (const language of languages)
      for (const [phrase] of meetingPhrases[language]) {
        expect(parse(phrase), phrase).to.equal('meeting.form');
        expect(read(phrase).language, phrase).to.equal(language);
      }
    expect(read('uusi meeting Thu 9').language).to.equal(null);
  });
});
