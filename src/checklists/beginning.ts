import { hangBell as hangUp } from '../delivery/bell.ts';
import { newDelivery } from '../delivery/model.ts';
import { type Directory, presentMembers } from '../directory/model.ts';
import { dateIn, toStored } from '../shared/clock.ts';
import type { BodyId } from '../shared/ids.ts';
import { madeOnce } from '../storage/aggregates.ts';
import type { Template } from './model.ts';
import type { ChecklistParts } from './service.ts';
import { newChecklist } from './started.ts';
import {
  bellKey,
  bellKind,
  checklistKey,
  checklistLogPartition,
  type Roster,
  rosterKey,
  type StoredChecklist,
} from './stored.ts';

/** Makes the documents of a list, and what goes with them. */
export interface Beginning {
  /** Hangs up the bell of the region, if it does not hang there yet. */
  hangBell(region: Directory): Promise<void>;
  /** The roster of a body, which knows all who are there when it is begun. */
  rosterOf(region: Directory, body: BodyId): Promise<Roster>;
  /** The list that is begun, or the one that is there already. */
  begin(
    region: Directory,
    place: Pick<StoredChecklist, 'body' | 'id' | 'person'>,
    template: Pick<Template, 'title' | 'blocks'>,
    who: string,
  ): Promise<StoredChecklist>;
}

export function createBeginning({ lists, bells, rosters, courier, audit, clock }: ChecklistParts): Beginning {
  const today = ({ policy }: Directory): Temporal.PlainDate => dateIn(policy.timeZone, clock.now());

  async function hangBell(region: Directory): Promise<void> {
    const { tenant } = region;
    const fresh = { tenant, toldOn: today(region).toString(), led: null, delivery: newDelivery(clock.now()) };
    await hangUp(bells, bellKey({ tenant }), fresh, { kind: bellKind, courier });
  }

  return {
    hangBell,

    async rosterOf(region, body) {
      const { tenant } = region;
      const key = rosterKey({ tenant, body });
      const known = presentMembers(region, body).map(({ person }) => person);
      return (await rosters.lastKnown(key)) ?? madeOnce(rosters, key, { tenant, body, known });
    },

    async begin(region, place, template, who) {
      // The bell first: no list is ever without one.
      await hangBell(region);
      const now = clock.now();
      const fresh = newChecklist({ ...place, tenant: region.tenant }, template, now, today(region));
      const entry = { what: 'checklist.start', why: 'checklist', at: toStored(now), who };
      const list = { ...fresh, ledger: audit.append(checklistLogPartition(fresh), fresh.ledger, entry) };
      const key = checklistKey(list);
      const begun = await madeOnce(lists, key, list);
      courier.settle('checklist', key);
      return begun;
    },
  };
}
