import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../bot/config.ts';
import { openData } from '../../bot/data.ts';
import { startProblem } from '../../bot/start-problem.ts';
import { openDirectory } from '../../src/directory/service.ts';
import { directoryKey } from '../../src/directory/stored.ts';
import { labelOf } from '../../src/referrals/codes.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Store } from '../../src/storage/port.ts';
import { lojoChatId, objectId, startTestApp } from '../support/app.ts';
import { regionFile, storeWith } from '../support/builders.ts';
import {
  answered,
  cardsOf,
  handIn,
  pressOn,
  shown,
  startAgain,
  sv,
  type TestApp,
  temporaryFolder,
} from '../support/seed.ts';
import { textOf } from '../support/teams/cards.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

const shape = z.looseObject({
  people: z.array(z.looseObject({ id: z.string() })),
  teams: z.array(z.looseObject({ id: z.string(), municipalities: z.array(z.string()) })),
});

/** The example region after Lojo has taken over what Raseborg served: neither the team nor its people are in the file. */
function mergedRegion(folder: string): string {
  const { people, teams, ...rest } = shape.parse(parse(readFileSync(regionFile, 'utf8')));
  const gone = teams.find(({ id }) => id === 'raseborg');
  const file = join(folder, 'merged.yaml');
  const others = teams
    .filter((team) => team !== gone)
    .map((team) =>
      team.id === 'lojo'
        ? { ...team, municipalities: [...team.municipalities, ...(gone?.municipalities ?? [])] }
        : team,
    );
  const left = people.filter(({ id }) => id !== 'gunilla' && id !== 'mikael');
  writeFileSync(file, stringify({ ...rest, people: left, teams: others }));
  return file;
}

describe('a team that is not in the region file any more', () => {
  const folder = temporaryFolder();
  const logged: string[] = [];
  let app: TestApp;
  let gunilla: TeamsUser;
  const press = async (verb: string, data: Fields): Promise<string> =>
    answered(await app.teams.personalChat(gunilla).pressOld(gunilla, { verb, data }));
  const restart = async (environment: Record<string, string> = {}): Promise<void> => {
    await app.bot.stop();
    logged.length = 0;
    const log = (fields: object, text: string): void => void logged.push(JSON.stringify({ ...fields, text }));
    app.bot = await startAgain(app, { log: { info: () => undefined, warn: log, error: log } }, environment);
    app.url = `http://127.0.0.1:${app.bot.port}`;
  };
  after(async () => {
    await app.bot.stop();
    await app.stop();
    folder.remove();
  });

  it('decides its open cases, gets no new ones, and is as before when it comes back', async () => {
    app = await startTestApp({ dataDir: folder.path });
    gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const [first, second] = [await handIn(app, { municipality: 'Hangö' }), await handIn(app, { municipality: 'Ingå' })];
    expect(first).to.match(/^RAS-\d{4}-0001$/);

    await restart({ REGION_FILE: mergedRegion(folder.path) });
    expect(logged).to.deep.equal([
      '{"closed":["team:raseborg"],"text":"not in the region file any more: their people finish what is open"}',
    ]);
    expect(await press('referral.list', {}))
      .to.include(first)
      .and.include(second);
    expect(await press('referral.claim', { id: first })).to.include(sv('referral.state.taken', { name: gunilla.name }));
    const decision = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    expect(await press('referral.decide', { id: first, ...decision })).to.include(sv('referral.actions.reopen'));
    expect(await handIn(app, { municipality: 'Hangö' })).to.match(/^LOJ-/);
    const removed = await press('team.removeMember', { body: 'team:raseborg', person: objectId('31'), confirmed: 1 });
    expect(removed).to.include(sv('team.removed', { name: 'Mikael Holm' }));

    await restart();
    expect(logged).to.deep.equal([]);
    expect(await press('referral.list', {}))
      .to.include(second)
      .and.not.include(first);
    expect(await press('team.view', {}))
      .to.include('Gunilla Öst')
      .and.not.include('Mikael Holm');
    expect(await handIn(app, { municipality: 'Hangö' })).to.match(/^RAS-\d{4}-0003$/);
  });
});

