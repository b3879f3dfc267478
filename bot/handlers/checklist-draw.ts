import { type ListScene, listMessage, movedMessage } from '../../src/checklists/card.ts';
import type { ChecklistDeliveryParts } from '../../src/checklists/deliverable.ts';
import { noticeMessage, reminderMessage } from '../../src/checklists/notice-card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { bodyOf, membersOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import { listScene } from './scenes.ts';

/** What the courier sends of checklists: in a chat its body's language, in private the reader's. */
export function createChecklistDraw(parts: {
  directory: Pick<DirectoryService, 'require'>;
  conversations: Pick<ConversationService, 'language' | 'teamsIds'>;
  clock: Pick<Clock, 'now'>;
  /** A link to a message in Teams; null where there are no such links. */
  linkTo: (conversation: string, activityId: string) => string | null;
}): ChecklistDeliveryParts['draw'] {
  const { directory, conversations, clock, linkTo } = parts;

  interface Place {
    tenant: TenantId;
    body: BodyId;
  }

  const chatLanguage = ({ tenant, body }: Place): Language => bodyOf(directory.require(tenant), body)?.language ?? 'sv';

  async function sceneOf(place: Place, to: PersonId): Promise<ListScene> {
    const language = (await conversations.language(place.tenant, to)) ?? chatLanguage(place);
    return listScene(directory.require(place.tenant), clock, language, null);
  }

  return {
    async list(list, placement) {
      const region = directory.require(list.tenant);
      const scene = listScene(region, clock, chatLanguage(list), placement.id);
      if (placement.state === 'retiring') {
        const live = list.delivery.placements.find(({ state }) => state === 'live');
        return movedMessage(list, scene.texts, live?.activityId ? linkTo(live.conversation, live.activityId) : null);
      }
      const members = membersOf(region, list.body).map(({ person }) => person);
      return listMessage(list, scene, await conversations.teamsIds(list.tenant, members));
    },
    notice: async (list, to, about) => noticeMessage(list, about, await sceneOf(list, to)),
    reminder: async (bell, to, reminder) => reminderMessage(reminder, await sceneOf(bell, to)),
  };
}
