import type { Paper, Sheet } from '../../../../src/documents/model.ts';

/** Names from all over Europe, and what means something to a spreadsheet, to XML or to nobody. */
export const names = ['Åsa Öhman', 'Šárka Řezáčová', 'Łukasz Żółć', 'Ελένη Ώρα', 'Жанна Ґудзь', 'Þórður Ævarsson'];
export const formulas = ['=1+1', '+358', '-2', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("https://example.com";"x")'];
export const awkward = ['a;b', 'say "no"', 'two\nlines', '<b>&amp;</b>', "it's", 'bell \u0007 and \uFFFE'];

export const sheet: Sheet = {
  language: 'sv',
  title: 'Start [1/2]: vad?',
  columns: [
    { title: 'Text', width: 40 },
    { title: 'Nr', width: 5 },
    { title: 'Datum', width: 12 },
  ],
  rows: [...names, ...formulas, ...awkward].map((text, index) => [
    text,
    index,
    index % 2 === 0 ? { date: '2026-12-03' } : null,
  ]),
};

/** Long enough for three pages. */
export const paper: Paper = {
  language: 'fi',
  title: 'Käynnistys & <muut>',
  sections: [
    { is: 'paragraph', text: names.join(', ') },
    ...['Ensin', 'Sitten'].map((text) => ({ is: 'heading' as const, text })),
    {
      is: 'table',
      columns: [
        { title: 'Sisältö', width: 7 },
        { title: 'Toteutettu', width: 3 },
      ],
      rows: Array.from({ length: 60 }, (_, index) => [
        { text: `Kohta ${index} ${'sana '.repeat(20)}alku${index}`, small: `Lähde ${index}` },
        { box: { ticked: index % 2 === 0, label: index % 2 === 0 ? 'Valmis' : 'Kesken' }, text: `loppu${index}` },
      ]),
    },
  ],
};

/** Swedish, with Finnish beside and below it. */
export const bilingual: Paper = {
  language: 'sv',
  title: 'Protokoll',
  sections: [
    { is: 'heading', text: 'Mötet öppnas', also: { text: 'Kokouksen avaus', language: 'fi' } },
    { is: 'paragraph', text: 'Otsikko suomeksi', language: 'fi', strong: true },
    {
      is: 'table',
      columns: [
        { title: 'Svenska', width: 1 },
        { title: 'Suomi', width: 1, language: 'fi' },
      ],
      rows: [
        [
          { label: 'Beslut', text: 'Enligt förslaget' },
          { label: 'Päätös (ruotsiksi)', text: 'Ordalydelsen', language: 'sv' },
        ],
      ],
    },
  ],
};
