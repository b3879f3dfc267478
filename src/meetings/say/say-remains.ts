import { foldInPlace } from '../../shared/normalise.ts';

/** A text that is understood piece by piece: what has been taken is gone, and what is left nobody has understood. */
export interface Remains {
  /** Takes what the pattern of folded text finds first. */
  take(pattern: RegExp): Taken | null;
  /** Takes these very words, and gives them as they were written. */
  takeWords(words: string): string | null;
  /** Puts plainer words where something was taken, at its {@link Taken.end}. */
  put(end: number, words: string): void;
  /** Whether it is found there, and where. */
  find(pattern: RegExp): RegExpExecArray | null;
  /** What is left, with {@link gap} where something was taken. */
  text(): string;
}

export interface Taken {
  groups: Readonly<Record<string, string | undefined>>;
  /** As it was written. */
  written: string;
  /** Where it ended; it is there for as long as nothing is put before it. */
  end: number;
}

/** Nobody writes it. It ends a phrase as a comma does. */
export const gap = '¦';
/** What ends a phrase. */
export const boundary = new RegExp(`[${gap},;:\\n]`);

export function createRemains(text: string): Remains {
  let written = text.replaceAll(gap, ' ');
  let folded = foldInPlace(written);

  function cut(whole: string, start: number, end: number): string {
    return whole.slice(0, start) + gap.padEnd(end - start) + whole.slice(end);
  }

  /** What was written there, without spaces around it. */
  function cutOut(start: number, end: number): string {
    const said = written.slice(start, end).trim();
    written = cut(written, start, end);
    folded = cut(folded, start, end);
    return said;
  }

  return {
    take(pattern) {
      const match = pattern.exec(folded);
      if (!match?.[0]) return null;
      const end = match.index + match[0].length;
      return { groups: match.groups ?? {}, written: cutOut(match.index, end), end };
    },
    takeWords(words) {
      const start = folded.indexOf(foldInPlace(words));
      return start < 0 ? null : cutOut(start, start + words.length);
    },
    put(end, words) {
      written = `${written.slice(0, end)} ${words}${written.slice(end)}`;
      folded = foldInPlace(written);
    },
    find: (pattern) => pattern.exec(folded),
    text: () => written,
  };
}
