import { expect } from 'chai';
import fc from 'fast-check';
import type { Directory } from '../../../../../src/directory/model.ts';
import { usualQuorum } from '../../../../../src/directory/quorum.ts';
import { onDay } from '../../../../../src/directory/seats.ts';
import { AppError } from '../../../../../src/shared/errors.ts';
import { bodyId, type PersonId, personId } from '../../../../../src/shared/ids.ts';
import { newItem, newSitting, placed } from '../../../../../src/steering/agenda/begun.ts';
import { decide } from '../../../../../src/steering/agenda/decide.ts';
import { recordedSeats } from '../../../../../src/steering/meeting/attendance.ts';
import {
  chairAt,
  isOwner,
  orderOf,
  presentAt,
  quorumAt,
  recordOf,
  votersAt,
} from '../../../../../src/steering/meeting/proceedings.ts';
import { record } from '../../../../../src/steering/meeting/recording.ts';
import { recordPrint } from '../../../../../src/steering/minutes/snapshot.ts';
import type { RecordCommand, Sitting, Turning } from '../../../../../src/steering/model.ts';
import { actor, exampleDirectory, monday, people } from '../../../../support/builders.ts';

/** A steering group of two authorities, three municipalities and the managers, each seat with a member and a substitute. */
const body = bodyId('steering:vastra-nyland');
const kinds = {
  police: 'authority',
  county: 'authority',
  a: 'municipality',
  b: 'municipality',
  c: 'municipality',
  m: 'management',
} as const;
const ids = Object.keys(kinds) as (keyof typeof kinds)[];
const member = (seat: string): PersonId => personId(`member-${seat}`);
const substitute = (seat: string): PersonId => personId(`substitute-${seat}`);

function directoryOf(): Directory {
  const directory = exampleDirectory();
  const others = directory.members.filter((one) => one.body !== body);
  const holders = ids.flatMap((seat) => [
    { person: member(seat), as: 'member' as const, seat },
    { person: substitute(seat), as: 'substitute' as const, seat },
  ]);
  return {
    ...directory,
    people: [...directory.people, ...holders.map(({ person }) => ({ id: person, name: person }))],
    seats: ids.map((id) => ({
      id,
      body,
      kind: kinds[id],
      name: { sv: id, fi: id, en: id },
      holders: holders
        .filter(({ seat }) => seat === id)
        .map(({ person, as }) => ({ person, as, from: null, to: null })),
      setBy: 'file',
      closed: false,
    })),
    members: [
      ...others,
      ...holders.map(({ person, as, seat }) => ({
        person,
        body,
        role: as === 'member' ? ('member' as const) : ('substitute' as const),
        profession: null,
        seat,
        setBy: 'file' as const,
        removed: false,
      })),
      { person: people.kaisa, body, role: 'leader', profession: null, setBy: 'file', removed: false },
    ],
  };
}

const directory = directoryOf();
const at = { by: people.kaisa, at: monday.toString() };
const fresh: Sitting = {
  ...newSitting(
    { id: '1', body },
    {
      meeting: 'm',
      on: '2026-11-23',
      begins: monday.toString(),
      ends: monday.add({ hours: 1 }).toString(),
      place: { online: false, where: '' },
    },
    at,
    monday,
  ),
  sent: at,
};
const order = fresh.items.map(({ id }) => id);
const as = (person: PersonId) =>
  Object.assign(Object.create(null), actor('kaisa', 'sv', directory), {
    person,
    memberships: [{ body, role: person === people.kaisa ? 'leader' : 'member', profession: null }],
  });
const scene = (person: PersonId = people.kaisa) => ({
  actor: as(person),
  now: monday,
  directory,
  policy: { proposalDays: 10, silentDays: 5, checkDays: 7, quorum: usualQuorum },
});

type Press = { by: PersonId; command: RecordCommand };

/** What came of each press: what was refused leaves all as it was. */
function played(presses: readonly Press[], from = fresh): Sitting {
  return presses.reduce((sitting, { by, command }) => {
    try {
      return record(sitting, command, scene(by)).sitting;
    } catch (error) {
      if (error instanceof AppError) return sitting;
      throw error;
    }
  }, from);
}

const someSeat = fc.constantFrom(...ids);
const someItem = fc.constantFrom(...order.slice(0, 3));
const someHolder = fc
  .tuple(someSeat, fc.boolean())
  .map(([seat, own]) => ({ seat, person: own ? member(seat) : substitute(seat) }));
const option = fc.constantFrom('proposal', 'other', 'abstain');
const envelope = { v: 1, kid: 'k', iv: 'i', tag: 't', ct: 'c' } as const;
const keeper = (command: RecordCommand): Press => ({ by: people.kaisa, command });

const attendance = fc.oneof(
  fc
    .record({ holder: someHolder, item: fc.option(someItem) })
    .map(({ holder, item }) => keeper({ do: 'come', ...holder, at: item })),
  fc
    .record({ holder: someHolder, item: someItem })
    .map(({ holder, item }) => keeper({ do: 'leave', ...holder, at: item })),
  someHolder.map((holder) => keeper({ do: 'absent', ...holder })),
  fc
    .record({ holder: someHolder, item: fc.option(someItem), only: fc.boolean() })
    .map(({ holder, item, only }) => keeper({ do: 'chair', person: holder.person, at: item, only })),
);
const recusal = fc.oneof(
  fc
    .record({ item: someItem, holder: someHolder, steps: fc.boolean() })
    .map(({ item, holder, steps }) =>
      keeper({ do: 'recuse', item, ...holder, substitute: steps ? substitute(holder.seat) : null }),
    ),
  fc.record({ item: someItem, seat: someSeat }).map(({ item, seat }) => keeper({ do: 'unrecuse', item, seat })),
);
const voting = fc.oneof(
  someItem.map((item) => keeper({ do: 'putToVote', item, id: 'other', text: envelope })),
  fc.record({ holder: someHolder, item: someItem, option }).map(
    ({ holder, item, option: chosen }): Press => ({
      by: holder.person,
      command: { do: 'vote', item, option: chosen },
    }),
  ),
  fc
    .record({ seat: someSeat, item: someItem, option })
    .map(({ seat, item, option: chosen }) => keeper({ do: 'ballots', item, ballots: { [seat]: chosen } })),
  someItem.map((item) => keeper({ do: 'endVote', item })),
);
const deciding = fc.oneof(
  fc
    .record({ item: someItem, outcome: fc.constantFrom('asProposed', 'changed', 'returned', 'tabled', 'noted') })
    .map(({ item, outcome }) => keeper({ do: 'decide', item, as: outcome, text: null })),
  fc.record({ holder: someHolder, item: someItem }).map(
    ({ holder, item }): Press => ({
      by: holder.person,
      command: { do: 'dissent', item, seat: null, text: envelope },
    }),
  ),
  someItem.map((item) => keeper({ do: 'undecide', item })),
);
/** Mostly all are there. */
const seating = fc
  .array(fc.constantFrom(true, true, true, false, null), { minLength: ids.length, maxLength: ids.length })
  .map((all) =>
    keeper({
      do: 'openMeeting',
      seating: Object.fromEntries(
        ids.flatMap((seat, index) => {
          const own = all[index] ?? null;
          return own === null ? [] : [[seat, own ? member(seat) : substitute(seat)]];
        }),
      ),
    }),
  );
