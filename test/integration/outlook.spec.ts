import { expect } from 'chai';
import type { Log } from '../../bot/log.ts';
import type { Running } from '../../bot/main.ts';
import { meetingAggregates, meetingKey, type StoredMeeting } from '../../src/meetings/stored.ts';
import { AppError } from '../../src/shared/errors.ts';
import { formatReference, type PersonId, tenantId } from '../../src/shared/ids.ts';
import type { Store } from '../../src/storage/port.ts';
import { startTestApp, tenant } from '../support/app.ts';
import { type ExamplePerson, people, storeWith } from '../support/builders.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph-double.ts';
import { production, startIssuer } from '../support/issuer.ts';
import { startLoginDouble } from '../support/login-double.ts';
import { meetingCardsIn } from '../support/meeting-run.ts';
import { meeting, meetingId, plant, thursday } from '../support/meetings.ts';
import { startAgain, sv, type TestApp } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, textOf } from '../support/teams/cards.ts';
import { type Fields, isFields } from '../support/teams/world.ts';

const online = { online: true, where: '' };
const on = '2026-11-26';
const weekly = { unit: 'week', every: 1, by: 'weekday', end: { count: 3 }, holidays: 'keep' } as const;
const mailOf = (who: ExamplePerson): string => `${who}@anchor.example`;

