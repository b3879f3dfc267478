import type { CardElement } from '../../cards/elements.ts';
import { type Form, field } from '../../cards/form.ts';
import { choiceField, textField } from '../../cards/inputs.ts';
import type { Texts } from '../../shared/text.ts';
import { type PlanField, planLimits } from '../input/fields-input.ts';
import { codeOf, type Rhythm, repeatOf } from '../repeat.ts';

/** How often a meeting is held, in the form in which it is planned. */

/** Inputs of the form of a plan, and what they stand in. */
export interface ShownFields {
  ids: readonly PlanField[];
  elements: CardElement[];
}

const rhythms: readonly Rhythm[] = [
  { unit: 'week', every: 1, by: 'weekday' },
  { unit: 'week', every: 2, by: 'weekday' },
  { unit: 'week', every: 3, by: 'weekday' },
  { unit: 'week', every: 4, by: 'weekday' },
  { unit: 'month', every: 1, by: 'weekday' },
  { unit: 'month', every: 1, by: 'date' },
  { unit: 'month', every: 2, by: 'weekday' },
  { unit: 'month', every: 3, by: 'weekday' },
  { unit: 'month', every: 6, by: 'weekday' },
  { unit: 'month', every: 12, by: 'weekday' },
];

/** What becomes of a series is asked only of one; an end that was written is shown, so that it can be emptied. */
export function seriesFields(form: Form, texts: Texts): ShownFields {
  const { repeat = 'none' } = form.values;
  const filled = { ...form, values: { holidays: 'skip', ...form.values, repeat } };
  const said = repeatOf(repeat);
  const known = rhythms.some((rhythm) => codeOf(rhythm) === repeat);
  const choices = [...rhythms, ...(said && !known ? [said] : [])];
  const often = choiceField({
    ...field(filled, 'repeat'),
    label: texts('meeting.plan.field.repeat'),
    choices: [
      { title: texts('meeting.plan.repeat.none'), value: 'none' },
      ...choices.map((rhythm) => ({ title: rhythmText(rhythm, texts), value: codeOf(rhythm) })),
    ],
  });
  if (!said && !form.values.ends) return { ids: ['repeat'], elements: often };
  const ends = textField({
    ...field(filled, 'ends'),
    label: texts('meeting.plan.field.ends'),
    hint: texts('meeting.plan.hint.ends'),
    maxLength: planLimits.ends,
  });
  if (!said) return { ids: ['repeat', 'ends'], elements: [...often, ...ends] };
  return {
    ids: ['repeat', 'ends', 'holidays'],
    elements: [
      ...often,
      ...ends,
      ...choiceField({
        ...field(filled, 'holidays'),
        label: texts('meeting.plan.field.holidays'),
        choices: (['skip', 'before', 'after', 'keep'] as const).map((value) => ({
          title: texts(`meeting.plan.holidays.${value}`),
          value,
        })),
      }),
    ],
  };
}

function rhythmText({ unit, every, by }: Rhythm, texts: Texts): string {
  const often = every === 1 ? unit : every === 2 ? (`${unit}2` as const) : (`${unit}s` as const);
  return texts(`meeting.plan.repeat.${often}`, { every, by: texts(`meeting.plan.by.${by}`) });
}
