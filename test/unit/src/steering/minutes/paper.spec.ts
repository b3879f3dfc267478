import { expect } from 'chai';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { writeDocx } from '../../../../../src/documents/docx.ts';
import { writePdf } from '../../../../../src/documents/pdf.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { extractOf } from '../../../../../src/steering/minutes/extract.ts';
import { minutesName, minutesPaper, piecesOf } from '../../../../../src/steering/minutes/paper.ts';
import type { MinutesSaid } from '../../../../../src/steering/minutes/wording.ts';
import { minutesSaid } from '../../../../support/minutes.ts';

const documentOf = async (paper: ReturnType<typeof minutesPaper>): Promise<string> =>
  strFromU8(unzipSync(await writeDocx(paper))['word/document.xml'] ?? new Uint8Array());
const plain = (xml: string): string => xml.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const headingsIn = (xml: string): string[] =>
  xml
    .split('<w:p>')
    .filter((one) => one.includes('w:val="Heading1"'))
    .map((one) => plain(one).trim());
/** Which language the first run with exactly this text says that it is in; empty for that of the paper. */
const languageOf = (xml: string, text: string): string =>
  /<w:lang w:val="([^"]+)"/.exec(xml.split('<w:r>').find((run) => run.includes(`>${text}<`)) ?? '')?.[1] ?? '';
const extract: MinutesSaid = {
  ...minutesSaid,
  extent: 'extract',
  snapshot: extractOf(minutesSaid.snapshot),
};

