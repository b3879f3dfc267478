import { type Card, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard, type Limits } from '../../cards/form.ts';
import { type Choice, choiceField, textField } from '../../cards/inputs.ts';
import { membersOf, nameOf } from '../../directory/model.ts';
import { personId } from '../../shared/ids.ts';
import { type Language, languages } from '../../shared/language.ts';
import { labelled } from '../item-card.ts';
import { itemKinds, limits, type TypedContent, type WordField, type Words } from '../model.ts';
import { type NewerRow, newerLines } from '../newer-card.ts';
import type { SittingRef } from '../stored.ts';
import { type AgendaScene, dataOf, fitting, type Letters, nameIn } from '../words-card.ts';

/** The form of an item: to propose one, to add one, and to change what is said of it, in one language. */

export const itemLimits = {
  title: limits.title,
  background: limits.background,
  proposal: limits.proposal,
  minutes: 5,
  // More than is taken: half an address leads elsewhere, so what was cut is still too long.
  links: 4 * limits.link,
} as const satisfies Limits;

export interface ItemStep {
  ref: SittingRef;
  /** The id of what is changed, or for a new one the id that makes sending it in twice one item. */
  item: { id: string; isNew: boolean };
  /** In which its words are written. */
  language: Language;
  /** What every agenda has is called so already: a name of its own may be left out. Null for all else. */
  named: string | null;
  /** What is proposed of it while nobody has written anything else; null for nothing. */
  usual: string | null;
  /** What is written of it, in every language. */
  words: Pick<Words, WordField>;
  /** It goes to who keeps the agenda, and not onto it. */
  isProposal: boolean;
  /** What its sender saw of it. */
  seen?: string | undefined;
  scene: AgendaScene;
}

/** What a form of an item is about, by the names of its fields. */
type Parts = Omit<TypedContent, 'language' | 'typed'> & TypedContent['typed'];

/** Those parts as they stand by now. */
export function newerParts(
  now: Parts,
  theirs: readonly string[],
  { language, words, scene }: Pick<ItemStep, 'language' | 'words' | 'scene'>,
): CardElement[] {
  const { texts, directory } = scene;
  const { kind, presenter, minutes, links, confidential } = now;
  /** In every language in which it is said: any of them may be new to its reader. */
  const said = (name: string, field: WordField): NewerRow[] => {
    const rows = languages.flatMap((one): NewerRow[] => {
      const text = words[field][one];
      return text === undefined ? [] : [[nameIn(name, one, texts), text]];
    });
    return rows.length > 0 ? rows : [[nameIn(name, language, texts), '']];
  };
  const rows = {
    title: said(texts('agenda.form.name'), 'title'),
    kind: [[texts('agenda.form.kind'), texts(`agenda.kind.${kind}`)]],
    background: said(texts('agenda.form.background'), 'background'),
    proposal: said(texts('agenda.form.proposal'), 'proposal'),
    presenter: [
      [
        texts('agenda.form.presenter'),
        presenter ? (nameOf(directory, presenter) ?? texts('team.formerMember')) : texts('agenda.form.nobody'),
      ],
    ],
    minutes: [[texts('agenda.form.minutes'), minutes === null ? '' : String(minutes)]],
    links: [[texts('agenda.form.links', { limit: limits.links }), links.join('\n')]],
    confidential: [
      [texts('agenda.form.confidential'), texts(confidential ? 'agenda.form.closed' : 'agenda.form.open')],
    ],
  } satisfies Record<keyof Parts, NewerRow[]>;
  return newerLines(
    Object.entries(rows).flatMap(([part, lines]) => (theirs.includes(part) ? lines : [])),
    scene,
  );
}

/** Letters of what stands beside the fields, as many as there is room for in the form, in bytes; with none it is named. */
const besideLetters = [limits.background, 600, 200, 60, 0] as const satisfies Letters;
const roomForForm = 27_500;

