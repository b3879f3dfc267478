import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../src/checklists/model.ts';
import { readTemplate } from '../src/checklists/template-input.ts';

const shipped = join(import.meta.dirname, '../src/checklists/lists');

/** The checklists that ship, by the names of their files. Errors: one Error that lists every problem of a file with its line. */
export function readShippedLists(folder: string = shipped): Template[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const read = readTemplate(readFileSync(join(folder, name), 'utf8'), { ships: true });
      if (read.ok) return read.template;
      const problems = read.problems.map(({ line, field, code }) => `line ${line}, ${field}: ${code}`);
      throw new Error(`${name} is no checklist:\n  ${problems.join('\n  ')}`);
    });
}
