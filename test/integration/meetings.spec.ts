import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { systemClock } from '../../src/shared/clock.ts';
import { bodyId, formatReference, personId } from '../../src/shared/ids.ts';
import { objectId } from '../support/app.ts';
import { exampleDirectory, people } from '../support/builders.ts';
import { crowd, crowdedSteering } from '../support/crowd.ts';
import { despiteOf, type MeetingRun, meetingCardsIn, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting, thursday } from '../support/meetings.ts';
import { answered, handIn, sv, temporaryFolder, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions, findAction, textOf } from '../support/teams/cards.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

const on = '2026-11-26';

/** A Monday at nine; the meeting is on Thursday at one, in the team's chat, and Gunilla of Raseborg is invited beside it. */
describe('a meeting', () => {
  let run: MeetingRun;
  let gunilla: TeamsUser;
  beforeEach(async () => {
    run = await startMeetings();
    gunilla = run.app.teams.addUser({ id: '29:gunilla', name: 'Gunilla Öst', aadObjectId: objectId('30') });
    await run.app.teams.personalChat(gunilla).say(gunilla, 'hjälp');
    await run.bot().settled();
  });
  afterEach(async () => {
    const { violations } = run.app.teams;
    await run.stop();
    expect(violations).to.deep.equal([]);
  });

  const planned = meeting({ invited: { everyone: true, named: [people.gunilla] } });
  const { title } = planned;
  const experts = (): TeamsUser[] => {
    const { maria, petri, sofia, niina, jonas } = run.app.people;
    return [maria, petri, sofia, niina, jonas];
  };
  const reply = (user: TeamsUser, coming: string, of = planned) => run.press(user, of, 'meeting.reply', { on, coming });
  async function shared(): Promise<Message> {
    await run.bot().settled();
    const [card, ...others] = meetingCardsIn(run.app.chat);
    expect(others).to.deep.equal([]);
    if (!card) throw new Error('The chat has no card of the meeting.');
    return card;
  }
  const sharedText = async (): Promise<string> => textOf((await shared()).activity);
  /** Cards of the meeting in somebody's personal chat that can be pressed. */
  const ownCards = (user: TeamsUser): Message[] => meetingCardsIn(run.app.teams.personalChat(user));
  const said = (user: TeamsUser, text: string): number =>
    toldPrivately(run.app, user).filter((one) => one.includes(text)).length;
  /** To whoever may not read it any more it has no other name. */
  const outOfTeams = sv('meeting.notice.uninvited.title', { title: 'Möte · Lojo ankarteam' });
  const changed = { when: 'fre 27 nov kl. 9.00', length: '1 h 30 min', title, how: 'remote', where: '' };

  it('stands once in the chat of its body, and as a card of their own with who is not in it', async () => {
    await run.send(planned);
    const text = await sharedText();
    expect(text)
      .to.include(sv('meeting.state.ahead', { when: 'tors 26 nov kl. 13.00' }))
      .and.include('Polisstationen');
    expect(ownCards(gunilla)).to.have.length(1);
    for (const user of experts()) expect(ownCards(user), user.name).to.deep.equal([]);
    expect(verbsOn(cardOf((await shared()).activity) ?? {})).to.deep.equal([
      'meeting.reply',
      'calendar.meeting',
      'meeting.view',
    ]);
  });

  it('counts who comes from wherever they answer, and asks nobody’s other card to follow', async () => {
    await run.send(planned);
    const { petri, sofia } = run.app.people;
    const [own] = ownCards(gunilla);
    if (!own) throw new Error('Gunilla has no card.');
    const versions = own.versions.length;
    const answer = await run.app.teams.personalChat(gunilla).press(gunilla, own, ({ data }) => isComing(data, 'maybe'));
    expect(answered(answer)).to.include(sv('meeting.facts.own'));
    await Promise.all([reply(petri, 'yes'), reply(sofia, 'no')]);
    const text = await sharedText();
    for (const coming of ['yes', 'maybe', 'no'] as const)
      expect(text).to.include(sv(`meeting.facts.coming.${coming}`, { number: 1 }));
    expect(own.versions.length, 'her card is not written anew for every answer').to.equal(versions);
    const seen = await run.app.teams.personalChat(gunilla).refresh(gunilla, own);
    expect(answered(seen), 'but shows the newest when she looks').to.include('Petri Aaltonen');
  });

  it('tells of a change once, in bold, with what was there before: in the chat or in private, never both', async () => {
    await run.send(planned);
    const { maria, petri } = run.app.people;
    await reply(petri, 'yes');
    const before = await shared();
    const [own] = ownCards(gunilla);
    const form = await run.press(maria, planned, 'meeting.changeForm', { on });
    expect(JSON.stringify(form.card)).to.include('tors 26 nov kl. 13.00').and.include('Polisstationen');
    await run.press(maria, planned, 'meeting.change', { on, ...changed });
    const text = await sharedText();
    expect(text).to.include(sv('meeting.news.time', { now: 'fre 27 nov kl. 09.00 · 1 h 30 min' }));
    expect(text).to.include(sv('meeting.news.before', { was: 'tors 26 nov kl. 13.00 · 1 h' }));
    expect(text).to.include(sv('meeting.news.place', { now: sv('meeting.online') }));
    expect(text, 'the answer was for another time').to.include(sv('meeting.facts.silent', { number: 6 }));
    expect(textOf(before.activity)).to.include(sv('moved.here', { what: title }));
    expect(ownCards(gunilla)).to.have.length(1);
    expect(said(gunilla, sv('meeting.news.time', { now: 'fre 27 nov kl. 09.00 · 1 h 30 min' }))).to.equal(1);
    expect(own && textOf(own.activity), 'her older card is a line').to.include(sv('moved.here', { what: title }));
    for (const user of experts()) expect(said(user, 'fre 27 nov'), user.name).to.equal(0);
  });

  it('opens from a card of a series no other date than its own, and says so where that has passed, was moved or is not known', async () => {
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 4 }, holidays: 'keep' } as const;
    const series = meeting({ plan: { one: thursday, repeat } });
    await run.send(series);
    const { maria } = run.app.people;
    const datesIn = (card: Fields | null | undefined): unknown[] =>
      executeActions(card ?? {}).flatMap(({ action: { verb, data } }) =>
        verb === 'meeting.changeForm' && isFields(data) ? [data.on] : [],
      );
    await run.to('2026-11-26T15:00');
    const old = await run.press(maria, series, 'meeting.changeForm');
    expect(answered(old)).to.include(sv('errors.meeting.whichDate'));
    expect(datesIn(old.card), 'the next').to.deep.equal(['2026-12-03']);
    const passed = await run.press(maria, series, 'meeting.changeForm', { on });
    expect(answered(passed))
      .to.include(sv('errors.meeting.over'))
      .and.include(sv('meeting.state.over', { when: 'tors 26 nov kl. 13.00' }));
    expect(datesIn(passed.card)).to.deep.equal([]);
    const late = await run.press(maria, series, 'meeting.change', { on, scope: 'one', when: '', length: '1 h' });
    expect(answered(late), 'nor from a form')
      .to.include(sv('errors.meeting.over'))
      .and.include(sv('meeting.state.over', { when: 'tors 26 nov kl. 13.00' }));
    const early = { scope: 'all', when: 'fre 4 dec kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Skolan' };
    await run.press(maria, series, 'meeting.change', { on: '2026-12-03', ...early });
    const moved = await run.press(maria, series, 'meeting.changeForm', { on: '2026-12-03' });
    expect(answered(moved)).to.include(sv('errors.meeting.noOccurrence'));
    const own = await run.press(maria, series, 'meeting.changeForm', { on: '2026-12-11' });
    expect(answered(own)).to.include('fre 11 dec kl. 13.00');
  });

  it('invites who is new and tells who is taken out, when that is all that changes', async () => {
    await run.send(planned);
    const { maria, kaisa, petri } = run.app.people;
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    const before = await shared();
    const [own] = ownCards(gunilla);
    const form = await run.press(maria, planned, 'meeting.changeForm', { on });
    expect(JSON.stringify(form.card), 'who is invited now').to.include(`"value":"${people.gunilla}"`);
    const same = { when: 'tors 26 nov kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Polisstationen' };
    const invited = { everyone: 'everyone', named: people.kaisa };
    for (let times = 0; times < 2; times += 1)
      await run.press(maria, planned, 'meeting.change', { on, ...same, ...invited });
    expect((await shared()).id, 'the chat is told nothing').to.equal(before.id);
    expect(ownCards(kaisa)).to.have.length(1);
    expect(said(gunilla, outOfTeams)).to.equal(1);
    expect(ownCards(gunilla)).to.deep.equal([]);
    expect(own && textOf(own.activity), 'her card is a line').to.not.include('tors 26 nov');
    expect(answered(await reply(gunilla, 'yes'))).to.include(sv('errors.meeting.notFound'));
    expect(answered(await reply(petri, 'yes'))).to.include(sv('meeting.facts.own'));
    await run.to('2026-11-26T12:01');
    expect(said(gunilla, sv('meeting.notice.reminder.text')), 'nobody reminds her').to.equal(0);
    expect(said(kaisa, sv('meeting.notice.reminder.text'))).to.be.above(0);
  });

  it('tells a guest who reads it in the chat that they are out, and not what it is called by now', async () => {
    const { maria } = run.app.people;
    await run.app.chat.addMember(gunilla, maria);
    await run.send(planned);
    expect(ownCards(gunilla)).to.deep.equal([]);
    await reply(gunilla, 'yes');
    const same = { when: 'tors 26 nov kl. 13.00', length: '1 h', how: 'onSite', where: 'Polisstationen' };
    const changes = { ...same, title: 'Nytt namn', everyone: 'everyone', named: '' };
    await run.press(maria, planned, 'meeting.change', { on, ...changes });
    await run.bot().settled();
    expect(said(gunilla, outOfTeams)).to.equal(1);
    expect(said(gunilla, 'Nytt namn')).to.equal(0);
  });

  it('tells whoever may have read the invitation, though Teams never said so, that they are out', async () => {
    await run.send(planned);
    const { maria, kaisa } = run.app.people;
    const personal = run.app.teams.personalChat(kaisa);
    await personal.say(kaisa, 'hjälp');
    const same = { on, when: 'tors 26 nov kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Polisstationen' };
    const inviting = (...named: string[]) =>
      run.press(maria, planned, 'meeting.change', { ...same, everyone: 'everyone', named: named.join() });
    let posts = 0;
    const end = run.app.teams.fail(({ method, conversationId }) => {
      if (method !== 'POST' || conversationId !== personal.id) return undefined;
      posts += 1;
      return posts === 1 ? 'accept-then-reset' : { status: 503 };
    });
    await inviting(people.gunilla, people.kaisa);
    while (posts < 2) await pause(20);
    await inviting(people.gunilla);
    end();
    await run.bot().settled();
    await run.to('2026-11-23T12:00');
    expect(said(kaisa, outOfTeams)).to.equal(1);
    expect(said(kaisa, sv('meeting.notice.reminder.text'))).to.equal(0);
  });

  it('says at the field when too many, nobody or people from outside are invited', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    const stranger = 'c0000000-0000-4000-8000-000000000001';
    for (const [over, problem] of [
      [{ everyone: 'named', named: '' }, sv('meeting.plan.problem.nobody')],
      [{ everyone: 'everyone', named: stranger }, sv('problem.unknownCode')],
    ] as const) {
      const answer = await run.press(maria, planned, 'meeting.change', { on, ...changed, ...over });
      expect(answered(answer), JSON.stringify(over)).to.include(problem);
    }
    const subject = formatReference('LOJ', 2026, 1);
    const aboutACase = meeting({ kind: 'case', subject, title: '' }, { id: crypto.randomUUID() });
    await run.send(aboutACase);
    const outside = { on, ...changed, title: '', everyone: 'everyone', named: people.kaisa };
    expect(answered(await run.press(maria, aboutACase, 'meeting.change', outside))).to.include(
      sv('meeting.plan.problem.outsiders'),
    );
  });

  it('changes nothing and tells nobody when a form is sent in as it was, however often', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    const before = await shared();
    const same = { when: 'tors 26 nov kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Polisstationen' };
    for (let times = 0; times < 2; times += 1) await run.press(maria, planned, 'meeting.change', { on, ...same });
    expect((await shared()).id).to.equal(before.id);
    await Promise.all([1, 2].map(() => run.press(maria, planned, 'meeting.change', { on, ...changed })));
    await shared();
    expect(said(gunilla, 'Förut: tors 26 nov')).to.equal(1);
  });

  it('keeps what was typed when a change is not taken, and says why at the field', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    for (const [over, problem] of [
      [{ when: 'nån dag' }, sv('problem.notATime')],
      [{ when: '2.11.2026 kl. 9' }, sv('errors.meeting.past')],
      [{ length: 'länge' }, sv('problem.notALength')],
      [{ length: '40 h' }, sv('problem.notALength')],
      [{ title: 'Möte om 131052-308T' }, sv('problem.sensitive')],
      [{ title: 'ä'.repeat(121) }, sv('problem.tooLong', { limit: 120 })],
    ] as const) {
      const answer = await run.press(maria, planned, 'meeting.change', { on, ...changed, ...over });
      expect(answered(answer), JSON.stringify(over)).to.include(problem);
    }
    expect(await sharedText()).to.include('tors 26 nov kl. 13.00');
  });

  it('that two change at the same time has what each has changed, and shows what the other has made of the same', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    const form = await run.press(maria, planned, 'meeting.changeForm', { on });
    const sending = (card: Fields | null): Fields => {
      const send = executeActions(card ?? {}).find(({ action }) => action.verb === 'meeting.change')?.action.data;
      return isFields(send) ? send : {};
    };
    const same = { when: 'tors 26 nov kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Polisstationen' };
    const invited = { everyone: 'everyone', named: people.gunilla };
    // Another window of somebody who leads it too.
    await run.press(maria, planned, 'meeting.change', { on, ...same, when: 'fre 27 nov kl. 9.00' });
    const mine = { ...sending(form.card), ...same, ...invited };
    await run.press(maria, planned, 'meeting.change', { ...mine, title: 'Nytt namn' });
    expect(await sharedText())
      .to.include('fre 27 nov kl. 09.00')
      .and.include('Nytt namn');
    const again = await run.press(maria, planned, 'meeting.change', {
      ...mine,
      when: 'tors 26 nov kl. 15.00',
      title: '',
    });
    expect(answered(again))
      .to.include(sv('errors.form.overtaken'))
      .and.include(sv('form.newer'))
      .and.include('fre 27 nov kl. 09.00')
      .and.include('Nytt namn');
    const shownAgain = JSON.stringify(again.card);
    expect(shownAgain, 'what was typed').to.include('"value":"tors 26 nov kl. 15.00"');
    expect(shownAgain, 'what was emptied').to.not.include(`"value":"${title}"`).and.not.include('"value":"Nytt namn"');
    expect(await sharedText(), 'nothing is written yet').to.include('fre 27 nov kl. 09.00');
    const second = { ...sending(again.card), ...same, ...invited, when: 'tors 26 nov kl. 15.00', title: '' };
    await run.press(maria, planned, 'meeting.change', second);
    expect(await sharedText())
      .to.include('tors 26 nov kl. 15.00')
      .and.not.include('Förut: Nytt namn ');
  });

  it('that two change keeps in the form what its sender left alone as the other has made it', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    const form = await run.press(maria, planned, 'meeting.changeForm', { on });
    const send = executeActions(form.card ?? {}).find(({ action }) => action.verb === 'meeting.change')?.action.data;
    const same = { when: 'tors 26 nov kl. 13.00', length: '1 h', title, how: 'onSite', where: 'Polisstationen' };
    await run.press(maria, planned, 'meeting.change', { on, ...same, where: 'Biblioteket' });
    const odd = { ...(isFields(send) ? send : {}), ...same, everyone: 'everyone', named: people.gunilla };
    const asked = await run.press(maria, planned, 'meeting.change', { ...odd, when: 'fre 27 nov kl. 6.00' });
    const doubted = sv('meeting.plan.doubt.hours', { when: 'fre 27 nov kl. 06.00', hours: '08.00–16.00' });
    expect(answered(asked)).to.include(doubted).and.not.include(sv('form.newer'));
    expect(JSON.stringify(asked.card)).to.include('"value":"Biblioteket"').and.include('"value":"fre 27 nov kl. 6.00"');
  });

  it('is changed to an odd hour, a day off or somebody’s other meeting only once that was pointed out', async () => {
    const { maria, petri } = run.app.people;
    const other = meeting(
      {
        title: 'Annat',
        body: bodyId('team:raseborg'),
        invited: { everyone: false, named: [people.maria, people.petri] },
        plan: { one: { start: '2026-11-27T09:00', minutes: 60 }, repeat: null },
      },
      { id: crypto.randomUUID(), by: 'gunilla' },
    );
    await run.send(other);
    await run.send(planned);
    const before = await shared();
    for (const [when, doubt] of [
      ['fre 27 nov kl. 6.00', sv('meeting.plan.doubt.hours', { when: 'fre 27 nov kl. 06.00', hours: '08.00–16.00' })],
      ['28.11.2026 kl. 9', sv('meeting.plan.doubt.weekend', { when: 'lör 28 nov kl. 09.00' })],
      ['6.1.2027 kl. 9', sv('meeting.plan.doubt.holiday', { when: 'ons 6 jan 2027 kl. 09.00' })],
      ['fre 27 nov kl. 9.30', 'Petri Aaltonen har samtidigt Annat (fre 27 nov kl. 09.00 · 1 h)'],
    ] as const) {
      const asked = await run.press(maria, planned, 'meeting.change', { on, ...changed, when });
      expect(answered(asked), when).to.include(doubt);
      expect(JSON.stringify(asked.card), 'what was typed stays').to.include(when);
      expect((await shared()).id, 'nobody hears of it').to.equal(before.id);
    }
    const asked = await run.press(maria, planned, 'meeting.change', { on, ...changed });
    const send = executeActions(asked.card ?? {}).find(({ action }) => action.verb === 'meeting.change')?.action;
    expect(send?.title).to.equal(sv('meeting.change.anyway'));
    const despite = despiteOf(asked, 'meeting.change');
    const elsewhere = await run.press(maria, planned, 'meeting.change', {
      on,
      ...changed,
      when: '28.11.2026 kl. 9',
      ...despite,
    });
    expect(answered(elsewhere), 'what was confirmed was something else').to.include(sv('meeting.plan.doubt.lead'));
    await run.press(maria, planned, 'meeting.change', { on, ...changed, ...despite });
    expect(await sharedText()).to.include('fre 27 nov kl. 09.00');
    const renamed = { on, when: 'fre 27 nov kl. 09.00', length: '1 h 30 min', how: 'remote', where: '' };
    await run.press(maria, planned, 'meeting.change', { ...renamed, title: 'Nytt namn' });
    expect(await sharedText(), 'what was weighed is not asked again').to.include('Nytt namn');
    expect(
      answered(await run.press(petri, planned, 'meeting.change', { on, ...changed, when: '28.11.2026 kl. 9' })),
    ).to.include(sv('errors.directory.leadersOnly'));
  });

  it('takes the place that planning takes, and no other', async () => {
    const where = 'https://zoom.us/j/04012345678';
    const online = meeting({ title, place: { online: true, where } });
    await run.send(online);
    const { maria } = run.app.people;
    const same = { on, title, how: 'remote', where, length: '1 h' };
    const moved = await run.press(maria, online, 'meeting.change', { ...same, when: 'fre 27 nov kl. 9.00' });
    expect(answered(moved)).to.include('fre 27 nov kl. 09.00');
    for (const [place, problem] of [
      ['http://zoom.us/j/1', sv('problem.notALink')],
      ['Ring 040 123 4567', sv('problem.sensitive')],
      ['x'.repeat(301), sv('problem.tooLong', { limit: 300 })],
    ] as const) {
      const when = 'fre 27 nov kl. 9.00';
      const refused = await run.press(maria, online, 'meeting.change', { ...same, when, where: place });
      expect(answered(refused), place).to.include(problem);
    }
  });

  it('tells of the cancellation once, and takes no answer any more', async () => {
    await run.send(planned);
    const { maria, petri } = run.app.people;
    const asked = await run.press(maria, planned, 'meeting.cancelForm', { on });
    expect(verbsOn(asked.card ?? {})).to.deep.equal(['meeting.cancel', 'meeting.view']);
    await Promise.all([1, 2].map(() => run.press(maria, planned, 'meeting.cancel')));
    await run.bot().settled();
    const cancelled = run.app.chat.messages.filter(({ activity }) =>
      textOf(activity).includes(sv('meeting.state.cancelled')),
    );
    expect(cancelled).to.have.length(1);
    expect(said(gunilla, sv('meeting.state.cancelled'))).to.equal(1);
    expect(answered(await reply(petri, 'yes'))).to.include(sv('errors.meeting.cancelled'));
    for (const user of experts()) expect(said(user, sv('meeting.state.cancelled')), user.name).to.equal(0);
    await run.to('2026-11-27T09:00');
    expect(said(petri, sv('meeting.notice.reminder.text')), 'nobody is reminded of it').to.equal(0);
  });

  it('reminds those who have not said no, the day before and an hour before, each once', async () => {
    await run.send(planned);
    const { petri, sofia, niina } = run.app.people;
    await reply(petri, 'yes');
    await reply(sofia, 'no');
    const reminded = (user: TeamsUser): number =>
      toldPrivately(run.app, user).filter((text) => /^(Påminnelse|Om en timme): /.test(text)).length;
    await run.to('2026-11-25T07:59');
    expect([petri, sofia, niina, gunilla].map(reminded)).to.deep.equal([0, 0, 0, 0]);
    await run.to('2026-11-25T08:01');
    expect([petri, sofia, niina, gunilla].map(reminded)).to.deep.equal([1, 0, 1, 1]);
    await run.restart();
    await run.to('2026-11-26T11:59');
    expect([petri, sofia, niina, gunilla].map(reminded)).to.deep.equal([1, 0, 1, 1]);
    await run.to('2026-11-26T12:01');
    expect([petri, sofia, niina, gunilla].map(reminded)).to.deep.equal([2, 0, 2, 2]);
    const personal = run.app.teams.personalChat(niina);
    await personal.press(niina, personal.last(), ({ data }) => isComing(data, 'yes'));
    expect(await sharedText()).to.include(sv('meeting.facts.coming.yes', { number: 2 }));
  });

  it('takes no answer from a reminder of another time than it has by now, and asks for it anew', async () => {
    await run.send(planned);
    const { maria, petri } = run.app.people;
    await run.to('2026-11-25T08:01');
    const personal = run.app.teams.personalChat(petri);
    const reminder = personal.last();
    expect(textOf(reminder.activity)).to.include('tors 26 nov kl. 13.00');
    await run.press(maria, planned, 'meeting.change', { on, ...changed });
    const refused = await personal.press(petri, reminder, ({ data }) => isComing(data, 'yes'));
    expect(answered(refused)).to.include(sv('errors.meeting.moved')).and.include('fre 27 nov kl. 09.00');
    expect(await sharedText()).to.include(sv('meeting.facts.silent', { number: 6 }));
    const { action } = findAction(refused.card ?? {}, ({ data }) => isComing(data, 'yes'));
    await personal.pressOld(petri, action, reminder);
    expect(await sharedText()).to.include(sv('meeting.facts.coming.yes', { number: 1 }));
  });

  it('asks who plans it who came, with the answers filled in, and is done with one press', async () => {
    await run.send(planned);
    const { maria, petri, jonas } = run.app.people;
    await reply(petri, 'yes');
    await reply(jonas, 'yes');
    expect(answered(await run.press(maria, planned, 'meeting.recordForm', { on }))).to.include(
      sv('errors.meeting.notYet'),
    );
    await run.to('2026-11-26T14:01');
    const personal = run.app.teams.personalChat(maria);
    const notice = personal.last();
    expect(textOf(notice.activity)).to.include(sv('meeting.notice.wasHeld.text'));
    expect(JSON.stringify(notice.activity), 'in the notice itself').to.include(
      `"value":"${[petri, jonas].map(({ aadObjectId }) => aadObjectId).join()}"`,
    );
    const came = [petri, jonas].map(({ aadObjectId }) => aadObjectId).join();
    const done = await personal.press(maria, notice, 'meeting.record', { came });
    expect(answered(done)).to.include(sv('meeting.facts.came', { number: 2 }));
    expect(await sharedText()).to.include(sv('meeting.facts.came', { number: 2 }));
    const late = await run.press(maria, planned, 'meeting.record', { on, first: 1, came: petri.aadObjectId });
    expect(answered(late), 'what was said since is not overwritten unseen').to.include(sv('errors.meeting.recorded'));
    expect(await sharedText()).to.include(sv('meeting.facts.came', { number: 2 }));
    const again = await run.press(maria, planned, 'meeting.record', { on, came: petri.aadObjectId });
    expect(answered(again)).to.include(sv('meeting.facts.came', { number: 1 }));
    const refused = await run.press(petri, planned, 'meeting.record', { on, came: petri.aadObjectId });
    expect(answered(refused)).to.include(sv('errors.directory.leadersOnly'));
    const unknown = await run.press(maria, planned, 'meeting.record', { on, came: objectId('99') });
    expect(answered(unknown)).to.include(sv('errors.meeting.notInvited'));
    expect(answered(await reply(petri, 'no'))).to.include(sv('errors.meeting.over'));
  });

  it('asks before it saves that nobody came, and says where nobody had answered', async () => {
    await run.send(planned);
    const { maria, petri } = run.app.people;
    await run.to('2026-11-26T14:01');
    const personal = run.app.teams.personalChat(maria);
    const notice = personal.last();
    expect(textOf(notice.activity)).to.include(sv('meeting.notice.wasHeld.unanswered'));
    expect(answered(await run.press(maria, planned, 'meeting.recordForm', { on }))).to.include(
      sv('meeting.record.unanswered'),
    );
    const asked = await personal.press(maria, notice, 'meeting.record');
    expect(answered(asked))
      .to.include(sv('meeting.record.isNobody'))
      .and.not.include(sv('form.problems', { count: 1 }));
    expect(await sharedText()).to.not.include(sv('meeting.facts.came', { number: 0 }));
    const { action } = findAction(asked.card ?? {}, ({ title }) => title === sv('meeting.record.nobody'));
    await personal.pressOld(maria, action, notice);
    expect(await sharedText()).to.include(sv('meeting.facts.came', { number: 0 }));
    await run.press(maria, planned, 'meeting.record', { on, came: petri.aadObjectId });
    const emptied = await run.press(maria, planned, 'meeting.record', { on });
    const ticked = executeActions(emptied.card ?? {}).flatMap(({ inputs }) =>
      inputs.map(({ id, value }) => [id, value]),
    );
    expect(
      ticked.filter(([id, value]) => id === 'came' && value),
      'as it was sent in',
    ).to.deep.equal([]);
    expect(await sharedText(), 'and not lost').to.include(sv('meeting.facts.came', { number: 1 }));
  });

  it('proposed by a member, is sent once the leader has weighed what speaks against it', async () => {
    const start = '2026-11-26T18:00';
    const plan = { one: { start, minutes: 60 }, repeat: null };
    await run.send(meeting({ title: 'Annat', plan }, { id: crypto.randomUUID() }));
    const proposal = meeting({ plan }, { by: 'petri' });
    await run.send(proposal);
    const { maria } = run.app.people;
    const asked = await run.press(maria, proposal, 'meeting.confirm');
    expect(answered(asked))
      .to.include(sv('meeting.plan.doubt.hours', { when: 'tors 26 nov kl. 18.00', hours: '08.00–16.00' }))
      .and.include('och 2 till har samtidigt Annat (tors 26 nov kl. 18.00 · 1 h)');
    const sent = (): boolean => meetingCardsIn(run.app.chat).some(({ activity }) => textOf(activity).includes(title));
    await run.bot().settled();
    expect(sent()).to.equal(false);
    await run.press(maria, proposal, 'meeting.confirm', despiteOf(asked, 'meeting.confirm'));
    await run.bot().settled();
    expect(sent()).to.equal(true);
    expect(answered(await run.press(maria, proposal, 'meeting.confirm')), 'a second press').to.not.include(
      sv('meeting.confirm.title'),
    );
  });

  it('waits, proposed by a member, for the leader alone, whose yes sends it to all', async () => {
    const proposal = meeting({}, { by: 'petri' });
    await run.send(proposal);
    const { maria, petri, jonas } = run.app.people;
    expect(meetingCardsIn(run.app.chat)).to.deep.equal([]);
    const [card, ...others] = ownCards(maria);
    if (!card || others.length > 0) throw new Error('The leader has one card.');
    expect(textOf(card.activity)).to.include(sv('meeting.state.proposed', { name: petri.name }));
    expect(answered(await run.press(petri, proposal, 'meeting.confirm'))).to.include(
      sv('errors.directory.leadersOnly'),
    );
    for (const verb of ['meeting.confirm', 'meeting.view'] as const)
      expect(answered(await run.press(jonas, proposal, verb))).to.include(sv('errors.meeting.notFound'));
    const lists = async (user: TeamsUser): Promise<boolean> => {
      const list = await run.app.chat.pressOld(user, { verb: 'meeting.list', data: { whose: 'body' } });
      return answered(list).includes(title);
    };
    expect([await lists(jonas), await lists(petri), await lists(maria)]).to.deep.equal([false, true, true]);
    const removing = { body: 'team:lojo', person: people.niina, confirmed: 1 };
    await run.app.chat.pressOld(maria, { verb: 'team.removeMember', data: removing });
    await run.restart();
    await run.to('2026-11-23T10:00');
    expect(meetingCardsIn(run.app.chat), 'the chat changes, and still knows nothing').to.deep.equal([]);
    await run.app.teams.personalChat(maria).press(maria, card, 'meeting.confirm');
    expect(await sharedText()).to.include(sv('meeting.state.ahead', { when: 'tors 26 nov kl. 13.00' }));
  });

  it('is taken back by who proposed it, or declined by the leader, and nobody else hears of it', async () => {
    const { maria, petri, jonas } = run.app.people;
    const [own, declined] = [1, 2].map(() => meeting({}, { by: 'petri', id: crypto.randomUUID() }));
    if (!own || !declined) throw new Error('There are two.');
    for (const proposal of [own, declined]) await run.send(proposal);
    await run.press(petri, own, 'meeting.cancel');
    expect(said(petri, sv('meeting.notice.declined.text', { name: maria.name }))).to.equal(0);
    await run.press(maria, declined, 'meeting.cancel');
    await run.bot().settled();
    expect(said(petri, sv('meeting.notice.declined.text', { name: maria.name }))).to.equal(1);
    expect(run.app.chat.text()).to.not.include(title);
    for (const user of [jonas, gunilla]) expect(said(user, title), user.name).to.equal(0);
    expect(ownCards(maria), 'nothing is left to be decided').to.deep.equal([]);
  });

  it('that is confirmed while another leader is asked whether to decline it is not cancelled by that answer', async () => {
    const { maria } = run.app.people;
    const proposal = meeting({}, { by: 'petri', id: crypto.randomUUID() });
    await run.send(proposal);
    const asked = await run.press(maria, proposal, 'meeting.cancelForm');
    const no = executeActions(asked.card ?? {}).find(({ action }) => action.verb === 'meeting.cancel')?.action.data;
    await run.press(maria, proposal, 'meeting.confirm');
    const late = await run.press(maria, proposal, 'meeting.cancel', isFields(no) ? no : {});
    expect(answered(late)).to.include(sv('errors.meeting.wentOn'));
    expect(await sharedText()).to.include(sv('meeting.state.ahead', { when: 'tors 26 nov kl. 13.00' }));
  });

  it('about a case is its team’s alone, and is called by nobody’s name', async () => {
    const reference = await handIn({ ...run.app, url: run.app.url });
    await run.bot().settled();
    const about = meeting({
      kind: 'case',
      subject: formatReference('LOJ', 2026, 1),
      title: '',
      invited: { everyone: true, named: [] },
    });
    expect(about.subject).to.equal(reference);
    await run.send(about);
    const { maria, petri, kaisa } = run.app.people;
    for (const user of [gunilla, kaisa]) {
      for (const verb of ['meeting.view', 'meeting.changeForm'] as const) {
        const answer = answered(await run.press(user, about, verb));
        expect(answer).to.include(sv('errors.meeting.notFound')).and.not.include(reference);
      }
      const list = await run.app.chat.pressOld(user, { verb: 'meeting.list', data: { whose: 'region' } });
      expect(answered(list)).to.not.include(reference);
    }
    const named = { on, ...changed, title: 'Träff med Elliots familj', how: 'onSite' };
    const caught = await run.press(maria, about, 'meeting.change', named);
    expect(answered(caught)).to.include(sv('errors.meeting.namesClient'));
    expect(JSON.stringify(caught.card), 'what was typed stays').to.include('Elliots');
    const at = await run.press(maria, about, 'meeting.change', {
      ...named,
      title: 'Träff',
      where: 'Elliotilla kotona',
    });
    expect(answered(at), 'nor by where').to.include(sv('errors.meeting.namesClient'));
    await run.press(maria, about, 'meeting.change', { ...named, title: 'Träff med familjen' });
    await run.bot().settled();
    expect(run.app.chat.text()).to.include('Träff med familjen').and.not.include('Elliot');
    expect(answered(await run.press(petri, about, 'meeting.view'))).to.include(reference);
  });

  it('takes no answer of whoever is not invited, of a guest, or of a former member, and shows them nothing', async () => {
    const some = meeting({ invited: { everyone: false, named: [people.petri, people.gunilla] } });
    await run.send(some);
    const { maria, jonas, niina, kaisa } = run.app.people;
    expect(answered(await reply(jonas, 'yes', some)), 'of the body, but not asked').to.include(
      sv('errors.meeting.notInvited'),
    );
    expect(answered(await reply(kaisa, 'yes', some)))
      .to.include(sv('errors.meeting.notFound'))
      .and.not.include(title);
    const removing = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await run.app.chat.pressOld(maria, { verb: 'team.removeMember', data: removing });
    const guest = run.app.teams.addUser({ name: 'Gun Gäst', role: 'guest' });
    for (const user of [niina, guest])
      expect(answered(await reply(user, 'yes', some)))
        .to.include(sv('errors.directory.notAMember'))
        .and.not.include(title);
  });

  it('of a series is answered, changed and cancelled date by date', async () => {
    const series = meeting({
      invited: planned.invited,
      plan: { one: thursday, repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 6 }, holidays: 'skip' } },
    });
    await run.send(series);
    const { maria, petri } = run.app.people;
    expect(await sharedText())
      .to.include('Varje vecka på torsdagar, 6 gånger')
      .and.include('tors 3 dec kl. 13.00, tors 10 dec');
    await reply(petri, 'yes', series);
    await run.press(petri, series, 'meeting.reply', { on: '2026-12-03', coming: 'no' });
    const later = await run.press(petri, series, 'meeting.view', { on: '2026-12-03' });
    expect(answered(later)).to.include(sv('meeting.coming.no'));
    await run.press(maria, series, 'meeting.cancel', { on: '2026-12-03' });
    const text = await sharedText();
    expect(text).to.include(sv('meeting.news.cancelledOne', { when: 'tors 3 dec kl. 13.00 · 1 h' }));
    expect(text).to.include(sv('meeting.state.ahead', { when: 'tors 26 nov kl. 13.00' }));
    expect(said(gunilla, sv('meeting.news.cancelledOne', { when: 'tors 3 dec kl. 13.00 · 1 h' }))).to.equal(1);
    const whole = {
      on,
      scope: 'all',
      when: 'fre 27 nov kl. 10.00',
      length: '1 h',
      title,
      how: 'onSite',
      where: 'Polisstationen',
    };
    await run.press(maria, series, 'meeting.change', whole);
    expect(await sharedText()).to.include('Varje vecka på fredagar');
    await run.to('2026-11-27T11:01');
    expect(await sharedText(), 'the next one: in the week between it stays cancelled')
      .to.include(sv('meeting.state.ahead', { when: 'fre 11 dec kl. 10.00' }))
      .and.not.include('fre 4 dec');
  });

  it('is a series that stays on its weekday when only its length is changed, at whichever holding that is', async () => {
    const series = meeting({
      plan: {
        one: { start: '2026-12-18T13:00', minutes: 60 },
        repeat: { unit: 'week', every: 1, by: 'weekday', end: { count: 5 }, holidays: 'before' },
      },
    });
    await run.send(series);
    const { maria } = run.app.people;
    const same = { scope: 'all', title, how: 'onSite', where: 'Polisstationen' };
    const longer = (when: string, length: string) => ({ ...same, when, length });
    // Christmas Day is a Friday, so it is on the Wednesday before.
    const moved = { on: '2026-12-25', ...longer('ons 23 dec kl. 13.00', '1 h 30 min') };
    await run.press(maria, series, 'meeting.change', moved);
    expect(await sharedText())
      .to.include('Varje vecka på fredagar, 5 gånger')
      .and.include(sv('meeting.news.series.time', { now: 'fre 18 dec kl. 13.00 · 1 h 30 min' }))
      .and.include(sv('meeting.news.before', { was: 'fre 18 dec kl. 13.00 · 1 h' }));
    const beyond = { on: '2026-12-18', ...longer('fre 25 dec kl. 13.00', '1 h') };
    await run.press(maria, series, 'meeting.cancel', { on: '2026-12-25' });
    const refused = answered(await run.press(maria, series, 'meeting.change', beyond));
    expect(refused).to.include(sv('errors.meeting.dayTaken'));
  });

  it('brings its newest card to who presses an old one, and never leaves two', async () => {
    await run.send(planned);
    const { maria, petri } = run.app.people;
    const old = await shared();
    const isYes = ({ data }: Fields): boolean => isComing(data, 'yes');
    const { action } = findAction(cardOf(old.activity) ?? {}, isYes);
    await run.press(maria, planned, 'meeting.change', { on, ...changed });
    await run.bot().settled();
    const refused = await run.app.chat.pressOld(petri, action, old);
    expect(answered(refused), 'what it asked is not so any more')
      .to.include('fre 27 nov kl. 09.00')
      .and.include(sv('errors.meeting.moved'))
      .and.not.include(sv('meeting.facts.own'));
    const again = findAction(refused.card ?? {}, isYes).action;
    expect(answered(await run.app.chat.pressOld(petri, again, old))).to.include(
      sv('meeting.facts.coming.yes', { number: 1 }),
    );
    expect((await shared()).id).to.not.equal(old.id);
  });

  it('retires a message that no placement knows at its first press, and does what was pressed', async () => {
    // Teams took the message and the answer was lost, so it was sent again: the first one is nobody's.
    let lost = 0;
    const heal = run.app.teams.fail(({ method, conversationId }) => {
      if (method !== 'POST' || conversationId !== run.app.chat.id || lost > 0) return undefined;
      lost += 1;
      return 'accept-then-reset';
    });
    await run.send(planned);
    await run.app.chat.waitFor(() => meetingCardsIn(run.app.chat).length === 2, 5_000);
    heal();
    const [orphan] = meetingCardsIn(run.app.chat);
    if (!orphan) throw new Error('There is no orphan.');
    const { petri } = run.app.people;
    await run.app.chat.press(petri, orphan, ({ data }) => isComing(data, 'yes'));
    expect(await sharedText()).to.include(sv('meeting.facts.coming.yes', { number: 1 }));
    expect(textOf(orphan.activity)).to.include(sv('moved.here', { what: title }));
  });

  it('repeats nothing, however far the telling has come when the process goes', async () => {
    await run.send(planned);
    const { maria } = run.app.people;
    for (let hour = 9; hour < 16; hour += 1) {
      const when = `fre 27 nov kl. ${hour}.00`;
      let left = hour - 9;
      const heal = run.app.teams.fail(({ method }) => {
        if (method === 'GET') return undefined;
        left -= 1;
        return left < 0 ? { status: 503 } : undefined;
      });
      await run.press(maria, planned, 'meeting.change', { on, ...changed, length: '1 h', when });
      await run.restart();
      heal();
      await run.to(`2026-11-23T${String(hour + 1).padStart(2, '0')}:00`);
      const now = `fre 27 nov kl. ${String(hour).padStart(2, '0')}.00`;
      expect(await sharedText(), when).to.include(now);
      const mine = ownCards(gunilla).map(({ activity }) => textOf(activity).includes(now));
      expect(mine, when).to.deep.equal([true]);
    }
  });

  it('is listed by date: mine, the body’s, and of the region what one may see, or when it is to who leads that', async () => {
    await run.send(planned);
    const proposal = meeting({ title: 'Bara för ledaren' }, { by: 'petri', id: crypto.randomUUID() });
    await run.send(proposal);
    const { maria, petri, kaisa } = run.app.people;
    await run.app.chat.say(maria, 'möten');
    await run.bot().settled();
    const open = textOf(run.app.chat.last().activity);
    expect(open, 'everybody reads what the leader asks there').to.include(title).and.not.include(proposal.title);
    const before = run.app.chat.messages.length;
    await run.app.chat.say(petri, 'möten');
    const list = await run.app.chat.waitFor(() => run.app.chat.messages[before]);
    expect(textOf(list.activity)).to.include(title).and.include('tors 26 nov kl. 13.00');
    const opened = await run.app.chat.press(
      petri,
      list,
      ({ verb, data }) => verb === 'meeting.view' && JSON.stringify(data).includes(planned.id),
    );
    expect(answered(opened)).to.include(sv('meeting.facts.who'));
    const personal = run.app.teams.personalChat(gunilla);
    for (const text of ['möten', 'kokoukset', 'meetings']) {
      await personal.say(gunilla, text);
      await run.bot().settled();
      expect(textOf(personal.last().activity), text).to.include(title).and.include('Polisstationen');
    }
    const listed = (user: TeamsUser) =>
      run.app.chat.pressOld(user, { verb: 'meeting.list', data: { whose: 'region' } });
    const others = await listed(kaisa);
    expect(answered(others), 'who leads the region is told when')
      .to.include(sv('meeting.kind.team'))
      .and.include('Lojo ankarteam')
      .and.include('tors 26 nov kl. 13.00');
    expect(answered(others), 'and nothing else').to.not.match(/Ärendegenomgång|Polisstationen|Bara för ledaren/);
    expect(verbsOn(others.card ?? {})).to.not.include('meeting.view');
    const outside = meeting(
      { body: bodyId('team:raseborg'), title: 'Andras' },
      { by: 'gunilla', id: crypto.randomUUID() },
    );
    await run.send(outside);
    expect(answered(await listed(petri)), 'of another team').to.not.include('Raseborg');
  });

  function isComing(data: unknown, coming: string): boolean {
    return JSON.stringify(data ?? {}).includes(`"coming":"${coming}"`);
  }
});

