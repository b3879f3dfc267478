import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** One import of a file: what it names, as a path from the top of the repository if it is ours. */
export interface Import {
  /** `src/shared/ids.ts`, or the name of a package such as `zod` or `node:fs`. */
  target: string;
  ours: boolean;
  /** `import type`: gone at run time. */
  typeOnly: boolean;
  names: readonly string[];
}

export interface Source {
  /** Path from the top of the repository, with `/`. */
  file: string;
  text: string;
  /** The text without comments; strings and their quotes stay. */
  code: string;
  imports: readonly Import[];
}

/** Every source file below these folders, sorted by path. */
export function sourcesOf(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const code = withoutComments(text);
      return { file, text, code, imports: importsOf(file, code) };
    });
}

/** Block comments, and line comments that stand alone or after code. A `//` right after a colon is part of an address. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

const statement = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'/gm;
const dynamic = /(typeof\s+)?\bimport\('([^']+)'\)/g;

export function importsOf(file: string, code: string): Import[] {
  const resolve = (name: string, typeOnly: boolean, names: string[]): Import => {
    const ours = name.startsWith('.');
    return { target: ours ? normalize(join(dirname(file), name)).replaceAll('\\', '/') : name, ours, typeOnly, names };
  };
  const statements = code.matchAll(statement).map(([, type, clause = '', name = '']) => {
    const names = clause.replace(/[{}]/g, '').split(',');
    return resolve(
      name,
      type !== undefined,
      names.map((one) => one.trim().replace(/^type\s+/, '')),
    );
  });
  const dynamics = code.matchAll(dynamic).map(([, type, name = '']) => resolve(name, type !== undefined, []));
  return [...statements, ...dynamics];
}
