import { expect } from 'chai';
import { isNamed } from '../../../../src/shared/names.ts';

/** Each name, and titles that give it away. */
const given: Readonly<Record<string, readonly string[]>> = {
  'Pekka Virtanen': [
    ...[
      'Virtasen tapaaminen',
      'Virtasten perhe',
      'Virtaselle',
      'Virtasella kotona',
      'Virtasta',
      'Virtasia',
      'Virtaseen',
    ],
    ...['Pekan asia', 'Pekkakin', 'Pekallekin', 'Pekkaan', 'Pekkojen', 'Pekoille'],
    ...['Pekkas möte', 'Virtanens', 'Virtanenfallet', 'Pekka2'],
    ...['PekkaVirtanen', 'virtanenpekka', 'PekkaVirtasen asia', 'PEKKA VIRTANEN', 'P\u200Bekka'],
  ],
  'Jonas Lindholm': [
    ...['Jonaksen tapaaminen', 'Jonasin', 'Jonasta', 'Jonasille', 'Jonas’s meeting'],
    ...['Lindholmarna', 'Lindholmarnas hem', 'Lindholmska', 'Lindholmien', 'Lindholmin', 'Lindholmsfallet'],
  ],
  'Matti Niemi': ['Niemen perhe', 'Niemelle', 'Niemeen', 'Niemien', 'Matin tapaaminen', 'Matille', 'Mattia'],
  'Satu Lahti': ['Sadun', 'Satun', 'Lahden', 'Lahteen', 'Lahtien'],
  'Outi Mäki': ['Outin', 'Mäen', 'Mäkeen', 'Mäellä'],
  'Tuomas Kangas': ['Tuomaan', 'Tuomaksen', 'Kankaan', 'Kankaaseen', 'Kankaita', 'Kankailla'],
  'Lotta Ranta': ['Lotan', 'Rannan', 'Rantojen', 'Rannoilla'],
  'Erkki Kurki': ['Erkin', 'Kurjen', 'Kurkeen'],
  'Eero Lampi': ['Lammen', 'Lampien'],
  'Anne Laine': ['Laineen', 'Laineella', 'Laineeseen', 'Annen'],
  'Oskari Luoma': ['Luomien', 'Luomille', 'Oskarin'],
  'Eva Holm': ['Holmarna', 'Holms', 'Evan', 'Evas'],
  'Bo Ek': ['Bo Ek', 'Samtal med Bo Eks mamma', 'Ek, Bo', 'BoEk', 'Bon ja Ekin tapaaminen'],
  'Åsa Öst': ['Åsas möte', 'hos Öst', 'Asan'],
  Bo: ['Träff med Bo', 'Bos möte'],
};

