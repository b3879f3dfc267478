import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { professions } from '../../src/shared/actor.ts';
import { regionFile } from './builders.ts';
import type { Chat } from './teams/chat.ts';
import type { TeamsUser } from './teams/world.ts';
import type { TeamsDouble } from './teams-double.ts';

/** A region of many teams, each with a chat of its own and one member of each profession, the first of them its leader. */
export interface FaultTeam {
  municipality: string;
  chat: Chat;
  members: readonly TeamsUser[];
}

const shape = z.looseObject({
  people: z.array(z.unknown()),
  municipalities: z.array(z.unknown()),
  teams: z.array(z.unknown()),
  referrals: z.looseObject({ sources: z.array(z.unknown()) }),
});

export const intakeKey = 'nyckel';

const letter = (index: number): string => String.fromCharCode(65 + index);
const codeOf = (index: number): string => `T${letter(Math.floor(index / 26))}${letter(index % 26)}`;
const nameOf = (index: number): string => `team-${index}`;
const memberName = (team: number, member: number): string => `Expert ${codeOf(team)}${letter(member)}`;
const objectIdOf = (team: number, member: number): string =>
  `c0000000-0000-4000-8000-${String(team * 100 + member).padStart(12, '0')}`;
const chatIdOf = (index: number): string => `19:${nameOf(index)}@thread.v2`;
const inAllLanguages = (text: string) => ({ sv: text, fi: text, en: text });

/** The example region with `size` teams in the place of its own, as a file in `folder`; returns its path. */
export function faultRegion(folder: string, size: number): string {
  const region = shape.parse(parse(readFileSync(regionFile, 'utf8')));
  const teams = Array.from({ length: size }, (_, team) => team);
  region.municipalities = teams.map((team) => ({ id: nameOf(team), name: inAllLanguages(nameOf(team)) }));
  region.people.push(
    ...teams.flatMap((team) =>
      professions.map((_, member) => ({
        id: `${nameOf(team)}-${member}`,
        name: memberName(team, member),
        aadObjectId: objectIdOf(team, member),
      })),
    ),
  );
  region.teams = teams.map((team) => ({
    id: nameOf(team),
    code: codeOf(team),
    name: inAllLanguages(nameOf(team)),
    contact: inAllLanguages(nameOf(team)),
    municipalities: [nameOf(team)],
    chat: chatIdOf(team),
    members: professions.map((profession, member) => ({
      person: `${nameOf(team)}-${member}`,
      profession,
      ...(member === 0 && { role: 'leader' }),
    })),
  }));
  const keyHash = `sha256:${createHash('sha256').update(intakeKey).digest('hex')}`;
  region.referrals.sources = [{ name: 'skolan', source: 'school', keyHash, perMinute: 1_000_000 }];
  const file = join(folder, 'region.yaml');
  writeFileSync(file, stringify(region));
  return file;
}

/** Its chats and people in the Teams double. */
export function faultTeams(teams: TeamsDouble, size: number): FaultTeam[] {
  return Array.from({ length: size }, (_, team) => {
    const members = professions.map((_profession, member) =>
      teams.addUser({
        id: `29:${nameOf(team)}-${member}`,
        aadObjectId: objectIdOf(team, member),
        name: memberName(team, member),
      }),
    );
    return { municipality: nameOf(team), members, chat: teams.groupChat({ id: chatIdOf(team), members }) };
  });
}
