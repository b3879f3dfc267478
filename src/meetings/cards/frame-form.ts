import { withoutMarkdown } from '../../cards/elements.ts';
import type { FormFrame } from '../../cards/form.ts';
import type { Meeting } from '../model.ts';
import { summaryOf } from './card.ts';
import { dataOf, type MeetingScene } from './words-card.ts';

/** What all forms of a meeting, or of the holding of it that is named, have around their fields. */
export function frame(
  meeting: Meeting,
  scene: MeetingScene,
  title: string,
  submit: FormFrame['submit'],
  on: string | null = null,
) {
  const data = { ...dataOf(meeting, scene), ...(on !== null && { on }) };
  return {
    about: withoutMarkdown(summaryOf(meeting, scene, on)),
    title,
    submit: { ...submit, data: { ...data, ...submit.data } },
    cancel: { verb: 'meeting.view', data },
  } satisfies Partial<FormFrame>;
}
