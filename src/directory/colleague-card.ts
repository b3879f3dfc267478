import type { Card } from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../cards/form.ts';
import { choiceField } from '../cards/inputs.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { type Directory, membersOf } from './model.ts';

export interface ColleagueChoice extends Omit<FormFrame, 'fields'> {
  /** Whose members are offered. */
  of: BodyId;
  /** Who is not offered: whoever has it already. */
  but?: PersonId | undefined;
  /** The question, such as "Who takes over?". */
  label: string;
}

/** Choose a colleague: the same form in every feature that gives something to somebody. Its one input is `person`. */
export function colleagueForm(texts: Texts, directory: Directory, choice: ColleagueChoice, form: Form): Card {
  const { of, but, label, ...frame } = choice;
  const choices = membersOf(directory, of)
    .filter(({ person }) => person !== but)
    .map(({ person, name, profession }) => ({
      title: profession ? `${name} (${texts(`profession.${profession}`)})` : name,
      value: person,
    }));
  const fields = choiceField({ ...field(form, 'person'), label, choices, hint: texts('form.choose') });
  return formCard(texts, form, { ...frame, fields });
}
