import { expect } from 'chai';
import fc from 'fast-check';
import { createShippedLists } from '../../../../bot/checklist-files.ts';
import { draftOf, type ExportScene, fileNameOf } from '../../../../src/checklists/export.ts';
import type { Checklist, ItemCommand } from '../../../../src/checklists/model.ts';
import { type Cell, formats, type Paper, type Value } from '../../../../src/documents/model.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type ExamplePerson, envelope, monday, people } from '../../../support/builders.ts';
import {
  act,
  dateAt,
  inAll,
  list,
  listOf,
  played,
  pressed,
  templateItem,
  twoLeaders,
} from '../../../support/checklists.ts';

const sceneIn = (language: Language): ExportScene => ({
  texts: textsFor(language),
  directory: twoLeaders,
  today: dateAt(monday),
});
const sv = sceneIn('sv');
const link = 'https://example.com/beslut';

function rowsOf(state: Checklist, scene = sv): readonly (readonly Value[])[] {
  const draft = draftOf(state, 'csv', scene);
  return 'sheet' in draft ? draft.sheet.rows : [];
}

function paperOf(state: Checklist, scene = sv): Paper {
  const draft = draftOf(state, 'pdf', scene);
  if (!('paper' in draft)) throw new Error('no paper');
  return draft.paper;
}

/** What stands beside the first item. */
function doneCell(state: Checklist, scene = sv): Cell | undefined {
  const [table] = paperOf(state, scene).sections.filter((section) => section.is === 'table');
  return table?.rows[0]?.[1];
}

const plain = listOf(templateItem('plain', { source: 'appendix 8, planning 3' }));
const checked = listOf(templateItem('checked', { approval: true }));
const waiting = played(
  checked,
  ['petri', { do: 'link', item: 'checked', link }],
  ['petri', { do: 'done', item: 'checked' }],
);

/** Done the last time. */
const before = {
  is: 'done' as const,
  by: people.petri,
  at: '2026-10-01T08:00:00.000Z',
  approved: null,
  link: null,
};
const again = {
  ...plain,
  blocks: plain.blocks.map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, before })) })),
};

describe('a list as a table', () => {
  it('has a row for each item with all that is known of it, dates as dates', () => {
    const assigned = played(
      plain,
      ['maria', { do: 'assign', item: 'plain', to: [people.petri, people.niina] }],
      ['petri', { do: 'setDue', item: 'plain', due: '2026-12-04' }],
    );
    expect(rowsOf(assigned)).to.deep.equal([
      [
        ...['Block', 1, 'plain', 'Bilaga 8, planering 3', 'Inte klar', 'Petri Aaltonen, Niina Hakala'],
        ...[{ date: '2026-12-04' }, null, null, null, null, null, null],
      ],
    ]);
  });

  it('says in each language in which state an item is, who made it so when, and who approved it, once it is done', () => {
    const states: Record<string, Checklist> = {
      open: plain,
      waiting,
      done: act(waiting, 'maria', { do: 'approve', item: 'checked' }).list,
      notApplicable: act(plain, 'petri', { do: 'notApplicable', item: 'plain', reason: envelope() }).list,
    };
    const said = {
      sv: ['Inte klar', 'Väntar på godkännande', 'Klar', 'Inte aktuell'],
      fi: ['Kesken', 'Odottaa hyväksyntää', 'Valmis', 'Ei koske meitä'],
      en: ['Not done', 'Waits for approval', 'Done', 'Not applicable'],
    };
    for (const language of languages) {
      const rows = Object.values(states).flatMap((state) => rowsOf(state, sceneIn(language)));
      expect(rows.map(([, , , , state]) => state)).to.deep.equal(said[language]);
      expect(rows.map((row) => row.slice(7))).to.deep.equal([
        [null, null, null, null, null, null],
        [{ date: '2026-11-23' }, 'Petri Aaltonen', null, link, null, null],
        [{ date: '2026-11-23' }, 'Petri Aaltonen', 'Maria Lindqvist', link, null, null],
        [{ date: '2026-11-23' }, 'Petri Aaltonen', null, null, null, null],
      ]);
    }
  });

  it('says of what has come again when it was done the last time, and by whom', () => {
    expect(rowsOf(again)[0]?.slice(7)).to.deep.equal([
      ...[null, null, null, null],
      ...[{ date: '2026-10-01' }, 'Petri Aaltonen'],
    ]);
  });

  it('counts days in the region: what is done late in the evening in UTC is done tomorrow in Helsinki', () => {
    const late = act(plain, 'petri', { do: 'done', item: 'plain' }, Temporal.Instant.from('2026-11-23T22:30:00Z')).list;
    expect(rowsOf(late)[0]?.[7]).to.deep.equal({ date: '2026-11-24' });
  });

  it('leaves out what was removed, and names whoever has left as that', () => {
    const done = act(list(), 'petri', { do: 'done', item: 'plain' }).list;
    const removed = act(done, 'maria', { do: 'removeItem', item: 'checked' }).list;
    const less = act(removed, 'maria', { do: 'removeBlock', block: 'second' }).list;
    expect(rowsOf(less).map(([, , text]) => text)).to.deep.equal(['plain']);
    const without = { ...twoLeaders, people: twoLeaders.people.filter(({ id }) => id !== people.petri) };
    expect(rowsOf(less, { ...sv, directory: without })[0]?.[8]).to.equal('tidigare medlem');
    const headings = paperOf(less).sections.flatMap((section) => (section.is === 'heading' ? [section.text] : []));
    expect(headings).to.deep.equal(['First']);
  });
});

