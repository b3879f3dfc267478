import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import { seatsOf } from '../../src/directory/seats.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { textsFor } from '../../src/shared/text.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv } from '../support/seed.ts';
import { executeActions } from '../support/teams/cards.ts';
import type { Chat, InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** The steering group meets on Thursday 17 December 2026 at 13, and its season brings the operating plan; times are Helsinki's. */
describe('the document that an item of an agenda approves', () => {
  const body = bodyId('steering:vastra-nyland');
  const plan = 'operatingPlan-2027';
  const link = 'https://anchor-my.sharepoint.com/personal/kaisa/Documents/plan.pdf';
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let files: Server;
  let base: string;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    files = createServer(({ url = '' }, response) => {
      asked.push(url);
      if (url.startsWith('/gone')) response.writeHead(404);
      response.end(`What is at ${url}`);
    });
    await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
    const address = files.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    run = await startMeetings();
    kaisa = run.app.people.kaisa;
    await known(kaisa);
    await press(kaisa, 'agenda.open', { body });
    await run.bot().settled();
  });
  afterEach(async () => {
    await run.stop();
    await new Promise((resolve) => files.close(resolve));
  });

  const known = async (user: TeamsUser): Promise<TeamsUser> => {
    await run.app.teams.personalChat(user).say(user, 'hjälp');
    await run.bot().settled();
    return user;
  };
  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  const planned = async (): Promise<void> => {
    const one = { start: '2026-12-17T13:00', minutes: 60 };
    await run.send(meeting({ body, title: 'Styrgruppsmöte', plan: { one, repeat: null } }, { by: 'kaisa' }));
    await run.bot().settled();
  };
  const attached = (path: string, over: Fields = {}): Fields => ({
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    content: { downloadUrl: `${base}${path}`, uniqueId: 'u1', fileType: 'pdf' },
    contentUrl: link,
    name: 'plan.pdf',
    ...over,
  });
  const printOf = (path: string): string => createHash('sha256').update(`What is at ${path}`).digest('hex');
  /** What the bot says of these files once it has read them. */
  const sent = async (user: TeamsUser, attachments: unknown, chat?: Chat): Promise<string> => {
    const place = chat ?? run.app.teams.personalChat(user);
    const before = place.messages.length;
    await place.send(user, { type: 'message', text: 'Här är planen', attachments });
    await run.bot().settled();
    expect(place.messages, 'one answer').to.have.length(before + 1);
    return toldIn(place);
  };
  const toldIn = (chat: Chat): string => JSON.stringify(chat.cards().at(-1));
  const toItsItem = (user = kaisa): Promise<InvokeAnswer> => {
    const chat = run.app.teams.personalChat(user);
    return chat.press(user, chat.last(), 'agenda.document');
  };
  const view = async (item = plan): Promise<string> => answered(await press(kaisa, 'agenda.view', { item }));

  it('is read once, and stands on its item with its whole fingerprint and the way to it', async () => {
    expect(await view()).to.include(sv('agenda.document.missing'));
    const asking = await sent(kaisa, [attached('/plan')]);
    expect(asking)
      .to.include(sv('agenda.item.operatingPlan', { year: 2027 }))
      .and.include(printOf('/plan'));
    expect(await view(), 'not before it is said of which item it is').to.not.include(printOf('/plan'));
    const done = await toItsItem();
    expect(answered(done)).to.include(sv('agenda.said.document')).and.include(printOf('/plan'));
    expect(JSON.stringify(done.card)).to.include(link).and.not.include(base);
    expect(await view())
      .to.include(printOf('/plan'))
      .and.not.include(sv('agenda.document.missing'));
    expect(asked).to.deep.equal(['/plan']);
  });

  it('may be exchanged, which is a late change once the agenda has gone out', async () => {
    await planned();
    await sent(kaisa, [attached('/first')]);
    await toItsItem();
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
    expect(await view()).to.not.include(sv('agenda.late.changed'));
    expect(await sent(kaisa, [attached('/second')])).to.include(sv('agenda.document.replaces'));
    await toItsItem();
    expect(await view())
      .to.include(sv('agenda.late.changed'))
      .and.include(printOf('/second'))
      .and.not.include(printOf('/first'));
  });

  it('stays what it was decided on, and is shown to the national coordinator', async () => {
    const { bodies, members, people } = exampleDirectory();
    const development = bodies.find(({ kind }) => kind === 'development')?.id;
    const leader = members.find((one) => one.body === development && one.role === 'leader')?.person ?? '';
    const name = people.find(({ id }) => id === leader)?.name ?? '';
    const national = await known(run.app.teams.addUser({ name, aadObjectId: leader }));
    await planned();
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.to('2026-12-17T12:55');
    const seats = seatsOf(exampleDirectory(), body).slice(0, 8);
    await press(
      kaisa,
      'sitting.begin',
      Object.fromEntries(seats.map(({ id, member }) => [`seat-${id}`, member ?? 'absent'])),
    );
    const form = await press(kaisa, 'sitting.decideForm', { item: plan });
    expect(answered(form), 'it is asked for').to.include(sv('agenda.document.missing'));
    await sent(kaisa, [attached('/plan')]);
    await toItsItem();
    expect(answered(await press(kaisa, 'sitting.decideForm', { item: plan }))).to.not.include(
      sv('agenda.document.missing'),
    );
    await sent(kaisa, [attached('/other')]);
    await press(kaisa, 'sitting.decide', { item: plan, as: 'asProposed', decision: '' });
    expect(answered(await press(kaisa, 'sitting.view', { item: plan })))
      .to.include(sv('sitting.decision', { outcome: sv('sitting.outcome.asProposed') }))
      .and.include(printOf('/plan'));
    expect(answered(await toItsItem()), 'asked before the decision, pressed after it').to.include(
      sv('errors.agenda.documentFixed'),
    );
    expect(await sent(kaisa, [attached('/third')])).to.include(sv('errors.agenda.documentFixed'));
    expect(asked, 'and not read').to.not.include('/third');
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    const checkers = seats.slice(0, 2).map((one) => one.member ?? '');
    await press(kaisa, 'minutes.send', { number: 1, checkers: checkers.join(',') });
    for (const person of checkers) {
      const user = await known(run.app.teams.addUser({ name: person, aadObjectId: person }));
      await press(user, 'minutes.approve', { number: 1 });
    }
    await run.bot().settled();
    const told = toldPrivately(run.app, national).filter((one) => one.includes(sv('agenda.notice.approved')));
    expect(told).to.have.length(1);
    expect(told[0]).to.include(printOf('/plan'));
  });

  it('is shown to whoever is against its approval, and another one anew', async () => {
    const seats = seatsOf(exampleDirectory(), body);
    const dataOf = ({ card }: InvokeAnswer): Fields => {
      const send = executeActions(card ?? {}).find(({ action }) => action.verb === 'sitting.dissent');
      return isFields(send?.action.data) ? send.action.data : {};
    };
    const decided = () => press(kaisa, 'sitting.decide', { item: plan, as: 'asProposed' });
    await planned();
    await sent(kaisa, [attached('/first')]);
    await toItsItem();
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.to('2026-12-17T12:55');
    const there = seats.slice(0, 8).map(({ id, member }) => [`seat-${id}`, member ?? 'absent']);
    await press(kaisa, 'sitting.begin', Object.fromEntries(there));
    await decided();
    const opened = await press(kaisa, 'sitting.dissentForm', { item: plan, for: 1 });
    expect(answered(opened)).to.include(printOf('/first'));
    await press(kaisa, 'sitting.undecide', { item: plan, sure: 1 });
    await sent(kaisa, [attached('/second')]);
    await toItsItem();
    await decided();
    const dissent = { seat: `${seats[1]?.id} ${seats[1]?.member}`, dissent: 'Jag är emot' };
    const back = await press(kaisa, 'sitting.dissent', { ...dataOf(opened), ...dissent });
    expect(answered(back)).to.include(sv('errors.form.overtaken')).and.include(printOf('/second'));
    const saved = await press(kaisa, 'sitting.dissent', { ...dataOf(back), ...dissent });
    expect(answered(saved)).to.include('Jag är emot').and.not.include(sv('errors.form.overtaken'));
  });

  it('is what its sender has sent, for a quarter of an hour and whatever a card sends back', async () => {
    const chat = run.app.teams.personalChat(kaisa);
    const passOf = (): unknown => {
      const data = executeActions(chat.cards().at(-1) ?? {}).find(({ action }) => action.verb === 'agenda.document')
        ?.action.data;
      return isFields(data) ? data.document : undefined;
    };
    await sent(kaisa, [attached('/plan')]);
    const document = passOf();
    const found = exampleDirectory().people.find((person) => person.name === 'Risto Vainio');
    const risto = await known(run.app.teams.addUser({ name: 'Risto Vainio', aadObjectId: found?.id ?? '' }));
    const forgotten = sv('errors.agenda.documentForgotten');
    expect(answered(await press(risto, 'agenda.document', { item: plan, document }))).to.include(forgotten);
    expect(answered(await press(kaisa, 'agenda.document', { item: plan, document: `${document}x` }))).to.include(
      forgotten,
    );
    expect(answered(await press(kaisa, 'agenda.document', { item: 'other', document }))).to.include(
      sv('errors.agenda.noItem'),
    );
    await run.to('2026-11-23T09:30');
    expect(answered(await press(kaisa, 'agenda.document', { item: plan, document }))).to.include(forgotten);
    expect(await view()).to.include(sv('agenda.document.missing'));
  });

  it('is asked for again in clear words when it cannot be taken, and nothing is lost', async () => {
    await sent(kaisa, [attached('/plan')]);
    await toItsItem();
    expect(await sent(kaisa, [attached('/gone')])).to.include(sv('errors.file.unreadable'));
    const elsewhere = { content: { downloadUrl: 'https://example.org/plan.pdf' } };
    expect(await sent(kaisa, [attached('', elsewhere)])).to.include(sv('errors.file.wrongHost'));
    expect(await sent(kaisa, [attached('', { content: 'nothing' })])).to.include(sv('errors.file.wrongHost'));
    expect(await sent(kaisa, [attached('/two'), attached('/three')])).to.include(sv('errors.agenda.documentOne'));
    for (const contentUrl of ['http://anchor.sharepoint.com/plan.pdf', 'plan.pdf', undefined])
      expect(await sent(kaisa, [attached('/linked', { contentUrl })])).to.include(sv('errors.agenda.documentLink'));
    const named = { contentUrl: 'https://anchor.sharepoint.com/elliot.exempelsson@example.fi.pdf' };
    expect(await sent(kaisa, [attached('/named', named)])).to.include(sv('errors.agenda.documentLink'));
    expect(await sent(kaisa, [attached('/group')], run.app.chat)).to.include(sv('errors.agenda.documentPrivately'));
    const petri = await known(run.app.people.petri);
    expect(await sent(petri, [attached('/petri')])).to.include(sv('errors.file.notWanted'));
    const stranger = await known(run.app.teams.addUser({ name: 'Någon Annan' }));
    expect(await sent(stranger, [attached('/stranger')])).to.include(sv('errors.directory.notAMember'));
    expect(asked, 'what is refused beforehand is not read').to.deep.equal(['/plan', '/gone']);
    expect(await view()).to.include(printOf('/plan'));
  });

  it('is refused in the language of who sends it, and needs an item', async () => {
    await press(kaisa, 'agenda.remove', { item: plan });
    expect(await sent(kaisa, [attached('/plan')])).to.include(sv('errors.agenda.documentNoItem'));
    await run.app.teams.personalChat(kaisa).say(kaisa, 'kieli suomi');
    await run.bot().settled();
    expect(await sent(kaisa, [attached('/plan')])).to.include(textsFor('fi')('errors.agenda.documentNoItem'));
  });

  it('is no message that has something else attached', async () => {
    const chat = run.app.teams.personalChat(kaisa);
    for (const attachments of [[{ contentType: 'text/html', content: '<p>språk</p>' }], 'none', [null], [7]]) {
      await chat.send(kaisa, { type: 'message', text: 'språk', attachments });
      await run.bot().settled();
      expect(toldIn(chat)).to.include(sv('language.title'));
    }
    expect(asked).to.deep.equal([]);
  });
});
