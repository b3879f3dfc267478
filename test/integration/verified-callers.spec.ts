import { expect } from 'chai';
import type { JWTPayload } from 'jose';
import { useFakeTimers } from 'sinon';
import { readConfig } from '../../bot/config.ts';
import type { Log } from '../../bot/log.ts';
import { connectorService, createTeamsAdapter } from '../../bot/teams/adapter.ts';
import { createTeamsSender } from '../../bot/teams/sender.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { conversationId, tenantId } from '../../src/shared/ids.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp, type TestAppOptions, tenant } from '../support/app.ts';
import { production, startIssuer } from '../support/issuer.ts';
import { startLoginDouble } from '../support/login-double.ts';
import { shiftingClock } from '../support/shifting-clock.ts';
import type { Fields } from '../support/teams/world.ts';
import { startTeamsDouble } from '../support/teams-double.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;
type Issuer = Awaited<ReturnType<typeof startIssuer>>;

describe('who may speak for Teams', () => {
  let issuer: Issuer;
  let app: App;

  const begin = async (
    environment: Record<string, string> = {},
    parts: Partial<TestAppOptions> = {},
  ): Promise<void> => {
    issuer = await startIssuer();
    app = await startTestApp({ environment: { ...production, ...issuer.environment, ...environment }, ...parts });
  };
  afterEach(async () => {
    await app.stop();
    await issuer.close();
  });

  const good = (): JWTPayload => ({ serviceurl: app.teams.serviceUrl });
  /** A press of `help.show` by the team's police officer, as Teams sends it. */
  const press = (changes: Fields = {}): Fields => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    id: `f:${crypto.randomUUID()}`,
    serviceUrl: app.teams.serviceUrl,
    from: { id: '29:petri', name: 'Petri Aaltonen', aadObjectId: objectId('21') },
    recipient: { id: app.teams.botId, name: 'Ankarboten' },
    conversation: { id: app.chat.id, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    value: { action: { type: 'Action.Execute', verb: 'help.show', data: {} }, trigger: 'manual' },
    ...changes,
  });
  const send = async (token: string | null, activity: Fields = press()): Promise<number> => {
    const response = await fetch(`${app.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(activity),
    });
    await response.text();
    return response.status;
  };

  describe('is told by the token alone:', () => {
    beforeEach(() => begin());

    it('a good one is let in', async () => {
      expect(await send(await issuer.token(good()))).to.equal(200);
    });

    const refused: Readonly<Record<string, () => Promise<string | null>>> = {
      'none at all': async () => null,
      'one for another bot': () => issuer.token(good(), { audience: 'another-bot' }),
      'one of another issuer': () => issuer.token(good(), { issuer: 'https://login.example' }),
      'an expired one': () => issuer.token(good(), { notBefore: '2h ago', expires: '1h ago' }),
      'one that is not valid yet': () => issuer.token(good(), { notBefore: '1h', expires: '2h' }),
      'one for another service URL': () => issuer.token({ serviceurl: 'https://elsewhere.example/' }),
      'one without a service URL': () => issuer.token({}),
      'one of a key that nobody published': () => issuer.token(good(), { kid: 'unknown' }),
      'one that somebody else signed under the name of the key': () => issuer.tokenOfAnother(good()),
      'one that is not signed (alg none)': async () => {
        const [, payload = ''] = (await issuer.token(good())).split('.');
        return `${Buffer.from('{"alg":"none","typ":"JWT","kid":"k1"}').toString('base64url')}.${payload}.`;
      },
      'one signed with the public key as a shared secret (HS256)': () => issuer.tokenSignedWithPublicKey(good()),
      'one whose claims were changed afterwards': async () => {
        const [header, , signature] = (await issuer.token(good(), { audience: 'another-bot' })).split('.');
        const [, payload] = (await issuer.token(good())).split('.');
        return `${header}.${payload}.${signature}`;
      },
    };
    for (const [what, token] of Object.entries(refused)) {
      it(`${what} is refused, also when it comes again`, async () => {
        const presented = await token();
        for (let times = 0; times < 2; times += 1) expect(await send(presented)).to.equal(401);
        expect(app.teams.requests, 'nothing is sent anywhere').to.have.length(0);
      });
    }

    it('one of a key that is not endorsed for Teams is refused', async () => {
      await issuer.rotate(['webchat']);
      expect(await send(await issuer.token(good()))).to.equal(401);
    });
  });

  it('is told in the same way to a bot with a managed identity, which has no password', async () => {
    await begin({ BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: '' });
    expect(await send(await issuer.token(good()))).to.equal(200);
    expect(await send(await issuer.token(good(), { audience: 'another-bot' }))).to.equal(401);
    expect(await send(await issuer.tokenOfAnother(good()))).to.equal(401);
    expect(await send(null)).to.equal(401);
  });

  describe('and what the token does not vouch for', () => {
    beforeEach(() => begin());

    it('is not believed: with the same token, cards are sent to no other host', async () => {
      const token = await issuer.token(good());
      expect(await send(token)).to.equal(200);
      const elsewhere = press({ serviceUrl: 'https://attacker.example/', type: 'message', text: 'help' });
      expect(await send(token, elsewhere)).to.equal(401);
      expect(await send(token, press({ channelId: 'webchat' }))).to.equal(400);
    });

    it('is not handled when it belongs to another tenant, or names two', async () => {
      const token = await issuer.token(good());
      const other = 'b0000000-0000-4000-8000-000000000001';
      const foreign = press({
        conversation: { id: app.chat.id, conversationType: 'groupChat', tenantId: other },
        channelData: { tenant: { id: other } },
      });
      const answer = await fetch(`${app.url}/api/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(foreign),
      });
      expect(await answer.text()).to.not.include('referral.form');
      await send(token, { ...foreign, type: 'message', text: 'help', channelData: { tenant: { id: tenant } } });
      await app.bot.settled();
      expect(app.teams.requests).to.have.length(0);
    });
  });

  for (const ALLOWED_TENANTS of [tenant, ''])
    it(`is refused at the door when the tenant is not ${ALLOWED_TENANTS ? 'among the allowed ones' : 'the region’s and none is named'}`, async () => {
      await begin({ ALLOWED_TENANTS });
      const token = await issuer.token(good());
      expect(await send(token)).to.equal(200);
      const other = 'b0000000-0000-4000-8000-000000000001';
      const conversation = { id: app.chat.id, conversationType: 'groupChat', tenantId: other };
      expect(await send(token, press({ conversation, channelData: { tenant: { id: other } } }))).to.equal(403);
      expect(await send(token, press({ conversation }))).to.equal(403);
    });

  describe('and a token that was verified', () => {
    beforeEach(() => begin());

    it('is remembered: neither a key server out of reach nor a change of keys matters to it', async () => {
      const token = await issuer.token(good());
      expect(await send(token)).to.equal(200);
      const asked = issuer.fetches();
      await issuer.rotate();
      issuer.reachable = false;
      for (let times = 0; times < 20; times += 1) expect(await send(token)).to.equal(200);
      expect(issuer.fetches()).to.equal(asked);
    });
  });

  it('is told by new keys, too, which are looked for every five minutes at the most', async () => {
    await begin();
    const time = useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      expect(await send(await issuer.token(good()))).to.equal(200);
      await issuer.rotate();
      const asked = issuer.fetches();
      for (let times = 0; times < 5; times += 1) expect(await send(await issuer.token(good()))).to.equal(401);
      expect(issuer.fetches(), 'whoever sends nonsense makes the bot ask nobody').to.equal(asked);
      time.tick(4 * 60_000);
      expect(await send(await issuer.token(good()))).to.equal(401);
      time.tick(2 * 60_000);
      expect(await send(await issuer.token(good()))).to.equal(200);
    } finally {
      time.restore();
    }
  });

  it('cannot be told while the issuer is out of reach, and can again afterwards', async () => {
    const clock = shiftingClock(Temporal.Now.instant());
    const faults: object[] = [];
    const log: Log = { info() {}, warn() {}, error: (fields) => faults.push(fields) };
    await begin({}, { clock, log });
    issuer.reachable = false;
    const asked = issuer.fetches();
    const forged = await issuer.tokenOfAnother(good());
    const statuses = await Promise.all(Array.from({ length: 100 }, () => send(forged)));
    expect(new Set(statuses), 'nothing can be verified').to.deep.equal(new Set([503]));
    expect(issuer.fetches() - asked, 'whoever sends nonsense makes the bot ask once').to.equal(1);
    expect(faults, 'and fills no log').to.have.lengthOf(1);
    expect(await (await fetch(`${app.url}/metrics`)).text()).to.include('ankarbot_faults_total{part="callers"} 100\n');
    issuer.reachable = true;
    clock.jump(clock.now().add({ seconds: 6 }));
    expect(await send(await issuer.token(good()))).to.equal(200);
  });
});

