import { type CardElement, text, written } from '../cards/elements.ts';
import { type Form, withNewer } from '../cards/form.ts';
import { inTheirs } from '../shared/language.ts';
import type { Written } from './model.ts';
import { type AgendaScene, beginningOf, fitting, inEach, type Letters, nameIn } from './words-card.ts';

/** What stands there by now, above the fields of a form that somebody else was faster than. */

/** What it is called, and how it stands; empty for nothing. */
export type NewerRow = readonly [name: string, now: string];

/** With all that was typed there is room for so much, in bytes. */
const roomForNewer = 6_000;
const newerLetters = [3_000, 1_000, 300, 60] as const satisfies Letters;

export function newerLines(rows: readonly NewerRow[], { texts }: Pick<AgendaScene, 'texts'>): CardElement[] {
  return fitting(newerLetters, roomForNewer, (letters) => [
    text(texts('form.newer')),
    ...rows.flatMap(([name, now]) => [
      text(name, { size: 'Small', weight: 'Bolder' }),
      { ...written(beginningOf(now || texts('form.nothing'), letters)), spacing: 'None' as const },
    ]),
  ]);
}

/** What becomes of words in another language: of a text alone, of a decision and of who does what. */
export type BesideText = 'errors.form.beside' | 'errors.form.besideOutcome' | 'errors.form.besideAction';

/**
 * The form again, with what stands there now. `beside`: that is said in other languages alone, so what is sent again does not
 * take its place and stands beside it as the same; the form says so by this text. Null: it takes its place.
 */
export function againWith(
  form: Form,
  newer: readonly CardElement[],
  beside: BesideText | null,
  { texts }: Pick<AgendaScene, 'texts'>,
): Form {
  return withNewer(beside ? { ...form, refused: { reason: texts(beside), final: false } } : form, newer);
}

/** In every language in which it is written. */
export function wordsRows(name: string, words: Written, { texts }: Pick<AgendaScene, 'texts'>): NewerRow[] {
  const rows = inEach(name, words, texts);
  return rows.length > 0 ? rows : [[name, '']];
}

/** In the reader’s language, else in the one in which it was written. */
export function wordsRow(name: string, words: Written, { texts }: Pick<AgendaScene, 'texts'>): NewerRow {
  const found = inTheirs(words, texts.language);
  return found ? [nameIn(name, found.language, texts), found.text] : [name, ''];
}
