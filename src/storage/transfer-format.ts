import { AppError } from '../shared/errors.ts';
import type { Document } from './port.ts';

const format = 'ankarbot-documents';
/** Goes up when an older release could not read the file any more. */
const version = 1;

/** The first line: which format it is, and what follows. */
export interface Header {
  format: typeof format;
  version: number;
  documents: number;
  kinds: Record<string, number>;
}

export function headerOf(counts: readonly (readonly [kind: string, count: number])[]): Header {
  const kinds = new Map<string, number>();
  for (const [kind, count] of counts) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  const documents = counts.reduce((sum, [, count]) => sum + count, 0);
  return { format, version, documents, kinds: Object.fromEntries([...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Errors: `transfer.notAnExport`, `transfer.newerFormat`. */
export function parseHeader(text: string): Header {
  const fields = parseFields(text);
  if (fields?.format !== format || typeof fields.version !== 'number' || typeof fields.documents !== 'number') {
    throw new AppError('transfer.notAnExport');
  }
  if (fields.version > version) throw new AppError('transfer.newerFormat', { found: fields.version, known: version });
  const kinds = Object.entries(fields.kinds ?? {}).map(([kind, count]) => [kind, Number(count)] as const);
  return { format, version, documents: fields.documents, kinds: Object.fromEntries(kinds) };
}

/** Errors: `transfer.brokenLine`. */
export function parseDocument(text: string, line: number): Document {
  const fields = parseFields(text);
  const { partition, id, kind, status, owner, at, wakeAt, data } = fields ?? {};
  const named = typeof partition === 'string' && typeof id === 'string' && typeof kind === 'string';
  if (!named || !isText(status) || !isText(owner) || !isText(at) || !isText(wakeAt) || data === undefined) {
    throw new AppError('transfer.brokenLine', { line });
  }
  return { partition, id, kind, status, owner, at, wakeAt, data };
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** Null for what is no JSON object. */
function parseFields(text: string): Partial<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
