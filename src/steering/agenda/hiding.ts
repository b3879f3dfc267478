import type { Actor } from '../../shared/actor.ts';
import type { Aggregates } from '../../storage/aggregates.ts';
import { recordOf } from '../meeting/proceedings.ts';
import type { FollowUp } from '../model.ts';
import { isOpenAgain, requireItem } from '../standing.ts';
import { type SittingRef, type StoredSitting, sittingKey } from '../stored.ts';
import { nothing, type Scene, type Transition } from '../transition.ts';
import { sameMatter } from './carried.ts';
import { hide as hiddenIn } from './decide.ts';

/** What is confidential at one meeting is so at every one to which the matter was carried, or from which it came. */
export interface HidingParts {
  sittings: Pick<Aggregates<StoredSitting>, 'get'>;
  /** Changes a sitting, with what happened in its log. */
  change(actor: Actor, ref: SittingRef, decided: (sitting: StoredSitting) => Transition): Promise<StoredSitting>;
  sceneOf(actor: Actor): Scene;
}

export function createHiding({ sittings, change, sceneOf }: HidingParts) {
  /** What this item has become is so at the other meetings. */
  async function hide(actor: Actor, sitting: StoredSitting, id: string): Promise<void> {
    const item = requireItem(sitting, id);
    const { tenant, body, followedBy } = sitting;
    if (item.carried === null && followedBy === undefined && !isOpenAgain(sitting)) return;
    for (const other of await sameMatter(sitting, item, (one) => sittings.get(sittingKey({ tenant, body, id: one })))) {
      await change(actor, other.sitting, (stored) => hiddenIn(stored, other.item.id, sceneOf(actor)));
      await hideLeft(actor, other.sitting, other.item.id);
    }
    await hideLeft(actor, sitting, id);
  }

  /** Later agendas know of what it has left to do that it is of something confidential, also those that are settled. */
  async function hideLeft(actor: Actor, { tenant, body, id, proceedings }: StoredSitting, item: string): Promise<void> {
    const left = new Set(recordOf(proceedings ?? { records: {} }, item).actions.map((action) => action.id));
    if (left.size === 0) return;
    const isOf = (one: FollowUp): boolean => one.sitting === id && left.has(one.id) && one.confidential !== true;
    for (let next = Number(id) + 1; ; next += 1) {
      const ref = { body, id: String(next) };
      const later = await sittings.get(sittingKey({ ...ref, tenant }));
      if (!later) return;
      if (!later.followUps.some(isOf)) continue;
      await change(actor, ref, (stored) =>
        nothing({
          ...stored,
          followUps: stored.followUps.map((one) => (isOf(one) ? { ...one, confidential: true } : one)),
        }),
      );
    }
  }

  /** What became confidential at the meeting before, while the agenda was begun, is so on it. */
  async function inBegun(actor: Actor, made: StoredSitting, last: StoredSitting | undefined): Promise<StoredSitting> {
    const before = last && (await sittings.get(sittingKey(last)));
    const secret = new Set((before?.items ?? []).flatMap(({ id, confidential }) => (confidential ? [id] : [])));
    const open = made.items.filter(({ carried, confidential }) => carried && !confidential && secret.has(carried.item));
    let next = made;
    for (const { id } of open) next = await change(actor, made, (stored) => hiddenIn(stored, id, sceneOf(actor)));
    return next;
  }

  return { hide, inBegun };
}
