import { join } from 'node:path';
import type { Microsoft } from './microsoft.ts';
import { type RunningServer, startServer } from './processes.ts';

/** One row of the table: a server, what it is asked, and how to know that it answered. */
export interface Target {
  name: string;
  start(): Promise<RunningServer>;
  /** See `LoadOptions` in `load.ts`; `n` begins at 0 again in each round. */
  headers(connection: number): Record<string, string>;
  body(connection: number, n: number): string;
  expects(responseBody: string): boolean;
}

/** The path at which every target takes its activities. */
export const messagesPath = '/api/messages';

interface Invoke {
  /** The case whose button is pressed. */
  reference: string;
  verb: string;
  /** Microsoft Entra object id of the one who presses. */
  person: string;
  tenant: string;
  conversation: string;
  /** Where the bot sends what it has to say. */
  serviceUrl: string;
}

/** The activity that Teams sends when somebody presses an `Action.Execute` button in a group chat. */
export function invokeActivity({ reference, verb, person, tenant, conversation, serviceUrl }: Invoke): string {
  return JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:${crypto.randomUUID()}`,
    timestamp: '2026-11-23T08:00:00.000Z',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${person}`, name: 'Aino Exempel', aadObjectId: person },
    conversation: { id: conversation, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
    recipient: { id: '28:ankarbot', name: 'Ankarboten' },
    locale: 'sv-FI',
    channelData: { tenant: { id: tenant } },
    value: { action: { type: 'Action.Execute', verb, data: { id: reference } }, trigger: 'manual' },
  });
}

interface Echo {
  name: string;
  /** Under `peers/`. */
  file: string;
  microsoft: Microsoft;
  /** Checks tokens, and is sent them. */
  verified?: boolean;
}

/** A server that answers every invoke with the same card, whatever was pressed. */
export function echoTarget({ name, file, microsoft, verified = false }: Echo): Target {
  const pressed = invokeActivity({
    reference: 'LOJ-2026-0001',
    verb: 'referral.claim',
    person: '00000000-0000-4000-8000-000000000001',
    tenant: '00000000-0000-4000-8000-0000000000aa',
    conversation: '19:bench@thread.v2',
    serviceUrl: microsoft.serviceUrl,
  });
  return {
    name,
    start: () =>
      startServer({
        args: [join(import.meta.dirname, 'peers', file)],
        env: verified ? microsoft.botbuilderSettings : {},
        ready: /^listening (\d+)$/,
      }),
    headers: (connection) => (verified ? microsoft.headers(connection) : {}),
    body: () => pressed,
    expects: (body) => body.includes('"AdaptiveCard"'),
  };
}
