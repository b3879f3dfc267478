import { expect } from 'chai';
import { limits } from '../../src/meetings/model.ts';
import type { StoredMeeting } from '../../src/meetings/stored.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { people } from '../support/builders.ts';
import { crowd, crowdedRegion } from '../support/crowd.ts';
import { despiteOf, type MeetingRun, meetingCardsIn, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting, pollPlan } from '../support/meetings.ts';
import { answered, sv, temporaryFolder, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions, textOf } from '../support/teams/cards.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

/** A Monday at nine; the poll is open until Friday at four. */
describe('finding a time for a meeting', () => {
  let run: MeetingRun;
  beforeEach(async () => {
    run = await startMeetings();
  });
  afterEach(async () => {
    const { violations } = run.app.teams;
    await run.stop();
    expect(violations).to.deep.equal([]);
  });

  const poll = meeting({ plan: pollPlan() });
  const all = (said: string): Fields => ({ 'vote-tue': said, 'vote-wed': said, 'vote-thu': said });
  const vote = (user: TeamsUser, given: Fields, of = poll) => run.press(user, of, 'meeting.vote', given);
  const experts = (): TeamsUser[] => {
    const { maria, petri, sofia, niina, jonas } = run.app.people;
    return [maria, petri, sofia, niina, jonas];
  };
  /** Picks what there are doubts about, and says that it is all the same. */
  async function pickAnyway(of: StoredMeeting, option: string): Promise<void> {
    const { maria } = run.app.people;
    const asked = await run.press(maria, of, 'meeting.pick', { option });
    await run.press(maria, of, 'meeting.pick', { option, ...despiteOf(asked, 'meeting.pick') });
  }
  /** The one card of the meeting in the team's chat, once all is sent. */
  async function shared(): Promise<Message> {
    await run.bot().settled();
    const [card, ...others] = meetingCardsIn(run.app.chat);
    expect(others).to.deep.equal([]);
    if (!card) throw new Error('The chat has no card of the meeting.');
    return card;
  }
  const sharedText = async (): Promise<string> => textOf((await shared()).activity);
  const told = (
    user: TeamsUser,
    kind: 'pollReminder' | 'allAnswered' | 'pollOver',
    says: 'text' | 'partly' = 'text',
  ): number => {
    const when = 'fre 27 nov kl. 16.00';
    const words =
      kind === 'pollReminder' ? sv(`meeting.notice.${kind}.${says}`, { when }) : sv(`meeting.notice.${kind}.text`);
    return toldPrivately(run.app, user).filter((text) => text.includes(words)).length;
  };

  it('shows everybody one card with each time, who is missing for it, and who has not answered', async () => {
    await run.send(poll);
    const before = await sharedText();
    expect(before).to.include('tis 1 dec kl. 09.00').and.include(sv('meeting.poll.noAnswers'));
    await vote(run.app.people.petri, { 'vote-tue': 'yes', 'vote-wed': 'no' });
    const text = await sharedText();
    expect(text)
      .to.include(sv('meeting.poll.count.yes', { number: 1 }))
      .and.include(sv('meeting.poll.said.yes', { names: 'Petri Aaltonen' }));
    expect(text).to.include(sv('meeting.missing.named', { who: 'socialarbetare, hälsovårdare och ungdomsarbetare' }));
    for (const user of experts()) {
      const about = toldPrivately(run.app, user).filter((said) => said.includes(poll.title));
      expect(about, 'who reads it in the chat').to.deep.equal([]);
    }
  });

  it('loses none of six who answer at once', async () => {
    const { kaisa } = run.app.people;
    const six = meeting({ plan: pollPlan(), invited: { everyone: true, named: [people.kaisa] } });
    await run.send(six);
    const answers = await Promise.all([...experts(), kaisa].map((user) => vote(user, all('yes'), six)));
    for (const answer of answers) expect(answered(answer)).to.include(sv('meeting.vote.saved'));
    const text = await sharedText();
    expect(text).to.include(sv('meeting.poll.answeredOf', { number: 6, of: 6 }));
    expect(text.split(sv('meeting.poll.count.yes', { number: 6 })).length - 1).to.equal(3);
  });

  it('leaves nobody’s form by what others answer, and shows it all once the last is done', async () => {
    await run.send(poll);
    const { petri, jonas, niina } = run.app.people;
    const card = await shared();
    await run.app.chat.press(petri, card, 'meeting.voteForm');
    const versions = card.versions.length;
    for (const user of [jonas, niina]) await vote(user, all('yes'));
    await run.bot().settled();
    expect(card.versions.length, 'the message that Petri fills in').to.equal(versions);
    expect(meetingCardsIn(run.app.chat)).to.have.length(1);
    await run.app.chat.press(petri, card, 'meeting.vote', all('no'));
    const text = await sharedText();
    expect((await shared()).id).to.equal(card.id);
    expect(text).to.include(sv('meeting.poll.answeredOf', { number: 3, of: 5 }));
  });

  it('lets everybody change their mind, time by time, and keeps the rest', async () => {
    await run.send(poll);
    const { jonas } = run.app.people;
    await vote(jonas, all('yes'));
    const changed = answered(await vote(jonas, { 'vote-wed': 'ifNeedBe' }));
    expect(changed.split(sv('meeting.poll.own.yes')).length - 1).to.equal(2);
    expect(changed).to.include(sv('meeting.poll.own.ifNeedBe'));
  });

  it('says at the times what is wrong when nothing was answered, and takes no answer that there is not', async () => {
    await run.send(poll);
    const { jonas } = run.app.people;
    expect(answered(await vote(jonas, {}))).to.include(sv('problem.choose'));
    expect(answered(await vote(jonas, { 'vote-none': 'yes' }))).to.include(sv('errors.meeting.noOption'));
    expect(await sharedText()).to.include(sv('meeting.poll.answeredOf', { number: 0, of: 5 }));
  });

  it('asks about no time that has passed, and is closed by the bot when nobody has picked one in time', async () => {
    await run.send(poll);
    const { maria, jonas } = run.app.people;
    const extend = (deadline: string) => run.press(maria, poll, 'meeting.extend', { deadline });
    expect(answered(await extend('4.12.2026 kl. 9.00'))).to.include(sv('errors.meeting.lateDeadline'));
    await extend('3.12.2026 kl. 9.00');
    await run.to('2026-12-01T12:00');
    const form = JSON.stringify((await run.press(jonas, poll, 'meeting.voteForm')).card);
    expect(form).to.include('vote-wed').and.not.include('vote-tue');
    expect(answered(await vote(jonas, { 'vote-tue': 'yes' }))).to.include(sv('errors.meeting.past'));
    await vote(jonas, { 'vote-wed': 'yes', 'vote-thu': 'no' });
    expect(await sharedText()).to.include(sv('meeting.poll.answeredOf', { number: 1, of: 5 }));
    await run.to('2026-12-10T13:01');
    const shown = run.app.chat.messages.map(({ activity }) => textOf(activity));
    expect(shown.filter((text) => text.includes(sv('meeting.state.lapsed')))).to.have.length(1);
    expect(
      toldPrivately(run.app, maria).filter((text) => text.includes(sv('meeting.notice.lapsed.text'))),
    ).to.have.length(1);
    expect(answered(await vote(jonas, all('yes')))).to.include(sv('errors.meeting.cancelled'));
    const list = answered(await run.app.chat.pressOld(maria, { verb: 'meeting.list', data: { whose: 'body' } }));
    expect(list).to.not.include(poll.title);
  });

  it('keeps to whoever plans who said what, if they chose so', async () => {
    const hidden = meeting({ plan: pollPlan({ namesHidden: true }) });
    await run.send(hidden);
    const { maria, petri, jonas } = run.app.people;
    await vote(petri, all('yes'), hidden);
    expect(await sharedText()).to.not.include('Aaltonen');
    expect(await sharedText()).to.not.include('Niina');
    expect(answered(await run.press(jonas, hidden, 'meeting.view'))).to.not.include('Aaltonen');
    const organiser = answered(await run.press(maria, hidden, 'meeting.view'));
    expect(organiser).to.include('Ja: Petri Aaltonen').and.include('hälsovårdare');
    // Whose profession is not missing has answered, and a profession may be one person's.
    for (const seen of [await sharedText(), answered(await run.press(jonas, hidden, 'meeting.view'))])
      expect(seen).to.include(sv('meeting.poll.notYet')).and.not.include('hälsovårdare');
    await pickAnyway(hidden, 'tue');
    expect(await sharedText(), 'who said yes comes, and all others are asked')
      .to.include(sv('meeting.facts.coming.yes', { number: 1 }))
      .and.include(sv('meeting.facts.silent', { number: 4 }));
  });

  it('is picked by the leader alone, who is asked again when a profession is missing', async () => {
    await run.send(poll);
    const { maria, petri } = run.app.people;
    const card = await shared();
    await vote(petri, all('yes'));
    const refused = answered(await run.press(petri, poll, 'meeting.pick', { option: 'tue' }));
    expect(refused).to.include(sv('errors.directory.leadersOnly'));
    const asked = await run.press(maria, poll, 'meeting.pick', { option: 'tue' });
    expect(answered(asked)).to.include(sv('meeting.pick.anyway')).and.include('hälsovårdare');
    expect(await sharedText()).to.include(sv('meeting.poll.times'));
    await pickAnyway(poll, 'tue');
    const text = await sharedText();
    expect(text).to.include(sv('meeting.state.ahead', { when: 'tis 1 dec kl. 09.00' }));
    expect(text)
      .to.include(sv('meeting.facts.coming.yes', { number: 1 }))
      .and.include('Petri Aaltonen');
    expect(textOf(card.activity), 'the card of the poll is a line now').to.include(
      sv('moved.here', { what: poll.title }),
    );
  });

  it('is picked, and has more times, once the leader has weighed who has something else then and when nobody works', async () => {
    const title = 'Annat';
    const plan = { one: { start: '2026-12-03T13:30', minutes: 60 }, repeat: null };
    const others = { body: bodyId('team:raseborg'), invited: { everyone: false, named: [people.maria, people.petri] } };
    await run.send(meeting({ ...others, title, plan }, { id: crypto.randomUUID(), by: 'gunilla' }));
    await run.send(poll);
    for (const user of experts()) await vote(user, all('yes'));
    const { maria } = run.app.people;
    const busy = 'Petri Aaltonen har samtidigt Annat (tors 3 dec kl. 13.30 · 1 h)';
    const asked = await run.press(maria, poll, 'meeting.pick', { option: 'thu' });
    expect(answered(asked)).to.include(busy).and.not.include('Alla som behövs kan inte');
    const saturday = sv('meeting.plan.doubt.weekend', { when: 'lör 5 dec kl. 09.00' });
    const evening = sv('meeting.plan.doubt.hours', { when: 'fre 4 dec kl. 19.00', hours: '08.00–16.00' });
    for (const [verb, inputs, said, when] of [
      ['meeting.addTimes', { times: '5.12.2026 kl. 9.00\n4.12.2026 kl. 19.00' }, [saturday, evening], 'lör 5 dec'],
      ['meeting.changeTime', { option: 'tue', time: '3.12.2026 kl. 14.00' }, [busy], 'kl. 14.00'],
    ] as const) {
      const doubted = await run.press(maria, poll, verb, inputs);
      for (const doubt of said) expect(answered(doubted), verb).to.include(doubt);
      expect(answered(doubted), 'what speaks against the other times was weighed').to.not.include(
        'tors 3 dec kl. 13.00',
      );
      expect(await sharedText(), 'nobody hears of it').to.not.include(when);
      await run.press(maria, poll, verb, { ...inputs, ...despiteOf(doubted, verb) });
    }
    const changed = await sharedText();
    expect(changed)
      .to.include('lör 5 dec kl. 09.00')
      .and.include('fre 4 dec kl. 19.00')
      .and.include('tors 3 dec kl. 14.00');
    await run.press(maria, poll, 'meeting.pick', { option: 'thu', ...despiteOf(asked, 'meeting.pick') });
    expect(await sharedText()).to.include(sv('meeting.state.ahead', { when: 'tors 3 dec kl. 13.00' }));
  });

  it('is picked at once when nobody is missing', async () => {
    await run.send(poll);
    for (const user of experts()) await vote(user, all('yes'));
    await run.press(run.app.people.maria, poll, 'meeting.pick', { option: 'thu' });
    expect(await sharedText()).to.include(sv('meeting.facts.coming.yes', { number: 5 }));
  });

  it('is not picked where everybody has said no', async () => {
    await run.send(poll);
    for (const user of experts()) await vote(user, { ...all('yes'), 'vote-wed': 'no' });
    const { maria } = run.app.people;
    expect(answered(await run.press(maria, poll, 'meeting.pick', { option: 'wed' }))).to.include(
      sv('errors.meeting.allDeclined'),
    );
    const own = await run.press(maria, poll, 'meeting.view');
    const picks = JSON.stringify(own.card).split('"meeting.pick"').length - 1;
    expect(picks, 'only what can be picked is offered').to.equal(2);
  });

  it('is picked by the bot as soon as a time suits everybody, if it was told to', async () => {
    const picking = meeting({ plan: pollPlan({ botPicks: true }) });
    await run.send(picking);
    const [last, ...others] = experts();
    for (const user of others) await vote(user, { ...all('ifNeedBe'), 'vote-wed': 'no' }, picking);
    expect(await sharedText()).to.include(sv('meeting.poll.botPicks'));
    if (last) await vote(last, { ...all('yes'), 'vote-thu': 'no' }, picking);
    expect(await sharedText()).to.include(sv('meeting.state.ahead', { when: 'tis 1 dec kl. 09.00' }));
  });

  it('is picked by the bot at the deadline, the best of those that are possible', async () => {
    const picking = meeting({ plan: pollPlan({ botPicks: true }) });
    await run.send(picking);
    const { maria, petri, sofia, niina, jonas } = run.app.people;
    for (const user of [petri, niina, jonas]) await vote(user, all('yes'), picking);
    await vote(sofia, { 'vote-tue': 'no', 'vote-wed': 'yes', 'vote-thu': 'ifNeedBe' }, picking);
    await run.to('2026-11-27T15:59');
    expect(await sharedText()).to.include(sv('meeting.poll.times'));
    await run.to('2026-11-27T16:01');
    expect(await sharedText()).to.include(sv('meeting.state.ahead', { when: 'ons 2 dec kl. 09.00' }));
    expect(told(maria, 'pollOver')).to.equal(0);
  });

  it('waits for the leader at the deadline, who is told once', async () => {
    await run.send(poll);
    const { maria, petri } = run.app.people;
    await vote(petri, all('yes'));
    await run.to('2026-11-27T16:01');
    expect(told(maria, 'pollOver')).to.equal(1);
    expect(await sharedText()).to.include(sv('meeting.state.pollOver', { names: maria.name }));
    await run.restart();
    await run.to('2026-11-30T09:00');
    expect(told(maria, 'pollOver')).to.equal(1);
  });

  it('reminds once, in private, those who have not answered', async () => {
    await run.send(poll);
    const { maria, petri, sofia, niina, jonas } = run.app.people;
    await vote(petri, all('yes'));
    await vote(sofia, { 'vote-tue': 'yes' });
    await run.to('2026-11-26T15:58');
    for (const user of experts()) expect(told(user, 'pollReminder'), user.name).to.equal(0);
    await run.to('2026-11-26T16:01');
    await run.restart();
    await run.to('2026-11-27T12:00');
    const counts = experts().map((user) => told(user, 'pollReminder'));
    const silent = [maria, niina, jonas];
    expect(counts).to.deep.equal([maria, petri, sofia, niina, jonas].map((user) => (silent.includes(user) ? 1 : 0)));
    expect(experts().filter((user) => told(user, 'pollReminder', 'partly'))).to.deep.equal([sofia]);
    const personal = run.app.teams.personalChat(niina);
    const form = await personal.press(niina, personal.last(), 'meeting.voteForm');
    expect(answered(form)).to.include(sv('meeting.vote.title'));
    const saved = await personal.press(niina, personal.last(), 'meeting.vote', all('yes'));
    expect(answered(saved)).to.include(sv('meeting.vote.saved'));
  });

  it('tells who plans it once that everybody has answered', async () => {
    await run.send(poll);
    const { maria, petri } = run.app.people;
    for (const user of experts()) await vote(user, all('ifNeedBe'));
    await vote(petri, all('yes'));
    await run.bot().settled();
    expect(told(maria, 'allAnswered')).to.equal(1);
    expect(told(petri, 'allAnswered')).to.equal(0);
  });

  it('fills what is empty in a form of many times with one press, and saves nothing by that', async () => {
    const { maria, petri } = run.app.people;
    await run.send(poll);
    await run.press(maria, poll, 'meeting.addTimes', { times: 'fre 4 dec kl 9' });
    const form = await run.press(petri, poll, 'meeting.voteForm', { rest: 'no', 'vote-tue': 'yes' });
    const values = [...JSON.stringify(form.card).matchAll(/"wrap":true,"value":"(\w+)"/g)].map(([, value]) => value);
    expect(values).to.deep.equal(['yes', 'no', 'no', 'no']);
    expect(await sharedText()).to.include(sv('meeting.poll.answeredOf', { number: 0, of: 5 }));
  });

  it('takes more times and others in words, and keeps the answers to those that stay', async () => {
    await run.send(poll);
    const { maria, petri } = run.app.people;
    await vote(petri, all('yes'));
    const form = await run.press(maria, poll, 'meeting.timesForm');
    expect(answered(form)).to.include(sv('meeting.times.addTitle'));
    await run.press(maria, poll, 'meeting.addTimes', { times: 'fre 4 dec kl. 9.00\nmån 7 dec kl. 13.00, 2 h' });
    const more = await sharedText();
    expect(more).to.include('fre 4 dec kl. 09.00 · 1 h').and.include('mån 7 dec kl. 13.00 · 2 h');
    await run.press(maria, poll, 'meeting.changeTime', { option: 'tue', time: 'tis 1 dec kl. 14.00' });
    const own = answered(await run.press(petri, poll, 'meeting.view'));
    expect(own.split(sv('meeting.poll.own.yes')).length - 1, 'his answers to the two that stayed').to.equal(2);
    await run.press(maria, poll, 'meeting.removeTime', { option: '202612011400-60' });
    expect(await sharedText()).to.not.include('tis 1 dec');
    expect(await sharedText()).to.include(sv('meeting.poll.count.yes', { number: 1 }));
  });

  it('takes no answer for a time that was not shown: the form comes again with the new time and what was answered', async () => {
    await run.send(poll);
    const { maria, petri } = run.app.people;
    await run.press(maria, poll, 'meeting.changeTime', { option: 'tue', time: '22.12.2026 kl. 9.00' });
    const late = await vote(petri, { 'vote-tue': 'yes', 'vote-wed': 'no', 'vote-thu': 'ifNeedBe' });
    expect(answered(late)).to.include(sv('errors.meeting.noOption')).and.include('tis 22 dec kl. 09.00');
    const inputs = executeActions(late.card ?? {}).find(({ action }) => action.verb === 'meeting.vote')?.inputs ?? [];
    expect(inputs.map(({ id, value }) => [id, value])).to.deep.equal([
      ['vote-wed', 'no'],
      ['vote-thu', 'ifNeedBe'],
      ['vote-202612220900-60', undefined],
    ]);
    expect(answered(await run.press(maria, poll, 'meeting.pick', { option: 'tue' }))).to.include(
      sv('errors.meeting.noOption'),
    );
    expect(await sharedText()).to.include(sv('meeting.poll.answeredOf', { number: 0, of: 5 }));
  });

  it('takes the same times once when they are sent in twice at once', async () => {
    await run.send(poll);
    const { maria } = run.app.people;
    const add = (times: string) => run.press(maria, poll, 'meeting.addTimes', { times });
    const answers = await Promise.all([
      add('8.12.2026 kl. 9.00'),
      add('8.12.2026 kl. 9.00\n9.12.2026 kl. 9.00'),
      add('8.12.2026 kl. 9.00'),
    ]);
    for (const answer of answers) expect(answered(answer)).to.include(sv('meeting.poll.times'));
    const text = await sharedText();
    expect(text.split('tis 8 dec kl. 09.00').length - 1).to.equal(1);
    expect(text).to.include('ons 9 dec kl. 09.00');
  });

  it('reads more times as it reads those of a new poll: several a line, bare hours, a deadline as people say it', async () => {
    await run.send(poll);
    const { maria } = run.app.people;
    await run.press(maria, poll, 'meeting.addTimes', { times: 'fredag 4 december 9 eller 13\ntorsdag 10.12. 9–11' });
    const more = await sharedText();
    expect(more).to.include('fre 4 dec kl. 09.00 · 1 h').and.include('fre 4 dec kl. 13.00 · 1 h');
    expect(more).to.include('tors 10 dec kl. 09.00 · 2 h');
    await run.press(maria, poll, 'meeting.extend', { deadline: 'senast måndag 30 november 15' });
    expect(await sharedText()).to.include(sv('meeting.state.poll', { when: 'mån 30 nov kl. 15.00' }));
  });

  it('says at the field what is wrong with a time, and keeps what was typed', async () => {
    await run.send(poll);
    const { maria } = run.app.people;
    const many = Array.from({ length: limits.mostTimes }, (_, at) => `fre 4 dec kl. ${at + 8}.15`).join('\n');
    for (const [times, said] of [
      ['', sv('problem.required')],
      ['nån gång', sv('problem.notATime')],
      ['30 februari kl. 9', sv('problem.notATime')],
      ['sön 28 mars 2027 kl. 03.30', sv('problem.noSuchHour')],
      ['fre 4 dec kl. 9.00, 40 h', sv('problem.notALength')],
      ['fre 4 dec kl. 9.00\nfre 4 dec kl. 9.00', sv('problem.repeated')],
      ['tis 1 dec kl. 9.00', sv('errors.meeting.sameTime')],
      ['2.11.2026 kl. 9.00', sv('errors.meeting.past')],
      [many, sv('errors.meeting.tooManyTimes', { limit: limits.mostTimes })],
    ] as const) {
      const answer = await run.press(maria, poll, 'meeting.addTimes', { times });
      expect(answered(answer), times).to.include(said);
      expect(JSON.stringify(answer.card), 'what was typed').to.include(JSON.stringify(times).slice(1, -1));
    }
    const late = await run.press(maria, poll, 'meeting.extend', { deadline: '2.11.2026 kl. 9.00' });
    expect(answered(late)).to.include(sv('errors.meeting.past'));
  });

  it('goes on when the deadline is put off: who came too late answers after all', async () => {
    await run.send(poll);
    const { maria, jonas } = run.app.people;
    await run.to('2026-11-27T17:00');
    const late = await vote(jonas, all('yes'));
    expect(answered(late)).to.include(sv('errors.meeting.pollOver'));
    expect(answered(late), 'and how it stands').to.include(sv('meeting.poll.times'));
    await run.press(maria, poll, 'meeting.extend', { deadline: 'mån 30 nov kl. 16.00' });
    await vote(jonas, all('yes'));
    const text = await sharedText();
    expect(text).to.include(sv('meeting.state.poll', { when: 'mån 30 nov kl. 16.00' }));
    expect(text).to.include(sv('meeting.poll.answeredOf', { number: 1, of: 5 }));
  });

  it('takes no answer once the time was picked, nor when it is cancelled, and says which it is', async () => {
    await run.send(poll);
    const { maria, jonas } = run.app.people;
    await pickAnyway(poll, 'thu');
    expect(answered(await vote(jonas, all('yes')))).to.include(sv('errors.meeting.noPoll'));
    await run.press(maria, poll, 'meeting.cancel');
    expect(answered(await vote(jonas, all('yes')))).to.include(sv('errors.meeting.cancelled'));
  });

  it('takes no answer of a former member or a guest', async () => {
    await run.send(poll);
    const { maria, niina } = run.app.people;
    const removing = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await run.app.chat.pressOld(maria, { verb: 'team.removeMember', data: removing });
    const guest = run.app.teams.addUser({ name: 'Gun Gäst', role: 'guest' });
    for (const user of [niina, guest]) {
      const answer = answered(await vote(user, all('yes')));
      expect(answer).to.include(sv('errors.directory.notAMember')).and.not.include(poll.title);
    }
    expect(await sharedText()).to.include(sv('meeting.poll.answeredOf', { number: 0, of: 4 }));
  });

  it('answers on an old card with the state of today', async () => {
    await run.send(poll);
    const { maria, jonas } = run.app.people;
    const old = await shared();
    const action = findVoteForm(old);
    await run.press(maria, poll, 'meeting.addTimes', { times: 'fre 4 dec kl. 9.00' });
    await run.bot().settled();
    const answer = await run.app.chat.pressOld(jonas, action, old);
    expect(answered(answer)).to.include('fre 4 dec kl. 09.00');
    await shared();
  });

  it('shows what only a leader may to a leader alone, and others kindly that it is not theirs', async () => {
    await run.send(poll);
    const { maria, jonas } = run.app.people;
    const card = await shared();
    const isManage = ({ data }: Fields): boolean => JSON.stringify(data ?? {}).includes('"manage":1');
    const others = await run.app.chat.press(jonas, card, isManage);
    expect(answered(others)).to.include(sv('errors.directory.leadersOnly'));
    expect(verbsOn(others.card ?? {})).to.not.include('meeting.pick');
    const leaders = await run.press(maria, poll, 'meeting.view', { manage: 1 });
    expect(answered(leaders)).to.not.include(sv('errors.directory.leadersOnly'));
    expect(verbsOn(leaders.card ?? {})).to.include.members([
      'meeting.pick',
      'meeting.timesForm',
      'meeting.extendForm',
      'meeting.cancelForm',
    ]);
  });

  const findVoteForm = ({ activity }: Message): Fields => {
    const card = cardOf(activity);
    const found = JSON.stringify(card).includes('meeting.voteForm');
    if (!found) throw new Error('Nothing to answer there.');
    return { type: 'Action.Execute', verb: 'meeting.voteForm', data: { id: poll.id, ...placementIn(card) } };
  };
  const placementIn = (card: Fields | null): Fields => {
    const placement = /"placement":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
    return placement ? { placement } : {};
  };
});

