import { AppError } from '../src/shared/errors.ts';

/** What whoever starts the bot or a tool can do about it. */
const advice: Readonly<Record<string, string>> = {
  'store.locked': 'The data is in use by another process: stop that one first, or set DATA_DIR to another folder.',
  'store.newerSchema': 'The data was written by a newer release of Ankarbot: start that one.',
  'store.unavailable':
    'The store cannot be reached or read. Nothing was changed; try again, or restore it from a copy.',
  'sealed.wrongKeys':
    'The keys (DATA_KEYS, or data-keys in DATA_DIR) do not open what is stored. Nothing was changed: put back the keys that belong to this data.',
};

/** Why the process cannot start or go on, in one sentence and with what to do. */
export function startProblem(error: unknown): string {
  if (error instanceof AppError) return advice[error.code] ?? error.code;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken: stop what uses it, or set PORT to another one.`;
  }
  return error instanceof Error ? error.message : String(error);
}
