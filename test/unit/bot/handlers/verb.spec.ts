import { expect } from 'chai';
import { z } from 'zod';
import { explain } from '../../../../bot/handlers/error-text.ts';
import { answerVerb, type Press, verb } from '../../../../bot/handlers/verb.ts';
import { plainCard } from '../../../../src/conversations/card.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { actor, exampleDirectory, people, refusalOf, stranger } from '../../../support/builders.ts';

const press = (who = actor('petri')): Press => ({
  actor: who,
  texts: textsFor('sv'),
  by: { person: who.person, teamsId: '29:x' },
  reference: {
    conversation: conversationId('19:x'),
    kind: 'groupChat',
    serviceUrl: 'https://x',
    botId: '28:b',
    person: null,
  },
  activityId: 'm1',
  readBy: 'presser',
  automatic: false,
  cut: '',
  refused: () => undefined,
});

describe('a press', () => {
  const got: unknown[] = [];
  const table = new Map([
    [
      'referral.view',
      verb({
        input: z.object({ id: z.string().max(5) }),
        audience: 'team members',
        async run({ texts }, input) {
          got.push(input);
          return plainCard(texts, 'a', 'b');
        },
      }),
    ],
  ]);

  it('is answered with what was read of its data, and nothing else of it', async () => {
    await answerVerb(table, 'referral.view', press(), { id: 'LOJ-1', admin: true });
    expect(got).to.deep.equal([{ id: 'LOJ-1' }]);
  });

  it('is refused when its data is none, its verb is unknown or nobody answers it', async () => {
    for (const data of [null, 'x', [], {}, { id: 7 }, { id: 'too long' }]) {
      expect(await refusalOf(answerVerb(table, 'referral.view', press(), data))).to.equal('badInput');
    }
    for (const name of ['referral.claim', 'nothing', '', 'constructor', '__proto__', 'local.actAs']) {
      expect(await refusalOf(answerVerb(table, name, press(), { id: 'LOJ-1' })), name).to.equal('unknownVerb');
    }
  });

  it('of somebody whom the directory does not know is refused before anything is read', async () => {
    expect(await refusalOf(answerVerb(table, 'referral.view', press(stranger()), { id: 'LOJ-1' }))).to.equal(
      'directory.notAMember',
    );
    expect(await refusalOf(answerVerb(table, 'nothing', press(stranger()), null))).to.equal('directory.notAMember');
    const card = plainCard(textsFor('sv'), 'a', 'b');
    const run = async () => card;
    const givesBack = verb({
      input: z.object({ id: z.string() }),
      audience: 'members of the body',
      givesBack: true,
      run,
    });
    const answer = await answerVerb(new Map([['checklist.note', givesBack]]), 'checklist.note', press(stranger()), {
      id: 'x',
    });
    expect(answer, 'unless the verb gives back what was typed').to.equal(card);
    const unreadable = answerVerb(new Map([['checklist.note', givesBack]]), 'checklist.note', press(stranger()), {});
    expect(await refusalOf(unreadable)).to.equal('directory.notAMember');
  });
});

describe('the words for what cannot be done', () => {
  it('name the person by name, and somebody who has left as that', () => {
    const taken = new AppError('referral.takenBy', { person: people.petri });
    const gone = new AppError('referral.takenBy', { person: 'a0000000-0000-4000-8000-0000000000ff' });
    for (const language of languages) {
      const texts = textsFor(language);
      expect(explain(taken, texts, exampleDirectory())).to.contain('Petri Aaltonen');
      expect(explain(gone, texts, exampleDirectory()))
        .to.contain(texts('team.formerMember'))
        .and.not.contain('a0000000');
    }
  });

  it('are none for an error that is not meant for people', () => {
    for (const code of ['chat.gone', 'store.exists', 'nothing']) {
      expect(explain(new AppError(code), textsFor('sv'), exampleDirectory()), code).to.equal(null);
    }
  });
});
