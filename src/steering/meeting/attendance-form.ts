import { type Card, subtle } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField, timeField } from '../../cards/inputs.ts';
import { personName } from '../../directory/colleague-card.ts';
import { chairOf } from '../../directory/seats.ts';
import type { Seen } from '../../shared/seen.ts';
import { chairScopes, type RecordedSeat } from '../model.ts';
import type { Reading } from '../reading.ts';
import { type AgendaScene, beginningOf, bodyName, dataOf, fitting, plainNumbered } from '../words-card.ts';
import { choiceLetters, frame, type ItemStep, plainName } from './form.ts';
import { likelyBegin, onTheWall } from './hours.ts';
import { chairAt, currentOf, isChairRecused, orderOf, presentAt } from './proceedings.ts';
import type { Meeting } from './record-card.ts';

/** The forms that say who is there at a meeting, who leads it, and who takes no part in an item. */

/** One input for each seat, named after it. */
const seatPrefix = 'seat-';
export const seatInput = (seat: string): string => `${seatPrefix}${seat}`;

/** What was chosen for each seat; what was left empty is not there. */
export function bySeat(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(seatPrefix) && value ? [[name.slice(seatPrefix.length), value]] : [],
    ),
  );
}

/** Chosen for a seat in which nobody sits. */
export const absent = 'absent';

/** Who sits where at the opening: who has said that they come is there already. */
export function beginForm(reading: Reading, seats: readonly RecordedSeat[], scene: AgendaScene, form: Form): Card {
  const { texts, directory } = scene;
  const { sitting } = reading;
  const data = dataOf(sitting, scene);
  const coming = (seat: RecordedSeat): string => seat.holders.find((one) => sitting.comings[one] === 'yes') ?? absent;
  const chair = chairOf(directory, sitting.body);
  return formCard(texts, form, {
    about: bodyName(sitting, scene),
    title: texts('sitting.form.begin.title'),
    fields: [
      subtle(texts('sitting.form.begin.lead')),
      ...seats.flatMap((seat) =>
        choiceField({
          ...field(form, seatInput(seat.id)),
          value: form.values[seatInput(seat.id)] ?? coming(seat),
          label: seat.name[texts.language],
          choices: [
            ...seat.holders.map((person, at) => ({
              title:
                at === 0
                  ? plainName(person, scene)
                  : texts('sitting.form.substitute', { name: plainName(person, scene) }),
              value: person,
            })),
            { title: texts('sitting.form.absent'), value: absent },
          ],
        }),
      ),
      ...timeField({
        ...field(form, 'time'),
        value: form.values.time ?? onTheWall(likelyBegin(sitting, scene.now), directory.policy.timeZone),
        label: texts('sitting.form.begin.time'),
      }),
      ...(chair ? [subtle(texts('sitting.form.begin.chair', { name: personName(directory, chair, texts) }))] : []),
    ],
    submit: { title: texts('sitting.form.begin.submit'), verb: 'sitting.begin', data },
    cancel: { verb: 'agenda.view', data },
    tall: seats.length > 6,
  });
}

/** Somebody came or left, or was never there. */
export function attendForm(
  { reading, sitting }: Meeting,
  seats: readonly RecordedSeat[],
  scene: AgendaScene,
  form: Form,
): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(reading, 'attend', scene),
    fields: [
      subtle(texts('form.starred')),
      ...choiceField({
        ...field(form, 'who'),
        label: texts('sitting.form.attend.who'),
        hint: texts('form.choose'),
        choices: seats.flatMap((seat) =>
          seat.holders.map((person) => ({
            title: `${seat.name[texts.language]}: ${plainName(person, scene)}`,
            value: `${seat.id} ${person}`,
          })),
        ),
      }),
      ...choiceField({
        ...field(form, 'what'),
        label: texts('sitting.form.attend.what'),
        expanded: true,
        choices: (['come', 'leave', 'absent'] as const).map((what) => ({
          title: texts(`sitting.form.attend.${what}`),
          value: what,
        })),
      }),
      ...choiceField({
        ...field(form, 'at'),
        value: form.values.at ?? currentOf(sitting) ?? undefined,
        label: texts('sitting.form.attend.at'),
        choices: itemChoices(reading, scene),
      }),
    ],
  });
}

