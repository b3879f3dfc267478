import { expect } from 'chai';
import type { CardMessage } from '../../../../src/cards/elements.ts';
import { createSendLimits } from '../../../../src/delivery/limits.ts';
import { createOutbox } from '../../../../src/delivery/outbox.ts';
import type { Address } from '../../../../src/delivery/sender.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { conversationId, tenantId } from '../../../../src/shared/ids.ts';
import { refusalOf } from '../../../support/builders.ts';
import { fakeSender, throttled, unavailable } from '../../../support/fake-sender.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const to: Address = {
  tenant: tenantId('t'),
  conversation: conversationId('19:chat'),
  serviceUrl: 'https://x',
  botId: '28:bot',
};
const other: Address = { ...to, conversation: conversationId('19:other') };
const message = (summary: string): CardMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [] },
  summary,
});

function outboxFor({ random = () => 0, stopping }: { random?: () => number; stopping?: AbortSignal } = {}) {
  const clock = simulatedClock();
  const start = clock.now().epochMilliseconds;
  const sender = fakeSender(clock.now);
  const retries: string[] = [];
  const outbox = createOutbox({
    sender,
    clock,
    random,
    limits: createSendLimits({ clock }),
    onRetry: (code) => retries.push(code),
    ...(stopping && { stopping }),
  });
  return { clock, sender, outbox, retries, elapsed: () => clock.now().epochMilliseconds - start };
}

/** Turns the clock until the work is done, and says how long that took. */
async function finish<T>(work: Promise<T>, { clock, elapsed }: ReturnType<typeof outboxFor>): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  settled.catch(() => undefined);
  for (let turns = 0; !done && turns < 2_000; turns += 1) await clock.advance(250);
  expect(done, `still under way after ${elapsed()} ms`).to.equal(true);
  return settled;
}

