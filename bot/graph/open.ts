import { ClientSecretCredential, ManagedIdentityCredential } from '@azure/identity';
import type { Outlook } from '../../src/meetings/telling/outlook.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { Config } from '../config.ts';
import { createAsk } from './client.ts';
import { createGraphOutlook } from './outlook.ts';

/** Microsoft's public cloud. */
const graph = 'https://graph.microsoft.com';

/** The calendars of the region's tenant, as the bot's own registration may use them. Loaded only where they are wanted. */
export function openGraph(
  config: Config,
  parts: {
    clock: Pick<Clock, 'now'>;
    /** Told of what will never be taken, and why. */
    onRefused: (error: unknown) => void;
    /** Where Graph is; by default {@link graph}. */
    api?: string | undefined;
  },
): Outlook {
  const { clock, onRefused, api = graph } = parts;
  const { BOT_ID = '', BOT_PASSWORD, region } = config;
  const credential = BOT_PASSWORD
    ? new ClientSecretCredential(region.directory.tenant, BOT_ID, BOT_PASSWORD)
    : new ManagedIdentityCredential({ clientId: BOT_ID });
  return createGraphOutlook(createAsk({ api, credential, clock }), onRefused);
}
