import type { CardMessage } from '../cards/elements.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import { type DocumentKey, nameOf } from '../storage/port.ts';
import type { AddressBook, Deliverable, NoticeEnd, Outcome } from './deliverable.ts';
import type { Delivery, Notice, NoticedReceipt, Receipt } from './model.ts';
import type { Outbox } from './outbox.ts';

/** How private notices go out, each by itself, and how they end. */
export function createTelling(parts: {
  outbox: Outbox;
  addressBook: Pick<AddressBook, 'person'>;
  clock: Clock;
  onError: (error: unknown, kind: string) => void;
  /** The newest state, while this process holds the document; null when another one does. */
  held<T>(feature: Deliverable<T>, key: DocumentKey): Promise<T | null>;
  /** Writes down what was done, with what follows of it. */
  note<T>(
    feature: Deliverable<T>,
    key: DocumentKey,
    receipt: Receipt,
    follow: (data: T, before: Delivery) => T,
  ): Promise<void>;
  /** Another process, or an earlier run of this one, was at the document and may have sent something. */
  isDoubtful(name: string): boolean;
}) {
  const { outbox, addressBook, clock, onError, held, note, isDoubtful } = parts;
  /** Notices that are not known to have gone out and were tried, by document. */
  const tried = new Map<string, Set<string>>();

  async function tell<T>(feature: Deliverable<T>, key: DocumentKey, notice: Notice): Promise<Outcome> {
    const data = await feature.aggregates.lastKnown(key);
    // What has been overtaken needs nobody's address.
    const outcome =
      data && (await feature.noticeMessage(data, notice)) ? await send(feature, key, data, notice) : 'overtaken';
    if (outcome !== 'unreachable' && outcome !== 'overtaken') return outcome;
    await noteNotice(feature, key, notice, { end: outcome === 'overtaken' ? unsentEnd(key, notice) : outcome });
    return 'done';
  }

  function unsentEnd(key: DocumentKey, notice: Notice): 'unsent' | 'doubtful' {
    const name = nameOf(key);
    return tried.get(name)?.has(notice.key) || isDoubtful(name) ? 'doubtful' : 'unsent';
  }

  /** `unreachable`: who cannot be told is never told. */
  async function send<T>(
    feature: Deliverable<T>,
    key: DocumentKey,
    data: T,
    notice: Notice,
  ): Promise<Outcome | 'overtaken' | 'unreachable'> {
    let unsent: Outcome | 'overtaken' = 'stopped';
    let isAgain = false;
    let revision = 0;
    const compose = async (): Promise<CardMessage | null> => {
      const current = await held(feature, key);
      if (current) revision = feature.delivery(current).revision;
      const pending = current && feature.delivery(current).notices.some((candidate) => candidate.key === notice.key);
      const message = pending ? await feature.noticeMessage(current, notice) : null;
      // While another process holds the document the notice is that one's to send.
      if (!message) unsent = current ? 'overtaken' : 'done';
      else {
        isAgain = unsentEnd(key, notice) === 'doubtful';
        tried.set(nameOf(key), (tried.get(nameOf(key)) ?? new Set()).add(notice.key));
      }
      return message;
    };
    try {
      const address = await addressBook.person(feature.tenantOf(data), notice.to);
      if (!address) return 'notYet';
      const activityId = await outbox.show(address, null, compose);
      if (activityId === null) return unsent;
      const as = { conversation: address.conversation, activityId, revision };
      await noteNotice(feature, key, notice, { end: isAgain ? 'sentAgain' : 'sent', as });
      return 'done';
    } catch (error) {
      // Who blocked the bot or left cannot be told; the notice is over and done with rather than tried for ever.
      const rejected = isAppError(error, 'chat.rejected');
      if (!rejected && !isAppError(error, 'chat.gone')) throw error;
      // That we sent what Teams will never take is a fault of ours all the same.
      if (rejected) onError(error, feature.kind);
      return 'unreachable';
    }
  }

  async function noteNotice<T>(
    feature: Deliverable<T>,
    key: DocumentKey,
    notice: Notice,
    { end, ...sent }: { end: NoticeEnd | 'unreachable' } & Pick<NoticedReceipt, 'as'>,
  ): Promise<void> {
    await note(feature, key, { did: 'noticed', key: notice.key, ...sent }, (data, before) => {
      const waited = before.notices.some((one) => one.key === notice.key);
      if (!waited || end === 'unreachable') return data;
      return feature.noticed?.(data, notice, end, clock.now()) ?? data;
    });
    tried.get(nameOf(key))?.delete(notice.key);
  }

  /** Nothing of the document has failed, or it is none of this process’s any more. */
  function forget(name: string): void {
    tried.delete(name);
  }

  return { tell, unsentEnd, forget };
}
