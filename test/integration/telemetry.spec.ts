import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { teamPartition } from '../../src/referrals/stored.ts';
import { tenantId } from '../../src/shared/ids.ts';
import { openSqliteStore } from '../../src/storage/sqlite.ts';
import { lojoChatId, objectId, tenant } from '../support/app.ts';
import { attributeOf, startCollector } from '../support/collector.ts';
import { allVerbs } from '../support/features.ts';
import { type BotProcess, startProcessApp } from '../support/process-app.ts';
import { answered, handIn, pressOn, shown, temporaryFolder } from '../support/seed.ts';
import { type Fields, isFields } from '../support/teams/world.ts';

/** Made-up words that callers send wherever they can. */
const hostile = 'Zyxwella-010112A123X';
const words = ['Zyxwella', '010112A123X'];

/** Everything that a label of `/metrics` may say. Node's own are names of its parts. */
const labels: Readonly<Record<string, RegExp | readonly string[]>> = {
  verb: [...allVerbs, 'unknown'],
  outcome: /^(?:done|refused|failed|sent|throttled|unavailable|messageLost|gone|rejected|fault|\d{3})$/,
  kind: /^(?:post|update|open|roster|major|minor|incremental|weakcb)$/,
  reason: ['throttled', 'unavailable', 'rejected'],
  part: /^(?:turn|callers|store|background|intake|messages|referrals|files|calendar|graph|readyz|metrics|waker|directory|tracing|courier\.(?:referral|meeting|conversation))$/,
  operation: ['get', 'create', 'replace', 'remove', 'query', 'count', 'due'],
  action: [...allVerbs, 'unknown', 'message', 'other', 'intake', 'file', 'calendar', 'none'],
  le: /^(?:\d+(?:\.\d+)?|\+Inf)$/,
  space: /^[a-z_]+$/,
  type: /^[A-Za-z]+$/,
  version: /^v\d+\.\d+\.\d+$/,
  major: /^\d+$/,
  minor: /^\d+$/,
  patch: /^\d+$/,
};