/** Whoever sits there leads it: one of the two does. */
const leading = someSeat.map((seat) =>
  [member(seat), substitute(seat)].map((person) => keeper({ do: 'chair', person, at: null, only: false })),
);
const meetings = fc
  .tuple(
    seating,
    fc.option(leading, { nil: [] }),
    fc.array(fc.oneof(attendance, recusal, { weight: 6, arbitrary: voting }, { weight: 4, arbitrary: deciding }), {
      maxLength: 80,
    }),
  )
  .map(([first, led, rest]) => [first, ...led, ...rest]);

/**
 * The rule in plain words, from what is stored alone: somebody is there from the item at which they came up to the one at
 * which they left; more than half of six seats, both authorities and a municipality among them. Whoever was named last up to
 * the item leads it, or who was named for it alone, if they take part in it.
 */
function plainly(sitting: Sitting, item: string): { voters: Map<string, string>; quorate: boolean; led: boolean } {
  const index = order.indexOf(item);
  const voters = new Map<string, string>();
  for (const { seat, person, from, to } of sitting.proceedings?.presence ?? []) {
    const came = from === null ? true : order.indexOf(from) <= index;
    const gone = to === null ? false : order.indexOf(to) <= index;
    if (!came || gone) continue;
    expect(voters.has(seat), 'no seat ever counts twice').to.equal(false);
    voters.set(seat, person);
  }
  for (const one of sitting.proceedings?.records[item]?.recusals ?? []) {
    if (voters.get(one.seat) !== one.person) continue;
    if (one.substitute) voters.set(one.seat, one.substitute);
    else voters.delete(one.seat);
  }
  const has = (seat: string): boolean => voters.has(seat);
  const quorate = voters.size >= 4 && has('police') && has('county') && (has('a') || has('b') || has('c'));
  let chair: string | undefined;
  for (const place of [null, ...order.slice(0, index + 1)])
    chair = sitting.proceedings?.chairs.find(({ from }) => from === place)?.person ?? chair;
  chair = sitting.proceedings?.records[item]?.chair ?? chair;
  const led = chair !== undefined && [...voters.values()].includes(chair);
  return { voters, quorate, led };
}

function open(sitting: Sitting) {
  const { proceedings } = sitting;
  if (!proceedings) throw new Error('It was opened.');
  return { ...sitting, proceedings };
}

