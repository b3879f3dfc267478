import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';

export interface ServerOptions {
  /** Arguments of `node`: the file to run, first. */
  args: string[];
  env?: Record<string, string>;
  /** Matches the line that says it is ready; its first group is the port. */
  ready: RegExp;
  /** How long it may take to say so. */
  startSeconds?: number;
}

export interface RunningServer {
  port: number;
  /** The most memory that was resident since the start, in bytes; null where there is no /proc. */
  peakMemory(): Promise<number | null>;
  /** Asks it to end, insists after 15 s, and resolves when it is gone. */
  stop(): Promise<void>;
}

/** The server's own core: the second, so that the load generator has the first; with one core nothing is pinned. */
const core = '1';
const canPin = spawnSync('taskset', ['-c', core, 'true']).status === 0;

/** Starts a server in a process of its own, pinned to one core where the machine can do that. */
export async function startServer({ args, env = {}, ready, startSeconds = 60 }: ServerOptions): Promise<RunningServer> {
  const command = [...(canPin ? ['taskset', '-c', core] : []), process.execPath, ...args];
  const child = spawn(command[0] ?? process.execPath, command.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const port = await waitForLine(child, ready, startSeconds * 1000);
    return { port, peakMemory: () => peakMemory(child), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Resolves with the port of the ready line; rejects, with what the server wrote last, when there is none. */
function waitForLine(child: ChildProcess, ready: RegExp, milliseconds: number): Promise<number> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`${reason}\n${lines.slice(-20).join('\n')}`));
    const timer = setTimeout(() => fail(`the server was not ready after ${milliseconds / 1000} s`), milliseconds);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`the server ended before it was ready (${code ?? signal})`));
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        if (lines.push(line) > 200) lines.splice(0, 100);
        const port = ready.exec(line)?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      });
    }
  });
}

async function peakMemory(child: ChildProcess): Promise<number | null> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(timer);
}
