import { expect } from 'chai';
import { createAuditService } from '../../../../src/audit/service.ts';
import { openDirectory } from '../../../../src/directory/service.ts';
import { directoryAggregates } from '../../../../src/directory/stored.ts';
import { type BodyId, type ConversationId, conversationId } from '../../../../src/shared/ids.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { exampleDirectory, lojo, raseborg } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

describe('chats that came to another body', () => {
  const folder = temporaryFolder();
  let store: Store;
  before(() => {
    store = openSqliteStore(`${folder.path}/one.db`);
  });
  after(async () => {
    await store.close();
    folder.remove();
  });

  const [first, second] = [conversationId('19:first'), conversationId('19:second')];
  /** A start with a region file that gives these bodies these chats. */
  const started = (...chats: (readonly [BodyId, ConversationId])[]) =>
    openDirectory({
      file: exampleDirectory({
        chats: chats.map(([body, conversation]) => ({ body, conversation, setBy: 'file' })),
      }),
      directories: directoryAggregates(store),
      audit: createAuditService(store, (text) => text),
      clock: simulatedClock(),
      onMembersChanged: () => undefined,
      onRebound: () => undefined,
    });

  it('are looked at again by every start until each of them is done with', async () => {
    await started([lojo, first], [raseborg, second]);
    const swapped = [
      [lojo, second],
      [raseborg, first],
    ] as const;
    const { directory, rebound } = await started(...swapped);
    expect(rebound).to.have.members([first, second]);
    await directory.vacated(first);
    const next = await started(...swapped);
    expect(next.rebound).to.deep.equal([second]);
    await next.directory.vacated(second);
    expect((await started(...swapped)).rebound).to.deep.equal([]);
  });
});
