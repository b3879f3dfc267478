import { expect } from 'chai';
import type { Checklist } from '../../../../src/checklists/model.ts';
import { broughtTo } from '../../../../src/checklists/recurrence.ts';
import { noticeAbout, reminderFor, toRemind } from '../../../../src/checklists/reminders.ts';
import { nextRing, ringsOn } from '../../../../src/delivery/bell.ts';
import { dateIn } from '../../../../src/shared/clock.ts';
import type { PersonId } from '../../../../src/shared/ids.ts';
import { isFinnishHoliday } from '../../../../src/shared/working-time.ts';
import { calendar, lojo, monday, people, raseborg } from '../../../support/builders.ts';
import { listOf, played, sceneAt, templateItem } from '../../../support/checklists.ts';

const leaders = [people.maria, people.sofia];
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** One item that Petri has, due at `due`. */
function due(text: string, now = monday): Checklist {
  return played(
    listOf(templateItem('one')),
    ['petri', { do: 'take', item: 'one' }, now],
    ['petri', { do: 'setDue', item: 'one', due: text }, now],
  );
}

/** Rings every working morning as long as the bell asks for it; what it told, by date. */
function ringing(
  lists: (now: Temporal.Instant) => readonly Checklist[],
  until: string,
  start = { toldOn: '2026-11-23', now: monday },
): { told: Record<string, string[]>; mornings: Temporal.Instant[] } {
  const told: Record<string, string[]> = {};
  const mornings: Temporal.Instant[] = [];
  const bell = { toldOn: start.toldOn };
  for (let now = nextRing(bell, start.now, calendar); ; now = nextRing(bell, now, calendar)) {
    const today = ringsOn(bell, now, calendar);
    if (!today) throw new Error(`It asked to ring at ${now}, and does not.`);
    if (today.toString() > until) return { told, mornings };
    const reminded = toRemind([{ body: lojo, lists: lists(now), leaders }], { ...bell, led: null }, today, calendar);
    if (reminded.length > 0) told[today.toString()] = reminded;
    mornings.push(now);
    bell.toldOn = today.toString();
  }
}

const tellsOf = (text: string, until = '2027-12-31') => Object.entries(ringing(() => [due(text)], until).told);

