import { plain } from '../../src/cards/elements.ts';
import type { FormValues } from '../../src/cards/form.ts';
import { type Body, bodyOfChat, teamByCode } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { kindsIn, mayPropose } from '../../src/meetings/rights.ts';
import type { SaidBody } from '../../src/meetings/say/say-bodies.ts';
import { AppError } from '../../src/shared/errors.ts';
import { parseReference } from '../../src/shared/ids.ts';
import type { Press } from './verb.ts';

/** For which bodies somebody may plan a meeting, and which of them is meant. */
export function createPlannableBodies(directory: Pick<DirectoryService, 'require'>) {
  /** Errors: `directory.leadersOnly` for who plans for nobody. */
  function bodiesOf({ actor }: Press): readonly [Body, ...Body[]] {
    const [first, ...others] = directory.require(actor.tenant).bodies.filter((body) => mayPropose(body, actor));
    if (!first) throw new AppError('directory.leadersOnly');
    return [first, ...others];
  }

  /** Those that are meant. Errors: `directory.leadersOnly`; `meeting.notOfBody` (`body`, in words) and `directory.notAMember` of who is not of the one, or of none of them. */
  function requireBodies(press: Press, isMeant: (body: Body) => boolean): readonly [Body, ...Body[]] {
    const { tenant, memberships } = press.actor;
    const [first, ...others] = bodiesOf(press).filter(isMeant);
    if (first) return [first, ...others];
    const meant = directory.require(tenant).bodies.filter(isMeant);
    if (meant.some(({ id }) => memberships.some(({ body }) => body === id)))
      throw new AppError('directory.leadersOnly');
    const [one] = meant;
    if (!one || meant.length > 1) throw new AppError('directory.notAMember');
    throw new AppError('meeting.notOfBody', { body: plain(one.name, press.texts) });
  }

  /**
   * With the body for which something is planned: the one that was named, the only one of its kind, the team of the case, or
   * that of the chat; without one when it is to be asked. Errors: as of `requireBodies`.
   */
  function withBody(press: Press, { body, group }: SaidBody, values: FormValues): FormValues {
    const holds = (one: Body): boolean => kindsIn(one.kind).some((kind) => kind === (values.kind ?? 'meeting'));
    const bodies = requireBodies(press, (one) => (body ? one.id === body : group ? one.kind === group : holds(one)));
    const region = directory.require(press.actor.tenant);
    const team = teamByCode(region, parseReference(values.subject ?? '')?.code ?? '');
    const sought = team ?? bodyOfChat(region, press.reference.conversation);
    const [first, ...others] = bodies;
    const found = others.length === 0 ? first : bodies.find(({ id }) => id === sought?.id);
    return found ? { ...values, body: found.id } : values;
  }

  return { bodiesOf, requireBodies, withBody };
}
