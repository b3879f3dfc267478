import type { Directory } from '../../src/directory/model.ts';
import type { Intake } from '../../src/referrals/input.ts';
import type { Coded } from '../../src/referrals/model.ts';

interface Sample {
  coded: Omit<Coded, 'municipality' | 'legalBasis'>;
  name: string;
  age: number;
  guardianContact: string | null;
  narrative: string;
}

/** Fictional referrals to try the bot with; every name is made up. */
const samples: readonly [Sample, ...Sample[]] = [
  {
    coded: {
      source: 'school',
      basis: 'concern',
      concerns: ['absence', 'narcotics'],
      ageBand: 'from12to14',
      gender: 'boy',
      urgency: 'normal',
    },
    name: 'Elliot Exempelsson',
    age: 13,
    guardianContact: 'Eva Exempelsson (mamma), nås via skolans kurator',
    narrative:
      'Har setts ute sent på vardagskvällar med äldre ungdomar. Skolan har märkt frånvaro och humörsvängningar under hösten.',
  },
  {
    coded: {
      source: 'police',
      basis: 'crimeReport',
      concerns: ['theft'],
      ageBand: 'from15to17',
      gender: 'girl',
      urgency: 'atOnce',
    },
    name: 'Aino Esimerkki',
    age: 15,
    guardianContact: 'Antti Esimerkki (isä), tavattavissa iltaisin',
    narrative: 'Epäillään näpistyksestä kaupasta yhdessä kavereiden kanssa. Nuori on itse kertonut haluavansa apua.',
  },
  {
    coded: {
      source: 'youth',
      basis: 'concern',
      concerns: ['threat', 'online'],
      ageBand: 'from12to14',
      gender: 'other',
      urgency: 'soon',
    },
    name: 'Nova Provström',
    age: 14,
    guardianContact: null,
    narrative: 'Hotfulla meddelanden i en chattgrupp. Den unga är rädd för att gå till skolan.',
  },
  {
    coded: {
      source: 'social',
      basis: 'childWelfareNotification',
      concerns: ['alcohol', 'assault'],
      ageBand: 'from15to17',
      gender: 'boy',
      urgency: 'normal',
    },
    name: 'Leo Kuvitella',
    age: 16,
    guardianContact: 'Liisa Kuvitella (huoltaja)',
    narrative: 'Juonut itsensä humalaan kahtena viikonloppuna ja joutunut tappeluun. Perhe toivoo tukea.',
  },
];

/** `turn` counts up, so that one sample differs from the next. */
export function sampleIntake(directory: Directory, turn: number, year: number): Intake {
  const { coded, name, age, guardianContact, narrative } = samples[turn % samples.length] ?? samples[0];
  const home = directory.municipalities.filter(({ team }) => team === directory.bodies[0]?.id);
  return {
    coded: { ...coded, municipality: home[turn % home.length]?.id ?? '', legalBasis: null },
    identity: { name, birthYear: year - age, guardianContact },
    narrative,
  };
}
