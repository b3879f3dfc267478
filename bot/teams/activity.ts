import { z } from 'zod';
import type { ConversationReference } from '../../src/conversations/model.ts';
import type { MetPerson } from '../../src/conversations/service.ts';
import { type ConversationId, conversationId, personId, type TenantId, tenantId } from '../../src/shared/ids.ts';

/**
 * The fields of an activity that we read; no others are kept. Everything is bounded, because whoever can reach
 * the endpoint can send it.
 */
const id = z
  .string()
  // Ids become parts of addresses, which half a character cannot.
  .refine((text) => text.length > 0 && text.length <= 1_000 && text.isWellFormed());
const account = z.object({
  id,
  name: z.string().max(1_000).optional(),
  aadObjectId: z.string().max(100).optional(),
});

export const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: id.optional(),
  name: z.string().max(200).optional(),
  /** Only Teams vouches for the tenant and the person in its activities; other channels let their clients write them. */
  channelId: z.literal('msteams'),
  serviceUrl: z.string().max(2_000),
  from: account,
  recipient: account,
  conversation: z.object({
    id,
    conversationType: z.string().max(100).optional(),
    isGroup: z.boolean().optional(),
    tenantId: z.string().max(100).optional(),
    name: z.string().max(1_000).optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: z.string().max(100) }).optional() }).optional(),
  replyToId: id.optional(),
  text: z.string().max(300_000).optional(),
  /** Teams writes each message there once more; what is a file is told by `received-files.ts`. */
  attachments: z.unknown().optional(),
  /** What an invoke carries; whoever handles it reads it. */
  value: z.unknown().optional(),
  locale: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  membersAdded: z.array(account).max(1_000).optional(),
  membersRemoved: z.array(account).max(1_000).optional(),
});
export type TeamsActivity = z.infer<typeof activitySchema>;

/** Somebody pressed a button of a card. */
export function isPress({ type, name }: TeamsActivity): boolean {
  return type === 'invoke' && name === 'adaptiveCard/action';
}

const handled = new Set(['message', 'invoke', 'conversationUpdate', 'installationUpdate']);

/** The type as a word of ours, for traces: what comes in may name itself by anything. */
export function typeOf({ type }: TeamsActivity): string {
  return handled.has(type) ? type : 'other';
}

/** What the body of a request says, or the paths of the fields that are wrong: names of ours alone, never what was sent. */
export function readActivity(body: string): { ok: true; activity: TeamsActivity } | { ok: false; paths: string[] } {
  const json = parseJson(body);
  if (json === undefined) return { ok: false, paths: [notJson] };
  const parsed = activitySchema.safeParse(json);
  if (parsed.success) return { ok: true, activity: parsed.data };
  return {
    ok: false,
    paths: parsed.error.issues.map(({ path }) => path.join('.') || '(activity)').slice(0, mostPaths),
  };
}

const notJson = '(not JSON)';
/** A list of a thousand wrong members needs no thousand paths. */
const mostPaths = 10;

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Whoever sent it gets 400.
    return undefined;
  }
}

/** Who and where, as the activity says; the tenant is null when it says none. */
export interface Provenance {
  tenant: TenantId | null;
  reference: ConversationReference;
  /** In a channel the thread that the activity belongs to, elsewhere the conversation: a direct answer goes there. */
  thread: ConversationId;
  by: MetPerson | null;
}

export function provenanceOf(activity: TeamsActivity): Provenance {
  const { conversation, from } = activity;
  const kind = kindOf(activity);
  const by = from.aadObjectId ? { person: personId(from.aadObjectId), teamsId: from.id } : null;
  return {
    tenant: tenantOf(activity),
    by,
    thread: conversationId(conversation.id),
    reference: {
      conversation: conversationId(withoutMessage(conversation.id)),
      kind,
      serviceUrl: activity.serviceUrl,
      botId: activity.recipient.id,
      person: kind === 'personal' && by ? by.person : null,
    },
  };
}

/** Where both are named they are the same: two tenants in one activity are none that we could trust. */
export function tenantOf({ channelData, conversation }: TeamsActivity): TenantId | null {
  const [one, other] = [channelData?.tenant?.id, conversation.tenantId];
  const named = one || other;
  if (!named) return null;
  const tenant = tenantId(named);
  return other && tenantId(other) !== tenant ? null : tenant;
}

function kindOf({ conversation }: TeamsActivity): ConversationReference['kind'] {
  if (conversation.conversationType === 'channel') return 'channel';
  // What is not certainly private is not private. The Playground gives its personal chat no type.
  const type = conversation.conversationType || (conversation.isGroup ? 'groupChat' : 'personal');
  return type === 'personal' && !conversation.isGroup ? 'personal' : 'groupChat';
}

/** In a channel Teams names the thread as well (`…;messageid=1`); our cards belong to the channel. */
function withoutMessage(conversation: string): string {
  return conversation.replace(/;messageid=\d+$/, '');
}
