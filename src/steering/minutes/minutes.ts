import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import {
  type Checker,
  checkersNeeded,
  type MinutesVersion,
  type Proceedings,
  type Sitting,
  type Written,
} from '../model.ts';
import type { Reader } from '../rights.ts';
import { recordPrint, type Snapshot } from './snapshot.ts';

/** How minutes stand, and who may read what of them. */

/** `draft`: nobody has been asked to check it; `final`: all who check it have approved. */
export type MinutesState = 'draft' | 'checking' | 'final';

export function stateOf({ checkers, final }: MinutesVersion): MinutesState {
  if (final !== null) return 'final';
  return checkers.length > 0 ? 'checking' : 'draft';
}

type WithMinutes = Pick<Sitting, 'minutes'>;

export const versionsOf = ({ minutes }: WithMinutes): readonly MinutesVersion[] => minutes?.versions ?? [];

/** The newest, whether it is checked or not; null while there is none. */
export function latestOf(sitting: WithMinutes): MinutesVersion | null {
  return versionsOf(sitting).at(-1) ?? null;
}

export function checkerOf({ checkers }: MinutesVersion, person: PersonId): Checker | null {
  return checkers.find((one) => one.person === person) ?? null;
}

/** Those who are still to say whether it is true; nobody while it is not, or once it is put right by another version. */
export function silentCheckers(sitting: Drawn): readonly Checker[] {
  const version = latestOf(sitting);
  return !version || isCommented(version) || overtakenBy(sitting, version)
    ? []
    : version.checkers.filter(({ answer }) => answer === null);
}

/** Somebody has found something to put right, so this version will not become final as it is. */
export function isCommented({ checkers }: MinutesVersion): boolean {
  return checkers.some(({ answer }) => answer?.comment);
}

type Drawn = Pick<Sitting, 'items' | 'proceedings' | 'minutes'>;

/** What keeps a version that is not final from becoming so: the meeting is open again, or something else was recorded since; null for nothing. */
export function overtakenBy(sitting: Drawn, { record, final }: MinutesVersion): 'open' | 'changed' | null {
  if (final !== null) return null;
  if (sitting.proceedings?.closed === null) return 'open';
  return record === undefined || record === recordPrint(sitting) ? null : 'changed';
}

/** Errors: `minutes.overtaken`. */
export function requireAsRecorded(sitting: Drawn, version: MinutesVersion): void {
  if (overtakenBy(sitting, version) !== null) throw new AppError('minutes.overtaken');
}

/** `whole`: all there is; `extract`: without what is confidential. */
export type Extent = 'whole' | 'extract';

/**
 * Who keeps the record reads every version; who checks one that one, also once their time in the body is over; the seats
 * what is final, and everybody else in the directory that without what is confidential. Null for what they may not read.
 */
export function extentFor(version: MinutesVersion, reader: Reader, person: PersonId): Extent | null {
  if (reader.is === 'keeper') return 'whole';
  if (version.final === null) return checkerOf(version, person) ? 'whole' : null;
  return reader.is === 'member' ? 'whole' : 'extract';
}

/** The newest that this person may read; null for none. */
export function newestFor(sitting: WithMinutes, reader: Reader, person: PersonId): MinutesVersion | null {
  return versionsOf(sitting).findLast((version) => extentFor(version, reader, person) !== null) ?? null;
}

/** Errors: `minutes.notFound`. */
export function requireVersion(sitting: WithMinutes, number: number): MinutesVersion {
  const version = versionsOf(sitting).find((one) => one.number === number);
  if (!version) throw new AppError('minutes.notFound');
  return version;
}

/** Errors: `minutes.notFound` (also where they may not know that there is something to be checked), `minutes.notAChecker`. */
export function requireChecker(sitting: WithMinutes, number: number, person: PersonId, reader: Reader): Checker {
  const version = requireVersion(sitting, number);
  const own = checkerOf(version, person);
  if (own) return own;
  // To those of the body it is no secret.
  const isHidden = reader.is === 'other' && extentFor(version, reader, person) === null;
  throw new AppError(isHidden ? 'minutes.notFound' : 'minutes.notAChecker');
}

/** Those whom the item about it names, by their full names; it may be that nobody is. */
export function namedIn(texts: readonly Written[], people: readonly { person: PersonId; name: string }[]): PersonId[] {
  const said = texts
    .flatMap((one) => Object.values(one))
    .join('\n')
    .toLowerCase();
  return people.filter(({ name }) => said.includes(name.toLowerCase())).map(({ person }) => person);
}

/** What the form of who checks a version shows. */
export const checkerParts = (people: readonly PersonId[]) => ({ checkers: people.toSorted() });

/** What this version itself puts right, which can be worded anew until it is final; null for nothing. */
export function correctionIn(
  { corrections }: Pick<Snapshot, 'corrections'>,
  { number }: MinutesVersion,
): Written | null {
  return corrections.find((one) => one.number === number)?.text ?? null;
}

/** What a correction of this version words anew; empty where it holds, for then what is corrected is something else. */
export function rewordedAfter({ snapshot, version }: Pick<ReadMinutes, 'snapshot' | 'version'>): Written {
  return version.final === null ? (correctionIn(snapshot, version) ?? {}) : {};
}

/** Errors: `minutes.notFinal`: what is no correction, and does not hold yet, is made anew from what is recorded. */
export function requireCorrectable({ snapshot, version }: Pick<ReadMinutes, 'snapshot' | 'version'>): void {
  if (version.final === null && correctionIn(snapshot, version) === null) throw new AppError('minutes.notFinal');
}

/** Those of whom the checkers are chosen: everybody who was there at some time. */
export function presentIn({ presence }: Pick<Proceedings, 'presence'>): PersonId[] {
  return [...new Set(presence.map(({ person }) => person))];
}

export function checkersFor(proceedings: Pick<Proceedings, 'presence'>): number {
  return Math.min(checkersNeeded, presentIn(proceedings).length);
}

/** Minutes as somebody may read them. */
export interface ReadMinutes {
  sitting: Sitting;
  version: MinutesVersion;
  snapshot: Snapshot;
  extent: Extent;
  reader: Reader;
  person: PersonId;
  /** What the checkers want put right; nothing for those whom it does not concern. */
  comments: ReadonlyMap<PersonId, Written>;
}
