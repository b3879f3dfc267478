import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { readRegionFile } from '../../bot/region-file.ts';
import { seatsOf } from '../../src/directory/seats.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv, temporaryFolder } from '../support/seed.ts';
import { executeActions } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** From Monday 23 November 2026 on; times are Helsinki's. */
describe('a year of a steering group of twelve seats', () => {
  const folder = temporaryFolder();
  const body = bodyId('steering:vastra-nyland');
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let region: ReturnType<typeof readRegionFile>['directory'];
  const users = new Map<string, TeamsUser>();

  before(async () => {
    // The region of the example without its smallest town, whose seat is the thirteenth.
    const example = readFileSync('env/regions/vastra-nyland.yaml', 'utf8').split('\n');
    const file = join(folder.path, 'region.yaml');
    writeFileSync(file, example.filter((line) => !line.includes('grankulla-stad')).join('\n'));
    region = readRegionFile(file).directory;
    run = await startMeetings({ environment: { REGION_FILE: file } });
    kaisa = run.app.people.kaisa;
    for (const { member, substitute } of seatsOf(region, body)) await meet(member, substitute);
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    await run.bot().settled();
  });
  after(async () => {
    await run.stop();
    folder.remove();
  });

  async function meet(...people: readonly (string | null)[]): Promise<void> {
    for (const person of people) {
      const name = region.people.find(({ id }) => id === person)?.name;
      if (!person || !name || person === kaisa.aadObjectId) continue;
      const user = run.app.teams.addUser({ name, aadObjectId: person });
      users.set(person, user);
      await run.app.teams.personalChat(user).say(user, 'hjälp');
    }
  }
  const userOf = (person: string | null): TeamsUser => {
    const user = person === kaisa.aadObjectId ? kaisa : users.get(person ?? '');
    if (!user) throw new Error(`Nobody has met ${person}.`);
    return user;
  };
  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, ...data } });
  const at =
    (sitting: string) =>
    (verb: string, data: Fields = {}, user: TeamsUser = kaisa) =>
      press(user, verb, { sitting, ...data });
  const seat = (index: number) => seatsOf(region, body)[index] ?? { id: '', member: null, substitute: null };
  const toldTo = (user: TeamsUser, text: string): number =>
    toldPrivately(run.app, user).filter((one) => one.includes(text)).length;
  const decide = (sitting: string, item: string, as = 'asProposed', decision = '') =>
    at(sitting)('sitting.decide', { item, as, decision });
  /** What is chosen there, in words: nothing is proposed. */
  const choose = (sitting: string): Promise<unknown> =>
    Promise.all([
      decide(sitting, 'checkers', 'changed', 'De två första på listan.'),
      decide(sitting, 'next', 'changed', 'Mötet hålls som planerat.'),
    ]);
  /** The id of an item by its title, as its keeper finds it on the agenda. */
  async function itemOf(sitting: string, title: string): Promise<string> {
    for (const page of [0, 1, 2]) {
      const { card } = await at(sitting)('agenda.view', { page });
      const found = executeActions(card ?? {}).find(
        ({ action }) => action.verb === 'agenda.view' && String(action.tooltip ?? '').includes(title),
      );
      if (isFields(found?.action.data)) return String(found.action.data.item);
    }
    throw new Error(`${title} is not on the agenda.`);
  }
  const planned = (date: string, index: number) =>
    meeting(
      { body, title: 'Styrgruppsmöte', plan: { one: { start: `${date}T13:00`, minutes: 90 }, repeat: null } },
      { by: 'kaisa', id: `c0000000-0000-4000-8000-00000000010${index}`, directory: region },
    );

  /** Plans the meeting three weeks before, opens its agenda and sends it. */
  async function called(
    sitting: string,
    date: string,
    prepare: () => Promise<void> = async () => undefined,
  ): Promise<string> {
    const day = Temporal.PlainDate.from(date);
    await run.to(`${day.subtract({ days: 21 })}T09:00`);
    await run.send(planned(date, Number(sitting)));
    const draft = answered(await press(kaisa, 'agenda.open', { body }));
    await prepare();
    await at(sitting)('agenda.send', { sure: 1 });
    await run.bot().settled();
    return draft;
  }
  async function opened(
    sitting: string,
    date: string,
    there: Readonly<Record<number, 'member' | 'substitute'>>,
  ): Promise<string> {
    await run.to(`${date}T12:50`);
    const seating = Object.entries(there).map(([index, as]) => {
      const { id, member, substitute } = seat(Number(index));
      return [`seat-${id}`, (as === 'member' ? member : substitute) ?? 'absent'];
    });
    return answered(await at(sitting)('sitting.begin', Object.fromEntries(seating)));
  }
  const all = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [index, 'member' as const]));
  async function minutesOf(sitting: string): Promise<string> {
    await at(sitting)('sitting.close', { sure: 1 });
    await at(sitting)('minutes.make');
    const checkers = [seat(0).member, seat(1).member].join(',');
    await at(sitting)('minutes.send', { number: 1, checkers });
    for (const index of [0, 1]) await at(sitting)('minutes.approve', { number: 1 }, userOf(seat(index).member));
    await run.bot().settled();
    const { card } = await at(sitting)('minutes.files', { number: 1, layout: 'both' });
    const found = [...JSON.stringify(card ?? {}).matchAll(/"title":"([^"]+)","url":"([^"]+)"/g)];
    const urlOf = (format: 'docx' | 'pdf') =>
      found.find(([, title]) => title === sv(`minutes.files.${format}`))?.[2] ?? '';
    const [docx, pdf] = await Promise.all(
      [urlOf('docx'), urlOf('pdf')].map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())),
    );
    const pages = await getDocumentProxy(new Uint8Array(pdf ?? []));
    expect(pages.numPages).to.be.greaterThan(0);
    return strFromU8(unzipSync(docx ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array()).replace(
      /<[^>]+>/g,
      ' ',
    );
  }
  const paragraphsIn = (paper: string): number[] =>
    [...new Set([...paper.matchAll(/§ (\d+)/g)].map(([, number]) => Number(number)))].toSorted((a, b) => a - b);

  it('meets four times: a report and a plan approved, a vote, substitutes, a lost quorum, and nothing left behind', async () => {
    expect(seatsOf(region, body)).to.have.length(12);
    // February: the report of the last year; a matter is tabled, and somebody gets something to do.
    const first = await called('1', '2027-02-11', async () => {
      await at('1')('agenda.saveItem', {
        ...{
          newId: crypto.randomUUID(),
          title: 'Lokaler',
          kind: 'decision',
          presenter: 'nobody',
          confidential: 'false',
        },
        proposal: 'Styrgruppen hyr lokaler i Esbo.',
      });
    });
    expect(first).to.include(sv('agenda.item.annualReport', { year: 2026 }));
    for (const { member } of seatsOf(region, body)) await at('1')('agenda.reply', { coming: 'yes' }, userOf(member));
    expect(await opened('1', '2027-02-11', all(12))).to.include(sv('sitting.quorate', { count: 12 }));
    for (const item of ['quorum', 'approval', 'annualReport-2026']) await decide('1', item);
    await choose('1');
    const premises = await itemOf('1', 'Lokaler');
    await decide('1', premises, 'tabled');
    const action = {
      item: premises,
      newId: crypto.randomUUID(),
      action: 'Räkna hyran',
      owner: seat(0).member,
      due: '2027-03-31',
    };
    await at('1')('sitting.assign', action);
    const paper = await minutesOf('1');
    expect(paper)
      .to.include(sv('agenda.item.annualReport', { year: 2026 }))
      .and.include('Bordlagt')
      .and.include('Räkna hyran');
    const firstParagraphs = paragraphsIn(paper);
    expect(firstParagraphs[0]).to.equal(1);

    // May: what was tabled comes back; a substitute stands in; equal votes, and the chair's decides.
    const second = await called('2', '2027-05-20');
    expect(second)
      .to.include('Lokaler')
      .and.not.include(sv('agenda.item.annualReport', { year: 2026 }));
    await at('2')('agenda.reply', { coming: 'no' }, userOf(seat(0).member));
    await run.bot().settled();
    expect(toldTo(userOf(seat(0).substitute), sv('agenda.title')), 'the substitute has the agenda').to.be.greaterThan(
      0,
    );
    expect(toldTo(userOf(seat(0).member), sv('agenda.notice.overdue'))).to.equal(1);
    expect(await opened('2', '2027-05-20', { ...all(12), 0: 'substitute' })).to.include(
      sv('sitting.quorate', { count: 12 }),
    );
    const again = await itemOf('2', 'Lokaler');
    const counter = crypto.randomUUID();
    await at('2')('sitting.counter', { item: again, newId: counter, counter: 'Lokalerna hyrs i Lojo.' });
    const ballots = seatsOf(region, body).map(({ id }, index) => [
      `seat-${id}`,
      index % 2 === 0 ? 'proposal' : counter,
    ]);
    await at('2')('sitting.ballots', { item: again, ...Object.fromEntries(ballots) });
    const ended = answered(await at('2')('sitting.endVote', { item: again }));
    expect(ended).to.include(sv('sitting.wonByChair', { option: sv('sitting.option.proposal') }));
    for (const item of ['quorum', 'approval', again]) await decide('2', item);
    await choose('2');
    const secondPaper = await minutesOf('2');
    expect(secondPaper).to.include('Lokalerna hyrs i Lojo.');
    expect(paragraphsIn(secondPaper)[0], 'numbers run through the year').to.equal((firstParagraphs.at(-1) ?? 0) + 1);

    // September: seven come and one leaves, so nothing more can be decided.
    const third = await called('3', '2027-09-16', async () => {
      await at('3')('agenda.saveItem', {
        ...{
          newId: crypto.randomUUID(),
          title: 'Fordon',
          kind: 'decision',
          presenter: 'nobody',
          confidential: 'false',
        },
        proposal: 'Styrgruppen köper en bil.',
      });
    });
    expect(third)
      .to.include(sv('agenda.item.operatingPlan', { year: 2028 }))
      .and.not.include('Lokaler');
    expect(
      toldTo(kaisa, sv('agenda.notice.danger')),
      'she was warned for the meetings to which nobody answered',
    ).to.be.at.least(1);
    await opened('3', '2027-09-16', all(7));
    for (const item of ['quorum', 'approval']) await decide('3', item);
    await decide('3', 'checkers', 'changed', 'De två första på listan.');
    const vehicles = await itemOf('3', 'Fordon');
    const leaves = { who: `${seat(6).id} ${seat(6).member}`, what: 'leave', at: 'followUp' };
    expect(answered(await at('3')('sitting.attend', leaves))).to.include(
      `${sv('sitting.represented', { count: 6 })} · ${sv('sitting.lacks.seats', { count: 1 })}`,
    );
    expect(answered(await decide('3', vehicles))).to.include(sv('errors.sitting.noQuorum', { count: 6, needed: 7 }));
    await minutesOf('3');

    // December: what could not be decided is, and the plan; what is to be done is on the agenda until it is done.
    const fourth = await called('4', '2027-12-09');
    expect(fourth)
      .to.include('Fordon')
      .and.include(sv('agenda.item.operatingPlan', { year: 2028 }));
    expect(answered(await at('4')('agenda.view', { item: 'followUp' }))).to.include('Räkna hyran');
    await opened('4', '2027-12-09', all(9));
    const last = await itemOf('4', 'Fordon');
    for (const item of ['quorum', 'approval', 'operatingPlan-2028', last]) await decide('4', item);
    await choose('4');
    const fourthPaper = await minutesOf('4');
    expect(fourthPaper)
      .to.include(sv('agenda.item.operatingPlan', { year: 2028 }))
      .and.include('Vuoden 2028 toimintasuunnitelman');

    const list = answered(await press(userOf(seat(0).member), 'agenda.decisions', { body }));
    expect(list)
      .to.include('Räkna hyran')
      .and.include('Lokaler')
      .and.include('Fordon')
      .and.match(/§ \d+\/2027/);
    await at('1')('sitting.done', { item: action.item, action: action.newId }, userOf(seat(0).member));
    expect(answered(await press(kaisa, 'agenda.decisions', { body }))).to.not.include('Räkna hyran');
    expect(run.app.teams.violations).to.deep.equal([]);
  });
});
