import { expect } from 'chai';
import { createOpenViews } from '../../../../bot/handlers/open-views.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { actor, type ExamplePerson, monday } from '../../../support/builders.ts';

describe('what people have open in a shared message', () => {
  const at = (who: ExamplePerson, activityId: string | null = 'message', conversation = '19:lojo') => ({
    actor: actor(who),
    activityId,
    reference: {
      kind: 'groupChat' as const,
      conversation: conversationId(conversation),
      serviceUrl: 'https://x',
      botId: '28:bot',
      person: null,
    },
  });

  it('is each one’s own, in that message of that chat alone, and the last counts', () => {
    const views = createOpenViews<{ item: string }>({ now: () => monday });
    views.open(at('petri'), { item: 'one' });
    views.open(at('petri'), { item: 'two' });
    expect(views.openFor(at('petri'))).to.deep.equal({ item: 'two' });
    for (const other of [at('niina'), at('petri', 'another'), at('petri', 'message', '19:other')]) {
      expect(views.openFor(other)).to.equal(null);
    }
  });

  it('is nothing where no message was pressed', () => {
    const views = createOpenViews<{ item: string }>({ now: () => monday });
    views.open(at('petri', null), { item: 'one' });
    expect(views.openFor(at('petri', null))).to.equal(null);
  });

  it('ends after an hour without a press', () => {
    let now = monday;
    const views = createOpenViews<{ item: string }>({ now: () => now });
    views.open(at('petri'), { item: 'one' });
    now = monday.add({ minutes: 59 });
    expect(views.openFor(at('petri'))).to.deep.equal({ item: 'one' });
    now = monday.add({ minutes: 60 });
    expect(views.openFor(at('petri'))).to.equal(null);
  });
});
