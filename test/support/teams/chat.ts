import { activityFrom, eventFrom } from './activity.ts';
import { cardContentType, cardOf, findAction, gatherInputs, type Press, textOf } from './cards.ts';
import { refreshUsersLimit } from './messages.ts';
import type { Answer } from './post.ts';
import {
  type Conversation,
  type Fields,
  isFields,
  type Message,
  type StoredMessage,
  type TeamsUser,
  type World,
} from './world.ts';

/** Posts an activity to the bot. */
export type Deliver = (activity: Fields) => Promise<Answer>;

/** The bot's answer to an invoke. */
export interface InvokeAnswer extends Answer {
  /** The card in an answer of the Adaptive Card type; it replaces the message's card for the one who pressed. */
  readonly card: Fields | null;
  /** The text in an answer of the message type, shown to the one who pressed. */
  readonly message: string | null;
}

export interface SayOptions {
  /** Default true. In a group chat or channel Teams keeps what does not mention the bot from it. */
  mention?: boolean;
  /** Default the person's own. */
  locale?: string;
  /** Channels: the thread to answer in (a message's `thread`); default a new one. */
  thread?: string;
}

export interface Said {
  /** Id of the person's message. */
  readonly id: string;
  /** The bot's HTTP answer; null when Teams did not deliver it to the bot. */
  readonly answer: Answer | null;
}

/** A chat or channel: what people do in it, and what the bot has put there. */
export interface Chat {
  readonly id: string;
  /** The bot's messages, deleted ones included, oldest first. */
  readonly messages: readonly Message[];
  /** The cards that everybody sees: the latest version of every message not deleted. */
  cards(): Fields[];
  /** All text of the messages not deleted, cards included. */
  text(): string;
  /** The last message not deleted. Throws when there is none. */
  last(): Message;
  /** The card as this person sees it: their own view, if an answer to a press or refresh gave them one. */
  cardFor(user: TeamsUser, message: Message | string): Fields;
  /** Resolves with the first truthy result, asked now and after each request of the bot. Default 2,000 ms. */
  waitFor<T>(look: (chat: Chat) => T | undefined | null | false, timeout?: number): Promise<T>;

  installBot(by: TeamsUser): Promise<Answer[]>;
  removeBot(by: TeamsUser): Promise<Answer[]>;
  /** The person (1:1) blocks the bot; nothing tells the bot. Its requests get 403 `MessageWritesBlocked`. */
  blockBot(): void;
  /** The chat is deleted; nothing tells the bot. Its requests get 404. */
  vanish(): void;
  addMember(user: TeamsUser, by?: TeamsUser): Promise<Answer | null>;
  removeMember(user: TeamsUser, by?: TeamsUser): Promise<Answer | null>;

  say(user: TeamsUser, text: string, options?: SayOptions): Promise<Said>;
  /**
   * Presses a button of the card as the person sees it now, by verb, title or test, with inputs filled in by id.
   * Throws at once when the card has no such button or input, or a required input is empty.
   */
  press(user: TeamsUser, message: Message | string, press: Press, inputs?: Fields): Promise<InvokeAnswer>;
  /** Presses a button of a card that is shown no more, or that was never the bot's: the action is sent as given. */
  pressOld(user: TeamsUser, action: Fields, message?: Message | string): Promise<InvokeAnswer>;
  /** What Teams does when the person opens the chat. Throws at once when the card is not refreshed for them. */
  refresh(user: TeamsUser, message: Message | string, trigger?: 'automatic' | 'manual'): Promise<InvokeAnswer>;
  /** Chooses a message action of the app (`composeExtension/fetchTask`) on a message. */
  messageAction(user: TeamsUser, commandId: string, payload: Fields): Promise<InvokeAnswer>;
  /** Submits the form that a message action opened. */
  submitAction(user: TeamsUser, commandId: string, payload: Fields, data: Fields): Promise<InvokeAnswer>;
  /** Any activity; `fields` override what Teams would send. */
  send(user: TeamsUser, fields: Fields & { type: string }): Promise<Answer>;
}

export type WaitFor = <T>(
  look: () => T | undefined | null | false,
  timeout: number,
  describe: () => string,
) => Promise<T>;