describe('a list on paper', () => {
  it('has the four blocks of the start-up list with 6, 6, 6 and 5 items, each with its source, in all languages', () => {
    const startup = createShippedLists()().find(({ id }) => id === 'startup');
    for (const language of languages) {
      const { sections, title } = paperOf(list(startup), sceneIn(language));
      expect(title).to.equal(startup?.title[language]);
      const tables = sections.filter((section) => section.is === 'table');
      expect(tables.map(({ rows }) => rows.length)).to.deep.equal([6, 6, 6, 5]);
      expect(
        tables.flatMap(({ rows }) => rows.map(([content]) => content?.small ?? '')).filter((it) => !/8/.test(it)),
      ).to.deep.equal([]);
    }
    const [table] = paperOf(list(startup)).sections.filter((section) => section.is === 'table');
    expect(table?.columns.map(({ title }) => title)).to.deep.equal(['Innehåll', 'Genomfört']);
  });

  it('has the title of its one block, when that is the list’s as well, only once', () => {
    const headings = (state: Checklist) =>
      paperOf(state).sections.flatMap((section) => (section.is === 'heading' ? [section.text] : []));
    const [block] = plain.blocks.map((one) => ({ ...one, title: plain.title }));
    if (!block) throw new Error('no block');
    expect(headings({ ...plain, blocks: [block] })).to.deep.equal([]);
    expect(headings({ ...plain, blocks: [block, { ...block, id: 'other' }] })).to.deep.equal(['List', 'List']);
    expect(headings(plain), 'called otherwise').to.deep.equal(['Block']);
  });

  it('says below its title whose it is, how far it has come, and as of when', () => {
    const below = (state: Checklist) =>
      paperOf(state).sections.flatMap((section) => (section.is === 'paragraph' ? [section.text] : []));
    expect(below(plain)).to.deep.equal(['Lojo ankarteam', '0 av 1 klara · Läget 23.11.2026']);
    expect(below(listOf())).to.include('Inga punkter · Läget 23.11.2026');
    const closed = act(plain, 'maria', { do: 'close' }).list;
    expect(below({ ...closed, person: people.jonas })).to.deep.equal([
      'Jonas Wik · Lojo ankarteam',
      'Avslutad · 0 av 1 klara · Läget 23.11.2026',
    ]);
  });

  it('has an empty box, or one that is ticked with when and by whom, or why there is none', () => {
    const empty = { ticked: false, label: 'Inte klar' };
    expect(doneCell(plain)).to.deep.equal({ box: empty, text: '' });
    expect(doneCell(waiting)).to.deep.equal({
      box: empty,
      text: 'Väntar på godkännande',
      small: '23.11.2026, Petri Aaltonen',
    });
    const approved = act(waiting, 'maria', { do: 'approve', item: 'checked' }).list;
    expect(doneCell(approved)).to.deep.equal({
      box: { ticked: true, label: 'Klar' },
      text: '23.11.2026',
      small: 'Petri Aaltonen · godkänt av Maria Lindqvist',
    });
    const setAside = act(plain, 'petri', { do: 'notApplicable', item: 'plain', reason: envelope() }).list;
    expect(doneCell(setAside)).to.deep.equal({ text: 'Inte aktuell', small: '23.11.2026, Petri Aaltonen' });
  });

  it('writes dates as people of its language do', () => {
    const done = act(plain, 'petri', { do: 'done', item: 'plain' }).list;
    expect(languages.map((language) => doneCell(done, sceneIn(language))?.text)).to.deep.equal([
      ...['23.11.2026', '23.11.2026', '23/11/2026'],
    ]);
  });

  it('says of what has come again when it was done the last time', () => {
    expect(doneCell(again)?.small).to.equal('Förra gången: 1.10.2026, Petri Aaltonen');
  });
});

describe('what is sealed', () => {
  it('goes out in no file, not even as ciphertext, whatever was pressed', () => {
    const canary = () => envelope('canary-sealed');
    const items = ['plain', 'checked', 'monthly'];
    const command: fc.Arbitrary<ItemCommand> = fc.oneof(
      fc.constantFrom<ItemCommand>({ do: 'take' }, { do: 'done' }, { do: 'approve' }, { do: 'link', link }),
      fc.constantFrom<ItemCommand>(
        { do: 'note', note: canary() },
        { do: 'notApplicable', reason: canary() },
        { do: 'setDue', due: '2026-12-04' },
      ),
    );
    const who = fc.constantFrom<ExamplePerson>('maria', 'petri', 'sofia');
    const presses = fc.array(fc.tuple(who, fc.constantFrom(...items), command), { maxLength: 20 });
    let sealed = 0;
    fc.assert(
      fc.property(presses, (all) => {
        const state = all.reduce<Checklist>(
          (next, [by, item, press]) => pressed(next, by, { ...press, item }).list,
          list(),
        );
        if (JSON.stringify(state).includes('canary-sealed')) sealed += 1;
        for (const format of formats)
          for (const language of languages)
            expect(JSON.stringify(draftOf(state, format, sceneIn(language)))).to.not.include('canary');
      }),
    );
    expect(sealed, 'lists that have something sealed').to.be.greaterThan(20);
  });
});

describe('the name of a file', () => {
  it('is the list’s title and the date, without what a file system does not take, and names nobody', () => {
    const named = { ...plain, title: inAll('Start: "1/2" <x>\\..\u0000 Åbo – väst?') };
    expect(fileNameOf(named, sv)).to.equal('Start 1 2 x Åbo väst 2026-11-23');
    expect(fileNameOf({ ...plain, person: people.jonas }, sv)).to.equal('List 2026-11-23');
    expect(fileNameOf({ ...plain, title: inAll('???') }, sv)).to.equal('2026-11-23');
  });
});
