import { personId } from '../../src/shared/ids.ts';
import type { Paragraph, Snapshot } from '../../src/steering/minutes/snapshot.ts';
import type { MinutesSaid } from '../../src/steering/minutes/wording.ts';
import { inAll } from './checklists.ts';

/** Minutes with something of everything in them; names are nobody's. */

const nothing: Omit<Paragraph, 'number' | 'title'> = {
  item: 'x',
  is: 'recorded',
  kind: 'decision',
  confidential: false,
  presenter: null,
  links: [],
  document: null,
  proposal: {},
  discussion: {},
  recusals: [],
  vote: null,
  decision: null,
  dissents: [],
  actions: [],
};

export const paragraph = (number: number, title: Paragraph['title'], over: Partial<Paragraph> = {}): Paragraph => ({
  ...nothing,
  number,
  title,
  ...over,
});

const police = { sv: 'Polisinrättningen', fi: 'Poliisilaitos', en: 'Police department' };
const area = { sv: 'Välfärdsområdet', fi: 'Hyvinvointialue', en: 'Wellbeing services county' };
const town = { sv: 'Raseborg', fi: 'Raasepori', en: 'Raseborg' };

export const snapshot: Snapshot = {
  record: 'abc',
  body: { sv: 'Styrgruppen', fi: 'Ohjausryhmä', en: 'Steering group' },
  place: { online: false, where: 'Stadshuset, sal 2' },
  zone: 'Europe/Helsinki',
  opened: '2026-12-17T11:02:00.000Z',
  closed: '2026-12-17T12:31:00.000Z',
  chair: 'Risto Vainio',
  chairs: [
    { name: 'Risto Vainio', from: null },
    { name: 'Jan Lind', from: 15 },
  ],
  secretary: 'Eva Ek',
  seats: [
    { name: police, people: [{ name: 'Risto Vainio', as: 'member', from: null, to: null }] },
    {
      name: area,
      people: [
        { name: 'Marjut Salo', as: 'member', from: null, to: 14, except: [13] },
        { name: 'Jan Lind', as: 'substitute', from: 14, to: null },
      ],
    },
    { name: town, people: [] },
  ],
  quorum: { met: true, present: 2, needed: 2, seats: 3 },
  paragraphs: [
    paragraph(12, inAll('Mötet öppnas'), { decision: { as: 'noted', text: {} }, kind: 'information' }),
    paragraph(
      13,
      { sv: 'Ungdomscoacher', fi: 'Nuorisovalmentajat' },
      {
        presenter: 'Eva Ek',
        links: ['https://example.fi/bilaga.pdf'],
        document: { sha256: 'ab12'.repeat(16), link: 'https://example.sharepoint.com/plan.pdf' },
        proposal: { sv: 'Styrgruppen anställer två coacher.', fi: 'Ohjausryhmä palkkaa kaksi valmentajaa.' },
        discussion: { sv: 'Frågan om lokaler väcktes.\nKommunerna återkommer.' },
        recusals: [{ seat: area, name: 'Marjut Salo', substitute: 'Jan Lind' }],
        vote: {
          options: [
            { text: {}, votes: 1 },
            { text: { fi: 'Vain yksi valmentaja.' }, votes: 1 },
          ],
          ballots: [
            { seat: police, name: 'Risto Vainio', option: 0 },
            { seat: area, name: 'Jan Lind', option: 1 },
          ],
          silent: [{ seat: town, name: 'Nina Holm' }],
          winner: 0,
          casting: true,
        },
        decision: { as: 'asProposed', text: {} },
        dissents: [{ seat: area, name: 'Jan Lind', text: { fi: 'Rahaa ei ole.' } }],
        actions: [{ text: { sv: 'Utlysa tjänsterna' }, owner: 'Eva Ek', due: '2027-01-15' }],
      },
    ),
    paragraph(14, { sv: 'Hemligt ärende' }, { confidential: true, discussion: { sv: 'Det hemliga.' } }),
    paragraph(15, inAll('Nästa möte'), { is: 'untouched' }),
    paragraph(16, inAll('Fel punkt'), { is: 'off' }),
  ],
  corrections: [{ number: 2, text: { sv: 'Namnet i § 13.' } }],
};

/** Version 2 of them, which holds. */
export const minutesSaid: MinutesSaid = {
  snapshot,
  extent: 'whole',
  version: {
    number: 2,
    made: { by: personId('eva'), at: '2026-12-18T08:00:00.000Z' },
    checkers: ['Risto Vainio', 'Jan Lind'].map((name) => ({
      person: personId(name),
      name,
      asked: '2026-12-18T08:00:00.000Z',
      answer: { at: '2026-12-20T08:00:00.000Z', comment: null },
    })),
    final: '2026-12-20T08:00:00.000Z',
  },
};
