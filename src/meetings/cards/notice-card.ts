import {
  button,
  type CardAction,
  type CardMessage,
  card,
  heading,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { emptyForm } from '../../cards/form.ts';
import { placeText } from '../../cards/places.ts';
import type { PersonId } from '../../shared/ids.ts';
import { substitutesOf } from '../invited.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { partlyIn } from '../poll-standing.ts';
import { beginOf } from '../repeat.ts';
import { mayRead } from '../rights.ts';
import { repliesAt } from '../standing.ts';
import { holdingTold, isNeeded, stillFreed } from '../telling/news.ts';
import type { PassingKind } from '../transition.ts';
import { summaryOf } from './card.ts';
import { cameField, knownAt, recordData } from './record-form.ts';
import {
  dataOf,
  datesText,
  listed,
  type MeetingScene,
  momentText,
  namesOf,
  ofBody,
  personName,
  slotText,
  startText,
  titleOf,
} from './words-card.ts';

export interface NoticeAbout {
  kind: PassingKind;
  key: string;
  to: PersonId;
}

/** What is said once in private, with the buttons to go on. */
export function noticeMessage(meeting: Meeting, about: NoticeAbout, scene: MeetingScene): CardMessage {
  const { texts } = scene;
  const occurrence = holdingTold(meeting, about.key, scene);
  const title = texts(`meeting.notice.${titleKind(meeting, about, occurrence, scene)}.title`, {
    // Whoever may not read it any more learns nothing of what it is called by now.
    title: mayRead(meeting, about.to, scene.directory) ? titleOf(meeting, scene) : ofBody(meeting, scene),
    when: occurrence ? startText(occurrence, meeting, scene) : '',
  });
  const when = aboutWhen(meeting, about, occurrence, scene);
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(withoutMarkdown(title)),
        text(leadOf(meeting, about, scene)),
        ...(when ? [text(when, { size: 'Small', isSubtle: true })] : []),
        ...(about.kind === 'wasHeld' && occurrence ? cameField(meeting, occurrence, scene, emptyForm) : []),
      ],
      actions: actionsOf(meeting, about, occurrence, scene),
    }),
  };
}

/** Who is free of dates is told when those were to be: they may have other times by now. Empty for what may not be told. */
function aboutWhen(meeting: Meeting, about: NoticeAbout, occurrence: Occurrence | null, scene: MeetingScene): string {
  const freed = stillFreed(meeting, about, scene);
  if (freed.count > 0) return datesText(freed.dates, meeting, scene, freed.count);
  if (!mayRead(meeting, about.to, scene.directory)) return '';
  if (!occurrence) return withoutMarkdown(summaryOf(meeting, scene));
  const where = placeText(occurrence.place, scene.texts);
  return [slotText(occurrence, meeting, scene), where].filter(Boolean).join(' · ');
}

/** So many minutes before it begins it is still called an hour. */
const anHour = 45;

/**
 * The reminder of the last hour says so; where it comes late, that it is soon. Whoever is free of some dates is still to come to
 * others.
 */
function titleKind(
  meeting: Meeting,
  { kind, key, to }: NoticeAbout,
  occurrence: Occurrence | null,
  scene: MeetingScene,
) {
  const { zone } = meeting;
  const { now } = scene;
  if (kind === 'substituteFree' && isNeeded(meeting, to, scene)) return 'substituteFreePartly';
  if (kind !== 'reminder' || !occurrence || !key.startsWith('reminder:hour:')) return kind;
  const left = now.until(beginOf(occurrence, zone)).total('minutes');
  return left >= anHour ? 'reminderHour' : 'reminderSoon';
}

function leadOf(meeting: Meeting, { kind, key, to }: NoticeAbout, scene: MeetingScene): string {
  const { texts, directory } = scene;
  switch (kind) {
    case 'pollReminder': {
      const { stage } = meeting;
      const when = stage.is === 'poll' ? momentText(stage.poll.deadline, meeting, scene) : '';
      const isPartly = stage.is === 'poll' && partlyIn(meeting, stage.poll, directory).includes(to);
      return texts(`meeting.notice.pollReminder.${isPartly ? 'partly' : 'text'}`, { when });
    }
    case 'reminder': {
      const own = repliesAt(meeting, holdingTold(meeting, key, scene)?.on ?? '')[to]?.coming;
      return own
        ? texts('meeting.notice.reminder.answered', { answer: texts(`meeting.coming.${own}`) })
        : texts('meeting.notice.reminder.text');
    }
    case 'substituteOut': {
      const substitutes = substitutesOf(meeting, to, directory);
      const who = substitutes.find((person) => key.includes(person));
      const names = who ? [personName(who, scene)] : namesOf(substitutes, meeting, scene);
      return texts('meeting.notice.substituteOut.text', { name: listed(names, texts) });
    }
    case 'declined': {
      const by = meeting.stage.is === 'cancelled' && meeting.stage.by !== 'ankarbot' ? meeting.stage.by : to;
      return texts('meeting.notice.declined.text', { name: personName(by, scene) });
    }
    case 'lapsed':
    case 'uninvited':
    case 'allAnswered':
    case 'pollOver':
    case 'substituteFree':
      return texts(`meeting.notice.${kind}.text`);
    case 'wasHeld': {
      const known = knownAt(meeting, holdingTold(meeting, key, scene)?.on ?? '', scene);
      return texts(`meeting.notice.wasHeld.${known ? 'text' : 'unanswered'}`);
    }
  }
}

function actionsOf(
  meeting: Meeting,
  { kind, to }: NoticeAbout,
  occurrence: Occurrence | null,
  scene: MeetingScene,
): CardAction[] {
  const { texts } = scene;
  const data = { ...dataOf(meeting, scene), ...(occurrence && { on: occurrence.on }) };
  const open = button(texts('list.open'), 'meeting.view', data);
  switch (kind) {
    case 'pollReminder':
      return [
        button(texts('meeting.actions.answer'), 'meeting.voteForm', dataOf(meeting, scene), { primary: true }),
        open,
      ];
    case 'reminder': {
      const own = occurrence && repliesAt(meeting, occurrence.on)[to]?.coming;
      const start = occurrence && { start: occurrence.start };
      const asked = own === 'yes' ? (['no'] as const) : (['yes', 'no'] as const);
      return [
        ...asked.map((coming) =>
          button(
            texts(`meeting.coming.${coming}`),
            'meeting.reply',
            { ...data, ...start, coming },
            { primary: coming === 'yes' },
          ),
        ),
        open,
      ];
    }
    case 'wasHeld':
      return [
        ...(occurrence
          ? [
              button(
                texts('meeting.record.submit'),
                'meeting.record',
                { ...data, ...recordData(meeting, occurrence.on) },
                { primary: true },
              ),
            ]
          : []),
        button(texts('list.open'), 'meeting.view', data, { withoutInputs: true }),
      ];
    case 'declined':
      return [];
    case 'lapsed':
      return [button(texts('meeting.plan.title.one'), 'meeting.form', {}, { primary: true })];
    case 'uninvited':
      return mayRead(meeting, to, scene.directory) ? [open] : [];
    case 'allAnswered':
    case 'pollOver':
    case 'substituteOut':
    case 'substituteFree':
      return [button(texts('list.open'), 'meeting.view', data, { primary: true })];
  }
}
