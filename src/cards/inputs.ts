import type { IChoiceSetInput, INumberInput, ITextInput } from '@microsoft/teams.cards';
import { type CardElement, text } from './elements.ts';

/** What a form knows of one field: the value to show again, and what is wrong with it. */
export interface FieldState {
  value?: string | undefined;
  error?: string | undefined;
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
  required?: boolean;
}

/** The field and, right below it, what is wrong with it: the value that was typed stays. */
function withError(input: ITextInput | INumberInput | IChoiceSetInput, error: string | undefined): CardElement[] {
  if (!error) return [input];
  return [input, text(`⚠ ${error}`, { color: 'Attention', spacing: 'None', size: 'Small', id: `${input.id}-error` })];
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
  return withError(input, field.error);
}

export function choiceField(
  field: FieldBase & { choices: readonly Choice[]; several?: boolean; expanded?: boolean },
): CardElement[] {
  const input: IChoiceSetInput = {
    type: 'Input.ChoiceSet',
    id: field.id,
    label: field.label,
    choices: field.choices.map((choice) => ({ ...choice })),
    style: field.expanded ? 'expanded' : 'compact',
    ...(field.several && { isMultiSelect: true }),
    ...(field.hint && { placeholder: field.hint }),
    ...(field.value && { value: field.value }),
  };
  return withError(input, field.error);
}
