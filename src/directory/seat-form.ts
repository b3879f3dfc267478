import { button, type Card, plain, sideBySide, subtle, text, withoutMarkdown } from '../cards/elements.ts';
import { type Form, field, formCard } from '../cards/form.ts';
import { type Choice, choiceField, dateField } from '../cards/inputs.ts';
import { nobody } from './chosen-input.ts';
import { type Directory, type Holder, membershipsOf, nameOf, type Person, type Seat } from './model.ts';
import { type SeatScene, termText } from './seat-card.ts';
import { firstDay, isOn, seatsOf } from './seats.ts';

/** The forms of a place in a seat, and of chair and secretary. */

/** As many as fit a card. */
const mostOffered = 110;

/** Who can be chosen: who is chosen already, the people of the chat, and who works in any body of the region. */
export function peopleToChoose(directory: Directory, roster: readonly Person[], chosen: string | undefined): Choice[] {
  const ofRegion = directory.people.filter(({ id }) => membershipsOf(directory, id).length > 0);
  const first = directory.people.filter(({ id }) => id === chosen);
  const all = new Map([...first, ...roster, ...ofRegion].map(({ id, name }) => [id, name]));
  return [...all]
    .slice(0, mostOffered)
    .map(([value, title]) => ({ title, value }))
    .toSorted((a, b) => a.title.localeCompare(b.title));
}

export interface HolderChoice {
  seat: Seat;
  as: Holder['as'];
  /** Whose time in it is changed; null when somebody is to come. */
  holder: Holder | null;
  people: readonly Choice[];
  /** What stood there, see `src/shared/seen.ts`. */
  seen: string;
}

export function holderForm(scene: SeatScene, { seat, as, holder, people, seen }: HolderChoice, form: Form): Card {
  const { texts, directory, body, today } = scene;
  const data = { body: body.id, seat: seat.id, as };
  const name = (person: Holder['person']): string => withoutMarkdown(nameOf(directory, person) ?? '');
  const now = seat.holders.find((one) => one.as === as && isOn(one, today));
  const removal = { destructive: true, withoutInputs: true };
  const hasBegun = holder !== null && firstDay(holder) <= today;
  return formCard(texts, form, {
    about: plain(seat.name, texts),
    title: holder ? texts('seat.edit', { name: name(holder.person) }) : texts(`seat.new.${as}`),
    fields: [
      ...(now && !holder
        ? [text(texts('seat.now', { name: name(now.person), term: termText(now, texts) }), { spacing: 'Small' })]
        : []),
      ...(holder
        ? []
        : choiceField({
            ...field(form, 'person'),
            label: texts(`seat.as.${as}`),
            choices: people,
            hint: texts('form.choose'),
          })),
      sideBySide(
        dateField({ ...field(form, 'from'), label: texts('seat.from') }),
        dateField({ ...field(form, 'to'), label: texts('seat.to') }),
      ),
      subtle(texts(holder ? 'seat.editLead' : 'seat.formLead')),
    ],
    submit: {
      title: texts('team.save'),
      verb: 'seat.set',
      data: { ...data, ...(holder && { person: holder.person, edit: 1 }), seen },
    },
    cancel: { verb: 'seat.view', data: { body: body.id, seat: seat.id } },
    others: holder
      ? [button(texts(hasBegun ? 'seat.end' : 'seat.drop'), 'seat.end', { ...data, person: holder.person }, removal)]
      : [],
  });
}

/** `people` are those who can be secretary; chair is who holds a seat as its member. */
export function officeForm(
  scene: SeatScene,
  { people, seen }: Pick<HolderChoice, 'people' | 'seen'>,
  form: Form,
): Card {
  const { texts, directory, body } = scene;
  const none = { title: texts('seat.none'), value: nobody };
  const members = seatsOf(directory, body.id).flatMap(({ name, member }) =>
    member === null ? [] : [{ title: `${nameOf(directory, member) ?? ''} (${name[texts.language]})`, value: member }],
  );
  return formCard(texts, form, {
    about: body.name[texts.language],
    title: texts('seat.offices'),
    fields: [
      ...choiceField({ ...field(form, 'chair'), label: texts('role.chair'), choices: [none, ...members] }),
      ...choiceField({ ...field(form, 'secretary'), label: texts('role.secretary'), choices: [none, ...people] }),
      subtle(texts('seat.officeLead')),
    ],
    submit: { title: texts('team.save'), verb: 'seat.setOffices', data: { body: body.id, seen } },
    cancel: { verb: 'seat.list', data: { body: body.id } },
  });
}
