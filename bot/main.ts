import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAuditService } from '../src/audit/service.ts';
import { createTrimmer } from '../src/audit/trimmer.ts';
import { bellDeliverable, checklistDeliverable } from '../src/checklists/deliverable.ts';
import { createChecklistService } from '../src/checklists/service.ts';
import {
  bellAggregates,
  checklistAggregates,
  checklistLogPartition,
  homedChecklists,
  type StoredChecklist,
} from '../src/checklists/stored.ts';
import { chatDeliverable } from '../src/conversations/deliverable.ts';
import { createConversationService } from '../src/conversations/service.ts';
import { holding } from '../src/delivery/alarm.ts';
import { createCourier } from '../src/delivery/courier.ts';
import { createHome, type Sweep } from '../src/delivery/home.ts';
import { createSendLimits } from '../src/delivery/limits.ts';
import { createOutbox } from '../src/delivery/outbox.ts';
import { createPatience } from '../src/delivery/patience.ts';
import { createWaker } from '../src/delivery/waker.ts';
import { openDirectory } from '../src/directory/service.ts';
import { directoryAggregates } from '../src/directory/stored.ts';
import { createReferenceCounter } from '../src/referrals/counter.ts';
import { referralDeliverable } from '../src/referrals/deliverable.ts';
import { createIntakeService } from '../src/referrals/intake.ts';
import { createReferralService } from '../src/referrals/service.ts';
import { homedReferrals, logPartition, referralAggregates, type StoredReferral } from '../src/referrals/stored.ts';
import { type Clock, systemClock } from '../src/shared/clock.ts';
import { AppError } from '../src/shared/errors.ts';
import { type BodyId, type ConversationId, partitionOf, personId, tenantId } from '../src/shared/ids.ts';
import { createStatisticsService } from '../src/statistics/service.ts';
import { createSealer } from '../src/storage/envelope.ts';
import { checkKeys, takeUpKeys } from '../src/storage/key-check.ts';
import { loadKeyFile, loadOrCreateKeyFile } from '../src/storage/keys.ts';
import type { Meter } from '../src/storage/meter.ts';
import type { Store } from '../src/storage/port.ts';
import { openSqliteStore } from '../src/storage/sqlite.ts';
import { admitLocally, admitTokensOf } from './admission.ts';
import { createAllowance } from './allowance.ts';
import { readShippedLists } from './checklist-files.ts';
import type { Config } from './config.ts';
import { correlated } from './correlation.ts';
import { createChecklistDraw } from './handlers/checklist-draw.ts';
import { createCommands } from './handlers/commands.ts';
import { createFeatures } from './handlers/features.ts';
import { createIntakeApi } from './handlers/intake-api.ts';
import { createCalendars, createListSceneFor, createSceneFor } from './handlers/scenes.ts';
import { createSharedAnswers } from './handlers/shared-answers.ts';
import { createActing } from './local/acting.ts';
import { localSource } from './local/source.ts';
import { createLocalPlay } from './local/verbs.ts';
import { type Log, onceAWhile } from './log.ts';
import { allWaiting, observedActing, observedOutbox, observedSender } from './observed.ts';
import { createReadiness } from './readiness.ts';
import { startServer } from './server.ts';
import { typeOf } from './teams/activity.ts';
import { createActorOf } from './teams/actor.ts';
import { connectorService, createTeamsAdapter } from './teams/adapter.ts';
import { createMessagesEndpoint } from './teams/endpoint.ts';
import { messageLink } from './teams/links.ts';
import { rememberVerified } from './teams/remembered.ts';
import { createTeamsSender } from './teams/sender.ts';
import { sparingIssuer } from './teams/spared-issuer.ts';
import { createTurn } from './teams/turn.ts';
import { openTelemetry, type Telemetry } from './telemetry.ts';
import { spanned } from './tracing.ts';

