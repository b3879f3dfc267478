import { expect } from 'chai';
import fc from 'fast-check';
import { toStored } from '../../../../../src/shared/clock.ts';
import { ways } from '../../../../../src/shared/order.ts';
import { withMatters } from '../../../../../src/steering/agenda/begun.ts';
import { hide } from '../../../../../src/steering/agenda/decide.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { type AgendaCommand, limits, type Sitting } from '../../../../../src/steering/model.ts';
import { keepersOf } from '../../../../../src/steering/rights.ts';
import { agendaOf, numberOf, proposalsEnd } from '../../../../../src/steering/standing.ts';
import type { Transition } from '../../../../../src/steering/transition.ts';
import {
  type Attendant,
  act,
  agenda,
  content,
  holding,
  idOf,
  item,
  itemIn,
  played,
  policy,
  pressed,
  region,
  sceneAt,
  steeringGroup,
  toldIn,
} from '../../../../support/agendas.ts';
import { envelope, monday, refusal } from '../../../../support/builders.ts';

/** Kaisa keeps it; Petri has no seat, and the directory does not know the stranger. */
const everybody = ['kaisa', 'risto', 'carola', 'marjut', 'petri', 'stranger'] as const;
type Anybody = (typeof everybody)[number];
const isMember = (who: Anybody): boolean => who !== 'petri' && who !== 'stranger';

const begun = { by: idOf('kaisa'), at: monday.toString() };
/** With the plan that the season has brought. */
const growing = {
  ...agenda(),
  items: withMatters(agenda().items, [{ code: 'operatingPlan', year: 2027 }], [], begun),
};
const plan = 'operatingPlan-2027';
const sending = (of: string, about: string = plan): AgendaCommand => ({
  do: 'document',
  item: about,
  sha256: of.repeat(64),
  link: `https://example.sharepoint.com/${of}`,
});

const ids = ['figures', 'other', plan, 'new-1', 'new-2', 'new-3', 'gone'] as const;
const someItem = fc.constantFrom(...ids);
const someContent = fc
  .record({
    words: fc.constantFrom(null, envelope('a'), envelope('b')),
    presenter: fc.constantFrom(null, idOf('marjut')),
    confidential: fc.boolean(),
  })
  .map((over) => content(over));
const command: fc.Arbitrary<AgendaCommand> = fc.oneof(
  fc
    .record({ do: fc.constantFrom(...(['add', 'change'] as const)), item: someItem, content: someContent })
    .map((one): AgendaCommand => one),
  fc
    .record({ do: fc.constantFrom(...(['accept', 'decline', 'remove', 'restore'] as const)), item: someItem })
    .map((one): AgendaCommand => one),
  fc
    .record({ item: someItem, way: fc.constantFrom(...ways), past: someItem })
    .map((one): AgendaCommand => ({ do: 'move', ...one })),
  fc.constantFrom(sending('a'), sending('b')),
  fc.constant<AgendaCommand>({ do: 'send' }),
);
const steps = fc.array(fc.record({ who: fc.constantFrom<Anybody>(...everybody), command, hours: fc.nat(30) }), {
  maxLength: 40,
  size: 'max',
});
type Step = { who: Anybody; command: AgendaCommand; hours: number };

interface Seen {
  before: Sitting;
  next: Transition;
  who: Anybody;
  command: AgendaCommand;
  now: Temporal.Instant;
}

/** Walks the steps and holds `check` against every state and what led to it. */
function walk(walked: readonly Step[], check: (seen: Seen) => void): void {
  let state: Sitting = growing;
  let now = monday;
  for (const { who, command: one, hours } of walked) {
    now = now.add({ hours });
    const next = pressed(state, who, one, now);
    check({ before: state, next, who, command: one, now });
    state = next.sitting;
  }
}

const always = (check: (seen: Seen) => void): void =>
  fc.assert(
    fc.property(steps, (walked) => walk(walked, check)),
    { numRuns: 150 },
  );

