import { z } from 'zod';
import { type LineProblem, readFileText } from '../shared/file-input.ts';
import { asProblem, type ProblemCode, pathProblems } from '../shared/input.ts';
import { isHarmless } from '../shared/text-input.ts';
import { localisedText, monthFits, sourceText } from './input.ts';
import { idPattern, intervals, lengthLimits, listScopes, mostBlocks, mostItems, type Template } from './model.ts';

/** A checklist file: YAML → {@link Template}; every problem with its line. */

export type ReadTemplate = { ok: true; template: Template } | { ok: false; problems: LineProblem[] };

/** Characters of a file: 500 items in three languages fit. */
export const longestFile = 300_000;
const mostProblems = 20;

const id = z.string().max(lengthLimits.id).regex(idPattern).refine(isHarmless, asProblem('sensitive'));

const item = z.strictObject({
  id,
  text: localisedText(lengthLimits.text),
  source: sourceText.nullable().default(null),
  approval: z.boolean().default(false),
  every: z.enum(intervals).nullable().default(null),
  month: z.number().int().min(1).max(12).nullable().default(null),
});

const schema = z.strictObject({
  id,
  for: z.enum(listScopes),
  title: localisedText(lengthLimits.title),
  blocks: z
    .array(z.strictObject({ id, title: localisedText(lengthLimits.title), items: z.array(item).min(1) }))
    .min(1)
    .max(mostBlocks),
});

/** What means something beyond its shape, whatever else is wrong; what cannot be read counts as absent. */
const readable = z
  .object({
    blocks: z
      .array(
        z
          .object({
            id: z.string().optional().catch(undefined),
            items: z
              .array(
                z
                  .object({
                    id: z.string().optional().catch(undefined),
                    source: z.unknown().optional(),
                    every: z.enum(intervals).nullish().catch(undefined),
                    month: z.number().nullish().catch(undefined),
                  })
                  .catch({ source: null }),
              )
              .catch([]),
          })
          .catch({ items: [] }),
      )
      .catch([]),
  })
  .catch({ blocks: [] });

/** `ships`: each item of a list that comes with the product says where it is from. */
export function readTemplate(source: string, { ships }: { ships: boolean }): ReadTemplate {
  if (source.length > longestFile) return { ok: false, problems: [{ line: 1, field: '', code: 'tooLong' }] };
  const { broken, value, lineOf } = readFileText(source);
  if (broken.length > 0) {
    const problems = broken.map(({ line }): LineProblem => ({ line, field: '', code: 'notYaml' }));
    return { ok: false, problems: problems.slice(0, 1) };
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  const found = [...(parsed.error?.issues ?? []).flatMap(pathProblems), ...looseEnds(readable.parse(value), ships)];
  const problems = found.map(({ path, code }) => ({ line: lineOf(path), field: path.join('.'), code }));
  if (parsed.success && problems.length === 0) {
    return { ok: true, template: { ...parsed.data, lines: { id: lineOf(['id']), for: lineOf(['for']) } } };
  }
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line).slice(0, mostProblems) };
}

interface LooseEnd {
  path: (string | number)[];
  code: ProblemCode;
}

/** What the schema cannot say of each: ids that are there twice, and what goes with what. */
function looseEnds({ blocks }: z.infer<typeof readable>, ships: boolean): LooseEnd[] {
  const blockIds = new Set<string>();
  const itemIds = new Set<string>();
  const ends: LooseEnd[] = [];
  let count = 0;
  blocks.forEach((block, at) => {
    const path = ['blocks', at];
    if (isRepeated(blockIds, block.id)) ends.push({ path: [...path, 'id'], code: 'repeated' });
    block.items.forEach((one, index) => {
      const where = [...path, 'items', index];
      count += 1;
      if (count === mostItems + 1) ends.push({ path: where, code: 'tooLong' });
      if (isRepeated(itemIds, one.id)) ends.push({ path: [...where, 'id'], code: 'repeated' });
      if (!monthFits(one)) ends.push({ path: [...where, 'month'], code: 'monthWithoutYear' });
      if (ships && one.source === undefined) ends.push({ path: [...where, 'source'], code: 'required' });
    });
  });
  return ends;
}

function isRepeated(seen: Set<string>, name: string | undefined): boolean {
  if (name === undefined) return false;
  const again = seen.has(name);
  seen.add(name);
  return again;
}
