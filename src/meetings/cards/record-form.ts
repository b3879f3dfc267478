import { type Card, withoutMarkdown } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField } from '../../cards/inputs.ts';
import { possibleAt } from '../invited.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { repliesAt, whoCame } from '../standing.ts';
import { frame } from './frame-form.ts';
import { type MeetingScene, personName, startText, titleOf } from './words-card.ts';

/** Who came, filled in from the answers: most often one press. */
export function recordForm(meeting: Meeting, occurrence: Occurrence, scene: MeetingScene, form: Form): Card {
  const { texts, directory } = scene;
  const { on } = occurrence;
  const replies = repliesAt(meeting, on);
  const people = possibleAt(meeting, on, directory);
  const known = whoCame(meeting, on) ?? people.filter((person) => replies[person]?.coming === 'yes');
  const filled = { ...form, values: { came: known.join(), ...form.values } };
  const choices = people
    .map((person) => ({ title: personName(person, scene), value: person }))
    .toSorted((a, b) => a.title.localeCompare(b.title, texts.language));
  const submit = { title: texts('meeting.record.submit'), verb: 'meeting.record' } as const;
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.record.title'), submit, on),
    about: `${withoutMarkdown(titleOf(meeting, scene))} · ${startText(occurrence, meeting, scene)}`,
    fields: choiceField({
      ...field(filled, 'came'),
      label: texts('meeting.record.came'),
      choices,
      several: true,
      expanded: true,
    }),
  });
}
