import { z } from 'zod';
import { tenantId } from '../src/shared/ids.ts';
import { type KeyRing, parseKeyRing } from '../src/storage/keys.ts';
import { type Region, readRegionFile } from './region-file.ts';

/** What the environment says, and the files that it names, checked and frozen. Nothing else reads `process.env`. */
export type Config = Readonly<
  Settings & {
    local: boolean;
    /** One person plays all parts, in the Playground. */
    played: boolean;
    host: string;
    allowedTenants: readonly string[];
    region: Region;
    /** Null without `DATA_KEYS`, which only local mode does without: it keeps keys of its own in `DATA_DIR`. */
    ring: KeyRing | null;
  }
>;

type Settings = z.infer<typeof shape>;

const aPort = 'set a port, a number from 0 to 65535';
const port = (fallback: number) => z.coerce.number(aPort).int(aPort).min(0, aPort).max(65_535, aPort).default(fallback);
const optional = z
  .string()
  .trim()
  .default('')
  .transform((value) => value || undefined);

const which = (is: z.ZodType, message: string) =>
  optional.refine((value) => value === undefined || is.safeParse(value).success, message);
const entraId = which(z.guid(), 'set an id of Microsoft Entra, a GUID such as 00000000-0000-4000-8000-000000000001');
const address = (example: string) => which(z.url({ protocol: /^https?$/ }), `set a whole address, such as ${example}`);
const entraIds = which(
  z
    .string()
    .transform((text) => text.split(',').map((tenant) => tenant.trim()))
    .pipe(z.array(z.guid())),
  'set the ids of Microsoft Entra tenants, GUIDs, separated by commas',
);

const shape = z.object({
  /** `local`: the Playground, no callers verified, loopback only. Anything else needs a bot id. */
  ANKARBOT_MODE: z.enum(['local', 'production']).default('production'),
  HOST: optional,
  PORT: port(3978),
  PLAYGROUND: z.enum(['on', 'off']).default('on'),
  PLAYGROUND_PORT: port(56_150),
  DATA_DIR: z.string().min(1).default('.data'),
  REGION_FILE: z.string().min(1).default('env/regions/vastra-nyland.yaml'),
  STORE: z.enum(['sqlite', 'cosmos']).default('sqlite'),
  COSMOS_ENDPOINT: address('https://<account>.documents.azure.com:443/'),
  COSMOS_KEY: optional,
  DATA_KEYS: optional,
  BOT_ID: entraId,
  BOT_PASSWORD: optional,
  BOT_TYPE: z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).default('SingleTenant'),
  BOT_TENANT_ID: entraId,
  BOT_OPENID_METADATA_URL: address('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  BOT_TOKEN_ISSUER: address('https://api.botframework.com'),
  /** Host name at which people reach the bot; the manifest's too. */
  APP_DOMAIN: which(z.hostname(), 'set the host name of the bot, without scheme, port or path, such as bot.example.fi'),
  /** None: outside local mode the region's own alone. */
  ALLOWED_TENANTS: entraIds,
  /** `on`: meetings are put into the calendars of the tenant, which has to have granted it. */
  GRAPH_CALENDAR: z.enum(['on', 'off']).default('off'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address('http://localhost:4318'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Errors: one Error that names every problem at once, and what to set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // A variable that is set to nothing counts as absent.
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const issues = shape.safeParse(Object.fromEntries(given)).error?.issues ?? [];
  const problems: Problem[] = issues.map(({ path, message }) => [path.join('.'), message]);
  const wrong = new Set(problems.map(([name]) => name));
  // What is wrong by itself is left out, so that it does not hide what else is wrong.
  const env = shape.parse(Object.fromEntries(given.filter(([name]) => !wrong.has(name))));
  const local = env.ANKARBOT_MODE === 'local';
  const host = env.HOST ?? (local ? '127.0.0.1' : '0.0.0.0');
  const allowedTenants = env.ALLOWED_TENANTS?.split(',').map((tenant) => tenantId(tenant.trim())) ?? [];
  if (local) problems.push(...problemsInLocalMode(env, host));
  else if (!wrong.has('ANKARBOT_MODE')) problems.push(...problemsInProduction(env, wrong));
  if (env.STORE === 'cosmos' && !env.COSMOS_ENDPOINT && !wrong.has('COSMOS_ENDPOINT'))
    problems.push(['COSMOS_ENDPOINT', 'set it for STORE=cosmos']);

  function read<R>(name: string, parse: () => R): R | null {
    try {
      return parse();
    } catch (error) {
      problems.push([name, error instanceof Error ? error.message.replaceAll('\n', '\n  ') : String(error)]);
      return null;
    }
  }
  const { DATA_KEYS, REGION_FILE } = env;
  const ring = DATA_KEYS ? read('DATA_KEYS', () => parseKeyRing(DATA_KEYS)) : null;
  const region = read('REGION_FILE', () => readRegionFile(REGION_FILE));
  const tenant = region?.directory.tenant;
  if (tenant && allowedTenants.length > 0 && !allowedTenants.includes(tenant))
    problems.push(['ALLOWED_TENANTS', `add the tenant of ${REGION_FILE}, ${tenant}`]);
  if (problems.length > 0 || !region) {
    const lines = problems.map(([name, message]) => `  ${name}: ${message}`);
    throw new Error(`Ankarbot cannot start with this environment:\n${lines.join('\n')}`);
  }
  const played = local && env.PLAYGROUND === 'on';
  return Object.freeze({ ...env, local, played, host, allowedTenants, region, ring });
}

type Problem = readonly [name: string, message: string];

function* problemsInLocalMode(env: Settings, host: string): Generator<Problem> {
  if (!loopback.has(host)) yield ['HOST', 'local mode verifies nobody, so it listens on 127.0.0.1 only'];
  if (env.BOT_ID) yield ['BOT_ID', 'local mode verifies nobody; leave BOT_ID empty or leave local mode'];
  if (env.GRAPH_CALENDAR === 'on') yield ['GRAPH_CALENDAR', 'local mode can sign in nowhere; leave it off'];
}

function* problemsInProduction(env: Settings, wrong: ReadonlySet<string>): Generator<Problem> {
  const { BOT_TYPE, BOT_PASSWORD } = env;
  if (!env.BOT_ID) yield ['BOT_ID', 'set the bot registration’s app id; without it callers cannot be verified'];
  if (!env.APP_DOMAIN && !wrong.has('APP_DOMAIN'))
    yield ['APP_DOMAIN', 'set the host name at which people reach the bot; files are handed out there'];
  if (!env.DATA_KEYS) yield ['DATA_KEYS', 'set the keys that seal personal data: <id>:<32 bytes in base64>'];
  if (wrong.has('BOT_TYPE')) return;
  if (BOT_TYPE !== 'MultiTenant' && !env.BOT_TENANT_ID) yield ['BOT_TENANT_ID', `set it for ${BOT_TYPE}`];
  if (BOT_TYPE !== 'UserAssignedMSI' && !BOT_PASSWORD) yield ['BOT_PASSWORD', `set it for ${BOT_TYPE}`];
  if (BOT_TYPE === 'UserAssignedMSI' && BOT_PASSWORD)
    yield ['BOT_PASSWORD', 'a managed identity has none: leave it empty'];
}
