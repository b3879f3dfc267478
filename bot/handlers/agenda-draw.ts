import type { ConversationService } from '../../src/conversations/service.ts';
import { type LinkTo, movedMessage, movedTo } from '../../src/delivery/moved-card.ts';
import { bodyOf, membersOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { agendaMessage } from '../../src/steering/agenda/card.ts';
import type { SteeringDeliveryParts } from '../../src/steering/deliverable.ts';
import { minutesMessage } from '../../src/steering/minutes/card.ts';
import { noticeMessage } from '../../src/steering/notice-card.ts';
import type { SteeringService } from '../../src/steering/service.ts';
import type { AgendaPolicy } from '../../src/steering/standing.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import { isAboutMinutes } from '../../src/steering/transition.ts';
import type { AgendaScene } from '../../src/steering/words-card.ts';

/** What the courier sends of agendas: in a chat its body's language, in private the reader's. */
export function createAgendaDraw(parts: {
  directory: Pick<DirectoryService, 'require'>;
  conversations: Pick<ConversationService, 'language' | 'teamsIds'>;
  read: SteeringService['read'];
  minutes: Pick<SteeringService['minutes'], 'read'>;
  policy: AgendaPolicy;
  clock: Pick<Clock, 'now'>;
  linkTo: LinkTo;
}): SteeringDeliveryParts['draw'] {
  const { directory, conversations, read, minutes, policy, clock, linkTo } = parts;

  function sceneIn({ tenant }: StoredSitting, language: Language, placement: string | null): AgendaScene {
    const region = directory.require(tenant);
    return { texts: textsFor(language), directory: region, policy, now: clock.now(), placement };
  }

  const chatLanguage = ({ tenant, body }: StoredSitting): Language =>
    bodyOf(directory.require(tenant), body)?.language ?? 'sv';

  async function sceneFor(sitting: StoredSitting, to: PersonId, placement: string | null): Promise<AgendaScene> {
    return sceneIn(sitting, (await conversations.language(sitting.tenant, to)) ?? chatLanguage(sitting), placement);
  }

  return {
    async agenda(sitting, placement) {
      const { to = null } = placement;
      const scene = to
        ? await sceneFor(sitting, to, placement.id)
        : sceneIn(sitting, chatLanguage(sitting), placement.id);
      if (placement.state === 'retiring')
        return movedMessage(scene.texts('agenda.title'), scene.texts, movedTo(sitting.delivery, placement, linkTo));
      if (to) return agendaMessage(read(sitting, to), scene);
      const members = membersOf(scene.directory, sitting.body).map(({ person }) => person);
      return agendaMessage(read(sitting, null), scene, {
        refreshFor: await conversations.teamsIds(sitting.tenant, members),
      });
    },

    async notice(sitting, to, { kind, key, placement }) {
      const scene = await sceneFor(sitting, to, placement);
      if (isAboutMinutes(kind)) {
        const number = Number(key.split(':')[1]);
        const found = await minutes.read(sitting, number, to);
        return found && minutesMessage(found, kind, scene);
      }
      const reading = read(sitting, to);
      return kind === 'agenda' ? agendaMessage(reading, scene) : noticeMessage(reading, { kind, key, to }, scene);
    },
  };
}
