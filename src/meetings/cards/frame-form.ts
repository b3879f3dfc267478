import { withoutMarkdown } from '../../cards/elements.ts';
import type { FormFrame } from '../../cards/form.ts';
import type { Meeting } from '../model.ts';
import { summaryOf } from './card.ts';
import { dataOf, type MeetingScene } from './words-card.ts';

/** What all forms of a meeting have around their fields. */
export function frame(meeting: Meeting, scene: MeetingScene, title: string, submit: FormFrame['submit']) {
  const data = dataOf(meeting, scene);
  return {
    about: withoutMarkdown(summaryOf(meeting, scene)),
    title,
    submit: { ...submit, data: { ...data, ...submit.data } },
    cancel: { verb: 'meeting.view', data },
  } satisfies Partial<FormFrame>;
}
