import { emptyLedger } from '../audit/model.ts';
import { newDelivery, notify } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { BodyId, PersonId, TenantId } from '../shared/ids.ts';
import type { Item, Owner, Template, TemplateItem } from './model.ts';
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
    // Nobody would look for what began by itself.
    delivery:
      place.person === null
        ? newDelivery(now)
        : notify(newDelivery(now), [{ key: 'begun', to: place.person, kind: 'begun' }], now),
  };
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
