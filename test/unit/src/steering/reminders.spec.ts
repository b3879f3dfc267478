import { expect } from 'chai';
import type { PersonId } from '../../../../src/shared/ids.ts';
import { noRecord } from '../../../../src/steering/meeting/proceedings.ts';
import type { Sitting } from '../../../../src/steering/model.ts';
import { broughtTo, nextMoment, type Timing } from '../../../../src/steering/reminders.ts';
import { keepersOf } from '../../../../src/steering/rights.ts';
import {
  type Attendant,
  act,
  agenda,
  content,
  holding,
  idOf,
  played,
  policy,
  region,
  toldIn,
} from '../../../support/agendas.ts';
import { calendar, monday } from '../../../support/builders.ts';

const timing: Timing = { directory: region, calendar, policy };
const at = (words: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(words).toZonedDateTime('Europe/Helsinki').toInstant();
/** As it is once all that was told is sent. */
const delivered = <S extends Sitting>(sitting: S): S => ({
  ...sitting,
  delivery: { ...sitting.delivery, notices: [] },
});
const wake = (sitting: Sitting, words: string): Sitting => broughtTo(sitting, at(words), timing);
const toldTo = (sitting: Sitting, kind: string): PersonId[] =>
  toldIn(sitting).flatMap(([one, to]) => (one === kind ? [to] : []));
const says = (sitting: Sitting, said: Partial<Record<Attendant, 'yes' | 'maybe' | 'no' | 'substitute'>>): Sitting => ({
  ...sitting,
  comings: {
    ...sitting.comings,
    ...Object.fromEntries(Object.entries(said).map(([who, coming]) => [idOf(attendant(who)), coming])),
  },
});
function attendant(who: string): Attendant {
  if (who === 'risto' || who === 'carola' || who === 'marjut' || who === 'staffan' || who === 'kaisa') return who;
  throw new Error(`${who} has no seat.`);
}

/** The meeting is on Thursday 17 December at 13:00; five days before is a Saturday. */
describe('what an agenda tells when its time comes', () => {
  const sent = delivered(played(agenda(), ['kaisa', { do: 'send' }]));

  it('is nothing, and nothing is different, until something is due', () => {
    expect(wake(sent, '2026-12-11T15:00')).to.equal(sent);
    expect(wake(agenda(), '2026-12-16T12:00')).to.deep.equal(agenda());
    expect(nextMoment(sent, monday, timing)?.toString()).to.equal(at('2026-12-14T08:00').toString());
  });

  it('is asked of those who have said nothing, once, while people work', () => {
    const answered = says(sent, { marjut: 'maybe' });
    expect(toldTo(wake(answered, '2026-12-12T14:00'), 'silent'), 'on a Saturday').to.deep.equal([]);
    const asked = wake(answered, '2026-12-14T08:00');
    expect(toldTo(asked, 'silent')).to.include(idOf('risto'));
    for (const who of ['marjut', 'carola'] as const) expect(toldTo(asked, 'silent'), who).to.not.include(idOf(who));
    expect(wake(asked, '2026-12-15T08:00')).to.equal(asked);
    expect(toldTo(wake(answered, '2026-12-17T13:00'), 'silent'), 'as it begins').to.deep.equal([]);
  });

  it('is asked once however much else is told meanwhile', () => {
    let sitting = delivered(wake(sent, '2026-12-14T08:00'));
    for (const hour of ['09', '10', '11', '12', '13', '14', '15', '16']) {
      const add = { do: 'add', item: `new-${hour}`, content: content() } as const;
      sitting = wake({ ...act(sitting, 'kaisa', add, at(`2026-12-14T${hour}:00`)).sitting }, `2026-12-14T${hour}:30`);
      expect(toldTo(sitting, 'changed'), hour).to.include(idOf('risto'));
      expect(toldTo(sitting, 'silent'), hour).to.deep.equal([]);
      sitting = delivered(sitting);
    }
  });

  it('is not asked of who got the agenda less than a day ago', () => {
    const late = delivered(played(agenda(), ['kaisa', { do: 'send' }, at('2026-12-15T12:00')]));
    expect(toldTo(wake(late, '2026-12-15T12:01'), 'silent')).to.deep.equal([]);
    expect(nextMoment(late, at('2026-12-15T12:01'), timing)?.toString()).to.equal(at('2026-12-16T12:00').toString());
    expect(toldTo(wake(late, '2026-12-16T12:00'), 'silent')).to.include(idOf('risto'));
    const declined = wake(says(sent, { risto: 'no' }), '2026-12-14T08:00');
    expect(toldTo(declined, 'agenda'), 'his substitute gets it now').to.deep.equal([idOf('carola')]);
    expect(toldTo(declined, 'silent')).to.not.include(idOf('carola'));
    expect(toldTo(wake(delivered(declined), '2026-12-15T08:00'), 'silent')).to.deep.equal([idOf('carola')]);
  });

  it('is asked anew for another time of the meeting', () => {
    const asked = delivered(wake(sent, '2026-12-14T08:00'));
    const { comings: _, ...moved } = holding({ begins: '2026-12-22T11:00:00Z', ends: '2026-12-22T12:00:00Z' });
    expect(toldTo(wake({ ...asked, holding: moved }, '2026-12-17T13:00'), 'silent')).to.include(idOf('risto'));
  });

  it('is that too few come, told to its keeper once and only while it is so', () => {
    expect(toldTo(wake(sent, '2026-12-14T08:00'), 'danger')).to.have.members(keepersOf(sent.body, region));
    const everybody = region.members.filter(({ body, role }) => body === sent.body && role !== 'substitute');
    const comings = Object.fromEntries(everybody.map(({ person }) => [person, 'yes' as const]));
    const enough = wake({ ...sent, comings }, '2026-12-14T08:00');
    expect(toldTo(enough, 'danger')).to.have.members([]);
    expect(
      toldTo(wake({ ...enough, comings: {} }, '2026-12-15T08:00'), 'danger'),
      'when it is so later',
    ).to.have.members(keepersOf(sent.body, region));
  });

  it('is that too few come, anew whenever one more does not', () => {
    const first = wake(sent, '2026-12-14T08:00');
    expect(toldTo(wake(delivered(first), '2026-12-14T10:00'), 'danger')).to.deep.equal([]);
    const one = wake(delivered(says(first, { marjut: 'no' })), '2026-12-14T10:00');
    expect(toldTo(one, 'danger')).to.have.members(keepersOf(sent.body, region));
    const left = wake(delivered(says(one, { risto: 'substitute' })), '2026-12-14T11:00');
    expect(toldTo(left, 'danger'), 'a substitute may come').to.deep.equal([]);
    const two = wake(delivered(says(left, { carola: 'no' })), '2026-12-14T12:00');
    expect(toldTo(two, 'danger')).to.have.members(keepersOf(sent.body, region));
  });

  it('is at once that there cannot be a quorum, whatever the others say', () => {
    const no = (people: readonly PersonId[]): Sitting => ({
      ...sent,
      comings: Object.fromEntries(people.map((person) => [person, 'no' as const])),
    });
    const seated = region.members.filter(({ body, seat }) => body === sent.body && seat).map(({ person }) => person);
    expect(toldTo(wake(no(seated), '2026-11-30T09:00'), 'danger')).to.have.members(keepersOf(sent.body, region));
    expect(toldTo(wake(no(seated.slice(0, 2)), '2026-11-30T09:00'), 'danger'), 'it can still be met').to.deep.equal([]);
    const lost = delivered(wake(no(seated), '2026-11-30T09:00'));
    expect(toldTo(wake(lost, '2026-11-30T09:10'), 'danger'), 'once').to.deep.equal([]);
    const regained = delivered(wake({ ...lost, comings: {} }, '2026-11-30T09:20'));
    expect(
      toldTo(wake({ ...regained, comings: lost.comings }, '2026-11-30T09:30'), 'danger'),
      'when it is lost again',
    ).to.have.members(keepersOf(sent.body, region));
  });

  it('is what changed, to all who have it, once and ten minutes after the last of it', () => {
    const change = (sitting: Sitting, id: string, words: string) =>
      act(sitting, 'kaisa', { do: 'add', item: id, content: content() }, at(words)).sitting;
    const changed = change(change(sent, 'one', '2026-11-23T10:00'), 'two', '2026-11-23T10:08');
    expect(nextMoment(changed, at('2026-11-23T10:08'), timing)?.toString()).to.equal(at('2026-11-23T10:18').toString());
    expect(toldTo(wake(changed, '2026-11-23T10:17'), 'changed')).to.deep.equal([]);
    const told = wake(changed, '2026-11-23T10:18');
    expect(toldTo(told, 'changed'))
      .to.include.members([idOf('kaisa'), idOf('risto')])
      .and.not.include(idOf('carola'));
    expect(wake(told, '2026-11-23T10:40')).to.equal(told);
    const fresh = played(agenda(), ['kaisa', { do: 'send' }]);
    const early = wake(change(fresh, 'one', '2026-11-23T10:00'), '2026-11-23T10:10');
    expect(toldTo(early, 'changed'), 'to whom it comes as it is by now').to.deep.equal([]);
  });

  it('is that who checks the minutes has said nothing: to them once, then once to who keeps them', () => {
    const [risto, marjut] = [idOf('risto'), idOf('marjut')];
    const asked = at('2026-12-18T10:00').toString();
    const answer = { at: asked, comment: null };
    const checker = (person: PersonId, said: typeof answer | null) => ({ person, name: '', asked, answer: said });
    const version = (number: number, final: string | null, ...checkers: ReturnType<typeof checker>[]) => ({
      ...{ number, final, checkers, made: { by: idOf('kaisa'), at: asked } },
    });
    const of = (...versions: ReturnType<typeof version>[]): Sitting => ({
      ...{ ...sent, over: true, minutes: { paragraphs: { year: 2026, numbers: {} }, versions } },
    });
    const waiting = of(version(1, null, checker(risto, null), checker(marjut, answer)));
    expect(wake(waiting, '2026-12-24T10:00')).to.equal(waiting);
    expect(nextMoment(waiting, at('2026-12-20T10:00'), timing)?.toString()).to.equal(at('2026-12-28T08:00').toString());
    const reminded = wake(waiting, '2026-12-28T08:00');
    expect(toldTo(reminded, 'minutesSilent')).to.deep.equal([risto]);
    expect(toldTo(reminded, 'minutesLate')).to.deep.equal([]);
    expect(nextMoment(reminded, at('2026-12-28T08:00'), timing)?.toString(), 'who keeps it is told next').to.equal(
      at('2027-01-04T08:00').toString(),
    );
    const late = wake(reminded, '2027-01-04T08:00');
    expect(nextMoment(late, at('2027-01-04T08:00'), timing)).to.equal(null);
    expect(toldTo(late, 'minutesSilent'), 'once').to.deep.equal([risto]);
    expect(toldTo(late, 'minutesLate')).to.have.members(keepersOf(late.body, region));
    expect(wake(late, '2027-03-01T08:00')).to.equal(late);
    const put = { at: asked, comment: { v: 1, kid: '', iv: '', tag: '', ct: '' } } as const;
    const commented = { ...checker(marjut, answer), answer: put };
    for (const none of [
      of(version(1, null, checker(risto, null), commented as never)),
      of(version(1, null, checker(risto, null)), version(2, null)),
      of(version(1, asked, checker(risto, answer))),
    ])
      expect(toldTo(wake(none, '2027-01-04T08:00'), 'minutesSilent')).to.deep.equal([]);
  });

  it('is of an action that is late once to each, however many there are', () => {
    const mark = { by: idOf('kaisa'), at: monday.toString() };
    const text = { v: 1, kid: '', iv: '', tag: '', ct: '' } as const;
    const late = Array.from({ length: 150 }, (_, index) => ({
      ...{ id: String(index), text, owner: idOf('risto'), due: '2026-11-30', handed: null, done: null },
    }));
    const held: Sitting = {
      ...{ ...sent, over: true },
      proceedings: {
        ...{ opened: mark, closed: mark, seats: [], chairs: [], secretary: null, presence: [] },
        records: { figures: { ...noRecord, actions: late } },
      },
    };
    const told = wake(held, '2026-12-01T09:00');
    expect(toldTo(told, 'overdue')).to.have.length(late.length);
    expect(toldTo(wake(delivered(told), '2026-12-02T09:00'), 'overdue'), 'the day after').to.deep.equal([]);
    const gone = { ...region, members: region.members.filter(({ person }) => person !== idOf('risto')) };
    const [action] = late;
    const one = { ...held.proceedings, records: { figures: { ...noRecord, actions: action ? [action] : [] } } };
    const left = { ...held, proceedings: { ...held.proceedings, ...one } } as Sitting;
    const without = broughtTo(left, at('2026-12-01T09:00'), { ...timing, directory: gone });
    expect(toldTo(without, 'overdue')).to.deep.equal([]);
    expect(toldTo(without, 'ownerGone'), 'who keeps it hears of it').to.have.members(keepersOf(sent.body, region));
  });

  it('is of an action that was handed on that it is late by its new day too, whoever has it', () => {
    const mark = { by: idOf('kaisa'), at: monday.toString() };
    const text = { v: 1, kid: '', iv: '', tag: '', ct: '' } as const;
    const held = (of: Sitting, handed: { owner: PersonId; due: string } | null): Sitting => ({
      ...{ ...of, over: true },
      proceedings: {
        ...{ opened: mark, closed: mark, seats: [], chairs: [], secretary: null, presence: [] },
        records: {
          figures: {
            ...noRecord,
            actions: [{ ...{ id: 'one', text, owner: idOf('risto'), due: '2026-11-30' }, handed, done: null }],
          },
        },
      },
    });
    const first = wake(held(sent, null), '2026-12-01T09:00');
    expect(toldTo(first, 'overdue')).to.deep.equal([idOf('risto')]);
    const given = held(delivered(first), { owner: idOf('risto'), due: '2026-12-10' });
    expect(toldTo(wake(given, '2026-12-10T15:00'), 'overdue'), 'the new day is not over').to.deep.equal([]);
    const again = wake(given, '2026-12-11T09:00');
    expect(toldTo(again, 'overdue')).to.deep.equal([idOf('risto')]);
    expect(toldTo(wake(delivered(again), '2026-12-14T09:00'), 'overdue'), 'once for that day').to.deep.equal([]);
    const other = held(delivered(again), { owner: idOf('marjut'), due: '2026-12-15' });
    expect(toldTo(wake(other, '2026-12-16T09:00'), 'overdue')).to.deep.equal([idOf('marjut')]);
  });

  it('leaves its card with nobody who is of the body no more, also once the meeting is over', () => {
    const over = { ...sent, over: true };
    const left = {
      ...region,
      members: region.members.filter(({ person, body }) => person !== idOf('risto') || body !== sent.body),
    };
    const next = broughtTo(over, at('2027-01-20T12:00'), { ...timing, directory: left });
    expect(over.holders[idOf('risto')]).to.not.equal(undefined);
    expect(next.holders[idOf('risto')]).to.equal(undefined);
    expect(wake(over, '2027-01-20T12:00'), 'nothing else').to.equal(over);
  });

  it('is nothing more a week after the meeting, and its card stays as it is', () => {
    expect(wake(sent, '2026-12-24T13:59')).to.not.deep.include({ over: true });
    const over = wake(sent, '2026-12-24T14:00');
    expect(over.over).to.equal(true);
    expect(wake(over, '2027-01-24T14:00')).to.equal(over);
    expect(nextMoment(over, at('2026-12-24T14:00'), timing)).to.equal(null);
  });
});
