import { expect } from 'chai';
import { chairOf, seatsOf } from '../../src/directory/seats.ts';
import { bodyId } from '../../src/shared/ids.ts';
import type { Outcome } from '../../src/steering/model.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv } from '../support/seed.ts';
import { executeActions, findAction, gatherInputs } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** The steering group meets on Thursday 17 December 2026 at 13; times are Helsinki's. */
describe('a meeting of the steering group', () => {
  const body = bodyId('steering:vastra-nyland');
  const seats = seatsOf(exampleDirectory(), body);
  let run: MeetingRun;
  let kaisa: TeamsUser;

  beforeEach(async () => {
    run = await startMeetings();
    kaisa = run.app.people.kaisa;
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    await press(kaisa, 'agenda.open', { body });
    const plan = { one: { start: '2026-12-17T13:00', minutes: 60 }, repeat: null };
    await run.send(meeting({ body, title: 'Styrgruppsmöte', plan }, { by: 'kaisa' }));
    await run.bot().settled();
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
  });
  afterEach(() => run.stop());

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  const known = async (person: string): Promise<TeamsUser> => {
    const found = exampleDirectory().people.find(({ id }) => id === person);
    const user = run.app.teams.addUser({ name: found?.name ?? '', aadObjectId: person });
    await run.app.teams.personalChat(user).say(user, 'hjälp');
    return user;
  };
  /** The first so many seats, each with its member, the chair's among them. */
  const seating = (count: number): Fields =>
    Object.fromEntries(seats.slice(0, count).map(({ id, member }) => [`seat-${id}`, member ?? 'absent']));
  const seat = (at: number) => seats[at] ?? { id: '', member: null, substitute: null };
  const began = async (count: number): Promise<InvokeAnswer> => {
    await run.to('2026-12-17T12:55');
    return press(kaisa, 'sitting.begin', seating(count));
  };
  const decide = (item: string, as = 'asProposed', decision = ''): Promise<InvokeAnswer> =>
    press(kaisa, 'sitting.decide', { item, as, decision });
  /** What the card says that an item has come to; a form of a decision says it of nothing. */
  const cameTo = (as: Outcome['as'] | null): string =>
    sv('sitting.decision', { outcome: as === null ? sv('sitting.decided') : sv(`sitting.outcome.${as}`) });
  const seenOn = ({ card }: InvokeAnswer, verb: string): unknown => {
    const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
    return isFields(data) ? data.seen : undefined;
  };

  it('opens with who is there, shortly before its time, by who keeps the record alone', async () => {
    expect(answered(await press(kaisa, 'sitting.begin', seating(8)))).to.include(sv('errors.sitting.tooEarly'));
    await run.to('2026-12-17T12:30');
    const form = await press(kaisa, 'sitting.beginForm');
    expect(answered(form)).to.include(sv('sitting.form.begin.lead')).and.include('Risto Vainio');
    const risto = await known(seat(0).member ?? '');
    expect(answered(await press(risto, 'sitting.begin', seating(8)))).to.include(sv('errors.agenda.keepersOnly'));
    const open = await began(8);
    expect(answered(open)).to.include(sv('sitting.quorate', { count: 8 }));
    expect(answered(await press(kaisa, 'sitting.begin', seating(2))), 'pressed twice it is one meeting').to.include(
      sv('sitting.quorate', { count: 8 }),
    );
  });

  it('decides nothing without a quorum, and nothing recorded becomes untrue when somebody leaves', async () => {
    await began(6);
    const refused = await decide('approval');
    expect(answered(refused)).to.include(sv('errors.sitting.noQuorum', { count: 6, needed: 7 }));
    expect(answered(await decide('opening', 'noted')), 'what is noted needs none').to.include(cameTo('noted'));
    const who = `${seat(6).id} ${seat(6).substitute}`;
    await press(kaisa, 'sitting.attend', { who, what: 'come', at: 'approval' });
    expect(answered(await decide('approval'))).to.include(cameTo('asProposed'));
    expect(answered(await decide('quorum')), 'before they came').to.include(
      sv('errors.sitting.noQuorum', { count: 6, needed: 7 }),
    );
    const never = await press(kaisa, 'sitting.attend', { who, what: 'absent', at: 'approval' });
    expect(answered(never)).to.include(sv('errors.sitting.wouldUndo', { number: 4 }));
    await press(kaisa, 'sitting.attend', { who, what: 'leave', at: 'followUp' });
    expect(answered(await decide('operatingPlan-2027'))).to.include(
      sv('errors.sitting.noQuorum', { count: 6, needed: 7 }),
    );
  });

  it('says what is wanting where it cannot decide: an authority, not only more seats', async () => {
    await run.to('2026-12-17T12:55');
    const towns = seats.filter(({ kind }) => kind === 'municipality');
    const there = Object.fromEntries(towns.map(({ id, member }) => [`seat-${id}`, member ?? 'absent']));
    const begun = await press(kaisa, 'sitting.begin', there);
    expect(answered(begun)).to.include(sv('sitting.lacks.authority', { count: 2 }));
    expect(answered(await decide('approval'))).to.include(sv('errors.sitting.noAuthority', { count: 2 }));
  });

  it('lets a member or the substitute sit in a seat, never both', async () => {
    await began(8);
    const who = `${seat(0).id} ${seat(0).substitute}`;
    const both = await press(kaisa, 'sitting.attend', { who, what: 'come', at: 'approval' });
    expect(answered(both)).to.include(sv('errors.sitting.seatTaken', { person: 'Risto Vainio' }));
    const left = { who: `${seat(0).id} ${seat(0).member}`, what: 'leave', at: 'approval' };
    await press(kaisa, 'sitting.attend', left);
    const came = await press(kaisa, 'sitting.attend', { who, what: 'come', at: 'approval' });
    expect(answered(came)).to.include(sv('sitting.quorate', { count: 8 }));
  });

  it('votes openly, one vote a seat, and the chair’s vote decides where they are equal', async () => {
    await began(8);
    const [risto, carola] = [await known(seat(0).member ?? ''), await known(seat(0).substitute ?? '')];
    const item = 'approval';
    const newId = crypto.randomUUID();
    await press(kaisa, 'sitting.counter', { item, newId, counter: 'Nästa möte i mars' });
    const voted = await press(risto, 'sitting.vote', { item, option: newId });
    expect(answered(voted)).to.include(sv('sitting.saidThanks.voted'));
    expect(answered(await press(risto, 'sitting.vote', { item, option: 'proposal' }))).to.include(
      sv('errors.sitting.voted'),
    );
    expect(answered(await press(carola, 'sitting.vote', { item, option: 'proposal' }))).to.include(
      sv('errors.sitting.otherVotes', { person: 'Risto Vainio' }),
    );
    const others = seats.slice(1, 8).map(({ id }, at) => [`seat-${id}`, at < 4 ? 'proposal' : newId]);
    await press(kaisa, 'sitting.ballots', { item, ...Object.fromEntries(others) });
    expect(answered(await decide(item)), 'not before the vote has ended').to.include(
      sv('errors.sitting.voteOn', { number: 4 }),
    );
    const ended = await press(kaisa, 'sitting.endVote', { item });
    expect(answered(await press(kaisa, 'sitting.ballotsForm', { item })), 'from an older card').to.include(
      sv('errors.sitting.voteOver'),
    );
    expect(answered(ended)).to.include(sv('sitting.wonByChair', { option: sv('sitting.option.proposal') }));
    expect(answered(await decide(item))).to.include(cameTo('asProposed'));
    await press(risto, 'sitting.dissent', { item, dissent: 'Mars vore bättre.' });
    expect(answered(await press(kaisa, 'sitting.view', { item })))
      .to.include(sv('sitting.dissentOf', { name: 'Risto Vainio' }))
      .and.include('Mars vore bättre.');
  });

  it('counts who is disqualified in no item of theirs, and the substitute who steps in', async () => {
    await began(7);
    const { id, member, substitute } = seat(1);
    await press(kaisa, 'sitting.recuse', { item: 'operatingPlan-2027', who: `${id} ${member}` });
    expect(answered(await decide('operatingPlan-2027'))).to.include(
      sv('errors.sitting.noQuorum', { count: 6, needed: 7 }),
    );
    const replaced = await press(kaisa, 'sitting.recuse', {
      item: 'operatingPlan-2027',
      who: `${id} ${member} ${substitute}`,
    });
    expect(answered(replaced)).to.include('deltar i stället');
    expect(answered(await decide('operatingPlan-2027'))).to.include(cameTo('asProposed'));
    const back = await press(kaisa, 'sitting.recuse', { item: 'operatingPlan-2027', who: `-${id}` });
    expect(answered(back), 'the seat is there all the same').to.not.include('deltar i stället');
  });

  it('gives somebody an action, which is told, stands among their tasks and is done there', async () => {
    await began(8);
    const owner = seat(0).member ?? '';
    const risto = await known(owner);
    const action = {
      item: 'followUp',
      newId: crypto.randomUUID(),
      action: 'Skriv till kommunerna',
      owner,
      due: '2027-01-15',
    };
    await press(kaisa, 'sitting.assign', action);
    await press(kaisa, 'sitting.assign', action);
    await run.bot().settled();
    const told = () => toldPrivately(run.app, risto).filter((one) => one.includes(sv('agenda.notice.assigned')));
    expect(told()).to.have.length(1);
    expect(told()[0], 'what, and until when').to.include('Skriv till kommunerna').and.include('fre 15 jan');
    const other = { ...action, newId: crypto.randomUUID(), action: 'Boka en lokal', due: '2027-01-22' };
    await press(kaisa, 'sitting.assign', other);
    await run.bot().settled();
    expect(told(), 'of two, the new one').to.have.length(2);
    expect(told()[1]).to.include('Boka en lokal').and.not.include('Skriv till kommunerna');
    await press(kaisa, 'sitting.done', { item: 'followUp', action: other.newId });
    const tasks = await press(risto, 'task.list');
    expect(answered(tasks)).to.include('Skriv till kommunerna').and.include('fre 15 jan');
    await press(kaisa, 'sitting.close', { sure: 1 });
    const done = await press(risto, 'sitting.done', { item: 'followUp', action: action.newId });
    expect(answered(done)).to.include(sv('tasks.none'));
  });

  it('loses nothing that two write at once: the later sees what the other wrote', async () => {
    await began(8);
    const form = await press(kaisa, 'sitting.discussForm', { item: 'figures' });
    const seen = seenOn(form, 'sitting.discuss');
    const secretary = await known(
      exampleDirectory().members.find(({ office }) => office === 'secretary')?.person ?? '',
    );
    await press(secretary, 'sitting.discuss', { item: 'figures', seen, discussion: 'Fallen ökar i Lojo.' });
    const late = await press(kaisa, 'sitting.discuss', { item: 'figures', seen, discussion: 'Ingen diskussion.' });
    expect(answered(late)).to.include(sv('errors.form.overtaken')).and.include('Ingen diskussion.');
    expect(answered(await press(kaisa, 'sitting.view', { item: 'figures' }))).to.include('Fallen ökar i Lojo.');
  });

  it('shows nothing of what is recorded to whoever has no seat, and changes nothing once it is closed', async () => {
    await began(8);
    await press(kaisa, 'sitting.discuss', { item: 'figures', discussion: 'Fallen ökar i Lojo.' });
    const { petri } = run.app.people;
    const seen = await press(petri, 'sitting.view', { item: 'figures' });
    expect(answered(seen)).to.include(sv('agenda.title')).and.not.include('ökar');
    expect(answered(await press(kaisa, 'sitting.close', { sure: 1 }))).to.include(sv('sitting.saidThanks.closed'));
    expect(answered(await decide('operatingPlan-2027'))).to.include(sv('errors.sitting.closed'));
    const next = await press(kaisa, 'agenda.open', { body });
    expect(answered(next), 'the next one begins').to.include(sv('agenda.draftTitle'));
    await press(kaisa, 'sitting.reopen');
    const plan = answered(await decide('operatingPlan-2027'));
    expect(plan, 'what the next one has')
      .to.include('Nästa föredragningslista har redan påbörjats')
      .and.not.include(cameTo('asProposed'));
    expect(answered(await decide('approval'))).to.include(cameTo('asProposed'));
  });

  it('leaves to the next meeting what it has not settled, and what is still to be done, of which its owner is reminded', async () => {
    const matters = ['Lokaler', 'Budget', 'Skyltar', 'Fordon'].map((title) => ({ title, newId: crypto.randomUUID() }));
    for (const { title, newId } of matters) {
      await press(kaisa, 'agenda.saveItem', {
        ...{ newId, title, kind: 'decision', presenter: 'nobody', confidential: 'false' },
        ...{ background: `Om ${title}`, proposal: `Vi ordnar ${title}.` },
      });
    }
    const [premises, budget, signs] = matters.map(({ newId }) => newId);
    const owner = seat(0).member ?? '';
    const risto = await known(owner);
    await began(8);
    await decide(premises ?? '');
    await decide(budget ?? '', 'tabled');
    await decide(signs ?? '', 'returned');
    const action = {
      item: premises ?? '',
      newId: crypto.randomUUID(),
      action: 'Ring hyresvärden',
      owner,
      due: '2026-12-22',
    };
    await press(kaisa, 'sitting.assign', action);
    await press(kaisa, 'sitting.close', { sure: 1 });
    const next = await press(kaisa, 'agenda.open', { body });
    expect(answered(next))
      .to.include(sv('agenda.draftTitle'))
      .and.include('Budget')
      .and.include('Skyltar')
      .and.include('Fordon')
      .and.not.include('Lokaler');
    const verksamhetsplan = sv('agenda.item.operatingPlan', { year: 2027 });
    expect(answered(next).split(verksamhetsplan), 'of what the season brings only one').to.have.length(2);
    const carried = executeActions(next.card ?? {}).find(({ action: one }) => String(one.tooltip).includes('Budget'));
    const data = carried?.action.data;
    const whole = await press(kaisa, 'agenda.view', { sitting: '2', item: isFields(data) ? data.item : '' });
    expect(answered(whole), 'with all that was written of it').to.include('Om Budget');
    const followUp = await press(kaisa, 'agenda.view', { sitting: '2', item: 'followUp' });
    expect(answered(followUp))
      .to.include('Ring hyresvärden')
      .and.include(sv('decisions.by', { date: 'tis 22 dec' }));
    await run.to('2026-12-23T12:00');
    const reminded = (): number =>
      toldPrivately(run.app, risto).filter((one) => one.includes(sv('agenda.notice.overdue'))).length;
    expect(reminded()).to.equal(1);
    await run.to('2027-01-20T12:00');
    expect(reminded(), 'once').to.equal(1);
    const list = await press(risto, 'agenda.decisions', { body });
    expect(answered(list))
      .to.include(sv('decisions.late', { date: 'tis 22 dec 2026' }))
      .and.include('Lokaler')
      .and.include(sv('sitting.outcome.asProposed'));
    await press(risto, 'sitting.done', { item: action.item, action: action.newId });
    const done = executeActions((await press(risto, 'agenda.decisions', { body })).card ?? {});
    expect(done.map(({ action: { verb } }) => verb))
      .to.include('sitting.undone')
      .and.not.include('sitting.done');
    await run.bot().settled();
    expect(
      answered(await press(kaisa, 'agenda.view', { sitting: '2', item: 'followUp' })),
      'the next agenda knows it too',
    ).to.not.include('Ring hyresvärden');
    const undone = await press(risto, 'sitting.undone', { item: action.item, action: action.newId, from: 0 });
    expect(answered(undone)).to.include(sv('decisions.actions')).and.include(sv('sitting.saidThanks.saved'));
    await run.bot().settled();
    const marjut = await known(seat(1).member ?? '');
    const handOn = { item: action.item, action: action.newId, from: 0 };
    expect(answered(await press(kaisa, 'sitting.handOnForm', handOn))).to.include(sv('sitting.form.handOn.title'));
    const handed = await press(kaisa, 'sitting.handOn', { ...handOn, owner: marjut.aadObjectId, due: '2027-03-01' });
    expect(answered(handed)).to.include(sv('decisions.by', { date: 'mån 1 mars' }));
    await run.bot().settled();
    expect(toldPrivately(run.app, marjut).join()).to.include(sv('agenda.notice.assigned'));
    expect(answered(await press(kaisa, 'agenda.view', { sitting: '2', item: 'followUp' })))
      .to.include('Ring hyresvärden')
      .and.include('mars');
  });

  it('settles nothing again, when it is put right later, that the next agenda has begun with', async () => {
    const matters = ['Lokaler', 'Fordon'].map((title) => ({ title, newId: crypto.randomUUID() }));
    for (const { title, newId } of matters)
      await press(kaisa, 'agenda.saveItem', {
        ...{ newId, title, kind: 'decision', presenter: 'nobody', confidential: 'false', proposal: `${title} hyrs.` },
      });
    const [premises = '', cars = ''] = matters.map(({ newId }) => newId);
    await began(8);
    await decide(premises);
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'sitting.reopen');
    const carried = answered(await decide(cars));
    expect(carried).to.include('Nästa föredragningslista har redan påbörjats');
    expect(answered(await press(kaisa, 'sitting.undecide', { item: premises }))).to.include('har redan påbörjats');
    const late = { newId: crypto.randomUUID(), title: 'Sent', kind: 'decision', presenter: 'nobody' };
    expect(answered(await press(kaisa, 'agenda.saveItem', { ...late, confidential: 'false' }))).to.include(
      'har redan påbörjats',
    );
    expect(answered(await decide(premises, 'changed', 'Vi hyr i Hangö.')), 'what it settled is put right').to.include(
      'Vi hyr i Hangö.',
    );
  });

  it('keeps confidential at every meeting what becomes so at one, and gives nobody else a form of it', async () => {
    const { petri } = run.app.people;
    const item = { kind: 'decision', presenter: 'nobody', confidential: 'false' };
    const newId = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', { ...item, title: 'Fordon', newId });
    await began(8);
    await press(kaisa, 'sitting.close', { sure: 1 });
    const plan = { one: { start: '2027-03-18T13:00', minutes: 60 }, repeat: null };
    await run.send(meeting({ body, title: 'Mars', plan }, { by: 'kaisa', id: 'c0000000-0000-4000-8000-000000000098' }));
    await run.bot().settled();
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'agenda.send', { sitting: '2', sure: 1 });
    await run.bot().settled();
    const seenBy = async (user: TeamsUser): Promise<boolean[]> => {
      const cards = await Promise.all(['1', '2'].map((sitting) => press(user, 'agenda.view', { sitting })));
      return cards.map((card) => answered(card).includes('Fordon'));
    };
    expect(await seenBy(petri)).to.deep.equal([true, true]);
    await press(kaisa, 'sitting.reopen');
    const secret = { ...item, title: 'Fordon', item: newId, confidential: 'true' };
    await press(kaisa, 'agenda.saveItem', secret);
    expect(await seenBy(petri), 'made so at the first').to.deep.equal([false, false]);
    expect(await seenBy(kaisa)).to.deep.equal([true, true]);
    const copy = `from-1-${newId}`;
    for (const confidential of ['false', 'true']) {
      await press(kaisa, 'agenda.saveItem', { ...secret, confidential: 'false' });
      await press(kaisa, 'agenda.saveItem', { ...secret, sitting: '2', item: copy, confidential });
    }
    expect(await seenBy(petri), 'made so at the second').to.deep.equal([false, false]);
    const wrong = { ...secret, title: 'x'.repeat(200), confidential: 'false' };
    const form = answered(await press(petri, 'agenda.saveItem', wrong));
    expect(form).to.include(sv('errors.directory.notAMember')).and.not.include('xxx');
  });

  it('asks before it is closed with something that goes on to the next agenda, and leads from item to item', async () => {
    await press(kaisa, 'agenda.saveItem', {
      ...{ newId: crypto.randomUUID(), title: 'Lokaler', kind: 'decision', presenter: 'nobody', confidential: 'false' },
    });
    await began(8);
    const decided = executeActions((await decide('opening', 'noted')).card ?? {});
    const next = decided.find(({ action }) => action.title === sv('sitting.action.next'))?.action.data;
    expect(isFields(next) ? next.item : '').to.equal('quorum');
    const asked = answered(await press(kaisa, 'sitting.close'));
    expect(asked).to.include(sv('sitting.closeCard.title')).and.include('Lokaler').and.not.include('Nästa möte');
    expect(asked, 'what every meeting decides').to.include(
      sv('sitting.closeCard.unrecorded', { count: 4, numbers: '2, 3, 4 och 11' }),
    );
    await decide('approval');
    expect(answered(await press(kaisa, 'sitting.close'))).to.include(
      sv('sitting.closeCard.unrecorded', { count: 3, numbers: '2, 3 och 11' }),
    );
    expect(answered(await press(kaisa, 'sitting.view'))).to.include(sv('sitting.quorate', { count: 8 }));
    const closed = answered(await press(kaisa, 'sitting.close', { sure: 1 }));
    expect(closed).to.include(sv('sitting.saidThanks.closed')).and.include(sv('sitting.untouched'));
  });

  it('takes back an opening that was a mistake, and asks at which item somebody left', async () => {
    await began(8);
    const left = await press(kaisa, 'sitting.attend', { who: `${seat(0).id} ${seat(0).member}`, what: 'leave' });
    expect(answered(left)).to.include('Välj ett alternativ.').and.include(sv('sitting.form.attend.leave'));
    const undone = await press(kaisa, 'sitting.undoBegin');
    expect(answered(undone)).to.include(sv('sitting.saidThanks.undone')).and.include(sv('agenda.title'));
    expect(answered(await press(kaisa, 'sitting.begin', seating(7)))).to.include(sv('sitting.quorate', { count: 7 }));
  });

  it('is led in one item by another than its chair, who is disqualified there', async () => {
    await began(8);
    const [chair, other] = [seat(0), seat(1)];
    await press(kaisa, 'sitting.chair', { person: chair.member, at: 'opening', scope: 'on' });
    await press(kaisa, 'sitting.recuse', { item: 'figures', who: `${chair.id} ${chair.member}` });
    const there = await press(kaisa, 'sitting.view', { item: 'figures' });
    expect(answered(there)).to.include(sv('sitting.noChair'));
    const opens = findAction(there.card ?? {}, 'sitting.chairForm');
    expect(opens.action.title, 'where nobody leads it').to.equal(sv('sitting.action.chooseChair'));
    const form = await press(kaisa, 'sitting.chairForm', gatherInputs(opens, {}));
    const sends = findAction(form.card ?? {}, 'sitting.chair');
    const begun = gatherInputs(sends, {});
    expect(begun, 'of the item that was shown').to.include({ item: 'figures', at: 'figures', scope: 'only' });
    expect(begun.person || null).to.equal(null);
    const only = answered(await press(kaisa, 'sitting.chair', { ...begun, person: other.member }));
    expect(only)
      .to.include(sv('sitting.saidThanks.saved'))
      .and.include(sv('sitting.chairOfItem', { name: '' }).trim());
    const name = exampleDirectory().people.find(({ id }) => id === other.member)?.name ?? '';
    expect(answered(await press(kaisa, 'sitting.view', { item: 'figures' }))).to.include(
      sv('sitting.chairOfItem', { name }),
    );
    expect(answered(await press(kaisa, 'sitting.view', { item: 'next' }))).to.not.include(
      sv('sitting.chairOfItem', { name }),
    );
  });

  it('keeps what is still to be done among the tasks of its owner, however many meetings ago it was settled', async () => {
    const risto = await known(seat(0).member ?? '');
    await began(8);
    const action = { item: 'followUp', newId: crypto.randomUUID(), action: 'Ring hyresvärden', due: '2027-12-22' };
    await press(kaisa, 'sitting.assign', { ...action, owner: risto.aadObjectId });
    await press(kaisa, 'sitting.close', { sure: 1 });
    const later = Array.from({ length: 13 }, (_, at) => Temporal.PlainDate.from('2027-01-07').add({ weeks: at }));
    for (const [at, date] of later.entries()) {
      const [sitting, id] = [String(at + 2), `c0000000-0000-4000-8000-0000000001${10 + at}`];
      const plan = { one: { start: `${date}T13:00`, minutes: 60 }, repeat: null };
      await run.send(meeting({ body, title: 'Möte', plan }, { by: 'kaisa', id }));
      await run.bot().settled();
      await press(kaisa, 'agenda.open', { body });
      await press(kaisa, 'agenda.send', { sitting, sure: 1 });
      await run.to(`${date}T12:55`);
      await press(kaisa, 'sitting.begin', { sitting, ...seating(8) });
      expect(answered(await press(kaisa, 'sitting.close', { sitting, sure: 1 }))).to.include(
        sv('sitting.saidThanks.closed'),
      );
    }
    await press(kaisa, 'agenda.open', { body });
    const newest = { sitting: String(later.length + 2), item: 'followUp' };
    expect(answered(await press(kaisa, 'agenda.view', newest))).to.include('Ring hyresvärden');
    expect(answered(await press(risto, 'task.list'))).to.include('Ring hyresvärden');
    expect(answered(await press(risto, 'agenda.decisions', { body }))).to.include('Ring hyresvärden');
    await press(risto, 'sitting.done', { item: action.item, action: action.newId });
    await run.bot().settled();
    expect(answered(await press(kaisa, 'agenda.view', newest))).to.not.include('Ring hyresvärden');
    const asks = { type: 'Action.Execute', verb: 'agenda.decisions', data: {} };
    const petri = await run.app.chat.pressOld(run.app.people.petri, asks);
    expect(answered(petri), 'who belongs to no such body').to.include(sv('errors.agenda.noBodyOfYours'));
  });

  it('keeps what was left to do as it was when it was opened, and the next agenda has it as it is by then', async () => {
    const risto = await known(seat(0).member ?? '');
    await began(8);
    const actions = ['Ring hyresvärden', 'Boka en lokal'].map((action) => ({
      ...{ item: 'followUp', newId: crypto.randomUUID(), action, owner: risto.aadObjectId, due: '2027-12-22' },
    }));
    for (const action of actions) await press(kaisa, 'sitting.assign', action);
    await press(kaisa, 'sitting.close', { sure: 1 });
    const plan = { one: { start: '2027-03-18T13:00', minutes: 60 }, repeat: null };
    await run.send(meeting({ body, title: 'Mars', plan }, { by: 'kaisa', id: 'c0000000-0000-4000-8000-000000000097' }));
    await run.bot().settled();
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'agenda.send', { sitting: '2', sure: 1 });
    await run.bot().settled();
    const done = async ({ item, newId }: { item: string; newId: string }): Promise<void> => {
      await press(risto, 'sitting.done', { item, action: newId });
      await run.bot().settled();
    };
    const leftOn = async (sitting: string): Promise<boolean[]> => {
      const answer = answered(await press(kaisa, 'agenda.view', { sitting, item: 'followUp' }));
      return actions.map(({ action }) => answer.includes(action));
    };
    const [phone, room] = actions;
    if (!phone || !room) throw new Error('There are two.');
    expect(await leftOn('2')).to.deep.equal([true, true]);
    await run.to('2027-03-18T12:55');
    await done(phone);
    expect(await leftOn('2'), 'before it is opened').to.deep.equal([false, true]);
    await press(kaisa, 'sitting.begin', { sitting: '2', ...seating(8) });
    await done(room);
    expect(await leftOn('2'), 'while it goes on').to.deep.equal([false, true]);
    await press(kaisa, 'sitting.close', { sitting: '2', sure: 1 });
    await press(kaisa, 'agenda.open', { body });
    expect(await leftOn('3')).to.deep.equal([false, false]);
  });

  it('keeps its own time, also when it ends early or late and the next one is planned meanwhile', async () => {
    await began(8);
    await run.to('2026-12-17T13:40');
    await press(kaisa, 'sitting.close', { sure: 1 });
    expect(answered(await press(kaisa, 'agenda.open', { body })), 'the next is not for what was held').to.include(
      sv('agenda.noMeeting'),
    );
    const plan = { one: { start: '2027-03-18T13:00', minutes: 60 }, repeat: null };
    await run.send(
      meeting({ body, title: 'Nästa', plan }, { by: 'kaisa', id: 'c0000000-0000-4000-8000-000000000099' }),
    );
    await run.bot().settled();
    expect(answered(await press(kaisa, 'sitting.view'))).to.include('tors 17 dec kl. 13.00');
    expect(answered(await press(kaisa, 'agenda.view', { sitting: '2' }))).to.include('tors 18 mars 2027 kl. 13.00');
  });

  it('can be opened until a day after its time, and not once the next agenda has begun', async () => {
    await run.to('2026-12-17T15:30');
    expect(answered(await press(kaisa, 'agenda.open', { body })), 'it is still this one').to.include('tors 17 dec');
    await run.to('2026-12-18T15:00');
    expect(answered(await press(kaisa, 'agenda.open', { body }))).to.include(sv('agenda.draftTitle'));
    expect(answered(await press(kaisa, 'sitting.begin', seating(8)))).to.include(sv('errors.sitting.nextBegun'));
  });

  it('leaves what members have proposed, and nobody has answered, to the next one', async () => {
    const risto = await known(seat(0).member ?? '');
    await run.to('2026-12-01T09:00');
    const newId = crypto.randomUUID();
    const proposal = { newId, title: 'Ungdomscoacher', kind: 'decision', presenter: 'nobody', confidential: 'false' };
    await press(risto, 'agenda.saveItem', proposal);
    await began(8);
    await press(kaisa, 'sitting.close', { sure: 1 });
    const next = await press(kaisa, 'agenda.open', { body });
    expect(answered(next))
      .to.include('Ungdomscoacher')
      .and.include(sv('agenda.state.proposed', { name: 'Risto Vainio' }));
  });

  it('decides what the vote has decided, in words where it is another thing than was proposed', async () => {
    await began(8);
    const item = 'approval';
    expect(answered(await decide(item, 'changed'))).to.include(sv('errors.sitting.wordsNeeded'));
    const newId = crypto.randomUUID();
    await press(kaisa, 'sitting.counter', { item, newId, counter: 'I mars' });
    const all = Object.fromEntries(seats.slice(0, 8).map(({ id }) => [`seat-${id}`, newId]));
    await press(kaisa, 'sitting.ballots', { item, ...all });
    expect(answered(await press(kaisa, 'sitting.close', { sure: 1 }))).to.include(
      sv('errors.sitting.voteOn', { number: 4 }),
    );
    const option = sv('sitting.option.counterShort', { number: 1 });
    expect(answered(await press(kaisa, 'sitting.endVote', { item })), 'it is not decided by that')
      .to.include(sv('sitting.mostVotes', { option }))
      .and.not.include(sv('sitting.won', { option }));
    for (const sure of [{}, { sure: 1 }])
      expect(answered(await press(kaisa, 'sitting.close', sure)), 'nor passed over').to.include(
        sv('errors.sitting.voteUndecided', { number: 4 }),
      );
    expect(answered(await decide(item, 'asProposed'))).to.include(sv('errors.sitting.voteSays'));
    expect(answered(await decide(item, 'changed')))
      .to.include(cameTo('changed'))
      .and.include(sv('sitting.won', { option }));
    expect(answered(await press(kaisa, 'sitting.close', { sure: 1 }))).to.include(sv('sitting.saidThanks.closed'));
  });

  it('is led by somebody, and decides in words what nobody has proposed', async () => {
    await run.to('2026-12-17T12:55');
    const chair = seatsOf(exampleDirectory(), body).find(({ member }) => member === chairOf(exampleDirectory(), body));
    await press(kaisa, 'sitting.begin', { ...seating(9), [`seat-${chair?.id}`]: 'absent' });
    expect(answered(await decide('approval'))).to.include(sv('errors.sitting.noChair'));
    await press(kaisa, 'sitting.chair', { person: seat(1).member, at: 'opening', scope: 'on' });
    const usual = answered(await press(kaisa, 'sitting.view', { item: 'approval' }));
    expect(usual, 'what is usual is proposed').to.include(sv('agenda.proposal.approval'));
    const quick = async (item: string) =>
      executeActions((await press(kaisa, 'sitting.view', { item })).card ?? {}).find(
        ({ action }) => action.verb === 'sitting.decide',
      )?.action;
    const once = await quick('approval');
    expect([once?.title, await quick('next')]).to.deep.equal([`✓ ${sv('sitting.outcome.asProposed')}`, undefined]);
    expect((await quick('followUp'))?.title).to.equal(`✓ ${sv('sitting.outcome.noted')}`);
    const pressed = once?.data;
    const decided = answered(await press(kaisa, 'sitting.decide', isFields(pressed) ? pressed : {}));
    expect(decided).to.include(cameTo('asProposed'));
    await press(kaisa, 'sitting.decide', { item: 'approval', as: 'tabled', decision: '' });
    const late = answered(await press(kaisa, 'sitting.decide', isFields(pressed) ? pressed : {}));
    expect(late, 'pressed once more when it has become another').to.include(sv('errors.form.overtaken'));
    const form = answered(await press(kaisa, 'sitting.decideForm', { item: 'next' }));
    expect(form)
      .to.include(sv('sitting.decided'))
      .and.not.include(sv('sitting.outcome.asProposed'))
      .and.not.include(sv('sitting.outcome.changed'));
    expect(answered(await decide('next'))).to.include(sv('errors.sitting.nothingProposed'));
    const counter = { item: 'next', newId: crypto.randomUUID(), counter: 'I mars' };
    expect(answered(await press(kaisa, 'sitting.counter', counter))).to.include(sv('errors.sitting.nothingProposed'));
    expect(answered(await decide('next', 'changed', 'Vi ses i mars.')))
      .to.include(cameTo(null))
      .and.include('Vi ses i mars.');
    const petri = await press(run.app.people.petri, 'sitting.decide', { item: 'next', as: 'asProposed', decision: '' });
    expect(answered(petri), 'nobody else hears what is proposed').to.not.include(sv('errors.sitting.nothingProposed'));
  });

  it('asks again who has written down a vote or a decision that a colleague has written down since', async () => {
    await began(8);
    const item = 'approval';
    await press(kaisa, 'sitting.counter', { item, newId: crypto.randomUUID(), counter: 'I mars' });
    const form = await press(kaisa, 'sitting.ballotsForm', { item });
    const seen = seenOn(form, 'sitting.ballots');
    const [one] = seats;
    await press(kaisa, 'sitting.ballots', { item, [`seat-${one?.id}`]: 'proposal' });
    const late = await press(kaisa, 'sitting.ballots', { item, seen, [`seat-${one?.id}`]: 'abstain' });
    expect(answered(late)).to.include(sv('errors.form.overtaken'));
    const other = seats[1]?.id;
    await press(kaisa, 'sitting.ballots', { item, seen, [`seat-${other}`]: 'abstain' });
    const votes = await press(kaisa, 'sitting.view', { item });
    expect(answered(votes), 'who is not in the way is written down').to.include(sv('sitting.votes', { count: 1 }));
    const decision = await press(kaisa, 'sitting.decideForm', { item: 'quorum' });
    const saw = seenOn(decision, 'sitting.decide');
    await press(kaisa, 'sitting.decide', { item: 'quorum', seen: saw, as: 'asProposed', decision: '' });
    const second = await press(kaisa, 'sitting.decide', { item: 'quorum', seen: saw, as: 'tabled', decision: '' });
    expect(answered(second)).to.include(sv('errors.form.overtaken'));
  });
});
