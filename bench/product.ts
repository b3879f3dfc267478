import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { startServer } from './processes.ts';
import { type SeededCases, seed } from './seed.ts';
import { invokeActivity, type Target } from './targets.ts';

/**
 * The whole product, in local mode on a data folder of its own: each connection has a stored case and presses *take*
 * and *give back* on it in turn, so each request is a full action: decided, durably saved, card rebuilt.
 */
export function productServer(storedCases: number, serviceUrl: string): Target {
  let cases: SeededCases | undefined;
  const taken = new Map<number, boolean>();

  return {
    name: `Ankarbot, ${storedCases.toLocaleString('en-GB')} cases stored`,
    async start() {
      const dataFolder = await mkdtemp(join(tmpdir(), 'ankarbot-bench-'));
      const remove = () => rm(dataFolder, { recursive: true, force: true });
      try {
        cases = await seed(dataFolder, storedCases, serviceUrl);
        const server = await startServer({
          args: startArguments(),
          env: { DATA_DIR: dataFolder, PLAYGROUND: 'off', PORT: '0' },
          ready: /listens on http:\/\/127\.0\.0\.1:(\d+)/,
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
      const verb = wasTaken ? 'referral.release' : 'referral.claim';
      return invokeActivity({ reference, verb, person, tenant, conversation, serviceUrl });
    },
    // The case's card with the button of the next step; a refusal would carry another.
    expects: (body) => body.includes('"referral.assessForm"') && !body.includes('"style":"warning","spacing":"Small"'),
  };
}

/** What `npm start` gives to node, so that the bench measures what people start. */
function startArguments(): string[] {
  const [node, ...args] = manifest.scripts.start.split(' ');
  if (node !== 'node') throw new Error('the start script begins with node');
  return args;
}
