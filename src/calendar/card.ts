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
} from '../cards/elements.ts';
import { textField } from '../cards/inputs.ts';
import type { Texts } from '../shared/text.ts';
import { details, type Subscription } from './model.ts';

/** A person's own calendar address, for them alone: whoever has it reads when they have meetings. `links` is null for none. */
export function subscriptionCard(
  { detail }: Pick<Subscription, 'detail'>,
  links: { address: string; outlook: string } | null,
  texts: Texts,
  said?: Said,
): Card {
  const other = details.filter((each) => each !== detail);
  return card(texts, {
    speak: texts('calendar.title'),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(texts('calendar.title')),
      text(texts(links ? 'calendar.how' : 'calendar.lead')),
      // In a field it stays one line, however long it is, and is marked and copied as a whole.
      ...(links
        ? [
            ...textField({ id: 'address', label: texts('calendar.address'), value: links.address }),
            subtle(texts('calendar.secret')),
          ]
        : []),
      subheading(texts('calendar.shows')),
      text(texts(`calendar.detail.${detail}`), { spacing: 'Small' }),
    ],
    actions: [
      ...(links
        ? [
            link(texts('calendar.outlook'), links.outlook),
            button(texts('calendar.renew'), 'calendar.renew', {}, { withoutInputs: true }),
            button(texts('calendar.revoke'), 'calendar.revoke', {}, { destructive: true, withoutInputs: true }),
          ]
        : [button(texts('calendar.make'), 'calendar.renew', {}, { primary: true })]),
      ...other.map((each) =>
        button(texts(`calendar.choose.${each}`), 'calendar.choose', { detail: each }, { withoutInputs: true }),
      ),
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
