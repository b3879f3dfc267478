import { type ActionData, button, type Card, type CardElement, subtle, withoutMarkdown } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField } from '../../cards/inputs.ts';
import type { PersonId } from '../../shared/ids.ts';
import { possibleAt } from '../invited.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { repliesAt, scheduleOf, whoCame } from '../standing.ts';
import { frame } from './frame-form.ts';
import { dataOf, type MeetingScene, personName, startText, titleOf } from './words-card.ts';

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
    fields: [
      ...(form.asked || knownAt(meeting, on, scene) !== null ? [] : [subtle(texts('meeting.record.unanswered'))]),
      ...cameField(meeting, occurrence, scene, form),
    ],
    // That nobody came is saved by no press that may have been made without a look.
    others: form.asked
      ? [
          button(
            texts('meeting.record.nobody'),
            'meeting.record',
            { ...dataOf(meeting, scene), on, ...recordData(meeting, on), nobody: 1 },
            { withoutInputs: true },
          ),
        ]
      : [],
  });
}

/** Who came as far as it is known, or was to come by the answers; null while nobody has said that they would. */
export function knownAt(
  meeting: Meeting,
  on: string,
  { directory }: Pick<MeetingScene, 'directory'>,
): readonly PersonId[] | null {
  const replies = repliesAt(meeting, on);
  const coming = possibleAt(meeting, on, directory).filter((person) => replies[person]?.coming === 'yes');
  return whoCame(meeting, on) ?? (coming.length > 0 ? coming : null);
}

/** Everybody who may have come, those ticked who said that they would. */
export function cameField(meeting: Meeting, { on }: Occurrence, scene: MeetingScene, form: Form): CardElement[] {
  const { texts, directory } = scene;
  const filled = { ...form, values: { came: (knownAt(meeting, on, scene) ?? []).join(), ...form.values } };
  const choices = possibleAt(meeting, on, directory)
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
