import { type Body, type BodyKind, type Directory, isTeam } from '../../directory/model.ts';
import type { BodyId } from '../../shared/ids.ts';
import { foldText } from '../../shared/normalise.ts';
import { objects } from './say-opening.ts';
import { gap, type Remains } from './say-remains.ts';
import { beginsAfter, endsBefore } from './say-times.ts';

/** A body of the region, by its name or by what it is. */
export interface SaidBody {
  /** One that was named; null when only its kind was said, or nothing. */
  body: BodyId | null;
  group: BodyKind | null;
}

const kinds: readonly (readonly [kind: BodyKind, words: string])[] = [
  ['development', 'utvecklingsgrupp(?:en)?|kehittamisryhma(?:lle|a)?|development group'],
  ['steering', `styrgrupp(?:en)?|ohjausryhma(?:lle|a)?|steering group|steering(?! group)`],
  [
    'management',
    'chefsteam(?:et)?|chefs|cheferna|ledningsgrupp(?:en)?|esimiestiimi(?:lle)?|esimiehe[td]|johtoryhma(?:lle|a)?|management team|management(?! team)|managers',
  ],
  ['team', '(?:hela |koko |whole |entire )?(?:ankar|ankkuri|anchor )?(?:team(?:et)?|tiimi(?:lle|a)?)'],
];
const genitive = "(?:['’]?s|n)";
/** "tiimin kanssa", "tiimin ja Petrin kanssa". */
const withThem = '(?= ?(?:kanssa|(?:,|ja|seka)(?![a-z])[^.;:\\n]{0,60}?(?<![\\w-])kanssa)(?![\\w-]))';
const itsMembers = ' (?:medlemmar(?:na)?|jasen(?:ille|ten kanssa)|members|kesken)';
/** In the genitive it is a body only with a meeting of its own, or with those who come: "Teamets plan" is a title. */
const whole = (words: string): RegExp =>
  new RegExp(
    `(?<![\\w-])(?:the )?(?:${words})(?:${genitive}?[ -]?(?:${objects})|${genitive}(?:${itsMembers}|${withThem}))?(?![\\w'’-])`,
  );

export function takeBody(remains: Remains, { bodies }: Pick<Directory, 'bodies'>): SaidBody {
  for (const body of bodies.filter(({ closed }) => !closed)) {
    if (namesOf(body).some((words) => remains.take(whole(words)))) return { body: body.id, group: body.kind };
  }
  for (const [kind, words] of kinds) if (remains.take(whole(words))) return { body: null, group: kind };
  if (takeWholeTeam(remains)) return { body: null, group: 'team' };
  return { body: null, group: null };
}

const wholeTeam = /(?<![\w-])koko (?:ankkuri)?tiimin(?![\w-])/;

/** "kokous koko tiimin" is of all of it; with a capital it begins a title: "Koko tiimin suunnitelma". */
function takeWholeTeam(remains: Remains): boolean {
  const match = remains.find(wholeTeam);
  if (!match || /^\p{Lu}\p{Ll}/u.test(remains.text().slice(match.index))) return false;
  return remains.take(wholeTeam) !== null;
}

/** Its name; a team also goes by its place: "Lojoteamet", "Raaseporin tiimi". */
function namesOf(body: Body): string[] {
  const names = Object.values(body.name).map(foldText);
  if (!isTeam(body)) return names;
  const team = kinds.find(([kind]) => kind === 'team')?.[1] ?? '';
  const places = names.map((name) => name.split(' ')[0] ?? '');
  return [...new Set(places)].map((place) => `${place}s?[ -]?(?:${team})`);
}

const everybody =
  /(?<![\w-])(?:(?:med|for|till|with) )?(?:alla|kaikki|kaikille|kaikkien kanssa|everyone|everybody)(?![\w-])/;

/** "alla" as a phrase of its own; in "för alla barn" it is what the meeting is about. */
export function takeEverybody(remains: Remains, now: Temporal.ZonedDateTime): boolean {
  const match = remains.find(everybody);
  if (!match) return false;
  const text = remains.text();
  const after = text.slice(match.index + match[0].length).replace(/^ (?:och|OCH|ja|JA|and|AND) (?=\p{Lu})/u, gap);
  if (!beginsAfter(text.slice(0, match.index), now) || !endsBefore(after, now)) return false;
  return remains.take(everybody) !== null;
}