describe('the reminders of checklists', () => {
  it('come to the owner three days before and on the day, and to the leaders after a week', () => {
    expect(tellsOf('2026-12-11')).to.deep.equal([
      ['2026-12-08', [people.petri]],
      ['2026-12-11', [people.petri]],
      ['2026-12-18', leaders],
    ]);
  });

  it('come on the last working day before one that is none, and once when both fall on it', () => {
    // Due on a Sunday, three days before it a Thursday.
    expect(tellsOf('2026-11-29').map(([day]) => day)).to.deep.equal(['2026-11-26', '2026-11-27', '2026-12-07']);
    // Christmas 2026: Thursday to Saturday.
    expect(tellsOf('2026-12-26').map(([day]) => day)).to.deep.equal(['2026-12-23', '2027-01-04']);
    // Independence Day 2026 is a Sunday, Epiphany 2027 a Wednesday.
    expect(tellsOf('2027-01-06').map(([day]) => day)).to.deep.equal(['2026-12-31', '2027-01-05', '2027-01-13']);
    // Easter 2027: Good Friday is 26 March, Monday the 29th.
    expect(tellsOf('2027-03-30').map(([day]) => day)).to.deep.equal(['2027-03-25', '2027-03-30', '2027-04-06']);
  });

  it('come at the start of working hours, also across both changes of the clocks, and never on a day off, for a year', () => {
    const { mornings } = ringing(() => [], '2027-11-30');
    for (const morning of mornings) {
      const local = morning.toZonedDateTimeISO('Europe/Helsinki');
      expect(local.toPlainTime().toString(), String(local)).to.equal('08:00:00');
      expect(local.dayOfWeek).to.be.at.most(5);
      expect(isFinnishHoliday(local.toPlainDate())).to.equal(false);
    }
    const days = mornings.map((morning) => dateIn(calendar.timeZone, morning).toString());
    expect(new Set(days).size).to.equal(days.length);
    // Both sides of 28 March and 31 October 2027, which are Sundays.
    expect(days).to.include.members(['2027-03-25', '2027-03-30', '2027-10-29', '2027-11-01']);
    expect(days.length).to.be.within(250, 260);
  });

  it('are one a day for each person over all lists, however many items stand in it, for a year', () => {
    const many = listOf(...Array.from({ length: 100 }, (_, at) => templateItem(`i${at}`)));
    const items = many.blocks.flatMap((block) => block.items.map(({ id }) => id));
    const assigned = items.reduce<Checklist>((state, item, at) => {
      const on = date('2026-12-01')
        .add({ days: 3 * at })
        .toString();
      return played(
        state,
        ['maria', { do: 'assign', item, to: [people.petri, people.niina] }],
        ['petri', { do: 'setDue', item, due: on }],
      );
    }, many);
    const { told } = ringing(() => [assigned, assigned, due('2026-12-11')], '2027-11-30');
    for (const [day, reminded] of Object.entries(told)) expect(new Set(reminded).size, day).to.equal(reminded.length);
    const mornings = (person: string) => Object.values(told).filter((all) => all.some((one) => one === person)).length;
    // Every third day something is due, and then something else is in three days.
    expect(mornings(people.niina)).to.equal(99);
    expect(mornings(people.maria)).to.equal(99);
  });

  it('come twice a week for what comes every week and is done when it is due, for a year', () => {
    let weekly = played(listOf(templateItem('weekly', { every: 'week' })), ['petri', { do: 'take', item: 'weekly' }]);
    let times = 0;
    const { told } = ringing((now) => {
      weekly = broughtTo(weekly, now, 'Europe/Helsinki').list;
      const shown = weekly;
      const [item] = weekly.blocks.flatMap(({ items }) => items);
      const today = dateIn(calendar.timeZone, now).toString();
      if (item?.state.is === 'open' && item.due !== null && item.due <= today) {
        weekly = played(weekly, ['petri', { do: 'done', item: 'weekly' }, now.add({ hours: 2 })]);
        times += 1;
      }
      return [shown];
    }, '2027-11-22');
    expect(times).to.equal(52);
    const reminded = Object.values(told).filter((all) => all.includes(people.petri)).length;
    expect(reminded).to.be.within(100, 104);
    // A Monday that is a day off is done on the Tuesday: nothing is ever overdue for a week.
    expect(Object.values(told).flat()).to.not.include(people.maria);
  });

  it('come with the next working morning when the bot was not running, once', () => {
    const lists = [due('2026-12-11')];
    const start = { toldOn: '2026-12-07', now: Temporal.Instant.from('2026-12-10T20:00:00Z') };
    expect(ringsOn(start, start.now, calendar)).to.equal(null);
    expect(Object.entries(ringing(() => lists, '2026-12-31', start).told)).to.deep.equal([
      ['2026-12-11', [people.petri]],
      ['2026-12-18', leaders],
    ]);
    // In the middle of a working day it does not wait for the next.
    const noon = Temporal.Instant.from('2026-12-10T10:00:00Z');
    expect(ringsOn(start, noon, calendar)?.toString()).to.equal('2026-12-10');
    expect(nextRing(start, noon, calendar).equals(noon)).to.equal(true);
    expect(ringsOn({ toldOn: '2026-12-10' }, noon, calendar)).to.equal(null);
  });

  it('never come for what is settled, removed, closed or was given a date too near to be reminded of', () => {
    const open = due('2026-12-11');
    const silent = [
      played(open, ['petri', { do: 'done', item: 'one' }]),
      played(open, ['maria', { do: 'removeItem', item: 'one' }]),
      played(open, ['maria', { do: 'close' }]),
      played(open, ['petri', { do: 'setDue', item: 'one', due: null }]),
    ];
    for (const state of silent) expect(ringing(() => [state], '2027-03-01').told).to.deep.equal({});
    // Set on the Monday itself, after it has rung: the week after is the leaders'.
    expect(tellsOf('2026-11-23').map(([day]) => day)).to.deep.equal(['2026-11-30']);
  });

  it('that wait for approval are the leaders’ after a week, not the owner’s', () => {
    const link = 'https://example.org/';
    const waiting = played(
      listOf(templateItem('one', { approval: true })),
      ['petri', { do: 'take', item: 'one' }],
      ['petri', { do: 'setDue', item: 'one', due: '2026-12-11' }],
      ['petri', { do: 'link', item: 'one', link }],
      ['petri', { do: 'done', item: 'one' }],
    );
    expect(Object.entries(ringing(() => [waiting], '2027-01-31').told)).to.deep.equal([['2026-12-18', leaders]]);
  });

  it('say what is so when they are sent: nothing any more, or all of it', () => {
    const state = due('2026-12-11');
    const content = (who: 'petri' | 'maria', isLeader: boolean, day: string) => {
      const bodies = [{ body: lojo, lists: [state], leaders: isLeader ? [people[who]] : [] }];
      const found = reminderFor(bodies, people[who], date(day), calendar);
      return found && [found.mine.length, found.overdue.length];
    };
    expect(content('petri', false, '2026-12-07')).to.equal(null);
    expect(content('petri', false, '2026-12-08')).to.deep.equal([1, 0]);
    expect(content('maria', true, '2026-12-17')).to.equal(null);
    expect(content('maria', true, '2026-12-18')).to.deep.equal([0, 1]);
    expect(content('maria', false, '2026-12-18')).to.equal(null);
    const done = played(state, ['petri', { do: 'done', item: 'one' }]);
    expect(reminderFor([{ body: lojo, lists: [done], leaders }], people.petri, date('2026-12-18'), calendar)).to.equal(
      null,
    );
  });

  it('name to a leader what is a week late once: what is theirs as theirs, what waits for approval as the leaders’', () => {
    const leadersOwn = played(
      listOf(templateItem('one'), templateItem('other', { approval: true })),
      ...(['one', 'other'] as const).flatMap((item): Parameters<typeof played>[1][] => [
        ['maria', { do: 'take', item }],
        ['maria', { do: 'setDue', item, due: '2026-12-11' }],
      ]),
      ['maria', { do: 'link', item: 'other', link: 'https://example.org/' }],
      ['maria', { do: 'done', item: 'other' }],
    );
    const bodies = [{ body: lojo, lists: [leadersOwn], leaders }];
    const content = (who: 'maria' | 'sofia') => {
      const { mine = [], overdue = [] } = reminderFor(bodies, people[who], date('2026-12-18'), calendar) ?? {};
      return [mine, overdue].map((part) => part.map(({ item }) => item.id));
    };
    expect(content('maria')).to.deep.equal([['one'], ['other']]);
    expect(content('sofia')).to.deep.equal([[], ['one', 'other']]);
  });

  it('come to whoever leads the body from now on, of what others were told before, or nobody was', () => {
    const bodies = (...led: PersonId[]) => [{ body: lojo, lists: [due('2026-12-11')], leaders: led }];
    const told = (toldOn: string, today: string, before: PersonId[], ...now: PersonId[]) =>
      toRemind(bodies(...now), { toldOn, led: { [lojo]: before } }, date(today), calendar);
    expect(told('2026-12-17', '2026-12-18', [people.maria])).to.deep.equal([]);
    expect(told('2026-12-18', '2026-12-21', [], people.sofia)).to.deep.equal([people.sofia]);
    expect(told('2026-12-21', '2026-12-22', [people.sofia], people.sofia, people.maria)).to.deep.equal([people.maria]);
    expect(told('2026-12-22', '2026-12-23', [people.sofia, people.maria], people.sofia)).to.deep.equal([]);
    expect(told('2026-12-11', '2026-12-14', [], people.sofia), 'nothing is late for a week yet').to.deep.equal([]);
  });

  it('come in one message to whoever has something in several bodies, or leads them', () => {
    const bodies = [
      { body: lojo, lists: [due('2026-12-11')], leaders: [people.maria] },
      { body: raseborg, lists: [due('2026-12-11')], leaders: [people.maria, people.kaisa] },
    ];
    const told = (day: string) => {
      const toldOn = date(day).subtract({ days: 1 }).toString();
      return toRemind(bodies, { toldOn, led: null }, date(day), calendar);
    };
    expect(told('2026-12-11')).to.deep.equal([people.petri]);
    expect(told('2026-12-18')).to.deep.equal([people.maria, people.kaisa]);
    const late = (who: 'maria' | 'kaisa' | 'niina') =>
      reminderFor(bodies, people[who], date('2026-12-18'), calendar)?.overdue.length;
    expect([late('maria'), late('kaisa'), late('niina')]).to.deep.equal([2, 1, undefined]);
    expect(reminderFor(bodies, people.petri, date('2026-12-11'), calendar)?.mine).to.have.length(2);
  });
});