/** The example region with this text instead of that. */
function editedRegion(folder: string, text: string, instead: string): string {
  const file = join(folder, 'edited.yaml');
  writeFileSync(file, readFileSync(regionFile, 'utf8').replace(text, instead));
  return file;
}

/** The example region after Niina has left Lojo, where nobody else is of health care. */
const withoutNiina = (folder: string): string =>
  editedRegion(folder, '      - { person: niina, profession: health }\n', '');

/** The example region after Raseborg was given the chat of Lojo, which perhaps is no team of its own any more. */
function givenAway(folder: string, lojoStays: boolean): string {
  const { teams, ...rest } = shape.parse(parse(readFileSync(regionFile, 'utf8')));
  const lojos = teams.find(({ id }) => id === 'lojo')?.municipalities ?? [];
  const changed = teams.flatMap(({ chat, ...team }) => {
    if (team.id === 'lojo') return lojoStays ? [team] : [];
    if (team.id !== 'raseborg') return [{ ...team, chat }];
    return [{ ...team, chat: lojoChatId, municipalities: [...team.municipalities, ...(lojoStays ? [] : lojos)] }];
  });
  const file = join(folder, 'given-away.yaml');
  writeFileSync(file, stringify({ ...rest, teams: changed }));
  return file;
}

describe('a chat that the region file gives to another team', () => {
  const decision = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
  let folder: ReturnType<typeof temporaryFolder>;
  let app: TestApp;
  let open: string;
  let decided: string;
  let messages: Message[];
  beforeEach(async () => {
    folder = temporaryFolder();
    app = await startTestApp({ dataDir: folder.path });
    await app.chat.installBot(app.people.maria);
    open = await handIn(app);
    decided = await handIn(app);
    await shown(app.chat, open);
    await shown(app.chat, decided);
    await pressOn(app.chat, app.people.maria, decided, 'referral.decide', decision);
    messages = [await shown(app.chat, open), await shown(app.chat, decided, [sv('referral.decision.title')])];
    await app.bot.settled();
  });
  afterEach(async () => {
    await app.bot.stop();
    await app.stop();
    folder.remove();
  });

  const restart = async (lojoStays: boolean): Promise<void> => {
    await app.bot.stop();
    app.bot = await startAgain(app, {}, { REGION_FILE: givenAway(folder.path, lojoStays) });
    await app.bot.settled();
  };
  const texts = (): string[] => messages.map(({ activity }) => activity.summary ?? '');
  const lines = (key: 'moved.nowhere' | 'moved.elsewhere'): string[] =>
    [open, decided].map((reference) => sv(key, { what: reference }));
  const claim = async (): Promise<string> => {
    const { petri } = app.people;
    const claimed = { verb: 'referral.claim', data: { id: open } };
    const said = answered(await app.teams.personalChat(petri).pressOld(petri, claimed));
    await app.bot.settled();
    return said;
  };

  for (const [what, lojoStays] of [
    ['that has lost it', true],
    ['that is in it no more', false],
  ] as const) {
    it(`shows no case any more of the team ${what}, decided ones neither, and none that changes`, async () => {
      await restart(lojoStays);
      expect(texts()).to.deep.equal(lines('moved.nowhere'));
      expect(await claim()).to.include(sv('referral.state.taken', { name: app.people.petri.name }));
      expect(texts()).to.deep.equal(lines('moved.nowhere'));
      expect(cardsOf(app.chat, open)).to.deep.equal([]);
    });
  }

  const listGone = sv('moved.nowhere', { what: 'Starta ankarverksamheten' });
  const isList = ({ activity }: Message): boolean => (activity.summary ?? '').includes('Starta ankarverksamheten');
  const beginList = async (): Promise<Message> => {
    await app.chat.say(app.people.petri, 'checklista start');
    const message = await app.chat.waitFor(() => app.chat.messages.find(isList));
    await app.bot.settled();
    return message;
  };

  it('shows no checklist of the team either, which stays in the team’s lists', async () => {
    const { petri } = app.people;
    const message = await beginList();
    await restart(true);
    expect(message.activity.summary).to.equal(listGone);
    const data = { body: 'team:lojo', list: 'startup', item: 'population' };
    await app.teams.personalChat(petri).pressOld(petri, { verb: 'checklist.take', data });
    await app.bot.settled();
    expect(message.activity.summary).to.equal(listGone);
    expect(app.chat.messages.filter(isList)).to.deep.equal([message]);
  });

  it('shows none either when the bot died between the file and the chats', async () => {
    await app.bot.stop();
    const REGION_FILE = givenAway(folder.path, true);
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: folder.path, REGION_FILE });
    const { region, store, stored, audit } = await openData(config);
    const ignored = (): void => undefined;
    await openDirectory({
      ...{ file: region.directory, directories: stored.directories, audit, clock: systemClock },
      ...{ onMembersChanged: ignored, onRebound: ignored, background: ignored },
    });
    await store.close();
    await restart(true);
    expect(texts()).to.deep.equal(lines('moved.nowhere'));
    await app.bot.stop();
    const { store: after, stored: then } = await openData(config);
    expect(await then.directories.get(directoryKey(region.directory))).to.not.have.property('toVacate');
    await after.close();
    await restart(true);
  });

  it('shows none either when the bot died while it looked for what stands there', async () => {
    await app.bot.stop();
    const dying = (store: Store): Store =>
      storeWith(store, {
        query: (asked) =>
          asked.kind === 'referral' ? Promise.reject(new AppError('store.unavailable')) : store.query(asked),
      });
    app.bot = await startAgain(app, { through: dying }, { REGION_FILE: givenAway(folder.path, true) });
    await app.chat.waitFor(() => app.chat.text().includes(sv('welcome.team', { body: 'Raseborgs ankarteam' })));
    expect(texts(), 'nothing was found').to.not.include(lines('moved.nowhere')[0]);
    await restart(true);
    expect(texts()).to.deep.equal(lines('moved.nowhere'));
  });

  it('draws no case there while nobody can look for what stands there', async () => {
    await app.bot.stop();
    const blind = (store: Store): Store =>
      storeWith(store, {
        query: (asked) => (asked.kind === 'referral' ? Promise.reject(new Error('on purpose')) : store.query(asked)),
      });
    app.bot = await startAgain(app, { through: blind }, { REGION_FILE: givenAway(folder.path, true) });
    await app.bot.settled();
    expect(texts(), 'nothing was found').to.not.include(sv('moved.nowhere', { what: open }));
    expect(await claim()).to.include(sv('referral.state.taken', { name: app.people.petri.name }));
    expect(texts()[0]).to.equal(sv('moved.nowhere', { what: open }));
    expect(cardsOf(app.chat, open)).to.deep.equal([]);
  });

  it('leaves its open cases to the next chat of the team', async () => {
    const { maria } = app.people;
    await restart(true);
    const chat = app.teams.groupChat({ members: [maria] });
    await chat.installBot(maria);
    const asked = await chat.waitFor(() => chat.messages[0]);
    await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo' } }, asked);
    await shown(chat, open);
    await app.bot.settled();
    expect(cardsOf(chat, decided)).to.deep.equal([]);
    expect(cardsOf(app.chat, open)).to.deep.equal([]);
  });

  it('shows no case or checklist of the team that had it either, once a bot that was away meanwhile is back', async () => {
    const list = await beginList();
    await app.chat.removeBot(app.people.maria);
    await app.bot.settled();
    await restart(true);
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => texts().join() === lines('moved.nowhere').join());
    await app.chat.waitFor(() => list.activity.summary === listGone);
  });

  it('shows none, though the bot died after it was let in again and before it had looked there', async () => {
    await app.chat.removeBot(app.people.maria);
    await app.bot.settled();
    await app.bot.stop();
    let dies = false;
    const dying = (store: Store): Store =>
      storeWith(store, {
        query: (asked) => (dies ? Promise.reject(new AppError('store.unavailable')) : store.query(asked)),
      });
    app.bot = await startAgain(app, { through: dying }, { REGION_FILE: givenAway(folder.path, true) });
    await app.bot.settled();
    dies = true;
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.text().includes(sv('welcome.team', { body: 'Raseborgs ankarteam' })));
    await app.bot.stop();
    await restart(true);
    await app.chat.waitFor(() => texts().join() === lines('moved.nowhere').join());
  });

  it('shows none that stood there while it was nobody’s', async () => {
    const { maria } = app.people;
    const chat = app.teams.groupChat({ members: [maria] });
    await chat.installBot(maria);
    const asked = await chat.waitFor(() => chat.messages[0]);
    await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, asked);
    await shown(chat, open);
    await app.bot.settled();
    expect(texts(), 'what is decided stays where it stood').to.include(
      `${decided} · ${labelOf('outcome', 'accepted', 'sv')}`,
    );
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    await app.chat.addMember(gunilla);
    await app.chat.pressOld(gunilla, { verb: 'chat.bind', data: { body: 'team:raseborg' } }, app.chat.messages[0]);
    await app.chat.waitFor(() => texts()[1] === sv('moved.nowhere', { what: decided }));
    expect(texts()[0]).to.equal(sv('moved.elsewhere', { what: open }));
  });
});