describe('an agenda, whoever presses whatever in whatever order', () => {
  it('never loses an item, nor what was said of it by somebody else', () => {
    always(({ before, next, command: one }) => {
      const after = next.sitting.items;
      for (const { id } of before.items) expect(after.filter((other) => other.id === id)).to.have.length(1);
      for (const known of before.items) {
        if ('item' in one && one.item === known.id) continue;
        expect(itemIn(next.sitting, known.id)).to.deep.equal(known);
      }
    });
  });

  it('is numbered from 1 on without a gap, in its order', () => {
    always(({ next: { sitting } }) => {
      const numbers = sitting.items.flatMap((one) => numberOf(sitting, one) ?? []);
      expect(numbers).to.deep.equal(agendaOf(sitting).map((_, at) => at + 1));
    });
  });

  it('lets nobody but its keeper do what is the keeper’s, and nobody at all from outside', () => {
    always(({ before, next, who, command: one }) => {
      if (!isMember(who)) expect(next.sitting, who).to.equal(before);
      if (who === 'kaisa' || next.event === null) return;
      const allowed = ['agenda.propose', 'agenda.change', 'agenda.remove'];
      expect(allowed).to.include(next.event.what);
      expect(agendaOf(next.sitting), 'what is on it').to.deep.equal(agendaOf(before));
      if (!('item' in one)) throw new Error('Only what is about an item is anybody’s.');
      expect(itemIn(next.sitting, one.item).begun.by).to.equal(idOf(isAttendant(who)));
    });
  });

  it('changes nothing when the same is pressed once more', () => {
    always(({ next, who, command: one, now }) => {
      // What was moved stands beside its neighbour already; all else is as it was wanted.
      if (next.event !== null) expect(pressed(next.sitting, who, one, now).sitting).to.equal(next.sitting);
    });
  });

  it('marks what is other than it went out, and nothing before that', () => {
    always(({ before, next: { sitting, event }, command: one }) => {
      if (sitting.sent === null)
        return void expect(sitting.items.filter(({ late }) => late !== null)).to.deep.equal([]);
      if (event === null || !('item' in one) || one.do === 'move' || before.sent === null) return;
      const was = before.items.find(({ id }) => id === one.item) ?? null;
      const is = itemIn(sitting, one.item);
      const wasOn = was?.state.is === 'accepted';
      const isOn = is.state.is === 'accepted';
      if (isOn) expect(is.late).to.be.oneOf(['added', 'changed']);
      if (isOn && !was) expect(is.late).to.equal('added');
      if (wasOn && !isOn) expect(is.late).to.equal(was.late === 'added' ? null : 'removed');
      if (wasOn || isOn) expect(sitting.untold, 'it is told').to.not.equal(null);
    });
  });

  it('takes what members propose up to the deadline, and not after it', () => {
    const end = proposalsEnd(agenda(), policy);
    always(({ next, now }) => {
      if (next.event?.what === 'agenda.propose' && end) expect(Temporal.Instant.compare(now, end) <= 0).to.equal(true);
    });
  });

  it('writes into its log everything that happens, and nothing else', () => {
    always(({ before, next: { sitting, event } }) => {
      expect(event === null).to.equal(sitting === before);
    });
  });
});

function isAttendant(who: Anybody): Attendant {
  if (who === 'stranger') throw new Error('A stranger did something.');
  return who;
}

