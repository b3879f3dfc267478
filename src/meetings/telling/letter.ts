import { bodyOf, type Directory, membersOf } from '../../directory/model.ts';
import type { Paper, Section } from '../../documents/model.ts';
import { professions } from '../../shared/actor.ts';
import { findReference } from '../../shared/ids.ts';
import { locales } from '../../shared/language.ts';
import { singleLine } from '../../shared/normalise.ts';
import type { Texts } from '../../shared/text.ts';
import { expectedAt } from '../invited.ts';
import type { Meeting, Occurrence, Place } from '../model.ts';
import { endOf } from '../repeat.ts';
import { repliesAt } from '../standing.ts';

export interface LetterScene {
  texts: Texts;
  directory: Directory;
}

/**
 * The invitation to an Anchor meeting that a young person and their guardians get on paper, in plain language. It names
 * nobody and no case: paper lies about, and a reference on it beside the name that is written there by hand would tell
 * everybody who reads the chat who the case is about [design, 4.1]. Whoever calls says when the meeting is, which is enough.
 */
export function letterOf(meeting: Meeting, occurrence: Occurrence, scene: LetterScene): Paper {
  const { texts, directory } = scene;
  const { language } = texts;
  const team = bodyOf(directory, meeting.body);
  const contact = team?.contact?.[language] ?? '';
  return {
    language,
    title: texts('meeting.letter.title'),
    sections: [
      paragraph(texts('meeting.letter.to')),
      paragraph(texts('meeting.letter.lead', { team: team?.name[language] ?? '' })),
      heading(texts('meeting.letter.whenTitle')),
      paragraph(whenText(meeting, occurrence, texts)),
      paragraph(whereText(occurrence.place, texts)),
      heading(texts('meeting.letter.whatTitle')),
      paragraph(texts('meeting.letter.what')),
      heading(texts('meeting.letter.whoTitle')),
      ...whoComes(meeting, occurrence, scene).map(paragraph),
      paragraph(texts('meeting.letter.bring')),
      paragraph(texts('meeting.letter.help')),
      heading(texts('meeting.letter.voluntaryTitle')),
      paragraph(texts('meeting.letter.voluntary')),
      heading(texts('meeting.letter.guardiansTitle')),
      paragraph(texts('meeting.letter.guardians')),
      heading(texts('meeting.letter.contactTitle')),
      paragraph(texts('meeting.letter.contact')),
      ...(contact ? [paragraph(contact)] : []),
      paragraph(texts('meeting.letter.call')),
    ],
  };
}

/** The name of the file, without its ending: nobody, no case, and not what it is about. */
export function letterName({ start }: Pick<Occurrence, 'start'>, texts: Texts): string {
  return `${texts('meeting.letter.fileName')} ${start.slice(0, 10)}`;
}

const heading = (text: string): Section => ({ is: 'heading', text });
const paragraph = (text: string): Section => ({ is: 'paragraph', text, large: true });

/** "Torsdag 3 december 2026 kl. 13.00–14.00". */
function whenText({ zone }: Meeting, occurrence: Occurrence, texts: Texts): string {
  const locale = locales[texts.language];
  const begins = Temporal.PlainDateTime.from(occurrence.start);
  const ends = endOf(occurrence, zone).toZonedDateTimeISO(zone);
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const text = texts('meeting.letter.when', {
    date: begins.toLocaleString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    from: begins.toLocaleString(locale, clock),
    to: ends.toPlainTime().toLocaleString(locale, clock),
  });
  return `${text.charAt(0).toLocaleUpperCase(locale)}${text.slice(1)}`;
}

/** A link is of no use on paper, so it comes from whoever hands the letter over; a reference that somebody wrote there goes. */
function whereText({ online, where }: Place, texts: Texts): string {
  const isLink = where.startsWith('https:');
  const lines = [isLink ? '' : withoutReferences(where), online || isLink ? texts('meeting.letter.online') : ''].filter(
    Boolean,
  );
  return lines.length > 0 ? lines.join('. ') : texts('meeting.letter.asked');
}

function withoutReferences(text: string): string {
  const found = findReference(text);
  if (!found) return text;
  const rest = text.replace(found.written, ' ').replace(/^[\s,;:·–-]+|[\s,;:·–-]+$/g, '');
  return withoutReferences(singleLine(rest));
}

/** Those of the team who are to come and have not said no, by their professions; nothing when they have none. */
function whoComes(meeting: Meeting, { on }: Occurrence, { texts, directory }: LetterScene): string[] {
  const replies = repliesAt(meeting, on);
  const coming = expectedAt(meeting, { on }, directory).filter((person) => replies[person]?.coming !== 'no');
  const members = membersOf(directory, meeting.body).filter(({ person }) => coming.includes(person));
  const there = professions.filter((profession) => members.some((member) => member.profession === profession));
  if (there.length === 0) return [];
  const list = new Intl.ListFormat(locales[texts.language]);
  return [
    texts('meeting.letter.who', { who: list.format(there.map((each) => texts(`meeting.letter.profession.${each}`))) }),
  ];
}
