import { type Language, type Localised, languages } from '../../shared/language.ts';
import { cleanText, foldInPlace } from '../../shared/normalise.ts';

/** How a text begins that plans a meeting. As sources of regular expressions of folded text; the languages are read alike. */

const told = {
  verbs: {
    sv: 'boka(?: in)?|planera|ordna|satt upp|lagg in|skapa|nytt|ny|kalla till|foresla',
    fi: 'vara(?:a|ta|taan)|sovi(?:taan)?|sopia|jarjesta(?:a|taan)?|pid(?:a|etaan)|pitaa|suunnittele|luo|uusi|kutsu koolle|ehdota',
    en: 'schedule|book|plan|arrange|set up|organi[sz]e|create|new|call|propose|suggest',
  },
  nouns: { sv: 'mote(?:t)?', fi: 'kokous(?:ta)?|palaveri[an]?', en: 'meeting' },
  supervision: { sv: '(?:arbets)?handledning(?:en)?', fi: 'tyonohjaus(?:ta)?', en: '(?:work )?supervision' },
  caseMeeting: { sv: 'ankartraff(?:en)?', fi: 'ankkuritapaaminen|ankkuritapaamista', en: 'anchor meeting' },
  /** "teammöte", "ohjausryhmän kokous", "steering group meeting". */
  ofABody: {
    sv: '(?:team|styrgrupp|chefs|chefsteam|ledningsgrupp)(?:s|en|ens|et|ets)?[ -]?mote(?:t)?',
    fi: '(?:tiimi|ankkuritiimi|esimiestiimi|johtoryhma|ohjausryhma|kehittamisryhma)n?[ -]?(?:kokous|palaveri)',
    en: '(?:team|steering group|steering|management team|management|development group) meeting',
  },
  seminar: { sv: 'seminari(?:um|et)', fi: 'seminaari[an]?', en: 'seminar' },
  findATime: {
    sv: 'foresla (?:en |nagra )?tid(?:er)?|hitta (?:en |nagra )?(?:gemensam )?tid(?:er)?',
    fi: 'ehdota aik(?:aa|oja)|etsi (?:yhteinen )?aika',
    en: '(?:propose|suggest) (?:a |some )?times?|find (?:a |us a )?time',
  },
} satisfies Record<string, Localised>;

const any = (words: Localised): string => languages.map((language) => words[language]).join('|');

export const verbs = any(told.verbs);
export const articles = 'ett|en|nagra|a|an|the|us';
const nouns = any(told.nouns);
/** Also as what is done with it: "varata kokouksen". */
export const objects = `${nouns}|kokouksen`;
export const supervision = any(told.supervision);
export const seminar = any(told.seminar);
export const caseMeeting = any(told.caseMeeting);
export const findATime = any(told.findATime);
/** These say enough without what is planned. */
const aloneVerbs = 'planera|boka|varaa|varata|schedule';

const planned = [nouns, supervision, seminar, caseMeeting, any(told.ofABody)].join('|');
const asObject = `${planned}|(?:\\w+[ -]?)?(?:kokouksen|palaverin)`;
export const opening = new RegExp(
  `^(?:(?:${verbs}) (?:(?:${articles}) )?(?:${asObject})|(?:${planned})|${findATime}|(?:${aloneVerbs})(?= \\S))(?![\\w-])`,
);

/** What people do with a meeting that there is. */
const doings =
  'stalla? in|avboka|flytta|skjuta? upp|andra|peru(?:a|uta|uttaa)?|siirra|siirtaa|muuta|muuttaa|cancel|move|reschedule|postpone|change';
const doing = new RegExp(`^(?:${doings}) (?:[\\w'’-]+ ){0,2}?(?:${asObject})(?![\\w-])`);

/** Whether a text, without courtesies before it, begins with what is to be done with a meeting: "ställ in mötet på torsdag". */
export function opensDoing(text: string): boolean {
  return doing.test(foldInPlace(cleanText(text)));
}

const openingOf = (text: string): string | null => opening.exec(foldInPlace(cleanText(text)))?.[0] ?? null;

/** Whether a text, without courtesies before it, begins as one that plans a meeting. */
export function opensPlanning(text: string): boolean {
  return openingOf(text) !== null;
}

/** The language in which it begins so, whatever follows: the title is anybody's. Null when that is of several, or none. */
export function openingLanguage(text: string): Language | null {
  const begun = openingOf(text) ?? '';
  const [language, ...others] = languages.filter((one) => {
    const words = Object.values(told).map((all) => all[one]);
    return new RegExp(`(?<!\\w)(?:${words.join('|')})(?!\\w)`).test(begun);
  });
  return language && others.length === 0 ? language : null;
}
