import {
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  type CardMessage,
  card,
  container,
  facts,
  heading,
  type Said,
  type Tone,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { placeText } from '../../cards/places.ts';
import type { Meeting, Occurrence, Plan } from '../model.ts';
import { isOpen } from '../poll-standing.ts';
import { beginOf } from '../repeat.ts';
import { managersOf } from '../rights.ts';
import { type Focus, focusOf, isEnded, scheduleOf, unreachedBy } from '../standing.ts';
import { plannedActions } from './actions-card.ts';
import { outdatedNote } from './letter-card.ts';
import { newsOf } from './news-card.ts';
import { plannedBody } from './planned-card.ts';
import { pollActions, pollBody } from './poll-card.ts';
import {
  dataOf,
  listed,
  type MeetingScene,
  momentText,
  namesOf,
  ofBody,
  personName,
  seriesText,
  slotText,
  titleOf,
  type Viewer,
} from './words-card.ts';

export interface MeetingCardOptions {
  /** Null draws the shared card, for everybody alike. */
  viewer?: Viewer | null;
  said?: Said | undefined;
  /** The holding of a series that it is about; by default the next one. */
  on?: string | null;
  /** Teams ids of those who get their own view of the card. */
  refreshFor?: readonly string[];
}

/** A meeting from the proposal to who came: what it is, how it stands, and what can be done now. */
export function meetingCard(meeting: Meeting, scene: MeetingScene, options: MeetingCardOptions = {}): Card {
  const { viewer = null, said, on = null, refreshFor = [] } = options;
  const schedule = scheduleOf(meeting);
  const focus = schedule && focusOf(meeting, schedule, scene, on);
  const data = { ...dataOf(meeting, scene), ...(on !== null && { on }) };
  return card(scene.texts, {
    speak: summaryOf(meeting, scene, on),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header(meeting, scene, focus),
      ...outdatedNote(meeting, scene),
      ...bodyOfStage(meeting, scene, focus, viewer),
      ...(viewer?.manages ? unreached(meeting, scene) : []),
    ],
    actions: [
      ...actionsOf(meeting, scene, focus, viewer),
      ...toCase(meeting, scene),
      ...(viewer ? [] : forPlanner(meeting, scene)),
    ],
    refresh: { verb: 'meeting.view', data, userIds: refreshFor },
  });
}

/** The message of a chat, or somebody's own. */
export function meetingMessage(meeting: Meeting, scene: MeetingScene, options: MeetingCardOptions): CardMessage {
  return { card: meetingCard(meeting, scene, options), summary: summaryOf(meeting, scene, options.on) };
}

/** One line that says what the meeting is and how it stands, or the holding of it that is named; for notifications and screen readers. */
export function summaryOf(meeting: Meeting, scene: MeetingScene, on: string | null = null): string {
  const schedule = scheduleOf(meeting);
  return `${titleOf(meeting, scene)} · ${stateText(meeting, scene, schedule && focusOf(meeting, schedule, scene, on))}`;
}

function stateText(meeting: Meeting, scene: MeetingScene, focus: Focus | null): string {
  const { texts } = scene;
  const { stage } = meeting;
  switch (stage.is) {
    case 'proposed':
      return texts('meeting.state.proposed', { name: personName(stage.by, scene) });
    case 'poll':
      return isOpen(stage.poll, scene.now)
        ? texts('meeting.state.poll', { when: momentText(stage.poll.deadline, meeting, scene) })
        : texts('meeting.state.pollOver', {
            names: listed(namesOf(managersOf(meeting, scene.directory), meeting, scene), texts),
          });
    case 'cancelled':
      return texts(`meeting.state.${endingOf(stage)}`);
    case 'planned': {
      const { occurrence, when } = focus ?? { occurrence: null, when: 'over' };
      if (!occurrence) return texts('meeting.state.noneLeft');
      if (occurrence.cancelled) return texts('meeting.state.cancelled');
      if (hasEnded(meeting, focus)) return texts('meeting.state.ended', { when: slotText(occurrence, meeting, scene) });
      const state = when === 'ahead' && isSoon(occurrence, meeting, scene) ? 'soon' : when;
      return texts(`meeting.state.${state}`, { when: slotText(occurrence, meeting, scene) });
    }
  }
}

type Ended = Extract<Meeting['stage'], { is: 'cancelled' }>;

/** How it came to its end: what nobody was invited to is not called off. */
function endingOf({ by, schedule, proposedBy }: Ended) {
  if (by === 'ankarbot') return 'lapsed';
  if (proposedBy !== undefined) return by === proposedBy ? 'takenBack' : 'declined';
  return schedule?.repeat ? 'cancelledSeries' : 'cancelled';
}

/** As long before as the last reminder comes. */
const isSoon = (occurrence: Occurrence, { zone }: Meeting, { now }: MeetingScene): boolean =>
  Temporal.Instant.compare(beginOf(occurrence, zone).subtract({ hours: 1 }), now) <= 0;

/** What is seen first of a series whose end somebody has brought about. */
const hasEnded = (meeting: Meeting, focus: Focus | null): boolean => isEnded(meeting) && focus?.isAsked === false;

