import { newDelivery } from '../delivery/model.ts';
import { type Directory, presentMembers } from '../directory/model.ts';
import { toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { BodyId } from '../shared/ids.ts';
import type { Template } from './model.ts';
import type { ChecklistParts } from './service.ts';
import { newChecklist } from './started.ts';
import { type Bell, bellKey, checklistKey, checklistLogPartition, type StoredChecklist } from './stored.ts';

/** Makes the documents of a list, and of the bell that reminds of it. */
export interface Beginning {
  /** The bell of a body, which knows all who are there when it is hung up. */
  bellOf(region: Directory, body: BodyId): Promise<Bell>;
  /** The list that is begun, or the one that is there already. */
  begin(
    region: Directory,
    place: Pick<StoredChecklist, 'body' | 'id' | 'person'>,
    template: Pick<Template, 'title' | 'blocks'>,
    who: string,
  ): Promise<StoredChecklist>;
}

export function createBeginning({ lists, bells, courier, audit, clock }: ChecklistParts): Beginning {
  const today = ({ policy }: Directory): Temporal.PlainDate =>
    clock.now().toZonedDateTimeISO(policy.timeZone).toPlainDate();

  async function bellOf(region: Directory, body: BodyId): Promise<Bell> {
    const bell: Bell = {
      tenant: region.tenant,
      body,
      toldOn: today(region).toString(),
      known: presentMembers(region, body).map(({ person }) => person),
      delivery: newDelivery(clock.now()),
    };
    const key = bellKey(bell);
    const known = await bells.lastKnown(key);
    if (known) return known;
    try {
      await bells.create(key, bell);
      courier.settle('checklistBell', key);
      return bell;
    } catch (error) {
      const theirs = isAppError(error, 'store.exists') ? await bells.get(key) : null;
      if (!theirs) throw error;
      return theirs;
    }
  }

  return {
    bellOf,

    async begin(region, place, template, who) {
      // The bell first: no list is ever without one.
      await bellOf(region, place.body);
      const now = clock.now();
      const fresh = newChecklist({ ...place, tenant: region.tenant }, template, now, today(region));
      const entry = { what: 'checklist.start', why: 'checklist', at: toStored(now), who };
      const list = { ...fresh, ledger: audit.append(checklistLogPartition(fresh), fresh.ledger, entry) };
      const key = checklistKey(list);
      try {
        await lists.create(key, list);
        courier.settle('checklist', key);
        return list;
      } catch (error) {
        const theirs = isAppError(error, 'store.exists') ? await lists.get(key) : null;
        if (!theirs) throw error;
        return theirs;
      }
    },
  };
}
