import { expect } from 'chai';
import fc from 'fast-check';
import { type DirectoryCommand, decideDirectory } from '../../../../src/directory/decide.ts';
import { mergeRegion } from '../../../../src/directory/merge.ts';
import {
  bodyOfChat,
  chatOf,
  type Directory,
  doubtEnds,
  hasLeft,
  leadersOf,
  membershipsOf,
  membersOf,
  reboundChats,
  teamOfMunicipality,
} from '../../../../src/directory/model.ts';
import { type Actor, mintActor, professions, roles } from '../../../../src/shared/actor.ts';
import { isAppError } from '../../../../src/shared/errors.ts';
import {
  type BodyId,
  bodyId,
  type ConversationId,
  conversationId,
  type PersonId,
  personId,
} from '../../../../src/shared/ids.ts';
import { exampleDirectory, lojo, mondayDate, people, raseborg, refusal } from '../../../support/builders.ts';

const file: Directory = exampleDirectory();
const management = bodyId('management:vastra-nyland');
const nobody = bodyId('team:nowhere');
const newcomer = { id: personId('a0000000-0000-4000-8000-0000000000aa'), name: 'Ny Person' };

/** Somebody whose activity told of these memberships. */
function acting(person: PersonId, memberships: Actor['memberships'] = []): Actor {
  return mintActor({ tenant: file.tenant, person, name: '', language: 'sv', memberships });
}

function change(directory: Directory, by: PersonId, command: DirectoryCommand): Directory {
  return decideDirectory(directory, command, acting(by), mondayDate).directory;
}

const anyBody = fc.constantFrom(lojo, raseborg, management, nobody);
const anyPerson = fc.constantFrom(...Object.values(people), newcomer.id);
const anyCommand: fc.Arbitrary<DirectoryCommand> = fc.oneof(
  fc.record({
    do: fc.constant('setMember' as const),
    body: anyBody,
    person: anyPerson.map((id) => ({ id, name: newcomer.name })),
    role: fc.constantFrom(...roles),
    profession: fc.option(fc.constantFrom(...professions)),
  }),
  fc.record({ do: fc.constant('removeMember' as const), body: anyBody, person: anyPerson }),
  fc.record({
    do: fc.constant('bindChat' as const),
    body: anyBody,
    conversation: fc.constantFrom('19:a', '19:b', '19:lojo-ankarteam@thread.v2').map(conversationId),
  }),
);
const changes = fc.array(fc.record({ by: anyPerson, command: anyCommand }), { maxLength: 25, size: 'max' });

function applied(steps: readonly { by: PersonId; command: DirectoryCommand }[], first = file): Directory {
  return steps.reduce((directory, { by, command }) => {
    try {
      return change(directory, by, command);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return directory;
    }
  }, first);
}

