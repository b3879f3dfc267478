import { z } from 'zod';

/** What differs between one tenant's package and another's; the names are those of `env/.env.example`. */
const packageValues = z.object({
  BOT_ID: z.guid('must be a GUID: the application id of the bot in Microsoft Entra'),
  TEAMS_APP_ID: z.guid('must be a GUID: the id of the Teams app, the same in every version of it'),
  APP_DOMAIN: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name without scheme, port or path, such as bot.example.fi'),
  APP_VERSION: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be three numbers, such as 1.2.0'),
});

export type PackageValues = z.infer<typeof packageValues>;

/** Reads the values of an env file. Throws one Error that names every value that is missing or wrong. */
export function readValues(env: Readonly<Record<string, string | undefined>>): PackageValues {
  const result = packageValues.safeParse(env);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return env[name] ? `${name} ${issue.message}` : `${name} is missing`;
  });
  throw new Error(problems.join('\n'));
}

/**
 * Replaces each `${{NAME}}` in a JSON text, escaped for JSON.
 * Throws an Error that names every placeholder for which there is no value.
 */
export function fillPlaceholders(json: string, values: PackageValues): string {
  const known = new Map(Object.entries(values));
  const unknown = new Set<string>();
  const filled = json.replace(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => {
    const value = known.get(name);
    if (value === undefined) unknown.add(name);
    return value === undefined ? placeholder : JSON.stringify(value).slice(1, -1);
  });
  if (unknown.size > 0) throw new Error(`no value for the placeholders ${[...unknown].join(', ')}`);
  return filled;
}
