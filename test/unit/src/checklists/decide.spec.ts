import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../../src/checklists/decide.ts';
import type { Block, Checklist, ChecklistCommand, Item } from '../../../../src/checklists/model.ts';
import { contentParts, wordsBroughtIn } from '../../../../src/checklists/seen.ts';
import { blockAtWork, blocksOf, itemsOf, progressOf, tasksOf, undoable } from '../../../../src/checklists/standing.ts';
import type { Transition } from '../../../../src/checklists/transition.ts';
import { type PersonId, personId } from '../../../../src/shared/ids.ts';
import type { Language, Localised } from '../../../../src/shared/language.ts';
import { ways } from '../../../../src/shared/order.ts';
import { seenOf } from '../../../../src/shared/seen.ts';
import { type ExamplePerson, envelope, monday, people, refusal } from '../../../support/builders.ts';
import {
  act,
  dateAt,
  inAll,
  itemOf,
  list,
  listOf,
  played,
  pressed,
  sceneAt,
  templateItem,
} from '../../../support/checklists.ts';

/** Maria and Sofia lead; Gunilla is of another team. */
const everybody = ['maria', 'sofia', 'petri', 'niina', 'gunilla'] as const;
const leaders = ['maria', 'sofia'];
const link = 'https://example.org/plan';
const ids = ['plain', 'checked', 'monthly'] as const;
const notes = [envelope('n1'), envelope('n2')];

const somebody = fc.constantFrom<ExamplePerson>(...everybody);
const someItem = fc.constantFrom(...ids);
const someBlock = fc.constantFrom('first', 'second');
const itemCommand: fc.Arbitrary<ChecklistCommand> = fc.oneof(
  fc
    .record({
      item: someItem,
      do: fc.constantFrom(...(['take', 'giveBack', 'done', 'approve', 'sendBack'] as const)),
    })
    .map((command): ChecklistCommand => command),
  fc
    .record({ item: someItem, to: fc.uniqueArray(somebody, { maxLength: 3 }) })
    .map(({ item, to }): ChecklistCommand => ({ do: 'assign', item, to: to.map((who) => people[who]) })),
  fc
    .record({ item: someItem, due: fc.option(fc.constantFrom('2026-11-20', '2026-11-30', '2027-01-15')) })
    .map((parts): ChecklistCommand => ({ do: 'setDue', ...parts })),
  fc
    .record({ item: someItem, note: fc.option(fc.constantFrom(...notes)) })
    .map((parts): ChecklistCommand => ({ do: 'note', ...parts })),
  fc
    .record({ item: someItem, link: fc.option(fc.constantFrom(link, `${link}/2`)) })
    .map((parts): ChecklistCommand => ({ do: 'link', ...parts })),
  fc
    .record({ item: someItem, reason: fc.constantFrom(...notes) })
    .map((parts): ChecklistCommand => ({ do: 'notApplicable', ...parts })),
  fc
    .record({ item: someItem, step: fc.integer({ min: 1, max: 12 }) })
    .map((parts): ChecklistCommand => ({ do: 'undo', ...parts })),
);
const editCommand: fc.Arbitrary<ChecklistCommand> = fc.oneof(
  fc
    .record({ item: someItem, do: fc.constantFrom(...(['removeItem', 'restoreItem'] as const)) })
    .map((command): ChecklistCommand => command),
  fc
    .record({ item: someItem, way: fc.constantFrom(...ways), past: someItem })
    .map((parts): ChecklistCommand => ({ do: 'moveItem', ...parts })),
  fc
    .record({ block: someBlock, way: fc.constantFrom(...ways), past: someBlock })
    .map((parts): ChecklistCommand => ({ do: 'moveBlock', ...parts })),
  fc
    .record({
      block: fc.constantFrom('first', 'second'),
      do: fc.constantFrom(...(['removeBlock', 'restoreBlock'] as const)),
    })
    .map((command): ChecklistCommand => command),
  fc.record({ item: someItem, approval: fc.boolean(), block: someBlock }).map(
    ({ item, approval, block }): ChecklistCommand => ({
      do: 'changeItem',
      item,
      block,
      content: { text: inAll(`${item} changed`), approval, every: null, month: null },
    }),
  ),
  fc
    .record({ id: fc.constantFrom('new-1', 'new-2', 'plain'), block: fc.constantFrom('first', 'second') })
    .map(({ id, block }): ChecklistCommand => {
      const { id: _, ...content } = templateItem(id);
      return { do: 'addItem', id, block, content };
    }),
  fc.constantFrom<ChecklistCommand>({ do: 'close' }, { do: 'reopen' }),
);
/** Enough of these for many walks to reach an approval. */
const towardsApproval = fc.constantFrom<ChecklistCommand>(
  { do: 'link', item: 'checked', link },
  { do: 'done', item: 'checked' },
  { do: 'approve', item: 'checked' },
);
const command = fc.oneof(
  { weight: 4, arbitrary: itemCommand },
  { weight: 4, arbitrary: towardsApproval },
  { weight: 1, arbitrary: editCommand },
);
const steps = (of: fc.Arbitrary<ChecklistCommand>) =>
  fc.array(fc.record({ who: somebody, command: of, hours: fc.nat(30) }), { maxLength: 30, size: 'max' });

interface Seen {
  before: Checklist;
  next: Transition;
  who: ExamplePerson;
  command: ChecklistCommand;
  now: Temporal.Instant;
}

