import { formatDate } from '../../cards/dates.ts';
import { banner, button, type Card, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../../cards/form.ts';
import { choiceField, dateField, textField } from '../../cards/inputs.ts';
import type { Verb } from '../../cards/verbs.ts';
import { personName } from '../../directory/colleague-card.ts';
import { nameOf } from '../../directory/model.ts';
import { dateIn } from '../../shared/clock.ts';
import { withoutInvisible } from '../../shared/normalise.ts';
import { documentLines } from '../agenda/document-card.ts';
import { labelled, otherLines, saidLines } from '../item-card.ts';
import { type Outcome, outcomes, type ReadRecord, type RecordedSeat, recordLimits, turns } from '../model.ts';
import { isProposed, proposalOf } from '../proposal.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { isFixed, lacksDocument } from '../standing.ts';
import {
  type AgendaScene,
  bodyName,
  dataOf,
  fitting,
  inEach,
  type Letters,
  numbered,
  outcomeText,
} from '../words-card.ts';
import { isDecision, isPassedBy, orderOf, placeNow, stillHanded, votedFor, votersAt } from './proceedings.ts';
import { decisionLines, type Meeting, wonOf } from './record-card.ts';

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

/** Letters of what is decided on, and of what is said in other languages. */
const shownLetters = 600;

/** What stands in other languages is among what others have written meanwhile. */
const shownIn = ({ newer }: Form) => ({ isShown: newer !== undefined });

/** What was said, shortly. */
export function discussForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  return formCard(texts, form, {
    ...frame(meeting.reading, 'discuss', scene, item, more),
    fields: [
      ...otherLines(texts('sitting.discussion'), item.record?.discussion ?? {}, scene, shownLetters, shownIn(form)),
      ...textField({
        ...field(form, 'discussion'),
        label: texts('sitting.discussion'),
        multiline: true,
        maxLength: recordLimits.discussion,
      }),
    ],
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
  const outcome = item.record?.outcome ?? null;
  // Once it is decided, it is known when it was.
  const isOpen = outcome === null || !isDecision(outcome.as, item.kind);
  const turn = isOpen ? turnField({ meeting, item, scene }, form) : [];
  const possible = outcomes.filter((as) => as !== 'asProposed' || isProposed(proposal));
  return formCard(texts, form, {
    ...frame(meeting.reading, 'decide', scene, item, more),
    fields: [
      ...(item.record?.dissents.length ? [banner('warning', texts('sitting.form.decide.dissents'))] : []),
      ...(lacksDocument(item) && !item.record?.outcome ? [banner('warning', texts('agenda.document.missing'))] : []),
      ...proposedLines(item, scene),
      ...wonLines(item, scene),
      ...otherLines(texts('sitting.decisionText'), outcome?.text ?? {}, scene, shownLetters, {
        note: 'sitting.form.decide.translates',
        ...shownIn(form),
      }),
      ...(turn.length > 0 ? [subtle(texts('form.starred')), ...turn] : []),
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
  const place = isFixed(meeting.reading.sitting, item.id) ? null : placeNow(meeting.sitting, item.id);
  const possible = turns.filter((turn) => turn === 'then' || place !== null);
  const number = orderOf(meeting.sitting).indexOf(place ?? '') + 1;
  return choiceField({
    ...field(form, 'turn'),
    label: texts('sitting.form.decide.turn'),
    expanded: true,
    choices: possible.map((turn) => ({
      title: texts(`sitting.form.decide.${turn}`, { number }),
      value: turn === 'now' ? `${turn} ${place}` : turn,
    })),
  });
}

/** What is proposed, and of which document. */
export function proposedLines(item: ReadItem, scene: AgendaScene): CardElement[] {
  const proposal = proposalOf(item, item.words);
  return [
    ...saidLines(scene.texts('agenda.form.proposal'), proposal, scene, shownLetters),
    ...documentLines(item, scene),
  ];
}

function wonLines(item: ReadItem, scene: AgendaScene): CardElement[] {
  const won = wonOf(item, scene);
  return won ? saidLines(won.name, won.words, scene, shownLetters) : [];
}

/** The decision that somebody is against, with all that `againstParts` takes for it. */
function againstLines(item: ReadItem, scene: AgendaScene): CardElement[] {
  const outcome = item.record?.outcome;
  if (!outcome) return [];
  return [
    ...(outcome.as === 'asProposed' ? proposedLines(item, scene) : []),
    ...wonLines(item, scene),
    ...decisionLines(outcome, item, scene, shownLetters),
  ];
}

/** One's own dissenting opinion, with what it says by now. */
export function dissentForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts } = scene;
  const { reader } = meeting.reading;
  const known = item.record?.dissents.find(({ person }) => reader.is !== 'other' && person === reader.person);
  const name = texts('sitting.form.dissent.text');
  const isThere = known?.text[texts.language] !== undefined;
  const { by } = known ?? {};
  // What was noted for them does not stay beside their own words.
  const said = { isReplaced: by !== undefined, ...shownIn(form) };
  const others = otherLines(name, known?.text ?? {}, scene, shownLetters, said);
  return formCard(texts, form, {
    ...frame(meeting.reading, 'dissent', scene, item, more),
    fields: [
      ...againstLines(item, scene),
      ...(by === undefined
        ? []
        : [subtle(texts('sitting.form.dissent.notedBy', { name: personName(scene.directory, by, texts) }))]),
      ...others,
      ...textField({
        ...field(form, 'dissent'),
        label: isThere ? texts('sitting.form.dissent.textKnown') : name,
        multiline: true,
        maxLength: recordLimits.dissent,
      }),
    ],
    ...(known && !isThere && goneButton(meeting.reading, 'dissent', scene, item, more)),
  });
}

/** Removes what stands in other languages alone, which emptying one's own field does not. */
function goneButton(
  reading: Reading,
  name: 'dissent' | 'assign',
  scene: AgendaScene,
  item: ReadItem,
  more: ItemStep['more'] = {},
): Pick<FormFrame, 'others'> {
  const { verb, data } = frame(reading, name, scene, item, { ...more, gone: 1 }).submit;
  return { others: [button(scene.texts(`sitting.form.${name}.gone`), verb, data, { withoutInputs: true })] };
}

/** At most, of those that were written down. */
const mostNoted = 5;
const notedLetters = [250, 100, 40] as const satisfies Letters;
/** In bytes. */
const roomForNoted = 4_000;

/** What who keeps the record writes down for another: of those who have written theirs themselves there is no choice. */
export function dissentOfForm({ meeting, item, scene, more }: ItemStep, form: Form): Card {
  const { texts, directory } = scene;
  const voters = votersAt(meeting.sitting, item.id);
  const dissents = item.record?.dissents ?? [];
  const noted = dissents.filter(({ by }) => by !== undefined);
  const own = dissents.filter(({ by }) => by === undefined).map(({ seat }) => seat);
  const seats = meeting.sitting.proceedings.seats.filter(({ id }) => voters.has(id) && !own.includes(id));
  // What stands there by now is said above already.
  const shown = form.newer ? [] : noted.slice(0, mostNoted);
  const fields = [
    ...choiceField({
      ...field(form, 'seat'),
      label: texts('sitting.form.dissent.whose'),
      hint: texts('form.choose'),
      choices: seats.map((seat) => {
        const voter = voters.get(seat.id);
        const name = voter ? plainName(voter, scene) : '';
        return { title: `${seat.name[texts.language]}: ${name}`, value: `${seat.id} ${voter}` };
      }),
    }),
    ...textField({
      ...field(form, 'dissent'),
      label: texts(noted.length > 0 ? 'sitting.form.dissent.textNoted' : 'sitting.form.dissent.text'),
      multiline: true,
      maxLength: recordLimits.dissent,
    }),
  ];
  return formCard(texts, form, {
    ...frame(meeting.reading, 'dissent', scene, item, more),
    fields: [
      ...againstLines(item, scene),
      ...(seats.length > 0 ? [subtle(texts('form.starred'))] : []),
      ...(own.length > 0 ? [subtle(texts('sitting.form.dissent.theirs'))] : []),
      ...(noted.length > 0 ? [subtle(texts('sitting.form.dissent.replaces'))] : []),
      ...fitting(notedLetters, roomForNoted, (letters) =>
        shown.flatMap(({ person, text }) => {
          const name = texts('sitting.dissentOf', { name: personName(directory, person, texts) });
          return inEach(name, text, texts).flatMap(([label, said]) => labelled(label, said, letters));
        }),
      ),
      ...(noted.length > shown.length && !form.newer
        ? [subtle(texts('form.more', { count: noted.length - shown.length }))]
        : []),
      ...(seats.length > 0 ? fields : []),
    ],
  });
}

/** `known`: what is there already, and changed. */
export function assignForm(
  { meeting, item, scene, more }: ItemStep,
  known: ReadRecord['actions'][number] | null,
  people: Choices,
  form: Form,
): Card {
  const { texts, directory, now } = scene;
  const isThere = known?.text[texts.language] !== undefined;
  const handed = known && stillHanded(known, form.values);
  return formCard(texts, form, {
    ...frame(meeting.reading, 'assign', scene, item, more),
    fields: [
      subtle(texts('form.starred')),
      ...otherLines(texts('sitting.form.assign.what'), known?.text ?? {}, scene, shownLetters, shownIn(form)),
      ...textField({
        ...field(form, 'action'),
        label: texts(labelOfAction(known, isThere)),
        multiline: true,
        maxLength: recordLimits.action,
      }),
      ...(handed
        ? [
            subtle(
              texts('sitting.form.assign.handed', {
                name: personName(directory, handed.owner, texts),
                date: formatDate(handed.due, texts, dateIn(directory.policy.timeZone, now)),
              }),
            ),
          ]
        : []),
      ...holderFields(people, scene, form),
    ],
    ...(known && !isThere && goneButton(meeting.reading, 'assign', scene, item, more)),
  });
}

function labelOfAction(known: unknown, isThere: boolean) {
  if (!known) return 'sitting.form.assign.text' as const;
  return isThere ? ('sitting.form.assign.textKnown' as const) : ('sitting.form.assign.what' as const);
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
