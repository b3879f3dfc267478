import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { localKey, postReferral } from '../support/intake.ts';
import { shown, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions, findAction, gatherInputs, textOf, textsOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const body = 'team:lojo';

describe('the team', () => {
  let folder: string;
  let app: App;
  let newcomer: TeamsUser;

  const begin = async (): Promise<void> => {
    app = await startTestApp({ dataDir: folder });
    newcomer = app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: objectId('77') });
    const { maria } = app.people;
    await app.chat.installBot(maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
    await app.chat.addMember(newcomer);
  };
  /** Says `team` and waits for the card. */
  const teamCard = async (user: TeamsUser): Promise<Message> => {
    const before = app.chat.messages.length;
    await app.chat.say(user, 'team');
    return app.chat.waitFor(() => app.chat.messages[before], 5_000);
  };
  const press = (user: TeamsUser, verb: string, data: Fields): Promise<InvokeAnswer> =>
    app.chat.pressOld(user, { verb, data }, app.chat.messages[0]);
  const setMember = (user: TeamsUser, data: Fields): Promise<InvokeAnswer> =>
    press(user, 'team.setMember', { body, ...data });
  const said = ({ card }: InvokeAnswer): string => textsOf(card).join('\n');
  const offered = (card: Fields | null): Set<string> =>
    new Set(
      executeActions(card ?? {})
        .flatMap(({ inputs }) => inputs)
        .filter(({ id }) => id === 'person')
        .flatMap(({ choices }) => (choices as { value: string }[]).map(({ value }) => value)),
    );
  const petriIs = { person: objectId('21'), profession: 'police', role: 'member' };
  const newcomerIs = { person: objectId('77'), profession: 'health', role: 'member' };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-team-'));
    await begin();
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows everybody its members with profession and role, and the leader alone the buttons to change them', async () => {
    const { maria, petri } = app.people;
    const shown = await teamCard(maria);
    const text = textOf(shown.activity);
    for (const name of ['Maria Lindqvist', 'Petri Aaltonen', 'Sofia Ekholm', 'Niina Hakala', 'Jonas Wik']) {
      expect(text).to.include(name);
    }
    expect(text).to.include(`${sv('profession.social')} · ${sv('role.teamLeader')}`);
    expect(text)
      .to.include(sv('team.members', { count: 5 }))
      .and.not.include(sv('team.add'));
    const own = await app.chat.press(maria, shown, sv('team.change'));
    expect(said(own)).to.include('Sofia Ekholm');
    expect(verbsOn(own.card ?? {})).to.include('team.memberForm');
    const theirs = await app.chat.press(petri, shown, sv('team.change'));
    expect(said(theirs)).to.include('Sofia Ekholm').and.include(sv('errors.directory.leadersOnly'));
    expect(verbsOn(theirs.card ?? {})).to.not.include('team.memberForm');
  });

  it('shows everybody who belongs to it after a change, in the cards that stand in the chat already', async () => {
    const { maria, petri } = app.people;
    const cards = [await teamCard(petri), await teamCard(maria)];
    await app.chat.press(maria, cards[1] ?? '', sv('team.change'));
    await setMember(maria, newcomerIs);
    for (const card of cards) {
      await app.chat.waitFor(() => textOf(card.activity).includes('Noor Nyanländer'));
      expect(textOf(card.activity))
        .to.include(sv('team.members', { count: 6 }))
        .and.not.include(sv('team.add'));
    }
    await press(maria, 'team.removeMember', { body, person: objectId('77'), confirmed: 1 });
    for (const card of cards) await app.chat.waitFor(() => !textOf(card.activity).includes('Noor Nyanländer'));
  });

  describe('its leader', () => {
    it('adds somebody from the chat’s roster, who may press at once', async () => {
      const { maria } = app.people;
      const shown = await teamCard(maria);
      await app.chat.press(maria, shown, sv('team.change'));
      const form = await app.chat.press(maria, shown, sv('team.add'));
      expect(offered(form.card)).to.deep.equal(new Set([objectId('25'), objectId('77')]));
      const refused = await press(newcomer, 'team.view', {});
      expect(said(refused)).to.include(sv('errors.directory.notAMember'));
      const saved = await app.chat.press(maria, shown, 'team.setMember', newcomerIs);
      expect(said(saved)).to.include(sv('team.saved', { name: 'Noor Nyanländer' }));
      expect(said(await press(newcomer, 'team.view', {}))).to.include('Noor Nyanländer');
    });

    it('changes profession and role, with the present ones filled in', async () => {
      const { maria } = app.people;
      const form = await press(maria, 'team.memberForm', { body, person: objectId('24') });
      expect(JSON.stringify(form.card)).to.include('"value":"youth"');
      const saved = await setMember(maria, { person: objectId('24'), profession: 'health', role: 'leader' });
      expect(said(saved)).to.include(`${sv('profession.health')} · ${sv('role.teamLeader')}`);
      const second = await setMember(app.people.jonas, petriIs);
      expect(said(second)).to.include(sv('team.saved', { name: 'Petri Aaltonen' }));
    });

    it('hears at the field what is missing, and the rest stays filled in', async () => {
      const { maria } = app.people;
      const noPerson = await setMember(maria, { profession: 'health', role: 'member' });
      expect(said(noPerson)).to.include(sv('problem.choose'));
      const noProfession = await setMember(maria, { person: objectId('77'), role: 'member' });
      expect(said(noProfession)).to.include(sv('errors.directory.professionNeeded'));
      expect(JSON.stringify(noProfession.card)).to.include(`"value":"${objectId('77')}"`);
      const nonsense = await setMember(maria, { ...newcomerIs, profession: 'astronaut' });
      expect(said(nonsense)).to.include(sv('problem.unknownCode'));
      expect(said(await press(newcomer, 'team.view', {}))).to.include(sv('errors.directory.notAMember'));
    });

    it('stays as long as there is no other one', async () => {
      const { maria } = app.people;
      const step = await setMember(maria, { person: objectId('20'), profession: 'social', role: 'member' });
      expect(said(step)).to.include(sv('errors.directory.lastLeader'));
      const removal = await press(maria, 'team.removeMember', { body, person: objectId('20'), confirmed: 1 });
      expect(said(removal)).to.include(sv('errors.directory.lastLeader'));
      await setMember(maria, { ...petriIs, role: 'leader' });
      expect(said(await press(maria, 'team.removeMember', { body, person: objectId('20'), confirmed: 1 }))).to.include(
        sv('team.removed', { name: 'Maria Lindqvist' }),
      );
      expect(said(await press(maria, 'team.memberForm', { body }))).to.include(sv('errors.directory.notAMember'));
    });

    it('stays also when two leaders remove each other at the same moment', async () => {
      const { maria, petri } = app.people;
      await setMember(maria, { ...petriIs, role: 'leader' });
      await Promise.all([
        press(maria, 'team.removeMember', { body, person: objectId('21'), confirmed: 1 }),
        press(petri, 'team.removeMember', { body, person: objectId('20'), confirmed: 1 }),
      ]);
      const shown = await Promise.all([maria, petri].map((user) => press(user, 'team.view', { body })));
      expect(shown.filter((answer) => said(answer).includes(sv('role.teamLeader')))).to.have.length(1);
    });

    it('is told in time when Teams does not say who is in the chat, and keeps what was filled in', async () => {
      const { maria } = app.people;
      const mended = app.teams.fail(({ path }) => (path.includes('members') ? { status: 502 } : undefined));
      expect(said(await press(maria, 'team.memberForm', { body }))).to.include(sv('errors.chat.unavailable'));
      const refused = await setMember(maria, newcomerIs);
      expect(said(refused)).to.include(sv('errors.chat.unavailable'));
      mended();
      const sent = gatherInputs(findAction(refused.card ?? {}, 'team.setMember'), {});
      expect(sent).to.deep.include(newcomerIs);
      for (let saved = refused; !said(saved).includes(sv('team.saved', { name: 'Noor Nyanländer' })); ) {
        saved = await press(maria, 'team.setMember', sent);
      }
    });

    it('adds nobody who is not in the roster, whatever id the card sends back', async () => {
      const { maria } = app.people;
      for (const person of [objectId('99'), objectId('30'), '29:maria', '', '__proto__', 'x'.repeat(200)]) {
        const answer = await setMember(maria, { ...newcomerIs, person });
        expect(said(answer), person).not.to.include(sv('team.saved', { name: '' }).slice(0, 8));
      }
      expect(textOf((await teamCard(maria)).activity)).to.include(sv('team.members', { count: 5 }));
    });

    it('is not offered guests or people of other organisations, and cannot add them', async () => {
      const { maria } = app.people;
      const guest = app.teams.addUser({ name: 'Gäst Gästsson', aadObjectId: objectId('78'), role: 'guest' });
      const foreign = app.teams.addUser({
        name: 'Främmande Person',
        aadObjectId: objectId('79'),
        tenantId: 'b0000000-0000-4000-8000-000000000001',
      });
      await app.chat.addMember(guest);
      await app.chat.addMember(foreign);
      const form = await press(maria, 'team.memberForm', { body });
      expect(offered(form.card)).to.deep.equal(new Set([objectId('25'), objectId('77')]));
      for (const person of [objectId('78'), objectId('79')]) {
        expect(said(await setMember(maria, { ...newcomerIs, person }))).to.include(sv('errors.directory.notInChat'));
      }
    });

    it('changes no other team’s members', async () => {
      const { maria } = app.people;
      for (const verb of ['team.setMember', 'team.removeMember', 'team.memberForm', 'team.view']) {
        const answer = await press(maria, verb, { ...petriIs, body: 'team:raseborg', person: objectId('31') });
        expect(said(answer), verb).to.include(sv('errors.directory.notAMember'));
        expect(said(answer), verb).not.to.include('Mikael');
      }
    });
  });

  it('is not changed by anybody who does not lead it', async () => {
    const { petri, kaisa } = app.people;
    for (const [verb, data] of [
      ['team.memberForm', { body }],
      ['team.setMember', { body, ...newcomerIs }],
      ['team.setMember', { body, ...petriIs, role: 'leader' }],
      ['team.removeMember', { body, person: objectId('22'), confirmed: 1 }],
    ] as const) {
      expect(said(await press(petri, verb, data)), verb).to.include(sv('errors.directory.leadersOnly'));
      expect(said(await press(kaisa, verb, data)), verb).to.include(sv('errors.directory.notAMember'));
    }
    expect(textOf((await teamCard(petri)).activity)).to.include(sv('team.members', { count: 5 }));
  });

  describe('somebody who was removed', () => {
    const remove = (): Promise<InvokeAnswer> =>
      press(app.people.maria, 'team.removeMember', { body, person: objectId('21'), confirmed: 1 });

    it('is refused at once, in the chat, in private and on old cards', async () => {
      const { petri } = app.people;
      const authorization = `Bearer ${localKey(folder)}`;
      const { body: answer } = await postReferral(app.url, { authorization });
      const reference = String(answer.reference);
      await app.chat.waitFor(() => app.chat.text().includes(reference));
      const card = app.chat.last();
      const personal = app.teams.personalChat(petri);
      expect(said(await app.chat.press(petri, card, 'referral.assessForm'))).not.to.include(sv('errors.title'));
      expect(said(await remove())).to.include(sv('team.removed', { name: 'Petri Aaltonen' }));

      const data = { id: reference, worry: '2', recommendation: 'x' };
      for (const verb of ['referral.claim', 'referral.details', 'referral.assess', 'referral.view', 'referral.form']) {
        expect(said(await app.chat.pressOld(petri, { verb, data }, card)), verb).to.include(
          sv('errors.directory.notAMember'),
        );
      }
      await personal.say(petri, 'hänvisningar');
      await personal.waitFor(() => personal.messages.length > 0);
      expect(personal.text()).to.include(sv('errors.directory.notAMember')).and.not.include(reference);
    });

    it('is gone from the cards in the chat at once, and so is the profession that nobody has any more', async () => {
      const { body: answer } = await postReferral(app.url, { authorization: `Bearer ${localKey(folder)}` });
      const reference = String(answer.reference);
      const card = await shown(app.chat, reference, [sv('profession.police')]);
      await remove();
      await app.chat.waitFor(() => !textOf(card.activity).includes(sv('profession.police')));
      await setMember(app.people.maria, petriIs);
      await shown(app.chat, reference, [sv('profession.police')]);
    });

    it('is gone from the cards also when the bot was away from the chat meanwhile, once it is back', async () => {
      const { maria } = app.people;
      const { body: answer } = await postReferral(app.url, { authorization: `Bearer ${localKey(folder)}` });
      const card = await shown(app.chat, String(answer.reference), [sv('profession.police')]);
      await app.bot.settled();
      await app.chat.removeBot(maria);
      await app.bot.settled();
      const data = { body, person: objectId('21'), confirmed: 1 };
      await app.teams.personalChat(maria).pressOld(maria, { verb: 'team.removeMember', data });
      await app.bot.settled();
      await app.chat.installBot(maria);
      await app.chat.waitFor(() => !textOf(card.activity).includes(sv('profession.police')));
    });

    it('does not come back with the region file at the next start; changes of the leader stay', async () => {
      await remove();
      await setMember(app.people.maria, newcomerIs);
      await setMember(app.people.maria, { person: objectId('24'), profession: 'health', role: 'member' });
      await app.stop();
      await begin();
      const text = textOf((await teamCard(app.people.maria)).activity);
      expect(text).to.include('Noor Nyanländer').and.not.include('Petri Aaltonen');
      expect(text.split(sv('profession.health'))).to.have.length(4);
      expect(said(await press(app.people.petri, 'team.view', {}))).to.include(sv('errors.directory.notAMember'));
    });

    it('can be added again by the leader, from the roster', async () => {
      await remove();
      expect(offered((await press(app.people.maria, 'team.memberForm', { body })).card)).to.include(objectId('21'));
      expect(said(await setMember(app.people.maria, petriIs))).to.include('Petri Aaltonen');
      expect(said(await press(app.people.petri, 'team.view', {}))).to.include('Petri Aaltonen');
    });

    it('is removed once when the leader presses twice', async () => {
      await remove();
      expect(said(await remove())).to.include(sv('errors.directory.unknownMember'));
    });
  });

  it('is shown to everybody in its own chat, and to the one who asks in private; nowhere else', async () => {
    const { maria } = app.people;
    const stranger = app.teams.addUser({ name: 'Okänd Främling' });
    const elsewhere = app.teams.groupChat({ members: [maria, stranger] });
    await elsewhere.installBot(maria);
    await elsewhere.waitFor(() => elsewhere.messages.length === 1);
    for (const text of ['team', 'lägg till Kaisa', 'tiimi']) {
      const before = elsewhere.messages.length;
      await elsewhere.say(maria, text);
      const { activity } = await elsewhere.waitFor(() => elsewhere.messages[before]);
      expect(textOf(activity)).not.to.match(/Petri|Sofia/);
    }
    expect(elsewhere.text()).to.include(sv('errors.directory.notHere'));
    const pressed = await elsewhere.pressOld(maria, { verb: 'team.view', data: {} });
    expect(said(pressed), 'answered to her alone').to.include('Petri Aaltonen');
    const personal = app.teams.personalChat(maria);
    await personal.say(maria, 'lägg till Kaisa');
    await personal.waitFor(() => personal.text().includes('Petri Aaltonen'));
    expect(personal.text()).to.include(sv('team.add'));
    expect(textOf((await teamCard(maria)).activity)).to.include('Petri Aaltonen');
  });

  it('tells its leader, before and after, that whoever is removed still sits in the Teams chat', async () => {
    const { maria } = app.people;
    const asked = await press(maria, 'team.removeMember', { body, person: objectId('21') });
    expect(said(asked)).to.include(sv('team.removeLead')).and.include('Teams-chatten');
    const done = await press(maria, 'team.removeMember', { body, person: objectId('21'), confirmed: 1 });
    expect(said(done))
      .to.include(sv('team.removed', { name: 'Petri Aaltonen' }))
      .and.include('Teams-chatten');
  });

  it('tells its leader that everybody in the chat is a member, when that is so', async () => {
    const { maria, kaisa } = app.people;
    for (const user of [kaisa, newcomer]) await app.chat.removeMember(user);
    expect(said(await press(maria, 'team.memberForm', { body }))).to.include(sv('team.nobodyToAdd'));
  });

  it('without a chat asks its leader to connect one, and says nothing of people in it', async () => {
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const personal = app.teams.personalChat(gunilla);
    const { card } = await personal.pressOld(gunilla, { verb: 'team.memberForm', data: { body: 'team:raseborg' } });
    expect(textsOf(card)).to.include(sv('team.noChat'));
    expect(cardOf(app.chat.last().activity)).not.to.equal(null);
  });
});
