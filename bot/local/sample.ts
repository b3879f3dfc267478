import type { Directory } from '../../src/directory/model.ts';
import { codesOf } from '../../src/referrals/codes.ts';
import type { Intake } from '../../src/referrals/input.ts';

/** Fictional referrals to try the bot with; every name is made up. */
const people = [
  { name: 'Elliot Exempelsson', age: 13, guardianContact: 'Eva Exempelsson (mamma), nås via skolans kurator' },
  { name: 'Aino Esimerkki', age: 15, guardianContact: 'Antti Esimerkki (isä), tavattavissa iltaisin' },
  { name: 'Nova Provström', age: 14, guardianContact: null },
  { name: 'Leo Kuvitella', age: 16, guardianContact: 'Liisa Kuvitella (huoltaja)' },
] as const;

const narratives = [
  'Har setts ute sent på vardagskvällar med äldre ungdomar. Skolan har märkt frånvaro och humörsvängningar under hösten.',
  'Epäillään näpistyksestä kaupasta yhdessä kavereiden kanssa. Nuori on itse kertonut haluavansa apua.',
  'Hotfulla meddelanden i en chattgrupp. Den unga är rädd för att gå till skolan.',
] as const;

/** `turn` counts up, so that one sample differs from the next. */
export function sampleIntake(directory: Directory, turn: number, year: number): Intake {
  const pick = <const T extends readonly [unknown, ...unknown[]]>(items: T): T[number] =>
    items[turn % items.length] ?? items[0];
  const person = pick(people);
  const { age } = person;
  const home = directory.municipalities.filter(({ team }) => team === directory.bodies[0]?.id);
  return {
    coded: {
      municipality: home[turn % home.length]?.id ?? '',
      source: pick(['school', 'police', 'youth', 'family']),
      basis: pick(['concern', 'crimeReport', 'concern', 'childWelfareNotification']),
      concerns: [pick(codesOf('concern')), 'absence'],
      ageBand: age >= 15 ? 'from15to17' : 'from12to14',
      gender: pick(['boy', 'girl', 'other']),
      urgency: pick(['normal', 'atOnce', 'normal', 'soon']),
      legalBasis: null,
    },
    identity: { name: person.name, birthYear: year - age, guardianContact: person.guardianContact },
    narrative: pick(narratives),
  };
}
