import type { ItemRecord, Proceedings, Sitting } from './model.ts';

/** Sittings as they were stored before chairs had a time, what was written of an item its links, and checkers a day. */
interface OlderProceedings extends Omit<Proceedings, 'chairs' | 'records'> {
  chair?: Proceedings['chairs'][number]['person'] | null;
  chairs?: Proceedings['chairs'];
  records: Readonly<Record<string, Omit<ItemRecord, 'chair'> & Partial<Pick<ItemRecord, 'chair'>>>>;
}

/** From schema 1 to 2. Links cannot be sealed here; they are as soon as the words of their item are written anew. */
export function withChairs<S extends Sitting>(sitting: S): S {
  const { items, proceedings, minutes } = sitting;
  return {
    ...sitting,
    items: items.map(withOpenLinks),
    proceedings: proceedings && inOffice(proceedings),
    minutes: minutes && {
      ...minutes,
      versions: minutes.versions.map((version) => ({
        ...version,
        checkers: version.checkers.map((checker) => ({ ...checker, asked: checker.asked ?? version.made.at })),
      })),
    },
  };
}

function withOpenLinks(item: Sitting['items'][number] & { links?: readonly string[] }): Sitting['items'][number] {
  const { links = [], ...rest } = item;
  return { ...rest, ...(links.length > 0 && { openLinks: links }) };
}

function inOffice({ chair = null, chairs, records, ...rest }: OlderProceedings): Proceedings {
  return {
    ...rest,
    chairs: chairs ?? (chair === null ? [] : [{ person: chair, from: null }]),
    records: Object.fromEntries(
      Object.entries(records).map(([item, record]) => [
        item,
        {
          ...record,
          chair: record.chair ?? null,
          actions: record.actions.map((action) => ({ ...action, handed: action.handed ?? null })),
        },
      ]),
    ),
  };
}