describe('what a colleague did', () => {
  const link = 'https://example.org/';
  const notices = (state: Checklist) => state.delivery.notices;
  const scene = sceneAt(monday, 'maria');

  it('is told with their name while it is so', () => {
    const given = played(listOf(templateItem('one')), ['maria', { do: 'assign', item: 'one', to: [people.petri] }]);
    const [assigned] = notices(given);
    if (!assigned) throw new Error('Petri is told.');
    expect(noticeAbout(given, assigned, scene)).to.deep.include({ kind: 'assigned', by: people.maria });
    for (const overtaken of [
      played(given, ['petri', { do: 'giveBack', item: 'one' }]),
      played(given, ['petri', { do: 'done', item: 'one' }]),
      played(given, ['maria', { do: 'removeItem', item: 'one' }]),
    ]) {
      expect(noticeAbout(overtaken, assigned, scene)).to.equal(null);
    }
  });

  it('asks for approval while it waits for one, and tells who sent it back', () => {
    const waiting = played(
      listOf(templateItem('one', { approval: true })),
      ['petri', { do: 'link', item: 'one', link }],
      ['petri', { do: 'done', item: 'one' }],
    );
    const [approve] = notices(waiting);
    const back = played(waiting, ['maria', { do: 'sendBack', item: 'one' }]);
    const sentBack = notices(back).at(-1);
    if (!approve || !sentBack) throw new Error('Both are told.');
    expect(noticeAbout(waiting, approve, scene)).to.deep.include({ kind: 'approve', by: people.petri });
    expect(noticeAbout(back, approve, scene)).to.equal(null);
    expect(noticeAbout(back, sentBack, scene)).to.deep.include({ kind: 'sentBack', by: people.maria });
    // Whoever does not lead the body any more when it is told, is not asked.
    expect(noticeAbout(waiting, approve, { ...scene, leaders: [people.sofia] })).to.equal(null);
    const hers = { ...waiting, person: people.petri };
    expect(noticeAbout(hers, { ...sentBack, kind: 'approve' }, { ...scene, leaders: [] })).to.equal(null);
    expect(noticeAbout(played(back, ['petri', { do: 'done', item: 'one' }]), sentBack, scene)).to.equal(null);
  });

  it('in an induction is told to its person and to leaders alone, whoever it was meant for', () => {
    const state = {
      ...played(listOf(templateItem('one')), ['maria', { do: 'assign', item: 'one', to: [people.niina] }]),
    };
    const [assigned] = notices(state);
    if (!assigned) throw new Error('Niina is told.');
    expect(noticeAbout({ ...state, person: people.niina }, assigned, scene)).to.include({ kind: 'assigned' });
    expect(noticeAbout({ ...state, person: people.petri }, assigned, scene)).to.equal(null);
  });

  it('is told once a day when it is taken back and done again, and anew when it was sent back meanwhile', () => {
    const ready = played(listOf(templateItem('one', { approval: true })), ['petri', { do: 'link', item: 'one', link }]);
    const isDone = { do: 'done', item: 'one' } as const;
    const flood = played(
      ready,
      ['petri', isDone],
      ['petri', { do: 'undo', item: 'one', step: 2 }],
      ['petri', isDone],
      ['petri', { do: 'undo', item: 'one', step: 3 }],
      ['petri', isDone],
    );
    expect(notices(flood).map(({ to }) => to)).to.deep.equal(leaders);
    const tomorrow = monday.add({ hours: 24 });
    const next = played(flood, ['petri', { do: 'undo', item: 'one', step: 4 }, tomorrow], ['petri', isDone, tomorrow]);
    expect(notices(next)).to.have.length(4);
    const redone = played(flood, ['maria', { do: 'sendBack', item: 'one' }], ['petri', isDone]);
    expect(notices(redone).map(({ kind }) => kind)).to.deep.equal([
      ...['approve', 'approve', 'sentBack', 'approve', 'approve'],
    ]);
  });
});
