import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, readConfig } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import { type Running, type StartParts, start } from '../../bot/main.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { startTeamsDouble } from './teams-double.ts';

export const tenant = 'a0000000-0000-4000-8000-000000000001';
export const lojoChatId = '19:lojo-ankarteam@thread.v2';

/** The example people of Lojo by first name, with the last two digits of their object ids. */
const lojoPeople = {
  maria: 'Maria Lindqvist',
  petri: 'Petri Aaltonen',
  sofia: 'Sofia Ekholm',
  niina: 'Niina Hakala',
  jonas: 'Jonas Wik',
  kaisa: 'Kaisa Sandberg',
} as const;
const objectIds = { maria: '20', petri: '21', sofia: '22', niina: '23', jonas: '24', kaisa: '25' } as const;
export type LojoPerson = keyof typeof lojoPeople;

export function objectId(lastTwoDigits: string): string {
  return `a0000000-0000-4000-8000-0000000000${lastTwoDigits}`;
}

export interface TestAppOptions {
  clock?: Clock;
  environment?: Record<string, string>;
  log?: Log;
  /** A folder that is kept, to start again on what is there; by default a fresh one that goes at the end. */
  dataDir?: string;
  /** What stands between the bot and its store. */
  through?: StartParts['through'];
  /** What stands in the place of Microsoft Graph. */
  graph?: string;
}

/** The real bot over HTTP, with the Teams double in Teams' place and the people of the example team. */
export async function startTestApp(options: TestAppOptions = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'ankarbot-test-'));
  const config: Config = readConfig({
    ANKARBOT_MODE: 'local',
    PLAYGROUND: 'off',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...options.environment,
  });
  const bot: Running = await start(config, {
    ...(options.clock && { clock: options.clock }),
    ...(options.log && { log: options.log }),
    ...(options.through && { through: options.through }),
    ...(options.graph && { graph: options.graph }),
  });
  const url = `http://127.0.0.1:${bot.port}`;
  const teams = await startTeamsDouble({ tenant });
  teams.connectTo(`${url}/api/messages`);
  const names = Object.keys(lojoPeople) as LojoPerson[];
  const people = Object.fromEntries(
    names.map((name) => [
      name,
      teams.addUser({ id: `29:${name}`, aadObjectId: objectId(objectIds[name]), name: lojoPeople[name] }),
    ]),
  ) as Record<LojoPerson, ReturnType<typeof teams.addUser>>;
  const chat = teams.groupChat({ id: lojoChatId, name: 'Lojo ankarteam', members: Object.values(people) });
  return {
    bot,
    url,
    teams,
    people,
    chat,
    dataDir,
    async stop() {
      await bot.stop();
      await teams.close();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
