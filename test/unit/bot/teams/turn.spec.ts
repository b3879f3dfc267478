import { expect } from 'chai';
import { readActivity, type TeamsActivity } from '../../../../bot/teams/activity.ts';
import { createActorOf } from '../../../../bot/teams/actor.ts';
import { createTurn, type Turn, type TurnParts } from '../../../../bot/teams/turn.ts';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, heldDirectory, people, unused } from '../../../support/builders.ts';

const { tenant } = exampleDirectory();

function activity(over: Record<string, unknown>): TeamsActivity {
  const read = readActivity(
    JSON.stringify({
      channelId: 'msteams',
      serviceUrl: 'https://smba.example.com/emea/',
      from: { id: '29:maria', aadObjectId: people.maria },
      recipient: { id: '28:bot' },
      conversation: { id: '19:x@thread.v2', conversationType: 'groupChat', tenantId: tenant },
      ...over,
    }),
  );
  if (!read.ok) throw new Error(`No activity: ${read.paths}`);
  return read.activity;
}
const press = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'help.show' } } };

describe('a turn while the store is away', () => {
  const away = async (): Promise<never> => {
    throw new AppError('store.unavailable');
  };
  let said: CardMessage[];
  let turn: Turn;

  beforeEach(() => {
    said = [];
    const directory = heldDirectory();
    const conversations = { ...unused<TurnParts['conversations']>('conversations'), met: away, language: away };
    turn = createTurn({
      actorOf: createActorOf({ directory, conversations, actingAs: null }),
      directory,
      conversations,
      outbox: {
        async show(_to, _id, compose) {
          const message = await compose();
          if (message) said.push(message);
          return 'm1';
        },
      },
      verbs: {},
      commands: unused('commands'),
      entry: unused('entry'),
      background: () => undefined,
      onFault: (error) => {
        throw error;
      },
      onPress: () => undefined,
    });
  });

  const languages: readonly (readonly [string, Language])[] = [
    ['sv-FI', 'sv'],
    ['fi-FI', 'fi'],
    ['en-GB', 'en'],
    ['de-DE', 'sv'],
  ];
  for (const [locale, language] of languages) {
    const texts = textsFor(language);

    it(`tells whoever presses so in the language that is left to tell (${locale}), with a card of ours`, async () => {
      const answer = await turn(activity({ ...press, locale }), 'c1');
      expect(answer?.status).to.equal(200);
      expect(JSON.stringify(answer?.body)).to.include(texts('errors.store.unavailable'));
    });

    it(`tells whoever writes, and whoever opens a dialog (${locale})`, async () => {
      await turn(activity({ type: 'message', text: 'hjälp', locale }), 'c1');
      expect(JSON.stringify(said.map(({ card }) => card))).to.include(texts('errors.store.unavailable'));
      const dialog = await turn(activity({ type: 'invoke', name: 'composeExtension/fetchTask', locale }), 'c1');
      expect(JSON.stringify(dialog?.body)).to.include(texts('errors.store.unavailable'));
    });
  }

  it('is not taken for done when the bot is added: Teams announces it again', async () => {
    const added = activity({ type: 'installationUpdate', action: 'add' });
    expect(await turn(added, 'c1').catch((error: AppError) => error.code)).to.equal('store.unavailable');
  });
});
