import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { emptyLedger, type Ledger, pageSize, withoutPage } from '../../../../src/audit/model.ts';
import { createAuditService } from '../../../../src/audit/service.ts';
import { type DecisionRecord, wholeDays } from '../../../../src/statistics/model.ts';
import { createStatisticsService } from '../../../../src/statistics/service.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { auditEvent, exampleDirectory, lojo, refusalOf } from '../../../support/builders.ts';

const { tenant } = exampleDirectory();
const record = (id: string, month: string): DecisionRecord => ({
  id,
  month,
  team: lojo,
  municipality: 'lojo',
  source: 'school',
  basis: 'concern',
  concerns: ['theft'],
  ageBand: 'from12to14',
  gender: 'girl',
  professions: ['police', 'social'],
  outcome: 'accepted',
  reason: 'offence',
  service: null,
  repeat: false,
  daysToTake: 0,
  daysToDecision: 3,
});

describe('records and logs in the store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-records-'));
  let files = 0;
  let store: Store;
  beforeEach(() => {
    store = openSqliteStore(join(folder, `${files++}.db`));
  });
  afterEach(() => store.close());
  after(() => rmSync(folder, { recursive: true }));

  it('keep a decision once, however often it is written, under its year', async () => {
    const statistics = createStatisticsService(store);
    for (const id of ['b', 'a', 'a']) await statistics.record(tenant, record(id, '2026-11'));
    await statistics.record(tenant, record('c', '2026-02'));
    await statistics.record(tenant, record('d', '2027-01'));
    expect((await statistics.ofYear(tenant, 2026)).map(({ id }) => id)).to.deep.equal(['c', 'a', 'b']);
    expect(await statistics.ofYear(tenant, 2025)).to.deep.equal([]);
  });

  it('are not read by a release that is older than a record', async () => {
    const statistics = createStatisticsService(store);
    await statistics.record(tenant, record('a', '2026-11'));
    const [group = expect.fail()] = await store.groups();
    const rest = { status: null, owner: null, at: null, wakeAt: null };
    await store.create({ ...group, id: 'b', ...rest, data: { ...record('b', '2026-11'), schema: 2 } });
    expect(await refusalOf(statistics.ofYear(tenant, 2026))).to.equal('store.newerSchema');
  });

  it('keep the whole log of a case in its order, part in pages and part in the case, though a move was made twice', async () => {
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    const audit = createAuditService(store, hash);
    let ledger: Ledger = emptyLedger;
    for (let index = 0; index < 2 * pageSize + 5; index += 1) {
      ledger = audit.append(
        't|audit:x',
        ledger,
        auditEvent({ at: `2026-11-23T08:00:${String(index).padStart(2, '0')}.000Z` }),
      );
      const page = await audit.moveFullPage('t|audit:x', ledger);
      if (!page) continue;
      // The process died before the case was written: the same page is moved again.
      expect(await audit.moveFullPage('t|audit:x', ledger)).to.deep.equal(page);
      ledger = withoutPage(ledger, page);
    }
    const entries = await audit.read('t|audit:x', ledger);
    expect(entries.map(({ seq }) => seq)).to.deep.equal(
      Array.from({ length: 2 * pageSize + 5 }, (_, index) => index + 1),
    );
    expect(audit.verify('t|audit:x', entries, ledger).intact).to.equal(true);
    expect(audit.verify('t|audit:y', entries, ledger).intact, 'as the log of another case').to.equal(false);
    expect(ledger.pending.length).to.be.at.most(pageSize);
  });
});

describe('days of waiting in the figures', () => {
  it('are whole and never negative', () => {
    const from = '2026-11-23T08:00:00.000Z';
    const counted = [
      '2026-11-23T08:00:00.000Z',
      '2026-11-24T07:59:59.000Z',
      '2026-11-24T08:00:00.000Z',
      '2026-11-20T08:00:00.000Z',
    ];
    expect(counted.map((to) => wholeDays(from, to))).to.deep.equal([0, 0, 1, 0]);
  });
});
