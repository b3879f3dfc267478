import { expect } from 'chai';
import { bodyId } from '../../src/shared/ids.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId } from '../support/app.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, meetingCardsIn, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { temporaryFolder } from '../support/seed.ts';
import { executeActions, findAction, gatherInputs, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat, InvokeAnswer } from '../support/teams/chat.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

const sv = textsFor('sv');
const fi = textsFor('fi');
const body = 'steering:vastra-nyland';
const ofPolice = { body, seat: 'polisen', as: 'member' };

/** Kaisa leads the steering group and the management team; it is a Monday in November. */
describe('the seats of a steering group', () => {
  const folder = temporaryFolder();
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let risto: TeamsUser;
  let newcomer: TeamsUser;
  let group: Chat;

  const ofExample = (name: string): TeamsUser =>
    run.app.teams.addUser({
      name,
      aadObjectId: exampleDirectory().people.find((person) => person.name === name)?.id ?? '',
    });
  const said = ({ card }: InvokeAnswer): string => textsOf(card).join('\n');
  const press = (user: TeamsUser, verb: string, data: Fields): Promise<InvokeAnswer> =>
    group.pressOld(user, { verb, data }, group.messages[0]);
  const asked = async (chat: Chat, user: TeamsUser, words: string): Promise<Message> => {
    const before = chat.messages.length;
    await chat.say(user, words);
    return chat.waitFor(() => chat.messages[before], 5_000);
  };
  const choices = (card: Fields | null, id: string): unknown[] =>
    executeActions(card ?? {})
      .flatMap(({ inputs }) => inputs)
      .filter((input) => input.id === id)
      .flatMap((input) => (input.choices as { title: string }[]).map(({ title }) => title));
  /** What a form sends with its button, with this filled in. */
  const sent = (card: Fields | null, verb: string, filled: Fields): Fields =>
    gatherInputs(findAction(card ?? {}, verb), filled);

  beforeEach(async () => {
    run = await startMeetings({ dataDir: folder.path });
    ({ kaisa } = run.app.people);
    risto = ofExample('Risto Vainio');
    newcomer = run.app.teams.addUser({ name: 'Noor Nyvald', aadObjectId: objectId('77') });
    group = run.app.teams.groupChat({ members: [kaisa, risto, newcomer] });
    await group.installBot(kaisa);
    await group.pressOld(kaisa, { verb: 'chat.bind', data: { body } }, group.messages[0]);
    await run.bot().settled();
  });
  afterEach(async () => {
    await run.stop();
    folder.remove();
  });

  it('are shown in its chat with who holds them, eight a page, in the language of the words', async () => {
    const shown = textOf((await asked(group, risto, 'platser')).activity);
    expect(shown)
      .to.include('Styrgruppen i Västra Nyland')
      .and.include(`${sv('seat.as.member')}: Risto Vainio`)
      .and.include('Outi Laaksonen · Lojo stad')
      .and.include('Ingrid Sjölund')
      .and.include(sv('list.page', { page: 1, pages: 2 }));
    expect(textOf((await asked(group, risto, 'paikat')).activity))
      .to.include('Länsi-Uudenmaan ohjausryhmä')
      .and.include(`${fi('seat.as.substitute')}: Carola Nyman`);
    const personal = run.app.teams.personalChat(kaisa);
    expect(textOf((await asked(personal, kaisa, 'seats')).activity), 'she belongs to two that have seats').to.include(
      textsFor('en')('team.which'),
    );
    expect(textOf((await asked(run.app.chat, run.app.people.petri, 'platser')).activity)).to.include(
      sv('errors.directory.noSeats'),
    );
  });

  it('are changed by their leader in the chat: the new one gets in, the old one is out the day after', async () => {
    const form = await press(kaisa, 'seat.form', ofPolice);
    expect(said(form)).to.include(sv('seat.now', { name: 'Risto Vainio', term: sv('seat.always') }));
    expect(choices(form.card, 'person'), 'of the chat, and of the region').to.include.members([
      'Noor Nyvald',
      'Maria Lindqvist',
    ]);
    const filled = sent(form.card, 'seat.set', { person: objectId('77'), from: '2026-11-24', to: '2029-05-31' });
    const saved = await press(kaisa, 'seat.set', filled);
    expect(said(saved))
      .to.include(sv('seat.saved', { name: 'Noor Nyvald' }))
      .and.include(sv('seat.coming'));
    await run.bot().settled();
    expect(said(await press(newcomer, 'seat.view', ofPolice))).to.include(sv('errors.directory.notAMember'));
    expect(said(await press(risto, 'seat.view', ofPolice))).to.include('Noor Nyvald');

    await run.to('2026-11-24T00:01');
    const now = said(await press(newcomer, 'seat.view', ofPolice));
    expect(now).to.include('Noor Nyvald').and.include(sv('seat.past')).and.include('Risto Vainio');
    for (const [verb, data] of [
      ['seat.view', ofPolice],
      ['seat.list', { body }],
      ['team.view', { body }],
    ] as const)
      expect(said(await press(risto, verb, data)), verb).to.include(sv('errors.directory.notAMember'));
    expect(textOf((await asked(run.app.teams.personalChat(risto), risto, 'möten')).activity)).to.not.include(
      'Styrgrupp',
    );
    const again = await asked(group, newcomer, 'paikat');
    expect(textOf(again.activity)).to.include(`${fi('seat.as.member')}: Noor Nyvald`);
  });

  it('keep who has held them over a restart and a region file that still lists the first', async () => {
    const data = { ...ofPolice, person: objectId('77'), from: '2026-11-24' };
    await press(kaisa, 'seat.set', data);
    await run.to('2026-11-24T09:00');
    await run.restart();
    const shown = said(await press(newcomer, 'seat.view', ofPolice));
    expect(shown).to.include('Noor Nyvald').and.include('Risto Vainio');
    expect(said(await press(risto, 'seat.view', ofPolice))).to.include(sv('errors.directory.notAMember'));
  });

  it('get a chair and a secretary, who may be somebody of the chat without a seat', async () => {
    const shared = await asked(group, risto, 'platser');
    const form = await press(kaisa, 'seat.officeForm', { body });
    const filled = sent(form.card, 'seat.setOffices', { secretary: objectId('77') });
    const saved = await press(kaisa, 'seat.setOffices', filled);
    expect(said(saved)).to.include(sv('seat.officesSaved')).and.include('Noor Nyvald');
    expect(said(await press(newcomer, 'seat.list', { body }))).to.include('Outi Laaksonen');
    await group.waitFor(() => textOf(shared.activity).includes('Noor Nyvald'));
    const refused = await press(kaisa, 'seat.setOffices', { ...filled, chair: objectId('77') });
    expect(said(refused)).to.include(sv('errors.directory.oneOffice'));
    expect(JSON.stringify(refused.card)).to.include(`"value":"${objectId('77')}"`);
  });

  it('lose nothing of a form that is refused, and say at the field why', async () => {
    const form = await press(kaisa, 'seat.form', ofPolice);
    const wrong = { person: objectId('77'), from: '2027-01-01', to: '2026-01-01' };
    const refused = await press(kaisa, 'seat.set', sent(form.card, 'seat.set', wrong));
    expect(said(refused)).to.include(sv('errors.directory.termBackwards'));
    expect(sent(refused.card, 'seat.set', {})).to.deep.include(wrong);
    const nobody = await press(kaisa, 'seat.set', { ...ofPolice, from: '2027-01-01' });
    expect(said(nobody)).to.include(sv('problem.choose'));
    const noDay = await press(kaisa, 'seat.set', { ...ofPolice, person: objectId('77') });
    expect(JSON.stringify(noDay.card)).to.include(`"value":"${objectId('77')}"`);
    const stranger = await press(kaisa, 'seat.set', { ...ofPolice, ...wrong, to: '', person: objectId('99') });
    expect(said(stranger)).to.include(sv('errors.directory.notInChat'));
    // While Teams does not say who is in the chat, whom she chose stays chosen.
    const mended = run.app.teams.fail(({ path }) => (path.includes('members') ? { status: 502 } : undefined));
    const away = await press(kaisa, 'seat.set', { ...ofPolice, ...wrong, to: '' });
    expect(said(away)).to.include(sv('errors.chat.unavailable'));
    expect(sent(away.card, 'seat.set', {})).to.deep.include({ person: wrong.person, from: wrong.from });
    mended();
  });

  it('are not changed over what the other leader has changed meanwhile without a word', async () => {
    const form = await press(kaisa, 'seat.form', ofPolice);
    await press(kaisa, 'seat.set', { ...ofPolice, person: objectId('77'), from: '2027-01-01' });
    const older = sent(form.card, 'seat.set', { person: objectId('21'), from: '2026-12-01', to: '2026-12-31' });
    const refused = await press(kaisa, 'seat.set', older);
    expect(said(refused)).to.include(sv('errors.form.overtaken'));
    const again = sent(refused.card, 'seat.set', {});
    expect(again).to.deep.include({ person: objectId('21'), from: '2026-12-01' });
    expect(said(await press(kaisa, 'seat.set', again))).to.include(sv('seat.saved', { name: 'Petri Aaltonen' }));
  });

  it('are left at the end of the day when their leader ends a term, asked first', async () => {
    const data = { ...ofPolice, person: risto.aadObjectId };
    const question = await press(kaisa, 'seat.end', data);
    expect(said(question)).to.include(sv('seat.endTitle', { name: 'Risto Vainio' }));
    const ended = await press(kaisa, 'seat.end', { ...data, confirmed: 1 });
    expect(said(ended)).to.include(sv('seat.ended', { name: 'Risto Vainio' }));
    expect(said(await press(risto, 'seat.view', ofPolice))).to.include('Risto Vainio');
    await run.to('2026-11-24T00:01');
    expect(said(await press(risto, 'seat.view', ofPolice))).to.include(sv('errors.directory.notAMember'));
    expect(said(await press(kaisa, 'seat.view', ofPolice))).to.include(sv('seat.vacant'));
  });

  it('are changed by nobody else, in sv and fi', async () => {
    const { petri } = run.app.people;
    for (const [verb, data] of [
      ['seat.form', ofPolice],
      ['seat.set', { ...ofPolice, person: risto.aadObjectId, from: '2026-12-01' }],
      ['seat.end', { ...ofPolice, person: risto.aadObjectId, confirmed: 1 }],
      ['seat.officeForm', { body }],
      ['seat.setOffices', { body, chair: risto.aadObjectId }],
    ] as const) {
      expect(said(await press(risto, verb, data)), verb).to.include(sv('errors.directory.leadersOnly'));
      expect(said(await press(petri, verb, data)), verb).to.include(sv('errors.directory.notAMember'));
    }
    await run.app.teams.personalChat(risto).say(risto, 'kieli fi');
    await run.bot().settled();
    expect(said(await press(risto, 'seat.set', { ...ofPolice, person: risto.aadObjectId }))).to.include(
      fi('errors.directory.leadersOnly'),
    );
    expect(said(await press(kaisa, 'seat.view', ofPolice)), 'and nothing has changed').to.not.include(sv('seat.past'));
  });

  it('have their leader told once, in private, sixty days before one falls vacant', async () => {
    const personal = run.app.teams.personalChat(kaisa);
    await personal.say(kaisa, 'hjälp');
    const data = { ...ofPolice, person: risto.aadObjectId, edit: 1 };
    await press(kaisa, 'seat.set', { ...data, to: '2027-01-25' });
    const told = () => toldPrivately(run.app, kaisa).filter((text) => text.includes(sv('seat.endingTitle')));
    await run.to('2026-11-25T15:00');
    expect(told()).to.deep.equal([]);
    await run.to('2026-11-26T08:01');
    expect(told()).to.have.length(1);
    expect(told()[0]).to.include('Risto Vainio').and.include('Polisinrättningen i Västra Nyland').and.include('25 jan');
    await run.restart();
    for (const day of ['2026-11-27', '2026-11-30', '2027-01-20']) await run.to(`${day}T15:00`);
    expect(told()).to.have.length(1);
  });
});

