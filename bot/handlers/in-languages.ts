import type { FormInputs, FormValues } from '../../src/cards/form.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { type Language, type Localised, languages } from '../../src/shared/language.ts';

/** A text in three languages, as a form with a field for each has it. */

/** What is empty in one language says what stands in the first that is not. */
export function inAllLanguages(values: FormValues): Partial<Localised> {
  const first = languages.map((language) => values[language]).find((text) => text?.trim());
  return Object.fromEntries(languages.map((language) => [language, values[language]?.trim() || first]));
}

/** The languages whose field says nothing of its own. */
export function leftEmpty(values: FormInputs): Language[] {
  return languages.filter((language) => !values[language]?.trim());
}

/** What is wrong is said at the fields that were typed in, not at those that take it over; in the `reader`'s when none was. */
export function atTypedFields<Value>(parsed: Parsed<Value>, values: FormValues, reader: Language): Parsed<Value> {
  if (parsed.ok) return parsed;
  const empty = leftEmpty(values);
  const silent = empty.length < languages.length ? empty : empty.filter((language) => language !== reader);
  const isSaid = (field: string): boolean => !silent.some((language) => field.endsWith(`.${language}`));
  return { ok: false, problems: parsed.problems.filter(({ field }) => isSaid(field)) };
}

/**
 * Each text once: what a field says anyway while it is empty does not stand in it, so that it goes on saying the same as
 * the other when only that is changed. One text for all stands in the `reader`'s language.
 */
export function eachTextOnce(text: Localised, reader: Language): FormInputs {
  if (languages.every((language) => text[language] === text.sv)) return { [reader]: text[reader] };
  return Object.fromEntries(
    languages.map((language) => [language, language !== 'sv' && text[language] === text.sv ? '' : text[language]]),
  );
}
