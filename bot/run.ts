import { type Config, readConfig } from './config.ts';
import { startLocalTeams } from './local/local-teams.ts';
import type { Running } from './main.ts';

/** Runs the bot as a process: starts it, says where it is, and stops it cleanly on Ctrl-C or SIGTERM. */
export async function run(start: (config: Config) => Promise<Running>): Promise<void> {
  try {
    const config = readConfig(process.env);
    const bot = await start(config);
    const teams = config.local ? await startLocalTeams(config, bot.port) : null;
    const stop = async (): Promise<void> => {
      await teams?.stop();
      await bot.stop();
      process.exit(0);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
