import {
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  container,
  sideBySide,
  subheading,
  subtle,
  text,
} from '../cards/elements.ts';
import { type Form, type FormValues, field, formCard, type Limits } from '../cards/form.ts';
import { type Choice, choiceField, textField } from '../cards/inputs.ts';
import type { Directory } from '../directory/model.ts';
import type { Texts } from '../shared/text.ts';
import { type CodeSet, codesOf, labelOf } from './codes.ts';
import { lengthLimits } from './input.ts';

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
/** The inputs that are written in. */
export const formLimits = {
  name: lengthLimits.name,
  birthYear: 4,
  guardianContact: lengthLimits.guardianContact,
  narrative: lengthLimits.narrative,
} as const satisfies Limits;

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

export interface WhichForm {
  /** One per form, so that pressing twice hands in once. */
  formId: string;
  where: 'chat' | 'dialog';
  /** It has taken no other card's place: once it is done with, its message becomes a line. */
  alone: boolean;
}

export function referralForm(
  texts: Texts,
  directory: Directory,
  form: Form,
  { formId, where, alone }: WhichForm,
): Card {
  const { language } = texts;
  const filled = { ...form, values: { urgency: 'normal', ...form.values } };
  const codes = (id: FormField & CodeSet): CardElement[] =>
    choiceField({
      ...field(filled, id),
      label: texts(`referral.form.${id}`),
      choices: choices(id, language),
      hint: texts(id === 'legalBasis' ? 'referral.form.legalBasisHint' : 'form.choose'),
    });
  const written = (id: keyof typeof formLimits, more: { hint?: string; multiline?: boolean } = {}): CardElement[] =>
    textField({ ...field(filled, id), label: texts(`referral.form.${id}`), maxLength: formLimits[id], ...more });
  const municipalities = directory.municipalities
    .map((municipality) => ({ title: municipality.name[language], value: municipality.id }))
    .sort((a, b) => a.title.localeCompare(b.title, language));
  return formCard(texts, form, {
    title: texts('referral.form.title'),
    fields: [
      subtle(texts('referral.form.lead')),
      sideBySide(
        choiceField({
          ...field(filled, 'municipality'),
          label: texts('referral.form.municipality'),
          choices: municipalities,
          hint: texts('form.choose'),
        }),
        codes('urgency'),
      ),
      sideBySide(codes('source'), codes('basis')),
      ...choiceField({
        ...field(filled, 'concerns'),
        label: texts('referral.form.concerns'),
        choices: choices('concern', language),
        hint: texts('form.chooseSeveral'),
        several: true,
      }),
      sideBySide(codes('ageBand'), codes('gender')),
      container(
        [
          subheading(texts('referral.form.youngPerson')),
          subtle(texts('referral.form.sealed')),
          sideBySide(written('name'), written('birthYear', { hint: texts('referral.form.birthYearHint') })),
          ...written('guardianContact'),
          ...written('narrative', { multiline: true }),
          ...codes('legalBasis'),
        ],
        { style: 'emphasis', spacing: 'Large' },
      ),
    ],
    submit: {
      title: texts('referral.form.submit'),
      verb: 'referral.submit',
      data: { formId, ...(alone && { alone: 1 }) },
    },
    cancel: alone ? { verb: 'referral.cancel', data: { formId } } : { verb: 'chat.welcome' },
    where,
    tall: true,
  });
}

/** What a referrer is told: the reference and whom to contact, and no more. */
export interface FormReceipt {
  reference: string;
  contact: string;
}

/** What is said, to whoever handed it in, once that is done. */
export function receiptCard(texts: Texts, receipt: FormReceipt, { where, alone }: Omit<WhichForm, 'formId'>): Card {
  const [received, contact] = receiptTexts(texts, receipt);
  return card(texts, {
    speak: received,
    body: [banner('good', received), text(contact)],
    actions: where === 'chat' ? [another(texts, alone)] : [],
  });
}

/** What the form's message becomes for everybody: a line that says what came of it, and leads to another one. */
export function closedForm(texts: Texts, receipt: FormReceipt | 'elsewhere' | null): Card {
  const line =
    receipt === null
      ? texts('referral.form.cancelled')
      : receipt === 'elsewhere'
        ? texts('referral.form.done')
        : receiptTexts(texts, receipt).join(' ');
  return card(texts, { speak: line, body: [text(line, { isSubtle: true })], actions: [another(texts, true)] });
}

function receiptTexts(texts: Texts, { reference, contact }: FormReceipt): [received: string, contact: string] {
  return [texts('referral.form.received', { reference }), texts('referral.form.receivedContact', { contact })];
}

function another(texts: Texts, alone: boolean): CardAction {
  return button(texts('referral.form.another'), 'referral.form', alone ? { alone: 1 } : {});
}

export function choices<Set extends CodeSet>(set: Set, language: Texts['language']): Choice[] {
  return codesOf(set).map((code) => ({ title: labelOf(set, code, language), value: code }));
}