describe('finding a time with many', () => {
  const size = 50;
  const folder = temporaryFolder();
  let run: MeetingRun;
  before(async () => {
    run = await startMeetings({ environment: { REGION_FILE: crowdedRegion(folder.path, size) } });
  });
  after(async () => {
    await run.stop();
    folder.remove();
  });

  it('loses none of fifty who answer at once', async () => {
    const users = crowd(run.app.teams, size);
    for (const user of users) await run.app.chat.addMember(user);
    await run.bot().settled();
    const poll = meeting({ plan: pollPlan() });
    await run.send(poll);
    const said = ['yes', 'ifNeedBe', 'no'] as const;
    const votes = (at: number): Fields => ({ 'vote-tue': said[at % 3] ?? 'yes', 'vote-thu': 'yes' });
    const answers = await Promise.all(users.map((user, at) => run.press(user, poll, 'meeting.vote', votes(at))));
    for (const answer of answers) expect(answered(answer)).to.include(sv('meeting.vote.saved'));
    await run.bot().settled();
    const [card, ...others] = meetingCardsIn(run.app.chat);
    expect(others).to.deep.equal([]);
    const text = card ? textOf(card.activity) : '';
    expect(text).to.include('17 ja · 17 vid behov · 16 nej').and.include('50 ja');
    expect(run.app.teams.violations).to.deep.equal([]);
  });
});
