import { actionRow, button, type Card, card, heading, text, withoutMarkdown } from '../../cards/elements.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { nextOf } from '../repeat.ts';
import { scheduleOf } from '../standing.ts';
import { dataOf, type MeetingScene, slotText, startText, titleOf } from './words-card.ts';

/** Asked before anything is cancelled. `occurrence` is the holding that was pressed on; null for a whole that has none. */
export function cancelCard(meeting: Meeting, occurrence: Occurrence | null, scene: MeetingScene): Card {
  const { texts } = scene;
  const data = dataOf(meeting, scene);
  const asked = { ...data, was: meeting.stage.is };
  const isProposal = meeting.stage.is === 'proposed';
  const title = texts(isProposal ? 'meeting.cancel.proposalTitle' : 'meeting.cancel.title');
  const isSeries = Boolean(scheduleOf(meeting)?.repeat);
  const whole = isProposal
    ? 'meeting.cancel.proposalSubmit'
    : isSeries
      ? 'meeting.cancel.all'
      : 'meeting.cancel.submit';
  const one = isSeries && occurrence ? nextOf([occurrence], meeting.zone, scene.now) : null;
  const when = occurrence && !isSeries ? slotText(occurrence, meeting, scene) : '';
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      text([withoutMarkdown(titleOf(meeting, scene)), when].filter(Boolean).join(' · '), { weight: 'Bolder' }),
      text(texts(isProposal ? 'meeting.cancel.proposal' : 'meeting.cancel.lead')),
      ...(one
        ? [
            actionRow([
              button(
                texts('meeting.cancel.one', { when: startText(one, meeting, scene) }),
                'meeting.cancel',
                { ...asked, on: one.on },
                { destructive: true },
              ),
            ]),
          ]
        : []),
    ],
    actions: [
      button(texts(whole), 'meeting.cancel', asked, { destructive: true }),
      button(texts('actions.back'), 'meeting.view', { ...data, ...(one && { on: one.on }) }),
    ],
  });
}