describe('the directory, whatever leaders and others do', () => {
  it('keeps a leader in every body', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const after = applied(steps);
        for (const { id } of after.bodies)
          expect(leadersOf(after, id).length > 0, id).to.equal(leadersOf(file, id).length > 0);
      }),
    );
  });

  it('has everybody once in a body, and a profession for everybody in a team', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const after = applied(steps);
        for (const { id, kind } of after.bodies) {
          const members = membersOf(after, id);
          expect(new Set(members.map(({ person }) => person)).size).to.equal(members.length);
          if (kind === 'team') for (const { profession } of members) expect(profession).to.not.equal(null);
        }
      }),
    );
  });

  it('knows one chat for a body and one body for a chat', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const { chats } = applied(steps);
        expect(new Set(chats.map(({ body }) => body)).size).to.equal(chats.length);
        expect(new Set(chats.map(({ conversation }) => conversation)).size).to.equal(chats.length);
      }),
    );
  });

  it('is changed by a leader of the body alone', () => {
    fc.assert(
      fc.property(changes, anyPerson, anyCommand, (steps, by, command) => {
        const before = applied(steps);
        fc.pre(!leadersOf(before, command.body).includes(by) && command.body !== nobody);
        expect(refusal(() => change(before, by, command))).to.equal('directory.leadersOnly');
      }),
    );
  });

  it('asks the directory who leads, not what somebody had when they pressed', () => {
    const wasLeader = acting(people.petri, [{ body: lojo, role: 'leader', profession: 'police' }]);
    const command: DirectoryCommand = { do: 'bindChat', body: lojo, conversation: conversationId('19:a') };
    expect(refusal(() => decideDirectory(file, command, wasLeader, mondayDate))).to.equal('directory.leadersOnly');
    expect(refusal(() => decideDirectory(file, command, acting(people.maria), mondayDate))).to.equal(null);
  });

  it('says of every change for the log whom it concerns and what they became, and nothing of a name', () => {
    const told = (command: DirectoryCommand) => decideDirectory(file, command, acting(people.maria), mondayDate).event;
    const { petri } = people;
    const person = { id: petri, name: 'Petri Aaltonen' };
    expect(told({ do: 'setMember', body: lojo, person, role: 'leader', profession: 'health' })).to.deep.equal({
      what: 'team.setMember',
      why: 'team',
      detail: { body: lojo, person: petri, role: 'leader', profession: 'health' },
    });
    expect(told({ do: 'removeMember', body: lojo, person: petri })).to.deep.equal({
      what: 'team.removeMember',
      why: 'team',
      detail: { body: lojo, person: petri },
    });
    expect(told({ do: 'bindChat', body: lojo, conversation: conversationId('19:a') })).to.deep.equal({
      what: 'chat.bind',
      why: 'team',
      detail: { body: lojo },
    });
  });

  it('leaves the state that it was given as it was', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const before = exampleDirectory();
        applied(steps, before);
        expect(before).to.deep.equal(file);
      }),
    );
  });
});

describe('members and chats', () => {
  const set = (over: object = {}): DirectoryCommand => ({
    do: 'setMember',
    body: lojo,
    person: newcomer,
    role: 'member',
    profession: 'youth',
    ...over,
  });

  it('keep the last leader, whether they would be removed or become a member', () => {
    const maria = { id: people.maria, name: 'Maria Lindqvist' };
    expect(
      refusal(() => change(file, people.maria, { do: 'removeMember', body: lojo, person: people.maria })),
    ).to.equal('directory.lastLeader');
    expect(refusal(() => change(file, people.maria, set({ person: maria, profession: 'social' })))).to.equal(
      'directory.lastLeader',
    );
    const two = change(file, people.maria, set({ role: 'leader' }));
    expect(
      leadersOf(change(two, newcomer.id, { do: 'removeMember', body: lojo, person: people.maria }), lojo),
    ).to.deep.equal([newcomer.id]);
  });

  it('let nobody take another profession by themselves, for it opens the notes of that profession', () => {
    const maria = { id: people.maria, name: 'Maria Lindqvist' };
    const own = set({ person: maria, role: 'leader', profession: 'police' });
    expect(refusal(() => change(file, people.maria, own))).to.equal('directory.ownProfession');
    const two = change(file, people.maria, set({ role: 'leader' }));
    expect(change(two, newcomer.id, own).members).to.deep.include({
      person: people.maria,
      body: lojo,
      role: 'leader',
      profession: 'police',
      setBy: 'leader',
      removed: false,
    });
  });

  it('refuse a body and a member that do not exist, a team member without a profession, and a chat of another body', () => {
    const refused: [DirectoryCommand, string][] = [
      [set({ body: nobody }), 'directory.unknownBody'],
      [{ do: 'removeMember', body: lojo, person: people.gunilla }, 'directory.unknownMember'],
      [set({ profession: null }), 'directory.professionNeeded'],
    ];
    for (const [command, code] of refused) expect(refusal(() => change(file, people.maria, command))).to.equal(code);
    const chat = conversationId('19:lojo-ankarteam@thread.v2');
    expect(
      refusal(() => change(file, people.gunilla, { do: 'bindChat', body: raseborg, conversation: chat })),
    ).to.equal('directory.chatTaken');
  });

  it('bind a body to its new chat in place of the old one', () => {
    const next = conversationId('19:new');
    const bound = change(file, people.maria, { do: 'bindChat', body: lojo, conversation: next });
    expect(chatOf(bound, lojo)).to.equal(next);
    expect(bodyOfChat(bound, conversationId('19:lojo-ankarteam@thread.v2'))).to.equal(null);
  });

  it('are listed with leaders first, then by profession in the order of the cards, those without one last', () => {
    const among: Directory = {
      ...file,
      members: file.members.map((m) => (m.person === people.niina ? { ...m, profession: null } : m)),
    };
    expect(membersOf(among, lojo).map(({ name }) => name)).to.deep.equal([
      'Maria Lindqvist',
      'Petri Aaltonen',
      'Sofia Ekholm',
      'Jonas Wik',
      'Niina Hakala',
    ]);
  });

  it('are no members any more, and have no membership, once they are removed', () => {
    const removed = change(file, people.maria, { do: 'removeMember', body: lojo, person: people.petri });
    expect(membersOf(removed, lojo).map(({ person }) => person)).to.not.include(people.petri);
    expect(membershipsOf(removed, people.petri)).to.deep.equal([]);
  });

  it('lead every municipality of the region to its team', () => {
    expect(file.municipalities.map(({ id }) => teamOfMunicipality(file, id)?.code)).to.deep.equal([
      'LOJ',
      'LOJ',
      'LOJ',
      'RAS',
      'RAS',
      'RAS',
      'KYR',
      'KYR',
      'ESB',
      'ESB',
    ]);
    expect(teamOfMunicipality(file, 'helsingfors')).to.equal(null);
  });
});

