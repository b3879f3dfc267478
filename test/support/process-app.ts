import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { lojoChatId, objectId, tenant } from './app.ts';
import { crowd, crowdedRegion } from './crowd.ts';
import { temporaryFolder } from './seed.ts';
import { startTeamsDouble } from './teams-double.ts';

export interface BotProcess {
  url: string;
  /** Everything that it has written, both streams. */
  output(): string;
  /** Ends it as a power failure would. */
  kill(): Promise<void>;
  /** Asks it to end, as Ctrl-C does. */
  interrupt(): Promise<void>;
  /** Asks it to end, as whoever runs containers does; its exit code, null when it was killed. */
  terminate(): Promise<number | null>;
}

/** The bot as `npm start` runs it, without the Playground, in a process of its own. */
async function startProcess(environment: Record<string, string>): Promise<BotProcess> {
  const child = spawn(process.execPath, ['--env-file=env/.env.local', 'bot/index.js'], {
    env: { PATH: process.env.PATH, PLAYGROUND: 'off', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (hasEnded(child)) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  };
  const terminate = async (): Promise<number | null> => {
    await end('SIGTERM');
    return child.exitCode;
  };
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The bot ended with ${code}:\n${lines.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const ready = /"port":(\d+).*"msg":"ready"/.exec(line);
        if (ready) resolve(Number(ready[1]));
      });
    }
  });
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => lines.join('\n'),
    kill: () => end('SIGKILL'),
    interrupt: () => end('SIGINT'),
    terminate,
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** The bot in a process of its own, and a Teams double that outlives it, with `size` experts in the team's chat. */
export async function startProcessApp(size: number, settings: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const dataDir = `${folder.path}/data`;
  const environment = { DATA_DIR: dataDir, REGION_FILE: crowdedRegion(folder.path, size), ...settings };
  // What a killed process has sent is not known to the next one, so the limits of Teams are not this test's subject.
  const teams = await startTeamsDouble({ tenant, limits: false });
  const maria = teams.addUser({ id: '29:maria', aadObjectId: objectId('20'), name: 'Maria Lindqvist' });
  const experts = crowd(teams, size);
  const chat = teams.groupChat({ id: lojoChatId, name: 'Lojo ankarteam', members: [maria, ...experts] });
  let bot: BotProcess | null = null;
  return {
    teams,
    chat,
    maria,
    experts,
    dataDir,
    environment,
    async start(): Promise<BotProcess> {
      bot = await startProcess(environment);
      teams.connectTo(`${bot.url}/api/messages`);
      return bot;
    },
    async close() {
      await bot?.kill();
      await teams.close();
      folder.remove();
    },
  };
}
