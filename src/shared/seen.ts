import { AppError } from './errors.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * What somebody saw before they wrote, so short that the card of their form carries it: so nobody writes over what a
 * colleague has written meanwhile without having read it, and what they left alone stays as the colleague made it.
 */

/** What its sender saw of what they change; when that is not known, whatever stands there is written over. */
export interface Seen {
  seen?: string | undefined;
}

/** What a form is about: each part is changed as one. */
export type Parts = Readonly<Record<string, unknown>>;

const betweenParts = '-';

export function seenOf(parts: Parts): string {
  return Object.values(parts).map(fingerprintOf).join(betweenParts);
}

/** The fingerprint of each part as it was seen; null when that is not known: a form of before tells nothing of it, or of others. */
export function printsIn(seen: string | undefined, parts: Parts): Readonly<Record<string, string>> | null {
  const prints = seen?.split(betweenParts) ?? [];
  const names = Object.keys(parts);
  return prints.length === names.length ? Object.fromEntries(names.map((name, at) => [name, prints[at] ?? ''])) : null;
}

/** The parts that are other than what was seen; none when it is not known what was. */
export function changedSince(seen: string | undefined, parts: Parts): string[] {
  const before = printsIn(seen, parts);
  if (!before) return [];
  return Object.entries(parts).flatMap(([name, part]) => (before[name] === fingerprintOf(part) ? [] : [name]));
}

/** What somebody else has changed since it was seen, and the sender of `wanted` would make something else. */
export function overtaken(seen: string | undefined, wanted: Parts, now: Parts): string[] {
  const differing = changedSince(seenOf(now), wanted);
  return changedSince(seen, now).filter((name) => differing.includes(name));
}

/** Errors: `form.overtaken`. */
export function requireSeen(seen: string | undefined, wanted: Parts, now: Parts): void {
  if (overtaken(seen, wanted, now).length > 0) throw new AppError('form.overtaken');
}

/**
 * The same, of what may have been seen in several ways that say the same: as it stands, in fewer languages, or in a form of before.
 * A part that `wanted` leaves out is acted on as it was seen, whatever comes of it. Errors: `form.overtaken`.
 */
export function requireSeenAs(seen: string | undefined, wanted: Parts, forms: readonly Parts[]): void {
  const told = forms.filter((now) => printsIn(seen, now));
  const isOvertaken = (now: Parts): boolean =>
    changedSince(seen, now).some(
      (name) => !(name in wanted) || fingerprintOf(wanted[name]) !== fingerprintOf(now[name]),
    );
  if (told.length > 0 && told.every(isOvertaken)) throw new AppError('form.overtaken');
}

/** `now`, with what the sender of `wanted` has changed in it: all of it when it is not known what they saw. */
export function broughtIn<Of extends Parts>(seen: string | undefined, wanted: Of, now: Of): Of {
  if (!printsIn(seen, wanted)) return wanted;
  const mine = changedSince(seen, wanted);
  return { ...now, ...Object.fromEntries(Object.entries(wanted).filter(([name]) => mine.includes(name))) };
}

/** The same. Errors: `form.overtaken`. */
export function merged<Of extends Parts>(seen: string | undefined, wanted: Of, now: Of): Of {
  const parts = broughtIn(seen, wanted, now);
  requireSeen(seen, parts, now);
  return parts;
}