describe('what is sent to Teams', () => {
  for (const named of [['BOT_OPENID_METADATA_URL', 'BOT_TOKEN_ISSUER'], ['BOT_TOKEN_ISSUER'], []]) {
    it(`carries a token that Microsoft gave the bot, with ${named.join(' and ') || 'neither address'} set`, async () => {
      const [issuer, login, teams] = await Promise.all([
        startIssuer(),
        startLoginDouble(),
        startTeamsDouble({ tenant }),
      ]);
      try {
        const given = Object.entries(issuer.environment).filter(([name]) => named.includes(name));
        // botbuilder keeps the tokens of a bot for the whole process.
        const BOT_ID = crypto.randomUUID();
        const adapter = createTeamsAdapter(readConfig({ ...production, BOT_ID, ...Object.fromEntries(given) }));
        const factory = adapter.connectorFactory(BOT_ID);
        const chat = teams.groupChat({ name: 'Lojo', installed: true, members: [] });
        const address = { tenant: tenantId(tenant), conversation: conversationId(chat.id), botId: teams.botId };
        await createTeamsSender(factory, connectorService, systemClock).rosterPage(
          { ...address, serviceUrl: teams.serviceUrl },
          null,
        );
        expect(teams.requests[0]?.headers.authorization).to.equal(`Bearer ${login.token}`);
        const { host, path, body } = login.asked.at(-1) ?? expect.fail('nobody was asked for a token');
        expect(host).to.equal('login.microsoftonline.com');
        expect(path).to.match(new RegExp(`^/${production.BOT_TENANT_ID}/oauth2/v2.0/token`));
        expect(new URLSearchParams(body).get('scope')).to.include('https://api.botframework.com/.default');
      } finally {
        await Promise.all([issuer.close(), login.close(), teams.close()]);
      }
    });
  }
});

