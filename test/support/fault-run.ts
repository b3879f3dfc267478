import { join } from 'node:path';
import { readConfig } from '../../bot/config.ts';
import { type Running, start } from '../../bot/main.ts';
import { isUnsettled } from '../../src/delivery/model.ts';
import { isOpen } from '../../src/referrals/standing.ts';
import type { StoredReferral } from '../../src/referrals/stored.ts';
import { bodyId, partitionOf, tenantId } from '../../src/shared/ids.ts';
import type { Store } from '../../src/storage/port.ts';
import { tenant } from './app.ts';
import type { CosmosServer } from './cosmos-server.ts';
import { failingStore, type StoreFate } from './failing-store.ts';
import { type FaultTeam, faultRegion, faultTeams, intakeKey } from './fault-region.ts';
import { hastyClock } from './hasty-clock.ts';
import { postReferral } from './intake.ts';
import { requestsUnderWay } from './requests-under-way.ts';
import { cardsOf, example, pressOn, sv, temporaryFolder } from './seed.ts';
import { cardOf } from './teams/cards.ts';
import { type Fault, isActivity, isFields, type Message, type TeamsUser } from './teams/world.ts';
import { startTeamsDouble } from './teams-double.ts';

export interface FaultRunOptions {
  teams: number;
  referrals: number;
  presses: number;
  seed: number;
  /** Parts of one. */
  teamsFail: number;
  storeFails: number;
  /** Further settings, such as another store. */
  environment?: Record<string, string>;
  /** Bots on the same store, started at the same moment; default one. */
  bots?: number;
  /** After so many presses the first of several bots dies; default never. */
  diesAfter?: number;
}

/** What came of it; the first three are empty when all is well. */
export interface FaultRunResult {
  /** Each a rule that was broken, in words. */
  broken: string[];
  violations: string[];
  /** What the bots logged as unexpected, other than the store's and Teams' failing. */
  faults: string[];
  referrals: number;
  presses: number;
  requests: number;
  requestsFailed: number;
  storeFailures: number;
  /** Cards and notices that came twice because Teams took them and its answer was lost. */
  repeats: number;
  /** Minutes on the bots' clock. */
  minutes: number;
}

/** The bot as the run sees it. */
interface Bot {
  dead: boolean;
  running: Running | null;
}

/** Minutes of the bots' clock after which all must have come to rest. */
const restWithin = 6 * 60;

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The whole bot, or several on one store, for many chats while Teams and the store fail at random and people press.
 * Then all comes to rest, and every chat is compared with what is stored.
 */
