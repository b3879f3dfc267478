import { banner, button, type Card, type CardAction, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../../cards/form.ts';
import { choiceField, dateField, textField } from '../../cards/inputs.ts';
import { paged } from '../../cards/paged.ts';
import type { Verb } from '../../cards/verbs.ts';
import { personName } from '../../directory/colleague-card.ts';
import { nameOf } from '../../directory/model.ts';
import { chairOf } from '../../directory/seats.ts';
import { withoutInvisible } from '../../shared/normalise.ts';
import { chairScopes, type Outcome, outcomes, type RecordedSeat, recordLimits } from '../model.ts';
import { isProposed, proposalOf } from '../proposal.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { lacksDocument } from '../standing.ts';
import {
  type AgendaScene,
  beginningOf,
  bodyName,
  dataOf,
  fitting,
  type Letters,
  numbered,
  outcomeText,
  plainNumbered,
} from '../words-card.ts';
import { ballotOptions, chairAt, currentOf, orderOf, presentAt, votedFor, votersAt } from './proceedings.ts';
import { type Meeting, optionText } from './record-card.ts';

/** The forms by which a meeting is recorded, each for one thing. */

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
      ...(chair ? [subtle(texts('sitting.form.begin.chair', { name: personName(directory, chair, texts) }))] : []),
    ],
    submit: { title: texts('sitting.form.begin.submit'), verb: 'sitting.begin', data },
    cancel: { verb: 'agenda.view', data },
    tall: seats.length > 6,
  });
}

/** For a choice, which reads no Markdown. */
const plainName = (person: RecordedSeat['holders'][number], { directory, texts }: AgendaScene): string =>
  withoutInvisible(nameOf(directory, person) ?? texts('team.formerMember'));

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

/** A choice is a line, of which a card has room for so many letters; and bytes of the items of a whole agenda. */
const choiceLetters = [60, 40, 20] as const satisfies Letters;
const roomForItems = 12_500;

function itemChoices({ items }: Reading, scene: AgendaScene): { title: string; value: string }[] {
  const on = items.filter(({ state }) => state.is === 'accepted');
  return fitting(choiceLetters, roomForItems, (letters) =>
    on.map((item) => ({ title: beginningOf(plainNumbered(item, scene), letters), value: item.id })),
  );
}

/** Who chairs from an item on, or that item alone. */
export function chairForm({ reading, sitting }: Meeting, scene: AgendaScene, form: Form): Card {
  const { texts } = scene;
  const { presence, records } = sitting.proceedings;
  const steppedIn = Object.values(records).flatMap(({ recusals }) => recusals.map(({ substitute }) => substitute));
  const people = [...presence.map(({ person }) => person), ...steppedIn].filter((person) => person !== null);
  const current = currentOf(sitting) ?? orderOf(sitting)[0];
  return formCard(texts, form, {
    ...frame(reading, 'chair', scene),
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
        value: form.values.scope ?? 'on',
        label: texts('sitting.form.chair.scope'),
        expanded: true,
        choices: chairScopes.map((scope) => ({ title: texts(`sitting.form.chair.${scope}`), value: scope })),
      }),
    ],
  });
}

type ItemForm = 'discuss' | 'decide' | 'counter' | 'ballots' | 'recuse' | 'dissent' | 'assign' | 'handOn';
type AnyForm = ItemForm | 'attend' | 'chair';

function frame(
  reading: Reading,
  name: AnyForm,
  scene: AgendaScene,
  item?: ReadItem,
  more: Record<string, string | number> = {},
) {
  const { texts } = scene;
  const data = { ...dataOf(reading.sitting, scene), ...(item && { item: item.id }) };
  const verb: Verb = `sitting.${name}`;
  return {
    title: texts(`sitting.form.${name}.title`),
    about: item ? numbered(item, scene) : bodyName(reading.sitting, scene),
    submit: { title: texts('sitting.form.submit'), verb, data: { ...data, ...more } },
    cancel: { verb: 'sitting.view', data },
  } satisfies Partial<FormFrame>;
}

export interface ItemStep {
  meeting: Meeting;
  item: ReadItem;
  scene: AgendaScene;
  /** What the form carries along: what its sender saw, or the id of what it makes. */
  more?: Record<string, string | number>;
}

/** What was said, shortly. */
export function discussForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'discuss', scene, item, more),
    fields: textField({
      ...field(form, 'discussion'),
      label: texts('sitting.discussion'),
      multiline: true,
      maxLength: recordLimits.discussion,
    }),
  });
}

/** What comes of an item most often, by what it is for. */
export function usualOutcome(item: ReadItem): Outcome['as'] {
  if (item.kind === 'information') return 'noted';
  if (isProposed(proposalOf(item, item.words))) return 'asProposed';
  return item.kind === 'decision' ? 'changed' : 'noted';
}