export interface Running {
  port: number;
  /** Resolves when nothing is on its way into a chat any more. */
  settled(): Promise<void>;
  /** Stops accepting, finishes what runs, and closes the store. */
  stop(): Promise<void>;
}

/** What tests put in the place of the real thing. */
export interface StartParts {
  clock?: Clock;
  log?: Log;
  /** Milliseconds after which an answer of Teams counts as none. */
  answerWithin?: number;
  /** What stands between the bot and its store. */
  through?: (store: Store) => Store;
}

/**
 * Milliseconds that stopping takes at most, for requests and cards that are on their way; what is left goes out after
 * the next start. Whoever runs the process gives it ten seconds.
 */
const stopWithin = 7_000;

/** Milliseconds that the Playground takes to draw what was written in it. */
const questionDrawnWithin = 150;

/** In the Playground whoever acts as one person and then as another sits at the same screen. */
const playersScreen = personId('playground');

/** Builds the whole bot from its parts and starts it. Rejects, with nothing left running, when something is wrong. */
export async function start(config: Config, parts: StartParts = {}): Promise<Running> {
  const { clock = systemClock } = parts;
  const telemetry = await openTelemetry(config, clock, parts.log);
  const data = await openData(config, {
    clock,
    onCharge: telemetry.meter.charge,
    through: (store) => telemetry.watched(parts.through?.(store) ?? store),
  });
  try {
    await takeUpKeys(data.store, data.ring, data.marks);
    return await startOn(data, telemetry, config, parts);
  } catch (error) {
    await data.store.close();
    throw error;
  }
}

