import { formatDate } from '../../cards/dates.ts';
import {
  actionRow,
  button,
  type Card,
  type CardElement,
  type CardMessage,
  card,
  columns,
  heading,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { paged } from '../../cards/paged.ts';
import type { Body } from '../../directory/model.ts';
import { type Actor, leads } from '../../shared/actor.ts';
import { dateIn } from '../../shared/clock.ts';
import { listed, type MeetingScene, startText, titleOf } from '../cards/words-card.ts';
import { type Cadence, isToBeSought } from './cadence.ts';
import type { ProposedMeeting } from './cadence-proposals.ts';

/** How bodies keep the rhythm of their meetings, and what a leader is asked who is to find a time. */

const cadencePage = 6;

export interface CadenceView {
  /** The one whose rhythms these are; null for all that the reader may see. */
  body: Body | null;
  cadences: readonly Cadence[];
  actor: Actor;
  page: number;
}

export function cadenceCard({ body, cadences, actor, page: wanted }: CadenceView, scene: MeetingScene): Card {
  const { texts } = scene;
  const title = body
    ? texts('meeting.cadence.ofBody', { body: body.name[texts.language] })
    : texts('meeting.cadence.title');
  const here = body ? { body: body.id } : {};
  const turn = (to: string, page: number) => button(to, 'meeting.cadence', { ...here, page });
  const { shown, line, turns } = paged(cadences, { size: cadencePage, wanted, turn }, texts);
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      ...(cadences.length === 0 ? [text(texts('meeting.cadence.none'))] : []),
      ...shown.map((one) => row(one, body ? kindTitle(one, scene) : nameOf(one, scene), actor, scene)),
      ...line,
    ],
    actions: [
      ...turns,
      ...(body ? [button(texts('meeting.cadence.mine'), 'meeting.cadence')] : []),
      button(texts('help.meetings'), 'meeting.list'),
    ],
  });
}

function row(cadence: Cadence, name: string, actor: Actor, scene: MeetingScene): CardElement {
  const { texts } = scene;
  const small = { spacing: 'None', size: 'Small' } as const;
  const { state, due, last, next, isSought } = cadence;
  const dates = texts('meeting.cadence.dates', {
    last: last ? dateText(last.start.slice(0, 10), scene) : texts('meeting.cadence.never'),
    next: next
      ? dateText(next.start.slice(0, 10), scene)
      : texts(isSought ? 'meeting.cadence.sought' : 'meeting.cadence.unplanned'),
  });
  const standing = state === 'kept' && !last && !next ? 'begun' : state;
  const asks = leads(actor, cadence.body.id) && isToBeSought(cadence);
  return {
    ...columns(
      [
        text(name, { weight: 'Bolder' }),
        text(texts(`meeting.cadence.state.${standing}`, { date: dateText(due.toString(), scene) }), {
          ...small,
          ...(state === 'missed' && { color: 'Attention' }),
        }),
        text(dates, small),
        text([intervalText(cadence, scene), yearText(cadence, scene)].join(' · '), { ...small, isSubtle: true }),
      ],
      asks
        ? [
            actionRow([
              button(texts('meeting.cadence.find'), 'meeting.findTime', refOf(cadence), {
                inWords: `${texts('meeting.cadence.find')}: ${name}`,
              }),
            ]),
          ]
        : [],
    ),
    separator: true,
  };
}

function refOf({ body, kind }: Cadence) {
  return { body: body.id, kind };
}

/** "Teammöte". */
function kindTitle({ body, kind }: Pick<Cadence, 'body' | 'kind'>, scene: MeetingScene): string {
  return titleOf({ title: '', kind, subject: null, body: body.id }, scene);
}

/** "Teammöte · Lojo ankarteam". */
function nameOf(cadence: Pick<Cadence, 'body' | 'kind'>, scene: MeetingScene): string {
  return withoutMarkdown(`${kindTitle(cadence, scene)} · ${cadence.body.name[scene.texts.language]}`);
}

function dateText(date: string, { texts, calendar, now }: MeetingScene): string {
  return formatDate(date, texts, dateIn(calendar.timeZone, now));
}

function intervalText({ interval }: Cadence, { texts }: MeetingScene): string {
  return 'weeks' in interval
    ? texts('meeting.cadence.weeks', { count: interval.weeks })
    : texts('meeting.cadence.months', { count: interval.months });
}

/** Whether the rhythm has held is not to be told of what nobody has held yet. */
function yearText({ year, last }: Cadence, { texts }: MeetingScene): string {
  const { held, planned, broken } = year;
  const counted = texts('meeting.cadence.year', { held, planned });
  if (broken > 0) return `${counted}, ${texts('meeting.cadence.broken', { count: broken })}`;
  return last ? `${counted}, ${texts('meeting.cadence.whole')}` : counted;
}

/** What a leader is asked: times are proposed, to be checked and sent. */
export function askingMessage({ cadence, slots }: ProposedMeeting, scene: MeetingScene): CardMessage {
  const { texts, calendar } = scene;
  const { state, due, period, next } = cadence;
  const title = texts('meeting.cadence.ask.title', { title: nameOf(cadence, scene) });
  const times = slots.map((slot) => startText(slot, { zone: calendar.timeZone }, scene));
  const lead = state === 'missed' ? 'missed' : 'soon';
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(title),
        text(texts(`meeting.cadence.ask.${lead}`, { date: dateText(due.toString(), scene) })),
        ...(next ? [text(texts('meeting.cadence.ask.late', { date: dateText(next.start.slice(0, 10), scene) }))] : []),
        ...(times.length > 0 ? [text(texts('meeting.cadence.ask.times', { times: listed(times, texts) }))] : []),
      ],
      actions: [
        button(texts('meeting.cadence.ask.open'), 'meeting.findTime', refOf(cadence), { primary: true }),
        button(texts('meeting.cadence.ask.notNow'), 'meeting.putOff', { ...refOf(cadence), until: period.toString() }),
        button(texts('meeting.cadence.show'), 'meeting.cadence', {}, { overflow: true }),
      ],
    }),
  };
}

/** In the place of the question; `until` is an ISO 8601 date. */
export function putOffCard(cadence: Pick<Cadence, 'body' | 'kind'>, until: string, scene: MeetingScene): Card {
  const { texts } = scene;
  const line = texts('meeting.cadence.putOff', { title: nameOf(cadence, scene), date: dateText(until, scene) });
  return card(texts, {
    speak: line,
    body: [text(line, { isSubtle: true })],
    actions: [button(texts('meeting.cadence.show'), 'meeting.cadence')],
  });
}
