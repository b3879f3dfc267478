import type { Directory } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { askedIn, invitedTo, substitutesOf } from './invited.ts';
import { type Meeting, type Poll, type PollOption, type Vote, votes } from './model.ts';
import { beginOf, byStart } from './repeat.ts';

/** How the times of a poll stand by what has been answered. */

/** How one time of a poll stands. */
export interface TimeStanding {
  option: PollOption;
  count: Readonly<Record<Vote | 'silent', number>>;
  coverage: Coverage;
  /** Everybody who was to answer has said no. */
  declined: boolean;
  /** Everybody who is invited has said that it suits, or their substitute has. */
  suitsAll: boolean;
}

export function standingsOf(meeting: Meeting, { options, votes: given }: Poll, directory: Directory): TimeStanding[] {
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
      coverage: coverageOf(meeting, can, invited, directory),
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

/** Those of them who have said something, themselves or through a substitute, and not all. */
export function partlyIn(meeting: Meeting, poll: Poll, directory: Directory): PersonId[] {
  const { options, votes: given } = poll;
  const hasBegun = (person: PersonId): boolean => options.some(({ id }) => given[person]?.[id] !== undefined);
  return silentIn(meeting, poll, directory).filter((person) =>
    [person, ...substitutesOf(meeting, person, directory)].some(hasBegun),
  );
}

/** Answers are taken. */
export function isOpen({ deadline }: Pick<Poll, 'deadline'>, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(deadline), now) >= 0;
}

/** A poll as it can be answered now: with the times that are to come; once none is, with all of them. */
export function answerable(poll: Poll, zone: string, now: Temporal.Instant): Poll {
  const ahead = poll.options.filter((option) => Temporal.Instant.compare(beginOf(option, zone), now) > 0);
  return ahead.length > 0 ? { ...poll, options: ahead } : poll;
}

/** The best of the times that are possible and still to come: the most who can, then the fewest ifs, then the earliest. */
export function bestOf(standings: readonly TimeStanding[], zone: string, now: Temporal.Instant): TimeStanding | null {
  const possible = standings.filter(
    ({ option, coverage }) => coverage.met && Temporal.Instant.compare(beginOf(option, zone), now) > 0,
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
