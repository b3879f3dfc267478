import {
  type Body,
  type BodyKind,
  type Directory,
  isMember,
  leadersOf,
  membershipsOf,
  presentMembers,
} from '../directory/model.ts';
import { type Actor, leads, membershipIn } from '../shared/actor.ts';
import { type PersonId, personId } from '../shared/ids.ts';
import type { WorkingDays } from '../shared/working-time.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import {
  type Meeting,
  type MeetingKind,
  type Occurrence,
  type Poll,
  type PollOption,
  type Reply,
  type Schedule,
  type Vote,
  votes,
} from './model.ts';
import { beginOf, byStart, lastOf, nextOf, occurrencesOf } from './repeat.ts';

/** How a meeting stands, who may do what with it, and what it asks of whom; read off the meeting, and nothing changed. */

/** What tells whom a meeting asks. */
export type Inviting = Pick<Meeting, 'body' | 'subject' | 'invited'>;

/** Those who are asked: the members of its body, as they are now, and who was named beside them and may still read it. */
export function invitedTo(meeting: Inviting, directory: Directory): PersonId[] {
  const { body, invited } = meeting;
  const members = invited.everyone
    ? presentMembers(directory, body).flatMap(({ person, role }) => (role === 'substitute' ? [] : [person]))
    : [];
  return [...new Set([...members, ...invited.named.filter((person) => isTheirs(meeting, person, directory))])];
}

/** Those who stand in for a member: the substitutes of the same party. */
export function substitutesOf({ body }: Pick<Meeting, 'body'>, person: PersonId, directory: Directory): PersonId[] {
  const members = presentMembers(directory, body);
  const party = members.find((member) => member.person === person && member.role !== 'substitute')?.party;
  if (party === undefined) return [];
  return members.flatMap((member) => (member.role === 'substitute' && member.party === party ? [member.person] : []));
}

/** Those who may answer a poll: the invited, and in a steering group the substitutes too, whose parties they count for. */
export function askedIn(meeting: Inviting, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  if (!meeting.invited.everyone) return invited;
  return [...new Set([...invited, ...invited.flatMap((person) => substitutesOf(meeting, person, directory))])];
}

/** Those who are to come to one holding: the invited, and the substitutes of those who do not come themselves. */
export function expectedAt(meeting: Meeting, { on }: Pick<Occurrence, 'on'>, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  const replies = repliesAt(meeting, on);
  const inPlace = invited.filter((person) => replies[person]?.coming === 'substitute');
  return [...new Set([...invited, ...inPlace.flatMap((person) => substitutesOf(meeting, person, directory))])];
}

/** Everybody who may have come to one holding: also who has answered and is not invited any more. */
export function possibleAt(meeting: Meeting, on: string, directory: Directory): PersonId[] {
  const invited = invitedTo(meeting, directory);
  const substitutes = invited.flatMap((person) => substitutesOf(meeting, person, directory));
  return [...new Set([...invited, ...substitutes, ...Object.keys(repliesAt(meeting, on)).map(personId)])];
}

export function repliesAt(meeting: Meeting, on: string): Readonly<Record<PersonId, Reply>> {
  return scheduleOf(meeting)?.replies[on] ?? {};
}

export function scheduleOf({ stage }: Meeting): Schedule | null {
  return stage.is === 'planned' || stage.is === 'cancelled' ? stage.schedule : null;
}

/** Where one joins a holding over the net, as far as it has a Teams meeting of ours; null for none. */
export function joinLinkOf({ outlook }: Meeting, { number, place }: Occurrence): string | null {
  return (place.online && outlook?.[number]?.join) || null;
}

/** The holding of that name, or without one the next; null when there is none. */
export function occurrenceOf(
  meeting: Meeting,
  on: string | null,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): Occurrence | null {
  const schedule = scheduleOf(meeting);
  if (!schedule) return null;
  const all = occurrencesOf(schedule, meeting.place, calendar);
  return on === null ? nextOf(all, meeting.zone, now) : (all.find((one) => one.on === on) ?? null);
}

/** When it is held next, or was last, as the card of its case shows it: an ISO 8601 instant; null for not at all. */
export function momentForCase(
  { stage, place, zone }: Meeting,
  { calendar, now }: { calendar: WorkingDays; now: Temporal.Instant },
): string | null {
  if (stage.is !== 'planned') return null;
  const all = occurrencesOf(stage.schedule, place, calendar);
  const shown = nextOf(all, zone, now) ?? lastOf(all, zone, now);
  return shown && beginOf(shown, zone).toString();
}

/**
 * The members of its body see a meeting, and who was invited; one about a case its team alone, and a proposal its leaders and
 * who has made it.
 */
export function maySee({ body, subject, invited, stage }: Meeting, actor: Actor): boolean {
  const isOfBody = membershipIn(actor, body) !== null;
  if (stage.is === 'proposed') return leads(actor, body) || (isOfBody && stage.by === actor.person);
  return isOfBody || (subject === null && invited.named.includes(actor.person) && actor.memberships.length > 0);
}

