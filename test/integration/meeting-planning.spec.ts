import { expect } from 'chai';
import { limits } from '../../src/meetings/model.ts';
import { textsFor } from '../../src/shared/text.ts';
import type { Store } from '../../src/storage/port.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { meeting, plant } from '../support/meetings.ts';
import { example, handIn, type TestApp } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, findAction, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

const sv = textsFor('sv');

describe('planning a meeting', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let store: Store;
  let maria: TeamsUser;
  let petri: TeamsUser;
  beforeEach(async () => {
    // A Wednesday.
    clock = shiftingClock(inHelsinki('2026-11-25T10:00'));
    app = await startTestApp({
      clock,
      through(opened) {
        store = opened;
        return opened;
      },
    });
    ({ maria, petri } = app.people);
    await app.chat.installBot(maria);
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  /** The message with which the bot answers. */
  async function said(user: TeamsUser, text: string, chat: Chat = app.chat): Promise<Message> {
    const before = chat.messages.length;
    await chat.say(user, text);
    await app.bot.settled();
    return chat.waitFor(() => chat.messages[before]);
  }

  /** What stands in the fields, by their ids. */
  const valuesOf = (card: Fields | null): Record<string, unknown> =>
    Object.fromEntries(
      executeActions(card ?? {})
        .flatMap(({ inputs }) => inputs)
        .flatMap(({ id, value }) => (value === undefined || value === '' ? [] : [[String(id), value]])),
    );

  /** What stands below the fields, by their ids. */
  function linesOf(value: unknown, kind: 'error' | 'question'): Record<string, string> {
    if (Array.isArray(value)) return Object.assign({}, ...value.map((one) => linesOf(one, kind)));
    if (!isFields(value)) return {};
    const [id = '', is] = String(value.id ?? '').split('-');
    return { ...(is === kind && { [id]: String(value.text) }), ...linesOf(Object.values(value), kind) };
  }
  const errorsOf = (card: unknown): Record<string, string> => linesOf(card, 'error');
  const questionsOf = (card: unknown): Record<string, string> => linesOf(card, 'question');

  /** What the button with this verb carries. */
  function dataOf(card: Fields, verb: string): Fields {
    const found = executeActions(card).find(({ action }) => action.verb === verb)?.action.data;
    return isFields(found) ? found : {};
  }

  /** Titles of the buttons. */
  const titlesOf = (card: Fields | null): string[] =>
    executeActions(card ?? {}).map(({ action }) => String(action.title));
  const seen = (user: TeamsUser, message: Message, chat: Chat = app.chat): Fields => chat.cardFor(user, message);
  const press = async (user: TeamsUser, message: Message, verb: string, inputs: Fields = {}, chat: Chat = app.chat) => {
    const { card } = await chat.press(user, message, verb, inputs);
    await app.bot.settled();
    return card;
  };
  /** Meetings that stand in the chat: their cards and no forms or lines. */
  const meetingsIn = (chat: Chat = app.chat): Message[] =>
    chat.messages.filter(
      ({ activity }) => textOf(activity).includes('Möte · ') || textOf(activity).includes('Kokous · '),
    );

  describe('is said', () => {
    const filled = {
      date: '2026-11-26',
      time: '14:30',
      title: 'Ärendegenomgång',
      everyone: 'everyone',
      kind: 'meeting',
      repeat: 'none',
    };
    for (const [language, text, length] of [
      ['sv', 'möte torsdag 14.30 1 h teamet Ärendegenomgång', '1 h'],
      ['fi', 'kokous torstaina klo 14.30 1 h tiimi Ärendegenomgång', '1 t'],
      ['en', 'meeting Thursday 14:30 1 h team Ärendegenomgång', '1 h'],
    ] as const) {
      it(`in ${language}, checked in that language, sent by one press, and the form becomes a line`, async () => {
        const texts = textsFor(language);
        const message = await said(maria, text);
        const form = seen(maria, message);
        expect(valuesOf(form)).to.deep.equal({ ...filled, length });
        expect(errorsOf(form)).to.deep.equal({});
        expect(titlesOf(form)[0]).to.equal(texts('meeting.plan.submit.invite'));
        expect(meetingsIn(), 'nothing is sent before it is confirmed').to.have.length(0);
        const done = await press(maria, message, 'meeting.plan');
        expect(textsOf(done).join('\n')).to.contain('Ärendegenomgång');
        expect(meetingsIn()).to.have.length(1);
        // The chat's own language.
        expect(textOf(message.activity)).to.contain('Inbjudan är skickad: Ärendegenomgång, tors 26 nov kl. 14.30');
        expect(titlesOf(cardOf(message.activity))).to.deep.equal([sv('meeting.plan.another')]);
      });
    }

    it('in part, and asks for the rest at its field', async () => {
      expect(questionsOf(seen(maria, await said(maria, 'möte på fredag')))).to.deep.equal({
        time: sv('meeting.plan.problem.noTime'),
      });
      expect(questionsOf(seen(maria, await said(maria, 'möte kl 9 teamet')))).to.deep.equal({
        date: sv('meeting.plan.problem.noDate'),
      });
    });

    it('with a day or an hour that does not exist: each field says so, and the title is without it', async () => {
      const day = (words: string) => sv('meeting.plan.noSuch.days', { said: words });
      const hour = (words: string) => sv('meeting.plan.noSuch.hours', { said: words });
      const noDate = sv('meeting.plan.problem.noDate');
      const noTime = sv('meeting.plan.problem.noTime');
      for (const [text, asked] of [
        ['möte 30 februari kl 9', { date: `${day('30 februari')} ${noDate}` }],
        ['möte kl 25.00 torsdag teamet', { time: `${hour('kl 25.00')} ${noTime}` }],
        ['möte 30.2. kl 25', { date: `${day('30.2.')} ${noDate}`, time: `${hour('kl 25')} ${noTime}` }],
        ['möte 30.2.', { date: `${day('30.2.')} ${noDate}`, time: noTime }],
      ] as const) {
        const form = seen(maria, await said(maria, text));
        expect(questionsOf(form), text).to.deep.equal(asked);
        expect(valuesOf(form), text).to.not.have.property('title');
      }
      const poll = seen(maria, await said(maria, 'möte förslag tors 9, 30.2. kl 10'));
      expect(errorsOf(poll)).to.deep.equal({
        times: `${day('30.2.')}\n\n${sv('meeting.plan.problem.unreadLines', { lines: '2' })}`,
      });
      expect(valuesOf(poll).times).to.equal('tors 26 nov kl. 09.00\n30.2. 10:00');
    });

    it('with more times than a poll takes, and with an end that tells no day: both are told at once', async () => {
      const many = Array.from({ length: 13 }, (_, day) => `${day + 1}.12. kl 9`).join(', ');
      expect(errorsOf(seen(maria, await said(maria, `möte förslag ${many}`)))).to.deep.equal({
        times: sv('meeting.plan.problem.manyTimes', { count: 13, most: limits.mostTimes }),
      });
      const series = seen(maria, await said(maria, 'möte varje tisdag kl 9 teamet till juni'));
      expect(errorsOf(series)).to.deep.equal({ ends: sv('meeting.plan.problem.notAnEnd') });
      expect(valuesOf(series).ends).to.equal('juni');
    });

    it('with somebody whom nobody knows: who they are is asked at the people, and not everybody is invited', async () => {
      const message = await said(maria, 'möte torsdag kl 9 med Kalle');
      const form = seen(maria, message);
      expect(questionsOf(form)).to.deep.equal({ named: sv('meeting.plan.whoIs', { names: 'Kalle' }) });
      expect(valuesOf(form)).to.include({ everyone: 'named' }).and.not.have.property('title');
      expect(errorsOf(await press(maria, message, 'meeting.plan'))).to.deep.equal({
        named: sv('meeting.plan.problem.nobody'),
      });
      const both = seen(maria, await said(maria, 'möte torsdag kl 9 med Petri och Kalle'));
      expect(questionsOf(both)).to.deep.equal({ named: sv('meeting.plan.whoIs', { names: 'Kalle' }) });
      expect(String(valuesOf(both).named).split(',')).to.have.members([maria.aadObjectId, petri.aadObjectId]);
    });

    it('with such a name where people of other bodies read along, who are offered nobody', async () => {
      const { kaisa } = app.people;
      const message = await said(kaisa, 'möte torsdag kl 9 med Kalle chefsteamet', app.chat);
      expect(questionsOf(cardOf(message.activity))).to.deep.equal({
        named: sv('meeting.plan.whoIs', { names: 'Kalle' }),
      });
    });

    it('oftener than a meeting can be held, and is asked how often', async () => {
      const form = seen(maria, await said(maria, 'möte varje vardag från och med torsdag kl 9 teamet'));
      expect(questionsOf(form)).to.deep.equal({ repeat: sv('meeting.plan.tooOften') });
      expect(valuesOf(form)).to.include({ repeat: 'none', date: '2026-11-26' }).and.not.have.property('title');
    });

    it('without the end of a series, which is asked for and no mistake until the form is sent without it', async () => {
      const fi = textsFor('fi');
      const message = await said(maria, 'kokous joka toinen torstai klo 9 tiimi');
      const form = seen(maria, message);
      expect(questionsOf(form)).to.deep.equal({ ends: fi('meeting.plan.problem.noEnd') });
      expect(errorsOf(form)).to.deep.equal({});
      expect(textsOf(form).join('\n')).to.not.contain(fi('form.problems', { count: 1 }));
      const sent = await press(maria, message, 'meeting.plan');
      expect(errorsOf(sent)).to.deep.equal({ ends: fi('meeting.plan.problem.noEnd') });
      expect(textsOf(sent).join('\n')).to.contain(fi('form.problems', { count: 1 }));
    });

    it('with nothing, and asks for nothing yet', async () => {
      expect(errorsOf(seen(maria, await said(maria, 'möte')))).to.deep.equal({});
    });

    it('with a past time, which is questioned with what was probably meant', async () => {
      const form = seen(maria, await said(maria, 'möte idag kl 9'));
      expect(errorsOf(form)).to.deep.equal({ time: sv('meeting.plan.problem.past', { when: 'ons 2 dec kl. 09.00' }) });
    });

    it('with the hour that does not exist, no length and too long a one, each told at its field', async () => {
      expect(errorsOf(seen(maria, await said(maria, 'möte 28.3.2027 kl 03.30')))).to.deep.equal({
        time: sv('meeting.plan.problem.noSuchHour'),
      });
      for (const length of ['0 min', '40 h']) {
        const form = seen(maria, await said(maria, `möte torsdag kl 9 ${length}`));
        expect(errorsOf(form)).to.deep.equal({ length: sv('meeting.plan.problem.badLength') });
        expect(valuesOf(form).length).to.equal(length);
      }
    });

    it('on a day with a typo, which is asked for: whether that was meant, also of several times', async () => {
      const meant = sv('meeting.plan.likelyDay', { day: 'torsdag' });
      const one = seen(maria, await said(maria, 'möte torsdg kl 9 teamet'));
      expect(questionsOf(one)).to.deep.equal({ date: `${sv('meeting.plan.problem.noDate')} ${meant}` });
      const several = seen(maria, await said(maria, 'möte förslag torsdg 9, fredag 10 teamet'));
      const asked = sv('meeting.plan.problem.timesCount', { fewest: limits.fewestTimes, most: limits.mostTimes });
      expect(questionsOf(several)).to.deep.equal({ times: `${asked} ${meant}` });
    });

    it('to choose from at an hour that does not exist, or in the past: each is named as what it is', async () => {
      for (const [words, times] of [
        ['28.3.2027 kl 03.30, 29.3.2027 kl 9', sv('meeting.plan.problem.skippedLines', { lines: '1' })],
        ['fredag kl 9, igår kl 10', sv('meeting.plan.problem.pastLines', { lines: '2' })],
        ['denna vecka fredag 9, måndag 9', sv('meeting.plan.problem.pastLines', { lines: '2' })],
      ]) {
        const message = await said(maria, `möte förslag ${words} teamet`);
        expect(errorsOf(seen(maria, message)), words).to.deep.equal({ times });
      }
    });

    it('on the last such weekday of every month: it is asked from when, where a series cannot begin with the next', async () => {
      const message = await said(maria, 'möte sista torsdagen i månaden kl 13 teamet');
      expect(questionsOf(seen(maria, message))).to.deep.equal({
        repeat: sv('meeting.plan.lastFrom', { day: 'månadens sista torsdag', when: 'tors 31 dec' }),
      });
      expect(valuesOf(seen(maria, message))).to.include({ date: '2026-11-26', time: '13:00' });
    });

    it('again and again until an end, without how often: that is asked, and no meeting of its own goes out', async () => {
      const message = await said(maria, 'möte sista torsdagen i månaden kl 13 teamet 6 gånger');
      const { card } = await app.chat.press(maria, message, 'meeting.plan', {});
      expect(errorsOf(card)).to.deep.equal({ repeat: sv('meeting.plan.problem.noRhythm') });
      expect(valuesOf(card), 'to be emptied').to.include({ ends: '6 gånger' });
      const done = await app.chat.press(maria, message, 'meeting.plan', { ends: '' });
      expect(textsOf(done.card).join('\n')).to.include('tors 26 nov kl. 13.00');
    });

    it('with a personal identity code, which is refused before anything is shown', async () => {
      const answer = await said(maria, 'möte torsdag kl 9 om 131052-308T');
      expect(textOf(answer.activity)).to.contain(sv('command.sensitive')).and.not.contain('131052');
    });

    it('with such a code around other words: it does not stand in the form, and all else does', async () => {
      const message = await said(maria, 'möte 131052 torsdag -308T kl 9');
      expect(errorsOf(cardOf(message.activity))).to.deep.equal({ title: sv('problem.sensitive') });
      expect(JSON.stringify(message.activity)).to.not.contain('131052').and.not.contain('308T');
      expect(valuesOf(cardOf(message.activity))).to.include({ date: '2026-11-26', time: '09:00' });
    });

    it('by nobody of the directory: a stranger is told so', async () => {
      const stranger = app.teams.addUser({ name: 'Okänd Främling' });
      const answer = await said(stranger, 'möte torsdag kl 9', app.teams.personalChat(stranger));
      expect(textOf(answer.activity)).to.contain(sv('errors.directory.notAMember'));
    });

    it('for a body that is led by others: whoever is not of it is told so', async () => {
      const answer = await said(petri, 'möte torsdag kl 9 styrgruppen');
      expect(textOf(answer.activity)).to.contain(
        sv('errors.meeting.notOfBody', { body: 'Styrgruppen i Västra Nyland' }),
      );
    });

    it('by who leads several, who are asked for which unless they said it', async () => {
      const { kaisa } = app.people;
      const chat = app.teams.personalChat(kaisa);
      const open = seen(kaisa, await said(kaisa, 'möte torsdag kl 9', chat), chat);
      expect(questionsOf(open)).to.deep.equal({ body: sv('problem.choose') });
      const told = seen(kaisa, await said(kaisa, 'möte torsdag kl 9 styrgruppen', chat), chat);
      expect(errorsOf(told)).to.deep.equal({});
      expect(valuesOf(told).body).to.equal('steering:vastra-nyland');
    });
  });

  it('is corrected in the form: nothing that was typed is lost, and what is wrong is told at its field', async () => {
    const message = await said(maria, 'möte torsdag 14.30 teamet');
    const typed = { title: 'Lägesbild', length: 'länge', where: 'http://example.com', date: '2026-11-24' };
    const again = await press(maria, message, 'meeting.plan', typed);
    expect(valuesOf(again)).to.include(typed);
    expect(errorsOf(again)).to.deep.equal({
      date: sv('meeting.plan.problem.past', { when: 'tis 1 dec kl. 14.30' }),
      length: sv('meeting.plan.problem.notALength'),
      where: sv('problem.notALink'),
    });
    await press(maria, message, 'meeting.plan', { date: '2026-12-01', length: 'en och en halv timme', where: 'Rum 2' });
    expect(textOf(message.activity)).to.contain('Lägesbild, tis 1 dec kl. 14.30 · 1 h 30 min');
    expect(meetingsIn()).to.have.length(1);
  });

  it('is sent once however often the button is pressed, also at the same moment', async () => {
    const message = await said(maria, 'möte torsdag 14.30 teamet');
    const data = { ...dataOf(seen(maria, message), 'meeting.plan'), date: '2026-11-26', time: '14:30' };
    const pressed = { verb: 'meeting.plan', data };
    await Promise.all([1, 2, 3].map(() => app.chat.pressOld(maria, pressed, message)));
    await app.bot.settled();
    const { card } = await app.chat.pressOld(maria, pressed, message);
    await app.bot.settled();
    expect(textsOf(card).join('\n')).to.contain('Inbjudan är skickad');
    expect(meetingsIn()).to.have.length(1);
  });

  it('is one’s own though a member has sent the same form in first: theirs is a proposal, the leader’s is sent', async () => {
    const message = await said(maria, 'möte torsdag 14.30 1 h teamet Ärendegenomgång');
    const form = seen(maria, message);
    const { action } = findAction(form, 'meeting.plan');
    const inputs = valuesOf(form);
    const send = async (user: TeamsUser, over: Fields): Promise<string> => {
      const data = { ...dataOf(form, 'meeting.plan'), ...inputs, ...over };
      const { card } = await app.chat.pressOld(user, { ...action, data }, message);
      await app.bot.settled();
      return textsOf(card ?? {}).join('\n');
    };
    expect(await send(petri, { time: '15:00' })).to.include(
      sv('meeting.plan.done.proposed', { title: 'Ärendegenomgång' }),
    );
    for (let times = 0; times < 2; times += 1)
      expect(await send(maria, {})).to.include(
        sv('meeting.plan.done.invited', { title: 'Ärendegenomgång', when: 'tors 26 nov kl. 14.30 · 1 h' }),
      );
    expect(meetingsIn()).to.have.length(1);
  });

  it('is left: the form becomes a line, for all only when who asked for it leaves', async () => {
    const message = await said(maria, 'möte torsdag 14.30 teamet');
    const leave = { verb: 'meeting.leave', data: dataOf(seen(maria, message), 'meeting.leave') };
    await app.chat.pressOld(petri, leave, message);
    await app.bot.settled();
    expect(titlesOf(cardOf(message.activity))).to.include(sv('meeting.plan.submit.invite'));
    await app.chat.pressOld(maria, leave, message);
    await app.bot.settled();
    expect(textOf(message.activity)).to.contain(sv('meeting.plan.left'));
    expect(meetingsIn()).to.have.length(0);
  });

  it('by a member is a proposal, which the leader is asked about in private and nobody is invited by', async () => {
    const message = await said(petri, 'möte torsdag 14.30 Lägesbild');
    expect(titlesOf(seen(petri, message))[0]).to.equal(sv('meeting.plan.submit.propose'));
    const done = await press(petri, message, 'meeting.plan');
    expect(textsOf(done).join('\n')).to.contain(sv('meeting.plan.done.proposed', { title: 'Lägesbild' }));
    expect(meetingsIn()).to.have.length(0);
    expect(app.teams.personalChat(maria).text()).to.contain('Lägesbild');
    expect(app.teams.personalChat(petri).text()).to.not.contain('Lägesbild');
  });

  it('by a member waits with a few others at most: the next comes again with all that was typed, also of many at once', async () => {
    const propose = async (title: string, formId = crypto.randomUUID()) => {
      const inputs = { title, date: '2026-11-27', time: '13:00', length: '1 h', everyone: 'everyone', kind: 'meeting' };
      const data = { formId, mode: 'one', body: 'team:lojo', ...inputs };
      return (await app.chat.pressOld(petri, { type: 'Action.Execute', verb: 'meeting.plan', data })).card;
    };
    const formId = crypto.randomUUID();
    await propose('Först', formId);
    const cards = await Promise.all(
      Array.from({ length: limits.mostProposals + 3 }, (_, at) => propose(`Nummer ${at}`)),
    );
    const refused = cards.filter((card) =>
      textsOf(card).includes(sv('errors.meeting.tooManyProposals', { limit: limits.mostProposals })),
    );
    expect(refused).to.have.length(4);
    for (const card of refused) expect(valuesOf(card)).to.include({ date: '2026-11-27', time: '13:00' });
    expect(textsOf(await propose('Först', formId)).join())
      .to.include('Först')
      .and.include('Förslaget har gått');
    await app.bot.settled();
    const asked = app.teams
      .personalChat(maria)
      .messages.filter(({ activity }) => textOf(activity).includes(petri.name));
    expect(asked).to.have.length(limits.mostProposals);
    await goTo(inHelsinki('2026-11-28T09:00'), clock, app.bot);
    const later = {
      date: '2026-12-04',
      time: '13:00',
      length: '1 h',
      everyone: 'everyone',
      kind: 'meeting',
      title: 'Ny',
    };
    const data = { formId: crypto.randomUUID(), mode: 'one', body: 'team:lojo', ...later };
    const next = await app.chat.pressOld(petri, { type: 'Action.Execute', verb: 'meeting.plan', data });
    expect(textsOf(next.card).join(), 'those that are past wait no more').to.include('Förslaget har gått');
  });

  it('for another body than one’s own is refused, though somebody else’s form is sent', async () => {
    const { kaisa } = app.people;
    const chat = app.teams.personalChat(kaisa);
    const message = await said(kaisa, 'möte torsdag kl 9 styrgruppen', chat);
    const data = {
      ...dataOf(seen(kaisa, message, chat), 'meeting.plan'),
      body: 'steering:vastra-nyland',
      date: '2026-11-26',
      time: '09:00',
    };
    const { card } = await app.chat.pressOld(petri, { verb: 'meeting.plan', data });
    expect(textsOf(card).join('\n')).to.contain(
      sv('errors.meeting.notOfBody', { body: 'Styrgruppen i Västra Nyland' }),
    );
  });

  describe('points out', () => {
    const thursday = { start: '2026-11-26T13:00', minutes: 60 };
    beforeEach(async () => {
      await plant(
        store,
        meeting({ title: 'Ärendegenomgång', plan: { one: thursday, repeat: null } }, { now: clock.now() }),
      );
      await goTo(clock.now().add({ seconds: 90 }), clock, app.bot);
    });

    it('who has something else then before it is sent, and sends it all the same when that is confirmed', async () => {
      const message = await said(maria, 'möte torsdag 13.30 teamet Lägesbild');
      const before = meetingsIn().length;
      const doubted = await press(maria, message, 'meeting.plan', { where: 'Rum 2' });
      const text = textsOf(doubted).join('\n');
      expect(text).to.contain(
        sv('meeting.plan.doubt.busy', {
          count: 5,
          names: 'Maria Lindqvist, Petri Aaltonen, Sofia Ekholm och 2 till',
          what: 'Ärendegenomgång (tors 26 nov kl. 13.00 · 1 h)',
        }),
      );
      expect(valuesOf(doubted)).to.include({ title: 'Lägesbild', where: 'Rum 2' });
      expect(titlesOf(doubted)[0]).to.equal(sv('meeting.plan.submit.anyway'));
      expect(meetingsIn()).to.have.length(before);
      await press(maria, message, 'meeting.plan');
      expect(meetingsIn()).to.have.length(before + 1);
    });

    it('something new once more: what was confirmed was something else', async () => {
      const message = await said(maria, 'möte torsdag 13.30 teamet');
      const before = meetingsIn().length;
      await press(maria, message, 'meeting.plan');
      const again = await press(maria, message, 'meeting.plan', { date: '2026-11-28' });
      expect(textsOf(again).join('\n')).to.contain(sv('meeting.plan.doubt.weekend', { when: 'lör 28 nov kl. 13.30' }));
      await press(maria, message, 'meeting.plan', { date: '2026-11-27' });
      expect(meetingsIn()).to.have.length(before + 1);
    });

    it('only that there is something to who may not know what', async () => {
      const { kaisa } = app.people;
      const chat = app.teams.personalChat(kaisa);
      const message = await said(kaisa, 'möte torsdag 13.30 med Maria chefsteamet', chat);
      const text = textsOf(await press(kaisa, message, 'meeting.plan', {}, chat)).join('\n');
      expect(text).to.contain(
        sv('meeting.plan.doubt.busy', {
          count: 1,
          names: 'Maria Lindqvist',
          what: `${sv('meeting.plan.doubt.other')} (tors 26 nov kl. 13.00 · 1 h)`,
        }),
      );
      expect(text).to.not.contain('Ärendegenomgång');
    });

    it('a holiday, a weekend and an hour at which nobody works', async () => {
      for (const [when, text] of [
        ['6.1. kl 9', sv('meeting.plan.doubt.holiday', { when: 'ons 6 jan 2027 kl. 09.00' })],
        ['lördag kl 9', sv('meeting.plan.doubt.weekend', { when: 'lör 28 nov kl. 09.00' })],
        ['måndag kl 18', sv('meeting.plan.doubt.hours', { when: 'mån 30 nov kl. 18.00', hours: '08.00–16.00' })],
      ]) {
        const doubted = await press(maria, await said(maria, `möte ${when} teamet`), 'meeting.plan');
        expect(textsOf(doubted).join('\n')).to.contain(text);
      }
    });
  });

  describe('about a case', () => {
    let reference: string;
    beforeEach(async () => {
      reference = await handIn(app);
      await app.bot.settled();
    });

    it('is sent by any member of its team, and carries its reference', async () => {
      const message = await said(petri, `möte ${reference.toLowerCase()} torsdag 14 rum 3`);
      expect(valuesOf(seen(petri, message))).to.include({ kind: 'case', subject: reference, where: 'rum 3' });
      expect(titlesOf(seen(petri, message))[0]).to.equal(sv('meeting.plan.submit.invite'));
      await press(petri, message, 'meeting.plan');
      expect(meetingsIn()).to.have.length(1);
      expect(textOf(message.activity)).to.contain(reference);
    });

    it('shows nobody what may tell whom it is about, not even before it is checked; the rest is filled in', async () => {
      const telling = sv('meeting.plan.problem.telling');
      for (const [words, field] of [
        ['kl 13 Elliot Exempelsson', 'title'],
        ['kl 13 om elliots skolgång', 'title'],
        ['kl 13, plats hos Exempelsson', 'where'],
        ['kl 13 med Elliot', 'named'],
        ['kl 13 https://x.fi/%45lliot', 'where'],
      ] as const) {
        const message = await said(maria, `möte om ${reference} torsdag ${words}`);
        const card = cardOf(message.activity);
        expect(errorsOf(card), words).to.deep.equal({ [field]: telling });
        expect(JSON.stringify(message.activity), words).to.not.match(/Elliot|Exempelsson/i);
        expect(valuesOf(card), words).to.include({ subject: reference, date: '2026-11-26', time: '13:00' });
        expect(valuesOf(seen(maria, message)), words).to.not.have.property(field);
      }
      const plain = await said(maria, `möte om ${reference} torsdag kl 13 Skolgång, plats Rådhuset`);
      expect(errorsOf(cardOf(plain.activity))).to.deep.equal({});
      expect(valuesOf(cardOf(plain.activity))).to.include({ title: 'Skolgång', where: 'Rådhuset' });
    });

    it('shows nothing in words beside a case that its planner does not have: whom it is about cannot be known', async () => {
      for (const other of ['RAS-2026-0001', 'LOJ-2026-0999']) {
        const message = await said(maria, `möte om ${other} torsdag kl 13 Elliot Exempelsson`);
        expect(errorsOf(cardOf(message.activity))).to.deep.equal({
          title: sv('meeting.plan.problem.telling'),
          subject: sv('errors.meeting.noCase', { reference: other }),
        });
        expect(JSON.stringify(message.activity)).to.not.contain('Elliot');
      }
    });

    it('says which it does not find, and the same of one of another team: before it is sent, and when it is', async () => {
      const theirs = await handIn(app, { municipality: 'Raseborg' });
      for (const other of [theirs, 'RAS-2026-0999', 'LOJ-2026-0999', 'ABC-2026-0001']) {
        const noCase = { subject: sv('errors.meeting.noCase', { reference: other }) };
        const message = await said(petri, `möte ärende ${other} torsdag kl 13 teamet`);
        expect(errorsOf(seen(petri, message)), other).to.deep.equal(noCase);
        expect(valuesOf(seen(petri, message)), other).to.not.have.property('title');
        expect(errorsOf(await press(petri, message, 'meeting.plan')), other).to.deep.equal(noCase);
      }
      expect(meetingsIn()).to.have.length(0);
    });

    it('shows nothing in words beside a case that is not its own, however it is written', async () => {
      const telling = sv('meeting.plan.problem.telling');
      for (const words of [
        'LOJ-0001 Exempelsson',
        'LOJ20260001 Exempelsson',
        'ärende 0001 Exempelsson',
        `${reference} och LOJ-2026-0999 Exempelsson`,
        `om ${reference}s Exempelsson`,
        `om ${reference}n Exempelsson`,
      ]) {
        const message = await said(maria, `möte torsdag kl 13 ${words}`);
        expect(errorsOf(cardOf(message.activity)), words).to.deep.equal({ title: telling });
        expect(JSON.stringify(message.activity), words).to.not.contain('Exempelsson');
      }
      const asked = await said(maria, 'möte torsdag kl 13 LOJ-0001 med Elliot');
      expect(JSON.stringify(asked.activity)).to.not.contain('Elliot');
    });

    it('is about its case in the field of it alone: a title or a place with a case is sent by nobody', async () => {
      const namesCase = sv('meeting.plan.problem.namesCase');
      const message = await said(petri, 'möte torsdag 14 Genomgång');
      const title = await press(petri, message, 'meeting.plan', { title: `${reference}: Saga` });
      expect(errorsOf(title)).to.deep.equal({ title: namesCase });
      const where = await press(petri, message, 'meeting.plan', { title: '', where: 'hos LOJ-2026-0999' });
      expect(errorsOf(where)).to.deep.equal({ where: namesCase });
      expect(meetingsIn()).to.have.length(0);
    });

    it('does not name the young person, nor invite people from outside the team', async () => {
      const message = await said(petri, `möte ${reference} torsdag 14 om Saga`);
      const named = await press(petri, message, 'meeting.plan', { title: `om ${example.youngPerson.name}` });
      expect(errorsOf(named)).to.deep.equal({ title: sv('errors.meeting.namesClient') });
      const [, last] = example.youngPerson.name.split(' ');
      const at = await press(petri, message, 'meeting.plan', { title: '', where: `hos ${last}s mormor` });
      expect(errorsOf(at)).to.deep.equal({ title: sv('errors.meeting.namesClient') });
      const link = await press(petri, message, 'meeting.plan', {
        title: '',
        where: `https://x.fi/%${last?.charCodeAt(0).toString(16)}${last?.slice(1)}`,
      });
      expect(errorsOf(link)).to.deep.equal({ title: sv('errors.meeting.namesClient') });
      const others = { title: '', named: app.people.kaisa.aadObjectId };
      const outside = await press(petri, message, 'meeting.plan', others);
      expect(errorsOf(outside)).to.deep.equal({ named: sv('meeting.plan.problem.outsiders') });
      expect(meetingsIn()).to.have.length(0);
    });

    it('is nobody else’s: another team is told that it has no such case', async () => {
      const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
      const chat = app.teams.personalChat(gunilla);
      const message = await said(gunilla, `möte ${reference} torsdag 14`, chat);
      const refused = await press(gunilla, message, 'meeting.plan', {}, chat);
      expect(errorsOf(refused)).to.deep.equal({ subject: sv('errors.meeting.noCase', { reference }) });
      expect(meetingsIn()).to.have.length(0);
    });
  });

  describe('with several times', () => {
    it('is asked in one card: the times in words, a deadline, and what everybody may know', async () => {
      const message = await said(maria, 'möte förslag torsdag 9 eller 13, fre 4 dec 10–12 Lägesbild');
      const form = seen(maria, message);
      expect(valuesOf(form)).to.include({
        times: 'tors 26 nov kl. 09.00\ntors 26 nov kl. 13.00\nfre 4 dec kl. 10.00, 2 h',
        title: 'Lägesbild',
      });
      expect(titlesOf(form)[0]).to.equal(sv('meeting.plan.submit.ask'));
      await press(maria, message, 'meeting.plan', { poll: 'hidden' });
      expect(meetingsIn()).to.have.length(1);
      expect(textOf(message.activity)).to.contain(sv('meeting.plan.done.asked', { title: 'Lägesbild' }));
    });

    it('writes what is understood in the reader’s words, and asks for the lines that are not', async () => {
      const message = await said(maria, 'möte förslag torsdag 9 eller 13');
      const times = '3.12. klo 9\nnån gång nästa vecka\nimorgon kl 15';
      const again = await press(maria, message, 'meeting.plan', { times, deadline: '27.11.' });
      expect(errorsOf(again)).to.deep.equal({
        times: sv('meeting.plan.problem.unreadLines', { lines: 2 }),
      });
      expect(valuesOf(again)).to.include({
        times: 'tors 3 dec kl. 09.00\nnån gång nästa vecka\ntors 26 nov kl. 15.00',
        deadline: 'fre 27 nov',
      });
    });

    it('is one form with that of one time: nothing is lost on the way there and back', async () => {
      const message = await said(maria, 'möte varje torsdag 14.30 10 gånger Lägesbild');
      const several = await press(maria, message, 'meeting.form', { where: 'Rum 2' });
      expect(valuesOf(several)).to.include({ times: 'tors 26 nov kl. 14.30', where: 'Rum 2', title: 'Lägesbild' });
      const one = await press(maria, message, 'meeting.form', { times: 'tors 26 nov kl. 14.30\nbåda passar' });
      expect(valuesOf(one)).to.include({
        date: '2026-11-26',
        time: '14:30',
        repeat: 'week/1',
        ends: '10 gånger',
        where: 'Rum 2',
        times: 'tors 26 nov kl. 14.30\nbåda passar',
      });
      await press(maria, message, 'meeting.plan');
      expect(meetingsIn()).to.have.length(1);
    });
  });
});
