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
  'Antti Rinne': ['Rinteen perhe', 'Rinteelle', 'Rinteellä', 'Rinteet', 'Rinnettä', 'Rinneen'],
  'Satu Lähde': ['Lähteen', 'Lähteelle'],
  'Eva Lumme': ['Lumpeen'],
  'Eva Vuolle': ['Vuolteen', 'Vuolteella'],
  'Eva Nummi': ['Nummen perhe', 'Nummelle', 'Nummien', 'Nummin'],
  'Eva Tammi': ['Tammen perhe'],
  'Luukas Susi': ['Luukkaan', 'Luukkaalle', 'Luukaksen', 'Suden', 'Sudella', 'Susien'],
  "Sean O'Brien": ['OBrien', 'OBriens mamma', 'O’Brien', 'O Brien', 'obrienin'],
  'Awa N’Diaye': ['Ndiaye', 'NDiayes', "N'Diaye"],
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
/** What sounds like a name, or a part of one, and is none. */
const innocent = [
  ...[
    'Möte per telefon',
    'Per telefon',
    'Samtal per video',
    'Maj 2027 nätverksmöte',
    'Dag 2 genomgång av planen',
    'Tor 14 vid skolan',
    'Max 1 timme',
    'Max 1,5 h',
    'Max en timme',
    'Max 2 tuntia',
    'max 10 hlö',
    'max 30 min',
    'Max 30 min',
    'högst 1 h, max 2 h',
    't.o.m. fredag',
    'T.o.m. fredag',
  ],
  ...[
    'fr.o.m. maj',
    'den 3 maj',
    'Maj 2027',
    'tor 14.30',
    'tors 14.30',
    'fre 8 jan',
    'a.s.a.p.',
    'p.g.a. sjukdom',
    'o.s.v.',
  ],
  ...[
    'Var ska vi bo',
    'att bo hemma',
    'Boka rum',
    'Min plan',
    'Vem kommer',
    'Han och hans familj',
    'En dag i skolan',
    'Dag 2',
  ],
  ...[
    'Nya tider',
    'Sagan om planen',
    'Vi ses i vår',
    'Möte i liten grupp',
    'Bomull och lin',
    'Myndigheterna',
    'Mysig kväll',
  ],
  ...['Mats sak', 'Emellan möten', 'I linje med planen', 'Lika för alla', 'Livet hemma', 'Klara mål', 'Stig in'],
  ...[
    'Mikä aika sopii',
    'mikä päivä',
    'Kokous aamulla',
    'Aamulla klo 9',
    'huomenaamuna',
    'ainoa sopiva aika',
    'Ainoa vaihtoehto',
  ],
  ...['Toivon mukaan', 'toivoa on', 'Iloa arkeen', 'ilo nähdä', 'Onni yksillä', 'Lumen tulo', 'Kai sopii'],
  ...['Retki ja meri', 'Into kasvaa', 'Uskoa tulevaan', 'Arvoa työlle', 'Kesän ohjelma', 'Lapsen kuuleminen'],
  ...['Koulun väki', 'Mielen hyvinvointi', 'ma-to', 'to klo 9', 'esim. koulu', 'n. 30 min', 'ks. liite', 'Ennen lomaa'],
  ...[
    'We will meet',
    'We may call',
    'Mark the date',
    'I hope so',
    'Art class',
    'No bill yet',
    'Meeting in June',
    'to my mind',
  ],
  ...['Be on time', 'at a library', 'Limit 30 min', 'Same place', 'Amended plan', 'Tomorrow', 'Personal plan'],
];
const firstNames = [
  'Per Max Tor Maj Aino Mika Aamu Åsa Tom My Bo Li Kai Ilo Toivo Onni Lumi Rauha Meri Into Usko Arvo Jan Hans Dag Liv Stig',
  'Klara Mark Will Hope Bill Art Sam Mia Ida Emma Elias Leo Eva Mai Linn Lina Mina Tomas Persson Maxim',
].flatMap((line) => line.split(' '));
const names = [
  'Aki Ali Anders Ann Anna Anne Anni Antti Ari Bo Daniel Ella Elli Elliot Emil Eva Hanna Heikki Heli Ida Inka Jan Jonas',
  'Kai Kalle Kim Lars Lea Linda Lotta Mari Maria Markus Martin Matti Max Mia Mika Mikko Minna Mona Onni Oona Otto Pekka',
  'Pia Sami Sanna Sara Satu Sofia Tea Timo Tom Tove Tuomas Ville Aalto Anttila Berg Ek Harju Heinonen Holm Järvinen',
  'Kallio Kangas Kokko Korhonen Laine Lampi Lehtinen Lindholm Luoma Mäkelä Mäki Mäkinen Niemi Nieminen Pelto Ranta',
  'Saari Salo Ström Virtanen Vuori Öst',
].flatMap((line) => line.split(' '));

