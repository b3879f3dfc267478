import {
  banner,
  button,
  type Card,
  type CardElement,
  card,
  container,
  heading,
  sideBySide,
  subheading,
  submit,
  subtle,
  text,
} from '../cards/elements.ts';
import { type Choice, choiceField, textField } from '../cards/inputs.ts';
import type { Directory } from '../directory/model.ts';
import type { Texts } from '../shared/text.ts';
import { type CodeSet, codesOf, labelOf } from './codes.ts';
import { type FieldProblem, lengthLimits, type ProblemCode } from './input.ts';

/** What was typed, by the ids of the form's inputs. */
export type FormValues = Readonly<Record<string, string>>;

/** The ids of the form's inputs, each the name of its field in an intake. */
export const formFields = [
  'municipality',
  'source',
  'basis',
  'concerns',
  'ageBand',
  'gender',
  'urgency',
  'name',
  'birthYear',
  'guardianContact',
  'narrative',
  'legalBasis',
] as const;
export type FormField = (typeof formFields)[number];
const ofYoungPerson = new Set<string>(['name', 'birthYear', 'guardianContact']);

export interface FormState {
  values: FormValues;
  problems: readonly FieldProblem[];
  /** One per form, so that pressing twice hands in once. */
  formId: string;
  /** Teams' dialogs know only `Action.Submit`; a card in a chat is answered through `Action.Execute`. */
  where: 'chat' | 'dialog';
}

/** What the inputs hold → the shape that `parseIntake` reads; an empty input counts as absent. */
export function toIntakeInput(values: FormValues): Record<string, unknown> {
  const value = (field: FormField): string | undefined => values[field]?.trim() || undefined;
  const birthYear = value('birthYear');
  return {
    municipality: value('municipality'),
    source: value('source'),
    basis: value('basis'),
    concerns: value('concerns')?.split(',', codesOf('concern').length + 1) ?? [],
    ageBand: value('ageBand'),
    gender: value('gender'),
    urgency: value('urgency'),
    legalBasis: value('legalBasis'),
    youngPerson: {
      name: value('name'),
      birthYear: birthYear === undefined ? undefined : /^\d{4}$/.test(birthYear) ? Number(birthYear) : Number.NaN,
      guardianContact: value('guardianContact'),
    },
    narrative: value('narrative'),
  };
}

export function referralForm(texts: Texts, directory: Directory, state: FormState): Card {
  const { values, problems, formId, where } = state;
  const { language } = texts;
  const field = (id: FormField) => {
    const path = ofYoungPerson.has(id) ? `youngPerson.${id}` : id;
    const problem = problems.find((candidate) => candidate.field === path);
    return {
      id,
      value: values[id] ?? (id === 'urgency' ? 'normal' : undefined),
      error: problem && problemText(texts, problem.code, id),
    };
  };
  const codes = (id: FormField & CodeSet): CardElement[] =>
    choiceField({
      ...field(id),
      label: texts(`form.${id}`),
      choices: choices(id, language),
      hint: texts(id === 'legalBasis' ? 'form.legalBasisHint' : 'form.choose'),
    });
  const municipalities = directory.municipalities
    .map((municipality) => ({ title: municipality.name[language], value: municipality.id }))
    .sort((a, b) => a.title.localeCompare(b.title, language));
  const body: CardElement[] = [
    container([
      heading(texts('form.title')),
      subtle(texts('form.lead')),
      ...(problems.length > 0 ? [banner('attention', texts('form.problems', { count: problems.length }))] : []),
    ]),
    sideBySide(
      choiceField({
        ...field('municipality'),
        label: texts('form.municipality'),
        choices: municipalities,
        hint: texts('form.choose'),
      }),
      codes('urgency'),
    ),
    sideBySide(codes('source'), codes('basis')),
    ...choiceField({
      ...field('concerns'),
      label: texts('form.concerns'),
      choices: choices('concern', language),
      hint: texts('form.chooseSeveral'),
      several: true,
    }),
    sideBySide(codes('ageBand'), codes('gender')),
    container(
      [
        subheading(texts('form.youngPerson')),
        subtle(texts('form.sealed')),
        sideBySide(
          textField({ ...field('name'), label: texts('form.name'), maxLength: lengthLimits.name }),
          textField({
            ...field('birthYear'),
            label: texts('form.birthYear'),
            hint: texts('form.birthYearHint'),
            maxLength: 4,
          }),
        ),
        ...textField({
          ...field('guardianContact'),
          label: texts('form.guardianContact'),
          maxLength: lengthLimits.guardianContact,
        }),
        ...textField({
          ...field('narrative'),
          label: texts('form.narrative'),
          multiline: true,
          maxLength: lengthLimits.narrative,
        }),
        ...codes('legalBasis'),
      ],
      { style: 'emphasis', spacing: 'Large' },
    ),
  ];
  return card(texts, {
    speak: texts('form.title'),
    body,
    actions:
      where === 'dialog'
        ? [submit(texts('form.submit'), { formId })]
        : [
            button(texts('form.submit'), 'referral.submit', { formId }, { primary: true }),
            button(texts('form.cancel'), 'chat.welcome', {}, { withoutInputs: true }),
          ],
  });
}

/** What is said once it is handed in: the reference and whom to contact, and no more. */
export function receiptCard(texts: Texts, receipt: { reference: string; contact: string }, again: boolean): Card {
  return card(texts, {
    speak: texts('form.received', { reference: receipt.reference }),
    body: [
      banner('good', texts('form.received', { reference: receipt.reference })),
      text(texts('form.receivedContact', { contact: receipt.contact })),
    ],
    actions: again ? [button(texts('form.another'), 'referral.form')] : [],
  });
}

export function choices<Set extends CodeSet>(set: Set, language: Texts['language']): Choice[] {
  return codesOf(set).map((code) => ({ title: labelOf(set, code, language), value: code }));
}

/** Fields to write in; in all others something is chosen. */
const typed: ReadonlySet<string> = new Set(['name', 'birthYear', 'guardianContact', 'narrative']);

export function problemText(texts: Texts, code: ProblemCode, field: string): string {
  if (code === 'tooLong' && field in lengthLimits) {
    return texts('problem.tooLong', { limit: lengthLimits[field as keyof typeof lengthLimits] });
  }
  if (code === 'required' && !typed.has(field)) return texts('problem.choose');
  return texts(`problem.${code}`, { limit: '' });
}
