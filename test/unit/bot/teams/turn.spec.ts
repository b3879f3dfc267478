import { expect } from 'chai';
import { createAllowance } from '../../../../bot/allowance.ts';
import { createCommands } from '../../../../bot/handlers/commands.ts';
import { readActivity, type TeamsActivity } from '../../../../bot/teams/activity.ts';
import { createActorOf, createTeamsLanguageOf } from '../../../../bot/teams/actor.ts';
import { createTurn, type Turn, type TurnParts } from '../../../../bot/teams/turn.ts';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, heldDirectory, people, unused } from '../../../support/builders.ts';
import { featuresOf } from '../../../support/features.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const { tenant } = exampleDirectory();
const lojoChat = { id: '19:lojo-ankarteam@thread.v2', conversationType: 'groupChat', tenantId: tenant };

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
const teamsLanguageOf = createTeamsLanguageOf({ local: false });

/** A turn with these parts of the conversations alone; `said` gets the messages that are sent. */
function turnWith(
  known: Pick<TurnParts['conversations'], 'met' | 'chosenLanguage'>,
  said: CardMessage[],
  over: Partial<TurnParts> = {},
): Turn {
  const directory = heldDirectory();
  const conversations = { ...unused<TurnParts['conversations']>('conversations'), ...known };
  return createTurn({
    actorOf: createActorOf({ directory, conversations, actingAs: null, teamsLanguageOf }),
    teamsLanguageOf,
    directory,
    conversations,
    answers: {
      async post(_to, answer, card = answer.card) {
        said.push({ ...answer, card });
      },
    },
    features,
    commands: createCommands(features, directory),
    allowance: () => 0,
    background: (work) => void work(),
    onFault: (error) => {
      throw error;
    },
    acting: (_verb, work) => work(() => undefined),
    signed: (card) => card,
    heed: (work) => work(),
    ...over,
  });
}

describe('the language of what is answered to a command', () => {
  const answered = async (text: string, locale: string, chosen: Language | null = null): Promise<string> => {
    const said: CardMessage[] = [];
    await turnWith({ met: async () => undefined, chosenLanguage: async () => chosen }, said)(
      activity({ type: 'message', text, locale, conversation: lojoChat }),
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

describe('the language of the Teams of whoever is met', () => {
  const metWith = async (locale: string | undefined, local = false) => {
    const met: unknown[] = [];
    const over = { teamsLanguageOf: createTeamsLanguageOf({ local }) };
    const conversations = {
      met: async (...[, , by]: Parameters<TurnParts['conversations']['met']>) => void met.push(by?.teamsLanguage),
      chosenLanguage: async () => null,
    };
    await turnWith(conversations, [], over)(activity({ ...press, locale }), 'c1');
    return met;
  };

  it('is kept as the activity tells it, if it does and it is one of ours; the Playground’s tells nothing', async () => {
    expect(await metWith('fi-FI')).to.deep.equal(['fi']);
    expect(await metWith(undefined)).to.deep.equal([undefined]);
    expect(await metWith('de-DE')).to.deep.equal([undefined]);
    expect(await metWith('en-US', true)).to.deep.equal([undefined]);
  });
});

describe('a press that is refused', () => {
  it('has all that its answer takes read as its own, the language of its reader too', async () => {
    let isActing = false;
    const read: boolean[] = [];
    const conversations = {
      met: async () => undefined,
      async chosenLanguage() {
        read.push(isActing);
        return null;
      },
    };
    const acting: TurnParts['acting'] = async (_verb, work) => {
      isActing = true;
      return work(() => undefined).finally(() => {
        isActing = false;
      });
    };
    const unknown = { ...press, value: { action: { verb: 'no.such' } } };
    const answer = await turnWith(conversations, [], { acting, onFault: () => undefined })(activity(unknown), 'c1');
    expect(JSON.stringify(answer?.body)).to.include(textsFor('sv')('errors.title'));
    expect(read).to.deep.equal([true, true]);
  });
});

describe('a turn while the store is away', () => {
  const away = async (): Promise<never> => {
    throw new AppError('store.unavailable');
  };
  let said: CardMessage[];
  let turn: Turn;

  beforeEach(() => {
    said = [];
    turn = turnWith({ met: away, chosenLanguage: away }, said);
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

    it(`tells whoever writes (${locale})`, async () => {
      await turn(activity({ type: 'message', text: 'team', locale }), 'c1');
      expect(JSON.stringify(said.map(({ card }) => card))).to.include(texts('errors.store.unavailable'));
    });
  }

  it('opens a dialog all the same: nothing is kept of the chat that it stands over, where the bot may not even be', async () => {
    const value = { commandId: 'newReferral' };
    const dialog = await turn(activity({ type: 'invoke', name: 'composeExtension/fetchTask', value }), 'c1');
    expect(JSON.stringify(dialog?.body)).to.include(textsFor('sv')('referral.form.title'));
  });

  it('is not taken for done when the bot is added: Teams announces it again', async () => {
    const added = activity({ type: 'installationUpdate', action: 'add' });
    expect(await turn(added, 'c1').catch((error: AppError) => error.code)).to.equal('store.unavailable');
  });
});

describe('the answer to a message', () => {
  const known = { met: async () => undefined, chosenLanguage: async () => null };

  it('waits until the message itself is sure to stand in the chat, and the request of the message does not', async () => {
    const said: CardMessage[] = [];
    const waiting: (() => Promise<void>)[] = [];
    const heed: TurnParts['heed'] = async (work) => void waiting.push(work);
    await turnWith(known, said, { heed })(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.deep.equal([]);
    for (const work of waiting) await work();
    expect(said).to.have.length(1);
  });

  it('and that to a press goes through the last hand, refusals too', async () => {
    const said: CardMessage[] = [];
    const signed: TurnParts['signed'] = (card, _texts, { by }) => ({ ...card, speak: `signed for ${by?.person}` });
    const turn = turnWith(known, said, { signed });
    await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    await turn(activity({ type: 'message', text: 'team' }), 'c1');
    const answers = [
      ...said.map(({ card }) => card),
      (await turn(activity(press), 'c1'))?.body,
      (await turn(activity({ ...press, value: { action: { verb: 'nothing' } } }), 'c1'))?.body,
    ];
    expect(answers).to.have.length(4);
    for (const answer of answers) expect(JSON.stringify(answer)).to.include(`signed for ${people.maria}`);
  });
});

describe('somebody who floods a chat with commands', () => {
  it('gets so many answers a minute and no more, so that the cards of cases keep their way into the chat', async () => {
    const clock = simulatedClock();
    const said: CardMessage[] = [];
    const known = { met: async () => undefined, chosenLanguage: async () => null };
    const turn = turnWith(known, said, { allowance: createAllowance(clock) });
    for (let times = 0; times < 200; times += 1) await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.have.length(30);
    await clock.advance(61_000);
    await turn(activity({ type: 'message', text: 'språk' }), 'c1');
    expect(said).to.have.length(31);
  });

  it('is refused twice a minute when they are nobody of the directory, and keeps nobody else from an answer', async () => {
    const said: CardMessage[] = [];
    const known = { met: async () => undefined, chosenLanguage: async () => null };
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
