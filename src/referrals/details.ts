import type { Profession } from '../shared/actor.ts';
import { isNamed } from '../shared/names.ts';
import { withoutEscapes } from '../shared/normalise.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { Assessment, Identity } from './model.ts';
import { mayReadNarrative, mayReadNote } from './reading.ts';
import type { StoredReferral } from './stored.ts';

/** What one person may read of a case. It exists only on its way to that person. */
export interface Details {
  identity: Identity;
  /** `withheld`: there is a text, but this profession may not read it without a legal basis. */
  narrative: { state: 'none' | 'withheld' } | { state: 'open'; text: string };
  notes: { assessment: Assessment; text: string }[];
  /** Notes of other professions, which are not shown. */
  notesWithheld: number;
}

/** Binds sealed data to its place, so that it does not open anywhere else. */
export function contextOf(referral: Pick<StoredReferral, 'tenant' | 'reference'>, field: string): string {
  return `${referral.tenant}|referral|${referral.reference}|${field}`;
}

export function openDetails(sealer: Sealer, referral: StoredReferral, profession: Profession | null): Details {
  const written = referral.assessments.flatMap((assessment) => (assessment.note ? [assessment] : []));
  const readable = written.filter((assessment) => mayReadNote(assessment, profession));
  return {
    identity: sealer.open<Identity>(referral.identity, contextOf(referral, 'identity')),
    narrative: openNarrative(sealer, referral, profession),
    notes: readable.flatMap((assessment) =>
      assessment.note
        ? [{ assessment, text: sealer.open<string>(assessment.note, contextOf(referral, `note:${assessment.by}`)) }]
        : [],
    ),
    notesWithheld: written.length - readable.length,
  };
}

/** Whether the text names the young person, or may well do; also in the escapes of a link. */
export function namesPerson(sealer: Sealer, referral: StoredReferral, text: string): boolean {
  const { name } = sealer.open<Identity>(referral.identity, contextOf(referral, 'identity'));
  return isNamed(name, text) || isNamed(name, withoutEscapes(text));
}

function openNarrative(sealer: Sealer, referral: StoredReferral, profession: Profession | null): Details['narrative'] {
  if (!referral.narrative) return { state: 'none' };
  if (!mayReadNarrative(referral, profession)) return { state: 'withheld' };
  return { state: 'open', text: sealer.open<string>(referral.narrative, contextOf(referral, 'narrative')) };
}
