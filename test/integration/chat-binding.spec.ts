import { expect } from 'chai';
import { AppError } from '../../src/shared/errors.ts';
import { textsFor } from '../../src/shared/text.ts';
import type { Store } from '../../src/storage/port.ts';
import { lojoChatId, objectId, startTestApp } from '../support/app.ts';
import { storeWith } from '../support/builders.ts';
import { allVerbs, featuresOf } from '../support/features.ts';
import { localKey, postReferral, referralBody } from '../support/intake.ts';
import { simulatedClock } from '../support/simulated-clock.ts';
import { cardOf, executeActions, type FoundAction, textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import type { Fields, Message, TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const lojo = 'Lojo ankarteam';
const raseborg = 'team:raseborg';

describe('the chat of a body', () => {
  let app: App;
  let gunilla: TeamsUser;
  let mikael: TeamsUser;
  let raseborgChat: Chat;

  const begin = async (options: Parameters<typeof startTestApp>[0] = {}): Promise<void> => {
    app = await startTestApp(options);
    gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    mikael = app.teams.addUser({ name: 'Mikael Holm', aadObjectId: objectId('31') });
    raseborgChat = app.teams.groupChat({ name: 'Raseborg', members: [gunilla, mikael] });
  };
  const handIn = async (municipality: string): Promise<string> => {
    const authorization = `Bearer ${localKey(app.dataDir)}`;
    const { body } = await postReferral(app.url, { authorization, body: referralBody({ municipality }) });
    return String(body.reference);
  };
  const showing = (chat: Chat, text: string): number =>
    chat.messages.filter(({ activity }) => textOf(activity).includes(text)).length;
  const bind = (chat: Chat, by: TeamsUser, body: string) =>
    chat.press(by, chat.messages[0] ?? '', 'chat.bind', { body });

  afterEach(async () => {
    await app.stop();
  });

  describe('greeting', () => {
    beforeEach(() => begin());

    it('greets the chat that the region file names in the name of its team, with buttons', async () => {
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => app.chat.messages.length === 1);
      expect(app.chat.text()).to.include(sv('welcome.team', { body: lojo }));
      expect(JSON.stringify(app.chat.cards())).to.include('referral.form').and.include('referral.list');
    });

    it('learns who is there, so that a leader who never said a word is told when the chat is gone', async () => {
      const { maria, petri } = app.people;
      await app.chat.installBot(petri);
      await app.bot.settled();
      await app.chat.removeBot(petri);
      await app.bot.settled();
      const told = app.teams.personalChat(maria).messages;
      expect(told.filter(({ activity }) => textOf(activity).includes(sv('notice.chatGone.title')))).to.have.lengthOf(1);
      expect(app.teams.personalChat(maria).text()).to.include(sv('notice.chatGone.title'));
    });

    const installed = { type: 'installationUpdate', action: 'add' };
    const added = (): { type: string; membersAdded: object[] } => ({
      type: 'conversationUpdate',
      membersAdded: [{ id: app.teams.botId }],
    });
    const orders: readonly (readonly [string, (chat: Chat) => Promise<unknown>])[] = [
      [
        'installationUpdate first',
        async (chat) => {
          await chat.send(gunilla, installed);
          await chat.send(gunilla, added());
        },
      ],
      [
        'conversationUpdate first',
        async (chat) => {
          await chat.send(gunilla, added());
          await chat.send(gunilla, installed);
        },
      ],
      ['both at once', (chat) => Promise.all([chat.send(gunilla, installed), chat.send(gunilla, added())])],
      [
        'both twice, all at once',
        (chat) => Promise.all([added(), installed, added(), installed].map((event) => chat.send(gunilla, event))),
      ],
    ];
    for (const [order, announce] of orders) {
      it(`greets once when Teams announces it twice: ${order}`, async () => {
        const chat = app.teams.groupChat({ members: [gunilla], installed: true });
        await announce(chat);
        await app.bot.stop();
        expect(chat.messages).to.have.length(1);
      });
    }

    it('greets anew when it was removed and added again', async () => {
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => app.chat.messages.length === 1);
      await app.chat.removeBot(app.people.maria);
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => app.chat.messages.length === 2);
    });

    it('greets in a personal chat, too', async () => {
      const personal = app.teams.personalChat(app.people.petri);
      await personal.installBot(app.people.petri);
      await personal.waitFor(() => personal.messages.length === 1);
      expect(personal.text()).to.include(sv('welcome.personal'));
    });

    it('greets in private in the language of the person’s first body, and in their own once they have chosen', async () => {
      const laura = app.teams.addUser({ name: 'Laura Niemi', aadObjectId: objectId('51') });
      const personal = app.teams.personalChat(laura);
      await personal.installBot(laura);
      await personal.waitFor(() => personal.text().includes(textsFor('fi')('welcome.personal')));
      await personal.say(laura, 'språk sv');
      await personal.removeBot(laura);
      await personal.installBot(laura);
      await personal.waitFor(() => personal.text().includes(sv('welcome.personal')));
    });

    it('promises nothing in private to who is a member of nothing, and offers no button', async () => {
      const stranger = app.teams.addUser({ name: 'Sten Främling', aadObjectId: objectId('88') });
      const personal = app.teams.personalChat(stranger);
      await personal.installBot(stranger);
      const greeting = await personal.waitFor(() => personal.messages[0]);
      for (const texts of [sv, textsFor('fi'), textsFor('en')])
        expect(textOf(greeting.activity)).to.include(texts('welcome.stranger'));
      expect(executeActions(cardOf(greeting.activity) ?? {})).to.deep.equal([]);
    });
  });

  describe('an unknown chat', () => {
    beforeEach(async () => {
      await begin();
      await raseborgChat.installBot(gunilla);
      await raseborgChat.waitFor(() => raseborgChat.messages.length === 1);
    });

    it('is asked by a card to which body it belongs', () => {
      expect(raseborgChat.text()).to.include(sv('binding.title'));
      expect(JSON.stringify(raseborgChat.cards()[0]))
        .to.include('"team:raseborg"')
        .and.include('"steering:vastra-nyland"');
      expect(raseborgChat.text()).not.to.include(sv('welcome.how'));
    });

    it('is not bound by a member who does not lead the body, who hears why at the field', async () => {
      const { card } = await bind(raseborgChat, mikael, raseborg);
      expect(textsOf(card).join()).to.include(sv('errors.directory.leadersOnly'));
      await handIn('Hangö');
      await app.bot.stop();
      expect(raseborgChat.messages).to.have.length(1);
    });

    it('is not bound by the leader of another body', async () => {
      await raseborgChat.addMember(app.people.maria);
      const { card } = await bind(raseborgChat, app.people.maria, raseborg);
      expect(textsOf(card).join()).to.include(sv('errors.directory.leadersOnly'));
    });

    it('answers what it does not understand with the way to bind it, as there is nothing else to do', async () => {
      await raseborgChat.say(gunilla, 'blorp');
      const answer = await raseborgChat.waitFor(() =>
        raseborgChat.messages.find(({ activity }) => textOf(activity).includes(sv('command.unknown'))),
      );
      const { card } = await raseborgChat.press(gunilla, answer, sv('binding.submit'));
      expect(textsOf(card)).to.include(sv('binding.title')).and.not.include(sv('problem.choose'));
    });

    it('offers nothing to who is a member of nothing, whatever they write', async () => {
      const stranger = app.teams.addUser({ name: 'Sten Främling', aadObjectId: objectId('88') });
      await raseborgChat.addMember(stranger);
      await raseborgChat.say(stranger, 'blorp');
      const answer = await raseborgChat.waitFor(() =>
        raseborgChat.messages.find(({ activity }) => textOf(activity).includes(sv('errors.directory.notAMember'))),
      );
      expect(executeActions(cardOf(answer.activity) ?? {})).to.deep.equal([]);
      await raseborgChat.say(stranger, '131052-308T');
      const warning = await raseborgChat.waitFor(() =>
        raseborgChat.messages.find(({ activity }) => textOf(activity).includes(sv('command.sensitive'))),
      );
      expect(executeActions(cardOf(warning.activity) ?? {})).to.deep.equal([]);
    });

    it('says what to choose when nothing is chosen, and what is wrong with a body that does not exist', async () => {
      const nothing = await raseborgChat.press(gunilla, raseborgChat.last(), 'chat.bind');
      expect(textsOf(nothing.card).join()).to.include(sv('problem.choose'));
      const forged = await raseborgChat.pressOld(gunilla, { verb: 'chat.bind', data: { body: 'team:atlantis' } });
      expect(textsOf(forged.card).join()).to.include(sv('errors.directory.unknownBody'));
    });

    it('is bound by its leader, and the greeting follows for everybody', async () => {
      const { card } = await bind(raseborgChat, gunilla, raseborg);
      const welcome = sv('welcome.team', { body: 'Raseborgs ankarteam' });
      expect(textsOf(card).join()).to.include(welcome);
      await raseborgChat.waitFor(() => raseborgChat.text().includes(welcome));
      expect(raseborgChat.messages).to.have.length(1);
      expect(app.teams.violations).to.deep.equal([]);
    });

    it('is greeted anew when its leader binds it once more, for a crash may have come before the greeting', async () => {
      await bind(raseborgChat, gunilla, raseborg);
      await app.bot.settled();
      const updates = (): number => app.teams.requests.filter(({ method }) => method === 'PUT').length;
      const before = updates();
      await raseborgChat.pressOld(gunilla, { verb: 'chat.bind', data: { body: raseborg } }, raseborgChat.messages[0]);
      await app.bot.settled();
      expect(updates()).to.equal(before + 1);
    });

    it('stays with the body that has it when another one’s leader presses the old card', async () => {
      await raseborgChat.addMember(app.people.maria);
      const card = raseborgChat.messages[0]?.activity.attachments?.[0]?.content;
      await bind(raseborgChat, gunilla, raseborg);
      expect(JSON.stringify(card)).to.include('chat.bind');
      const answer = await raseborgChat.pressOld(
        app.people.maria,
        { verb: 'chat.bind', data: { body: 'team:lojo' } },
        raseborgChat.messages[0],
      );
      expect(textsOf(answer.card).join()).to.include(sv('errors.directory.chatTaken'));
      const reference = await handIn('Ingå');
      await raseborgChat.waitFor(() => showing(raseborgChat, reference) === 1);
    });

    it('can belong to the management team or the steering group', async () => {
      const { kaisa } = app.people;
      for (const [body, name] of [
        ['management:vastra-nyland', 'Chefsteamet i Västra Nyland'],
        ['steering:vastra-nyland', 'Styrgruppen i Västra Nyland'],
      ] as const) {
        const chat = app.teams.groupChat({ members: [kaisa] });
        await chat.installBot(kaisa);
        await chat.waitFor(() => chat.messages.length === 1);
        await bind(chat, kaisa, body);
        await chat.waitFor(() => chat.text().includes(sv('welcome.body', { body: name })));
        const buttons = executeActions(chat.cards()[0] ?? {}).map(({ action }) => action.title);
        expect(buttons).to.include(sv('help.members')).and.include(sv('help.newReferral'));
        expect(buttons).not.to.include(sv('help.list')).and.not.include(sv('help.team'));
        expect(chat.text()).to.include(sv('welcome.howBody', { mention: '@Ankarboten' }));
        expect(chat.text()).not.to.include(sv('welcome.confidential'));
        await chat.say(kaisa, 'hänvisningar');
        await chat.waitFor(() => chat.text().includes(sv('errors.directory.notInATeam')));
      }
    });
  });

  it('keeps a body’s cards out of a personal chat, even when its leader sends a forged press', async () => {
    await begin();
    const personal = app.teams.personalChat(gunilla);
    await personal.installBot(gunilla);
    const { card } = await personal.pressOld(gunilla, { verb: 'chat.bind', data: { body: raseborg } });
    expect(textsOf(card).join()).to.include(sv('errors.badInput'));
    const reference = await handIn('Ingå');
    await personal.waitFor(() => showing(personal, sv('notice.unplaced.title', { reference })) === 1);
  });

  it('moves the team’s open cards to the chat that its leader chooses instead', async () => {
    await begin();
    const { maria } = app.people;
    await app.chat.installBot(maria);
    const reference = await handIn('Lojo');
    await app.chat.waitFor(() => showing(app.chat, reference) === 1);
    const chat = app.teams.groupChat({ members: [maria] });
    await chat.installBot(maria);
    await chat.waitFor(() => chat.messages.length === 1);
    const asked = await bind(chat, maria, 'team:lojo');
    expect(textsOf(asked.card).join(), 'asked before it is moved').to.include(sv('binding.moveLead'));
    await app.bot.settled();
    expect(showing(chat, reference)).to.equal(0);
    await chat.press(maria, chat.messages[0] ?? '', sv('binding.move'));
    await chat.waitFor(() => showing(chat, reference) === 1);
    await app.chat.waitFor(() => app.chat.text().includes(sv('moved.elsewhere', { what: reference })));
    expect(JSON.stringify(app.chat.cards())).not.to.include('referral.claim');
    // Nobody's chat now, it asks whose it is, and names the team no more.
    await app.chat.waitFor(() => showing(app.chat, sv('binding.title')) === 1);
  });

  it('moves the team’s checklist there too', async () => {
    await begin();
    const { maria } = app.people;
    const startup = 'Starta ankarverksamheten';
    const progress = sv('checklist.progress.done', { done: 0, total: 23 });
    await app.chat.installBot(maria);
    await app.chat.say(maria, 'checklista start');
    await app.chat.waitFor(() => showing(app.chat, progress) === 1);
    await app.bot.settled();
    const chat = app.teams.groupChat({ members: [maria] });
    await chat.installBot(maria);
    await chat.waitFor(() => chat.messages.length === 1);
    await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, chat.messages[0]);
    await chat.waitFor(() => showing(chat, progress) === 1);
    await app.chat.waitFor(() => showing(app.chat, sv('moved.elsewhere', { what: startup })) === 1);
    expect(showing(app.chat, progress)).to.equal(0);
  });

  it('gets a case of its team that was decided in another chat and is open again', async () => {
    await begin();
    const { maria, petri } = app.people;
    await app.chat.installBot(maria);
    const reference = await handIn('Lojo');
    await app.chat.waitFor(() => showing(app.chat, reference) === 1);
    const press = (verb: string, more: Fields = {}) =>
      app.chat.pressOld(maria, { verb, data: { id: reference, ...more } });
    await press('referral.claim');
    await press('referral.decide', { outcome: 'accepted', reason: 'offence', alone: 'urgent' });
    const chat = app.teams.groupChat({ members: [maria, petri] });
    await chat.installBot(maria);
    await chat.waitFor(() => chat.messages.length === 1);
    await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, chat.messages[0]);
    await app.bot.settled();
    expect(showing(chat, reference), 'what is decided stays where it stood').to.equal(0);
    await press('referral.reopen');
    await chat.waitFor(() => showing(chat, sv('referral.actions.claim')) + showing(chat, reference) > 0);
    await app.chat.waitFor(() => app.chat.text().includes(sv('moved.elsewhere', { what: reference })));
  });

  describe('referrals of a team whose chat is not known yet', () => {
    it('wait, and appear once the moment the chat is bound; the leader is told in private, once for each', async () => {
      await begin();
      const personal = app.teams.personalChat(gunilla);
      await personal.installBot(gunilla);
      await personal.waitFor(() => personal.messages.length === 1);
      const references = [await handIn('Raseborg'), await handIn('Hangö'), await handIn('Ingå')];
      for (const reference of references) {
        await personal.waitFor(() => showing(personal, sv('notice.unplaced.title', { reference })) === 1);
      }
      await raseborgChat.installBot(gunilla);
      await raseborgChat.waitFor(() => raseborgChat.messages.length === 1);
      expect(raseborgChat.text()).not.to.include('RAS-');
      await bind(raseborgChat, gunilla, raseborg);
      for (const reference of references) await raseborgChat.waitFor(() => showing(raseborgChat, reference) === 1);
      await app.bot.stop();
      expect(raseborgChat.messages).to.have.length(1 + references.length);
      expect(personal.messages).to.have.length(1 + references.length);
      expect(app.teams.violations).to.deep.equal([]);
    });

    it('appear once each when the bot is added to the chat that the region file names', async () => {
      await begin();
      const references = [await handIn('Lojo'), await handIn('Vihtis'), await handIn('Högfors')];
      await app.chat.installBot(app.people.maria);
      for (const reference of references) await app.chat.waitFor(() => showing(app.chat, reference) === 1);
      await app.bot.stop();
      expect(app.chat.id).to.equal(lojoChatId);
      expect(app.chat.messages).to.have.length(1 + references.length);
      expect(showing(app.chat, 'nedan')).to.equal(0);
    });

    it('are told to a leader whom the bot meets only later, unless the card has found its chat by then', async () => {
      const clock = simulatedClock();
      await begin({ clock });
      app.teams.limited = false;
      const waiting = await handIn('Raseborg');
      const placed = await handIn('Lojo');
      await app.chat.installBot(app.people.maria);
      await app.chat.waitFor(() => showing(app.chat, placed) === 1);
      const leaders = [app.teams.personalChat(gunilla), app.teams.personalChat(app.people.maria)] as const;
      await leaders[0].installBot(gunilla);
      await leaders[1].installBot(app.people.maria);
      while (showing(leaders[0], waiting) === 0) await clock.advance(5_000);
      for (let minute = 0; minute < 3; minute += 1) await clock.advance(60_000);
      await app.bot.stop();
      expect(showing(leaders[0], waiting)).to.equal(1);
      expect(showing(leaders[1], placed)).to.equal(0);
    });
  });

  describe('somebody from outside the team', () => {
    let reference: string;
    let personal: Chat;

    beforeEach(async () => {
      await begin();
      const { maria } = app.people;
      await app.chat.installBot(maria);
      personal = app.teams.personalChat(maria);
      await personal.installBot(maria);
      reference = await handIn('Lojo');
      await app.chat.waitFor(() => showing(app.chat, reference) === 1);
      await personal.waitFor(() => personal.messages.length === 2);
    });

    it('is reported by name when they sat in the chat before the bot came, once', async () => {
      expect(showing(personal, sv('notice.outsider.title'))).to.equal(1);
      const told = sv('notice.outsider.text', { count: 1, body: lojo, names: ': Kaisa Sandberg' });
      expect(personal.text()).to.include(told).and.not.include('Petri Aaltonen');
      await app.chat.installBot(app.people.maria);
      await app.bot.settled();
      expect(showing(personal, sv('notice.outsider.title'))).to.equal(1);
    });

    it('is reported to the leader in private, once, when they are added to the chat', async () => {
      const stranger = app.teams.addUser({ name: 'Okänd Främling' });
      await app.chat.addMember(stranger);
      await app.chat.addMember(stranger);
      await personal.waitFor(() => showing(personal, sv('notice.outsider.title')) === 2);
      await app.bot.stop();
      expect(personal.messages).to.have.length(3);
      const names = ': Kaisa Sandberg och Okänd Främling';
      expect(personal.text()).to.include(sv('notice.outsider.text', { count: 2, body: lojo, names }));
      expect(app.chat.text()).not.to.include('Främling');
    });

    it('is reported also when they belong to another team, or have no account in any organisation', async () => {
      await app.chat.addMember(gunilla);
      await personal.waitFor(() => showing(personal, sv('notice.outsider.title')) === 2);
      await app.chat.send(app.people.maria, { type: 'conversationUpdate', membersAdded: [{ id: '29:utan-konto' }] });
      await personal.waitFor(() => showing(personal, sv('notice.outsider.title')) === 3);
    });

    it('is not reported when they are members of the team', async () => {
      await app.chat.addMember(app.people.petri);
      await app.bot.stop();
      expect(personal.messages).to.have.length(2);
    });

    it('is refused on every verb, and changes nothing', async () => {
      const strangers = [
        app.teams.addUser({ name: 'Okänd Främling' }),
        app.teams.addUser({ name: 'Gäst', role: 'guest' }),
        app.teams.addUser({ name: 'Annan', tenantId: 'b0000000-0000-4000-8000-000000000001' }),
      ];
      const card = app.chat.last();
      const view = async () =>
        JSON.stringify(
          (await app.chat.pressOld(app.people.petri, { verb: 'referral.view', data: { id: reference } })).card,
        );
      const before = await view();
      const data = { id: reference, body: 'team:lojo', person: objectId('21'), language: 'fi', formId: 'x' };
      const refusals = [sv('errors.directory.notAMember'), sv('errors.directory.unknownTenant')];
      for (const stranger of strangers) {
        for (const verb of allVerbs) {
          const answer = await app.chat.pressOld(stranger, { verb, data: { ...data, outcome: 'accepted' } }, card);
          expect(answer.status, verb).to.equal(200);
          const said = textsOf(answer.card).join();
          expect(
            refusals.some((refusal) => said.includes(refusal)),
            `${verb}: ${said}`,
          ).to.equal(true);
          expect(said).not.to.include(reference);
        }
      }
      expect(await view()).to.equal(before);
    });

    it('is refused on every command', async () => {
      for (const { example } of featuresOf('production').commands) {
        const stranger = app.teams.addUser({ name: 'Okänd Främling' });
        const text = example.sv;
        const count = app.chat.messages.length;
        await app.chat.say(stranger, text.replace('LOJ-2026-0001', reference));
        await app.chat.waitFor(() => app.chat.messages.length > count, 5_000);
        expect(textOf(app.chat.last().activity), text).to.include(sv('errors.directory.notAMember'));
        expect(textOf(app.chat.last().activity), text).not.to.include(reference);
      }
    });

    describe('who belongs to another body', () => {
      const caseVerbs = ['view', 'claim', 'details', 'assessForm', 'askForm', 'assignForm', 'decisionForm', 'assess'];
      const press = (user: TeamsUser, name: string, message?: Message) =>
        app.chat.pressOld(user, { verb: `referral.${name}`, data: dataOfCase() }, message);
      const cardOfCase = (): Message => {
        const live = app.chat.messages.filter(({ activity }) =>
          textOf(activity).includes(sv('referral.actions.claim')),
        );
        return live.at(-1) ?? expect.fail('no card');
      };
      const dataOfCase = (): unknown => executeActions(cardOf(cardOfCase().activity) ?? {})[0]?.action.data;

      it('is told nothing about a case by any message but its card', async () => {
        const [greeting] = app.chat.messages;
        const { kaisa } = app.people;
        for (const user of [gunilla, kaisa]) {
          for (const name of caseVerbs) {
            for (const message of [undefined, greeting]) {
              expect(textsOf((await press(user, name, message)).card), name).to.include(sv('errors.referral.notFound'));
            }
          }
          const elsewhere = app.teams.personalChat(user);
          const { card } = await elsewhere.pressOld(user, { verb: 'referral.view', data: dataOfCase() });
          expect(textsOf(card)).to.include(sv('errors.referral.notFound'));
        }
        const other = { id: reference.replace('0001', '0002') };
        for (const data of [other, { id: 'RAS-2026-0001' }, { id: '' }]) {
          const { card } = await app.chat.pressOld(kaisa, { verb: 'referral.view', data }, cardOfCase());
          expect(textsOf(card), data.id).to.include(sv('errors.referral.notFound'));
        }
        const brought = await app.chat.pressOld(
          kaisa,
          { verb: 'referral.bring', data: { id: reference } },
          cardOfCase(),
        );
        expect(textsOf(brought.card)).to.include(sv('errors.referral.notFound'));
      });

      it('is told on its card that it is for members, and gets back what everybody sees, and no more', async () => {
        const card = cardOfCase();
        for (const user of [gunilla, app.people.kaisa]) {
          for (const name of caseVerbs.filter((verb) => verb !== 'view')) {
            const refused = await press(user, name, card);
            const { body = [], actions } = refused.card ?? {};
            expect(textsOf(body), name).to.deep.equal([sv('errors.title'), sv('errors.referral.membersOnly')]);
            expect(textsOf(actions), name).to.deep.equal([sv('actions.back')]);
            const back = await app.chat.press(user, card, sv('actions.back'));
            const shared = cardOf(card.activity) ?? {};
            expect(textsOf(back.card)).to.deep.equal(textsOf(shared));
            const data = ({ action }: FoundAction) => action.data;
            expect(executeActions(back.card ?? {}).map(data)).to.deep.equal(executeActions(shared).map(data));
          }
        }
      });

      it('does not get a card back that stands there no more', async () => {
        const old = cardOfCase();
        await app.chat.pressOld(app.people.maria, { verb: 'referral.bring', data: { id: reference } });
        await app.chat.waitFor(() => textOf(old.activity).includes(sv('moved.here', { what: reference })));
        const { card } = await press(app.people.kaisa, 'view', old);
        expect(textsOf(card)).to.include(sv('errors.referral.notFound'));
      });
    });
  });

  for (const moving of [false, true]) {
    it(`brings greeting and cards into a chat though the store fails as it is bound${moving ? ' in the place of another' : ''}`, async () => {
      let failing = 0;
      const through = (store: Store): Store =>
        storeWith(store, {
          async replace(document, version) {
            if (document.kind === 'chat' && failing > 0) {
              failing -= 1;
              throw new AppError('store.unavailable');
            }
            return store.replace(document, version);
          },
        });
      await begin({ through });
      const { maria } = app.people;
      if (moving) await app.chat.installBot(maria);
      const reference = await handIn('Lojo');
      const chat = app.teams.groupChat({ members: Object.values(app.people) });
      await chat.installBot(maria);
      const asking = await chat.waitFor(() => chat.messages[0]);
      await app.bot.settled();
      failing = moving ? 2 : 1;
      await chat.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, asking);
      await chat.waitFor(() => chat.text().includes(sv('welcome.team', { body: lojo })));
      await chat.waitFor(() => chat.text().includes(reference));
      expect(failing).to.equal(0);
    });
  }
});
