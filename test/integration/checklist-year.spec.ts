import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { changedRegion, crowd, crowdedRegion } from '../support/crowd.ts';
import { answered, sv, type TestApp, temporaryFolder } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { textOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import type { Fields, TeamsUser } from '../support/teams/world.ts';

/** Presses of Lojo's lists, the start-up list unless told otherwise. */
function press(app: TestApp, user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> {
  const of = { body: 'team:lojo', list: 'startup' };
  return app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { ...of, ...data } });
}
const of23 = (done: number): string => sv('checklist.progress.done', { done, total: 23 });

/** Three looks a day: before work begins (whatever the evening and the night have brought), after that, and as it ends. */
const looks = ['07:59', '08:01', '15:59'] as const;

/** One reminder in private, with the look at which it was there. */
interface Told {
  day: string;
  look: (typeof looks)[number];
  to: string;
  text: string;
}

/** From a Monday on; times are Helsinki's, as people see them. The clocks change on 28 March and 31 October. */
describe('a year with checklists', () => {
  const folder = temporaryFolder();
  let app: TestApp;
  let clock: ShiftingClock;
  const told: Told[] = [];
  /** The days after the first, on which the lists are begun. */
  const days = Array.from({ length: 366 }, (_, index) => Temporal.PlainDate.from('2026-11-24').add({ days: index }));

  /** Nobody works on these days of that year: by the calendar, not by our own rules of it. */
  const holidays = [
    ...['2026-12-24', '2026-12-25', '2027-01-01', '2027-01-06'],
    ...['2027-03-26', '2027-03-29', '2027-05-06', '2027-06-25'],
  ];

  const to = (local: string): Promise<void> => goTo(inHelsinki(local), clock, app.bot);

  /** What is due on days when nobody works, and the day after Easter: whom we remind when. */
  const oneOffs = [
    { item: 'population', due: '2026-12-24', owner: ['2026-12-21', '2026-12-23'], leaders: '2026-12-31' },
    { item: 'crime', due: '2027-01-06', owner: ['2026-12-31', '2027-01-05'], leaders: '2027-01-13' },
    { item: 'narcotics', due: '2027-03-28', owner: ['2027-03-25'], leaders: '2027-04-05' },
    { item: 'alcohol', due: '2027-03-30', owner: ['2027-03-25', '2027-03-30'], leaders: '2027-04-06' },
    { item: 'measures', due: '2027-10-31', owner: ['2027-10-28', '2027-10-29'], leaders: '2027-11-08' },
  ];
  /** Due on the 23rd, first in December: three days before and on the day, or on the last working day before either. */
  const ofSupervision = [
    ...['2026-12-18', '2026-12-23', '2027-01-20', '2027-01-22', '2027-02-19', '2027-02-23', '2027-03-19', '2027-03-23'],
    ...['2027-04-20', '2027-04-23', '2027-05-20', '2027-05-21', '2027-06-18', '2027-06-23', '2027-07-20', '2027-07-23'],
    ...['2027-08-20', '2027-08-23', '2027-09-20', '2027-09-23', '2027-10-20', '2027-10-22', '2027-11-19', '2027-11-23'],
  ];
  /** A week after the ends of those months in which nobody did what the year's wheel has for them. */
  const ofTheWheel = ['2026-12-07', '2027-02-08', '2027-03-08', '2027-04-07', '2027-05-07', '2027-11-08'];

  const weekly = { list: 'own-veckan', item: 'meeting' };
  const wheel = { list: 'year' };

  async function begin(): Promise<void> {
    const { maria, petri, niina, jonas, sofia } = app.people;
    await app.chat.installBot(maria);
    const role = { body: 'team:lojo', person: sofia.aadObjectId, profession: 'social', role: 'leader' };
    await app.chat.pressOld(maria, { verb: 'team.setMember', data: role });
    await app.chat.say(petri, 'checklista start');
    await app.chat.waitFor((chat) => chat.text().includes(of23(0)));
    await press(app, maria, 'checklist.start', { template: 'year' });
    const blocks = '[{ id: a, title: A, items: [{ id: meeting, text: Möte, every: week }] }]';
    await press(app, maria, 'checklist.ownFile', { file: `id: veckan\nfor: team\ntitle: Veckan\nblocks: ${blocks}\n` });
    await press(app, maria, 'checklist.assign', { ...wheel, item: 'supervision', to: petri.aadObjectId });
    await press(app, sofia, 'checklist.assign', { ...wheel, item: 'month-statistics', to: jonas.aadObjectId });
    await press(app, sofia, 'checklist.assign', { ...weekly, to: jonas.aadObjectId });
    for (const { item, due } of oneOffs) {
      await press(app, niina, 'checklist.take', { item });
      await press(app, niina, 'checklist.setDue', { item, due });
    }
    await app.bot.settled();
  }

  /** What comes again is done in time, all else only once the leaders have heard of it. */
  async function work(day: Temporal.PlainDate): Promise<void> {
    const { petri, niina, jonas } = app.people;
    if (day.day === 23) {
      await press(app, petri, 'checklist.done', { ...wheel, item: 'supervision' });
      await press(app, jonas, 'checklist.done', { ...wheel, item: 'month-statistics' });
    }
    if (day.dayOfWeek === 1) await press(app, jonas, 'checklist.done', weekly);
    for (const { item, leaders } of oneOffs) {
      if (leaders === day.toString()) await press(app, niina, 'checklist.done', { item });
    }
  }

  before(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    // Of meetings nobody is asked here.
    const cadence = { team: null, supervision: null, management: null, steering: null, seminar: null };
    const REGION_FILE = changedRegion(folder.path, (region) => {
      region.meetings = { cadence };
    });
    app = await startTestApp({ clock, environment: { REGION_FILE } });
    app.teams.limited = false;
    await begin();
    const chats = Object.values(app.people).map((user) => {
      const chat = app.teams.personalChat(user);
      return { to: user.name, chat, seen: chat.messages.length };
    });
    for (const day of days) {
      for (const look of looks) {
        await to(`${day}T${look}`);
        for (const one of chats) {
          const fresh = one.chat.messages.slice(one.seen);
          one.seen += fresh.length;
          for (const { activity } of fresh)
            told.push({ day: day.toString(), look, to: one.to, text: textOf(activity) });
        }
      }
      await work(day);
    }
  });
  after(async () => {
    await app.stop();
    folder.remove();
  });

  const toldTo = (user: TeamsUser): string[] => told.filter(({ to }) => to === user.name).map(({ day }) => day);

  it('reminds nobody twice on one day, and always as work begins, never on a weekend or a holiday', () => {
    const perDay = told.map(({ day, to }) => `${day} ${to}`);
    expect(perDay).to.deep.equal([...new Set(perDay)]);
    expect(told.filter(({ look }) => look !== '08:01')).to.deep.equal([]);
    const off = told.filter(({ day }) => holidays.includes(day) || Temporal.PlainDate.from(day).dayOfWeek > 5);
    expect(off).to.deep.equal([]);
    const { maria, sofia, petri, niina, jonas } = app.people;
    const concerned = [maria, sofia, petri, niina, jonas].map(({ name }) => name);
    expect([...new Set(told.map(({ to }) => to))], 'who has nothing to do is left in peace').to.have.members(concerned);
  });

  it('reminds the owner three days before and on the day, on the last working day before what is a holiday', () => {
    const dates = new Set(oneOffs.flatMap(({ owner }) => owner));
    expect(toldTo(app.people.niina)).to.deep.equal([...dates].sort());
  });

  it('tells both leaders what has been late for a week, all of a day in one message', () => {
    const dates = new Set([...oneOffs.map(({ leaders }) => leaders), ...ofTheWheel]);
    for (const leader of [app.people.maria, app.people.sofia]) {
      expect(toldTo(leader), leader.name).to.deep.equal([...dates].sort());
    }
  });

  it('brings back what recurs: the monthly twelve times, the weekly each week', async () => {
    expect(toldTo(app.people.petri)).to.deep.equal(ofSupervision);
    const weekOf = (day: Temporal.PlainDate): number | undefined => day.weekOfYear;
    const weeks = toldTo(app.people.jonas).map((day) => weekOf(Temporal.PlainDate.from(day)));
    expect([...new Set(weeks)], 'though a week has holidays').to.deep.equal([...new Set(days.map(weekOf))]);
    const again = answered(await press(app, app.people.maria, 'checklist.view', { ...wheel, block: 'month' }));
    expect(again.split('23 dec'), 'both are due once more').to.have.length(3);
  });

  it('asks nothing of Teams that Teams does not take', () => {
    expect(app.teams.violations).to.deep.equal([]);
  });
});

