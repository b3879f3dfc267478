import i18next from 'i18next';
import { LRUCache } from 'lru-cache';
import en from '../locales/en.json' with { type: 'json' };
import fi from '../locales/fi.json' with { type: 'json' };
import sv from '../locales/sv.json' with { type: 'json' };
import type { Language } from './language.ts';

/** Keys of the nested JSON as `a.b.c`; the plural endings of i18next (`_one`, `_other`) are one key. */
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string
    ? K extends `${infer Base}_${'one' | 'other'}`
      ? Base
      : K
    : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
export type TextKey = Leaves<typeof sv>;

export type TextParams = Readonly<Record<string, string | number>>;

/** The texts of one language. */
export interface Texts {
  readonly language: Language;
  (key: TextKey, params?: TextParams): string;
}

const engine = i18next.createInstance();
engine.init({
  resources: { sv: { translation: sv }, fi: { translation: fi }, en: { translation: en } },
  fallbackLng: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The same texts are asked for on every press, so they are kept at hand: of those with something filled in, the newest. */
const remembered = 5_000;

function createTexts(language: Language): Texts {
  const translate = engine.getFixedT(language);
  const plain = new Map<string, string>();
  const filled = new LRUCache<string, string>({ max: remembered });
  const texts = (key: TextKey, params?: TextParams): string => {
    const known = params ? filled : plain;
    const name = params ? `${key} ${JSON.stringify(params)}` : key;
    let text = known.get(name);
    if (text === undefined) {
      text = translate(key, { ...params });
      known.set(name, text);
    }
    return text;
  };
  return Object.assign(texts, { language });
}

const byLanguage: Record<Language, Texts> = { sv: createTexts('sv'), fi: createTexts('fi'), en: createTexts('en') };

export function textsFor(language: Language): Texts {
  return byLanguage[language];
}

/** The text of an error code, or null when the code has none (then it is not meant for people). */
export function errorText(texts: Texts, code: string, params: TextParams): string | null {
  const key = `errors.${code}`;
  return engine.exists(key, { lng: texts.language }) ? texts(key as TextKey, params) : null;
}
