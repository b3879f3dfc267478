import { randomUUID } from 'node:crypto';
import type { Conversation, Fields, TeamsUser, World } from './world.ts';

/** What every activity of Teams carries, for a person's doing in a conversation. `thread` matters in channels only. */
export function activityFrom(
  world: World,
  conversation: Conversation,
  user: TeamsUser,
  thread: string | null = null,
): Fields & { channelData: Fields } {
  const now = world.clock.now();
  return {
    channelId: 'msteams',
    serviceUrl: world.serviceUrl,
    timestamp: now.toString({ smallestUnit: 'millisecond' }),
    localTimestamp: now
      .toZonedDateTimeISO('Europe/Helsinki')
      .toString({ smallestUnit: 'millisecond', timeZoneName: 'never' }),
    localTimezone: 'Europe/Helsinki',
    id: `f:${randomUUID()}`,
    from: { id: user.id, name: user.name, aadObjectId: user.aadObjectId },
    recipient: { id: world.bot.id, name: world.bot.name },
    conversation: account(conversation, thread),
    entities: [
      { type: 'clientInfo', locale: user.locale, country: 'FI', platform: 'Web', timezone: 'Europe/Helsinki' },
    ],
    channelData: channelData(conversation, user),
    locale: user.locale,
  };
}

/** The events of Teams carry neither a language nor the person's client. */
export function eventFrom(world: World, conversation: Conversation, user: TeamsUser, data: Fields): Fields {
  const { locale, localTimestamp, localTimezone, entities, ...rest } = activityFrom(world, conversation, user);
  return { ...rest, channelData: { ...rest.channelData, ...data } };
}

/** Teams tells no name of the conversation, and the chat's own tenant whoever acts. */
function account({ kind, tenantId, id }: Conversation, thread: string | null): Fields {
  return {
    ...(kind === 'personal' ? {} : { isGroup: true }),
    conversationType: kind,
    tenantId,
    id: kind === 'channel' && thread ? `${id};messageid=${thread}` : id,
  };
}

/** The tenant in the channel data is the acting person's own, so it differs from the conversation's for people from outside. */
function channelData(conversation: Conversation, user: TeamsUser): Fields {
  const tenant = { tenant: { id: user.tenantId } };
  if (!conversation.team) return tenant;
  const { id, name } = conversation.team;
  return {
    ...tenant,
    teamsChannelId: conversation.id,
    teamsTeamId: id,
    channel: { id: conversation.id },
    team: { id, name },
  };
}
