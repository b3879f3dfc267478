import { expect } from 'chai';
import type { Directory } from '../../../../../src/directory/model.ts';
import { usualQuorum } from '../../../../../src/directory/quorum.ts';
import { seatsOf } from '../../../../../src/directory/seats.ts';
import { bodyId, type PersonId } from '../../../../../src/shared/ids.ts';
import type { Envelope } from '../../../../../src/shared/sealed.ts';
import { newItem, newSitting } from '../../../../../src/steering/agenda/begun.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import { record } from '../../../../../src/steering/meeting/recording.ts';
import { extractOf } from '../../../../../src/steering/minutes/extract.ts';
import { type Closed, recordPrint, snapshotOf } from '../../../../../src/steering/minutes/snapshot.ts';
import type { RecordCommand, Sitting, Written } from '../../../../../src/steering/model.ts';
import type { Opening } from '../../../../../src/steering/reading.ts';
import { actor, exampleDirectory, monday, people } from '../../../../support/builders.ts';

const body = bodyId('steering:vastra-nyland');
const region = exampleDirectory();
const seats = seatsOf(region, body);
const seat = (at: number) => {
  const { id = '', name = { sv: '', fi: '', en: '' }, member = null, substitute = null } = seats[at] ?? {};
  if (!member || !substitute) throw new Error(`Seat ${at} is not held.`);
  return { id, name, member, substitute };
};
const nameOf = (person: PersonId): string => region.people.find(({ id }) => id === person)?.name ?? '';
const at = { by: people.kaisa, at: monday.toString() };
const place = { online: true, where: 'Stadshuset' };
const holding = {
  meeting: 'm',
  on: '2026-11-23',
  begins: monday.toString(),
  ends: monday.add({ hours: 1 }).toString(),
  place,
};

/** Text that is not sealed stands for what is: what is opened is what was put in. */
const sealed = (text: string): Envelope => ({ v: 1, kid: '', iv: '', tag: '', ct: text });
const opened = (text: Envelope | null): Written => (text ? { sv: text.ct } : {});
const opening = (sitting: Sitting): Opening => ({
  words: ({ words }) => ({ title: opened(words), background: {}, proposal: {}, links: [] }),
  document: ({ document }) => document && { ...document, link: String(document.link) },
  followUps: () => [],
  record: ({ id }) => {
    const {
      chair = null,
      discussion = null,
      recusals = [],
      vote = null,
      outcome = null,
      dissents = [],
      actions = [],
    } = sitting.proceedings?.records[id] ?? {};
    return {
      chair,
      discussion: opened(discussion),
      recusals,
      vote: vote && { ...vote, counters: vote.counters.map((one) => ({ ...one, text: opened(one.text) })) },
      outcome: outcome && { ...outcome, text: opened(outcome.text) },
      dissents: dissents.map((one) => ({ ...one, text: opened(one.text) })),
      actions: actions.map((one) => ({ ...one, text: opened(one.text) })),
    };
  },
});

function played(sitting: Sitting, commands: readonly RecordCommand[], now = monday): Sitting {
  const scene = { actor: actor('kaisa'), now, directory: region, policy: { ...policy } };
  return commands.reduce((next, command) => record(next, command, scene).sitting, sitting);
}
const policy = { proposalDays: 10, silentDays: 5, checkDays: 7, quorum: usualQuorum };

function closedOf(sitting: Sitting): Closed {
  const { proceedings } = sitting;
  if (!proceedings?.closed) throw new Error('The meeting is not closed.');
  return { ...sitting, proceedings: { ...proceedings, closed: proceedings.closed } };
}

