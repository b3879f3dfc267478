import { emptyLedger } from '../audit/model.ts';
import { type Delivery, newDelivery, notify } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Checklist, Item, Owner, Template, TemplateItem } from './model.ts';
import { firstDue } from './recurrence.ts';
import type { StoredChecklist } from './stored.ts';

/** A list as it is when it is begun: nothing is done, and what recurs has its first date. */
export function newChecklist(
  place: { tenant: TenantId; body: BodyId; id: string; person: PersonId | null },
  { title, blocks }: Pick<Template, 'title' | 'blocks'>,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): StoredChecklist {
  const owners = place.person === null ? [] : [{ person: place.person, since: toStored(now) }];
  return {
    ...place,
    title,
    blocks: blocks.map((block) => ({
      ...block,
      items: block.items.map((item) => newItem(item, today, owners)),
      removed: null,
    })),
    startedAt: toStored(now),
    closed: null,
    day: today.toString(),
    ledger: emptyLedger,
    delivery: place.person === null ? newDelivery(now) : told(newDelivery(now), place.person, now),
  };
}

/** An induction whose person is here again: what nobody has is theirs, and they hear of it as at first. */
export function begunAgain(list: Checklist, person: PersonId, now: Temporal.Instant): Checklist {
  const owners = [{ person, since: toStored(now) }];
  const blocks = list.blocks.map((block) => ({
    ...block,
    items: block.items.map((item) => (item.owners.length === 0 ? { ...item, owners } : item)),
  }));
  return { ...list, blocks, delivery: told(list.delivery, person, now) };
}

/** Something in it is nobody's, as after its person has left. */
export function isUnowned({ blocks }: Pick<Checklist, 'blocks'>): boolean {
  return blocks.some(({ items }) => items.some(({ owners }) => owners.length === 0));
}

/** Nobody would look for what began by itself. */
function told(delivery: Delivery, to: PersonId, now: Temporal.Instant): Delivery {
  return notify(delivery, [{ key: 'begun', to, kind: 'begun' }], now);
}

export function newItem(template: TemplateItem, today: Temporal.PlainDate, owners: Owner[]): Item {
  return {
    ...template,
    owners,
    due: firstDue(template, today)?.toString() ?? null,
    note: null,
    link: null,
    state: { is: 'open' },
    step: 0,
    history: [],
    before: null,
    removed: null,
  };
}
