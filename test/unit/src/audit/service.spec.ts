import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { emptyLedger, type Ledger, pageSize } from '../../../../src/audit/model.ts';
import { createAuditService } from '../../../../src/audit/service.ts';
import { createTrimmer } from '../../../../src/audit/trimmer.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { auditEvent } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';

describe('a page of the log', () => {
  const folder = temporaryFolder();
  const partition = 't|audit:x';
  let store: Store;
  let files = 0;
  beforeEach(() => {
    store = openSqliteStore(`${folder.path}/${files++}.db`);
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  const service = () => createAuditService(store, (text) => createHash('sha256').update(text).digest('hex'));
  const logOf = (who: string, count = pageSize + 1): Ledger =>
    Array.from({ length: count }).reduce<Ledger>(
      (ledger) => service().append(partition, ledger, auditEvent({ who, detail: { a: 1, b: 2 } })),
      emptyLedger,
    );

  it('takes in no entries where those of another log lie: all stay where they were', async () => {
    const audit = service();
    const first = await audit.moveFullPage(partition, logOf('one'));
    const data = { ledger: logOf('other') };
    const trimmer = createTrimmer<typeof data>(audit, () => partition);
    const key = { partition: 't', id: 'x' };
    const refused = await trimmer.moving(key, data)?.().catch(String);
    expect(refused).to.include('A page of the log holds other entries');
    expect(trimmer.trimmed(key, data.ledger)).to.deep.equal(data.ledger);
    expect((await store.get({ partition, id: '00000001' }))?.data).to.deep.equal(first);
  });

  it('is known again after a crash, though the store has put the details in another order', async () => {
    const ledger = logOf('one');
    const page = await service().moveFullPage(partition, ledger);
    const key = { partition, id: '00000001' };
    const { version, ...stored } = (await store.get<typeof page>(key)) ?? expect.fail('there is no page');
    const data = stored.data?.map((entry) => ({ ...entry, detail: { b: 2, a: 1 } }));
    await store.replace({ ...stored, data }, version);
    expect(await service().moveFullPage(partition, ledger)).to.deep.equal(page);
  });
});
