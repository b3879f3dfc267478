import { expect } from 'chai';
import type { Envelope } from '../../../../../src/shared/sealed.ts';
import { unsettledIn, upToDate, withLeft } from '../../../../../src/steering/agenda/carried.ts';
import { openedFollowUps } from '../../../../../src/steering/agenda/writings.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { toRecordCommand } from '../../../../../src/steering/meeting/writings.ts';
import { type Action, type ItemRecord, outcomes } from '../../../../../src/steering/model.ts';
import type { StoredSitting } from '../../../../../src/steering/stored.ts';
import { createSealer } from '../../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../../src/storage/keys.ts';
import { agenda, idOf, item, itemIn } from '../../../../support/agendas.ts';
import { actor, envelope, monday } from '../../../../support/builders.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const mark = { by: idOf('kaisa'), at: monday.toString() };
const begun = { by: 'ankarbot' as const, at: monday.toString() };

/** What was recorded of a meeting that is over. */
function held(sitting: StoredSitting, records: Record<string, Partial<ItemRecord>> = {}): StoredSitting {
  const none = { seats: [], chairs: [], secretary: null, presence: [] };
  const whole = Object.entries(records).map(([id, record]) => [id, { ...noRecord, ...record }] as const);
  return { ...sitting, proceedings: { opened: mark, closed: mark, ...none, records: Object.fromEntries(whole) } };
}

/** A meeting of that number at which Risto got something to do. */
function settling(id: string, over: Partial<Action> = {}): StoredSitting {
  const blank = held({ ...agenda(), id });
  const given = { id: `of-${id}`, owner: idOf('risto'), due: '2027-01-15' };
  const said = { language: 'sv', text: `Ring ${id}` } as const;
  const command = toRecordCommand(
    sealer,
    blank,
    { do: 'assign', item: 'figures', ...given, said },
    { actor: actor('kaisa') },
  );
  const { text } = command as { text: Envelope };
  return held(blank, { figures: { actions: [{ ...given, text, handed: null, done: null, ...over }] } });
}

describe('what a meeting leaves to the next one', () => {
  it('is what it tabled, returned or did not come to, and nothing that it decided or noted', () => {
    const decided = outcomes.map((as) => item(as, { kind: 'decision' }));
    const sitting = agenda({ items: [...agenda().items, ...decided, item('untouched', { kind: 'decision' })] });
    const records = outcomes.map((as) => [as, { outcome: { ...mark, as, text: null } }] as const);
    const left = unsettledIn(held(sitting, Object.fromEntries(records))).map(({ id }) => id);
    expect(left).to.have.members(['returned', 'tabled', 'untouched']);
  });

  it('is not what was only to be told or discussed, once something was said of it, unless it was put off', () => {
    const kinds = ['information', 'discussion', 'decision'] as const;
    const sitting = agenda({ items: kinds.map((kind) => item(kind, { kind })) });
    const left = (record: Partial<ItemRecord>): string[] =>
      unsettledIn(held(sitting, Object.fromEntries(kinds.map((kind) => [kind, record])))).map(({ id }) => id);
    expect(left({})).to.deep.equal([...kinds]);
    expect(left({ discussion: envelope() })).to.deep.equal(['decision']);
    expect(left({ discussion: envelope(), outcome: { ...mark, as: 'tabled', text: null } })).to.deep.equal([...kinds]);
  });

  it('is called by the meeting that left it and by what it was first called, however often it is carried over', () => {
    const first = 'a0000000-0000-4000-8000-00000000000a';
    let earlier = [agenda({ items: [item(first)] })];
    for (let at = 2; at <= 15; at += 1) {
      const next = withLeft(sealer, { ...agenda(), id: String(at) }, earlier, begun);
      const id = `from-${at - 1}-${first}`;
      expect(next.items.filter(({ carried }) => carried).map((one) => one.id)).to.deep.equal([id]);
      expect(id.length).to.be.at.most(60);
      earlier = [next, ...earlier];
    }
  });

  it('is new to nobody on the next agenda, and marked as late on none that has not gone out', () => {
    for (const late of ['added', 'changed'] as const) {
      const last = agenda({ items: [item('late', { late })], sent: mark });
      const next = withLeft(sealer, { ...agenda(), id: '2' }, [last], begun);
      expect(itemIn(next, 'from-1-late').late, late).to.equal(null);
    }
  });
});

describe('what is still to be done of earlier meetings', () => {
  const followed = (id: string, ...all: StoredSitting[]): string[] => {
    const next = upToDate(sealer, { ...agenda(), id }, all);
    return openedFollowUps(sealer, next).map(({ sitting, text }) => `${sitting} ${text.sv}`);
  };

  it('is of the meetings before it, by their number: of the ninth on the tenth agenda, and of the tenth on no ninth', () => {
    const all = ['11', '10', '9', '2'].map((id) => settling(id));
    expect(followed('10', ...all)).to.have.members(['9 Ring 9', '2 Ring 2']);
    expect(followed('9', ...all)).to.deep.equal(['2 Ring 2']);
    expect(followed('2', ...all)).to.deep.equal([]);
  });

  it('is by date, as it was handed on, and without what is done; an agenda that says so already stays the same', () => {
    const handed = { owner: idOf('marjut'), due: '2027-03-01' };
    const all = [settling('4', { done: mark }), settling('3'), settling('2', { due: '2026-12-30' })];
    expect(followed('5', ...all)).to.deep.equal(['2 Ring 2', '3 Ring 3']);
    const given = upToDate(sealer, { ...agenda(), id: '5' }, [settling('3', { handed })]);
    expect(given.followUps.map(({ owner, due }) => ({ owner, due }))).to.deep.equal([handed]);
    expect(upToDate(sealer, given, [settling('3', { handed })])).to.equal(given);
    expect(upToDate(sealer, given, [settling('3', { handed, done: mark })]).followUps).to.deep.equal([]);
  });
});