describe('the record of a meeting', () => {
  it('has the quorum of the plain rule at every item, however people come, go and are disqualified', () => {
    fc.assert(
      fc.property(meetings, (presses) => {
        const sitting = open(played(presses));
        for (const item of order) {
          const { voters, quorate } = plainly(sitting, item);
          expect([...votersAt(sitting, item)].toSorted()).to.deep.equal([...voters].toSorted());
          expect(quorumAt(sitting, item, usualQuorum).met).to.equal(quorate);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds no decision without a quorum or a chair, and no vote but of those who vote, one for each seat', () => {
    let decided = 0;
    fc.assert(
      fc.property(meetings, (presses) => {
        const sitting = open(played(presses));
        for (const item of order) {
          const { voters, quorate, led } = plainly(sitting, item);
          const { outcome, vote, dissents } = recordOf(sitting.proceedings, item);
          if (outcome && outcome.as !== 'noted') expect([quorate, led], item).to.deep.equal([true, true]);
          if (outcome && outcome.as !== 'noted') decided += 1;
          for (const [seat, { person }] of Object.entries(vote?.votes ?? {})) expect(voters.get(seat)).to.equal(person);
          for (const { seat, person } of dissents) expect(voters.get(seat)).to.equal(person);
        }
      }),
      { numRuns: 300 },
    );
    expect(decided, 'some were').to.be.greaterThan(0);
  });

  it('lets win what has most votes, and of equals what the chair has voted for', () => {
    const item = 'next';
    const everybody = Object.fromEntries(ids.map((seat) => [seat, member(seat)]));
    let ties = 0;
    fc.assert(
      fc.property(
        fc.array(option, { minLength: ids.length, maxLength: ids.length }),
        fc.option(someSeat),
        (options, chairs) => {
          const ballots = Object.fromEntries(ids.map((seat, index) => [seat, options[index] ?? 'abstain']));
          const sitting = open(
            played([
              keeper({ do: 'openMeeting', seating: everybody }),
              ...(chairs ? [keeper({ do: 'chair', person: member(chairs), at: null, only: false })] : []),
              keeper({ do: 'putToVote', item, id: 'other', text: envelope }),
              keeper({ do: 'ballots', item, ballots }),
              keeper({ do: 'endVote', item }),
            ]),
          );
          const ended = recordOf(sitting.proceedings, item).vote?.ended ?? null;
          // Nobody leads it: so it is no vote.
          if (!chairs) {
            expect(ended).to.equal(null);
            return;
          }
          const votesFor = (wanted: string): number => options.filter((one) => one === wanted).length;
          const [proposal, other] = [votesFor('proposal'), votesFor('other')];
          if (proposal !== other) {
            expect(ended?.winner).to.equal(proposal > other ? 'proposal' : 'other');
            expect(ended?.casting).to.equal(false);
            return;
          }
          const own = ballots[chairs];
          const decides = proposal > 0 && own !== 'abstain';
          ties += Number(decides);
          expect(ended?.winner ?? null).to.equal(decides ? own : null);
          if (decides) expect(ended?.casting).to.equal(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(ties, 'some were equal').to.be.greaterThan(0);
  });

  it('changes nothing when the same is pressed twice', () => {
    fc.assert(
      fc.property(meetings, (presses) => {
        const sitting = played(presses);
        const last = presses.at(-1);
        if (!last || last.command.do === 'dissent') return;
        const once = played([last], sitting);
        expect(played([last], once)).to.equal(once);
      }),
    );
  });

  it('is kept by those who keep it: whoever has no office votes and dissents for themselves alone', () => {
    fc.assert(
      fc.property(meetings, someHolder, fc.oneof(attendance, recusal, deciding), (presses, { person }, { command }) => {
        const isOwn = command.do === 'dissent';
        fc.pre(!isOwn);
        const sitting = played(presses);
        expect(played([{ by: person, command }], sitting)).to.equal(sitting);
      }),
    );
  });

  it('takes one vote of a seat, whoever of it presses, and puts right only what its keeper says', () => {
    const all = Object.fromEntries(ids.map((seat) => [seat, member(seat)]));
    const item = 'next';
    const begun = played([
      keeper({ do: 'openMeeting', seating: all }),
      ...led,
      keeper({ do: 'putToVote', item, id: 'other', text: envelope }),
      { by: member('a'), command: { do: 'vote', item, option: 'other' } },
    ]);
    const again = played([{ by: member('a'), command: { do: 'vote', item, option: 'proposal' } }], begun);
    expect(again).to.equal(begun);
    expect(played([{ by: substitute('a'), command: { do: 'vote', item, option: 'proposal' } }], begun)).to.equal(begun);
    const right = open(played([keeper({ do: 'ballots', item, ballots: { a: 'proposal' } })], begun));
    expect(recordOf(right.proceedings, item).vote?.votes).to.deep.equal({
      a: { person: member('a'), option: 'proposal' },
    });
  });

  const refused = (sitting: Sitting, command: RecordCommand, by: PersonId = people.kaisa): string | null => {
    try {
      record(sitting, command, scene(by));
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  };
  const allThere = Object.fromEntries(ids.map((seat) => [seat, member(seat)]));
  const led = [keeper({ do: 'chair', person: member('m'), at: null, only: false })];
  const begun = played([keeper({ do: 'openMeeting', seating: allThere }), ...led]);
  const few = played([keeper({ do: 'openMeeting', seating: { a: member('a'), b: member('b') } })]);
  const item = 'next';
  const toVote = { do: 'putToVote', item, id: 'other', text: envelope } as const;

  it('votes with a quorum alone, and on nothing more once the vote has ended', () => {
    expect(refused(few, toVote)).to.equal('sitting.noQuorum');
    const voting = played(
      [keeper(toVote), keeper({ do: 'ballots', item, ballots: { police: 'other', county: 'other' } })],
      begun,
    );
    expect(refused(voting, { ...toVote, id: 'late' }), 'they voted between fewer').to.equal('sitting.votesCast');
    const left = ids.slice(2).map((seat) => keeper({ do: 'absent', seat, person: member(seat) }));
    expect(refused(played(left, voting), { do: 'endVote', item })).to.equal('sitting.noQuorum');
    const ended = played([keeper({ do: 'endVote', item })], voting);
    expect(refused(ended, { ...toVote, id: 'third' })).to.equal('sitting.voteOver');
    expect(refused(ended, { do: 'ballots', item, ballots: { police: 'abstain' } })).to.equal('sitting.voteOver');
  });

  it('takes back a vote, also one that has ended, and none by which it was decided', () => {
    const withdraw = { do: 'withdrawVote', item } as const;
    const voting = played(
      [keeper(toVote), keeper({ do: 'ballots', item, ballots: { police: 'other', county: 'other' } })],
      begun,
    );
    const ended = played([keeper({ do: 'endVote', item })], voting);
    for (const one of [voting, ended])
      expect(recordOf(open(played([keeper(withdraw)], one)).proceedings, item).vote).to.equal(null);
    const decided = played([keeper({ do: 'decide', item, as: 'changed', text: null })], ended);
    expect(recordOf(open(decided).proceedings, item).outcome?.as).to.equal('changed');
    expect(refused(decided, withdraw)).to.equal('sitting.decided');
    const undecided = played([keeper({ do: 'undecide', item })], decided);
    expect(refused(undecided, { do: 'closeMeeting' }), 'what was voted is decided, or removed').to.equal(
      'sitting.voteUndecided',
    );
    expect(refused(undecided, withdraw)).to.equal(null);
    expect(refused(played([keeper(withdraw)], undecided), { do: 'closeMeeting' })).to.equal(null);
  });

  it('takes back no disqualification on which a vote rests, and lets nobody stand in for themselves', () => {
    expect(refused(begun, { do: 'recuse', item, seat: 'a', person: member('a'), substitute: member('a') })).to.equal(
      'sitting.notTheirSeat',
    );
    const steppedIn = played(
      [
        keeper({ do: 'recuse', item, seat: 'a', person: member('a'), substitute: substitute('a') }),
        keeper(toVote),
        keeper({ do: 'ballots', item, ballots: { a: 'other' } }),
      ],
      begun,
    );
    expect(refused(steppedIn, { do: 'unrecuse', item, seat: 'a' })).to.equal('sitting.wouldUndo');
  });

  it('is chaired by somebody who is there, at the beginning by the chair of the body', () => {
    expect(refused(few, { do: 'chair', person: member('c'), at: null, only: false })).to.equal('sitting.notPresent');
    const chaired = directoryOf();
    const chair = chaired.members.find(({ person }) => person === member('c'));
    if (!chair) throw new Error('There is a chair.');
    chair.office = 'chair';
    const open_ = (seating: Record<string, PersonId>) =>
      record(fresh, { do: 'openMeeting', seating }, { ...scene(), directory: chaired }).sitting.proceedings?.chairs;
    expect(open_(allThere)).to.deep.equal([{ person: member('c'), from: null }]);
    expect(open_({ a: member('a') })).to.deep.equal([]);
  });

  it('is opened once: whoever has others in the seats than a colleague hears so', () => {
    const openAgain = (seating: Record<string, PersonId>): RecordCommand => ({ do: 'openMeeting', seating });
    const other = { ...scene(member('a')), directory };
    const keeps = {
      ...directory,
      members: directory.members.map((one) => ({
        ...one,
        ...(one.person === member('a') && { office: 'secretary' as const }),
      })),
    };
    const by = (command: RecordCommand) => record(begun, command, { ...other, directory: keeps }).sitting;
    expect(by(openAgain(allThere)), 'the same seats').to.equal(begun);
    expect(() => by(openAgain({ a: member('a') }))).to.throw('sitting.alreadyOpen');
    expect(played([keeper(openAgain({ a: member('a') }))], begun), 'pressed twice').to.equal(begun);
  });

  it('notes what was to be decided with a quorum alone, and all else without', () => {
    const noting = (id: string): RecordCommand => ({ do: 'decide', item: id, as: 'noted', text: null });
    expect(refused(few, noting('next'))).to.equal('sitting.noQuorum');
    expect(refused(few, noting('followUp'))).to.equal(null);
    expect(refused(begun, noting('next'))).to.equal(null);
    const noted = played([keeper(noting('next'))], begun);
    const gone = ids.slice(2).map((seat) => keeper({ do: 'absent', seat, person: member(seat) }));
    expect(refused(played(gone.slice(0, -1), noted), gone.at(-1)?.command ?? noting('next'))).to.equal(
      'sitting.wouldUndo',
    );
  });

  const chairing = (person: PersonId, from: string | null, only = false): Press =>
    keeper({ do: 'chair', person, at: from, only });
  const tied = [
    keeper(toVote),
    keeper({ do: 'ballots', item, ballots: { a: 'other', b: 'proposal' } }),
    keeper({ do: 'endVote', item }),
  ];
  const endedOf = (sitting: Sitting) => recordOf(open(sitting).proceedings, item).vote?.ended ?? null;

  it('is chaired in an item by another alone where its chair is disqualified, with their casting vote', () => {
    const chaired = played([chairing(member('m'), null)], begun);
    const recused = played([keeper({ do: 'recuse', item, seat: 'm', person: member('m'), substitute: null })], chaired);
    expect(chairAt(open(recused), item), 'nobody chairs it').to.equal(null);
    expect(refused(recused, toVote)).to.equal('sitting.noChair');
    expect(refused(recused, { do: 'decide', item, as: 'tabled', text: null })).to.equal('sitting.noChair');
    const recusedSince = [
      ...tied.slice(0, 2),
      keeper({ do: 'recuse', item, seat: 'm', person: member('m'), substitute: null }),
    ];
    expect(refused(played(recusedSince, chaired), { do: 'endVote', item })).to.equal('sitting.noChair');
    const replaced = played([chairing(member('b'), item, true)], recused);
    expect([chairAt(open(replaced), item), chairAt(open(replaced), 'closing')]).to.deep.equal([
      member('b'),
      member('m'),
    ]);
    expect(endedOf(played(tied, replaced))).to.deep.include({ winner: 'proposal', casting: true });
    expect(refused(recused, { do: 'chair', person: member('m'), at: item, only: true })).to.equal('sitting.notPresent');
    // Back to whoever chairs the meeting, once they take part again.
    const back = played([keeper({ do: 'unrecuse', item, seat: 'm' }), chairing(member('m'), item, true)], replaced);
    expect(recordOf(open(back).proceedings, item).chair).to.equal(null);
  });

  it('keeps its chair where their vote has decided, and may have another from a later item on', () => {
    const voted = played([chairing(member('a'), null), ...tied], begun);
    expect(endedOf(voted)).to.deep.include({ winner: 'other', casting: true });
    for (const press of [chairing(member('b'), null), chairing(member('b'), item), chairing(member('b'), item, true)])
      expect(refused(voted, press.command)).to.equal('sitting.wouldUndo');
    const later = played([chairing(member('b'), 'closing')], voted);
    expect(['opening', item, 'closing'].map((one) => chairAt(open(later), one))).to.deep.equal([
      member('a'),
      member('a'),
      member('b'),
    ]);
    expect(refused(voted, { do: 'chair', person: member('b'), at: 'nowhere', only: false })).to.equal('agenda.noItem');
  });

  it('has no chair from where they have left on, until another is named', () => {
    const left = played(
      [chairing(member('a'), null), keeper({ do: 'leave', seat: 'a', person: member('a'), at: item })],
      begun,
    );
    expect([chairAt(open(left), 'opening'), chairAt(open(left), item)]).to.deep.equal([member('a'), null]);
    expect(refused(left, { do: 'chair', person: member('a'), at: item, only: false })).to.equal('sitting.notPresent');
  });

  it('is opened by mistake only as long as nothing is recorded', () => {
    expect(played([keeper({ do: 'undoOpening' })], begun).proceedings).to.equal(null);
    const said = played([keeper({ do: 'discuss', item, text: envelope })], begun);
    expect(refused(said, { do: 'undoOpening' })).to.equal('sitting.begun');
    const takenBack = played([keeper({ do: 'discuss', item, text: null })], said);
    expect(refused(takenBack, { do: 'undoOpening' }), 'what was taken back is nothing').to.equal(null);
    const left = played([keeper({ do: 'leave', seat: 'a', person: member('a'), at: item })], begun);
    expect(refused(left, { do: 'undoOpening' }), 'who came and left is recorded too').to.equal('sitting.begun');
    const again = played([keeper({ do: 'closeMeeting' }), keeper({ do: 'reopenMeeting' })], begun);
    expect(refused(again, { do: 'undoOpening' })).to.equal('sitting.begun');
    const chaired = played([chairing(member('b'), 'closing')], begun);
    expect(refused(chaired, { do: 'undoOpening' }), 'who chairs from when on is recorded too').to.equal(
      'sitting.begun',
    );
    expect(refused(begun, { do: 'undoOpening' }, member('a'))).to.equal('agenda.keepersOnly');
  });

  it('seats whoever has got a seat since it was opened, and who holds it on its own day', () => {
    const late = personId('late');
    const [, b] = directory.seats.filter(({ kind }) => kind === 'municipality');
    if (!b) throw new Error('There are three.');
    const holding = (from: string | null, to: string | null): Directory =>
      onDay(
        {
          ...directory,
          people: [...directory.people, { id: late, name: 'Late' }],
          seats: directory.seats.map((seat) =>
            seat === b ? { ...seat, holders: [{ person: late, as: 'member', from, to }] } : seat,
          ),
        },
        '2026-11-24',
      );
    const come = { do: 'come', seat: b.id, person: late, at: item } as const;
    const scened = { ...scene(), directory: holding(null, null) };
    const empty = played([keeper({ do: 'absent', seat: b.id, person: member(b.id) })], begun);
    expect(refused(empty, come), 'who has none').to.equal('sitting.notTheirSeat');
    const came = record(empty, come, scened).sitting;
    expect(presentAt(open(came), item).get(b.id)).to.equal(late);
    // The meeting is of the 23rd: recorded on the day after, it has those who were seated then.
    const holdersOf = (of: Directory) => recordedSeats(fresh, of).find(({ id }) => id === b.id)?.holders;
    expect(holdersOf(holding('2026-11-24', null))).to.deep.equal([]);
    expect(holdersOf(holding(null, '2026-11-23'))).to.deep.equal([late]);
  });

  it('is led by whoever was its chair on its own day, also when it is opened on the day after', () => {
    const its: Directory = {
      ...directory,
      members: directory.members.map((one) => (one.person === member('b') ? { ...one, office: 'chair' } : one)),
      seats: directory.seats.map((seat) =>
        seat.id === 'b'
          ? { ...seat, holders: [{ person: member('b'), as: 'member', from: null, to: '2026-11-23' }] }
          : seat,
      ),
    };
    const after = { ...scene(), directory: onDay(its, '2026-11-24') };
    const opened = record(fresh, { do: 'openMeeting', seating: { b: member('b') } }, after).sitting;
    expect(open(opened).proceedings.chairs).to.deep.equal([{ person: member('b'), from: null }]);
  });

  it('has dissents of what was decided, and drops them with it', () => {
    const dissent = { do: 'dissent', item, seat: null, text: envelope } as const;
    const known = { ...dissent, item: 'followUp' };
    const undecided = played([keeper({ do: 'decide', item: known.item, as: 'noted', text: null })], begun);
    expect(refused(undecided, known, member('a'))).to.equal('sitting.undecided');
    const against = played(
      [keeper({ do: 'decide', item, as: 'asProposed', text: null }), { by: member('a'), command: dissent }],
      begun,
    );
    const dissents = (sitting: Sitting) => recordOf(open(sitting).proceedings, item).dissents.length;
    expect(dissents(against)).to.equal(1);
    expect(dissents(played([keeper({ do: 'undecide', item })], against))).to.equal(0);
    const mine = { do: 'dissent', item, seat: 'a', text: { ...envelope, ct: 'other' } } as const;
    expect(refused(against, mine), 'it is theirs to change').to.equal('sitting.dissentKnown');
    const noted = { ...dissent, seat: 'b' } as const;
    const written = played([keeper(noted)], against);
    expect(recordOf(open(written).proceedings, item).dissents[1]?.by).to.equal(people.kaisa);
    const own = { ...dissent, text: mine.text };
    expect(refused(played([{ by: member('b'), command: own }], written), noted)).to.equal('sitting.dissentKnown');
    expect(refused(written, { ...noted, text: null }), 'what they wrote down').to.equal(null);
  });

  it('gives something to do to members alone, who say that it is done, or who keeps the record', () => {
    const assign = { do: 'assign', item, id: 'one', text: envelope, owner: member('a'), due: '2027-01-15' } as const;
    expect(refused(begun, { ...assign, owner: people.petri })).to.equal('directory.unknownMember');
    expect(refused(begun, { ...assign, due: '2020-01-01' })).to.equal('sitting.pastDue');
    const given = played([keeper(assign)], begun);
    const done = { do: 'done', item, id: 'one' } as const;
    expect(refused(given, done, member('b'))).to.equal('agenda.keepersOnly');
    expect(refused(given, done, member('a'))).to.equal(null);
    expect(refused(given, done)).to.equal(null);
    const undone = { ...done, do: 'undone' } as const;
    const actionIn = (sitting: Sitting) => recordOf(open(sitting).proceedings, item).actions[0];
    const closed = played([keeper(done), keeper({ do: 'closeMeeting' })], given);
    expect(actionIn(closed)?.done?.by).to.equal(people.kaisa);
    expect(actionIn(played([{ by: member('a'), command: undone }], closed))?.done, 'also after the meeting').to.equal(
      null,
    );
    expect(refused(closed, undone, member('b'))).to.equal('agenda.keepersOnly');
  });

  it('says so to whoever has something to do when that changes, goes to another or is removed', () => {
    const assign = { do: 'assign', item, id: 'one', text: envelope, owner: member('a'), due: '2027-01-15' } as const;
    const given = played([keeper(assign)], begun);
    const other = { ...envelope, ct: 'other' };
    const told = (command: RecordCommand, from = given, by = people.kaisa): string[] => {
      const { notices } = played([{ by, command }], from).delivery;
      return notices.slice(from.delivery.notices.length).map(({ kind, to }) => `${kind} ${to}`);
    };
    expect(told({ ...assign, due: '2027-02-01' })).to.deep.equal([`taskChanged ${member('a')}`]);
    expect(told({ ...assign, text: other })).to.deep.equal([`taskChanged ${member('a')}`]);
    expect(told({ ...assign, text: other, translated: true }), 'the same').to.deep.equal([]);
    expect(told({ do: 'unassign', item, id: 'one' })).to.deep.equal([`taskGone ${member('a')}`]);
    const moved = [`taskGone ${member('a')}`, `assigned ${member('b')}`];
    expect(told({ ...assign, owner: member('b') })).to.deep.equal(moved);
    const handOn = { do: 'handOn', item, id: 'one', owner: member('b'), due: '2027-03-01' } as const;
    expect(told(handOn)).to.deep.equal(moved);
    expect(told({ ...handOn, owner: member('a') }), 'another day').to.deep.equal([`taskChanged ${member('a')}`]);
    const done = played([keeper({ do: 'done', item, id: 'one' })], given);
    expect(told({ do: 'unassign', item, id: 'one' }, done), 'nothing was left to do').to.deep.equal([]);
    const undone = { do: 'undone', item, id: 'one' } as const;
    expect(told(undone, done), 'not done after all').to.deep.equal([`taskChanged ${member('a')}`]);
    const own = played([keeper({ ...assign, owner: people.kaisa })], begun);
    expect(told({ do: 'unassign', item, id: 'one' }, own), 'they did it themselves').to.deep.equal([]);
  });

  it('hands on what somebody has to do, also after the meeting, and the minutes stay as they are', () => {
    const assign = { do: 'assign', item, id: 'one', text: envelope, owner: member('a'), due: '2027-01-15' } as const;
    const closed = played([keeper(assign), keeper({ do: 'closeMeeting' })], begun);
    const handOn = { do: 'handOn', item, id: 'one', owner: member('b'), due: '2027-03-01' } as const;
    expect(refused(closed, handOn, member('a'))).to.equal('agenda.keepersOnly');
    expect(refused(closed, { ...handOn, owner: people.petri })).to.equal('directory.unknownMember');
    expect(refused(closed, { ...handOn, due: '2020-01-01' })).to.equal('sitting.pastDue');
    const handed = played([keeper(handOn)], closed);
    expect(recordPrint(handed)).to.equal(recordPrint(closed));
    expect(handed.delivery.notices.filter(({ kind }) => kind === 'assigned').map(({ to }) => to)).to.deep.equal([
      member('a'),
      member('b'),
    ]);
    expect([isOwner(handed, member('a')), isOwner(handed, member('b'))]).to.deep.equal([false, true]);
    expect(refused(handed, { do: 'done', item, id: 'one' }, member('b'))).to.equal(null);
    expect(refused(handed, { do: 'done', item, id: 'one' }, member('a'))).to.equal('agenda.keepersOnly');
    expect(played([keeper(handOn)], handed)).to.deep.equal(handed);
    const again = played([keeper({ do: 'reopenMeeting' })], handed);
    const heldIn = (sitting: Sitting) => recordOf(open(sitting).proceedings, item).actions[0]?.handed;
    const worded = played([keeper({ ...assign, text: { ...envelope, ct: 'other' } })], again);
    expect(heldIn(worded), 'another wording alone').to.deep.equal({ owner: member('b'), due: '2027-03-01' });
    expect(heldIn(played([keeper({ ...assign, owner: member('c') })], again))).to.equal(null);
  });

  it('seats nobody twice at one item, whether they come, step in or are there at the opening', () => {
    const shared = (sitting: Sitting): Sitting => ({
      ...sitting,
      proceedings: sitting.proceedings && {
        ...sitting.proceedings,
        seats: sitting.proceedings.seats.map((seat) =>
          seat.id === 'b' ? { ...seat, holders: [...seat.holders, member('a')] } : seat,
        ),
      },
    });
    const twoThere = shared(played([keeper({ do: 'absent', seat: 'b', person: member('b') })], begun));
    expect(refused(twoThere, { do: 'come', seat: 'b', person: member('a'), at: item })).to.equal(
      'sitting.sitsElsewhere',
    );
    const steps = { do: 'recuse', item, seat: 'b', person: member('b'), substitute: member('a') } as const;
    expect(refused(shared(begun), steps)).to.equal('sitting.sitsElsewhere');
    expect(refused(shared(begun), { ...steps, substitute: people.petri }), 'nobody else steps in').to.equal(
      'sitting.notTheirSeat',
    );
    const left = played([keeper({ do: 'leave', seat: 'a', person: member('a'), at: item })], twoThere);
    expect(refused(left, { do: 'come', seat: 'b', person: member('a'), at: item }), 'once they have left').to.equal(
      null,
    );
  });

  it('lets two people sit in one seat one after the other alone', () => {
    const later = played(
      [
        keeper({ do: 'leave', seat: 'a', person: member('a'), at: 'figures' }),
        keeper({ do: 'come', seat: 'a', person: substitute('a'), at: 'next' }),
      ],
      begun,
    );
    expect(refused(later, { do: 'come', seat: 'a', person: member('a'), at: 'other' })).to.equal('sitting.seatTaken');
    expect(refused(later, { do: 'leave', seat: 'a', person: member('a'), at: 'next' }), 'it is another').to.equal(
      'sitting.notPresent',
    );
  });

  it('joins again who was written down as gone by mistake', () => {
    const presenceOf = (sitting: Sitting) => open(sitting).proceedings.presence.filter(({ seat }) => seat === 'a');
    const left = played([keeper({ do: 'leave', seat: 'a', person: member('a'), at: 'next' })], begun);
    for (const at of ['next', 'figures'])
      expect(presenceOf(played([keeper({ do: 'come', seat: 'a', person: member('a'), at })], left))).to.deep.equal([
        { seat: 'a', person: member('a'), from: null, to: null },
      ]);
    const back = played([keeper({ do: 'come', seat: 'a', person: member('a'), at: 'closing' })], left);
    expect(presenceOf(back)).to.have.length(2);
  });

  it('leaves twice where somebody came, and no other time', () => {
    const [came, leave] = (['come', 'leave'] as const).map((what) =>
      keeper({ do: what, seat: 'a', person: member('a'), at: item }),
    );
    if (!came || !leave) throw new Error('They come and leave.');
    const gone = played([keeper({ do: 'absent', seat: 'a', person: member('a') }), came, leave], begun);
    expect(refused(gone, leave.command)).to.equal(null);
    expect(refused(gone, { do: 'leave', seat: 'a', person: member('a'), at: 'closing' })).to.equal(
      'sitting.notPresent',
    );
    expect(refused(played([came], gone), leave.command), 'come again').to.equal(null);
  });

  it('writes down that somebody came earlier than was recorded, and not over another who sat there then', () => {
    const sat = (person: PersonId, from: string | null, to: string | null) => ({ seat: 'a', person, from, to });
    const withSeat = (...all: ReturnType<typeof sat>[]): Sitting => ({
      ...begun,
      proceedings: {
        ...open(begun).proceedings,
        presence: [...open(begun).proceedings.presence.filter(({ seat }) => seat !== 'a'), ...all],
      },
    });
    const come = (at_: string | null) => ({ do: 'come', seat: 'a', person: member('a'), at: at_ }) as const;
    const presenceOf = (sitting: Sitting) => open(sitting).proceedings.presence.filter(({ seat }) => seat === 'a');
    const late = played([keeper({ do: 'absent', seat: 'a', person: member('a') }), keeper(come('closing'))], begun);
    for (const from of ['figures', null]) {
      const earlier = record(late, come(from), scene()).sitting;
      expect(presenceOf(earlier)).to.deep.equal([sat(member('a'), from, null)]);
    }
    const after = withSeat(sat(substitute('a'), null, 'figures'), sat(member('a'), 'closing', null));
    expect(presenceOf(record(after, come('figures'), scene()).sitting), 'as soon as the other had left').to.deep.equal([
      sat(substitute('a'), null, 'figures'),
      sat(member('a'), 'figures', null),
    ]);
    expect(refused(after, come('checkers'))).to.equal('sitting.seatTaken');
    const between = sat(substitute('a'), 'checkers', 'figures');
    for (const both of [
      [between, sat(member('a'), 'closing', null)],
      [sat(member('a'), 'closing', null), between],
    ])
      expect(refused(withSeat(...both), come('quorum')), 'in whatever order they are kept').to.equal(
        'sitting.seatTaken',
      );
  });

  it('keeps what is disqualified of those who were there', () => {
    const recused = played(
      [keeper({ do: 'recuse', item, seat: 'a', person: member('a'), substitute: substitute('a') })],
      begun,
    );
    expect(refused(recused, { do: 'absent', seat: 'a', person: member('a') })).to.equal('sitting.wouldUndo');
    const other = { do: 'recuse', item, seat: 'b', person: substitute('b'), substitute: null } as const;
    expect(refused(begun, other), 'who sits there by now is another than was seen').to.equal('sitting.notPresent');
  });

  it('deals with what was passed by where the meeting is, once others are there', () => {
    const decided = (id: string): Press => keeper({ do: 'decide', item: id, as: 'asProposed', text: null });
    const passed = played(
      [
        keeper({ do: 'leave', seat: 'c', person: member('c'), at: 'figures' }),
        keeper({ do: 'decide', item: 'other', as: 'noted', text: null }),
      ],
      begun,
    );
    expect(refused(passed, decided('approval').command)).to.equal('sitting.passedBy');
    expect(refused(passed, { ...toVote, item: 'approval' })).to.equal('sitting.passedBy');
    const moved = decide(passed, { do: 'move', item: 'approval', way: 'down', past: 'other' }, scene()).sitting;
    expect(refused(moved, decided('approval').command)).to.equal(null);
    expect(() => decide(moved, { do: 'move', item: 'approval', way: 'up', past: 'other' }, scene())).to.throw(
      'agenda.recorded',
    );
    expect(() => decide(passed, { do: 'move', item: 'next', way: 'up', past: 'checkers' }, scene())).to.throw(
      'agenda.recorded',
    );
    const same = played([keeper({ do: 'discuss', item: 'other', text: envelope })], begun);
    expect(refused(same, decided('approval').command), 'the same people are there').to.equal(null);
  });

  it('decides what was voted on, whoever has left since', () => {
    const voted = played(
      [
        keeper({ ...toVote, item: 'approval' }),
        keeper({ do: 'ballots', item: 'approval', ballots: { police: 'proposal', county: 'proposal' } }),
        keeper({ do: 'endVote', item: 'approval' }),
      ],
      begun,
    );
    const passed = played(
      [
        keeper({ do: 'leave', seat: 'c', person: member('c'), at: 'figures' }),
        keeper({ do: 'decide', item: 'other', as: 'noted', text: null }),
      ],
      voted,
    );
    expect(recordOf(open(passed).proceedings, 'other').outcome, 'the meeting has gone on').to.not.equal(null);
    expect(refused(passed, { do: 'decide', item: 'approval', as: 'asProposed', text: null })).to.equal(null);
  });

  it('keeps the chair of what was decided, and lets what was decided before that was asked for be put right', () => {
    const decided = played([keeper({ do: 'decide', item, as: 'tabled', text: null })], begun);
    const left = { do: 'leave', seat: 'm', person: member('m'), at: item } as const;
    expect(refused(decided, left)).to.equal('sitting.wouldUndo');
    const { proceedings, ...rest } = open(decided);
    const unled = { ...rest, proceedings: { ...proceedings, chairs: [] } };
    expect(refused(unled, left)).to.equal(null);
    expect(refused(unled, { do: 'chair', person: member('m'), at: null, only: false })).to.equal(null);
  });

  it('drops what was said against a decision that becomes another, and says so to them', () => {
    const against = played(
      [
        keeper({ do: 'decide', item, as: 'asProposed', text: null }),
        { by: member('a'), command: { do: 'dissent', item, seat: null, text: envelope } },
      ],
      begun,
    );
    const told = (sitting: Sitting) =>
      sitting.delivery.notices.flatMap(({ kind, to }) => (kind === 'dissentGone' ? [to] : []));
    expect(told(against)).to.deep.equal([]);
    const commands: RecordCommand[] = [
      { do: 'undecide', item },
      { do: 'decide', item, as: 'changed', text: envelope },
      { do: 'decide', item, as: 'tabled', text: null },
    ];
    for (const command of commands) {
      const next = played([keeper(command)], against);
      expect(recordOf(open(next).proceedings, item).dissents).to.deep.equal([]);
      expect(told(next)).to.deep.equal([member('a')]);
    }
    const translated = { do: 'decide', item, as: 'asProposed', text: envelope, translated: true } as const;
    const same = played([keeper(translated)], against);
    expect(recordOf(open(same).proceedings, item).dissents, 'of the same decision').to.have.length(1);
    expect(told(same)).to.deep.equal([]);
  });

  it('takes what comes onto the agenda at the meeting after all that was dealt with', () => {
    const decided = played([keeper({ do: 'decide', item: 'closing', as: 'noted', text: null })], begun);
    const content = { words: null, kind: 'discussion', presenter: null, minutes: null, confidential: false } as const;
    const added = decide(decided, { do: 'add', item: 'late', content }, scene()).sitting;
    expect(orderOf(added).at(-1)).to.equal('late');
    const proposed = {
      ...decided,
      items: placed(decided.items, newItem('late', at, { state: { is: 'proposed' } })),
    };
    expect(orderOf(decide(proposed, { do: 'accept', item: 'late' }, scene()).sitting).at(-1)).to.equal('late');
    const usual = decide(begun, { do: 'add', item: 'late', content }, scene()).sitting;
    expect(orderOf(usual).indexOf('late'), 'before the other matters').to.equal(orderOf(usual).indexOf('other') - 1);
    const spoken = played([keeper({ do: 'discuss', item: 'closing', text: envelope })], begun);
    const before = orderOf(decide(spoken, { do: 'add', item: 'late', content }, scene()).sitting);
    expect(before, 'also before what was only begun with').to.deep.equal(orderOf(usual));
  });

  it('keeps the kind of what is decided or voted on', () => {
    const decided = played([keeper({ do: 'decide', item, as: 'asProposed', text: null })], begun);
    const voting = played([keeper(toVote)], begun);
    const content = { words: null, kind: 'information', presenter: null, minutes: null, confidential: true } as const;
    for (const one of [decided, voting])
      expect(() => decide(one, { do: 'change', item, content }, scene())).to.throw('agenda.decidedOn');
    expect(() =>
      decide(decided, { do: 'change', item, content: { ...content, kind: 'decision' } }, scene()),
    ).not.to.throw();
  });

  it('leaves where they are the items of which something is recorded, and opens nothing that is over', () => {
    const decided = played([keeper({ do: 'decide', item: 'quorum', as: 'asProposed', text: null })], begun);
    const move = { do: 'move', item: 'checkers', way: 'up', past: 'quorum' } as const;
    expect(() => decide(decided, move, scene())).to.throw('agenda.recorded');
    expect(() => decide(decided, { do: 'remove', item: 'quorum' }, scene())).to.throw('agenda.recorded');
    expect(refused({ ...fresh, over: true }, { do: 'openMeeting', seating: allThere })).to.equal('agenda.held');
  });

  it('keeps on the agenda an item at which somebody came, left or began to chair', () => {
    const removing = (sitting: Sitting) => () => decide(sitting, { do: 'remove', item: 'closing' }, scene());
    expect(removing(begun), 'as long as nobody did').not.to.throw();
    const left = keeper({ do: 'leave', seat: 'a', person: member('a'), at: 'closing' });
    const presses = {
      chair: [chairing(member('b'), 'closing')],
      leave: [left],
      come: [
        keeper({ do: 'absent', seat: 'a', person: member('a') }),
        keeper({ do: 'come', seat: 'a', person: member('a'), at: 'closing' }),
      ],
    };
    for (const [what, some] of Object.entries(presses))
      expect(removing(played(some, begun)), what).to.throw('agenda.recorded');
  });

  it('takes up later what was only begun with, and nothing that hangs on when it was dealt with', () => {
    const at_ = 'approval';
    const moved = (sitting: Sitting) => {
      const command = { do: 'move', item: at_, way: 'down', past: 'other' } as const;
      return orderOf(decide(sitting, command, scene()).sitting).indexOf(at_) > order.indexOf(at_);
    };
    const said = [
      keeper({ do: 'discuss', item: at_, text: envelope }),
      keeper({ do: 'assign', item: at_, id: 'one', text: envelope, owner: member('a'), due: '2027-01-15' }),
    ];
    const spoken = played(said, begun);
    expect(moved(spoken)).to.equal(true);
    const fixing = {
      decision: [keeper({ do: 'decide', item: at_, as: 'asProposed', text: null })],
      vote: [keeper({ ...toVote, item: at_ })],
      disqualification: [keeper({ do: 'recuse', item: at_, seat: 'a', person: member('a'), substitute: null })],
      'its own chair': [chairing(member('b'), at_, true)],
      'a chair from there on': [chairing(member('b'), at_)],
      leaving: [keeper({ do: 'leave', seat: 'a', person: member('a'), at: at_ })],
      coming: [
        keeper({ do: 'absent', seat: 'a', person: member('a') }),
        keeper({ do: 'come', seat: 'a', person: member('a'), at: at_ }),
      ],
    };
    for (const [what, presses] of Object.entries(fixing))
      expect(() => moved(played(presses, spoken)), what).to.throw('agenda.recorded');
  });

  it('takes no leaving back, and makes no two of one stay, by somebody written down as come twice or earlier', () => {
    const sat = (from: string | null, to: string | null) => ({ seat: 'a', person: member('a'), from, to });
    const come = (at_: string) => ({ do: 'come', seat: 'a', person: member('a'), at: at_ }) as const;
    const withSeat = (...all: ReturnType<typeof sat>[]): Sitting => ({
      ...begun,
      proceedings: {
        ...open(begun).proceedings,
        presence: [...open(begun).proceedings.presence.filter(({ seat }) => seat !== 'a'), ...all],
      },
    });
    const presenceOf = (sitting: Sitting) => open(sitting).proceedings.presence.filter(({ seat }) => seat === 'a');
    const stay = withSeat(sat('figures', 'next'));
    expect(record(stay, come('figures'), scene()).sitting).to.equal(stay);
    expect(presenceOf(record(stay, come('approval'), scene()).sitting)).to.deep.equal([sat('approval', 'next')]);
    const twice = withSeat(sat(null, 'approval'), sat('figures', 'next'));
    expect(presenceOf(record(twice, come('approval'), scene()).sitting)).to.deep.equal([sat(null, 'next')]);
  });

  it('has left once who is written down as left twice, and nobody else by that', () => {
    const leave = (person: PersonId) => ({ do: 'leave', seat: 'a', person, at: 'next' }) as const;
    const left = played([keeper(leave(member('a')))], begun);
    expect(record(left, leave(member('a')), scene()).sitting).to.equal(left);
    expect(refused(left, leave(substitute('a')))).to.equal('sitting.notPresent');
  });

  it('takes back once who chairs an item alone', () => {
    const alone = played([chairing(member('b'), item, true)], begun);
    const back = record(alone, chairing(member('m'), item, true).command, scene()).sitting;
    expect(recordOf(open(back).proceedings, item).chair).to.equal(null);
    expect(record(back, chairing(member('m'), item, true).command, scene()).sitting).to.equal(back);
  });

  describe('what was passed by', () => {
    const decided = (id: string, over: Turning = {}) =>
      ({ do: 'decide', item: id, as: 'tabled', text: null, ...over }) as const;
    const leaves = (seat: keyof typeof kinds, at_: string): Press =>
      keeper({ do: 'leave', seat, person: member(seat), at: at_ });
    const goesOn = keeper({ do: 'decide', item: 'other', as: 'noted', text: null });
    const passed = (...before: Press[]) => played([...before, leaves('c', 'figures'), goesOn], begun);

    it('is asked of once the quorum was lost, where nothing more is recorded since', () => {
      const justEnough = Object.fromEntries((['police', 'county', 'a', 'm'] as const).map((id) => [id, member(id)]));
      const lost = played([
        keeper({ do: 'openMeeting', seating: justEnough }),
        ...led,
        keeper({ do: 'decide', item: 'figures', as: 'noted', text: null }),
        leaves('a', 'other'),
      ]);
      expect(refused(lost, decided('next'))).to.equal('sitting.noQuorum');
      expect(refused(lost, decided('approval'))).to.equal('sitting.passedBy');
      expect(refused(lost, { ...toVote, item: 'approval' })).to.equal('sitting.passedBy');
      expect(refused(lost, decided('approval', { turn: 'now' })), 'it is not put before the leaving').to.equal(
        'sitting.noQuorum',
      );
      expect(refused(lost, decided('approval', { turn: 'then' }))).to.equal(null);
    });

    it('is asked of also where somebody has come since, and where who chairs now began after others had left', () => {
      const late = played(
        [
          keeper({ do: 'absent', seat: 'c', person: member('c') }),
          keeper({ do: 'come', seat: 'c', person: member('c'), at: 'other' }),
        ],
        begun,
      );
      expect(refused(late, decided('approval'))).to.equal('sitting.passedBy');
      const chaired = played([leaves('c', 'figures'), chairing(member('b'), 'other')], begun);
      expect(refused(chaired, decided('approval'))).to.equal('sitting.passedBy');
      const now = orderOf(record(chaired, decided('approval', { turn: 'now' }), scene()).sitting);
      expect(now[now.indexOf('other') + 1]).to.equal('approval');
    });

    it('is asked of also where it was noted, which is no decision', () => {
      const noted = passed(keeper({ do: 'decide', item: 'followUp', as: 'noted', text: null }));
      expect(refused(noted, { do: 'decide', item: 'followUp', as: 'changed', text: envelope })).to.equal(
        'sitting.passedBy',
      );
    });

    it('is not moved to where the meeting is when somebody was disqualified there', () => {
      const recused = passed(
        keeper({ do: 'recuse', item: 'approval', seat: 'a', person: member('a'), substitute: null }),
      );
      for (const command of [
        decided('approval', { turn: 'now' }),
        { ...toVote, item: 'approval', turn: 'now' } as const,
      ])
        expect(refused(recused, command), command.do).to.equal('sitting.passedBy');
    });

    it('alone is moved: what was not passed by stays where it is, whatever is said of when', () => {
      const { sitting, event } = record(passed(), decided('closing', { turn: 'now' }), scene());
      expect(orderOf(sitting)).to.deep.equal(order);
      expect(event?.detail).to.not.have.property('turn');
    });

    it('never stands behind what every meeting ends with, nor where others are than by then', () => {
      const decidedNow = decided('approval', { turn: 'now' });
      const ended = passed(keeper({ do: 'discuss', item: 'closing', text: envelope }));
      const now = orderOf(record(ended, decidedNow, scene()).sitting);
      expect(now.slice(-3)).to.deep.equal(['approval', 'next', 'closing']);
      const vote = record(ended, { ...toVote, item: 'approval', turn: 'now' }, scene()).sitting;
      expect(orderOf(vote)).to.deep.equal(now);
      const left = played([leaves('c', 'closing')], begun);
      for (const [sitting, id] of [
        [left, 'approval'],
        [left, 'other'],
        [played([leaves('b', 'closing')], ended), 'approval'],
      ] as const) {
        expect(refused(sitting, { ...decidedNow, item: id })).to.equal('sitting.passedBy');
        expect(refused(sitting, decided(id, { turn: 'then' }))).to.equal(null);
      }
    });

    it('stands where its sender saw that it would, and is not moved where that is another place by now', () => {
      const before = passed();
      const nowAfter = (id?: string) => decided('approval', { turn: 'now', after: id });
      expect(refused(before, nowAfter('figures'))).to.equal('sitting.otherPlace');
      const vote = { ...toVote, item: 'approval', turn: 'now', after: 'figures' } as const;
      expect(refused(before, vote)).to.equal('sitting.otherPlace');
      for (const seen of ['other', undefined])
        expect(refused(before, nowAfter(seen)), 'or none, before').to.equal(null);
      const done = record(before, nowAfter('other'), scene()).sitting;
      expect(record(done, nowAfter('other'), scene()).sitting, 'pressed twice').to.equal(done);
    });

    it('stands right after the last of which something is recorded, on the cards and in the log too', () => {
      const before = passed();
      const { sitting, event } = record(before, decided('approval', { turn: 'now' }), scene());
      const now = orderOf(sitting);
      expect(now[now.indexOf('other') + 1]).to.equal('approval');
      expect(event?.detail).to.deep.equal({ item: 'approval', turn: 'now' });
      const vote = record(before, { ...toVote, item: 'approval', turn: 'now' }, scene());
      expect(vote.event?.what).to.equal('agenda.meeting.putToVote');
      for (const moved of [sitting, vote.sitting]) {
        expect(moved.delivery.own).to.equal(before.delivery.revision + 1);
        expect(moved.untold, 'who is there needs no word of it').to.equal(before.untold);
      }
      const inTurn = record(before, decided('approval', { turn: 'then' }), scene()).sitting;
      expect(inTurn.delivery, 'of what is decided in its turn a card shows nothing').to.equal(before.delivery);
    });
  });

  it('takes a counter-proposal once that is pressed again after the vote has ended', () => {
    const ended = played(
      [keeper(toVote), keeper({ do: 'ballots', item, ballots: { police: 'other' } }), keeper({ do: 'endVote', item })],
      begun,
    );
    expect(record(ended, toVote, scene()).sitting).to.equal(ended);
  });

  it('knows who sits where', () => {
    const sitting = open(played([keeper({ do: 'openMeeting', seating: { a: member('a') } })]));
    expect([...presentAt(sitting, 'opening')]).to.deep.equal([['a', member('a')]]);
  });
});
