import type { Directory } from '../../directory/model.ts';
import { type CaseReference, parseReference } from '../../shared/ids.ts';
import { withoutEscapes, withoutInvisible } from '../../shared/normalise.ts';

/**
 * What a meeting is about stands in its field alone: beside a case that is named elsewhere nobody would look for its young
 * person, and others than its team would read of it.
 */

/** A case as people write it, which may be without its team or its year. */
interface Named {
  code: string | null;
  year: number | null;
  number: number;
}

/** Between the parts of a reference. */
const mark = '[ \\p{Pd}\\u2212_/.:]';
/** The number of a case within its year; the day and month of a date are none. */
const number = '(?!\\d{1,2}[\\p{Pd}./:]\\d{1,2}(?!\\d))(?<number>\\d{1,7})';
const inYear = `(?<year>(?:19|20)\\d\\d)${mark}{0,3}${number}`;
/** A year alone is no number, and a few digits may be a time or a length: "LOJ 90 min". */
const isYear = '(?:19|20)\\d\\d(?!\\d)';
/** A few digits are a case where somebody's name seems to follow: "Ärende 1 Elliot", but not "LOJ 3 December". */
// Not "Jan", which is a name.
const months =
  'januar[iy]|feb(?:ruar[iy])?|mar(?:s|ch)?|apr(?:il)?|maj|may|jun[ie]?|jul[iy]?|aug(?:usti?)?|sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|dec(?:ember)?|\\p{L}+kuuta?';
const days = '(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mån|tis|ons|tors|fre|lör|sön)dag';
/** What stands on an agenda, and what is counted; a name may still follow: "Ärende 1 Uppföljning Elliot". */
const ordinary = [
  'ekonomi|budget|teman?|information|lägesbild|uppföljning|planering|utbildning|samarbete|personal|beslut|övrigt',
  '(?:arbets|team)?möten?|personer|deltagare|kommuner|skolor|våning(?:en)?|månader|veckor|dagar|timmar|minuter',
  'talous|budjetti|teemat?|tiedotus|tilannekuva|seuranta|suunnittelu|koulutus|yhteistyö|henkilöstö|päätö(?:s|kset)|muut',
  'kokous(?:ta)?|henkilöä|osallistujaa|kuntaa|koulua|kerros|kuukautta|viikkoa|päivää|tuntia|minuuttia',
  'finances|economy|themes?|topics?|follow-up|planning|training|cooperation|staff|decisions?|other',
  'meetings?|persons|people|participants|municipalities|schools|months|weeks|days|hours|minutes',
].join('|');
const beforeName = `(?<few>\\d{1,7})(?=[ \\p{Pd},:;]{1,3}(?!(?:${months}|${days}|(?:${ordinary})(?! (?-i:\\p{Lu})))(?!\\p{L}))(?-i:\\p{Lu})\\p{L})`;
const numbered = '(?:nr|nro|numero|nummer|no|number)?';

/** Behind a place, "Raseborg 10600 Ekenäs"; none begins with three zeros. */
const postalCode = '(?!000)\\d{5}(?!\\d)';

/** LOJ-2026-0001, loj 2026 1, LOJ20260001, LOJ-0001; whatever letters follow it. */
const afterCode = (codes: readonly string[]): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?<code>${codes.join('|')})(?:${mark}{0,3}${inYear}|(?!${mark}?${isYear})(?:[\\p{Pd}\\u2212]?(?<short>\\d{1,7})|${mark}(?<bare>0\\d{3,6})|${mark}${numbered}[ .:#]{0,3}(?!${isYear})${beforeName}))`,
    'giu',
  );

/** "Lojo 2026-0001", "Lohjan 0001", "Lojo 1 Elliot". */
const afterName = (names: readonly string[]): RegExp =>
  new RegExp(
    `(?<!\\p{L})(?:${names.join('|')})\\p{L}{0,4} ${numbered}[ .:#]{0,3}(?:${inYear}|(?!${isYear})(?:(?<bare>00\\d\\d)(?!\\d)|(?!${postalCode})${beforeName}))`,
    'giu',
  );

/** What all teams are called is no team's name. */
const general = /^(?:ankar|ankkuri|anchor|team|tiimi|grupp|ryhm|group|region|alue)/i;

/** The words that teams are known by, without the ending of the Finnish genitive: "Lohja(n)". */
function namesOf({ bodies }: Pick<Directory, 'bodies'>): string[] {
  const words = bodies.flatMap(({ code, name }) =>
    code === null ? [] : [name.sv, name.fi, name.en].flatMap((one) => one.match(/\p{L}+/gu) ?? []),
  );
  const telling = words.filter((word) => word.length > 3 && !general.test(word));
  return [...new Set(telling.map((word) => word.replace(/n$/, '')))];
}

/** "ärende 0001", "asian nro 0001", "case 2026-0001", "Hänvisning 1 Elliot". */
const afterWord = new RegExp(
  `(?<!\\p{L})(?:ärende\\p{L}*|asia(?:n|a|sta|ssa|an|t|tunnus)?|tapau(?:s|ksen|sta|ksesta)|hänvisning\\p{L}*|ohjau(?:s|ksen|sta|ksesta)|fall(?:et)?|cases?|matter|referrals?) ?${numbered}[ .:#]{0,3}(?:${inYear}|(?!${isYear})(?:(?<bare>\\d{3,7})|${beforeName}))`,
  'giu',
);

/** Whether a text names a case of the region besides `subject`, whether there is such a case or not. */
export function namesOtherCase(
  text: string,
  subject: CaseReference | null,
  { bodies }: Pick<Directory, 'bodies'>,
): boolean {
  const plain = withoutInvisible(withoutEscapes(text)).normalize('NFKC').replace(/\s+/g, ' ');
  const codes = bodies.flatMap(({ code }) => code ?? []);
  const names = namesOf({ bodies });
  const patterns = [
    ...(codes.length > 0 ? [afterCode(codes)] : []),
    ...(names.length > 0 ? [afterName(names)] : []),
    afterWord,
  ];
  const named = patterns.flatMap((pattern) =>
    [...plain.matchAll(pattern)].map(({ groups = {} }): Named => {
      const { code, year, number = groups.short ?? groups.bare ?? groups.few } = groups;
      return { code: code?.toUpperCase() ?? null, year: year ? Number(year) : null, number: Number(number) };
    }),
  );
  return named.some((one) => !isCase(one, subject));
}

/** As far as it is said. */
function isCase({ code, year, number }: Named, subject: CaseReference | null): boolean {
  const of = parseReference(subject ?? '');
  if (!of) return false;
  const isNumber = Number(of.reference.split('-').at(-1)) === number;
  return isNumber && (code === null || code === of.code) && (year === null || year === of.year);
}
