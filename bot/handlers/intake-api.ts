import { timingSafeEqual } from 'node:crypto';
import { problemText } from '../../src/cards/form.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { lengthLimits, parseIntake } from '../../src/referrals/input.ts';
import type { IntakeService } from '../../src/referrals/intake.ts';
import type { ReferralSource } from '../../src/referrals/settings.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { TenantId } from '../../src/shared/ids.ts';
import type { FieldProblem } from '../../src/shared/input.ts';
import { type Language, languageOf } from '../../src/shared/language.ts';
import { type TextKey, textsFor } from '../../src/shared/text.ts';
import { createAllowance } from '../allowance.ts';
import type { Body } from '../read-body.ts';
import { hashOfKey } from './intake-key.ts';

/** `POST /api/referrals`: a named source hands in a referral. It learns that it was received, and whom to contact. */
export interface IntakeRequest {
  authorization: string | undefined;
  idempotencyKey: string | undefined;
  acceptLanguage: string | undefined;
  /** The body as text; `readBody` is called only for a caller with a good key. */
  readBody: () => Promise<Body>;
}

export interface HttpAnswer {
  status: number;
  headers?: Record<string, string>;
  contentType: 'application/json' | 'application/problem+json';
  body: object;
}

export type IntakeApi = (request: IntakeRequest) => Promise<HttpAnswer>;

/** Bodies that were not taken. */
const refusals = {
  tooLarge: { status: 413, name: 'tooLarge' },
  aborted: { status: 400, name: 'badRequest' },
  notText: { status: 400, name: 'badRequest' },
  late: { status: 408, name: 'badRequest' },
  busy: { status: 503, name: 'unavailable' },
} as const;

const keyPattern = /^[\x21-\x7e]{1,200}$/;

export function createIntakeApi(parts: {
  sources: readonly ReferralSource[];
  tenant: TenantId;
  directory: DirectoryService;
  intake: IntakeService;
  clock: Clock;
}): IntakeApi {
  const { directory, intake, tenant, clock } = parts;
  const sources = parts.sources.map((source) => ({ ...source, hash: Buffer.from(source.keyHash) }));
  const allowance = createAllowance(clock);

  /** Compares with every source in constant time, so that neither the time nor the order tells anything. */
  function sourceOf(authorization: string | undefined): ReferralSource | null {
    const [scheme, key = ''] = (authorization ?? '').split(' ');
    const given = Buffer.from(hashOfKey(key));
    const found = sources.filter(({ hash }) => timingSafeEqual(hash, given));
    return scheme?.toLowerCase() === 'bearer' && key !== '' ? (found[0] ?? null) : null;
  }

  return async ({ authorization, idempotencyKey, acceptLanguage, readBody }) => {
    const language = languageOf(acceptLanguage) ?? 'en';
    const source = sourceOf(authorization);
    if (!source) {
      return { ...problem(401, 'unauthorized', language), headers: { 'WWW-Authenticate': 'Bearer realm="referrals"' } };
    }
    const wait = allowance(source.name, source.perMinute);
    if (wait > 0) return { ...problem(429, 'tooMany', language), headers: { 'Retry-After': String(wait) } };
    if (idempotencyKey !== undefined && !keyPattern.test(idempotencyKey)) {
      return problem(400, 'badRequest', language, [{ field: 'Idempotency-Key', code: 'invalid' }]);
    }
    const body = await readBody();
    if (!body.ok) {
      const { status, name } = refusals[body.reason];
      return problem(status, name, language);
    }
    const input = parseJson(body.text);
    if (input === undefined) return problem(400, 'badRequest', language, [{ field: 'body', code: 'invalid' }]);
    const region = directory.require(tenant);
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    const parsed = parseIntake(input, region, year, source.source ? { source: source.source } : {});
    if (!parsed.ok) {
      const onlyMunicipality = parsed.problems.every(({ code }) => code === 'unknownMunicipality');
      return problem(
        onlyMunicipality ? 422 : 400,
        onlyMunicipality ? 'noTeam' : 'badRequest',
        language,
        parsed.problems,
      );
    }
    try {
      const key = idempotencyKey ?? crypto.randomUUID();
      const request = { from: `source:${source.name}`, key };
      const { reference, team } = await intake.handIn(tenant, parsed.value, { source: source.name }, request);
      return {
        status: 202,
        contentType: 'application/json',
        body: { reference, contact: team.contact?.[language] ?? '' },
      };
    } catch (error) {
      if (isAppError(error, 'intake.keyReused')) return problem(422, 'keyReused', language);
      // Nothing is half stored: the same key leads to one referral, whenever the store is back.
      if (isAppError(error, 'store.unavailable')) return problem(503, 'unavailable', language);
      throw error;
    }
  };
}

/** Undefined when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type ProblemTitle = Extract<TextKey, `intakeApi.${string}`> extends `intakeApi.${infer Name}` ? Name : never;

/** Problem details (RFC 9457). Nothing of what was sent is repeated. */
function problem(
  status: number,
  name: ProblemTitle,
  language: Language,
  fields: readonly FieldProblem[] = [],
): HttpAnswer {
  const texts = textsFor(language);
  return {
    status,
    contentType: 'application/problem+json',
    body: {
      type: 'about:blank',
      title: texts(`intakeApi.${name}`),
      status,
      ...(fields.length > 0 && {
        errors: fields.map(({ field, ...found }) => ({
          field,
          code: found.code,
          detail: problemText(texts, found, field.split('.').at(-1) ?? '', lengthLimits),
        })),
      }),
    },
  };
}