describe('the document that an item approves', () => {
  const decided = (sitting: Sitting, as: 'asProposed' | 'tabled'): Sitting => ({
    ...sitting,
    proceedings: {
      opened: begun,
      closed: null,
      seats: [],
      chairs: [],
      secretary: null,
      presence: [],
      records: { [plan]: { ...noRecord, outcome: { ...begun, as, text: null } } },
    },
  });

  it('can be put right with its meeting, however long ago that was, once it is opened again', () => {
    const { proceedings } = decided(growing, 'tabled');
    if (!proceedings) throw new Error('It was opened.');
    const change = {
      do: 'change',
      item: 'figures',
      content: content({ kind: 'discussion', confidential: true }),
    } as const;
    const later = monday.add({ hours: 24 * 100 });
    const again = { ...growing, over: true, proceedings };
    expect(refusal(() => act(again, 'kaisa', change, later))).to.equal(null);
    const closed = { ...again, proceedings: { ...proceedings, closed: begun } };
    expect(refusal(() => act(closed, 'kaisa', change, later))).to.equal('agenda.held');
    expect(refusal(() => act({ ...growing, over: true }, 'kaisa', change, later))).to.equal('agenda.held');
  });

  it('stays the same from the moment on at which it is voted on', () => {
    const sent = act(growing, 'kaisa', sending('a')).sitting;
    const { proceedings } = decided(sent, 'asProposed');
    if (!proceedings) throw new Error('It was opened.');
    const vote = { counters: [], votes: {}, ended: null };
    const voting = { ...sent, proceedings: { ...proceedings, records: { [plan]: { ...noRecord, vote } } } };
    expect(refusal(() => act(voting, 'kaisa', sending('b')))).to.equal('agenda.documentFixed');
  });

  it('is kept with who sent it and when, in the log too, once however often it is sent', () => {
    const { sitting, event } = act(growing, 'kaisa', sending('a'));
    const { sha256, link } = { sha256: 'a'.repeat(64), link: 'https://example.sharepoint.com/a' };
    expect(itemIn(sitting, plan).document).to.deep.equal({
      sha256,
      link,
      by: idOf('kaisa'),
      at: toStored(monday),
    });
    expect(event?.detail).to.deep.equal({ item: plan, sha256 });
    expect(act(sitting, 'kaisa', sending('a')).event).to.equal(null);
    expect(itemIn(act(sitting, 'kaisa', sending('b')).sitting, plan).document?.sha256).to.equal('b'.repeat(64));
  });

  it('is marked as a late change once the agenda is out, and those who have it hear of it', () => {
    expect(itemIn(act(growing, 'kaisa', sending('a')).sitting, plan).late).to.equal(null);
    const out = played({ ...growing, tenant: region.tenant }, ['kaisa', { do: 'send' }], ['kaisa', sending('a')]);
    expect(itemIn(out, plan).late).to.equal('changed');
    expect(out.untold).to.not.equal(null);
  });

  it('stays what was decided on, whatever was decided, and may be sent once more by mistake', () => {
    const { sitting } = act(growing, 'kaisa', sending('a'));
    for (const as of ['asProposed', 'tabled'] as const) {
      expect(refusal(() => act(decided(sitting, as), 'kaisa', sending('b')))).to.equal('agenda.documentFixed');
      expect(act(decided(sitting, as), 'kaisa', sending('a')).event).to.equal(null);
    }
  });

  it('is of a plan or a report that is on the agenda, and sent by who keeps it', () => {
    for (const who of ['risto', 'carola'] as const)
      expect(refusal(() => act(growing, who, sending('a')))).to.equal('agenda.keepersOnly');
    expect(refusal(() => act(growing, 'petri', sending('a')))).to.equal('directory.notAMember');
    expect(refusal(() => act(growing, 'kaisa', sending('a', 'figures')))).to.equal('agenda.noItem');
    const removed = act(growing, 'kaisa', { do: 'remove', item: plan }).sitting;
    expect(refusal(() => act(removed, 'kaisa', sending('a')))).to.equal('agenda.noItem');
  });

  it('is kept when the item is changed otherwise, removed and put back', () => {
    const { sitting } = act(growing, 'kaisa', sending('a'));
    const presses: AgendaCommand[] = [
      { do: 'change', item: plan, content: content() },
      { do: 'remove', item: plan },
      { do: 'restore', item: plan },
    ];
    const last = presses.reduce((next, one) => act(next, 'kaisa', one).sitting, sitting);
    expect(itemIn(last, plan).document?.sha256).to.equal('a'.repeat(64));
  });
});

