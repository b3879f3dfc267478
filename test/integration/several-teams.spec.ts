import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { regionFile } from '../support/builders.ts';
import { handIn, sv, type TestApp, temporaryFolder, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

const lojo = 'Lojo ankarteam';
const raseborg = 'Raseborgs ankarteam';

/** Petri is a police officer in Lojo and in Raseborg; Kaisa leads the management team and the steering group. */
describe('somebody of several teams', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: TestApp;
  let petri: TeamsUser;
  let personal: Chat;
  let ours: string;
  let theirs: string;

  const ask = async (text: string, chat = personal): Promise<Message> => {
    const before = chat.messages.length;
    await chat.say(petri, text);
    return chat.waitFor(() => chat.messages[before], 5_000);
  };
  const shownIn = (card: Fields | null): string => textsOf(card).join('\n');

  beforeEach(async () => {
    folder = temporaryFolder();
    const REGION_FILE = join(folder.path, 'region.yaml');
    const mikael = '{ person: mikael, profession: police }';
    const region = readFileSync(regionFile, 'utf8');
    writeFileSync(REGION_FILE, region.replace(mikael, `${mikael}\n      - { person: petri, profession: police }`));
    app = await startTestApp({ dataDir: folder.path, environment: { REGION_FILE } });
    petri = app.people.petri;
    personal = app.teams.personalChat(petri);
    ours = await handIn(app);
    theirs = await handIn(app, { municipality: 'Hangö' });
  });
  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  it('chooses in private whose list it is, and stays with that team until they choose another', async () => {
    const asked = await ask('mina hänvisningar');
    expect(textOf(asked.activity)).to.include(sv('team.which')).and.not.include(ours);
    const choices = executeActions(cardOf(asked.activity) ?? {}).map(({ action }) => action.title);
    expect(choices).to.deep.equal([lojo, raseborg]);

    const chosen = await personal.press(petri, asked, raseborg);
    expect(shownIn(chosen.card)).to.include(sv('referral.list.none.mine')).and.include(raseborg);
    const waiting = await personal.press(petri, asked, sv('referral.list.show.waiting'));
    expect(shownIn(waiting.card)).to.include(theirs).and.include(raseborg).and.not.include(ours);

    const again = await personal.press(petri, asked, sv('referral.list.otherTeam'));
    expect(shownIn(again.card)).to.include(sv('team.which'));
    const other = await personal.press(petri, asked, lojo);
    expect(shownIn(other.card)).to.include(ours).and.not.include(theirs);
  });

  it('chooses from the help’s button too, and whose members they want to see', async () => {
    const listed = await personal.pressOld(petri, { verb: 'referral.list', data: { filter: 'open', page: 0 } });
    expect(shownIn(listed.card)).to.include(sv('team.which'));
    const asked = await ask('team');
    expect(textOf(asked.activity)).to.include(sv('team.which'));
    expect(shownIn((await personal.press(petri, asked, raseborg)).card)).to.include('Gunilla Öst');
    const again = await ask('tiimi');
    expect(shownIn((await personal.press(petri, again, 'Lohjan ankkuritiimi')).card)).to.include('Maria Lindqvist');
  });

  it('chooses among all bodies where it is not about cases', async () => {
    const { kaisa } = app.people;
    const { card } = await app.teams.personalChat(kaisa).pressOld(kaisa, { verb: 'team.view', data: {} });
    expect(verbsOn(card ?? {})).to.deep.equal(['team.view']);
    expect(executeActions(card ?? {})).to.have.length(2);
  });

  it('is not asked in the chat of one of them: there it is that team', async () => {
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 2);
    const list = await ask('hänvisningar', app.chat);
    expect(textOf(list.activity)).to.include(ours).and.not.include(theirs).and.not.include(lojo);
    expect(textOf((await ask('team', app.chat)).activity)).to.include('Maria Lindqvist');
  });

  it('is asked nothing, and shown nothing, where others read along', async () => {
    const chat = app.teams.groupChat({ members: [petri, app.teams.addUser({ name: 'Okänd Främling' })] });
    await chat.installBot(petri);
    await chat.waitFor(() => chat.messages.length === 1);
    const answer = textOf((await ask('hänvisningar', chat)).activity);
    expect(answer).to.include(sv('errors.directory.notHere')).and.not.include(raseborg);
  });

  it('does not reach a team that is not theirs by its id', async () => {
    for (const body of ['team:esbo', 'management:vastra-nyland', 'nothing', '']) {
      const { card } = await personal.pressOld(petri, { verb: 'referral.list', data: { body } });
      expect(shownIn(card), body).to.include(sv('errors.directory.notAMember'));
    }
  });

  it('of one team only is not asked', async () => {
    const { maria } = app.people;
    const { card } = await app.teams.personalChat(maria).pressOld(maria, { verb: 'referral.list', data: {} });
    expect(shownIn(card)).to.include(ours).and.not.include(sv('referral.list.otherTeam'));
  });
});
