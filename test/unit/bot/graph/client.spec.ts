import { expect } from 'chai';
import { createAsk, Refused } from '../../../../bot/graph/client.ts';
import { people, refusalOf } from '../../../support/builders.ts';
import { type GraphDouble, type GraphFault, startGraphDouble } from '../../../support/graph-double.ts';
import { type SimulatedClock, simulatedClock } from '../../../support/simulated-clock.ts';

const path = `/users/${people.maria}?$select=mail,userPrincipalName`;

describe('what is asked of Microsoft Graph', () => {
  let graph: GraphDouble;
  let clock: SimulatedClock;
  let ask: () => Promise<unknown>;
  beforeEach(async () => {
    graph = await startGraphDouble('token');
    graph.users.set(people.maria, { mail: 'maria@anchor.example', userPrincipalName: 'maria@anchor.example' });
    clock = simulatedClock();
    const asking = createAsk({ api: graph.url, credential: { getToken: async () => ({ token: 'token' }) }, clock });
    ask = () => asking('get', path);
  });
  afterEach(() => graph.close());

  /** For how many seconds nothing is asked after it has failed so, 99 for longer. */
  async function silentAfter(fault: GraphFault): Promise<number> {
    graph.failing(() => fault);
    expect(await refusalOf(ask())).to.equal('outlook.unavailable');
    graph.failing(() => null);
    const count = graph.requests.length;
    for (let seconds = 0; seconds < 99; seconds += 1) {
      const refused = await refusalOf(ask());
      expect(graph.requests.length > count, 'nothing was asked').to.equal(refused === null);
      if (refused === null) return seconds;
      await clock.advance(1_000);
    }
    return 99;
  }
  const busy = (status: number, after?: string): GraphFault => ({
    status,
    headers: after === undefined ? {} : { 'retry-after': after },
  });

  for (const status of [429, 503, 504])
    it(`waits after ${status} as long as Graph says, and ten seconds when that is no time to wait`, async () => {
      expect(await silentAfter(busy(status, '3'))).to.equal(3);
      expect(await silentAfter(busy(status, '0.5')), 'half of one').to.equal(1);
      for (const none of [undefined, '0', '-5', 'soon', 'Infinity'])
        expect(await silentAfter(busy(status, none)), none ?? 'it says nothing').to.equal(10);
    });

  it('waits after nothing else, and says of what Graph will never do why, and nobody’s address', async () => {
    for (const status of [401, 409, 412, 423, 500, 502]) expect(await silentAfter(busy(status, '30'))).to.equal(0);
    graph.failing(() => ({ status: 403, code: 'ErrorAccessDenied' }));
    const refused = await ask().catch((error: unknown) => error);
    if (!(refused instanceof Refused)) throw new Error('It was not refused.');
    expect([refused.status, refused.code]).to.deep.equal([403, 'ErrorAccessDenied']);
    expect(JSON.stringify([refused.message, refused.cause])).to.not.include('@');
  });
});
