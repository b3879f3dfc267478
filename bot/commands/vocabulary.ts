import type { CaseReference } from '../../src/shared/ids.ts';
import type { Language, Localised } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import type { Vocabulary } from './word.ts';

/**
 * How a command is written: a set of concepts, whatever their order and language. `Meant` is what the command leads to.
 * Words are written as people spell them, several with spaces between; accents, case and small typos are forgiven when
 * they are compared.
 */
export interface Phrase<Meant, Concept extends string = string> {
  /** The words of its concepts beside the {@link commonWords}; commands of one feature may share them. */
  words: Readonly<Record<string, Localised>>;
  /** Words understood only beside a word for the concept, because elsewhere they mean something else. */
  beside?: { concept: Concept; words: Readonly<Record<string, Concept>> };
  /**
   * For suggestions; each is understood as this command. One that names a case names the one that was written, where one
   * was.
   */
  example: Localised;
  /** The concepts that speak for it when a text is no command; `reference` for one that is about a case. */
  evidence: readonly (Concept | 'reference')[];
  /** What is meant, or null when the concepts are not this command's. */
  read(said: Said<Concept>): Meant | null;
  /** For a command that takes names: reads the cleaned text itself, before words are looked at. */
  readText?(text: string, vocabulary: Vocabulary): Meant | null;
  /** The language of such a text, where the names in it would tell another; null where it is to be told by all its words. */
  languageOf?(text: string, vocabulary: Vocabulary): Language | null;
}

/** What was said, as concepts; that a case was named is one as well. */
export interface Said<Concept extends string> {
  /** The case that was named; null when none was. */
  reference: CaseReference | null;
  count: number;
  has(concept: Concept): boolean;
  /** Nothing was said but these. */
  only(...concepts: readonly (Concept | 'reference')[]): boolean;
}

/** Words that any feature's commands may use. */
export const commonWords = {
  create: {
    sv: 'ny nytt skapa registrera gör göra',
    fi: 'uusi uus uuden uutta luo luoda tee tehdä kirjaa',
    en: 'new create make',
  },
  add: { sv: 'lägg lägga', fi: 'lisää lisätä', en: 'add' },
  open: { sv: 'öppen öppet öppna', fi: 'avoin avoimet avoimia', en: 'open' },
  mine: { sv: 'min mitt mina egna', fi: 'oma omat omani omia minun', en: 'my mine own' },
  status: { sv: 'läge läget status', fi: 'tilanne tilanteen tila', en: 'status' },
  waiting: { sv: 'väntar väntande väntat', fi: 'odottaa odottavat odottavia', en: 'waiting waits wait pending' },
} as const satisfies Readonly<Record<string, Localised>>;
export type CommonConcept = keyof typeof commonWords;

/** Politeness and the bot's own name: mean nothing, at either end of any command. */
export const courtesies: Localised = {
  sv: 'snälla tack vänligen hej hejsan ankar ankarbot ankarboten',
  fi: 'kiitos kiitti ole hyvä moi hei terve ankkuribotti',
  en: 'please thanks thank hello hi anchor bot',
};

const polite = new Set(Object.values(courtesies).flatMap((words) => foldText(words).split(' ')));

/** The words of a text as they were written, without the courtesies at either end. */
export function withoutCourtesies(text: string): string[] {
  const isPolite = (word: string | undefined): boolean => word !== undefined && polite.has(foldText(word));
  const words = text.split(/\s+/).filter((word) => foldText(word) !== '');
  while (isPolite(words[0])) words.shift();
  while (isPolite(words.at(-1))) words.pop();
  return words;
}

/** Words around a command that change nothing in it. No typos here: a short word could be somebody's name. */
export const functionWords: Localised = {
  sv: 'visa lista se ge kan kunde du ni jag vill ha skulle vilja mig oss på till för en ett de det den alla byt ändra välj prata tala vad vilka som är',
  fi: 'näytä listaa voisitko voitko haluan haluaisin saanko minulle meille kaikki nyt vaihda muuta valitse puhu mitä mikä missä mitkä on ovat',
  en: 'show list see view get give can could you i want would like to me us the a an all in of for change set switch use speak now what which are is',
};

/**
 * Words of everyday language that are a typo away from one of ours, and are not taken for it (`toimi`, act, for `tiimi`,
 * `move` for `möte`).
 */
export const lookalikes: readonly string[] = ['toimi', 'move'];
