import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { renderTable } from './table.ts';

/** What is read of the `.cpuprofile` files that Node writes. */
const shape = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  /** Microseconds between a sample and the one before it. */
  timeDeltas: z.array(z.number()),
});

/** Of each profile in the folder, the functions that took most time themselves, in shares of the time that was not idle. */
export function renderProfiles(folder: string, functions = 25): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'));
  return files.map((file) => `${file}\n${renderHeaviest(join(folder, file), functions)}`).join('\n\n');
}

function renderHeaviest(file: string, functions: number): string {
  const { nodes, samples, timeDeltas } = shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || '(anonymous)'}${url && ` ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`}`,
    ]),
  );
  const own = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    own.set(name, (own.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
  own.delete('(idle)');
  const busy = own.values().reduce((sum, time) => sum + time, 0);
  const heaviest = [...own].sort(([, a], [, b]) => b - a).slice(0, functions);
  return renderTable(
    ['', 'share'],
    heaviest.map(([name, time]) => [name, `${((time / busy) * 100).toFixed(1)} %`]),
  );
}