/** The steering group has no chat; each party has a member and a substitute. */
describe('a meeting of a steering group of sixty', () => {
  const size = 60;
  const folder = temporaryFolder();
  let run: MeetingRun;
  let users: TeamsUser[];
  const everybody = Array.from({ length: size }, (_, index) =>
    personId(`b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
  );
  const steering = meeting(
    {
      body: bodyId('steering:vastra-nyland'),
      title: 'Styrgruppsmöte',
      invited: { everyone: true, named: everybody },
    },
    { by: 'kaisa' },
  );

  beforeEach(async () => {
    run = await startMeetings({ environment: { REGION_FILE: crowdedSteering(folder.path, size) } });
    users = crowd(run.app.teams, size);
    // The bot writes to whom it has met.
    await Promise.all(users.map((user) => run.app.teams.personalChat(user).say(user, 'hjälp')));
    await run.bot().settled();
    run.app.teams.limited = true;
    // The double counts in real time what the bot has just answered to all of them.
    await systemClock.sleep(1_100);
  });
  afterEach(() => run.stop());
  after(() => folder.remove());

  const ownCards = (user: TeamsUser): Message[] => meetingCardsIn(run.app.teams.personalChat(user));
  /** Of a tenant's limit, which depends on how fast requests travel on a busy machine, `fan-out.spec.ts` says more. */
  const broken = () => run.app.teams.violations.filter(({ rule }) => rule !== 'tenantLimit');
  const sends = (): number =>
    run.app.teams.requests.filter(({ method }) => method === 'POST' || method === 'PUT').length;

  it('reaches each of them with one card, within the limits of Teams, and one answer rewrites none of the others', async () => {
    await run.send(steering);
    for (const user of users) expect(ownCards(user), user.name).to.have.length(1);
    expect(broken()).to.deep.equal([]);
    const before = sends();
    const [first] = users;
    if (!first) throw new Error('Nobody is there.');
    await run.press(first, steering, 'meeting.reply', { on, coming: 'yes' });
    await run.bot().settled();
    expect(sends() - before).to.be.at.most(1);
    const { kaisa } = run.app.people;
    await run.press(kaisa, steering, 'meeting.cancel');
    await run.bot().settled();
    for (const user of users) {
      const told = toldPrivately(run.app, user).filter((text) => text.includes(sv('meeting.state.cancelled')));
      expect(told, user.name).to.have.length(1);
    }
    expect(broken()).to.deep.equal([]);
  });

  it('invites the substitute at once when a member’s substitute comes, and tells the member if that one does not', async () => {
    const members = meeting({ body: steering.body, title: 'Styrgruppsmöte' }, { by: 'kaisa' });
    await run.send(members);
    const [member, substitute] = [users[0], users[size / 2]];
    if (!member || !substitute) throw new Error('Somebody is missing.');
    expect(ownCards(substitute)).to.deep.equal([]);
    const answer = await run.press(member, members, 'meeting.reply', { on, coming: 'substitute' });
    expect(answered(answer)).to.include(sv('meeting.coming.substitute'));
    await run.bot().settled();
    const [invited, ...more] = ownCards(substitute);
    if (!invited) throw new Error('The substitute was not invited.');
    expect(more).to.deep.equal([]);
    expect(textOf(invited.activity)).to.include(sv('meeting.facts.inPlace')).and.include(member.name);
    const personal = run.app.teams.personalChat(substitute);
    await personal.press(substitute, invited, ({ data }) => JSON.stringify(data ?? {}).includes('"coming":"no"'));
    await run.bot().settled();
    const told = toldPrivately(run.app, member).filter((text) =>
      text.includes(sv('meeting.notice.substituteOut.text', { name: substitute.name })),
    );
    expect(told).to.have.length(1);
  });
});

/** Of each party a member and a substitute; Kaisa leads it. */
describe('a meeting of the steering group of the example', () => {
  let run: MeetingRun;
  beforeEach(async () => {
    run = await startMeetings();
  });
  afterEach(() => run.stop());

  const ofThePolice = (name: string): TeamsUser => {
    const aadObjectId = exampleDirectory().people.find((person) => person.name === name)?.id ?? '';
    return run.app.teams.addUser({ name, aadObjectId });
  };
  const cardsOf = (user: TeamsUser) => meetingCardsIn(run.app.teams.personalChat(user));

  it('is said and sent by its chair; a member has their substitute invited, and it says who is still needed', async () => {
    const { kaisa } = run.app.people;
    const [risto, carola] = [ofThePolice('Risto Vainio'), ofThePolice('Carola Nyman')];
    for (const user of [risto, carola]) await run.app.teams.personalChat(user).say(user, 'hjälp');
    const chat = run.app.teams.personalChat(kaisa);
    await chat.say(kaisa, 'möte torsdag 13 styrgruppen');
    await run.bot().settled();
    const form = chat.messages.at(-1);
    if (!form) throw new Error('She is asked nothing.');
    await chat.press(kaisa, form, 'meeting.plan');
    await run.bot().settled();
    const [card] = cardsOf(risto);
    if (!card) throw new Error('Risto is not invited.');
    expect(cardsOf(carola), 'a substitute comes only in somebody’s place').to.deep.equal([]);
    const isSubstitute = ({ data }: Fields): boolean => JSON.stringify(data ?? {}).includes('"coming":"substitute"');
    await run.app.teams.personalChat(risto).press(risto, card, isSubstitute);
    await run.bot().settled();
    const [invited] = cardsOf(carola);
    expect(invited && textOf(invited.activity))
      .to.include('Risto Vainio')
      .and.include(sv('meeting.facts.inPlace'));
    // Seven of the thirteen parties are needed.
    expect(invited && textOf(invited.activity)).to.include(sv('meeting.missing.seats', { count: 7 }));

    const told = (user: TeamsUser, text: string): number =>
      toldPrivately(run.app, user).filter((one) => one.includes(text)).length;
    const press = async (user: TeamsUser, coming: string): Promise<void> => {
      const [own] = cardsOf(user);
      if (!own) throw new Error(`${user.name} has no card.`);
      const personal = run.app.teams.personalChat(user);
      await personal.refresh(user, own);
      await personal.press(user, own, ({ data }) => JSON.stringify(data ?? {}).includes(`"coming":"${coming}"`));
      await run.bot().settled();
    };
    await press(carola, 'yes');
    for (const coming of ['yes', 'substitute', 'yes']) await press(risto, coming);
    const isFree = (): number => told(carola, sv('meeting.notice.substituteFree.text'));
    expect([isFree(), cardsOf(carola).length], 'just now she was told').to.deep.equal([0, 1]);
    await run.to('2026-11-23T09:15');
    expect([isFree(), cardsOf(carola).length]).to.deep.equal([1, 1]);
    expect(invited && verbsOn(cardOf(invited.activity) ?? {}), 'her card is a line').to.deep.equal([]);
    await run.to('2026-11-23T09:30');
    await press(risto, 'substitute');
    const [, again] = cardsOf(carola);
    expect(again && textOf(again.activity), 'chosen again').to.include(sv('meeting.facts.inPlace'));
  });

  for (const [comings, cards] of [
    [['no', 'yes', 'no'], 1],
    [['no', 'yes'], 0],
  ] as const)
    it(`has the substitute hear what is so once they can be told, after ${comings.join(', ')}`, async () => {
      const [risto, carola] = [ofThePolice('Risto Vainio'), ofThePolice('Carola Nyman')];
      await run.app.teams.personalChat(risto).say(risto, 'hjälp');
      const planned = meeting({ body: bodyId('steering:vastra-nyland') }, { by: 'kaisa' });
      await run.send(planned);
      for (const [index, coming] of comings.entries()) {
        await run.press(risto, planned, 'meeting.reply', { on, coming });
        await run.to(`2026-11-23T09:${15 * (index + 1)}`);
      }
      await run.app.teams.personalChat(carola).say(carola, 'hjälp');
      await run.to('2026-11-23T15:00');
      expect(cardsOf(carola)).to.have.length(cards);
      expect(toldPrivately(run.app, carola).filter((one) => one.includes(planned.title))).to.have.length(cards);
    });
});