export async function faultRun(options: FaultRunOptions): Promise<FaultRunResult> {
  const random = randomOf(options.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(choices: readonly T[]): T => {
    const chosen = choices[below(choices.length)];
    if (chosen === undefined) throw new Error('There is nothing to choose from.');
    return chosen;
  };
  const wire = requestsUnderWay();
  let hanging = 0;
  const clock = hastyClock(() => wire.count > hanging);
  const startedAt = clock.now();
  const folder = temporaryFolder();
  const config = readConfig({
    ANKARBOT_MODE: 'local',
    PLAYGROUND: 'off',
    PORT: '0',
    DATA_DIR: join(folder.path, 'data'),
    REGION_FILE: faultRegion(folder.path, options.teams),
    LOG_LEVEL: 'silent',
    ...options.environment,
  });
  const broken: string[] = [];
  const faults: string[] = [];
  let failing = false;
  let storeFailures = 0;
  let requestsFailed = 0;
  const storeFate = (bot: Bot): StoreFate => {
    if (bot.dead) return 'before';
    if (!failing || random() >= options.storeFails) return 'ok';
    storeFailures += 1;
    return oneOf<StoreFate>(['before', 'after']);
  };

  const teams = await startTeamsDouble({ tenant, clock });
  for (const address of [teams.serviceUrl, options.environment?.COSMOS_ENDPOINT]) if (address) wire.to(address);
  const all = faultTeams(teams, options.teams);
  /** How often Teams took a message and lost its answer. */
  const lost = new Map<string, number>();
  teams.fail(({ method, path, body }) => {
    if (!failing || random() >= options.teamsFail) return undefined;
    requestsFailed += 1;
    const fault = oneOf<Fault>([
      { status: 429, retryAfter: 1 + below(3) },
      { status: 429 },
      { status: 412 },
      { status: 502 },
      { status: 503 },
      { status: 504 },
      'reset',
      'accept-then-reset',
      ...(random() < 0.2 ? (['hang'] as const) : []),
    ]);
    if (fault === 'hang') hanging += 1;
    const conversation = /^\/v3\/conversations\/([^/]+)\/activities/.exec(path)?.[1];
    const summary = isActivity(body) ? body.summary : undefined;
    if (fault === 'accept-then-reset' && method === 'POST' && conversation && summary) {
      const name = messageName(conversation, summary);
      lost.set(name, (lost.get(name) ?? 0) + 1);
    }
    return fault;
  });

  const lostOf = (conversation: string, reference: string): number =>
    [...lost].reduce(
      (sum, [name, times]) => (name.startsWith(conversation) && name.includes(reference) ? sum + times : sum),
      0,
    );

  const stores: Store[] = [];
  const expected = /"code":"(store|chat)\./;
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object) => {
      const line = JSON.stringify(fields);
      if (!expected.test(line)) faults.push(line);
    },
  };
  const bots: Bot[] = [];
  async function begin(): Promise<void> {
    const bot: Bot = { dead: false, running: null };
    bots.push(bot);
    bot.running = await start(config, {
      clock,
      answers: clock,
      log,
      through(store) {
        stores.push(store);
        return failingStore(store, () => storeFate(bot));
      },
    });
  }
  await Promise.all(Array.from({ length: options.bots ?? 1 }, begin));
  const urlOf = (): string => `http://127.0.0.1:${oneOf(bots.filter(({ dead }) => !dead)).running?.port}`;
  /**
   * Without its store a bot can send nothing and note nothing any more, as if it had been killed: only what was on its
   * way arrives.
   */
  function dieAtOnce(): void {
    const [first] = bots;
    if (!first || bots.length < 2) throw new Error('Nobody would be left.');
    first.dead = true;
    diedAt = clock.now();
  }
  let diedAt: Temporal.Instant | null = null;
  /** Messages that arrived when the bot died, of which nobody knows. */
  const unknown = (): number =>
    teams.requests.filter(
      ({ method, path, at, status }) =>
        method === 'POST' &&
        path.endsWith('/activities') &&
        status === 201 &&
        diedAt !== null &&
        Math.abs(at.since(diedAt).total('seconds')) < 1,
    ).length;

  const cases: { reference: string; team: FaultTeam }[] = [];
  /** What people are to be told once. */
  const told = new Set<string>();
  const asked = new Set<string>();
  /** What may have been overtaken before anybody was told: by a decision, or by the answer of whoever was asked. */
  const withdrawn = new Set<string>();
  let presses = 0;

  async function handInAll(): Promise<void> {
    for (let index = 0; index < options.referrals; index += 1) {
      const team = all[index % all.length] ?? oneOf(all);
      const idempotencyKey = `key-${index}`;
      for (;;) {
        const { status, body } = await postReferral(urlOf(), {
          authorization: `Bearer ${intakeKey}`,
          idempotencyKey,
          body: { ...example, municipality: team.municipality, urgency: index % 4 === 0 ? 'atOnce' : 'normal' },
        });
        if (status === 202) {
          cases.push({ reference: String(body.reference), team });
          break;
        }
        if (status !== 503) {
          broken.push(`a referral was answered with ${status}`);
          break;
        }
        await clock.sleep(500);
      }
      if (random() < 0.1) await clock.sleep(below(2_000));
    }
  }

  async function press(): Promise<void> {
    const { reference, team } = oneOf(cases);
    const user = oneOf(team.members);
    const message = cardsOf(team.chat, reference).at(-1);
    if (!message) return;
    teams.connectTo(`${urlOf()}/api/messages`);
    const colleague = oneOf(team.members);
    const asking = `${reference} ${colleague.id}`;
    const mayAsk = user !== colleague && !asked.has(asking);
    const [verb, inputs] = oneOf([
      ['referral.claim', {}],
      ['referral.release', {}],
      ['referral.assess', { worry: String(1 + below(4)), recommendation: 'accept' }],
      ['referral.assess', { worry: String(1 + below(4)), recommendation: 'discuss' }],
      ['referral.decide', { outcome: 'notTakenOn', reason: 'duplicate', alone: 'clearCase' }],
      ['referral.reopen', {}],
      ['referral.view', {}],
      ...(mayAsk ? ([['referral.ask', { person: colleague.aadObjectId }]] as const) : []),
    ] as const);
    if (verb === 'referral.ask') asked.add(asking);
    const answer = await pressOn(team.chat, user, reference, verb, inputs, message);
    presses += 1;
    if (answer.status !== 200 || !answer.card) broken.push(`${verb} was answered with ${answer.status}`);
    const stored = await referralOf({ reference, team });
    if (!stored) return;
    const isAsked = ({ aadObjectId }: TeamsUser): boolean => stored.asked.some(({ person }) => person === aadObjectId);
    const hasSaid = ({ aadObjectId }: TeamsUser): boolean => stored.assessments.some(({ by }) => by === aadObjectId);
    if (verb === 'referral.ask' && isAsked(colleague)) told.add(noticeName(colleague, 'asked', reference));
    for (const member of team.members) {
      const name = noticeName(member, 'asked', reference);
      if (told.has(name) && (!isOpen(stored) || !isAsked(member) || hasSaid(member))) withdrawn.add(name);
    }
  }

  const noticeName = (user: TeamsUser, kind: 'asked' | 'untaken', reference: string): string =>
    messageName(teams.personalChat(user).id, sv(`notice.${kind}.title`, { reference }));

  /** Half a working day later those whom nobody has taken are reminded of. */
  async function remindAll(): Promise<void> {
    clock.jump(2.1 * 3_600_000);
    for (const { reference, team } of cases) {
      const stored = await referralOf({ reference, team });
      if (stored?.urgency !== 'atOnce' || !stored.untakenSince || !isOpen(stored)) continue;
      for (const member of team.members) told.add(noticeName(member, 'untaken', reference));
    }
    await clock.sleep(120_000);
  }

  async function pressAll(): Promise<void> {
    while (cases.length === 0) await clock.sleep(100);
    while (presses < options.presses) {
      if (presses === options.diesAfter && diedAt === null) dieAtOnce();
      await press();
      await clock.sleep(below(400));
    }
  }

  const raw = (): Store => {
    const store = stores.at(-1);
    if (!store) throw new Error('No bot was started.');
    return store;
  };
  async function referralOf({ reference, team }: (typeof cases)[number]): Promise<StoredReferral | undefined> {
    const partition = partitionOf(tenantId(tenant), bodyId(`team:${team.municipality}`));
    return (await raw().get<StoredReferral>({ partition, id: reference }))?.data;
  }
  async function atRest(): Promise<void> {
    const until = clock.now().add({ minutes: restWithin });
    for (;;) {
      const unsettled: string[] = [];
      for (const one of cases) {
        const delivery = (await referralOf(one))?.delivery;
        // Where somebody had left a form open, the old card becomes a line only minutes later.
        const several = delivery?.placements.length !== 1;
        if (several || isUnsettled(delivery, clock.now())) unsettled.push(one.reference);
      }
      if (unsettled.length === 0) return;
      if (Temporal.Instant.compare(clock.now(), until) > 0) {
        broken.push(`never at rest: ${unsettled.join()}`);
        return;
      }
      await clock.sleep(10_000);
    }
  }

  /** Compares each case's cards with what is stored, and presses each card that came twice. */
  async function compare(): Promise<number> {
    let repeats = 0;
    let unexplained = 0;
    for (const { reference, team } of cases) {
      const cards = cardsOf(team.chat, reference);
      const allowed = lostOf(team.chat.id, reference);
      if (cards.length === 0) broken.push(`${reference} stands nowhere`);
      unexplained += Math.max(0, cards.length - 1 - allowed);
      if (cards.length > 1 + allowed && diedAt === null)
        broken.push(`${reference} has ${cards.length} cards, ${allowed} answers were lost`);
      repeats += Math.max(0, cards.length - 1);
      const delivery = (await referralOf({ reference, team }))?.delivery;
      const live = new Set(delivery?.placements.map(({ activityId }) => activityId));
      const orphans = cards.filter(({ id }) => !live.has(id));
      const current = cards.find(({ id }) => live.has(id));
      teams.connectTo(`${urlOf()}/api/messages`);
      const leader = team.members[0] ?? oneOf(team.members);
      for (const orphan of orphans) await pressOn(team.chat, leader, reference, 'referral.view', {}, orphan);
      if (!current) {
        broken.push(`${reference} has no card that is known`);
        continue;
      }
      const view = await pressOn(team.chat, leader, reference, 'referral.view', {}, current);
      if (!sameBody(view.card, current)) broken.push(`${reference} does not show the newest state`);
    }
    const summaries = new Map<string, number>();
    for (const user of all.flatMap(({ members }) => members)) {
      const { id, messages } = teams.personalChat(user);
      for (const { activity } of messages) {
        const name = messageName(id, activity.summary ?? '');
        summaries.set(name, (summaries.get(name) ?? 0) + 1);
      }
    }
    for (const name of told) if (!summaries.has(name) && !withdrawn.has(name)) broken.push(`never said: ${name}`);
    for (const [name, times] of summaries) {
      const allowed = lost.get(name) ?? 0;
      unexplained += Math.max(0, times - 1 - allowed);
      if (times > 1 + allowed && diedAt === null) broken.push(`said ${times} times, ${allowed} answers lost: ${name}`);
      repeats += times - 1;
    }
    if (unexplained > unknown()) broken.push(`${unexplained} came twice, ${unknown()} were on their way at the death`);
    return repeats;
  }

  try {
    for (const { chat, members } of all) {
      teams.connectTo(`${urlOf()}/api/messages`);
      await chat.installBot(members[0] ?? oneOf(members));
    }
    failing = true;
    await Promise.all([handInAll(), pressAll()]);
    await atRest();
    await remindAll();
    await atRest();
    failing = false;
    const minutes = startedAt.until(clock.now()).total('minutes');
    const repeats = await compare();
    await atRest();
    for (const { reference, team } of cases) {
      const cards = cardsOf(team.chat, reference).length;
      if (cards !== 1) broken.push(`${reference} has ${cards} cards after each was pressed`);
    }
    return {
      broken,
      faults,
      violations: teams.violations.map((violation) => JSON.stringify(violation)),
      referrals: cases.length,
      presses,
      requests: teams.requests.length,
      requestsFailed,
      storeFailures,
      repeats,
      minutes: Math.round(minutes),
    };
  } finally {
    failing = false;
    await Promise.all(bots.map(({ running }) => running?.stop()));
    clock.stop();
    wire.close();
    await teams.close();
    folder.remove();
  }
}

/** Settings of bots that share a database. */
export function onCosmos({ endpoint, key }: CosmosServer): Record<string, string> {
  const dataKey = Buffer.alloc(32, 1).toString('base64');
  return { STORE: 'cosmos', COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key, DATA_KEYS: `k1:${dataKey}` };
}

const messageName = (conversation: string, summary: string): string => `${conversation} ${summary}`;

function sameBody(card: unknown, { activity }: Message): boolean {
  const shown = cardOf(activity);
  // Whoever looks reads how long it has waited at this very moment; the shared card tells it from time to time.
  const lasting = (body: unknown): string => JSON.stringify(body ?? null).replace(/ · väntat [^"·]+/g, '');
  return isFields(card) && lasting(card.body) === lasting(shown?.body);
}
