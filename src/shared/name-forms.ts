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

/** Kang-, Kank-; Rinn-, Rint-; Luuk-, Luukk-; Läd-, Lät-. */
function strengthened(consonants: string): string[] {
  const ends = grades.filter(([strong, weak]) =>
    weak.length > 1 ? consonants.endsWith(weak) : consonants === weak && isDouble(strong),
  );
  return [
    ...singles.flatMap(([strong, weak]) => (weak && consonants === weak ? [strong] : [])),
    ...ends.map(([strong, weak]) => consonants.slice(0, -weak.length) + strong),
  ];
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

/** What takes Finnish endings: Aaltonen, Aaltose-; Jonas, Jonakse-; Kangas, Kankaa-; Rinne, Rintee-; Niemi, Nieme-. Each once. */
export function stemsOf(name: string): string[] {
  const { start, consonants, vowel, last } = partsOf(name);
  const stems = [name];
  if (name.endsWith('nen')) stems.push(`${name.slice(0, -3)}se`);
  else if (last === 's') {
    stems.push(`${name.slice(0, -1)}kse`);
    for (const end of [consonants, ...strengthened(consonants)]) stems.push(start + end + vowel + vowel);
  }
  if (last) stems.push(`${name}i`);
  else if (vowel === 'e') stems.push(...[consonants, ...strengthened(consonants)].map((end) => `${start}${end}ee`));
  else if (vowel === 'i' && consonants && (!isDouble(consonants) || consonants === 'mm'))
    stems.push(`${start}${consonants}e`);
  return stems;
}

/** Peka-, Lahde-: no form is one without an ending. Two letters would be the beginning of too many other words. */
export function weakStemsOf(name: string): string[] {
  const { start, consonants, vowel, last } = partsOf(name);
  if (last) return [];
  if (consonants === 's' && vowel === 'i') return [`${start}de`];
  const stems = weakened(consonants).flatMap((weak) => {
    if (vowel !== 'i') return [`${start}${weak}${vowel}`];
    return [...(weak ? [`${start}${weak}i`] : []), ...(isDouble(consonants) ? [] : [`${start}${weak}e`])];
  });
  return stems.filter((stem) => stem.length > 2);
}

/** Pekko(ja), Peko(ille), Kanka(ita); and Luom(ien), which of a short name is too often another word. */
export function pluralStemsOf(name: string): string[] {
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

/** Every form of one part of a name, as alternatives of a pattern. */
export function formsOf(name: string): string {
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
  ];
  return forms.join('|');
}