describe('fifty who press a checklist at once', () => {
  const folder = temporaryFolder();
  const size = 50;
  /** None needs an approval. */
  const items = [
    ...['population', 'crime', 'narcotics', 'alcohol', 'measures', 'coordination', 'working-practice'],
    ...['induction-programme', 'supervision', 'statistics', 'follow-up'],
  ];
  let app: TestApp;
  let experts: TeamsUser[];
  before(async () => {
    app = await startTestApp({ environment: { REGION_FILE: crowdedRegion(folder.path, size) } });
    app.teams.limited = false;
    experts = crowd(app.teams, size);
    for (const expert of experts) await app.chat.addMember(expert);
    await app.chat.installBot(app.people.maria);
    await app.chat.say(app.people.petri, 'checklista start');
    await app.chat.waitFor((chat) => chat.text().includes(of23(0)));
  });
  after(async () => {
    await app.stop();
    folder.remove();
  });

  it('get one owner for an item, and are told who that is', async () => {
    const item = 'population';
    const answers = await Promise.all(experts.map((user) => press(app, user, 'checklist.take', { item })));
    const texts = answers.map(answered);
    const [owner, ...others] = experts.filter((user) => {
      const told = sv('errors.checklist.takenBy', { person: user.name });
      return texts.filter((text) => text.includes(told)).length === size - 1;
    });
    expect(owner).to.not.equal(undefined);
    expect(others).to.deep.equal([]);
  });

  it('get done what they do, each item once, on the one card that all see', async () => {
    const answers = await Promise.all(
      experts.map((user, at) => press(app, user, 'checklist.done', { item: items[at % items.length] })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(size).fill(200));
    const done = of23(items.length);
    await app.chat.waitFor((chat) => chat.text().includes(done));
    await app.bot.settled();
    expect(answered(await press(app, app.people.maria, 'checklist.view'))).to.include(done);
    const lists = app.chat.messages.filter(({ deleted, activity }) => !deleted && textOf(activity).includes(done));
    expect(lists).to.have.length(1);
    expect(app.teams.violations).to.deep.equal([]);
  });
});
