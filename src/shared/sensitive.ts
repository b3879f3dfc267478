import { withoutEscapes, withoutInvisible } from './normalise.ts';

/**
 * Finds what must never stand in a chat: personal identity codes, phone numbers and e-mail addresses. It is a net for
 * slips of the fingers, not a proof: names and addresses in words are not found. Where a sequence of digits could be
 * either, it counts as sensitive, except for what the team writes every day: dates, times, case references, diary
 * numbers, postal codes, amounts.
 *
 * Every pattern has bounded repetitions, so the work grows linearly with the text, whatever the text is.
 */
export const sensitiveKinds = ['personalIdentityCode', 'phoneNumber', 'emailAddress'] as const;
export type SensitiveKind = (typeof sensitiveKinds)[number];

/** The kinds that occur in the text, each once, in the order of {@link sensitiveKinds}. */
export function findSensitive(text: string): SensitiveKind[] {
  const plain = plainForm(text);
  const codes = findPersonalIdentityCodes(plain);
  // Of what a link writes in escapes only this: in one to a meeting in Teams they would make an e-mail address.
  const hasEscapedCode = (): boolean => findPersonalIdentityCodes(plainForm(withoutEscapes(text))).length > 0;
  const found: Record<SensitiveKind, boolean> = {
    personalIdentityCode: codes.length > 0 || (text.includes('%') && hasEscapedCode()),
    phoneNumber: hasPhoneNumber(masked(plain, codes)),
    emailAddress: hasEmailAddress(plain),
  };
  return sensitiveKinds.filter((kind) => found[kind]);
}

/**
 * Upper case, digits and compatibility forms of any script as ASCII, every dash and every mark that people put between
 * digits as one `-`, every run of spaces or line breaks as one space; what was spelt with a space after each character
 * without them.
 */
function plainForm(text: string): string {
  return withoutInvisible(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\P{Nd}0-9]/gu, asciiDigit)
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/[\t\r\n\p{Zs}\u2800]+/gu, ' ')
    .replace(/[\p{Pd}\u02D7\u2043\u2212\u2796\u00B7\u2022\u2219\u22C5\u30FB|*_]+|(?<=\d),(?=\d)/gu, '-')
    .replace(/(?<![^ ])(?:[\p{L}\d+.-] ){5,60}[\p{L}\d](?![^ ])/gu, (spelt) => spelt.replaceAll(' ', ''))
    .toUpperCase();
}

/** Unicode keeps the ten digits of a script in a row. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

interface Span {
  start: number;
  end: number;
}

/**
 * DDMMYY, the sign of the century, an individual number and a check character. The signs are those in use since
 * 1 January 2023. Source: Digital and Population Data Services Agency (DVV); Government decree 690/2022.
 */
const centuries: Readonly<Record<string, number>> = {
  '+': 1800,
  ...Object.fromEntries([...'-YXWVU'].map((sign) => [sign, 1900])),
  ...Object.fromEntries([...'ABCDEF'].map((sign) => [sign, 2000])),
};
const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const check = `[${checkCharacters}]`;

/** Between the parts of a date, as people write it. */
const mark = '(?:[-./] ?| )';
const fullYear = '(?:18|19|20)\\d\\d';
/** With its parts apart, or with the year in full: such a date stands before an hour too. */
const markedDate = `(?:\\d{1,2}${mark}\\d{1,2}${mark}(?:${fullYear}|\\d\\d)|\\d\\d${mark}?\\d\\d${mark}?${fullYear})`;
/** As the code has it, or with a space before the year. */
const bareDate = '\\d{4} ?\\d\\d';

