import type { CardMessage } from '../../src/cards/elements.ts';
import type { ChatSender } from '../../src/delivery/sender.ts';
import { AppError } from '../../src/shared/errors.ts';
import { conversationId, personId } from '../../src/shared/ids.ts';

/** What happens to one send: it goes through, or fails with the error. `lost`: Teams takes it, its answer never comes. */
export type Fate = 'ok' | 'lost' | AppError;

export interface Sent {
  did: 'post' | 'update';
  conversation: string;
  id: string;
  summary: string;
  /** Milliseconds of the clock. */
  at: number;
}

export interface FakeSender extends ChatSender {
  /** What reached the chat, in order. */
  readonly sent: Sent[];
  /** How often somebody tried to send. */
  readonly tries: number;
  /** What the chats show now: message id → summary. */
  readonly shown: Map<string, string>;
  /** Ids in Teams of who is in every chat, one to a page. */
  roster: string[];
  /** Fates of the next requests; after them everything goes through. */
  next(...fates: Fate[]): void;
  /** Called before every send; it may take its time. */
  before: (() => Promise<void>) | null;
}

export const throttled = (retryAfter: number): AppError => new AppError('chat.throttled', { retryAfter });
export const unavailable = (): AppError => new AppError('chat.unavailable');

/** Chats that keep what they are sent, and fail when they are told to. */
export function fakeSender(now: () => Temporal.Instant): FakeSender {
  const fates: Fate[] = [];
  const sent: Sent[] = [];
  const shown = new Map<string, string>();
  let tries = 0;
  let posts = 0;

  /** One request reaches Teams, or fails as it is fated to. */
  async function meetFate(): Promise<'ok' | 'lost'> {
    await fake.before?.();
    tries += 1;
    const fate = fates.shift() ?? 'ok';
    if (fate instanceof AppError) throw fate;
    return fate;
  }

  /** Returns the message's id: the known one, or a new one for a post. */
  async function send(conversation: string, known: string | null, { summary }: CardMessage): Promise<string> {
    const fate = await meetFate();
    if (known !== null && !shown.has(known)) throw new AppError('chat.messageLost');
    posts += known === null ? 1 : 0;
    const id = known ?? `m${posts}`;
    shown.set(id, summary);
    sent.push({ did: known === null ? 'post' : 'update', conversation, id, summary, at: now().epochMilliseconds });
    if (fate === 'lost') throw new AppError('chat.unavailable');
    return id;
  }

  const fake: FakeSender = {
    sent,
    shown,
    before: null,
    roster: [],
    get tries() {
      return tries;
    },
    next: (...more) => void fates.push(...more),
    post: ({ conversation }, message) => send(conversation, null, message),
    async update({ conversation }, activityId, message) {
      await send(conversation, activityId, message);
    },
    async openPersonalChat(_from, teamsId) {
      await meetFate();
      return conversationId(`a:${teamsId}`);
    },
    async rosterPage(_of, from) {
      await meetFate();
      const page = Number(from ?? 0);
      const members = fake.roster
        .slice(page, page + 1)
        .map((teamsId) => ({ person: personId(teamsId), name: '', teamsId, guest: false }));
      return { members, next: page + 1 < fake.roster.length ? String(page + 1) : null };
    },
  };
  return fake;
}
