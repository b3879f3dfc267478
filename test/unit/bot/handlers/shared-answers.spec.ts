import { expect } from 'chai';
import { createSharedAnswers, type SharedAnswers } from '../../../../bot/handlers/shared-answers.ts';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { plainMessage } from '../../../../src/conversations/card.ts';
import type { Outbox } from '../../../../src/delivery/outbox.ts';
import type { Address } from '../../../../src/delivery/sender.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people } from '../../../support/builders.ts';
import { type SimulatedClock, simulatedClock } from '../../../support/simulated-clock.ts';

const chat = (id: string): Address => ({
  tenant: exampleDirectory().tenant,
  conversation: conversationId(id),
  serviceUrl: 'https://smba.example',
  botId: '28:bot',
});
const message = (title: string): CardMessage => plainMessage(textsFor('sv'), title, title);

describe('an answer that everybody reads', () => {
  /** What each message shows now, by its id. */
  let shown: Map<string, string>;
  let fault: AppError | null;
  let clock: SimulatedClock;
  /** Milliseconds that each message waits for its turn. */
  let turn: number;
  let sends: number;
  let answers: SharedAnswers;

  beforeEach(() => {
    shown = new Map();
    fault = null;
    turn = 0;
    sends = 0;
    const show: Outbox['show'] = async ({ conversation }, activityId, compose) => {
      if (fault) throw fault;
      if (turn > 0) await clock.sleep(turn);
      const composed = await compose();
      if (!composed && activityId !== null) return null;
      sends += 1;
      const id = activityId ?? `${conversation}/${shown.size + 1}`;
      shown.set(id, composed?.summary ?? '');
      return id;
    };
    clock = simulatedClock();
    answers = createSharedAnswers({ show }, clock);
  });

  async function post(conversation: string, title: string, name?: string): Promise<void> {
    const answer = message(title);
    if (name !== undefined) answers.showing(answer.card, name);
    await answers.post(chat(conversation), answer);
  }
  const states = (): string[] => [...shown].map(([id, title]) => `${id} ${title}`);

  it('is drawn anew by the name of what it shows, in every chat, and nothing else is', async () => {
    await post('a', 'old', 'members');
    await post('a', 'other', 'other members');
    await post('b', 'old', 'members');
    await post('b', 'no name');
    await answers.redraw('members', (conversation) => message(`new in ${conversation}`));
    await answers.redraw('nobody', () => message('never'));
    expect(states()).to.deep.equal(['a/1 new in a', 'a/2 other', 'b/3 new in b', 'b/4 no name']);
  });

  it('is left for a while to whoever reads or writes in it', async () => {
    await post('a', 'old', 'members');
    await post('a', 'old', 'members');
    answers.use('a/1', people.petri, 60_000);
    // Who is done sooner does not cut short what another is writing.
    answers.use('a/1', people.niina, 10_000);
    const redrawn = answers.redraw('members', () => message('new'));
    await clock.advance(59_000);
    expect(states()).to.deep.equal(['a/1 old', 'a/2 new']);
    await clock.advance(2_000);
    await redrawn;
    expect(states()).to.deep.equal(['a/1 new', 'a/2 new']);
  });

  it('is left to nobody when the wall clock was set back since they began', async () => {
    await post('a', 'old', 'members');
    answers.use('a/1', people.petri, 60_000);
    await clock.set(clock.now().subtract({ hours: 1 }));
    await answers.redraw('members', () => message('new'));
    expect(states()).to.deep.equal(['a/1 new']);
  });

  it('is left to whoever has begun to write in it while its turn was waited for', async () => {
    await post('a', 'old', 'members');
    turn = 5_000;
    const redrawn = answers.redraw('members', () => message('new'));
    await clock.advance(1_000);
    answers.use('a/1', people.petri, 60_000);
    await clock.advance(59_000);
    expect(states()).to.deep.equal(['a/1 old']);
    await clock.advance(10_000);
    await redrawn;
    expect(states()).to.deep.equal(['a/1 new']);
  });

  it('is drawn once for all that changed until it was free, and shows the newest', async () => {
    await post('a', 'old', 'members');
    answers.use('a/1', people.petri, 60_000);
    sends = 0;
    const redrawn = Array.from({ length: 40 }, (_, index) => answers.redraw('members', () => message(`new ${index}`)));
    await clock.advance(61_000);
    await Promise.all(redrawn);
    expect(states()).to.deep.equal(['a/1 new 39']);
    expect(sends).to.equal(1);
    await answers.redraw('members', () => message('newest'));
    expect(states(), 'and again for what changes later').to.deep.equal(['a/1 newest']);
  });

  it('that is closed is drawn for the last time', async () => {
    await post('a', 'form', 'form 1');
    await answers.close('form 1', () => message('handed in'));
    await answers.close('form 1', () => message('left'));
    await answers.redraw('form 1', () => message('left'));
    expect(states()).to.deep.equal(['a/1 handed in']);
  });

  it('is remembered for the five newest messages and the thousand newest names', async () => {
    for (let index = 0; index < 6; index += 1) await post('a', 'old', 'members');
    await answers.redraw('members', () => message('new'));
    expect(states().filter((state) => state.endsWith('old'))).to.deep.equal(['a/1 old']);
    for (let index = 0; index < 1_000; index += 1) await post('b', 'form', `form ${index}`);
    await answers.redraw('members', () => message('newest'));
    expect([...shown.values()]).to.not.include('newest');
  });

  it('that somebody has deleted or that is closed to the bot is nobody’s worry; any other failure is told', async () => {
    await post('a', 'form', 'form 1');
    for (const code of ['chat.messageLost', 'chat.gone']) {
      fault = new AppError(code);
      await answers.redraw('form 1', () => message('new'));
    }
    fault = new AppError('chat.unavailable');
    const told = await answers.redraw('form 1', () => message('new')).catch((error: unknown) => error);
    expect(told).to.equal(fault);
  });
});