/** What people call their meetings. */
const ordinary = [
  ...['Ankarträff', 'Uppföljning', 'Nätverksmöte i skolan', 'Första träffen', 'Planering inför hösten', 'Hembesök'],
  ...['Samtal om skolgång och fritid', 'Träff med mamma och pappa', 'Nästa steg, annars som vanligt', 'Ett annat möte'],
  ...['Genomgång av planen i januari', 'I dag eller i morgon', 'Personlig plan för perioden', 'Kontoret i Lojo'],
  ...[
    'Information till alla',
    'Timmen före skolan',
    'Polisen och socialarbetaren',
    'Beslut om samtycke',
    'Teamets träff',
  ],
  ...['Ankkuritapaaminen', 'Seuranta', 'Perheen tapaaminen', 'Verkostokokous koululla', 'Kotikäynti', 'Kuulumiset'],
  ...['Suunnitelman läpikäynti huoltajien kanssa', 'Kaikki mukana', 'Aina torstaina illalla', 'Kokonaan uusi suunta'],
  ...[
    'Monien asioiden kartoitus',
    'Tilanteen arviointi',
    'Kokous ja kokoukset',
    'Teillä vai meillä',
    'Päätös ja lopetus',
  ],
  ...['Poliisiasemalla Lohjalla', 'Sovittu aika', 'Lastensuojelun neuvottelu', 'Ellei muuta sovita', 'Anteeksipyyntö'],
  ...['Anchor meeting', 'Follow-up', 'Network meeting at school', 'Planning for the autumn', 'Home visit'],
  ...[
    'Review of the plan',
    'All together',
    'Any questions',
    'The last call online',
    'Remaining matters',
    'Team agreement',
  ],
];
const names = [
  'Aki Ali Anders Ann Anna Anne Anni Antti Ari Bo Daniel Ella Elli Elliot Emil Eva Hanna Heikki Heli Ida Inka Jan Jonas',
  'Kai Kalle Kim Lars Lea Linda Lotta Mari Maria Markus Martin Matti Max Mia Mika Mikko Minna Mona Onni Oona Otto Pekka',
  'Pia Sami Sanna Sara Satu Sofia Tea Timo Tom Tove Tuomas Ville Aalto Anttila Berg Ek Harju Heinonen Holm Järvinen',
  'Kallio Kangas Kokko Korhonen Laine Lampi Lehtinen Lindholm Luoma Mäkelä Mäki Mäkinen Niemi Nieminen Pelto Ranta',
  'Saari Salo Ström Virtanen Vuori Öst',
].flatMap((line) => line.split(' '));

describe('somebody’s name in a text', () => {
  for (const [name, titles] of Object.entries(given)) {
    it(`is found in every form that it takes: ${name}`, () => {
      expect(titles.filter((title) => !isNamed(name, title))).to.deep.equal([]);
    });
  }

  it('is found in no ordinary title, whatever somebody is called', () => {
    const found = names.flatMap((name) =>
      ordinary.filter((title) => isNamed(`${name} Åkerblom`, title)).map((title) => `${name}: ${title}`),
    );
    expect(found).to.deep.equal([]);
  });

  it('is found in no longer name that begins with it', () => {
    for (const [name, other] of [
      ['Niemi', 'Nieminen, Niemisen, Niemiselle ja Niemelä'],
      ['Virta', 'Virtanen ja Virtasen'],
      ['Matti', 'Mattila'],
      ['Heikki', 'Heikkinen ja Heikkilä'],
      ['Elliot', 'Elliotte, Elli'],
    ] as const)
      expect(isNamed(name, other), other).to.equal(false);
  });

  it('is found by two letters only where all of the name stands', () => {
    expect(isNamed('Bo Lindholm', 'Boka rum i Bo')).to.equal(false);
    expect(isNamed('Bo Ek', 'Möte i Bo')).to.equal(false);
    expect(isNamed('A. B. Lindholm', 'Bygg ab')).to.equal(false);
  });

  it('is found however it is broken up: letter by letter, and by what nobody sees', () => {
    for (const text of [
      'Möte med P e k k a',
      'P.e.k.k.a:n asia',
      'P-e-k-k-a',
      'Pe\u200Bk\u00ADka',
      'V i r t a s e n',
      'V i r t a s t a',
    ])
      expect(isNamed('Pekka Virtanen', text), text).to.equal(true);
    expect(isNamed('Bo Ek', 'B o  E k')).to.equal(true);
    for (const text of ['E. E x e m p e l s s o n', 'E l l i o t E.', 'i E l l i o t', 'E l l i o t i n'])
      expect(isNamed('Elliot Exempelsson', text), text).to.equal(true);
    for (const text of ['A B C', 'punkt p, e och k', 'plan a b'])
      expect(isNamed('Pekka Virtanen', text), text).to.equal(false);
  });

  it('is not there without a name or without a text', () => {
    for (const [name, text] of [
      ['', ''],
      ['', 'möte'],
      ['...', 'möte ...'],
      ['Pekka', ''],
    ] as const)
      expect(isNamed(name, text)).to.equal(false);
  });
});
