import { type ActionData, type Card, type CardElement, withoutMarkdown } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField } from '../../cards/inputs.ts';
import { possibleAt } from '../invited.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { repliesAt, scheduleOf, whoCame } from '../standing.ts';
import { frame } from './frame-form.ts';
import { type MeetingScene, personName, startText, titleOf } from './words-card.ts';

/** Who came, filled in from the answers: most often one press. */
export function recordForm(meeting: Meeting, occurrence: Occurrence, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const { on } = occurrence;
  const submit = {
    title: texts('meeting.record.submit'),
    verb: 'meeting.record',
    data: recordData(meeting, on),
  } as const;
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.record.title'), submit, on),
    about: `${withoutMarkdown(titleOf(meeting, scene))} · ${startText(occurrence, meeting, scene)}`,
    fields: cameField(meeting, occurrence, scene, form),
  });
}

/** Everybody who may have come, those ticked who said that they would. */
export function cameField(meeting: Meeting, { on }: Occurrence, scene: MeetingScene, form: Form): CardElement[] {
  const { texts, directory } = scene;
  const replies = repliesAt(meeting, on);
  const people = possibleAt(meeting, on, directory);
  const known = whoCame(meeting, on) ?? people.filter((person) => replies[person]?.coming === 'yes');
  const filled = { ...form, values: { came: known.join(), ...form.values } };
  const choices = people
    .map((person) => ({ title: personName(person, scene), value: person }))
    .toSorted((a, b) => a.title.localeCompare(b.title, texts.language));
  return choiceField({
    ...field(filled, 'came'),
    label: texts('meeting.record.came'),
    choices,
    several: true,
    expanded: true,
  });
}

/** Whether anybody had said who came when it was drawn: what was said since is not to be overwritten unseen. */
export function recordData(meeting: Meeting, on: string): ActionData {
  return scheduleOf(meeting)?.came[on] === undefined ? { first: 1 } : {};
}
