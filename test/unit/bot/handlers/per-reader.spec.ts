import { expect } from 'chai';
import { createPerReader } from '../../../../bot/handlers/per-reader.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { actor, type ExamplePerson, monday } from '../../../support/builders.ts';

describe('what is known of people in a shared message', () => {
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
    const readers = createPerReader<{ item: string }>({ now: () => monday });
    readers.note(at('petri'), { item: 'one' });
    readers.note(at('petri'), { item: 'two' });
    expect(readers.of(at('petri'))).to.deep.equal({ item: 'two' });
    for (const other of [at('niina'), at('petri', 'another'), at('petri', 'message', '19:other')]) {
      expect(readers.of(other)).to.equal(null);
    }
  });

  it('is nothing where no message was pressed', () => {
    const readers = createPerReader<{ item: string }>({ now: () => monday });
    readers.note(at('petri', null), { item: 'one' });
    expect(readers.of(at('petri', null))).to.equal(null);
  });

  it('ends after an hour, and when the wall clock was set back', () => {
    let now = monday;
    const readers = createPerReader<{ item: string }>({ now: () => now });
    readers.note(at('petri'), { item: 'one' });
    now = monday.add({ minutes: 59 });
    expect(readers.of(at('petri'))).to.deep.equal({ item: 'one' });
    for (const minutes of [60, -1]) {
      now = monday.add({ minutes });
      expect(readers.of(at('petri')), `${minutes}`).to.equal(null);
    }
  });
});
