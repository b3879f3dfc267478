import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formatDate, monthName } from '../../src/cards/dates.ts';
import { dueLimits } from '../../src/checklists/form.ts';
import { longestPaste } from '../../src/checklists/model.ts';
import { languages } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { regionFile } from '../support/builders.ts';
import { crowd, crowdedRegion } from '../support/crowd.ts';
import { failingStore } from '../support/failing-store.ts';
import { answered, sv, type TestApp, temporaryFolder } from '../support/seed.ts';
import { executeActions, findAction, gatherInputs } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

interface FilledForm {
  opens: string;
  /** What the press that opens it carries besides the list. */
  of?: Fields;
  sends: string;
  typed: Fields;
  /** Only a leader may send it. */
  leads: boolean;
}

const item = { item: 'population' };
const inThree = { sv: 'På svenska', fi: 'Suomeksi', en: 'In English' };
const howItIsDone = { approval: 'true', every: 'year', month: '8' };
const file = 'id: overtagande\nfor: team\ntitle: A\nblocks: [{ id: a, title: A, items: [{ id: one, text: Ett }] }]';

/** Every form of checklists, filled in. */
const forms: Readonly<Record<string, FilledForm>> = {
  'to assign an item': {
    opens: 'checklist.assignForm',
    of: item,
    sends: 'checklist.assign',
    typed: { to: `${objectId('21')},${objectId('23')}` },
    leads: true,
  },
  'for a date': {
    opens: 'checklist.dueForm',
    of: item,
    sends: 'checklist.setDue',
    typed: { due: '2030-12-04', words: 'nästa fredag' },
    leads: false,
  },
  'for a link': {
    opens: 'checklist.linkForm',
    of: item,
    sends: 'checklist.link',
    typed: { link: 'https://example.com/' },
    leads: false,
  },
  'for a note': {
    opens: 'checklist.noteForm',
    of: item,
    sends: 'checklist.note',
    typed: { note: 'Ring dem.' },
    leads: false,
  },
  'for a reason': {
    opens: 'checklist.reasonForm',
    of: item,
    sends: 'checklist.notApplicable',
    typed: { reason: 'Sköts av Esbo.' },
    leads: false,
  },
  'for a list of their own': {
    opens: 'checklist.ownForm',
    sends: 'checklist.own',
    typed: { title: 'Läger', items: 'Boka buss\nFråga kocken' },
    leads: true,
  },
  'for a file': { opens: 'checklist.fileForm', sends: 'checklist.ownFile', typed: { file }, leads: true },
  'for a copy': {
    opens: 'checklist.copyForm',
    sends: 'checklist.copy',
    typed: { title: 'En till' },
    leads: true,
  },
  'for the name': { opens: 'checklist.renameForm', sends: 'checklist.rename', typed: inThree, leads: true },
  'for a new block': { opens: 'checklist.blockForm', sends: 'checklist.saveBlock', typed: inThree, leads: true },
  'for a block': {
    opens: 'checklist.blockForm',
    of: { block: 'planning' },
    sends: 'checklist.saveBlock',
    typed: inThree,
    leads: true,
  },
  'for a new item': {
    opens: 'checklist.contentForm',
    of: { block: 'planning' },
    sends: 'checklist.saveContent',
    typed: { ...inThree, ...howItIsDone },
    leads: true,
  },
  'for an item': {
    opens: 'checklist.contentForm',
    of: item,
    sends: 'checklist.saveContent',
    typed: { ...inThree, ...howItIsDone, to: 'planning' },
    leads: true,
  },
};

/** What stands right below an input; null when nothing does. */
function errorAt(value: unknown, field: string): string | null {
  if (Array.isArray(value)) return value.map((one) => errorAt(one, field)).find((found) => found !== null) ?? null;
  if (!isFields(value)) return null;
  return value.id === `${field}-error` ? String(value.text) : errorAt(Object.values(value), field);
}

