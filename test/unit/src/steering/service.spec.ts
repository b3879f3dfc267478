import { expect } from 'chai';
import type { AuditService } from '../../../../src/audit/service.ts';
import { seatsOf } from '../../../../src/directory/seats.ts';
import type { BodyHolding } from '../../../../src/meetings/model.ts';
import type { Clock } from '../../../../src/shared/clock.ts';
import { openedFollowUps } from '../../../../src/steering/agenda/writings.ts';
import type { RecordPress } from '../../../../src/steering/model.ts';
import { createSteeringService, type SteeringService } from '../../../../src/steering/service.ts';
import { agendaSettings } from '../../../../src/steering/settings.ts';
import { type StoredSitting, sittingAggregates, sittingKey } from '../../../../src/steering/stored.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import type { Store } from '../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import { actorFor, agenda, steeringGroup as body, holding, idOf, played, region } from '../../../support/agendas.ts';
import { calendar, storeWith, unused } from '../../../support/builders.ts';
import { temporaryFolder } from '../../../support/seed.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const kaisa = actorFor('kaisa');
const { tenant } = region;
const seating = Object.fromEntries(seatsOf(region, body).flatMap(({ id, member }) => (member ? [[id, member]] : [])));

describe('the agendas of a body', () => {
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  let now: Temporal.Instant;
  let holdings: readonly BodyHolding[];
  let steering: SteeringService;

  beforeEach(() => {
    store = storeWith(openSqliteStore(`${folder.path}/${files++}.db`), { exclusive: false });
    now = Temporal.Instant.from('2026-12-17T10:55:00Z');
    holdings = [];
    steering = createSteeringService({
      ...{ sittings: sittingAggregates(store), sealer, policy: agendaSettings.parse({}), calendarOf: () => calendar },
      ...{ directory: { require: () => region }, holdingsOf: async () => [...holdings] },
      clock: { ...unused<Clock>('the clock'), now: () => now },
      courier: { settle: () => undefined },
      home: { ...unused('a home'), withoutForm: (sitting: StoredSitting) => sitting },
      trimmer: { trimmed: (_, ledger) => ledger },
      audit: {
        ...unused<AuditService>('the log'),
        append: (_, ledger) => ledger,
      },
      ...{ minutes: unused('minutes'), numberings: unused('numberings') },
    });
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  const plant = async (...all: readonly StoredSitting[]): Promise<void> => {
    for (const sitting of all) await sittingAggregates(store).create(sittingKey(sitting), sitting);
  };
  const stored = async (id: string): Promise<StoredSitting> => {
    const sitting = await sittingAggregates(store).get(sittingKey({ tenant, body, id }));
    if (!sitting) throw new Error(`There is no sitting ${id}.`);
    return sitting;
  };
  const record = (id: string, press: RecordPress) => steering.record(kaisa, { body, id }, press, null);
  const leftOn = async (id: string): Promise<(string | undefined)[]> =>
    openedFollowUps(sealer, await stored(id)).map(({ text }) => text.sv);
  /** For a meeting at that time, begun a while before it. */
  const sentFor = (id: string, begins: string): StoredSitting => {
    const at = Temporal.Instant.from(begins);
    const begun = { by: idOf('kaisa'), at: at.subtract({ hours: 24 * 20 }).toString() };
    const of = holding({
      meeting: `meeting-${id}`,
      on: begins.slice(0, 10),
      begins,
      ends: at.add({ hours: 1 }).toString(),
    });
    return played({ ...agenda({}, of), id, begun }, ['kaisa', { do: 'send' }, at.subtract({ hours: 24 * 15 })]);
  };
  /** The first meeting was held, and left two things to do; the second is to come. */
  async function following(): Promise<void> {
    await plant(sentFor('1', '2026-12-17T11:00:00Z'));
    await record('1', { do: 'openMeeting', seating });
    for (const text of ['Ring', 'Boka']) {
      const given = { item: 'figures', id: text, owner: idOf('risto'), due: '2027-12-22' };
      await record('1', { do: 'assign', ...given, said: { language: 'sv', text } });
    }
    await record('1', { do: 'closeMeeting' });
    now = Temporal.Instant.from('2027-03-18T10:55:00Z');
    const second = sentFor('2', '2027-03-18T11:00:00Z');
    if (!second.holding) throw new Error('It is for a meeting.');
    holdings = [{ ...second.holding, comings: {} }];
    await plant(second);
    await steering.attend(tenant, body);
  }

  it('open with what is left to do at that moment, whether the agenda knew of it or not, and keep that', async () => {
    await following();
    expect(await leftOn('2')).to.deep.equal(['Ring', 'Boka']);
    await record('1', { do: 'done', item: 'figures', id: 'Ring' });
    expect(await leftOn('2'), 'it has not heard of it').to.deep.equal(['Ring', 'Boka']);
    await record('2', { do: 'openMeeting', seating });
    expect(await leftOn('2')).to.deep.equal(['Boka']);
    await record('1', { do: 'done', item: 'figures', id: 'Boka' });
    await steering.attend(tenant, body);
    expect(await leftOn('2'), 'what its minutes say').to.deep.equal(['Boka']);
    await record('2', { do: 'openMeeting', seating });
    expect(await leftOn('2'), 'pressed twice').to.deep.equal(['Boka']);
  });

  it('hear of what was done until they are opened', async () => {
    await following();
    await record('1', { do: 'done', item: 'figures', id: 'Ring' });
    await steering.attend(tenant, body);
    expect(await leftOn('2')).to.deep.equal(['Boka']);
  });

  it('know of what is left to do whether it is of something confidential, also where that is so later', async () => {
    await following();
    const secretOn = async (id: string) => (await stored(id)).followUps.map(({ confidential }) => confidential);
    expect(await secretOn('2')).to.deep.equal([false, false]);
    await record('2', { do: 'openMeeting', seating });
    await record('1', { do: 'reopenMeeting' });
    const typed = { title: '', background: '', proposal: '' };
    const facts = { kind: 'information', presenter: null, minutes: null, confidential: true, links: [] } as const;
    const content = { ...facts, language: 'sv', typed } as const;
    await steering.act(kaisa, { body, id: '1' }, { do: 'change', item: 'figures', content }, null);
    expect(await secretOn('2')).to.deep.equal([true, true]);
  });

  it('follow their meeting into another season, which brings nothing to one that has gone out', async () => {
    const moved = (meeting: string) => [
      holding({ meeting, on: '2026-12-17', begins: '2027-03-18T11:00:00Z', ends: '2027-03-18T12:00:00Z' }),
    ];
    const sent = sentFor('1', '2026-12-17T11:00:00Z');
    now = Temporal.Instant.from('2026-12-10T10:00:00Z');
    await plant(sent);
    holdings = moved('meeting-1');
    await steering.attend(tenant, body);
    const next = await stored('1');
    expect(next.holding?.begins).to.equal('2027-03-18T11:00:00Z');
    expect(next.items).to.deep.equal(sent.items);
    const grows: StoredSitting = { ...sent, id: '2', sent: null, begun: { ...sent.begun, at: now.toString() } };
    await plant(grows);
    holdings = moved('meeting-2');
    await steering.attend(tenant, body);
    const ids = (await stored('2')).items.map(({ id }) => id);
    expect(ids, 'one that still grows has it').to.include('annualReport-2026');
  });
});
