import { banner, button, type Card, card, text, withoutMarkdown } from '../../cards/elements.ts';
import type { Meeting } from '../model.ts';
import { caseData, type FromCase } from './plan-form.ts';
import { type MeetingScene, seriesText, slotText, titleOf } from './words-card.ts';

/** What the form of a plan becomes once it is done with. */

/** One line that says what came of it; `elsewhere` to who may not know. */
function doneText(meeting: Meeting | 'elsewhere', scene: MeetingScene): string {
  const { texts } = scene;
  if (meeting === 'elsewhere') return texts('meeting.plan.done.elsewhere');
  const title = withoutMarkdown(titleOf(meeting, scene));
  switch (meeting.stage.is) {
    case 'planned': {
      const { first, repeat } = meeting.stage.schedule;
      const when = slotText(first, meeting, scene);
      if (!repeat) return texts('meeting.plan.done.invited', { title, when });
      return texts('meeting.plan.done.invitedSeries', {
        title,
        when,
        series: seriesText(first, repeat, meeting, scene),
      });
    }
    case 'poll':
      return texts('meeting.plan.done.asked', { title });
    case 'proposed':
      return texts('meeting.plan.done.proposed', { title });
    case 'cancelled':
      return texts('meeting.plan.done.elsewhere');
  }
}

/** What is said to who planned it, once that is done; `from` as of the form. */
export function plannedCard(meeting: Meeting, scene: MeetingScene, from: FromCase | null): Card {
  const { texts } = scene;
  const done = doneText(meeting, scene);
  return card(texts, {
    speak: done,
    body: [banner('good', done)],
    actions: [
      button(texts('list.open'), 'meeting.view', { id: meeting.id }),
      from
        ? button(texts('referral.actions.open'), 'referral.view', caseData(from))
        : button(texts('meeting.plan.another'), 'meeting.form'),
    ],
  });
}

/** What the form's message becomes for everybody; null for a form that was left. */
export function closedPlan(meeting: Meeting | 'elsewhere' | null, scene: MeetingScene): Card {
  const { texts } = scene;
  const line = meeting === null ? texts('meeting.plan.left') : doneText(meeting, scene);
  return card(texts, {
    speak: line,
    body: [text(line, { isSubtle: true })],
    actions: [button(texts('meeting.plan.another'), 'meeting.form', { alone: 1 })],
  });
}