describe('what is proposed for an agenda', () => {
  const add = (id: string, over = {}): AgendaCommand => ({ do: 'add', item: id, content: content(over) });
  const proposed = played(agenda(), ['risto', add('new')]);
  const hours = (count: number) => monday.add({ hours: count });

  it('is told to its keeper, and its author hears what became of it', () => {
    const keepers = keepersOf(steeringGroup, region);
    expect(keepers).to.include(idOf('kaisa')).and.have.length(3);
    expect(toldIn(proposed)).to.have.deep.members(keepers.map((keeper) => ['proposed', keeper]));
    const taken = played(proposed, ['kaisa', { do: 'accept', item: 'new' }]);
    expect(toldIn(taken).at(-1)).to.deep.equal(['accepted', idOf('risto')]);
    const declined = played(proposed, ['kaisa', { do: 'decline', item: 'new' }]);
    expect(toldIn(declined).at(-1)).to.deep.equal(['declined', idOf('risto')]);
    const after = played(declined, ['kaisa', { do: 'restore', item: 'new' }, hours(1)]);
    expect(toldIn(after).at(-1), 'taken up after all').to.deep.equal(['accepted', idOf('risto')]);
  });

  it('is taken up where it waits, and nowhere else: an old card brings back nothing that was declined or removed', () => {
    for (const one of ['decline', 'remove'] as const) {
      const gone = played(proposed, ['kaisa', { do: one, item: 'new' }]);
      expect(
        refusal(() => act(gone, 'kaisa', { do: 'accept', item: 'new' })),
        one,
      ).to.equal('agenda.settled');
    }
  });

  it('may be changed and taken back by its author while it waits, and by no other member', () => {
    const words = { do: 'change', item: 'new', content: content({ minutes: 5 }) } as const;
    expect(itemIn(played(proposed, ['risto', words]), 'new').minutes).to.equal(5);
    expect(itemIn(played(proposed, ['risto', { do: 'remove', item: 'new' }]), 'new').state.is).to.equal('removed');
    expect(
      refusal(() => act(proposed, 'marjut', words)),
      'not hers to see',
    ).to.equal('agenda.noItem');
    const taken = played(proposed, ['kaisa', { do: 'accept', item: 'new' }]);
    expect(refusal(() => act(taken, 'marjut', words))).to.equal('agenda.keepersOnly');
    expect(refusal(() => act(taken, 'risto', words))).to.equal('agenda.settled');
    expect(refusal(() => act(taken, 'risto', { do: 'remove', item: 'new' }))).to.equal('agenda.settled');
  });

  it('is what every agenda has for nobody, also not for who began it', () => {
    const byRisto = { by: idOf('risto'), at: monday.toString() };
    const sitting = agenda({ items: [item('opening', { code: 'opening', begun: byRisto })] });
    const remove = { do: 'remove', item: 'opening' } as const;
    expect(refusal(() => act(sitting, 'risto', remove))).to.equal('agenda.keepersOnly');
  });

  it('comes before the other matters, once however often its form is sent in', () => {
    const order = agendaOf(played(agenda(), ['kaisa', add('new')])).map(({ id }) => id);
    expect(order.slice(-4)).to.deep.equal(['new', 'other', 'next', 'closing']);
    expect(act(proposed, 'risto', add('new')).event).to.equal(null);
    expect(refusal(() => act(proposed, 'risto', add('new', { minutes: 9 })))).to.equal('agenda.alreadyAdded');
    expect(
      refusal(() => act(proposed, 'marjut', add('new'))),
      'somebody else’s id',
    ).to.equal('agenda.alreadyAdded');
  });

  it('is presented by somebody of the body, or who was named before they left it', () => {
    const by = (presenter: 'petri' | 'marjut') => add('new-2', { presenter: idOf(presenter) });
    expect(refusal(() => act(agenda(), 'kaisa', by('petri')))).to.equal('directory.unknownMember');
    expect(refusal(() => act(agenda(), 'kaisa', by('marjut')))).to.equal(null);
    const left = agenda({ items: [item('old', { presenter: idOf('petri') })] });
    const change = { do: 'change', item: 'old', content: content({ presenter: idOf('petri') }) } as const;
    expect(refusal(() => act(left, 'kaisa', change))).to.equal(null);
  });

  it('waits in a number of ten for each, and an agenda has a hundred items', () => {
    const many = (count: number, by: Attendant) =>
      Array.from({ length: count }, (_, at) =>
        item(`p${at}`, { state: { is: 'proposed' }, begun: { by: idOf(by), at: monday.toString() } }),
      );
    const waiting = agenda({ items: many(limits.proposals, 'risto') });
    const removed = many(limits.proposed, 'risto').map((one) => ({
      ...one,
      state: { is: 'removed' as const, by: idOf('risto'), at: monday.toString() },
    }));
    expect(
      refusal(() => act(agenda({ items: removed }), 'risto', add('new'))),
      'taken back too',
    ).to.equal('agenda.tooManyProposals');
    expect(refusal(() => act(agenda({ items: removed.slice(1) }), 'risto', add('new')))).to.equal(null);
    expect(refusal(() => act(waiting, 'risto', add('new')))).to.equal('agenda.tooManyProposals');
    expect(refusal(() => act(waiting, 'marjut', add('new')))).to.equal(null);
    const full = agenda({ items: many(limits.items, 'marjut') });
    for (const who of ['risto', 'kaisa'] as const)
      expect(refusal(() => act(full, who, add('new')))).to.equal('agenda.full');
    const matters = withMatters(full.items, [{ code: 'survey', year: 2026 }], [], full.begun);
    expect(matters, 'what the year brings comes all the same').to.have.length(limits.items + 1);
  });

  it('has no deadline without a meeting, and ends ten days before one for members alone', () => {
    const last = Temporal.Instant.from(holding().begins).subtract({ hours: 10 * 24 });
    const late = last.add({ seconds: 1 });
    expect(refusal(() => act(agenda(), 'risto', add('new'), last))).to.equal(null);
    expect(refusal(() => act(agenda(), 'risto', add('new'), late))).to.equal('agenda.proposalsOver');
    expect(refusal(() => act(agenda(), 'kaisa', add('new'), late))).to.equal(null);
    expect(refusal(() => act(agenda({}, null), 'risto', add('new'), late))).to.equal(null);
  });
});

