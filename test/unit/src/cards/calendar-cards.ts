import { meetingCalendarCard, subscriptionCard } from '../../../../src/calendar/card.ts';
import { outlookSubscriptionLink, teamsCalendarLink } from '../../../../src/calendar/links.ts';
import { details } from '../../../../src/calendar/model.ts';
import { button } from '../../../../src/cards/elements.ts';
import { limits } from '../../../../src/meetings/model.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { passMinutes } from '../../../../src/shared/sealed.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { monday } from '../../../support/builders.ts';
import type { DrawnCard } from './every-card.ts';

/** As long as an address of ours is at most. */
const url = `https://ankarbot.example.fi/calendar/${'x'.repeat(700)}.ics`;
const links = { address: url, outlook: outlookSubscriptionLink(url, 'Ankarmöten') };

export function calendarCards(language: Language): DrawnCard[] {
  const texts = textsFor(language);
  const back = button(texts('actions.back'), 'meeting.view', { id: crypto.randomUUID() });
  const event = {
    title: 'ä'.repeat(limits.title),
    place: 'ä'.repeat(limits.where),
    begins: monday,
    ends: monday.add({ hours: 1 }),
  };
  return [
    ...details.flatMap((detail) => [
      { name: `calendar, ${detail}, without an address`, card: subscriptionCard({ detail }, null, texts) },
      { name: `calendar, ${detail}`, card: subscriptionCard({ detail }, links, texts) },
    ]),
    {
      name: 'calendar, address made',
      card: subscriptionCard({ detail: 'little' }, links, texts, { tone: 'good', text: texts('calendar.renewed') }),
    },
    {
      name: 'calendar, one meeting',
      card: meetingCalendarCard({ teams: teamsCalendarLink(event), file: url, minutes: passMinutes }, back, texts),
    },
  ];
}
