import { foldInPlace } from '../../shared/normalise.ts';

/** A text that is understood piece by piece: what has been taken is gone, and what is left nobody has understood. */
export interface Remains {
  /** Takes what the pattern of folded text finds first. */
  take(pattern: RegExp): Taken | null;
  /** Takes these very words, and gives them as they were written. */
  takeWords(words: string): string | null;
  /** Puts these very words out of sight: they are of the title, whatever they say. {@link restored} brings them back. */
  keep(words: string): void;
  /** A text made of what is left, with the words that were kept. */
  restored(text: string): string;
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

/** Of the private use of Unicode, where what is kept stood: a word that says nothing. */
const markOf = (index: number): string => String.fromCharCode(0xe000 + index);

export function createRemains(text: string): Remains {
  let written = text.replaceAll(gap, ' ');
  let folded = foldInPlace(written);
  const kept: string[] = [];

  /** What was written there, without spaces around it; `mark` stands there then. */
  function cutOut(start: number, end: number, mark = gap): string {
    const said = written.slice(start, end).trim();
    const cut = (whole: string): string => whole.slice(0, start) + mark.padEnd(end - start) + whole.slice(end);
    written = cut(written);
    folded = cut(folded);
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
    keep(words) {
      const start = written.indexOf(words);
      if (start >= 0) kept.push(cutOut(start, start + words.length, markOf(kept.length)));
    },
    restored: (said) => kept.reduce((whole, words, index) => whole.replace(markOf(index), () => words), said),
    put(end, words) {
      written = `${written.slice(0, end)} ${words}${written.slice(end)}`;
      folded = foldInPlace(written);
    },
    find: (pattern) => pattern.exec(folded),
    text: () => written,
  };
}
