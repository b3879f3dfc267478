import { type Config, readConfig } from './config.ts';

/** The settings that say which store it is and how it is opened. */
const ofStore = ['STORE', 'DATA_DIR', 'COSMOS_ENDPOINT', 'COSMOS_KEY', 'DATA_KEYS', 'REGION_FILE'];

/**
 * The settings of a tool, which works on the store alone: whatever is set for the bot beside it, in production too, is
 * nothing to it. Errors: those of {@link readConfig}.
 */
export function readToolConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => ofStore.includes(name)));
  return readConfig({ ...own, ANKARBOT_MODE: 'local' });
}