/** The server is the last part that can fail; what it would leave behind is the store alone. */
async function startOn(
  { region, sealer, store, process, held, audit, stored }: OpenData,
  { log, metrics, meter, tracing, onFault, onFaultOf }: Telemetry,
  config: Config,
  parts: StartParts,
): Promise<Running> {
  const clock = parts.clock ?? systemClock;
  const newId = (): string => crypto.randomUUID();
  const stopping = new AbortController();
  const { tenant, policy } = region.directory;
  const { referrals: settings } = region.settings;
  // Without a word about it nobody of another tenant is let in; local mode verifies nobody.
  const allowedTenants = config.local || config.allowedTenants.length > 0 ? config.allowedTenants : [tenant];
  const triage = { ...settings.triage, timeZone: policy.timeZone };

  const cases = homedReferrals(stored.referrals);
  const { directory, rebound } = await openDirectory({
    file: region.directory,
    directories: stored.directories,
    audit,
    clock,
    // Whoever left has no case any more, and the cards say who is there now.
    onMembersChanged(body) {
      background(() => referrals.sweep(tenant, body, 'changed'));
      background(() => checklists.attend(tenant, body));
      background(() => checklists.sweep(tenant, body, 'changed'));
    },
    onRebound,
  });

  const closed = directory.require(tenant).bodies.flatMap((body) => (body.closed ? [body.id] : []));
  if (closed.length > 0) log.warn({ closed }, 'not in the region file any more: their people finish what is open');

  const adapter = createTeamsAdapter(config);
  const sender = createTeamsSender(adapter.connectorFactory(config.BOT_ID ?? ''), connectorService, parts.answerWithin);
  const outbox = observedOutbox(
    createOutbox({
      sender: observedSender(sender, metrics, tracing),
      limits: createSendLimits({ clock }),
      clock,
      random: Math.random,
      onRetry: (code) => metrics.retry(code.replace('chat.', '')),
      stopping: stopping.signal,
    }),
  );

  const calendarOf = createCalendars();
  const sceneFor = createSceneFor(directory, calendarOf, triage, clock);
  const trimmer = createTrimmer<StoredReferral>(audit, logPartition);
  const conversations = createConversationService({
    store,
    directory,
    outbox,
    clock,
    newId,
    settle: (kind, key) => courier.settle(kind, key),
    held,
    onReachable: (body) => sweepAll(body, 'missing'),
    onReturned: (conversation) => {
      background(() => referrals.returned(tenant, conversation));
      background(() => checklists.returned(tenant, conversation));
    },
    background,
    announcedWithin: Temporal.Duration.from({ seconds: config.local ? 3 : 60 }),
    onJoinedAgain(body) {
      // The Playground forgets its messages when it is closed or reloaded; Teams never does.
      if (config.local) sweepAll(body, 'forgotten');
    },
  });
  const patiently = createPatience(clock, stopping.signal);
  const delivering = createCourier({
    outbox,
    addressBook: conversations,
    clock,
    process,
    newId,
    onError: (error, kind) => onFault(error, `courier.${kind}`),
    patiently,
  });
  // What is done for the chats is no part of the action that gave rise to it.
  const courier = {
    ...delivering,
    settle: (...what: Parameters<typeof delivering.settle>) => meter.aside(() => delivering.settle(...what)),
  };
  const homeParts = {
    chatOfBody: conversations.chatOfBody,
    settle: courier.settle,
    clock,
    newId,
    patiently,
  };
  const home = createHome(cases, homeParts);
  const referrals = createReferralService({
    store,
    sealer,
    directory,
    home,
    courier,
    audit,
    trimmer,
    counter: createReferenceCounter(store),
    policy: triage,
    clock,
    newId,
    screenOf: (person) => (config.played ? playersScreen : person),
    referrals: stored.referrals,
  });
  const intake = createIntakeService({ store, sealer, referrals, now: clock.now });
  // The Playground knows no personal views of a shared card, and says so under every card that offers them.
  const whoSees = config.local ? { ...conversations, teamsIds: async () => [] } : conversations;
  const linkTo = (conversation: string, message: string): string | null =>
    config.local ? null : messageLink(tenant, conversation, message);
  courier.register(
    referralDeliverable({
      referrals: stored.referrals,
      trimmer,
      audit,
      home,
      directory,
      conversations: whoSees,
      statistics: createStatisticsService(store),
      calendarOf,
      policy: { triage, reminders: settings.reminders },
      now: clock.now,
      linkTo,
    }),
  );

  const listTrimmer = createTrimmer<StoredChecklist>(audit, checklistLogPartition);
  const checklists = createChecklistService({
    ...stored,
    templates: readShippedLists(),
    sealer,
    directory,
    home: createHome(homedChecklists(stored.lists), homeParts),
    courier,
    audit,
    trimmer: listTrimmer,
    clock,
  });
  const listDelivery = {
    lists: stored.lists,
    trimmer: listTrimmer,
    audit,
    directory,
    calendarOf,
    now: clock.now,
    draw: createChecklistDraw({ directory, conversations: whoSees, clock, linkTo }),
  };
  courier.register(checklistDeliverable(listDelivery));
  courier.register(bellDeliverable(stored.bells, listDelivery));

  function sweepAll(body: BodyId, why: Sweep): void {
    background(() => referrals.sweep(tenant, body, why));
    background(() => checklists.sweep(tenant, body, why));
  }

  function onRebound(chats: readonly ConversationId[]): void {
    for (const chat of chats) {
      background(() => conversations.bound(tenant, chat));
      background(async () => {
        await referrals.vacate(tenant, chat);
        await checklists.vacate(tenant, chat);
        await directory.vacated(chat);
      });
    }
  }

  const pending = new Set<Promise<unknown>>();
  function background(work: () => Promise<unknown>): void {
    const guarded = meter
      .aside(work)
      .catch((error: unknown) => onFault(error, 'background'))
      .finally(() => pending.delete(guarded));
    pending.add(guarded);
  }

  const answers = createSharedAnswers(outbox, {
    now: clock.now,
    sleep: (milliseconds) => clock.sleep(milliseconds, stopping.signal),
  });
  const acting = config.local ? createActing() : null;
  const local = acting && createLocalPlay({ acting, directory, referrals, clock });
  const features = createFeatures(
    {
      directory,
      conversations,
      referrals,
      intake,
      checklists,
      answers,
      sceneFor,
      listSceneFor: createListSceneFor(directory, clock),
      clock,
      newId,
      background,
    },
    local ? [local] : [],
  );
  courier.register(chatDeliverable({ conversations, directory, offer: features.offer }));
  const turn = createTurn({
    actorOf: createActorOf({ directory, conversations, actingAs: acting && ((person) => acting.as(person)) }),
    directory,
    conversations,
    answers,
    features,
    commands: createCommands(features, directory),
    allowance: createAllowance(clock),
    background,
    onFault: (error) => onFault(error, 'turn'),
    acting: observedActing(metrics, meter, tracing),
    signed: local ? local.signed : (card) => card,
    async heed(work) {
      // The Playground draws what was written a moment after it has sent it, and a faster answer above it.
      if (config.played) background(() => systemClock.sleep(questionDrawnWithin).then(work));
      else await work();
    },
  });

  const unreadable = onceAWhile(clock, (paths: readonly string[], unsaid) =>
    log.warn({ part: 'endpoint', paths, unsaid }, 'not an activity'),
  );
  const sources = config.local ? [...settings.sources, localSource(config.DATA_DIR)] : settings.sources;
  const api = createIntakeApi({
    sources,
    tenant,
    directory,
    intake,
    clock,
  });
  const server = await startServer(
    {
      admit: config.local ? admitLocally : admitTokensOf(config.BOT_TOKEN_ISSUER ?? connectorService),
      request: (route, work) => correlated(newId().slice(0, 8), () => spanned(tracing, 'request', { route }, work)),
      messages: createMessagesEndpoint({
        verify: rememberVerified(
          sparingIssuer((authorization, activity) => adapter.verify(authorization, activity), clock),
          clock,
        ),
        allowedTenants: allowedTenants.map(tenantId),
        // A press goes under its verb, see `acting`.
        turn: (activity, correlation) =>
          spanned(tracing, 'turn', { activity: typeOf(activity) }, () =>
            meter.during(activity.type === 'message' ? 'message' : 'other', () => turn(activity, correlation)),
          ),
        localOnly: config.local,
        onUnreadable(paths) {
          metrics.unreadable();
          unreadable(paths);
        },
        onUnverifiable: onFaultOf('callers'),
      }),
      async referrals(request) {
        const answer = await meter.during('intake', () => api(request));
        metrics.intake(String(answer.status));
        return answer;
      },
      ready: createReadiness(store, clock, onFaultOf('readyz')),
      metrics: async () => ({
        contentType: metrics.contentType,
        text: await metrics.text(allWaiting(outbox.waiting(), courier.waiting())),
      }),
      onFault,
    },
    config.host,
    config.PORT,
  );

  const waker = createWaker({
    store,
    courier,
    clock,
    expiring: expiringKinds,
    onError: (error) => onFault(error, 'waker'),
  });
  const waking = waker.run(stopping.signal);
  const watching = store.exclusive ? Promise.resolve() : watchDirectory();
  onRebound(rebound);
  for (const { id } of directory.require(tenant).bodies) {
    sweepAll(id, 'missing');
    background(() => checklists.attend(tenant, id));
  }
  log.info({ port: server.port, store: config.STORE, mode: config.ANKARBOT_MODE }, 'ready');

  /** Other instances change the directory too. */
  async function watchDirectory(): Promise<void> {
    while (!stopping.signal.aborted) {
      await clock.sleep(5_000, stopping.signal);
      await directory.refresh().catch((error: unknown) => onFault(error, 'directory'));
    }
  }

  const settled = async (): Promise<void> => {
    // What runs in the background gives the courier work, so one is looked at after the other until both rest.
    do {
      await Promise.all(pending);
      await courier.idle();
    } while (pending.size > 0);
  };

  return {
    port: server.port,
    settled,
    async stop() {
      stopping.abort();
      const rest = Promise.all([server.close(), waking, watching]).then(settled);
      await Promise.race([rest, systemClock.sleep(stopWithin)]);
      await store.close();
      await tracing?.stop();
      log.info({}, 'stopped');
    },
  };
}

