import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  parseAssignees,
  parseContent,
  parseDue,
  parseLink,
  parseNewList,
  parseNote,
  parseReason,
  parseTitle,
} from '../../../../src/checklists/input.ts';
import { lengthLimits, longestPaste, mostItems } from '../../../../src/checklists/model.ts';
import { longestFile, readTemplate } from '../../../../src/checklists/template-input.ts';
import { people } from '../../../support/builders.ts';
import { inAll } from '../../../support/checklists.ts';

const good = `id: moving
for: team
title: { sv: Flytt, fi: Muutto, en: Moving }
blocks:
  - id: before
    title: { sv: Före, fi: Ennen, en: Before }
    items:
      - id: boxes
        text: { sv: Packa, fi: Pakkaa, en: Pack }
        source: appendix 8, planning 3
      - id: keys
        text: Keys
        approval: true
        every: year
        month: 11
`;

/** The problems, as \`line field code\`. */
function problems(source: string, ships = false): string[] {
  const read = readTemplate(source, { ships });
  return read.ok ? [] : read.problems.map(({ line, field, code }) => `${line} ${field} ${code}`);
}

describe('a checklist file', () => {
  it('is understood as docs/checklists.md shows it', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/checklists.md', 'utf8')) ?? [];
    expect(problems(example)).to.deep.equal([]);
    expect(example.length).to.be.greaterThan(100);
  });

  it('is read with what it leaves out, and with one language for all where there is only one', () => {
    const read = readTemplate(good, { ships: false });
    expect(read.ok && read.template.blocks[0]?.items).to.deep.equal([
      {
        id: 'boxes',
        text: { sv: 'Packa', fi: 'Pakkaa', en: 'Pack' },
        source: 'appendix 8, planning 3',
        approval: false,
        every: null,
        month: null,
      },
      { id: 'keys', text: inAll('Keys'), source: null, approval: true, every: 'year', month: 11 },
    ]);
  });

  it('that ships says of every item where it is from', () => {
    expect(problems(good, true)).to.deep.equal(['11 blocks.0.items.1.source required']);
  });

  it('has all its problems named at once, each with its line', () => {
    const bad = good
      .replace('for: team', 'for: everybody')
      .replace('fi: Pakkaa, ', '')
      .replace('id: keys', 'id: boxes')
      .replace('every: year', 'every: week')
      .replace('text: Keys', 'text: "Ring 040 123 4567"')
      .concat('  - id: before\n    title: X\n    colour: red\n    items: []\n');
    expect(problems(bad)).to.deep.equal([
      '2 for unknownCode',
      '9 blocks.0.items.0.text.fi required',
      '11 blocks.0.items.1.id repeated',
      '12 blocks.0.items.1.text sensitive',
      '15 blocks.0.items.1.month monthWithoutYear',
      '16 blocks.1.id repeated',
      '18 blocks.1.colour unknownField',
      '19 blocks.1.items tooFew',
    ]);
  });

  it('that is no YAML, no list, too long or a bomb is refused in the same way', () => {
    expect(problems('id: [')).to.deep.equal(['1  notYaml']);
    expect(problems(`${good}  wrong\n - x: {`)[0]).to.match(/^16 {2}notYaml$/);
    expect(problems('just words')).to.deep.equal(['1  invalid']);
    expect(problems('')).to.deep.equal(['1  required']);
    expect(problems('['.repeat(50_000))).to.deep.equal(['1  notYaml']);
    expect(problems(`id: ${'x'.repeat(longestFile)}`)).to.deep.equal(['1  tooLong']);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[at]}`)}]`),
    ];
    expect(problems(bomb.join('\n'))).to.deep.equal(['1  notYaml']);
    expect(problems('id: a\nblocks: &a\n  - items: *a\n'), 'in itself').to.deep.equal(['1  notYaml']);
  });

  it('holds nothing of a person, in its ids neither, and says nothing of itself on the console', async () => {
    expect(problems(good.replace('id: keys', 'id: elliot-131052-308t'))).to.deep.equal([
      '11 blocks.0.items.1.id sensitive',
    ]);
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    problems(`${good}? [Elliot Exempelsson, 040 1234567]\n`);
    problems(good.replace('text: Keys', 'text: {{Elliot}}'));
    await new Promise(setImmediate);
    process.off('warning', listen);
    expect(warnings).to.deep.equal([]);
  });

  it('has texts for which a card has room, in whatever letters', () => {
    const written = (text: string) => problems(good.replace('text: Keys', `text: ${text}`));
    expect(written('å'.repeat(300))).to.deep.equal([]);
    for (const wide of ['語', '_'])
      expect(written(wide.repeat(250)), wide).to.deep.equal(['12 blocks.0.items.1.text tooWide']);
    expect(written('語'.repeat(301)), 'what has too many letters is told as that').to.deep.equal([
      '12 blocks.0.items.1.text tooLong',
    ]);
  });

  it('holds 500 items and 50 blocks, and not one more', () => {
    const of = (count: number) =>
      problems(
        `id: long\nfor: team\ntitle: T\nblocks:\n  - id: b\n    title: B\n    items:\n${Array.from({ length: count }, (_, at) => `      - { id: i${at}, text: "t" }\n`).join('')}`,
      );
    expect(of(500)).to.deep.equal([]);
    expect(of(501)).to.deep.equal(['508 blocks.0.items.500 tooLong']);
    const blocks = (count: number) =>
      problems(
        `id: wide\nfor: team\ntitle: T\nblocks:\n${Array.from({ length: count }, (_, at) => `  - { id: b${at}, title: B, items: [{ id: i${at}, text: t }] }\n`).join('')}`,
      );
    expect(blocks(50)).to.deep.equal([]);
    expect(blocks(51)).to.deep.equal(['5 blocks tooLong']);
  });
});

