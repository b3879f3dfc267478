import { banner, type Card, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../../cards/form.ts';
import { choiceField, dateField, textField } from '../../cards/inputs.ts';
import type { Verb } from '../../cards/verbs.ts';
import { nameOf } from '../../directory/model.ts';
import { languages } from '../../shared/language.ts';
import { withoutInvisible } from '../../shared/normalise.ts';
import { saidLines } from '../item-card.ts';
import { type Outcome, outcomes, type RecordedSeat, recordLimits, turns } from '../model.ts';
import { isProposed, proposalOf } from '../proposal.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { isFixed, lacksDocument } from '../standing.ts';
import { type AgendaScene, bodyName, dataOf, type Letters, numbered, outcomeText } from '../words-card.ts';
import { isDecision, isPassedBy, lastRecorded, orderOf, votedFor, votersAt } from './proceedings.ts';
import type { Meeting } from './record-card.ts';

/** The forms by which a meeting is recorded, each for one thing. */

/** For a choice, which reads no Markdown. */
export const plainName = (person: RecordedSeat['holders'][number], { directory, texts }: AgendaScene): string =>
  withoutInvisible(nameOf(directory, person) ?? texts('team.formerMember'));

/** A choice is a line, of which a card has room for so many letters; and bytes of the items of a whole agenda. */
export const choiceLetters = [60, 40, 20] as const satisfies Letters;

type ItemForm = 'discuss' | 'decide' | 'counter' | 'ballots' | 'recuse' | 'dissent' | 'assign' | 'handOn';
type AnyForm = ItemForm | 'attend' | 'chair';

export function frame(
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

/** Letters of what is decided on. */
const shownLetters = 600;

export function decideForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  const won = item.record?.vote && votedFor(item.record.vote);
  const proposal = proposalOf(item, item.words);
  const { vote = null, outcome = null } = item.record ?? {};
  const at = vote?.counters.findIndex(({ id }) => id === vote.ended?.winner) ?? -1;
  const winner = vote?.counters[at];
  const others = languages.flatMap((one) => {
    const text = outcome?.text[one];
    return one !== texts.language && text ? [[one, text] as const] : [];
  });
  // Once it is decided, it is known when it was.
  const isOpen = outcome === null || !isDecision(outcome.as, item.kind);
  const possible = outcomes.filter((as) => as !== 'asProposed' || isProposed(proposal));
  return formCard(texts, form, {
    ...frame(meeting.reading, 'decide', scene, item, more),
    fields: [
      ...(item.record?.dissents.length ? [banner('warning', texts('sitting.form.decide.dissents'))] : []),
      ...(lacksDocument(item) && !item.record?.outcome ? [banner('warning', texts('agenda.document.missing'))] : []),
      ...saidLines(texts('agenda.form.proposal'), proposal, scene, shownLetters),
      ...(winner
        ? saidLines(
            texts('sitting.won', { option: texts('sitting.option.counterShort', { number: at + 1 }) }),
            winner.text,
            scene,
            shownLetters,
          )
        : []),
      ...(others.length > 0
        ? others.flatMap(([language, text]) =>
            saidLines(
              outcome?.text[texts.language]
                ? texts(`sitting.form.decide.also.${language}`)
                : `${texts('sitting.decisionText')} (${texts(`minutes.paper.in.${language}`)})`,
              { [language]: text },
              scene,
              shownLetters,
            ),
          )
        : []),
      ...(isOpen ? turnField({ meeting, item, scene }, form) : []),
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

/** When what was passed by is dealt with: asked before it is voted on or decided; nothing for all else. */
export function turnField({ meeting, item, scene: { texts } }: ItemStep, form: Form): CardElement[] {
  if (item.record?.vote || !isPassedBy(meeting.sitting, item.id)) return [];
  // What has its place is not moved.
  const possible = turns.filter((turn) => turn === 'then' || !isFixed(meeting.reading.sitting, item.id));
  const number = orderOf(meeting.sitting).indexOf(lastRecorded(meeting.sitting) ?? '') + 1;
  return choiceField({
    ...field(form, 'turn'),
    label: texts('sitting.form.decide.turn'),
    expanded: true,
    choices: possible.map((turn) => ({ title: texts(`sitting.form.decide.${turn}`, { number }), value: turn })),
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
