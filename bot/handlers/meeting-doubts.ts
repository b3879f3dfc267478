import { z } from 'zod';
import type { Form } from '../../src/cards/form.ts';
import { doubtsText } from '../../src/meetings/cards/doubts-card.ts';
import type { MeetingScene } from '../../src/meetings/cards/words-card.ts';
import type { Doubt } from '../../src/meetings/doubts.ts';
import type { Slot } from '../../src/meetings/model.ts';
import { fingerprintOf } from '../../src/shared/fingerprint.ts';

/** What a form carries once it has said what speaks against it. */
export const despite = z.string().max(20);

/** The form again, to say what speaks against it; null when nothing does, or only what `known` says was weighed. */
export function inDoubt(
  doubts: readonly Doubt[],
  known: string | null,
  scene: MeetingScene,
): Omit<Form, 'values'> | null {
  const name = nameOfAll(doubts);
  if (doubts.length === 0 || name === known) return null;
  return { errors: {}, refused: { reason: doubtsText(doubts, scene), final: false }, despite: name };
}

/** Short, and another for every other reason: what was weighed once is not asked again, and something new is. */
export function nameOfAll(doubts: readonly Doubt[], missing: string | null = null): string {
  const timeOf = ({ start, minutes }: Slot) => [start, minutes];
  const reasons = doubts.map((doubt) => [
    doubt.is,
    timeOf(doubt.slot),
    ...(doubt.is === 'busy' ? [doubt.person, timeOf(doubt.at)] : []),
  ]);
  return fingerprintOf([reasons, missing]);
}
