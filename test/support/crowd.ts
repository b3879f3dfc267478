import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { professions } from '../../src/shared/actor.ts';
import { regionFile } from './builders.ts';
import type { TeamsUser } from './teams/world.ts';
import type { TeamsDouble } from './teams-double.ts';

const shape = z.looseObject({
  people: z.array(z.unknown()),
  teams: z.array(z.looseObject({ id: z.string(), members: z.array(z.unknown()) })),
  parties: z.array(z.looseObject({ id: z.string() })),
  steering: z.looseObject({ members: z.array(z.unknown()) }),
});

const objectIdOf = (index: number): string => `b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
/** No name is the beginning of another. */
const nameOf = (index: number): string => `Extra Expert${String(index).padStart(3, '0')}`;

/** The example region with `size` more experts in Lojo, all professions among them, as a file in `folder`. */
export function crowdedRegion(folder: string, size: number): string {
  return regionWith(folder, size, ({ teams }, person, index) => {
    const lojo = teams.find(({ id }) => id === 'lojo');
    lojo?.members.push({ person, profession: professions[index % professions.length] });
  });
}

/** The example region with `size` more in the steering group, of as many new parties as they need: first all members, then substitutes. */
export function crowdedSteering(folder: string, size: number): string {
  const half = Math.ceil(size / 2);
  return regionWith(folder, size, ({ steering, parties }, person, index) => {
    const party = `extra-party-${index % half}`;
    const name = { sv: party, fi: party, en: party };
    if (index < half) parties.push({ id: party, kind: 'municipality', name });
    steering.members.push({ person, party, role: index < half ? 'member' : 'substitute' });
  });
}

function regionWith(
  folder: string,
  size: number,
  seat: (region: z.infer<typeof shape>, person: string, index: number) => void,
): string {
  return changedRegion(folder, (region) => {
    for (let index = 0; index < size; index += 1) {
      region.people.push({ id: `extra-${index}`, name: nameOf(index), aadObjectId: objectIdOf(index) });
      seat(region, `extra-${index}`, index);
    }
  });
}

/** The example region with something else in it, as a file in `folder`. */
export function changedRegion(folder: string, change: (region: z.infer<typeof shape>) => void): string {
  const region = shape.parse(parse(readFileSync(regionFile, 'utf8')));
  change(region);
  const file = join(folder, 'region.yaml');
  writeFileSync(file, stringify(region));
  return file;
}

/** These experts as people of the Teams double. */
export function crowd(teams: TeamsDouble, size: number): TeamsUser[] {
  return Array.from({ length: size }, (_, index) =>
    teams.addUser({ id: `29:extra-${index}`, aadObjectId: objectIdOf(index), name: nameOf(index) }),
  );
}
