import { AppError } from '../src/shared/errors.ts';

/** What whoever starts the bot or a tool can do about it; `{…}` is a parameter of the error. */
const advice: Readonly<Record<string, string>> = {
  'store.locked': 'The data is in use by another process: stop that one first, or set DATA_DIR to another folder.',
  'store.newerSchema': 'The data was written by a newer release of Ankarbot: start that one.',
  'store.absent': 'There is no store: {file} does not exist. Set DATA_DIR to the folder that holds ankarbot.db.',
  'sealed.noKeys':
    'There are no keys: set DATA_KEYS to those that belong to this data. (Without it they are read from {file}, which does not exist.)',
  'sealed.wrongKeys':
    'The keys (DATA_KEYS, or data-keys in DATA_DIR) do not open what is stored: {missing} is missing, or is another key than before. Nothing was changed: put back the keys that belong to this data, all of them, the newest first.',
  'sealed.wrongOldest':
    'The last of the keys (DATA_KEYS, or data-keys in DATA_DIR) is not the one that was the last before. Nothing was changed: put back the keys that belong to this data, in their order.',
  'transfer.exists': '{file} is there already or cannot be made: nothing was written. Name another file.',
  'transfer.nothing':
    'The store holds nothing, so nothing was written. Is this the store that you mean (STORE, DATA_DIR, COSMOS_ENDPOINT)?',
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

/** What the reason of a `store.unavailable` at the start asks for: a status of Azure Cosmos DB, or a code. */
const storeAdvice: Readonly<Record<string, string>> = {
  401: 'Azure Cosmos DB does not accept the key: COSMOS_KEY is not one of COSMOS_ENDPOINT’s account, or the account takes no keys and COSMOS_KEY is to be empty.',
  403: 'Azure Cosmos DB lets us in and allows nothing: give the identity the role "Cosmos DB Built-in Data Contributor" on the database, and see whether the account’s firewall lets this machine in.',
  404: 'The account has no database "ankarbot" with a container "documents": deploy them, or run npm run cosmos:provision once with COSMOS_KEY.',
  ENOTFOUND: 'Nobody has the host name of COSMOS_ENDPOINT: correct it.',
  EAI_AGAIN: 'The host name of COSMOS_ENDPOINT could not be looked up: is there a network?',
  ETIMEDOUT:
    'Azure Cosmos DB did not answer: is COSMOS_ENDPOINT right, and does the network let this machine reach it?',
  AggregateAuthenticationError:
    'There is no identity to sign in to Azure Cosmos DB with: set AZURE_CLIENT_ID to that of the host’s identity, or COSMOS_KEY.',
};

/** The first reason in the chain of causes: the status or code that it carries, else its kind. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error instanceof AppError && error.cause !== undefined) return reasonOf(error.cause);
  const detail: unknown = Reflect.get(error, 'errstr') ?? Reflect.get(error, 'code');
  return typeof detail === 'string' || typeof detail === 'number' ? String(detail) : error.name;
}

function storeProblem(error: unknown): string {
  const reason = reasonOf(error);
  const what = storeAdvice[reason] ?? 'Is it there, and may this process reach, read and write it?';
  return `The store cannot be opened (${reason}). ${what} Nothing was changed.`;
}

/** Why the process cannot start or go on, in one sentence and with what to do. */
export function startProblem(error: unknown): string {
  if (error instanceof AppError) {
    const { code, params } = error;
    if (code === 'store.unavailable') return storeProblem(error);
    return advice[code]?.replace(/\{(\w+)\}/g, (_, name) => String(params[name])) ?? code;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken: stop what uses it, or set PORT to another one.`;
  }
  return error instanceof Error ? error.message : String(error);
}
