import { z } from 'zod';
import type { Outlook, OutlookEvent, OutlookMade } from '../../src/meetings/telling/outlook.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import { type Ask, duplicate, Refused } from './client.ts';

/** Under which an event carries our key, so that it is found by it: Graph cannot look for a `transactionId`. */
const keyProperty = 'String {5b1c6c0e-3a0e-4a55-9a3c-6f0b8f1d2a77} Name AnkarbotHolding';

const madeEvent = z.object({
  id: z.string().min(1).max(1_000),
  isCancelled: z.boolean().nullish(),
  onlineMeeting: z
    .object({
      joinUrl: z
        .url({ protocol: /^https$/ })
        .max(2_000)
        .nullish()
        .catch(null),
    })
    .nullish(),
});
const foundEvents = z.object({
  value: z.array(z.object({ id: z.string().min(1), isCancelled: z.boolean().nullish() })),
});
type Found = z.output<typeof foundEvents>['value'];
type Keyed = Pick<OutlookEvent, 'owner' | 'key'>;
const mailbox = z.object({ mail: z.string().nullish(), userPrincipalName: z.string().nullish() });

/** How many people are looked up at the same time. */
const lookedUpAtOnce = 10;

/** Tries on which nothing is found of what may be there, before it is taken for gone: Graph may find an event only later. */
const emptySearches = 3;

/** `onRefused` is told of what will never be taken, and why; nobody is named. */
export function createGraphOutlook(ask: Ask, onRefused: (error: Refused) => void): Outlook {
  /** Null when Graph will never do it. */
  async function unlessRefused<R>(work: () => Promise<R>): Promise<R | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      onRefused(error);
      return null;
    }
  }

  /** Where mail reaches somebody, as the tenant has it at this moment; null for nowhere. It is kept nowhere. */
  async function addressOf(person: PersonId): Promise<string | null> {
    try {
      const { mail, userPrincipalName } = mailbox.parse(
        await ask('get', `/users/${person}?$select=mail,userPrincipalName`),
      );
      return mail || (userPrincipalName?.includes('#EXT#') ? null : (userPrincipalName ?? null));
    } catch (error) {
      // Whoever has left the tenant keeps nobody else from their invitation.
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  async function bodyOf(event: OutlookEvent): Promise<object> {
    const addresses: string[] = [];
    for (let from = 0; from < event.people.length; from += lookedUpAtOnce) {
      const found = await Promise.all(event.people.slice(from, from + lookedUpAtOnce).map(addressOf));
      addresses.push(...found.filter((address) => address !== null));
    }
    return {
      subject: event.subject,
      start: timeOf(event.begins),
      end: timeOf(event.ends),
      location: { displayName: event.where },
      sensitivity: event.confidential ? 'private' : 'normal',
      attendees: addresses.map((address) => ({ emailAddress: { address }, type: 'required' })),
      hideAttendees: true,
      // Who comes is said to the bot.
      responseRequested: false,
      allowNewTimeProposals: false,
    };
  }

  const eventsOf = (owner: PersonId): string => `/users/${owner}/events`;
  const eventAt = (owner: PersonId, id: string): string => `${eventsOf(owner)}/${encodeURIComponent(id)}`;

  /** Which are in the calendar under the key. */
  async function search({ owner, key }: Keyed): Promise<Found> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${keyProperty}' and ep/value eq '${key}')`;
    const path = `${eventsOf(owner)}?$filter=${encodeURIComponent(filter)}&$select=id,isCancelled`;
    return foundEvents.parse(await ask('get', path)).value;
  }

  const find = async ({ owner, key }: Keyed): Promise<string | null> => livingIn(await search({ owner, key }));

  /** By key; they begin anew when the bot does, and only take longer then. */
  const empty = new Map<string, number>();

  /** What may have been made without an answer; null when it is gone for certain. Rejects while that is not clear. */
  async function findDoubtful({ owner, key }: Keyed): Promise<string | null> {
    const found = await search({ owner, key });
    const searches = (empty.get(key) ?? 0) + 1;
    if (found.length === 0 && searches < emptySearches) {
      empty.set(key, searches);
      throw new AppError('outlook.unavailable');
    }
    empty.delete(key);
    return livingIn(found);
  }

  async function takeOut(owner: PersonId, id: string): Promise<void> {
    try {
      await ask('post', `${eventAt(owner, id)}/cancel`);
    } catch (error) {
      // Somebody has taken it out of the calendar already.
      if (!(error instanceof Refused && error.status === 404)) throw error;
    }
  }

  async function change({ id, join }: OutlookMade, event: OutlookEvent): Promise<OutlookMade> {
    // Where there is a Teams meeting already, to ask for one could take it away.
    const body = { ...(await bodyOf(event)), ...(event.online && join === null && teamsMeeting) };
    const made = madeOf(await ask('patch', eventAt(event.owner, id), body));
    return { ...made, join: made.join ?? join };
  }

  async function create(event: OutlookEvent): Promise<OutlookMade | 'spent'> {
    const body = {
      ...(await bodyOf(event)),
      ...(event.online && teamsMeeting),
      transactionId: event.key,
      singleValueExtendedProperties: [{ id: keyProperty, value: event.key }],
    };
    try {
      const answer = await ask('post', eventsOf(event.owner), body);
      // What was called off does not come back, though Graph answers with it.
      return madeEvent.parse(answer).isCancelled ? 'spent' : madeOf(answer);
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== duplicate) throw error;
      // Its answer was lost, and the meeting has been changed since.
      const id = await findDoubtful(event);
      return id === null ? 'spent' : change({ id, join: null }, event);
    }
  }

  return {
    create: (event) => unlessRefused(() => create(event)),
    change: (made, event) => unlessRefused(() => change(made, event)),
    async cancel({ owner, key, earlier, id: known, doubtful }) {
      await unlessRefused(async () => {
        const found = doubtful ? findDoubtful : find;
        const id = known ?? (await found({ owner, key }));
        if (id !== null) await takeOut(owner, id);
        for (const one of earlier) {
          const left = await find({ owner, key: one });
          if (left !== null) await takeOut(owner, left);
        }
      });
    },
  };
}

const livingIn = (found: Found): string | null => found.find(({ isCancelled }) => !isCancelled)?.id ?? null;

const teamsMeeting = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };

/** In UTC: so no calendar has to know when the clocks change. */
const timeOf = (instant: string): object => ({ dateTime: instant.replace(/Z$/, ''), timeZone: 'UTC' });

function madeOf(answer: unknown): OutlookMade {
  const { id, onlineMeeting } = madeEvent.parse(answer);
  return { id, join: onlineMeeting?.joinUrl ?? null };
}
