import type { ConversationService } from '../src/conversations/service.ts';
import type { Courier } from '../src/delivery/courier.ts';
import type { HomeParts } from '../src/delivery/home.ts';
import type { LinkTo } from '../src/delivery/moved-card.ts';
import type { Directory } from '../src/directory/model.ts';
import type { DirectoryService } from '../src/directory/service.ts';
import type { Clock } from '../src/shared/clock.ts';
import type { WorkingCalendar } from '../src/shared/working-time.ts';

/** What every feature needs to stand in chats and to reach people. */
export interface FeatureParts {
  directory: DirectoryService;
  conversations: Pick<ConversationService, 'chatOfBody' | 'roster' | 'language' | 'teamsIds'>;
  courier: Courier;
  homeParts: HomeParts;
  calendarOf: (directory: Directory) => WorkingCalendar;
  clock: Clock;
  newId: () => string;
  linkTo: LinkTo;
}
