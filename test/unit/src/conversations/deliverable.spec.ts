import { expect } from 'chai';
import { chatDeliverable } from '../../../../src/conversations/deliverable.ts';
import { newChat } from '../../../../src/conversations/model.ts';
import { createConversationService } from '../../../../src/conversations/service.ts';
import { bodyOf } from '../../../../src/directory/model.ts';
import { conversationId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { exampleDirectory, heldDirectory, lojo, monday, people, unused } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

describe('what a leader is told of who came into the chat', () => {
  const region = exampleDirectory();
  const { tenant } = region;
  const reference = {
    conversation: conversationId('19:lojo-ankarteam@thread.v2'),
    kind: 'groupChat',
    serviceUrl: 'https://x',
    botId: '28:bot',
    person: null,
  } as const;
  const folder = temporaryFolder();
  let store: Store;
  before(() => {
    store = openSqliteStore(`${folder.path}/one.db`);
  });
  after(async () => {
    await store.close();
    folder.remove();
  });

  /** The card, when these people and Petri, who is a member, are in Teams' list of the chat. */
  async function toldOf(...names: string[]): Promise<string> {
    const sitting = (person: PersonId, name: string) => ({ person, teamsId: `29:${person}`, name, guest: false });
    const roster = [sitting(people.petri, 'Petri Aaltonen'), ...names.map((name) => sitting(personId(name), name))];
    const directory = heldDirectory();
    const conversations = createConversationService({
      store,
      directory,
      outbox: { roster: async () => roster, openPersonalChat: async () => null },
      clock: simulatedClock(),
      newId: () => 'id',
      settle: () => undefined,
      announcedWithin: Temporal.Duration.from({ seconds: 60 }),
      held: (delivery) => delivery,
      onReachable: () => undefined,
      onReturned: () => undefined,
      onJoinedAgain: () => undefined,
      background: () => undefined,
    });
    await conversations.met(tenant, reference, null);
    const deliverable = chatDeliverable({ conversations, directory, offer: unused('offer') });
    const chat = { ...newChat(reference, monday), tenant };
    const notice = { key: 'outsider', to: people.maria, kind: 'outsider', at: '2026-11-23T07:00:00.000Z' };
    return JSON.stringify((await deliverable.noticeMessage(chat, notice))?.card);
  }

  const sv = textsFor('sv');
  const body = bodyOf(region, lojo)?.name.sv ?? '';
  const said = (count: number, names: string): string => sv('notice.outsider.text', { body, count, names });

  it('names those of them who are in Teams’ list', async () => {
    expect(await toldOf('Okänd')).to.include(said(1, ': Okänd'));
    expect(await toldOf('Okänd', 'Främling')).to.include(said(2, ': Okänd och Främling'));
  });

  it('speaks of somebody, who has no name, when nobody in the list is from outside', async () => {
    expect(await toldOf()).to.include(said(1, ''));
  });
});
