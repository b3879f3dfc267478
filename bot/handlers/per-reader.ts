import { LRUCache } from 'lru-cache';
import { type Clock, timeLeft } from '../../src/shared/clock.ts';
import type { Press } from './verb.ts';

/**
 * Something to know of each person in a message that others see too. Remembered in memory: after a restart, or at another
 * instance, nothing is known.
 */
export interface PerReader<Known> {
  /** A command and a dialog have no message, and nothing is kept. */
  note(press: AtMessage, known: Known): void;
  /** Null where nothing was noted within the hour. */
  of(press: AtMessage): Known | null;
}

type AtMessage = Pick<Press, 'actor' | 'activityId' | 'reference'>;

/** Milliseconds; who comes back later begins anew. */
const knownFor = 60 * 60_000;
const remembered = 2_000;

export function createPerReader<Known extends object>(clock: Pick<Clock, 'now'>): PerReader<Known> {
  /** `since`: epoch milliseconds. */
  const readers = new LRUCache<string, { known: Known; since: number }>({ max: remembered });

  const nameOf = ({ actor, activityId, reference }: AtMessage): string =>
    `${reference.conversation}|${activityId}|${actor.person}`;

  return {
    note(press, known) {
      if (press.activityId === null) return;
      readers.set(nameOf(press), { known, since: clock.now().epochMilliseconds });
    },
    of(press) {
      const reader = readers.get(nameOf(press));
      return reader && timeLeft(reader.since, knownFor, clock.now()) > 0 ? reader.known : null;
    },
  };
}
