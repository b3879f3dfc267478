import type { ReferralFilter } from '../../src/referrals/stored.ts';
import { type CaseReference, parseReference } from '../../src/shared/ids.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { cleanText, foldText } from '../../src/shared/normalise.ts';
import { findSensitive, type SensitiveKind } from '../../src/shared/sensitive.ts';
import { parseActAs } from './act-as.ts';
import { type Suggestion, suggest } from './suggest.ts';
import { type Concept, languageCodes } from './vocabulary.ts';
import { type KnownWord, understand } from './word.ts';

export type Command =
  | { readonly name: 'newReferral' }
  | { readonly name: 'listReferrals'; readonly filter: ReferralFilter }
  | { readonly name: 'showReferral'; readonly reference: CaseReference }
  | { readonly name: 'help' }
  | { readonly name: 'team' }
  /** Null asks which languages there are. */
  | { readonly name: 'language'; readonly language: Language | null }
  /** Only in local mode. Null: be oneself again. */
  | { readonly name: 'actAs'; readonly who: string | null }
  /** The text must not be repeated, stored or logged. */
  | { readonly name: 'sensitive'; readonly kinds: readonly SensitiveKind[] }
  | { readonly name: 'unknown'; readonly suggestion: Suggestion | null };

export interface ParseOptions {
  /** True in local mode, where one person plays several. */
  local?: boolean;
}

/** Longer texts are no commands; the check for sensitive data reads them all the same. */
const longest = { characters: 500, words: 16 };

/**
 * What somebody wants, from what they wrote to the bot (without the mention). Any of the three languages, any order of
 * words, without accents, with small typos and polite words; but every word must be understood, so a sentence that
 * merely contains a command is none. A text in which nothing is said (empty, or polite words only) asks for help.
 * Sensitive data is found before anything else.
 */
export function parseCommand(text: string, { local = false }: ParseOptions = {}): Command {
  const kinds = findSensitive(text);
  if (kinds.length > 0) return { name: 'sensitive', kinds };
  const clean = cleanText(text);
  if (clean.length > longest.characters) return { name: 'unknown', suggestion: null };
  const actAs = local ? parseActAs(clean) : null;
  if (actAs) return actAs;

  const { reference, rest } = takeReference(clean);
  const words = foldText(rest).split(' ').filter(Boolean);
  if (words.length > longest.words) return { name: 'unknown', suggestion: null };
  const understood = understandAll(words);
  const concepts = new Set(understood.flatMap((word) => word?.concept ?? []));
  const command = understood.includes(null) ? null : commandOf(concepts, reference);
  return command ?? { name: 'unknown', suggestion: suggest(words, understood, reference !== null) };
}

const referencePattern =
  /(?<![\p{L}\p{N}])(\p{L}{2,5})(?: ?\p{Pd} ?| )(\d{4})(?: ?\p{Pd} ?| )(\d{1,7})(?![\p{L}\p{N}])/u;

/** The first case reference in the text, also with other dashes or without the zeros (`loj 2026 42`), and what is left. */
function takeReference(text: string): { reference: CaseReference | null; rest: string } {
  const match = referencePattern.exec(text);
  if (!match) return { reference: null, rest: text };
  const [written, code, year, number = ''] = match;
  const reference = parseReference(`${code}-${year}-${number.padStart(4, '0')}`)?.reference ?? null;
  return reference ? { reference, rest: text.replace(written, ' ') } : { reference, rest: text };
}

function understandAll(words: readonly string[]): (KnownWord | null)[] {
  const understood = words.map(understand);
  if (!understood.some((word) => word?.concept === 'language')) return understood;
  return words.map((word, index) => {
    const concept = languageCodes[word];
    return concept ? { word, concept, languages: [] } : (understood[index] ?? null);
  });
}

/** The command that a set of concepts stands for, or null when it stands for none. */
function commandOf(concepts: ReadonlySet<Concept>, reference: CaseReference | null): Command | null {
  const has = (concept: Concept): boolean => concepts.has(concept);
  const only = (...allowed: Concept[]): boolean => [...concepts].every((concept) => allowed.includes(concept));
  if (reference) return only('referral', 'case') ? { name: 'showReferral', reference } : null;
  if (only('help')) return { name: 'help' };
  if (has('team')) return only('team', 'mine') ? { name: 'team' } : null;
  if (has('create')) return concepts.size > 1 && only('create', 'referral', 'case') ? { name: 'newReferral' } : null;
  if (has('referral') || has('case')) {
    const filter = only('referral', 'case', 'open', 'mine', 'waiting') ? filterOf(concepts) : null;
    return filter ? { name: 'listReferrals', filter } : null;
  }
  if (only('language', 'swedish', 'finnish', 'english') && concepts.size - Number(has('language')) <= 1) {
    const language = languages.find((code) => has(languageCodes[code] ?? 'language')) ?? null;
    return { name: 'language', language };
  }
  return null;
}

/** Open is what one wants to see when nothing else is said; null when two things are said at once. */
function filterOf(concepts: ReadonlySet<Concept>): ReferralFilter | null {
  const narrow = (['mine', 'waiting'] as const).filter((filter) => concepts.has(filter));
  if (narrow.length > 1) return null;
  const isNamed = concepts.has('referral') || concepts.has('open') || narrow.length > 0;
  return isNamed ? (narrow[0] ?? 'open') : null;
}