const fresh: Sitting = {
  ...newSitting({ id: '1', body }, holding, at, monday),
  sent: at,
  items: [
    newItem('opening', at, { code: 'opening', kind: 'information' }),
    newItem('coaches', at, { words: sealed('Ungdomscoacher'), kind: 'decision' }),
    newItem('secret', at, { words: sealed('Hemligt ärende'), confidential: true }),
    newItem('off', at, { words: sealed('Utgick'), state: { is: 'removed', ...at } }),
    newItem('next', at, { code: 'next', kind: 'decision' }),
  ],
};
const numbers = { opening: 12, coaches: 13, secret: 14, off: 15, next: 16 };
const seating = Object.fromEntries(seats.slice(0, 8).flatMap(({ id, member }) => (member ? [[id, member]] : [])));
const met = played(fresh, [
  { do: 'openMeeting', seating },
  { do: 'chair', person: seat(0).member, at: null, only: false },
  { do: 'decide', item: 'opening', as: 'noted', text: null },
  { do: 'recuse', item: 'coaches', seat: seat(1).id, person: seat(1).member, substitute: seat(1).substitute },
  { do: 'putToVote', item: 'coaches', id: 'one', text: sealed('Bara en') },
  {
    do: 'ballots',
    item: 'coaches',
    // Whoever votes first, the minutes name them by their seats.
    ballots: { [seat(4).id]: 'abstain', [seat(1).id]: 'one', [seat(3).id]: 'proposal', [seat(0).id]: 'proposal' },
  },
  { do: 'endVote', item: 'coaches' },
  { do: 'decide', item: 'coaches', as: 'asProposed', text: null },
  { do: 'assign', item: 'coaches', id: 'x', text: sealed('Utlys'), owner: seat(0).member, due: '2027-01-15' },
  { do: 'leave', seat: seat(2).id, person: seat(2).member, at: 'secret' },
  { do: 'come', seat: seat(2).id, person: seat(2).substitute, at: 'secret' },
  { do: 'discuss', item: 'secret', text: sealed('Det hemliga.') },
]);
const closed = closedOf(played(met, [{ do: 'closeMeeting' }], monday.add({ hours: 1 })));
const drawn = (directory: Directory = region, sitting: Closed = closed) =>
  snapshotOf(sitting, { directory, quorum: usualQuorum, open: opening(sitting), numbers, corrections: [] });