describe('what people say of an item', () => {
  const code = (parsed: { ok: true } | { ok: false; problems: { code: string }[] }): string =>
    parsed.ok ? 'ok' : parsed.problems.map((problem) => problem.code).join(' ');

  it('has a link to evidence that is https and holds no credentials, no address of a person and no personal identity code', () => {
    const link = (text: unknown) => code(parseLink({ link: text }));
    for (const fine of [
      'https://example.org',
      ' https://kunta.fi/a%20b?c=d#e ',
      'https://x.sharepoint.com/:w:/r/6f9619ff-8b86-d011-b42d-00cf4fc964ff',
    ]) {
      expect(link(fine), fine).to.equal('ok');
    }
    const wrong = [
      'javascript:alert(1)',
      'http://example.org',
      'https:',
      'data:text/html,x',
      'ftp://x.fi',
      'x',
      '//x.fi',
      'java\nscript:x',
      'https://user:pw@x.fi',
      'https://teams.microsoft.com@93.184.216.34/',
      'https://:secret@93.184.216.34/',
      'https://x.fi/131052-308T',
      'https://x.fi/elliot.exempelsson@x.fi',
      'https://x.fi/?to=elliot.exempelsson%40x.fi',
      'https://x.fi/%31%331052-308T',
    ];
    for (const bad of wrong) expect(link(bad), bad).to.equal('notALink');
    expect(parseLink({ link: '' })).to.deep.equal({ ok: true, value: { link: null } });
    expect(parseLink({ link: 'HTTPS://Example.org' })).to.deep.equal({
      ok: true,
      value: { link: 'https://example.org/' },
    });
  });

  it('has a link of at most a thousand characters as it stands on cards, where one letter may be nine', () => {
    const link = (letters: string) => parseLink({ link: `https://x.fi/${letters}` });
    for (const [letter, takes] of [
      ['a', 1],
      ['ä', 6],
      ['中', 9],
    ] as const) {
      const most = Math.floor((1_000 - 'https://x.fi/'.length) / takes);
      const longest = link(letter.repeat(most));
      expect(longest.ok && longest.value.link, letter).to.have.lengthOf.within(1_000 - takes, 1_000);
      expect(code(link(letter.repeat(most + 1))), letter).to.equal('linkTooLong');
    }
  });

  it('has a date of the calendar, or none', () => {
    expect(parseDue({ due: '2026-12-01' })).to.deep.equal({ ok: true, value: { due: '2026-12-01' } });
    expect(parseDue({})).to.deep.equal({ ok: true, value: { due: null } });
    for (const bad of ['2026-02-30', 'tomorrow', '2026-12-01T10:00', '+012026-01-01'])
      expect(code(parseDue({ due: bad })), bad).to.equal('notADate');
  });

  it('has a note that is short, and a reason that is not empty', () => {
    expect(parseNote({ note: ' a \r\n b ' })).to.deep.equal({ ok: true, value: { note: 'a\nb' } });
    expect(parseNote({ note: ' ' })).to.deep.equal({ ok: true, value: { note: null } });
    expect(code(parseNote({ note: 'x'.repeat(501) }))).to.equal('tooLong');
    expect([
      code(parseReason({ reason: ' ' })),
      code(parseReason({})),
      code(parseReason({ reason: 'x' })),
    ]).to.deep.equal(['required', 'required', 'ok']);
  });

  it('has one owner or several', () => {
    const both = { to: `${people.petri.toUpperCase()},${people.niina}` };
    expect(parseAssignees(both)).to.deep.equal({ ok: true, value: { to: [people.petri, people.niina] } });
    expect(parseAssignees({})).to.deep.equal({ ok: true, value: { to: [] } });
    expect(parseAssignees({ to: Array(21).fill('a').join(',') })).to.deep.equal({
      ok: false,
      problems: [{ field: 'to', code: 'tooManyPeople', limit: 20 }],
    });
  });

  it('is written by a leader as in a file, without anything that must not stand in a chat', () => {
    expect(parseContent({ text: ' Ring  på ', approval: 'true', every: 'year', month: '3' })).to.deep.equal({
      ok: true,
      value: { text: inAll('Ring på'), approval: true, every: 'year', month: 3 },
    });
    expect(code(parseContent({ text: 'x', every: 'week', month: '3' }))).to.equal('monthWithoutYear');
    expect(code(parseContent({ text: 'x', month: 'March' }))).to.equal('invalid');
    expect(code(parseTitle({ title: 'a@b.fi' }))).to.include('sensitive');
    expect(code(parseTitle({ title: '' }))).to.include('required');
  });
});