/** The region file without a team, whose municipalities Lojo serves instead. */
function without(body: BodyId): Directory {
  return {
    ...file,
    bodies: file.bodies.filter(({ id }) => id !== body),
    municipalities: file.municipalities.map((one) => (one.team === body ? { ...one, team: lojo } : one)),
    members: file.members.filter((member) => member.body !== body),
    chats: file.chats.filter((chat) => chat.body !== body),
  };
}

describe('a body that is not in the region file any more', () => {
  const closed = (directory: Directory): BodyId[] => directory.bodies.flatMap((body) => (body.closed ? [body.id] : []));

  it('stays closed with all that it has: people, roles, chat, and what its leaders do now', () => {
    fc.assert(
      fc.property(changes, changes, (earlier, later) => {
        const current = applied(earlier);
        const merged = mergeRegion(current, without(raseborg), mondayDate);
        expect(closed(merged)).to.deep.equal([raseborg]);
        expect(membersOf(merged, raseborg)).to.deep.equal(membersOf(current, raseborg));
        expect(chatOf(merged, raseborg)).to.equal(chatOf(current, raseborg));
        const changed = applied(later, merged);
        const again = mergeRegion(changed, without(raseborg), mondayDate);
        expect(membersOf(again, raseborg)).to.deep.equal(membersOf(changed, raseborg));
        expect(again).to.deep.equal(mergeRegion(again, without(raseborg), mondayDate));
      }),
    );
  });

  it('gets no new referrals, because its municipalities are another’s', () => {
    const merged = mergeRegion(file, without(raseborg), mondayDate);
    expect(merged.municipalities.filter(({ team }) => team === raseborg)).to.deep.equal([]);
    expect(teamOfMunicipality(merged, 'hango')?.id).to.equal(lojo);
  });

  it('is as before when it comes back', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const current = applied(steps);
        const back = mergeRegion(mergeRegion(current, without(raseborg), mondayDate), file, mondayDate);
        const never = mergeRegion(current, file, mondayDate);
        expect(back.bodies).to.deep.equal(never.bodies);
        for (const { id } of file.bodies) {
          expect(membersOf(back, id), id).to.deep.equal(membersOf(never, id));
          expect(chatOf(back, id), id).to.equal(chatOf(never, id));
        }
      }),
    );
  });

  it('stays also when nobody is in it and it has no chat, for the code of its cases', () => {
    const empty = { ...without(raseborg), bodies: file.bodies };
    expect(closed(mergeRegion(empty, without(raseborg), mondayDate))).to.deep.equal([raseborg]);
  });

  it('leaves its chat to the body that the file gives it to', () => {
    const chat = conversationId('19:ras');
    const bound = change(file, people.gunilla, { do: 'bindChat', body: raseborg, conversation: chat });
    const merged = mergeRegion(
      bound,
      {
        ...without(raseborg),
        chats: [{ body: lojo, conversation: chat, setBy: 'file' }],
      },
      mondayDate,
    );
    expect(merged.chats).to.deep.equal([{ body: lojo, conversation: chat, setBy: 'file' }]);
    expect(closed(merged)).to.deep.equal([raseborg]);
  });
});