/** First names that are words every day. */
const wordsToo = [
  'Per Max Tor Maj Jan Tom Hans Dag Sten Stig Liv Mats Klara Vilja Love Saga Vår Ilo Toivo Onni Rauha Lumi Kai Arvo Usko',
  'Into Oiva Meri Suvi Tuuli Will May Mark Hope Bill Art Rose June',
].flatMap((line) => line.split(' '));
const genitivesOf = (name: string): string[] => [
  /[sx]$/.test(name) ? name : `${name}s`,
  /[aeiouyåäö]$/.test(name) ? `${name}n` : `${name}in`,
];

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

  it('is found in no title that only sounds like it', () => {
    expect(innocent).to.have.length.of.at.least(60);
    const found = firstNames.flatMap((name) =>
      [...innocent, ...ordinary]
        .filter((title) => isNamed(`${name} Åkerblom`, title))
        .map((title) => `${name}: ${title}`),
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

  it('is found by two letters where all of the name stands, or where they are written as a name is', () => {
    for (const text of ['Träff med Bo', 'Samtal med Bos mamma', 'Bo och mamma', 'Möte i Bo', 'Kokous: Bolle sopii'])
      expect(isNamed('Bo Lindholm', text), text).to.equal(true);
    for (const text of ['boka rum', 'att bo hemma', 'Anchor Bot', 'Bor hemma', 'Träff med Boel', 'Möte om Boende'])
      expect(isNamed('Bo Lindholm', text), text).to.equal(false);
    expect(isNamed('Mo Lindholm', 'Plan för Möten')).to.equal(false);
    expect(isNamed('A. B. Lindholm', 'Bygg ab')).to.equal(false);
  });

  it('is found where it is a word too only as a name is written', () => {
    for (const [name, text] of [
      ['Per', 'Möte med Per'],
      ['Per', 'Per och mamma'],
      ['Per', 'Pers familj'],
      ['Max', 'Samtal med Max i skolan'],
      ['Maj', 'Träff med Maj'],
      ['Aino', 'Ainon asia'],
      ['Mika', 'mika ja äiti'],
      ['Aamu', 'Tapaaminen: Aamu ja äiti'],
    ] as const)
      expect(isNamed(`${name} Åkerblom`, text), text).to.equal(true);
  });

  it('is found where it begins a text, also where it is a word every day', () => {
    expect(wordsToo).to.have.lengthOf(38);
    for (const name of wordsToo) {
      const titles = [
        ...[name, `${name}: uppföljning`, `${name} uppföljning`, `${name}, koulu`, `1. ${name}`, `${name}-möte`],
        ...[`${name} ja äiti`, `${name} & mamma`, `"${name}" seuranta`, `– ${name} follow-up`],
        ...genitivesOf(name).flatMap((form) => [form, `${form} tapaaminen`, `${form} möte`]),
      ];
      const all = titles.flatMap((title) => [title, title.toUpperCase(), title.toLowerCase()]);
      expect(all.filter((title) => !isNamed(`${name} Åkerblom`, title))).to.deep.equal([]);
    }
    for (const [name, titles] of [
      ['Toivo', ['Toivon tapaaminen', 'toivoa tapaamaan', 'Toivo: seuranta']],
      ['Meri', ['Meren tapaaminen', 'Merin tapaaminen']],
      ['Lumi', ['Lumen tapaaminen', 'Lumin asia']],
      ['Into', ['Innon tapaaminen']],
      ['Aamu', ['Aamun tapaaminen', 'Aamulla kotona']],
      ['Max', ['Max möte', 'max och mamma', 'M a x']],
      ['Bo', ['Bo', 'Bo möte', 'Bos möte', 'bo & mamma', 'Bo i skolan', 'Bo hemma hos mamma']],
      ['Max', ['Max 15 år, läget i skolan', 'max 15 v', 'Max 16', 'Max en uppföljning', 'Uppföljning\nmax hemma']],
      ['Tor', ['Tor 14 år uppföljning']],
      ['Maj', ['Maj 15 år', 'Maj 15-åring']],
      ['June', ['June 15 years']],
      ['Mats', ['Mats sak i skolan']],
      ['Rauha', ['Rauha kotiin']],
      ['Kai', ['Kai huomenna']],
    ] as const)
      expect(titles.filter((title) => !isNamed(`${name} Åkerblom`, title))).to.deep.equal([]);
  });

  it('is none before a number that it goes with, nor in a phrase that begins with the word', () => {
    for (const [name, title] of [
      ['Max', 'Max 30'],
      ['Max', 'Max. 30 min'],
      ['Maj', '3 maj: uppföljning'],
      ['Dag', 'Dags att planera'],
      ['Toivo', 'Toivon mukaan maanantaina'],
      ['Klara', 'Klara mål'],
      ['Kai', 'Kai sopii?'],
      ['Anna', 'Annars online'],
    ] as const)
      expect(isNamed(`${name} Åkerblom`, title), title).to.equal(false);
    for (const [name, title] of [
      ['Onni', 'Onni 2'],
      ['Klara', 'Klara målsättning'],
      ['Maj', '3. Maj'],
    ] as const)
      expect(isNamed(`${name} Åkerblom`, title), title).to.equal(true);
  });

  it('is found however it is broken up: letter by letter, and by what nobody sees', () => {
    for (const text of [
      'Möte med P e k k a',
      'P.e.k.k.a:n asia',
      'P-e-k-k-a',
      'Pe\u200Bk\u00ADka',
      'V i r t a s e n',
      'V i r t a s t a',
      'Pek ka',
      'P ekka',
      'Pe k ka',
      'Möte med Virta nen',
      'Vir-tanen',
      'VIRTA-\nNEN',
      'Virta- sen asia',
      'Pek**ka**',
    ])
      expect(isNamed('Pekka Virtanen', text), text).to.equal(true);
    expect(isNamed('Bo Ek', 'B o  E k')).to.equal(true);
    for (const text of ['E. E x e m p e l s s o n', 'E l l i o t E.', 'i E l l i o t', 'E l l i o t i n'])
      expect(isNamed('Elliot Exempelsson', text), text).to.equal(true);
    for (const text of ['Ell iot', 'Exempels-son', 'https://x.fi/?n=Ell+iot', 'om Exem- pelssons'])
      expect(isNamed('Elliot Exempelsson', text), text).to.equal(true);
    for (const [name, text] of [
      ['Andreas Holm', 'Notes and reasons'],
      ['Elina Holm', 'Elli, na'],
      ['Marko Holm', 'mar 3 ko'],
      ['Anna Ek', 'an na'],
    ] as const)
      expect(isNamed(name, text), text).to.equal(false);
    for (const text of ['A B C', 'punkt p, e och k', 'plan a b'])
      expect(isNamed('Pekka Virtanen', text), text).to.equal(false);
  });

  it('is found in a word beside a word of ours or the initial of the other part, and where all parts are one word', () => {
    for (const text of [
      ...[
        'Elliotmötet',
        'Elliotsmötet',
        'mötetElliot',
        'ankarmötetElliot',
        'Elliotfallet',
        'Elliotperhe',
        'perheElliot',
      ],
      ...[
        'tapaaminenElliot',
        'Elliotcase',
        'eexempelsson',
        'e.exempelsson',
        'elliote',
        'eexempelssons asia',
        'elliotexempelsson',
      ],
    ])
      expect(isNamed('Elliot Exempelsson', text), text).to.equal(true);
    for (const text of ['Elliotte', 'Elliota', 'Felliot', 'vexempels'])
      expect(isNamed('Elliot Exempelsson', text), text).to.equal(false);
    for (const text of [
      'PekkaJuhaniVirtanen',
      'pekkajuhanivirtasen asia',
      'juhanivirtanen',
      'pekkavirtanen',
      'pvirtanen',
    ])
      expect(isNamed('Pekka Juhani Virtanen', text), text).to.equal(true);
    expect(isNamed('Ida Salo', 'idamöte, isalo'), 'of four letters there are too many').to.equal(false);
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
