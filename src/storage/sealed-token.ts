import { type Clock, toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import { passMinutes } from '../shared/sealed.ts';
import type { Sealer } from './envelope.ts';

/** What stands sealed in an address, and nowhere else. */
export interface SealedTokens<Value> {
  /** Letters, digits and `.-_`. It tells nothing, and nobody can make one up. */
  issue(value: Value): string;
  /** Null for what we have not sealed. */
  open(token: string): Value | null;
}

/** No token opens as anything else that we have sealed, nor one of another `context`. */
export function createSealedTokens<Value>(sealer: Sealer, context: string): SealedTokens<Value> {
  return {
    issue(value) {
      const { kid, iv, tag, ct } = sealer.seal(value, context);
      return [kid, iv, tag, ct].join('.');
    },
    open(token) {
      const [kid = '', iv = '', tag = '', ct = '', ...more] = token.split('.');
      if (more.length > 0) return null;
      try {
        return sealer.open<Value>({ v: 1, kid, iv, tag, ct }, context);
      } catch (error) {
        if (isAppError(error, 'sealed.unreadable')) return null;
        throw error;
      }
    },
  };
}

/** The same for a while. */
export interface Passes<Pass> {
  issue(pass: Pass): string;
  open(token: string): OpenedPass<Pass>;
}

export type OpenedPass<Pass> = { ok: true; pass: Pass } | { ok: false; why: 'unknown' | 'expired' };

/** Good for {@link passMinutes}; what may be done with one has still to be asked of the directory. */
export function createPasses<Pass extends object>(
  sealer: Sealer,
  context: string,
  clock: Pick<Clock, 'now'>,
): Passes<Pass> {
  const tokens = createSealedTokens<{ pass: Pass; until: string }>(sealer, context);
  return {
    issue: (pass) => tokens.issue({ pass, until: toStored(clock.now().add({ minutes: passMinutes })) }),
    open(token) {
      const opened = tokens.open(token);
      if (!opened) return { ok: false, why: 'unknown' };
      return opened.until > toStored(clock.now()) ? { ok: true, pass: opened.pass } : { ok: false, why: 'expired' };
    },
  };
}
