import type { FieldProblem } from '../shared/input.ts';
import { withoutInvisible } from '../shared/normalise.ts';
import type { Texts } from '../shared/text.ts';
import { betweenMarks, cutMark, endsAsCut } from './cut.ts';
import {
  type ActionData,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  container,
  heading,
  submit,
  subtle,
  text,
} from './elements.ts';
import { errorId, type FieldState } from './inputs.ts';
import type { Verb } from './verbs.ts';

/** The one shape of every form: what was typed, what is wrong with it, and the card around its fields. */

/** What was typed, by the ids of the inputs; an input that is empty is not there. */
export type FormValues = Readonly<Record<string, string>>;

/** What is wrong with a field, by its code; or in the reader's words already, where they tell more than a code can. */
export type FormProblem = FieldProblem | { field: string; words: string };

export interface Form {
  values: FormValues;
  /** Input → what is wrong with it, in the reader's words. */
  errors: Readonly<Record<string, string>>;
  /** Input → what is missing in it, where nobody has sent the form yet: that is asked for, and is no mistake. */
  asked?: Readonly<Record<string, string>>;
  /** How many things are wrong where one input holds several; by default as many as there are inputs with an error. */
  wrong?: number;
  /** Something stands there without its end: where, as `cut.ts` marks it. Absent when all is whole. */
  cut?: string;
  /** Why the whole was not taken; `final`: nor can it be any more, so what was typed stands there to be copied. */
  refused?: { reason: string; final: boolean };
  /** What others have written since its sender saw it; said below why it was not taken. */
  newer?: readonly CardElement[];
  /** What speaks against it, by a name: sent in again it is done all the same, unless something else does by then. */
  despite?: string;
}

export const emptyForm: Form = { values: {}, errors: {} };

export const withNewer = (form: Form, newer: readonly CardElement[]): Form => ({ ...form, newer });

/** The inputs that are written in, each with how many characters it takes; in all others something is chosen. */
export type Limits = Readonly<Record<string, number>>;

/** What one input of the form shows: goes into `textField` or `choiceField`. */
export function field(form: Form, id: string): FieldState & { id: string } {
  const question = form.asked?.[id];
  return { id, value: form.values[id], error: form.errors[id], ...(question && { question }) };
}

/** What came with a press. */
export type FormInputs = Readonly<Record<string, string | undefined>>;

/** A form with what there is already. */
export function filledForm(inputs: FormInputs): Form {
  return { ...emptyForm, values: formValues(inputs) };
}

export function formValues(inputs: FormInputs): FormValues {
  return Object.fromEntries(Object.entries(inputs).flatMap(([id, value]) => (value ? [[id, value]] : [])));
}

/** The form again, with everything that was typed and what is wrong with it. */
export function formAgain(
  texts: Texts,
  values: FormValues,
  problems: readonly FormProblem[],
  limits: Limits,
  before = '',
): Form {
  const errors = Map.groupBy(problems, ({ field: path }) => path.split('.').at(-1) ?? path);
  const said = [...errors].map(([id, found]) => {
    const each = new Set(
      found.map((problem) => ('words' in problem ? problem.words : problemText(texts, problem, id, limits))),
    );
    return { id, each: [...each] };
  });
  return {
    ...shortened(values, limits, before),
    errors: Object.fromEntries(said.map(({ id, each }) => [id, namedProblems(texts, each, (text) => text)])),
    wrong: said.reduce((count, { each }) => count + each.length, 0),
  };
}

/** Of one field. */
const mostNamed = 8;

/** What is wrong with one field, and how much more there is that is not named: a matter of the next try. */
export function namedProblems<P>(texts: Texts, problems: readonly P[], say: (problem: P) => string): string {
  const more = problems.length - mostNamed;
  return [...problems.slice(0, mostNamed).map(say), ...(more > 0 ? [texts('form.more', { count: more })] : [])].join(
    '\n\n',
  );
}

/** In bytes, as JSON: so much of a card is one text's, beside what is wrong with it. */
const roomForText = 22_000;

/**
 * What was typed, to be shown again: what is too long for its field or for a card is cut, and the form says so. `before`:
 * where it was cut when it was shown last.
 */
