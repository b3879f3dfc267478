/** Swedish first; Finnish and English are equal to it. */
export const languages = ['sv', 'fi', 'en'] as const;
export type Language = (typeof languages)[number];

/** A text that is data, not code: names of teams, municipalities and codes. */
export type Localised = Readonly<Record<Language, string>>;

/** The language of a locale such as `fi-FI`, or null when it is none of ours. */
export function languageOf(locale: string | undefined): Language | null {
  const primary = locale?.slice(0, 2).toLowerCase();
  return languages.find((language) => language === primary) ?? null;
}

/** What dates, and readers of documents, are told of a language: it is Finland's Swedish. */
export const locales: Readonly<Record<Language, string>> = { sv: 'sv-FI', fi: 'fi-FI', en: 'en-GB' };

/** As a text begins that stands by itself, such as a button. */
export const capitalised = (text: string, language: Language): string =>
  text.charAt(0).toLocaleUpperCase(locales[language]) + text.slice(1);

/** What people wrote, in the language that is asked for, else in the first in which there is something; null for nothing. */
export function inTheirs(
  words: Readonly<Partial<Record<Language, string>>>,
  language: Language,
): { text: string; language: Language } | null {
  const found = [language, ...languages].find((one) => words[one]);
  const text = found && words[found];
  return found && text ? { text, language: found } : null;
}
