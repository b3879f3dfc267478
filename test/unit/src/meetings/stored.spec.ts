import { expect } from 'chai';
import type { Placement } from '../../../../src/delivery/model.ts';
import {
  meetingAggregates,
  meetingKey,
  readAhead,
  readHeld,
  type StoredMeeting,
} from '../../../../src/meetings/stored.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { monday } from '../../../support/builders.ts';
import { meeting, played } from '../../../support/meetings.ts';
import { temporaryFolder } from '../../../support/seed.ts';

describe('what was held', () => {
  const folder = temporaryFolder();
  const store = openSqliteStore(`${folder.path}/one.db`);
  const meetings = meetingAggregates(store);
  after(async () => {
    await store.close();
    folder.remove();
  });

  const closed: Placement = {
    id: 'closed',
    conversation: conversationId('19:closed@thread.v2'),
    activityId: 'm',
    shown: 1,
    state: 'live',
    away: true,
  };
  const waiting = (one: StoredMeeting): StoredMeeting => ({
    ...one,
    delivery: { ...one.delivery, placements: [closed] },
  });
  const of = (id: string): StoredMeeting => meeting({}, { id });
  const over = (id: string, lookedAt = '2026-11-20T09:00:00.000Z'): StoredMeeting => ({
    ...of(id),
    over: true,
    lookedAt,
  });

  it('counts for the rhythm of its body, also while a card of it waits in a chat that is closed to the bot', async () => {
    const all = [
      of('ahead'),
      over('held'),
      waiting(over('closed')),
      over('long-ago', '2026-11-01T09:00:00.000Z'),
      waiting(over('long-closed', '2026-11-01T09:00:00.000Z')),
      played(of('cancelled'), ['maria', { do: 'cancel', on: null }]),
      { ...over('case'), kind: 'case' as const },
    ];
    for (const one of all) await meetings.create(meetingKey(one), one);
    const { tenant } = of('x');
    const held = await readHeld(meetings, tenant, monday.subtract({ hours: 24 * 7 }));
    expect(held.map(({ id }) => id)).to.have.members(['held', 'closed']);
    expect((await readAhead(meetings, tenant)).map(({ id }) => id)).to.deep.equal(['ahead']);
  });
});
