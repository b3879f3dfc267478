import { z } from 'zod';

/** What the environment says, checked and frozen. Nothing else reads `process.env`. */
export type Config = Readonly<z.infer<typeof checked>>;

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const optional = z
  .string()
  .trim()
  .default('')
  .transform((value) => value || undefined);

const which = (is: z.ZodType, message: string) =>
  optional.refine((value) => value === undefined || is.safeParse(value).success, message);
const entraId = which(z.guid(), 'set an id of Microsoft Entra, a GUID such as 00000000-0000-4000-8000-000000000001');
const address = which(z.url({ protocol: /^https?$/ }), 'set a whole address, such as https://login.example/metadata');
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
  COSMOS_ENDPOINT: optional,
  COSMOS_KEY: optional,
  DATA_KEYS: optional,
  BOT_ID: entraId,
  BOT_PASSWORD: optional,
  BOT_TYPE: z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']).default('SingleTenant'),
  BOT_TENANT_ID: entraId,
  BOT_OPENID_METADATA_URL: address,
  BOT_TOKEN_ISSUER: address,
  /** None: outside local mode the region's own alone. */
  ALLOWED_TENANTS: entraIds,
  OTEL_EXPORTER_OTLP_ENDPOINT: optional,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

const checked = shape
  .transform((env) => ({
    ...env,
    local: env.ANKARBOT_MODE === 'local',
    /** One person plays all parts, in the Playground. */
    played: env.ANKARBOT_MODE === 'local' && env.PLAYGROUND === 'on',
    host: env.HOST ?? (env.ANKARBOT_MODE === 'local' ? '127.0.0.1' : '0.0.0.0'),
    allowedTenants: env.ALLOWED_TENANTS?.split(',').map((tenant) => tenant.trim()) ?? [],
  }))
  .superRefine((env, context) => {
    const problem = (name: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [name], message });
    if (env.local) {
      if (!loopback.has(env.host)) problem('HOST', 'local mode verifies nobody, so it listens on 127.0.0.1 only');
      if (env.BOT_ID) problem('BOT_ID', 'local mode verifies nobody; leave BOT_ID empty or leave local mode');
    } else {
      if (!env.BOT_ID) problem('BOT_ID', 'set the bot registration’s app id; without it callers cannot be verified');
      if (!env.DATA_KEYS) problem('DATA_KEYS', 'set the keys that seal personal data: <id>:<32 bytes in base64>');
      if (env.BOT_TYPE !== 'MultiTenant' && !env.BOT_TENANT_ID) problem('BOT_TENANT_ID', `set it for ${env.BOT_TYPE}`);
      if (env.BOT_TYPE !== 'UserAssignedMSI' && !env.BOT_PASSWORD)
        problem('BOT_PASSWORD', `set it for ${env.BOT_TYPE}`);
      if (env.BOT_TYPE === 'UserAssignedMSI' && env.BOT_PASSWORD)
        problem('BOT_PASSWORD', 'a managed identity has none: leave it empty');
    }
    const collector = env.OTEL_EXPORTER_OTLP_ENDPOINT;
    if (collector && !/^https?:$/.test(URL.parse(collector)?.protocol ?? ''))
      problem('OTEL_EXPORTER_OTLP_ENDPOINT', 'set the address of the collector, such as http://localhost:4318');
    if (env.STORE === 'cosmos' && !env.COSMOS_ENDPOINT) problem('COSMOS_ENDPOINT', 'set it for STORE=cosmos');
  });

/** Errors: one Error that names every problem at once, and what to set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // A variable that is set to nothing counts as absent.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = checked.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`Ankarbot cannot start with this environment:\n${problems.join('\n')}`);
  }
  return Object.freeze(parsed.data);
}