function header(meeting: Meeting, scene: MeetingScene, focus: Focus | null): CardElement {
  return container(
    [
      text(ofBody(meeting, scene), { size: 'Small' }),
      { ...heading(withoutMarkdown(titleOf(meeting, scene))), spacing: 'None' },
      text(stateText(meeting, scene, focus), { weight: 'Bolder', spacing: 'Small' }),
    ],
    { style: toneOf(meeting, focus), bleed: true },
  );
}

function toneOf(meeting: Meeting, focus: Focus | null): Tone {
  const { stage } = meeting;
  if (stage.is === 'proposed') return 'warning';
  if (stage.is === 'poll') return 'accent';
  if (stage.is === 'cancelled' || focus?.occurrence?.cancelled || hasEnded(meeting, focus)) return 'attention';
  return focus === null || focus.when === 'over' ? 'emphasis' : 'good';
}

function bodyOfStage(meeting: Meeting, scene: MeetingScene, focus: Focus | null, viewer: Viewer | null): CardElement[] {
  const { stage, place, invited } = meeting;
  const { texts } = scene;
  const where = placeText(place, texts);
  const whereFact = where ? [[texts('meeting.facts.where'), where] as const] : [];
  switch (stage.is) {
    case 'proposed':
      return [
        facts([
          [texts('meeting.facts.when'), planText(stage.plan, meeting, scene)],
          ...whereFact,
          [
            texts('meeting.facts.invited'),
            [...(invited.everyone ? [texts('meeting.everyone')] : []), ...namesOf(invited.named, meeting, scene)].join(
              ', ',
            ),
          ],
        ]),
      ];
    case 'poll':
      return [...(where ? [facts(whereFact)] : []), ...pollBody(meeting, stage.poll, scene, viewer)];
    case 'planned':
      return focus ? plannedBody(meeting, stage.schedule, focus, scene, viewer) : [];
    case 'cancelled': {
      const occurrence = focus?.occurrence;
      const by =
        stage.by === 'ankarbot'
          ? momentText(stage.at, meeting, scene)
          : texts('meeting.signed', { name: personName(stage.by, scene), when: momentText(stage.at, meeting, scene) });
      return [
        ...(focus ? newsOf(meeting, focus, scene) : []),
        facts([
          ...(occurrence ? [[texts('meeting.facts.wasWhen'), slotText(occurrence, meeting, scene)] as const] : []),
          ...whereFact,
          [texts(`meeting.facts.by.${endingOf(stage)}`), by],
        ]),
      ];
    }
  }
}

/** So many are named before the rest is a number. */
const mostUnreached = 6;

/** Whom to speak to in another way: they have not heard of the meeting. */
function unreached(meeting: Meeting, scene: MeetingScene): CardElement[] {
  const { texts, now } = scene;
  const names = namesOf(unreachedBy(meeting, now), meeting, scene);
  if (names.length === 0) return [];
  const others = names.length - mostUnreached;
  const some =
    others > 1
      ? texts('meeting.andOthers', { names: names.slice(0, mostUnreached).join(', '), others })
      : listed(names, texts);
  return [banner('warning', texts('meeting.unreached', { names: some }))];
}

function planText(plan: Plan, meeting: Meeting, scene: MeetingScene): string {
  if ('several' in plan) return plan.options.map((option) => slotText(option, meeting, scene)).join(', ');
  const { one, repeat } = plan;
  const when = slotText(one, meeting, scene);
  return repeat ? `${when} · ${seriesText(one, repeat, meeting, scene)}` : when;
}

function actionsOf(meeting: Meeting, scene: MeetingScene, focus: Focus | null, viewer: Viewer | null): CardAction[] {
  const { stage } = meeting;
  switch (stage.is) {
    case 'proposed':
      return proposalActions(meeting, stage.by === viewer?.person, scene, viewer);
    case 'poll':
      return pollActions(meeting, stage.poll, scene, viewer);
    case 'planned':
      return focus ? plannedActions(meeting, stage.schedule, focus, scene, viewer) : [];
    case 'cancelled':
      return [];
  }
}

function proposalActions(meeting: Meeting, own: boolean, scene: MeetingScene, viewer: Viewer | null): CardAction[] {
  const { texts } = scene;
  const data = dataOf(meeting, scene);
  if (!viewer) return [];
  return [
    ...(viewer.leads ? [button(texts('meeting.actions.confirm'), 'meeting.confirm', data, { primary: true })] : []),
    ...(viewer.leads || own
      ? [button(texts(own ? 'meeting.actions.takeBack' : 'meeting.actions.decline'), 'meeting.cancelForm', data)]
      : []),
  ];
}

function toCase({ subject }: Meeting, { texts }: MeetingScene): CardAction[] {
  return subject === null
    ? []
    : [button(texts('referral.actions.open'), 'referral.view', { id: subject }, { overflow: true })];
}

/** Everybody reads the shared card, so what only some may do stands behind one button. */
function forPlanner(meeting: Meeting, scene: MeetingScene): CardAction[] {
  if (meeting.over) return [];
  const data = { ...dataOf(meeting, scene), manage: 1 };
  return [button(scene.texts('meeting.actions.manage'), 'meeting.view', data, { overflow: true })];
}
