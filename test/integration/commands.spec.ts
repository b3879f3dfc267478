import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Verb } from '../../src/cards/verbs.ts';
import type { Language } from '../../src/shared/language.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { databaseText, localKey, postReferral, referralBody } from '../support/intake.ts';
import { cardOf, executeActions, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const fi = textsFor('fi');
const en = textsFor('en');
const helpTitles = [sv, fi, en].map((texts) => texts('help.title'));

describe('commands', () => {
  let folder: string;
  let app: App;
  let logged: string[];

  const begin = async (): Promise<void> => {
    const log = (fields: object, message: string): void => void logged.push(JSON.stringify({ ...fields, message }));
    app = await startTestApp({ dataDir: folder, log: { info: log, warn: log, error: log } });
  };
  const handIn = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const authorization = `Bearer ${localKey(folder)}`;
    return String((await postReferral(app.url, { authorization, body: referralBody(changes) })).body.reference);
  };
  const installed = async (): Promise<Chat> => {
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
    return app.chat;
  };
  /** Says it and waits for the message that answers. */
  const ask = async (chat: Chat, user: TeamsUser, text: string): Promise<Message> => {
    const before = chat.messages.length;
    const { answer } = await chat.say(user, text);
    expect(answer?.status).to.equal(200);
    return chat.waitFor(() => chat.messages[before], 5_000);
  };
  const referencesIn = (card: Fields | null): string[] =>
    executeActions(card ?? {})
      .filter(({ action }) => action.verb === 'referral.view' || action.verb === 'referral.bring')
      .map(({ action }) => String((action.data as Fields).id));
  const offers = (card: Fields | null, verb: Verb): boolean =>
    executeActions(card ?? {}).some(({ action }) => action.verb === verb);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-commands-'));
    logged = [];
    await begin();
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('where and how they are said', () => {
    it('are understood in a group chat when the bot is mentioned, in any place and without a space', async () => {
      const chat = await installed();
      const at = `<at>Ankarboten</at>`;
      for (const text of [
        `${at} hjälp`,
        `${at}hjälp`,
        `${at}\u00a0hjälp`,
        `hjälp ${at}`,
        `<at id="0">Ankar</at>hjälp`,
      ]) {
        const before = chat.messages.length;
        await chat.send(app.people.petri, { type: 'message', text });
        const answer = await chat.waitFor(() => chat.messages[before]);
        expect(textOf(answer.activity), text).to.include(sv('help.title'));
      }
    });

    it('are understood in the personal chat without a mention', async () => {
      const personal = app.teams.personalChat(app.people.sofia);
      expect(textOf((await ask(personal, app.people.sofia, 'hjälp')).activity)).to.include(sv('help.title'));
    });

    it('are answered in the language in which they are usual, to whoever has told no other', async () => {
      const personal = app.teams.personalChat(app.people.kaisa);
      const languageOf = async (text: string) => cardOf((await ask(personal, app.people.kaisa, text)).activity)?.lang;
      expect(await languageOf('agenda')).to.equal('en');
      expect(await languageOf('team'), 'goes on so').to.equal('en');
      expect(await languageOf('beslut')).to.equal('sv');
      expect(await languageOf('agenda'), 'a Swede says so too').to.equal('sv');
    });

    const phrases: readonly (readonly [Verb | 'help', readonly string[]])[] = [
      ['help', ['hjälp', 'apua', 'help', 'HJALP', 'hjlp', '']],
      ['referral.submit', ['ny hänvisning', 'uusi ohjaus', 'new referral', 'ny hanvisning', 'Hänvisning, ny tack!']],
      ['team.memberForm', ['team', 'tiimi', 'visa teamet', 'jäsenet']],
      ['language.set', ['språk', 'kieli', 'language', 'sprak']],
      ['referral.list', ['hänvisningar', 'ohjaukset', 'referrals', 'hänvisnignar', 'mina hänvisningar']],
    ];
    for (const [verb, texts] of phrases) {
      it(`lead to the same whatever the language, the accents and small typos: ${texts.join(' · ')}`, async () => {
        const personal = app.teams.personalChat(app.people.maria);
        for (const text of texts) {
          const { activity } = await ask(personal, app.people.maria, text);
          if (verb === 'help')
            expect(
              helpTitles.some((title) => textOf(activity).includes(title)),
              text,
            ).to.equal(true);
          else expect(offers(cardOf(activity), verb), text).to.equal(true);
        }
      });
    }

    it('suggest the nearest command when they are not understood, and never repeat what was written', async () => {
      const personal = app.teams.personalChat(app.people.maria);
      const near = textOf((await ask(personal, app.people.maria, 'teamet zebra')).activity);
      expect(near)
        .to.include(sv('command.unknown'))
        .and.include(sv('command.didYouMean', { example: 'team' }));
      const far = textOf((await ask(personal, app.people.maria, 'zebra Saga Påhittström')).activity);
      expect(far).to.include(sv('command.unknown')).and.include(sv('command.noGuess'));
      expect(near + far).not.to.match(/zebra|Påhittström/);
    });

    it('are offered with the suggestion as buttons, tasks and lists too, no more than Teams shows', async () => {
      const places = [
        [await installed(), app.people.petri],
        [app.teams.personalChat(app.people.maria), app.people.maria],
      ] as const;
      for (const [chat, user] of places) {
        const before = chat.messages.length;
        await chat.say(user, 'teamet zebra');
        const { activity } = await chat.waitFor(() => chat.messages[before]);
        const card = cardOf(activity);
        expect(offers(card, 'task.list') && offers(card, 'checklist.list')).to.equal(true);
        const actions = Array.isArray(card?.actions) ? card.actions.filter(isFields) : [];
        expect(actions.filter(({ mode }) => mode !== 'secondary').length).to.be.within(5, 6);
      }
    });

    it('that the greeting offers in private are none that the reader is refused', async () => {
      for (const user of [app.people.kaisa, app.people.petri, app.people.maria]) {
        const personal = app.teams.personalChat(user);
        const help = await ask(personal, user, 'hjälp');
        for (const { action } of executeActions(cardOf(help.activity) ?? {})) {
          const { card } = await personal.pressOld(user, { verb: action.verb, data: action.data });
          expect(textsOf(card), `${user.name}: ${action.verb}`).to.not.include(sv('errors.title'));
        }
      }
    });

    it('suggest the very case that was named, by a button that shows it; not what only looks like one', async () => {
      const reference = await handIn();
      const personal = app.teams.personalChat(app.people.petri);
      const answer = await ask(personal, app.people.petri, `visa ${reference.toLowerCase()} nu genast`);
      const example = `hänvisning ${reference}`;
      expect(textOf(answer.activity)).to.include(sv('command.didYouMean', { example }));
      const { card } = await personal.press(app.people.petri, answer, `Hänvisning ${reference}`);
      expect(offers(card, 'referral.details')).to.equal(true);
      expect(textsOf(card).join()).to.include(reference);
      const other = textOf((await ask(personal, app.people.petri, 'Saga 2011 1234 nu genast')).activity);
      expect(other).to.include(sv('command.noGuess')).and.not.match(/saga/i);
    });

    it('of a hundred kilobytes, or of invisible characters alone, are answered and do no harm', async () => {
      const personal = app.teams.personalChat(app.people.maria);
      for (const text of ['a'.repeat(100_000), 'hjälp '.repeat(15_000), '\u202e\u200b\u200d', '<at>'.repeat(20_000)]) {
        const { activity } = await ask(personal, app.people.maria, text);
        expect(textOf(activity)).to.include(sv('help.newReferral'));
      }
      const reversed = await ask(personal, app.people.maria, '\u202eh\u200bjä\u00adlp\u202c');
      expect(textOf(reversed.activity)).to.include(sv('help.title'));
    });
  });

  describe('the list', () => {
    it('shows the open referrals ten a page, oldest first, and leads forth and back', async () => {
      const references: string[] = [];
      for (let index = 0; index < 23; index += 1) references.push(await handIn());
      const { petri } = app.people;
      const personal = app.teams.personalChat(petri);
      const first = await ask(personal, petri, 'hänvisningar');
      expect(textOf(first.activity)).to.include(sv('referral.list.title.open', { count: 23 }));
      expect(referencesIn(cardOf(first.activity))).to.deep.equal(references.slice(0, 10));
      expect(textOf(first.activity)).not.to.include(sv('list.previous'));

      const second = await personal.press(petri, first, sv('list.next'));
      expect(referencesIn(second.card)).to.deep.equal(references.slice(10, 20));
      const third = await personal.press(petri, first, sv('list.next'));
      expect(referencesIn(third.card)).to.deep.equal(references.slice(20));
      expect(textsOf(third.card)).not.to.include(sv('list.next'));
      const back = await personal.press(petri, first, sv('list.previous'));
      expect(referencesIn(back.card)).to.deep.equal(references.slice(10, 20));
    });

    it('shows one’s own and those that wait to be taken when asked for', async () => {
      const [first, second, third] = [await handIn(), await handIn(), await handIn()];
      const { petri, sofia } = app.people;
      const personal = app.teams.personalChat(petri);
      await personal.pressOld(petri, { verb: 'referral.claim', data: { id: second } });
      await personal.pressOld(sofia, { verb: 'referral.claim', data: { id: third } });
      const listed = async (text: string): Promise<string[]> =>
        referencesIn(cardOf((await ask(personal, petri, text)).activity));
      expect(await listed('hänvisningar mina')).to.deep.equal([second]);
      expect(await listed('ohjaukset odottaa')).to.deep.equal([first]);
      expect(await listed('open referrals')).to.deep.equal([first, second, third]);
    });

    it('holds no decided case, and says so kindly when nothing is left', async () => {
      await installed();
      const reference = await handIn();
      const { maria } = app.people;
      const personal = app.teams.personalChat(maria);
      const data = { id: reference, outcome: 'accepted' };
      const form = await personal.pressOld(maria, { verb: 'referral.decisionForm', data });
      const firstChoices = executeActions(form.card ?? {})
        .flatMap(({ inputs }) => inputs)
        .map(({ id, choices }) => [String(id), (choices as Fields[])[0]?.value]);
      await personal.pressOld(maria, {
        verb: 'referral.decide',
        data: { ...data, ...Object.fromEntries(firstChoices) },
      });
      expect(textOf((await ask(personal, maria, 'hänvisningar')).activity)).to.include(sv('referral.list.none.open'));
    });

    it('begins with the oldest when the page that is asked for is made up, somebody else’s, or an old card’s', async () => {
      const references: string[] = [];
      for (let index = 0; index < 11; index += 1) references.push(await handIn());
      const { petri, sofia } = app.people;
      for (const id of references) {
        await app.teams.personalChat(petri).pressOld(petri, { verb: 'referral.claim', data: { id } });
      }
      const his = await ask(app.teams.personalChat(petri), petri, 'mina hänvisningar');
      const next = executeActions(cardOf(his.activity) ?? {}).find(({ action }) => action.title === sv('list.next'));
      const personal = app.teams.personalChat(sofia);
      const hers = await personal.pressOld(sofia, next?.action ?? {});
      expect(textsOf(hers.card)).to.include(sv('referral.list.none.mine'));
      for (const data of [{ page: 1 }, { page: 1, after: 'x' }, { page: 7, before: 'x' }]) {
        const { card } = await personal.pressOld(sofia, { verb: 'referral.list', data });
        expect(referencesIn(card), JSON.stringify(data)).to.deep.equal(references.slice(0, 10));
        expect(textsOf(card), JSON.stringify(data)).to.include(sv('list.page', { page: 1, pages: 2 }));
      }
    });

    it('survives a page that does not exist and a filter that does not exist', async () => {
      await handIn();
      const { petri } = app.people;
      const personal = app.teams.personalChat(petri);
      for (const data of [{ page: 99 }, { page: -1 }, { page: 'x' }, { filter: 'alla' }, { page: 1e9 }]) {
        const answer = await personal.pressOld(petri, { verb: 'referral.list', data });
        expect(answer.status, JSON.stringify(data)).to.equal(200);
        expect(textsOf(answer.card), JSON.stringify(data)).not.to.be.empty;
      }
    });
  });

  describe('a case’s card', () => {
    /** Messages that can be acted on as this case's card. */
    const live = (chat: Chat, reference: string): Message[] =>
      chat.messages.filter(({ activity }) => {
        const card = cardOf(activity);
        return offers(card, 'referral.details') && textOf(activity).includes(reference);
      });
    const lines = (chat: Chat, reference: string): Message[] =>
      chat.messages.filter(({ activity }) => textOf(activity).includes(sv('moved.here', { what: reference })));

    it('comes to the bottom by the list’s button; the old one becomes a line, and one is live', async () => {
      const chat = await installed();
      const [first, second] = [await handIn(), await handIn()];
      await chat.waitFor(() => live(chat, first).length === 1 && live(chat, second).length === 1);
      const list = await ask(chat, app.people.petri, 'hänvisningar');
      const row = ({ verb, data }: Fields): boolean => verb === 'referral.bring' && (data as Fields).id === first;
      const { card } = await chat.press(app.people.petri, list, row);
      expect(textsOf(card)).to.include(sv('referral.list.brought', { reference: first }));
      await chat.waitFor(() => lines(chat, first).length === 1);
      expect(live(chat, first).map(({ id }) => id)).to.deep.equal([chat.last().id]);
      expect(live(chat, second)).to.have.length(1);
      expect(app.teams.violations).to.deep.equal([]);
    });

    it('is said to be in the team’s chat, when an old list in another one brings it or a checklist there', async () => {
      const chat = await installed();
      const reference = await handIn();
      await chat.waitFor(() => live(chat, reference).length === 1);
      const { maria } = app.people;
      const elsewhere = app.teams.personalChat(maria);
      await elsewhere.installBot(maria);
      const bring = (verb: string, data: Fields) => elsewhere.pressOld(maria, { verb, data });
      const case_ = await bring('referral.bring', { id: reference });
      expect(textsOf(case_.card)).to.include(sv('referral.list.broughtThere', { reference }));
      const body = 'team:lojo';
      await bring('checklist.start', { body, template: 'startup' });
      const list = await bring('checklist.bring', { body, list: 'startup' });
      expect(textsOf(list.card)).to.include(sv('checklist.lists.broughtThere', { title: 'Starta ankarverksamheten' }));
    });

    it('comes to the bottom when its reference is written, also in lower case and without zeros', async () => {
      const chat = await installed();
      const reference = await handIn();
      await chat.waitFor(() => live(chat, reference).length === 1);
      await chat.say(app.people.petri, `ärende ${reference.toLowerCase().replace('-0001', '-1')}`);
      await chat.waitFor(() => lines(chat, reference).length === 1);
      expect(live(chat, reference).map(({ id }) => id)).to.deep.equal([chat.last().id]);
    });

    it('stands once in the end when three bring it at the same moment', async () => {
      const chat = await installed();
      const reference = await handIn();
      await chat.waitFor(() => live(chat, reference).length === 1);
      const { petri, sofia, niina } = app.people;
      const data = { id: reference, filter: 'open', page: 0 };
      await Promise.all([petri, sofia, niina].map((user) => chat.pressOld(user, { verb: 'referral.bring', data })));
      await chat.waitFor(() => lines(chat, reference).length > 0 && live(chat, reference).length === 1);
      await app.bot.stop();
      expect(live(chat, reference)).to.have.length(1);
    });

    it('is shown in the personal chat without moving in the team’s', async () => {
      const chat = await installed();
      const reference = await handIn();
      await chat.waitFor(() => live(chat, reference).length === 1);
      const personal = app.teams.personalChat(app.people.petri);
      expect(offers(cardOf((await ask(personal, app.people.petri, reference)).activity), 'referral.claim')).to.equal(
        true,
      );
      await app.bot.stop();
      expect(lines(chat, reference)).to.have.length(0);
    });

    it('of another team is not found, by list or by reference', async () => {
      const theirs = await handIn({ municipality: 'Hangö' });
      const { petri } = app.people;
      const personal = app.teams.personalChat(petri);
      expect(textOf((await ask(personal, petri, `hänvisning ${theirs}`)).activity)).to.include(
        sv('errors.referral.notFound'),
      );
      expect(textOf((await ask(personal, petri, 'hänvisningar')).activity)).not.to.include(theirs);
    });

    it('is not put before the eyes of another chat, even by a member of its team', async () => {
      const reference = await handIn();
      const { petri } = app.people;
      const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
      const theirs = app.teams.groupChat({ members: [gunilla, petri] });
      await theirs.installBot(gunilla);
      await theirs.waitFor(() => theirs.messages.length === 1);
      for (const bound of [false, true]) {
        if (bound) await theirs.press(gunilla, theirs.messages[0] ?? '', 'chat.bind', { body: 'team:raseborg' });
        for (const text of ['hänvisningar', reference]) {
          const answer = textOf((await ask(theirs, petri, text)).activity);
          expect(answer).to.include(sv('errors.directory.notHere')).and.not.include(reference);
        }
      }
    });
  });

  describe('what identifies somebody', () => {
    const secrets = [
      ['131052-308T', '131052', sv('sensitive.personalIdentityCode')],
      ['010203A9019', '010203', null],
      ['040 123 4567', '123 4567', sv('sensitive.phoneNumber')],
      ['pia.pahittstrom@example.fi', 'pahittstrom', sv('sensitive.emailAddress')],
    ] as const;

    it('is explained when it stands in a command, and is neither echoed, stored nor logged', async () => {
      const chat = await installed();
      for (const [secret, trace, kind] of secrets) {
        for (const text of [secret, `hänvisning ${secret}`, `ny hänvisning för ${secret} tack`]) {
          if (kind === null) continue;
          const answer = textOf((await ask(chat, app.people.petri, text)).activity);
          expect(answer, text).to.include(sv('command.sensitive')).and.include(kind).and.not.include(trace);
        }
      }
      await app.bot.stop();
      const kept = [JSON.stringify(app.teams.requests), databaseText(folder), logged.join('\n')].join('\n');
      for (const [, trace] of secrets) expect(kept).not.to.include(trace);
    });
  });

  describe('language', () => {
    const helpOf = async (chat: Chat, user: TeamsUser): Promise<string> =>
      textOf((await ask(chat, user, 'hjälp')).activity);

    it('is each person’s own; the shared cards stay in the chat’s', async () => {
      const chat = await installed();
      const { petri, maria } = app.people;
      const chosen = await ask(chat, petri, 'språk fi');
      expect(textOf(chosen.activity)).to.include(fi('language.chosen'));
      expect(await helpOf(chat, petri)).to.include(fi('help.title'));
      expect(await helpOf(app.teams.personalChat(petri), petri)).to.include(fi('help.title'));
      expect(await helpOf(chat, maria)).to.include(sv('help.title'));
      const reference = await handIn();
      await chat.waitFor(() => chat.text().includes(reference));
      const message = chat.last();
      expect(textOf(message.activity)).to.include(sv('referral.actions.claim'));
      const own = await chat.pressOld(petri, { verb: 'referral.view', data: { id: reference } }, message);
      expect(textsOf(own.card)).to.include(fi('referral.actions.claim'));
    });

    const spoken: readonly (readonly [Language, Texts, readonly string[]])[] = [
      ['sv', sv, ['språk sv', 'kieli ruotsi', 'language Swedish', 'svenska']],
      ['fi', fi, ['språk fi', 'kieli suomi', 'language Finnish', 'suomeksi']],
      ['en', en, ['språk en', 'kieli englanti', 'language English', 'engelska']],
    ];
    for (const [language, texts, phrases] of spoken) {
      it(`can be set to ${language} in all three languages`, async () => {
        const { sofia } = app.people;
        const personal = app.teams.personalChat(sofia);
        for (const phrase of phrases) {
          const answer = await ask(personal, sofia, phrase);
          expect(textOf(answer.activity), phrase).to.include(texts('language.chosen'));
        }
      });
    }

    const inOneLanguage: readonly (readonly [Texts, string, string, string])[] = [
      [sv, 'hjälp', 'hänvisningar', 'ny hänvisning'],
      [fi, 'apua', 'ohjaukset', 'uusi ohjaus'],
      [en, 'help', 'referrals', 'new referral'],
    ];
    for (const [texts, help, list, form] of inOneLanguage) {
      it(`of the answer is that of the command (${texts.language}), and so it goes on until another is spoken`, async () => {
        const chat = await installed();
        const { petri } = app.people;
        for (const place of [chat, app.teams.personalChat(petri)]) {
          const answered = async (text: string): Promise<string> => textOf((await ask(place, petri, text)).activity);
          expect(await answered(help)).to.include(texts('help.title'));
          expect(await answered(list)).to.include(texts('referral.list.none.open'));
          expect(await answered(form)).to.include(texts('referral.form.lead'));
          expect(await answered(`${list} zebra`)).to.include(texts('command.unknown'));
          expect(await answered(`${form} 131052-308T`)).to.include(texts('command.sensitive'));
          expect(await answered(`${list} LOJ-2026-0099`)).to.include(texts('errors.referral.notFound'));
          expect(await answered('team'), 'a word of several languages').to.include(texts('profession.police'));
        }
        const pressed = await chat.pressOld(petri, { verb: 'help.show', data: {} });
        expect(textsOf(pressed.card)).to.include(texts('help.title'));
        const { card } = await chat.pressOld(petri, { verb: 'referral.submit', data: { formId: 'f' } });
        expect(textsOf(card).join(), 'what is wrong in a form').to.include(texts('problem.choose'));
      });

      it(`of one’s own choice goes before that of the command (${texts.language})`, async () => {
        const personal = app.teams.personalChat(app.people.petri);
        for (const chosen of [sv, fi, en]) {
          await ask(personal, app.people.petri, `språk ${chosen.language}`);
          expect(textOf((await ask(personal, app.people.petri, help)).activity)).to.include(chosen('help.title'));
        }
      });
    }

    it('is still known after a restart', async () => {
      const { petri } = app.people;
      await ask(app.teams.personalChat(petri), petri, 'kieli suomi');
      await app.stop();
      await begin();
      expect(await helpOf(app.teams.personalChat(app.people.petri), app.people.petri)).to.include(fi('help.title'));
    });
  });
});
