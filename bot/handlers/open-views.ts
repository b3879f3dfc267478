import { LRUCache } from 'lru-cache';
import type { Clock } from '../../src/shared/clock.ts';
import type { Press } from './verb.ts';

/**
 * What each person has open in a message that others see too. When such a message changes, Teams shows everybody the new
 * shared card and asks at once for each reader's own (`automatic`): who has something open gets that again, as it stands by
 * now. Remembered in memory: after a restart, or at another instance, one reads what everybody begins with.
 */
export interface OpenViews<View> {
  /** Whoever pressed reads this in that message from now on. A command and a dialog have no message, and nothing is kept. */
  open(press: Seat, view: View): void;
  /** Null for what everybody begins with. */
  openFor(press: Seat): View | null;
}

type Seat = Pick<Press, 'actor' | 'activityId' | 'reference'>;

/** Milliseconds; who comes back later begins anew. */
const openWithin = 60 * 60_000;
const remembered = 2_000;

export function createOpenViews<View extends object>(clock: Pick<Clock, 'now'>): OpenViews<View> {
  /** `until`: epoch milliseconds. */
  const views = new LRUCache<string, { view: View; until: number }>({ max: remembered });

  const nameOf = ({ actor, activityId, reference }: Seat): string =>
    `${reference.conversation}|${activityId}|${actor.person}`;

  return {
    open(press, view) {
      if (press.activityId === null) return;
      views.set(nameOf(press), { view, until: clock.now().epochMilliseconds + openWithin });
    },
    openFor(press) {
      const known = views.get(nameOf(press));
      return known && known.until > clock.now().epochMilliseconds ? known.view : null;
    },
  };
}
