import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ConversationReference } from '../../../../src/conversations/model.ts';
import { createConversationService } from '../../../../src/conversations/service.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { conversationId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { exampleDirectory, heldDirectory, lojo, people, storeWith, unused } from '../../../support/builders.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const { tenant } = exampleDirectory();
const group: ConversationReference = {
  conversation: conversationId('19:group'),
  kind: 'groupChat',
  serviceUrl: 'https://one',
  botId: '28:bot',
  person: null,
};
const personal: ConversationReference = {
  ...group,
  conversation: conversationId('a:petri'),
  kind: 'personal',
  person: people.petri,
};
const petri = { person: people.petri, teamsId: '29:petri' };

const lojoChat = { ...group, conversation: conversationId('19:lojo-ankarteam@thread.v2') };
const of = (person: PersonId) => ({ person, teamsId: `29:${person}` });

describe('the people whom several instances of the bot meet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-conversations-'));
  let store: Store;
  before(() => {
    store = openSqliteStore(join(folder, 'one.db'));
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const clock = simulatedClock();
  let reached: string[] = [];
  let returned: string[] = [];
  const instance = (
    outbox: Parameters<typeof createConversationService>[0]['outbox'] = unused('outbox'),
    watched: Partial<Store> = {},
  ) =>
    createConversationService({
      store: storeWith(store, { exclusive: false, ...watched }),
      directory: heldDirectory(),
      outbox,
      clock,
      newId: () => 'id',
      settle: () => undefined,
      announcedWithin: Temporal.Duration.from({ seconds: 60 }),
      held: (delivery) => delivery,
      onReachable: (body) => void reached.push(body),
      onReturned: (conversation) => void returned.push(conversation),
      onJoinedAgain: () => undefined,
      background: () => undefined,
    });

  it('keep their personal chat and language when an instance that does not know of them yet learns something else', async () => {
    const [one, other] = [instance(), instance()];
    await one.met(tenant, group, petri);
    await other.met(tenant, personal, petri);
    await other.chooseLanguage(tenant, petri, personal, 'fi');
    await one.met(tenant, { ...group, serviceUrl: 'https://two' }, petri);
    const fresh = instance();
    expect(await fresh.person(tenant, people.petri)).to.deep.include({
      conversation: personal.conversation,
      serviceUrl: 'https://two',
    });
    expect(await fresh.language(tenant, people.petri)).to.equal('fi');
  });

  it('are written to in the language of their own choice, else of their Teams, which is written down when it changes', async () => {
    let writes = 0;
    const service = instance(unused('outbox'), {
      replace: (document, version) => {
        writes += 1;
        return store.replace(document, version);
      },
    });
    const gunilla = of(people.gunilla);
    const seen = async (...met: (Language | null)[]): Promise<[Language | null, number]> => {
      writes = 0;
      for (const language of met)
        await service.met(tenant, group, { ...gunilla, ...(language && { teamsLanguage: language }) });
      return [await service.language(tenant, people.gunilla), writes];
    };
    await service.met(tenant, group, gunilla);
    expect(await seen(null)).to.deep.equal([null, 0]);
    expect(await seen('fi', 'fi', null, 'fi')).to.deep.equal(['fi', 1]);
    expect(await instance().language(tenant, people.gunilla)).to.equal('fi');
    await service.met(tenant, group, { ...of(people.maria), teamsLanguage: 'sv' });
    expect(await seen('fi'), 'others in the same chat have their own').to.deep.equal(['fi', 0]);
    expect(await seen('sv')).to.deep.equal(['sv', 1]);
    await service.chooseLanguage(tenant, gunilla, group, 'en');
    expect(await seen('fi')).to.deep.equal(['en', 1]);
    expect(await service.chosenLanguage(tenant, people.gunilla)).to.equal('en');
    expect(await service.chosenLanguage(tenant, people.maria)).to.equal(null);
    expect(await service.language(tenant, people.maria)).to.equal('sv');
  });

  it('are asked for a personal chat once, however many notices wait for it', async () => {
    let asked = 0;
    const opened = Promise.withResolvers<void>();
    const service = instance({
      roster: async () => [],
      async openPersonalChat() {
        asked += 1;
        await opened.promise;
        return conversationId('a:niina');
      },
    });
    await service.met(tenant, group, { person: people.niina, teamsId: '29:niina' });
    const addresses = [1, 2, 3].map(() => service.person(tenant, people.niina));
    opened.resolve();
    for (const address of addresses) expect((await address)?.conversation).to.equal('a:niina');
    expect(asked).to.equal(1);
  });

  it('are not looked for in a chat that is gone, which is marked and not asked again', async () => {
    let asked = 0;
    const service = instance({
      async roster() {
        asked += 1;
        throw new AppError('chat.gone');
      },
      openPersonalChat: async () => null,
    });
    await service.met(tenant, lojoChat, null);
    expect(await service.person(tenant, people.sofia)).to.equal(null);
    expect(await service.chatOfBody(tenant, lojo)).to.equal(null);
    expect(await service.person(tenant, people.jonas)).to.equal(null);
    expect(asked).to.equal(1);
  });

  it('are looked for again a while after they were in no roster, and when the wall clock was set back', async () => {
    let asked = 0;
    const service = instance({
      async roster() {
        asked += 1;
        return [];
      },
      openPersonalChat: async () => null,
    });
    await service.joined(tenant, lojoChat);
    const looks = async (): Promise<number> => {
      await service.person(tenant, people.jonas);
      return asked;
    };
    expect([await looks(), await looks()]).to.deep.equal([1, 1]);
    await clock.advance(15 * 60_000);
    expect([await looks(), await looks()]).to.deep.equal([2, 2]);
    await clock.set(clock.now().subtract({ hours: 1 }));
    expect(await looks()).to.equal(3);
  });

  it('open a chat again that was closed to the bot if it is theirs, and whoever adds the bot does', async () => {
    const service = instance({ roster: async () => [], openPersonalChat: async () => null });
    const isOpen = async (): Promise<boolean> => (await service.chat(tenant, lojoChat.conversation)) !== null;
    await service.joined(tenant, lojoChat);
    await service.markGone(tenant, lojoChat.conversation);
    [reached, returned] = [[], []];
    await service.met(tenant, lojoChat, of(personId('guest')));
    await service.met(tenant, lojoChat, of(people.kaisa));
    await service.met(tenant, { ...lojoChat, serviceUrl: 'https://two' }, null);
    expect(await isOpen()).to.equal(false);
    expect([reached, returned]).to.deep.equal([[], []]);
    await service.met(tenant, lojoChat, of(people.petri));
    expect(await isOpen()).to.equal(true);
    expect([reached, returned]).to.deep.equal([[lojo], [lojoChat.conversation]]);
    await service.markGone(tenant, lojoChat.conversation);
    await service.met(tenant, lojoChat, of(people.petri));
    expect(await isOpen(), 'not at every press').to.equal(false);
    await service.joined(tenant, lojoChat);
    expect(await isOpen()).to.equal(true);
    expect(reached).to.deep.equal([lojo, lojo]);
    expect(returned).to.deep.equal([lojoChat.conversation, lojoChat.conversation]);
  });

  it('can be written to in a shared chat that the bot has met, until it is gone', async () => {
    const service = instance();
    const isReachable = (): Promise<boolean> => service.isReachable(tenant, conversationId('19:reached'));
    expect(await isReachable()).to.equal(false);
    await service.met(tenant, { ...group, conversation: conversationId('19:reached') }, null);
    expect(await isReachable()).to.equal(true);
    await service.markGone(tenant, conversationId('19:reached'));
    expect(await isReachable()).to.equal(false);
  });
});