describe('an agenda that has gone out', () => {
  const sent = played(agenda(), ['kaisa', { do: 'send' }]);
  const later = monday.add({ hours: 1 });

  it('goes out to every member and its keeper once, and to no substitute', () => {
    const told = toldIn(sent);
    expect(new Set(told.map(([kind]) => kind))).to.deep.equal(new Set(['agenda']));
    const people = told.map(([, person]) => person);
    expect(people)
      .to.include.members([idOf('kaisa'), idOf('risto'), idOf('marjut')])
      .and.not.include(idOf('carola'));
    expect(new Set(people).size).to.equal(people.length);
    expect(act(sent, 'kaisa', { do: 'send' }, later).event).to.equal(null);
  });

  it('needs a meeting to go out for', () => {
    expect(refusal(() => act(agenda({}, null), 'kaisa', { do: 'send' }))).to.equal('agenda.noMeeting');
  });

  it('keeps what was removed, marked, and has it back changed; what nobody had seen on it leaves nothing behind', () => {
    const removed = played(sent, ['kaisa', { do: 'remove', item: 'figures' }, later]);
    expect(itemIn(removed, 'figures')).to.deep.include({ late: 'removed' });
    const back = played(removed, ['kaisa', { do: 'restore', item: 'figures' }, later]);
    expect(itemIn(back, 'figures')).to.deep.include({ late: 'changed', state: { is: 'accepted' } });
    const added = played(sent, ['kaisa', { do: 'add', item: 'new', content: content() }, later]);
    expect(itemIn(added, 'new').late).to.equal('added');
    const gone = played(added, ['kaisa', { do: 'remove', item: 'new' }, later]);
    expect(itemIn(gone, 'new').late).to.equal(null);
    const again = played(gone, ['kaisa', { do: 'restore', item: 'new' }, later]);
    expect(itemIn(again, 'new').late).to.equal('added');
  });

  it('is changed no more a day after the meeting, until when it can be opened still', () => {
    const over = Temporal.Instant.from(holding().ends).add({ hours: 24 });
    expect(refusal(() => act(sent, 'kaisa', { do: 'remove', item: 'figures' }, over))).to.equal('agenda.held');
    expect(refusal(() => act({ ...sent, over: true }, 'kaisa', { do: 'remove', item: 'figures' }))).to.equal(
      'agenda.held',
    );
  });

  it('marks what becomes confidential elsewhere as it does every change, and at a meeting that is over tells nobody', () => {
    const hidden = (sitting: Sitting, now: Temporal.Instant) => hide(sitting, 'figures', sceneAt(now, 'kaisa'));
    const open = hidden(sent, later).sitting;
    expect(itemIn(open, 'figures')).to.deep.include({ confidential: true, late: 'changed' });
    expect(open.untold).to.equal(toStored(later));
    const over = Temporal.Instant.from(holding().ends).add({ hours: 24 });
    const none = { seats: [], chairs: [], secretary: null, presence: [], records: {} };
    const closed: Sitting = { ...sent, proceedings: { opened: begun, closed: begun, ...none } };
    for (const [sitting, now] of [
      [sent, over],
      [{ ...sent, over: true }, later],
      [closed, later],
    ] as const) {
      const { sitting: next, event } = hidden(sitting, now);
      expect(itemIn(next, 'figures')).to.deep.include({ confidential: true, late: null });
      expect(next.untold).to.equal(null);
      expect(event?.what, 'its log has it').to.equal('agenda.change');
      expect(hidden(next, now).event, 'once').to.equal(null);
    }
  });

  it('refuses to move past what is not there any more, and moves once for two presses', () => {
    const down = { do: 'move', item: 'quorum', way: 'down', past: 'checkers' } as const;
    const moved = played(sent, ['kaisa', down]);
    expect(
      agendaOf(moved)
        .slice(0, 3)
        .map(({ id }) => id),
    ).to.deep.equal(['opening', 'checkers', 'quorum']);
    expect(act(moved, 'kaisa', down).event).to.equal(null);
    const gone = played(sent, ['kaisa', { do: 'remove', item: 'checkers' }]);
    expect(refusal(() => act(gone, 'kaisa', down))).to.equal('agenda.reordered');
    const itself = { ...down, item: 'checkers', past: 'quorum' };
    expect(
      refusal(() => act(gone, 'kaisa', itself)),
      'what was removed is not moved',
    ).to.equal('agenda.reordered');
  });
});
