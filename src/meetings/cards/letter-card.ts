import {
  actionRow,
  button,
  type Card,
  type CardElement,
  card,
  container,
  heading,
  link,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { placeText } from '../../cards/places.ts';
import { type PaperFormat, paperFormats } from '../../documents/model.ts';
import { type Language, languages } from '../../shared/language.ts';
import type { Meeting, Occurrence } from '../model.ts';
import { outdatedLetters } from '../standing.ts';
import type { StoredMeeting } from '../stored.ts';
import { dataOf, type MeetingScene, personName, slotText, startText, titleOf } from './words-card.ts';

export interface LetterLinks {
  /** The address of the invitation as a file: its language is that of whoever is to read it. */
  to: (language: Language, format: PaperFormat) => string;
  /** How long they are good. */
  minutes: number;
}

/** The invitation on paper to one holding, for whoever asked and for a while. */
export function letterCard(
  meeting: StoredMeeting,
  { on, start }: Occurrence,
  scene: MeetingScene,
  { to, minutes }: LetterLinks,
): Card {
  const { texts } = scene;
  const title = texts('meeting.letter.card.title');
  const about = `${titleOf(meeting, scene)} · ${startText({ start }, meeting, scene)}`;
  return card(texts, {
    speak: `${about} · ${title}`,
    body: [
      text(withoutMarkdown(about), { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      text(texts('meeting.letter.card.lead')),
      // Each button says all by itself, for those who go from one to the next.
      ...languages.map((language) =>
        actionRow(
          paperFormats.map((format) =>
            link(
              texts(`meeting.letter.card.${format}`, { language: texts(`meeting.letter.card.${language}`) }),
              to(language, format),
            ),
          ),
        ),
      ),
      text(texts('meeting.letter.card.links', { minutes }), { isSubtle: true, size: 'Small' }),
    ],
    actions: [button(texts('actions.back'), 'meeting.view', { ...dataOf(meeting, scene), on })],
  });
}

/** Who has taken out an invitation that says what is so no more, with what it says. */
export function outdatedNote(meeting: Meeting, scene: MeetingScene): CardElement[] {
  const { texts } = scene;
  const lines = outdatedLetters(meeting, scene).map(({ by, says, isHeld }) =>
    text(
      texts(isHeld ? 'meeting.letter.moved' : 'meeting.letter.off', {
        name: personName(by, scene),
        was: [slotText(says, meeting, scene), placeText(says.place, texts)].filter(Boolean).join(' · '),
      }),
    ),
  );
  return lines.length > 0 ? [container(lines, { style: 'warning', spacing: 'Small' })] : [];
}
