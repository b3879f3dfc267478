import { button, type Card, subtle } from '../../cards/elements.ts';
import { type Form, field, formCard, type Limits } from '../../cards/form.ts';
import { textField } from '../../cards/inputs.ts';
import { lengthText } from '../../cards/places.ts';
import type { Texts } from '../../shared/text.ts';
import type { Meeting, PollOption } from '../model.ts';
import { frame } from './frame-form.ts';
import { dataOf, type MeetingScene, momentText, startText } from './words-card.ts';

/** The forms in which whoever plans a poll changes its times, and until when it is answered. */

/** What fits a card together with what is wrong with it. */
export const timesLimits = { times: 1_500 } as const satisfies Limits;
export const timeLimits = { time: 200 } as const satisfies Limits;
export const deadlineLimits = { deadline: 200 } as const satisfies Limits;

/** Several times at once, each in words on a line of its own. */
export function addTimesForm(meeting: Meeting, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const submit = { title: savingText(form, texts), verb: 'meeting.addTimes' } as const;
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.times.addTitle'), submit),
    fields: [
      ...textField({
        ...field(form, 'times'),
        label: texts('meeting.times.added'),
        multiline: true,
        maxLength: timesLimits.times,
      }),
      subtle(texts('meeting.times.lead')),
    ],
  });
}

export function changeTimeForm(meeting: Meeting, option: PollOption, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const data = { option: option.id };
  const when = startText(option, meeting, scene);
  const submit = { title: savingText(form, texts), verb: 'meeting.changeTime', data } as const;
  const filled = { ...form, values: { time: timeInWords(option, meeting, scene), ...form.values } };
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.times.changeTitle', { when }), submit),
    fields: [
      ...textField({ ...field(filled, 'time'), label: texts('meeting.times.time'), maxLength: timeLimits.time }),
      subtle(texts('meeting.times.lead')),
    ],
    others: [
      button(
        texts('meeting.times.remove'),
        'meeting.removeTime',
        { ...dataOf(meeting, scene), ...data },
        {
          destructive: true,
          withoutInputs: true,
        },
      ),
    ],
  });
}

const savingText = ({ despite }: Form, texts: Texts): string => texts(`meeting.times.${despite ? 'anyway' : 'submit'}`);

/** As it can be read back. */
function timeInWords(slot: PollOption, meeting: Meeting, scene: MeetingScene): string {
  return `${startText(slot, meeting, scene)}, ${lengthText(slot.minutes, scene.texts)}`;
}

export function extendForm(meeting: Meeting, deadline: string, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const submit = { title: texts('meeting.extend.submit'), verb: 'meeting.extend' } as const;
  const filled = { ...form, values: { deadline: momentText(deadline, meeting, scene), ...form.values } };
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.extend.title'), submit),
    fields: textField({
      ...field(filled, 'deadline'),
      label: texts('meeting.extend.deadline'),
      maxLength: deadlineLimits.deadline,
    }),
  });
}
