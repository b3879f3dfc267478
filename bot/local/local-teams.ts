import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';

/** What local mode starts beside the bot: Microsoft's Agents Playground, unless it is switched off. */
export async function startLocalTeams(config: Config, botPort: number): Promise<{ stop(): Promise<void> } | null> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (config.PLAYGROUND === 'off') {
    say(`Ankarbot listens on http://127.0.0.1:${botPort}`);
    return null;
  }
  // A development dependency: the deployed image does not have it.
  const { startPlayground } = await import('./playground.ts');
  const playground = await startPlayground({
    endpoint: `http://127.0.0.1:${botPort}/api/messages`,
    port: config.PLAYGROUND_PORT,
    config: fileURLToPath(new URL('../../.m365agentsplayground.yml', import.meta.url)),
    log: say,
  });
  say('');
  say(`  Ankarbot is ready. Open ${playground.url}`);
  say('  You are Maria Lindqvist, team leader in Lojo. All people are made up. Ctrl-C stops.');
  say('');
  return playground;
}
