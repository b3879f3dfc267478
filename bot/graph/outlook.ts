import { z } from 'zod';
import type { Outlook, OutlookEvent, OutlookMade } from '../../src/meetings/telling/outlook.ts';
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
const mailbox = z.object({ mail: z.string().nullish(), userPrincipalName: z.string().nullish() });

/** How many people are looked up at the same time. */
const lookedUpAtOnce = 10;

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

  async function find({ owner, key }: Pick<OutlookEvent, 'owner' | 'key'>): Promise<string | null> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${keyProperty}' and ep/value eq '${key}')`;
    const { value } = foundEvents.parse(
      await ask('get', `${eventsOf(owner)}?$filter=${encodeURIComponent(filter)}&$select=id,isCancelled`),
    );
    return value.find(({ isCancelled }) => !isCancelled)?.id ?? null;
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
      const id = await find(event);
      return id === null ? 'spent' : change({ id, join: null }, event);
    }
  }

  return {
    create: (event) => unlessRefused(() => create(event)),
    change: (made, event) => unlessRefused(() => change(made, event)),
    async cancel(event, known) {
      await unlessRefused(async () => {
        const id = known ?? (await find(event));
        if (id === null) return;
        try {
          await ask('post', `${eventAt(event.owner, id)}/cancel`);
        } catch (error) {
          // Somebody has taken it out of the calendar already.
          if (!(error instanceof Refused && error.status === 404)) throw error;
        }
      });
    },
  };
}

const teamsMeeting = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };

/** In UTC: so no calendar has to know when the clocks change. */
const timeOf = (instant: string): object => ({ dateTime: instant.replace(/Z$/, ''), timeZone: 'UTC' });

function madeOf(answer: unknown): OutlookMade {
  const { id, onlineMeeting } = madeEvent.parse(answer);
  return { id, join: onlineMeeting?.joinUrl ?? null };
}
