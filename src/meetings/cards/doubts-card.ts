import { withoutMarkdown } from '../../cards/elements.ts';
import type { Doubt } from '../doubts.ts';
import { type MeetingScene, personName, startText, titleOf } from './words-card.ts';

/** People that are named before the rest is a number. */
const mostDoubts = 6;

/** What speaks against it, for the banner above the form; the title of a meeting only where its reader may know it. */
export function doubtsText(doubts: readonly Doubt[], scene: MeetingScene): string {
  const { texts, directory } = scene;
  const { timeZone: zone, workingHours } = directory.policy;
  const hours = `${workingHours.start}–${workingHours.end}`;
  const lines = doubts.slice(0, mostDoubts).map((doubt) => {
    const when = startText(doubt.slot, { zone }, scene);
    if (doubt.is !== 'busy') return texts(`meeting.plan.doubt.${doubt.is}`, { when, hours });
    const name = personName(doubt.person, scene);
    return doubt.with
      ? texts('meeting.plan.doubt.busyWith', { name, when, title: withoutMarkdown(titleOf(doubt.with, scene)) })
      : texts('meeting.plan.doubt.busy', { name, when });
  });
  const rest = doubts.length - lines.length;
  const more = rest > 0 ? [texts('meeting.plan.doubt.more', { count: rest })] : [];
  return [texts('meeting.plan.doubt.lead'), ...[...lines, ...more].map((line) => `- ${line}`)].join('\n');
}