/** Above the field of a text, what it says in other languages, or says until somebody writes of it; and whether that stays. */
function besideLines(
  name: string,
  field: WordField,
  usual: string | null,
  { language, words, scene: { texts } }: Pick<ItemStep, 'language' | 'words' | 'scene'>,
  letters: number,
): CardElement[] {
  const said = words[field];
  if (usual !== null && Object.keys(said).length === 0)
    return labelled(texts('agenda.form.usual', { name }), usual, limits.proposal);
  const others = languages.filter((one) => one !== language && said[one]);
  const called = (of: readonly Language[]): string => {
    const listed = of.map((one) => texts(`minutes.paper.in.${one}`)).join(', ');
    return texts(`agenda.form.${said[language] ? 'goes' : 'stays'}`, { name: `${name} (${listed})` });
  };
  if (letters === 0) return others.length > 0 ? [subtle(called(others))] : [];
  return others.flatMap((one) => labelled(called([one]), said[one] ?? '', letters));
}

export function itemForm(step: ItemStep, form: Form): Card {
  return fitting(besideLetters, roomForForm, (letters) => formWith(letters, step, form));
}

function formWith(letters: number, step: ItemStep, form: Form): Card {
  const { ref, item, language, named, usual, isProposal, seen, scene } = step;
  const { texts, directory } = scene;
  const data = dataOf(ref, scene);
  const name = isProposal ? 'propose' : item.isNew ? 'add' : 'change';
  const choices: Choice[] = membersOf(directory, ref.body).map(({ name, person }) => ({ title: name, value: person }));
  const { presenter = 'nobody' } = form.values;
  // Who has left the body stays who presents it until another is chosen.
  if (![...choices.map(({ value }) => value), 'nobody', ''].includes(presenter))
    choices.push({ title: nameOf(directory, personId(presenter)) ?? texts('team.formerMember'), value: presenter });
  const called = (name: string): string => nameIn(name, language, texts);
  const frame = {
    title: texts(`agenda.form.${name}.title`),
    ...(named !== null && { about: named }),
    submit: {
      title: texts(`agenda.form.${name}.submit`),
      verb: 'agenda.saveItem',
      data: {
        ...data,
        ...(item.isNew ? { newId: item.id } : { item: item.id }),
        language,
        ...(seen && { seen }),
      },
    },
    cancel: { verb: 'agenda.view', data: { ...data, ...(!item.isNew && { item: item.id }) } },
  } satisfies Partial<FormFrame>;
  return formCard(texts, form, {
    ...frame,
    fields: [
      ...(isProposal ? [subtle(texts('agenda.form.proposeLead'))] : []),
      ...(named === null ? [subtle(texts('form.starred'))] : []),
      ...besideLines(texts('agenda.form.name'), 'title', named, step, letters),
      ...textField({
        ...field(form, 'title'),
        label: named === null ? `${called(texts('agenda.form.name'))} *` : called(texts('agenda.form.ownName')),
        maxLength: itemLimits.title,
      }),
      ...choiceField({
        ...field(form, 'kind'),
        label: texts('agenda.form.kind'),
        choices: itemKinds.map((kind) => ({ title: texts(`agenda.kind.${kind}`), value: kind })),
      }),
      ...besideLines(texts('agenda.form.background'), 'background', null, step, letters),
      ...textField({
        ...field(form, 'background'),
        label: called(texts('agenda.form.background')),
        multiline: true,
        maxLength: itemLimits.background,
      }),
      ...besideLines(texts('agenda.form.proposal'), 'proposal', usual, step, letters),
      ...textField({
        ...field(form, 'proposal'),
        label: called(texts('agenda.form.proposal')),
        multiline: true,
        maxLength: itemLimits.proposal,
      }),
      ...choiceField({
        ...field(form, 'presenter'),
        label: texts('agenda.form.presenter'),
        choices: [{ title: texts('agenda.form.nobody'), value: 'nobody' }, ...choices],
      }),
      ...textField({ ...field(form, 'minutes'), label: texts('agenda.form.minutes'), maxLength: itemLimits.minutes }),
      ...textField({
        ...field(form, 'links'),
        label: texts('agenda.form.links', { limit: limits.links }),
        hint: 'https://',
        multiline: true,
      }),
      ...choiceField({
        ...field(form, 'confidential'),
        label: texts('agenda.form.confidential'),
        choices: [
          { title: texts('agenda.form.open'), value: 'false' },
          { title: texts('agenda.form.closed'), value: 'true' },
        ],
      }),
    ],
  });
}
