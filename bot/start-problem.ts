import { AppError } from '../src/shared/errors.ts';

/** What whoever starts the bot or a tool can do about it; `{…}` is a parameter of the error. */
const advice: Readonly<Record<string, string>> = {
  'store.locked': 'The data is in use by another process: stop that one first, or set DATA_DIR to another folder.',
  'store.newerSchema': 'The data was written by a newer release of Ankarbot: start that one.',
  'store.unavailable':
    'The store cannot be reached or read. Nothing was changed; try again, or restore it from a copy.',
  'sealed.wrongKeys':
    'The keys (DATA_KEYS, or data-keys in DATA_DIR) do not open what is stored: {missing} is missing, or is another key than before. Nothing was changed: put back the keys that belong to this data, all of them, the newest first.',
  'sealed.wrongOldest':
    'The last of the keys (DATA_KEYS, or data-keys in DATA_DIR) is not the one that was the last before. Nothing was changed: put back the keys that belong to this data, in their order.',
  'transfer.exists': '{file} is there already or cannot be made: nothing was written. Name another file.',
  'transfer.changed':
    'Somebody wrote to the store while it was exported: {expected} documents were counted and {found} found. {file} was removed: stop the bot, then export again.',
  'transfer.unreadable': '{file} cannot be read. Nothing was written.',
  'transfer.notAnExport': 'The first line is not that of an export of Ankarbot. Nothing was written.',
  'transfer.newerFormat':
    'The file has format {found}, and this release knows {known}: import it with a newer release. Nothing was written.',
  'transfer.brokenLine': 'Line {line} is broken. Nothing was written; export again, or take another copy of the file.',
  'transfer.incomplete':
    'The file announces {expected} documents and holds {found}. Nothing was written; export again, or take another copy of the file.',
  'transfer.noKeys': 'The file does not tell which keys belong to it, so it is no whole export. Nothing was written.',
  'transfer.notEmpty':
    'The store holds something that is not in the file. Nothing was written: import into an empty store.',
};

/** Why the process cannot start or go on, in one sentence and with what to do. */
export function startProblem(error: unknown): string {
  if (error instanceof AppError) {
    const { code, params } = error;
    return advice[code]?.replace(/\{(\w+)\}/g, (_, name) => String(params[name])) ?? code;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken: stop what uses it, or set PORT to another one.`;
  }
  return error instanceof Error ? error.message : String(error);
}
