import { type Body, type BodyKind, type Directory, isTeam } from '../directory/model.ts';
import type { BodyId } from '../shared/ids.ts';
import { foldText } from '../shared/normalise.ts';
import type { Remains } from './say-remains.ts';

/** A body of the region, by its name or by what it is. */
export interface SaidBody {
  /** One that was named; null when only its kind was said, or nothing. */
  body: BodyId | null;
  group: BodyKind | null;
}

const meeting = 'mote(?:t)?|kokous(?:ta)?|palaveri[an]?|meeting';
const kinds: readonly (readonly [kind: BodyKind, words: string])[] = [
  ['steering', `styrgrupp(?:en)?s?|ohjausryhma(?:n|lle|a)?|steering group|steering`],
  [
    'management',
    'chefsteam(?:et)?s?|chefs|cheferna|ledningsgrupp(?:en)?s?|esimiestiimi(?:n|lle|a)?|esimiehe[td]|johtoryhma(?:n|lle|a)?|management team|management|managers',
  ],
  ['team', '(?:hela |koko |whole |entire )?(?:ankar|ankkuri|anchor )?(?:team(?:et)?s?|tiimi(?:n|lle|a)?)'],
];
const whole = (words: string): RegExp =>
  new RegExp(`(?<![\\w-])(?:the )?(?:${words})(?:[ -]?(?:${meeting}))?(?![\\w-])`);

export function takeBody(remains: Remains, { bodies }: Pick<Directory, 'bodies'>): SaidBody {
  for (const body of bodies.filter(({ closed }) => !closed)) {
    if (namesOf(body).some((words) => remains.take(whole(words)))) return { body: body.id, group: body.kind };
  }
  for (const [kind, words] of kinds) if (remains.take(whole(words))) return { body: null, group: kind };
  return { body: null, group: null };
}

/** Its name; a team also goes by its place: "Lojoteamet", "Raaseporin tiimi". */
function namesOf(body: Body): string[] {
  const names = Object.values(body.name).map(foldText);
  if (!isTeam(body)) return names;
  const team = kinds.find(([kind]) => kind === 'team')?.[1] ?? '';
  const places = names.map((name) => name.split(' ')[0] ?? '');
  return [...new Set(places)].map((place) => `${place}s?[ -]?(?:${team})`);
}
