import type { ConversationService } from '../src/conversations/service.ts';
import { allDone, type Rounds, type Sweep } from '../src/delivery/home.ts';
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
  async function vacate({ conversation }: Rebound): Promise<void> {
    const region = directory.require(tenant);
    const others = region.bodies.filter((body) => isAnothersChat(region, conversation, body.id));
    await allDone(homes.flatMap((each) => others.map(({ id }) => each.vacate(tenant, id, conversation))));
  }

  return {
    sweep(body, why) {
      for (const each of homes) background(() => each.sweep(tenant, body, why));
    },
    redraw(changed) {
      background(async () => {
        await allDone(homes.map((each) => each.sweep(tenant, changed.body, 'changed')));
        await patiently(() => directory.redrawn(changed));
      });
    },
    returned(chat) {
      background(async () => {
        const { bodies } = directory.require(tenant);
        await allDone(homes.flatMap((each) => bodies.map(({ id }) => each.returned(tenant, id, chat))));
      });
    },
    // Whatever is not done of it, this process or another sees to at its next start.
    rebound(chats) {
      for (const chat of chats)
        background(async () => {
          await allDone([vacate(chat), patiently(() => conversations.bound(tenant, chat.conversation))]);
          await patiently(() => directory.vacated(chat));
        });
    },
  };
}
