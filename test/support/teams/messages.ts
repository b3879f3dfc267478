import { cardContentType, cardOf } from './cards.ts';
import { type Call, failure, type Reply } from './reply.ts';
import {
  type Conversation,
  findConversation,
  isActivity,
  isFields,
  personalConversation,
  type SentActivity,
  type StoredMessage,
  type World,
} from './world.ts';

/** Bytes. Source: Microsoft Learn, "Cards reference" and "Format your bot messages". */
const cardLimit = 28 * 1024;
const messageLimit = 80 * 1024;
/** More people than this are not refreshed automatically. Source: Microsoft Learn, "User specific views". */
export const refreshUsersLimit = 60;

/** POST /v3/conversations: the 1:1 chat with a person, or a new thread in a channel (then with its first activity). */
export function createConversation({ world, body, size }: Call): Reply {
  if (!isFields(body)) return failure(400, 'BadSyntax', 'The body is no JSON object.');
  const channelData = isFields(body.channelData) ? body.channelData : {};
  if (isFields(channelData.channel)) return startThread(world, String(channelData.channel.id), body.activity, size);
  if (body.isGroup === true) return failure(400, 'BadArgument', 'A bot cannot create a group chat.');
  const tenant = body.tenantId ?? (isFields(channelData.tenant) ? channelData.tenant.id : undefined);
  if (typeof tenant !== 'string') return failure(400, 'BadArgument', 'The tenant id is missing.');
  const [member, ...more] = Array.isArray(body.members) ? body.members : [];
  if (more.length > 0) return failure(400, 'BadArgument', 'A bot cannot create a group chat.');
  const user = isFields(member) ? world.users.get(String(member.id)) : undefined;
  if (!user) return failure(400, 'BadSyntax', 'Failed to decrypt pairwise id.');
  if (tenant !== world.tenant && tenant !== user.tenantId)
    return failure(403, 'ForbiddenOperationException', 'The bot is not installed in this tenant.');
  const conversation = personalConversation(world, user);
  if (conversation.bot === 'absent') conversation.bot = 'present';
  if (!isActivity(body.activity)) return { status: 201, body: { id: conversation.id } };
  const posted = post(world, conversation, body.activity, size, null);
  if (posted.status !== 201 || !isFields(posted.body)) return posted;
  return { status: 201, body: { id: conversation.id, activityId: posted.body.id } };
}

function startThread(world: World, channelId: string, activity: unknown, size: number): Reply {
  const channel = findConversation(world, channelId);
  if (!channel) return unknownConversation;
  if (!isActivity(activity)) return failure(400, 'BadSyntax', 'A new thread needs its first activity.');
  const posted = post(world, channel, activity, size, null);
  if (posted.status !== 201 || !isFields(posted.body)) return posted;
  const { id } = posted.body;
  return { status: 201, body: { id: `${channel.id};messageid=${id}`, activityId: id } };
}

/** POST …/activities and …/activities/{id}: Teams shows a reply like any message, in a channel within the thread. */
export function postActivity({ world, parameters: [id = ''], body, size }: Call): Reply {
  const conversation = findConversation(world, id);
  if (!conversation) return unknownConversation;
  if (!isActivity(body)) return failure(400, 'BadSyntax', 'The activity has no type.');
  return post(world, conversation, body, size, id.split(';messageid=')[1] ?? null);
}

/** PUT …/activities/{id} */
export function updateActivity({ world, parameters: [id = '', activityId = ''], body, size }: Call): Reply {
  const found = findMessage(world, id, activityId);
  if ('status' in found) return found;
  if (!isActivity(body)) return failure(400, 'BadSyntax', 'The activity has no type.');
  const refusal = tooLarge(world, id, body, size);
  if (refusal) return refusal;
  if (isSplit(world, id, body))
    return failure(400, 'BadArgument', 'A message cannot be updated to text and attachment.');
  found.activity = body;
  found.versions.push(body);
  found.views.clear();
  return { status: 200, body: { id: activityId } };
}

