import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../src/checklists/model.ts';
import { readTemplate } from '../src/checklists/template-input.ts';

const shipped = join(import.meta.dirname, '../src/checklists/lists');

/** As they are offered to a body: how Anchor work begins, then what comes again, then what begins by itself. */
const order = [
  'startup',
  'agreement',
  'team-forming',
  'year',
  'team-leader',
  'management-team',
  'coordinating-manager',
  'induction-expert',
  'induction-manager',
];

/**
 * The checklists that ship, in an order that makes sense: read when somebody asks for the first time, for it takes a tenth of a
 * second that no start has to wait for. Errors: one Error that lists every problem of a file with its line.
 */
export function createShippedLists(folder: string = shipped): () => readonly Template[] {
  let lists: readonly Template[] | null = null;
  return () => {
    lists ??= readdirSync(folder).map(readList).sort(byOrder);
    return lists;
  };

  function byOrder(a: Template, b: Template): number {
    return order.indexOf(a.id) - order.indexOf(b.id);
  }

  function readList(name: string): Template {
    const read = readTemplate(readFileSync(join(folder, name), 'utf8'), { ships: true });
    if (read.ok) return read.template;
    const problems = read.problems.map(({ line, field, code }) => `line ${line}, ${field}: ${code}`);
    throw new Error(`${name} is no checklist:\n  ${problems.join('\n  ')}`);
  }
}
