import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { languages } from '../../../../src/shared/language.ts';

const id = z.string().regex(/^[a-z0-9-]+$/);
const text = z.strictObject({ sv: z.string().min(1), fi: z.string().min(1), en: z.string().min(1) });
const listSchema = z.strictObject({
  id,
  for: z.enum(['region', 'team', 'management', 'steering', 'person']),
  title: text,
  blocks: z.array(
    z.strictObject({
      id,
      title: text,
      items: z.array(
        z.strictObject({
          id,
          text,
          source: z.string().min(1),
          approval: z.boolean().default(false),
          every: z.enum(['week', 'month', 'halfYear', 'year', 'twoYears']).optional(),
          month: z.int().min(1).max(12).optional(),
        }),
      ),
    }),
  ),
});

const folder = 'src/checklists/lists';
const lists = readdirSync(folder).map((name) => ({
  name: basename(name, '.yaml'),
  ...listSchema.parse(parse(readFileSync(`${folder}/${name}`, 'utf8'))),
}));
const listOf = (id: string) => {
  const found = lists.find((list) => list.id === id);
  if (found === undefined) throw new Error(`There is no list ${id}.`);
  return found;
};
const itemsOf = ({ blocks }: (typeof lists)[number]) => blocks.flatMap(({ items }) => items);
const every = lists.flatMap((list) => itemsOf(list).map((item) => ({ ...item, where: `${list.id}, ${item.id}` })));

/** The tables of `docs/checklists.md`: by list, what each row says of its item. */
const documented = new Map(
  readFileSync('docs/checklists.md', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(/^\| `(.+?)` \| (.+?) \| (.+?) \|$/gm)].map(([, item = '', source = '', original = '']) => ({
        item,
        source,
        original,
      })),
    ]),
);

describe('the checklists that ship', () => {
  it('are the nine of the start, the agreement, the team, the inductions, the year and the leaders', () => {
    expect(Object.fromEntries(lists.map((list) => [list.name, list.for]))).to.deep.equal({
      agreement: 'region',
      'coordinating-manager': 'management',
      'induction-expert': 'person',
      'induction-manager': 'person',
      'management-team': 'management',
      startup: 'region',
      'team-forming': 'team',
      'team-leader': 'team',
      year: 'team',
    });
    for (const { name, id } of lists) expect(id).to.equal(name);
  });

  it('name each block once in a list, and each item once in the whole list', () => {
    for (const list of lists) {
      for (const ids of [list.blocks.map((block) => block.id), itemsOf(list).map((item) => item.id)])
        expect(ids, list.id).to.deep.equal([...new Set(ids)]);
    }
  });

  it('say each item in each language, in no more than 160 characters and on one line', () => {
    for (const { where, text } of every) {
      expect(new Set(Object.values(text)), where).to.have.lengthOf(languages.length);
      for (const language of languages) expect(text[language], `${where}, ${language}`).to.match(/^\S.{0,158}[.?]$/);
    }
  });

  it('come again only where the work does: what starts something ends', () => {
    for (const list of lists) {
      const ends = ['startup', 'agreement', 'team-forming', 'induction-expert', 'induction-manager'].includes(list.id);
      for (const item of itemsOf(list)) expect(item.every === undefined, `${list.id}, ${item.id}`).to.equal(ends);
    }
  });

  it('name a month only for what comes by the year or the half-year', () => {
    for (const { where, every: rhythm, month } of every)
      if (month !== undefined) expect(rhythm, where).to.be.oneOf(['halfYear', 'year', 'twoYears']);
  });
});

describe('the start-up checklist', () => {
  it('has the four blocks of appendix 8 with 6, 6, 6 and 5 items, in the order of the source', () => {
    const numbered = (section: string, count: number) =>
      Array.from({ length: count }, (_, index) => `appendix 8, ${section} ${index + 1}`);
    expect(listOf('startup').blocks.map(({ id, items }) => [id, items.map(({ source }) => source)])).to.deep.equal([
      ['situational-picture', numbered('situational picture', 6)],
      ['planning', numbered('planning', 6)],
      ['organising', numbered('organising', 6)],
      ['launch', numbered('launch', 5)],
    ]);
  });
});

describe('a second person', () => {
  it('approves what binds others than those who tick it, and nothing else', () => {
    expect(every.filter(({ approval }) => approval).map(({ where }) => where)).to.have.members([
      'startup, responsible',
      'startup, steering-group',
      'startup, responsible-actors',
      'startup, priority',
      'startup, local-or-regional',
      'startup, organisations-duties',
      'startup, management-team',
      'startup, agreement',
      'startup, purpose',
      'startup, resources',
      'startup, experts',
      'team-forming, appointments',
      'year, report-approved',
      'year, plan-approved',
    ]);
  });
});

describe('docs/checklists.md', () => {
  it('has each item of each list, in its order and with its source', () => {
    expect([...documented.keys()]).to.have.members(lists.map(({ id }) => id));
    for (const list of lists)
      expect(documented.get(list.id)?.map(({ item, source }) => [item, source])).to.deep.equal(
        itemsOf(list).map(({ id, source }) => [id, source]),
      );
  });

  it('quotes the source, whose words no item repeats', () => {
    const plain = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
    for (const list of lists)
      for (const { id, text } of itemsOf(list)) {
        const original = documented.get(list.id)?.find(({ item }) => item === id)?.original ?? '';
        const parts = original.split('…').map((part) => plain(part).trim());
        expect(parts, `${list.id}, ${id}`).not.to.include('');
        expect(
          parts.every((part) => ` ${plain(text.sv)} `.includes(` ${part} `)),
          `${list.id}, ${id}`,
        ).to.equal(false);
      }
  });
});
