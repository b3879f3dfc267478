import { type Directory, isMember, membershipsOf } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import { askedIn, expectedAt, invitedTo, substitutesOf } from '../invited.ts';
import type { Meeting } from '../model.ts';
import { silentIn } from '../poll-standing.ts';
import { managersOf, mayRead } from '../rights.ts';
import { repliesAt, scheduleOf } from '../standing.ts';
import type { NoticeKind } from '../transition.ts';

/** Those to whom the news of a meeting comes in private: whoever it concerns and does not read it in the chat. */
export function toTell(meeting: Meeting, readers: readonly PersonId[], directory: Directory): PersonId[] {
  return concerned(meeting, directory).filter((person) => !readers.includes(person));
}

/** Who was invited, and whoever comes in somebody's place; of a poll everybody who may answer. */
export function concerned(meeting: Meeting, directory: Directory): PersonId[] {
  if (meeting.stage.is === 'poll') return askedIn(meeting, directory);
  const invited = invitedTo(meeting, directory);
  const dates = Object.keys(scheduleOf(meeting)?.replies ?? {});
  const replaced = invited.filter((person) =>
    dates.some((on) => repliesAt(meeting, on)[person]?.coming === 'substitute'),
  );
  return [...new Set([...invited, ...replaced.flatMap((person) => substitutesOf(meeting, person, directory))])];
}

/** True for a notice, made earlier but not sent yet, of what has changed since, or that is none of the person's any more. */
export function isOvertaken(
  meeting: Meeting,
  { key, kind, to }: { key: string; kind: NoticeKind; to: PersonId },
  directory: Directory,
): boolean {
  if (kind === 'uninvited')
    return membershipsOf(directory, to).length === 0 || concerned(meeting, directory).includes(to);
  const belongs = isMember(directory, meeting.body, to) || meeting.invited.named.includes(to);
  if (!belongs || membershipsOf(directory, to).length === 0) return true;
  const { stage } = meeting;
  switch (kind) {
    case 'invitation':
      return (
        key !== `invitation:${meeting.news.number}:${to}` || (meeting.news.what === 'reminder' && isAway(meeting, to))
      );
    case 'proposed':
      return stage.is !== 'proposed' || !mayRead(meeting, to, directory);
    case 'pollReminder':
      return (
        stage.is !== 'poll' ||
        !askedIn(meeting, directory).includes(to) ||
        !silentIn(meeting, stage.poll, directory).includes(to)
      );
    case 'allAnswered':
    case 'pollOver':
      return stage.is !== 'poll' || !managersOf(meeting, directory).includes(to);
    case 'declined':
    case 'lapsed':
      return false;
    // Whoever they stand in for has changed their mind again before this was sent.
    case 'substitute':
      return stage.is !== 'planned' || !isExpected();
    case 'substituteFree':
      return stage.is !== 'planned' || isExpected();
    case 'reminder':
    case 'substituteOut':
    case 'wasHeld':
      return stage.is !== 'planned';
  }

  /** To the holding that its key names. */
  function isExpected(): boolean {
    const [, on = ''] = key.split(':');
    return expectedAt(meeting, { on }, directory).includes(to);
  }
}

/** Has said that they do not come to the holding that everybody is reminded of. */
function isAway(meeting: Meeting, person: PersonId): boolean {
  const coming = repliesAt(meeting, meeting.news.on ?? '')[person]?.coming;
  return coming === 'no' || coming === 'substitute';
}
