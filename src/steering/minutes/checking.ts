import { membersOf, nameOf } from '../../directory/model.ts';
import { toStored } from '../../shared/clock.ts';
import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Envelope } from '../../shared/sealed.ts';
import type { Checker, Minutes, MinutesVersion, Sitting } from '../model.ts';
import { keepersOf, requireKeeper } from '../rights.ts';
import { type MinutesNotice, markOf, nothing, type Scene, type Transition, told } from '../transition.ts';
import { approvalsIn, withApprovalsTold } from './approved.ts';
import {
  checkerOf,
  checkersFor,
  isCommented,
  latestOf,
  presentIn,
  requireAsRecorded,
  requireVersion,
  versionsOf,
} from './minutes.ts';
import { type Closed, recordPrint } from './snapshot.ts';

/** What becomes of minutes: a version is made, two check it, and it holds; a later one puts it right. */

/** Errors: `agenda.keepersOnly`, `sitting.notOpen`, `minutes.stillOpen`. */
export function requireClosed(sitting: Sitting, scene: Pick<Scene, 'actor' | 'directory'>): Closed {
  requireKeeper(sitting, scene.actor, scene.directory);
  const { proceedings } = sitting;
  if (!proceedings) throw new AppError('sitting.notOpen');
  if (!proceedings.closed) throw new AppError('minutes.stillOpen');
  return { ...sitting, proceedings: { ...proceedings, closed: proceedings.closed } };
}

/**
 * With a version under that number, drawn from `drawn`; nothing when there is one already. Errors: as of `requireClosed`, and
 * `form.overtaken` (the record is another one by now, or the version before holds), `minutes.newer` (somebody else has put right
 * the same version).
 */
export function withVersion(
  sitting: Sitting,
  of: { number: number; drawn: Sitting; paragraphs: Minutes['paragraphs']; corrects: boolean },
  scene: Scene,
): Transition {
  requireClosed(sitting, scene);
  const { number, drawn, paragraphs } = of;
  if (versionsOf(sitting).some((one) => one.number === number)) return nothing(sitting);
  const [newest, known] = [latestOf(sitting), latestOf(drawn)];
  // What somebody else puts right at the same time is not lost in this one.
  if (of.corrects && newest?.number !== known?.number) throw new AppError('minutes.newer');
  if (versionsOf(sitting).some((one) => one.number >= number)) return nothing(sitting);
  // What has come to hold meanwhile is not replaced: what it has put right stays beside what this one does.
  const isSame = newest?.final === known?.final && recordPrint(sitting) === recordPrint(drawn);
  if (!isSame) throw new AppError('form.overtaken');
  const version: MinutesVersion = {
    number,
    made: markOf(scene),
    record: recordPrint(sitting),
    checkers: [],
    final: null,
    approvals: approvalsIn(sitting),
  };
  return written(sitting, { paragraphs, versions: [...versionsOf(sitting), version] }, 'make', number);
}

export type CheckCommand =
  | { do: 'send'; number: number; checkers: readonly PersonId[] }
  /** Null approves. */
  | { do: 'answer'; number: number; comment: Envelope | null };

/**
 * Errors: `minutes.notFound`, `minutes.newer` (there is a later version), `agenda.keepersOnly`, `minutes.sent` (somebody
 * has found something to put right, so there is to be another version), `minutes.wrongCheckers` (`count`), `minutes.notAChecker`, `minutes.final`,
 * `minutes.overtaken` (to be sent and approved it says what is recorded; what is to be put right can be said all the same).
 */
export function check(sitting: Sitting, command: CheckCommand, scene: Scene): Transition {
  const version = requireVersion(sitting, command.number);
  if (version !== latestOf(sitting)) throw new AppError('minutes.newer');
  return command.do === 'send'
    ? send(sitting, version, command.checkers, scene)
    : answer(sitting, version, command.comment, scene);
}

function send(sitting: Sitting, version: MinutesVersion, people: readonly PersonId[], scene: Scene): Transition {
  requireKeeper(sitting, scene.actor, scene.directory);
  const { number } = version;
  const chosen = new Set(people);
  const known = version.checkers;
  if (known.length > 0 && known.every(({ person }) => chosen.has(person))) return nothing(sitting);
  if (version.final !== null) throw new AppError('minutes.final');
  if (isCommented(version)) throw new AppError('minutes.sent');
  requireAsRecorded(sitting, version);
  const { proceedings } = requireClosed(sitting, scene);
  const count = checkersFor(proceedings);
  const present = presentIn(proceedings);
  if (chosen.size !== count || !people.every((person) => present.includes(person)))
    throw new AppError('minutes.wrongCheckers', { count });
  // Who checks it already goes on; another takes the place of somebody who cannot.
  const asked = toStored(scene.now);
  const checkers = [...chosen].map((person): Checker => {
    return checkerOf(version, person) ?? { person, name: nameOf(scene.directory, person) ?? '', asked, answer: null };
  });
  const sent = changedVersion(sitting, { ...version, checkers }, 'send');
  const fresh = [...chosen].filter((person) => !checkerOf(version, person));
  return tellAll(sent, 'minutesCheck', fresh, number, scene);
}

function answer(sitting: Sitting, version: MinutesVersion, comment: Envelope | null, scene: Scene): Transition {
  const { actor, directory } = scene;
  const { number, checkers } = version;
  const own = checkerOf(version, actor.person);
  if (!own) throw new AppError('minutes.notAChecker');
  if (own.answer && own.answer.comment === comment) return nothing(sitting);
  if (version.final !== null) throw new AppError('minutes.final');
  if (!comment) requireAsRecorded(sitting, version);
  const at = toStored(scene.now);
  const next = checkers.map((one) => (one === own ? { ...one, answer: { at, comment } } : one));
  const isFinal = next.every((one) => one.answer) && !isCommented({ ...version, checkers: next });
  const answered = changedVersion(
    sitting,
    { ...version, checkers: next, final: isFinal ? at : null },
    comment ? 'comment' : 'approve',
  );
  const keepers = keepersOf(sitting.body, directory);
  if (comment) return tellAll(answered, 'minutesCommented', keepers, `${number}:${at}`, scene);
  if (!isFinal) return answered;
  const all = membersOf(directory, sitting.body).map(({ person }) => person);
  const final = { ...answered, sitting: withApprovalsTold(answered.sitting, version, scene) };
  return tellAll(final, 'minutesFinal', [...new Set([...all, ...keepers])], number, scene);
}

function changedVersion(sitting: Sitting, version: MinutesVersion, what: string): Transition {
  const { minutes } = sitting;
  if (!minutes) return nothing(sitting);
  const versions = minutes.versions.map((one) => (one.number === version.number ? version : one));
  return written(sitting, { ...minutes, versions }, what, version.number);
}

/** No card of the agenda shows anything of it, so none is drawn anew. */
function written(sitting: Sitting, minutes: Minutes, what: string, version: number): Transition {
  return {
    sitting: { ...sitting, minutes },
    event: { what: `minutes.${what}`, why: 'minutes', detail: { version } },
  };
}

function tellAll(
  { sitting, event }: Transition,
  kind: MinutesNotice,
  to: readonly PersonId[],
  occasion: number | string,
  { now }: Scene,
): Transition {
  return { sitting: told(sitting, kind, to, String(occasion), now), event };
}
