import { expect } from 'chai';
import fc from 'fast-check';
import { decideDirectory } from '../../../../src/directory/decide.ts';
import { mergeRegion } from '../../../../src/directory/merge.ts';
import {
  type Directory,
  type Holder,
  holdings,
  isMember,
  leadersOf,
  presentMembers,
} from '../../../../src/directory/model.ts';
import { officeParts, placeParts, type SeatCommand } from '../../../../src/directory/seating.ts';
import {
  chairOf,
  dayAfter,
  endingsUntil,
  firstDay,
  isOn,
  lastDay,
  onDay,
  overlap,
  seatOf,
  seatsOf,
  secretaryOf,
} from '../../../../src/directory/seats.ts';
import { mintActor } from '../../../../src/shared/actor.ts';
import { isAppError } from '../../../../src/shared/errors.ts';
import { bodyId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import { seenOf } from '../../../../src/shared/seen.ts';
import { exampleDirectory, lojo, people, refusal, mondayDate as today } from '../../../support/builders.ts';

const file: Directory = exampleDirectory();
const body = bodyId('steering:vastra-nyland');
const named = (name: string) => {
  const found = file.people.find((person) => person.name === name);
  if (!found) throw new Error(`${name} is not in the example.`);
  return found;
};
const [outi, rabbe, timo, risto] = ['Outi Laaksonen', 'Rabbe Forsell', 'Timo Kettunen', 'Risto Vainio'].map(named);
if (!outi || !rabbe || !timo || !risto) throw new Error('All are in the example.');
const ingrid = named('Ingrid Sjölund');
const newcomer = { id: personId('a0000000-0000-4000-8000-0000000000aa'), name: 'Ny Person' };

function change(directory: Directory, command: SeatCommand, day = today, by: PersonId = people.kaisa): Directory {
  const who = mintActor({ tenant: file.tenant, person: by, name: '', language: 'sv', memberships: [] });
  return decideDirectory(directory, command, who, day).directory;
}

const set = (over: Partial<Extract<SeatCommand, { do: 'setHolder' }>> = {}): SeatCommand => ({
  ...{ do: 'setHolder', body, seat: 'lojo-stad', as: 'member', person: newcomer, from: today, to: '2029-05-31' },
  ...over,
});
const end = (over: Partial<Extract<SeatCommand, { do: 'endHolding' }>> = {}): SeatCommand => ({
  ...{ do: 'endHolding', body, seat: 'lojo-stad', as: 'member', person: outi.id },
  ...over,
});
const offices = (over: Partial<Extract<SeatCommand, { do: 'setOffices' }>> = {}): SeatCommand => ({
  ...{ do: 'setOffices', body, chair: outi.id, secretary: ingrid },
  ...over,
});
const members = (directory: Directory, seat = 'lojo-stad'): (readonly [PersonId, string | null, string | null])[] =>
  (seatOf(directory, body, seat)?.holders ?? [])
    .filter(({ as }) => as === 'member')
    .map(({ person, from, to }) => [person, from, to]);
const plus = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

describe('a seat', () => {
  it('is given to somebody from a day on: who was there leaves the day before, and both are its history', () => {
    const next = change(file, set({ from: '2026-12-01' }));
    expect(members(next)).to.deep.equal([
      [outi.id, '2025-08-01', '2026-11-30'],
      [newcomer.id, '2026-12-01', '2029-05-31'],
    ]);
    expect(isMember(next, body, newcomer.id), 'not yet').to.equal(false);
    expect(isMember(next, body, outi.id)).to.equal(true);
    const then = onDay(next, '2026-12-01');
    expect([isMember(then, body, newcomer.id), isMember(then, body, outi.id)]).to.deep.equal([true, false]);
    expect(seatOf(then, body, 'lojo-stad')?.member).to.equal(newcomer.id);
    expect(then.people).to.deep.include(newcomer);
  });

  it('is changed back and forth on one day without a trace of what did not last one', () => {
    const once = change(file, set());
    const again = change(once, set({ person: timoElsewhere(), from: today }));
    expect(members(again)).to.deep.equal([
      [outi.id, '2025-08-01', plus(today, -1)],
      [timoElsewhere().id, today, '2029-05-31'],
    ]);
  });

  /** Somebody who holds no seat here. */
  function timoElsewhere() {
    return named('Petri Aaltonen');
  }

  it('lets the term of its holder be moved, and be ended: today is the last day', () => {
    const shorter = change(file, set({ person: outi, from: '2025-08-01', to: '2027-05-31' }));
    expect(members(shorter)).to.deep.equal([[outi.id, '2025-08-01', '2027-05-31']]);
    const ended = change(shorter, end());
    expect(members(ended)).to.deep.equal([[outi.id, '2025-08-01', today]]);
    expect(isMember(ended, body, outi.id)).to.equal(true);
    expect(isMember(onDay(ended, dayAfter(today)), body, outi.id)).to.equal(false);
  });

  it('takes away what has not begun, and knows no holder beside its own', () => {
    const planned = change(file, set({ from: '2026-12-01' }));
    expect(members(change(planned, end({ person: newcomer.id }))).map(([person]) => person)).to.deep.equal([outi.id]);
    expect(refusal(() => change(file, end({ person: newcomer.id })))).to.equal('directory.unknownMember');
    expect(refusal(() => change(file, end({ seat: 'tullen' })))).to.equal('directory.unknownSeat');
  });

  it('is not taken from who is to have it later, nor is what is over made otherwise', () => {
    const planned = change(file, set({ from: '2028-01-01' }));
    const petri = named('Petri Aaltonen');
    expect(refusal(() => change(planned, set({ person: petri, from: '2027-01-01' })))).to.equal('directory.seatTaken');
    const between = change(planned, set({ person: petri, from: '2027-01-01', to: '2027-12-31' }));
    expect(members(between).map(([person]) => person)).to.deep.equal([outi.id, petri.id, newcomer.id]);
    const later = '2028-06-01';
    expect(refusal(() => change(between, set({ person: petri, from: '2027-06-01' }), later))).to.equal(
      'directory.seatOver',
    );
    expect(
      refusal(() => change(file, set({ from: '2025-08-01' }))),
      'as if Outi had never been there',
    ).to.equal('directory.seatTaken');
  });

  it('is one of a body for a person on a day, be it as member or as substitute', () => {
    expect(refusal(() => change(file, set({ person: timo })))).to.equal('directory.seatedElsewhere');
    const promoted = change(file, set({ person: rabbe }));
    const seat = seatOf(promoted, body, 'lojo-stad');
    expect([seat?.member, seat?.substitute]).to.deep.equal([rabbe.id, null]);
    expect(refusal(() => change(file, set({ to: '2026-01-01' })))).to.equal('directory.termBackwards');
    const kaisa = named('Kaisa Sandberg');
    expect(refusal(() => change(file, set({ person: kaisa, as: 'substitute' })))).to.equal('directory.substituteLeads');
  });

  it('is changed by who leads the body alone, however high their office in it', () => {
    for (const by of [outi.id, ingrid.id, people.maria]) {
      expect(refusal(() => change(file, set(), today, by))).to.equal('directory.leadersOnly');
      expect(refusal(() => change(file, offices(), today, by))).to.equal('directory.leadersOnly');
    }
  });

  it('is not changed over what somebody else has made of it since it was seen', () => {
    const parts = (directory: Directory) => {
      const seat = seatOf(directory, body, 'lojo-stad');
      if (!seat) throw new Error('There is such a seat.');
      return seenOf(placeParts(seat, 'member', today));
    };
    const seen = parts(file);
    const theirs = change(file, set({ seen }));
    const petri = named('Petri Aaltonen');
    expect(refusal(() => change(theirs, set({ person: petri, seen })))).to.equal('form.overtaken');
    expect(
      refusal(() => change(theirs, set({ seen }))),
      'the same once more',
    ).to.equal(null);
    expect(refusal(() => change(theirs, set({ person: petri, seen: parts(theirs) })))).to.equal(null);
  });
});

describe('who is removed from a body with seats', () => {
  const remove = (directory: Directory, person: PersonId): Directory => {
    const who = mintActor({ tenant: file.tenant, person: people.kaisa, name: '', language: 'sv', memberships: [] });
    return decideDirectory(directory, { do: 'removeMember', body, person }, who, today).directory;
  };

  it('is out at once, with yesterday as their last day, and no region file brings them back', () => {
    const removed = remove(file, outi.id);
    expect(isMember(removed, body, outi.id)).to.equal(false);
    expect(members(removed)).to.deep.equal([[outi.id, '2025-08-01', plus(today, -1)]]);
    expect(chairOf(removed, body)).to.equal(null);
    expect(chairOf(onDay(removed, plus(today, -1)), body)).to.equal(outi.id);
    const again = mergeRegion(removed, file, today);
    expect(isMember(again, body, outi.id)).to.equal(false);
  });

  it('stays what they are by their seat when their role is set: the team’s card changes who leads, not who sits', () => {
    const who = mintActor({ tenant: file.tenant, person: people.kaisa, name: '', language: 'sv', memberships: [] });
    const as = (person: typeof rabbe, role: 'member' | 'substitute' | 'leader'): Directory =>
      decideDirectory(file, { do: 'setMember', body, person, role, profession: null }, who, today).directory;
    const roleOf = (directory: Directory, person: PersonId) =>
      presentMembers(directory, body).find((member) => member.person === person)?.role;
    expect(roleOf(as(rabbe, 'member'), rabbe.id)).to.equal('substitute');
    expect(roleOf(as(outi, 'substitute'), outi.id)).to.equal('member');
    expect(roleOf(as(outi, 'leader'), outi.id)).to.equal('leader');
    expect(chairOf(as(outi, 'leader'), body)).to.equal(outi.id);
    expect(roleOf(as(newcomer, 'substitute'), newcomer.id), 'without a seat').to.equal('member');
    expect(refusal(() => as(rabbe, 'leader'))).to.equal('directory.substituteLeads');
  });
});

describe('chair and secretary', () => {
  it('are one each: the chair a member of a seat, the secretary anybody, another one', () => {
    const next = change(file, offices({ chair: timo.id, secretary: newcomer }));
    expect([chairOf(next, body), secretaryOf(next, body)]).to.deep.equal([timo.id, newcomer.id]);
    for (const chair of [rabbe.id, ingrid.id, newcomer.id])
      expect(refusal(() => change(file, offices({ chair, secretary: null })))).to.equal('directory.chairNeedsSeat');
    expect(refusal(() => change(file, offices({ secretary: outi })))).to.equal('directory.oneOffice');
  });

  it('leave the body with their office when they are of it by that alone', () => {
    const next = change(file, offices({ secretary: timo }));
    expect([isMember(next, body, ingrid.id), isMember(next, body, timo.id)]).to.deep.equal([false, true]);
    const back = change(next, offices());
    expect([isMember(back, body, ingrid.id), isMember(back, body, timo.id)]).to.deep.equal([true, true]);
  });

  it('end with their term: the chair with the seat, while a secretary stays without one', () => {
    const next = change(file, offices({ secretary: timo }));
    const after = onDay(next, '2029-06-01');
    expect([chairOf(after, body), isMember(after, body, outi.id)]).to.deep.equal([null, false]);
    expect([secretaryOf(after, body), isMember(after, body, timo.id)]).to.deep.equal([timo.id, true]);
  });

  it('are of a day that is past as they were on it, and of no other', () => {
    const last = '2026-11-30';
    const ending = change(file, set({ person: outi, from: '2025-08-01', to: last }));
    const after = onDay(ending, dayAfter(last));
    const chairs = (directory: Directory) =>
      [plus(last, -1), last, dayAfter(last)].map((day) => chairOf(onDay(directory, day), body));
    expect(chairs(after)).to.deep.equal([outi.id, outi.id, null]);
    expect(isMember(after, body, outi.id)).to.equal(false);
    const followed = change(after, offices({ chair: timo.id }), dayAfter(last));
    expect(chairs(followed), 'whoever follows them').to.deep.equal([outi.id, outi.id, timo.id]);
    const inOffice = presentMembers(onDay(followed, last), body).filter(({ office }) => office === 'chair');
    expect(inOffice, 'one at a time').to.have.length(1);
    const back = change(followed, set({ person: outi, from: '2026-12-02' }), dayAfter(last));
    expect(chairOf(onDay(back, '2026-12-02'), body), 'another term has no office').to.equal(timo.id);
    const asSubstitute = change(ending, set({ person: outi, as: 'substitute', from: dayAfter(last) }));
    expect(chairs(onDay(asSubstitute, dayAfter(last)))).to.deep.equal([outi.id, outi.id, null]);
  });

  it('are not set over what somebody else has set since', () => {
    const seen = seenOf(officeParts(file, body));
    const theirs = change(file, offices({ chair: timo.id, seen }));
    expect(refusal(() => change(theirs, offices({ chair: risto.id, seen })))).to.equal('form.overtaken');
  });
});

describe('a region file that is read again', () => {
  const seats = (directory: Directory, over: (holders: Holder[], seat: string) => Holder[]): Directory => ({
    ...directory,
    seats: directory.seats.map((seat) => ({
      ...seat,
      holders: seat.body === body ? over(seat.holders, seat.id) : seat.holders,
    })),
  });

  it('leaves what a leader has made of a seat, and follows in all the others', () => {
    const changed = change(file, set());
    const newer = seats(file, (holders, seat) =>
      seat === 'hogfors-stad'
        ? holders.map((one) => (one.as === 'member' ? { ...one, person: people.petri } : one))
        : holders,
    );
    const merged = mergeRegion(changed, newer, today);
    expect(members(merged).at(-1)?.[0]).to.equal(newcomer.id);
    expect(isMember(merged, body, outi.id), 'whom the file still lists').to.equal(false);
    expect(members(merged, 'hogfors-stad')).to.deep.equal([
      [timo.id, '2025-08-01', plus(today, -1)],
      [people.petri, today, '2029-05-31'],
    ]);
    expect([isMember(merged, body, timo.id), isMember(merged, body, people.petri)]).to.deep.equal([false, true]);
    expect(mergeRegion(merged, newer, today)).to.deep.equal(merged);
    expect(members(mergeRegion(merged, newer, plus(today, 9)), 'hogfors-stad'), 'nor does it begin anew').to.deep.equal(
      members(merged, 'hogfors-stad'),
    );
  });

  it('closes a seat that it has no more, and keeps who has held it', () => {
    const newer = { ...file, seats: file.seats.filter(({ id }) => id !== 'lojo-stad') };
    const merged = mergeRegion(file, newer, today);
    expect(seatOf(merged, body, 'lojo-stad')).to.equal(null);
    const kept = merged.seats.find(({ id }) => id === 'lojo-stad');
    expect(kept?.closed).to.equal(true);
    expect(kept?.holders.map(({ person, to }) => [person, to])).to.deep.equal([
      [outi.id, plus(today, -1)],
      [rabbe.id, plus(today, -1)],
    ]);
    const back = mergeRegion(merged, file, dayAfter(today));
    expect(members(back)).to.deep.equal([
      [outi.id, '2025-08-01', plus(today, -1)],
      [outi.id, today, '2029-05-31'],
    ]);
  });

  it('gives an office that a leader has given to nobody else', () => {
    const changed = change(file, offices({ chair: timo.id }));
    const merged = mergeRegion(changed, file, today);
    expect(presentMembers(merged, body).filter(({ office }) => office === 'chair')).to.have.length(1);
    expect(chairOf(merged, body)).to.equal(timo.id);
  });
});

describe('the end of a term with nobody to follow', () => {
  const few = { ...file, seats: file.seats.filter(({ id }) => id === 'lojo-stad') };

  it('is that of a member, once it is near, and none when somebody is chosen', () => {
    const endings = (directory: Directory, until: string) =>
      endingsUntil(directory, today, until).map(({ person, to }) => [person, to]);
    expect(endings(few, '2029-05-30')).to.deep.equal([]);
    expect(endings(few, '2029-05-31')).to.deep.equal([[outi.id, '2029-05-31']]);
    const followed = change(few, set({ from: '2029-06-01', to: null }));
    expect(endings(followed, '2029-12-31')).to.deep.equal([]);
  });
});

describe('seats, whatever leaders do and files say, and however the days pass', () => {
  const some = ['lojo-stad', 'hogfors-stad', 'polisen'];
  const anyPerson = fc.constantFrom(outi, rabbe, timo, risto, ingrid, newcomer, named('Kaisa Sandberg'));
  const anyAs = fc.constantFrom(...holdings);
  const days = fc.integer({ min: -400, max: 400 });
  type Step = (directory: Directory, day: string) => Directory;
  const anyHolder = fc.record({ seat: fc.constantFrom(...some), as: anyAs, person: anyPerson });
  const commands: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ place: anyHolder, from: days, length: fc.option(fc.integer({ min: -5, max: 800 })) }).map(
      ({ place, from, length }): Step =>
        (directory, day) => {
          const first = plus(day, from);
          const to = length === null ? null : plus(first, length);
          return change(directory, set({ ...place, from: first, to }), day);
        },
    ),
    anyHolder.map(
      (place): Step =>
        (directory, day) =>
          change(directory, end({ ...place, person: place.person.id }), day),
    ),
    fc.record({ chair: fc.option(anyPerson), secretary: fc.option(anyPerson) }).map(
      ({ chair, secretary }): Step =>
        (directory, day) =>
          change(directory, offices({ chair: chair?.id ?? null, secretary }), day),
    ),
    anyPerson.map(
      (person): Step =>
        (directory, day) => {
          const who = mintActor({
            tenant: file.tenant,
            person: people.kaisa,
            name: '',
            language: 'sv',
            memberships: [],
          });
          return decideDirectory(directory, { do: 'removeMember', body, person: person.id }, who, day).directory;
        },
    ),
    // A file in which each of the seats has whom it had, somebody else, or nobody.
    fc.record({ seat: fc.constantFrom(...some), person: fc.option(anyPerson), from: fc.option(days) }).map(
      ({ seat, person, from }): Step =>
        (directory, day) => {
          const holder = (person: PersonId): Holder => ({
            ...{ person, as: 'member', from: from === null ? null : plus(day, from), to: null },
          });
          const taken = file.seats.flatMap(({ holders, id }) => (id === seat ? [] : holders.map((one) => one.person)));
          const given = person && !taken.includes(person.id) ? [holder(person.id)] : [];
          const seats = file.seats.map((one) =>
            one.id === seat
              ? {
                  ...one,
                  holders: [
                    ...given,
                    ...one.holders.filter(({ as, person: other }) => as === 'substitute' && other !== person?.id),
                  ],
                }
              : one,
          );
          return mergeRegion(directory, { ...file, seats }, day);
        },
    ),
  );
  const anyHistory = fc.array(fc.record({ step: commands, wait: fc.integer({ min: 0, max: 200 }) }), {
    maxLength: 15,
    size: 'max',
  });

  function* played(steps: readonly { step: Step; wait: number }[]) {
    let directory = onDay(file, today);
    let day = today;
    for (const { step, wait } of steps) {
      day = plus(day, wait);
      const before = onDay(directory, day);
      try {
        directory = step(before, day);
      } catch (error) {
        if (!isAppError(error)) throw error;
        directory = before;
      }
      yield { before, after: directory, day };
    }
  }

  /** By their days, to say which when it is not so. */
  const told = (holders: readonly Holder[]): string => JSON.stringify(holders);

  it('have on no day two members, or two substitutes, and nobody has two', () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        for (const { after } of played(steps)) {
          const of = after.seats.filter((seat) => seat.body === body);
          for (const holders of [
            ...of.flatMap((seat) => holdings.map((as) => seat.holders.filter((one) => one.as === as))),
            ...Map.groupBy(
              of.flatMap((seat) => seat.holders),
              ({ person }) => person,
            ).values(),
          ])
            for (const [at, one] of holders.entries())
              for (const other of holders.slice(at + 1)) expect(overlap(one, other), told(holders)).to.equal(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('make members of those who hold them that day, and of nobody else', () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        for (const { after, day } of played(steps)) {
          const held = after.seats.flatMap(({ body: of, id, holders, closed }) =>
            of === body && !closed
              ? holders.filter((one) => isOn(one, day)).map(({ person, as }) => `${person} ${as} ${id}`)
              : [],
          );
          const seated = presentMembers(after, body).filter(({ seat }) => seat !== undefined);
          const as = ({ role }: { role: string }) => (role === 'substitute' ? 'substitute' : 'member');
          expect(seated.map((one) => `${one.person} ${as(one)} ${one.seat}`).toSorted()).to.deep.equal(held.toSorted());
          expect(leadersOf(after, body)).to.deep.equal([people.kaisa]);
          expect(onDay(after, day), 'nothing is left to follow').to.equal(after);
          for (const office of ['chair', 'secretary'] as const) {
            const theirs = presentMembers(after, body).filter((one) => one.office === office);
            expect(theirs.length).to.be.at.most(1);
            if (office === 'chair')
              for (const one of theirs) expect(as(one) === 'member' && one.seat !== undefined).to.equal(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('have a history that only grows: who has been there was there, and what is over stays as it was', () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        for (const { before, after, day } of played(steps)) {
          const of = (directory: Directory) =>
            directory.seats.flatMap((seat) => seat.holders.map((one) => ({ ...one, seat: `${seat.body} ${seat.id}` })));
          for (const one of of(before)) {
            if (lastDay(one) < day) expect(of(after)).to.deep.include(one);
            if (firstDay(one) >= day) continue;
            const still = of(after).some(
              ({ seat, as, person }) => seat === one.seat && as === one.as && person === one.person,
            );
            expect(still, told([one])).to.equal(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are none of a team', () => {
    expect(seatsOf(file, lojo)).to.deep.equal([]);
    expect(refusal(() => change(file, set({ body: lojo }), today, people.maria))).to.equal('directory.unknownSeat');
  });
});
