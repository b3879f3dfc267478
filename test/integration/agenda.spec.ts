import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import { readConfig } from '../../bot/config.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions, textOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

/** Monday 23 November 2026; the steering group meets on the Thursday three weeks later. Times are Helsinki's. */
describe('the agenda of a steering group', () => {
  const body = bodyId('steering:vastra-nyland');
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let risto: TeamsUser;
  let carola: TeamsUser;
  let marjut: TeamsUser;

  beforeEach(async () => {
    run = await startMeetings();
    kaisa = run.app.people.kaisa;
    const known = (name: string): TeamsUser => {
      const aadObjectId = exampleDirectory().people.find((person) => person.name === name)?.id ?? '';
      return run.app.teams.addUser({ name, aadObjectId });
    };
    [risto, carola, marjut] = [known('Risto Vainio'), known('Carola Nyman'), known('Marjut Salo')];
    for (const user of [kaisa, risto, carola, marjut]) await run.app.teams.personalChat(user).say(user, 'hjälp');
    await run.bot().settled();
  });
  afterEach(() => run.stop());

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  const planned = (start = '2026-12-17T13:00') =>
    meeting({ body, title: 'Styrgruppsmöte', plan: { one: { start, minutes: 60 }, repeat: null } }, { by: 'kaisa' });
  const fields = (title: string, over: Fields = {}): Fields => ({
    title,
    kind: 'decision',
    presenter: 'nobody',
    confidential: 'false',
    ...over,
  });
  const idOf = (title: string, { card }: InvokeAnswer): string => {
    const found = executeActions(card ?? {}).find(
      ({ action }) => action.verb === 'agenda.view' && String(action.tooltip ?? '').includes(title),
    );
    const data = found?.action.data;
    return isFields(data) ? String(data.item) : '';
  };
  const notYetQuorate = (count: number): string =>
    `Hittills anmälda: ${count}. För beslutförhet behövs 7, bland dem 2 myndigheter och 1 kommun.`;
  const agendaCards = (user: TeamsUser): Message[] =>
    run.app.teams
      .personalChat(user)
      .messages.filter(({ activity, deleted }) => !deleted && verbsOn(cardOf(activity) ?? {}).includes('agenda.reply'));
  const cardTextOf = (user: TeamsUser): string =>
    agendaCards(user)
      .map(({ activity }) => textOf(activity))
      .join();
  const invitation = sv('meeting.state.ahead', { when: 'tors 17 dec kl. 13.00 · 1 h' });
  const toldOf = (user: TeamsUser, text: string): number =>
    toldPrivately(run.app, user).filter((one) => one.includes(text)).length;

  /** The agenda of the meeting that is planned, sent as it begins. */
  async function sendPlanned(): Promise<void> {
    await press(kaisa, 'agenda.open', { body });
    await run.send(planned());
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
  }

  it('begins with what every meeting has and what the season brings, for its body alone', async () => {
    const begun = await press(kaisa, 'agenda.open', { body });
    expect(answered(begun))
      .to.include(`1.\u00a0${sv('agenda.item.opening')}`)
      .and.include(sv('agenda.item.operatingPlan', { year: 2027 }))
      .and.include(sv('agenda.draftTitle'))
      .and.not.include(sv('agenda.item.annualReport', { year: 2025 }));
    expect(answered(await press(risto, 'agenda.open', { body }))).to.include(sv('agenda.item.closing'));
    const petri = await press(run.app.people.petri, 'agenda.open', { body });
    expect(answered(petri)).to.include(sv('agenda.none.lead'));
    expect(answered(await press(run.app.people.petri, 'agenda.view'))).to.include(sv('errors.agenda.notFound'));
  });

  it('takes what members propose, which its keeper takes up or not, and tells them', async () => {
    await press(kaisa, 'agenda.open', { body });
    const newId = crypto.randomUUID();
    const proposed = fields('Ungdomscoacher', { proposal: 'Styrgruppen anställer två.', newId });
    const answer = await press(risto, 'agenda.saveItem', proposed);
    expect(answered(answer)).to.include(sv('agenda.said.proposed')).and.include('Ungdomscoacher');
    await press(risto, 'agenda.saveItem', proposed);
    await run.bot().settled();
    expect(toldOf(kaisa, 'Risto Vainio föreslår: Ungdomscoacher'), 'pressed twice it is one').to.equal(1);
    expect(answered(await press(marjut, 'agenda.view')), 'others see it once it is taken up').to.not.include('Ungdoms');
    expect(answered(await press(risto, 'agenda.accept', { item: newId }))).to.include(sv('errors.agenda.keepersOnly'));
    const taken = await press(kaisa, 'agenda.accept', { item: newId });
    expect(answered(taken))
      .to.match(/\d+\.\u00a0Ungdomscoacher/)
      .and.include('Styrgruppen anställer två.');
    await run.bot().settled();
    expect(toldOf(risto, sv('agenda.notice.accepted'))).to.equal(1);
    expect(answered(await press(marjut, 'agenda.view'))).to.include('Ungdomscoacher');
    expect(answered(await press(risto, 'agenda.remove', { item: newId }))).to.include(sv('errors.agenda.settled'));
  });

  it('goes out once to all whom it concerns; who declines has their substitute get it', async () => {
    await press(kaisa, 'agenda.open', { body });
    expect(answered(await press(kaisa, 'agenda.send', { sure: 1 }))).to.include(sv('errors.agenda.noMeeting'));
    await run.send(planned());
    await run.bot().settled();
    expect(answered(await press(kaisa, 'agenda.send'))).to.include('tors 17 dec kl. 13.00');
    expect(answered(await press(risto, 'agenda.send', { sure: 1 }))).to.include(sv('errors.agenda.keepersOnly'));
    await Promise.all([press(kaisa, 'agenda.send', { sure: 1 }), press(kaisa, 'agenda.send', { sure: 1 })]);
    await run.bot().settled();
    for (const user of [kaisa, risto, marjut]) expect(agendaCards(user), user.name).to.have.length(1);
    expect(agendaCards(carola), 'a substitute comes only in somebody’s place').to.deep.equal([]);
    const [own] = agendaCards(risto);
    if (!own) throw new Error('Risto has no agenda.');
    const personal = run.app.teams.personalChat(risto);
    const declined = await personal.press(risto, own, ({ data }) => JSON.stringify(data).includes('"coming":"no"'));
    expect(answered(declined)).to.include(sv('agenda.replied.no'));
    await run.bot().settled();
    expect(agendaCards(carola)).to.have.length(1);
    await press(carola, 'agenda.reply', { coming: 'yes' });
    await run.bot().settled();
    expect(cardTextOf(marjut)).to.include(notYetQuorate(1));
    await press(risto, 'agenda.reply', { coming: 'yes' });
    await run.bot().settled();
    expect(agendaCards(carola), 'she need not come any more').to.deep.equal([]);
  });

  it('has the substitute of a seat that loses its member come, and be free once it has another', async () => {
    await sendPlanned();
    const { petri } = run.app.people;
    await run.app.teams.personalChat(petri).say(petri, 'hjälp');
    const seat = exampleDirectory().members.find(({ person }) => person === risto.aadObjectId)?.seat ?? '';
    const of = { body, seat, as: 'member' };
    const end = ({ aadObjectId: person }: TeamsUser) => {
      const data = { ...of, person, confirmed: 1 };
      return run.app.chat.pressOld(kaisa, { type: 'Action.Execute', verb: 'seat.end', data });
    };
    await end(risto);
    await run.to('2026-11-24T00:01');
    expect(agendaCards(carola)).to.have.length(1);
    expect(toldOf(carola, invitation)).to.equal(1);
    expect(answered(await press(carola, 'agenda.reply', { coming: 'yes' }))).to.include(sv('agenda.replied.yes'));
    await run.bot().settled();
    expect(cardTextOf(marjut)).to.include(notYetQuorate(1));
    const data = { ...of, person: petri.aadObjectId, from: '2026-11-24' };
    await run.app.chat.pressOld(kaisa, { type: 'Action.Execute', verb: 'seat.set', data });
    await run.bot().settled();
    expect(agendaCards(carola)).to.deep.equal([]);
    expect(toldOf(carola, sv('meeting.notice.substituteFree.text'))).to.equal(1);
    expect(toldOf(petri, invitation)).to.equal(1);
    expect(answered(await press(carola, 'agenda.reply', { coming: 'yes' }))).to.include(
      sv('errors.meeting.notInvited'),
    );
    await end(petri);
    await run.to('2026-11-25T00:01');
    expect(agendaCards(carola)).to.have.length(1);
    expect(cardTextOf(marjut), 'her yes was of before').to.include(notYetQuorate(0));
  });

  it('invites whoever takes a seat over, and frees the substitute who was called for the one before', async () => {
    await sendPlanned();
    const { petri } = run.app.people;
    await run.app.teams.personalChat(petri).say(petri, 'hjälp');
    expect(answered(await press(risto, 'agenda.reply', { coming: 'no' }))).to.include(sv('agenda.replied.no'));
    await run.bot().settled();
    expect(toldOf(carola, invitation)).to.equal(1);
    const seat = exampleDirectory().members.find(({ person }) => person === risto.aadObjectId)?.seat ?? '';
    const data = { body, seat, as: 'member', person: petri.aadObjectId, from: '2026-11-25' };
    await run.app.chat.pressOld(kaisa, { type: 'Action.Execute', verb: 'seat.set', data });
    await run.to('2026-11-24T23:58');
    expect(toldOf(petri, invitation), 'not before it is theirs').to.equal(0);
    await run.to('2026-11-25T00:01');
    expect(toldOf(petri, invitation)).to.equal(1);
    expect(toldOf(carola, sv('meeting.notice.substituteFree.text'))).to.equal(1);
    expect(answered(await press(petri, 'agenda.reply', { coming: 'yes' }))).to.include(sv('agenda.replied.yes'));
    await run.to('2026-11-26T09:00');
    expect(toldOf(petri, invitation), 'once').to.equal(1);
    expect(toldOf(carola, sv('meeting.notice.substituteFree.text')), 'once').to.equal(1);
  });

  it('marks what changes after it went out, and tells it once it has come to rest', async () => {
    await sendPlanned();
    for (const title of ['Lokaler', 'Budget']) await press(kaisa, 'agenda.saveItem', fields(title));
    await press(kaisa, 'agenda.remove', { item: 'figures' });
    await run.to('2026-11-23T09:05');
    expect(toldOf(risto, sv('agenda.notice.changed'))).to.equal(0);
    await run.to('2026-11-23T09:30');
    expect(toldOf(risto, sv('agenda.notice.changed'))).to.equal(1);
    const [told] = toldPrivately(run.app, risto).filter((one) => one.includes(sv('agenda.notice.changed')));
    expect(told).to.include('Lokaler').and.include('Budget').and.include(sv('agenda.item.figures'));
    expect(cardTextOf(marjut)).to.include(sv('agenda.lateCount', { count: 3 }));
    expect(answered(await press(marjut, 'agenda.view', { page: 1 }))).to.include(sv('agenda.late.added'));
    await run.to('2026-11-24T12:00');
    expect(toldOf(risto, sv('agenda.notice.changed'))).to.equal(1);
  });

  it('asks who has said nothing, and warns its keeper while too few come', async () => {
    await sendPlanned();
    await press(marjut, 'agenda.reply', { coming: 'yes' });
    await run.to('2026-12-12T14:00');
    expect(toldOf(risto, sv('agenda.notice.silent')), 'five days before is a Saturday').to.equal(0);
    await run.to('2026-12-14T09:00');
    expect(toldOf(risto, sv('agenda.notice.silent'))).to.equal(1);
    expect(toldOf(marjut, sv('agenda.notice.silent'))).to.equal(0);
    expect(toldOf(kaisa, sv('agenda.notice.danger'))).to.equal(1);
    const [warning] = toldPrivately(run.app, kaisa).filter((one) => one.includes(sv('agenda.notice.danger')));
    expect(warning).to.include('Risto Vainio, Carola Nyman').and.not.include('Marjut');
    expect(warning).to.include('behövs 7, bland dem 2 myndigheter och 1 kommun.');
    await run.to('2026-12-16T14:00');
    expect(toldOf(risto, sv('agenda.notice.silent'))).to.equal(1);
  });

  it('keeps what is confidential from everybody without a seat', async () => {
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'agenda.saveItem', fields('Hemligt ärende', { confidential: 'true' }));
    await run.send(planned());
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
    expect(cardTextOf(risto)).to.include('Hemligt ärende');
    const { petri } = run.app.people;
    const seen = await press(petri, 'agenda.view');
    expect(answered(seen)).to.include(sv('agenda.title')).and.not.include('Hemligt');
    const item = idOf('Hemligt', await press(kaisa, 'agenda.view'));
    expect(item).to.not.equal('');
    expect(answered(await press(petri, 'agenda.view', { item }))).to.not.include('Hemligt');
  });

  it('opens a form of what is theirs to change alone, and logs who looked at what is confidential', async () => {
    const proposal = crypto.randomUUID();
    const secret = crypto.randomUUID();
    await press(kaisa, 'agenda.open', { body });
    await press(risto, 'agenda.saveItem', fields('Ungdomscoacher', { newId: proposal, background: 'Ristos skäl' }));
    await press(kaisa, 'agenda.saveItem', fields('Hemligt ärende', { newId: secret, confidential: 'true' }));
    const opened = (user: TeamsUser, item: string) => press(user, 'agenda.itemForm', { item });
    const theirs = answered(await opened(marjut, proposal));
    expect(theirs).to.include(sv('errors.agenda.noItem')).and.not.include('Ristos skäl');
    expect(answered(await opened(risto, proposal))).to.include('Ristos skäl');
    expect(answered(await opened(marjut, secret))).to.include(sv('errors.agenda.keepersOnly'));
    await run.send(planned());
    await press(kaisa, 'agenda.send', { sure: 1 });
    await press(marjut, 'agenda.view', { item: secret });
    await press(run.app.people.petri, 'agenda.view', { item: secret });
    expect(answered(await opened(kaisa, secret))).to.include('Hemligt ärende');
    const unread = fields('Hemligt ärende', { item: secret, confidential: 'true', minutes: 'en stund' });
    expect(answered(await press(kaisa, 'agenda.saveItem', unread))).to.include(sv('problem.notMinutes'));
    await run.bot().stop();
    const printed: string[] = [];
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: run.app.dataDir });
    const say = (line: string) => printed.push(line);
    expect(await printAuditLog(config, [body, 'agenda', '1'], say)).to.equal(0);
    const told = printed.map((line) => line.split('\t')).map(([, , who = '', what]) => [who.split(' (')[0], what]);
    expect(told.slice(0, 2)).to.deep.equal([
      [kaisa.name, 'agenda.begin'],
      [risto.name, 'agenda.propose'],
    ]);
    expect(told.filter(([, what]) => what === 'agenda.read')).to.deep.equal([
      [marjut.name, 'agenda.read'],
      // Whoever is refused what they pressed sees it, too.
      [marjut.name, 'agenda.read'],
      [kaisa.name, 'agenda.read'],
      // A form that comes back shows what is said in other languages.
      [kaisa.name, 'agenda.read'],
    ]);
    expect(printed.at(-1)).to.match(/^The chain of \d+ entries is whole\.$/);
    expect(await printAuditLog(config, [body, 'agenda', '2'], say)).to.equal(1);
    expect(printed.at(-1)).to.equal(`There is no log of ${body} agenda 2: its agendas are numbered from 1 to 1.`);
    expect(await printAuditLog(config, ['management:vastra-nyland', 'agenda', '1'], say)).to.equal(1);
    expect(printed.at(-1)).to.include('it has no agenda yet');
  });

  it('fills in how the region stands when it goes out', async () => {
    await press(kaisa, 'agenda.open', { body });
    expect(answered(await press(kaisa, 'agenda.view', { item: 'figures' }))).to.include(sv('figures.later'));
    await run.app.chat.say(run.app.people.petri, 'checklista start');
    await run.send(planned());
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
    const seen = answered(await press(risto, 'agenda.view', { item: 'figures' }));
    expect(seen)
      .to.include(sv('figures.period', { period: 'januari–november 2026', total: 0 }))
      .and.include(sv('figures.lists', { count: 23, overdue: 0 }))
      .and.include(sv('figures.rhythmsKept'));
  });

  it('gives back a form with all that was typed when a colleague was faster, and writes over nothing', async () => {
    await press(kaisa, 'agenda.open', { body });
    const item = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', fields('Lokaler', { newId: item }));
    const form = await press(kaisa, 'agenda.itemForm', { item });
    const data = executeActions(form.card ?? {}).find(({ action }) => action.verb === 'agenda.saveItem')?.action.data;
    const seen = isFields(data) ? data.seen : undefined;
    await press(kaisa, 'agenda.saveItem', { ...fields('Nya lokaler'), item, seen });
    const late = await press(kaisa, 'agenda.saveItem', { ...fields('Andra lokaler'), item, seen });
    expect(answered(late)).to.include(sv('errors.form.overtaken')).and.include('Andra lokaler');
    expect(answered(await press(kaisa, 'agenda.view', { item }))).to.include('Nya lokaler');
  });

  it('shows in its form what an item says in other languages, and says nothing else in one than in another', async () => {
    await press(kaisa, 'agenda.open', { body });
    const item = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', fields('Lokaler', { newId: item, proposal: 'Vi hyr.' }));
    const inFinnish = { item, language: 'fi' };
    await press(kaisa, 'agenda.saveItem', { ...fields('Tilat'), ...inFinnish, proposal: 'Vuokraamme.' });
    const finnish = { name: `${sv('agenda.form.proposal')} (${sv('minutes.paper.in.fi')})` };
    const form = answered(await press(kaisa, 'agenda.itemForm', { item }));
    expect(form).to.include(sv('agenda.form.goes', finnish)).and.include('Vuokraamme.');
    const saved = await press(kaisa, 'agenda.saveItem', { ...fields('Lokaler'), item, proposal: 'Vi hyr inte.' });
    expect(answered(saved)).to.include(sv('agenda.said.saved'));
    const swedish = { name: `${sv('agenda.form.proposal')} (${sv('minutes.paper.in.sv')})` };
    const anew = answered(await press(kaisa, 'agenda.itemForm', inFinnish));
    expect(anew).to.include(sv('agenda.form.stays', swedish)).and.include('Vi hyr inte.').and.include('Tilat');
    expect(anew).to.not.include('Vuokraamme.');
    const untitled = answered(await press(kaisa, 'agenda.saveItem', { ...fields(''), item, proposal: 'Vi hyr inte.' }));
    expect(untitled).to.include(sv('errors.agenda.untitled'));
    const usual = { name: sv('agenda.form.proposal') };
    expect(answered(await press(kaisa, 'agenda.itemForm', { item: 'quorum' })))
      .to.include(sv('agenda.form.usual', usual))
      .and.include(sv('agenda.proposal.quorum'));
  });
});
