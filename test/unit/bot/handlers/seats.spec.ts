import { expect } from 'chai';
import { createSeats } from '../../../../bot/handlers/seats.ts';
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
    const seats = createSeats<{ item: string }>({ now: () => monday });
    seats.note(at('petri'), { item: 'one' });
    seats.note(at('petri'), { item: 'two' });
    expect(seats.of(at('petri'))).to.deep.equal({ item: 'two' });
    for (const other of [at('niina'), at('petri', 'another'), at('petri', 'message', '19:other')]) {
      expect(seats.of(other)).to.equal(null);
    }
  });

  it('is nothing where no message was pressed', () => {
    const seats = createSeats<{ item: string }>({ now: () => monday });
    seats.note(at('petri', null), { item: 'one' });
    expect(seats.of(at('petri', null))).to.equal(null);
  });

  it('ends after an hour, and when the wall clock was set back', () => {
    let now = monday;
    const seats = createSeats<{ item: string }>({ now: () => now });
    seats.note(at('petri'), { item: 'one' });
    now = monday.add({ minutes: 59 });
    expect(seats.of(at('petri'))).to.deep.equal({ item: 'one' });
    for (const minutes of [60, -1]) {
      now = monday.add({ minutes });
      expect(seats.of(at('petri')), `${minutes}`).to.equal(null);
    }
  });
});
