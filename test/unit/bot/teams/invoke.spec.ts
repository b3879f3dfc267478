import { expect } from 'chai';
import fc from 'fast-check';
import { activitySchema, type TeamsActivity } from '../../../../bot/teams/activity.ts';
import { cardResponse, readCardAction, readDialogSubmit } from '../../../../bot/teams/invoke.ts';
import { plainCard } from '../../../../src/conversations/card.ts';
import { textsFor } from '../../../../src/shared/text.ts';

const invoke = (value: unknown): TeamsActivity =>
  activitySchema.parse({
    type: 'invoke',
    channelId: 'msteams',
    serviceUrl: 'https://x',
    from: { id: 'f' },
    recipient: { id: 'r' },
    conversation: { id: 'c' },
    value,
  });

describe('what is read of an invoke', () => {
  it('is the verb and the data of a button, inputs included', () => {
    const read = readCardAction(
      invoke({
        action: { type: 'Action.Execute', verb: 'referral.claim', data: { id: 'LOJ-2026-0001' } },
        trigger: 'manual',
      }),
    );
    expect(read).to.deep.equal({ verb: 'referral.claim', data: { id: 'LOJ-2026-0001' } });
    expect(readCardAction(invoke({ action: { verb: 'help.show' } }))?.data).to.deep.equal({});
  });

  it('is nothing of a value that is none, and never an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readCardAction(invoke(value));
        if (read) expect(read.verb).to.be.a('string').and.not.equal('');
        readDialogSubmit(invoke(value));
      }),
    );
    for (const value of [
      null,
      'x',
      {},
      { action: {} },
      { action: { verb: '' } },
      { action: { verb: 'x'.repeat(201) } },
    ]) {
      expect(readCardAction(invoke(value))).to.equal(null);
    }
  });

  it('is the texts of a dialog and which form it was', () => {
    const data = { formId: 'f1', name: 'Elliot', several: ['a'], number: 7, nested: { a: 1 } };
    expect(readDialogSubmit(invoke({ data }))).to.deep.equal({
      formId: 'f1',
      values: { formId: 'f1', name: 'Elliot' },
    });
    for (const formId of [undefined, 7, 'x'.repeat(101)])
      expect(readDialogSubmit(invoke({ data: { formId } }))).to.equal(null);
  });

  it('is answered with a card for the one who pressed, always with status 200', () => {
    const card = plainCard(textsFor('sv'), 'a', 'b');
    expect(cardResponse(card)).to.deep.equal({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
    });
  });
});