describe('the bot seen from outside', () => {
  let app: Awaited<ReturnType<typeof startProcessApp>>;
  let bot: BotProcess;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let reference: string;
  let metrics: string;

  const invoke = (verb: string, data: Fields, changes: Fields = {}): Fields => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    id: crypto.randomUUID(),
    serviceUrl: app.teams.serviceUrl,
    from: { id: '29:maria', name: hostile, aadObjectId: objectId('20') },
    recipient: { id: app.teams.botId, name: hostile },
    conversation: { id: lojoChatId, conversationType: 'groupChat', isGroup: true, tenantId: tenant, name: hostile },
    channelData: { tenant: { id: tenant } },
    value: { action: { type: 'Action.Execute', verb, data } },
    ...changes,
  });
  const send = (body: Fields, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${bot.url}/api/messages`, { method: 'POST', body: JSON.stringify(body), headers });
  const linesOf = (id: string): Fields[] =>
    bot
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): unknown => JSON.parse(line))
      .filter((line) => isFields(line))
      .filter(({ correlation }) => correlation === id);
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);

  before(async () => {
    collector = await startCollector();
    app = await startProcessApp(4, { LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    bot = await app.start();
    await app.chat.installBot(app.maria);
    reference = await handIn({ ...app, url: bot.url });
    await shown(app.chat, reference);

    await pressOn(app.chat, app.maria, reference, 'referral.claim');
    await pressOn(app.chat, app.experts[0] ?? app.maria, reference, 'referral.claim');
    // Names of theirs wherever one goes.
    await send(invoke(hostile, { id: hostile }));
    await send(invoke('__proto__', { id: hostile }));
    await send(invoke('referral.claim', { id: hostile, [hostile]: hostile }));
    await send(invoke('referral.claim', { id: reference }, { name: hostile }));
    await send({ ...invoke('referral.claim', {}), type: hostile, text: hostile });
    await send({ type: hostile });
    await app.chat.say(app.maria, `${hostile} hänvisningar`);
    await fetch(`${bot.url}/${hostile}?${hostile}`);
    await fetch(`${bot.url}/files/${hostile}?${hostile}`);
    await fetch(`${bot.url}/api/referrals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hostile}`, 'x-request-id': hostile, traceparent: hostile },
      body: hostile,
    });
    await app.chat.waitFor(() => app.chat.text().includes(reference));
    metrics = await (await fetch(`${bot.url}/metrics`)).text();
  });
  after(async () => {
    await app.close();
    await collector.close();
  });

  it('counts actions by verb and outcome, requests to Teams by kind and outcome, and how long they took', () => {
    // The colleague's take is refused on the case's own card, like that of a case that nobody has.
    expect(value('ankarbot_actions_total{verb="referral.claim",outcome="done"}')).to.equal(1);
    expect(value('ankarbot_actions_total{verb="referral.claim",outcome="refused"}')).to.equal(2);
    expect(value('ankarbot_actions_total{verb="unknown",outcome="refused"}')).to.equal(2);
    expect(value('ankarbot_action_seconds_count{verb="referral.claim"}')).to.be.at.least(3);
    expect(value('ankarbot_sends_total{kind="post",outcome="sent"}')).to.be.at.least(2);
    expect(value('ankarbot_send_seconds_count{kind="post"}')).to.be.at.least(2);
    expect(value('ankarbot_waiting_sends')).to.be.a('number').and.at.least(0);
    expect(value('ankarbot_oldest_waiting_seconds')).to.be.at.least(0);
  });

  it('says nothing in a label but what is on the list, whatever was sent', () => {
    const found = [...metrics.matchAll(/([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
    expect(found.length).to.be.greaterThan(50);
    const strange = found.filter(([, name = '', text = '']) => {
      const allowed = labels[name];
      return !(allowed instanceof RegExp ? allowed.test(text) : allowed?.includes(text));
    });
    expect([...new Set(strange.map(([label]) => label))]).to.deep.equal([]);
    for (const word of words) expect(metrics).to.not.include(word);
  });

  it('gives each request an id of its own, and takes over none that a caller sends', async () => {
    const theirs = { 'x-request-id': 'a1b2c3d4', traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` };
    const ids = new Set<string>();
    for (const headers of [{}, {}, theirs]) {
      const id = (await send(invoke('referral.view', { id: reference }), headers)).headers.get('x-request-id');
      expect(id)
        .to.match(/^[0-9a-f]{8}$/)
        .and.not.equal('a1b2c3d4');
      ids.add(String(id));
    }
    expect(ids.size).to.equal(3);
    const refused = await fetch(`${bot.url}/api/referrals`, { method: 'POST', body: '{}' });
    expect(refused.headers.get('x-request-id')).to.match(/^[0-9a-f]{8}$/);
  });

  it('finds by the id of a press what became of it later, when Teams did not take its card', async () => {
    const end = app.teams.fail(({ method }) => (method === 'PUT' ? { status: 400 } : undefined));
    const answer = await send(invoke('referral.release', { id: reference }));
    const id = String(answer.headers.get('x-request-id'));
    await until(() => linesOf(id).length > 0);
    end();
    expect(linesOf(id).map(({ part }) => part)).to.include('courier.referral');
  });

  it('traces a press from the request over turn and action to the store and the message', async () => {
    const answer = await send(invoke('referral.claim', { id: reference }));
    const id = String(answer.headers.get('x-request-id'));
    const of = (name: string) =>
      collector.spans.filter((span) => span.name === name && attributeOf(span, 'correlation') === id);
    await until(() => of('send').length > 0 && of('request').length > 0);
    const [request] = of('request');
    const [turn] = of('turn');
    const [action] = of('action');
    expect(request?.parentSpanId ?? '').to.equal('');
    expect(turn?.parentSpanId).to.equal(request?.spanId);
    expect(action?.parentSpanId).to.equal(turn?.spanId);
    expect(of('store').map(({ parentSpanId }) => parentSpanId)).to.include(action?.spanId);
    const all = ['request', 'turn', 'action', 'store', 'send'].flatMap(of);
    expect(new Set(all.map(({ traceId }) => traceId))).to.have.lengthOf(1);
    expect([
      attributeOf(request ?? { attributes: [] }, 'route'),
      attributeOf(action ?? { attributes: [] }, 'verb'),
    ]).to.deep.equal(['messages', 'referral.claim']);
  });

  it('says in a trace nothing but words of its own', () => {
    const allowed: Readonly<Record<string, RegExp>> = {
      route: /^(?:messages|referrals|files|metrics)$/,
      activity: /^(?:message|invoke|conversationUpdate|installationUpdate|other)$/,
      verb: new RegExp(`^(?:${labels.verb instanceof RegExp ? '' : labels.verb?.join('|')})$`),
      kind: /^(?:post|update|open|roster|[a-zA-Z]+)$/,
      operation: /^(?:get|create|replace|remove|query|count|due)$/,
      error: /^[A-Za-z.]+$/,
      correlation: /^[0-9a-f]{0,8}$/,
    };
    expect(collector.spans.length).to.be.greaterThan(20);
    for (const span of collector.spans) {
      for (const { key } of span.attributes) expect(attributeOf(span, key), key).to.match(allowed[key] ?? /^never$/);
      expect(span.events).to.deep.equal([]);
      expect(span.status?.message ?? '').to.equal('');
    }
    const sent = collector.bodies.join('\n');
    const people = [app.maria, ...app.experts].flatMap(({ id, aadObjectId, name }) => [id, aadObjectId, name]);
    for (const word of [...words, ...people, reference, lojoChatId, tenant]) expect(sent).to.not.include(word);
  });

  it('says in the log nothing of what was sent, and an apology leads to the line of its fault', async () => {
    for (const word of words) expect(bot.output()).to.not.include(word);
    await bot.interrupt();
    const store = openSqliteStore(join(app.dataDir, 'ankarbot.db'));
    const key = { partition: teamPartition(tenantId(tenant), 'team:lojo'), id: reference };
    const document = (await store.get<object>(key)) ?? expect.fail('the case is there');
    await store.replace({ ...document, wakeAt: null, data: { ...document.data, assessments: 7 } }, document.version);
    await store.close();
    bot = await app.start();
    const answer = await pressOn(app.chat, app.maria, reference, 'referral.view');
    const [, code = ''] = /kod ([0-9a-f]{8})/.exec(answered(answer)) ?? [];
    expect(code, answered(answer)).to.match(/^[0-9a-f]{8}$/);
    await until(() => linesOf(code).length > 0);
    expect(linesOf(code).map(({ part, msg }) => `${part}: ${msg}`)).to.include('turn: unexpected error');
  });
});