describe('what minutes say', () => {
  it('is who sat where, and from which paragraph on, and which seats stood empty', () => {
    const { seats: said } = drawn();
    expect(said).to.have.length(seats.length);
    expect(said[2]?.people).to.deep.equal([
      { name: nameOf(seat(2).member), as: 'member', from: null, to: 14 },
      { name: nameOf(seat(2).substitute), as: 'substitute', from: 14, to: null },
    ]);
    expect(said[9]).to.deep.include({ people: [], absent: [nameOf(seat(9).member)] });
    expect(said[2]?.absent, 'whoever was there for a while was not away').to.deep.equal([]);
    expect(
      said[1]?.people,
      'who stepped in is there for that alone, and who was disqualified for all else',
    ).to.deep.equal([
      { name: nameOf(seat(1).member), as: 'member', from: null, to: null, except: [13] },
      { name: nameOf(seat(1).substitute), as: 'substitute', from: null, to: null, only: [13] },
    ]);
    expect(drawn().quorum).to.deep.equal({ met: true, present: 8, needed: 7, seats: seats.length });
  });

  it('is a paragraph for every item in the order of their numbers, also where nothing came of it', () => {
    const { paragraphs } = drawn();
    expect(paragraphs.map(({ number, is }) => `${number} ${is}`)).to.deep.equal([
      '12 recorded',
      '13 recorded',
      '14 recorded',
      '15 off',
      '16 untouched',
    ]);
    expect(paragraphs[4]?.title, 'what every agenda has is called so in all languages').to.deep.include({
      fi: 'Seuraava kokous',
    });
    const items = closed.items.map((one) =>
      one.id === paragraphs[4]?.item ? { ...one, words: sealed('Vi ses') } : one,
    );
    expect(drawn(region, { ...closed, items }).paragraphs[4]?.title, 'as somebody has called it').to.deep.equal({
      sv: 'Vi ses',
    });
  });

  it('is how each seat has voted, who was disqualified, what was decided and who does what', () => {
    const coaches = drawn().paragraphs[1];
    expect(coaches?.vote?.options).to.deep.equal([
      { text: {}, votes: 2 },
      { text: { sv: 'Bara en' }, votes: 1 },
    ]);
    expect(coaches?.vote?.ballots.map(({ name, option }) => `${name} ${option}`)).to.deep.equal([
      `${nameOf(seat(0).member)} 0`,
      `${nameOf(seat(1).substitute)} 1`,
      `${nameOf(seat(3).member)} 0`,
      `${nameOf(seat(4).member)} null`,
    ]);
    expect(coaches?.vote?.silent, 'all others who could have voted').to.deep.equal(
      [2, 5, 6, 7].map((at) => ({ seat: seat(at).name, name: nameOf(seat(at).member) })),
    );
    expect(coaches?.recusals).to.deep.equal([
      { seat: seat(1).name, name: nameOf(seat(1).member), substitute: nameOf(seat(1).substitute) },
    ]);
    expect(coaches?.decision?.as).to.equal('asProposed');
    expect(coaches?.actions).to.deep.equal([
      { text: { sv: 'Utlys' }, owner: nameOf(seat(0).member), due: '2027-01-15' },
    ]);
  });

  it('is another thing only once something else was recorded, whatever people are called and have done by then', () => {
    const done = played(closed, [{ do: 'done', item: 'coaches', id: 'x' }], monday.add({ hours: 30 }));
    expect(recordPrint(done)).to.equal(recordPrint(closed));
    const nextDay = monday.add({ hours: 30 });
    const again = played(closed, [{ do: 'reopenMeeting' }, { do: 'closeMeeting' }], nextDay);
    expect(recordPrint(again), 'it ended when it ended').to.equal(recordPrint(closed));
    const other = played(
      again,
      [{ do: 'reopenMeeting' }, { do: 'discuss', item: 'next', text: sealed('Nytt') }],
      nextDay,
    );
    expect(recordPrint(other)).to.not.equal(recordPrint(closed));
    const document = { sha256: 'a'.repeat(64), link: 'https://example.sharepoint.com/a', by: people.kaisa, at: '' };
    const [first, ...others] = closed.items;
    const exchanged = { ...closed, items: first ? [{ ...first, document }, ...others] : [] };
    expect(recordPrint(exchanged), 'what was approved').to.not.equal(recordPrint(closed));
    expect(drawn(region, exchanged).paragraphs[0]?.document).to.deep.equal({
      sha256: document.sha256,
      link: document.link,
    });
  });

  it('is decided in the words of the counter-proposal that has won, unless it was written in others', () => {
    const wonBy = (text: Envelope | null): Written | undefined => {
      const held = played(fresh, [
        { do: 'openMeeting', seating },
        { do: 'chair', person: seat(0).member, at: null, only: false },
        { do: 'putToVote', item: 'coaches', id: 'one', text: sealed('Bara en') },
        { do: 'ballots', item: 'coaches', ballots: { [seat(0).id]: 'one' } },
        { do: 'endVote', item: 'coaches' },
        { do: 'decide', item: 'coaches', as: 'changed', text },
        { do: 'closeMeeting' },
      ]);
      return drawn(region, closedOf(held)).paragraphs[1]?.decision?.text;
    };
    expect(wonBy(null)).to.deep.equal({ sv: 'Bara en' });
    expect(wonBy(sealed('En, från mars'))).to.deep.equal({ sv: 'En, från mars' });
    expect(drawn().paragraphs[1]?.decision?.text, 'the proposal stands there already').to.deep.equal({});
  });

  it('is that a plan was approved without its document, of nothing else', () => {
    const missing = (document: Sitting['items'][number]['document'], as: 'asProposed' | 'tabled') => {
      const items = [
        newItem('opening', at, { code: 'opening' }),
        { ...newItem('plan', at, { code: 'operatingPlan', year: 2027, kind: 'decision' }), document },
      ];
      const held = played({ ...fresh, items }, [
        { do: 'openMeeting', seating },
        { do: 'chair', person: seat(0).member, at: null, only: false },
        { do: 'decide', item: 'opening', as: 'noted', text: null },
        { do: 'decide', item: 'plan', as, text: null },
        { do: 'closeMeeting' },
      ]);
      const of = { directory: region, quorum: usualQuorum, open: opening(held), corrections: [] };
      const { paragraphs } = snapshotOf(closedOf(held), { ...of, numbers: { opening: 1, plan: 2 } });
      return paragraphs.map(({ withoutDocument }) => withoutDocument);
    };
    const sent = { sha256: 'a'.repeat(64), link: 'https://example.sharepoint.com/a', by: people.kaisa, at: '' };
    expect(missing(null, 'asProposed')).to.deep.equal([undefined, true]);
    expect(missing(sent, 'asProposed')).to.deep.equal([undefined, undefined]);
    expect(missing(null, 'tabled'), 'nothing was approved').to.deep.equal([undefined, undefined]);
  });

  it('is who chaired from which paragraph on, by the order of the items, and at an item where that was nobody', () => {
    const [one, other] = [seat(0).member, seat(3).member];
    const held = played(fresh, [
      { do: 'openMeeting', seating },
      { do: 'chair', person: other, at: 'secret', only: false },
      { do: 'chair', person: one, at: null, only: false },
      { do: 'recuse', item: 'coaches', seat: seat(0).id, person: one, substitute: null },
      { do: 'discuss', item: 'coaches', text: sealed('Länge.') },
      { do: 'discuss', item: 'next', text: sealed('I mars.') },
      { do: 'closeMeeting' },
    ]);
    const { chair, chairs, paragraphs } = drawn(region, closedOf(held));
    expect(chair).to.equal(nameOf(one));
    expect(chairs).to.deep.equal([
      { name: nameOf(one), from: null },
      { name: nameOf(other), from: 14 },
    ]);
    expect(
      paragraphs.map((each) => each.chair),
      'the head says who chairs the rest',
    ).to.deep.equal([undefined, null, undefined, undefined, undefined]);
  });

  it('is who chaired an item where that was another, how the region stood, and what was left to do', () => {
    const [chair, other] = [seat(0).member, seat(1).member];
    const followUps = [{ id: 'x', sitting: '0', text: sealed('Ring hyresvärden'), owner: other, due: '2027-01-15' }];
    const decisions = { from: '2026-01', to: '2026-11', total: null, outcomes: [], concerns: [], teams: [] };
    const figures = { decisions, lists: { open: 2, overdue: 1 }, rhythms: { late: [] } };
    const items = [
      newItem('followUp', at, { code: 'followUp' }),
      newItem('figures', at, { code: 'figures' }),
      newItem('next', at, { code: 'next' }),
    ];
    const held = closedOf(
      played({ ...fresh, items, figures, followUps }, [
        { do: 'openMeeting', seating },
        { do: 'chair', person: chair, at: null, only: false },
        { do: 'chair', person: other, at: 'figures', only: true },
        { do: 'closeMeeting' },
      ]),
    );
    const open = { ...opening(held), followUps: () => followUps.map((one) => ({ ...one, text: opened(one.text) })) };
    const of = { directory: region, quorum: usualQuorum, open, numbers: { followUp: 1, figures: 2, next: 3 } };
    const said = snapshotOf(held, { ...of, corrections: [] });
    expect([said.chair, ...said.paragraphs.map((one) => one.chair)]).to.deep.equal([
      nameOf(chair),
      undefined,
      nameOf(other),
      undefined,
    ]);
    expect(said.paragraphs.map((one) => one.followUps?.map(({ owner }) => owner))).to.deep.equal([
      [nameOf(other)],
      undefined,
      undefined,
    ]);
    expect(said.paragraphs[1]?.figures?.sv.period).to.include('färre än 5');
    expect(
      extractOf(said).paragraphs.map((one) => [one.chair, one.followUps]),
      'it may be of what is confidential',
    ).to.deep.equal([
      [undefined, undefined],
      [nameOf(other), undefined],
      [undefined, undefined],
    ]);
  });

  it('says who was a member and who the secretary then, whatever they are by now', () => {
    const [held] = region.seats.filter(({ id }) => id === seat(0).id);
    const later = {
      ...region,
      members: region.members.map(({ office, ...member }) =>
        member.body === body && member.seat === held?.id
          ? { ...member, role: member.role === 'substitute' ? ('member' as const) : ('substitute' as const) }
          : member,
      ),
    };
    const { secretary, seats: said } = drawn(later);
    expect(secretary).to.equal(drawn().secretary).and.not.equal(null);
    expect(said[0]?.people).to.deep.equal(drawn().seats[0]?.people);
    expect(said[0]?.people[0]?.as).to.equal('member');
  });

  it('is the same record when something has become confidential, and another when the meeting ended at another time', () => {
    const items = closed.items.map((one) => (one.id === 'coaches' ? { ...one, confidential: true } : one));
    expect(recordPrint({ ...closed, items })).to.equal(recordPrint(closed));
    const records = { ...closed.proceedings.records, next: noRecord };
    const emptied = { ...closed, proceedings: { ...closed.proceedings, records } };
    expect(recordPrint(emptied), 'nothing is recorded of another item').to.equal(recordPrint(closed));
    const proceedings = { ...closed.proceedings, ended: '2026-11-23T23:00:00.000Z' };
    expect(recordPrint({ ...closed, proceedings })).to.not.equal(recordPrint(closed));
  });

  it('is another record when the hours of the meeting alone are put right', () => {
    const began = Temporal.Instant.from(closed.proceedings.began ?? '').add({ minutes: 20 });
    const time = began.toZonedDateTimeISO(region.policy.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
    const presses = [{ do: 'reopenMeeting' }, { do: 'closeMeeting', began: time }] as const;
    const put = played(closed, presses, monday.add({ hours: 1 }));
    expect(put.proceedings?.ended).to.equal(closed.proceedings.ended);
    expect(recordPrint(put)).to.not.equal(recordPrint(closed));
  });

  it('has among those who were away no member who stepped in for their substitute', () => {
    const { id, member, substitute } = seat(1);
    const held = closedOf(
      played(fresh, [
        { do: 'openMeeting', seating: { ...seating, [id]: substitute } },
        { do: 'chair', person: seat(0).member, at: null, only: false },
        { do: 'recuse', item: 'opening', seat: id, person: substitute, substitute: member },
        { do: 'closeMeeting' },
      ]),
    );
    expect(drawn(region, held).seats[1]?.absent).to.deep.equal([]);
  });

  it('began and ended when it is said, and what is put right later leaves that alone', () => {
    const at = (time: string): string =>
      monday.toZonedDateTimeISO('Europe/Helsinki').withPlainTime(time).toInstant().toString();
    const evening = monday.add({ hours: 9 });
    const timesOf = (sitting: Closed): string[] => {
      const { opened: began, closed: ended } = drawn(region, sitting);
      return [began, ended].map((one) => Temporal.Instant.from(one).toString());
    };
    const reclosed = closedOf(played(closed, [{ do: 'reopenMeeting' }, { do: 'closeMeeting' }], evening));
    expect(timesOf(reclosed), 'it is over as before').to.deep.equal(timesOf(closed));
    const said = played(fresh, [{ do: 'openMeeting', seating, time: '08:05' }], evening);
    const ended = closedOf(played(said, [{ do: 'closeMeeting', time: '10:40' }], evening));
    expect(timesOf(ended)).to.deep.equal([at('08:05'), at('10:40')]);
    expect(() => played(said, [{ do: 'closeMeeting', time: '23:00' }], evening)).to.throw('sitting.timeAhead');
    expect(() => played(fresh, [{ do: 'openMeeting', seating, time: '19:00' }], evening)).to.throw('sitting.timeAhead');
    const late = played(fresh, [{ do: 'openMeeting', seating, time: '21:00' }], monday.add({ hours: 13 }));
    const night = closedOf(played(late, [{ do: 'closeMeeting', time: '00:20' }], monday.add({ hours: 20 })));
    expect(timesOf(night)[1], 'after midnight').to.equal(
      Temporal.Instant.from(at('00:20')).add({ hours: 24 }).toString(),
    );
    const forgotten = closedOf(played(met, [{ do: 'closeMeeting' }], monday.add({ hours: 24 })));
    expect(timesOf(forgotten)[1], 'closed the day after, it ended when it was to').to.equal(
      Temporal.Instant.from(holding.ends).toString(),
    );
  });
});
