import type { Parser, ParsingComponents } from 'chrono-node/en';

/**
 * The phrases that we read ourselves are parsers of chrono-node. It brings its own for Swedish and Finnish, but they
 * know neither `i morgon`, `kl` nor `till fredag`, take `övermorgon` for today, want every accent, ask the machine for
 * its time zone, and swap day and month of an impossible date. Ours read folded text, and report also what they find
 * but cannot be (31.2., 25:00), so that nobody reads a part of it as something else.
 */

/** Tags tell a result of ours, and what chrono's components cannot say. */
export const tags = {
  ours: 'ours',
  /** A weekday alone. */
  weekday: 'weekday',
  /** No one day, "3–5 december": each of them may exist. */
  several: 'several',
  /** Hours that may be a number of something, or in words: another that is said counts. */
  counting: 'counting',
  /** From an hour at which nobody meets to that of the afternoon. */
  moved: 'moved',
  /** Followed by the length as ISO 8601. */
  length: 'length/',
} as const;

export type Groups = Readonly<Record<string, string | undefined>>;

/** What does not begin or end within a longer word or number. */
function alone(source: string): RegExp {
  return new RegExp(`(?<![\\w/:-]|\\d\\.)(?:${source})(?![\\w/]|[.:-]\\d)`);
}

/** `read` must not return null: chrono would go on in the middle of the words. */
export function parser(
  source: string,
  read: (groups: Groups, components: ParsingComponents) => ParsingComponents,
): Parser {
  const pattern = alone(source);
  return {
    pattern: () => pattern,
    extract: (context, match) => read(match.groups ?? {}, context.createParsingComponents().addTag(tags.ours)),
  };
}

/** Days of which nobody can tell which one is meant. */
export function withSeveral(components: ParsingComponents): ParsingComponents {
  return withDate(components, null).addTag(tags.several);
}

/** Null is a date that cannot be. */
export function withDate(components: ParsingComponents, date: Temporal.PlainDate | null): ParsingComponents {
  const { year, month, day } = date ?? { year: 0, month: 0, day: 0 };
  return components.assign('year', year).assign('month', month).assign('day', day);
}

export function withTime(components: ParsingComponents, minuteOfDay: number): ParsingComponents {
  return components.assign('hour', Math.floor(minuteOfDay / 60)).assign('minute', minuteOfDay % 60);
}

export function withLength(components: ParsingComponents, minutes: number): ParsingComponents {
  return minutes > 0 ? components.addTag(`${tags.length}PT${minutes}M`) : components;
}
