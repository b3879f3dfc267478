import type { Courier } from '../../delivery/courier.ts';
import { bodyOf, type Directory } from '../../directory/model.ts';
import type { DirectoryService } from '../../directory/service.ts';
import type { BodyHolding } from '../../meetings/model.ts';
import type { Actor } from '../../shared/actor.ts';
import { type Clock, dateIn, toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { BodyId, TenantId } from '../../shared/ids.ts';
import { type Aggregates, madeOnce } from '../../storage/aggregates.ts';
import type { Sealer } from '../../storage/envelope.ts';
import type { Item, Mark } from '../model.ts';
import { isFinished } from '../standing.ts';
import { type StoredSitting, sittingKey, sittingKind } from '../stored.ts';
import type { Transition } from '../transition.ts';
import { mattersOf, newSitting, type SeasonPolicy, withMatters } from './begun.ts';
import { withLeft } from './carried.ts';
import type { createHiding } from './hiding.ts';
import { attached, notHeldIn } from './holding.ts';

/** The next agenda of a body: what it begins with, and that the one before it knows of it. */
export interface BeginningParts {
  sittings: Aggregates<StoredSitting>;
  /** What a body meets for, by date: what is not over yet. */
  holdingsOf(tenant: TenantId, body: BodyId): Promise<BodyHolding[]>;
  sealer: Sealer;
  directory: Pick<DirectoryService, 'require'>;
  courier: Pick<Courier, 'settle'>;
  policy: SeasonPolicy;
  clock: Clock;
  hiding: Pick<ReturnType<typeof createHiding>, 'inBegun'>;
  logged(stored: StoredSitting, transition: Transition, who: Mark['by']): StoredSitting;
}

export function createBeginning(parts: BeginningParts) {
  const { sittings, holdingsOf, sealer, directory, courier, policy, clock, hiding, logged } = parts;

  /** What is brought up by the year; only a steering group approves plans and reports [S3]. */
  function matters(region: Directory, sitting: StoredSitting, earlier: readonly StoredSitting[]): readonly Item[] {
    if (bodyOf(region, sitting.body)?.kind !== 'steering') return sitting.items;
    const now = clock.now();
    const { timeZone } = region.policy;
    const date = dateIn(timeZone, sitting.holding ? Temporal.Instant.from(sitting.holding.begins) : now);
    // What nobody was ever sent has not been before them.
    const sent = earlier.filter((one) => one.sent !== null);
    const known = sent.flatMap(({ items }) => items.filter(({ state }) => state.is === 'accepted'));
    return withMatters(sitting.items, mattersOf(date, policy), known, { by: 'ankarbot', at: toStored(now) });
  }

  /** The newest of the body knows that another agenda follows it before there is one, and what it leaves is what it is then. */
  async function lastOf(earlier: readonly StoredSitting[], id: string): Promise<readonly StoredSitting[]> {
    const [newest, ...others] = earlier;
    if (!newest) return [];
    const last = await sittings.change(sittingKey(newest), (stored) => {
      if (!isFinished(stored, clock.now())) throw new AppError('store.conflict');
      return stored.followedBy === id ? stored : { ...stored, followedBy: id };
    });
    return [last, ...others];
  }

  /** The next one of the body, or the one that somebody else begins at this moment. */
  async function begin(actor: Actor, body: BodyId, known: readonly StoredSitting[]): Promise<StoredSitting> {
    const region = directory.require(actor.tenant);
    const now = clock.now();
    const id = String(Number(known[0]?.id ?? 0) + 1);
    const earlier = await lastOf(known, id);
    const [holding = null] = notHeldIn(earlier, await holdingsOf(actor.tenant, body));
    const begun = { by: actor.person, at: toStored(now) };
    const fresh: StoredSitting = { ...newSitting({ id, body }, null, begun, now), tenant: actor.tenant };
    const planned = holding ? { ...fresh, ...attached(fresh, [holding], now) } : fresh;
    const left = withLeft(sealer, planned, earlier, { by: 'ankarbot', at: toStored(now) });
    const whole = { ...left, items: matters(region, left, earlier) };
    const event = { what: 'agenda.begin', why: 'agenda' };
    const made = await madeOnce(sittings, sittingKey(whole), logged(whole, { sitting: whole, event }, actor.person));
    courier.settle(sittingKind, sittingKey(made));
    return hiding.inBegun(actor, made, earlier[0]);
  }

  return { matters, begin };
}