describe('a member whom the region file takes out of a team', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('is shown by no open case any more, nor is the profession that nobody has now, right after the start', async () => {
    const app = await startTestApp({ dataDir: folder.path });
    await app.chat.installBot(app.people.maria);
    const message = await shown(app.chat, await handIn(app), [sv('profession.health')]);
    await app.bot.settled();
    await app.bot.stop();
    const bot = await startAgain(app, {}, { REGION_FILE: withoutNiina(folder.path) });
    await bot.settled();
    const text = textOf(message.activity);
    await bot.stop();
    await app.teams.close();
    expect(text).to.include(sv('profession.police')).and.not.include(sv('profession.health'));
  });
});

describe('the codes of the teams in the region file', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('stay: with others the bot does not start, and with the same ones every case is there', async () => {
    const app = await startTestApp({ dataDir: folder.path });
    await app.chat.installBot(app.people.maria);
    const reference = await handIn(app);
    const message = await shown(app.chat, reference);
    await app.bot.stop();
    const original = readFileSync(regionFile, 'utf8');
    const coded = (...codes: [string, string]): string => {
      const file = join(folder.path, `${codes.join('-')}.yaml`);
      const edited = original.replace(/code: (?:LOJ|RAS)/g, (code) => `code: ${codes[code.endsWith('LOJ') ? 0 : 1]}`);
      writeFileSync(file, edited);
      return file;
    };
    for (const [file, said] of [
      [coded('LOH', 'RAS'), 'team:lojo has LOJ, the file gives it LOH: put LOJ back'],
      [coded('RAS', 'LOJ'), 'team:raseborg has RAS, the file gives it LOJ: put RAS back'],
    ] as const) {
      const refused = startAgain(app, {}, { REGION_FILE: file }).then(() => 'it started', startProblem);
      expect(await refused).to.include(said);
    }
    const bot = await startAgain(app);
    const { petri } = app.people;
    const claimed = answered(await pressOn(app.chat, petri, reference, 'referral.claim', {}, message));
    expect(claimed).to.include(sv('referral.state.taken', { name: petri.name }));
    expect(await handIn({ ...app, url: `http://127.0.0.1:${bot.port}` }, { municipality: 'Hangö' })).to.match(/^RAS-/);
    await bot.stop();
    await app.teams.close();
  });
});

