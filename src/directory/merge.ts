import type { BodyId } from '../shared/ids.ts';
import { bodyOf, type Directory, type Holder, type Member, type Seat, teamByCode } from './model.ts';
import { byTime, dayAfter, dayBefore, endedOn, firstDay, lastDay, onDay, overlap } from './seats.ts';

/** A region file that is read again: what it changes, and what leaders have changed since. */

/**
 * A case reference begins with its team's code and leads to the team by it, so a code is one team's for ever, also when
 * the team is closed. Throws an Error that names every team whose code the file changes or gives to another one.
 */
function keepCodes(current: Directory, file: Directory): void {
  const problems = current.bodies.flatMap(({ id, code }) => {
    if (code === null) return [];
    const listed = bodyOf(file, id);
    if (listed && listed.code !== code)
      return [`${id} has ${code}, the file gives it ${listed.code}: put ${code} back, or list a team with a new id`];
    const taker = teamByCode(file, code);
    if (!taker || taker.id === id) return [];
    return [`${code} stays with ${id}, the file gives it to ${taker.id}: give ${taker.id} another`];
  });
  if (problems.length > 0)
    throw new Error(`The region file changes the codes by which cases are found:\n  ${problems.join('\n  ')}`);
}

/**
 * Takes in a newly read region file without overwriting what leaders have changed since: their members, removals and
 * chat bindings, and who holds a seat that they have changed, win over the file's; everything else follows the file. A body
 * that the file lacks stays as it was, but closed; of a seat that it lacks the history stays. `today`: the date in the
 * region, from which on what the file says of seats holds where it names no day. Errors: as of {@link keepCodes}.
 */
export function mergeRegion(current: Directory, file: Directory, today: string): Directory {
  keepCodes(current, file);
  const closed = current.bodies.filter(({ id }) => !bodyOf(file, id)).map((body) => ({ ...body, closed: true }));
  const left = new Set(closed.map(({ id }) => id));
  const listed = new Set(file.bodies.map(({ id }) => id));
  const keptMembers = current.members.filter(
    ({ setBy, body }) => (setBy === 'leader' && listed.has(body)) || left.has(body),
  );
  const keptChats = current.chats.filter(({ setBy, body }) => setBy === 'leader' && listed.has(body));
  const filePeople = new Set(file.people.map((person) => person.id));
  const openChats = [
    ...file.chats.filter(
      (chat) => !keptChats.some((kept) => kept.body === chat.body || kept.conversation === chat.conversation),
    ),
    ...keptChats,
  ];
  const taken = new Set(openChats.map(({ conversation }) => conversation));
  const merged = {
    ...file,
    bodies: [...file.bodies, ...closed],
    people: [...file.people, ...current.people.filter((person) => !filePeople.has(person.id))],
    members: [
      ...file.members
        .filter((m) => !keptMembers.some((kept) => kept.body === m.body && kept.person === m.person))
        .map((m) => withoutTakenOffice(m, keptMembers)),
      ...keptMembers,
    ],
    seats: mergedSeats(current, file, left, today),
    chats: [
      ...openChats,
      // A chat that now belongs to another body is that one's.
      ...current.chats.filter(({ body, conversation }) => left.has(body) && !taken.has(conversation)),
    ],
  };
  return onDay(merged, today);
}

/** An office that a leader has given to somebody is nobody else’s. */
function withoutTakenOffice(member: Member, kept: readonly Member[]): Member {
  const { office, ...rest } = member;
  const isTaken = kept.some((one) => one.body === member.body && one.office === office && !one.removed);
  return office && isTaken ? rest : member;
}

const isSame = (one: Seat, other: Seat): boolean => one.body === other.body && one.id === other.id;

function mergedSeats(current: Directory, file: Directory, left: ReadonlySet<BodyId>, today: string): Seat[] {
  const storedOf = (seat: Seat): Seat | undefined => current.seats.find((one) => isSame(one, seat));
  const over = (holder: Holder): Holder[] => (lastDay(holder) < today ? [holder] : endedOn(holder, dayBefore(today)));
  const kept = file.seats.map((seat): Seat => {
    const { setBy, holders } = storedOf(seat) ?? { setBy: 'file', holders: [] };
    if (setBy === 'leader') return { ...seat, setBy, holders };
    const others = holders.filter((holder) => !seat.holders.some((wanted) => isTheSame(holder, wanted, today)));
    return { ...seat, holders: others.flatMap(over) };
  });
  // Of a body that the file lacks all stays.
  const gone = current.seats
    .filter((seat) => !file.seats.some((listed) => isSame(listed, seat)))
    .map(
      (seat): Seat =>
        left.has(seat.body) ? seat : { ...seat, holders: seat.holders.flatMap(over), setBy: 'file', closed: true },
    );
  let seats = [...kept, ...gone];
  for (const seat of file.seats) {
    const { setBy, holders } = storedOf(seat) ?? { setBy: 'file', holders: [] };
    for (const wanted of setBy === 'file' ? seat.holders : []) {
      const from = wanted.from ?? holders.find((holder) => isTheSame(holder, wanted, today))?.from ?? null;
      seats = withHolder(seats, seat, { ...wanted, from }, today);
    }
  }
  return seats;
}

/** Somebody’s time that is not over, and what the file says of it. */
function isTheSame(holder: Holder, wanted: Holder, today: string): boolean {
  const isTheirs = holder.person === wanted.person && holder.as === wanted.as;
  return isTheirs && lastDay(holder) >= today && overlap(holder, wanted);
}

/** With what the file says of somebody, as far as it touches neither what has been nor what a leader has decided. */
function withHolder(seats: Seat[], seat: Seat, wanted: Holder, today: string): Seat[] {
  const others = seats
    .filter(({ body }) => body === seat.body)
    .flatMap((one) =>
      one.holders.filter(({ person, as }) => person === wanted.person || (isSame(one, seat) && as === wanted.as)),
    );
  let next = wanted;
  for (const other of others.toSorted(byTime)) {
    if (!overlap(next, other)) continue;
    if (firstDay(other) > today) next = { ...next, to: dayBefore(firstDay(other)) };
    else if (lastDay(next) <= lastDay(other)) return seats;
    else next = { ...next, from: dayAfter(lastDay(other)) };
  }
  const { from, to } = next;
  if (from !== null && to !== null && from > to) return seats;
  return seats.map((one) => (isSame(one, seat) ? { ...one, holders: [...one.holders, next].toSorted(byTime) } : one));
}
