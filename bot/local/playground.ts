import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

const packageName = '@microsoft/m365agentsplayground';
/** How long the Playground may take to answer after its start. It needs about one second. */
const startLimit = 30_000;
/** How long it may take to stop before it is killed. */
const stopLimit = 3_000;

export interface PlaygroundOptions {
  /** The bot's own address, `http://localhost:3978/api/messages`. */
  endpoint: string;
  /** Where people open it in their browser. */
  port: number;
  /** Absolute path of `.m365agentsplayground.yml`. */
  config: string;
  /** Is told, in English, when the Playground ends by itself. */
  log: (message: string) => void;
}

export interface Playground {
  url: string;
  /** Resolves when the process has ended; may be called again. */
  stop(): Promise<void>;
}

/**
 * Starts Microsoft's Agents Playground, a local stand-in for the Teams client, as a process of its own: reachable from
 * this machine only, silent towards Microsoft, without opening a browser. It ends when this process does, however it does.
 * Rejects when the development dependency is missing, the port is taken, or the configuration is missing or refused.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const cli = await findCli();
  if (!existsSync(options.config)) throw new Error(`There is no configuration of the Playground at ${options.config}.`);
  const directory = await mkdtemp(join(tmpdir(), 'ankarbot-playground-'));
  const child = spawnCli(cli, options, directory);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let stopping = false;

  const stop = async (): Promise<void> => {
    stopping = true;
    signal(child, 'SIGTERM');
    await Promise.race([ended, sleep(stopLimit, undefined, { ref: false })]);
    signal(child, 'SIGKILL');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };

  const url = `http://localhost:${options.port}`;
  try {
    await untilItListens(child, options.port);
    await untilItAnswers(child, `${url}/_debug/ping`);
  } catch (error) {
    const reason = await errorsIn(logFile(directory));
    await stop();
    throw new Error([error instanceof Error ? error.message : error, ...reason].join(' '), { cause: error });
  }
  ended.then(() => {
    if (!stopping) options.log(`The Playground ended by itself (${child.exitCode ?? child.signalCode}).`);
  });
  return { url, stop };
}

/** The production image has no development dependencies, so the package is looked for when it is wanted. */
async function findCli(): Promise<string> {
  const shape = z.object({ bin: z.object({ agentsplayground: z.string() }) });
  try {
    const file = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    return join(dirname(file), shape.parse(JSON.parse(await readFile(file, 'utf8'))).bin.agentsplayground);
  } catch (cause) {
    throw new Error(`${packageName} is not installed: run npm ci, or set PLAYGROUND=off to start without it.`, {
      cause,
    });
  }
}

/**
 * The child gets none of the bot's settings: secrets are not its business, and with proxy settings it would look for
 * the bot through the proxy. Its log would hold what is said in the chats, so it lies in a directory that `stop` removes.
 * Its time zone is that of the people whom it plays.
 */
function spawnCli(cli: string, options: PlaygroundOptions, directory: string): ChildProcess {
  const guard = new URL('./playground-guard.ts', import.meta.url).href;
  const settings = ['start', '-e', options.endpoint, '-c', 'msteams', '-p', `${options.port}`, '--dt'];
  const { PATH, HOME, SystemRoot } = process.env;
  return spawn(process.execPath, ['--import', guard, cli, ...settings], {
    cwd: dirname(options.config),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    env: {
      PATH,
      HOME,
      SystemRoot,
      TMPDIR: directory,
      TEMP: directory,
      TZ: process.env.TZ ?? 'Europe/Helsinki',
      TEAMSAPPTESTER_BROWSER: 'none',
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: options.config,
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile(directory),
    },
  });
}

const logFile = (directory: string): string => join(directory, 'playground.log');

/** The Playground takes any free port when its own is taken, and says nothing but the number. */
async function untilItListens(child: ChildProcess, port: number): Promise<void> {
  if (!child.stdout) throw new Error('The Playground has no output to read.');
  try {
    for await (const line of createInterface({ input: child.stdout, signal: AbortSignal.timeout(startLimit) })) {
      const announced = /^Listening on (\d+)$/.exec(line)?.[1];
      if (announced === `${port}`) return;
      if (announced) throw new Error(`Port ${port} is taken: set PLAYGROUND_PORT to a free one.`);
    }
  } finally {
    child.stdout.resume();
  }
  throw new Error('The Playground did not start.');
}

/** It reads its configuration only after it has begun to listen, and exits when it does not like it. */
async function untilItAnswers(child: ChildProcess, url: string): Promise<void> {
  const limit = AbortSignal.timeout(startLimit);
  while (!limit.aborted && isRunning(child)) {
    const answer = await fetch(url, { signal: limit }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error('The Playground did not start.');
}

const isRunning = (child: ChildProcess): boolean =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null;

/** What the Playground complains about goes to its log alone. */
async function errorsIn(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = stripVTControlCharacters(text).split('\n');
  return lines.filter((line) => line.startsWith('error ')).map((line) => line.slice('error '.length));
}

/** Signals the process and all that it started; nothing when it has ended already. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || !isRunning(child)) return;
  if (process.platform === 'win32') child.kill(name);
  else process.kill(-child.pid, name);
}
