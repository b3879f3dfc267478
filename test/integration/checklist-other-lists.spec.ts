import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { lengthLimits } from '../../src/checklists/model.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { regionFile } from '../support/builders.ts';
import { answered, sv, type TestApp, temporaryFolder, verbsOn } from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions } from '../support/teams/cards.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

/** Maria leads Lojo and Raseborg; the message is that of Lojo's start-up list, in Lojo's chat. */
describe('another list in the message of a list', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: TestApp;
  let clock: ShiftingClock;
  let message: Message;

  beforeEach(async () => {
    folder = temporaryFolder();
    const REGION_FILE = join(folder.path, 'region.yaml');
    const gunilla = '{ person: gunilla, role: leader, profession: social }';
    const maria = '{ person: maria, role: leader, profession: social }';
    writeFileSync(REGION_FILE, readFileSync(regionFile, 'utf8').replace(gunilla, `${gunilla}\n      - ${maria}`));
    clock = shiftingClock();
    app = await startTestApp({ dataDir: folder.path, environment: { REGION_FILE }, clock });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
    await app.chat.say(app.people.petri, 'checklista start');
    await app.bot.settled();
    message = await app.chat.waitFor(() =>
      app.chat.messages.find(({ activity }) => verbsOn(cardOf(activity) ?? {}).includes('checklist.item')),
    );
  });
  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  const buttons = (user: TeamsUser): Fields[] =>
    executeActions(app.chat.cardFor(user, message)).map(({ action }) => action);
  /** The lists that the buttons of this person's card are of. */
  const listsOn = (user: TeamsUser): unknown[] => [
    ...new Set(buttons(user).flatMap(({ data }) => (isFields(data) && data.list ? [data.list] : []))),
  ];
  const press = (user: TeamsUser, verb: string, inputs: Fields = {}) => app.chat.press(user, message, verb, inputs);
  /** The first of several such buttons. */
  const pressFirst = async (user: TeamsUser, verb: string, wanted: (data: Fields) => boolean = () => true) => {
    const found = buttons(user).find((action) => action.verb === verb && isFields(action.data) && wanted(action.data));
    if (!found) throw new Error(`no ${verb}`);
    return app.chat.pressOld(user, found, message);
  };
  const crime = { body: 'team:lojo', list: 'startup', item: 'crime' };
  /** A colleague takes an item of the message's list, or gives it back; whether the message was changed by that. */
  async function isChangedBy(verb: 'checklist.take' | 'checklist.giveBack'): Promise<boolean> {
    const before = message.versions.length;
    await app.chat.pressOld(app.people.niina, { verb, data: crime });
    await app.bot.settled();
    return message.versions.length > before;
  }
  /** What a colleague does beside a form stands in another message, and this one is a line once the form is done with. */
  async function isLine(): Promise<boolean> {
    await app.bot.settled();
    return !verbsOn(cardOf(message.activity) ?? {}).includes('checklist.item');
  }
  const seenAgain = async (user: TeamsUser): Promise<string> => answered(await app.chat.refresh(user, message));

  /** Maria goes to a copy of the list, made in Raseborg, which has no chat yet. */
  async function copied(): Promise<string> {
    const { maria } = app.people;
    await app.chat.refresh(maria, message);
    await press(maria, 'checklist.edit');
    await press(maria, 'checklist.copyForm');
    await press(maria, 'checklist.copy', { title: 'Kopian', to: 'team:raseborg' });
    const [list] = listsOn(maria);
    expect(list).to.match(/^own-/);
    return String(list);
  }
  /** The induction of somebody who is new, and the list of it. */
  async function inducted(): Promise<TeamsUser> {
    const newcomer = app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: objectId('77') });
    await app.chat.addMember(newcomer);
    await setMember('77', 'member');
    return newcomer;
  }
  const induction = `induction-expert~${objectId('77')}`;
  async function setMember(person: string, role: 'leader' | 'member', by = app.people.maria): Promise<void> {
    const data = { body: 'team:lojo', person: objectId(person), profession: 'social', role };
    await app.chat.pressOld(by, { verb: 'team.setMember', data });
    await app.bot.settled();
  }
  async function openInduction(user: TeamsUser): Promise<void> {
    await pressFirst(user, 'checklist.list');
    await pressFirst(user, 'checklist.view', ({ list }) => list === induction);
    await pressFirst(user, 'checklist.item');
    expect(listsOn(user)).to.deep.equal([induction]);
  }

  it('comes again for whoever has it open when a colleague presses, and is the one that they go on with', async () => {
    const { maria } = app.people;
    const copy = await copied();
    await pressFirst(maria, 'checklist.item');
    expect(await isChangedBy('checklist.take')).to.equal(true);
    expect(await seenAgain(maria))
      .to.include('Kopian')
      .and.include(sv('checklist.facts.state'));
    expect(listsOn(maria)).to.deep.equal([copy]);
    expect(answered(await press(maria, 'checklist.take'))).to.include(maria.name);
    await isChangedBy('checklist.giveBack');
    await seenAgain(maria);
    expect(listsOn(maria), 'as long as they press there').to.deep.equal([copy]);
  });

  it('comes again as which lists its body has, for whoever has gone there', async () => {
    const { maria } = app.people;
    await copied();
    await press(maria, 'checklist.list');
    const theirs = sv('checklist.lists.title', { body: 'Raseborgs ankarteam' });
    expect(await isChangedBy('checklist.take')).to.equal(true);
    expect(await seenAgain(maria))
      .to.include(theirs)
      .and.include('Kopian');
  });

  it('does not come again for who may not see it any more: they are back at the list of the message', async () => {
    const { maria, sofia } = app.people;
    await inducted();
    await openInduction(maria);
    await setMember('22', 'leader');
    await setMember('20', 'member', sofia);
    await isChangedBy('checklist.take');
    expect(await seenAgain(maria)).to.include('Bilaga 8, lägesbild 6');
    expect(listsOn(maria)).to.deep.equal(['startup']);
  });

  const ownForm = async (): Promise<TeamsUser> => {
    const { maria } = app.people;
    await pressFirst(maria, 'checklist.list');
    await press(maria, 'checklist.ownForm');
    return maria;
  };
  const fileForm = async (): Promise<TeamsUser> => {
    const maria = await ownForm();
    await press(maria, 'checklist.fileForm');
    return maria;
  };
  const noteForm = async (): Promise<TeamsUser> => {
    const newcomer = await inducted();
    await openInduction(newcomer);
    await press(newcomer, 'checklist.noteForm');
    return newcomer;
  };
  const copyNote = async (): Promise<TeamsUser> => {
    const { maria } = app.people;
    await copied();
    await pressFirst(maria, 'checklist.item');
    await press(maria, 'checklist.noteForm');
    return maria;
  };
  it('leaves the message alone as long as somebody goes on there, also an hour after they went to the other list', async () => {
    const { maria } = app.people;
    await copied();
    for (const minutes of [40, 40]) {
      clock.jump(clock.now().add({ minutes }));
      await pressFirst(maria, 'checklist.item');
      await press(maria, 'checklist.view');
    }
    await pressFirst(maria, 'checklist.item');
    await press(maria, 'checklist.noteForm');
    await app.bot.settled();
    expect(await isChangedBy('checklist.take')).to.equal(false);
  });

  const sensitive = 'Ring 040 123 4567';
  const tooLong = 'x'.repeat(lengthLimits.note + 1);
  for (const [whose, open, sends, bad, good, leaves] of [
    [
      'for a list that is to be',
      ownForm,
      'checklist.own',
      { title: 'Läger', items: sensitive },
      { items: 'Boka buss' },
      'checklist.list',
    ],
    [
      'for a list from a file',
      fileForm,
      'checklist.ownFile',
      { file: sensitive },
      { file: 'id: a\nfor: team\ntitle: A\nblocks: [{ id: a, title: A, items: [{ id: one, text: Ett }] }]' },
      'checklist.list',
    ],
    ['of an induction', noteForm, 'checklist.note', { note: tooLong }, { note: 'Ring dem.' }, 'checklist.item'],
    ['of a copy', copyNote, 'checklist.note', { note: tooLong }, { note: 'Ring dem.' }, 'checklist.item'],
  ] as const) {
    describe(`whose form is filled in there, ${whose},`, () => {
      it('leaves the message alone until it is sent in', async () => {
        const user = await open();
        expect(await isChangedBy('checklist.take'), 'opened').to.equal(false);
        expect(verbsOn((await press(user, sends, bad)).card ?? {}), 'comes again').to.include(sends);
        expect(await isLine(), 'still').to.equal(false);
        await press(user, sends, good);
        expect(await isLine(), 'sent in').to.equal(true);
      });

      it('leaves the message alone no longer once it is left', async () => {
        const user = await open();
        await press(user, leaves);
        await app.bot.settled();
        expect(await isChangedBy('checklist.take')).to.equal(true);
      });
    });
  }
});
