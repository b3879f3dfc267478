import type { IChoiceSetInput, IDateInput, ITextInput, ITimeInput } from '@microsoft/teams.cards';
import { type CardElement, container, text } from './elements.ts';

/** What a form knows of one field: the value to show again, what is wrong with it, and what is asked for there. */
export interface FieldState {
  value?: string | undefined;
  error?: string | undefined;
  question?: string | undefined;
}

export interface Choice {
  title: string;
  value: string;
}

interface FieldBase extends FieldState {
  id: string;
  label: string;
  /** Shown while the field is empty. */
  hint?: string;
}

/**
 * The field and, right below it, what is wrong with it: the value that was typed stays. Both stand in one container, so
 * that the fields after it keep their place: Teams' renderer takes a choice set at the same place for the same one, with
 * its old choices.
 */
function withLine(input: ITextInput | IChoiceSetInput | IDateInput | ITimeInput, state: FieldState): CardElement[] {
  return [container([input, ...lineBelow(input.id, state)])];
}

/** The id of the line that says what is wrong with an input. */
export const errorId = (input = ''): string => `${input}-error`;

/** What is wrong with a field, else what is asked for there; nothing when all is well. */
export function lineBelow(id: string | undefined, { error, question }: FieldState): CardElement[] {
  if (error) return [text(error, { color: 'Attention', weight: 'Bolder', spacing: 'None', id: errorId(id) })];
  if (question) return [text(question, { color: 'Accent', spacing: 'None', id: `${id}-question` })];
  return [];
}

export function textField(field: FieldBase & { multiline?: boolean; maxLength?: number }): CardElement[] {
  const input: ITextInput = {
    type: 'Input.Text',
    id: field.id,
    label: field.label,
    ...(field.hint && { placeholder: field.hint }),
    ...(field.value && { value: field.value }),
    ...(field.multiline && { isMultiline: true }),
    ...(field.maxLength && { maxLength: field.maxLength }),
  };
  return withLine(input, field);
}

/** Values are ISO 8601 dates. */
export function dateField(field: FieldBase): CardElement[] {
  const input: IDateInput = {
    type: 'Input.Date',
    id: field.id,
    label: field.label,
    ...(field.value && { value: field.value }),
  };
  return withLine(input, field);
}

/** Values are wall-clock times, `HH:MM`. */
export function timeField(field: FieldBase): CardElement[] {
  const input: ITimeInput = {
    type: 'Input.Time',
    id: field.id,
    label: field.label,
    ...(field.value && { value: field.value }),
  };
  return withLine(input, field);
}

/** Nobody sees it: what was filled in where it is shown comes along, so that it is there again when it is. */
export function keptField({ id, label, value = '' }: Pick<FieldBase, 'id' | 'label' | 'value'>): CardElement {
  return { type: 'Input.Text', id, label, value, isVisible: false, isMultiline: true };
}

export function choiceField(
  field: FieldBase & { choices: readonly Choice[]; several?: boolean; expanded?: boolean },
): CardElement[] {
  // What is none of the choices cannot be shown as chosen.
  const known = (value: string): boolean => field.choices.some((choice) => choice.value === value);
  const given = field.several ? field.value?.split(',') : [field.value ?? ''];
  const chosen = given?.filter(known).join(',');
  const input: IChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: field.id,
    label: field.label,
    choices: field.choices.map((choice) => ({ ...choice })),
    style: field.expanded ? 'expanded' : 'compact',
    ...(field.expanded && { wrap: true }),
    ...(field.several && { isMultiSelect: true }),
    ...(field.hint && { placeholder: field.hint }),
    ...(chosen && { value: chosen }),
  };
  return withLine(input, field);
}
