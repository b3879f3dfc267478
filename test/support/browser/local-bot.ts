import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../../', import.meta.url));
const startLimit = 40_000;

/** The bot and its Playground, running as `npm start` runs them. */
export interface LocalBot {
  /** What `npm start` tells people to open. */
  url: string;
  port: number;
  playgroundPort: number;
  /** Ends them as Ctrl-C does. Resolves once the process has ended, with its exit code and the processes it left behind. */
  interrupt(): Promise<{ code: number | null; left: number[] }>;
}

/**
 * Starts what `npm start` starts, with ports of its own and its data in `dataDir`, and with what else `more` sets. Rejects
 * with what it said when it fails.
 */
export async function startLocalBot(dataDir: string, more: { REGION_FILE?: string } = {}): Promise<LocalBot> {
  const [port, playgroundPort] = await Promise.all([freePort(), freePort()]);
  const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
  const [, ...settings] = manifest.scripts.start.split(' ');
  const child = spawn(process.execPath, settings, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME,
      TMPDIR,
      SystemRoot,
      PORT: `${port}`,
      PLAYGROUND_PORT: `${playgroundPort}`,
      DATA_DIR: dataDir,
      ...more,
    },
  });
  const ended = once(child, 'exit');
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));

  const said: string[] = [];
  const signal = AbortSignal.timeout(startLimit);
  for await (const line of createInterface({ input: child.stdout, signal })) {
    said.push(line);
    const url = /Open (http:\S+)/.exec(line)?.[1];
    if (!url) continue;
    child.stdout.resume();
    return {
      url,
      port,
      playgroundPort,
      async interrupt() {
        const started = child.pid === undefined ? [] : await childrenOf(child.pid);
        child.kill('SIGINT');
        const [code] = await ended;
        return { code, left: started.filter(isAlive) };
      },
    };
  }
  child.kill('SIGKILL');
  throw new Error(`The bot did not start. ${[...said, ...errors].join('\n')}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  await once(server.close(), 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/** Only Linux says it without another program; elsewhere nothing is known of them. */
async function childrenOf(pid: number): Promise<number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return list.split(' ').filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
