import { expect } from 'chai';
import ICAL from 'ical.js';
import type { Log } from '../../bot/log.ts';
import { decide } from '../../src/meetings/decide.ts';
import type { MeetingCommand } from '../../src/meetings/model.ts';
import { meetingAggregates, meetingKey, type StoredMeeting } from '../../src/meetings/stored.ts';
import { conversationId, formatReference, tenantId } from '../../src/shared/ids.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import type { Store } from '../../src/storage/port.ts';
import { objectId, startTestApp, tenant } from '../support/app.ts';
import { type ExamplePerson, people, raseborg } from '../support/builders.ts';
import { meeting, meetingId, plant, sceneOf, thursday } from '../support/meetings.ts';
import { answered, sv, type TestApp } from '../support/seed.ts';
import { inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

interface Read {
  uid: string;
  sequence: number;
  begins: string;
  ends: string;
  title: string;
  place: string;
  status: string;
  others: number;
}

/** As a calendar reads the file: the library of another maker than the one that wrote it. */
function read(file: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(file));
  expect(calendar.name).to.equal('vcalendar');
  return calendar.getAllSubcomponents('vevent').map((part) => {
    const { uid, sequence, startDate, endDate, summary, location } = new ICAL.Event(part);
    return {
      uid,
      sequence,
      begins: startDate.toJSDate().toISOString(),
      ends: endDate.toJSDate().toISOString(),
      title: summary,
      place: location ?? '',
      status: String(part.getFirstPropertyValue('status')),
      others: part.getAllProperties('attendee').length + part.getAllProperties('organizer').length,
    };
  });
}

/** Everything under a card that is an address of ours. */
function addressIn(card: unknown): string | null {
  return /http:\/\/localhost:\d+\/calendar\/[\w.-]+/.exec(JSON.stringify(card ?? {}))?.[0] ?? null;
}

