import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import sinon from 'sinon';
import { readConfig } from '../../bot/config.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { allVerbs } from '../support/features.ts';
import { botId, production, startIssuer } from '../support/issuer.ts';
import { handIn, pressOn, shown, verbsOn } from '../support/seed.ts';
import { executeActions, textOf, textsOf } from '../support/teams/cards.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const localVerbs = allVerbs.filter((verb) => verb.startsWith('local.'));

/** The problems that the environment's error names, by variable. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name ?? '');
  }
}

describe('local mode', () => {
  describe('as the environment says it', () => {
    it('starts with nothing but its name, on this machine alone', () => {
      const config = readConfig({ ANKARBOT_MODE: 'local' });
      expect(config).to.include({ local: true, host: '127.0.0.1', PORT: 3978, STORE: 'sqlite' });
    });

    it('is refused on an address that others reach, and together with a bot id', () => {
      for (const HOST of ['0.0.0.0', '::', '192.168.1.10', 'ankarbot.example']) {
        expect(problemsOf({ ANKARBOT_MODE: 'local', HOST }), HOST).to.deep.equal(['HOST']);
      }
      for (const HOST of ['127.0.0.1', '::1', 'localhost']) {
        expect(problemsOf({ ANKARBOT_MODE: 'local', HOST }), HOST).to.deep.equal([]);
      }
      expect(problemsOf({ ANKARBOT_MODE: 'local', BOT_ID: botId, HOST: '0.0.0.0' })).to.have.members([
        'HOST',
        'BOT_ID',
      ]);
    });

    it('is not what an empty environment means: outside it nothing starts without bot id, keys and credentials', () => {
      const needed = ['BOT_ID', 'APP_DOMAIN', 'DATA_KEYS', 'BOT_TENANT_ID', 'BOT_PASSWORD'];
      expect(problemsOf({})).to.have.members(needed);
      expect(problemsOf({ BOT_ID: '', DATA_KEYS: ' ' })).to.have.members(needed);
      expect(problemsOf(production)).to.deep.equal([]);
      const { DATA_KEYS, ...keyless } = production;
      expect(DATA_KEYS).to.be.a('string');
      expect(problemsOf(keyless)).to.deep.equal(['DATA_KEYS']);
    });

    it('and everything else that is wrong is named at once', () => {
      expect(
        problemsOf({ ANKARBOT_MODE: 'lokal', PORT: '70000', STORE: 'paper', LOG_LEVEL: 'loud', PLAYGROUND: 'maybe' }),
      ).to.have.members(['ANKARBOT_MODE', 'PORT', 'STORE', 'LOG_LEVEL', 'PLAYGROUND']);
      expect(problemsOf({ ...production, STORE: 'cosmos' })).to.deep.equal(['COSMOS_ENDPOINT']);
    });

    it('refuses keys that are none, and repeats none of them', async () => {
      const DATA_DIR = mkdtempSync(join(tmpdir(), 'ankarbot-keys-'));
      try {
        const environment = { ...production, DATA_DIR, DATA_KEYS: 'k1:too-short-but-secret' };
        const error = await startTestApp({ dataDir: DATA_DIR, environment }).then(
          () => null,
          (reason: unknown) => String(reason),
        );
        expect(error)
          .to.match(/data keys/i)
          .and.not.include('too-short-but-secret');
      } finally {
        rmSync(DATA_DIR, { recursive: true, force: true });
      }
    });
  });

  describe('as people see it', () => {
    let app: App;

    beforeEach(async () => {
      app = await startTestApp({ environment: { PLAYGROUND: 'on' } });
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => app.chat.messages.length === 1);
    });
    afterEach(async () => {
      await app.stop();
    });

    const say = async (text: string): Promise<string> => {
      const before = app.chat.messages.length;
      await app.chat.say(app.people.maria, text);
      const message = await app.chat.waitFor(() => app.chat.messages[before], 5_000);
      return textOf(message.activity);
    };

    it('keeps its key file for its owner alone', () => {
      expect(statSync(join(app.dataDir, 'data-keys')).mode & 0o777).to.equal(0o600);
      expect(statSync(join(app.dataDir, 'intake-key')).mode & 0o777).to.equal(0o600);
    });

    it('goes on as any of the example people, in all three languages, and as oneself again', async () => {
      for (const phrase of ['agera som Petri', 'toimi kuin Petri', 'act as Petri']) {
        expect(await say(phrase), phrase).to.include('Petri Aaltonen');
        const team = await say('team');
        expect(team).to.include('Petri Aaltonen');
        const change = async (): Promise<string> =>
          JSON.stringify((await app.chat.press(app.people.maria, app.chat.last(), 'team.view')).card);
        expect(await change(), 'Petri does not lead the team').not.to.include('team.memberForm');
        await say('agera som mig själv');
        await say('team');
        expect(await change()).to.include('team.memberForm');
      }
    });

    it('says as whom one acts below every answer, refusals and forms too, and nothing when one is oneself', async () => {
      const { maria } = app.people;
      const line = sv('local.stillActing', { name: 'Kaisa Sandberg' });
      const pressed = async (verb: string): Promise<string[]> =>
        textsOf((await app.chat.pressOld(maria, { verb, data: {} })).card);
      expect(await say('hjälp')).not.to.include('agerar som');
      expect(await say('agera som Kaisa'), 'which says it already')
        .to.include('Kaisa')
        .and.not.include(line);
      expect(await say('hjälp')).to.include(line);
      expect(await say('hänvisningar'))
        .to.include(sv('errors.directory.notInATeam'))
        .and.include(line);
      for (const verb of ['help.show', 'referral.form', 'referral.list']) {
        expect(await pressed(verb), verb).to.include(line);
      }
      const { body } = await app.chat.messageAction(maria, 'newReferral', {});
      expect(JSON.stringify(body)).to.include(line);
      await say('agera som mig själv');
      expect(await say('hjälp')).not.to.include(line);
      expect(await pressed('help.show')).not.to.include(line);
    });

    it('offers in private what whoever one acts as can use', async () => {
      const { maria } = app.people;
      const personal = app.teams.personalChat(maria);
      const offered = async (verb: string): Promise<string[]> =>
        verbsOn((await personal.pressOld(maria, { verb, data: {} })).card ?? {});
      const petri = { verb: 'local.actAs', data: { person: objectId('21') } };
      const kaisa = { verb: 'local.actAs', data: { person: objectId('25') } };
      for (const verb of ['help.show', 'chat.welcome']) {
        await personal.pressOld(maria, petri);
        expect(await offered(verb), 'an expert leads nothing')
          .to.include('referral.list')
          .and.not.include('checklist.overview');
        await personal.pressOld(maria, kaisa);
        expect(await offered(verb), 'a manager has no cases')
          .to.include('checklist.overview')
          .and.not.include('referral.list');
      }
    });

    it('shows whom one can be, oneself too, when no name is given; and nobody else becomes of it', async () => {
      await say('agera som Petri');
      const choice = await say('agera som');
      expect(choice).to.include(sv('local.actAsLead')).and.include('Maria Lindqvist').and.include('Kaisa Sandberg');
      expect(await say('hjälp')).to.include(sv('local.stillActing', { name: 'Petri Aaltonen' }));
    });

    it('gives a case’s card that somebody of no team pressed back to the next as whom one acts', async () => {
      const { maria } = app.people;
      await app.chat.press(maria, app.chat.last(), 'local.sampleReferral');
      await app.chat.waitFor(() => app.chat.text().includes(sv('referral.actions.claim')));
      const card = app.chat.last();
      await say('agera som Kaisa');
      const refused = await app.chat.press(maria, card, 'referral.claim');
      expect(textsOf(refused.card)).to.include(sv('errors.referral.membersOnly'));
      await say('agera som Petri');
      await app.chat.press(maria, card, sv('actions.back'));
      const taken = await app.chat.press(maria, card, 'referral.claim');
      expect(textsOf(taken.card)).to.include(sv('referral.state.taken', { name: 'Petri Aaltonen' }));
    });

    it('answers what is written in the Playground after the Playground has heard that it was read', async () => {
      const before = app.chat.messages.length;
      const { answer } = await app.chat.say(app.people.maria, 'hjälp');
      expect(answer?.status).to.equal(200);
      expect(app.chat.messages).to.have.length(before);
      await app.chat.waitFor(() => app.chat.messages.length > before);
    });

    it('greets again, and shows what is open again, when the Playground is loaded anew within a minute', async () => {
      const { card } = await app.chat.press(app.people.maria, app.chat.last(), 'local.sampleReferral');
      const reference = /LOJ-\d{4}-0001/.exec(textsOf(card).join())?.[0] ?? 'none';
      await app.chat.waitFor(() => app.chat.text().includes(reference));
      const before = app.chat.messages.length;
      await new Promise((resolve) => setTimeout(resolve, 3_100));
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => app.chat.messages.length >= before + 2);
      const anew = app.chat.messages
        .slice(before)
        .map(({ activity }) => textOf(activity))
        .join();
      expect(anew).to.include(sv('welcome.title')).and.include(reference);
    });

    it('keeps from the police officer what social services wrote, and of the other fictional referrals nothing', async () => {
      const { maria } = app.people;
      const references: string[] = [];
      for (let count = 0; count < 4; count += 1) {
        const { card } = await app.chat.pressOld(maria, { verb: 'local.sampleReferral', data: {} });
        references.push(/LOJ-\d{4}-\d{4}/.exec(textsOf(card).join())?.[0] ?? 'none');
      }
      await app.chat.waitFor(() => references.every((reference) => app.chat.text().includes(reference)));
      await say('agera som Petri');
      const withheld = await Promise.all(
        references.map(async (id) => {
          const { card } = await app.chat.pressOld(maria, { verb: 'referral.details', data: { id } });
          return textsOf(card).includes(sv('referral.details.narrativeWithheld'));
        }),
      );
      expect(withheld).to.deep.equal([false, false, false, true]);
      await say('agera som mig själv');
    });

    it('hands in a fictional referral by the button of the greeting', async () => {
      const { card } = await app.chat.press(app.people.maria, app.chat.last(), 'local.sampleReferral');
      const reference = /LOJ-\d{4}-0001/.exec(textsOf(card).join())?.[0] ?? 'none';
      await app.chat.waitFor(() => app.chat.text().includes(reference));
    });
  });

  it('takes the Playground for one screen: what one left open there does not keep the card from the next', async () => {
    const app = await startTestApp({ environment: { PLAYGROUND: 'on' } });
    try {
      const { maria } = app.people;
      await app.chat.installBot(maria);
      const reference = await handIn(app);
      const { id } = await shown(app.chat, reference);
      await pressOn(app.chat, maria, reference, 'referral.details');
      await app.chat.pressOld(maria, { verb: 'local.actAs', data: { person: objectId('21') } });
      await pressOn(app.chat, maria, reference, 'referral.claim');
      const card = await shown(app.chat, reference, [sv('referral.state.taken', { name: app.people.petri.name })]);
      expect(card.id).to.equal(id);
    } finally {
      await app.stop();
    }
  });

  describe('is not there outside it:', () => {
    let app: App;
    let issuer: Awaited<ReturnType<typeof startIssuer>>;

    before(async () => {
      issuer = await startIssuer();
      app = await startTestApp({ environment: { ...production, ...issuer.environment } });
      const signed = async () => ({
        authorization: `Bearer ${await issuer.token({ serviceurl: app.teams.serviceUrl })}`,
      });
      app.teams.connectTo(`${app.url}/api/messages`, { headers: signed });
    });
    after(async () => {
      await issuer.close();
      await app.stop();
    });

    it('whoever brings no token, or another one, gets 401 and nothing happens', async () => {
      // botbuilder prints every key that it knows when a token has another one's.
      const printed = sinon.stub(console, 'error');
      const other = await startIssuer();
      const tokens = [
        '',
        'Bearer',
        'Bearer x.y.z',
        `Bearer ${await other.token({ serviceurl: app.teams.serviceUrl })}`,
        `Bearer ${await issuer.token({ serviceurl: app.teams.serviceUrl }, { audience: 'another-bot' })}`,
        `Bearer ${await issuer.token({ serviceurl: 'https://elsewhere.example/' })}`,
        `Bearer ${(await issuer.token({ serviceurl: app.teams.serviceUrl })).slice(0, -8)}AAAAAAAA`,
      ];
      await other.close();
      const activity = {
        type: 'invoke',
        name: 'adaptiveCard/action',
        channelId: 'msteams',
        serviceUrl: app.teams.serviceUrl,
        from: { id: '29:maria', aadObjectId: objectId('20') },
        recipient: { id: app.teams.botId },
        conversation: { id: app.chat.id, conversationType: 'groupChat', tenantId: app.teams.tenant },
        value: { action: { verb: 'help.show', data: {} } },
      };
      for (const authorization of tokens) {
        const response = await fetch(`${app.url}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
          body: JSON.stringify(activity),
        });
        expect(response.status, authorization.slice(0, 20)).to.be.oneOf([401, 403]);
        expect(await response.text()).to.equal('');
      }
      printed.restore();
    });

    it('the greeting has no button of it, and its verbs do not exist', async () => {
      const { maria } = app.people;
      for (const verb of ['help.show', 'chat.welcome']) {
        const { card } = await app.chat.pressOld(maria, { verb, data: {} });
        const pressable = executeActions(card ?? {}).map(({ action }) => String(action.verb));
        expect(pressable).to.include('referral.form');
        expect(pressable.filter((name) => name.startsWith('local.'))).to.deep.equal([]);
        expect(textsOf(card).join()).not.to.include(sv('local.lead'));
      }
      expect(localVerbs).to.have.length(3);
      for (const verb of localVerbs) {
        const { card } = await app.chat.pressOld(maria, { verb, data: { person: objectId('21') } });
        expect(textsOf(card), verb).to.include(sv('errors.unknownVerb'));
      }
      const team = await app.chat.pressOld(maria, { verb: 'team.view', data: {} });
      expect(textsOf(team.card)).to.include(sv('team.add'));
    });

    it('nobody becomes somebody else by writing so', async () => {
      const { petri } = app.people;
      for (const phrase of ['agera som Maria', 'toimi kuin Maria', 'act as Maria', 'agera som Anna']) {
        await app.chat.send(petri, { type: 'message', text: `<at>Ankarboten</at> ${phrase}` });
        const team = await app.chat.pressOld(petri, { verb: 'team.view', data: {} });
        expect(textsOf(team.card), phrase).to.include('Maria Lindqvist').and.not.include(sv('team.add'));
      }
    });

    it('a stranger is refused in the language of their Teams', async () => {
      const stranger = app.teams.addUser({ name: 'Tuntematon', locale: 'fi-FI' });
      const { card } = await app.chat.pressOld(stranger, { verb: 'referral.list', data: {} });
      expect(textsOf(card)).to.include(textsFor('fi')('errors.directory.notAMember'));
    });

    it('no key of a local source opens the HTTP intake', async () => {
      const response = await fetch(`${app.url}/api/referrals`, {
        method: 'POST',
        headers: { authorization: 'Bearer local' },
        body: '{}',
      });
      expect(response.status).to.equal(401);
      expect(() => statSync(join(app.dataDir, 'intake-key'))).to.throw();
      expect(() => statSync(join(app.dataDir, 'data-keys'))).to.throw();
    });
  });
});