/** DELETE …/activities/{id} */
export function deleteActivity({ world, parameters: [id = '', activityId = ''] }: Call): Reply {
  const found = findMessage(world, id, activityId);
  if ('status' in found) return found;
  found.deleted = true;
  found.views.clear();
  return { status: 200 };
}

export const unknownConversation = failure(404, 'ConversationNotFound', 'Conversation not found.');

/** Why the bot may not write or read here; null when it may. Source of the codes: Microsoft Learn, "Messages in bot conversations". */
export function noAccess({ bot }: Conversation): Reply | null {
  if (bot === 'gone') return unknownConversation;
  if (bot === 'blocked') return failure(403, 'MessageWritesBlocked', 'The person blocked or uninstalled the bot.');
  if (bot === 'absent')
    return failure(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return null;
}

function findMessage(world: World, conversationId: string, activityId: string): StoredMessage | Reply {
  const conversation = findConversation(world, conversationId);
  if (!conversation) return unknownConversation;
  const refusal = noAccess(conversation);
  if (refusal) return refusal;
  const message = conversation.messages.find(({ id, deleted }) => id === activityId && !deleted);
  return message ?? failure(404, 'ActivityNotFoundInConversation', 'Message not found.');
}

function post(
  world: World,
  conversation: Conversation,
  activity: SentActivity,
  size: number,
  thread: string | null,
): Reply {
  const refusal = noAccess(conversation) ?? tooLarge(world, conversation.id, activity, size);
  if (refusal) return refusal;
  if (activity.type !== 'message') return { status: 201, body: { id: world.nextId() } };
  if (isSplit(world, conversation.id, activity)) {
    const { text, attachments, ...rest } = activity;
    keep(world, conversation, { ...rest, ...(text === undefined ? {} : { text }) }, thread);
    keep(world, conversation, { ...rest, ...(attachments === undefined ? {} : { attachments }) }, thread);
    return { status: 201, body: {} };
  }
  if (!activity.text && !activity.attachments?.length) return failure(400, 'BadSyntax', 'The message is empty.');
  return { status: 201, body: { id: keep(world, conversation, activity, thread) } };
}

function keep(world: World, conversation: Conversation, activity: SentActivity, thread: string | null): string {
  const id = world.nextId();
  const root = conversation.kind === 'channel' ? (thread ?? id) : null;
  conversation.messages.push({
    id,
    activity,
    versions: [activity],
    deleted: false,
    thread: root,
    views: new Map(),
  });
  return id;
}

/** Text beside a card makes Teams split the message into two, and no id comes back. */
function isSplit({ violations }: World, conversationId: string, { text, attachments }: SentActivity): boolean {
  if (!text || !attachments?.length) return false;
  violations.push({ rule: 'split', conversationId, detail: `text "${text}" beside ${attachments[0]?.contentType}` });
  return true;
}

function tooLarge(world: World, conversationId: string, activity: SentActivity, size: number): Reply | null {
  if (size > messageLimit) {
    world.violations.push({ rule: 'messageSize', conversationId, detail: `${size} bytes` });
    return failure(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  for (const { contentType, content } of activity.attachments ?? []) {
    const bytes = contentType === cardContentType ? Buffer.byteLength(JSON.stringify(content)) : 0;
    if (bytes <= cardLimit) continue;
    world.violations.push({ rule: 'cardSize', conversationId, detail: `${bytes} bytes` });
    return failure(413, 'RequestEntityTooLarge', 'The card is too large.');
  }
  const refresh = cardOf(activity)?.refresh;
  const userIds = isFields(refresh) && Array.isArray(refresh.userIds) ? refresh.userIds : [];
  if (userIds.length > refreshUsersLimit)
    world.violations.push({ rule: 'refreshUsers', conversationId, detail: `${userIds.length} people` });
  return null;
}