describe('the code of a team', () => {
  /** The region file with other codes. */
  const coded = (codes: Readonly<Record<BodyId, string>>, of = file): Directory => ({
    ...of,
    bodies: of.bodies.map((body) => ({ ...body, code: codes[body.id] ?? body.code })),
  });
  const refused = (current: Directory, next: Directory): string => {
    try {
      mergeRegion(current, next, mondayDate);
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    return expect.fail('the file was taken in');
  };

  it('stays for ever, for cases are found by it', () => {
    expect(refused(file, coded({ [lojo]: 'LOH' }))).to.equal(
      'The region file changes the codes by which cases are found:\n' +
        '  team:lojo has LOJ, the file gives it LOH: put LOJ back, or list a team with a new id',
    );
  });

  it('goes to no other team: each one that would lose its own is named', () => {
    const swapped = refused(file, coded({ [lojo]: 'RAS', [raseborg]: 'LOJ' }));
    expect(swapped).to.include('team:lojo has LOJ, the file gives it RAS').and.include('team:raseborg has RAS');
  });

  it('stays with a team that is closed, however long and whoever is left in it, also when it comes back', () => {
    const gone = without(raseborg);
    const heir = bodyId('team:ekenas');
    const named = { ...gone, bodies: gone.bodies.map((body) => (body.id === lojo ? { ...body, id: heir } : body)) };
    const closed = mergeRegion({ ...gone, bodies: file.bodies }, gone, mondayDate);
    const kept = 'RAS stays with team:raseborg, the file gives it to team:ekenas: give team:ekenas another';
    for (const current of [file, closed, mergeRegion(closed, gone, mondayDate)])
      expect(refused(current, coded({ [heir]: 'RAS' }, named))).to.include(kept);
    expect(refused(closed, coded({ [raseborg]: 'RSB' }))).to.include('team:raseborg has RAS');
  });
});

describe('a region file that is read again', () => {
  const by = (person: PersonId, command: DirectoryCommand, from = file): Directory => change(from, person, command);

  it('changes nothing by being read twice', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const once = mergeRegion(applied(steps), file, mondayDate);
        expect(mergeRegion(once, file, mondayDate)).to.deep.equal(once);
      }),
    );
    expect(mergeRegion(file, file, mondayDate)).to.deep.equal(file);
  });

  it('leaves all that leaders have changed since', () => {
    fc.assert(
      fc.property(changes, (steps) => {
        const current = applied(steps);
        const merged = mergeRegion(current, file, mondayDate);
        for (const { id } of file.bodies) {
          expect(membersOf(merged, id), id).to.deep.equal(membersOf(current, id));
          expect(chatOf(merged, id), id).to.equal(chatOf(current, id));
        }
      }),
    );
  });

  it('does not bring back whom a leader removed, nor take away whom a leader added', () => {
    const added = by(people.maria, {
      do: 'setMember',
      body: lojo,
      person: newcomer,
      role: 'member',
      profession: 'youth',
    });
    const changed = by(people.maria, { do: 'removeMember', body: lojo, person: people.petri }, added);
    const names = membersOf(mergeRegion(changed, file, mondayDate), lojo).map(({ name }) => name);
    expect(names).to.include('Ny Person').and.not.include('Petri Aaltonen');
  });

  it('follows the file in everything else: names, policy, members and bodies', () => {
    const newer: Directory = {
      ...exampleDirectory(),
      name: { sv: 'Ny', fi: 'Uusi', en: 'New' },
      policy: { ...file.policy, timeZone: 'Europe/Stockholm' },
      members: file.members.filter(({ person }) => person !== people.jonas),
    };
    const merged = mergeRegion(file, newer, mondayDate);
    expect(merged.name).to.deep.equal(newer.name);
    expect(merged.policy.timeZone).to.equal('Europe/Stockholm');
    expect(membershipsOf(merged, people.jonas)).to.deep.equal([]);
    expect(chatOf(merged, lojo)).to.equal(chatOf(file, lojo));
  });

  it('gives a chat that a leader has bound to nobody else', () => {
    const chat = conversationId('19:shared');
    const bound = by(people.gunilla, { do: 'bindChat', body: raseborg, conversation: chat });
    const newer = { ...file, chats: [{ body: lojo, conversation: chat, setBy: 'file' as const }] };
    expect(mergeRegion(bound, newer, mondayDate).chats).to.deep.equal([
      { body: raseborg, conversation: chat, setBy: 'leader' },
    ]);
  });
});

