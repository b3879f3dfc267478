import { formsOf, pluralStemsOf, stemsOf, weakStemsOf } from './name-forms.ts';
import { foldText, withoutInvisible } from './normalise.ts';

/** Whether a text has somebody's name, however it is written there. */

/** How long a name is whose beginning is no other word's, so that it is found in a compound too: "Lindholmfallet". */
const unmistakable = 7;

/** Forms of a name that are hardly ever meant, and another word every day: "ett annat möte" is not of several Annas. */
const everyday = new Set(['annat', 'anteeksi', 'mikä']);

/** Names, or forms of them, that are words every day: they count where they are written as a name is, or where one begins. */
const wordsToo = new Set(
  [
    'per max tor tors maj jan tom hans dag dags sten stig liv mats klara vilja love saga vår annars',
    'aamu aamun aamulla aamuna ainoa ilo iloa toivo toivoa toivon onni rauha lumi lumen kai arvo arvoa usko uskoa into oiva meri suvi tuuli',
    'will may mark hope bill art rose june',
  ].flatMap((line) => line.split(' ')),
);

/** How a text begins with such a word that is nobody's name. */
const phrases = new RegExp(
  `^(?:\\d{1,2} (?:maj|may|june)|[^\\p{L}]*(?:${[
    // A number before a unit, or as a date, and never how old somebody is.
    'max\\.? (?:[2-9]\\d|\\d{3,})(?!\\d|[ –-]*(?:år|v(?!\\p{L})|vuo|year|yr))',
    'max\\.? (?:\\d+(?:[.,–-]\\d+)?|en|ett|one) ?(?:min|h(?!\\p{L})|tim|tunti|hour|st(?!\\p{L})|person|deltag|platser|möten|gånger|henkil|hlö|osallist|participants|people|€|euro)\\p{L}*',
    '(?:maj|may|june|tors?|dag)\\.? (?:\\d{1,2}|\\d{4})(?!\\d|[ –-]*(?:år|v(?!\\p{L})|vuo|year|yr))|dags (?:att|för)|klara mål|stig in|per telefon',
    'aamulla (?:\\d+|klo)|ainoa (?:vaihtoehto|sopiva)|toivon mukaan|toivoa on|iloa arkeen|ilo nähdä|onni yksillä|lumen tulo',
    'kai sopii|into kasvaa|uskoa tulevaan|arvoa työlle',
    'mark the|art class|will (?:we|you)|may (?:we|i)',
  ].join('|')}))(?![\\p{L}\\p{M}])`,
  'u',
);

/** A part of fewer letters is a word, "Bo", "Ek": it counts where it is written as a name is, or all of the name stands. */
const shortest = 3;
/** A part of fewer letters stands in too many words, and between too many. */
const telling = 5;

/** What is held of somebody, and who comes to it: words that are written together with a name, "Elliotmötet". */
const ours = new RegExp(
  `^(?:${[
    '(?:ankar|uppfoljnings|natverks|familje)?(?:mote|traff|samtal)(?:s|t|n|et|en)?',
    '(?:fall|arende|plan|sak|familj|mamma|pappa|skola|hem|grupp|klass)(?:s|t|n|et|en)?',
    '(?:ankkuri|verkosto|perhe)?(?:tapaami(?:nen|sen|sta)|kokous|kokouksen|palaveri[an]?)',
    '(?:perhe|tapaus|asia|suunnitelma|koulu|koti|aiti|isa)n?|perheen|tapauksen|aidin',
    '(?:anchor)?(?:meeting|case|family|plan|school|home)',
  ].join('|')})$`,
);

const lettersOf = (text: string): string[] =>
  foldText(text)
    .split(/\P{L}+/u)
    .filter(Boolean);

interface Word {
  folded: string;
  /** It may be somebody's name, by how it is written. */
  isMeant: boolean;
  /** Begins a line, or begins with a capital inside of it, as a name does. */
  isProper: boolean;
}

/** Whole words alone: what somebody has broken up is {@link mended} or {@link spelledOut}. */
function wordsOf(text: string): Word[] {
  // A title and a place are looked through together, a line each.
  return withoutInvisible(text).normalize('NFKC').split('\n').flatMap(wordsOfLine);
}

function wordsOfLine(visible: string): Word[] {
  const isPhrase = phrases.test(visible.toLowerCase());
  const written = visible.split(/[^\p{L}\p{M}]+/u).filter(Boolean);
  return written.flatMap((word, index) => {
    const isProper = index === 0 ? !isPhrase : /^\p{Lu}/u.test(word);
    const plain = word.toLowerCase();
    return lettersOf(word).map((folded) => ({
      folded,
      isProper,
      isMeant: !everyday.has(plain) && (isProper || !wordsToo.has(plain)),
    }));
  });
}

/** What somebody has written letter by letter, "P e k k a" or "P.e.k.k.a"; where one word of it ends, nobody can tell. */
function spelledOut(words: readonly string[]): string[] {
  const single = words.map((word) => (word.length === 1 ? word : ' '));
  return single
    .join('')
    .split(' ')
    .filter((word) => word.length >= shortest);
}

