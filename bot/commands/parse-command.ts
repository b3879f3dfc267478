import { type CaseReference, findReference } from '../../src/shared/ids.ts';
import { type Language, type Localised, languages } from '../../src/shared/language.ts';
import { cleanText, foldText } from '../../src/shared/normalise.ts';
import { findSensitive, type SensitiveKind } from '../../src/shared/sensitive.ts';
import { meaningfulLanguage, spokenLanguage } from './spoken-language.ts';
import { isNear, nearestPhrase } from './suggest.ts';
import type { Phrase, Said } from './vocabulary.ts';
import { createVocabulary, type KnownWord } from './word.ts';

/** What somebody wrote, as far as it is understood. */
export type Reading<Meant> = {
  /** The language that it was written in; null when its words are of several, or tell nothing. */
  readonly language: Language | null;
} & (
  | {
      readonly kind: 'command';
      readonly meant: Meant;
      /** The language in which the command is usually written just so; null when it is in none, or in several. */
      readonly usual: Language | null;
    }
  /** The text must not be repeated, stored or logged. */
  | { readonly kind: 'sensitive'; readonly kinds: readonly SensitiveKind[] }
  /** With an example of the command that was probably meant, or null, and the case that the text names. */
  | { readonly kind: 'unknown'; readonly example: Localised | null; readonly reference: CaseReference | null }
);

/** Longer texts are no commands; the check for sensitive data reads them all the same. */
const longest = { characters: 500, words: 16 };

/**
 * Reads what somebody wrote to the bot (without the mention) as one of the commands; the first that takes it has it. Any
 * of the three languages, any order of words, without accents, with small typos and polite words; but every word must be
 * understood, so a sentence that merely contains a command is none. Sensitive data is found before anything else.
 */
export function createParser<Meant>(phrases: readonly Phrase<Meant>[]): (text: string) => Reading<Meant> {
  const vocabulary = createVocabulary(phrases.map(({ words }) => words));

  /** The words with what they stand for, null for one that is not known. */
  function understandAll(words: readonly string[]): (KnownWord | null)[] {
    const understood = words.map(vocabulary.understand);
    const besides = phrases.flatMap(({ beside }) => beside ?? []);
    const [beside] = besides.filter(({ concept }) => understood.some((word) => word?.concept === concept));
    if (!beside) return understood;
    return words.map((word, index) => {
      const concept = Object.hasOwn(beside.words, word) ? beside.words[word] : undefined;
      return concept === undefined ? (understood[index] ?? null) : { word, concept, languages: [] };
    });
  }

  function usualIn(words: readonly string[]): Language | null {
    const written = words.join(' ');
    const found = languages.filter((one) => phrases.some(({ example }) => foldText(example[one]) === written));
    const [language, ...others] = found;
    return language && others.length === 0 ? language : null;
  }

  function understand(clean: string): Reading<Meant> {
    const { reference, written } = findReference(clean) ?? { reference: null, written: '' };
    const rest = clean.replace(written, ' ');
    const words = foldText(rest).split(' ').filter(Boolean);
    if (words.length > longest.words) return { kind: 'unknown', example: null, reference, language: null };
    const understood = understandAll(words);
    const known = understood.filter((word) => word !== null);
    const meant =
      known.length === words.length ? firstOf(phrases, (phrase) => phrase.read(said(known, reference))) : null;
    if (meant !== null) return { kind: 'command', meant, language: spokenLanguage(known), usual: usualIn(words) };
    // Nothing that means anything is understood, so the words may be mistyped worse than that.
    const hasMeaning = known.some(({ concept }) => concept !== null);
    const guessed = hasMeaning
      ? known
      : words.flatMap((word, index) => understood[index] ?? vocabulary.guess(word) ?? []);
    const near = isNear(understood) ? nearestPhrase(phrases, guessed, reference !== null) : null;
    const example = near && (reference ? aboutCase(near.example, reference) : near.example);
    // Whoever names a case speaks to us.
    const language = (reference ? spokenLanguage : meaningfulLanguage)(guessed);
    return { kind: 'unknown', example, reference, language };
  }

  return (text) => {
    const kinds = findSensitive(text);
    const clean = cleanText(text);
    if (clean.length > longest.characters) {
      return {
        ...(kinds.length > 0 ? { kind: 'sensitive', kinds } : { kind: 'unknown', example: null, reference: null }),
        language: null,
      };
    }
    const { language, ...read } = understand(clean);
    if (kinds.length > 0) return { kind: 'sensitive', kinds, language };
    const named = firstOf(phrases, (phrase): Reading<Meant> | null => {
      const meant = phrase.readText?.(clean, vocabulary) ?? null;
      if (meant === null) return null;
      return { kind: 'command', meant, language: phrase.languageOf?.(clean, vocabulary) ?? language, usual: null };
    });
    return named ?? { ...read, language };
  };
}

function firstOf<One, Found>(all: readonly One[], look: (one: One) => Found | null): Found | null {
  for (const one of all) {
    const found = look(one);
    if (found !== null) return found;
  }
  return null;
}

function said(known: readonly KnownWord[], reference: CaseReference | null): Said<string> {
  const concepts = new Set(known.flatMap(({ concept }) => concept ?? []));
  if (reference) concepts.add('reference');
  return {
    reference,
    count: concepts.size,
    has: (concept) => concepts.has(concept),
    only: (...allowed) => [...concepts].every((concept) => allowed.includes(concept)),
  };
}

function aboutCase({ sv, fi, en }: Localised, reference: CaseReference): Localised {
  const named = (text: string): string => {
    const { written } = findReference(text) ?? {};
    return written ? text.replace(written, reference) : text;
  };
  return { sv: named(sv), fi: named(fi), en: named(en) };
}