describe('a team that the region file gives another chat', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const newChat = '19:new@thread.v2';
  const unmet = '19:unmet@thread.v2';

  it('greets there, tells of outsiders there, and leaves its old chat, which asks whose it is', async () => {
    const app = await startTestApp({ dataDir: folder.path });
    const { maria, petri, kaisa } = app.people;
    const next = app.teams.groupChat({ id: newChat, name: 'Nytt', members: [maria, petri, kaisa] });
    await app.chat.installBot(maria);
    await next.installBot(maria);
    const reference = await handIn(app);
    await shown(app.chat, reference);
    await app.bot.settled();
    expect(next.text()).to.include(sv('binding.title'));
    const personal = app.teams.personalChat(maria);
    const outsiders = (): number => personal.text().split(sv('notice.outsider.title')).length - 1;
    const before = outsiders();
    await app.bot.stop();

    const file = join(folder.path, 'moved.yaml');
    const moved = readFileSync(regionFile, 'utf8')
      .replace(`chat: ${lojoChatId}`, `chat: ${newChat}`)
      .replace('code: RAS', `code: RAS\n    chat: ${unmet}`);
    writeFileSync(file, moved);
    const errors: object[] = [];
    const quiet = (): void => undefined;
    const log = { info: quiet, warn: quiet, error: (fields: object): void => void errors.push(fields) };
    const bot = await startAgain(app, { log }, { REGION_FILE: file });
    await bot.settled();
    expect(errors, 'a chat that the bot was never in is none to be greeted').to.deep.equal([]);
    expect(next.messages[0] && textOf(next.messages[0].activity)).to.include(
      sv('welcome.team', { body: 'Lojo ankarteam' }),
    );
    expect(app.chat.messages[0] && textOf(app.chat.messages[0].activity)).to.include(sv('binding.title'));
    await shown(next, reference);
    expect(outsiders()).to.be.above(before);
    expect(app.teams.requests.filter(({ conversationId }) => conversationId === unmet)).to.deep.equal([]);
    await bot.stop();
    await app.teams.close();
  });
});

