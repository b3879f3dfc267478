import type { ConversationService } from '../../src/conversations/service.ts';
import { type LinkTo, movedMessage, movedTo } from '../../src/delivery/moved-card.ts';
import { bodyOf, type Directory, presentMembers } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { askingMessage } from '../../src/meetings/cadence/cadence-card.ts';
import { meetingMessage } from '../../src/meetings/cards/card.ts';
import { noticeMessage } from '../../src/meetings/cards/notice-card.ts';
import { type MeetingScene, ofBody, titleOf, viewerOf } from '../../src/meetings/cards/words-card.ts';
import { mayRead } from '../../src/meetings/rights.ts';
import type { StoredMeeting } from '../../src/meetings/stored.ts';
import type { MeetingDeliveryParts } from '../../src/meetings/telling/deliverable.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import type { WorkingCalendar } from '../../src/shared/working-time.ts';
import { meetingScene } from './scenes.ts';

/** What the courier sends of meetings: in a chat its body's language, in private the reader's. */
export function createMeetingDraw(parts: {
  directory: Pick<DirectoryService, 'require'>;
  conversations: Pick<ConversationService, 'language' | 'teamsIds'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Pick<Clock, 'now'>;
  linkTo: LinkTo;
}): MeetingDeliveryParts['draw'] {
  const { directory, conversations, linkTo } = parts;

  function sceneIn(meeting: StoredMeeting, language: Language, placement: string | null): MeetingScene {
    const region = directory.require(meeting.tenant);
    return meetingScene(region, parts.calendarOf(region), parts.clock, language, placement);
  }

  const chatLanguage = ({ tenant, body }: StoredMeeting): Language =>
    bodyOf(directory.require(tenant), body)?.language ?? 'sv';

  async function sceneFor(meeting: StoredMeeting, to: PersonId, placement: string | null): Promise<MeetingScene> {
    const language = (await conversations.language(meeting.tenant, to)) ?? chatLanguage(meeting);
    return sceneIn(meeting, language, placement);
  }

  /** Somebody's own card: theirs alone, so it shows at once what they can do. */
  async function own(meeting: StoredMeeting, to: PersonId, scene: MeetingScene) {
    const viewer = viewerOf(meeting, to, scene.directory);
    return meetingMessage(meeting, scene, { viewer, refreshFor: await conversations.teamsIds(meeting.tenant, [to]) });
  }

  return {
    async meeting(meeting, placement) {
      const { to } = placement;
      const scene = to
        ? await sceneFor(meeting, to, placement.id)
        : sceneIn(meeting, chatLanguage(meeting), placement.id);
      // Who may not see it any more learns nothing of it from the line either.
      const isTheirs = !to || mayRead(meeting, to, scene.directory);
      if (placement.state === 'retiring' || !isTheirs) {
        const what = isTheirs ? titleOf(meeting, scene) : ofBody(meeting, scene);
        return movedMessage(what, scene.texts, movedTo(meeting.delivery, placement, linkTo));
      }
      if (to) return own(meeting, to, scene);
      const members = presentMembers(scene.directory, meeting.body).map(({ person }) => person);
      return meetingMessage(meeting, scene, { refreshFor: await conversations.teamsIds(meeting.tenant, members) });
    },

    async notice(meeting, to, { kind, key, placement }) {
      const scene = await sceneFor(meeting, to, placement);
      if (kind === 'invitation' || kind === 'substitute' || kind === 'proposed') return own(meeting, to, scene);
      return noticeMessage(meeting, { kind, key, to }, scene);
    },

    async asking(tenant, to, proposed) {
      const region = directory.require(tenant);
      const language = (await conversations.language(tenant, to)) ?? proposed.cadence.body.language;
      return askingMessage(proposed, meetingScene(region, parts.calendarOf(region), parts.clock, language, null));
    },
  };
}
