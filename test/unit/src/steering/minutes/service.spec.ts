import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { isAppError } from '../../../../../src/shared/errors.ts';
import { newItem, newSitting } from '../../../../../src/steering/agenda/begun.ts';
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
import { monday, refusalOf, storeWith } from '../../../../support/builders.ts';
import { temporaryFolder } from '../../../../support/seed.ts';

const sealer = createSealer(parseKeyRing(`k1:${randomBytes(32).toString('base64')}`));
const kaisa = actorFor('kaisa');
const { tenant } = region;

describe('the minutes of a body', () => {
  const folder = temporaryFolder();
  let files = 0;
  let store: Store;
  let logged: string[];
  beforeEach(() => {
    logged = [];
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

  /**
   * One of the instances that have this store; `meanwhile` happens once between what it draws and what it writes, `looked`
   * between what it looks at and what it draws.
   */
  function instance(meanwhile?: () => Promise<unknown>, looked?: () => Promise<unknown>): MinutesService {
    let waiting = meanwhile ?? null;
    let drawing = looked ?? null;
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
        const first = drawing;
        drawing = null;
        await first?.();
        return sitting;
      },
      async change(_, { id }, decide) {
        const first = waiting;
        waiting = null;
        await first?.();
        return sittings.change(sittingKey({ tenant, body, id }), (stored) => {
          const { sitting, event } = decide(stored);
          if (event) logged.push(event.what);
          return event ? { ...sitting, tenant } : stored;
        });
      },
      opening: (sitting) => ({
        words: () => ({ title: {}, background: {}, proposal: {}, links: [] }),
        document: () => null,
        followUps: () => sitting.followUps.map((one) => ({ ...one, text: {} })),
        record: () => ({ ...noRecord, discussion: {}, vote: null, outcome: null, dissents: [], actions: [] }),
      }),
    });
  }
  const plant = async (...all: readonly StoredSitting[]): Promise<void> => {
    for (const sitting of all) await sittingAggregates(store).create(sittingKey(sitting), sitting);
  };
  const changed = (id: string, change: (sitting: StoredSitting) => StoredSitting) =>
    sittingAggregates(store).change(sittingKey({ tenant, body, id }), change);
  /** What it has by now holds. */
  const finish = (id: string) =>
    changed(id, ({ minutes, ...sitting }) => ({
      ...sitting,
      minutes: minutes && {
        ...minutes,
        versions: minutes.versions.map((version) => ({ ...version, final: version.made.at })),
      },
    }));
  /** Something else was recorded of an item. */
  const recordedSince = (id: string, item: string) =>
    changed(id, (sitting) => ({
      ...sitting,
      proceedings: sitting.proceedings && {
        ...sitting.proceedings,
        records: {
          ...sitting.proceedings.records,
          [item]: { ...noRecord, outcome: { as: 'noted', text: null, by: idOf('kaisa'), at: monday.toString() } },
        },
      },
    }));
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
    await finish('1');
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

  /** And how somebody puts them right. */
  async function finalMinutes() {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    await instance().make(kaisa, ref);
    await finish('1');
    const say = (number: number, text: string, by = instance()) =>
      by.correct(kaisa, ref, number, { language: 'sv', text });
    return { ref, say };
  }

  it('lose nothing of what somebody else puts right between what the second looks at and draws', async () => {
    const { ref, say } = await finalMinutes();
    let newest = 1;
    /** Hers come first, of the version that both look at. */
    const refusal = (mine: string, hers: string, before?: () => Promise<unknown>) => {
      const number = newest;
      const slow = instance(undefined, async () => {
        await before?.();
        newest = (await say(number, hers)).version.number;
      });
      return refusalOf(say(number, mine, slow));
    };
    expect(await refusal('Mina', 'Hennes'), 'of what holds').to.equal('minutes.newer');
    expect(await refusal('Mina', 'Hennes igen'), 'of what is put right').to.equal('minutes.newer');
    await recordedSince('1', 'opening');
    const since = () => recordedSince('1', 'figures');
    expect(await refusal('Hennes igen', 'Hennes till sist', since), 'what stands, of another record').to.equal(
      'minutes.newer',
    );
    const { snapshot } = await instance().view(kaisa, ref, newest);
    expect(snapshot.corrections).to.deep.equal([{ number: newest, text: { sv: 'Hennes till sist' } }]);
  });

  it('put nothing in the place of a correction that has come to hold meanwhile: sent again, it is another', async () => {
    const { say } = await finalMinutes();
    await say(1, 'Ett');
    const slow = instance(() => finish('1'));
    expect(await refusalOf(say(2, 'Två', slow))).to.equal('form.overtaken');
    const { version, snapshot } = await say(2, 'Två', slow);
    expect(snapshot.corrections).to.deep.equal([
      { number: 2, text: { sv: 'Ett' } },
      { number: version.number, text: { sv: 'Två' } },
    ]);
  });

  it('are what another has made of them meanwhile, where nothing is put right', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    await instance().make(kaisa, ref);
    await recordedSince('1', 'opening');
    const slow = instance(async () => {
      await recordedSince('1', 'figures');
      await instance().make(kaisa, ref);
    });
    const { version, sitting, came } = await slow.make(kaisa, ref);
    expect([version, came]).to.deep.equal([sitting.minutes?.versions.at(-1), 'madeBefore']);
    expect(sitting.minutes?.versions).to.have.length(2);
  });

  it('say what came of it: another version, the one that was made before, or none as nothing is new', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    const service = instance();
    const made = async () => (await service.make(kaisa, ref)).came;
    const corrected = async (number: number, text: string, language: 'sv' | 'fi' = 'sv') =>
      (await service.correct(kaisa, ref, number, { language, text })).came;
    expect([await made(), await made()]).to.deep.equal(['made', 'unchanged']);
    expect(await refusalOf(corrected(1, 'Ett')), 'it is no correction, and does not hold').to.equal('minutes.notFinal');
    await finish('1');
    expect([await corrected(1, 'Ett'), await corrected(1, 'Ett')]).to.deep.equal(['made', 'madeBefore']);
    expect([await corrected(2, 'Ett'), await corrected(2, 'Ett', 'fi')]).to.deep.equal(['unchanged', 'unchanged']);
    await recordedSince('1', 'figures');
    expect(await corrected(2, 'Ett'), 'the same words of another record').to.equal('made');
  });

  it('are not of a record that has become another while they were drawn', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    const overtaken = instance(() => recordedSince('1', 'opening'));
    expect(await refusalOf(overtaken.make(kaisa, ref))).to.equal('form.overtaken');
    const { version, snapshot, sitting } = await overtaken.make(kaisa, ref);
    expect(sitting.minutes?.versions.map(({ number }) => number)).to.deep.equal([version.number]);
    expect(snapshot.paragraphs[0]?.is, 'as it was recorded by then').to.equal('recorded');
    await finish('1');
    const later = instance(() => recordedSince('1', 'figures'));
    expect(await refusalOf(later.correct(kaisa, ref, version.number, { language: 'sv', text: 'Ett' }))).to.equal(
      'form.overtaken',
    );
  });

  it('say of each that was put right which version did it, however often they are', async () => {
    await plant(held('1', '2026-03-05T11:00:00.000Z'));
    const ref = { body, id: '1' };
    const service = instance();
    const corrected = async (number: number, text: string) => {
      const { snapshot } = await service.correct(kaisa, ref, number, { language: 'sv', text });
      return snapshot.corrections;
    };
    await service.make(kaisa, ref);
    await finish('1');
    expect(await corrected(1, 'Ett')).to.deep.equal([{ number: 2, text: { sv: 'Ett' } }]);
    await recordedSince('1', 'figures');
    const { version, snapshot } = await service.make(kaisa, ref);
    expect([version.number, snapshot.corrections], 'the second came to nothing').to.deep.equal([
      3,
      [{ number: 3, text: { sv: 'Ett' } }],
    ]);
    await finish('1');
    const both = [
      { number: 3, text: { sv: 'Ett' } },
      { number: 4, text: { sv: 'Två' } },
    ];
    expect(await corrected(3, 'Två')).to.deep.equal(both);
    await finish('1');
    expect(await corrected(4, 'Tre')).to.deep.equal([...both, { number: 5, text: { sv: 'Tre' } }]);
  });

  it('stand in the log whenever something confidential of them is shown, also to whoever presses again', async () => {
    const sitting = held('1', '2026-03-05T11:00:00.000Z');
    const people = ['risto', 'marjut'] as const;
    const presence = people.map((who, at) => ({ seat: String(at), person: idOf(who), from: null, to: null }));
    const secret = newItem('secret', sitting.begun, { confidential: true });
    const { proceedings } = sitting;
    await plant({
      ...sitting,
      items: [...sitting.items, secret],
      proceedings: proceedings && { ...proceedings, presence },
    });
    const ref = { body, id: '1' };
    const service = instance();
    const twice = async (work: () => Promise<unknown>): Promise<string[]> => {
      logged = [];
      for (const _ of ['pressed', 'pressed again']) await work();
      return logged;
    };
    const checkers = people.map(idOf);
    expect(await twice(() => service.make(kaisa, ref))).to.deep.equal(['minutes.make', 'minutes.read']);
    expect(await twice(() => service.send(kaisa, ref, 1, { checkers }))).to.deep.equal([
      'minutes.send',
      'minutes.read',
    ]);
    for (const who of people)
      expect(await twice(() => service.answer(actorFor(who), ref, 1, null)), who).to.deep.equal([
        'minutes.approve',
        'minutes.read',
      ]);
    const said = { language: 'sv', text: 'Ett' } as const;
    expect(await twice(() => service.correct(kaisa, ref, 1, said))).to.deep.equal(['minutes.make', 'minutes.read']);
  });

  it('stand in the log where what was left to do is of something confidential, or may be', async () => {
    const sitting = held('1', '2026-03-05T11:00:00.000Z');
    const text = sealer.seal({ sv: 'Ring' }, 'x');
    const left = { id: 'x', sitting: '0', text, owner: idOf('risto'), due: '2026-04-01' };
    const loggedOf = async (id: string, followUps: StoredSitting['followUps']): Promise<string[]> => {
      await plant({ ...sitting, id, followUps });
      await instance().make(kaisa, { body, id });
      logged = [];
      await instance().view(kaisa, { body, id }, 1);
      return logged;
    };
    expect(await loggedOf('1', [{ ...left, confidential: true }])).to.deep.equal(['minutes.read']);
    expect(await loggedOf('2', [{ ...left, confidential: false }])).to.deep.equal([]);
    expect(await loggedOf('3', [left]), 'of before it was known').to.deep.equal(['minutes.read']);
  });

  it('number by when a meeting began, as that was put right, and not by when somebody opened it', async () => {
    /** Written down afterwards, in June: it was opened after one that followed it. */
    const late = (id: string, began: string): StoredSitting => {
      const sitting = held(id, '2026-06-05T06:00:00.000Z');
      return { ...sitting, proceedings: sitting.proceedings && { ...sitting.proceedings, began } };
    };
    const march = held('1', '2026-03-05T11:00:00.000Z');
    await plant(march, late('2', '2026-01-08T11:00:00.000Z'));
    const each = march.items.length;
    expect(await numbersIn(instance(), '2')).to.deep.equal(from(1, each));
    await plant(late('3', '2026-02-05T11:00:00.000Z'));
    expect(await numbersIn(instance(), '3'), 'the one of March has none yet').to.deep.equal(from(each + 1, each));
    expect(await numbersIn(instance(), '1')).to.deep.equal(from(2 * each + 1, each));
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
