import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import { production } from '../test/support/issuer.ts';
import type { Microsoft } from './microsoft.ts';
import { startServer } from './processes.ts';
import { seed } from './seed.ts';
import { invokeActivity, type Target } from './targets.ts';

interface Product {
  /** Where its data folder is made, and stays. */
  folder: string;
  storedCases: number;
  microsoft: Microsoft;
  /** As it runs in production, where it checks tokens; otherwise in local mode. */
  verified: boolean;
  /** Node writes a CPU profile into this folder when the server ends. */
  profileTo?: string | undefined;
}

/**
 * The whole product on a data folder of its own: each connection has a stored case and presses *take* and *give back*
 * on it in turn, so each request is a full action: decided, durably saved, card rebuilt.
 */
export async function productTarget(options: Product): Promise<Target> {
  const { folder, storedCases, microsoft, verified, profileTo } = options;
  const { serviceUrl } = microsoft;
  const mode = verified ? 'tokens verified' : 'local mode';
  const slug = `${mode.replace(' ', '-')}-${storedCases}`;
  const dataFolder = join(folder, slug);
  const cases = await seed(dataFolder, { storedCases, serviceUrl, dataKeys: production.DATA_KEYS });
  const settings = { DATA_DIR: dataFolder, DATA_KEYS: production.DATA_KEYS, PLAYGROUND: 'off', PORT: '0' };
  const verifying = { ...microsoft.productSettings, ALLOWED_TENANTS: cases.tenant };
  const profiling =
    profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`, `--cpu-prof-name=${slug}.cpuprofile`];
  const taken = new Map<number, boolean>();

  return {
    name: `Ankarbot, ${mode}, ${storedCases.toLocaleString('en-GB')} cases`,
    start: () =>
      startServer({
        args: [...profiling, ...startArguments()],
        env: { ...settings, ...(verified && verifying) },
        ready: /"port":(\d+).*"msg":"ready"/,
      }),
    headers: (connection) => (verified ? microsoft.headers(connection) : {}),
    body(connection) {
      const reference = cases.references[connection];
      if (reference === undefined) throw new Error(`no case for connection ${connection}`);
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
