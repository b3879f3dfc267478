/**
 * Text as people type and paste it, made fit to store (`cleanText`) or to compare (`foldText`).
 * Both are linear in the length of the text, so they may be given whatever comes in.
 */

/**
 * Characters that nobody sees: controls other than line breaks and tabs, everything Unicode calls default-ignorable
 * (zero-width, bidi controls, soft hyphens, variation selectors, tags), annotation marks and halves of surrogate pairs.
 */
const invisible = /[^\P{Cc}\n\t]|[\p{Default_Ignorable_Code_Point}\p{Cs}\uFFF9-\uFFFB]/gu;
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const spaces = /[\t\p{Zs}]+/gu;

/** Letters of neighbouring languages that Unicode does not decompose. */
const undecomposed: Readonly<Record<string, string>> = { ø: 'o', æ: 'a', ß: 'ss', đ: 'd', ð: 'd', ł: 'l', ı: 'i' };

/** Removes what nobody sees: {@link invisible} characters, among them line breaks other than `\n`. */
export function withoutInvisible(text: string): string {
  return text.replace(lineBreaks, '\n').replace(invisible, '');
}

/**
 * The text as it is stored and shown: NFC, without invisible characters, every line break as `\n`, runs of spaces
 * and tabs as one space, nothing at the ends of lines. Idempotent.
 */
export function cleanText(text: string): string {
  return withoutInvisible(text)
    .normalize('NFC')
    .replace(spaces, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/**
 * The text as it is compared: lower case letters without diacritics (å and ä become a, ö becomes o) and digits,
 * everything else one space. `Hänvisning!` and `hanvisning` fold to the same. Idempotent; never shown to anyone.
 */
export function foldText(text: string): string {
  return withoutInvisible(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[øæßđðłı]/g, (letter) => undecomposed[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Like `foldText`, but every letter stays in its place, so that what is found can be found in the original too. */
export function foldInPlace(line: string): string {
  return line.replace(/\p{L}/gu, (letter) => {
    const folded = foldText(letter);
    return folded.length === letter.length ? folded : letter;
  });
}

/**
 * The text with what links write in escapes as it is read (`%C3%96` and `%D6` are Ö), twice over for a link within a link.
 * What is no escape stays. To look through, never to show.
 */
export function withoutEscapes(text: string): string {
  const once = (escaped: string): string => escaped.replace(/(?:%[\da-f]{2})+/gi, readEscapes);
  return once(once(text));
}

function readEscapes(escapes: string): string {
  const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text;
}

/** Cleaned and in one line: for names and contacts, where a line break is only good for fooling a card. */
export function singleLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ');
}