/** What stands where a word was broken once or twice, by a space, a line, a hyphen or what makes letters bold: "Ell-iot". */
function mended(text: string): string[] {
  const pieces = [...foldable(text).matchAll(/\p{L}+|[^\p{L}]+/gu)].map(([piece]) => piece);
  const isGap = (piece = ''): boolean => /^[^\p{L}\p{N},;:?!]{1,3}$/u.test(piece);
  return pieces.flatMap((first, at) => {
    const [gap, second = '', next, third = ''] = pieces.slice(at + 1, at + 5);
    if (!/^\p{L}/u.test(first) || !isGap(gap) || !second) return [];
    const two = first + second;
    return isGap(next) && third ? [two, two + third] : [two];
  });
}

const foldable = (text: string): string => text.replace(/\p{L}[\p{L}\p{M}]*/gu, foldText);

/** Its parts, also those that an apostrophe is in as they are written without: "OBrien". */
function partsOfName(name: string): string[] {
  return [...new Set([...lettersOf(name), ...lettersOf(name.replace(/(?<=\p{L})['’ʼ`´](?=\p{L})/gu, ''))])];
}

/**
 * Whether the text has somebody's name, or any part of it, as Swedish and Finnish inflect it. Who must not be named is rather
 * found once too often: a few names are also other words, or forms of them.
 */
export function isNamed(name: string, text: string): boolean {
  const words = wordsOf(text);
  const runs = spelledOut(words.map(({ folded }) => folded));
  const meant = [...words.flatMap(({ folded, isMeant }) => (isMeant ? [folded] : [])), ...runs.filter(isNoWord)];
  const joined = mended(withoutInvisible(text).normalize('NFKC')).filter((word) => !everyday.has(word));
  const forms = partsOfName(name).map(formOf);
  const written = lettersOf(name);
  const isSpelledOut = (part: string): boolean =>
    [...stemsOf(part), ...weakStemsOf(part), ...pluralStemsOf(part)]
      .filter((stem) => stem.length > shortest)
      .some((stem) => runs.some((run) => run.includes(stem)));
  const stands = ({ part, form }: Form): boolean => meant.some((word) => form.test(word)) || isSpelledOut(part);
  const isProper = ({ part }: Form): boolean =>
    part.length === 2 &&
    words.some((word) => word.isProper && word.folded.startsWith(part) && ofTwoLetters.test(word.folded.slice(2)));
  const isHidden = ({ part, form, inflected }: Form): boolean =>
    part.length >= telling &&
    (joined.some((word) => inflected.test(word)) || meant.some((word) => isWithin(word, part, form, written)));
  return (
    forms.some((one) => (one.part.length >= shortest && stands(one)) || isProper(one) || isHidden(one)) ||
    (written.length > 0 && forms.filter(({ part }) => written.includes(part)).every(stands)) ||
    meant.some((word) => isTogether(word, forms))
  );
}

/** What ends a name of two letters, "Bos", "Bolle", and makes no other name of it. */
const ofTwoLetters = /^(?:s|n|ll[ae]|lta|sta)?$/;

interface Form {
  part: string;
  /** Every form of it, also in a compound where it cannot be mistaken. */
  form: RegExp;
  /** Only as it is inflected. */
  inflected: RegExp;
}

function formOf(part: string): Form {
  const forms = formsOf(part);
  return {
    part,
    form: new RegExp(`^(?:${forms}${part.length >= unmistakable ? `|${part}.*` : ''})$`),
    inflected: new RegExp(`^(?:${forms})$`),
  };
}

/** "T.o.m." is short for other words. */
const isNoWord = (run: string): boolean => !everyday.has(run) && run !== 'tom';

/** Beside another word in one: "Elliotmötet", "mötetElliot"; or beside the initial of another part: "eexempelsson", "elliote". */
function isWithin(word: string, part: string, form: RegExp, name: readonly string[]): boolean {
  const initials = name.filter((other) => other !== part).map((other) => other[0]);
  const isBeside = (rest: string): boolean => ours.test(rest) || initials.includes(rest);
  for (let at = 1; at < word.length; at += 1) {
    const [start, end] = [word.slice(0, at), word.slice(at)];
    if ((isBeside(start) && form.test(end)) || (form.test(start) && isBeside(end))) return true;
  }
  return false;
}

/** "PekkaVirtanen", "pekkajuhanivirtasen": two parts or more, the last in any form; initials are in too many words. */
function isTogether(word: string, forms: readonly Form[]): boolean {
  const whole = forms.filter(({ part }) => part.length > 1);
  return whole.some(({ part }) => {
    if (!word.startsWith(part)) return false;
    const rest = word.slice(part.length);
    const others = whole.filter((other) => other.part !== part);
    return others.some(({ form }) => form.test(rest)) || isTogether(rest, others);
  });
}
