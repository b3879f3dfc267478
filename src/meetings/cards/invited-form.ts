import type { CardElement } from '../../cards/elements.ts';
import { type Form, field } from '../../cards/form.ts';
import { type Choice, choiceField, lineBelow } from '../../cards/inputs.ts';
import { type Body, isMember, membershipsOf } from '../../directory/model.ts';
import { type PersonId, personId } from '../../shared/ids.ts';
import type { Texts } from '../../shared/text.ts';
import type { MeetingScene } from './words-card.ts';

/** Who is invited, in the form of a new meeting and of one that there is. */

export interface PeopleScene extends Pick<MeetingScene, 'directory' | 'texts'> {
  /** Who else reads it may not see who works in the region: then only those are offered who were named. */
  offers: 'everybody' | 'named';
}

export function everyoneField(form: Form, texts: Texts): CardElement[] {
  const filled = { ...form, values: { everyone: 'everyone', ...form.values } };
  return choiceField({
    ...field(filled, 'everyone'),
    label: texts('meeting.plan.field.everyone'),
    choices: (['everyone', 'named'] as const).map((value) => ({
      title: texts(`meeting.plan.everyone.${value}`),
      value,
    })),
  });
}

/** As many as fit a card: who has been chosen, then the body's own; whom it leaves out can be written by name. */
const mostOffered = 110;

export function namedField(
  form: Form,
  body: Body | undefined,
  { directory, texts, offers }: PeopleScene,
): CardElement[] {
  const chosen = (form.values.named ?? '').split(',').filter(Boolean).map(personId);
  const people = directory.people.filter(({ id }) => membershipsOf(directory, id).length > 0);
  const place = (id: PersonId): number => (chosen.includes(id) ? 0 : body && isMember(directory, body.id, id) ? 1 : 2);
  // A meeting about a case is for its team alone.
  const mayCome = (id: PersonId): boolean =>
    offers === 'everybody' && (form.values.kind !== 'case' || body === undefined || isMember(directory, body.id, id));
  const fitting = people
    .filter(({ id }) => mayCome(id) || chosen.includes(id))
    .toSorted((a, b) => place(a.id) - place(b.id))
    .slice(0, mostOffered);
  const choices = fitting
    .map(({ id, name }): Choice => ({ title: name, value: id }))
    .toSorted((a, b) => a.title.localeCompare(b.title, texts.language));
  if (choices.length === 0) return lineBelow('named', field(form, 'named'));
  return choiceField({
    ...field(form, 'named'),
    label: texts('meeting.plan.field.named'),
    choices,
    hint: texts('form.chooseSeveral'),
    several: true,
  });
}