describe('meetings in the calendars that people use elsewhere', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let store: Store;
  let lines: string[];

  beforeEach(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    lines = [];
    const said = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
    const log: Log = { info: said, warn: said, error: said };
    app = await startTestApp({ clock, log, through: (opened) => (store = opened) });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    app.chat.pressOld(user, { type: 'Action.Execute', verb, data });

  /** The person's address, made anew. */
  async function address(user: TeamsUser): Promise<string> {
    const answer = await press(user, 'calendar.renew');
    const made = addressIn(answer.card);
    if (!made) throw new Error(`no address: ${JSON.stringify(answer.card)}`);
    return made;
  }

  async function fetched(url: string): Promise<Read[]> {
    const answer = await fetch(url);
    expect(answer.status, url).to.equal(200);
    return read(await answer.text());
  }

  /** What somebody's press makes of the stored meeting, as the service writes it. */
  const does = (who: ExamplePerson, command: MeetingCommand, id = meetingId): Promise<StoredMeeting> =>
    meetingAggregates(store).change(meetingKey({ tenant: tenantId(tenant), id }), (stored) => ({
      ...decide(stored, command, sceneOf(who, clock.now())),
      tenant: stored.tenant,
    }));

  const fileOf = async (user: TeamsUser, id = meetingId, on = '2026-11-26'): Promise<string> => {
    const link = addressIn((await press(user, 'calendar.meeting', { id, on })).card);
    if (!link) throw new Error('no link');
    return link;
  };

  it('come by an address of the person’s own, read back as they were planned, and say only that there is a meeting', async () => {
    await plant(store, meeting());
    const answer = await fetch(await address(app.people.petri));
    expect(answer.status).to.equal(200);
    expect(Object.fromEntries(answer.headers)).to.include({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const file = await answer.text();
    expect(file).to.not.match(/Ärendegenomgång|Polisstationen|Lojo|Maria|Petri|mailto/i);
    expect(read(file)).to.deep.equal([
      {
        uid: `${meetingId}-1@ankarbot`,
        sequence: 0,
        begins: '2026-11-26T11:00:00.000Z',
        ends: '2026-11-26T12:00:00.000Z',
        title: 'Ankarmöte',
        place: '',
        status: 'CONFIRMED',
        others: 0,
      },
    ]);
  });

  it('say more when the person chose so, never who else is invited, and less again when they choose that', async () => {
    await plant(store, meeting({ invited: { everyone: true, named: [people.kaisa] } }));
    const { petri } = app.people;
    const url = await address(petri);
    const more = await press(petri, 'calendar.choose', { detail: 'all' });
    expect(answered(more)).to.include(sv('calendar.detail.all'));
    const [event] = await fetched(url);
    expect(event).to.include({ title: 'Ärendegenomgång · Lojo ankarteam', place: 'Polisstationen', others: 0 });
    const file = await (await fetch(url)).text();
    for (const { name } of Object.values(app.people)) expect(file).to.not.include(name);
    const less = await press(petri, 'calendar.choose', { detail: 'little' });
    expect(answered(less)).to.include(sv('calendar.detail.little')).and.include(sv('calendar.chosen'));
    expect(await fetched(url)).to.deep.include({ ...event, title: 'Ankarmöte', place: '' });
  });

  it('say as much by a new address as by the one that it took the place of', async () => {
    await plant(store, meeting());
    const { petri } = app.people;
    await address(petri);
    await press(petri, 'calendar.choose', { detail: 'all' });
    await press(petri, 'calendar.revoke');
    expect((await fetched(await address(petri)))[0]).to.include({ title: 'Ärendegenomgång · Lojo ankarteam' });
  });

  it('are told in the language in which the person chose', async () => {
    await plant(store, meeting());
    const { petri } = app.people;
    await press(petri, 'language.set', { language: 'fi' });
    expect((await fetched(await address(petri)))[0]?.title).to.equal('Ankkurikokous');
  });

  it('keep their name when they are changed, and grow in number so that a calendar takes in the newer', async () => {
    const repeat = {
      unit: 'week',
      every: 1,
      by: 'weekday',
      end: { count: 3 },
      holidays: 'keep',
    } as const;
    await plant(store, meeting({ plan: { one: thursday, repeat } }));
    const url = await address(app.people.petri);
    const before = await fetched(url);
    expect(before.map(({ begins }) => begins.slice(0, 10))).to.deep.equal(['2026-11-26', '2026-12-03', '2026-12-10']);
    await does('maria', {
      do: 'change',
      on: '2026-12-03',
      changes: { slot: { start: '2026-12-04T09:00', minutes: 30 } },
    });
    const moved = await fetched(url);
    expect(moved.map(({ uid }) => uid)).to.deep.equal(before.map(({ uid }) => uid));
    expect(moved[1]).to.include({ begins: '2026-12-04T07:00:00.000Z', ends: '2026-12-04T07:30:00.000Z', sequence: 1 });
    await does('maria', { do: 'change', on: null, changes: { slot: { start: '2026-11-27T10:00', minutes: 60 } } });
    const whole = await fetched(url);
    expect(whole.map(({ uid }) => uid)).to.deep.equal(before.map(({ uid }) => uid));
    expect(whole.map(({ begins }) => begins.slice(0, 10))).to.deep.equal(['2026-11-27', '2026-12-04', '2026-12-11']);
    expect(whole.every(({ sequence }) => sequence === 2)).to.equal(true);
    await does('maria', { do: 'cancel', on: '2026-12-04' });
    expect((await fetched(url)).map(({ status, sequence }) => `${status} ${sequence}`)).to.deep.equal([
      'CONFIRMED 3',
      'CANCELLED 3',
      'CONFIRMED 3',
    ]);
  });

  it('are shown as cancelled when all of it is, but for what was held before', async () => {
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 2 }, holidays: 'keep' } as const;
    await plant(store, meeting({ plan: { one: thursday, repeat } }));
    const url = await address(app.people.petri);
    clock.jump(inHelsinki('2026-11-27T09:00'));
    await does('maria', { do: 'cancel', on: null });
    expect((await fetched(url)).map(({ status, sequence }) => `${status} ${sequence}`)).to.deep.equal([
      'CONFIRMED 1',
      'CANCELLED 1',
    ]);
  });

  it('are shown as cancelled also where a card of them waits in a chat that is closed to the bot', async () => {
    await plant(store, meeting());
    const url = await address(app.people.petri);
    await does('maria', { do: 'cancel', on: null });
    await meetingAggregates(store).change(meetingKey({ tenant: tenantId(tenant), id: meetingId }), (stored) => {
      const conversation = conversationId('19:closed@thread.v2');
      const closed = { id: 'closed', conversation, activityId: 'm', shown: 1, state: 'live', away: true } as const;
      return { ...stored, delivery: { ...stored.delivery, placements: [closed] } };
    });
    expect((await fetched(url)).map(({ status }) => status)).to.deep.equal(['CANCELLED']);
  });

  it('are brought to Outlook by a button, and to any other calendar by copying the address', async () => {
    const { card } = await press(app.people.petri, 'calendar.renew');
    const url = `${addressIn(card)}`;
    const found = /https:\/\/outlook[^"]*/.exec(JSON.stringify(card))?.[0] ?? '';
    const { origin, pathname, searchParams } = new URL(found);
    expect(origin + pathname).to.equal('https://outlook.office.com/calendar/0/addfromweb');
    expect(Object.fromEntries(searchParams)).to.deep.equal({ url, name: sv('calendar.name') });
    const field = JSON.stringify(card).split('"type":"Input.Text"')[1];
    expect(field, 'in one line, to be marked whole').to.include(url).and.not.include('isMultiline');
  });

  it('are those to which the person is to come: not what they declined, and none once they belong to nothing', async () => {
    await plant(store, meeting());
    const { petri, niina, kaisa } = app.people;
    const [his, hers, outside] = [await address(petri), await address(niina), await address(kaisa)];
    expect(await fetched(outside), 'of another body').to.deep.equal([]);
    await does('petri', { do: 'reply', on: '2026-11-26', coming: 'no' });
    expect(await fetched(his)).to.deep.equal([]);
    await does('petri', { do: 'reply', on: '2026-11-26', coming: 'maybe' });
    expect(await fetched(his)).to.have.lengthOf(1);
    expect(await fetched(hers)).to.have.lengthOf(1);
    await press(app.people.maria, 'team.removeMember', {
      body: 'team:lojo',
      person: niina.aadObjectId,
      confirmed: 1,
    });
    expect(await fetched(hers)).to.deep.equal([]);
  });

  it('lead nowhere by an address that was taken back or made anew, nor by one that somebody made up', async () => {
    await plant(store, meeting());
    const { petri } = app.people;
    expect(addressIn((await press(petri, 'calendar.view')).card), 'none before one is made').to.equal(null);
    const first = await address(petri);
    const second = await address(petri);
    expect(first).to.not.equal(second);
    const status = async (url: string | URL): Promise<number> => (await fetch(url)).status;
    expect(await status(first)).to.equal(404);
    expect(await status(second)).to.equal(200);
    const revoked = await press(petri, 'calendar.revoke');
    expect(answered(revoked)).to.include(sv('calendar.revoked'));
    expect(addressIn(revoked.card)).to.equal(null);
    expect(await status(second), 'at once').to.equal(404);
    const third = await address(petri);
    expect([await status(first), await status(second), await status(third)]).to.deep.equal([404, 404, 200]);
    const token =
      third
        .replace(/\.ics$/, '')
        .split('/')
        .at(-1) ?? '';
    const [kid, iv, tag, ct = ''] = token.split('.');
    for (const forged of [
      token.slice(0, -1),
      `${token}x`,
      `.${token}`,
      [kid, iv, tag].join('.'),
      [kid, iv, tag, `${ct.slice(0, -1)}${ct.endsWith('A') ? 'B' : 'A'}`].join('.'),
      [kid, tag, iv, ct].join('.'),
      [kid, '', '', ''].join('.'),
      '%00',
      '',
      '..%2F..%2Fmetrics',
    ]) {
      const answer = await fetch(`${app.url}/calendar/${forged}.ics`);
      expect(answer.status, forged).to.equal(404);
      expect(await answer.text())
        .to.include(sv('calendar.gone.text'))
        .and.not.match(/Petri|a0000000/);
    }
  });

  it('are read and nothing else: whoever only looks is told that there is nothing to see', async () => {
    const url = await address(app.people.petri);
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PROPFIND'])
      expect((await fetch(url, { method })).status, method).to.equal(405);
  });

  it('are handed out twenty times a minute to one person, which is nobody else’s loss', async () => {
    const [his, hers] = [await address(app.people.petri), await address(app.people.sofia)];
    const statuses = await Promise.all(Array.from({ length: 21 }, async () => (await fetch(his)).status));
    expect(statuses.filter((status) => status === 200)).to.have.lengthOf(20);
    const late = await fetch(his);
    expect(late.status).to.equal(429);
    expect(Number(late.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await fetch(hers)).status).to.equal(200);
    clock.jump(clock.now().add({ minutes: 1, seconds: 1 }));
    expect((await fetch(his)).status).to.equal(200);
  });

  it('come one by one as files too, good for a quarter of an hour and as long as the person may see the meeting', async () => {
    await plant(store, meeting());
    const { petri, niina } = app.people;
    await press(petri, 'calendar.choose', { detail: 'all' });
    const card = (await press(petri, 'calendar.meeting', { id: meetingId, on: '2026-11-26' })).card;
    // An address stays in histories and logs: whatever somebody chose, it tells when and nothing else.
    const [address = ''] = /https:\/\/teams[^"]*/.exec(JSON.stringify(card)) ?? [];
    const told = Object.fromEntries(new URL(address).searchParams);
    expect(Object.keys(told)).to.deep.equal(['subject', 'startTime', 'endTime']);
    expect(told.subject).to.equal('Ankarmöte');
    const [his, hers] = [await fileOf(petri), await fileOf(niina)];
    expect(await fetched(his)).to.have.lengthOf(1);
    await press(app.people.maria, 'team.removeMember', {
      body: 'team:lojo',
      person: niina.aadObjectId,
      confirmed: 1,
    });
    expect((await fetch(hers)).status).to.equal(404);
    clock.jump(clock.now().add({ minutes: passMinutes, seconds: 1 }));
    const late = await fetch(his);
    expect(late.status).to.equal(410);
    expect(await late.text()).to.include(sv('calendar.gone.text'));
  });

  it('are in one and the same event of a calendar, whether they came as a file or by the address', async () => {
    await plant(store, meeting());
    const { petri } = app.people;
    expect(await fetched(await fileOf(petri))).to.deep.equal(await fetched(await address(petri)));
  });

  it('of another team about a case are nobody else’s, in no way', async () => {
    const subject = formatReference('RAS', 2026, 1);
    const theirs = meeting(
      {
        body: raseborg,
        kind: 'case',
        subject,
        title: '',
        invited: { everyone: false, named: [people.gunilla, people.petri] },
      },
      { by: 'gunilla' },
    );
    await plant(store, theirs);
    const { petri } = app.people;
    expect(await fetched(await address(petri))).to.deep.equal([]);
    const refused = await press(petri, 'calendar.meeting', { id: meetingId, on: '2026-11-26' });
    expect(addressIn(refused.card)).to.equal(null);
    expect(answered(refused)).to.include(sv('errors.meeting.notFound'));
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    await press(gunilla, 'calendar.choose', { detail: 'all' });
    const [event] = await fetched(await address(gunilla));
    expect(event).to.include({ others: 0 });
  });

  it('are asked for by command, and the address is shown to its owner alone', async () => {
    const { petri } = app.people;
    await address(petri);
    for (const words of ['min kalender', 'oma kalenteri', 'my calendar']) {
      await app.chat.say(petri, words);
      await app.bot.settled();
      expect(addressIn(app.chat.last().activity), words).to.equal(null);
      await app.teams.personalChat(petri).say(petri, words);
      await app.bot.settled();
      expect(addressIn(app.teams.personalChat(petri).last().activity), words).to.not.equal(null);
    }
    expect(addressIn((await press(petri, 'calendar.view')).card)).to.not.equal(null);
  });

  it('leave nothing of an address in the log, nor in what is counted', async () => {
    await plant(store, meeting());
    const urls = [await address(app.people.petri), await fileOf(app.people.sofia), `${app.url}/calendar/nonsense.ics`];
    for (const url of urls) for (const method of ['GET', 'HEAD']) await fetch(url, { method });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).to.match(/ankarbot_calendars_total\{outcome="200"\} 2/);
    expect(lines.length).to.be.greaterThan(0);
    for (const url of urls) {
      const token = url.split('/').at(-1) ?? '';
      for (const part of [token, ...token.split('.').filter((one) => one.length > 6)])
        expect(lines.join('\n') + metrics).to.not.include(part);
    }
  });

  it('get no address for whoever the directory does not know', async () => {
    const stranger = app.teams.addUser({ name: 'Okänd Person', aadObjectId: objectId('ff') });
    for (const verb of ['calendar.view', 'calendar.renew', 'calendar.revoke']) {
      const answer = await press(stranger, verb);
      expect(addressIn(answer.card), verb).to.equal(null);
      expect(isFields(answer.card)).to.equal(true);
    }
  });
});
