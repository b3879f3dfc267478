import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { printAuditLog } from '../../bot/audit-log.ts';
import { readConfig } from '../../bot/config.ts';
import { startProblem } from '../../bot/start-problem.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { answered, handIn, pressOn, shown, sv, type TestApp } from '../support/seed.ts';
import type { TeamsUser } from '../support/teams/world.ts';

describe('the log of a case', () => {
  let app: TestApp;
  let reference: string;
  beforeEach(async () => {
    app = await startTestApp();
    await app.chat.installBot(app.people.maria);
    reference = await handIn(app);
    await shown(app.chat, reference);
  });
  afterEach(() => app.stop());

  /** Stops the bot and prints the log as `npm run audit` does. */
  async function printed(...words: string[]): Promise<{ code: number; entries: string[][]; verdict: string }> {
    await app.bot.stop();
    const lines: string[] = [];
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: app.dataDir });
    const code = await printAuditLog(config, words.length > 0 ? words : [reference], (line) => lines.push(line));
    const verdict = lines.pop() ?? '';
    return { code, entries: lines.map((line) => line.split('\t')), verdict };
  }

  /** Changes the stored text of the case, as somebody with access to the file could. */
  async function tamper(change: (data: string) => string, kind = 'referral'): Promise<void> {
    await app.bot.stop();
    const database = new DatabaseSync(join(app.dataDir, 'ankarbot.db'));
    const row = database.prepare('SELECT partition, id, data FROM documents WHERE kind = ?').get(kind);
    const before = String(row?.data);
    const after = change(before);
    expect(after, 'something was changed').to.not.equal(before);
    database
      .prepare('UPDATE documents SET data = ? WHERE partition = ? AND id = ?')
      .run(after, String(row?.partition), String(row?.id));
    database.close();
  }

  async function triage(): Promise<void> {
    const { maria, petri, sofia, niina } = app.people;
    const press = (...[user, verb, inputs]: [typeof maria, Parameters<typeof pressOn>[3], object?]) =>
      pressOn(app.chat, user, reference, verb, { ...inputs });
    await press(petri, 'referral.claim');
    await press(sofia, 'referral.details');
    await press(petri, 'referral.ask', { person: niina.aadObjectId });
    await press(sofia, 'referral.assess', { worry: '3', recommendation: 'accept', note: 'Hemligt.' });
    await press(petri, 'referral.assign', { person: sofia.aadObjectId });
    await press(sofia, 'referral.release');
    await press(maria, 'referral.decide', { outcome: 'accepted', reason: 'offence', alone: 'urgent' });
    await press(petri, 'referral.details');
    await press(petri, 'referral.reopen');
  }

  it('has every change and every look at the details: who, what, why, in order', async () => {
    const { maria, petri, sofia } = app.people;
    await triage();
    const { code, entries, verdict } = await printed();
    const told = entries.map(([seq, , who, what, why]) => [seq, who?.split(' (')[0], what, why]);
    expect(told).to.deep.equal([
      ['1', 'source:local', 'referral.receive', 'triage'],
      ['2', petri.name, 'referral.claim', 'triage'],
      ['3', sofia.name, 'referral.details', 'triage'],
      ['4', petri.name, 'referral.ask', 'triage'],
      ['5', sofia.name, 'referral.assess', 'triage'],
      ['6', petri.name, 'referral.assign', 'triage'],
      ['7', sofia.name, 'referral.release', 'triage'],
      ['8', maria.name, 'referral.decide', 'triage'],
      ['9', petri.name, 'referral.details', 'decided'],
      ['10', petri.name, 'referral.reopen', 'decided'],
    ]);
    expect(entries.flat().join()).to.not.include('Hemligt');
    expect(verdict).to.equal('The chain of 10 entries is whole.');
    expect(code).to.equal(0);
  });

  it('tells that the case was freed by the bot when its owner left the team', async () => {
    const { maria, petri } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const data = { body: 'team:lojo', person: petri.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    await app.bot.settled();
    const { entries, verdict } = await printed();
    expect(entries.map(([, , who, what]) => [who, what]).at(-1)).to.deep.equal(['ankarbot', 'referral.leaver']);
    expect(verdict).to.equal('The chain of 3 entries is whole.');
  });

  it('tells that a case was freed at once when it is opened again and its owner has left meanwhile', async () => {
    const { maria, petri, sofia } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const decision = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', decision);
    const data = { body: 'team:lojo', person: petri.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data });
    await app.bot.settled();
    const opened = answered(await pressOn(app.chat, sofia, reference, 'referral.reopen'));
    expect(opened).to.include(sv('referral.state.waiting')).and.not.include(petri.name);
    const { entries } = await printed();
    expect(entries.map(([, , , what]) => what).slice(-2)).to.deep.equal(['referral.reopen', 'referral.leaver']);
  });

  it('has no entry for what was refused', async () => {
    const { petri, sofia, kaisa } = app.people;
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await pressOn(app.chat, sofia, reference, 'referral.claim');
    await pressOn(app.chat, kaisa, reference, 'referral.details');
    await pressOn(app.chat, petri, reference, 'referral.decide', { outcome: 'accepted', reason: 'offence' });
    expect((await printed()).entries).to.have.lengthOf(2);
  });

  it('stays whole when it is long, and loses no look of many at once', async () => {
    const looks = 60;
    await Promise.all(
      Array.from({ length: looks }, () => pressOn(app.chat, app.people.sofia, reference, 'referral.details')),
    );
    const { entries, verdict } = await printed();
    expect(entries.filter(([, , , what]) => what === 'referral.details')).to.have.lengthOf(looks);
    expect(verdict).to.equal(`The chain of ${looks + 1} entries is whole.`);
  });

  for (const [what, change] of [
    ['another person is put in', (data: string) => data.replace('"who":"source:local"', '"who":"source:other"')],
    [
      'a look is made something else',
      (data: string) => data.replace('"what":"referral.details"', '"what":"referral.claim"'),
    ],
    ['a time is changed', (data: string) => data.replace(/("pending":\[{[^}]*?"at":"20)\d\d/, '$199')],
    ['an entry is taken out', (data: string) => data.replace(/("pending":\[){[^}]*},/, '$1')],
    ['the last entry is taken out', (data: string) => data.replace(/,{[^{}]*}(\]},"delivery")/, '$1')],
  ] as const) {
    it(`is found to be broken when ${what}`, async () => {
      await pressOn(app.chat, app.people.sofia, reference, 'referral.details');
      await pressOn(app.chat, app.people.sofia, reference, 'referral.claim');
      await tamper(change);
      const { code, verdict } = await printed();
      expect(verdict).to.match(/^The chain is BROKEN at entry \d+\.$/);
      expect(code).to.equal(2);
    });
  }

  it('is found to be broken when a page that was moved out of the case is changed', async () => {
    for (let looks = 0; looks < 30; looks += 1) {
      await pressOn(app.chat, app.people.sofia, reference, 'referral.details');
    }
    await tamper((data) => data.replace('"what":"referral.details"', '"what":"referral.view"'), 'audit');
    expect((await printed()).code).to.equal(2);
  });

  describe('of the directory', () => {
    const body = 'team:lojo';
    const region = 'vastra-nyland';
    const say = (data: object) =>
      app.chat.pressOld(app.people.maria, { verb: 'team.setMember', data: { body, ...data } });
    /** Petri's profession, back and forth. */
    const changes = async (count: number): Promise<void> => {
      for (let change = 0; change < count; change += 1) {
        const profession = change % 2 === 0 ? 'youth' : 'police';
        await say({ person: app.people.petri.aadObjectId, profession, role: 'member' });
      }
    };

    it('has every change of members: who, what, whom, in order; and nothing that was refused', async () => {
      const { maria, petri } = app.people;
      await changes(2);
      const remove = { body, person: petri.aadObjectId, confirmed: 1 };
      await app.chat.pressOld(petri, { verb: 'team.removeMember', data: remove });
      await app.chat.pressOld(maria, { verb: 'team.removeMember', data: remove });
      const { code, entries, verdict } = await printed(region);
      expect(entries.map(([seq, , who, what]) => [seq, who?.split(' (')[0], what])).to.deep.equal([
        ['1', maria.name, 'team.setMember'],
        ['2', maria.name, 'team.setMember'],
        ['3', maria.name, 'team.removeMember'],
      ]);
      expect(entries.map(([, , , , , detail]) => JSON.parse(detail ?? ''))).to.deep.equal([
        { body, person: petri.aadObjectId, role: 'member', profession: 'youth' },
        { body, person: petri.aadObjectId, role: 'member', profession: 'police' },
        { body, person: petri.aadObjectId },
      ]);
      expect(verdict).to.equal('The chain of 3 entries is whole.');
      expect(code).to.equal(0);
    });

    it('stays whole when it is long, and is found to be broken when somebody changed it', async () => {
      await changes(20);
      expect((await printed(region)).verdict).to.equal('The chain of 20 entries is whole.');
      await tamper((data) => data.replace('"profession":"youth"', '"profession":"health"'), 'audit');
      expect((await printed(region)).code).to.equal(2);
    });
  });

  describe('of a checklist', () => {
    const body = 'team:lojo';
    const press = (user: TeamsUser, verb: string, data: object = {}) =>
      app.chat.pressOld(user, { verb, data: { body, list: 'startup', item: 'population', ...data } });
    beforeEach(async () => {
      await press(app.people.petri, 'checklist.start', { template: 'startup' });
      await press(app.people.petri, 'checklist.note', { note: 'Hemligt.' });
    });

    it('has every change and every look at a note: who, what, in order, and nothing of the note', async () => {
      const { petri, sofia, kaisa } = app.people;
      await press(sofia, 'checklist.noteForm');
      await press(kaisa, 'checklist.noteForm');
      await press(petri, 'checklist.take');
      const { code, entries, verdict } = await printed(body, 'startup');
      expect(entries.map(([seq, , who, what, , detail]) => [seq, who?.split(' (')[0], what, detail])).to.deep.equal([
        ['1', petri.name, 'checklist.start', ''],
        ['2', petri.name, 'checklist.note', '{"item":"population"}'],
        ['3', sofia.name, 'checklist.read', '{"item":"population"}'],
        ['4', petri.name, 'checklist.take', '{"item":"population"}'],
      ]);
      expect(entries.flat().join()).to.not.include('Hemligt');
      expect([code, verdict]).to.deep.equal([0, 'The chain of 4 entries is whole.']);
    });

    it('stays whole when it is long, and is found to be broken when a look is made something else', async () => {
      for (let looks = 0; looks < 30; looks += 1) await press(app.people.sofia, 'checklist.noteForm');
      expect((await printed(body, 'startup')).verdict).to.equal('The chain of 32 entries is whole.');
      await tamper((data) => data.replace('"what":"checklist.read"', '"what":"checklist.take"'), 'audit');
      expect((await printed(body, 'startup')).code).to.equal(2);
    });

    it('is an induction’s too, which is found among the lists of its body by its person', async () => {
      const { maria } = app.people;
      const person = objectId('77');
      await app.chat.addMember(app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: person }));
      const member = { body, person, profession: 'health', role: 'member' };
      await app.chat.pressOld(maria, { verb: 'team.setMember', data: member });
      await app.bot.settled();
      const id = `induction-expert~${person}`;
      for (const asked of [[], ['startupp']]) {
        const { code, entries, verdict } = await printed(body, ...asked);
        const [[said = ''] = [], ...lists] = [...entries, verdict.split('\t')];
        expect(said).to.match(/^There is no log of team:lojo( startupp)?: give the body and one of these/);
        expect(lists.map(([list, , who]) => [list, who])).to.have.deep.members([
          ['startup', undefined],
          [id, 'Noor Nyanländer'],
        ]);
        expect(code).to.equal(1);
      }
      const { entries, verdict } = await printed(body, id);
      expect(entries.map(([, , who, what]) => [who, what])).to.deep.equal([['ankarbot', 'checklist.start']]);
      expect(verdict).to.equal('The chain of 1 entries is whole.');
    });

    it('of another body is not there', async () => {
      const { code, verdict } = await printed('team:raseborg', 'startup');
      expect(verdict).to.equal('There is no log of team:raseborg startup: it has no checklist yet.');
      expect(code).to.equal(1);
    });
  });

  it('is told apart from a case that does not exist', async () => {
    expect((await printed('LOJ-2026-9999')).code).to.equal(1);
    for (const name of ['', 'nowhere', 'directory']) expect((await printed(name)).code, name).to.equal(1);
  });

  it('is not read while the bot runs on the same store', async () => {
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: app.dataDir });
    const refused = await printAuditLog(config, [reference], () => undefined).catch(startProblem);
    expect(refused).to.match(/in use by another process/);
  });
});