describe('an activity that comes twice', () => {
  let app: App;
  beforeEach(async () => {
    app = await startTestApp();
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
  });
  afterEach(() => app.stop());

  it('changes nothing twice, and whoever presses is told so', async () => {
    const activity: Fields = {
      type: 'message',
      text: '<at>Ankarboten</at> hjälp',
      channelId: 'msteams',
      id: '1700000000001',
      serviceUrl: app.teams.serviceUrl,
      from: { id: '29:petri', name: 'Petri Aaltonen', aadObjectId: objectId('21') },
      recipient: { id: app.teams.botId, name: 'Ankarboten' },
      conversation: { id: app.chat.id, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
      channelData: { tenant: { id: tenant } },
    };
    const send = async (body: Fields): Promise<string> => {
      const response = await fetch(`${app.url}/api/messages`, { method: 'POST', body: JSON.stringify(body) });
      expect(response.status).to.equal(200);
      return response.text();
    };
    await Promise.all([send(activity), send(activity), send(activity)]);
    await send(activity);
    await app.bot.settled();
    expect(app.chat.messages).to.have.length(2);

    const press = {
      ...activity,
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: 'f:1',
      value: { action: { type: 'Action.Execute', verb: 'local.sampleReferral', data: {} }, trigger: 'manual' },
    };
    const answers = await Promise.all([send(press), send(press)]);
    expect(new Set(answers).size).to.equal(1);
    expect(await send(press)).to.include(textsFor('sv')('errors.repeated'));
    await app.bot.settled();
    expect(app.chat.text()).to.include('LOJ-').and.not.include('-0002');
  });
});