describe('a form of a checklist', () => {
  let app: TestApp;
  let away = false;
  const today = Temporal.Now.plainDateISO('Europe/Helsinki');

  beforeEach(async () => {
    away = false;
    app = await startTestApp({ through: (store) => failingStore(store, () => (away ? 'before' : 'ok')) });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await press('checklist.start', { template: 'startup' });
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  const press = (verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    app.chat.pressOld(app.people.maria, { verb, data: { body: 'team:lojo', list: 'startup', ...data } });
  const openedAs = ({ opens, of }: FilledForm): Promise<InvokeAnswer> => press(opens, of);
  /** What its own button sends of a form, with this typed over it. */
  const sending = ({ card }: InvokeAnswer, { sends }: FilledForm, typed: Fields = {}): Fields =>
    gatherInputs(findAction(card ?? {}, sends), typed);
  const offers = ({ card }: InvokeAnswer, verb: string): boolean =>
    executeActions(card ?? {}).some(({ action }) => action.verb === verb);
  const setMember = (by: TeamsUser, person: string, role: 'leader' | 'member'): Promise<InvokeAnswer> => {
    const data = { body: 'team:lojo', person: objectId(person), profession: 'social', role };
    return app.chat.pressOld(by, { verb: 'team.setMember', data });
  };
  /** Sofia leads beside Maria. */
  const makeLeader = () => setMember(app.people.maria, '22', 'leader');
  const makeMember = async (): Promise<void> => {
    await makeLeader();
    await setMember(app.people.sofia, '20', 'member');
    await app.bot.settled();
  };

  /** The induction of somebody who is new, and its first item. */
  async function inducted(): Promise<Fields> {
    const newcomer = app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: objectId('77') });
    await app.chat.addMember(newcomer);
    const data = { body: 'team:lojo', person: objectId('77'), profession: 'health', role: 'member' };
    await app.chat.pressOld(app.people.maria, { verb: 'team.setMember', data });
    await app.bot.settled();
    return { list: `induction-expert~${objectId('77')}`, item: 'own-duties' };
  }

  for (const [name, form] of Object.entries(forms)) {
    it(`${name} comes again with all that was typed while the store is away, and is taken when it is back`, async () => {
      const sent = sending(await openedAs(form), form, form.typed);
      away = true;
      const refused = await press(form.sends, sent);
      expect(answered(refused)).to.include(sv('errors.store.unavailable'));
      expect(sending(refused, form)).to.deep.equal(sent);
      away = false;
      const taken = await press(form.sends, sending(refused, form));
      expect(taken.status).to.equal(200);
      expect(offers(taken, form.sends), answered(taken)).to.equal(false);
    });

    if (form.leads) {
      it(`${name} comes again with all that was typed when its sender leads no more`, async () => {
        const sent = sending(await openedAs(form), form, form.typed);
        await makeMember();
        const refused = await press(form.sends, sent);
        expect(answered(refused)).to.include(sv('errors.directory.leadersOnly'));
        const { to: _, ...typed } = form.typed;
        expect(sending(refused, form)).to.deep.include(typed);
      });
    }
  }

  for (const [name, form] of Object.entries(forms)) {
    it(`${name} comes again with all that was typed when its sender was removed, where it was, and with nothing of the list`, async () => {
      const placement = 'f0000000-0000-4000-8000-000000000002';
      const sent = sending(await press(form.opens, { ...form.of, placement }), form, form.typed);
      expect(sent.placement, 'of the message of a list').to.equal(sent.list && placement);
      await makeLeader();
      const leaving = { body: 'team:lojo', person: objectId('20'), confirmed: 1 };
      await app.chat.pressOld(app.people.sofia, { verb: 'team.removeMember', data: leaving });
      await app.bot.settled();
      const refused = await press(form.sends, sent);
      expect(answered(refused)).to.include(sv('errors.directory.notAMember'));
      expect(answered(refused)).to.not.include('Starta').and.not.include('ankarverksamhet');
      expect(sending(refused, form)).to.deep.equal(sent);
    });
  }

  for (const [name, form] of Object.entries(forms).filter(([, { leads }]) => !leads)) {
    it(`${name} in an induction comes again likewise when its sender may not see that any more`, async () => {
      const sent = sending(await press(form.opens, { ...form.of, ...(await inducted()) }), form, form.typed);
      await makeMember();
      const refused = await press(form.sends, sent);
      expect(answered(refused)).to.not.include('Introduktion');
      expect(sending(refused, form)).to.deep.equal(sent);
    });
  }

  it('to assign an item names nobody to who may not see the list, and keeps who was chosen', async () => {
    const to = objectId('21');
    const form = forms['to assign an item'];
    if (!form) throw new Error('There is no such form.');
    const sent = sending(await press(form.opens, item), form, { to });
    const otherTeam = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const refused = await app.chat.pressOld(otherTeam, { verb: form.sends, data: sent });
    expect(answered(refused)).to.include(sv('errors.directory.notAMember'));
    expect(JSON.stringify(refused.card)).to.not.include('Petri');
    expect(sending(refused, form)).to.deep.equal(sent);
  });

  it('to assign an item says at the field that somebody does not work with the list', async () => {
    const to = objectId('30');
    const refused = await press('checklist.assign', { ...item, to });
    expect(errorAt(refused.card, 'to')).to.equal(sv('errors.checklist.notAMember'));
  });

  it('says the same of an induction, which its sender may not even see any more', async () => {
    const form = forms['for the name'];
    if (!form) throw new Error('There is no such form.');
    const sent = sending(await press(form.opens, await inducted()), form, form.typed);
    await makeMember();
    const refused = await press(form.sends, sent);
    expect(answered(refused)).to.include(sv('errors.directory.leadersOnly')).and.not.include('Introduktion');
    expect(sending(refused, form)).to.deep.equal(sent);
  });

  /** What stands above the fields of a form. */
  const newerIn = ({ card }: InvokeAnswer): string => {
    const [above] = Array.isArray(card?.body) ? card.body : [];
    return JSON.stringify(above);
  };
  const setDue = (typed: Fields): Promise<InvokeAnswer> => press('checklist.setDue', { ...item, ...typed });

  it('says what is wrong with a date where it was said, in the words or in the calendar', async () => {
    const past = sv('errors.checklist.pastDue');
    const far = sv('errors.checklist.farDue', { years: 10 });
    for (const [typed, where, wrong] of [
      [{ words: 'igår' }, 'words', past],
      [{ words: 'igår', due: '2030-01-01' }, 'words', past],
      [{ words: '1.1.2099' }, 'words', far],
      [{ due: '2020-01-01' }, 'due', past],
      [{ due: '2099-01-01', words: ' ' }, 'due', far],
    ] as const) {
      const { card } = await setDue(typed);
      expect(errorAt(card, where), JSON.stringify(typed)).to.include(wrong);
      expect(errorAt(card, where === 'due' ? 'words' : 'due')).to.equal(null);
    }
  });

  it('for a reason says that one is to be filled in', async () => {
    const again = await press('checklist.notApplicable', { ...item, reason: '' });
    expect(errorAt(again.card, 'reason')).to.equal(sv('problem.required'));
  });

  it('says in which line of a list something is wrong, and what of it', async () => {
    const items = `Packa\n${'x'.repeat(301)}\nRing 040 123 4567`;
    const again = await press('checklist.own', { newId: 'a', title: 'Flytt', items });
    const on = (line: number, problem: string) => sv('form.onLine', { line, problem });
    expect(errorAt(again.card, 'items')).to.equal(
      [on(2, sv('problem.tooLong', { limit: 300 })), on(3, sv('problem.sensitive'))].join('\n\n'),
    );
    const many = await press('checklist.own', { newId: 'a', title: 'Flytt', items: 'x\n'.repeat(501) });
    expect(errorAt(many.card, 'items')).to.equal(sv('problem.tooManyLines', { limit: 500 }));
  });

  it('gives back a link that is too long, or that it would cut, as it was typed, and never half of one that could be taken', async () => {
    const field = (answer: InvokeAnswer): Fields => findAction(answer.card ?? {}, 'checklist.link').inputs[0] ?? {};
    expect(field(await press('checklist.linkForm', item))).to.not.have.property('maxLength');
    for (const link of [`https://example.com/${'ä'.repeat(400)}`, `https://example.com/${'x'.repeat(3_000)}`]) {
      const again = await press('checklist.link', { ...item, link });
      expect(errorAt(again.card, 'link')).to.equal(sv('problem.linkTooLong'));
      expect(field(again).value).to.equal(link);
    }
    const cut = await press('checklist.link', { ...item, link: `https://example.com/${'x'.repeat(9_000)}` });
    const resent = await press('checklist.link', { ...item, link: String(field(cut).value) });
    expect(errorAt(resent.card, 'link')).to.equal(sv('problem.linkTooLong'));
  });

  it('takes no date out of words that may mean another one, and says what to write', async () => {
    for (const words of [
      'före fredag',
      'fredag veckan efter nästa',
      'a week on Friday',
      'inte fredag',
      'nån gång',
      'fredag 4-6.12',
      'perjantai 10-12.12',
      'fredag 8-10.1',
    ]) {
      const { card } = await setDue({ words });
      expect(errorAt(card, 'words'), words).to.include(sv('problem.notADate'));
      expect(JSON.stringify(card)).to.include(words);
    }
    for (const words of [
      'senast till fredag',
      'viimeistään perjantaihin mennessä',
      'due by Friday',
      'till, 3.12.',
      'perjantaina viimeistään',
      'Senast fredag!',
    ]) {
      expect(offers(await setDue({ words }), 'checklist.setDue'), words).to.equal(false);
    }
  });

  it('cuts words that are far too long for a date, and says so', async () => {
    const again = await setDue({ words: 'nån gång '.repeat(30) });
    expect(sending(again, formOf('for a date')).words).to.have.length(dueLimits.words);
    expect(answered(again)).to.include(sv('form.cut'));
  });

  it('takes what is said in words before what is picked', async () => {
    const taken = await setDue({ due: '2030-01-01', words: 'i morgon', from: 'item' });
    const tomorrow = formatDate(today.add({ days: 1 }).toString(), sv, today);
    expect(answered(taken)).to.include(sv('checklist.form.setDue.saved', { date: tomorrow }));
  });

  const bySofia = (verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    app.chat.pressOld(app.people.sofia, { verb, data: { body: 'team:lojo', list: 'startup', ...data } });
  /** Sofia leads too, and saves the form as well. */
  async function colleagueSaves(form: FilledForm, typed: Fields): Promise<void> {
    await makeLeader();
    const saved = await bySofia(form.sends, sending(await bySofia(form.opens, form.of), form, typed));
    expect(offers(saved, form.sends), answered(saved)).to.equal(false);
  }
  const formOf = (name: string): FilledForm => {
    const form = forms[name];
    if (!form) throw new Error(`There is no form ${name}.`);
    return form;
  };

  it('for an item that is done once in any month says so, also when it is new', async () => {
    const once = { approval: 'false', every: 'once', month: 'any' };
    for (const form of [formOf('for an item'), formOf('for a new item')])
      expect(sending(await openedAs(form), form)).to.include(once);
  });

  it('for an item changes only what its sender has changed in it, and leaves to a colleague what they changed meanwhile', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    await colleagueSaves(form, howItIsDone);
    const saved = await press(form.sends, sending(opened, form, { sv: 'Befolkningen' }));
    expect(offers(saved, form.sends), answered(saved)).to.equal(false);
    expect(sending(await openedAs(form), form)).to.include({ ...howItIsDone, sv: 'Befolkningen' });
  });

  it('for an item that a colleague has changed as well shows what they wrote, and takes its place with the next press', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    await colleagueSaves(form, { sv: 'Från _Sofia_', fi: '', en: '', ...howItIsDone, to: 'planning' });
    const mine = { sv: 'Från Maria', every: 'month' };
    const again = await press(form.sends, sending(opened, form, mine));
    const now = sv('form.newer');
    const theirs = [sv('checklist.every.year'), monthName(8, sv)].join(' · ');
    expect(answered(again)).to.include(sv('errors.form.overtaken')).and.include(now).and.include(theirs);
    expect(answered(again)).to.include('Från \\_Sofia\\_');
    const kept = { ...mine, approval: 'true', to: 'planning' };
    expect(sending(again, form), 'with what its sender had left alone').to.include(kept);
    const saved = await press(form.sends, sending(again, form));
    expect(offers(saved, form.sends), answered(saved)).to.equal(false);
    const stands = sending(await openedAs(form), form);
    expect(stands).to.include(kept).and.not.have.property('seen', sending(again, form).seen);
  });

  for (const name of ['for a new block', 'for a new item']) {
    it(`${name} that was taken is taken once more as it is, and with another text comes again and says so`, async () => {
      const form = formOf(name);
      const sent = sending(await openedAs(form), form, { sv: 'Första' });
      for (let times = 0; times < 2; times += 1)
        expect(offers(await press(form.sends, sent), form.sends)).to.equal(false);
      const again = await press(form.sends, { ...sent, sv: 'Andra' });
      expect(answered(again)).to.include(sv('errors.checklist.alreadyAdded'));
      expect(sending(again, form)).to.include({ sv: 'Andra' });
    });
  }

  /** The forms of texts in three languages; of each a part is a language. */
  for (const name of ['for an item', 'for the name', 'for a block']) {
    it(`${name} in which two change a language each is taken, and both stand`, async () => {
      const form = formOf(name);
      const opened = await openedAs(form);
      const before = sending(opened, form);
      await colleagueSaves(form, { fi: 'Sofian suomeksi' });
      const saved = await press(form.sends, sending(opened, form, { sv: 'Marias svenska' }));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      const stands = { sv: 'Marias svenska', fi: 'Sofian suomeksi', en: before.en };
      expect(sending(await openedAs(form), form)).to.include(stands);
    });

    it(`${name} names the languages alone that both have changed, and writes with the next press what its sender has`, async () => {
      const form = formOf(name);
      const opened = await openedAs(form);
      await colleagueSaves(form, { sv: 'Sofias svenska', fi: 'Sofian suomeksi' });
      const again = await press(form.sends, sending(opened, form, { sv: 'Marias svenska', en: 'Maria’s English' }));
      expect(answered(again)).to.include(sv('errors.form.overtaken'));
      expect(newerIn(again))
        .to.include('Sofias svenska')
        .and.not.include(sv('language.fi'))
        .and.not.include(sv('language.en'));
      const both = { sv: 'Marias svenska', fi: 'Sofian suomeksi', en: 'Maria’s English' };
      expect(sending(again, form)).to.include(both);
      const saved = await press(form.sends, sending(again, form));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      expect(sending(await openedAs(form), form)).to.include(both);
    });

    it(`${name} leaves to a colleague the translation that they have written meanwhile of what its sender left empty`, async () => {
      const form = formOf(name);
      await press(form.sends, { ...form.of, ...sending(await openedAs(form), form), sv: 'Ett', fi: '', en: '' });
      const opened = await openedAs(form);
      await colleagueSaves(form, { fi: 'Yksi' });
      const saved = await press(form.sends, sending(opened, form, { sv: 'Två' }));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      const stands = sending(await openedAs(form), form);
      expect([stands.sv, stands.fi, stands.en]).to.deep.equal(['Två', 'Yksi', undefined]);
    });

    it(`${name} that was overtaken shows such a translation in its field, and leaves the next ones to colleagues too`, async () => {
      const form = formOf(name);
      await press(form.sends, { ...form.of, ...sending(await openedAs(form), form), sv: 'Ett', fi: '', en: '' });
      const opened = await openedAs(form);
      await colleagueSaves(form, { sv: 'Tre', fi: 'Kolme' });
      const again = await press(form.sends, sending(opened, form, { sv: 'Två' }));
      expect(newerIn(again)).to.include('Tre').and.not.include(sv('language.fi'));
      const { sv: swedish, fi, en } = sending(again, form);
      expect([swedish, fi, en]).to.deep.equal(['Två', 'Kolme', undefined]);
      await colleagueSaves(form, { en: 'Three' });
      const saved = await press(form.sends, sending(again, form));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      expect(sending(await openedAs(form), form)).to.include({ sv: 'Två', fi: 'Kolme', en: 'Three' });
    });

    it(`${name} says which text of a colleague’s stands meanwhile where its sender has emptied a field, and takes its place with the next press`, async () => {
      const form = formOf(name);
      await press(form.sends, { ...form.of, ...sending(await openedAs(form), form), sv: 'Ett', fi: 'Yksi', en: '' });
      const opened = await openedAs(form);
      await colleagueSaves(form, { fi: 'Ensimmäinen' });
      const again = await press(form.sends, sending(opened, form, { fi: '' }));
      expect(answered(again)).to.include(sv('errors.form.overtaken'));
      expect(newerIn(again))
        .to.include(sv('language.fi'))
        .and.include('Ensimmäinen')
        .and.not.include(sv('language.sv'));
      const saved = await press(form.sends, sending(again, form));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      const stands = sending(await openedAs(form), form);
      expect([stands.sv, stands.fi, stands.en]).to.deep.equal(['Ett', undefined, undefined]);
    });

    it(`${name} takes the place of a colleague’s one text for all with its sender’s`, async () => {
      const form = formOf(name);
      await press(form.sends, { ...form.of, ...sending(await openedAs(form), form), sv: 'Ett', fi: '', en: '' });
      const opened = await openedAs(form);
      await colleagueSaves(form, { sv: 'Tre' });
      const again = await press(form.sends, sending(opened, form, { sv: 'Två' }));
      expect(newerIn(again)).to.include('Tre');
      await press(form.sends, sending(again, form));
      const stands = sending(await openedAs(form), form);
      expect([stands.sv, stands.fi, stands.en]).to.deep.equal(['Två', undefined, undefined]);
    });

    it(`${name} keeps a colleague’s one text for all beside the language that its sender has changed, whoever reads it`, async () => {
      const form = formOf(name);
      await app.chat.pressOld(app.people.maria, { verb: 'language.set', data: { language: 'fi' } });
      const opened = await openedAs(form);
      await colleagueSaves(form, { sv: 'Sofias', fi: '', en: '' });
      const again = await press(form.sends, sending(opened, form, { fi: 'Marian' }));
      await press(form.sends, sending(again, form));
      const stands = sending(await openedAs(form), form);
      expect([stands.sv, stands.fi, stands.en]).to.deep.equal(['Sofias', 'Marian', undefined]);
    });

    it(`${name} of before, which tells of other parts what its sender saw, is taken with all that was typed`, async () => {
      const form = formOf(name);
      const opened = await openedAs(form);
      await colleagueSaves(form, { sv: 'Sofias namn' });
      const seen = Array.from({ length: name === 'for an item' ? 3 : 1 }, () => '0'.repeat(8)).join('-');
      const typed = sending(opened, form, inThree);
      const invalid = await press(form.sends, { ...typed, seen, sv: 'Ring 040 123 4567' });
      expect(sending(invalid, form)).to.include({ seen, fi: inThree.fi, en: inThree.en });
      expect(newerIn(invalid)).to.not.include(sv('form.newer'));
      const taken = await press(form.sends, sending(invalid, form, { sv: inThree.sv }));
      expect(offers(taken, form.sends), answered(taken)).to.equal(false);
      expect(sending(await openedAs(form), form)).to.include(inThree);
    });
  }

  for (const name of ['for an item', 'for the name', 'for a block']) {
    it(`${name} is never taken without the end of a text, however often it is sent in as it came back`, async () => {
      const form = formOf(name);
      // One text for all stands in the reader's language, where it would not be known as the one that was cut.
      await app.chat.pressOld(app.people.maria, { verb: 'language.set', data: { language: 'fi' } });
      const before = sending(await openedAs(form), form);
      const tooLong = await press(form.sends, { ...before, sv: 'x'.repeat(400), fi: '', en: '' });
      const cut = await press(form.sends, sending(tooLong, form));
      expect(answered(cut)).to.include(textsFor('fi')('form.cut'));
      expect(answered(await press(form.sends, sending(cut, form)))).to.include(textsFor('fi')('form.cut'));
      expect(sending(await openedAs(form), form)).to.deep.equal(before);
    });
  }

  it('for an item that a colleague has sent to another block says to which, and sends it on with the next press', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    await colleagueSaves(form, { to: 'planning' });
    const again = await press(form.sends, sending(opened, form, { to: 'launch' }));
    expect(answered(again)).to.include(sv('errors.form.overtaken'));
    expect(newerIn(again)).to.include(sv('checklist.edit.block')).and.include('Planering');
    expect(sending(await openedAs(form), form).to, 'as it was').to.equal('planning');
    for (const _ of [1, 2]) {
      const saved = await press(form.sends, sending(again, form));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
    }
    expect(sending(await openedAs(form), form).to).to.equal('launch');
  });

  it('for an item that two send to the same block is taken, and one of before leaves it where a colleague has sent it', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    await colleagueSaves(form, { to: 'planning' });
    const { seen: _, ...before } = sending(opened, form);
    await press('checklist.done', item);
    const refused = await press(form.sends, { ...before, approval: 'true' });
    expect(answered(refused)).to.include(sv('errors.checklist.settled', { person: app.people.maria.name }));
    const again = sending(refused, form, { approval: 'false' });
    for (const sent of [sending(opened, form, { to: 'planning' }), before, again]) {
      const saved = await press(form.sends, sent);
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      expect(sending(await openedAs(form), form).to).to.equal('planning');
    }
  });

  it('for a new item does not open for a block that a colleague has removed', async () => {
    const form = formOf('for a new item');
    await makeLeader();
    await bySofia('checklist.removeBlock', form.of);
    const refused = await openedAs(form);
    expect(answered(refused)).to.include(sv('errors.checklist.noBlock'));
    expect(offers(refused, form.sends)).to.equal(false);
    await bySofia('checklist.restoreBlock', form.of);
    expect(offers(await openedAs(form), form.sends)).to.equal(true);
  });

  it('that was overtaken says how to go on in words that fit whatever its button is called', () => {
    const buttons = ['checklist.edit.save', 'checklist.form.assign.submit', 'checklist.form.setDue.submit'] as const;
    for (const texts of languages.map(textsFor)) {
      const said = texts('errors.form.overtaken').toLowerCase();
      for (const button of buttons) expect(said).to.not.include(texts(button).toLowerCase());
    }
  });

  it('for an item that two change to the same, or that is sent in twice, is taken', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    await colleagueSaves(form, howItIsDone);
    for (const _ of [1, 2]) {
      const saved = await press(form.sends, sending(opened, form, { ...howItIsDone, sv: 'Befolkningen' }));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
    }
  });

  /** What two people make of the same, and how the one's stands above what the other typed. */
  const date = '2030-01-15';
  for (const [name, theirs, shown, mine] of [
    ['to assign an item', { to: objectId('22') }, 'Sofia', { to: objectId('21') }],
    ['for a date', { due: date }, formatDate(date, sv, today), { due: '2030-12-04' }],
    [
      'for a link',
      { link: 'https://example.com/sofia' },
      'https://example.com/sofia',
      { link: 'https://example.com/' },
    ],
    ['for the name', { sv: 'Sofias namn' }, 'Sofias namn', { sv: 'Marias namn' }],
    ['for a block', { sv: 'Sofias namn' }, 'Sofias namn', { sv: 'Marias namn' }],
  ] as const) {
    it(`${name} shows what a colleague has made of it meanwhile, and takes its place with the next press`, async () => {
      const form = formOf(name);
      const opened = await openedAs(form);
      await colleagueSaves(form, theirs);
      const again = await press(form.sends, sending(opened, form, mine));
      expect(answered(again)).to.include(sv('errors.form.overtaken')).and.include(sv('form.newer'));
      expect(newerIn(again)).to.include(shown);
      expect(sending(again, form)).to.include(mine);
      expect(sending(await openedAs(form), form), 'as it was').to.include(theirs);
      for (const _ of [1, 2]) {
        const saved = await press(form.sends, sending(again, form));
        expect(offers(saved, form.sends), answered(saved)).to.equal(false);
      }
      expect(sending(await openedAs(form), form)).to.include(mine);
    });

    it(`${name} is taken when a colleague has made the same of it, and from a form of before, which tells nothing of it`, async () => {
      const form = formOf(name);
      const opened = await openedAs(form);
      await colleagueSaves(form, theirs);
      const same = await press(form.sends, sending(opened, form, theirs));
      expect(offers(same, form.sends), answered(same)).to.equal(false);
      const { seen, ...before } = sending(opened, form, mine);
      expect(seen).to.be.a('string');
      const taken = await press(form.sends, before);
      expect(offers(taken, form.sends), answered(taken)).to.equal(false);
    });

    if (!('sv' in theirs)) {
      it(`${name} says so when a colleague has taken it away meanwhile`, async () => {
        const form = formOf(name);
        await press(form.sends, { ...form.of, ...theirs });
        const opened = await openedAs(form);
        const emptied = Object.fromEntries(Object.keys(theirs).map((field) => [field, '']));
        await colleagueSaves(form, emptied);
        const again = await press(form.sends, sending(opened, form, mine));
        const verb = form.sends === 'checklist.assign' ? 'assign' : form.sends === 'checklist.link' ? 'link' : 'setDue';
        expect(answered(again)).to.include(sv(`checklist.form.${verb}.emptied`));
        await press(form.sends, sending(again, form));
        expect(sending(await openedAs(form), form)).to.include(mine);
      });
    }
  }

  it('to assign an item shows who has taken it meanwhile', async () => {
    const form = formOf('to assign an item');
    const opened = await openedAs(form);
    const data = { body: 'team:lojo', list: 'startup', ...item };
    await app.chat.pressOld(app.people.petri, { verb: 'checklist.take', data });
    const again = await press(form.sends, sending(opened, form, { to: objectId('22') }));
    expect(newerIn(again)).to.include(app.people.petri.name);
  });

  it('for an item that a colleague has removed meanwhile keeps all that was typed, to be sent in once it is back', async () => {
    const form = formOf('for an item');
    const sent = sending(await openedAs(form), form, form.typed);
    await makeLeader();
    await bySofia('checklist.removeItem', item);
    const again = await press(form.sends, sent);
    expect(answered(again)).to.include(sv('errors.checklist.noItem'));
    expect(sending(again, form)).to.deep.equal(sent);
    await bySofia('checklist.restoreItem', item);
    const saved = await press(form.sends, sending(again, form));
    expect(offers(saved, form.sends), answered(saved)).to.equal(false);
  });

  it('for an item that a colleague has changed and moved goes with it, and can be moved back there', async () => {
    const form = formOf('for an item');
    const opened = await openedAs(form);
    const { to: before } = sending(opened, form);
    await colleagueSaves(form, { sv: 'Från Sofia', to: 'planning' });
    const again = await press(form.sends, sending(opened, form, { sv: 'Från Maria' }));
    expect(sending(again, form).to, 'where it is now').to.equal('planning');
    await press(form.sends, sending(again, form, { to: before }));
    expect(sending(await openedAs(form), form)).to.include({ sv: 'Från Maria', to: before });
  });

  it('for an item says that a colleague has made it one that does not come again', async () => {
    const form = formOf('for an item');
    await press(form.sends, sending(await openedAs(form), form, { every: 'year', month: '8' }));
    const opened = await openedAs(form);
    await colleagueSaves(form, { every: 'once', month: 'any' });
    const again = await press(form.sends, sending(opened, form, { every: 'month', month: 'any' }));
    expect(newerIn(again)).to.include(sv('checklist.edit.once')).and.not.include('null');
  });

  it('for a note comes again with what was typed when a newer one cannot be read, and shows that once it can', async () => {
    const form = formOf('for a note');
    const sent = sending(await openedAs(form), form, form.typed);
    await colleagueSaves(form, { note: 'Sofia har ringt.' });
    away = true;
    const refused = await press(form.sends, sent);
    expect(newerIn(refused)).to.not.include(sv('form.newer'));
    expect(sending(refused, form)).to.deep.equal(sent);
    away = false;
    expect(newerIn(await press(form.sends, sending(refused, form)))).to.include('Sofia har ringt.');
  });

  it('for a note shows nothing newer in a form of before, which tells nothing of what its sender saw', async () => {
    await press('checklist.note', { ...item, note: 'Gammalt.' });
    const again = await press('checklist.note', { ...item, note: 'x'.repeat(501) });
    expect(JSON.stringify(again.card)).to.not.include('Gammalt.').and.not.include(sv('form.newer'));
  });

  it('for a note shows the one that a colleague has written meanwhile, and takes its place with the next press', async () => {
    const form = formOf('for a note');
    const opened = await openedAs(form);
    await colleagueSaves(form, { note: 'Sofia har ringt.' });
    const again = await press(form.sends, sending(opened, form, { note: 'Ring dem.' }));
    expect(answered(again)).to.include(sv('errors.form.overtaken')).and.include(sv('form.newer'));
    expect(JSON.stringify(again.card)).to.include('Sofia har ringt.');
    expect(sending(again, form).note).to.equal('Ring dem.');
    expect(sending(await openedAs(form), form).note, 'as it was').to.equal('Sofia har ringt.');
    for (const _ of [1, 2]) {
      const saved = await press(form.sends, sending(again, form));
      expect(offers(saved, form.sends), answered(saved)).to.equal(false);
    }
    expect(sending(await openedAs(form), form).note).to.equal('Ring dem.');
  });

  it('for a note that a colleague has taken away says so, and what is new stands there also when it was too long', async () => {
    const form = formOf('for a note');
    await press(form.sends, { ...item, note: 'Gammalt.' });
    const opened = await openedAs(form);
    await colleagueSaves(form, { note: 'Sofia har ringt.' });
    const tooLong = await press(form.sends, sending(opened, form, { note: 'x'.repeat(501) }));
    expect(JSON.stringify(tooLong.card)).to.include('Sofia har ringt.');
    expect(errorAt(tooLong.card, 'note')).to.equal(sv('problem.tooLong', { limit: 500 }));
    await press(form.sends, { ...item });
    const again = await press(form.sends, sending(tooLong, form, { note: 'Ring dem.' }));
    expect(answered(again)).to.include(sv('errors.form.overtaken')).and.include(sv('checklist.form.note.emptied'));
    await press(form.sends, sending(again, form));
    expect(sending(await openedAs(form), form).note).to.equal('Ring dem.');
  });

  it('does not open where it could not be sent in: on what is settled or waits, and in a list that is closed', async () => {
    const settled = { item: 'population' };
    const waiting = { item: 'responsible' };
    await press('checklist.done', settled);
    await press('checklist.link', { ...waiting, link: 'https://example.com/' });
    // Of the only leader nobody could approve it.
    const { petri } = app.people;
    await app.chat.pressOld(petri, {
      verb: 'checklist.done',
      data: { body: 'team:lojo', list: 'startup', ...waiting },
    });
    const opensOn = async (of: Fields): Promise<string[]> => {
      const opened: string[] = [];
      for (const { opens, sends } of Object.values(forms)) {
        if (opened.includes(opens)) continue;
        const answer = await press(opens, of);
        expect(answer.status).to.equal(200);
        if (offers(answer, sends)) opened.push(opens);
      }
      return opened;
    };
    const ofLists = ['checklist.ownForm', 'checklist.fileForm', 'checklist.copyForm'];
    const editing = ['checklist.renameForm', 'checklist.blockForm', 'checklist.contentForm'];
    const inUse = ['checklist.noteForm', ...ofLists, ...editing];
    expect(await opensOn(waiting)).to.have.members(inUse);
    expect(await opensOn(settled), 'evidence may come later').to.have.members(['checklist.linkForm', ...inUse]);
    await press('checklist.close');
    expect(await opensOn({ item: 'crime' })).to.have.members(ofLists);
    expect(answered(await press('checklist.renameForm'))).to.include(sv('errors.checklist.closed'));
  });

  it('for a file begins with an example that can be sent in as it is, in every language, and once it was emptied is empty', async () => {
    const form = forms['for a file'];
    if (!form) throw new Error('There is no such form.');
    for (const language of languages) {
      await app.chat.pressOld(app.people.maria, { verb: 'language.set', data: { language } });
      const opened = await openedAs(form);
      const example = String(sending(opened, form).file);
      expect(example).to.equal(textsFor(language)('checklist.file.example'));
      const begun = await press(form.sends, sending(opened, form));
      expect(offers(begun, form.sends), answered(begun)).to.equal(false);
      expect(answered(begun)).to.include(textsFor(language)('checklist.progress.done', { done: 0, total: 2 }));
      expect(sending(await press(form.sends, { file: '' }), form).file).to.equal(undefined);
    }
  });

  it('for a file is refused for its length before anybody looks into it', async () => {
    const tooLong = await press('checklist.ownFile', { file: `id: [${'{'.repeat(longestPaste)}` });
    const problem = sv('problem.tooLong', { limit: longestPaste });
    expect(answered(tooLong)).to.include(sv('checklist.file.problem', { place: '1', problem }));
    expect(answered(tooLong)).to.not.include(sv('problem.notYaml'));
  });

  it('takes a long list whole, or refuses it and says that it stands there cut: it is never made without its end', async () => {
    const before = answered(await press('checklist.list'));
    for (const [sends, id] of [
      ['checklist.own', 'items'],
      ['checklist.ownFile', 'file'],
    ] as const) {
      const opens = sends === 'checklist.own' ? 'checklist.ownForm' : 'checklist.fileForm';
      const { inputs } = findAction((await press(opens)).card ?? {}, sends);
      const { maxLength } = inputs.find((input) => input.id === id) ?? {};
      expect(maxLength, 'Teams cuts what is longer off, and says nothing').to.be.greaterThan(longestPaste);
      const line = 'Boka rum och kalla alla, även dem som börjar senare\n';
      const pasted = line.repeat(1_000).slice(0, Number(maxLength));
      const refused = await press(sends, { title: 'Långt program', newId: 'lang', [id]: pasted });
      expect(answered(refused)).to.include(sv('problem.tooLong', { limit: longestPaste }));
      expect(answered(refused)).to.include(sv('form.cut')).and.not.include(sv('form.nothingLost'));
      const sent = gatherInputs(findAction(refused.card ?? {}, sends), {});
      const again = await press(sends, sent);
      expect(answered(again), 'as it came back').to.include(sv('problem.tooLong', { limit: longestPaste }));
      expect(answered(again)).to.include(sv('form.cut')).and.not.include(sv('form.nothingLost'));
      const shorter = await press(sends, { ...sent, [id]: String(sent[id]).slice(2_000) });
      expect(answered(shorter), 'its beginning shortened').to.include(sv('form.cut'));
      expect(offers(shorter, sends)).to.equal(true);
    }
    expect(answered(await press('checklist.list'))).to.equal(before);
    const items = Array.from({ length: 400 }, (_, at) => `Punkt ${at + 1}: boka rum och kalla alla`).join('\n');
    expect(items.length).to.be.greaterThan(12_000);
    await press('checklist.own', { title: 'Långt program', newId: 'lang', items });
    expect(answered(await press('checklist.list'))).to.include(sv('checklist.progress.done', { done: 0, total: 400 }));
  });

  it('refuses a list that a card had no room for while its end is missing, whatever else was mended, and takes it pasted anew', async () => {
    const before = answered(await press('checklist.list'));
    const lines = ['Ring 040 123 4567', ...Array.from({ length: 290 }, (_, at) => `${'öä'.repeat(27)} ${at + 1}`)];
    const items = lines.join('\n');
    expect(items.length).to.be.lessThan(longestPaste);
    const back = await press('checklist.own', { newId: 'lang', title: 'Lång', items });
    const sent = gatherInputs(findAction(back.card ?? {}, 'checklist.own'), {});
    const mended = { ...sent, items: String(sent.items).replace('Ring 040 123 4567', 'Ring dem') };
    const again = await press('checklist.own', mended);
    expect(answered(again)).to.include(sv('form.cut'));
    const untitled = await press('checklist.own', { ...mended, title: '' });
    expect(answered(untitled)).to.include(sv('form.cut')).and.not.include(sv('form.nothingLost'));
    expect(answered(await press('checklist.list'))).to.equal(before);
    const next = gatherInputs(findAction(untitled.card ?? {}, 'checklist.own'), { title: 'Lång' });
    expect(answered(await press('checklist.own', next)), 'known as cut all the while').to.include(sv('form.cut'));
    await press('checklist.own', { ...next, items: items.replace('Ring 040 123 4567', 'Ring dem') });
    expect(answered(await press('checklist.list'))).to.include(sv('checklist.progress.done', { done: 0, total: 291 }));
  });

  it('offers an item of an induction to the new member and the leaders alone', async () => {
    const induction = await inducted();
    const { inputs } = findAction((await press('checklist.assignForm', induction)).card ?? {}, 'checklist.assign');
    const choices = inputs.flatMap(({ choices }) => (Array.isArray(choices) ? choices : []));
    expect(choices.map(({ value }) => value)).to.have.members([objectId('20'), objectId('77')]);
  });
});

