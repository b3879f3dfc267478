import { languages } from '../shared/language.ts';
import type { Said, Written } from './model.ts';

/** What people have written in one language or in several, and what becomes of the others when one is written anew. */

export const isSameWords = (a: Written, b: Written): boolean =>
  languages.every((one) => (a[one] ?? '') === (b[one] ?? ''));

/**
 * What says another thing in one language is not what it says in the others any more; what was said in none before stands
 * beside them, and what repeats another language adds nothing. With `anew` all else goes.
 */
export function rewordedIn(before: Written, { language, text }: Said, anew = false): Written {
  const stands = before[language] ?? '';
  const own: Written = text === '' ? {} : { [language]: text };
  if (anew) return own;
  if (text === stands || (stands === '' && Object.values(before).includes(text))) return before;
  return stands === '' ? { ...before, ...own } : own;
}
