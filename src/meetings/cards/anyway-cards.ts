import {
  banner,
  button,
  type Card,
  type CardAction,
  card,
  heading,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import type { Doubt } from '../doubts.ts';
import type { Meeting, PollOption } from '../model.ts';
import { doubtsText } from './doubts-card.ts';
import { dataOf, type MeetingScene, startText, titleOf } from './words-card.ts';

/** What is asked once more before it is done, because something speaks against it. */

/** What speaks against something that one press would do, and the name by which it is done all the same. */
export interface Weighty {
  doubts: readonly Doubt[];
  despite: string;
}

/** A time that is picked all the same. `missing`: who is needed for it and cannot come; null for nobody. */
export function pickCard(
  meeting: Meeting,
  option: PollOption,
  { missing, doubts, despite }: Weighty & { missing: string | null },
  scene: MeetingScene,
): Card {
  const { texts } = scene;
  return anywayCard(meeting, scene, {
    title: texts('meeting.pick.title', { when: startText(option, meeting, scene) }),
    reasons: [
      ...(missing === null ? [] : [texts('meeting.pick.lead', { missing })]),
      ...(doubts.length > 0 ? [doubtsText(doubts, scene)] : []),
    ],
    anyway: button(
      texts('meeting.pick.anyway'),
      'meeting.pick',
      { ...dataOf(meeting, scene), option: option.id, despite },
      { primary: true },
    ),
  });
}

/** A proposal to which a leader says yes all the same. */
export function confirmCard(meeting: Meeting, { doubts, despite }: Weighty, scene: MeetingScene): Card {
  const { texts } = scene;
  return anywayCard(meeting, scene, {
    title: texts('meeting.confirm.title'),
    reasons: [doubtsText(doubts, scene)],
    anyway: button(
      texts('meeting.plan.submit.anyway'),
      'meeting.confirm',
      { ...dataOf(meeting, scene), despite },
      { primary: true },
    ),
  });
}

function anywayCard(
  meeting: Meeting,
  scene: MeetingScene,
  { title, reasons, anyway }: { title: string; reasons: readonly string[]; anyway: CardAction },
): Card {
  return card(scene.texts, {
    speak: title,
    body: [
      text(withoutMarkdown(titleOf(meeting, scene)), { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      ...reasons.map((reason) => banner('warning', reason)),
    ],
    actions: [anyway, button(scene.texts('form.cancel'), 'meeting.view', dataOf(meeting, scene))],
  });
}
