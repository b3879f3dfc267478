import type { CardMessage } from '../../src/cards/elements.ts';
import type { ChatSender } from '../../src/delivery/sender.ts';
import { AppError } from '../../src/shared/errors.ts';
import { conversationId } from '../../src/shared/ids.ts';

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
  /** Fates of the next sends; after them everything goes through. */
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

  async function send(did: Sent['did'], conversation: string, id: string, { summary }: CardMessage): Promise<void> {
    await fake.before?.();
    tries += 1;
    const fate = fates.shift() ?? 'ok';
    if (fate instanceof AppError) throw fate;
    if (did === 'update' && !shown.has(id)) throw new AppError('chat.messageLost');
    shown.set(id, summary);
    sent.push({ did, conversation, id, summary, at: now().epochMilliseconds });
    if (fate === 'lost') throw new AppError('chat.unavailable');
  }

  const fake: FakeSender = {
    sent,
    shown,
    before: null,
    get tries() {
      return tries;
    },
    next: (...more) => void fates.push(...more),
    async post({ conversation }, message) {
      const id = `m${sent.length + 1}`;
      await send('post', conversation, id, message);
      return id;
    },
    update: ({ conversation }, activityId, message) => send('update', conversation, activityId, message),
    openPersonalChat: async (_from, teamsId) => conversationId(`a:${teamsId}`),
    roster: async () => [],
  };
  return fake;
}
