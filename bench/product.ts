import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './processes.ts';
import { invokeActivity, type Target } from './targets.ts';

/** What the bench needs to know of the cases that a seeding stored. */
export interface SeededCases {
  tenant: string;
  /** Id of the chat that the cases' team is bound to. */
  conversation: string;
  /** An expert of that team, by Microsoft Entra object id. */
  person: string;
  /** At least one for each connection, so that connections do not press the same case. */
  references: readonly string[];
}

export interface ProductOptions {
  storedCases: number;
  /** Writes `storedCases` cases, and all they need, into the empty data folder before the bot is started there. */
  seed(dataFolder: string, storedCases: number): Promise<SeededCases>;
  /** Matches the line with which the bot says that it listens; its first group is the port. */
  ready: RegExp;
}

/**
 * The whole product, in local mode on a data folder of its own: each connection has a stored case and presses *take*
 * and *give back* on it in turn, so each request is a full action: decided, durably saved, card rebuilt.
 */
export function productServer({ storedCases, seed, ready }: ProductOptions): Target {
  let cases: SeededCases | undefined;
  const taken = new Map<number, boolean>();

  return {
    name: `Ankarbot, ${storedCases.toLocaleString('en-GB')} cases stored`,
    async start() {
      const dataFolder = await mkdtemp(join(tmpdir(), 'ankarbot-bench-'));
      const remove = () => rm(dataFolder, { recursive: true, force: true });
      try {
        cases = await seed(dataFolder, storedCases);
        const server = await startServer({
          args: [join(import.meta.dirname, '../bot/main.ts')],
          env: { DATA_DIR: dataFolder, PLAYGROUND: 'off', PORT: '0', BOT_ID: '', STORE: 'sqlite' },
          ready,
        });
        const stop = () => server.stop().finally(remove);
        return { ...server, stop };
      } catch (error) {
        await remove();
        throw error;
      }
    },
    body(connection) {
      const reference = cases?.references[connection];
      if (cases === undefined || reference === undefined) throw new Error(`no case for connection ${connection}`);
      const wasTaken = taken.get(connection) ?? false;
      taken.set(connection, !wasTaken);
      const { person, tenant, conversation } = cases;
      const verb = wasTaken ? 'referral.giveBack' : 'referral.claim';
      return invokeActivity({ reference, verb, person, tenant, conversation });
    },
    expects: (body) => body.includes('"AdaptiveCard"'),
  };
}
