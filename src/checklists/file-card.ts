import { type Card, subtle } from '../cards/elements.ts';
import { type Form, field, formCard, namedProblems } from '../cards/form.ts';
import { textField } from '../cards/inputs.ts';
import type { LineProblem } from '../shared/file-input.ts';
import type { BodyId } from '../shared/ids.ts';
import { hiddenName, type ProblemCode } from '../shared/input.ts';
import type { Texts } from '../shared/text.ts';
import { longestField } from './editing-cards.ts';
import { intervals, lengthLimits, listScopes, longestPaste, mostBlocks, mostItems } from './model.ts';

/** A list from a YAML file. Nothing is chosen there, so what is wrong with the file is told as what to write. */

/** `problems`: what is wrong with the file that was sent in. */
export function fileForm(texts: Texts, body: BodyId, filled: Form, problems: readonly LineProblem[] = []): Card {
  const wrong = { errors: { file: fileProblemsText(problems, texts) }, wrong: problems.length };
  const form = problems.length > 0 ? { ...filled, ...wrong } : filled;
  return formCard(texts, form, {
    title: texts('checklist.file.title'),
    fields: [
      subtle(texts('checklist.file.lead', { limit: longestPaste })),
      ...textField({
        ...field(form, 'file'),
        label: texts('checklist.file.file'),
        multiline: true,
        maxLength: longestField,
      }),
    ],
    submit: { title: texts('checklist.own.submit'), verb: 'checklist.ownFile', data: { body } },
    cancel: { verb: 'checklist.list', data: { body } },
  });
}

export function fileProblemsText(problems: readonly LineProblem[], texts: Texts): string {
  return namedProblems(texts, problems, (problem) => {
    const { line, field, code } = problem;
    const name = nameOf(field);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    const said =
      kind && (misshapen.includes(code) || isNoMonth(name, code))
        ? texts(`checklist.file.expected.${kind}`, { values: valuesOf(kind, texts) })
        : otherwise(problem, texts);
    const shown = field.replace(hiddenName, texts('checklist.file.hiddenName'));
    return texts('checklist.file.problem', { place: [line, shown].filter(Boolean).join(' '), problem: said });
  });
}

type Kind = 'id' | 'for' | 'text' | 'approval' | 'every' | 'month' | 'blocks' | 'items';

/** Field → what is to stand there. */
const kinds: Readonly<Record<string, Kind>> = {
  id: 'id',
  for: 'for',
  title: 'text',
  text: 'text',
  approval: 'approval',
  every: 'every',
  month: 'month',
  blocks: 'blocks',
  items: 'items',
};

const misshapen: readonly ProblemCode[] = ['required', 'tooFew', 'unknownCode', 'invalid'];

/** A number that is too big comes as what is too long. */
function isNoMonth(name: string, code: ProblemCode): boolean {
  return name === 'month' && code === 'tooLong';
}

function valuesOf(kind: Kind, texts: Texts): string {
  // Inductions are no lists of a body.
  const values = kind === 'every' ? intervals : kind === 'for' ? listScopes.filter((scope) => scope !== 'person') : [];
  return new Intl.ListFormat(texts.language, { type: 'disjunction' }).format(values);
}

function otherwise({ field, code }: LineProblem, texts: Texts): string {
  const limit = field === '' ? longestPaste : limitOf(field);
  if (code !== 'tooLong' || limit !== undefined) return texts(`problem.${code}`, { limit: limit ?? '' });
  return texts('errors.checklist.tooMany', { limit: nameOf(field) === 'blocks' ? mostBlocks : mostItems });
}

/** The field itself, or the list of which it is a part. */
function nameOf(field: string): string {
  return field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
}

const limits: Readonly<Record<string, number>> = lengthLimits;

/** In characters; undefined for what is counted in items or blocks. */
function limitOf(field: string): number | undefined {
  const name = field.split('.').findLast((part) => Object.hasOwn(limits, part));
  return name === undefined ? undefined : limits[name];
}
