import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { AppError, isAppError } from '../shared/errors.ts';
import type { Sealer } from './envelope.ts';
import { isMark, type KeyMark, recognise } from './key-check.ts';
import type { Document, Query, Store, StoredDocument } from './port.ts';
import { type Header, headerOf, parseDocument, parseHeader } from './transfer-format.ts';

/**
 * Everything that a store holds, as a file of JSON Lines: a header, then one document a line, in an order that is the
 * same for every store. What is sealed stays sealed, and the mark by which the keys are recognised is among the documents.
 */

const pageLimit = 200;
/** Documents that are written at the same time. */
const atOnce = 16;

/**
 * Nobody else may write to the store meanwhile. What would not be whole is removed again. Errors: `transfer.exists`
 * (`file`), `transfer.nothing`, `transfer.changed` (`file`, `expected`, `found`): somebody wrote all the same, and those of
 * the store.
 */
export async function exportAll(store: Store, file: string): Promise<Header> {
  const target = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    throw new AppError('transfer.exists', { file }, { cause });
  });
  try {
    const groups = await store.groups();
    const counts = await Promise.all(groups.map(async (group) => [group.kind, await store.count(group)] as const));
    const header = headerOf(counts);
    if (header.documents === 0) throw new AppError('transfer.nothing');
    await target.appendFile(`${JSON.stringify(header)}\n`);
    let found = 0;
    for (const group of groups) {
      for await (const page of pagesOf(store, group)) {
        found += page.length;
        await target.appendFile(page.map(({ version: _, ...document }) => `${JSON.stringify(document)}\n`).join(''));
      }
    }
    // Only what the first line announces can be imported.
    const expected = header.documents;
    if (found !== expected) throw new AppError('transfer.changed', { file, expected, found });
    await target.sync();
    return header;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await target.close();
  }
}

async function* pagesOf(store: Store, group: Pick<Query, 'partition' | 'kind'>): AsyncGenerator<StoredDocument[]> {
  let continuation: string | undefined;
  do {
    const page = await store.query({ ...group, limit: pageLimit, ...(continuation && { continuation }) });
    yield page.documents;
    continuation = page.continuation;
  } while (continuation);
}

export interface Imported {
  header: Header;
  written: number;
  /** The very same documents had been there before, as after an import that was cut off. */
  present: number;
}

/**
 * The whole file is read and checked before anything is written.
 * Errors: `transfer.unreadable` (`file`), `transfer.notAnExport`, `transfer.newerFormat` (`found`, `known`),
 * `transfer.brokenLine` (`line`), `transfer.incomplete` (`found`, `expected`), `transfer.noKeys`, `transfer.notEmpty`,
 * those of `recognise`, and those of the store.
 */
export async function importAll(store: Store, file: string, sealer: Sealer): Promise<Imported> {
  const header = await check(store, file, sealer);
  let written = 0;
  let batch: Document[] = [];
  const flush = async (): Promise<void> => {
    const fresh = await Promise.all(batch.map((document) => createUnlessPresent(store, document)));
    written += fresh.filter(Boolean).length;
    batch = [];
  };
  for await (const document of documentsOf(file)) {
    batch.push(document);
    if (batch.length >= atOnce) await flush();
  }
  await flush();
  return { header, written, present: header.documents - written };
}

async function check(store: Store, file: string, sealer: Sealer): Promise<Header> {
  const header = await headerIn(file);
  const inStore = await countAll(store);
  const marks: KeyMark[] = [];
  let [found, present] = [0, 0];
  for await (const document of documentsOf(file)) {
    found += 1;
    if (isMark(document)) marks.push(document.data);
    if (inStore > 0 && (await isPresent(store, document))) present += 1;
  }
  if (found !== header.documents) throw new AppError('transfer.incomplete', { found, expected: header.documents });
  if (marks.length === 0) throw new AppError('transfer.noKeys');
  recognise(marks, sealer);
  if (present < inStore) throw new AppError('transfer.notEmpty');
  return header;
}

async function countAll(store: Store): Promise<number> {
  const counts = await Promise.all((await store.groups()).map((group) => store.count(group)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Errors: `transfer.notEmpty` when another document lies there. */
async function isPresent(store: Store, document: Document): Promise<boolean> {
  const stored = await store.get(document);
  if (!stored) return false;
  const { version: _, ...present } = stored;
  if (!isDeepStrictEqual(present, document)) throw new AppError('transfer.notEmpty');
  return true;
}

async function createUnlessPresent(store: Store, document: Document): Promise<boolean> {
  try {
    await store.create(document);
    return true;
  } catch (error) {
    if (!isAppError(error, 'store.exists') || !(await isPresent(store, document))) throw error;
    return false;
  }
}

async function headerIn(file: string): Promise<Header> {
  for await (const { text } of textLinesOf(file)) return parseHeader(text);
  throw new AppError('transfer.notAnExport');
}

async function* documentsOf(file: string): AsyncGenerator<Document> {
  for await (const { text, line } of textLinesOf(file)) if (line > 1) yield parseDocument(text, line);
}

/** Lines end with a line feed alone: other separators may stand in what was written. */
async function* textLinesOf(file: string): AsyncGenerator<{ text: string; line: number }> {
  let rest = '';
  let line = 0;
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const pieces = `${rest}${chunk}`.split('\n');
      rest = pieces.pop() ?? '';
      for (const text of pieces) yield { text, line: ++line };
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('transfer.unreadable', { file }, { cause });
  }
  // A line without an end was cut off.
  if (rest !== '') throw new AppError('transfer.brokenLine', { line: line + 1 });
}
