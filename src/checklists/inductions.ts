import {
  type Body,
  type BodyKind,
  bodyOf,
  type Directory,
  type KnownDirectory,
  presentMembers,
} from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { DocumentKey } from '../storage/port.ts';
import type { Beginning } from './beginning.ts';
import { byItself, freedOfLeavers } from './leaver.ts';
import type { ChecklistParts } from './service.ts';
import { begunAgain, isUnowned } from './started.ts';
import { checklistKey, type Roster, readLists, rosterKey, type StoredChecklist } from './stored.ts';
import { changed, type Transition } from './transition.ts';

/** Which induction a new member of a body gets; in a steering group nobody needs one. */
const inductions: Partial<Record<BodyKind, string>> = { team: 'induction-expert', management: 'induction-manager' };

/**
 * Inductions begin by themselves for who is new in a body, rest while their person does not belong to it, and go on when
 * they do again.
 */
export function createInductions(
  { lists, rosters, templates, directory, courier, audit, clock }: ChecklistParts,
  { begin, hangBell, rosterOf }: Beginning,
) {
  function inductionOf(tenant: TenantId, body: Body, person: PersonId) {
    const template = templates().find(({ id }) => id === inductions[body.kind]);
    if (!template) return null;
    const place = { body: body.id, id: `${template.id}~${person}`, person };
    return { template, place, key: checklistKey({ tenant, ...place }) };
  }

  async function induct(region: Directory, body: Body, person: PersonId): Promise<void> {
    const induction = inductionOf(region.tenant, body, person);
    if (!induction) return;
    await begin(region, induction.place, induction.template, 'ankarbot');
    await goOn(induction.key, person);
  }

  async function dismiss(region: Directory, body: Body, person: PersonId): Promise<void> {
    const induction = inductionOf(region.tenant, body, person);
    if (induction && (await lists.get(induction.key))) await rest(induction.key);
  }

  async function rest(key: DocumentKey): Promise<void> {
    await changeByItself(key, (list, now) =>
      list.closed
        ? { list, event: null }
        : changed(list, { closed: { by: 'ankarbot', at: toStored(now) } }, 'close', { now }),
    );
  }

  /** What a leader has closed stays closed, and goes on when they open it; what they have opened meanwhile goes on here. */
  async function goOn(key: DocumentKey, person: PersonId): Promise<void> {
    await changeByItself(key, (list, now) => {
      const goesOn = list.closed ? list.closed.by === 'ankarbot' : isUnowned(list);
      if (!goesOn) return { list, event: null };
      return changed(begunAgain(list, person, now), { closed: null }, list.closed ? 'reopen' : 'goOn', { now });
    });
  }

  async function changeByItself(
    key: DocumentKey,
    change: (list: StoredChecklist, now: Temporal.Instant) => Transition,
  ): Promise<void> {
    await lists.change(key, (list) => {
      const now = clock.now();
      return byItself(list, change(list, now), audit, now);
    });
    courier.settle('checklist', key);
  }

  async function freeAll(region: KnownDirectory, body: BodyId): Promise<void> {
    for (const list of await readLists(lists, region.tenant, body)) {
      const key = checklistKey(list);
      await lists.change(key, (stored) => freedOfLeavers(stored, region, audit, clock.now()));
      courier.settle('checklist', key);
    }
  }

  return {
    async attend(tenant: TenantId, id: BodyId): Promise<void> {
      const region = directory.require(tenant);
      const body = bodyOf(region, id);
      if (!body) return;
      await hangBell(region);
      const { known } = await rosterOf(region, id);
      const present = presentMembers(region, id).map(({ person }) => person);
      for (const person of present) if (!known.includes(person)) await induct(region, body, person);
      for (const person of known) if (!present.includes(person)) await dismiss(region, body, person);
      await rosters.change(rosterKey({ tenant, body: id }), (roster) => withKnown(roster, present));
      await freeAll(region, id);
    },
  };
}

/** The very same object when these are the people whom it knows. */
function withKnown(roster: Roster, known: PersonId[]): Roster {
  const same = known.length === roster.known.length && known.every((person) => roster.known.includes(person));
  return same ? roster : { ...roster, known };
}
