import type { Profession } from '../shared/actor.ts';
import type { Assessment, Referral } from './model.ts';

/** Which profession may read which text of a case [design 4.3]. */

const guarded: ReadonlySet<string> = new Set(['social', 'health']);

/**
 * Text that social services or health care wrote stays from the police until a legal basis for the disclosure is
 * recorded [KHO:2021:13]; otherwise the team that the referral was handed to reads it. Who wrote it is told by the
 * source and by the profession of the one who handed it in: either is enough.
 */
export function mayReadNarrative(
  referral: Pick<Referral, 'source' | 'legalBasis' | 'origin'>,
  profession: Profession | null,
): boolean {
  if (profession !== 'police' || referral.legalBasis !== null) return true;
  const author = 'by' in referral.origin ? referral.origin.profession : null;
  return !guarded.has(referral.source) && !guarded.has(author ?? '');
}

/** A note belongs to its author's profession. */
export function mayReadNote(assessment: Assessment, profession: Profession | null): boolean {
  return assessment.profession === profession;
}