const roomForItems = 12_500;

function itemChoices({ items }: Reading, scene: AgendaScene): { title: string; value: string }[] {
  const on = items.filter(({ state }) => state.is === 'accepted');
  return fitting(choiceLetters, roomForItems, (letters) =>
    on.map((item) => ({ title: beginningOf(plainNumbered(item, scene), letters), value: item.id })),
  );
}

/** Who chairs from an item on, or that item alone; begun at the one with which it was opened, where that is. */
export function chairForm(
  { reading, sitting }: Meeting,
  scene: AgendaScene,
  form: Form,
  { seen, item }: Seen & { item?: string | undefined },
): Card {
  const { texts } = scene;
  const { presence, records } = sitting.proceedings;
  const steppedIn = Object.values(records).flatMap(({ recusals }) => recusals.map(({ substitute }) => substitute));
  const people = [...presence.map(({ person }) => person), ...steppedIn].filter((person) => person !== null);
  const about = reading.items.find(({ id, state }) => id === item && state.is === 'accepted');
  const current = about?.id ?? currentOf(sitting) ?? orderOf(sitting)[0];
  // Where who chairs the meeting takes no part in the item, another chairs that one.
  const isAlone = current && chairAt(sitting, current) === null && isChairRecused(sitting, current);
  return formCard(texts, form, {
    ...frame(reading, 'chair', scene, about, seen === undefined ? {} : { seen }),
    fields: [
      subtle(texts('form.starred')),
      ...choiceField({
        ...field(form, 'person'),
        value: form.values.person ?? (current && chairAt(sitting, current)) ?? undefined,
        label: texts('sitting.form.chair.person'),
        hint: texts('form.choose'),
        choices: [...new Set(people)].map((person) => ({ title: plainName(person, scene), value: person })),
      }),
      ...choiceField({
        ...field(form, 'at'),
        value: form.values.at ?? current,
        label: texts('sitting.form.chair.at'),
        choices: itemChoices(reading, scene),
      }),
      ...choiceField({
        ...field(form, 'scope'),
        value: form.values.scope ?? (isAlone ? 'only' : 'on'),
        label: texts('sitting.form.chair.scope'),
        expanded: true,
        choices: chairScopes.map((scope) => ({ title: texts(`sitting.form.chair.${scope}`), value: scope })),
      }),
    ],
  });
}

/** Somebody is disqualified for this item; the substitute may step in. */
export function recuseForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  const there = presentAt(meeting.sitting, item.id);
  const { seats } = meeting.sitting.proceedings;
  const choices = seats.flatMap(({ id, name, holders }) => {
    const person = there.get(id);
    if (!person) return [];
    const others = holders.filter((one) => one !== person);
    const of = `${name[texts.language]}: ${plainName(person, scene)}`;
    return [
      { title: texts('sitting.form.recuse.alone', { of }), value: `${id} ${person}` },
      ...others.map((one) => ({
        title: texts('sitting.form.recuse.replaced', { of, name: plainName(one, scene) }),
        value: `${id} ${person} ${one}`,
      })),
    ];
  });
  const back = (item.record?.recusals ?? []).map(({ seat, person }) => ({
    title: texts('sitting.form.recuse.back', { name: plainName(person, scene) }),
    value: `-${seat}`,
  }));
  return formCard(texts, form, {
    ...frame(meeting.reading, 'recuse', scene, item, more),
    fields: choiceField({
      ...field(form, 'who'),
      label: texts('sitting.form.recuse.who'),
      hint: texts('form.choose'),
      choices: [...back, ...choices],
    }),
  });
}