interface DataParts {
  clock?: Clock;
  /** Told the request units of every request to Azure Cosmos DB. */
  onCharge?: Meter['charge'];
  /** What stands between those who ask and the store. */
  through?: (store: Store) => Store;
  /** What may be made where it is absent. Default `everything`, for the bot; no tool makes keys. */
  make?: 'everything' | 'store' | 'nothing';
}

/** Kinds that show nothing anywhere and are removed when their alarm rings. */
const expiringKinds: ReadonlySet<string> = new Set(['intake']);

/**
 * The region and what is stored of it, with the keys that open it: for the bot, and for tools that read beside it. Writes
 * nothing.
 */
export async function openData(config: Config, parts: DataParts = {}) {
  const { clock = systemClock } = parts;
  const { region, ring, sealer, store } = await openUnchecked(config, parts);
  const marks = partitionOf(region.directory.tenant, 'keys');
  try {
    await checkKeys(store, sealer, marks);
  } catch (error) {
    await store.close();
    throw error;
  }
  const audit = createAuditService(store, (text) => sealer.fingerprint(text, 'audit').slice(0, chainHashLength));
  // A process that has the store to itself takes up what an earlier one held.
  const process = store.exclusive ? 'only' : crypto.randomUUID();
  const held = holding(process, clock.now);
  const stored = {
    referrals: referralAggregates(store, held),
    directories: directoryAggregates(store),
    lists: checklistAggregates(store, held),
    bells: bellAggregates(store, held),
  };
  return { region, ring, marks, sealer, store, process, held, audit, stored };
}

