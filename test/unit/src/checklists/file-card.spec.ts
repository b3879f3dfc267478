import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { emptyForm, shortened } from '../../../../src/cards/form.ts';
import { fileLimits, ownForm } from '../../../../src/checklists/editing-cards.ts';
import { fileForm, fileProblemsText } from '../../../../src/checklists/file-card.ts';
import { intervals, longestPaste } from '../../../../src/checklists/model.ts';
import { readTemplate } from '../../../../src/checklists/template-input.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { lojo } from '../../../support/builders.ts';

const shipped = 'src/checklists/lists/';

const good = `id: moving
for: team
title: Moving
blocks:
  - id: before
    title: Before
    items:
      - id: boxes
        text: Pack
        approval: true
        every: year
        month: 11
`;

function problemsOf(source: string) {
  const read = readTemplate(source, { ships: false });
  return read.ok ? [] : read.problems;
}

/** What is said of the file after this change, without the field. */
function said(from: string, to: string, language: (typeof languages)[number] = 'sv'): string {
  const text = fileProblemsText(problemsOf(good.replace(from, to)), textsFor(language));
  return text.replaceAll(/^(\S+ \d+) \S*:/gm, '$1:');
}

describe('what is wrong with a checklist file', () => {
  it('is told as what to write there', () => {
    const list = good.slice(good.indexOf('blocks:'));
    const item = good.slice(good.indexOf('      - id: boxes'));
    expect({
      id: said('id: moving', 'id: Flytt 1'),
      for: said('for: team', 'for: everybody'),
      'for nobody': said('for: team\n', ''),
      title: said('title: Moving', 'title: 2026'),
      text: said('text: Pack', 'text: [Pack]'),
      approval: said('approval: true', 'approval: maybe'),
      every: said('every: year', 'every: sometimes').split('\n')[0],
      month: said('month: 11', 'month: 13'),
      'no month': said('month: 11', 'month: 0'),
      blocks: said(list, 'blocks: []'),
      items: said(`items:\n${item}`, 'items: []'),
      'an item': said(item, '      - Pack\n'),
    }).to.deep.equal({
      id: 'Rad 1: Skriv ett id med små bokstäver (a–z), siffror och bindestreck.',
      for: 'Rad 2: Skriv region, team, management, steering eller development.',
      'for nobody': 'Rad 1: Skriv region, team, management, steering eller development.',
      title: 'Rad 3: Skriv en text, eller { sv: ..., fi: ..., en: ... }.',
      text: 'Rad 9: Skriv en text, eller { sv: ..., fi: ..., en: ... }.',
      approval: 'Rad 10: Skriv true eller false.',
      every: 'Rad 11: Skriv week, month, halfYear, year eller twoYears, eller ta bort raden.',
      month: 'Rad 12: Skriv ett tal från 1 till 12.',
      'no month': 'Rad 12: Skriv ett tal från 1 till 12.',
      blocks: 'Rad 4: Skriv minst en del, med id, title och items.',
      items: 'Rad 7: Skriv minst en punkt, med id och text.',
      'an item': 'Rad 8: Skriv minst en punkt, med id och text.',
    });
  });

  it('names the values in every language, and speaks of no alternatives to choose', () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const all = [
        said('every: year', 'every: sometimes', language),
        said('for: team', 'for: x', language),
        said('approval: true', 'approval: maybe', language),
      ].join('\n');
      for (const value of [...intervals, 'region', 'team', 'management', 'steering', 'development', 'true', 'false'])
        expect(all, language).to.include(value);
      expect(all, 'inductions are not made from a file').to.not.include('person');
      for (const code of ['unknownCode', 'tooFew', 'invalid', 'choose'] as const)
        expect(all, language).to.not.include(texts(`problem.${code}`));
    }
  });

  it('is told beside any list that ships, all of which fits the card again with the longest words there are', () => {
    const problems = Array.from({ length: 8 }, () => ({
      line: 1_000,
      field: 'blocks.49.items.499.every',
      code: 'unknownCode' as const,
    }));
    const texts = readdirSync(shipped).map((file) => [file, readFileSync(`${shipped}${file}`, 'utf8')] as const);
    const longest = Math.max(...texts.map(([, text]) => text.length));
    const guide = readFileSync('docs/checklists.md', 'utf8');
    for (const count of [longestPaste, longest]) expect(guide).to.include(count.toLocaleString('en'));
    for (const [file, text] of texts) {
      expect(text.length, file).to.be.at.most(longestPaste);
      const { values, cut } = shortened({ file: text }, fileLimits);
      expect([values.file, cut], file).to.deep.equal([text, undefined]);
      for (const language of languages) {
        const drawn = fileForm(textsFor(language), lojo, { values, errors: {} }, problems);
        expect(Buffer.byteLength(JSON.stringify(drawn)), file).to.be.at.most(28 * 1024);
      }
    }
  });

  it('says with its digits in groups how long a list may be', () => {
    const grouped = { sv: '18\u00A0000', fi: '18\u00A0000', en: '18,000' };
    for (const language of languages) {
      const texts = textsFor(language);
      for (const card of [fileForm(texts, lojo, emptyForm), ownForm(texts, lojo, 'new', emptyForm)])
        expect(JSON.stringify(card)).to.include(grouped[language]);
    }
  });

  it('keeps its own words where something has too many, is there twice or belongs nowhere', () => {
    const sv = textsFor('sv');
    const blocks = Array.from(
      { length: 51 },
      (_, at) => `  - { id: b${at}, title: B, items: [{ id: i${at}, text: t }] }\n`,
    );
    const many = said(good.slice(good.indexOf('  - id: before')), blocks.join(''));
    expect(many).to.equal(`Rad 5: ${sv('errors.checklist.tooMany', { limit: 50 })}`);
    expect(said('text: Pack', `text: ${'x'.repeat(301)}`)).to.include(sv('problem.tooLong', { limit: 300 }));
    expect(said('id: boxes', 'id: boxes\n        colour: red')).to.equal(`Rad 9: ${sv('problem.unknownField')}`);
    expect(said('text: Pack', `text: ${'語'.repeat(250)}`)).to.equal(`Rad 9: ${sv('problem.tooWide')}`);
    expect(said('every: year\n', '\n')).to.equal(`Rad 12: ${sv('problem.monthWithoutYear')}`);
  });

  it('is told in the reader’s words also of a field whose name is not repeated, for it may be anything', () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const problems = problemsOf(good.replace('id: boxes', 'id: boxes\n        ring 040 123 4567: x'));
      const place = `8 blocks.0.items.0.${texts('checklist.file.hiddenName')}`;
      const problem = texts('problem.unknownField');
      expect(fileProblemsText(problems, texts)).to.equal(texts('checklist.file.problem', { place, problem }));
    }
  });

  it('is told with its line alone where it is in no field', () => {
    const sv = textsFor('sv');
    expect(fileProblemsText(problemsOf('just words'), sv)).to.equal(`Rad 1: ${sv('problem.invalid')}`);
  });

  it('counts once in a text that stands for all languages, and in each that was written', () => {
    const long = 'x'.repeat(121);
    expect(problemsOf(good.replace('Moving', long))).to.have.length(1);
    expect(said('Moving', long)).to.equal(`Rad 3: ${textsFor('sv')('problem.tooLong', { limit: 120 })}`);
    expect(problemsOf(good.replace('Moving', `{ sv: ${long}, fi: ${long}, en: Moving }`))).to.have.length(2);
    expect(said('text: Pack', 'text: ""')).to.equal('Rad 9: Skriv en text, eller { sv: ..., fi: ..., en: ... }.');
  });

  it('is named as far as there is room, and how much more there is', () => {
    const problems = Array.from({ length: 10 }, (_, at) => ({ line: at + 1, field: 'id', code: 'invalid' as const }));
    const sv = textsFor('sv');
    const lines = fileProblemsText(problems, sv).split('\n\n');
    expect(lines).to.have.length(9);
    expect(lines.at(-1)).to.equal(sv('form.more', { count: 2 }));
  });

  it('is counted in all above the file', () => {
    const problems = problemsOf(good.replace('for: team', 'for: x').replace('true', 'maybe').replace('11', '13'));
    expect(problems).to.have.length(3);
    for (const language of languages) {
      const texts = textsFor(language);
      const drawn = JSON.stringify(fileForm(texts, lojo, emptyForm, problems));
      expect(drawn).to.include(texts('form.problems', { count: 3 }));
      expect(drawn).to.include(JSON.stringify(fileProblemsText(problems, texts)).slice(1, -1));
    }
  });
});
