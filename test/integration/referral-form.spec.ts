import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lengthLimits } from '../../src/referrals/input.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { databaseText } from '../support/intake.ts';
import { cardOf, executeActions, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const cardLimit = 28 * 1024;

const filled: Fields = {
  municipality: 'lojo',
  source: 'school',
  basis: 'concern',
  concerns: 'absence,bullying',
  ageBand: 'from12to14',
  gender: 'girl',
  urgency: 'soon',
  name: 'Saga Påhittström',
  guardianContact: 'Pia Påhittström, 040 123 4567',
  narrative: 'Har varit borta från skolan.',
};

describe('the referral form', () => {
  let folder: string;
  let app: App;
  let petri: TeamsUser;

  const formIn = async (chat: Chat, user: TeamsUser, phrase = 'ny hänvisning'): Promise<Message> => {
    const before = chat.messages.length;
    await chat.say(user, phrase);
    return chat.waitFor(() => chat.messages[before], 5_000);
  };
  const inputs = (card: Fields | null): Map<string, unknown> =>
    new Map(
      executeActions(card ?? {})
        .flatMap((action) => action.inputs)
        .map(({ id, value }) => [String(id), value]),
    );
  const referenceIn = (card: Fields | null): string => /LOJ-\d{4}-\d{4}/.exec(textsOf(card).join('\n'))?.[0] ?? '';
  /** The text that stands below an input, or null. */
  const errorAt = (card: Fields | null, field: string): string | null => {
    const look = (value: unknown): string | null => {
      if (Array.isArray(value)) return value.map(look).find((found) => found !== null) ?? null;
      if (!isFields(value)) return null;
      if (value.id === `${field}-error`) return String(value.text).replace('⚠ ', '');
      return look(Object.values(value));
    };
    return look(card);
  };
  /** Cards of the case itself, which say how it stands. */
  const cardsOf = (reference: string): number => cardsWith(`${reference} · `);
  const cardsWith = (text: string): number =>
    app.chat.messages.filter(({ activity }) => textOf(activity).includes(text)).length;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-form-'));
    app = await startTestApp({ dataDir: folder });
    petri = app.people.petri;
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('opens', () => {
    it('by command in the chat and in private, in all three languages', async () => {
      for (const chat of [app.chat, app.teams.personalChat(petri)]) {
        for (const phrase of ['ny hänvisning', 'uusi ohjaus', 'new referral']) {
          const message = await formIn(chat, petri, phrase);
          expect([...inputs(cardOf(message.activity)).keys()], phrase).to.include.members(Object.keys(filled));
        }
      }
    });

    it('by the button of the greeting, for the one who pressed', async () => {
      const { card } = await app.chat.press(petri, app.chat.last(), sv('help.newReferral'));
      expect([...inputs(card).keys()]).to.include.members(Object.keys(filled));
      expect(app.chat.text()).to.include(sv('welcome.title')).and.not.include(sv('referral.form.lead'));
    });

    it('with every input labelled, and all ten municipalities to choose from', async () => {
      const card = cardOf((await formIn(app.chat, petri)).activity);
      const fields = executeActions(card ?? {}).flatMap((action) => action.inputs);
      expect(fields.filter(({ label }) => !label)).to.be.empty;
      const choices = fields.find(({ id }) => id === 'municipality')?.choices;
      expect(choices).to.have.length(10);
    });
  });

  for (const where of ['the team’s chat', 'the personal chat'] as const) {
    it(`hands in a referral from ${where}: a receipt for the one who sent it, a card for the team`, async () => {
      const chat = where === 'the personal chat' ? app.teams.personalChat(petri) : app.chat;
      const form = await formIn(chat, petri);
      const { card } = await chat.press(petri, form, 'referral.submit', filled);
      const reference = referenceIn(card);
      expect(textsOf(card)).to.include(sv('referral.form.received', { reference }));
      expect(textsOf(card).join('\n')).to.include('Lojo ankarteam, Lojo polisstation');
      await app.chat.waitFor(() => cardsOf(reference) === 1);
      await app.bot.settled();
      expect(textsOf(cardOf(form.activity)).join('\n'), 'in the message that held the form').to.include(reference);
      const sent = JSON.stringify(app.teams.requests);
      expect(sent).not.to.match(/Påhittström|123 4567|borta från/);
      expect(databaseText(folder)).not.to.match(/P\u00c3\u00a5hittstr|123 4567|borta fr/);
      expect(app.teams.violations).to.deep.equal([]);
    });
  }

  it('tells nobody in a chat of others which case it became', async () => {
    const chat = app.teams.groupChat({ members: [petri, app.people.sofia] });
    await chat.installBot(petri);
    await chat.waitFor(() => chat.messages.length === 1);
    const form = await formIn(chat, petri);
    const { card } = await chat.press(petri, form, 'referral.submit', filled);
    const reference = referenceIn(card);
    await app.chat.waitFor(() => cardsOf(reference) === 1);
    await app.bot.settled();
    expect(textsOf(cardOf(form.activity))).to.include(sv('referral.form.done'));
    expect(chat.text()).to.not.include(reference);
  });

  it('goes to the team of the municipality, also when its sender is of another team', async () => {
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const personal = app.teams.personalChat(gunilla);
    const form = await formIn(personal, gunilla);
    const { card } = await personal.press(gunilla, form, 'referral.submit', filled);
    const reference = referenceIn(card);
    await app.chat.waitFor(() => cardsOf(reference) === 1);
    const look = await personal.pressOld(gunilla, { verb: 'referral.view', data: { id: reference } });
    expect(textsOf(look.card).join()).to.include(sv('errors.referral.notFound'));
  });

  describe('that was asked for in the chat', () => {
    const sofia = (): TeamsUser => app.people.sofia;
    const seen = (form: Message): string => textsOf(cardOf(form.activity)).join('\n');

    it('becomes a line for everybody once it is handed in, from which another one leads on', async () => {
      const form = await formIn(app.chat, petri);
      const { card } = await app.chat.press(petri, form, 'referral.submit', filled);
      const received = sv('referral.form.received', { reference: referenceIn(card) });
      await app.chat.waitFor(() => seen(form).includes(received));
      expect(seen(form)).to.not.include(sv('referral.form.lead'));
      const another = await app.chat.press(sofia(), form, sv('referral.form.another'));
      expect([...inputs(another.card).keys()]).to.include.members(Object.keys(filled));
      // What somebody opened for themselves closes for themselves.
      const left = await app.chat.press(sofia(), form, 'referral.cancel');
      expect(textsOf(left.card)).to.include(sv('referral.form.cancelled'));
      await app.bot.settled();
      expect(seen(form)).to.include(received);
    });

    it('becomes a line for everybody once it is left, and no second greeting', async () => {
      const form = await formIn(app.chat, petri);
      const { card } = await app.chat.press(petri, form, sv('form.cancel'));
      expect(textsOf(card)).to.include(sv('referral.form.cancelled')).and.not.include(sv('welcome.title'));
      await app.chat.waitFor(() => seen(form).includes(sv('referral.form.cancelled')));
    });

    it('stays while somebody else hands in or leaves it: who asked for it may be writing in it', async () => {
      const form = await formIn(app.chat, petri);
      expect(referenceIn((await app.chat.press(sofia(), form, 'referral.submit', filled)).card)).to.match(/-0001$/);
      const cancel = executeActions(cardOf(form.activity) ?? {}).find(
        ({ action }) => action.verb === 'referral.cancel',
      );
      await app.chat.pressOld(sofia(), { verb: 'referral.cancel', data: { ...(cancel?.action.data as Fields) } }, form);
      await app.bot.settled();
      expect(seen(form)).to.include(sv('referral.form.lead'));
    });

    it('leaves every other message of ours as it is, whatever a press says of itself', async () => {
      const form = await formIn(app.chat, petri);
      const others = app.chat.messages.filter((message) => message !== form);
      const before = others.map((message) => message.versions.length);
      for (const message of others) {
        for (const formId of ['', 'form', 'x'.repeat(100), message.id]) {
          await app.chat.pressOld(petri, { verb: 'referral.cancel', data: { formId } }, message);
        }
      }
      await app.bot.settled();
      expect(others.map((message) => message.versions.length)).to.deep.equal(before);
      expect(seen(form)).to.include(sv('referral.form.lead'));
    });

    it('is left to the greeting where it stood in its place', async () => {
      const greeting = app.chat.last();
      const { card } = await app.chat.press(petri, greeting, sv('help.newReferral'));
      expect(JSON.stringify(card)).to.include('chat.welcome').and.not.include('referral.cancel');
    });
  });

  describe('says what is wrong', () => {
    it('at each field, and loses nothing that was typed', async () => {
      const form = await formIn(app.chat, petri);
      const typed = { ...filled, municipality: '', basis: '', name: '', birthYear: '1950', concerns: '' };
      const { card } = await app.chat.press(petri, form, 'referral.submit', typed);
      // Above the fields and again above the buttons: the form is taller than a window.
      const count = `${sv('form.problems', { count: 5 })} ${sv('form.nothingLost')}`;
      expect(textsOf(card).filter((text) => text === count)).to.have.length(2);
      for (const field of ['municipality', 'basis', 'name', 'concerns']) {
        const problem = { name: 'problem.required', concerns: 'problem.tooFew' } as const;
        const key = field === 'name' || field === 'concerns' ? problem[field] : 'problem.choose';
        expect(errorAt(card, field), field).to.equal(sv(key));
      }
      expect(errorAt(card, 'birthYear')).to.equal(sv('problem.overAge'));
      for (const field of ['gender', 'source', 'narrative']) expect(errorAt(card, field), field).to.equal(null);
      const shown = inputs(card);
      for (const [field, value] of Object.entries(typed)) {
        if (value !== '') expect(shown.get(field), field).to.equal(value);
      }
      expect(cardsWith('LOJ-')).to.equal(0);
    });

    it('and takes the corrected form on the next press', async () => {
      const form = await formIn(app.chat, petri);
      await app.chat.press(petri, form, 'referral.submit', { ...filled, name: '' });
      const { card } = await app.chat.press(petri, form, 'referral.submit', { name: 'Saga Påhittström' });
      expect(referenceIn(card)).to.match(/-0001$/);
    });

    it('about a year that is none, and a code that does not exist', async () => {
      const { data } = executeActions(cardOf((await formIn(app.chat, petri)).activity) ?? {}).find(
        ({ action }) => action.verb === 'referral.submit',
      )?.action ?? { data: {} };
      const submit = async (changes: Fields): Promise<Fields | null> =>
        (
          await app.chat.pressOld(petri, {
            verb: 'referral.submit',
            data: { ...(data as Fields), ...filled, ...changes },
          })
        ).card;
      for (const birthYear of ['tolv', '12', '20111', '2011.5', '-2011', 'NaN', '1e3']) {
        expect(errorAt(await submit({ birthYear }), 'birthYear'), birthYear).to.equal(sv('problem.notAYear'));
      }
      expect(errorAt(await submit({ basis: 'hearsay' }), 'basis')).to.equal(sv('problem.unknownCode'));
      expect(errorAt(await submit({ concerns: 'absence,hearsay' }), 'concerns')).to.equal(sv('problem.unknownCode'));
      expect(errorAt(await submit({ municipality: 'Åbo' }), 'municipality')).to.equal(
        sv('problem.unknownMunicipality'),
      );
    });
  });

  describe('sent twice', () => {
    it('is one referral, one after the other and at the same moment', async () => {
      const form = await formIn(app.chat, petri);
      const action = executeActions(cardOf(form.activity) ?? {}).find(
        ({ action: { verb } }) => verb === 'referral.submit',
      );
      const press = { verb: 'referral.submit', data: { ...(action?.action.data as Fields), ...filled } };
      const answers = [await app.chat.pressOld(petri, press, form)];
      answers.push(...(await Promise.all(Array.from({ length: 5 }, () => app.chat.pressOld(petri, press, form)))));
      const references = new Set(answers.map(({ card }) => referenceIn(card)));
      expect([...references]).to.have.length(1);
      await app.chat.waitFor(() => cardsOf([...references][0] ?? '') === 1);
      const next = await app.chat.pressOld(petri, { ...press, data: { ...press.data, name: 'En Annan' } }, form);
      expect(referenceIn(next.card)).to.match(/-0002$/);
    });

    it('by two people is two referrals', async () => {
      const form = await formIn(app.chat, petri);
      const first = await app.chat.press(petri, form, 'referral.submit', filled);
      const second = await app.chat.press(app.people.sofia, form, 'referral.submit', filled);
      expect(referenceIn(first.card)).not.to.equal(referenceIn(second.card));
    });
  });

  describe('texts of any size and kind', () => {
    it('of a hundred kilobytes are refused at their fields, and the form still fits a card', async () => {
      for (const letter of ['a', 'å', '"', '\n', '\ud83d\ude00', '漢']) {
        const bytes = Buffer.byteLength(JSON.stringify(letter).slice(1, -1));
        const long = `x${letter.repeat(100_000 / bytes)}x`;
        const data = { ...filled, formId: 'f', name: long, narrative: long };
        const { card, status } = await app.chat.pressOld(petri, { verb: 'referral.submit', data });
        expect(status).to.equal(200);
        expect(Buffer.byteLength(JSON.stringify(card)), JSON.stringify(letter)).to.be.below(cardLimit);
        expect(errorAt(card, 'narrative')).to.equal(sv('problem.tooLong', { limit: lengthLimits.narrative }));
        // A name is one line, so any number of line breaks is one space.
        const tooLong = letter === '\n' ? null : sv('problem.tooLong', { limit: lengthLimits.name });
        expect(errorAt(card, 'name')).to.equal(tooLong);
      }
    });

    it('of a hundred kilobytes that nobody sees count as nothing, also when the form is shown again', async () => {
      for (const letter of ['\u0001', '\ud800', '\u200b', '\u202e']) {
        const long = `x${letter.repeat(16_000)}x`;
        const data = { ...filled, formId: 'f', basis: '', name: long, narrative: long };
        const { card } = await app.chat.pressOld(petri, { verb: 'referral.submit', data });
        expect(inputs(card).get('name'), JSON.stringify(letter)).to.equal('xx');
        expect(inputs(card).get('narrative'), JSON.stringify(letter)).to.equal('xx');
      }
    });

    it('that are far too long for any form are refused without harm', async () => {
      const data = { ...filled, formId: 'f', narrative: 'a'.repeat(300_000) };
      const { card, status } = await app.chat.pressOld(petri, { verb: 'referral.submit', data });
      expect(status).to.equal(200);
      expect(textsOf(card)).to.include(sv('errors.badInput'));
    });

    it('lose right-to-left and zero-width characters before they are kept', async () => {
      const form = await formIn(app.chat, petri);
      const { card } = await app.chat.press(petri, form, 'referral.submit', {
        ...filled,
        name: '\u202eSaga\u200b \u2066Påhittström\u2069',
        narrative: 'Ett\u200d två\ufeff\r\ntre\u0000',
      });
      const reference = referenceIn(card);
      const details = await app.chat.pressOld(petri, { verb: 'referral.details', data: { id: reference } });
      const shown = JSON.stringify(details.card);
      expect(shown).to.include('Saga Påhittström').and.include('Ett två\\ntre');
      expect(shown).not.to.match(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
    });

    it('of invisible characters alone count as nothing', async () => {
      const form = await formIn(app.chat, petri);
      const { card } = await app.chat.press(petri, form, 'referral.submit', { ...filled, name: '\u200b\u2060\u00ad' });
      expect(errorAt(card, 'name')).to.equal(sv('problem.required'));
    });

    it('are shown as they were written, without links or formatting read into them', async () => {
      const form = await formIn(app.chat, petri);
      const { card } = await app.chat.press(petri, form, 'referral.submit', {
        ...filled,
        name: '**Saga** [x](https://example.test)',
      });
      const details = await app.chat.pressOld(petri, { verb: 'referral.details', data: { id: referenceIn(card) } });
      expect(textsOf(details.card)).to.include('\\*\\*Saga\\*\\* \\[x\\](https://example.test)');
    });
  });
});
