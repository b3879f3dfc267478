import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp, tenant } from '../support/app.ts';
import { allVerbs } from '../support/features.ts';
import { changedAtRandom } from '../support/hostile.ts';
import { postReferral, referralBody, regionWithSources } from '../support/intake.ts';
import { botId, production, startIssuer } from '../support/issuer.ts';
import { textOf, textsOf } from '../support/teams/cards.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const authorization = 'Bearer nyckel';
const elsewhere = 'b0000000-0000-4000-8000-000000000001';

describe('hostile input', () => {
  let folder: string;
  let app: App;
  let reference: string;
  let card: Message;
  let stranger: TeamsUser;
  let logged: string[];

  const send = async (
    body: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  /** A press as Teams sends it. */
  const pressing = (verb: string, data: unknown, changes: Fields = {}): Fields => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    id: `f:${crypto.randomUUID()}`,
    serviceUrl: app.teams.serviceUrl,
    from: { id: '29:petri', name: 'Petri Aaltonen', aadObjectId: objectId('21') },
    recipient: { id: app.teams.botId, name: 'Ankarboten' },
    conversation: { id: app.chat.id, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    replyToId: card.id,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...changes,
  });
  const sendJson = (activity: unknown): Promise<{ status: number; text: string }> => send(JSON.stringify(activity));
  /** What of the case and the team can be seen, in one text. */
  const seen = async (): Promise<string> => {
    const look = async (verb: string, data: Fields): Promise<unknown> =>
      (await app.chat.pressOld(app.people.sofia, { verb, data }, card)).card;
    return JSON.stringify([
      await look('referral.view', { id: reference }),
      await look('referral.list', {}),
      await look('team.view', {}),
    ]);
  };
  const aNormalPressWorks = async (): Promise<void> => {
    const answer = await app.chat.press(app.people.petri, card, 'referral.claim');
    expect(answer.status).to.equal(200);
    expect(textsOf(answer.card)).to.include(sv('referral.state.taken', { name: 'Petri Aaltonen' }));
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-hostile-'));
    const REGION_FILE = regionWithSources(folder, [{ name: 'skolan', key: 'nyckel', perMinute: 100_000 }]);
    logged = [];
    const log = (fields: object, message: string): void => void logged.push(JSON.stringify({ ...fields, message }));
    app = await startTestApp({
      dataDir: folder,
      environment: { REGION_FILE },
      log: { info: log, warn: log, error: log },
    });
    stranger = app.teams.addUser({ name: 'Okänd Främling', aadObjectId: objectId('98') });
    await app.chat.installBot(app.people.maria);
    const { body } = await postReferral(app.url, { authorization });
    reference = String(body.reference);
    card = await app.chat.waitFor(() => app.chat.messages.find(({ activity }) => textOf(activity).includes(reference)));
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('an activity that is none', () => {
    it('is refused with 400, whatever it is', async () => {
      const before = await seen();
      const good = pressing('referral.claim', { id: reference });
      const without = (...fields: string[]): Fields =>
        Object.fromEntries(Object.entries(good).filter(([field]) => !fields.includes(field)));
      const bad: unknown[] = [
        ...[null, [], [good], 'x', 7, true, {}],
        ...['type', 'from', 'recipient', 'conversation', 'serviceUrl', 'channelId'].map((field) => without(field)),
        ...['type', 'from', 'recipient', 'conversation', 'serviceUrl', 'channelData', 'text'].flatMap((field) =>
          [7, [], 'x'.repeat(2_001)].map((value) => ({ ...good, [field]: field === 'text' ? 7 : value })),
        ),
        { ...good, from: { id: 7 } },
        { ...good, from: { id: '' } },
        { ...good, from: { ...(good.from as Fields), aadObjectId: { $ne: null } } },
        { ...good, conversation: { id: ['x'] } },
        ...['from', 'recipient', 'conversation'].map((field) => ({ ...good, [field]: { id: 'half a \ud83d' } })),
        { ...good, conversation: { id: 'x'.repeat(1_001) } },
        { ...good, membersAdded: [null] },
      ];
      for (const activity of bad) {
        const { status } = await sendJson(activity);
        expect(status, JSON.stringify(activity).slice(0, 200)).to.equal(400);
      }
      expect(await seen()).to.equal(before);
    });

    it('is counted, and logged once by the paths of its fields and nothing that was sent', async () => {
      const unreadable = async (): Promise<number> => {
        const metrics = await (await fetch(`${app.url}/metrics`)).text();
        return Number(/^ankarbot_unreadable_activities_total (\d+)$/m.exec(metrics)?.[1]);
      };
      expect(await unreadable()).to.equal(0);
      await sendJson({ ...pressing('referral.claim', {}), from: { id: ['Saga Påhittström'] }, text: 7 });
      await send('{"Saga Påhittström"');
      expect(await unreadable()).to.equal(2);
      expect(logged.filter((line) => line.includes('not an activity'))).to.deep.equal([
        JSON.stringify({ part: 'endpoint', paths: ['from.id', 'text'], unsaid: 0, message: 'not an activity' }),
      ]);
      expect(logged.join()).not.to.include('Påhittström');
    });

    it('is refused when it is not JSON, is empty, or is no text at all', async () => {
      for (const body of ['', ' ', '{', '{"type":', 'type=message', '\u0000', '<xml/>', '{"a":1}{"b":2}']) {
        expect((await send(body)).status, body).to.equal(400);
      }
      const response = await fetch(`${app.url}/api/messages`, {
        method: 'POST',
        body: new Uint8Array([0xff, 0xfe, 0x80]),
      });
      expect(response.status).to.equal(400);
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        expect((await fetch(`${app.url}/api/messages`, { method })).status, method).to.be.within(400, 499);
      }
      await aNormalPressWorks();
    });

    it('is refused with 413 when it is larger than any activity of Teams', async () => {
      const { status } = await sendJson({ ...pressing('referral.claim', {}), filler: 'x'.repeat(600_000) });
      expect(status).to.equal(413);
    });

    it('does no harm when it is nested a hundred thousand deep', async () => {
      const deep = (open: string, close: string): string => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
      const around = JSON.stringify(pressing('referral.claim', 'HERE'));
      for (const nested of [deep('[', ']'), deep('{"a":', '}').slice(0, 200_000)]) {
        expect((await send(nested)).status).to.be.within(400, 499);
        expect((await send(around.replace('"HERE"', nested))).status).to.be.below(500);
      }
      await aNormalPressWorks();
    });

    it('does not reach the prototype of objects', async () => {
      const evil = '{"__proto__":{"polluted":"yes","memberships":[{}]},"constructor":{"prototype":{"polluted":"yes"}}';
      const activity = JSON.stringify(pressing('referral.claim', 'DATA', { entities: 'ENTITIES' }))
        .replace('"DATA"', `${evil},"id":"__proto__"}`)
        .replace('"ENTITIES"', `${evil}}`);
      for (const body of [activity, `${activity.slice(0, -1)},"__proto__":{"polluted":"yes"}}`]) {
        expect((await send(body)).status).to.be.below(500);
      }
      expect(Reflect.get({}, 'polluted')).to.equal(undefined);
      for (const verb of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        expect((await sendJson(pressing(verb, {}))).text, verb).to.include(sv('errors.unknownVerb'));
      }
      await aNormalPressWorks();
    });
  });

  describe('a press', () => {
    it('of a button that does not exist is answered with what to do instead, and counted without its name', async () => {
      for (const verb of [
        '',
        'referral.explode',
        'referral',
        'REFERRAL.CLAIM',
        'Påhittström 131052-308T',
        'x'.repeat(300),
      ]) {
        const { status, text } = await sendJson(pressing(verb, { id: reference }));
        expect(status, verb).to.be.below(500);
        if (status === 200) expect(text).to.include(sv('errors.unknownVerb'));
      }
      const metrics = await (await fetch(`${app.url}/metrics`)).text();
      expect(metrics).not.to.match(/Påhittström|131052|explode/);
    });

    it('with data of the wrong kind is answered with a card, and changes nothing', async () => {
      const before = await seen();
      const wrong: unknown[] = [
        null,
        [],
        'x',
        7,
        { id: null },
        { id: 7 },
        { id: [reference] },
        { id: { toString: 'x' } },
        { id: 'x'.repeat(10_000) },
        { id: '../../etc/passwd' },
        { id: 'LOJ-0000-0000' },
        { id: `${reference}\u0000` },
        { id: reference, placement: 7 },
        {
          id: reference,
          person: { $ne: null },
          worry: 5,
          outcome: 'burned',
          reason: [],
          body: 7,
          page: 'x',
          formId: [],
        },
        { id: reference, person: 'nobody', worry: '9', recommendation: 'x', outcome: 'accepted', reason: 'nope' },
      ];
      const harmless = ['referral.claim', 'referral.bring', 'local.sampleReferral'];
      for (const verb of allVerbs.filter((each) => !harmless.includes(each))) {
        for (const data of wrong) {
          const { status, text } = await sendJson(pressing(verb, data));
          expect(status, `${verb} ${JSON.stringify(data).slice(0, 100)}`).to.equal(200);
          expect(text).not.to.include(sv('errors.unexpected', { correlation: '' }).slice(0, 30));
        }
      }
      for (const value of [null, {}, { action: null }, { action: [] }, { action: { verb: 7 } }, 'x', []]) {
        expect((await sendJson({ ...pressing('x', {}), value })).status, JSON.stringify(value)).to.equal(400);
      }
      expect(await seen()).to.equal(before);
      await aNormalPressWorks();
    });

    it('on a case that does not exist, or is another team’s, tells nothing of it and changes nothing', async () => {
      const { body } = await postReferral(app.url, { authorization, body: referralBody({ municipality: 'Hangö' }) });
      const theirs = String(body.reference);
      const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
      const personal = app.teams.personalChat(gunilla);
      const asTheySeeIt = async (): Promise<string> =>
        JSON.stringify((await personal.pressOld(gunilla, { verb: 'referral.view', data: { id: theirs } })).card);
      const before = await asTheySeeIt();
      const onACase = allVerbs.filter(
        (verb) => verb.startsWith('referral.') && !/form$|submit$|cancel$|list$/.test(verb),
      );
      const data = { worry: '3', recommendation: 'accept', outcome: 'accepted', reason: 'x', person: objectId('21') };
      for (const verb of onACase) {
        for (const id of [theirs, theirs.toLowerCase(), reference.replace(/\d{4}$/, '9999'), 'XXX-2026-0001', '']) {
          const { status, text } = await sendJson(pressing(verb, { ...data, id }));
          expect(status).to.equal(200);
          expect(text, `${verb} ${id}`).to.include(sv('errors.referral.notFound'));
        }
      }
      expect(await asTheySeeIt()).to.equal(before);
    });

    it('from another tenant, or of nobody in particular, is refused and changes nothing', async () => {
      const before = await seen();
      const { from, conversation } = pressing('', {}) as { from: Fields; conversation: Fields };
      const nobody = { id: from.id, name: from.name };
      const changes: readonly (readonly [Fields, string])[] = [
        [{ channelData: { tenant: { id: elsewhere } } }, sv('errors.directory.unknownTenant')],
        [
          { channelData: undefined, conversation: { ...conversation, tenantId: elsewhere } },
          sv('errors.directory.unknownTenant'),
        ],
        [
          { channelData: {}, conversation: { ...conversation, tenantId: undefined } },
          sv('errors.directory.unknownTenant'),
        ],
        [{ channelData: { tenant: { id: '__proto__' } } }, sv('errors.directory.unknownTenant')],
        [{ from: nobody }, sv('errors.directory.notAMember')],
        [{ from: { ...nobody, aadObjectId: '' } }, sv('errors.directory.notAMember')],
        [{ from: { ...nobody, aadObjectId: objectId('99') } }, sv('errors.directory.notAMember')],
        [{ from: { ...nobody, objectId: objectId('20') } }, sv('errors.directory.notAMember')],
      ];
      for (const [change, refusal] of changes) {
        for (const verb of allVerbs) {
          const { status, text } = await sendJson(pressing(verb, { id: reference }, change));
          expect(status).to.equal(200);
          expect(text, `${verb} ${JSON.stringify(change)}`)
            .to.include(refusal)
            .and.not.include(reference);
        }
        const said = await sendJson({ ...pressing('', {}), type: 'message', text: 'hänvisningar', ...change });
        expect(said.status).to.equal(200);
      }
      expect(await seen()).to.equal(before);
    });
  });

  it('answers an invoke that it does not know with a 4xx', async () => {
    for (const name of [
      undefined,
      '',
      'signin/verifyState',
      'fileConsent/invoke',
      'task/fetch',
      'composeExtension/query',
      'composeExtension/selectItem',
      'message/submitAction',
      'adaptiveCard/explode',
      'constructor',
    ]) {
      const { status } = await sendJson({ ...pressing('referral.claim', { id: reference }), name });
      expect(status, String(name)).to.be.within(400, 499);
    }
    for (const type of ['typing', 'messageReaction', 'event', 'endOfConversation', 'x']) {
      expect((await sendJson({ ...pressing('', {}), type })).status, type).to.equal(200);
    }
    await aNormalPressWorks();
  });

  it('follows no service URL of another machine in local mode', async () => {
    await app.bot.settled();
    const before = app.teams.requests.length;
    for (const serviceUrl of [
      'https://smba.trafficmanager.net/emea/',
      'http://evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://localhost@evil.example/',
      'http://localhost:1@evil.example/',
      'https://localhost.evil.example',
      'file://localhost/etc/passwd',
      'ftp://127.0.0.1/',
      'javascript:alert(1)',
      '//127.0.0.1',
      '',
      'x',
    ]) {
      const message = { ...pressing('', {}), type: 'message', text: '<at>Ankarboten</at> hjälp', serviceUrl };
      expect((await sendJson(message)).status, serviceUrl).to.equal(400);
      expect((await sendJson(pressing('referral.claim', { id: reference }, { serviceUrl }))).status).to.equal(400);
    }
    expect(app.teams.requests).to.have.length(before);
    await aNormalPressWorks();
  });

  it('survives activities that are changed at random, and a normal press still works', async () => {
    const before = await seen();
    const { id, aadObjectId, name } = stranger;
    const from = { id, name, aadObjectId };
    const bases: Fields[] = [
      pressing('referral.claim', { id: reference, placement: 'p' }, { from }),
      pressing('referral.decide', { id: reference, outcome: 'accepted', reason: 'x' }, { from }),
      { ...pressing('', {}), from, type: 'message', text: '<at>Ankarboten</at> hänvisningar' },
      { ...pressing('', {}), from, name: 'composeExtension/submitAction', value: { data: { formId: 'x', name: 'x' } } },
      { ...pressing('', {}), from, name: 'composeExtension/fetchTask', value: { messagePayload: { body: {} } } },
      { ...pressing('', {}), from, type: 'conversationUpdate', membersAdded: [{ id: '29:x', aadObjectId: 'x' }] },
      { ...pressing('', {}), from, type: 'installationUpdate', action: 'upgrade' },
    ];
    await fc.assert(
      fc.asyncProperty(changedAtRandom(bases), async (activity) => {
        // A bot that hears from Teams that it was removed believes it, so that is left out.
        if (JSON.stringify(activity.membersRemoved ?? '').includes(app.teams.botId)) return;
        const { status } = await sendJson(activity);
        expect(status).to.be.below(500);
      }),
      { numRuns: 300, seed: 20_261_123 },
    );
    expect(await seen()).to.equal(before);
    await aNormalPressWorks();
  });

  it('survives bodies of the HTTP intake that are made up at random, and stores none of them', async () => {
    const before = await seen();
    const field = fc.constantFrom(...Object.keys(referralBody()).filter((name) => name !== 'basis'), '__proto__', 'x');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), field, async (value, name) => {
        const { basis, ...lacking } = referralBody();
        expect(basis).to.equal('concern');
        const body = `${JSON.stringify(lacking).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(value)}}`;
        const either = await postReferral(app.url, { authorization, body: JSON.stringify(value) });
        const changed = await postReferral(app.url, { authorization, body });
        for (const { status } of [either, changed]) expect(status).to.equal(400);
      }),
      { numRuns: 300, seed: 20_261_123 },
    );
    expect(await seen()).to.equal(before);
  });
});