describe('the outbox', () => {
  it('posts and gives back Teams’ id, and updates under the id that it was given', async () => {
    const { outbox, sender } = outboxFor();
    expect(await outbox.show(to, null, () => message('one'))).to.equal('m1');
    expect(await outbox.show(to, 'm1', () => message('two'))).to.equal('m1');
    expect(sender.sent.map(({ did, summary }) => [did, summary])).to.deep.equal([
      ['post', 'one'],
      ['update', 'two'],
    ]);
  });

  it('tries again what did not get through, later and later, and composes it anew each time', async () => {
    const parts = outboxFor();
    parts.sender.next(unavailable(), unavailable(), unavailable());
    let composed = 0;
    const id = await finish(
      parts.outbox.show(to, null, () => message(`state ${++composed}`)),
      parts,
    );
    expect(id).to.equal('m1');
    expect(parts.sender.sent.map(({ summary }) => summary)).to.deep.equal(['state 4']);
    expect(parts.retries).to.deep.equal(['chat.unavailable', 'chat.unavailable', 'chat.unavailable']);
    // 500 ms, doubled each time; at its shortest half of that.
    expect(parts.elapsed()).to.be.within(250 + 500 + 1_000, 3_000);
  });

  it('waits between half of the pause and all of it, so that those who failed together do not come back together', async () => {
    const times = await Promise.all(
      [0, 0.999].map(async (share) => {
        const parts = outboxFor({ random: () => share });
        parts.sender.next(...Array.from({ length: 5 }, unavailable));
        await finish(
          parts.outbox.show(to, null, () => message('x')),
          parts,
        );
        return parts.elapsed();
      }),
    );
    const [least = 0, most = 0] = times;
    expect(most / least).to.be.within(1.7, 2.1);
  });

  it('gives up after ten tries, about five minutes later, and says why', async () => {
    const parts = outboxFor({ random: () => 0.999 });
    parts.sender.next(...Array.from({ length: 20 }, unavailable));
    expect(await finish(refusalOf(parts.outbox.show(to, null, () => message('x'))), parts)).to.equal(
      'chat.unavailable',
    );
    expect(parts.sender.tries).to.equal(10);
    expect(parts.elapsed()).to.be.within(60_000, 300_000);
  });

  it('sends nothing to a throttled conversation for as long as Teams says, while others go on', async () => {
    const parts = outboxFor();
    parts.sender.next(throttled(20_000));
    const first = parts.outbox.show(to, null, () => message('first'));
    await parts.clock.advance(0);
    const second = parts.outbox.show(to, null, () => message('second'));
    const elsewhere = parts.outbox.show(other, null, () => message('elsewhere'));
    await parts.clock.advance(19_900);
    expect(parts.sender.sent.map(({ summary }) => summary)).to.deep.equal(['elsewhere']);
    await finish(Promise.all([first, second, elsewhere]), parts);
    expect(parts.sender.sent.map(({ summary }) => summary)).to.have.members(['elsewhere', 'first', 'second']);
    expect(parts.retries).to.deep.equal(['chat.throttled']);
  });

  it('pauses by itself when Teams does not say for how long', async () => {
    const parts = outboxFor();
    parts.sender.next(throttled(0), throttled(0));
    await finish(
      parts.outbox.show(to, null, () => message('x')),
      parts,
    );
    expect(parts.elapsed()).to.be.at.least(250 + 500);
  });

  it('offers what Teams refused three times, and then no more', async () => {
    const refused = (): AppError => new AppError('chat.rejected');
    const taken = outboxFor();
    taken.sender.next(refused(), refused());
    const sent = taken.outbox.show(to, null, () => message('x'));
    expect(await finish(sent, taken)).to.equal('m1');
    const never = outboxFor();
    never.sender.next(refused(), refused(), refused());
    const refusal = refusalOf(never.outbox.show(to, null, () => message('x')));
    expect(await finish(refusal, never)).to.equal('chat.rejected');
    expect(never.sender.tries).to.equal(3);
  });

  for (const code of ['chat.gone', 'chat.messageLost']) {
    it(`does not try again what will never go through: ${code}`, async () => {
      const parts = outboxFor();
      parts.sender.next(new AppError(code));
      expect(await refusalOf(parts.outbox.show(to, 'm1', () => message('x')))).to.equal(code);
      expect(parts.sender.tries).to.equal(1);
    });
  }

  it('sends nothing when there is nothing to say any more', async () => {
    const parts = outboxFor();
    parts.sender.next(unavailable());
    let said = 0;
    expect(
      await finish(
        parts.outbox.show(to, null, () => (said++ === 0 ? message('x') : null)),
        parts,
      ),
    ).to.equal(null);
    expect(parts.sender.sent).to.deep.equal([]);
  });

  it('asks for rosters and personal chats like it sends: in turn, held as long as Teams says, and again', async () => {
    for (const ask of [
      (parts: ReturnType<typeof outboxFor>): Promise<unknown> => parts.outbox.roster(to),
      (parts: ReturnType<typeof outboxFor>): Promise<unknown> => parts.outbox.openPersonalChat(to, '29:petri'),
    ]) {
      const parts = outboxFor();
      parts.sender.next(throttled(20_000), unavailable());
      const asked = ask(parts);
      await parts.clock.advance(19_900);
      expect(parts.sender.tries, 'held').to.equal(1);
      await finish(asked, parts);
      expect(parts.retries).to.deep.equal(['chat.throttled', 'chat.unavailable']);
      parts.sender.next(new AppError('chat.gone'));
      expect(await refusalOf(ask(parts))).to.equal('chat.gone');
      expect(parts.sender.tries).to.equal(4);
    }
  });

  it('keeps no roster waiting for a chat’s messages, and no message for its roster: Teams counts them apart', async () => {
    const parts = outboxFor();
    const messages = Promise.all(Array.from({ length: 30 }, () => parts.outbox.show(to, null, () => message('x'))));
    await parts.clock.advance(0);
    expect(await parts.outbox.roster(to)).to.deep.equal([]);
    await finish(messages, parts);
    parts.sender.next(throttled(20_000));
    const roster = parts.outbox.roster(to);
    await parts.clock.advance(0);
    const shown = parts.outbox.show(to, null, () => message('x'));
    await parts.clock.advance(10_000);
    expect(parts.sender.sent).to.have.length(31);
    await finish(Promise.all([roster, shown]), parts);
  });

  it('counts every page of a roster as a request, and loses nobody on the way', async () => {
    const parts = outboxFor();
    parts.sender.roster = Array.from({ length: 10 }, (_, index) => `29:${index}`);
    parts.sender.next('ok', unavailable());
    const members = await finish(parts.outbox.roster(to), parts);
    expect(members.map(({ teamsId }) => teamsId)).to.deep.equal(parts.sender.roster);
    expect(parts.sender.tries, 'a page each, and one of them twice').to.equal(11);
    // Eight within two seconds is what Teams allows.
    expect(parts.elapsed()).to.be.at.least(2_000);
  });

  it('asks nothing more once the process is stopping', async () => {
    const stop = new AbortController();
    const parts = outboxFor({ stopping: stop.signal });
    parts.sender.next(throttled(3_600_000), throttled(3_600_000));
    const roster = parts.outbox.roster(to);
    const personal = parts.outbox.openPersonalChat(to, '29:petri');
    await parts.clock.advance(10);
    stop.abort();
    expect(await roster).to.deep.equal([]);
    expect(await personal).to.equal(null);
    expect(parts.sender.tries).to.equal(2);
  });

  it('waits no longer once the process is stopping, and sends nothing more', async () => {
    const stop = new AbortController();
    const parts = outboxFor({ stopping: stop.signal });
    parts.sender.next(throttled(3_600_000));
    const waiting = parts.outbox.show(to, null, () => message('x'));
    await parts.clock.advance(10);
    stop.abort();
    expect(await waiting).to.equal(null);
    expect(parts.sender.sent).to.deep.equal([]);
  });
});
