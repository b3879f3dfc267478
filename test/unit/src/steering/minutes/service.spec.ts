import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { isAppError } from '../../../../../src/shared/errors.ts';
import { newSitting } from '../../../../../src/steering/agenda/begun.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { createMinutesService, type MinutesService } from '../../../../../src/steering/minutes/service.ts';
import {
  minutesAggregates,
  minutesContext,
  minutesKey,
  minutesRef,
  numberingAggregates,
} from '../../../../../src/steering/minutes/stored.ts';
import { type StoredSitting, sittingAggregates, sittingKey } from '../../../../../src/steering/stored.ts';
import { createSealer } from '../../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../../src/storage/keys.ts';
import type { Store } from '../../../../../src/storage/port.ts';
import { openSqliteStore } from '../../../../../src/storage/sqlite.ts';
import { actorFor, steeringGroup as body, idOf, policy, region } from '../../../../support/agendas.ts';
import { monday, storeWith } from '../../../../support/builders.ts';
import { temporaryFolder } from '../../../../support/seed.ts';

const sealer = createSealer(parseKeyRing(`k1:${randomBytes(32).toString('base64')}`));
const kaisa = actorFor('kaisa');
const { tenant } = region;

describe('the minutes of a body', () => {
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  beforeEach(() => {
    store = storeWith(openSqliteStore(`${folder.path}/${files++}.db`), { exclusive: false });
  });
  afterEach(() => store.close());
  after(() => folder.remove());

  const held = (id: string, opened: string): StoredSitting => {
    const mark = { by: idOf('kaisa'), at: opened };
    const proceedings = {
      opened: mark,
      closed: mark,
      seats: [],
      chairs: [],
      secretary: null,
      presence: [],
      records: {},
    };
    return { ...newSitting({ id, body }, null, mark, monday), sent: mark, proceedings, tenant };
  };

  /** One of the instances that have this store. */
  function instance(): MinutesService {
    const sittings = sittingAggregates(store);
    return createMinutesService({
      minutes: minutesAggregates(store),
      numberings: numberingAggregates(store),
      sittings,
      sealer,
      directory: { require: () => region },
      clock: { now: () => monday },
      policy,
      async view(_, { id }) {
        const sitting = await sittings.get(sittingKey({ tenant, body, id }));
        if (!sitting) throw new Error(`There is no sitting ${id}.`);
        return sitting;
      },
      change: (_, { id }, decide) =>
        sittings.change(sittingKey({ tenant, body, id }), (stored) => {
          const { sitting, event } = decide(stored);
          return event ? { ...sitting, tenant } : stored;
        }),
      opening: () => ({
        words: () => ({ title: {}, background: {}, proposal: {}, links: [] }),
        document: () => null,
        followUps: () => [],
        record: () => ({ ...noRecord, discussion: {}, vote: null, outcome: null, dissents: [], actions: [] }),
      }),
    });
  }
  const plant = async (...all: readonly StoredSitting[]): Promise<void> => {
    for (const sitting of all) await sittingAggregates(store).create(sittingKey(sitting), sitting);
  };
  const numbersIn = async (service: MinutesService, id: string): Promise<number[]> => {
    const { snapshot } = await service.make(kaisa, { body, id });
    return snapshot.paragraphs.map(({ number }) => number);
  };
  const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

  it('number what a year has dealt with from one meeting to the next, in whatever order and wherever they are made', async () => {
    await plant(
      held('1', '2026-03-05T11:00:00.000Z'),
      held('2', '2026-06-04T11:00:00.000Z'),
      held('3', '2026-12-17T11:00:00.000Z'),
      // In Helsinki it is the next year already.
      held('4', '2026-12-31T22:30:00.000Z'),
    );
    const [one, other] = [instance(), instance()];
    const each = held('1', monday.toString()).items.length;
    const [second, third, fourth] = await Promise.all([
      numbersIn(one, '2'),
      numbersIn(other, '3'),
      numbersIn(one, '4'),
    ]);
    expect(second).to.deep.equal(from(each + 1, each));
    expect(third).to.deep.equal(from(2 * each + 1, each));
    expect(fourth, 'a year begins at one').to.deep.equal(from(1, each));
    expect(await numbersIn(other, '1'), 'the first meeting has the first').to.deep.equal(from(1, each));
  });

  it('are one version when two instances make them at once', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const made = await Promise.all([instance(), instance()].map((one) => one.make(kaisa, { body, id: '1' })));
    expect(made.map(({ version }) => version.number)).to.deep.equal([1, 1]);
    const { sitting } = await instance().make(kaisa, { body, id: '1' });
    expect(sitting.minutes?.versions).to.have.length(1);
  });

  it('lose nothing of what two put right at the same moment: the second hears that there is a newer one', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    await instance().make(kaisa, ref);
    const key = sittingKey({ tenant, ...ref });
    await sittingAggregates(store).change(key, (sitting) => ({
      ...sitting,
      minutes: sitting.minutes && {
        ...sitting.minutes,
        versions: sitting.minutes.versions.map((version) => ({ ...version, final: version.made.at })),
      },
    }));
    const put = await Promise.allSettled(
      ['Ett', 'Två'].map((text) => instance().correct(kaisa, ref, 1, { language: 'sv', text })),
    );
    expect(put.map(({ status }) => status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
    const refusedOne = put.find((one) => one.status === 'rejected');
    expect(isAppError(refusedOne?.reason, 'minutes.newer')).to.equal(true);
    const { sitting } = await instance()
      .make(kaisa, ref)
      .catch(() => ({ sitting: null }));
    expect(sitting?.minutes?.versions.length ?? 2).to.equal(2);
  });

  it('never say what a version said that was kept and not written into the sitting', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const left = minutesRef(tenant, { body, id: '1' }, 1);
    const snapshot = sealer.seal({ record: 'of something else' }, minutesContext(left));
    await minutesAggregates(store).create(minutesKey(left), { ...left, snapshot });
    const { version, snapshot: said } = await instance().make(kaisa, { body, id: '1' });
    expect(version.number).to.equal(2);
    expect(said.record).to.not.equal('of something else');
  });
});