describe('members of a team who are others than before', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: TestApp;
  let message: Message;
  let dies = false;
  beforeEach(async () => {
    dies = false;
    folder = temporaryFolder();
    const through = (store: Store): Store =>
      storeWith(store, {
        query: (asked) => (dies ? Promise.reject(new AppError('store.unavailable')) : store.query(asked)),
      });
    app = await startTestApp({ dataDir: folder.path, through });
    await app.chat.installBot(app.people.maria);
    message = await shown(app.chat, await handIn(app), [sv('profession.health')]);
    await app.bot.settled();
  });
  afterEach(async () => {
    await app.bot.stop();
    await app.stop();
    folder.remove();
  });

  it('are on the cards after the next start, though the bot died before it had drawn them', async () => {
    dies = true;
    const { maria } = app.people;
    const data = { body: 'team:lojo', person: objectId('23'), confirmed: 1 };
    await app.teams.personalChat(maria).pressOld(maria, { verb: 'team.removeMember', data });
    await app.bot.stop();
    app.bot = await startAgain(app);
    await app.bot.settled();
    expect(textOf(message.activity)).to.include(sv('profession.police')).and.not.include(sv('profession.health'));
  });

  it('are so as well when a start took them up from the file and failed after that', async () => {
    await app.bot.stop();
    const REGION_FILE = withoutNiina(folder.path);
    const config = readConfig({ ANKARBOT_MODE: 'local', DATA_DIR: folder.path, REGION_FILE });
    const { region, store, stored, audit } = await openData(config);
    const ignored = (): void => undefined;
    await openDirectory({
      ...{ file: region.directory, directories: stored.directories, audit, clock: systemClock },
      ...{ onMembersChanged: ignored, onRebound: ignored, background: ignored },
    });
    await store.close();
    app.bot = await startAgain(app, {}, { REGION_FILE });
    await app.bot.settled();
    expect(textOf(message.activity)).to.include(sv('profession.police')).and.not.include(sv('profession.health'));
  });

  it('are on the checklists as well', async () => {
    const { niina } = app.people;
    await app.chat.say(niina, 'checklista start');
    const list = await app.chat.waitFor(() =>
      app.chat.messages.find(({ activity }) => activity.summary?.includes('Starta ankarverksamheten')),
    );
    const data = { body: 'team:lojo', list: 'startup', item: 'population' };
    await app.teams.personalChat(niina).pressOld(niina, { verb: 'checklist.take', data });
    await app.bot.settled();
    expect(textOf(list.activity)).to.include('Niina Hakala');
    await app.bot.stop();
    const REGION_FILE = editedRegion(folder.path, 'name: Niina Hakala', 'name: Niina Gift');
    app.bot = await startAgain(app, {}, { REGION_FILE });
    await app.bot.settled();
    expect(textOf(list.activity)).to.include('Niina Gift').and.not.include('Niina Hakala');
  });

  it('are drawn once, and by no later start again', async () => {
    const versions: number[] = [];
    const changed = withoutNiina(folder.path);
    for (const REGION_FILE of [regionFile, changed, changed, changed]) {
      await app.bot.stop();
      app.bot = await startAgain(app, {}, { REGION_FILE });
      await app.bot.settled();
      versions.push(message.versions.length);
    }
    const [before = 0, ...after] = versions;
    expect(after).to.deep.equal([before + 1, before + 1, before + 1]);
  });
});
