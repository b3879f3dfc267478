import { expect } from 'chai';
import en from '../../../src/locales/en.json' with { type: 'json' };
import fi from '../../../src/locales/fi.json' with { type: 'json' };
import sv from '../../../src/locales/sv.json' with { type: 'json' };
import codes from '../../../src/referrals/codes.json' with { type: 'json' };
import { problemCodes } from '../../../src/shared/input.ts';
import { sensitiveKinds } from '../../../src/shared/sensitive.ts';
import { sourcesOf } from './sources.ts';

/** Every text of a language by its whole key, plural endings included. */
function leaves(value: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, part] of Object.entries(value)) {
    if (typeof part === 'string') found.set(`${prefix}${key}`, part);
    else for (const [inner, text] of leaves(part, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const texts = { sv: leaves(sv), fi: leaves(fi), en: leaves(en) };
const withoutPlural = (key: string): string => key.replace(/_(?:one|other)$/, '');
/** The keys as code asks for them. */
const keys = new Set([...texts.sv.keys()].map(withoutPlural));
const placeholders = (text: string): string[] =>
  [...new Set(text.match(/\{\{\s*\w+(?:, number)?\s*\}\}/g) ?? [])].sort();

const sources = sourcesOf('bot', 'src');

/** Every string literal and template literal of the code; a template's holes stand for one part of a key. */
const literals = new Set<string>();
const templates = new Map<string, RegExp>();
for (const { code } of sources) {
  for (const [, literal = ''] of code.matchAll(/'([^'\n]*)'/g)) literals.add(literal);
  for (const [, template = ''] of code.matchAll(/`([a-z][A-Za-z]*\.[^`\n]*\$\{[^`\n]*)`/g)) {
    const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    templates.set(template, new RegExp(`^${parts.join('[A-Za-z0-9]+')}$`));
  }
}
const errorKey = /^errors\./;
/** These are looked up by the code of the error: see below. */
const isUsed = (key: string): boolean =>
  literals.has(key) || errorKey.test(key) || [...templates.values()].some((pattern) => pattern.test(key));

/** Errors that never reach people, each with who takes care of it. */
const internalErrors: Readonly<Record<string, string>> = {
  'store.exists': 'whoever creates decides what a second one means',
  'store.missing': 'the service says what is not found',
  'store.badContinuation': 'the list begins anew',
  'sealed.wrongKeys': 'the start ends, and says what to do in the terminal',
  'sealed.wrongOldest': 'the start ends, and says what to do in the terminal',
  'chat.messageLost': 'the courier posts anew',
  'outlook.unavailable': 'the courier tries again',
  'chat.gone': 'the courier stops writing there',
  'chat.rejected': 'a fault: the log has it',
  'intake.keyReused': 'the HTTP intake answers it with a problem of its own',
  ...Object.fromEntries(
    [
      'store.absent',
      'sealed.noKeys',
      'transfer.exists',
      'transfer.nothing',
      'transfer.changed',
      'transfer.unreadable',
      'transfer.notAnExport',
      'transfer.newerFormat',
      'transfer.brokenLine',
      'transfer.incomplete',
      'transfer.noKeys',
      'transfer.notEmpty',
    ].map((code) => [code, 'the tool ends, and says what to do in the terminal']),
  ),
};

const thrown = new Set(
  sources.flatMap(({ code }) => [...code.matchAll(/new AppError\(\s*'([^']+)'/g)].map(([, name = '']) => name)),
);

describe('the texts', () => {
  for (const language of ['fi', 'en'] as const) {
    it(`are the same in ${language} as in sv: every key, every plural form, every placeholder`, () => {
      expect([...texts[language].keys()].sort()).to.deep.equal([...texts.sv.keys()].sort());
      for (const [key, text] of texts[language]) {
        // The singular may say "one" in words instead of the number.
        const optional = key.endsWith('_one') ? '{{count}}' : '';
        const named = (value: string): string[] => placeholders(value).filter((name) => name !== optional);
        expect(named(text), key).to.deep.equal(named(texts.sv.get(key) ?? ''));
      }
    });
  }

  it('are never empty, have no space at their ends, and come with both plural forms or with none', () => {
    for (const [language, all] of Object.entries(texts)) {
      for (const [key, text] of all) {
        expect(text.trim(), `${language} ${key}`).to.equal(text).and.not.equal('');
        if (key.endsWith('_one')) expect(all.has(key.replace(/_one$/, '_other')), key).to.equal(true);
        if (key.endsWith('_other')) expect(all.has(key.replace(/_other$/, '_one')), key).to.equal(true);
      }
    }
  });

  it('are translated: a Finn reads no Swedish, and nobody English who did not ask for it', () => {
    /** Proper names, and words that are the same. */
    const same = new Set(['language.sv', 'language.fi', 'language.en']);
    for (const [key, text] of texts.sv) {
      if (same.has(key) || text.replace(/\{\{\w+\}\}/g, '').replace(/\P{L}/gu, '').length < 4) continue;
      expect(texts.fi.get(key), key).to.not.equal(text);
      if (!['Person', 'Team', 'Normal'].includes(text)) expect(texts.en.get(key), key).to.not.equal(text);
    }
  });

  it('are all used: by a literal key or by a template whose fixed parts fit', () => {
    expect([...keys].filter((key) => !isUsed(key))).to.deep.equal([]);
  });

  it('are all there: no code asks for a key that does not exist', () => {
    const asked = sources.flatMap(({ file, code }) =>
      [...code.matchAll(/\btexts\(\s*'([^']+)'/g)].map(([, key = '']) => ({ file, key })),
    );
    expect(asked.length).to.be.greaterThan(80);
    expect(asked.filter(({ key }) => !keys.has(key))).to.deep.equal([]);
    const sections = new Set(Object.keys(sv));
    const unfit = [...templates].filter(
      ([template, pattern]) =>
        sections.has(template.split('.')[0] ?? '') &&
        !template.startsWith('errors.') &&
        ![...keys].some((key) => pattern.test(key)),
    );
    expect(unfit.map(([template]) => template)).to.deep.equal([]);
  });

  it('explain every error that can reach people, and no error that does not exist', () => {
    expect(thrown.size).to.be.greaterThan(20);
    const explained = [...keys].filter((key) => errorKey.test(key)).map((key) => key.slice('errors.'.length));
    const unexplained = [...thrown].filter((code) => !(code in internalErrors) && !explained.includes(code));
    expect(unexplained, 'errors without a text').to.deep.equal([]);
    const unthrown = explained.filter((code) => !thrown.has(code) && !literals.has(`errors.${code}`));
    expect(unthrown, 'texts of errors that nobody throws').to.deep.equal([]);
    expect(
      Object.keys(internalErrors).filter((code) => !thrown.has(code)),
      'internal errors that nobody throws',
    ).to.deep.equal([]);
  });

  it('name every problem of a field and every kind of sensitive data, and no other', () => {
    const below = (section: string): string[] =>
      [...keys]
        .filter((key) => key.startsWith(`${section}.`))
        .map((key) => key.slice(section.length + 1))
        .sort();
    // Where something is to be chosen, what is required is said in other words.
    expect(below('problem')).to.deep.equal([...problemCodes, 'choose'].sort());
    expect(below('sensitive')).to.deep.equal([...sensitiveKinds].sort());
  });
});

describe('the codes', () => {
  it('have a label in all three languages, different within their set', () => {
    for (const [set, labels] of Object.entries<Record<string, Record<string, string>>>(codes)) {
      for (const [code, label] of Object.entries(labels)) {
        expect(Object.keys(label).sort(), `${set}.${code}`).to.deep.equal(['en', 'fi', 'sv']);
        for (const text of Object.values(label)) expect(text.trim(), `${set}.${code}`).to.equal(text).and.not.equal('');
      }
      for (const language of ['sv', 'fi', 'en']) {
        const all = Object.values(labels).map((label) => label[language]);
        expect(new Set(all).size, `${set} in ${language}`).to.equal(all.length);
      }
    }
  });
});
