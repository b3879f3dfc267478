import { newDelivery, notify } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import type { Invited, Meeting, MeetingKind, Place, Plan } from './model.ts';
import { arranged } from './planning.ts';

/** What somebody has filled in and checked, and is to be sent. */
export interface Draft {
  body: BodyId;
  kind: MeetingKind;
  subject: CaseReference | null;
  title: string;
  place: Place;
  invited: Invited;
  plan: Plan;
}

/** A leader's draft is sent at once; a member's waits for one of `leaders`, who are asked. */
export function newMeeting(
  draft: Draft,
  {
    id,
    zone,
    by,
    mayPlan,
    leaders,
  }: { id: string; zone: string; by: PersonId; mayPlan: boolean; leaders: readonly PersonId[] },
  now: Temporal.Instant,
): Meeting {
  const { plan, ...rest } = draft;
  const at = toStored(now);
  const proposed: Meeting = {
    ...rest,
    id,
    zone,
    organiser: by,
    stage: { is: 'proposed', by, at, plan },
    over: false,
    lookedAt: at,
    news: { number: 0, what: 'invited', on: null, at, before: {}, spread: true },
    delivery: newDelivery(now),
  };
  if (mayPlan) return arranged(proposed, plan, { now });
  const asked = leaders.map((to) => ({ key: `proposed:${to}`, to, kind: 'proposed', stays: `proposed-${id}-${to}` }));
  return { ...proposed, delivery: notify(proposed.delivery, asked, now) };
}
