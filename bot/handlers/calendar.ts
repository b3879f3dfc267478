import { z } from 'zod';
import { meetingCalendarCard, subscriptionCard } from '../../src/calendar/card.ts';
import { outlookSubscriptionLink, teamsCalendarLink } from '../../src/calendar/links.ts';
import { details, type Subscription, type SubscriptionCommand } from '../../src/calendar/model.ts';
import type { CalendarService, MeetingPass } from '../../src/calendar/service.ts';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import { privatelyCard } from '../../src/conversations/card.ts';
import type { Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { MeetingService } from '../../src/meetings/service.ts';
import { eventOf } from '../../src/meetings/telling/events.ts';
import { requireOccurrence } from '../../src/meetings/transition.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import type { WorkingCalendar } from '../../src/shared/working-time.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

export interface CalendarParts {
  calendar: CalendarService;
  meetings: Pick<MeetingService, 'view'>;
  directory: Pick<DirectoryService, 'require'>;
  calendarOf: (directory: Directory) => WorkingCalendar;
  /** The whole address of a person's calendar, and of one meeting as a file. */
  calendarLink: (token: string) => string;
}

/** A person's meetings in the calendars that they use elsewhere. */
export function calendarFeature(parts: CalendarParts): Feature {
  const { calendar, meetings, directory, calendarOf, calendarLink } = parts;

  function shown({ actor, texts }: Press, subscription: Subscription, said?: Said): Card {
    const token = calendar.token(actor, subscription);
    if (token === null) return subscriptionCard(subscription, null, texts, said);
    const address = calendarLink(token);
    const outlook = outlookSubscriptionLink(address, texts('calendar.name'));
    return subscriptionCard(subscription, { address, outlook }, texts, said);
  }

  async function changed(press: Press, command: SubscriptionCommand, done: Said): Promise<Card> {
    return shown(press, await calendar.change(press.actor, command), done);
  }

  const said = ({ texts }: Press, what: 'renewed' | 'revoked' | 'chosen'): Said => ({
    tone: 'good',
    text: texts(`calendar.${what}`),
  });

  const verbs: VerbsOf<'calendar'> = {
    'calendar.view': verb({
      input: z.object({}),
      audience: 'everyone in the directory',
      async run(press) {
        // Whoever reads the address reads their meetings, and everybody in a chat reads the answer to a command.
        if (press.readBy === 'chat') return privatelyCard(press.texts, 'calendar', 'calendar.view');
        return shown(press, await calendar.of(press.actor));
      },
    }),
    'calendar.renew': verb({
      input: z.object({}),
      audience: 'everyone in the directory',
      run: (press) => changed(press, { do: 'renew' }, said(press, 'renewed')),
    }),
    'calendar.revoke': verb({
      input: z.object({}),
      audience: 'everyone in the directory',
      run: (press) => changed(press, { do: 'revoke' }, said(press, 'revoked')),
    }),
    'calendar.choose': verb({
      input: z.object({ detail: z.enum(details) }),
      audience: 'everyone in the directory',
      run: (press, { detail }) => changed(press, { do: 'choose', detail }, said(press, 'chosen')),
    }),
    'calendar.meeting': verb({
      input: z.object({ id: z.uuid().max(36), on: z.iso.date().max(10), placement: z.string().max(100).optional() }),
      audience: 'invited people',
      async run({ actor, texts }, { id, on, placement }) {
        const region = directory.require(actor.tenant);
        const meeting = await meetings.view(actor, id);
        const scene = { texts, directory: region, calendar: calendarOf(region), detail: 'little' as const };
        const occurrence = requireOccurrence(meeting, on, scene);
        const { tenant, person, language } = actor;
        const pass: MeetingPass = { tenant, person, language, meeting: id, on };
        const links = {
          // An address stays in histories and logs, so it tells when and nothing else.
          teams: teamsCalendarLink(eventOf(meeting, occurrence, scene)),
          file: calendarLink(calendar.passes.issue(pass)),
          minutes: passMinutes,
        };
        return meetingCalendarCard(
          links,
          button(texts('actions.back'), 'meeting.view', { id, on, ...(placement && { placement }) }),
          texts,
        );
      },
    }),
  };
  return { verbs, commands: [calendarCommand] };
}

const calendarCommand = command({
  words: {
    calendar: {
      sv: 'kalender kalendern',
      fi: 'kalenteri kalenterin kalenterini',
      en: 'calendar',
    },
  },
  example: { sv: 'min kalender', fi: 'oma kalenteri', en: 'my calendar' },
  evidence: ['calendar'],
  read: (said) => (said.has('calendar') && said.only('calendar', 'mine') ? { verb: 'calendar.view' } : null),
});
