import {
  banner,
  button,
  type Card,
  type CardAction,
  card,
  heading,
  link,
  type Said,
  subheading,
  subtle,
  text,
  written,
} from '../cards/elements.ts';
import type { Texts } from '../shared/text.ts';
import { details, type Subscription } from './model.ts';

/** A person's own calendar address, for them alone: whoever has it reads when they have meetings. `url` is null for none. */
export function subscriptionCard(
  { detail }: Pick<Subscription, 'detail'>,
  url: string | null,
  texts: Texts,
  said?: Said,
): Card {
  const other = details.filter((each) => each !== detail);
  return card(texts, {
    speak: texts('calendar.title'),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(texts('calendar.title')),
      text(texts(url ? 'calendar.how' : 'calendar.lead')),
      ...(url ? [written(url), subtle(texts('calendar.secret'))] : []),
      subheading(texts('calendar.shows')),
      text(texts(`calendar.detail.${detail}`), { spacing: 'Small' }),
    ],
    actions: [
      ...(url
        ? [
            button(texts('calendar.renew'), 'calendar.renew'),
            button(texts('calendar.revoke'), 'calendar.revoke', {}, { destructive: true }),
          ]
        : [button(texts('calendar.make'), 'calendar.renew', {}, { primary: true })]),
      ...other.map((each) => button(texts(`calendar.choose.${each}`), 'calendar.choose', { detail: each })),
    ],
  });
}

/** How one meeting comes into a calendar, for whoever asked. */
export function meetingCalendarCard(
  links: { teams: string | null; file: string; minutes: number },
  back: CardAction,
  texts: Texts,
): Card {
  return card(texts, {
    speak: texts('calendar.meeting.title'),
    body: [heading(texts('calendar.meeting.title')), text(texts('calendar.meeting.lead', { minutes: links.minutes }))],
    actions: [
      ...(links.teams ? [link(texts('calendar.meeting.teams'), links.teams)] : []),
      link(texts('calendar.meeting.file'), links.file),
      button(texts('calendar.meeting.all'), 'calendar.view'),
      back,
    ],
  });
}