export function shortened(values: FormValues, limits: Limits, before = ''): Pick<Form, 'values' | 'cut'> {
  const fields = Object.entries(values).map(([id, value]) => {
    const whole = withoutInvisible(value);
    const shown = beginningOf(whole, limits[id] ?? 500);
    return { id, shown, isCut: shown !== whole || endsAsCut(id, shown, before) };
  });
  const cut = fields.flatMap(({ id, shown, isCut }) => (isCut ? [cutMark(id, shown)] : [])).join(betweenMarks);
  return { values: Object.fromEntries(fields.map(({ id, shown }) => [id, shown])), ...(cut && { cut }) };
}

function beginningOf(text: string, limit: number): string {
  let beginning = text.slice(0, limit);
  for (let size = sizeOf(beginning); size > roomForText; size = sizeOf(beginning)) {
    beginning = beginning.slice(0, Math.floor((beginning.length * roomForText) / size));
  }
  // The cut may leave half a character.
  return withoutInvisible(beginning);
}

const sizeOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

export function problemText(
  texts: Texts,
  { code, line, limit: own }: Omit<FieldProblem, 'field'>,
  id: string,
  limits: Limits,
): string {
  const limit = own ?? (Object.hasOwn(limits, id) ? limits[id] : undefined);
  if (code === 'required' && limit === undefined) return texts('problem.choose');
  const problem = texts(`problem.${code}`, { limit: limit ?? '' });
  return line === undefined ? problem : texts('form.onLine', { line, problem });
}

export interface FormFrame {
  title: string;
  /** What it is about, such as a case; said above the title. */
  about?: string;
  /** What stands between the title and the buttons. */
  fields: CardElement[];
  /** The only primary button. */
  submit: { title: string; verb: Verb; data?: ActionData };
  /** Where one goes without sending anything; a form that has taken no card's place has none. */
  cancel?: { verb: Verb; data?: ActionData };
  /** Other things to do, between the two. */
  others?: CardAction[];
  /** Teams' dialogs know only `Action.Submit`, and have a way out of their own. */
  where?: 'chat' | 'dialog';
  /** Taller than a window: whoever presses at its end does not see its beginning, so what is wrong is said there too, and why it was not taken there alone. */
  tall?: boolean;
}

export function formCard(texts: Texts, form: Form, frame: FormFrame): Card {
  const { title, about, fields, tall = false } = frame;
  const { refused, newer = [], cut } = form;
  const fieldless = withoutField(form, fields);
  const wrong = (form.wrong ?? Object.keys(form.errors).length) - fieldless.length;
  const left = texts(cut ? 'form.cut' : 'form.nothingLost');
  const wrongs = [
    ...fieldless.map((error) => banner('warning', error)),
    ...(wrong > 0 ? [banner('attention', `${texts('form.problems', { count: wrong })} ${left}`)] : []),
    ...(cut && wrong <= 0 ? [banner('warning', left)] : []),
  ];
  const refusal = refused
    ? [banner('warning', refused.reason), ...(refused.final ? [subtle(texts('form.kept'))] : [])]
    : [];
  // Once in full, where whoever has pressed is.
  const above = refused && tall ? [banner('warning', texts('form.refusedBelow'))] : refusal;
  return card(texts, {
    speak: about ? `${about} · ${title}` : title,
    body: [
      // In one container, so that the fields keep their place whatever is said above them: see `withLine` in inputs.ts.
      container([
        ...(about ? [text(about, { size: 'Small', isSubtle: true })] : []),
        { ...heading(title), ...(about && { spacing: 'None' }) },
        ...above,
        ...wrongs,
        ...newer,
      ]),
      ...fields,
      ...(tall ? [...refusal, ...wrongs] : []),
    ],
    actions: actionsOf(texts, form, frame),
  });
}

/** What is wrong with a field that this form does not show, or not any more. */
function withoutField({ errors }: Form, fields: readonly CardElement[]): string[] {
  const drawn = Object.keys(errors).length > 0 ? JSON.stringify(fields) : '';
  return Object.entries(errors).flatMap(([id, error]) => (drawn.includes(`"${errorId(id)}"`) ? [] : [error]));
}

function actionsOf(
  texts: Texts,
  { refused, cut, despite }: Form,
  { submit: send, cancel, others = [], where }: FormFrame,
): CardAction[] {
  const data = { ...send.data, ...(cut && { cut }), ...(despite && { despite }) };
  if (where === 'dialog') return [submit(send.title, data)];
  const final = refused?.final === true;
  const away = texts(final ? 'actions.back' : 'form.cancel');
  return [
    ...(final ? [] : [button(send.title, send.verb, data, { primary: true })]),
    ...others,
    ...(cancel ? [button(away, cancel.verb, cancel.data, { withoutInputs: true })] : []),
  ];
}
