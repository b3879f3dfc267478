import type { ConversationService } from '../src/conversations/service.ts';
import type { Rounds, Sweep } from '../src/delivery/home.ts';
import type { Patiently } from '../src/delivery/patience.ts';
import { isAnothersChat } from '../src/directory/model.ts';
import type { DirectoryService, Rebound, Regrouped } from '../src/directory/service.ts';
import type { BodyId, ConversationId, TenantId } from '../src/shared/ids.ts';

/** What is done with everything that stands in the chats of bodies, of whatever feature, when bodies or chats change. */
export interface AllRounds {
  sweep(body: BodyId, why: Sweep): void;
  /** A body has other members. No start needs to see to it again, once all its cards are to be drawn anew. */
  redraw(changed: Regrouped): void;
  returned(chat: ConversationId): void;
  /** These chats belong to another body now, or to none. */
  rebound(chats: readonly Rebound[]): void;
}

export function createAllRounds(parts: {
  homes: readonly Rounds[];
  tenant: TenantId;
  directory: Pick<DirectoryService, 'require' | 'redrawn' | 'vacated'>;
  conversations: Pick<ConversationService, 'bound'>;
  patiently: Patiently;
  background: (work: () => Promise<unknown>) => void;
}): AllRounds {
  const { homes, tenant, directory, conversations, patiently, background } = parts;

  /** A chat that has another body now shows nothing of the others; one that is nobody’s keeps what stands there. */
  async function vacate(changed: Rebound): Promise<void> {
    const region = directory.require(tenant);
    const { conversation } = changed;
    for (const { id } of region.bodies.filter((body) => isAnothersChat(region, conversation, body.id)))
      for (const each of homes) await each.vacate(tenant, id, conversation);
    await directory.vacated(changed);
  }

  return {
    sweep(body, why) {
      for (const each of homes) background(() => each.sweep(tenant, body, why));
    },
    redraw(changed) {
      background(async () => {
        for (const each of homes) await each.sweep(tenant, changed.body, 'changed');
        await patiently(() => directory.redrawn(changed));
      });
    },
    returned(chat) {
      background(async () => {
        for (const { id } of directory.require(tenant).bodies)
          for (const each of homes) await each.returned(tenant, id, chat);
      });
    },
    rebound(chats) {
      for (const chat of chats) {
        background(() => conversations.bound(tenant, chat.conversation));
        background(() => vacate(chat));
      }
    },
  };
}