describe('in a team of thirty, the form to assign an item', () => {
  const folder = temporaryFolder();
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ environment: { REGION_FILE: crowdedRegion(folder.path, 25) } });
    await app.chat.installBot(app.people.maria);
    await app.chat.pressOld(app.people.maria, {
      verb: 'checklist.start',
      data: { body: 'team:lojo', template: 'startup' },
    });
    await app.bot.settled();
  });
  after(async () => {
    await app.stop();
    folder.remove();
  });

  it('says how many people an item may have, and keeps all who were chosen', async () => {
    const to = crowd(app.teams, 25)
      .map(({ aadObjectId }) => aadObjectId)
      .join(',');
    const data = { body: 'team:lojo', list: 'startup', ...item, to };
    const again = await app.chat.pressOld(app.people.maria, { verb: 'checklist.assign', data });
    expect(errorAt(again.card, 'to')).to.equal(sv('problem.tooManyPeople', { limit: 20 }));
    expect(gatherInputs(findAction(again.card ?? {}, 'checklist.assign'), {}).to).to.equal(to);
  });
});

describe('for a leader of one body who belongs to another, the form for a copy', () => {
  const folder = temporaryFolder();
  let app: TestApp;
  before(async () => {
    const file = join(folder.path, 'region.yaml');
    const mikael = '{ person: mikael, profession: police }';
    const both = `${mikael}\n      - { person: maria, profession: social }`;
    writeFileSync(file, readFileSync(regionFile, 'utf8').replace(mikael, both));
    app = await startTestApp({ environment: { REGION_FILE: file } });
    await app.chat.installBot(app.people.maria);
  });
  after(async () => {
    await app.stop();
    folder.remove();
  });

  it('offers the first alone, and says at the field why another gets none', async () => {
    const press = (verb: string, data: Fields): Promise<InvokeAnswer> =>
      app.chat.pressOld(app.people.maria, { verb, data: { body: 'team:lojo', list: 'startup', ...data } });
    await press('checklist.start', { template: 'startup' });
    const { card } = await press('checklist.copyForm', {});
    const { action, inputs } = findAction(card ?? {}, 'checklist.copy');
    const choices = inputs.flatMap((input) => (Array.isArray(input.choices) ? input.choices : []));
    expect(choices.map(({ value }) => value)).to.deep.equal(['team:lojo']);
    for (const [to, code] of [
      ['team:raseborg', 'errors.directory.leadersOnly'],
      ['team:kyrkslatt', 'errors.directory.notAMember'],
    ] as const) {
      const again = await press('checklist.copy', { ...gatherInputs({ action, inputs }, {}), to });
      expect(errorAt(again.card, 'to')).to.equal(sv(code));
    }
  });
});
