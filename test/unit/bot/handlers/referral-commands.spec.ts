import { expect } from 'chai';
import { createParser } from '../../../../bot/commands/parse-command.ts';
import { referralCommands } from '../../../../bot/handlers/referral-commands.ts';
import type { Press } from '../../../../bot/handlers/verb.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import {
  actor,
  type ExamplePerson,
  heldDirectory,
  people,
  referral,
  refusalOf,
  unused,
} from '../../../support/builders.ts';

const lojoChat = '19:lojo-ankarteam@thread.v2';

const said = (who: ExamplePerson, conversation: string): Press => ({
  actor: actor(who),
  texts: textsFor('sv'),
  by: { person: people[who], teamsId: '29:x' },
  reference: {
    conversation: conversationId(conversation),
    kind: 'groupChat',
    serviceUrl: 'https://x',
    botId: '28:b',
    person: null,
  },
  activityId: null,
  readBy: 'chat',
  automatic: false,
  cut: '',
  refused: () => undefined,
});

describe('a case’s reference, written where everyone reads', () => {
  let brought: string[];

  const answer = async (press: Press, text: string): Promise<unknown> => {
    const commands = referralCommands({
      directory: heldDirectory(),
      referrals: {
        async bring(_actor, reference) {
          brought.push(reference);
          return referral();
        },
      },
      // Nothing is drawn for one person, and so nothing is read for it.
      view: unused('view'),
    });
    const reading = createParser(commands)(text);
    return reading.kind === 'command' ? reading.meant.answer?.(press) : expect.fail('no command');
  };

  beforeEach(() => {
    brought = [];
  });

  it('only brings the card, in one call of the service', async () => {
    expect(await answer(said('petri', lojoChat), 'ärende LOJ-2026-0001')).to.equal(null);
    expect(brought).to.deep.equal(['LOJ-2026-0001']);
  });

  it('is refused before anything is read where the chat is not that team’s', async () => {
    for (const chat of ['19:other@thread.v2', '19:raseborg@thread.v2']) {
      expect(await refusalOf(answer(said('petri', chat), 'LOJ-2026-0001'))).to.equal('directory.notHere');
    }
    expect(await refusalOf(answer(said('gunilla', lojoChat), 'RAS-2026-0001'))).to.equal('directory.notHere');
    expect(brought).to.deep.equal([]);
  });
});