/** The same of somebody who has pressed nothing. */
export function mayRead(meeting: Meeting, person: PersonId, directory: Directory): boolean {
  const { stage, body } = meeting;
  if (stage.is !== 'proposed') return isTheirs(meeting, person, directory);
  return leadersOf(directory, body).includes(person) || (stage.by === person && isMember(directory, body, person));
}

function isTheirs({ body, subject, invited }: Inviting, person: PersonId, directory: Directory): boolean {
  if (isMember(directory, body, person)) return true;
  return subject === null && invited.named.includes(person) && membershipsOf(directory, person).length > 0;
}

/** The leaders of its body plan a meeting, and who has a case plans the meetings about it. */
export function mayManage(meeting: Pick<Meeting, 'body' | 'organiser' | 'subject'>, actor: Actor): boolean {
  if (leads(actor, meeting.body)) return true;
  return meeting.subject !== null && meeting.organiser === actor.person && membershipIn(actor, meeting.body) !== null;
}

/** What a body of this kind meets for; the first is the usual. */
export function kindsIn(kind: BodyKind): readonly MeetingKind[] {
  switch (kind) {
    case 'team':
      return ['meeting', 'supervision', 'case'];
    case 'management':
      return ['meeting', 'seminar'];
    case 'steering':
      return ['meeting'];
  }
}

/** Leaders plan for their own bodies, and members propose in their team; nothing new is planned for a closed body. */
export function mayPropose({ id, kind, closed }: Body, actor: Actor): boolean {
  return !closed && (leads(actor, id) || (kind === 'team' && membershipIn(actor, id) !== null));
}

/** Who is told what becomes of it: who has it in hand, if they still may, else the leaders. */
export function managersOf(meeting: Pick<Meeting, 'body' | 'organiser' | 'subject'>, directory: Directory): PersonId[] {
  const leaders = leadersOf(directory, meeting.body);
  const { organiser } = meeting;
  const manages =
    leaders.includes(organiser) || (meeting.subject !== null && isMember(directory, meeting.body, organiser));
  return manages ? [organiser] : leaders;
}

/** How one time of a poll stands. */
export interface Standing {
  option: PollOption;
  count: Readonly<Record<Vote | 'silent', number>>;
  coverage: Coverage;
  /** Everybody who was to answer has said no. */
  declined: boolean;
  /** Everybody who is invited has said that it suits, or their substitute has. */
  suitsAll: boolean;
}

export function standingsOf(meeting: Meeting, { options, votes: given }: Poll, directory: Directory): Standing[] {
  const asked = askedIn(meeting, directory);
  const invited = invitedTo(meeting, directory);
  return options.map((option) => {
    const said = (person: PersonId): Vote | undefined => given[person]?.[option.id];
    const number = (vote: Vote): number => asked.filter((person) => said(person) === vote).length;
    const count = Object.fromEntries(votes.map((vote) => [vote, number(vote)])) as Record<Vote, number>;
    const can = new Set(asked.filter((person) => isPossible(said(person))));
    const isThere = (person: PersonId): boolean =>
      can.has(person) || substitutesOf(meeting, person, directory).some((substitute) => can.has(substitute));
    const silent = invited.filter((person) => !said(person)).length;
    return {
      option,
      count: { ...count, silent },
      coverage: coverageOf(meeting, can, meeting.invited.everyone ? invited : asked, directory),
      declined: can.size === 0 && invited.length > 0 && invited.every((person) => said(person) === 'no'),
      suitsAll: invited.length > 0 && invited.every(isThere),
    };
  });
}

const isPossible = (vote: Vote | undefined): boolean => vote === 'yes' || vote === 'ifNeedBe';

/** The invited who have said nothing of some time; who answers through a substitute has answered. */
export function silentIn(meeting: Meeting, { options, votes: given }: Poll, directory: Directory): PersonId[] {
  const hasAnswered = (person: PersonId): boolean => options.every(({ id }) => given[person]?.[id] !== undefined);
  return invitedTo(meeting, directory).filter(
    (person) => !hasAnswered(person) && !substitutesOf(meeting, person, directory).some(hasAnswered),
  );
}

/** A poll as it can be answered now: with the times that are to come; once none is, with all of them. */
export function answerable(poll: Poll, zone: string, now: Temporal.Instant): Poll {
  const ahead = poll.options.filter((option) => Temporal.Instant.compare(beginOf(option, zone), now) > 0);
  return ahead.length > 0 ? { ...poll, options: ahead } : poll;
}

/** The best of the times that are possible and still to come: the most who can, then the fewest ifs, then the earliest. */
export function bestOf(standings: readonly Standing[], zone: string, now: Temporal.Instant): Standing | null {
  const possible = standings.filter(
    ({ option, coverage, declined }) =>
      coverage.met && !declined && Temporal.Instant.compare(beginOf(option, zone), now) > 0,
  );
  return (
    possible.toSorted(
      (a, b) =>
        b.count.yes + b.count.ifNeedBe - (a.count.yes + a.count.ifNeedBe) ||
        a.count.ifNeedBe - b.count.ifNeedBe ||
        byStart(a.option, b.option),
    )[0] ?? null
  );
}
