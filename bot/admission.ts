import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/**
 * Decides by the headers alone, before a byte of the body is kept: the status of a refusal, or null. `route` is the path
 * of the route that answers, such as `/api/messages`, however the address was spelled.
 */
export type Admission = (headers: IncomingHttpHeaders, route: string) => number | null;

const thisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Local mode verifies nobody, so it listens to programs of this machine only: a web page that somebody has open sends
 * an `Origin`, or reaches us under a name of its own (DNS rebinding).
 */
export const admitLocally: Admission = ({ origin, host }) =>
  origin === undefined && thisMachine.test(host ?? '') ? null : 403;

const bearer = /^bearer ([\w-]+)\.([\w-]+)\.[\w-]*$/i;

/** A token of Teams has about 1,000 characters and five claims. */
const longestToken = 4_000;
const mostClaims = 30;
/** Teams sends with the same token for about an hour; a bot has a handful of them at a time. */
const rememberedTokens = 100;

/**
 * Activities come with a token of `issuer`; whoever has none, or something of another shape or size, is not listened to.
 * Whether it is genuine is checked with the activity, by libraries that take the shape for granted (a payload that is no
 * object is a fault to them), that would ask key servers elsewhere for the tokens of other issuers, and whose work grows
 * with the square of the claims before they look at the signature.
 */
export function admitTokensOf(issuer: string): Admission {
  const isOurs = (authorization: string): boolean => {
    const [, header, encoded] = bearer.exec(authorization) ?? [];
    const payload = jsonObject(encoded);
    return payload?.iss === issuer && Object.keys(payload).length <= mostClaims && jsonObject(header) !== null;
  };
  /** By their hash, those that are; any others are looked at anew. */
  const ours = new LRUCache<string, true>({ max: rememberedTokens });
  return ({ authorization }, route) => {
    if (route !== '/api/messages') return null;
    if (!authorization || authorization.length > longestToken) return 401;
    const name = hash('sha256', authorization, 'base64url');
    if (ours.has(name)) return null;
    if (!isOurs(authorization)) return 401;
    ours.set(name, true);
    return null;
  };
}

const object = z.looseObject({});

function jsonObject(encoded = ''): Record<string, unknown> | null {
  try {
    return object.safeParse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    // Not JSON.
    return null;
  }
}
