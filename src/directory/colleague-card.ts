import { button, type Card, card, heading, text, withoutMarkdown } from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../cards/form.ts';
import { choiceField } from '../cards/inputs.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { type Directory, membersOf, nameOf } from './model.ts';

export interface ColleagueChoice extends Omit<FormFrame, 'fields'> {
  /** Whose members are offered. */
  of: BodyId;
  /** Who is not offered, such as whoever has it already. */
  but: readonly PersonId[];
  /** Where one goes without choosing. */
  cancel: NonNullable<FormFrame['cancel']>;
  /** The question, such as "Who takes over?". */
  label: string;
}

/** Choose a colleague: the same form in every feature that gives something to somebody. Its one input is `person`. */
export function colleagueForm(texts: Texts, directory: Directory, choice: ColleagueChoice, form: Form): Card {
  const { of, but, label, ...frame } = choice;
  const choices = membersOf(directory, of)
    .filter(({ person }) => !but.includes(person))
    .map(({ person, name, profession }) => ({
      title: profession ? `${name} (${texts(`profession.${profession}`)})` : name,
      value: person,
    }));
  if (choices.length === 0) {
    return card(texts, {
      speak: frame.title,
      body: [heading(frame.title), text(texts('team.nobodyElse'))],
      actions: [button(texts('actions.back'), frame.cancel.verb, frame.cancel.data)],
    });
  }
  const fields = choiceField({ ...field(form, 'person'), label, choices, hint: texts('form.choose') });
  return formCard(texts, form, { ...frame, fields });
}

/** What somebody is called, for places that read Markdown; also of those who are in the directory no more. */
export function personName(directory: Directory, person: PersonId, texts: Texts): string {
  return withoutMarkdown(nameOf(directory, person) ?? texts('team.formerMember'));
}
