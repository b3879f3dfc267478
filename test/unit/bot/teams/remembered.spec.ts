import { expect } from 'chai';
import { onceEach, rememberVerified } from '../../../../bot/teams/remembered.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const teams = { channelId: 'msteams', serviceUrl: 'https://teams.example/' };

describe('a verified token', () => {
  const clock = simulatedClock();
  const tokenUntil = (expires: Temporal.Instant, name = 'x'): string =>
    `Bearer h.${Buffer.from(JSON.stringify({ exp: expires.epochMilliseconds / 1_000, name })).toString('base64url')}.s`;
  let verified: number;
  const verifying = () => {
    verified = 0;
    return rememberVerified(async () => {
      verified += 1;
    }, clock);
  };

  it('is verified once until it expires', async () => {
    const verify = verifying();
    const token = tokenUntil(clock.now().add({ minutes: 10 }));
    for (let times = 0; times < 5; times += 1) await verify(token, teams);
    expect(verified).to.equal(1);
    await clock.advance(10 * 60_000);
    await verify(token, teams);
    expect(verified).to.equal(2);
  });

  it('vouches for no other service URL, channel or token', async () => {
    const verify = verifying();
    const token = tokenUntil(clock.now().add({ minutes: 10 }));
    await verify(token, teams);
    await verify(token, { ...teams, serviceUrl: 'https://attacker.example/' });
    await verify(token, { ...teams, channelId: 'webchat' });
    await verify(tokenUntil(clock.now().add({ minutes: 10 }), 'y'), teams);
    expect(verified).to.equal(4);
  });

  it('is not remembered without an expiry, nor when it was refused', async () => {
    const verify = verifying();
    const timeless = `Bearer h.${Buffer.from('{}').toString('base64url')}.s`;
    for (let times = 0; times < 2; times += 1) await verify(timeless, teams);
    expect(verified).to.equal(2);
    let refused = 0;
    const refusing = rememberVerified(async () => {
      refused += 1;
      throw new AppError('badInput');
    }, clock);
    for (let times = 0; times < 2; times += 1) {
      await refusing(tokenUntil(clock.now().add({ minutes: 10 })), teams).catch(() => undefined);
    }
    expect(refused).to.equal(2);
  });
});

describe('what is handled once', () => {
  it('gives everybody who asks for it meanwhile the same answer, and nothing afterwards', async () => {
    const once = onceEach<string>();
    let handled = 0;
    const handle = async (): Promise<string> => {
      handled += 1;
      return `answer ${handled}`;
    };
    const answers = await Promise.all([once('a', handle), once('a', handle)]);
    expect(answers).to.deep.equal(['answer 1', 'answer 1']);
    expect(await once('a', handle)).to.equal(null);
    expect(await once('b', handle)).to.equal('answer 2');
    expect(handled).to.equal(2);
  });

  it('may be tried again when it failed', async () => {
    const once = onceEach<string>();
    const fail = async (): Promise<string> => {
      throw new AppError('store.unavailable');
    };
    expect(await once('a', fail).catch((error: AppError) => error.code)).to.equal('store.unavailable');
    expect(await once('a', async () => 'well')).to.equal('well');
  });
});