/** Only as a word of its own. */
const asWord = (code: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?=(?<code>${code})(?![\\p{L}\\d]))`, 'gu');

/** Each finds every position, also overlapping ones: the code may stand in the middle of other digits. */
const codePatterns = [
  /** As it should be, spaces around the sign allowed. */
  new RegExp(`(?=(?<code>(?<date>\\d{6}) ?(?<sign>-{1,3}|[+A-FU-Y]) ?(?<number>\\d{3}) ?(?<check>${check})))`, 'g'),
  /** A letter for the century: nothing else is written so, also where the check character is a slip. */
  asWord(`(?<date>${markedDate}|${bareDate})-?(?<sign>[A-FU-Y])-?(?<number>\\d{3})-?[\\dA-Z]`),
  /** Any sign, with dashes, brackets and spaces around it and behind it. */
  asWord(
    `(?<date>${bareDate})[ (]{0,2}-?[ )]{0,2}(?<sign>[-+A-FU-Y])[- )]{0,3}(?<number>\\d ?\\d ?\\d)[ .-]{0,3}(?<check>${check})`,
  ),
  asWord(
    `(?<date>${markedDate})(?<gap>[ (]{0,2})-?[ )]{0,2}(?<sign>[-+A-FU-Y])[- )]{0,3}(?<tail>(?<number>\\d{3})[ .-]{0,3}(?<check>${check}))`,
  ),
  /** Another sign or none. Ten digits that begin with 0 are left to the phone numbers. */
  asWord(`(?!0\\d{5} ?\\d{3} ?\\d)(?<date>\\d{6})(?: ?[./_:;,*~='\\\\(] ?| ?)(?<number>\\d{3}) ?(?<check>${check})`),
  asWord(`(?<date>${markedDate})(?: ?[,;:(] ?| )(?<tail>(?<number>\\d{3})(?<check>${check}))`),
];

/** What may follow a date without a sign: HHMM, and HMM before something else, in the steps of five minutes in which people plan. */
const hour = /^(?:(?:[01]\d|2[0-3])[0-5][05]$|\d[0-5][05][ .-]+\d$)/;

function findPersonalIdentityCodes(plain: string): Span[] {
  return codePatterns
    .flatMap((pattern) => [...plain.matchAll(pattern)])
    .filter(({ groups = {} }) => isPersonalIdentityCode(groups))
    .map((match) => ({ start: match.index, end: match.index + (match.groups?.code ?? '').length }))
    .sort((a, b) => a.start - b.start);
}

function isPersonalIdentityCode(parts: Readonly<Record<string, string | undefined>>): boolean {
  const date = sixDigits(parts.date ?? '');
  const number = (parts.number ?? '').replace(/\D/g, '');
  const expected = checkCharacters[Number(`${date}${number}`) % checkCharacters.length];
  if (parts.check !== undefined && parts.check !== expected) return false;
  const sign = parts.sign?.[0];
  const mayBeDash = sign === undefined || (sign === '-' && parts.gap?.includes(' '));
  if (mayBeDash && hour.test(parts.tail ?? '')) return false;
  const possible = sign === undefined ? [1800, 1900, 2000] : [centuries[sign]];
  return possible.some((century) => century !== undefined && dateExists(date, century));
}

/** DDMMYY of a date that may be written with one digit for a day or a month, with marks, and with the year in full. */
function sixDigits(date: string): string {
  const parts = date.split(/\D+/).map((part) => part.padStart(2, '0'));
  return parts.join('').replace(/^(\d{4})\d\d(\d\d)$/, '$1$2');
}

function dateExists(ddmmyy: string, century: number): boolean {
  const [day, month, year] = [0, 2, 4].map((at) => Number(ddmmyy.slice(at, at + 2)));
  if (!day || !month || year === undefined || month > 12) return false;
  return day <= Temporal.PlainYearMonth.from({ year: century + year, month }).daysInMonth;
}

/** The text with each span, in order of start, replaced by a character that belongs to no number. */
function masked(text: string, spans: readonly Span[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of spans) {
    if (start >= from) rest += `${text.slice(from, start)}*`;
    from = Math.max(from, end);
  }
  return rest + text.slice(from);
}

/** What the team writes every day and what begins like a national number. */
const everydayNumbers = [
  /** 03.12.2026, 03-12-2026, 03/12 2026, 03122026, 03-12-26 */
  /^\d\d(?: ?[-./ ] ?|)(?:0[1-9]|1[0-2])(?: ?[-./ ] ?|)(?:19|20)\d\d(?!\d)/,
  /^\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d)/,
  /** 0800-1600, 08-16 09-15, 0800 1600 */
  /^\d\d[0-5]\d ?- ?[0-2]\d[0-5]\d(?!\d)/,
  /^\d\d ?- ?[0-2]\d \d\d ?- ?[0-2]\d(?!\d)/,
  /^\d\d[0-5]\d [0-2]\d[0-5]\d$/,
  /** Diary number 0123/2026 */
  /^\d{2,6}\/(?:19|20)\d\d(?!\d)/,
  /** Business id 0123456-7 */
  /^\d{7}-\d(?!\d)/,
  /** Postal codes 02600-02650 */
  /^\d{5}(?: ?- ?| )\d{5}(?!\d)/,
];
/** Postal codes 00100 02600, what follows their `00` */
const postalCodes = /^\d{3}(?: ?- ?| )0\d{4}(?!\d)/;

const separator = '(?: ?[-./] ?| )';
const groups = (first: string): string => `(?<number>${first}\\d{0,14}(?:${separator}\\d{1,14}){0,8})`;
/** Not inside a longer number, date or time. */
const atStart = '(?<!\\d)(?<!\\d[-./:,])';

/** How many digits to expect, by E.164 and by the Finnish numbering plan; `(0)` after the country code may add one. */
const phoneForms: readonly { pattern: RegExp; least: number; most: number; except: readonly RegExp[] }[] = [
  { pattern: new RegExp(`(?<!\\d)(?=\\+ ?${groups('[1-9]')})`, 'g'), least: 8, most: 16, except: [] },
  { pattern: new RegExp(`${atStart}(?=00[ -]?${groups('[1-9]')})`, 'g'), least: 9, most: 16, except: [postalCodes] },
  { pattern: new RegExp(`${atStart}(?=${groups('358[ -]?[1-9]')})`, 'g'), least: 10, most: 16, except: [] },
  { pattern: new RegExp(`${atStart}(?=${groups('0[1-9]')})`, 'g'), least: 7, most: 13, except: everydayNumbers },
];

/** A group of digits may follow a slash only after the area code, a point only after an area code of three digits. */
const wellFormed = /^\d{3,15}(?:\.\d+)+(?![-/ ]\d)|^\d+(?: ?\/ ?\d+)?(?:(?: ?- ?| )\d+)*/;

function hasPhoneNumber(plain: string): boolean {
  const text = plain.replace(/[ ()]+/g, ' ');
  return phoneForms.some(({ pattern, least, most, except }) =>
    text.matchAll(pattern).some(({ groups: { number = '' } = {} }) => {
      if (except.some((everyday) => everyday.test(number))) return false;
      return groupSums(number).some((sum) => sum >= least && sum <= most);
    }),
  );
}

/** How many digits there are up to the end of each group: what follows a number may be another number. */
function groupSums(number: string): number[] {
  let sum = 0;
  return (wellFormed.exec(number)?.[0].match(/\d+/g) ?? []).map((group) => {
    sum += group.length;
    return sum;
  });
}

/** Letters of any script before the `@`; a domain with at least one point after it. */
const emailAddress = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~."-]@(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}(?:\p{L}{2}|XN--)/u;

function hasEmailAddress(plain: string): boolean {
  return emailAddress.test(plain.replace(/ @ | ?[([]AT[)\]] ?/g, '@'));
}
