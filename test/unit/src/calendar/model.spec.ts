import { expect } from 'chai';
import fc from 'fast-check';
import { decide, details, newSubscription, type SubscriptionCommand } from '../../../../src/calendar/model.ts';
import { people } from '../../../support/builders.ts';

const none = newSubscription({ person: people.petri, language: 'sv' });
const command: fc.Arbitrary<SubscriptionCommand> = fc.oneof(
  fc.constant<SubscriptionCommand>({ do: 'renew' }),
  fc.constant<SubscriptionCommand>({ do: 'revoke' }),
  fc.constantFrom(...details).map((detail): SubscriptionCommand => ({ do: 'choose', detail })),
);

describe('what somebody shows of their meetings elsewhere', () => {
  it('is nothing and nowhere until they ask for it', () => {
    expect(none).to.include({ address: 0, detail: 'little' });
  });

  it('never has an address again that was good before', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const given: unknown[] = [];
        let subscription = none;
        for (const [index, one] of commands.entries()) {
          const next = decide(subscription, one, `fresh ${index}`);
          if (next.address !== subscription.address && next.address !== 0) given.push(next.address);
          subscription = next;
        }
        expect(new Set(given).size).to.equal(given.length);
      }),
    );
  });

  it('stays the very same object when nothing is different', () => {
    expect(decide(none, { do: 'revoke' }, 'fresh')).to.equal(none);
    expect(decide(none, { do: 'choose', detail: 'little' }, 'fresh')).to.equal(none);
    const shown = decide(none, { do: 'choose', detail: 'all' }, 'fresh');
    expect(shown.detail).to.equal('all');
    expect(decide(shown, { do: 'renew' }, 'fresh')).to.deep.equal({ ...shown, address: 'fresh' });
  });
});
