import { type Activity, ActivityTypes, CardFactory } from 'botbuilder-core';
import { z } from 'zod';
import type { CardMessage } from '../../src/cards/elements.ts';
import type { Address, ChatSender, RosterMember } from '../../src/delivery/sender.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { conversationId, personId, type TenantId } from '../../src/shared/ids.ts';
import { singleLine } from '../../src/shared/normalise.ts';
import type { ConnectorFactory } from './adapter.ts';
import { toChatError } from './send-errors.ts';

type Connector = Awaited<ReturnType<ConnectorFactory['create']>>;
type ConversationParameters = Parameters<Connector['conversations']['createConversation']>[0];

/** An answer of Teams that takes longer counts as none. */
export interface AnswerLimit {
  sleep: Clock['sleep'];
  /** Milliseconds; by default longer than Teams ever takes. */
  within?: number;
}

const longestAnswer = 15_000;
const rosterPage = 500;

/** Sends through botbuilder's connector, one client per service URL. */
export function createTeamsSender(
  factory: ConnectorFactory,
  audience: string,
  { sleep, within = longestAnswer }: AnswerLimit,
): ChatSender {
  const connectors = new Map<string, Promise<Connector>>();

  function connectorFor(serviceUrl: string): Promise<Connector> {
    const known = connectors.get(serviceUrl);
    if (known) return known;
    const connector = factory.create(serviceUrl, audience).then(withoutRetries);
    connectors.set(serviceUrl, connector);
    connector.catch(() => connectors.delete(serviceUrl));
    return connector;
  }

  async function call<R>(serviceUrl: string, ask: (connector: Connector) => Promise<R>): Promise<R> {
    const answered = new AbortController();
    const late = Promise.withResolvers<never>();
    void sleep(within, answered.signal).then(() => {
      if (answered.signal.aborted) return;
      late.reject(new AppError('chat.unavailable', {}, { cause: new Error('no answer in time') }));
    });
    try {
      return await Promise.race([ask(await connectorFor(serviceUrl)), late.promise]);
    } catch (error) {
      throw toChatError(error);
    } finally {
      answered.abort();
    }
  }

  return {
    async post(to, message) {
      const sent = await call(to.serviceUrl, ({ conversations }) =>
        conversations.sendToConversation(to.thread ?? to.conversation, toActivity(to, message)),
      );
      return sent.id;
    },
    async update(to, activityId, message) {
      await call(to.serviceUrl, ({ conversations }) =>
        conversations.updateActivity(to.conversation, activityId, { ...toActivity(to, message), id: activityId }),
      ).catch((error: unknown) => {
        // Somebody has deleted this message, or the conversation with it: that is told when it is posted anew.
        if (isAppError(error, 'chat.gone') && error.params.status === 404) {
          throw new AppError('chat.messageLost', {}, { cause: error });
        }
        throw error;
      });
    },
    async openPersonalChat({ tenant, serviceUrl, botId }, teamsId) {
      const created = await call(serviceUrl, ({ conversations }) =>
        conversations.createConversation(personalChat(tenant, botId, teamsId)),
      );
      return conversationId(created.id);
    },
    async rosterPage({ tenant, conversation, serviceUrl }, from) {
      const page = await call(serviceUrl, ({ conversations }) =>
        conversations.getConversationPagedMembers(conversation, pageAfter(from)),
      );
      const members = page.members.flatMap((account) => toRosterMember(account, tenant));
      return { members, next: page.continuationToken || null };
    },
  };
}

/**
 * The connector repeats failed sends by itself, past our limits, and a post whose answer was lost up to three times.
 * Trying again is the outbox's alone.
 */
function withoutRetries(connector: Connector): Connector {
  // The pipeline is no part of the connector's public types.
  innerClient.parse(Reflect.get(connector, 'client')).pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return connector;
}

interface Pipeline {
  removePolicy(policy: { name: string }): unknown;
}
const innerClient = z.looseObject({
  pipeline: z.custom<Pipeline>((value) => typeof (value as Partial<Pipeline> | null)?.removePolicy === 'function'),
});

/** The conversation stands in the address of the request; the Playground refuses a body that names it without its type. */
function toActivity({ botId }: Address, { card, summary }: CardMessage): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    from: { id: botId, name: '' },
    // A card travels alone: text and attachment in one activity are split and return no id [teams].
    summary,
    attachments: [CardFactory.adaptiveCard(card)],
  };
}

type PageOptions = NonNullable<Parameters<Connector['conversations']['getConversationPagedMembers']>[1]>;

/** The first page is asked for without a token. */
function pageAfter(continuationToken: string | null): PageOptions {
  const options: Partial<PageOptions> = { pageSize: rosterPage, ...(continuationToken && { continuationToken }) };
  // The types want a token always; the Playground refuses an empty one.
  return options as PageOptions;
}

function personalChat(tenantId: string, botId: string, teamsId: string): ConversationParameters {
  const parameters: Partial<ConversationParameters> = {
    isGroup: false,
    bot: { id: botId, name: '' },
    members: [{ id: teamsId, name: '' }],
    tenantId,
    channelData: { tenant: { id: tenantId } },
  };
  // The types ask for a topic and a first message as well, which Teams does not want here.
  return parameters as ConversationParameters;
}

/** Teams' documentation says `objectId`, botbuilder's types say `aadObjectId`; rosters carry either. */
const rosterEntry = z.object({
  id: z.string(),
  name: z.string().default(''),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  userRole: z.string().optional(),
  tenantId: z.string().optional(),
});

/** Longer names are cut, so that no card grows by them. */
const longestName = 100;

/** Bots and people without an account of their own are left out. */
function toRosterMember(account: unknown, tenant: TenantId): RosterMember[] {
  const entry = rosterEntry.safeParse(account).data;
  if (!entry) return [];
  const { id, name, userRole } = entry;
  const person = entry.aadObjectId ?? entry.objectId;
  if (!person) return [];
  const fromOutside = entry.tenantId !== undefined && entry.tenantId !== tenant;
  const guest = fromOutside || userRole === 'guest' || userRole === 'anonymous';
  return [{ person: personId(person), name: singleLine(name).slice(0, longestName), teamsId: id, guest }];
}
