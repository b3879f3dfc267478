import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HTTP intake as a referring party uses it. All people are made up. */

export interface TestSource {
  name: string;
  key: string;
  perMinute?: number;
}

/** The example region with these sources, as a file in `folder`; returns its path. */
export function regionWithSources(folder: string, sources: readonly TestSource[]): string {
  const example = readFileSync('env/regions/vastra-nyland.yaml', 'utf8');
  const listed = sources.map(({ name, key, perMinute = 1_000 }) => {
    const hash = createHash('sha256').update(key).digest('hex');
    return `    - { name: ${name}, source: school, keyHash: "sha256:${hash}", perMinute: ${perMinute} }`;
  });
  const file = join(folder, 'region.yaml');
  writeFileSync(file, example.replace('sources: []', ['sources:', ...listed].join('\n')));
  return file;
}

/** A referral that lacks nothing. */
export function referralBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    municipality: 'Lojo',
    source: 'school',
    basis: 'concern',
    concerns: ['absence', 'bullying'],
    ageBand: 'from12to14',
    gender: 'girl',
    youngPerson: { name: 'Saga Påhittström', guardianContact: 'Pia Påhittström, kvällar' },
    narrative: 'Har varit borta från skolan i tre veckor.',
    ...changes,
  };
}

export interface IntakeAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON. */
  body: Record<string, unknown>;
}

/** `idempotencyKey` null and `authorization` null leave the header out. */
export async function postReferral(
  url: string,
  options: {
    body?: unknown;
    authorization?: string | null;
    idempotencyKey?: string | null;
    headers?: Record<string, string>;
  },
): Promise<IntakeAnswer> {
  const { body = referralBody(), authorization = null, idempotencyKey = null, headers = {} } = options;
  const response = await fetch(`${url}/api/referrals`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization !== null && { authorization }),
      ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

/** The key that local mode keeps in its data folder. */
export function localKey(dataDir: string): string {
  return readFileSync(join(dataDir, 'intake-key'), 'utf8').trim();
}

/** The bytes of the embedded database, its log included, as one text that can be searched. */
export function databaseText(dataDir: string): string {
  return ['ankarbot.db', 'ankarbot.db-wal']
    .map((name) => {
      try {
        return readFileSync(join(dataDir, name)).toString('latin1');
      } catch {
        // The log is gone after a clean stop.
        return '';
      }
    })
    .join('\n');
}
