import { newDelivery, notify } from '../delivery/model.ts';
import { toStored } from '../shared/clock.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import { isBeingFound } from './cadence/cadence.ts';
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

/**
 * Whether a meeting is one of the proposals of which one person has so many at most: it waits for the leaders, or was sent to
 * them within a day, whatever has become of it but a meeting. Each is a message of its own, also when it is taken back.
 */
export function isProposalOf(
  meeting: Meeting,
  { by, to }: { by: PersonId; to: BodyId },
  now: Temporal.Instant,
): boolean {
  const { body, stage, organiser, news } = meeting;
  if (body !== to) return false;
  const isNew = news.at > toStored(now.subtract({ hours: 24 }));
  if (stage.is === 'proposed') return stage.by === by && (isNew || isBeingFound(meeting, now));
  // Nobody but the leaders was told of it.
  return stage.is === 'cancelled' && organiser === by && news.number === 0 && isNew;
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
