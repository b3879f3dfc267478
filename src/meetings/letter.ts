import { bodyOf, type Directory, presentMembers } from '../directory/model.ts';
import type { Paper } from '../documents/model.ts';
import { professions } from '../shared/actor.ts';
import { locales } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import type { Meeting, Occurrence } from './model.ts';
import { endOf } from './repeat.ts';

/**
 * The invitation that a young person and their guardians get on paper, in plain language: what it is, when and where, who
 * is there, that it is voluntary, and whom to call. Nobody is named in it: who hands it over writes the name by hand.
 */
export function letterOf(
  meeting: Meeting,
  occurrence: Occurrence,
  { texts, directory }: { texts: Texts; directory: Directory },
): Paper {
  const { language } = texts;
  const team = bodyOf(directory, meeting.body);
  const locale = locales[language];
  const begins = Temporal.PlainDateTime.from(occurrence.start);
  const ends = endOf(occurrence, meeting.zone).toZonedDateTimeISO(meeting.zone).toPlainTime();
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const when = texts('meeting.letter.when', {
    date: begins.toLocaleString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    from: begins.toLocaleString(locale, clock),
    to: ends.toLocaleString(locale, clock),
  });
  const there = professions
    .filter((profession) => presentMembers(directory, meeting.body).some((member) => member.profession === profession))
    .map((profession) => texts(`profession.${profession}`));
  const paragraph = (text: string) => ({ is: 'paragraph' as const, text });
  const heading = (text: string) => ({ is: 'heading' as const, text });
  const { online, where } = occurrence.place;
  return {
    language,
    title: texts('meeting.letter.title'),
    sections: [
      paragraph(texts('meeting.letter.to')),
      paragraph(texts('meeting.letter.lead', { team: team?.name[language] ?? '' })),
      heading(texts('meeting.letter.whenTitle')),
      paragraph(when),
      heading(texts('meeting.letter.whereTitle')),
      paragraph(
        [online ? texts('meeting.letter.online') : '', where || (online ? '' : texts('meeting.letter.asked'))]
          .filter(Boolean)
          .join(' '),
      ),
      heading(texts('meeting.letter.whatTitle')),
      paragraph(texts('meeting.letter.what')),
      heading(texts('meeting.letter.whoTitle')),
      paragraph(texts('meeting.letter.who', { professions: new Intl.ListFormat(locale).format(there) })),
      paragraph(texts('meeting.letter.bring')),
      heading(texts('meeting.letter.voluntaryTitle')),
      paragraph(texts('meeting.letter.voluntary')),
      heading(texts('meeting.letter.contactTitle')),
      paragraph(team?.contact?.[language] ?? ''),
      paragraph(texts('meeting.letter.contact')),
      paragraph(texts('meeting.letter.reference', { reference: meeting.subject ?? '' })),
    ],
  };
}

/** The name of the file, without its ending: it names the case and nobody. */
export function letterName({ subject }: Meeting, { on }: Occurrence): string {
  return `${subject ?? ''} ${on}`.trim();
}