/** Walks the steps and holds `check` against every state and what led to it. */
function walk(
  walked: { who: ExamplePerson; command: ChecklistCommand; hours: number }[],
  check: (seen: Seen) => void,
): void {
  let state: Checklist = list();
  let now = monday;
  for (const { who, command: one, hours } of walked) {
    now = now.add({ hours });
    const next = pressed(state, who, one, now);
    check({ before: state, next, who, command: one, now });
    state = next.list;
  }
}

/** What people see of an item. */
const visible = ({ owners, due, note, link: address, state }: Item) => ({ owners, due, note, link: address, state });
const visibleIn = (state: Checklist) => itemsOf(state).map((item) => [item.id, visible(item)]);
const everyItem = (state: Checklist): Item[] => state.blocks.flatMap(({ items }) => items);

describe('a checklist, whoever presses whatever in whatever order', () => {
  it('is at work in its first block until somebody has begun with another, and there as long as something is left', () => {
    const at = (...presses: Parameters<typeof played>[1][]) => blockAtWork(played(list(), ...presses))?.id;
    expect(at()).to.equal('first');
    const take = ['petri', { do: 'take', item: 'monthly' }] as const;
    expect(at([...take])).to.equal('second');
    expect(at([...take], ['petri', { do: 'done', item: 'monthly' }])).to.equal('first');
    expect(at([...take], ['niina', { do: 'take', item: 'plain' }, monday.add({ minutes: 1 })])).to.equal('first');
  });

  it('has no item that is done with approval without evidence and a second person, a leader', () => {
    let approvals = 0;
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ next }) => {
          if (next.event?.what === 'checklist.approve') approvals += 1;
          for (const { state, link: evidence, approval } of everyItem(next.list)) {
            if (state.is !== 'done' && state.is !== 'waiting') continue;
            if (state.is === 'waiting' || approval) expect(evidence, 'evidence').to.be.a('string');
            if (state.is === 'done' && approval) {
              expect([people.maria, people.sofia]).to.include(state.approved?.by);
              expect(state.approved?.by).to.not.equal(state.by);
            }
          }
        });
      }),
      { numRuns: 300 },
    );
    expect(approvals, 'walks that come so far').to.be.greaterThan(5);
  });

  it('shows after an undo what it showed before the step', () => {
    fc.assert(
      fc.property(steps(fc.oneof(itemCommand, towardsApproval)), (walked) => {
        walk(walked, ({ before, next, who, command: one, now }) => {
          if (!('item' in one) || one.do === 'undo' || !next.event) return;
          const { step } = itemOf(next.list, one.item);
          const undone = act(next.list, who, { do: 'undo', item: one.item, step }, now.add({ minutes: 1 }));
          expect(visibleIn(undone.list)).to.deep.equal(visibleIn(before));
          const twice = act(undone.list, who, { do: 'undo', item: one.item, step }, now.add({ minutes: 2 }));
          expect(twice).to.deep.equal({ list: undone.list, event: null });
        });
      }),
    );
  });

  it('counts what is pressed twice once', () => {
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ next, who, command: one, now }) => {
          if (next.event) expect(pressed(next.list, who, one, now.add({ seconds: 1 })).event).to.equal(null);
        });
      }),
    );
  });

  it('has progress that adds up, in all and by block, and works where something is left, there where it was worked last', () => {
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ next, now }) => {
          const today = dateAt(now);
          const all = progressOf(itemsOf(next.list), today);
          const count = (is: Item['state']['is']) => itemsOf(next.list).filter(({ state }) => state.is === is).length;
          for (const is of ['open', 'waiting', 'done', 'notApplicable'] as const) expect(all[is]).to.equal(count(is));
          expect(all.open + all.waiting + all.done + all.notApplicable).to.equal(all.total);
          const byBlock = blocksOf(next.list).map(({ items }) => progressOf(items, today));
          expect(byBlock.reduce((sum, { total }) => sum + total, 0)).to.equal(all.total);
          const atWork = blockAtWork(next.list);
          const left = blocksOf(next.list).filter((_block, at) => {
            const progress = byBlock[at];
            return progress !== undefined && progress.open + progress.waiting > 0;
          });
          const newest = (block: Block | undefined): string =>
            [...(block?.items ?? [])]
              .map(({ history }) => history.at(-1)?.at ?? '')
              .sort()
              .at(-1) ?? '';
          if (left.length === 0) expect(atWork).to.equal(null);
          else expect(left.map(({ id }) => id)).to.include(atWork?.id);
          for (const block of left) expect(newest(block) <= newest(atWork ?? undefined)).to.equal(true);
        });
      }),
    );
  });

  it('is changed by members alone, and assigned, approved and edited by leaders alone', () => {
    const leadersOnly = new Set([
      'assign',
      'approve',
      'sendBack',
      'removeItem',
      'moveItem',
      'changeItem',
      'addItem',
      'close',
    ]);
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ next, who, command: one }) => {
          if (!next.event) return;
          expect(who).to.not.equal('gunilla');
          if (leadersOnly.has(one.do)) expect(leaders).to.include(who);
          for (const { owners } of everyItem(next.list)) {
            for (const { person } of owners) expect(person).to.not.equal(people.gunilla);
          }
        });
      }),
    );
  });

  it('keeps every item that ever was, under its id and once', () => {
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ before, next }) => {
          const now = everyItem(next.list).map(({ id }) => id);
          expect(new Set(now).size).to.equal(now.length);
          expect(now).to.include.members(everyItem(before).map(({ id }) => id));
        });
      }),
    );
  });

  it('changes neither the list it was given nor anything without an entry in the log', () => {
    fc.assert(
      fc.property(steps(command), (walked) => {
        walk(walked, ({ before, next, who, command: one, now }) => {
          const copy = structuredClone(before);
          pressed(before, who, one, now);
          expect(before).to.deep.equal(copy);
          if (!next.event) expect(next.list).to.equal(before);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('an item', () => {
  it('is taken by one, and the second is told who has it', () => {
    const taken = played(list(), ['petri', { do: 'take', item: 'plain' }]);
    expect(refusal(() => act(taken, 'niina', { do: 'take', item: 'plain' }))).to.equal('checklist.takenBy');
    expect(act(taken, 'petri', { do: 'take', item: 'plain' }).event).to.equal(null);
  });

  it('is given by a leader to several, each of whom is told by whom, and nobody twice', () => {
    const to = [people.petri, people.niina, people.maria];
    const given = played(list(), ['maria', { do: 'assign', item: 'plain', to }]);
    expect(itemOf(given, 'plain').owners.map(({ person, by }) => [person, by])).to.deep.equal([
      [people.petri, people.maria],
      [people.niina, people.maria],
      [people.maria, undefined],
    ]);
    expect(given.delivery.notices.map(({ kind, to: whom }) => [kind, whom])).to.deep.equal([
      ['assigned', people.petri],
      ['assigned', people.niina],
    ]);
    const fewer = played(given, [
      'maria',
      { do: 'assign', item: 'plain', to: [people.petri] },
      monday.add({ hours: 1 }),
    ]);
    expect(itemOf(fewer, 'plain').owners).to.deep.equal(itemOf(given, 'plain').owners.slice(0, 1));
    expect(fewer.delivery.notices).to.have.length(2);
  });

  it('goes to members alone', () => {
    for (const stranger of [people.gunilla, personId('nobody')]) {
      const give = () => act(list(), 'maria', { do: 'assign', item: 'plain', to: [stranger] });
      expect(refusal(give)).to.equal('checklist.notAMember');
    }
  });

  it('that is settled, or waits for approval, changes hands no more', () => {
    const settled = played(list(), ['petri', { do: 'take', item: 'plain' }], ['petri', { do: 'done', item: 'plain' }]);
    const waiting = played(
      list(),
      ['petri', { do: 'take', item: 'checked' }],
      ['petri', { do: 'link', item: 'checked', link }],
      ['petri', { do: 'done', item: 'checked' }],
    );
    const setAside = played(
      list(),
      ['petri', { do: 'take', item: 'plain' }],
      ['petri', { do: 'notApplicable', item: 'plain', reason: envelope('r') }],
    );
    for (const [state, item, code] of [
      [settled, 'plain', 'checklist.settled'],
      [setAside, 'plain', 'checklist.setAside'],
      [waiting, 'checked', 'checklist.waits'],
    ] as const) {
      const give = (to: PersonId[]) => refusal(() => act(state, 'maria', { do: 'assign', item, to }));
      expect(refusal(() => act(state, 'petri', { do: 'giveBack', item }))).to.equal(code);
      expect(refusal(() => act(state, 'niina', { do: 'take', item }))).to.equal(code);
      expect([give([people.niina]), give([])]).to.deep.equal([code, code]);
    }
  });

  it('is due today at the earliest, and within ten years', () => {
    const due = (date: string) => refusal(() => act(list(), 'petri', { do: 'setDue', item: 'plain', due: date }));
    expect(due('2026-11-22')).to.equal('checklist.pastDue');
    expect(due('2026-11-23')).to.equal(null);
    expect(due('2062-11-23')).to.equal('checklist.farDue');
    expect(due('9999-12-31')).to.equal('checklist.farDue');
  });

  it('that needs approval waits for a leader other than its doer, and is told of', () => {
    const open = list();
    expect(refusal(() => act(open, 'petri', { do: 'done', item: 'checked' }))).to.equal('checklist.linkNeeded');
    const waiting = played(
      open,
      ['petri', { do: 'link', item: 'checked', link }],
      ['petri', { do: 'done', item: 'checked' }],
    );
    expect(itemOf(waiting, 'checked').state.is).to.equal('waiting');
    expect(waiting.delivery.notices.map(({ kind, to }) => [kind, to])).to.deep.equal([
      ['approve', people.maria],
      ['approve', people.sofia],
    ]);
    expect(refusal(() => act(waiting, 'niina', { do: 'approve', item: 'checked' }))).to.equal('directory.leadersOnly');
    expect(refusal(() => act(waiting, 'petri', { do: 'link', item: 'checked', link: null }))).to.equal(
      'checklist.waits',
    );
    const approved = played(waiting, ['maria', { do: 'approve', item: 'checked' }]);
    expect(itemOf(approved, 'checked').state).to.deep.include({ is: 'done', by: people.petri });
  });

  it('that waits keeps its evidence, also when approval is no longer asked and the sending back was undone', () => {
    const content = { text: inAll('checked'), approval: false, every: null, month: null };
    const waiting = played(
      list(),
      ['petri', { do: 'link', item: 'checked', link }],
      ['petri', { do: 'done', item: 'checked' }],
      ['maria', { do: 'sendBack', item: 'checked' }],
      ['maria', { do: 'changeItem', item: 'checked', content }],
      ['maria', { do: 'undo', item: 'checked', step: 3 }],
    );
    const { state, approval } = itemOf(waiting, 'checked');
    expect([state.is, approval]).to.deep.equal(['waiting', false]);
    for (const other of [null, `${link}/2`]) {
      const change = () => act(waiting, 'petri', { do: 'link', item: 'checked', link: other });
      expect(refusal(change)).to.equal('checklist.waits');
    }
  });

  it('is never approved by who did it or had it when it was done', () => {
    const own = (...presses: Parameters<typeof played>[1][]) => {
      const waiting = played(list(), ['maria', { do: 'link', item: 'checked', link }], ...presses);
      return refusal(() => act(waiting, 'maria', { do: 'approve', item: 'checked' }));
    };
    expect(own(['maria', { do: 'done', item: 'checked' }])).to.equal('checklist.ownWork');
    expect(own(['maria', { do: 'take', item: 'checked' }], ['petri', { do: 'done', item: 'checked' }])).to.equal(
      'checklist.ownWork',
    );
    expect(own(['petri', { do: 'done', item: 'checked' }])).to.equal(null);
  });

  it('does not wait for an approval that nobody can give', () => {
    const ready = played(
      list(),
      ['maria', { do: 'link', item: 'checked', link }],
      ['maria', { do: 'take', item: 'checked' }],
    );
    const alone = { ...sceneAt(monday, 'maria'), leaders: [people.maria] };
    expect(refusal(() => decide(ready, { do: 'done', item: 'checked' }, alone))).to.equal('checklist.noApprover');
    expect(refusal(() => act(ready, 'maria', { do: 'done', item: 'checked' }))).to.equal(null);
  });

  it('that was sent back is open again, and its doer hears of it', () => {
    const waiting = played(
      list(),
      ['petri', { do: 'link', item: 'checked', link }],
      ['petri', { do: 'done', item: 'checked' }],
    );
    const back = played(waiting, ['maria', { do: 'sendBack', item: 'checked' }]);
    expect(itemOf(back, 'checked').state.is).to.equal('open');
    expect(back.delivery.notices.at(-1)).to.deep.include({ kind: 'sentBack', to: people.petri });
    // The other leader pressed at the same moment.
    expect(act(back, 'sofia', { do: 'sendBack', item: 'checked' }).event).to.equal(null);
    expect(refusal(() => act(back, 'sofia', { do: 'approve', item: 'checked' }))).to.equal('checklist.notWaiting');
  });

  it('is undone by its author or a leader, and only its last step', () => {
    const done = played(list(), ['petri', { do: 'take', item: 'plain' }], ['petri', { do: 'done', item: 'plain' }]);
    expect(refusal(() => act(done, 'niina', { do: 'undo', item: 'plain', step: 2 }))).to.equal(
      'checklist.othersToUndo',
    );
    expect(refusal(() => act(done, 'petri', { do: 'undo', item: 'plain', step: 1 }))).to.equal('checklist.notLast');
    const undone = played(done, ['maria', { do: 'undo', item: 'plain', step: 2 }]);
    expect(itemOf(undone, 'plain').state.is).to.equal('open');
    // Another card still offers the same undo.
    expect(act(undone, 'petri', { do: 'undo', item: 'plain', step: 2 }).event).to.equal(null);
    expect(itemOf(played(undone, ['petri', { do: 'undo', item: 'plain', step: 1 }]), 'plain').owners).to.deep.equal([]);
  });

  it('is opened again by who did it, however much was written of it since, and what was written stays', () => {
    const scribbled = Array.from({ length: 9 }, (_, at): ['niina', ChecklistCommand] => [
      'niina',
      { do: 'note', item: 'plain', note: envelope(String(at)) },
    ]);
    const done = played(list(), ['petri', { do: 'take', item: 'plain' }], ['petri', { do: 'done', item: 'plain' }]);
    const written = itemOf(played(done, ...scribbled), 'plain');
    expect(undoable(written)).to.include({ number: 2, by: people.petri });
    const opened = itemOf(played(done, ...scribbled, ['petri', { do: 'undo', item: 'plain', step: 2 }]), 'plain');
    expect(opened.state.is).to.equal('open');
    expect(opened.note).to.equal(written.note);
    expect(undoable(opened)?.what).to.equal('note');
  });

  it('has steps that are never numbered twice, so that an old card undoes nothing newer', () => {
    const taken = played(list(), ['petri', { do: 'take', item: 'plain' }]);
    const again = played(
      taken,
      ['petri', { do: 'undo', item: 'plain', step: 1 }],
      ['petri', { do: 'take', item: 'plain' }],
    );
    expect(refusal(() => act(again, 'petri', { do: 'undo', item: 'plain', step: 1 }))).to.equal('checklist.notLast');
    const dates = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07'];
    const moved = dates.reduce((state, due) => played(state, ['petri', { do: 'setDue', item: 'plain', due }]), again);
    const { step } = itemOf(moved, 'plain');
    expect(itemOf(played(moved, ['petri', { do: 'undo', item: 'plain', step }]), 'plain').due).to.equal('2026-12-06');
  });

  it('keeps its date once it is settled, and is not overdue on the very day', () => {
    const due = played(list(), ['petri', { do: 'setDue', item: 'plain', due: '2026-11-23' }]);
    expect(progressOf(itemsOf(due), dateAt(monday)).overdue).to.equal(0);
    expect(progressOf(itemsOf(due), dateAt(monday).add({ days: 1 })).overdue).to.equal(1);
    const done = played(due, ['petri', { do: 'done', item: 'plain' }]);
    expect(refusal(() => act(done, 'petri', { do: 'setDue', item: 'plain', due: '2026-12-01' }))).to.equal(
      'checklist.settled',
    );
  });

  it('of a list that is closed rests until a leader opens it again', () => {
    const closed = played(list(), ['petri', { do: 'take', item: 'checked' }], ['maria', { do: 'close' }]);
    expect(refusal(() => act(closed, 'petri', { do: 'take', item: 'plain' }))).to.equal('checklist.closed');
    expect(tasksOf(closed, people.petri, false)).to.deep.equal([]);
    expect(refusal(() => act(closed, 'petri', { do: 'reopen' }))).to.equal('directory.leadersOnly');
    expect(
      itemOf(played(closed, ['maria', { do: 'reopen' }], ['petri', { do: 'take', item: 'plain' }]), 'plain').owners,
    ).to.have.length(1);
  });
});

describe('a list in use', () => {
  const content = { text: inAll('other'), source: null, approval: false, every: null, month: null };

  it('is edited without losing what was done', () => {
    const used = played(
      list(),
      ['petri', { do: 'done', item: 'plain' }],
      ['petri', { do: 'note', item: 'plain', note: envelope('n') }],
    );
    const was = visible(itemOf(used, 'plain'));
    const edited = played(
      used,
      ['maria', { do: 'changeItem', item: 'plain', content, block: 'second' }],
      ['maria', { do: 'removeItem', item: 'plain' }],
      ['maria', { do: 'removeBlock', block: 'second' }],
    );
    expect(itemsOf(edited).map(({ id }) => id)).to.deep.equal(['checked']);
    expect(refusal(() => act(edited, 'petri', { do: 'take', item: 'plain' }))).to.equal('checklist.noItem');
    const restored = played(
      edited,
      ['maria', { do: 'restoreBlock', block: 'second' }],
      ['maria', { do: 'restoreItem', item: 'plain' }],
    );
    expect(blocksOf(restored).map(({ items }) => items.map(({ id }) => id))).to.deep.equal([
      ['checked'],
      ['monthly', 'plain'],
    ]);
    expect(visible(itemOf(restored, 'plain'))).to.deep.equal(was);
    expect(itemOf(restored, 'plain').text.sv).to.equal('other');
  });

  it('gets new blocks and items as the last, and moves those that it has', () => {
    const grown = played(
      list(),
      ['maria', { do: 'addBlock', id: 'third', title: inAll('Third') }],
      ['maria', { do: 'addItem', id: 'one', block: 'third', content }],
      ['maria', { do: 'addItem', id: 'two', block: 'third', content: { ...content, every: 'year', month: 3 } }],
      ['maria', { do: 'moveBlock', block: 'second', way: 'up', past: 'first' }],
      ['maria', { do: 'moveItem', item: 'one', way: 'down', past: 'two' }],
      ['maria', { do: 'rename', title: inAll('Renamed') }],
      ['maria', { do: 'changeBlock', block: 'first', title: inAll('Changed') }],
    );
    expect(blocksOf(grown).map(({ id, items }) => [id, items.map((item) => item.id)])).to.deep.equal([
      ['second', ['monthly']],
      ['first', ['plain', 'checked']],
      ['third', ['two', 'one']],
    ]);
    expect(itemOf(grown, 'two').due).to.equal('2027-03-31');
    expect([grown.title.sv, blocksOf(grown)[1]?.title.sv]).to.deep.equal(['Renamed', 'Changed']);
    expect(refusal(() => act(grown, 'maria', { do: 'moveBlock', block: 'none', way: 'up', past: 'first' }))).to.equal(
      'checklist.noBlock',
    );
  });

  it('is edited by two who press the same, or something that changes nothing, without a word', () => {
    const removed = played(list(), ['maria', { do: 'removeItem', item: 'plain' }]);
    expect(act(removed, 'sofia', { do: 'removeItem', item: 'plain' }).event).to.equal(null);
    const down = { do: 'moveItem', item: 'plain', way: 'down', past: 'checked' } as const;
    const moved = played(list(), ['maria', down]);
    expect(act(moved, 'sofia', down).event).to.equal(null);
    const named = { do: 'rename', title: inAll('Renamed') } as const;
    expect(act(played(list(), ['maria', named]), 'sofia', named).event).to.equal(null);
    const restored = { do: 'restoreBlock', block: 'second' } as const;
    expect(act(list(), 'sofia', restored).event).to.equal(null);
    const gone = played(list(), ['maria', { do: 'removeBlock', block: 'second' }]);
    const add = () => act(gone, 'maria', { do: 'addItem', id: 'new', block: 'second', content });
    expect(refusal(add)).to.equal('checklist.noBlock');
  });

  it('keeps in each language what a colleague has written since the form was seen, where its sender left that to follow', () => {
    const before = played(list(), ['maria', { do: 'rename', title: inAll('Ett') }]);
    const [wanted, translated] = [inAll('Två'), { ...inAll('Ett'), fi: 'Yksi' }];
    const rename = { do: 'rename', title: wanted, seen: seenOf(inAll('Ett')) } as const;
    const theirs = played(before, ['sofia', { do: 'rename', title: translated }]);
    const following = ['fi', 'en'] as const;
    const saved = played(theirs, ['maria', { ...rename, following }]);
    expect(saved.title).to.deep.equal({ ...wanted, fi: 'Yksi' });
    expect(
      refusal(() => act(theirs, 'maria', rename)),
      'typed there',
    ).to.equal('form.overtaken');
    const last = { ...rename, title: inAll('Kaksi'), following: ['sv', 'en'] } as const;
    const swedish = played(before, ['sofia', { do: 'rename', title: { ...inAll('Ett'), sv: 'Första' } }]);
    expect(played(swedish, ['maria', last]).title).to.deep.equal({ ...inAll('Kaksi'), sv: 'Första' });
    const alone = played(before, ['maria', { ...rename, following }]);
    expect(alone.title, 'what nobody has changed follows').to.deep.equal(wanted);
    const three = { sv: 'Ett', fi: 'Yksi', en: 'One' };
    const whole = played(list(), ['maria', { do: 'rename', title: three }]);
    const emptied = played(whole, ['maria', { ...rename, seen: seenOf(three), following }]);
    expect(emptied.title, 'what was emptied follows').to.deep.equal(wanted);
    const { seen: _, ...unknown } = rename;
    expect(played(theirs, ['maria', { ...unknown, following }]).title, 'of before').to.deep.equal(wanted);
    const oneForAll = played(before, ['sofia', { do: 'rename', title: inAll('Tre') }]);
    const over = { ...rename, seen: seenOf(inAll('Tre')), following };
    expect(refusal(() => act(oneForAll, 'maria', { ...rename, following }))).to.equal('form.overtaken');
    expect(played(oneForAll, ['maria', over]).title).to.deep.equal(wanted);
  });

  it('keeps them in the name of a block and in an item as well', () => {
    const following = ['fi', 'en'] as const;
    const half = { ...inAll('First'), fi: 'Ensimmäinen' };
    const block = played(
      list(),
      ['sofia', { do: 'changeBlock', block: 'first', title: half }],
      ['maria', { do: 'changeBlock', block: 'first', title: inAll('Två'), seen: seenOf(inAll('First')), following }],
    );
    expect(blocksOf(block)[0]?.title).to.deep.equal({ ...inAll('Två'), fi: 'Ensimmäinen' });
    const seen = seenOf(contentParts(itemOf(list(), 'plain'), 'first'));
    const change = (text: Localised) => ({ do: 'changeItem', item: 'plain', content: { ...content, text } }) as const;
    const item = played(
      list(),
      ['sofia', change({ ...inAll('plain'), fi: 'Tavallinen' })],
      ['maria', { ...change(inAll('Två')), seen, following }],
    );
    expect(itemOf(item, 'plain').text).to.deep.equal({ ...inAll('Två'), fi: 'Tavallinen' });
  });

  describe('of one text in three languages, of which some follow the first', () => {
    type Press = Parameters<typeof played>[1];
    const named = (title: Localised) => played(list(), ['maria', { do: 'rename', title }]);
    const by = (who: ExamplePerson, title: Localised, seen: Localised, ...following: Language[]): Press => [
      who,
      { do: 'rename', title, seen: seenOf(seen), following },
    ];
    const both = (start: Localised, ...renames: Press[]): Localised => played(named(start), ...renames).title;

    it('what stood when a colleague gave the first a new text is theirs, and comes again in its field', () => {
      const one = inAll('Lähtö');
      const kept = { ...inAll('Start'), fi: 'Lähtö' };
      const sofia = by('sofia', kept, one, 'en');
      expect(both(one, sofia)).to.deep.equal(kept);
      expect(refusal(() => both(one, sofia, by('maria', inAll('Början'), one, 'fi', 'en')))).to.equal('form.overtaken');
      const again = wordsBroughtIn({ seen: seenOf(one), following: ['fi', 'en'] }, inAll('Början'), kept);
      expect(again).to.deep.equal({ ...inAll('Början'), fi: 'Lähtö' });
      expect(both(one, sofia, by('maria', again, kept, 'en'))).to.deep.equal(again);
    });

    it('what is emptied follows what the first says by then', () => {
      const start = { ...inAll('Ett'), fi: 'Yksi' };
      const sofia = by('sofia', { ...inAll('Tre'), fi: 'Yksi' }, start, 'en');
      expect(both(start, sofia, by('maria', inAll('Ett'), start, 'fi', 'en'))).to.deep.equal(inAll('Tre'));
    });

    it('what is emptied while a colleague gives it a new text is overtaken, and follows once that was seen', () => {
      const start = { ...inAll('Ett'), fi: 'Yksi' };
      const theirs = { ...start, fi: 'Ensimmäinen' };
      const sofia = by('sofia', theirs, start, 'en');
      const emptied = (seen: Localised) => by('maria', inAll('Ett'), seen, 'fi', 'en');
      expect(refusal(() => both(start, sofia, emptied(start)))).to.equal('form.overtaken');
      const again = wordsBroughtIn({ seen: seenOf(start), following: ['fi', 'en'] }, inAll('Ett'), theirs);
      expect(again, 'what the form says then').to.deep.equal(inAll('Ett'));
      expect(both(start, sofia, emptied(theirs))).to.deep.equal(inAll('Ett'));
    });

    it('what says the same as the first because a colleague has changed the first stays as it is', () => {
      const start = { sv: 'Seminariet', fi: 'Seminaari', en: 'Seminar' };
      const theirs = { ...start, sv: 'Seminar' };
      const mine = { ...start, sv: 'Seminariet 2027' };
      const again = wordsBroughtIn({ seen: seenOf(start), following: [] }, mine, theirs);
      expect(again).to.deep.equal(mine);
      const sofia = by('sofia', theirs, start);
      expect(both(start, sofia, by('maria', again, theirs))).to.deep.equal(mine);
    });

    it('what a colleague has emptied goes on to follow where it was left alone', () => {
      const start = { ...inAll('Ett'), fi: 'Yksi' };
      const sofia = by('sofia', inAll('Ett'), start, 'fi', 'en');
      const maria = { ...inAll('Två'), fi: 'Yksi' };
      expect(refusal(() => both(start, sofia, by('maria', maria, start, 'en')))).to.equal('form.overtaken');
      const again = wordsBroughtIn({ seen: seenOf(start), following: ['en'] }, maria, inAll('Ett'));
      expect(again).to.deep.equal(inAll('Två'));
      const typed = { ...maria, fi: 'Kaksi' };
      expect(wordsBroughtIn({ seen: seenOf(start), following: ['en'] }, typed, inAll('Ett')), 'typed').to.deep.equal(
        typed,
      );
    });
  });

  it('moves what is pressed on an old card past the neighbour that was seen there, or says that the order is another', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => templateItem(id));
    const order = (state: Checklist) => itemsOf(state).map(({ id }) => id);
    const before = listOf(...items);
    const up = { do: 'moveItem', item: 'c', way: 'up', past: 'b' } as const;
    const between = played(before, ['sofia', { do: 'moveItem', item: 'd', way: 'up', past: 'c' }]);
    expect(order(played(between, ['maria', up]))).to.deep.equal(['a', 'c', 'b', 'd']);
    const higher = played(before, ['sofia', up], ['sofia', { do: 'moveItem', item: 'c', way: 'up', past: 'a' }]);
    expect(act(higher, 'maria', up).event, 'it is above it already').to.equal(null);
    const gone = played(before, ['sofia', { do: 'removeItem', item: 'b' }]);
    expect(refusal(() => act(gone, 'maria', up))).to.equal('checklist.reordered');
    const elsewhere = played(list(), ['sofia', { do: 'changeItem', item: 'checked', content, block: 'second' }]);
    const down = { do: 'moveItem', item: 'plain', way: 'down', past: 'checked' } as const;
    expect(refusal(() => act(elsewhere, 'maria', down))).to.equal('checklist.reordered');
    for (const way of ways) {
      const pastItself = () => act(before, 'maria', { do: 'moveItem', item: 'c', way, past: 'c' });
      expect(refusal(pastItself), way).to.equal('checklist.reordered');
    }
    const without = played(list(), ['sofia', { do: 'removeBlock', block: 'second' }]);
    const block = (one: string, past: string) => () =>
      act(without, 'maria', { do: 'moveBlock', block: one, way: 'up', past });
    expect([refusal(block('first', 'second')), refusal(block('second', 'first'))]).to.deep.equal([
      'checklist.reordered',
      'checklist.noBlock',
    ]);
  });

  it('does not change what is asked of an item under the hands of those who have done it', () => {
    const done = played(list(), ['petri', { do: 'done', item: 'plain' }]);
    const change = () =>
      act(done, 'maria', { do: 'changeItem', item: 'plain', content: { ...content, approval: true } });
    expect(refusal(change)).to.equal('checklist.settled');
  });

  it('makes what is done come again, from now on, at its next date and not at the one that is used up', () => {
    const done = played(
      list(),
      ['petri', { do: 'setDue', item: 'plain', due: '2026-11-23' }],
      ['petri', { do: 'done', item: 'plain' }],
    );
    const yearly = { text: inAll('plain'), source: null, approval: false, every: 'year', month: null } as const;
    const again = played(done, ['maria', { do: 'changeItem', item: 'plain', content: yearly }]);
    expect(itemOf(again, 'plain').due).to.equal('2027-11-23');
    const worded = { ...yearly, text: inAll('Plain') };
    const kept = played(again, ['maria', { do: 'changeItem', item: 'plain', content: worded }]);
    expect(itemOf(kept, 'plain').due).to.equal('2027-11-23');
    const settled = played(list(), ['petri', { do: 'done', item: 'monthly' }]);
    const { due } = itemOf(settled, 'monthly');
    const later = monday.add({ hours: 24 * 10 });
    const monthly = { ...yearly, every: 'month', text: inAll('Monthly') } as const;
    const still = played(settled, ['maria', { do: 'changeItem', item: 'monthly', content: monthly }, later]);
    expect(itemOf(still, 'monthly').due, 'a text moves no date').to.equal(due);
    const open = played(list(), ['maria', { do: 'changeItem', item: 'plain', content: yearly }]);
    expect(itemOf(open, 'plain').due, 'its first date').to.equal('2027-11-23');
    const dated = played(
      list(),
      ['petri', { do: 'setDue', item: 'plain', due: '2026-11-30' }],
      ['maria', { do: 'changeItem', item: 'plain', content: yearly }],
    );
    expect(itemOf(dated, 'plain').due, 'the one that it has').to.equal('2026-11-30');
  });

  it('gives nothing an id that could not stand in a file', () => {
    for (const id of ['a:b', '', 'A', 'x'.repeat(61), 'elliot-131052-308t', 'ring-040-1234567']) {
      expect(refusal(() => act(list(), 'maria', { do: 'addItem', id, block: 'first', content }))).to.equal('badInput');
      expect(refusal(() => act(list(), 'maria', { do: 'addBlock', id, title: inAll('x') }))).to.equal('badInput');
    }
    // Those of the bot itself may look like anything.
    const id = '13105230-0401-4234-8567-040123456789';
    played(list(), ['maria', { do: 'addItem', id, block: 'first', content }]);
  });

  it('takes the blocks that are called like it along when it is renamed, and no others', () => {
    const blocks = (['List', 'Other'] as const).map((title) => ({
      id: title.toLowerCase(),
      title: inAll(title),
      items: [],
    }));
    const [named, half] = [inAll('Named'), { ...inAll('List'), fi: 'Lista' }];
    const before = list({ title: inAll('List'), blocks: [...blocks, { id: 'half', title: half, items: [] }] });
    const after = played(before, ['maria', { do: 'rename', title: named }]);
    expect([after.title, ...after.blocks.map(({ title }) => title)]).to.deep.equal([
      named,
      named,
      inAll('Other'),
      half,
    ]);
  });

  it('holds 500 items and 50 blocks, and not one more', () => {
    const items = Array.from({ length: 500 }, (_, at) => templateItem(`i${at}`));
    const full = listOf(...items);
    expect(refusal(() => act(full, 'maria', { do: 'addItem', id: 'more', block: 'block', content }))).to.equal(
      'checklist.tooMany',
    );
    const title = inAll('block');
    const block = (at: number) => ({ do: 'addBlock', id: `b${at}`, title }) as const;
    const blocks = Array.from({ length: 49 }, (_, at) => ['maria', block(at)] as const);
    const crammed = played(
      listOf(templateItem('one')),
      ...blocks.map(([who, one]): [ExamplePerson, ChecklistCommand] => [who, one]),
    );
    expect(refusal(() => act(crammed, 'maria', block(50)))).to.equal('checklist.tooMany');
    const done = played(full, ['petri', { do: 'done', item: 'i499' }]);
    expect(progressOf(itemsOf(done), dateAt(monday))).to.deep.include({ total: 500, done: 1, open: 499 });
  });
});

describe('an induction', () => {
  const mine = list(undefined, { person: people.niina, id: 'induction-expert~niina' });

  it('belongs to its person and the leaders; to others it does not exist', () => {
    expect(refusal(() => act(mine, 'petri', { do: 'done', item: 'plain' }))).to.equal('checklist.notFound');
    expect(refusal(() => act(mine, 'niina', { do: 'done', item: 'plain' }))).to.equal(null);
    expect(refusal(() => act(mine, 'maria', { do: 'done', item: 'plain' }))).to.equal(null);
    const grown = played(mine, [
      'maria',
      {
        do: 'addItem',
        id: 'new',
        block: 'first',
        content: { text: inAll('new'), approval: false, every: null, month: null },
      },
    ]);
    expect(tasksOf(grown, people.niina, false).map(({ id }) => id)).to.deep.equal(['new']);
    for (const [person, whose] of [
      [people.niina, [people.niina]],
      [people.gunilla, []],
    ] as const) {
      const reopened = played({ ...grown, person }, ['maria', { do: 'close' }], ['maria', { do: 'reopen' }]);
      const item = itemOf(reopened, 'plain');
      expect(
        item.owners.map(({ person }) => person),
        'only who belongs to the body has it again',
      ).to.deep.equal(whose);
    }
    const give = (to: ExamplePerson) =>
      refusal(() => act(mine, 'maria', { do: 'assign', item: 'plain', to: [people[to]] }));
    expect([give('petri'), give('niina'), give('maria')]).to.deep.equal(['checklist.notAMember', null, null]);
  });
});

describe('the tasks of a person', () => {
  it('are what they have and have not done, and for leaders what they may approve', () => {
    const state = played(
      list(),
      ['maria', { do: 'assign', item: 'plain', to: [people.petri, people.maria] }],
      ['petri', { do: 'take', item: 'checked' }],
    );
    const tasks = (of: Checklist, who: ExamplePerson) => tasksOf(of, people[who], who === 'maria').map(({ id }) => id);
    expect(tasks(state, 'petri')).to.deep.equal(['plain', 'checked']);
    const waiting = played(
      state,
      ['petri', { do: 'link', item: 'checked', link }],
      ['petri', { do: 'done', item: 'checked' }],
    );
    expect(tasks(waiting, 'petri')).to.deep.equal(['plain']);
    expect(tasks(waiting, 'maria')).to.deep.equal(['plain', 'checked']);
    expect(tasks(played(waiting, ['maria', { do: 'close' }]), 'maria')).to.deep.equal([]);
    expect(tasks(waiting, 'niina')).to.deep.equal([]);
  });
});
