import {
  type ActionData,
  actionRow,
  button,
  type Card,
  type CardElement,
  card,
  columns,
  heading,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { paged } from '../../cards/paged.ts';
import { placeText } from '../../cards/places.ts';
import type { Body } from '../../directory/model.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { ComingMeeting, Listing } from '../listing.ts';
import type { Meeting } from '../model.ts';
import { ownAnswer } from './answer-card.ts';
import { summaryOf } from './card.ts';
import { answeredText } from './poll-card.ts';
import { bodyName, type MeetingScene, personName, slotText, titleOf } from './words-card.ts';

const listPage = 8;

export interface MeetingsView {
  whose: Listing['whose'];
  /** Whose list it is, or the one of those that can be asked for; null for people of several, who are asked. */
  body: Body | null;
  coming: readonly ComingMeeting[];
  person: PersonId | null;
  page: number;
  /** Whoever asked may plan one, or propose it. */
  plans: boolean;
}

/** What comes, by date: mine, a body's, or all of the region that I may see. */
export function meetingsCard(view: MeetingsView, scene: MeetingScene): Card {
  const { texts } = scene;
  const { whose, body, coming, page: wanted, plans } = view;
  const name = body?.name[texts.language] ?? '';
  const title = texts(`meeting.list.${whose}`, { body: name });
  const here = (of: Listing['whose']): ActionData => ({ whose: of, ...(of === 'body' && body && { body: body.id }) });
  const turn = (to: string, page: number) => button(to, 'meeting.list', { ...here(whose), page });
  const { shown, line, turns } = paged(coming, { size: listPage, wanted, turn }, texts);
  const others = (['mine', 'body', 'region'] as const).filter((other) => other !== whose);
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      ...(coming.length === 0 ? [text(texts('meeting.list.none'))] : []),
      ...shown.map((one) => row(one, view, scene)),
      ...line,
    ],
    actions: [
      ...turns,
      ...others.map((other) => button(texts(`meeting.list.show.${other}`), 'meeting.list', here(other))),
      ...(plans ? [button(texts('meeting.plan.title.one'), 'meeting.form')] : []),
      button(texts('meeting.cadence.show'), 'meeting.cadence', {}, { overflow: true }),
    ],
  });
}

function row(
  { meeting, occurrence, isDateAlone }: ComingMeeting,
  { whose, person }: MeetingsView,
  scene: MeetingScene,
): CardElement {
  const { texts } = scene;
  const own = occurrence && person && ownAnswer(meeting, occurrence.on, person, scene);
  const small = { spacing: 'None', size: 'Small' } as const;
  if (isDateAlone) {
    const when = occurrence ? slotText(occurrence, meeting, scene) : texts('meeting.list.sought');
    const kind = withoutMarkdown(titleOf({ ...meeting, title: '' }, scene));
    const lines = [text(kind, { weight: 'Bolder' }), text(when, small)];
    return { ...columns([...lines, text(bodyName(meeting, scene), { ...small, isSubtle: true })]), separator: true };
  }
  const when = occurrence
    ? [slotText(occurrence, meeting, scene), placeText(occurrence.place, texts)].filter(Boolean).join(' · ')
    : unplanned(meeting, scene);
  const about = [whose === 'body' ? '' : bodyName(meeting, scene), own ? own.words : ''].filter(Boolean).join(' · ');
  const data = { id: meeting.id, ...(occurrence && { on: occurrence.on }) };
  const name = titleOf(meeting, scene);
  return {
    ...columns(
      [
        text(withoutMarkdown(name), { weight: 'Bolder' }),
        text(when, small),
        ...(about ? [text(about, { ...small, isSubtle: true })] : []),
      ],
      [actionRow([button(texts('list.open'), 'meeting.view', data, { inWords: `${texts('list.open')}: ${name}` })])],
    ),
    separator: true,
  };
}

/** How far it is from having a time. */
function unplanned(meeting: Meeting, scene: MeetingScene): string {
  const { texts } = scene;
  const { stage } = meeting;
  if (stage.is === 'proposed') return texts('meeting.list.proposed', { name: personName(stage.by, scene) });
  if (stage.is !== 'poll') return summaryOf(meeting, scene);
  return texts('meeting.list.finding', { answered: answeredText(meeting, stage.poll, scene) });
}
