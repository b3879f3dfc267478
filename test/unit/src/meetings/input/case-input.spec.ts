import { expect } from 'chai';
import { namesOtherCase } from '../../../../../src/meetings/input/case-input.ts';
import { formatReference } from '../../../../../src/shared/ids.ts';
import { exampleDirectory } from '../../../../support/builders.ts';

const region = exampleDirectory();
const subject = formatReference('LOJ', 2026, 1);

describe('a case that a text of a meeting names', () => {
  it('is found however people write it, whatever ends it and also in a link', () => {
    for (const text of [
      'LOJ-2026-0001 Öbergström',
      'Genomgång LOJ-2026-0001: Åke',
      'om LOJ-2026-0001s Öbergström',
      'LOJ-2026-0001n asia',
      'LOJ-2026-0001:stä',
      "LOJ-2026-0001's family",
      'loj 2026 1',
      'LOJ–2026–0001',
      'loj/2026/0001',
      'LOJ20260001',
      'LOJ-0001',
      'LOJ 0001',
      'loj1',
      'ＬＯＪ-2026-0001',
      'ärende 0001',
      'ärendet nr 0001',
      'asian 0001 käsittely',
      'asia nro 2026-0001',
      'case 0001',
      'RAS-2026-0009',
      'https://x.fi/LOJ%2D2026%2D0001',
      'LOJ\u200b-2026-0001',
      'Hänvisning 2026-0001: Elliot Exempelsson',
      'hänvisningen 0001',
      'Ohjaus 0001 Elliot',
      'ohjauksen 0001 perhe',
      'Referral 0001 Elliot',
      'Fall 2026-0001',
      'Lojo 2026-0001 Elliot',
      'Lojo 0001',
      'Lohjan 0001',
      'Lojo 1 Elliot',
      'LOJ 1 Elliot',
      'LOJ nr 0001 Elliot',
      'Ärende 1 Elliot',
      'Ärende 12: Åke',
      'Ärende 1 Maria',
      'LOJ 2 Augusta',
      'Hänvisning nr 7 – Elliot',
      'Ärende 3 Jan',
      'Ärende 3 Ekon',
      'Ärende 3 Uppföljning Elliot',
      'Ärende 3 Persson',
      'Asia 3 Muutti',
      'Lojo 00012 Elliot',
      'Lojo 123 Elliot',
    ])
      expect(namesOtherCase(text, null, region), text).to.equal(true);
  });

  it('is none where a team, a date, a time, a length or an item of the agenda is written', () => {
    for (const text of [
      'Lägesbild',
      'LOJ',
      'Årsplan LOJ 2026',
      'Plan LOJ-2026',
      'LOJ 2026-12-03',
      'LOJ 3.12.2026',
      'LOJ 14.30',
      'LOJ 90 min',
      'LOJ och RAS, 3 team',
      'Ärende 3 på listan',
      'Ärenden 2026',
      'asiakas 1234',
      'LOJ 3 December',
      'LOJ 3 möten',
      'LOJ 3 Dec',
      'Lohja 3 Dec.',
      'LOJ 3 Joulukuuta',
      'LOJ 3 Feb',
      'LOJ 3 Sept',
      'LOJ 3 September',
      'LOJ 3 Okt',
      'Ärende 3 Ekonomi',
      'Genomgång: ärende 2, Budget',
      'Asia 3 Talous',
      'Asia 2: Muut asiat',
      'Lojo 3 Teman',
      'Lojo 12 Personer',
      'Lojo 5 Kommuner',
      'LOJ 2 Timmar',
      'Case 4 Follow-up',
      'Raseborg 10600 Ekenäs',
      'Lohja 08100 Laurinkatu 40',
      'LOJ 3 Maj',
      'LOJ 2, Torsdag',
      'Lojo 3 December 13:00',
      'Lojo 08100',
      'Lojo 0830-1000',
      'Lojo 2026',
      'Lojo 3.12.2026',
      'Lojo 4 A',
      'Team 1 Lojo',
      'Hänvisningar 2026',
      'Ohjaus 2 h',
      'Work supervision 2 Tuesday',
      'HEL-2026-0001',
      'https://teams.microsoft.com/l/meetup-join/19%3ameeting_NmI0001%40thread.v2/0',
    ])
      expect(namesOtherCase(text, null, region), text).to.equal(false);
  });

  it('may be the one that the meeting is about, and no other beside it', () => {
    for (const text of ['LOJ-2026-0001', 'loj 2026 1:n', 'LOJ-0001', 'ärende 0001'])
      expect(namesOtherCase(text, subject, region), text).to.equal(false);
    for (const text of [
      'LOJ-2026-0002',
      'LOJ-2026-0001 och LOJ-2026-0002',
      'LOJ-2025-0001',
      'RAS-2026-0001',
      'LOJ-0002',
    ])
      expect(namesOtherCase(text, subject, region), text).to.equal(true);
  });
});