/** Everybody has their own card of its meetings. */
describe('a steering group without a chat', () => {
  it('takes its cards from whoever has left, as the day begins, on a Saturday too', async () => {
    const run = await startMeetings();
    try {
      const risto = exampleDirectory().people.find(({ name }) => name === 'Risto Vainio');
      if (!risto) throw new Error('He is in the example.');
      const user = run.app.teams.addUser({ name: risto.name, aadObjectId: risto.id });
      const personal = run.app.teams.personalChat(user);
      await personal.say(user, 'hjälp');
      await run.bot().settled();
      const plan = { one: { start: '2026-12-10T13:00', minutes: 60 }, repeat: null };
      await run.send(meeting({ body: bodyId(body), title: 'Styrgruppsmöte', plan }, { by: 'kaisa' }));
      const data = { ...ofPolice, person: risto.id, edit: 1, to: '2026-11-27' };
      await run.app.chat.pressOld(run.app.people.kaisa, { verb: 'seat.set', data });
      await run.to('2026-11-27T23:58');
      expect(meetingCardsIn(personal)).to.have.length(1);
      await run.to('2026-11-28T00:01');
      expect(meetingCardsIn(personal)).to.deep.equal([]);
      expect(personal.messages.map(({ activity }) => textOf(activity)).join('\n')).to.not.include('Styrgruppsmöte');
    } finally {
      await run.stop();
    }
  });
});
