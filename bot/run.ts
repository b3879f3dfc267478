import { type Config, readConfig } from './config.ts';
import { startLocalTeams } from './local/local-teams.ts';
import type { Running } from './main.ts';
import { startProblem } from './start-problem.ts';
import { readToolConfig } from './tool-config.ts';

/**
 * Runs the bot as a process: starts it, says where it is, and stops it cleanly on Ctrl-C or SIGTERM, also when it is asked
 * to while `start` is at work; whoever asks twice does not wait. Before this is called, while Node still loads the bot,
 * such a signal ends the process as it ends any: nothing is open yet, so nothing is lost.
 */
export async function run(start: (config: Config) => Promise<Running>): Promise<void> {
  const asked = Promise.withResolvers<void>();
  process.once('SIGINT', () => asked.resolve());
  process.once('SIGTERM', () => asked.resolve());
  try {
    const config = readConfig(process.env);
    const bot = await start(config);
    const teams = config.local ? await startLocalTeams(config, bot.port) : null;
    const stop = async (): Promise<void> => {
      try {
        await teams?.stop();
        await bot.stop();
        process.exit(0);
      } catch (error) {
        fail(error);
      }
    };
    asked.promise.then(stop);
  } catch (error) {
    fail(error);
  }
}

/** Runs a tool that prints to the console and ends; `task` resolves with the exit code. */
export async function runTool(
  task: (config: Config, words: readonly string[], print: (line: string) => void) => Promise<number>,
): Promise<void> {
  try {
    const print = (line: string): void => void process.stdout.write(`${line}\n`);
    process.exitCode = await task(readToolConfig(process.env), process.argv.slice(2), print);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${startProblem(error)}\n`);
  process.exit(1);
}