/** The same before anybody knows whether the keys belong to the store: a store that is empty stays so. */
export async function openUnchecked(config: Config, parts: DataParts = {}) {
  const { through = (store) => store, make = 'everything' } = parts;
  if (make !== 'nothing') makeFolder(config.DATA_DIR);
  const inFile = make === 'everything' ? loadOrCreateKeyFile : loadKeyFile;
  const ring = config.ring ?? inFile(join(config.DATA_DIR, 'data-keys'));
  return { region: config.region, ring, sealer: createSealer(ring), store: through(await openStore(config, parts)) };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`DATA_DIR: set a folder in which this process may write; ${path} cannot be made`, { cause });
  }
}

type OpenData = Awaited<ReturnType<typeof openData>>;

/** 128 bits in base64url: nobody finds a second text for one, and every entry of every log carries one. */
const chainHashLength = 22;

/** Errors: `store.absent` (`file`) where it may not be made, and those of the store. */
export async function openStore(config: Config, parts: Omit<DataParts, 'through'> = {}): Promise<Store> {
  const { clock = systemClock, onCharge, make } = parts;
  if (config.STORE === 'sqlite') {
    const file = join(config.DATA_DIR, 'ankarbot.db');
    if (make === 'nothing' && !existsSync(file)) throw new AppError('store.absent', { file });
    return openSqliteStore(file);
  }
  const { openCosmosStore } = await importCosmos();
  return openCosmosStore({
    ...cosmosAccount(config),
    ...(make === 'nothing' && { provision: false }),
    expiring: { kinds: expiringKinds, now: clock.now },
    ...(onCharge && { onCharge }),
  });
}

/** Creates the database and the container of Cosmos DB when absent. Errors: `store.unavailable`. */
export async function provision(config: Config) {
  const { provisionCosmos } = await importCosmos();
  return provisionCosmos(cosmosAccount(config));
}

/** The Cosmos client is large, so only those who need it load it. */
const importCosmos = () => import('../src/storage/cosmos.ts');

const cosmosAccount = ({ COSMOS_ENDPOINT = '', COSMOS_KEY }: Config) => ({
  endpoint: COSMOS_ENDPOINT,
  ...(COSMOS_KEY && { key: COSMOS_KEY }),
});
