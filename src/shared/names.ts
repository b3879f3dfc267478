import { foldText } from './normalise.ts';

/**
 * Names as Swedish and Finnish inflect them: "Lindholmarna", "Virtasen", "Pekalla". Names and texts are folded, so å, ä and
 * ö are a and o here. Snowball's stemmers do not do: they make "virtan" of Virtanen and "virtas" of Virtasen.
 */

/** How the last consonants change before some endings: Pekka, Peka-; Ranta, Ranna-; Lahti, Lahde-. */
const grades: readonly (readonly [strong: string, weak: string])[] = [
  ['kk', 'k'],
  ['pp', 'p'],
  ['tt', 't'],
  ['nk', 'ng'],
  ['nt', 'nn'],
  ['mp', 'mm'],
  ['lt', 'll'],
  ['rt', 'rr'],
  ['ht', 'hd'],
  ['lp', 'lv'],
  ['rp', 'rv'],
  ['lk', 'l'],
  ['rk', 'r'],
  ['rk', 'rj'],
  ['hk', 'h'],
];
/** Those that change between two vowels alone: Mäki, Mäe-. */
const singles: typeof grades = [
  ['k', ''],
  ['p', 'v'],
  ['t', 'd'],
];

function weakened(consonants: string): string[] {
  const ends = grades.filter(([strong]) => consonants.endsWith(strong));
  return [
    ...singles.flatMap(([strong, weak]) => (consonants === strong ? [weak] : [])),
    ...ends.map(([strong, weak]) => consonants.slice(0, -strong.length) + weak),
  ];
}

/** Kang-, Kank-. */
function strengthened(consonants: string): string[] {
  const ends = grades.filter(([, weak]) => weak.length > 1 && consonants.endsWith(weak));
  return ends.map(([strong, weak]) => consonants.slice(0, -weak.length) + strong);
}

interface Parts {
  start: string;
  consonants: string;
  vowel: string;
  /** What follows the last vowel. */
  last: string;
}

function partsOf(name: string): Parts {
  const [, start = name, consonants = '', vowel = '', last = ''] =
    /^(.*?)([^aeiouy]*)([aeiouy])([^aeiouy]*)$/.exec(name) ?? [];
  return { start, consonants, vowel, last };
}

const isDouble = (consonants: string): boolean => consonants.length > 1 && consonants.at(-1) === consonants.at(-2);

/** What takes Finnish endings: Aaltonen, Aaltose-; Jonas, Jonakse-; Kangas, Kankaa-; Niemi, Nieme-. Each once. */
export function stemsOf(name: string): string[] {
  const { start, consonants, vowel, last } = partsOf(name);
  const stems = [name];
  if (name.endsWith('nen')) stems.push(`${name.slice(0, -3)}se`);
  else if (last === 's') {
    stems.push(`${name.slice(0, -1)}kse`);
    for (const end of [consonants, ...strengthened(consonants)]) stems.push(start + end + vowel + vowel);
  }
  if (last) stems.push(`${name}i`);
  else if (vowel === 'e') stems.push(`${name}e`);
  else if (vowel === 'i' && consonants && !isDouble(consonants)) stems.push(`${start}${consonants}e`);
  return stems;
}

/** Peka-, Lahde-: no form is one without an ending. Two letters would be the beginning of too many other words. */
function weakStemsOf(name: string): string[] {
  const { start, consonants, vowel, last } = partsOf(name);
  if (last) return [];
  const stems = weakened(consonants).flatMap((weak) => {
    if (vowel !== 'i') return [`${start}${weak}${vowel}`];
    return [...(weak ? [`${start}${weak}i`] : []), ...(isDouble(consonants) ? [] : [`${start}${weak}e`])];
  });
  return stems.filter((stem) => stem.length > 2);
}

/** Pekko(ja), Peko(ille), Kanka(ita); and Luom(ien), which of a short name is too often another word. */
function pluralStemsOf(name: string): string[] {
  const { start, consonants, vowel, last } = partsOf(name);
  if (last === 's') return stemsOf(name).flatMap((stem) => (stem.endsWith(vowel + vowel) ? [stem.slice(0, -1)] : []));
  if (last || vowel !== 'a') return [];
  const stems = [consonants, ...weakened(consonants)].map((end) => start + end);
  return [...stems.map((stem) => `${stem}o`), ...(consonants ? stems.filter((stem) => stem.length > 3) : [])];
}

