import type { Card } from '../../src/cards/elements.ts';
import { button } from '../../src/cards/elements.ts';
import { openingLanguage, opensDoing, opensPlanning } from '../../src/meetings/say/say-opening.ts';
import { type Command, command } from './command.ts';
import type { Feature } from './feature.ts';
import { type CadenceParts, meetingCadences } from './meeting-cadences.ts';
import { meetingChanges } from './meeting-changes.ts';
import { createMeetingPages } from './meeting-pages.ts';
import type { MeetingPlanning, PlanningParts } from './meeting-planning.ts';
import { meetingPolls } from './meeting-polls.ts';
import { openedText } from './meeting-words.ts';
import { meetingVerbs } from './meetings.ts';
import type { Press, VerbsOf } from './verb.ts';

/** From the proposal of a time to who came. */
export function meetingFeature(given: PlanningParts & CadenceParts, planning: MeetingPlanning): Feature {
  const parts = { ...given, pages: createMeetingPages(given) };
  const verbs: VerbsOf<'meeting'> = {
    ...planning.verbs,
    ...meetingVerbs(parts),
    ...meetingPolls(parts),
    ...meetingChanges(parts),
    ...meetingCadences({ ...parts, planning }),
  };
  return {
    verbs,
    commands: [listCommand, planCommand(planning.said), cadenceCommand],
    offer: (texts) => ({ buttons: [button(texts('help.meetings'), 'meeting.list')] }),
  };
}

const words = {
  /** One of them is planned, several are listed: which was said is for what reads the text itself. */
  meetings: {
    sv: 'möte mötet möten mötena',
    fi: 'kokous kokousta kokouksen kokoukset kokouksia palaveri palaveria palaverit palavereja tapaamiset',
    en: 'meeting meetings',
  },
  supervision: { sv: 'arbetshandledning handledning handledningen', fi: 'työnohjaus työnohjausta', en: 'supervision' },
  next: { sv: 'nästa när', fi: 'seuraava seuraavat milloin', en: 'next when' },
  cadence: {
    sv: 'rytm rytmen mötesrytm mötesrytmen',
    fi: 'rytmi rytmin rytmiä kokousrytmi kokousrytmin',
    en: 'rhythm cadence',
  },
  region: { sv: 'region regionen regionens', fi: 'alue alueen', en: 'region' },
} as const;

const listCommand = command({
  words,
  example: { sv: 'möten', fi: 'kokoukset', en: 'meetings' },
  evidence: ['meetings'],
  read(said) {
    if (!said.has('meetings') || !said.only('meetings', 'next', 'mine', 'region')) return null;
    const whose = said.has('region') ? 'region' : said.has('mine') ? 'mine' : null;
    return { verb: 'meeting.list', ...(whose && { data: { whose } }) };
  },
  // What is done with a meeting is done on its card, to which the list leads.
  readText: (text, vocabulary) => (openedText(text, vocabulary, opensDoing) ? { verb: 'meeting.list' } : null),
});

const cadenceCommand = command({
  words,
  example: { sv: 'rytm', fi: 'rytmi', en: 'rhythm' },
  evidence: ['cadence'],
  read: (said) =>
    said.has('cadence') && said.only('cadence', 'meetings', 'mine', 'region') ? { verb: 'meeting.cadence' } : null,
});

/** `möte torsdag 14.30 teamet`: whatever stands after what is planned is free, and `said` reads it. */
function planCommand(said: (press: Press, text: string) => Promise<Card>): Command {
  return command({
    words,
    example: { sv: 'möte torsdag 14.30', fi: 'kokous torstaina klo 14.30', en: 'meeting Thursday 14:30' },
    evidence: ['supervision'],
    read: () => null,
    readText(text, vocabulary) {
      const spoken = openedText(text, vocabulary, opensPlanning);
      return spoken === null ? null : { verb: 'meeting.form', answer: (press) => said(press, spoken) };
    },
    languageOf: (text, vocabulary) => openingLanguage(openedText(text, vocabulary, opensPlanning) ?? ''),
  });
}
