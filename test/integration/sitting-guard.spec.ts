import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import { readConfig } from '../../bot/config.ts';
import { seatsOf } from '../../src/directory/seats.ts';
import { AppError } from '../../src/shared/errors.ts';
import { fingerprintOf } from '../../src/shared/fingerprint.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { textsFor } from '../../src/shared/text.ts';
import type { AroundRequest, StoreOperation } from '../../src/storage/around.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv, verbsOn } from '../support/seed.ts';
import { executeActions } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** The steering group meets on Thursday 17 December 2026 at 13; times are Helsinki's. */
describe('a meeting keeps what it is trusted with', () => {
  const body = bodyId('steering:vastra-nyland');
  const region = exampleDirectory();
  const seats = seatsOf(region, body);
  const secret = 'a0000000-0000-4000-8000-00000000000a';
  const open = { kind: 'decision', presenter: 'nobody', confidential: 'false' };
  let run: MeetingRun;
  let kaisa: TeamsUser;
  /** What happens to a request about a sitting before it is made. */
  let before: ((operation: StoreOperation) => Promise<void> | void) | null;

  beforeEach(async () => {
    before = null;
    const around: AroundRequest = async (operation, kind, work) => {
      if (kind === 'sitting') await before?.(operation);
      return work();
    };
    run = await startMeetings({ around });
    kaisa = run.app.people.kaisa;
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    await press(kaisa, 'agenda.open', { body });
    await planned('2026-12-17T13:00', 1);
    const hidden = { title: 'Hemligt ärende', proposal: 'Hemligt förslag', confidential: 'true' };
    await press(kaisa, 'agenda.saveItem', { ...open, ...hidden, newId: secret });
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
  });
  afterEach(() => run.stop());

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  const known = async (person: string): Promise<TeamsUser> => {
    const found = region.people.find(({ id }) => id === person);
    const user = run.app.teams.addUser({ name: found?.name ?? '', aadObjectId: person });
    await run.app.teams.personalChat(user).say(user, 'hjälp');
    return user;
  };
  async function planned(start: string, at: number): Promise<void> {
    const id = `c0000000-0000-4000-8000-00000000000${at}`;
    await run.send(
      meeting({ body, title: 'Möte', plan: { one: { start, minutes: 60 }, repeat: null } }, { by: 'kaisa', id }),
    );
    await run.bot().settled();
  }
  const seat = (at: number) => seats[at] ?? { id: '', member: null, substitute: null };
  const seatName = (at: number): string => seats[at]?.name.sv ?? '';
  const seating = (count: number): Fields =>
    Object.fromEntries(seats.slice(0, count).map(({ id, member }) => [`seat-${id}`, member ?? 'absent']));
  const began = async (count: number): Promise<InvokeAnswer> => {
    await run.to('2026-12-17T12:55');
    return press(kaisa, 'sitting.begin', seating(count));
  };
  const decide = (item: string, as = 'asProposed', decision = ''): Promise<InvokeAnswer> =>
    press(kaisa, 'sitting.decide', { item, as, decision });
  const seenOn = ({ card }: InvokeAnswer, verb: string): unknown => {
    const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
    return isFields(data) ? data.seen : undefined;
  };
  /** While Kaisa has Finnish as her language. */
  async function inFinnish(work: () => Promise<void>): Promise<void> {
    const language = (code: string) => run.app.chat.pressOld(kaisa, { verb: 'language.set', data: { language: code } });
    await language('fi');
    await work();
    await language('sv');
  }
  /** What stands in the fields of a form. */
  const valuesIn = ({ card }: InvokeAnswer): string[] =>
    [...JSON.stringify(card ?? {}).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value ?? '');
  /** What was carried to the second agenda, which has gone out. */
  async function carried(newId: string): Promise<void> {
    await press(kaisa, 'agenda.saveItem', { ...open, title: 'Fordon', newId });
    await began(8);
    await press(kaisa, 'sitting.close', { sure: 1 });
    await planned('2027-03-18T13:00', 2);
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'agenda.send', { sitting: '2', sure: 1 });
    await run.bot().settled();
  }

  it('tells nobody who may not record how it stands, whatever they claim to have seen', async () => {
    await began(8);
    await press(kaisa, 'sitting.counter', { item: secret, newId: crypto.randomUUID(), counter: 'Nej' });
    await press(kaisa, 'sitting.ballots', { item: secret, [`seat-${seat(1).id}`]: 'proposal' });
    const { petri } = run.app.people;
    const answers = await Promise.all(
      ['proposal', 'abstain', ''].map((guess) => {
        const prints = seats.map((_, at) => (at === 1 ? fingerprintOf([seat(1).member, guess]) : '00000000'));
        return press(petri, 'sitting.ballots', { item: secret, seen: prints.join('-'), [`seat-${seat(1).id}`]: 'x' });
      }),
    );
    expect(new Set(answers.map(answered)).size).to.equal(1);
    const outside = await press(petri, 'sitting.begin', { ...seating(8) });
    expect(answered(outside)).to.include(sv('errors.directory.notAMember'));
    const member = await known(seat(4).member ?? '');
    for (const verb of ['sitting.decide', 'sitting.discuss', 'sitting.assign', 'sitting.recuse', 'sitting.attend'])
      expect(answered(await press(member, verb, { item: secret })), verb).to.include(sv('errors.agenda.keepersOnly'));
  });

  it('has in its log whoever was shown what is confidential, whichever way', async () => {
    await began(8);
    await press(kaisa, 'sitting.discuss', { item: secret, discussion: 'Det hemliga.' });
    const member = await known(seat(4).member ?? '');
    const ways: [string, () => Promise<InvokeAnswer>, string][] = [
      ['refused at the meeting', () => press(member, 'sitting.endVote', { item: secret }), 'Det hemliga.'],
      ['refused at the agenda', () => press(member, 'agenda.accept', { item: secret }), 'Hemligt förslag'],
      ['in a form', () => press(kaisa, 'sitting.decideForm', { item: secret }), 'Hemligt förslag'],
      ['instead of a form', () => press(kaisa, 'sitting.ballotsForm', { item: secret }), 'Det hemliga.'],
      ['among the decisions', () => press(member, 'agenda.decisions', { body }), 'Beslutat i hemlighet'],
    ];
    for (const [way, go, says] of ways) {
      if (way === 'among the decisions') await decide(secret, 'changed', 'Beslutat i hemlighet');
      expect(answered(await go()), way).to.include(says);
    }
    await run.bot().stop();
    const printed: string[] = [];
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: run.app.dataDir });
    await printAuditLog(config, [body, 'agenda', '1'], (line) => printed.push(line));
    const told = printed.map((line) => line.split('\t')).filter(([, , , what]) => what === 'agenda.read');
    // Whoever records it sees it as well.
    const names = [kaisa, member, member, kaisa, kaisa, kaisa, member].map(({ name }) => name);
    expect(told.map(([, , who = '']) => who.split(' (')[0])).to.deep.equal(names);
  });

  it('has in its log whoever is shown what is to be done of what is confidential, among their tasks and at the next meeting', async () => {
    const told = async (sitting: string): Promise<string[]> => {
      await run.bot().settled();
      await run.bot().stop();
      const printed: string[] = [];
      const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: run.app.dataDir });
      await printAuditLog(config, [body, 'agenda', sitting], (line) => printed.push(line));
      await run.restart();
      const all = printed.map((line) => line.split('\t'));
      return all.flatMap(([, , who = '', what = '']) =>
        what === 'agenda.read' || what === 'minutes.read' ? [`${who.split(' (')[0]} ${what}`] : [],
      );
    };
    await began(8);
    const [owner, other] = [await known(seat(0).member ?? ''), await known(seat(1).member ?? '')];
    const action = 'Hemlig uppgift';
    const given = { action, owner: seat(0).member, due: '2026-12-20' };
    await press(kaisa, 'sitting.assign', { item: secret, newId: crypto.randomUUID(), ...given });
    await press(kaisa, 'sitting.close', { sure: 1 });
    const before = await told('1');
    expect(answered(await press(owner, 'task.list'))).to.include(action);
    expect((await told('1')).slice(before.length)).to.deep.equal([`${owner.name} agenda.read`]);
    await run.to('2026-12-18T10:00');
    await press(kaisa, 'agenda.open', { body });
    expect(answered(await press(other, 'agenda.view', { sitting: '2', item: 'figures' }))).to.not.include(action);
    expect(await told('2')).to.deep.equal([]);
    expect(answered(await press(other, 'agenda.view', { sitting: '2', item: 'followUp' }))).to.include(action);
    expect(await told('2')).to.deep.equal([`${other.name} agenda.read`]);
  });

  it('hides at the other meetings first, so that a fault in between leaves nothing open that is said to be hidden', async () => {
    const newId = crypto.randomUUID();
    await carried(newId);
    let writes = 0;
    before = (operation) => {
      if (operation !== 'replace') return;
      writes += 1;
      if (writes > 1) throw new AppError('store.unavailable');
    };
    const item = `from-1-${newId}`;
    const failed = await press(kaisa, 'agenda.saveItem', {
      ...open,
      sitting: '2',
      title: 'Fordon',
      item,
      confidential: 'true',
    });
    before = null;
    expect(answered(failed)).to.include(sv('errors.store.unavailable'));
    const { petri } = run.app.people;
    const sees = async (sitting: string) => answered(await press(petri, 'agenda.view', { sitting })).includes('Fordon');
    expect([await sees('1'), await sees('2')]).to.deep.equal([false, true]);
    await press(kaisa, 'agenda.saveItem', { ...open, sitting: '2', title: 'Fordon', item, confidential: 'true' });
    expect([await sees('1'), await sees('2')]).to.deep.equal([false, false]);
  });

  it('is followed by an agenda that has what became confidential meanwhile, and settles nothing twice', async () => {
    const newId = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', { ...open, title: 'Fordon', newId });
    const office = region.members.find((one) => one.body === body && one.office === 'secretary');
    const secretary = await known(office?.person ?? '');
    await began(8);
    await press(kaisa, 'sitting.close', { sure: 1 });
    const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    before = (operation) => {
      if (operation !== 'create') return;
      reached.resolve();
      return gate.promise;
    };
    const beginning = press(secretary, 'agenda.open', { body });
    await reached.promise;
    await expectSoon(async () => answered(await press(kaisa, 'sitting.reopen')).includes(sv('sitting.action.close')));
    await press(kaisa, 'agenda.saveItem', { ...open, title: 'Fordon', item: newId, confidential: 'true' });
    const plan = answered(await decide('operatingPlan-2027'));
    gate.resolve();
    await beginning;
    before = null;
    const two = answered(await press(kaisa, 'agenda.view', { sitting: '2', item: `from-1-${newId}` }));
    expect(two).to.match(new RegExp(`Fordon[^§]{0,40}${sv('agenda.confidential')}`));
    const isDecided = plan.includes(sv('sitting.decision', { outcome: sv('sitting.outcome.asProposed') }));
    expect(two.includes(sv('agenda.item.operatingPlan', { year: 2027 })), 'at one of them').to.equal(!isDecided);
  });

  it('is opened, or followed by the next one, and never both', async () => {
    await run.to('2026-12-18T13:59');
    const office = region.members.find((one) => one.body === body && one.office === 'secretary');
    const secretary = await known(office?.person ?? '');
    const member = await known(seat(4).member ?? '');
    await run.to('2026-12-18T14:00');
    const theirs = answered(await press(member, 'agenda.open', { body }));
    expect(theirs, 'that it is past is for who keeps the record to say').to.include('tors 17 dec');
    await Promise.all([press(secretary, 'agenda.open', { body }), press(kaisa, 'sitting.begin', seating(8))]);
    const isOpen = answered(await press(kaisa, 'sitting.view')).includes(sv('sitting.quorate', { count: 8 }));
    const isFollowed = !answered(await press(kaisa, 'agenda.view', { sitting: '2' })).includes(
      sv('errors.agenda.notFound'),
    );
    expect(isOpen).to.equal(!isFollowed);
  });

  it('gives back who sits where, when it cannot have begun at that time yet, and the end likewise', async () => {
    await run.to('2026-12-17T12:55');
    const there = { ...seating(8), [`seat-${seat(1).id}`]: seat(1).substitute };
    const early = await press(kaisa, 'sitting.begin', { ...there, time: '13:20' });
    expect(answered(early)).to.include(sv('errors.sitting.timeAhead'));
    const chosen = JSON.stringify(early.card ?? {});
    expect(chosen)
      .to.include(`"value":"${seat(1).substitute}"`)
      .and.include('"value":"13:20"');
    await press(kaisa, 'sitting.begin', { ...there, time: '12:56' });
    const again = answered(await press(kaisa, 'sitting.begin', { ...there, time: '12:56' }));
    const refused = sv('errors.sitting.alreadyOpen', { person: kaisa.name });
    expect(again, 'pressed twice')
      .to.include(sv('sitting.quorate', { count: 8 }))
      .and.not.include(refused);
    const other = answered(await press(kaisa, 'sitting.begin', { ...there, time: '12:50' }));
    expect(other)
      .to.include(sv('sitting.quorate', { count: 8 }))
      .and.include(refused);
    await run.to('2026-12-18T12:48');
    const late = answered(await press(kaisa, 'sitting.close', { sure: 1, time: '12:45' }));
    expect(late)
      .to.include(sv('errors.sitting.endsFirst', { time: '12.56' }))
      .and.include(sv('sitting.closeCard.time'));
    for (const _ of ['closed', 'pressed twice'])
      expect(answered(await press(kaisa, 'sitting.close', { sure: 1, time: '14:05' }))).to.include(
        sv('sitting.saidThanks.closed'),
      );
    const closed = answered(await press(kaisa, 'sitting.close', { sure: 1, began: '12:50', time: '14:05' }));
    expect(closed, 'with other hours')
      .to.include(sv('errors.sitting.alreadyClosed', { person: kaisa.name }))
      .and.include(sv('sitting.hours', { began: '12.56', ended: '14.05' }));
    expect(answered(await press(kaisa, 'sitting.reopen'))).to.include(sv('sitting.saidThanks.reopened'));
  });

  it('hides nothing at another meeting when the change is refused', async () => {
    const newId = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', { ...open, title: 'Fordon', newId });
    await began(8);
    await press(kaisa, 'sitting.discuss', { item: newId, discussion: 'Kort.' });
    await press(kaisa, 'sitting.close', { sure: 1 });
    await planned('2027-03-18T13:00', 2);
    await press(kaisa, 'agenda.open', { body });
    await press(kaisa, 'agenda.send', { sitting: '2', sure: 1 });
    await press(kaisa, 'sitting.reopen');
    const other = { ...open, title: 'Fordon', item: newId, kind: 'discussion', confidential: 'true' };
    const refused = answered(await press(kaisa, 'agenda.saveItem', other));
    expect(refused).to.include('har redan påbörjats');
    const { petri } = run.app.people;
    for (const sitting of ['1', '2'])
      expect(answered(await press(petri, 'agenda.view', { sitting })), sitting).to.include('Fordon');
  });

  it('warns within the minute when somebody without whom there is no quorum does not come', async () => {
    await run.to('2026-12-16T15:00');
    const users = await Promise.all(seats.slice(0, 7).map(({ member }) => known(member ?? '')));
    for (const user of users) await press(user, 'agenda.reply', { coming: 'yes' });
    await run.bot().settled();
    const warned = (): number =>
      toldPrivately(run.app, kaisa).filter((text) => text.includes(sv('agenda.notice.danger'))).length;
    const earlier = warned();
    const [, , , fourth] = users;
    if (!fourth) throw new Error('There are seven.');
    await press(fourth, 'agenda.reply', { coming: 'no' });
    await run.to('2026-12-16T15:01');
    await run.bot().settled();
    expect(warned()).to.equal(earlier + 1);
  });

  /** Seat 7 leaves at the figures, which are noted after that: what came before them was passed by. */
  async function passingBy(): Promise<void> {
    await press(kaisa, 'sitting.attend', { who: `${seat(7).id} ${seat(7).member}`, what: 'leave', at: 'figures' });
    await decide('figures', 'noted');
  }

  it('asks when it was dealt with of what was noted, and offers no other place to what has its own', async () => {
    await began(8);
    await decide('followUp', 'noted');
    await press(kaisa, 'sitting.recuse', { item: 'approval', who: `${seat(3).id} ${seat(3).member}` });
    await passingBy();
    for (const verb of ['sitting.decideForm', 'sitting.counterForm'])
      expect(answered(await press(kaisa, verb, { item: 'approval' })), verb)
        .to.include(sv('sitting.form.decide.then'))
        .and.not.include(sv('sitting.form.decide.now', { number: 6 }));
    const noted = answered(await press(kaisa, 'sitting.decideForm', { item: 'followUp' }));
    expect(noted).to.include(sv('sitting.form.decide.then'));
  });

  it('asks of nothing that is voted on when it was dealt with, and says so to an older form in which it was', async () => {
    await began(8);
    await passingBy();
    expect(answered(await press(kaisa, 'sitting.decideForm', { item: 'approval' })), 'the figures are the sixth')
      .to.include(sv('sitting.form.decide.then'))
      .and.include(sv('sitting.form.decide.now', { number: 6 }));
    await press(kaisa, 'sitting.counter', {
      item: 'approval',
      newId: crypto.randomUUID(),
      counter: 'I mars',
      turn: 'then',
    });
    const none = sv('sitting.form.decide.then');
    expect(answered(await press(kaisa, 'sitting.counterForm', { item: 'approval' }))).to.not.include(none);
    const older = { item: 'approval', newId: crypto.randomUUID(), counter: 'I april', turn: 'now' };
    const form = await press(kaisa, 'sitting.counter', older);
    expect(answered(form))
      .to.include(sv('errors.sitting.passedBy', { number: 4 }))
      .and.not.include(none)
      .and.not.include(sv('form.problems', { count: 1 }));
    expect(JSON.stringify(form.card), 'what was typed').to.include('I april');
  });

  it('says in the form of a decision that something was said against the one that is there', async () => {
    await began(8);
    await decide('next', 'tabled');
    await press(kaisa, 'sitting.dissent', { item: 'next', for: 1, seat: seat(1).id, dissent: 'Nej.' });
    expect(answered(await press(kaisa, 'sitting.decideForm', { item: 'next' }))).to.include(
      sv('sitting.form.decide.dissents'),
    );
  });

  it('says of which of its two times it is that it has not come yet', async () => {
    await began(8);
    await run.to('2026-12-17T13:30');
    const ahead = sv('errors.sitting.timeAhead');
    const saidAt = async (hours: Fields): Promise<string[]> => {
      const { card } = await press(kaisa, 'sitting.close', { sure: 1, ...hours });
      const lines = [...JSON.stringify(card).matchAll(/"text":"([^"]*)"[^{}]*"id":"(began|time)-error"/g)];
      return lines.flatMap(([, text = '', field = '']) => (text.includes(ahead) ? [field] : []));
    };
    expect(await saidAt({ began: '13:40', time: '13:30' })).to.deep.equal(['began']);
    expect(await saidAt({ began: '13:00', time: '13:40' })).to.deep.equal(['time']);
  });

  it('tells nobody who may not write an item what stands there, whatever they claim to have seen', async () => {
    const newId = crypto.randomUUID();
    await press(kaisa, 'agenda.saveItem', { ...open, title: 'Fordon', proposal: 'Köps.', newId });
    await began(8);
    await decide(newId);
    const member = await known(seat(4).member ?? '');
    const saying = { ...open, title: 'Fordon', item: newId, seen: Array(8).fill('0').join('-') };
    for (const proposal of ['Köps.', 'Hyrs.'])
      for (const confidential of ['false', 'true'])
        expect(answered(await press(member, 'agenda.saveItem', { ...saying, proposal, confidential }))).to.include(
          sv('errors.agenda.keepersOnly'),
        );
  });

  it('does not bring back by an older form what a colleague has removed', async () => {
    await began(8);
    const newId = crypto.randomUUID();
    const giving = { item: 'approval', newId, owner: seat(0).member, due: '2027-01-15', action: 'Ring' };
    await press(kaisa, 'sitting.assign', giving);
    const form = await press(kaisa, 'sitting.assignForm', { item: 'approval', action: newId });
    const seen = seenOn(form, 'sitting.assign');
    expect(seen).to.be.a('string');
    await press(kaisa, 'sitting.assign', { item: 'approval', newId, known: 1, action: '', seen });
    const late = await press(kaisa, 'sitting.assign', { ...giving, known: 1, action: 'Ring i dag', seen });
    expect(answered(late)).to.include(sv('errors.form.overtaken'));
  });

  it('makes no decision of the halves of two, and none in one language that says another thing in the other', async () => {
    await began(8);
    await decide('operatingPlan-2027');
    const form = await press(kaisa, 'sitting.decideForm', { item: 'operatingPlan-2027' });
    const seen = seenOn(form, 'sitting.decide');
    await decide('operatingPlan-2027', 'tabled');
    const half = { item: 'operatingPlan-2027', seen, as: 'asProposed', decision: 'Planen träder i kraft genast.' };
    expect(answered(await press(kaisa, 'sitting.decide', half))).to.include(sv('errors.form.overtaken'));
    const undo = seenOn(await press(kaisa, 'sitting.view', { item: 'operatingPlan-2027' }), 'sitting.undecide');
    await decide('operatingPlan-2027', 'asProposed');
    const undone = await press(kaisa, 'sitting.undecide', { item: 'operatingPlan-2027', seen: undo });
    expect(answered(undone), 'another decision than the one that was seen').to.include(sv('errors.form.overtaken'));

    await decide('next', 'changed', 'Nästa möte i mars.');
    const language = (code: string) => run.app.chat.pressOld(kaisa, { verb: 'language.set', data: { language: code } });
    await language('fi');
    await decide('next', 'changed', 'Seuraava kokous maaliskuussa.');
    await language('sv');
    const shown = answered(await press(kaisa, 'sitting.decideForm', { item: 'next' }));
    expect(shown).to.include(sv('sitting.form.also.fi')).and.include('Seuraava kokous maaliskuussa.');
    await decide('next', 'changed', 'Nästa möte i maj.');
    await language('fi');
    const now = answered(await press(kaisa, 'sitting.view', { item: 'next' }));
    expect(now).to.include('Nästa möte i maj.').and.not.include('maaliskuussa');
    const fi = seenOn(await press(kaisa, 'sitting.decideForm', { item: 'next' }), 'sitting.decide');
    await language('sv');
    await decide('next', 'changed', 'Inget möte i vår.');
    await language('fi');
    const translated = { item: 'next', seen: fi, as: 'changed', decision: 'Seuraava kokous toukokuussa.' };
    expect(answered(await press(kaisa, 'sitting.decide', translated)), 'of words that are others by now').to.include(
      textsFor('fi')('errors.form.besideOutcome'),
    );
    await decide('next', 'tabled');
    expect(answered(await press(kaisa, 'sitting.view', { item: 'next' })), 'another outcome').to.not.include(
      'Inget möte',
    );
    await language('sv');
  });

  describe('what a colleague has changed since it was seen', () => {
    const item = 'approval';
    const action = 'b0000000-0000-4000-8000-00000000000b';
    const giving = { item, newId: action, owner: seat(0).member, due: '2027-01-15' };
    const nameOf = (at: number): string => region.people.find(({ id }) => id === seat(at).member)?.name ?? '';
    const chairing = (at: number, over: Fields): Fields => ({ person: seat(at).member, ...over });
    const whole = { at: 'opening', scope: 'on' };
    const alone = { at: 'figures', scope: 'only' };
    const disqualified = { item, who: `${seat(3).id} ${seat(3).member}` };
    const replaced = { item, who: `${disqualified.who} ${seat(3).substitute}` };
    const asProposed = { item: secret, as: 'asProposed', decision: '' };
    const proposing = { ...open, item: secret, title: 'Hemligt ärende', proposal: 'Något annat', confidential: 'true' };
    const says = async (text: string, of = item): Promise<boolean> =>
      answered(await press(kaisa, 'sitting.view', { item: of })).includes(text);
    interface Case {
      verb: string;
      /** What stands before it. */
      before?: () => Promise<unknown>;
      /** The card on which it is pressed. */
      from(): Promise<InvokeAnswer>;
      does: Fields;
      meanwhile(): Promise<unknown>;
      isDone(): Promise<boolean>;
    }
    const cases: Record<string, Case> = {
      'who chairs the meeting': {
        verb: 'sitting.chair',
        from: () => press(kaisa, 'sitting.chairForm'),
        does: chairing(3, whole),
        meanwhile: () => press(kaisa, 'sitting.chair', chairing(4, whole)),
        isDone: () => says(sv('sitting.chair', { name: nameOf(3) })),
      },
      'who chairs an item alone': {
        verb: 'sitting.chair',
        from: () => press(kaisa, 'sitting.chairForm'),
        does: chairing(3, alone),
        meanwhile: () => press(kaisa, 'sitting.chair', chairing(4, alone)),
        isDone: () => says(sv('sitting.chairOfItem', { name: nameOf(3) }), 'figures'),
      },
      'who takes no part': {
        verb: 'sitting.recuse',
        from: () => press(kaisa, 'sitting.recuseForm', { item }),
        does: disqualified,
        meanwhile: () => press(kaisa, 'sitting.recuse', replaced),
        isDone: () => says(sv('sitting.recused', { name: nameOf(3) })),
      },
      'what is decided as it was proposed': {
        verb: 'sitting.decide',
        from: () => press(kaisa, 'sitting.decideForm', { item: secret }),
        does: asProposed,
        meanwhile: () => press(kaisa, 'agenda.saveItem', proposing),
        isDone: () => says(`✓ ${sv('sitting.outcome.asProposed')} · `, secret),
      },
      'what is decided so in one press': {
        verb: 'sitting.decide',
        from: () => press(kaisa, 'sitting.view', { item: secret }),
        does: asProposed,
        meanwhile: () => press(kaisa, 'agenda.saveItem', proposing),
        isDone: () => says(`✓ ${sv('sitting.outcome.asProposed')} · `, secret),
      },
      'what is put to the vote': {
        verb: 'sitting.counter',
        from: () => press(kaisa, 'sitting.counterForm', { item: secret }),
        does: { item: secret, newId: action, counter: 'Ett motförslag' },
        meanwhile: () => press(kaisa, 'agenda.saveItem', proposing),
        isDone: () => says('Ett motförslag', secret),
      },
      'who takes part again': {
        verb: 'sitting.recuse',
        before: () => press(kaisa, 'sitting.recuse', disqualified),
        from: () => press(kaisa, 'sitting.recuseForm', { item }),
        does: { item, who: `-${seat(3).id}` },
        meanwhile: () => press(kaisa, 'sitting.recuse', replaced),
        isDone: async () => !(await says(`${nameOf(3)} är jävig`)),
      },
      'a decision that is removed': {
        verb: 'sitting.undecide',
        before: () => decide(item),
        from: () => press(kaisa, 'sitting.view', { item }),
        does: { item },
        meanwhile: () => decide(item, 'tabled'),
        isDone: async () => !(await says(sv('sitting.decision', { outcome: '' }))),
      },
      'what is to be done and is removed': {
        verb: 'sitting.assign',
        before: () => press(kaisa, 'sitting.assign', { ...giving, action: 'Ring hyresvärden' }),
        from: () => press(kaisa, 'sitting.assignForm', { item, action }),
        does: { item, newId: action, known: 1, action: '' },
        meanwhile: () =>
          press(kaisa, 'sitting.assign', { ...giving, known: 1, action: 'Ring hyresvärden', due: '2027-02-01' }),
        isDone: async () => !(await says('Ring hyresvärden')),
      },
    };

    for (const [what, { verb, before: standing, from, does, meanwhile, isDone }] of Object.entries(cases)) {
      it(`is not written over, but from a card that shows it: ${what}`, async () => {
        await began(8);
        await standing?.();
        const seen = seenOn(await from(), verb);
        expect(seen, 'the card knows what it shows').to.be.a('string');
        await meanwhile();
        const late = answered(await press(kaisa, verb, { ...does, seen }));
        expect(late).to.include(sv('errors.form.overtaken'));
        expect(await isDone()).to.equal(false);
        const shown = answered(await press(kaisa, verb, { ...does, seen: seenOn(await from(), verb) }));
        expect(shown).to.not.include(sv('errors.form.overtaken'));
        expect(await isDone()).to.equal(true);
      });

      it(`is not what oneself has just done: ${what}`, async () => {
        await began(8);
        await standing?.();
        const seen = seenOn(await from(), verb);
        expect(await isDone()).to.equal(false);
        for (const _ of ['pressed', 'pressed twice']) {
          expect(answered(await press(kaisa, verb, { ...does, seen }))).to.not.include(sv('errors.form.overtaken'));
          expect(await isDone()).to.equal(true);
        }
      });
    }
  });

  it('asks before a vote ends without some, and before one that has ended is removed', async () => {
    await began(8);
    const item = 'approval';
    const newId = crypto.randomUUID();
    await press(kaisa, 'sitting.counter', { item, newId, counter: 'I mars' });
    expect(answered(await press(kaisa, 'sitting.endVote', { item }))).to.include(sv('errors.sitting.nobodyVoted'));
    const votes = Object.fromEntries(seats.slice(0, 7).map(({ id }) => [`seat-${id}`, newId]));
    await press(kaisa, 'sitting.ballots', { item, ...votes });
    const silent = region.people.find(({ id }) => id === seat(7).member)?.name ?? '';
    const asked = answered(await press(kaisa, 'sitting.endVote', { item }));
    expect(asked).to.include(sv('sitting.sureCard.endVote.title')).and.include(silent);
    expect(answered(await press(kaisa, 'sitting.endVote', { item, sure: 1 }))).to.include(sv('sitting.voteEnded'));
    expect(answered(await press(kaisa, 'sitting.withdrawVote', { item }))).to.include(
      sv('sitting.sureCard.withdrawVote.title'),
    );
    expect(answered(await press(kaisa, 'sitting.view', { item }))).to.include(sv('sitting.voteEnded'));
    const gone = answered(await press(kaisa, 'sitting.withdrawVote', { item, sure: 1 }));
    const option = sv('sitting.option.counterShort', { number: 1 });
    expect(gone).to.not.include(sv('sitting.mostVotes', { option }));
    await press(kaisa, 'sitting.counter', { item, newId: crypto.randomUUID(), counter: 'I april' });
    await press(kaisa, 'sitting.ballots', { item, [`seat-${seat(0).id}`]: 'proposal' });
    expect(answered(await press(kaisa, 'sitting.withdrawVote', { item })), 'with a vote in it').to.include(
      sv('sitting.sureCard.withdrawVote.cast', { count: 1 }),
    );
  });

  it('asks anew where what was asked about is another by now, and asks nothing of what cannot be done', async () => {
    await began(8);
    const item = 'approval';
    const newId = crypto.randomUUID();
    const sure = async (verb: string, more: Fields = {}): Promise<Fields> => {
      const { card } = await press(kaisa, verb, { item, ...more });
      const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
      if (!isFields(data) || data.sure !== 1) throw new Error('It is asked.');
      return data;
    };
    const title = (verb: 'endVote' | 'withdrawVote' | 'undecide'): string => sv(`sitting.sureCard.${verb}.title`);
    const put = async (count: number, id: string): Promise<void> => {
      await press(kaisa, 'sitting.counter', { item, newId: id, counter: 'I mars' });
      const votes = seats.slice(0, count).map((one) => [`seat-${one.id}`, id]);
      await press(kaisa, 'sitting.ballots', { item, ...Object.fromEntries(votes) });
    };
    await put(7, newId);
    const [ends, removes] = [await sure('sitting.endVote'), await sure('sitting.withdrawVote')];
    expect(answered(await press(kaisa, 'sitting.withdrawVote', removes))).to.include(
      sv('sitting.saidThanks.withdrawVote'),
    );
    await put(1, crypto.randomUUID());
    const unsure = sv('errors.sitting.unsure');
    for (const [verb, older] of [
      ['endVote', ends],
      ['withdrawVote', removes],
    ] as const)
      expect(answered(await press(kaisa, `sitting.${verb}`, older)), 'of another vote')
        .to.include(title(verb))
        .and.include(unsure);
    const asked = await sure('sitting.endVote');
    expect(answered(await press(kaisa, 'sitting.endVote', asked))).to.include(sv('sitting.saidThanks.endVote'));
    await decide(item, 'changed');
    expect(answered(await press(kaisa, 'sitting.withdrawVote', { item })), 'what a decision forbids')
      .to.include(sv('errors.sitting.decided'))
      .and.not.include(title('withdrawVote'));
    const against = (at: number): Promise<InvokeAnswer> =>
      press(kaisa, 'sitting.dissent', { item, for: 1, seat: seat(at).id, dissent: `Emot ${at}.` });
    await against(1);
    const seen = seenOn(await press(kaisa, 'sitting.view', { item }), 'sitting.undecide');
    const one = await sure('sitting.undecide', { seen });
    await against(2);
    const again = await press(kaisa, 'sitting.undecide', one);
    const name = region.people.find(({ id }) => id === seat(2).member)?.name ?? '';
    expect(answered(again), 'somebody else was against it').to.include(unsure).and.include(name);
    await decide(item, 'changed', 'Med ett tillägg.');
    expect(answered(await press(kaisa, 'sitting.undecide', { item, seen })), 'what is overtaken anyway')
      .to.include(sv('errors.form.overtaken'))
      .and.not.include(title('undecide'));
    const gone = answered(await press(kaisa, 'sitting.undecide', await sure('sitting.undecide')));
    expect(gone).to.include(sv('sitting.saidThanks.undecide'));
  });

  it('closes a meeting of which that goes on alone that was asked about, else asks anew with the hours as they were said', async () => {
    await began(8);
    await decide(secret);
    const asked = async (): Promise<Fields> => {
      const { card } = await press(kaisa, 'sitting.close');
      const data = executeActions(card ?? {}).find(({ action }) => action.verb === 'sitting.close')?.action.data;
      return isFields(data) ? data : {};
    };
    const older = { ...(await asked()), began: '12:50', time: '12:55' };
    await press(kaisa, 'sitting.undecide', { item: secret });
    const again = await press(kaisa, 'sitting.close', older);
    expect(answered(again))
      .to.include(sv('errors.sitting.unsure'))
      .and.include('Hemligt ärende')
      .and.not.include(sv('sitting.saidThanks.closed'));
    expect(valuesIn(again)).to.include.members(['12:50', '12:55']);
    const now = { ...(await asked()), time: '12:55' };
    for (const time of ['pressed', 'pressed twice'])
      expect(answered(await press(kaisa, 'sitting.close', now)), time).to.include(sv('sitting.saidThanks.closed'));
    await press(kaisa, 'sitting.reopen');
    const before = { ...older, asked: undefined, began: '12:55' };
    expect(answered(await press(kaisa, 'sitting.close', before)), 'a card of before').to.include(
      sv('sitting.saidThanks.closed'),
    );
  });

  it('counts a vote, and takes a counter-proposal, of what its sender saw alone', async () => {
    await began(8);
    const item = 'approval';
    const counter = (text: string, more: Fields = {}): Promise<InvokeAnswer> =>
      press(kaisa, 'sitting.counter', { item, newId: crypto.randomUUID(), counter: text, ...more });
    const dataOf = ({ card }: InvokeAnswer, verb: string): Fields => {
      const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
      return isFields(data) ? data : {};
    };
    const empty = dataOf(await press(kaisa, 'sitting.counterForm', { item }), 'sitting.counter');
    expect(answered(await counter('I mars', empty))).to.include('I mars');
    expect(answered(await counter('I mars', empty)), 'pressed twice').to.not.include(sv('errors.form.overtaken'));
    const member = await known(seat(2).member ?? '');
    const voting = async () => dataOf(await press(member, 'sitting.view', { item }), 'sitting.vote');
    const older = await voting();
    const form = dataOf(await press(kaisa, 'sitting.ballotsForm', { item }), 'sitting.ballots');
    const votes = { [`seat-${seat(0).id}`]: 'proposal', [`seat-${seat(1).id}`]: 'proposal' };
    const refused = sv('errors.sitting.otherVote');
    await counter('I april');
    expect(answered(await press(member, 'sitting.vote', older)), 'between fewer').to.include(refused);
    await press(kaisa, 'sitting.withdrawVote', { item });
    expect(answered(await counter('I mars', empty)), 'what was removed stays so').to.include(
      sv('errors.form.overtaken'),
    );
    await counter('Avslås helt');
    expect(answered(await counter('Också', empty)), 'beside another').to.include(sv('errors.form.overtaken'));
    await press(kaisa, 'sitting.ballots', { item, [`seat-${seat(0).id}`]: 'abstain' });
    expect(answered(await press(member, 'sitting.vote', older)), 'on another thing').to.include(refused);
    const again = await press(kaisa, 'sitting.ballots', { ...form, ...votes });
    expect(answered(again), 'as it was written down').to.include(refused);
    expect(JSON.stringify(again.card), 'of which nothing is said of this one').to.not.include(
      '"value":"proposal","label"',
    );
    const saved = answered(await press(kaisa, 'sitting.ballots', { ...dataOf(again, 'sitting.ballots'), ...votes }));
    expect(saved).to.include(sv('sitting.votes', { count: 2 }));
    const voted = answered(await press(member, 'sitting.vote', await voting()));
    expect(voted).to.include(sv('sitting.saidThanks.voted'));
  });

  it('ends and removes the vote whose button it was, and no later one', async () => {
    await began(8);
    const item = 'approval';
    const put = () => press(kaisa, 'sitting.counter', { item, newId: crypto.randomUUID(), counter: 'I mars' });
    const all = Object.fromEntries(seats.slice(0, 8).map(({ id }) => [`seat-${id}`, 'proposal']));
    const voted = () => press(kaisa, 'sitting.ballots', { item, ...all });
    const dataOf = ({ card }: InvokeAnswer, verb: string): Fields => {
      const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
      return isFields(data) ? data : {};
    };
    const older = await put();
    const refused = async (verb: string, why: string): Promise<void> => {
      const answer = answered(await press(kaisa, verb, { item, ...dataOf(older, verb) }));
      expect(answer, why).to.include(sv('errors.sitting.otherVote'));
    };
    await press(kaisa, 'sitting.withdrawVote', { item });
    await put();
    await refused('sitting.withdrawVote', 'nobody has voted');
    const ends = dataOf(await voted(), 'sitting.endVote');
    await refused('sitting.endVote', 'all have voted');
    for (const why of ['its own', 'pressed twice'])
      expect(answered(await press(kaisa, 'sitting.endVote', ends)), why).to.include(sv('sitting.saidThanks.endVote'));
    await refused('sitting.endVote', 'it has ended');
  });

  it('asks when what was passed by was dealt with, once others are there', async () => {
    await began(8);
    const leaver = `${seat(7).id} ${seat(7).member}`;
    await press(kaisa, 'sitting.attend', { who: leaver, what: 'leave', at: 'figures' });
    await decide('figures', 'noted');
    expect(answered(await decide('approval'))).to.include(sv('errors.sitting.passedBy', { number: 4 }));
    expect(answered(await press(kaisa, 'sitting.decideForm', { item: 'approval' }))).to.include(
      sv('sitting.form.decide.then'),
    );
    const then = await press(kaisa, 'sitting.decide', { item: 'approval', as: 'asProposed', turn: 'then' });
    expect(answered(then)).to.include(`4.\u00a0${sv('agenda.item.approval')}`);
    const now = await press(kaisa, 'sitting.decide', { item: 'quorum', as: 'asProposed', turn: 'now' });
    expect(answered(now), 'it stands after what was dealt with').to.include(`6.\u00a0${sv('agenda.item.quorum')}`);
  });

  it('shows anew where that goes which was passed by, once a colleague has gone on meanwhile', async () => {
    await began(8);
    await passingBy();
    const item = 'approval';
    const turnIn = ({ card }: InvokeAnswer): string[] =>
      [...JSON.stringify(card).matchAll(/"(now [^"]*)"/g)].map(([, value]) => value ?? '');
    for (const form of ['sitting.decideForm', 'sitting.counterForm'])
      expect(turnIn(await press(kaisa, form, { item })), form).to.deep.equal(['now figures']);
    await press(kaisa, 'sitting.discuss', { item: 'other', discussion: 'Redan här.' });
    for (const [verb, inputs] of [
      ['sitting.decide', { as: 'asProposed', decision: '' }],
      ['sitting.counter', { newId: crypto.randomUUID(), counter: 'I mars' }],
    ] as const) {
      const again = await press(kaisa, verb, { item, ...inputs, turn: 'now figures' });
      expect(answered(again), verb).to.include(sv('errors.sitting.otherPlace'));
      expect(JSON.stringify(again.card), 'at its field').to.include('"id":"turn-error"');
      expect(turnIn(again), 'nothing is chosen').to.deep.equal(['now other']);
    }
    const saved = await press(kaisa, 'sitting.decide', { item, as: 'asProposed', decision: '', turn: 'now other' });
    expect(answered(saved)).to.include(sv('sitting.saidThanks.saved'));
  });

  it('asks the same before what was passed by is voted on, and of no later counter-proposal', async () => {
    await began(8);
    await press(kaisa, 'sitting.attend', { who: `${seat(7).id} ${seat(7).member}`, what: 'leave', at: 'figures' });
    await decide('figures', 'noted');
    const counter = (item: string, turn?: string): Promise<InvokeAnswer> =>
      press(kaisa, 'sitting.counter', { item, newId: crypto.randomUUID(), counter: 'I mars', ...(turn && { turn }) });
    const asked = answered(await counter('approval'));
    expect(asked)
      .to.include(sv('errors.sitting.passedBy', { number: 4 }))
      .and.include(sv('sitting.form.decide.then'));
    const there = (item: string): Promise<InvokeAnswer> => press(kaisa, 'sitting.ballotsForm', { item });
    await counter('approval', 'then');
    expect(answered(await there('approval')), 'with whoever was there then').to.include(seatName(7));
    const all = Object.fromEntries(seats.slice(0, 8).map(({ id }) => [`seat-${id}`, 'proposal']));
    await press(kaisa, 'sitting.ballots', { item: 'approval', ...all });
    expect(answered(await press(kaisa, 'sitting.endVote', { item: 'approval' })), 'and in one press').to.include(
      `✓ ${sv('sitting.outcome.asProposed')}`,
    );
    await press(kaisa, 'sitting.withdrawVote', { item: 'approval', sure: 1 });
    await counter('approval', 'then');
    expect(answered(await counter('approval')), 'once it is known').to.include(sv('sitting.action.endVote'));
    await press(kaisa, 'sitting.withdrawVote', { item: 'approval' });
    expect(answered(await counter('quorum', 'now')), 'where the meeting is').to.include(
      `6.\u00a0${sv('agenda.item.quorum')}`,
    );
    expect(answered(await there('quorum'))).to.not.include(seatName(7));
  });

  it('asks before a decision is removed with what was written of it, or against it', async () => {
    await began(8);
    await decide('opening', 'noted');
    expect(answered(await press(kaisa, 'sitting.undecide', { item: 'opening' })), 'nothing goes').to.not.include(
      sv('sitting.sureCard.undecide.title'),
    );
    await decide('approval', 'changed', 'Med ett tillägg.');
    const asked = await press(kaisa, 'sitting.undecide', { item: 'approval', seen: 'as-seen' });
    expect(answered(asked)).to.include(sv('sitting.sureCard.undecide.lead'));
    expect(seenOn(asked, 'sitting.undecide')).to.equal('as-seen');
    const dissent = { item: 'approval', for: 1, seat: seat(1).id, dissent: 'Jag är emot.' };
    const first = answered(await press(kaisa, 'sitting.dissent', dissent));
    const name = region.people.find(({ id }) => id === seat(1).member)?.name ?? '';
    expect(first).to.include(sv('sitting.dissentOf', { name }));
    expect(answered(await press(kaisa, 'sitting.undecide', { item: 'approval' }))).to.include(
      sv('sitting.sureCard.undecide.dissents', { names: name }),
    );
    const gone = answered(await press(kaisa, 'sitting.undecide', { item: 'approval', sure: 1 }));
    expect(gone).to.not.include('Jag är emot.').and.not.include('Med ett tillägg.');
  });

  it('keeps a dissent whose form is only opened and saved, and removes what was seen and emptied', async () => {
    await began(8);
    const item = 'approval';
    await decide(item);
    const member = await known(seat(1).member ?? '');
    const save = async (data: Fields): Promise<string> =>
      answered(await press(member, 'sitting.dissent', { item, ...data }));
    const form = (): Promise<InvokeAnswer> => press(member, 'sitting.dissentForm', { item });
    const language = (code: string) =>
      run.app.chat.pressOld(member, { verb: 'language.set', data: { language: code } });
    await save({ dissent: 'Två räcker.' });
    expect(await save({}), 'a form of before, which came up empty').to.include('Två räcker.');
    const seen = seenOn(await form(), 'sitting.dissent');
    expect(valuesIn(await form())).to.include('Två räcker.');
    await language('fi');
    const inFinnish = await form();
    expect(answered(inFinnish)).to.include('Två räcker.').and.include(textsFor('fi')('minutes.paper.in.sv'));
    expect(valuesIn(inFinnish)).to.not.include('Två räcker.');
    const translating = seenOn(inFinnish, 'sitting.dissent');
    expect(await save({ seen: translating }), 'nothing was written').to.include('Två räcker.');
    expect(await save({ seen: translating, dissent: 'Kaksi riittää.' })).to.include('Kaksi riittää.');
    await language('sv');
    expect(await save({ seen }), 'emptied over what was not seen').to.include(sv('errors.form.overtaken'));
    const both = await form();
    expect(answered(both)).to.include(sv('sitting.form.also.fi')).and.include('Kaksi riittää.');
    const gone = await save({ seen: seenOn(both, 'sitting.dissent') });
    expect(gone).to.not.include('Två räcker.').and.not.include('Kaksi riittää.');
    await save({ dissent: 'Två räcker.' });
    await language('fi');
    const button = executeActions((await form()).card ?? {}).find(
      ({ action }) => action.title === textsFor('fi')('sitting.form.dissent.gone'),
    );
    expect(await save(isFields(button?.action.data) ? button.action.data : {})).to.not.include('Två räcker.');
  });

  it('opens the form of one’s own dissent only for whoever votes, and keeps what others have typed', async () => {
    await began(8);
    const item = 'approval';
    await press(kaisa, 'sitting.recuse', { item, who: `${seat(7).id} ${seat(7).member}` });
    await decide(item);
    const nameOf = (person: string | null): string => region.people.find(({ id }) => id === person)?.name ?? '';
    const [recused, member] = [await known(seat(7).member ?? ''), await known(seat(1).member ?? '')];
    const substitute = await known(seat(1).substitute ?? '');
    const form = (who: TeamsUser): Promise<InvokeAnswer> => press(who, 'sitting.dissentForm', { item });
    const otherVotes = sv('errors.sitting.otherVotes', { person: nameOf(seat(1).member) });
    const refused = await form(substitute);
    expect(answered(refused)).to.include(otherVotes);
    expect(verbsOn(refused.card ?? {})).to.not.include('sitting.dissent');
    expect(answered(await form(recused))).to.include(sv('errors.sitting.recused'));
    expect(verbsOn((await form(member)).card ?? {})).to.include('sitting.dissent');
    const sent = await press(substitute, 'sitting.dissent', { item, dissent: 'Två räcker.' });
    expect(answered(sent)).to.include(otherVotes);
    expect(valuesIn(sent)).to.include('Två räcker.');
  });

  it('lets who keeps the record correct the dissent that one of them wrote down, until its member has', async () => {
    await began(8);
    const item = 'approval';
    await decide(item);
    const member = await known(seat(1).member ?? '');
    const office = region.members.find((one) => one.body === body && one.office === 'secretary');
    const secretary = await known(office?.person ?? '');
    const form = (): Promise<InvokeAnswer> => press(secretary, 'sitting.dissentForm', { item, for: 1 });
    const write = async (user: TeamsUser, dissent: string, seen: unknown = seenOn(empty, 'sitting.dissent')) =>
      answered(await press(user, 'sitting.dissent', { item, for: 1, seat: seat(1).id, seen, dissent }));
    const empty = await form();
    expect(answered(empty), 'nothing is there to be removed').to.not.include(sv('sitting.form.dissent.textNoted'));
    for (const time of ['once', 'twice']) expect(await write(kaisa, 'Tvåå räcker.'), time).to.include('Tvåå räcker.');
    const noted = await form();
    expect(answered(noted)).to.include('Tvåå räcker.').and.include(sv('sitting.form.dissent.textNoted'));
    expect(await write(secretary, '')).to.include(sv('errors.form.overtaken'));
    const right = await write(secretary, 'Två räcker.', seenOn(noted, 'sitting.dissent'));
    expect(right).to.include('Två räcker.').and.not.include('Tvåå');
    expect(await write(secretary, '', seenOn(await form(), 'sitting.dissent'))).to.not.include('Två räcker.');
    await write(kaisa, 'Två räcker.');
    const own = await press(member, 'sitting.dissentForm', { item });
    expect(answered(own)).to.include(sv('sitting.form.dissent.notedBy', { name: kaisa.name }));
    const seen = seenOn(own, 'sitting.dissent');
    const before = seenOn(await form(), 'sitting.dissent');
    await press(member, 'sitting.dissent', { item, seen, dissent: 'Två räcker gott.' });
    for (const dissent of ['Något annat.', ''])
      expect(await write(kaisa, dissent, before)).to.include(sv('errors.sitting.dissentKnown'));
    const theirs = await form();
    expect(answered(theirs)).to.include(sv('sitting.form.dissent.theirs')).and.not.include('Två räcker');
    expect(JSON.stringify(theirs.card)).to.not.include(`"value":"${seat(1).id} `);
  });

  it('writes a dissent down for the person who was chosen, not for whoever sits there by now', async () => {
    await began(8);
    const item = 'approval';
    await decide(item, 'returned');
    const { id, member, substitute } = seat(4);
    const form = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    expect(JSON.stringify(form.card)).to.include(`"value":"${id} ${member}"`);
    await press(kaisa, 'sitting.attend', { who: `${id} ${member}`, what: 'absent' });
    await press(kaisa, 'sitting.attend', { who: `${id} ${substitute}`, what: 'come', at: 'opening' });
    const sent = { item, for: 1, seen: seenOn(form, 'sitting.dissent'), dissent: 'Jag är emot.' };
    const late = await press(kaisa, 'sitting.dissent', { ...sent, seat: `${id} ${member}` });
    const person = region.people.find((one) => one.id === member)?.name ?? '';
    expect(answered(late)).to.include(sv('errors.sitting.speaksNot', { person }));
    expect(valuesIn(late)).to.include('Jag är emot.');
    const before = answered(await press(kaisa, 'sitting.dissent', { ...sent, seat: id }));
    const name = region.people.find((one) => one.id === substitute)?.name ?? '';
    expect(before, 'a form of before').to.include(sv('sitting.dissentOf', { name }));
  });

  it('keeps beside somebody’s own words nothing that was noted for them in another language', async () => {
    await began(8);
    const item = 'approval';
    await decide(item);
    const member = await known(seat(1).member ?? '');
    await inFinnish(async () => {
      await press(kaisa, 'sitting.dissent', { item, for: 1, seat: seat(1).id, dissent: 'Vastustan rahoitusta.' });
    });
    const form = await press(member, 'sitting.dissentForm', { item });
    expect(answered(form)).to.include('Vastustan rahoitusta.').and.not.include(sv('sitting.form.translates'));
    const seen = seenOn(form, 'sitting.dissent');
    await press(member, 'sitting.dissent', { item, seen, dissent: 'Jag motsätter mig tidtabellen.' });
    const own = answered(await press(member, 'sitting.dissentForm', { item }));
    expect(own).to.include('Jag motsätter mig tidtabellen.').and.not.include('Vastustan');
  });

  it('takes no dissent away that was not there when its form was opened, nor by the same decision in another language', async () => {
    await began(8);
    const item = 'approval';
    await decide(item, 'changed', 'Med ett tillägg.');
    const form = await press(kaisa, 'sitting.decideForm', { item });
    const member = await known(seat(1).member ?? '');
    await press(member, 'sitting.dissent', { item, dissent: 'Jag är emot.' });
    const reworded = { item, as: 'changed', decision: 'Med två tillägg.' };
    const late = await press(kaisa, 'sitting.decide', { ...reworded, seen: seenOn(form, 'sitting.decide') });
    expect(answered(late)).to.include(sv('errors.form.overtaken'));
    await inFinnish(async () => {
      const seen = seenOn(await press(kaisa, 'sitting.decideForm', { item }), 'sitting.decide');
      await press(kaisa, 'sitting.decide', { item, as: 'changed', decision: 'Yhdellä lisäyksellä.', seen });
    });
    const both = await press(kaisa, 'sitting.decideForm', { item });
    expect(answered(both)).to.include('Yhdellä lisäyksellä.').and.not.include('(på finska)');
    expect(answered(await press(kaisa, 'sitting.view', { item }))).to.include('Jag är emot.');
    const gone = await press(kaisa, 'sitting.decide', { ...reworded, seen: seenOn(both, 'sitting.decide') });
    expect(answered(gone)).to.include('Med två tillägg.').and.not.include('Jag är emot.');
  });

  it('has what is to be done, and what was said, say one thing in every language', async () => {
    await began(8);
    const item = 'approval';
    const newId = 'b0000000-0000-4000-8000-00000000000b';
    const given = { item, newId, owner: seat(0).member, due: '2027-01-15' };
    const fi = textsFor('fi');
    const form = (): Promise<InvokeAnswer> => press(kaisa, 'sitting.assignForm', { item, action: newId });
    const shown = async (): Promise<string> => answered(await press(kaisa, 'sitting.view', { item }));
    await press(kaisa, 'sitting.assign', { ...given, action: 'Be fem kommuner om svar.' });
    await press(kaisa, 'sitting.discuss', { item, discussion: 'Fem fall.' });
    await inFinnish(async () => {
      const translating = await form();
      expect(answered(translating)).to.include(`${fi('sitting.form.assign.what')} (${fi('minutes.paper.in.sv')})`);
      expect(valuesIn(translating)).to.not.include('Be fem kommuner om svar.');
      const more = { ...given, known: 1, elsewhere: 1, seen: seenOn(translating, 'sitting.assign') };
      await press(kaisa, 'sitting.assign', { ...more, due: '2027-02-15' });
      expect(await shown(), 'the day alone')
        .to.include('Be fem kommuner om svar.')
        .and.include('15.2.');
      const seen = seenOn(await form(), 'sitting.assign');
      await press(kaisa, 'sitting.assign', { ...more, due: '2027-02-15', seen, action: 'Pyydä viideltä kunnalta.' });
      expect(await shown()).to.include('Pyydä viideltä kunnalta.');
      const said = await press(kaisa, 'sitting.discussForm', { item });
      expect(answered(said)).to.include('Fem fall.');
      await press(kaisa, 'sitting.discuss', {
        ...{ item, seen: seenOn(said, 'sitting.discuss') },
        discussion: 'Viisi tapausta.',
      });
    });
    const known = { ...given, due: '2027-02-15', known: 1, seen: seenOn(await form(), 'sitting.assign') };
    await press(kaisa, 'sitting.assign', { ...known, action: 'Be tio kommuner om svar.' });
    const said = await press(kaisa, 'sitting.discussForm', { item });
    expect(answered(said)).to.include(sv('sitting.form.also.fi')).and.include('Viisi tapausta.');
    const seen = seenOn(said, 'sitting.discuss');
    await press(kaisa, 'sitting.discuss', { item, seen, discussion: 'Sju fall.' });
    await inFinnish(async () => {
      expect(await shown())
        .to.include('Be tio kommuner om svar.')
        .and.include('Sju fall.')
        .and.not.include('viideltä')
        .and.not.include('Viisi');
      const gone = executeActions((await form()).card ?? {}).find(
        ({ action }) => action.title === fi('sitting.form.assign.gone'),
      );
      await press(kaisa, 'sitting.assign', isFields(gone?.action.data) ? gone.action.data : {});
      expect(await shown()).to.not.include('Be tio kommuner');
    });
  });

  it('asks again who has not seen that what they change was handed on, and says at its field what is wrong', async () => {
    await began(8);
    const item = 'approval';
    const newId = 'b0000000-0000-4000-8000-00000000000b';
    const given = { item, newId, known: 1, action: 'Ring hyresvärden', owner: seat(0).member, due: '2027-01-15' };
    await press(kaisa, 'sitting.assign', given);
    const form = (): Promise<InvokeAnswer> => press(kaisa, 'sitting.assignForm', { item, action: newId });
    const seen = seenOn(await form(), 'sitting.assign');
    await press(kaisa, 'sitting.handOn', {
      ...{ item, action: newId, from: 'meeting' },
      ...{ owner: seat(1).member, due: '2027-02-01' },
    });
    const late = answered(await press(kaisa, 'sitting.assign', { ...given, due: '2027-01-20', seen }));
    expect(late).to.include(sv('errors.form.overtaken'));
    const name = region.people.find(({ id }) => id === seat(1).member)?.name ?? '';
    expect(answered(await form())).to.include(
      sv('sitting.form.assign.handed', { name, date: 'mån 1 feb 2027' }).split(' (')[0] ?? '',
    );
    for (const [verb, more] of [
      ['sitting.assign', given],
      ['sitting.handOn', { item, action: newId, owner: seat(1).member }],
    ] as const) {
      const past = await press(kaisa, verb, { ...more, due: '2020-01-01' });
      expect(JSON.stringify(past.card), verb).to.include('"id":"due-error"');
    }
    const counter = answered(await press(kaisa, 'sitting.counterForm', { item }));
    expect(counter).to.include(sv('form.starred'));
  });

  it('changes nothing, and says nothing against it, when somebody leaves twice or an opening is taken back twice', async () => {
    await began(8);
    const undo = (): Promise<InvokeAnswer> => press(kaisa, 'sitting.undoBegin');
    await undo();
    expect(answered(await undo())).to.include(sv('sitting.saidThanks.undone'));
    await press(kaisa, 'sitting.begin', seating(8));
    const leave = { who: `${seat(7).id} ${seat(7).member}`, what: 'leave' };
    await press(kaisa, 'sitting.attend', { ...leave, at: 'figures' });
    const refused = sv('errors.sitting.notPresent');
    expect(answered(await press(kaisa, 'sitting.attend', { ...leave, at: 'figures' }))).to.not.include(refused);
    expect(answered(await press(kaisa, 'sitting.attend', { ...leave, at: 'other' }))).to.include(refused);
  });
});

/** Presses until it is so, as somebody does who finds that it is not yet. */
async function expectSoon(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It never was so.');
}
