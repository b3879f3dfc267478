import { button } from '../../src/cards/elements.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import { meetingChanges } from './meeting-changes.ts';
import { createMeetingPages, type MeetingParts } from './meeting-pages.ts';
import { meetingPolls } from './meeting-polls.ts';
import { meetingVerbs } from './meetings.ts';
import type { VerbsOf } from './verb.ts';

/** From the proposal of a time to who came. */
export function meetingFeature(given: MeetingParts & { newId: () => string }): Feature {
  const parts = { ...given, pages: createMeetingPages(given) };
  const verbs: VerbsOf<'meeting'> = {
    ...meetingVerbs(parts),
    ...meetingPolls(parts),
    ...meetingChanges(parts),
  };
  return {
    verbs,
    commands: [listCommand],
    offer: (texts) => ({ buttons: [button(texts('help.meetings'), 'meeting.list')] }),
  };
}

const listCommand = command({
  words: {
    meetings: {
      sv: 'möten mötena',
      fi: 'kokoukset kokouksia palaverit palavereja tapaamiset',
      en: 'meetings',
    },
    region: { sv: 'region regionen regionens', fi: 'alue alueen', en: 'region' },
  },
  example: { sv: 'möten', fi: 'kokoukset', en: 'meetings' },
  evidence: ['meetings'],
  read(said) {
    if (!said.has('meetings') || !said.only('meetings', 'mine', 'region')) return null;
    const whose = said.has('region') ? 'region' : said.has('mine') ? 'mine' : null;
    return { verb: 'meeting.list', ...(whose && { data: { whose } }) };
  },
});