describe('minutes on paper', () => {
  it('have a heading for each paragraph, and say all that was recorded', async () => {
    const xml = await documentOf(minutesPaper(minutesSaid, 'sv'));
    expect(headingsIn(xml)).to.deep.equal([
      'Närvaro',
      '§ 12 Mötet öppnas',
      '§ 13 Ungdomscoacher',
      '§ 14 Hemligt ärende',
      '§ 15 Nästa möte',
      '§ 16 Fel punkt',
      'Protokolljustering',
      'Rättelser',
    ]);
    const text = plain(xml);
    for (const said of [
      '17 december 2026 kl. 13.02',
      'När mötet öppnades var 2 av 3 platser företrädda',
      'Ordförande Risto Vainio, Jan Lind från § 15 Sekreterare',
      'Raseborg Frånvarande',
      'Marjut Salo (ledamot) Avlägsnade sig före § 14, utom § 13 (jäv)',
      'Jan Lind (ersättare) Från § 14',
      'Dokument https://example.sharepoint.com/plan.pdf',
      `SHA-256 ${'ab12'.repeat(16)}`,
      'Marjut Salo var jävig och deltog inte; Jan Lind deltog i stället.',
      'Välfärdsområdet Jan Lind Motförslag 1 Raseborg Nina Holm Röstade inte',
      'ordförandens röst avgjorde: Förslaget.',
      'Avvikande mening: Jan Lind, Välfärdsområdet (på finska)',
      'Åtgärd: Eva Ek, senast 15 januari 2027 Utlysa tjänsterna',
      'Ärendet behandlades inte.',
      'Ärendet togs bort från föredragningslistan.',
      'Jan Lind Godkände protokollet 20 december 2026',
      'Version 2 Namnet i § 13.',
    ])
      expect(text).to.include(said);
  });

  it('say who chaired an item, how the region stood as a table with its header, and what was left to do', async () => {
    const figures = {
      ...{ period: 'Avgjorda hänvisningar 2026-01–2026-11: 12', lists: 'Två öppna.', rhythms: 'Alla håller rytmen.' },
      tables: [[['Antagen', '7']], []],
    } as const;
    const [first, ...others] = minutesSaid.snapshot.paragraphs;
    if (!first) throw new Error('There is a first paragraph.');
    const told = {
      ...first,
      ...{ chair: 'Jan Lind', figures: { sv: figures, fi: figures, en: figures } },
      followUps: [{ text: { sv: 'Ring hyresvärden' }, owner: 'Eva Ek', due: '2027-01-15' }],
    };
    const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs: [told, ...others] } };
    const xml = await documentOf(minutesPaper(of, 'sv'));
    for (const said of [
      'Ordförande i ärendet Jan Lind',
      'Avgjorda hänvisningar 2026-01–2026-11: 12 Uppgift Antal Antagen 7 Två öppna. Alla håller rytmen.',
      'Återstår: Eva Ek, senast 15 januari 2027 Ring hyresvärden',
    ])
      expect(plain(xml)).to.include(said);
    expect(plain(await documentOf(minutesPaper(of, 'both')))).to.include('Återstår: Eva Ek');
  });

  it('say that there was nothing to follow up and no other matter where that is so, and of nothing more', async () => {
    const [, , , next] = minutesSaid.snapshot.paragraphs;
    if (!next) throw new Error('There is a fourth paragraph.');
    const untouched = { ...next, kind: 'information' as const, is: 'untouched' as const };
    const followUp = { ...untouched, number: 17, item: 'followUp', followUps: [] };
    const other = { ...untouched, number: 18, item: 'other' };
    const said = async (...paragraphs: MinutesSaid['snapshot']['paragraphs']): Promise<string> =>
      plain(
        await documentOf(minutesPaper({ ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs } }, 'sv')),
      );
    const recorded = { ...next, number: 19, is: 'recorded' as const };
    expect(await said(followUp, other, recorded))
      .to.include('Inget att följa upp.')
      .and.include('Inga övriga ärenden.');
    const { followUps: _, ...untold } = followUp;
    expect(await said(untold, other), 'an extract tells nothing of it, and the meeting did not come so far')
      .to.not.include('Inget att följa upp.')
      .and.not.include('Inga övriga ärenden.');
    const discussed = [followUp, other].map((one) => ({ ...one, discussion: { sv: 'Parkeringen.' } }));
    expect(await said(...discussed, recorded)).to.not.match(/Inget att följa upp|Inga övriga/);
  });

  it('say what was decided in its own words where nothing was proposed, and of what is talked over only what was said', async () => {
    const [, second] = minutesSaid.snapshot.paragraphs;
    if (!second) throw new Error('There is a second paragraph.');
    const blank = {
      ...second,
      ...{ proposal: {}, discussion: {}, recusals: [], vote: null, dissents: [], actions: [] },
    };
    const paragraphs = [
      { ...blank, item: 'next', decision: { as: 'changed' as const, text: { sv: 'Vi ses i mars.' } } },
      { ...blank, number: 14, item: 'figures', kind: 'discussion' as const, is: 'untouched' as const, decision: null },
      { ...blank, number: 15, background: { sv: 'Varför det behövs.' }, is: 'untouched' as const, decision: null },
    ];
    const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs } };
    const text = plain(await documentOf(minutesPaper(of, 'sv')));
    expect(text).to.include('Beslut Vi ses i mars.').and.include('Bakgrund Varför det behövs.');
    expect(text.split('Ärendet behandlades inte.'), 'the last alone').to.have.length(2);
  });

  it('say of what nothing was to be decided nothing of a decision, and that what was untouched was not dealt with', async () => {
    const [, , , next] = minutesSaid.snapshot.paragraphs;
    if (!next) throw new Error('There is a fourth paragraph.');
    const said = async (over: Partial<typeof next>): Promise<string> => {
      const paragraphs = [{ ...next, item: 'x', ...over }];
      const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs } };
      const text = plain(await documentOf(minutesPaper(of, 'sv')));
      return text.slice(text.indexOf('§ 15 Nästa möte'), text.indexOf('Protokolljustering')).trim();
    };
    const [is, discussion] = ['recorded', { sv: 'Vi talade.' }] as const;
    for (const kind of ['information', 'discussion'] as const)
      expect(await said({ kind, is, discussion })).to.equal('§ 15 Nästa möte Diskussion Vi talade.');
    expect(await said({ kind: 'decision', is })).to.equal('§ 15 Nästa möte Beslut Inget beslut fattades.');
    for (const kind of ['information', 'decision'] as const)
      expect(await said({ kind, is: 'untouched' })).to.equal('§ 15 Nästa möte Ärendet behandlades inte.');
  });

  it('say who abstained and who did not vote, in the past tense', async () => {
    const [, second] = minutesSaid.snapshot.paragraphs;
    if (!second?.vote) throw new Error('There is a vote.');
    const [ballot, ...others] = second.vote.ballots;
    if (!ballot) throw new Error('There is a ballot.');
    const vote = { ...second.vote, ballots: [{ ...ballot, option: null }, ...others] };
    const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs: [{ ...second, vote }] } };
    for (const [layout, abstained, silent] of [
      ['sv', 'Risto Vainio Avstod', 'Nina Holm Röstade inte'],
      ['fi', 'Risto Vainio Tyhjä', 'Nina Holm Ei äänestänyt'],
      ['en', 'Risto Vainio Abstained', 'Nina Holm Did not vote'],
    ] as const)
      expect(plain(await documentOf(minutesPaper(of, layout))))
        .to.include(abstained)
        .and.include(silent);
  });

  it('say of a vote of which no decision was recorded that it got most votes, and not that it was decided', async () => {
    const [, second] = minutesSaid.snapshot.paragraphs;
    if (!second?.vote) throw new Error('There is a vote.');
    const paragraphs = [{ ...second, vote: { ...second.vote, casting: false }, decision: null }];
    const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, paragraphs } };
    expect(plain(await documentOf(minutesPaper(of, 'sv'))))
      .to.include('Förslaget fick flest röster.')
      .and.not.include('blev mötets beslut');
  });

  it('say where a plan was approved without its document, and of older ones what they say', async () => {
    const { chairs: _, ...older } = minutesSaid.snapshot;
    const [, second] = older.paragraphs;
    if (!second) throw new Error('There is a second paragraph.');
    const paragraphs = [{ ...second, document: null, withoutDocument: true }];
    const text = plain(await documentOf(minutesPaper({ ...minutesSaid, snapshot: { ...older, paragraphs } }, 'sv')));
    expect(text).to.include('Dokument saknades.').and.include('Ordförande Risto Vainio Sekreterare');
  });

  it('name who was not there, and who stepped in', async () => {
    const [seat] = minutesSaid.snapshot.seats;
    if (!seat) throw new Error('There is a seat.');
    const only = { name: 'Jan Lind', as: 'substitute' as const, from: null, to: null, only: [13, 15] };
    const seats = [{ ...seat, people: [only], absent: ['Risto Vainio'] }];
    const of = { ...minutesSaid, snapshot: { ...minutesSaid.snapshot, seats } };
    const ownOf = { ...of, snapshot: { ...of.snapshot, seats: seats.map((one) => ({ ...one, own: true as const })) } };
    expect(plain(await documentOf(minutesPaper(ownOf, 'sv'))), 'of a body without seats').to.include(
      'Risto Vainio Frånvarande',
    );
    const text = plain(await documentOf(minutesPaper(of, 'sv')));
    expect(text)
      .to.include('Jan Lind (ersättare) Endast § 13, 15')
      .and.match(/Risto Vainio \((medlem|ledamot)\) Frånvarande/);
  });

  it('say of what was written in another language in which it was, and speak it so', async () => {
    const xml = await documentOf(minutesPaper(minutesSaid, 'en'));
    expect(languageOf(xml, 'Rahaa ei ole.')).to.equal('fi-FI');
    expect(languageOf(xml, 'Styrgruppen anställer två coacher.')).to.equal('sv-FI');
    expect(plain(xml)).to.include('Proposed decision (in Swedish)');
  });

  it('stand beside each other in two languages, with each column in its own', async () => {
    const xml = await documentOf(minutesPaper(minutesSaid, 'both'));
    expect(languageOf(xml, 'Ohjausryhmä palkkaa kaksi valmentajaa.')).to.equal('fi-FI');
    expect(languageOf(xml, 'Styrgruppen anställer två coacher.')).to.equal('sv-FI');
    expect(headingsIn(xml)).to.include('§ 13 Ungdomscoacher § 13 Nuorisovalmentajat');
    const cells = xml.split('<w:tc>').filter((cell) => cell.includes('Frågan om lokaler väcktes.'));
    expect(cells, 'what was written in one language only stands in both columns').to.have.length(2);
    expect(cells[1]).to.include('Keskustelu (ruotsiksi)').and.include('<w:lang w:val="sv-FI"/>');
    const rows = xml.split('<w:tr>').slice(1);
    expect(rows.filter((row) => row.includes('<w:tblHeader/>')).length).to.be.greaterThan(5);
  });

  it('keep the tables of both languages in one, where what both say alike stands once', async () => {
    const { sections } = minutesPaper(minutesSaid, 'both');
    const attendance = sections.find((one) => one.is === 'table' && one.columns.length === 3);
    if (attendance?.is !== 'table') throw new Error('Who was there is a table.');
    expect(attendance.columns.map(({ title, also }) => [title, also?.text])).to.deep.equal(
      (['seat', 'who', 'when'] as const).map((name) => [
        textsFor('sv')(`minutes.paper.${name}`),
        textsFor('fi')(`minutes.paper.${name}`),
      ]),
    );
    const [seat, who] = attendance.rows[0] ?? [];
    expect(seat?.also).to.deep.equal({ text: 'Poliisilaitos', language: 'fi' });
    expect(who?.text).to.include('Risto Vainio');
    const xml = await documentOf({ language: 'sv', title: '', sections: [attendance] });
    expect(languageOf(xml, 'Poliisilaitos')).to.equal('fi-FI');
    const pdf = await getDocumentProxy(new Uint8Array(await writePdf(minutesPaper(minutesSaid, 'both'))));
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)));
    const written = await Promise.all(pages.map((page) => page.getTextContent()));
    const text = written.flatMap(({ items }) => items.map((one) => ('str' in one ? one.str : ''))).join(' ');
    expect(text).to.include('Poliisilaitos').and.include('Polisinrättningen');
  });

  it('keep what is confidential out of the extract, in every layout', async () => {
    for (const layout of ['sv', 'fi', 'both', 'en'] as const) {
      const xml = await documentOf(minutesPaper(extract, layout));
      expect(plain(xml)).to.not.match(/hemlig|Namnet i/i);
      expect(headingsIn(xml).filter((one) => one.startsWith('§ 14'))).to.deep.equal(['§ 14']);
    }
  });

  it('are a tagged PDF of their language', async () => {
    for (const [layout, language, heading] of [
      ['fi', 'fi-FI', 'Pöytäkirjan tarkastus'],
      ['both', 'sv-FI', 'Protokolljustering'],
    ] as const) {
      const pdf = await getDocumentProxy(new Uint8Array(await writePdf(minutesPaper(minutesSaid, layout))));
      expect((await pdf.getMetadata()).info).to.deep.include({ Language: language });
      const texts = await Promise.all(
        Array.from({ length: pdf.numPages }, async (_, at) => {
          const { items } = await (await pdf.getPage(at + 1)).getTextContent();
          return items.flatMap((item) => ('str' in item ? [item.str] : [])).join('');
        }),
      );
      expect(texts.join())
        .to.include(heading)
        .and.include('Ungdomscoacher'.slice(0, layout === 'fi' ? 0 : undefined));
    }
  });

  it('have a name that says in which language they are, and nothing of what is in them', () => {
    expect(minutesName(extract, 'fi', textsFor('sv'))).to.equal('Offentligt protokollsutdrag 2026-12-17 fi');
    expect(minutesName(minutesSaid, 'both', textsFor('sv'))).to.equal('Protokoll 2026-12-17 sv-fi');
  });

  it('divide long texts so that each piece has room in half of a page, and lose no word', () => {
    const words = fc.array(fc.constantFrom('ord', 'längre-ord', 'x'.repeat(2_000), '\n', 'a'), { maxLength: 400 });
    fc.assert(
      fc.property(words, (all) => {
        const text = all.join(' ');
        const pieces = piecesOf(text);
        const bare = (one: string): string => one.replace(/\s/g, '');
        expect(pieces.map(bare).join('')).to.equal(bare(text));
        for (const piece of pieces) {
          expect(piece.length).to.be.at.most(920);
          expect(piece.split('\n').length).to.be.at.most(18);
        }
      }),
    );
  });
});