export function decideForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  const won = item.record?.vote && votedFor(item.record.vote);
  const proposal = proposalOf(item, item.words);
  const possible = outcomes.filter((as) => as !== 'asProposed' || isProposed(proposal));
  return formCard(texts, form, {
    ...frame(meeting.reading, 'decide', scene, item, more),
    fields: [
      ...(item.record?.dissents.length ? [banner('warning', texts('sitting.form.decide.dissents'))] : []),
      ...(lacksDocument(item) && !item.record?.outcome ? [banner('warning', texts('agenda.document.missing'))] : []),
      ...choiceField({
        ...field(form, 'as'),
        label: texts('sitting.form.decide.as'),
        expanded: true,
        choices: (won ? [won] : possible).map((as) => ({ title: outcomeText(as, item, scene), value: as })),
      }),
      ...textField({
        ...field(form, 'decision'),
        label: texts(isProposed(proposal) ? 'sitting.form.decide.text' : 'sitting.form.decide.words'),
        multiline: true,
        maxLength: recordLimits.decision,
      }),
    ],
  });
}

export function counterForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'counter', scene, item, more),
    fields: textField({
      ...field(form, 'counter'),
      label: texts('sitting.form.counter.text'),
      multiline: true,
      maxLength: recordLimits.counter,
    }),
  });
}

/** So many seats with what each can vote for, in their longest words, have room on a card. */
const ballotsPage = 20;
const roomForVotes = 21_000;

/** Of every seat that votes how it has voted; what is left empty stays. */
export function ballotsForm({ meeting, item, scene, more }: ItemStep, wanted: number, form: Form): Card {
  const { texts } = scene;
  const vote = item.record?.vote;
  const voters = votersAt(meeting.sitting, item.id);
  const seats = meeting.sitting.proceedings.seats.filter(({ id }) => voters.has(id));
  const options = vote ? ballotOptions(vote) : [];
  const data = { ...dataOf(meeting.reading.sitting, scene), item: item.id };
  const turn = (title: string, page: number): CardAction =>
    button(title, 'sitting.ballotsForm', { ...data, page }, { withoutInputs: true });
  const { shown, line, turns } = paged(seats, { size: ballotsPage, wanted, turn }, texts);
  const ofSeat = (seat: RecordedSeat, letters: number): CardElement[] => {
    const voter = voters.get(seat.id);
    return choiceField({
      ...field(form, seatInput(seat.id)),
      value: form.values[seatInput(seat.id)] ?? vote?.votes[seat.id]?.option,
      label: `${seat.name[texts.language]}: ${voter ? plainName(voter, scene) : ''}`,
      hint: texts('form.choose'),
      choices: vote
        ? options.map((option) => ({
            title: optionText(vote, option, scene, letters),
            value: option,
          }))
        : [],
    });
  };
  return formCard(texts, form, {
    ...frame(meeting.reading, 'ballots', scene, item, more),
    fields: [
      ...(turns.length > 0 ? [subtle(texts('sitting.form.ballots.pages'))] : []),
      ...fitting(choiceLetters, roomForVotes, (letters) => shown.flatMap((seat) => ofSeat(seat, letters))),
      ...line,
    ],
    others: turns,
    tall: shown.length > 6,
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

/** `isOwn`: the sender's own seat; who keeps the record chooses one. */
export function dissentForm({ meeting, item, scene, more }: ItemStep, isOwn: boolean, form: Form): Card {
  const { texts } = scene;
  const voters = votersAt(meeting.sitting, item.id);
  const seats = meeting.sitting.proceedings.seats.filter(({ id }) => voters.has(id));
  return formCard(texts, form, {
    ...frame(meeting.reading, 'dissent', scene, item, more),
    fields: [
      ...(isOwn
        ? []
        : [
            subtle(texts('form.starred')),
            ...choiceField({
              ...field(form, 'seat'),
              label: texts('sitting.form.dissent.whose'),
              hint: texts('form.choose'),
              choices: seats.map((seat) => {
                const voter = voters.get(seat.id);
                const name = voter ? plainName(voter, scene) : '';
                return { title: `${seat.name[texts.language]}: ${name}`, value: seat.id };
              }),
            }),
          ]),
      ...textField({
        ...field(form, 'dissent'),
        label: texts('sitting.form.dissent.text'),
        multiline: true,
        maxLength: recordLimits.dissent,
      }),
    ],
  });
}

export function assignForm({ meeting, item, scene, more }: ItemStep, people: Choices, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'assign', scene, item, more),
    fields: [
      subtle(texts('form.starred')),
      ...textField({
        ...field(form, 'action'),
        label: texts(more?.known ? 'sitting.form.assign.textKnown' : 'sitting.form.assign.text'),
        multiline: true,
        maxLength: recordLimits.action,
      }),
      ...holderFields(people, scene, form),
    ],
  });
}

/** Something that was settled goes to somebody else, or gets another day. */
export function handOnForm({ meeting, item, scene, more }: ItemStep, people: Choices, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'handOn', scene, item, more),
    fields: [subtle(texts('form.starred')), ...holderFields(people, scene, form)],
  });
}

type Choices = readonly { title: string; value: string }[];

/** Who does it, and until when. */
function holderFields(people: Choices, { texts }: AgendaScene, form: Form) {
  return [
    ...choiceField({
      ...field(form, 'owner'),
      label: texts('sitting.form.assign.owner'),
      hint: texts('form.choose'),
      choices: people,
    }),
    ...dateField({ ...field(form, 'due'), label: texts('sitting.form.assign.due') }),
  ];
}