describe('a list that a leader writes in the chat', () => {
  it('has an item on each line', () => {
    const parsed = parseNewList({ title: 'Flytt', items: ' Packa \n\n\r\nNycklar' });
    expect(parsed.ok && parsed.value.blocks[0]?.items.map(({ id, text }) => [id, text.fi])).to.deep.equal([
      ['item-1', 'Packa'],
      ['item-2', 'Nycklar'],
    ]);
    for (const items of ['', ' \n ', 'Ring 040 123 4567', Array(501).fill('x').join('\n')]) {
      expect(parseNewList({ title: 'Flytt', items }).ok, items.slice(0, 20)).to.equal(false);
    }
  });

  it('is not taken when it is too long as a whole, in a line or in lines, and is told which', () => {
    const problem = (items: string) => {
      const parsed = parseNewList({ title: 'Flytt', items });
      if (parsed.ok) return 'taken';
      const told = parsed.problems.map(({ field, code, line, limit }) => [field, code, line && `line ${line}`, limit]);
      return told.map((parts) => parts.filter(Boolean).join(' ')).join();
    };
    const whole = `${'x'.repeat(299)}\n`.repeat(longestPaste / 300);
    expect(problem(whole)).to.equal('taken');
    expect(problem(`${whole}x`)).to.equal(`items tooLong ${longestPaste}`);
    const long = 'x'.repeat(lengthLimits.text + 1);
    expect(problem(`Packa\n\n${long}\nHämta\n${long}`)).to.equal('items tooLong line 3 300,items tooLong line 5 300');
    expect(problem('Packa\r\nRing 040 123 4567')).to.equal('items sensitive line 2 300');
    expect(problem(`Packa\n${' x'.repeat(lengthLimits.text / 2)}  `), 'as it is kept').to.equal('taken');
    expect(problem('x\n'.repeat(mostItems))).to.equal('taken');
    expect(problem('x\n'.repeat(mostItems + 1))).to.equal('items tooManyLines 500');
    expect(problem(' \n ')).to.equal('items required');
    const both = parseNewList({ title: '', items: long });
    expect(!both.ok && both.problems.map(({ field }) => field)).to.deep.equal(['title', 'items']);
  });
});