describe('traces that nobody asked for', () => {
  it('load nothing of OpenTelemetry', () => {
    const loaded = loadedByStart({});
    expect(loaded).to.include('/bot/main.ts');
    expect(loaded).to.not.match(/\/@opentelemetry\//);
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    expect(loadedByStart({ OTEL_EXPORTER_OTLP_ENDPOINT })).to.match(/@opentelemetry\/sdk-trace\//);
  });
});

describe('files that nobody asked for', () => {
  it('load nothing of what makes them', () => {
    expect(loadedByStart({})).to.not.match(
      /\/(?:docx|pdfkit|fontkit|csv-stringify|write-excel-file)\/|\/src\/documents\/(?:docx|pdf|csv|xlsx)\.ts/,
    );
  });
});

describe('what nobody here uses of a library', () => {
  it('is not loaded: plugins of restify, and what botbuilder has beside its core', () => {
    const loaded = loadedByStart({});
    expect(loaded).to.include('/restify/lib/server.js').and.to.include('/botbuilder-core/lib/index.js');
    expect(loaded).to.not.match(/\/restify\/lib\/plugins\/|\/botbuilder\/|\/botframework-streaming\//);
  });
});

/** Looks every now and then, since what is written or sent elsewhere tells nobody. */
async function until(look: () => boolean): Promise<void> {
  const end = performance.now() + 15_000;
  while (!look() && performance.now() < end) await sleep(50);
  expect(look()).to.equal(true);
}

/** The address of every module that a start and a stop of the bot loads. */
function loadedByStart(environment: Record<string, string>): string {
  const folder = temporaryFolder();
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { start } = await import('./bot/main.ts');
    const { readConfig } = await import('./bot/config.ts');
    await (await start(readConfig(process.env))).stop();
    process.stdout.write(loaded.join('\\n'), () => process.exit());`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: {
      ...{ PATH: process.env.PATH, ANKARBOT_MODE: 'local', PORT: '0', LOG_LEVEL: 'silent' },
      ...{ DATA_DIR: folder.path, ...environment },
    },
  });
  folder.remove();
  return stdout || expect.fail(stderr);
}
