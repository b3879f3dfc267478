import { expect } from 'chai';
import { createConversationService } from '../../../../src/conversations/service.ts';
import { putOff } from '../../../../src/delivery/alarm.ts';
import { referralAggregates } from '../../../../src/referrals/stored.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { heldDirectory, monday, unused } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

/** Documents as the first release wrote them: notices have no date, and there is no lease. All people are made up. */
const tenant = 'a0000000-0000-4000-8000-000000000001';
const wakeAt = '2026-11-23T07:00:30.000Z';
const sealed = { v: 1, kid: 'local', iv: 'aXY', tag: 'dGFn', ct: 'c2VhbGVk' };
const asked = 'asked:a0000000-0000-4000-8000-000000000021:2026-11-23T07:00:00.000Z';
const oldCase = {
  partition: `${tenant}|team:lojo`,
  id: 'LOJ-2026-0001',
  kind: 'referral',
  status: 'open',
  owner: null,
  at: '2026-11-23T06:00:00.000Z',
  wakeAt,
  data: {
    tenant,
    team: 'team:lojo',
    reference: 'LOJ-2026-0001',
    municipality: 'lojo',
    source: 'school',
    basis: 'concern',
    concerns: ['theft'],
    ageBand: 'from12to14',
    gender: 'girl',
    urgency: 'normal',
    legalBasis: null,
    identity: sealed,
    narrative: null,
    receivedAt: '2026-11-23T06:00:00.000Z',
    origin: { source: 'skolan-lojo' },
    owner: null,
    untakenSince: '2026-11-23T06:00:00.000Z',
    undecidedSince: '2026-11-23T06:00:00.000Z',
    asked: [],
    assessments: [],
    decision: null,
    round: 1,
    takenAt: null,
    unrecorded: [],
    dawn: '2026-11-23',
    ledger: { seq: 0, head: '', pending: [] },
    delivery: {
      revision: 2,
      placements: [{ id: 'p1', conversation: '19:lojo', activityId: 'm1', shown: 2, state: 'live' }],
      notices: [{ key: asked, to: 'a0000000-0000-4000-8000-000000000021', kind: 'asked' }],
      noticed: [],
      wakeAt,
    },
  },
};
const outsider = 'outsider:2026-11-23T07:29:someone+1:a0000000-0000-4000-8000-000000000020';
const oldChat = {
  partition: `${tenant}|chat:19:lojo`,
  id: 'chat',
  kind: 'chat',
  status: 'open',
  owner: null,
  at: null,
  wakeAt,
  data: {
    tenant,
    conversation: '19:lojo',
    kind: 'groupChat',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    botId: '28:bot',
    person: null,
    state: 'open',
    greetedAt: '2026-11-20T07:00:00.000Z',
    delivery: {
      revision: 1,
      placements: [],
      notices: [{ key: outsider, to: 'a0000000-0000-4000-8000-000000000020', kind: 'outsider' }],
      noticed: [],
      wakeAt,
    },
  },
};

describe('what was to be delivered when the first release was replaced', () => {
  const folder = temporaryFolder();
  let store: Store;
  before(async () => {
    store = openSqliteStore(`${folder.path}/old.db`);
    await Promise.all([store.create(oldCase), store.create(oldChat)]);
  });
  after(async () => {
    await store.close();
    folder.remove();
  });

  it('is dated, so that who cannot be reached at once is still told of a case later', async () => {
    const referrals = referralAggregates(store);
    const referral = await referrals.get(oldCase);
    const [notice, ...others] = referral?.delivery.notices ?? [];
    expect(others).to.deep.equal([]);
    expect(notice).to.include({ key: asked, at: wakeAt });
    const failed = await referrals.change(oldCase, (data) => ({
      ...data,
      delivery: putOff(data.delivery, null, monday),
    }));
    expect(failed.delivery.notices).to.deep.equal([notice]);
    const { notices: _, ...rest } = oldCase.data.delivery;
    expect(referral?.delivery, 'all else is as it was').to.deep.include(rest);
    expect((await store.get(oldCase))?.data).to.include({ schema: 2, dawn: '2026-11-23' });
  });

  it('is dated in what leaders are to be told of their chat as well', async () => {
    const { chats } = createConversationService({
      store,
      directory: heldDirectory(),
      outbox: unused('outbox'),
      clock: simulatedClock(),
      background: () => undefined,
      onReachable: () => undefined,
      onReturned: () => undefined,
      onJoinedAgain: () => undefined,
      newId: () => 'id',
      settle: () => undefined,
      held: (delivery) => delivery,
      announcedWithin: Temporal.Duration.from({ seconds: 60 }),
    });
    expect((await chats.get(oldChat))?.delivery.notices.map(({ at }) => at)).to.deep.equal([wakeAt]);
  });
});