describe('chats that belong to another body than before', () => {
  const [first, second, third] = [conversationId('19:1'), conversationId('19:2'), conversationId('19:3')];
  const bound = (...chats: (readonly [BodyId, ConversationId])[]): Directory => ({
    ...file,
    chats: chats.map(([body, conversation]) => ({ body, conversation, setBy: 'file' })),
  });

  it('are the ones that were given away, given to one, or given to another; no other is', () => {
    const before = bound([lojo, first], [raseborg, second]);
    expect(reboundChats(before, before)).to.deep.equal([]);
    expect(reboundChats(before, bound([lojo, third], [raseborg, second]))).to.have.members([first, third]);
    expect(reboundChats(before, bound([raseborg, first], [lojo, second]))).to.have.members([first, second]);
    expect(reboundChats(before, bound([lojo, first]))).to.deep.equal([second]);
  });
});

describe('who has something of a body', () => {
  const asOf = Temporal.Instant.from('2026-11-25T10:00:00Z');
  const newcomer = personId('a0000000-0000-4000-8000-0000000000aa');
  const removed = file.members.map((member) =>
    member.person === people.petri ? { ...member, removed: true } : member,
  );
  const given = (person: PersonId, seconds: number) => ({ person, since: asOf.add({ seconds }).toString() });

  it('has left it when a directory that is newer than what they have does not have them, whoever took them out', () => {
    const known = { ...file, members: removed, asOf };
    expect(hasLeft(known, lojo, given(people.maria, -60))).to.equal(false);
    for (const person of [people.petri, newcomer]) {
      expect(hasLeft(known, lojo, given(person, -3)), 'given before').to.equal(true);
      expect(hasLeft(known, lojo, given(person, -1)), 'given before, or so the clocks say').to.equal(false);
      expect(hasLeft(known, lojo, given(person, 3)), 'given since').to.equal(false);
    }
  });

  it('has left it at once when the directory is always the newest, whatever the clocks say', () => {
    for (const seconds of [-3, 0, 3])
      expect(hasLeft({ ...file, members: removed, asOf: 'newest' }, lojo, given(people.petri, seconds))).to.equal(true);
  });

  it('is looked at again soon while it is not known whether they are members', () => {
    expect(doubtEnds(file, lojo, [people.maria, people.petri], asOf)).to.equal(null);
    expect(doubtEnds(file, lojo, [people.maria, newcomer], asOf)?.toString()).to.equal('2026-11-25T10:00:10Z');
  });
});