describe('hostile tokens, outside local mode', () => {
  let app: App;
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  const faults: object[] = [];

  before(async () => {
    issuer = await startIssuer();
    const log = { info: () => undefined, warn: () => undefined, error: (fields: object) => void faults.push(fields) };
    app = await startTestApp({ environment: { ...production, ...issuer.environment }, log });
  });
  after(async () => {
    await app.stop();
    await issuer.close();
  });

  const post = async (authorization: string, path = '/api/messages', body?: string): Promise<number> => {
    const activity = {
      type: 'message',
      channelId: 'msteams',
      serviceUrl: app.teams.serviceUrl,
      from: { id: '29:x', aadObjectId: objectId('20') },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:1', tenantId: tenant },
    };
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    const init = { method: 'POST', headers, body: body ?? JSON.stringify(activity) };
    return (await fetch(`${app.url}${path}`, init)).status;
  };
  const part = (value: string): string => Buffer.from(value).toString('base64url');
  /** Nobody is woken at night by what anyone can send. */
  const noFaults = async (): Promise<void> => {
    expect(faults).to.deep.equal([]);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).not.to.match(/ankarbot_faults_total{/);
  };

  it('are refused with 401 when they are no tokens, before the body is read', async () => {
    const header = part('{"alg":"RS256","typ":"JWT","kid":"1"}');
    for (const payload of ['not json', 'null', '[]', '"text"', '7', '', '{"iss":']) {
      const authorization = `Bearer ${header}.${part(payload)}.c2ln`;
      expect(await post(authorization), payload).to.equal(401);
      expect(await post(authorization, '/api/messages', '{'), payload).to.equal(401);
    }
    await noFaults();
  });

  it('are refused however the address is spelled, and a genuine one is taken', async () => {
    const genuine = `Bearer ${await issuer.token({ serviceurl: app.teams.serviceUrl })}`;
    for (const path of [
      '/api/messages',
      '/api/messages/',
      '/api/messages?x=1',
      '/api/messages/?x',
      '/api/%6Dessages',
    ]) {
      expect(await post('', path, '{'), path).to.equal(401);
      expect(await post(genuine, path), path).to.equal(200);
    }
    await noFaults();
  });

  it('are refused with 401 or 403, never with a fault, however they are forged', async () => {
    const genuine = await issuer.token({ serviceurl: app.teams.serviceUrl });
    const [genuineHeader = '', genuinePayload = '', signature = ''] = genuine.split('.');
    const iss = issuer.environment.BOT_TOKEN_ISSUER;
    const junk = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('RS256', 'none', 'HS256', 'JWT', 'k1', iss, botId, -1, 1e300, '__proto__'),
    );
    const issuers = fc.constantFrom<unknown>(
      iss,
      'https://api.botframework.com',
      'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
      'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
      [iss],
      null,
    );
    const someHeader = fc.record({ alg: junk, typ: junk, kid: junk, crit: junk }, { requiredKeys: [] });
    const somePayload = fc.record(
      { iss: issuers, aud: junk, exp: junk, nbf: junk, iat: junk, serviceurl: junk, ver: junk, appid: junk },
      { requiredKeys: [] },
    );
    const asPart = (value: unknown): string => part(JSON.stringify(value) ?? '');
    const header = fc.oneof(someHeader.map(asPart), junk.map(asPart), fc.constant(genuineHeader));
    const payload = fc.oneof(somePayload.map(asPart), junk.map(asPart), fc.base64String().map(part));
    const signed = fc.oneof(fc.constant(''), fc.constant(signature), fc.base64String().map(part));
    const scheme = fc.constantFrom('Bearer', 'bearer', 'Basic', '');
    const token = fc.oneof(
      fc.tuple(scheme, header, payload, signed).map(([word, ...parts]) => `${word} ${parts.join('.')}`),
      fc.constantFrom(`Bearer ${genuineHeader}.${genuinePayload}.`, `Bearer ${genuineHeader}.${genuinePayload}.AAAA`),
      fc.string({ unit: 'grapheme-ascii' }).map((text) => `Bearer ${text}`),
    );
    await fc.assert(
      fc.asyncProperty(token, async (authorization) => {
        expect(await post(authorization.trim()), authorization).to.be.oneOf([401, 403]);
      }),
      { numRuns: 500, seed: 20_261_123 },
    );
    await noFaults();
    expect(await post(`Bearer ${genuine}`), 'a genuine token').to.equal(200);
  });
});
