import { expect } from 'chai';
import { createAllowance } from '../../../../bot/allowance.ts';
import { createCommands } from '../../../../bot/handlers/commands.ts';
import { readActivity, type TeamsActivity } from '../../../../bot/teams/activity.ts';
import { createActorOf } from '../../../../bot/teams/actor.ts';
import { createTurn, type Turn, type TurnParts } from '../../../../bot/teams/turn.ts';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { AppError, isAppError } from '../../../../src/shared/errors.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, heldDirectory, people, unused } from '../../../support/builders.ts';
import { featuresOf } from '../../../support/features.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

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

const features = featuresOf('production');

/** A turn with these parts of the conversations alone; `said` gets the messages that are sent. */
function turnWith(
  known: Pick<TurnParts['conversations'], 'met' | 'language'>,
  said: CardMessage[],
  over: Partial<TurnParts> = {},
): Turn {
  const directory = heldDirectory();
  const conversations = { ...unused<TurnParts['conversations']>('conversations'), ...known };
  return createTurn({
    actorOf: createActorOf({ directory, conversations, actingAs: null }),
    directory,
    conversations,
    outbox: {
      ...unused<TurnParts['outbox']>('outbox'),
      async show(_to, _id, compose) {
        const message = await compose();
        if (message) said.push(message);
        return 'm1';
      },
    },
    features,
    commands: createCommands(features),
    allowance: () => 0,
    background: (work) => void work(),
    onFault: (error) => {
      throw error;
    },
    acting: (_action, work) => work(),
    ...over,
  });
}

describe('the language of what is answered to a command', () => {
  const answered = async (text: string, locale: string, chosen: Language | null = null): Promise<string> => {
    const said: CardMessage[] = [];
    await turnWith({ met: async () => undefined, language: async () => chosen }, said)(
      activity({ type: 'message', text, locale }),
      'c1',
    );
    return said.map(({ summary }) => summary).join();
  };
  const titleIn = (language: Language): string => textsFor(language)('language.title');

  it('is the person’s choice, else that of its words, else that of Teams, else the chat’s', async () => {
    expect(await answered('kieli', 'sv-FI', 'en')).to.equal(titleIn('en'));
    expect(await answered('kieli', 'sv-FI')).to.equal(titleIn('fi'));
    expect(await answered('language', 'fi-FI')).to.equal(titleIn('en'));
    expect(await answered('språk', 'fi-FI')).to.equal(titleIn('sv'));
    expect(await answered('team', 'fi-FI')).to.equal('Lohjan ankkuritiimi');
    expect(await answered('team', 'de-DE')).to.equal('Lojo ankarteam');
  });
});

describe('a turn while the store is away', () => {
  const away = async (): Promise<never> => {
    throw new AppError('store.unavailable');
  };
  let said: CardMessage[];
  let faults: unknown[];
  let turn: Turn;

  beforeEach(() => {
    said = [];
    faults = [];
    turn = turnWith({ met: away, language: away }, said, { onFault: (error) => faults.push(error) });
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
      expect(
        faults.map((fault) => isAppError(fault, 'store.unavailable')),
        'the log has it',
      ).to.deep.equal([true]);
      expect(JSON.stringify(answer?.body)).to.include(texts('errors.store.unavailable'));
    });

    it(`tells whoever writes, and whoever opens a dialog (${locale})`, async () => {
      await turn(activity({ type: 'message', text: 'team', locale }), 'c1');
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

describe('somebody who floods a chat with commands', () => {
  it('gets so many answers a minute and no more, so that the cards of cases keep their way into the chat', async () => {
    const clock = simulatedClock();
    const said: CardMessage[] = [];
    const known = { met: async () => undefined, language: async () => null };
    const turn = turnWith(known, said, { allowance: createAllowance(clock) });
    for (let times = 0; times < 200; times += 1) await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.have.length(30);
    await clock.advance(61_000);
    await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.have.length(31);
  });

  it('is refused twice a minute when they are nobody of the directory, and keeps nobody else from an answer', async () => {
    const said: CardMessage[] = [];
    const known = { met: async () => undefined, language: async () => null };
    const turn = turnWith(known, said, { allowance: createAllowance(simulatedClock()) });
    const stranger = { id: '29:x', aadObjectId: '00000000-0000-4000-8000-00000000dead' };
    for (let times = 0; times < 50; times += 1) {
      await turn(activity({ type: 'message', text: 'språk', from: stranger }), 'c1');
    }
    expect(said).to.have.length(2);
    await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.have.length(3);
  });
});
