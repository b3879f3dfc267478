import { LRUCache } from 'lru-cache';
import type { Courier } from '../delivery/courier.ts';
import type { AddressBook } from '../delivery/deliverable.ts';
import { awaken, type Delivery, notifyOnce } from '../delivery/model.ts';
import { withDatedNotices } from '../delivery/older.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { Address, RosterMember } from '../delivery/sender.ts';
import { bodyOfChat, chatOf, isMember, leadersOf } from '../directory/model.ts';
import type { DirectoryService } from '../directory/service.ts';
import { type Clock, timeLeft, toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import { type BodyId, type ConversationId, type PersonId, partitionOf, type TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import { createShared } from '../shared/queues.ts';
import { type Aggregates, createAggregates } from '../storage/aggregates.ts';
import type { DocumentKey, Store } from '../storage/port.ts';
import { createKnown } from './known.ts';
import {
  type Chat,
  type Contact,
  type ConversationReference,
  greet,
  languageOfContact,
  markGone,
  meetAgain,
  meetContact,
  newChat,
  newContact,
  refreshGreeting,
  reopen,
} from './model.ts';

/** Who wrote or pressed, as the activity says. */
export interface MetPerson {
  person: PersonId;
  teamsId: string;
  /** Absent when the activity does not tell. */
  teamsLanguage?: Language;
}

/** The conversations that the bot is in and the people it has met: how to reach them, what was said at the door. */
export interface ConversationService extends AddressBook {
  readonly chats: Aggregates<StoredChat>;
  /** Called with every activity; writes only when something is new. */
  met(tenant: TenantId, reference: ConversationReference, by: MetPerson | null): Promise<void>;
  /** The bot was added: it greets once, or asks to which body the chat belongs. */
  joined(tenant: TenantId, reference: ConversationReference): Promise<void>;
  left(tenant: TenantId, conversation: ConversationId): Promise<void>;
  /** People came into a chat; those who are no members of its body are reported to the body's leaders. */
  peopleJoined(tenant: TenantId, conversation: ConversationId, people: readonly PersonId[]): Promise<void>;
  /** Names of those who sit in the chat of a body and are none of its members. Errors: those of the sender. */
  outsiders(tenant: TenantId, conversation: ConversationId): Promise<string[]>;
  /** The chat, if the bot is in it, belongs to another body now, or to none: the greeting says so. */
  bound(tenant: TenantId, conversation: ConversationId): Promise<void>;
  chatOfBody(tenant: TenantId, body: BodyId): Promise<Chat | null>;
  /** Whether the bot can write in this shared chat. */
  isReachable(tenant: TenantId, conversation: ConversationId): Promise<boolean>;
  /** Ids in Teams of those of these people whom the bot has met. */
  teamsIds(tenant: TenantId, people: readonly PersonId[]): Promise<string[]>;
  /** In which language to write to a person: their own choice, else that of their Teams; null when neither is known. */
  language(tenant: TenantId, person: PersonId): Promise<Language | null>;
  /** The person's own choice; null when they made none. */
  chosenLanguage(tenant: TenantId, person: PersonId): Promise<Language | null>;
  /** Who is in the chat now, as Teams says. Errors: those of the outbox. */
  roster(tenant: TenantId, conversation: ConversationId): Promise<RosterMember[]>;
  chooseLanguage(tenant: TenantId, who: MetPerson, reference: ConversationReference, language: Language): Promise<void>;
}

export interface StoredChat extends Chat {
  tenant: TenantId;
}

export const chatKey = (tenant: TenantId, conversation: ConversationId): DocumentKey => ({
  partition: partitionOf(tenant, `chat:${conversation}`),
  id: 'chat',
});
const contactKey = (tenant: TenantId, person: PersonId): DocumentKey => ({
  partition: partitionOf(tenant, `person:${person}`),
  id: 'contact',
});

/** Who is in no roster of their bodies' chats is looked for again after this, in milliseconds. */
const lookAgainAfter = 15 * 60_000;
const rememberedMissing = 1_000;

export function createConversationService(parts: {
  store: Store;
  directory: DirectoryService;
  outbox: Pick<Outbox, 'roster' | 'openPersonalChat'>;
  settle: Courier['settle'];
  clock: Clock;
  newId: () => string;
  /** How long after one announcement of the bot's coming another is of the same, see `Coming`. */
  announcedWithin: Temporal.Duration;
  /** What every write does to the delivery, see `holding`. */
  held: (delivery: Delivery) => Delivery;
  /** A chat that belongs to a body can be written to from now on. */
  onReachable: (body: BodyId) => void;
  /** A shared chat that was gone can be written to again. */
  onReturned: (conversation: ConversationId) => void;
  /** For what nobody waits for. */
  background: (work: () => Promise<unknown>) => void;
  /** The bot was added to the chat of a body where it had been before. */
  onJoinedAgain: (body: BodyId) => void;
}): ConversationService {
  const { store, directory, outbox, clock, newId, onReachable, onReturned, onJoinedAgain, background } = parts;
  const startedAt = clock.now();
  const chats = createAggregates<StoredChat>(
    store,
    (chat) => ({ kind: 'chat', status: chat.state, owner: null, at: null, wakeAt: chat.delivery.wakeAt }),
    (chat) => ({ ...chat, delivery: parts.held(chat.delivery) }),
    [withDatedNotices],
  );
  const contacts = createAggregates<Contact>(store, () => ({
    kind: 'contact',
    status: null,
    owner: null,
    at: null,
    wakeAt: null,
  }));
  const { exclusive } = store;
  // A chat that is gone may be back at another instance, and then there is something to be sent to it now.
  const knownChats = createKnown(chats, { clock, background, exclusive, waitsFor: ({ state }) => state === 'gone' });
  const knownContacts = createKnown(contacts, { clock, background, exclusive, waitsFor: () => false });

  async function changeChat(tenant: TenantId, id: ConversationId, decide: (chat: Chat) => Chat): Promise<void> {
    const key = chatKey(tenant, id);
    await knownChats.change(key, (chat) => {
      const next = decide(chat);
      return next === chat ? chat : { ...next, tenant };
    });
    parts.settle('chat', key);
  }

  async function closeChat(tenant: TenantId, conversation: ConversationId): Promise<void> {
    const region = directory.of(tenant);
    const body = region && bodyOfChat(region, conversation);
    const leaders = region && body ? leadersOf(region, body.id) : [];
    await changeChat(tenant, conversation, (chat) => markGone(chat, leaders, clock.now()));
  }

  /**
   * Creates the chat at the first meeting. If it became reachable by this, its body's cases are told. `by` is whoever
   * wrote or pressed there.
   */
  async function meetChat(tenant: TenantId, reference: ConversationReference, by: PersonId | null): Promise<void> {
    const key = chatKey(tenant, reference.conversation);
    const known = await knownChats.get(key);
    if (!known) {
      await knownChats.createOrIgnore(key, { ...newChat(reference, clock.now()), tenant });
    } else {
      const opens = known.state === 'gone' && by !== null && isTheirs(tenant, reference.conversation, by);
      const meet = (chat: Chat): Chat => {
        const met = meetAgain(chat, reference);
        return opens ? reopen(met, clock.now()) : met;
      };
      if (meet(known) === known) return;
      const met = await knownChats.change(key, (chat) => ({ ...meet(chat), tenant }));
      if (known.state === 'open' || met.state === 'gone') return;
      returned(reference);
    }
    reachable(tenant, reference.conversation);
  }

  /** A chat is its body's members'; one that belongs to no body is everybody's who is there. */
  function isTheirs(tenant: TenantId, conversation: ConversationId, person: PersonId): boolean {
    const region = directory.require(tenant);
    const body = bodyOfChat(region, conversation);
    return body === null || isMember(region, body.id, person);
  }

  function reachable(tenant: TenantId, conversation: ConversationId): void {
    const region = directory.of(tenant);
    const body = region && bodyOfChat(region, conversation);
    if (body) onReachable(body.id);
  }

  function returned({ kind, conversation }: ConversationReference): void {
    if (kind !== 'personal') onReturned(conversation);
  }

  async function meetPerson(tenant: TenantId, reference: ConversationReference, who: MetPerson): Promise<void> {
    const key = contactKey(tenant, who.person);
    const met = (contact: Contact): Contact => meetContact(contact, who, reference);
    const known = await knownContacts.get(key);
    if (!known) await knownContacts.createOrIgnore(key, newContact(who, reference));
    else if (met(known) !== known) await knownContacts.change(key, met);
  }

  const rosters = createShared<RosterMember[]>();
  const openings = createShared<ConversationId | null>();
  /** People who were in no roster, and since when (epoch milliseconds). */
  const missing = new LRUCache<string, number>({ max: rememberedMissing });

  /** Nobody, from a chat that is gone or closed to the bot, which is noted. */
  function rosterOf(chat: Address): Promise<RosterMember[]> {
    return rosters(chat.conversation, async () => {
      try {
        return await outbox.roster(chat);
      } catch (error) {
        if (!isAppError(error, 'chat.gone')) throw error;
        await service.markGone(chat.tenant, chat.conversation);
        return [];
      }
    });
  }

  /** Somebody the bot has not met in private is found in the rosters of the chats that they belong to. */
  async function findInRosters(tenant: TenantId, person: PersonId): Promise<Contact | null> {
    const region = directory.of(tenant);
    if (!region) return null;
    const name = `${tenant}|${person}`;
    const since = missing.get(name);
    if (since !== undefined && timeLeft(since, lookAgainAfter, clock.now()) > 0) return null;
    const bodies = directory.memberships(tenant, person).map((membership) => membership.body);
    for (const body of bodies) {
      const chat = await service.chatOfBody(tenant, body);
      if (!chat) continue;
      const found = (await rosterOf({ ...chat, tenant })).find((member) => member.person === person);
      if (found) {
        await meetPerson(tenant, chat, { person, teamsId: found.teamsId });
        return knownContacts.get(contactKey(tenant, person));
      }
    }
    missing.set(name, clock.now().epochMilliseconds);
    return null;
  }

  /** Who belongs to the chat's body can be written to, and gets a view of their own, before they have said a word. */
  async function learnPeople(tenant: TenantId, reference: ConversationReference): Promise<void> {
    for (const { person, teamsId } of await rosterOf({ ...reference, tenant })) {
      const known = directory.memberships(tenant, person).length > 0;
      if (known) await meetPerson(tenant, { ...reference, kind: 'groupChat' }, { person, teamsId });
    }
  }

  /** Looks at everybody who sits in the chat of a body already like at people who come. */
  async function reportOutsiders(tenant: TenantId, conversation: ConversationId): Promise<void> {
    if (!bodyOfChat(directory.require(tenant), conversation)) return;
    const present = await service.roster(tenant, conversation);
    const people = present.map(({ person }) => person);
    await service.peopleJoined(tenant, conversation, people);
  }

  const service: ConversationService = {
    chats,
    async met(tenant, reference, by) {
      await meetChat(tenant, reference, by?.person ?? null);
      if (by) await meetPerson(tenant, reference, by);
    },
    async joined(tenant, reference) {
      await meetChat(tenant, reference, null);
      const placement = newId();
      let again = false;
      let wasGone = false;
      await changeChat(tenant, reference.conversation, (chat) => {
        const next = greet(chat, placement, clock.now(), { since: startedAt, within: parts.announcedWithin });
        again = next !== chat && chat.greetedAt !== null;
        wasGone = chat.state === 'gone';
        return next;
      });
      if (wasGone) {
        returned(reference);
        reachable(tenant, reference.conversation);
      }
      const body = bodyOfChat(directory.require(tenant), reference.conversation);
      if (body && again) onJoinedAgain(body.id);
      if (reference.kind === 'personal') return;
      background(() => learnPeople(tenant, reference));
      // Who sat there before the bot came is told of once, however often Teams announces its coming.
      if (!again) background(() => reportOutsiders(tenant, reference.conversation));
    },
    async left(tenant, conversation) {
      if (await knownChats.get(chatKey(tenant, conversation))) await closeChat(tenant, conversation);
    },
    async peopleJoined(tenant, conversation, people) {
      const region = directory.of(tenant);
      const body = region && bodyOfChat(region, conversation);
      if (!region || !body) return;
      const outsiders = people.filter((person) => !isMember(region, body.id, person));
      if (outsiders.length === 0) return;
      // One word for all who came together, however many they are, and however often Teams announces it; whoever comes
      // back another time is told of again.
      const hour = toStored(clock.now()).slice(0, 13);
      const coming = `outsider:${hour}:${outsiders.toSorted().slice(0, 20).join()}+${outsiders.length}`;
      const notices = leadersOf(region, body.id).map((to) => ({ key: `${coming}:${to}`, to, kind: 'outsider' }));
      await changeChat(tenant, conversation, (chat) => ({
        ...chat,
        delivery: awaken(notifyOnce(chat.delivery, notices, clock.now()), clock.now()),
      }));
    },
    async bound(tenant, conversation) {
      if (!(await service.chat(tenant, conversation))) return;
      await changeChat(tenant, conversation, (chat) => refreshGreeting(chat, clock.now()));
      reachable(tenant, conversation);
      await reportOutsiders(tenant, conversation);
    },
    async outsiders(tenant, conversation) {
      const region = directory.of(tenant);
      const body = region && bodyOfChat(region, conversation);
      if (!region || !body) return [];
      // Of a chat that the bot has left nobody can say who is in it.
      if (!(await service.chat(tenant, conversation))) return [];
      const present = await service.roster(tenant, conversation);
      return present.filter(({ person }) => !isMember(region, body.id, person)).map(({ name }) => name);
    },
    async chatOfBody(tenant, body) {
      const region = directory.of(tenant);
      const conversation = region && chatOf(region, body);
      const chat = conversation && (await knownChats.get(chatKey(tenant, conversation)));
      return chat && chat.state === 'open' ? chat : null;
    },
    async isReachable(tenant, conversation) {
      return (await knownChats.get(chatKey(tenant, conversation)))?.state === 'open';
    },
    async teamsIds(tenant, people) {
      const met = await Promise.all(people.map((person) => knownContacts.get(contactKey(tenant, person))));
      return met.flatMap((contact) => (contact ? [contact.teamsId] : []));
    },
    async roster(tenant, conversation) {
      const chat = await knownChats.get(chatKey(tenant, conversation));
      return chat ? rosterOf({ ...chat, tenant }) : [];
    },
    async language(tenant, person) {
      const contact = await knownContacts.get(contactKey(tenant, person));
      return contact && languageOfContact(contact);
    },
    async chosenLanguage(tenant, person) {
      return (await knownContacts.get(contactKey(tenant, person)))?.language ?? null;
    },
    async chooseLanguage(tenant, who, reference, language) {
      await meetPerson(tenant, reference, who);
      await knownContacts.change(contactKey(tenant, who.person), (contact) => ({ ...contact, language }));
    },
    async chat(tenant, conversation): Promise<Address | null> {
      const chat = await knownChats.current(chatKey(tenant, conversation));
      return chat && chat.state === 'open' ? { ...chat, tenant } : null;
    },
    async person(tenant, person): Promise<Address | null> {
      const key = contactKey(tenant, person);
      const contact = (await knownContacts.get(key)) ?? (await findInRosters(tenant, person));
      if (!contact) return null;
      const { serviceUrl, botId } = contact;
      if (contact.conversation) return { tenant, serviceUrl, botId, conversation: contact.conversation };
      const conversation = await openings(`${tenant}|${person}`, async () => {
        const opened = await outbox.openPersonalChat({ tenant, serviceUrl, botId }, contact.teamsId);
        if (opened) await knownContacts.change(key, (stored) => ({ ...stored, conversation: opened }));
        return opened;
      });
      if (!conversation) return null;
      return { tenant, serviceUrl, botId, conversation };
    },
    async markGone(tenant, conversation) {
      await closeChat(tenant, conversation).catch((error: unknown) => {
        if (!isAppError(error, 'store.missing')) throw error;
      });
    },
  };
  return service;
}
