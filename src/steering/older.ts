import type { ItemRecord, Proceedings, RecordedSeat, Sitting } from './model.ts';

/** Sittings as they were stored before chairs had a time, what was written of an item its links, and checkers a day. */
interface OlderProceedings extends Omit<Proceedings, 'chairs' | 'records' | 'seats' | 'secretary'> {
  seats: readonly (Omit<RecordedSeat, 'members'> & Partial<Pick<RecordedSeat, 'members'>>)[];
  secretary?: Proceedings['secretary'];
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

function inOffice({ chair = null, chairs, records, seats, secretary = null, ...rest }: OlderProceedings): Proceedings {
  const ended = rest.ended ?? rest.closed?.at;
  return {
    ...rest,
    ...(ended !== undefined && { ended }),
    secretary,
    // The member came first where there was one.
    seats: seats.map((seat) => ({ ...seat, members: seat.members ?? seat.holders.slice(0, 1) })),
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
