import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../../src/shared/clock.ts';

/** What of an activity a token vouches for. */
export interface VouchedFor {
  channelId: string;
  serviceUrl: string;
}

/** Rejects when the caller is not Teams. */
export type Verify = (authorization: string, activity: VouchedFor) => Promise<void>;

/** Teams sends with the same token for about an hour; a bot has a handful of them at a time. */
const rememberedTokens = 1_000;

/**
 * A token that has been verified is not verified again until it expires. It is remembered by its hash, with the channel
 * and the service URL that it was verified for, so it vouches for no other.
 */
export function rememberVerified(verify: Verify, clock: Pick<Clock, 'now'>): Verify {
  /** Epoch milliseconds of the expiry, by hash. */
  const verified = new LRUCache<string, number>({ max: rememberedTokens });
  return async (authorization, activity) => {
    const { channelId, serviceUrl } = activity;
    // A header holds no line break, and the channel is a word of ours: no two of these give the same text.
    const name = hash('sha256', `${authorization}\n${channelId}\n${serviceUrl}`, 'base64url');
    if ((verified.get(name) ?? 0) > clock.now().epochMilliseconds) return;
    await verify(authorization, activity);
    verified.set(name, expiryOf(authorization));
  };
}

const claims = z.looseObject({ exp: z.number() });

/** Of a token that has been verified, so it is one; without an expiry it is not remembered. */
function expiryOf(authorization: string): number {
  const [, payload = ''] = authorization.split('.');
  const parsed = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return parsed.success ? parsed.data.exp * 1_000 : 0;
}

/** Ids that are known to have been handled: those of the last hours. */
const rememberedIds = 5_000;

/**
 * Handles each activity once: who sends the same one again while it is handled gets the same answer, later null. One
 * that failed may come again. Answers are not kept: they would outlive the young generation of the heap by thousands.
 * The memory is this process's own; what has to hold across processes is decided on the stored state.
 */
export function onceEach<A>(): (name: string, handle: () => Promise<A>) => Promise<A | null> {
  const handled = new LRUCache<string, true>({ max: rememberedIds });
  const underWay = new Map<string, Promise<A>>();
  return async (name, handle) => {
    const answer = underWay.get(name);
    if (answer) return answer;
    if (handled.has(name)) return null;
    const mine = handle();
    underWay.set(name, mine);
    try {
      const done = await mine;
      handled.set(name, true);
      return done;
    } finally {
      underWay.delete(name);
    }
  };
}
