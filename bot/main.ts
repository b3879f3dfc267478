import { createCalendarService } from '../src/calendar/service.ts';
import { chatDeliverable } from '../src/conversations/deliverable.ts';
import { createConversationService } from '../src/conversations/service.ts';
import { createCourier } from '../src/delivery/courier.ts';
import type { HomeParts } from '../src/delivery/home.ts';
import { createSendLimits } from '../src/delivery/limits.ts';
import type { LinkTo } from '../src/delivery/moved-card.ts';
import { createOutbox } from '../src/delivery/outbox.ts';
import { createPatience } from '../src/delivery/patience.ts';
import { createWaker } from '../src/delivery/waker.ts';
import { chatOf } from '../src/directory/model.ts';
import { openDirectory } from '../src/directory/service.ts';
import { createFilePasses } from '../src/documents/file-pass.ts';
import { createIntakeService } from '../src/referrals/intake.ts';
import { type Clock, systemClock } from '../src/shared/clock.ts';
import { type PersonId, personId, tenantId } from '../src/shared/ids.ts';
import { createStatisticsService } from '../src/statistics/service.ts';
import { createDocumentPasses } from '../src/steering/agenda/document-pass.ts';
import { takeUpKeys } from '../src/storage/key-check.ts';
import type { Store } from '../src/storage/port.ts';
import { admitLocally, admitTokensOf } from './admission.ts';
import { createAllowance } from './allowance.ts';
import { createChecklists } from './checklists.ts';
import type { Config } from './config.ts';
import { correlated } from './correlation.ts';
import { isExpiring, type OpenData, openData } from './data.ts';
import { makeFile } from './file-maker.ts';
import { createFilePrint } from './file-print.ts';
import { createCalendarApi } from './handlers/calendar-api.ts';
import { createCommands } from './handlers/commands.ts';
import { createFeatures } from './handlers/features.ts';
import { createFilesApi } from './handlers/files.ts';
import { createIntakeApi } from './handlers/intake-api.ts';
import {
  createAgendaSceneFor,
  createCalendars,
  createListSceneFor,
  createMeetingSceneFor,
  createSceneFor,
} from './handlers/scenes.ts';
import { createSharedAnswers } from './handlers/shared-answers.ts';
import { createActing } from './local/acting.ts';
import { localSource } from './local/source.ts';
import { createLocalPlay } from './local/verbs.ts';
import { type Log, onceAWhile } from './log.ts';
import { createMeetings, openOutlook } from './meetings.ts';
import { allWaiting, observedActing, observedOutbox, observedSender } from './observed.ts';
import { createReadiness } from './readiness.ts';
import { createReferrals } from './referrals.ts';
import { createAllRounds } from './rounds.ts';
import { createTerms } from './seats.ts';
import { calendarPath, filesPath, startServer } from './server.ts';
import { createSteering } from './steering.ts';
import { isPress, typeOf } from './teams/activity.ts';
import { actorOfPass, createActorOf, createTeamsLanguageOf } from './teams/actor.ts';
import { connectorService, createTeamsAdapter } from './teams/adapter.ts';
import { createMessagesEndpoint } from './teams/endpoint.ts';
import { messageLink } from './teams/links.ts';
import { rememberVerified } from './teams/remembered.ts';
import { type AnswerLimit, createTeamsSender } from './teams/sender.ts';
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
  /** When an answer of Teams counts as none; in a process that sends them in real time, whatever its clock says. */
  answers?: AnswerLimit;
  /** What stands between the bot and its store. */
  through?: (store: Store) => Store;
  /** Address of what stands in the place of Microsoft Graph. */
  graph?: string;
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

  const { directory, rebound, regrouped } = await openDirectory({
    file: region.directory,
    directories: stored.directories,
    audit,
    clock,
    // Whoever left has no case any more, and the cards say who is there now.
    onMembersChanged(changed) {
      rounds.redraw(changed);
      background(() => patiently(() => checklists.attend(tenant, changed.body)));
    },
    onRebound: (chats) => rounds.rebound(chats),
    background,
  });

  const closed = directory.require(tenant).bodies.flatMap((body) => (body.closed ? [body.id] : []));
  if (closed.length > 0) log.warn({ closed }, 'not in the region file any more: their people finish what is open');

  const adapter = createTeamsAdapter(config);
  const sender = createTeamsSender(
    adapter.connectorFactory(config.BOT_ID ?? ''),
    connectorService,
    parts.answers ?? systemClock,
  );
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
  const conversations = createConversationService({
    store,
    directory,
    outbox,
    clock,
    newId,
    settle: (kind, key) => courier.settle(kind, key),
    held,
    onReachable: (body) => rounds.sweep(body, 'missing'),
    onReturned: (conversation) => rounds.returned(conversation),
    background,
    announcedWithin: Temporal.Duration.from({ seconds: config.local ? 3 : 60 }),
    onJoinedAgain(body) {
      // The Playground forgets its messages when it is closed or reloaded; Teams never does.
      if (config.local) rounds.sweep(body, 'forgotten');
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
  const homeParts: HomeParts = {
    chatOfBody: conversations.chatOfBody,
    isChatOf: (of, body, conversation) => chatOf(directory.require(of), body) === conversation,
    isReachable: conversations.isReachable,
    settle: courier.settle,
    clock,
    newId,
    patiently,
    screenOf: (person) => (config.played ? playersScreen : person),
  };
  // The Playground knows no personal views of a shared card, and says so under every card that offers them.
  const whoSees = config.played ? { ...conversations, teamsIds: async () => [] } : conversations;
  const linkTo: LinkTo = (conversation, message) => (config.local ? null : messageLink(tenant, conversation, message));
  const ofFeature = {
    store,
    sealer,
    audit,
    stored,
    directory,
    conversations: whoSees,
    courier,
    homeParts,
    calendarOf,
    clock,
    newId,
    linkTo,
  };
  const { home: caseHome, service: referrals } = createReferrals({
    ...ofFeature,
    policy: { triage, reminders: settings.reminders },
  });
  const intake = createIntakeService({ store, sealer, referrals, now: clock.now });
  const { home: listHome, service: checklists } = createChecklists(ofFeature);
  const {
    home: meetingHome,
    service: meetings,
    cadences,
  } = createMeetings({
    ...ofFeature,
    referrals,
    policy: region.settings.meetings,
    outlook: await openOutlook(config, { clock, sealer, onRefused: onFaultOf('graph'), api: parts.graph }),
    tellAgenda: (of, body) => steering.attend(of, body),
  });
  const { home: agendaHome, service: steering } = createSteering({
    ...ofFeature,
    meetings,
    sources: { statistics: createStatisticsService(store), checklists, rhythmsOf: cadences.of },
    policy: region.settings.agendas,
  });

  const terms = createTerms(ofFeature);

  const homes = [caseHome, listHome, meetingHome, agendaHome];
  const rounds = createAllRounds({ homes, tenant, directory, conversations, patiently, background });

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
  const passes = createFilePasses(sealer, clock);
  const reachedAt = (): string => (config.local ? `http://localhost:${server.port}` : `https://${config.APP_DOMAIN}`);
  const listSceneFor = createListSceneFor(directory, clock);
  const meetingSceneFor = createMeetingSceneFor(directory, calendarOf, clock);
  const calendar = createCalendarService({ store, sealer, clock, newId });
  const features = createFeatures(
    {
      directory,
      conversations,
      referrals,
      intake,
      checklists,
      meetings,
      cadences,
      steering,
      minutes: steering.minutes,
      answers,
      sceneFor,
      listSceneFor,
      meetingSceneFor,
      agendaSceneFor: createAgendaSceneFor(directory, region.settings.agendas, clock),
      meetingPolicy: region.settings.meetings,
      filePrint: createFilePrint({ loopback: config.local }),
      documentPasses: createDocumentPasses(sealer, clock),
      fileLink: (pass) => `${reachedAt()}${filesPath}${passes.issue(pass)}`,
      calendar,
      calendarOf,
      calendarLink: (token) => `${reachedAt()}${calendarPath}${token}.ics`,
      clock,
      newId,
      background,
    },
    local ? [local] : [],
  );
  courier.register(chatDeliverable({ conversations, directory, offer: features.offer }));
  const teamsLanguageOf = createTeamsLanguageOf(config);
  const actingAs = acting && ((person: PersonId) => acting.as(person));
  const turn = createTurn({
    actorOf: createActorOf({ directory, conversations, actingAs, teamsLanguageOf }),
    teamsLanguageOf,
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
  const files = createFilesApi({
    passes,
    actorOf: (pass) => actorOfPass(directory, pass),
    checklists,
    listSceneFor,
    meetings,
    meetingSceneFor,
    minutes: steering.minutes,
    make: makeFile,
    clock,
    onFault: (error) => onFault(error, 'files'),
  });
  const calendars = createCalendarApi({
    calendar,
    meetings,
    actorOf: (of) => actorOfPass(directory, of),
    directory,
    calendarOf,
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
        turn: (activity, correlation) =>
          spanned(tracing, 'turn', { activity: typeOf(activity) }, () =>
            // A press goes under its verb, see `acting`.
            isPress(activity)
              ? turn(activity, correlation)
              : meter.during(activity.type === 'message' ? 'message' : 'other', () => turn(activity, correlation)),
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
      async files(token) {
        const answer = await meter.during('file', () => files(token));
        metrics.file(String(answer.status));
        return answer;
      },
      async calendar(token) {
        const answer = await meter.during('calendar', () => calendars(token));
        metrics.calendar(String(answer.status));
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
    isExpiring,
    onError: (error) => onFault(error, 'waker'),
  });
  const waking = waker.run(stopping.signal);
  const watching = store.exclusive ? Promise.resolve() : watchDirectory();
  rounds.rebound(rebound);
  for (const { id } of directory.require(tenant).bodies) {
    const changed = regrouped.find(({ body }) => body === id);
    if (changed) rounds.redraw(changed);
    else rounds.sweep(id, 'missing');
    background(() => patiently(() => checklists.attend(tenant, id)));
  }
  background(() => patiently(() => cadences.watch(tenant)));
  background(() => patiently(() => terms.watch(tenant)));
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
