import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import { readConfig } from '../../bot/config.ts';
import { chairOf, seatsOf } from '../../src/directory/seats.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv } from '../support/seed.ts';
import { executeActions } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** Two who keep the record, and a third press: of the steering group that meets on Thursday 17 December 2026 at 13. */
describe('a form that somebody else was faster than', () => {
  const body = bodyId('steering:vastra-nyland');
  const region = exampleDirectory();
  const seats = seatsOf(region, body);
  const item = 'approval';
  const action = 'b0000000-0000-4000-8000-00000000000b';
  const secret = 'a0000000-0000-4000-8000-00000000000a';
  const written = { kind: 'decision', presenter: 'nobody', confidential: 'true', title: 'Hemligt ärende' };
  const overtaken = sv('errors.form.overtaken');
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let secretary: TeamsUser;

  beforeEach(async () => {
    run = await startMeetings();
    kaisa = run.app.people.kaisa;
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    const office = region.members.find((one) => one.office === 'secretary' && one.body === body);
    secretary = run.app.teams.addUser({ name: 'Sekreteraren', aadObjectId: office?.person ?? '' });
    await run.app.teams.personalChat(secretary).say(secretary, 'hjälp');
    await press(kaisa, 'agenda.open', { body });
    const plan = { one: { start: '2026-12-17T13:00', minutes: 60 }, repeat: null };
    await run.send(meeting({ body, title: 'Möte', plan }, { by: 'kaisa' }));
    await run.bot().settled();
    await press(kaisa, 'agenda.saveItem', { ...written, newId: secret });
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
  });
  afterEach(() => run.stop());

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  /** What the button of a form carries. */
  const carriedBy = ({ card }: InvokeAnswer, verb: string): Fields => {
    const data = executeActions(card ?? {}).find(({ action: { verb: own } }) => own === verb)?.action.data;
    return isFields(data) ? data : {};
  };
  /** What stands in a form for people to read, the values of its fields left out. */
  const shownOn = ({ card }: InvokeAnswer): string =>
    JSON.stringify(card, (_, value) =>
      isFields(value) && typeof value.type === 'string' && value.type.startsWith('Input.') ? value.label : value,
    );
  const valueIn = ({ card }: InvokeAnswer, id: string): unknown => {
    let found: unknown;
    JSON.stringify(card, (_, value) => {
      if (isFields(value) && value.id === id && 'value' in value) found = value.value;
      return value;
    });
    return found;
  };
  const member = (at: number): string => seats[at]?.member ?? '';
  const nameOf = (at: number): string => region.people.find(({ id }) => id === member(at))?.name ?? '';
  const seated = (at: number): string => `${seats[at]?.id} ${member(at)}`;
  async function began(): Promise<void> {
    await run.to('2026-12-17T12:55');
    const there = seats.slice(0, 8).map(({ id, member: one }) => [`seat-${id}`, one ?? 'absent']);
    await press(kaisa, 'sitting.begin', Object.fromEntries(there));
  }
  async function closed(): Promise<void> {
    await began();
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
  }
  const known = async (person: string): Promise<TeamsUser> => {
    const user = run.app.teams.addUser({ name: 'Ledamoten', aadObjectId: person });
    await run.app.teams.personalChat(user).say(user, 'hjälp');
    return user;
  };
  const checkers = (...at: number[]): Fields => ({ checkers: at.map(member).join(',') });
  const given = (text: string, owner: number, due: string): Fields => ({ action: text, owner: member(owner), due });
  const assigned = async (): Promise<void> => {
    await began();
    await press(kaisa, 'sitting.assign', { item, newId: action, ...given('Ring', 0, '2027-01-15') });
  };

  const voting = async (): Promise<void> => {
    await began();
    await press(kaisa, 'sitting.counter', { item, newId: action, counter: 'I mars' });
  };
  const voted = (at: number, option: string): Fields => ({ [`seat-${seats[at]?.id}`]: option });
  async function won(id: string, counter: string): Promise<InvokeAnswer> {
    await press(secretary, 'sitting.counter', { item, newId: id, counter });
    await press(secretary, 'sitting.ballots', { item, ...voted(0, id), ...voted(1, id) });
    return press(secretary, 'sitting.endVote', { item, sure: 1 });
  }
  /** While somebody has Finnish as their language. */
  async function inFinnish(work: () => Promise<unknown>, who = secretary): Promise<void> {
    const language = (code: string) => run.app.chat.pressOld(who, { verb: 'language.set', data: { language: code } });
    await language('fi');
    await work();
    await language('sv');
  }
  const proposing = (title: string, proposal: string) =>
    press(secretary, 'agenda.saveItem', { ...written, item, confidential: 'false', title, proposal });
  const deciding = (as: string, decision = '') => press(secretary, 'sitting.decide', { item, as, decision });
  const dissenting = (form: InvokeAnswer, more: Fields = {}, who = kaisa) =>
    press(who, 'sitting.dissent', {
      ...{ ...carriedBy(form, 'sitting.dissent'), seat: seated(2), dissent: 'Jag är emot' },
      ...more,
    });

  interface Case {
    verb: string;
    before(): Promise<void>;
    /** What opens it, and what both send it in with beside its fields. */
    opens: readonly [verb: string, data: Fields];
    of: Fields;
    /** What is filled in: by its sender, by a colleague first, and by a third. */
    mine: Fields;
    theirs: Fields;
    third: Fields;
    /** What the colleague has made of it, and what the sender makes of it in the end, as cards say it. */
    shows: readonly string[];
  }
  const cases: Record<string, Case> = {
    'what was said': {
      verb: 'sitting.discuss',
      before: began,
      opens: ['sitting.discussForm', { item }],
      of: { item },
      mine: { discussion: 'Mina ord' },
      theirs: { discussion: 'Hennes ord' },
      third: { discussion: 'Andra ord' },
      shows: ['Hennes ord'],
    },
    'a decision': {
      verb: 'sitting.decide',
      before: began,
      opens: ['sitting.decideForm', { item }],
      of: { item },
      mine: { as: 'changed', decision: 'Mitt beslut' },
      theirs: { as: 'returned', decision: 'Hennes beslut' },
      third: { as: 'tabled', decision: '' },
      shows: ['Hennes beslut', sv('sitting.outcome.returned')],
    },
    'who takes no part': {
      verb: 'sitting.recuse',
      before: began,
      opens: ['sitting.recuseForm', { item }],
      of: { item },
      mine: { who: seated(3) },
      theirs: { who: seated(4) },
      third: { who: seated(5) },
      shows: [sv('sitting.recused', { name: nameOf(4) })],
    },
    'how a seat has voted': {
      verb: 'sitting.ballots',
      before: voting,
      opens: ['sitting.ballotsForm', { item }],
      of: { item },
      mine: voted(0, 'proposal'),
      theirs: voted(0, action),
      third: voted(0, 'abstain'),
      shows: [`${seats[0]?.name.sv}: ${nameOf(0)}`, sv('sitting.option.counter', { number: 1, text: 'I mars' })],
    },
    'what somebody is to do': {
      verb: 'sitting.assign',
      before: assigned,
      opens: ['sitting.assignForm', { item, action }],
      of: { item, newId: action, known: 1 },
      mine: given('Ring nu', 0, '2027-01-16'),
      theirs: given('Skriv', 1, '2027-01-17'),
      third: given('Skriv', 2, '2027-01-18'),
      shows: ['Skriv', `${nameOf(1)} · senast sön 17 jan 2027`],
    },
    'who does it by now': {
      verb: 'sitting.handOn',
      before: assigned,
      opens: ['sitting.handOnForm', { item, action, from: 'meeting' }],
      of: { item, action, from: 'meeting' },
      mine: { owner: member(1), due: '2027-01-16' },
      theirs: { owner: member(2), due: '2027-01-17' },
      third: { owner: member(3), due: '2027-01-18' },
      shows: [`${nameOf(2)} · senast sön 17 jan 2027`],
    },
    'who chairs': {
      verb: 'sitting.chair',
      before: began,
      opens: ['sitting.chairForm', {}],
      of: {},
      mine: { person: member(3), at: 'opening', scope: 'on' },
      theirs: { person: member(4), at: 'opening', scope: 'on' },
      third: { person: member(5), at: 'figures', scope: 'only' },
      shows: [nameOf(4)],
    },
    'who checks the minutes': {
      verb: 'minutes.send',
      before: closed,
      opens: ['minutes.sendForm', { number: 1 }],
      of: { number: 1 },
      mine: checkers(0, 1),
      theirs: checkers(2, 3),
      third: checkers(4, 5),
      shows: [`${nameOf(2)}, ${nameOf(3)}`],
    },
    'an item of the agenda': {
      verb: 'agenda.saveItem',
      before: async () => {},
      opens: ['agenda.itemForm', { item: secret }],
      of: { item: secret },
      mine: { ...written, proposal: 'Mitt förslag', minutes: '5' },
      theirs: { ...written, proposal: 'Hennes förslag', minutes: '10' },
      third: { ...written, proposal: 'Ett tredje förslag', minutes: '15' },
      shows: ['Hennes förslag', '10'],
    },
  };

  for (const [what, { verb, before, opens, of, mine, theirs, third, shows }] of Object.entries(cases)) {
    it(`shows what stands there now, and is taken once that was seen: ${what}`, async () => {
      await before();
      const opened = await press(kaisa, ...opens);
      await press(secretary, verb, { ...of, ...theirs });
      const first = await press(kaisa, verb, { ...carriedBy(opened, verb), ...mine });
      expect(answered(first)).to.include(overtaken);
      for (const shown of shows) expect(shownOn(first)).to.include(shown);
      for (const [field, value] of Object.entries(mine)) expect(valueIn(first, field), field).to.equal(value);

      await press(secretary, verb, { ...of, ...third });
      const second = await press(kaisa, verb, { ...carriedBy(first, verb), ...mine });
      expect(answered(second), 'changed by a third meanwhile').to.include(overtaken);
      const last = await press(kaisa, verb, { ...carriedBy(second, verb), ...mine });
      expect(answered(last)).to.not.include(overtaken);
      expect(carriedBy(last, verb), 'it is no form any more').to.deep.equal({});
    });
  }

  it('has seen nothing new when it comes back with something wrong', async () => {
    await assigned();
    const opened = await press(kaisa, 'sitting.assignForm', { item, action });
    const mine = { ...given('Ring nu', 0, '2027-01-16'), due: '' };
    await press(secretary, 'sitting.assign', { item, newId: action, known: 1, ...given('Skriv', 1, '2027-01-17') });
    const wrong = await press(kaisa, 'sitting.assign', { ...carriedBy(opened, 'sitting.assign'), ...mine });
    expect(answered(wrong)).to.include(sv('problem.choose'));
    expect(answered(wrong)).to.not.include('Skriv');
    const again = { ...carriedBy(wrong, 'sitting.assign'), ...mine, due: '2027-01-16' };
    expect(answered(await press(kaisa, 'sitting.assign', again))).to.include(overtaken);
  });

  it('says that what was to be done is gone: what was typed becomes another, and what cannot leads back', async () => {
    await assigned();
    const opened = await press(kaisa, 'sitting.assignForm', { item, action });
    const handing = await press(kaisa, 'sitting.handOnForm', { item, action, from: 'meeting' });
    await press(secretary, 'sitting.assign', { item, newId: action, known: 1, action: '' });
    const typed = given('Ring nu', 1, '2027-01-16');
    const first = await press(kaisa, 'sitting.assign', { ...carriedBy(opened, 'sitting.assign'), ...typed });
    expect(answered(first)).to.include(sv('sitting.form.assign.removed'));
    expect(valueIn(first, 'action')).to.equal('Ring nu');
    const anew = await press(kaisa, 'sitting.assign', { ...carriedBy(first, 'sitting.assign'), ...typed });
    expect(answered(anew)).to.include(sv('sitting.saidThanks.saved')).and.to.include('Ring nu');
    const handed = { ...carriedBy(handing, 'sitting.handOn'), owner: member(1), due: '2027-01-16' };
    const back = await press(kaisa, 'sitting.handOn', handed);
    expect(answered(back)).to.include(sv('errors.sitting.noAction'));
    expect(carriedBy(back, 'sitting.handOn')).to.deep.equal({});
  });

  for (const [whose, opens, mine] of [
    ['their own', {}, {}],
    ['another’s', { for: 1 }, { seat: seated(1) }],
  ] as const)
    it(`takes no dissent against a decision that its sender has not seen: ${whose}`, async () => {
      await began();
      const decide = (data: Fields) => press(secretary, 'sitting.decide', { item, ...data });
      const who = whose === 'their own' ? await known(member(2)) : kaisa;
      await decide({ as: 'changed', decision: 'Med ett tillägg' });
      const opened = await press(who, 'sitting.dissentForm', { item, ...opens });
      expect(answered(opened)).to.include('Med ett tillägg');
      await decide({ as: 'returned', decision: 'Bereds på nytt' });
      const sent = { ...mine, dissent: 'Jag är emot' };
      const send = (form: InvokeAnswer) =>
        press(who, 'sitting.dissent', { ...carriedBy(form, 'sitting.dissent'), ...sent });
      const first = await send(opened);
      expect(answered(first)).to.include(overtaken);
      expect(shownOn(first)).to.include('Bereds på nytt').and.include(sv('sitting.outcome.returned'));
      expect(valueIn(first, 'dissent')).to.equal('Jag är emot');
      await inFinnish(() => decide({ as: 'returned', decision: 'Valmistellaan uudelleen' }));
      expect(answered(await send(first)), 'the same in one more language')
        .to.include('Jag är emot')
        .and.not.include(overtaken);
    });

  describe('of what is said in two languages', () => {
    const noting = (text: string, at = 2): Promise<InvokeAnswer> =>
      press(secretary, 'sitting.dissent', { item, for: 1, seen: '', seat: seated(at), dissent: text });
    const reading = async (): Promise<string> => shownOn(await press(kaisa, 'sitting.dissentForm', { item, for: 1 }));

    it('has a dissent that is noted anew take the place of the whole, once that was shown', async () => {
      await began();
      await deciding('returned', 'Bereds på nytt');
      const opened = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
      await inFinnish(() => noting('Vastustan rahan takia'));
      const first = await dissenting(opened);
      expect(answered(first)).to.include(overtaken);
      expect(answered(first).match(/Vastustan rahan takia/g), 'once').to.have.length(1);
      expect(answered(await dissenting(first))).to.not.include(overtaken);
      expect(await reading(), 'nothing of the other is left')
        .to.include('Jag är emot')
        .and.include(sv('sitting.form.dissent.replaces'))
        .and.not.include('Vastustan');
    });

    it('shows what it says in every language to whoever notes it anew', async () => {
      await began();
      await deciding('returned', 'Bereds på nytt');
      await dissenting(await press(kaisa, 'sitting.dissentForm', { item, for: 1 }));
      const seen = () => press(kaisa, 'sitting.dissentForm', { item, for: 1 });
      expect(shownOn(await seen())).to.include('Jag är emot');
      await inFinnish(async () => {
        const form = await press(secretary, 'sitting.dissentForm', { item, for: 1 });
        const typed = { seat: seated(2), dissent: 'Vastustan rahan takia' };
        const sent = { ...carriedBy(form, 'sitting.dissent'), ...typed };
        expect(answered(await press(secretary, 'sitting.dissent', sent))).to.include('Vastustan');
      });
      expect(await reading())
        .to.include(`${sv('sitting.dissentOf', { name: nameOf(2) })} (${sv('minutes.paper.in.fi')})`)
        .and.include('Vastustan');
    });

    it('has what somebody says in their own words take the place of what was noted for them, in every language', async () => {
      const own = await known(member(2));
      await began();
      await deciding('returned', 'Bereds på nytt');
      await inFinnish(() => noting('Vastustan rahan takia'));
      const form = await press(own, 'sitting.dissentForm', { item });
      expect(shownOn(form)).to.include('Vastustan rahan takia');
      const sent = { ...carriedBy(form, 'sitting.dissent'), item, dissent: 'Jag är emot' };
      expect(answered(await press(own, 'sitting.dissent', sent)))
        .to.include('Jag är emot')
        .and.not.include('Vastustan');
      expect(shownOn(await press(own, 'sitting.dissentForm', { item }))).to.not.include('Vastustan');
    });

    it('promises nobody that what was noted for them meanwhile stays beside their own words', async () => {
      const own = await known(member(2));
      await began();
      await deciding('returned', 'Bereds på nytt');
      const opened = await press(own, 'sitting.dissentForm', { item });
      await inFinnish(() => noting('Vastustan rahan takia'));
      const sent = (form: InvokeAnswer) =>
        press(own, 'sitting.dissent', { ...carriedBy(form, 'sitting.dissent'), item, dissent: 'Jag är emot' });
      const first = await sent(opened);
      expect(answered(first))
        .to.include(overtaken)
        .and.include('Vastustan rahan takia')
        .and.not.include(sv('errors.form.beside'));
      expect(answered(await sent(first)))
        .to.include('Jag är emot')
        .and.not.include('Vastustan');
    });

    it('promises whoever notes a dissent nothing by what they have said themselves in another language', async () => {
      const chair = await known(chairOf(region, body) ?? '');
      await began();
      await deciding('returned', 'Bereds på nytt');
      await inFinnish(() => press(chair, 'sitting.dissent', { item, dissent: 'Vastustan itse' }), chair);
      expect(shownOn(await press(chair, 'sitting.dissentForm', { item }))).to.include('Vastustan itse');
      const opened = await press(chair, 'sitting.dissentForm', { item, for: 1 });
      await noting('Det är för dyrt', 0);
      expect(answered(await dissenting(opened, { seat: seated(0) }, chair)))
        .to.include(overtaken)
        .and.include('Det är för dyrt')
        .and.not.include(sv('errors.form.beside'));
    });

    it('takes nothing from whoever says nothing, over words that they have not seen', async () => {
      await proposing('Lokaler', 'Lokaler hyrs');
      await began();
      const card = await press(kaisa, 'sitting.view', { item });
      const quick = carriedBy(card, 'sitting.decide');
      expect(quick).to.include({ as: 'asProposed' });
      await inFinnish(() => deciding('asProposed', 'Vain maaliskuusta'));
      const first = await press(kaisa, 'sitting.decide', quick);
      expect(answered(first), 'what stands is said to stay')
        .to.include(sv('errors.form.besideOutcome'))
        .and.include('Vain maaliskuusta');
      const again = { ...carriedBy(first, 'sitting.decide'), as: 'asProposed', decision: '' };
      expect(answered(await press(kaisa, 'sitting.decide', again)))
        .to.include(sv('sitting.saidThanks.saved'))
        .and.include('Vain maaliskuusta');
    });
  });

  it('says how the chair’s vote decided, where the votes were equal', async () => {
    await began();
    await press(secretary, 'sitting.counter', { item, newId: action, counter: 'I mars' });
    const chair = seats.findIndex(({ member: one }) => one === chairOf(region, bodyId(body)));
    const other = chair === 0 ? 1 : 0;
    await press(secretary, 'sitting.ballots', { item, ...voted(chair, action), ...voted(other, 'proposal') });
    await press(secretary, 'sitting.endVote', { item, sure: 1 });
    const form = shownOn(await press(kaisa, 'sitting.decideForm', { item }));
    const option = sv('sitting.option.counterShort', { number: 1 });
    expect(form).to.include(sv('sitting.wonByChair', { option })).and.not.include(sv('sitting.mostVotes', { option }));
  });

  it('takes no dissent against what was decided as proposed, once another thing is proposed and decided', async () => {
    await began();
    await deciding('asProposed');
    const opened = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    await press(secretary, 'sitting.undecide', { item, sure: 1 });
    await proposing('Lokaler', 'Inga lokaler alls');
    await deciding('asProposed');
    const first = await dissenting(opened);
    expect(answered(first)).to.include(overtaken).and.include('Inga lokaler alls');
    expect(answered(await dissenting(first))).to.not.include(overtaken);
  });

  it('says that nothing is decided any more, where that was taken back meanwhile', async () => {
    await began();
    await deciding('returned', 'Bereds på nytt');
    const opened = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    await press(secretary, 'sitting.undecide', { item, sure: 1 });
    expect(answered(await dissenting(opened)))
      .to.include(sv('errors.sitting.undecided'))
      .and.not.include(overtaken);
  });

  it('shows nothing of what was proposed where that was not decided, and all that was once it has words', async () => {
    await proposing('Lokaler', 'Lokaler hyrs');
    await began();
    await deciding('returned');
    const opened = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    expect(answered(opened)).to.not.include('Lokaler hyrs');
    await inFinnish(() => proposing('Tilat', 'Tilat vuokrataan'));
    expect(answered(await dissenting(opened))).to.not.include(overtaken);
    const again = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    await deciding('returned', 'Bereds på nytt');
    const first = await dissenting(again, { seat: seated(3) });
    expect(answered(first)).to.include(overtaken).and.include('Bereds på nytt');
  });

  it('shows what has won the vote, and takes no dissent against another winner', async () => {
    await began();
    await won(action, 'I mars');
    await deciding('changed');
    const opened = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    expect(shownOn(opened)).to.include('I mars');
    await press(secretary, 'sitting.undecide', { item, sure: 1 });
    await press(secretary, 'sitting.withdrawVote', { item, sure: 1 });
    await won('c0000000-0000-4000-8000-00000000000c', 'I april');
    await deciding('changed');
    const first = await dissenting(opened);
    expect(answered(first)).to.include(overtaken);
    expect(shownOn(first)).to.include('I april').and.not.include('I mars');
    expect(answered(await dissenting(first))).to.not.include(overtaken);
  });

  it('says that what is sent again stands beside what was written in another language meanwhile', async () => {
    await began();
    const form = await press(kaisa, 'sitting.decideForm', { item });
    await inFinnish(() => deciding('returned', 'Valmistellaan uudelleen'));
    const beside = sv('errors.form.besideOutcome');
    const again = (given: InvokeAnswer, as: string) =>
      press(kaisa, 'sitting.decide', { ...carriedBy(given, 'sitting.decide'), item, as, decision: 'Bereds på nytt' });
    const other = await again(form, 'tabled');
    expect(answered(other), 'what comes of either').to.include(beside).and.include('Valmistellaan uudelleen');
    const first = await again(form, 'returned');
    expect(answered(first)).to.include(beside).and.not.include(overtaken);
    expect(answered(first).match(/Valmistellaan uudelleen/g), 'once').to.have.length(1);
    const saved = answered(await again(first, 'returned'));
    expect(saved).to.include('Bereds på nytt').and.not.include(beside);
    const reopened = await press(kaisa, 'sitting.decideForm', { item });
    expect(answered(reopened)).to.include('Valmistellaan uudelleen');
    await press(secretary, 'sitting.undecide', { item, sure: 1 });
    await inFinnish(() => deciding('returned', 'Valmistellaan uudelleen'));
    const tabled = await again(await again(form, 'tabled'), 'tabled');
    expect(answered(tabled), 'another outcome takes its place').to.include('Bereds på nytt').and.not.include(beside);
    const now = await press(kaisa, 'sitting.decideForm', { item });
    expect(shownOn(now)).to.not.include('Valmistellaan');

    await press(secretary, 'sitting.undecide', { item, sure: 1 });
    const itself = await press(kaisa, 'agenda.itemForm', { item });
    const ofItem = { ...written, item, confidential: 'false' };
    await inFinnish(() => press(secretary, 'agenda.saveItem', { ...ofItem, background: 'Taustaa', minutes: '10' }));
    const more = { ...carriedBy(itself, 'agenda.saveItem'), ...ofItem, background: 'Bakgrund', minutes: '20' };
    const both = answered(await press(kaisa, 'agenda.saveItem', more));
    expect(both, 'what takes the place of something is said to').to.include(overtaken).and.include('Taustaa');
    expect(both).to.not.include(sv('errors.form.beside'));
  });

  it('says so of a discussion, which is one text in several languages', async () => {
    await began();
    const form = await press(kaisa, 'sitting.discussForm', { item });
    await inFinnish(() => press(secretary, 'sitting.discuss', { item, discussion: 'Puhuttiin rahasta' }));
    const again = (from: InvokeAnswer) =>
      press(kaisa, 'sitting.discuss', { ...carriedBy(from, 'sitting.discuss'), item, discussion: 'Om pengar' });
    const first = await again(form);
    expect(answered(first)).to.include(sv('errors.form.beside'));
    expect(answered(first).match(/Puhuttiin rahasta/g), 'once').to.have.length(1);
    expect(answered(await again(first))).to.include('Om pengar');
    expect(shownOn(await press(kaisa, 'sitting.discussForm', { item }))).to.include('Puhuttiin rahasta');
  });

  it('says so of a correction that waits to be checked', async () => {
    await closed();
    await press(kaisa, 'minutes.send', { number: 1, ...checkers(0, 1) });
    for (const at of [0, 1]) await press(await known(member(at)), 'minutes.approve', { number: 1 });
    const form = await press(kaisa, 'minutes.correctForm', { number: 1 });
    await inFinnish(() => press(secretary, 'minutes.correct', { number: 1, correction: 'Väärä päivä' }));
    const again = (from: InvokeAnswer) =>
      press(kaisa, 'minutes.correct', { ...carriedBy(from, 'minutes.correct'), correction: 'Fel datum' });
    const first = await again(form);
    expect(answered(first)).to.include(sv('errors.form.beside')).and.not.include(overtaken);
    expect(answered(first).match(/Väärä päivä/g), 'once').to.have.length(1);
    await again(first);
    const now = await press(kaisa, 'minutes.correctForm', { number: 3 });
    expect(shownOn(now)).to.include('Väärä päivä');
    expect(valueIn(now, 'correction')).to.equal('Fel datum');
  });

  it('says of an action what becomes of its words in another language, and of who does it and when', async () => {
    await began();
    await inFinnish(() =>
      press(secretary, 'sitting.assign', { item, newId: action, ...given('Soita', 0, '2027-01-15') }),
    );
    const form = await press(kaisa, 'sitting.assignForm', { item, action });
    await inFinnish(async () => {
      const theirs = carriedBy(await press(secretary, 'sitting.assignForm', { item, action }), 'sitting.assign');
      await press(secretary, 'sitting.assign', { item, ...theirs, ...given('Soita heti', 0, '2027-01-15') });
    });
    const again = (from: InvokeAnswer) =>
      press(kaisa, 'sitting.assign', { ...carriedBy(from, 'sitting.assign'), item, ...given('Ring', 1, '2027-02-15') });
    const first = await again(form);
    expect(answered(first)).to.include(sv('errors.form.besideAction')).and.include('Soita heti');
    expect(answered(await again(first))).to.include('Ring');
    const now = await press(kaisa, 'sitting.assignForm', { item, action });
    expect(shownOn(now)).to.include('Soita heti');
    expect(['action', 'owner', 'due'].map((id) => valueIn(now, id))).to.deep.equal(['Ring', member(1), '2027-02-15']);
  });

  it('promises no holder where that is somebody to whom it was handed on', async () => {
    await began();
    await inFinnish(() =>
      press(secretary, 'sitting.assign', { item, newId: action, ...given('Soita', 0, '2027-01-15') }),
    );
    const form = await press(kaisa, 'sitting.assignForm', { item, action });
    await press(secretary, 'sitting.handOn', { item, action, owner: member(1), due: '2027-03-01' });
    await inFinnish(async () => {
      const theirs = carriedBy(await press(secretary, 'sitting.assignForm', { item, action }), 'sitting.assign');
      await press(secretary, 'sitting.assign', { item, ...theirs, ...given('Soita heti', 0, '2027-01-15') });
    });
    const mine = { ...carriedBy(form, 'sitting.assign'), item, ...given('Ring', 0, '2027-01-15') };
    const first = await press(kaisa, 'sitting.assign', mine);
    const handed = sv('sitting.form.assign.handed', { name: nameOf(1), date: 'mån 1 mars 2027' });
    expect(answered(first)).to.include(sv('errors.form.beside')).and.include(handed);
    // It is given to another, and handed on anew: sent as it stands in the form, it takes the place of both.
    await inFinnish(async () => {
      const theirs = carriedBy(await press(secretary, 'sitting.assignForm', { item, action }), 'sitting.assign');
      await press(secretary, 'sitting.assign', { item, ...theirs, ...given('Soita nyt', 2, '2027-01-20') });
    });
    await press(secretary, 'sitting.handOn', { item, action, owner: member(1), due: '2027-03-01' });
    const next = await press(kaisa, 'sitting.assign', { ...mine, ...carriedBy(first, 'sitting.assign') });
    expect(answered(next)).to.include(sv('errors.form.besideAction')).and.include('Soita nyt');
    expect(answered(next), 'of which nothing would be left').to.not.include(handed);
    await press(kaisa, 'sitting.assign', { ...mine, ...carriedBy(next, 'sitting.assign') });
    const now = await press(kaisa, 'sitting.assignForm', { item, action });
    expect(['owner', 'due'].map((id) => valueIn(now, id))).to.deep.equal([member(0), '2027-01-15']);
    expect(answered(now)).to.not.include(handed);
  });

  it('says of one’s own dissent that it stands beside what one has written in another language', async () => {
    await began();
    await deciding('returned', 'Bereds på nytt');
    const own = { item, dissent: 'Jag är emot' };
    const voter = await known(member(2));
    const opened = await press(voter, 'sitting.dissentForm', { item });
    await inFinnish(async () => {
      const finnish = carriedBy(await press(voter, 'sitting.dissentForm', { item }), 'sitting.dissent');
      await press(voter, 'sitting.dissent', { ...finnish, item, dissent: 'Vastustan' });
    }, voter);
    const sent = (from: InvokeAnswer) =>
      press(voter, 'sitting.dissent', { ...carriedBy(from, 'sitting.dissent'), ...own });
    const first = await sent(opened);
    expect(answered(first)).to.include(sv('errors.form.beside')).and.include('Vastustan');
    await sent(first);
    expect(shownOn(await press(voter, 'sitting.dissentForm', { item }))).to.include('Vastustan');
  });

  it('shows once what stands in two languages', async () => {
    await began();
    const form = await press(kaisa, 'sitting.discussForm', { item });
    await press(secretary, 'sitting.discuss', { item, discussion: 'Kort' });
    await inFinnish(async () => {
      const theirs = carriedBy(await press(secretary, 'sitting.discussForm', { item }), 'sitting.discuss');
      await press(secretary, 'sitting.discuss', { item, ...theirs, discussion: 'Lyhyesti' });
    });
    const mine = { ...carriedBy(form, 'sitting.discuss'), item, discussion: 'Lång' };
    const first = answered(await press(kaisa, 'sitting.discuss', mine));
    expect(first).to.include(overtaken).and.include('Kort').and.include(sv('sitting.form.also.fi'));
    expect(first.match(/Lyhyesti/g), 'once').to.have.length(1);
  });

  it('is taken where a colleague has written the very same, and says so where they have removed it', async () => {
    await began();
    const form = await press(kaisa, 'sitting.decideForm', { item });
    await deciding('returned', 'Bereds på nytt');
    const same = { ...carriedBy(form, 'sitting.decide'), item, as: 'returned', decision: 'Bereds på nytt' };
    expect(answered(await press(kaisa, 'sitting.decide', same))).to.include(sv('sitting.saidThanks.saved'));
    await press(secretary, 'sitting.discuss', { item, discussion: 'Kort' });
    const opened = await press(kaisa, 'sitting.discussForm', { item });
    const theirs = carriedBy(await press(secretary, 'sitting.discussForm', { item }), 'sitting.discuss');
    await press(secretary, 'sitting.discuss', { item, ...theirs, discussion: '' });
    const mine = { ...carriedBy(opened, 'sitting.discuss'), item, discussion: 'Lång' };
    expect(answered(await press(kaisa, 'sitting.discuss', mine)))
      .to.include(overtaken)
      .and.include(sv('form.nothing'));
  });

  it('shows what has won the vote, and takes no decision of another winner or of none, in one press or in words', async () => {
    await began();
    const opened = await press(kaisa, 'sitting.decideForm', { item });
    const ended = await won(action, 'I mars');
    const sent = { ...carriedBy(opened, 'sitting.decide'), as: 'changed', decision: 'I maj' };
    const first = await press(kaisa, 'sitting.decide', sent);
    expect(answered(first)).to.include(overtaken);
    expect(shownOn(first)).to.include('I mars');
    await press(secretary, 'sitting.withdrawVote', { item, sure: 1 });
    await won('c0000000-0000-4000-8000-00000000000c', 'I april');
    const quick = await press(kaisa, 'sitting.decide', carriedBy(ended, 'sitting.decide'));
    expect(answered(quick)).to.include(overtaken);
    expect(shownOn(quick)).to.include('I april').and.not.include('I mars');
    const again = { ...carriedBy(quick, 'sitting.decide'), as: 'changed', decision: '' };
    expect(answered(await press(kaisa, 'sitting.decide', again))).to.include(sv('sitting.saidThanks.saved'));
  });

  it('says so where it is the proposal that has won', async () => {
    await proposing('Lokaler', 'Lokaler hyrs');
    await began();
    const opened = await press(kaisa, 'sitting.decideForm', { item });
    await press(secretary, 'sitting.counter', { item, newId: action, counter: 'Lokaler köps' });
    await press(secretary, 'sitting.ballots', { item, ...voted(0, 'proposal'), ...voted(1, 'proposal') });
    await press(secretary, 'sitting.endVote', { item, sure: 1 });
    const sent = { ...carriedBy(opened, 'sitting.decide'), as: 'changed', decision: 'I mars' };
    const first = await press(kaisa, 'sitting.decide', sent);
    expect(answered(first)).to.include(overtaken).and.include('I mars');
    expect(shownOn(first)).to.include(sv('sitting.mostVotes', { option: sv('sitting.option.proposal') }));
  });

  it('takes no decision that is otherwise than another proposal was', async () => {
    await proposing('Lokaler', 'Lokaler hyrs');
    await began();
    const opened = await press(kaisa, 'sitting.decideForm', { item });
    await proposing('Lokaler', 'Lokaler köps');
    const sent = { ...carriedBy(opened, 'sitting.decide'), as: 'changed', decision: 'Enligt förslaget, i mars' };
    const first = await press(kaisa, 'sitting.decide', sent);
    expect(answered(first)).to.include(overtaken);
    expect(shownOn(first)).to.include('Lokaler köps').and.not.include('Lokaler hyrs');
  });

  it('is taken all the same once what is proposed is said in one more language', async () => {
    await proposing('Lokaler', 'Lokaler hyrs');
    await began();
    const counter = await press(kaisa, 'sitting.counterForm', { item });
    await inFinnish(() => proposing('Tilat', 'Tilat vuokrataan'));
    const put = { ...carriedBy(counter, 'sitting.counter'), counter: 'Lokaler köps' };
    expect(answered(await press(kaisa, 'sitting.counter', put))).to.not.include(overtaken);
    await press(kaisa, 'sitting.withdrawVote', { item });

    await proposing('Lokaler', 'Lokaler lånas');
    await inFinnish(() => proposing('Tilat', ''));
    await deciding('asProposed', 'Från mars');
    const dissent = await press(kaisa, 'sitting.dissentForm', { item, for: 1 });
    const decision = await press(kaisa, 'sitting.decideForm', { item });
    await inFinnish(() => proposing('Tilat', 'Tilat lainataan'));
    expect(answered(await dissenting(dissent)))
      .to.include('Jag är emot')
      .and.not.include(overtaken);
    await dissenting(await press(kaisa, 'sitting.dissentForm', { item, for: 1 }), { dissent: '' });
    const again = { ...carriedBy(decision, 'sitting.decide'), as: 'asProposed', decision: 'Från april' };
    expect(answered(await press(kaisa, 'sitting.decide', again)))
      .to.include('Från april')
      .and.not.include(overtaken);
  });

  it('writes down no vote that its sender left alone, and shows what was chosen beside what stands', async () => {
    await voting();
    await press(kaisa, 'sitting.ballots', { item, ...voted(1, 'proposal') });
    const opened = await press(kaisa, 'sitting.ballotsForm', { item });
    await press(secretary, 'sitting.ballots', { item, ...voted(0, action), ...voted(1, 'abstain') });
    const mine = { ...voted(0, 'proposal'), ...voted(1, 'proposal') };
    const first = await press(kaisa, 'sitting.ballots', { ...carriedBy(opened, 'sitting.ballots'), ...mine });
    expect(valueIn(first, `seat-${seats[0]?.id}`)).to.equal('proposal');
    expect(valueIn(first, `seat-${seats[1]?.id}`)).to.equal('abstain');
  });

  it('leads back to the meeting once the vote is gone or over, and says so', async () => {
    const sent = async (form: InvokeAnswer): Promise<InvokeAnswer> =>
      press(kaisa, 'sitting.ballots', { ...carriedBy(form, 'sitting.ballots'), ...voted(0, 'proposal') });
    await voting();
    const open = () => press(kaisa, 'sitting.ballotsForm', { item });
    const before = await open();
    await press(secretary, 'sitting.ballots', { item, ...voted(0, action) });
    await press(secretary, 'sitting.endVote', { item, sure: 1 });
    const over = await sent(before);
    await press(secretary, 'sitting.withdrawVote', { item, sure: 1 });
    const gone = await sent(before);
    expect(answered(over)).to.include(sv('errors.sitting.voteOver'));
    expect(answered(gone)).to.include(sv('errors.sitting.noVote'));
    for (const back of [over, gone]) expect(carriedBy(back, 'sitting.ballots')).to.deep.equal({});
  });

  it('leaves as a colleague has made it what its sender left alone', async () => {
    const opened = await press(kaisa, 'agenda.itemForm', { item: secret });
    const theirs = { ...written, proposal: 'Hennes förslag', background: 'Hennes bakgrund' };
    await press(secretary, 'agenda.saveItem', { item: secret, ...theirs });
    const mine = { ...written, proposal: 'Mitt förslag', background: '' };
    const first = await press(kaisa, 'agenda.saveItem', { ...carriedBy(opened, 'agenda.saveItem'), ...mine });
    expect(shownOn(first)).to.include('Hennes förslag').and.to.not.include('Hennes bakgrund');
    expect(valueIn(first, 'background')).to.equal('Hennes bakgrund');
    expect(valueIn(first, 'proposal')).to.equal('Mitt förslag');
  });

  it('is in the log when it shows what is confidential', async () => {
    const opened = await press(kaisa, 'agenda.itemForm', { item: secret });
    await press(secretary, 'agenda.saveItem', { item: secret, ...written, proposal: 'Hennes förslag' });
    const data = { ...carriedBy(opened, 'agenda.saveItem'), ...written, proposal: 'Mitt förslag' };
    await press(kaisa, 'agenda.saveItem', data);
    await run.bot().stop();
    const printed: string[] = [];
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: run.app.dataDir });
    await printAuditLog(config, [body, 'agenda', '1'], (line) => printed.push(line));
    const told = printed.map((line) => line.split('\t')).filter(([, , , what]) => what === 'agenda.read');
    const ofKaisa = told.filter(([, , who = '']) => who.startsWith(kaisa.name));
    expect(ofKaisa, 'as the form was opened, and as it came back').to.have.length(2);
  });
});