const local = 'tta|ks[ie]|(?:ss|st|ll|lt)a(?:an)?|lle(?:en)?';
/** They make the syllable before them end in a consonant. */
const closing = `n|t|${local}`;
const plural = `[ij](?:${local}|t?a|na|en|h?in|[dt]en|tten)`;
const every = `${closing}|t?a|na|h?[aeiouy]n|(?<=aa|ee|ii|oo|uu|yy)s(?:ee|ii)n|[dt]en|${plural}`;
/** Whose it is, and "too" or "not even"; or it is the owner: "Virtanens". */
const after = '(?:ni|si|nsa|mme|nne)?(?:kin|kaan|ko|han|pa)?s?';
/** Of several, or of what is theirs. */
const swedish = '(?:ar|er|or)(?:na)?s?|ens?|sk[ae]';

/** How long a name is whose beginning is no other word's, so that it is found in a compound too: "Lindholmfallet". */
const unmistakable = 7;

/** Every form of one part of a name. */
function formsOf(name: string): RegExp {
  const [, ...changed] = stemsOf(name);
  const { last } = partsOf(name);
  const forms = [
    `${name}${after}`,
    // "Ann" takes Finnish endings as "Anni-" alone: "annan" is another word.
    ...(last ? changed : [name, ...changed]).map((stem) => `${stem}(?:${every})${after}`),
    ...weakStemsOf(name).map((stem) => `${stem}i?(?:${closing})${after}`),
    ...pluralStemsOf(name).map((stem) => `${stem}(?:${plural})${after}`),
    ...(name.endsWith('nen') ? [`${name.slice(0, -3)}s(?:t[ae]n?|${plural})${after}`] : []),
    ...(last === 's' ? [`${name}ta${after}`] : []),
    // "Annars" is another word, too.
    ...(last && name.length > 3 ? [`${name}(?:${swedish})`] : []),
    ...(name.length >= unmistakable ? [`${name}.*`] : []),
  ];
  return new RegExp(`^(?:${forms.join('|')})$`);
}

/** Forms of a name that are hardly ever meant, and another word every day: "ett annat möte" is not of several Annas. */
const everyday = new Set(['annat']);

/** A part of fewer letters is a word, "Bo", "Ek": it counts where all of the name stands. */
const shortest = 3;

const lettersOf = (text: string): string[] =>
  foldText(text)
    .split(/\P{L}+/u)
    .filter(Boolean);

/** What somebody has written letter by letter, "P e k k a" or "P.e.k.k.a"; where one word of it ends, nobody can tell. */
function spelledOut(words: readonly string[]): string[] {
  const single = words.map((word) => (word.length === 1 ? word : ' '));
  return single
    .join('')
    .split(' ')
    .filter((word) => word.length >= shortest);
}

/**
 * Whether the text has somebody's name, or any part of it, as Swedish and Finnish inflect it. Who must not be named is rather
 * found once too often: a few names are also other words, or forms of them.
 */
export function isNamed(name: string, text: string): boolean {
  const letters = lettersOf(text);
  const runs = spelledOut(letters);
  const words = [...letters, ...runs].filter((word) => !everyday.has(word));
  const forms = lettersOf(name).map((part) => ({ part, form: formsOf(part) }));
  const isSpelledOut = (part: string): boolean =>
    [...stemsOf(part), ...weakStemsOf(part), ...pluralStemsOf(part)]
      .filter((stem) => stem.length >= shortest)
      .some((stem) => runs.some((run) => run.includes(stem)));
  const stands = ({ part, form }: { part: string; form: RegExp }): boolean =>
    words.some((word) => form.test(word)) || isSpelledOut(part);
  /** "PekkaVirtanen"; initials are in too many words. */
  const whole = forms.filter(({ part }) => part.length > 1);
  const isTogether = (word: string): boolean =>
    whole.some(
      ({ part }) =>
        word.startsWith(part) && whole.some((other) => other.part !== part && other.form.test(word.slice(part.length))),
    );
  return (
    forms.some((one) => one.part.length >= shortest && stands(one)) ||
    (forms.length > 0 && forms.every(stands)) ||
    words.some(isTogether)
  );
}