describe('meetings in the calendars of the tenant', () => {
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let login: Awaited<ReturnType<typeof startLoginDouble>>;
  let graph: GraphDouble;
  let app: TestApp;
  let bot: Running;
  let clock: ShiftingClock;
  let store: Store;
  let storeFails: boolean;
  let environment: Record<string, string>;
  let lines: string[];

  const said = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
  const log: Log = { info: said, warn: said, error: said };
  const through = (opened: Store): Store => {
    store = opened;
    return storeWith(opened, {
      async replace(document, version) {
        if (storeFails && document.kind === 'meeting') throw new AppError('store.unavailable');
        return opened.replace(document, version);
      },
    });
  };
  const connect = (): void =>
    app.teams.connectTo(`http://127.0.0.1:${bot.port}/api/messages`, {
      headers: async () => ({
        authorization: `Bearer ${await issuer.token({ serviceurl: app.teams.serviceUrl }, { audience: environment.BOT_ID ?? '' })}`,
      }),
    });

  beforeEach(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    lines = [];
    storeFails = false;
    [issuer, login] = await Promise.all([startIssuer(), startLoginDouble()]);
    graph = await startGraphDouble(login.token);
    for (const [name, id] of Object.entries(people))
      graph.users.set(id, { mail: `${name}@anchor.example`, userPrincipalName: `${name}@anchor.onmicrosoft.com` });
    // What signs in keeps the tokens of a bot for the whole process.
    environment = {
      ...production,
      ...issuer.environment,
      BOT_ID: crypto.randomUUID(),
      GRAPH_CALENDAR: 'on',
    };
    app = await startTestApp({ clock, log, environment, through, graph: graph.url });
    bot = app.bot;
    app.teams.limited = false;
    connect();
    await app.chat.installBot(app.people.maria);
    await bot.settled();
  });
  afterEach(async () => {
    if (bot !== app.bot) await bot.stop();
    await app.stop();
    await graph.close();
    await login.close();
    await issuer.close();
  });

  const minutesOn = (minutes: number): Promise<void> => goTo(clock.now().add({ minutes }), clock, bot);

  /** Puts it into the store, and lets the bot find it. */
  async function planned(one: StoredMeeting): Promise<void> {
    await plant(store, one);
    await minutesOn(2);
  }

  async function press(who: keyof TestApp['people'], verb: string, data: Fields = {}): Promise<void> {
    await app.chat.pressOld(app.people[who], { type: 'Action.Execute', verb, data: { id: meetingId, ...data } });
    await bot.settled();
  }

  /** As the form of a change sends it; what is not said stays as {@link meeting} has it, online. */
  const change = (over: Fields = {}): Promise<void> =>
    press('maria', 'meeting.change', {
      on,
      when: '26.11.2026 kl. 13.00',
      length: '1 h',
      title: 'Ärendegenomgång',
      how: 'remote',
      where: '',
      ...over,
    });
  const toFriday = { when: '27.11.2026 kl. 9.00', length: '30 min' };

  const stored = async (): Promise<StoredMeeting | null> =>
    meetingAggregates(store).get(meetingKey({ tenant: tenantId(tenant), id: meetingId }));

  const asked = (method: string): string[] =>
    graph.requests.filter((request) => request.method === method).map(({ path }) => path);

  it('are events of whoever has them in hand, with a Teams meeting, and nobody who is invited sees who else is', async () => {
    await planned(meeting({ place: online }));
    expect(graph.events).to.have.lengthOf(1);
    const [{ owner, fields, mails } = { owner: '', fields: {}, mails: [] }] = graph.events;
    expect(owner).to.equal(people.maria);
    expect(fields).to.deep.include({
      subject: 'Ärendegenomgång · Lojo ankarteam',
      start: { dateTime: '2026-11-26T11:00:00', timeZone: 'UTC' },
      end: { dateTime: '2026-11-26T12:00:00', timeZone: 'UTC' },
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      hideAttendees: true,
      responseRequested: false,
      allowNewTimeProposals: false,
      sensitivity: 'normal',
      transactionId: `${meetingId}-1`,
    });
    expect(mails).to.have.members((['petri', 'sofia', 'niina', 'jonas'] as const).map(mailOf));
    expect(login.asked.map(({ body }) => body).join()).to.include('scope=https%3A%2F%2Fgraph.microsoft.com%2F.default');
  });

  it('are joined from the card, in the chat and in private', async () => {
    await planned(meeting({ place: online, invited: { everyone: true, named: [people.gunilla] } }));
    const joins = (card: unknown): unknown[] => {
      const actions = isFields(card) && Array.isArray(card.actions) ? card.actions : [];
      return actions.filter((action) => isFields(action) && action.title === sv('meeting.actions.join'));
    };
    const card = await app.chat.waitFor(() =>
      app.chat.messages.map(({ activity }) => cardOf(activity)).find((one) => joins(one).length > 0),
    );
    expect(joins(card)).to.deep.equal([
      {
        type: 'Action.OpenUrl',
        title: sv('meeting.actions.join'),
        url: 'https://teams.microsoft.com/l/meetup-join/AAkALg1/+=',
      },
    ]);
    expect((await stored())?.outlook?.['1']?.join).to.match(/^https:/);
    await press('maria', 'meeting.cancel');
    expect(joins(cardOf(app.chat.last().activity))).to.deep.equal([]);
  });

  it('of a case are called by its reference alone, and are private', async () => {
    const subject = formatReference('LOJ', 2026, 42);
    await planned(meeting({ kind: 'case', subject, title: 'Samtal om skolan', place: online }));
    expect(graph.events[0]?.fields).to.include({ subject: 'Ankarmöte · LOJ-2026-0042', sensitivity: 'private' });
    expect(JSON.stringify(graph.requests)).to.not.include('Samtal');
  });

  it('have no Teams meeting where people meet in a room, or by a link of their own', async () => {
    await planned(meeting());
    expect(graph.events[0]?.fields).to.not.have.any.keys('isOnlineMeeting', 'onlineMeetingProvider');
    expect(graph.events[0]?.fields.location).to.deep.equal({ displayName: 'Polisstationen' });
    await change({ where: 'https://a.example/b' });
    expect(graph.events[0]?.fields).to.not.have.any.keys('isOnlineMeeting');
    await change();
    expect(graph.events[0]?.fields).to.include({ isOnlineMeeting: true });
    expect((await stored())?.outlook?.['1']?.join).to.match(/^https:/);
  });

  it('follow a change and a cancellation, once each, and an answer changes nothing there', async () => {
    await planned(meeting({ place: online }));
    await change(toFriday);
    expect(asked('PATCH')).to.have.lengthOf(1);
    expect(graph.events[0]?.fields).to.deep.include({ start: { dateTime: '2026-11-27T07:00:00', timeZone: 'UTC' } });
    const [patched] = graph.requests.filter(({ method }) => method === 'PATCH');
    expect(patched?.body, 'what would take its Teams meeting away').to.not.have.any.keys('isOnlineMeeting', 'body');
    await press('petri', 'meeting.reply', { on, coming: 'yes' });
    await minutesOn(90);
    expect(asked('PATCH')).to.have.lengthOf(1);
    await press('maria', 'meeting.cancel');
    expect(graph.events.map(({ cancelled }) => cancelled)).to.deep.equal([true]);
    const count = graph.requests.length;
    await minutesOn(180);
    expect(graph.requests).to.have.lengthOf(count);
  });

  it('of a series are one event for each holding: one is moved, one is called off, and all that is left', async () => {
    await planned(meeting({ place: online, plan: { one: thursday, repeat: weekly } }));
    const days = (): string[] =>
      graph.events.map(
        ({ fields, cancelled }) => `${JSON.stringify(fields.start).slice(13, 23)}${cancelled ? ' off' : ''}`,
      );
    expect(days()).to.deep.equal(['2026-11-26', '2026-12-03', '2026-12-10']);
    await change({ on: '2026-12-03', when: '4.12.2026 kl. 9.00' });
    expect(days()).to.deep.equal(['2026-11-26', '2026-12-04', '2026-12-10']);
    expect(asked('PATCH')).to.have.lengthOf(1);
    await press('maria', 'meeting.cancel', { on: '2026-12-10' });
    expect(days()).to.deep.equal(['2026-11-26', '2026-12-04', '2026-12-10 off']);
    await goTo(inHelsinki('2026-11-27T09:00'), clock, bot);
    await press('maria', 'meeting.cancel');
    expect(days(), 'what was held stays').to.deep.equal(['2026-11-26', '2026-12-04 off', '2026-12-10 off']);
  });

  it('of a long series come half a year before they are held, and what is over is forgotten', async () => {
    const yearly = { unit: 'month', every: 5, by: 'weekday', end: { count: 3 }, holidays: 'keep' } as const;
    await planned(meeting({ place: online, plan: { one: thursday, repeat: yearly } }));
    expect(graph.events).to.have.lengthOf(2);
    await goTo(inHelsinki('2027-04-01T09:00'), clock, bot);
    expect(graph.events).to.have.lengthOf(3);
    expect(Object.keys((await stored())?.outlook ?? {})).to.deep.equal(['2', '3']);
  });

  it('invite who comes newly, and not those who have left', async () => {
    await planned(meeting({ place: online }));
    await app.chat.pressOld(app.people.maria, {
      verb: 'team.removeMember',
      data: { body: 'team:lojo', person: people.niina, confirmed: 1 },
    });
    await minutesOn(2);
    expect(JSON.stringify(graph.events[0]?.fields.attendees)).to.not.include('niina');
    expect(asked('PATCH')).to.have.lengthOf(1);
  });

  it('about a case have nobody in them who has left its team, also who was invited by name', async () => {
    const subject = formatReference('LOJ', 2026, 42);
    await planned(
      meeting({ kind: 'case', subject, title: '', invited: { everyone: false, named: [people.niina, people.petri] } }),
    );
    const attendees = (): string => JSON.stringify(graph.events[0]?.fields.attendees);
    expect(attendees()).to.include('niina');
    await app.chat.pressOld(app.people.maria, {
      verb: 'team.removeMember',
      data: { body: 'team:lojo', person: people.niina, confirmed: 1 },
    });
    await minutesOn(2);
    expect(attendees()).to.include('petri').and.not.include('niina');
    const [card] = meetingCardsIn(app.chat);
    expect(card && textOf(card.activity))
      .to.include('Petri')
      .and.not.include('Niina');
    const form = await app.chat.pressOld(app.people.maria, { verb: 'meeting.changeForm', data: { id: meetingId, on } });
    expect(JSON.stringify(form.card), 'the form that is sent in as it is').to.not.include(people.niina);
  });

  it('go by the address that the tenant knows at that moment, and leave out who has none', async () => {
    const guest = { mail: null, userPrincipalName: 'jonas_other.fi#EXT#@anchor.onmicrosoft.com' };
    graph.users.set(people.jonas, guest);
    graph.users.set(people.sofia, { mail: null, userPrincipalName: 'sofia@anchor.onmicrosoft.com' });
    graph.users.delete(people.niina);
    await planned(meeting({ place: online }));
    expect(graph.events[0]?.mails).to.have.members([mailOf('petri'), 'sofia@anchor.onmicrosoft.com']);
  });

  it('keep no address anywhere: not in the store, nor in the log, whatever goes wrong', async () => {
    graph.failing(({ method }) => (method === 'POST' ? { status: 500, code: 'ErrorInternalServerError' } : null));
    await planned(meeting({ place: online }));
    graph.failing(() => null);
    await minutesOn(10);
    expect(graph.events).to.have.lengthOf(1);
    const document = JSON.stringify(await stored());
    for (const text of [
      document,
      lines.join('\n'),
      await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text(),
    ]) {
      expect(text).to.not.match(/anchor\.(?:example|onmicrosoft)|a@b|a-token-for/);
    }
    expect(document).to.include('"outlook"');
    expect(lines.join('\n')).to.include('outlook.unavailable').and.include('ErrorInternalServerError');
  });

  it('wait as long as Graph says, and are asked for no sooner', async () => {
    graph.failing(({ method }) =>
      method === 'POST' ? { status: 429, code: 'TooManyRequests', headers: { 'retry-after': '240' } } : null,
    );
    await planned(meeting({ place: online }));
    expect(asked('POST')).to.have.lengthOf(1);
    const count = graph.requests.length;
    graph.failing(() => null);
    await minutesOn(1);
    await minutesOn(1);
    expect(graph.requests, 'nothing at all').to.have.lengthOf(count);
    for (let times = 0; times < 5; times += 1) await minutesOn(3);
    expect(graph.events).to.have.lengthOf(1);
  });

  for (const status of [500, 503, 401, 409, 412])
    it(`come after all when Graph answers ${status} at first, and the chat waits for none of it`, async () => {
      graph.failing(() => ({ status }));
      await planned(meeting({ place: online }));
      expect(app.chat.text()).to.include('Ärendegenomgång');
      expect(graph.events).to.deep.equal([]);
      graph.failing(() => null);
      for (let times = 0; times < 3; times += 1) await minutesOn(3);
      expect(graph.events).to.have.lengthOf(1);
    });

  it('are not asked for again when Graph refuses, until the meeting is another', async () => {
    graph.failing(({ method }) => (method === 'POST' ? { status: 403, code: 'ErrorAccessDenied' } : null));
    await planned(meeting({ place: online }));
    const count = graph.requests.length;
    expect(count).to.be.greaterThan(0);
    await minutesOn(200);
    expect(graph.requests).to.have.lengthOf(count);
    expect(lines.filter((line) => line.includes('ErrorAccessDenied'))).to.have.lengthOf(1);
    expect(app.chat.text()).to.include('Ärendegenomgång');
    graph.failing(() => null);
    await change(toFriday);
    expect(graph.events).to.have.lengthOf(1);
  });

  for (const [what, over] of [
    ['as it was', {}],
    ['changed meanwhile', { ...toFriday, title: '' }],
  ] as const)
    it(`come back with whoever leaves the team and comes back, ${what}`, async () => {
      const subject = formatReference('LOJ', 2026, 42);
      await planned(meeting({ kind: 'case', subject, title: '', place: online }, { by: 'petri' }));
      const petri = { body: 'team:lojo', person: people.petri };
      await press('maria', 'team.removeMember', { ...petri, confirmed: 1 });
      await minutesOn(3);
      if (what !== 'as it was') await change(over);
      await press('maria', 'team.setMember', { ...petri, profession: 'police', role: 'member' });
      for (let times = 0; times < 3; times += 1) await minutesOn(3);
      const held = graph.events.filter(({ cancelled }) => !cancelled);
      expect(held.map(({ owner }) => owner)).to.deep.equal([people.petri]);
      const record = (await stored())?.outlook?.['1'];
      expect(record?.id).to.equal(held[0]?.id);
      await press('maria', 'meeting.cancel');
      expect(graph.events.filter(({ cancelled }) => !cancelled)).to.deep.equal([]);
    });

  it('come back with a holding that fell away and is held again', async () => {
    const skipping = { ...weekly, end: { count: 6 }, holidays: 'skip' } as const;
    await planned(meeting({ place: online, plan: { one: thursday, repeat: skipping } }));
    const days = (): string[] =>
      graph.events
        .flatMap(({ fields, cancelled }) => (cancelled ? [] : [JSON.stringify(fields.start).slice(13, 23)]))
        .toSorted();
    const before = days();
    await change({ on, scope: 'all', when: '27.11.2026 kl. 13.00' });
    await minutesOn(3);
    expect(days()).to.not.deep.equal(before);
    await change({ on: '2026-11-27', scope: 'all' });
    await minutesOn(3);
    expect(days()).to.deep.equal(before);
  });

  it('are left alone when whoever has them in hand has deleted them in Outlook', async () => {
    await planned(meeting({ place: online }));
    const [held] = graph.events;
    if (held) held.cancelled = true;
    await change(toFriday);
    await press('maria', 'meeting.cancel');
    await minutesOn(120);
    expect(graph.events).to.have.lengthOf(1);
    expect((await stored())?.outlook).to.deep.equal({});
  });

  it('are made once when an answer is lost, also when the meeting was changed before it was asked for again', async () => {
    graph.failing(({ method }) => (method === 'POST' ? 'lost' : null));
    await planned(meeting({ place: online }));
    expect(graph.events).to.have.lengthOf(1);
    graph.failing(() => null);
    await change(toFriday);
    for (let times = 0; times < 3; times += 1) await minutesOn(3);
    expect(graph.events).to.have.lengthOf(1);
    expect(graph.events[0]?.fields).to.deep.include({ start: { dateTime: '2026-11-27T07:00:00', timeZone: 'UTC' } });
    expect((await stored())?.outlook?.['1']?.id).to.equal(graph.events[0]?.id);
  });

  it('are taken out again when an answer was lost and the meeting is cancelled', async () => {
    graph.failing(({ method }) => (method === 'POST' ? 'lost' : null));
    await planned(meeting({ place: online }));
    graph.failing(() => null);
    await press('maria', 'meeting.cancel');
    for (let times = 0; times < 3; times += 1) await minutesOn(3);
    expect(graph.events.map(({ cancelled }) => cancelled)).to.deep.equal([true]);
  });

  for (const how of ['changed', 'cancelled'])
    it(`leave none behind when an answer is lost and Graph finds the event only later, and the meeting is ${how}`, async () => {
      graph.failing(({ method }) => (method === 'POST' ? 'lost' : null));
      await planned(meeting({ place: online }));
      graph.failing(() => null);
      graph.lag(2);
      if (how === 'changed') await change(toFriday);
      else await press('maria', 'meeting.cancel');
      for (let times = 0; times < 5; times += 1) await minutesOn(3);
      expect(graph.events.map(({ cancelled }) => cancelled)).to.deep.equal([how === 'cancelled']);
      if (how === 'changed') expect((await stored())?.outlook?.['1']?.id).to.equal(graph.events[0]?.id);
    });

  it('leave none behind when an event that was taken for gone turns up, and the meeting is cancelled', async () => {
    graph.failing(({ method }) => (method === 'POST' ? 'lost' : null));
    await planned(meeting({ place: online }));
    graph.failing(() => null);
    graph.lag(3);
    await change(toFriday);
    for (let times = 0; times < 5; times += 1) await minutesOn(3);
    expect(graph.events).to.have.lengthOf(2);
    await press('maria', 'meeting.cancel');
    expect(graph.events.map(({ cancelled }) => cancelled)).to.deep.equal([true, true]);
  });

  it('are made once when the bot ends between the event and what it writes down of it', async () => {
    graph.failing(({ method }) => {
      storeFails = method === 'POST';
      return null;
    });
    await plant(store, meeting({ place: online }));
    clock.jump(clock.now().add({ minutes: 2 }));
    await graph.waitFor(() => graph.events.length > 0);
    await bot.stop();
    graph.failing(() => null);
    storeFails = false;
    bot = await startAgain(app, { clock, log, through, graph: graph.url }, environment);
    connect();
    for (let times = 0; times < 3; times += 1) await minutesOn(3);
    expect(graph.events).to.have.lengthOf(1);
    expect(graph.events[0]?.mails, 'invited once').to.have.lengthOf(4);
    expect((await stored())?.outlook?.['1']?.id).to.equal(graph.events[0]?.id);
  });

  it('are none of what has no time yet, nor of what nobody has said yes to', async () => {
    await planned(meeting({ place: online }, { by: 'petri' }));
    expect(graph.requests).to.deep.equal([]);
    await press('maria', 'meeting.confirm');
    expect(graph.events.map(({ owner }) => owner)).to.deep.equal([people.maria satisfies PersonId]);
  });
});

describe('a bot whose tenant has granted no calendars', () => {
  it('asks nothing of Graph', async () => {
    const graph = await startGraphDouble('none');
    let store: Store | undefined;
    const clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    const app = await startTestApp({ clock, graph: graph.url, through: (opened) => (store = opened) });
    try {
      await app.chat.installBot(app.people.maria);
      if (store) await plant(store, meeting({ place: online }));
      await goTo(clock.now().add({ minutes: 2 }), clock, app.bot);
      expect(app.chat.text()).to.include('Ärendegenomgång');
      expect(graph.requests).to.deep.equal([]);
    } finally {
      await app.stop();
      await graph.close();
    }
  });
});
