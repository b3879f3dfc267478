import { LRUCache } from 'lru-cache';
import { type Clock, timeLeft } from '../../src/shared/clock.ts';
import type { Press } from './verb.ts';

/**
 * Something to know of each person in a message that others see too. Remembered in memory: after a restart, or at another
 * instance, nothing is known.
 */
export interface Seats<Known> {
  /** A command and a dialog have no message, and nothing is kept. */
  note(press: Seat, known: Known): void;
  /** Null where nothing was noted within the hour. */
  of(press: Seat): Known | null;
}

type Seat = Pick<Press, 'actor' | 'activityId' | 'reference'>;

/** Milliseconds; who comes back later begins anew. */
const knownFor = 60 * 60_000;
const remembered = 2_000;

export function createSeats<Known extends object>(clock: Pick<Clock, 'now'>): Seats<Known> {
  /** `since`: epoch milliseconds. */
  const seats = new LRUCache<string, { known: Known; since: number }>({ max: remembered });

  const nameOf = ({ actor, activityId, reference }: Seat): string =>
    `${reference.conversation}|${activityId}|${actor.person}`;

  return {
    note(press, known) {
      if (press.activityId === null) return;
      seats.set(nameOf(press), { known, since: clock.now().epochMilliseconds });
    },
    of(press) {
      const seat = seats.get(nameOf(press));
      return seat && timeLeft(seat.since, knownFor, clock.now()) > 0 ? seat.known : null;
    },
  };
}
