import { touch } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import { requireSeen, type Seen } from '../shared/seen.ts';
import type { Checklist, Item, Owner } from './model.ts';
import { ownerParts } from './seen.ts';
import { owns } from './standing.ts';
import { requireLeader, type Scene, stepped, type Transition, tell } from './transition.ts';
import { requireOpen } from './verdict.ts';

/** Who has an item: taken, given back, given out by a leader, or free again because somebody left. */

export function take(list: Checklist, item: Item, scene: Scene): Transition {
  const { person } = scene.actor;
  if (owns(item, person)) return { list, event: null };
  requireOpen(item);
  const [other] = item.owners;
  if (other) throw new AppError('checklist.takenBy', { person: other.person });
  return stepped(list, item, 'take', { owners: [{ person, since: toStored(scene.now) }] }, scene);
}

export function giveBack(list: Checklist, item: Item, scene: Scene): Transition {
  if (!owns(item, scene.actor.person)) return { list, event: null };
  requireOpen(item);
  const owners = item.owners.filter(({ person }) => person !== scene.actor.person);
  return stepped(list, item, 'giveBack', { owners }, scene);
}

/** Errors: `checklist.notAMember`; `form.overtaken`: others have it by now than its sender saw. */
export function assign(
  list: Checklist,
  item: Item,
  { to, seen }: { to: readonly PersonId[] } & Seen,
  scene: Scene,
): Transition {
  requireLeader(list, scene.actor);
  const wanted = [...new Set(to)];
  if (!wanted.every((person) => mayHave(list, person, scene))) throw new AppError('checklist.notAMember');
  const added = wanted.filter((person) => !owns(item, person));
  if (added.length === 0 && wanted.length === item.owners.length) return { list, event: null };
  requireOpen(item);
  const owners = wanted.map((person): Owner => {
    const known = item.owners.find((owner) => owner.person === person);
    if (known) return known;
    const by = person === scene.actor.person ? {} : { by: scene.actor.person };
    return { person, ...by, since: toStored(scene.now) };
  });
  requireSeen(seen, ownerParts({ owners }), ownerParts(item));
  const given = stepped(list, item, 'assign', { owners }, scene, { to: wanted.join(' ') || 'nobody' });
  return tell(given, 'assigned', item, added, scene);
}

/** Members alone, and in an induction only those whom it is shown to. */
export function mayHave(
  list: Pick<Checklist, 'person'>,
  person: PersonId,
  { isMember, leaders }: Pick<Scene, 'isMember' | 'leaders'>,
): boolean {
  if (!isMember(person)) return false;
  return list.person === null || list.person === person || leaders.includes(person);
}

/** Who has left has nothing any more. The very same object when all is well. */
export function withoutLeavers(list: Checklist, scene: Omit<Scene, 'actor'>): Transition {
  const left = new Set<PersonId>();
  const blocks = list.blocks.map((block) => ({ ...block, items: block.items.map(freed) }));
  if (left.size === 0) return { list, event: null };
  return {
    list: { ...list, blocks, delivery: touch(list.delivery, scene.now) },
    event: { what: 'checklist.leaver', why: 'checklist', detail: { persons: [...left].join(' ') } },
  };

  function freed(item: Item): Item {
    const keeps = (owner: Owner): boolean =>
      mayHave(list, owner.person, scene) || (!scene.isMember(owner.person) && !scene.hasLeft(owner));
    const owners = item.owners.filter((owner) => keeps(owner) || !left.add(owner.person));
    return owners.length === item.owners.length ? item : { ...item, owners };
  }
}
