import type { PersonId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';

/** What a person shows of their meetings in the calendars that they use elsewhere. */
export interface Subscription {
  person: PersonId;
  /**
   * What only the address of theirs that is good has in it: nobody can count up to it, and no restored store comes to it again.
   * 0 when they have none; those that were made first had numbers.
   */
  address: string | number;
  detail: Detail;
  /** In which it is told: that in which they chose last. */
  language: Language;
}

/** `little`: that there is a meeting, when; `all`: also what it is called, whose it is and where. */
export const details = ['little', 'all'] as const;
export type Detail = (typeof details)[number];

export type SubscriptionCommand =
  /** A first address, or a new one in the place of that which others may know. */
  { do: 'renew' } | { do: 'revoke' } | { do: 'choose'; detail: Detail };

export function newSubscription({ person, language }: Pick<Subscription, 'person' | 'language'>): Subscription {
  return { person, language, address: 0, detail: 'little' };
}

/** The very same object when nothing is different; `fresh` is what no address had in it before. */
export function decide(subscription: Subscription, command: SubscriptionCommand, fresh: string): Subscription {
  switch (command.do) {
    case 'renew':
      return { ...subscription, address: fresh };
    case 'revoke':
      return subscription.address === 0 ? subscription : { ...subscription, address: 0 };
    case 'choose':
      return subscription.detail === command.detail ? subscription : { ...subscription, detail: command.detail };
  }
}

/** One holding of a meeting, as a calendar takes it in. */
export interface CalendarEvent {
  /** The same for ever, so that a calendar changes what it has and adds no second one. */
  uid: string;
  /** Grows with every change (RFC 5545, 3.8.7.4). */
  sequence: number;
  /** When it was last changed. */
  stamp: Temporal.Instant;
  begins: Temporal.Instant;
  ends: Temporal.Instant;
  title: string;
  /** Null where nothing is told of it. */
  place: string | null;
  cancelled: boolean;
}