export function createChat(world: World, conversation: Conversation, deliver: Deliver, wait: WaitFor): Chat {
  const { members, messages, team } = conversation;
  const shown = (): StoredMessage[] => messages.filter(({ deleted }) => !deleted);
  const stored = (message: Message | string): StoredMessage => {
    const id = typeof message === 'string' ? message : message.id;
    const found = messages.find((candidate) => candidate.id === id);
    if (!found) throw new Error(`The chat has no message ${id} of the bot.`);
    return found;
  };
  const anybody = (): TeamsUser => {
    const [first] = members;
    if (!first) throw new Error('Nobody is in the chat.');
    return first;
  };
  const teamEvent = (eventType: string): Fields => (team ? { eventType } : {});

  const membership = (by: TeamsUser, field: 'membersAdded' | 'membersRemoved', who: Fields): Promise<Answer> =>
    deliver({
      ...eventFrom(
        world,
        conversation,
        by,
        teamEvent(field === 'membersAdded' ? 'teamMemberAdded' : 'teamMemberRemoved'),
      ),
      type: 'conversationUpdate',
      [field]: [who],
    });
  const installation = (by: TeamsUser, action: 'add' | 'remove'): Promise<Answer> =>
    deliver({
      ...eventFrom(world, conversation, by, teamEvent(action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved')),
      type: 'installationUpdate',
      action,
    });

  const invoke = async (
    user: TeamsUser,
    name: string,
    value: Fields,
    message?: StoredMessage,
  ): Promise<InvokeAnswer> => {
    const answer = await deliver({
      ...activityFrom(world, conversation, user, message?.thread),
      ...(message ? { replyToId: message.id } : {}),
      type: 'invoke',
      name,
      value,
    });
    const { type, value: result } = isFields(answer.body) ? answer.body : {};
    const card = type === cardContentType && isFields(result) ? result : null;
    const told = type === 'application/vnd.microsoft.activity.message' && typeof result === 'string' ? result : null;
    if (card && message) message.views.set(user.id, card);
    return { ...answer, card, message: told };
  };
  const act = (user: TeamsUser, action: Fields, trigger: string, message?: StoredMessage): Promise<InvokeAnswer> =>
    invoke(user, 'adaptiveCard/action', { action, trigger }, message);

  const chat: Chat = {
    id: conversation.id,
    messages,
    cards: () =>
      shown()
        .map(({ activity }) => cardOf(activity))
        .filter((card) => card !== null),
    text: () =>
      shown()
        .map(({ activity }) => textOf(activity))
        .join('\n'),
    last() {
      const message = shown().at(-1);
      if (!message) throw new Error('The bot has no message in the chat.');
      return message;
    },
    cardFor(user, message) {
      const { activity, views } = stored(message);
      const card = views.get(user.id) ?? cardOf(activity);
      if (!card) throw new Error('The message has no card.');
      return card;
    },
    waitFor: (look, timeout = 8_000) =>
      wait(
        () => look(chat),
        timeout,
        () => `The chat shows: ${chat.text() || 'nothing'}`,
      ),

    async installBot(by) {
      conversation.bot = 'present';
      const installed = await installation(by, 'add');
      return [installed, await membership(by, 'membersAdded', { id: world.bot.id })];
    },
    async removeBot(by) {
      conversation.bot = conversation.kind === 'personal' ? 'blocked' : 'absent';
      const removed = await installation(by, 'remove');
      return [removed, await membership(by, 'membersRemoved', { id: world.bot.id })];
    },
    blockBot() {
      conversation.bot = 'blocked';
    },
    vanish() {
      conversation.bot = 'gone';
    },
    async addMember(user, by = anybody()) {
      if (!members.includes(user)) members.push(user);
      if (conversation.bot !== 'present') return null;
      return membership(by, 'membersAdded', { id: user.id, aadObjectId: user.aadObjectId });
    },
    async removeMember(user, by = anybody()) {
      if (members.includes(user)) members.splice(members.indexOf(user), 1);
      if (conversation.bot !== 'present') return null;
      return membership(by, 'membersRemoved', { id: user.id, aadObjectId: user.aadObjectId });
    },

    async say(user, text, { mention = true, locale = user.locale, thread } = {}) {
      const id = world.nextId();
      const personal = conversation.kind === 'personal';
      if (personal && conversation.bot === 'absent') conversation.bot = 'present';
      if (conversation.bot !== 'present' || !(personal || mention)) return { id, answer: null };
      const base = activityFrom(world, conversation, user, thread ?? id);
      const at = `<at>${world.bot.name}</at>`;
      const entities = Array.isArray(base.entities) ? base.entities : [];
      const mentioned = { type: 'mention', text: at, mentioned: { id: world.bot.id, name: world.bot.name } };
      const html = `<p><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">${world.bot.name}</span>&nbsp;${text}</p>`;
      const answer = await deliver({
        ...base,
        type: 'message',
        id,
        locale,
        textFormat: 'plain',
        text: personal ? text : `${at} ${text}`,
        attachments: [{ contentType: 'text/html', content: personal ? `<p>${text}</p>` : html }],
        ...(personal ? {} : { entities: [mentioned, ...entities] }),
      });
      return { id, answer };
    },
    press(user, message, press, inputs = {}) {
      const found = findAction(chat.cardFor(user, message), press);
      const { id, title, verb } = found.action;
      const action = { type: 'Action.Execute', id, title, verb, data: gatherInputs(found, inputs) };
      return act(user, action, 'manual', stored(message));
    },
    pressOld: (user, action, message) =>
      act(user, action, 'manual', message === undefined ? undefined : stored(message)),
    refresh(user, message, trigger = 'automatic') {
      const { refresh } = cardOf(stored(message).activity) ?? {};
      if (!isFields(refresh) || !isFields(refresh.action)) throw new Error('The card is not one that refreshes.');
      const userIds: unknown[] = Array.isArray(refresh.userIds) ? refresh.userIds : members.map(({ id }) => id);
      if (trigger === 'automatic' && !userIds.slice(0, refreshUsersLimit).includes(user.id))
        throw new Error(`The card is not refreshed for ${user.name}.`);
      const { id, verb, data } = refresh.action;
      return act(user, { type: 'Action.Execute', id, verb, data: data ?? {} }, trigger, stored(message));
    },
    messageAction: (user, commandId, messagePayload) =>
      invoke(user, 'composeExtension/fetchTask', {
        commandId,
        commandContext: 'message',
        messagePayload,
        context: { theme: 'default' },
      }),
    submitAction: (user, commandId, messagePayload, data) =>
      invoke(user, 'composeExtension/submitAction', {
        commandId,
        commandContext: 'message',
        messagePayload,
        data,
        context: { theme: 'default' },
      }),
    send: (user, fields) => deliver({ ...activityFrom(world, conversation, user), ...fields }),
  };
  return chat;
}
