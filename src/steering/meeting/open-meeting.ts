import { dateIn } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { Item, ItemRecord, Proceedings, RecordCommand, Sitting } from '../model.ts';
import { numberOf, requireItem } from '../standing.ts';
import { changed, type Scene, type Transition } from '../transition.ts';
import { chairAt, inTwoSeats, quorumAt, recordOf, unsoundIn } from './proceedings.ts';

/** How something is recorded of a meeting that goes on, and what that needs. */

export type Open = Sitting & { proceedings: Proceedings };

/** An item that is dealt with, what is recorded of it, and how more is. */
export interface Dealing {
  sitting: Open;
  item: Item;
  before: ItemRecord;
  scene: Scene;
  /** `how`: {@link recorded} unless it is said. */
  write(changes: Partial<ItemRecord>, how?: typeof recorded): Transition;
}

export function dealingWith(
  sitting: Open,
  item: Item,
  what: RecordCommand['do'],
  scene: Scene,
  detail: Record<string, string> = {},
): Dealing {
  const { proceedings } = sitting;
  const before = recordOf(proceedings, item.id);
  return {
    ...{ sitting, item, before, scene },
    write(changes, how = recorded) {
      const records = { ...proceedings.records, [item.id]: { ...before, ...changes } };
      return how(sitting, { records }, what, scene, { item: item.id, ...detail });
    },
  };
}

export function recorded(
  sitting: Open,
  changes: Partial<Proceedings>,
  what: string,
  scene: Scene,
  detail?: Record<string, string>,
): Transition {
  const next = changed(
    sitting,
    { proceedings: { ...sitting.proceedings, ...changes } },
    `meeting.${what}`,
    scene,
    detail,
  );
  // The cards that people have of the agenda show that the meeting goes on, and nothing of what is recorded.
  return isSeen.has(what) ? next : { ...next, sitting: { ...next.sitting, delivery: sitting.delivery } };
}

const isSeen: ReadonlySet<string> = new Set(['close', 'reopen', 'undoOpening']);

/**
 * The same, where what was decided and voted before has to stay true.
 * Errors: `sitting.sitsElsewhere` (`person`), `sitting.wouldUndo` (`number`).
 */
export function soundly(
  sitting: Open,
  changes: Partial<Proceedings>,
  what: string,
  scene: Scene,
  detail?: Record<string, string>,
): Transition {
  const next: Open = { ...sitting, proceedings: { ...sitting.proceedings, ...changes } };
  requireOneSeat(next);
  const rule = scene.policy.quorum;
  // What did not hold before, by a rule that is newer than it, keeps nothing else from being put right.
  const before = new Set(unsoundIn(sitting, rule));
  const [unsound] = unsoundIn(next, rule).filter((id) => !before.has(id));
  if (unsound !== undefined)
    throw new AppError('sitting.wouldUndo', { number: numberOf(sitting, requireItem(sitting, unsound)) ?? 0 });
  return recorded(sitting, changes, what, scene, detail);
}

/** Errors: `sitting.sitsElsewhere` (`person`). */
export function requireOneSeat(sitting: Open): void {
  const person = inTwoSeats(sitting);
  if (person !== null) throw new AppError('sitting.sitsElsewhere', { person });
}

/**
 * The body can decide: enough are there, and somebody leads it.
 * Errors: `sitting.noQuorum` (`count`, `needed`), `sitting.noAuthority` (`count` more), `sitting.noMunicipality` (`count` more),
 * `sitting.noChair`.
 */
export function requireQuorate({ sitting, item, scene }: Dealing): void {
  const { lack, present, needed } = quorumAt(sitting, item.id, scene.policy.quorum);
  if (lack?.of === 'seats') throw new AppError('sitting.noQuorum', { count: present.length, needed });
  if (lack?.of === 'authority') throw new AppError('sitting.noAuthority', { count: lack.count });
  if (lack) throw new AppError('sitting.noMunicipality', { count: lack.count });
  if (chairAt(sitting, item.id) === null) throw new AppError('sitting.noChair');
}

/** On which it was opened, where the body is: ISO 8601 date. */
export function dayOf({ opened }: Proceedings, { directory }: Scene): string {
  return dateIn(directory.policy.timeZone, Temporal.Instant.from(opened.at)).toString();
}
