import { cleanText, foldInPlace } from '../shared/normalise.ts';

/** How a text begins that plans a meeting. As sources of regular expressions of folded text; the languages share them. */

export const verbs =
  'boka(?: in)?|planera|ordna|satt upp|lagg in|skapa|nytt|ny|kalla till|foresla|varaa|sovi|jarjesta|suunnittele|luo|uusi|kutsu koolle|ehdota|schedule|book|plan|arrange|set up|organi[sz]e|create|new|call|propose|suggest';
export const articles = 'ett|en|nagra|a|an|the|us';
export const nouns = 'mote(?:t)?|kokous(?:ta)?|palaveri[an]?|meeting';
export const supervision = 'arbetshandledning(?:en)?|tyonohjaus(?:ta)?|(?:work )?supervision';
export const seminar = 'seminari(?:um|et)|seminaari[an]?|seminar';
export const caseMeeting = 'ankartraff(?:en)?|ankkuritapaaminen|ankkuritapaamista|anchor meeting';
/** "teammöte", "ohjausryhmän kokous", "steering group meeting". */
const ofABody = `(?:team|styrgrupp|chefs|chefsteam|ledningsgrupp)(?:s|en|ens|et|ets)?[ -]?mote(?:t)?|(?:tiimi|ankkuritiimi|esimiestiimi|johtoryhma|ohjausryhma)n?[ -]?(?:kokous|palaveri)|(?:team|steering group|steering|management team|management) meeting`;
export const findATime =
  'foresla (?:en |nagra )?tid(?:er)?|hitta (?:en |nagra )?(?:gemensam )?tid(?:er)?|ehdota aik(?:aa|oja)|etsi (?:yhteinen )?aika|(?:propose|suggest) (?:a |some )?times?|find (?:a |us a )?time';
/** These say enough without what is planned. */
const aloneVerbs = 'planera|boka|varaa|schedule';

const opening = new RegExp(
  `^(?:(?:(?:${verbs}) (?:(?:${articles}) )?)?(?:${nouns}|${supervision}|${caseMeeting}|${ofABody})|${findATime}|(?:${aloneVerbs})(?= \\S))(?![\\w-])`,
);

/** Whether a text, without courtesies before it, begins as one that plans a meeting. */
export function opensPlanning(text: string): boolean {
  return opening.test(foldInPlace(cleanText(text)));
}
