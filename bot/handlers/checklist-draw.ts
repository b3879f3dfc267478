import { type ListScene, listMessage } from '../../src/checklists/card.ts';
import type { ChecklistDeliveryParts } from '../../src/checklists/deliverable.ts';
import { noticeMessage, reminderMessage } from '../../src/checklists/notice-card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type LinkTo, movedMessage, movedTo } from '../../src/delivery/moved-card.ts';
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
  linkTo: LinkTo;
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
      if (placement.state === 'retiring')
        return movedMessage(list.title[scene.texts.language], scene.texts, movedTo(list.delivery, placement, linkTo));
      const members = membersOf(region, list.body).map(({ person }) => person);
      return listMessage(list, scene, await conversations.teamsIds(list.tenant, members));
    },
    notice: async (list, to, about) => noticeMessage(list, about, await sceneOf(list, to)),
    async reminder(tenant, to, reminder) {
      const [first] = [...reminder.mine, ...reminder.overdue];
      if (!first) throw new TypeError('A reminder reminds of something.');
      return reminderMessage(reminder, await sceneOf({ tenant, body: first.list.body }, to));
    },
  };
}
