import { button, type Card, type CardElement, subtle } from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../../cards/form.ts';
import { choiceField, textField } from '../../cards/inputs.ts';
import { nameOf } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Seen } from '../../shared/seen.ts';
import { otherLines } from '../item-card.ts';
import { minutesLimits } from '../model.ts';
import { newerLines, wordsRows } from '../newer-card.ts';
import type { SittingRef } from '../stored.ts';
import { type AgendaScene, dataOf } from '../words-card.ts';
import { correctionIn, type ReadMinutes, rewordedAfter } from './minutes.ts';

/** The forms of minutes: who checks them, what is to be put right, and what a correction puts right. */

/** Which version a form is about. */
export interface MinutesStep {
  ref: SittingRef;
  number: number;
  scene: AgendaScene;
}

export function sendForm(
  { people, count, seen, ...step }: MinutesStep & { people: readonly PersonId[]; count: number } & Seen,
  form: Form,
): Card {
  const { texts, directory } = step.scene;
  return formCard(texts, form, {
    ...frame(step, 'send', seen === undefined ? {} : { seen }),
    fields: [
      subtle(texts('minutes.form.send.lead', { count })),
      ...choiceField({
        ...field(form, 'checkers'),
        label: texts('minutes.form.send.checkers'),
        several: true,
        expanded: true,
        choices: people.map((person) => ({
          title: nameOf(directory, person) ?? texts('team.formerMember'),
          value: person,
        })),
      }),
    ],
  });
}

/** Who checks them by now, as somebody else has chosen. */
export function newerCheckers(people: readonly PersonId[], scene: AgendaScene): CardElement[] {
  const names = people.map((person) => nameOf(scene.directory, person) ?? person);
  return newerLines([[scene.texts('minutes.form.send.checkers'), names.join(', ')]], scene);
}

/** What somebody else has put right by now. */
export function newerCorrection(
  { snapshot, version }: Pick<ReadMinutes, 'snapshot' | 'version'>,
  scene: AgendaScene,
): CardElement[] {
  const correction = correctionIn(snapshot, version) ?? {};
  return newerLines(wordsRows(scene.texts('minutes.form.correct.text'), correction, scene), scene);
}

/** `isRead`: its writer may read that version, so leaving the form shows it, and else the meeting. */
export function commentForm(step: MinutesStep, form: Form, { isRead = true } = {}): Card {
  const { texts } = step.scene;
  return formCard(texts, form, {
    ...frame(step, 'comment'),
    ...(!isRead && { cancel: { verb: 'sitting.view', data: dataOf(step.ref, step.scene) } }),
    fields: textField({
      ...field(form, 'comment'),
      label: texts('minutes.form.comment.text'),
      multiline: true,
      maxLength: minutesLimits.comment,
    }),
  });
}

/** Whether what a form is to put right stands beside what a version does, which is final: 1, or in its place. */
export const furtherThan = ({ version }: Pick<ReadMinutes, 'version'>): 0 | 1 => (version.final === null ? 0 : 1);

/** Of minutes as they stand: what they put right is worded anew until they are final, and then something else is put right. */
export function correctForm(
  { further, ...step }: MinutesStep & { further: 0 | 1 | undefined },
  read: Pick<ReadMinutes, 'snapshot' | 'version'>,
  form: Form,
): Card {
  const { texts } = step.scene;
  const known = rewordedAfter(read);
  return formCard(texts, form, {
    ...frame(step, 'correct', further === undefined ? {} : { further }),
    // What was recorded is put right there, before it is said here.
    others: [
      button(texts('minutes.action.meeting'), 'sitting.view', dataOf(step.ref, step.scene), { withoutInputs: true }),
    ],
    fields: [
      subtle(texts('minutes.form.correct.lead')),
      ...otherLines(texts('minutes.form.correct.text'), known, step.scene, minutesLimits.correction, {
        isShown: form.newer !== undefined,
      }),
      ...textField({
        ...field(form, 'correction'),
        label: texts('minutes.form.correct.text'),
        multiline: true,
        maxLength: minutesLimits.correction,
      }),
    ],
  });
}

function frame(
  { ref, number, scene }: MinutesStep,
  what: 'send' | 'comment' | 'correct',
  more: Record<string, string | number> = {},
): Omit<FormFrame, 'fields'> {
  const { texts } = scene;
  const data = { ...dataOf(ref, scene), number };
  return {
    title: texts(`minutes.form.${what}.title`),
    submit: { title: texts(`minutes.form.${what}.submit`), verb: `minutes.${what}`, data: { ...data, ...more } },
    cancel: { verb: 'minutes.view', data },
  };
}
