import { expect } from 'chai';
import fc from 'fast-check';
import { activitySchema, type TeamsActivity } from '../../../../bot/teams/activity.ts';
import { cardResponse, readCardAction, readMessageAction } from '../../../../bot/teams/invoke.ts';
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
    expect(read).to.deep.equal({ verb: 'referral.claim', data: { id: 'LOJ-2026-0001' }, automatic: false, cut: '' });
    const refresh = { action: { verb: 'referral.view' }, trigger: 'automatic' };
    expect(readCardAction(invoke(refresh))?.automatic).to.equal(true);
    expect(readCardAction(invoke({ action: { verb: 'help.show' } }))?.data).to.deep.equal({});
  });

  it('is nothing of a value that is none, and never an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readCardAction(invoke(value));
        if (read) expect(read.verb).to.be.a('string').and.not.equal('');
        expect(readMessageAction(invoke(value)).commandId).to.be.a('string');
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

  it('is which message action was chosen, and what was typed in its dialog', () => {
    const data = { formId: 'f1', name: 'Elliot' };
    expect(readMessageAction(invoke({ commandId: 'newReferral', data }))).to.deep.equal({
      commandId: 'newReferral',
      data,
      cut: '',
    });
    for (const commandId of [undefined, 7, null, 'x'.repeat(101)]) {
      expect(readMessageAction(invoke({ commandId, data })).commandId).to.equal('');
    }
  });

  it('is where the form was cut, in the chat and in a dialog, unless that is no text', () => {
    for (const [cut, read] of [
      ['note:0a1b2c3d', 'note:0a1b2c3d'],
      [undefined, ''],
      [7, ''],
      ['x'.repeat(1_001), ''],
    ] as const) {
      const data = { id: 'LOJ-2026-0001', cut };
      expect(readCardAction(invoke({ action: { verb: 'referral.assess', data } }))?.cut).to.equal(read);
      expect(readMessageAction(invoke({ commandId: 'newReferral', data })).cut).to.equal(read);
    }
  });

  it('is answered with a card for the one who pressed, always with status 200', () => {
    const card = plainCard(textsFor('sv'), 'a', 'b');
    expect(cardResponse(card)).to.deep.equal({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
    });
  });
});
