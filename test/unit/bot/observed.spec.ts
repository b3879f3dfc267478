import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createMetrics } from '../../../bot/metrics.ts';
import { allWaiting, observedActing, observedOutbox, observedSender } from '../../../bot/observed.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { conversationId } from '../../../src/shared/ids.ts';
import { createMeter } from '../../../src/storage/meter.ts';
import { unused } from '../../support/builders.ts';

const nothing = { count: 0, oldest: 0 };

describe('what is counted', () => {
  it('is how an action ended: done, refused with a reason, or failed with an apology', async () => {
    const metrics = createMetrics();
    const meter = createMeter(metrics.storeRequest, metrics.requestUnits);
    const acting = observedActing(metrics, meter, null);
    const failing = (error: unknown) => acting('referral.claim', () => Promise.reject(error)).catch(() => null);
    expect(await acting('referral.claim', async () => 'card')).to.equal('card');
    await failing(new AppError('directory.notAMember'));
    await failing(new AppError('store.unavailable'));
    await failing(new AppError('no.text.for.people'));
    await failing(new TypeError('a fault'));
    const text = await metrics.text(nothing);
    expect(text).to.include('ankarbot_actions_total{verb="referral.claim",outcome="done"} 1\n');
    expect(text).to.include('ankarbot_actions_total{verb="referral.claim",outcome="refused"} 1\n');
    expect(text).to.include('ankarbot_actions_total{verb="referral.claim",outcome="failed"} 3\n');
    expect(text).to.include('ankarbot_action_seconds_count{verb="referral.claim"} 5\n');
  });

  it('is how Teams answered, by the code of the failure', async () => {
    const metrics = createMetrics();
    const fates = [null, new AppError('chat.throttled', { retryAfter: 1 }), new AppError('chat.gone')];
    const sender = observedSender(
      {
        ...{ post: unused('post'), update: unused('update'), rosterPage: unused('rosterPage') },
        async openPersonalChat() {
          const fate = fates.shift();
          if (fate) throw fate;
          return conversationId('a:1');
        },
      },
      metrics,
      null,
    );
    for (let count = 0; count < 3; count += 1)
      await sender.openPersonalChat(unused('from'), '29:x').catch((error: unknown) => error);
    const text = await metrics.text(nothing);
    for (const outcome of ['sent', 'throttled', 'gone'])
      expect(text).to.include(`ankarbot_sends_total{kind="open",outcome="${outcome}"} 1\n`);
    expect(text).to.include('ankarbot_send_seconds_count{kind="open"} 3\n');
  });

  it('is each message from when it is to be sent until it is, or is given up, and how long the oldest waits', async () => {
    const sends = [Promise.withResolvers<string | null>(), Promise.withResolvers<string | null>()];
    const [first, second] = sends;
    const outbox = observedOutbox({
      ...{ openPersonalChat: unused('openPersonalChat'), roster: unused('roster') },
      show: () => sends.shift()?.promise ?? Promise.resolve(null),
    });
    expect(outbox.waiting()).to.deep.equal(nothing);
    const shown = [outbox.show(unused('to'), null, () => null)];
    const before = outbox.waiting();
    shown.push(outbox.show(unused('to'), null, () => null));
    expect(outbox.waiting().count).to.equal(2);
    expect(outbox.waiting().oldest).to.be.at.least(before.oldest);
    first?.resolve('1');
    second?.reject(new AppError('chat.gone'));
    await Promise.allSettled(shown);
    expect(outbox.waiting()).to.deep.equal(nothing);
    const together = allWaiting({ count: 1, oldest: 0.5 }, { count: 1, oldest: 1.5 });
    const text = await createMetrics().text(together);
    expect(text).to.include('ankarbot_waiting_sends 2\n').and.include('ankarbot_oldest_waiting_seconds 1.5\n');
  });

  it('is what the operator’s manual says, all of it', async () => {
    const manual = readFileSync('docs/operations.md', 'utf8');
    const said = [...manual.matchAll(/^\| `(ankarbot_\w+)(?:\{[\w,]+\})?` \|/gm)].map(([, name]) => name);
    const text = await createMetrics().text(nothing);
    const there = [...text.matchAll(/^# TYPE (ankarbot_\w+) /gm)].map(([, name]) => name);
    expect(said).to.have.members(there);
  });
});
