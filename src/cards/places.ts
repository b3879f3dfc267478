import type { Texts } from '../shared/text.ts';
import { withoutMarkdown } from './elements.ts';

/** How long something is and where, in words. */

/** "1 h 30 min". */
export function lengthText(minutes: number, texts: Texts): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [
    hours > 0 ? texts('meeting.hours', { hours }) : '',
    rest > 0 ? texts('meeting.minutes', { minutes: rest }) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** For places that read Markdown; empty when nothing was said. */
export function placeText({ online, where }: { online: boolean; where: string }, texts: Texts): string {
  return [withoutMarkdown(where), online ? texts('meeting.online') : ''].filter(Boolean).join(' · ');
}
