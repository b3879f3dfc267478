import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { ProblemCode } from './input.ts';

/** What is wrong with what such a file says. */
export interface LineProblem {
  line: number;
  /** Dotted path, such as `blocks.0.items.2.text.fi`. */
  field: string;
  code: ProblemCode;
}

/** A YAML file that people write: what it holds, unread as yet, and the line of everything in it. */
export interface FileText {
  /** Why it is no YAML, with the line, in the parser's words; empty when it is. */
  broken: readonly { line: number; problem: string }[];
  value: unknown;
  /** The line of the deepest part on the path that exists in the file. */
  lineOf(path: readonly PropertyKey[]): number;
}

export function readFileText(source: string): FileText {
  const lines = new LineCounter();
  // Its warnings would go past the log to the console, and quote the file.
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'error' });
  // After the first line of its message the parser quotes the file.
  const broken = document.errors.map((error) => ({
    line: lines.linePos(error.pos[0]).line,
    problem: error.message.split('\n')[0] ?? '',
  }));
  const values = broken.length === 0 ? unfolded(document) : null;
  return {
    broken: values === null && broken.length === 0 ? [{ line: 1, problem: 'its aliases cannot be followed' }] : broken,
    value: values?.[0],
    lineOf: (path) => lineOf(document.contents, path, lines),
  };
}

/** Null when an alias leads nowhere or into itself, or all together unfold to more than anybody wrote. */
function unfolded(document: Document.Parsed): [unknown] | null {
  try {
    return [ofItsOwn(document.toJS())];
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * The same, with every text in memory of its own. V8 keeps what is cut out of a text as that one is, and a single letter
 * beyond Latin-1 makes all of a file two bytes wide: so would be each document and card that holds an id out of it, which
 * takes twice as long to write as JSON.
 */
function ofItsOwn(value: unknown): unknown {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

function lineOf(root: unknown, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: unknown = root;
  let offset = 0;
  for (const step of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(step, true) : undefined;
    if (!isNode(next)) break;
    node = next;
    offset = next.range?.[0] ?? offset;
  }
  return lines.linePos(offset).line;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}
