import { z } from 'zod';
import { personId } from '../../shared/ids.ts';
import { asProblem, type Parsed, parseWith } from '../../shared/input.ts';
import type { Language } from '../../shared/language.ts';
import { anyText, secureLink, shownLine } from '../../shared/text-input.ts';
import { itemKinds, limits, type TypedContent } from '../model.ts';

/** What people say of an item: unknown → validated. */

const isBlank = (value: unknown): boolean => value === undefined || (typeof value === 'string' && value.trim() === '');
const empty = (value: unknown): unknown => (isBlank(value) ? null : value);

const minutes = z.preprocess(
  empty,
  z
    .string()
    .trim()
    .refine((text) => /^\d{1,3}$/.test(text), asProblem('notMinutes'))
    .transform(Number)
    .pipe(z.number().refine((number) => number >= 1 && number <= limits.longest, asProblem('notMinutes')))
    .nullable(),
);

/** One address in a line. */
const links = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(/\s+/)
          .map((line) => line.trim())
          .filter(Boolean)
      : [],
  z
    .array(secureLink(limits.link))
    .refine((all) => all.length <= limits.links, asProblem('tooManyLinks', { limit: limits.links })),
);

/** Where a document lies that somebody has sent. */
export function parseDocumentLink(value: unknown): Parsed<string> {
  return parseWith(secureLink(limits.link), value);
}

/** `named`: it has a name already, in every language, as what every agenda has, so none needs to be given. */
export function parseItem(
  values: unknown,
  { language, named }: { language: Language; named: boolean },
): Parsed<TypedContent> {
  const title = shownLine(limits.title);
  const content = z
    .object({
      title: named
        ? z.preprocess((value) => (isBlank(value) ? undefined : value), title.optional())
        : z.preprocess((value) => value ?? '', title),
      background: anyText(limits.background),
      proposal: anyText(limits.proposal),
      kind: z.enum(itemKinds),
      presenter: z.preprocess(
        (value) => (value === 'nobody' ? null : empty(value)),
        z.string().max(60).transform(personId).nullable(),
      ),
      minutes,
      links,
      confidential: z.enum(['true', 'false']).transform((yes) => yes === 'true'),
    })
    .transform(
      ({ title: name = '', background, proposal, ...facts }): TypedContent => ({
        ...facts,
        language,
        typed: { title: name, background, proposal },
      }),
    );
  return parseWith(content, values);
}
