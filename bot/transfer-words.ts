import { parseArgs } from 'node:util';
import type { Header } from '../src/storage/transfer-format.ts';

/** The file after `--to` or `--from`; null when there is none, or something else was said. */
export function fileNamed(words: readonly string[], option: 'to' | 'from'): string | null {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: { [option]: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  const named = values[option];
  return typeof named === 'string' && positionals.length === 0 && tokens.length === 1 ? named : null;
}

/** In words, such as `12 documents (2 chat, 10 referral)`. */
export function summaryOf({ documents, kinds }: Header): string {
  const each = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return `${documents} documents (${each.join(', ')})`;
}
