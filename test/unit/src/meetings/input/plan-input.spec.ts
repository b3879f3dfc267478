import { expect } from 'chai';
import { shortened } from '../../../../../src/cards/form.ts';
import type { Directory } from '../../../../../src/directory/model.ts';
import { type PlanProblem, type PlanValues, planLimits } from '../../../../../src/meetings/input/fields-input.ts';
import { type PlanMode, type PlanScene, parsePlan } from '../../../../../src/meetings/input/plan-input.ts';
import { limits } from '../../../../../src/meetings/model.ts';
import { codeOf, repeatOf } from '../../../../../src/meetings/repeat.ts';
import { readEnd } from '../../../../../src/meetings/say/say-repeat.ts';
import { readLength, readMoment, readTimes } from '../../../../../src/meetings/say/say-times.ts';
import { meetingSettings } from '../../../../../src/meetings/settings.ts';
import { type PersonId, personId } from '../../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, lojo, people, unseatedDirectory } from '../../../../support/builders.ts';

const wednesday = Temporal.ZonedDateTime.from('2026-11-25T10:00[Europe/Helsinki]');

function sceneAt(now: Temporal.ZonedDateTime, directory: Directory): PlanScene {
  let ids = 0;
  return {
    planner: people.maria,
    directory,
    bodies: directory.bodies,
    now: now.toInstant(),
    calendar,
    policy: meetingSettings.parse({}),
    read: {
      times: (line) => readTimes(line, now),
      moment: (words) => readMoment(words, now),
      length: (words) => readLength(words, now),
      end: (words) => readEnd(words, now),
    },
    newId: () => `option-${++ids}`,
  };
}

const one: PlanValues = { body: lojo, date: '2026-12-03', time: '13:00' };
const several: PlanValues = { body: lojo, times: 'tors 3 dec kl. 13\nfre 4 dec kl. 9–11' };

const parse = (
  mode: PlanMode,
  over: PlanValues,
  { now = wednesday, directory = exampleDirectory() }: { now?: Temporal.ZonedDateTime; directory?: Directory } = {},
) => parsePlan(mode, { ...(mode === 'one' ? one : several), ...over }, sceneAt(now, directory));

const described = (problem: PlanProblem): string =>
  `${problem.field} ${'plan' in problem ? problem.plan : problem.code}`;

/** "field code", of everything that is wrong. */
function problems(...args: Parameters<typeof parse>): string[] {
  const parsed = parse(...args);
  return parsed.ok ? [] : parsed.problems.map(described);
}

function drafted(...args: Parameters<typeof parse>) {
  const parsed = parse(...args);
  if (!parsed.ok) throw new Error(parsed.problems.map(described).join());
  return parsed.value;
}

/** So many people more, all of whom are in a body of the region. */
function crowded(number: number): { directory: Directory; ids: PersonId[] } {
  const directory = unseatedDirectory();
  const ids = Array.from({ length: number }, (_, index) =>
    personId(`b0000000-0000-4000-8000-${`${index}`.padStart(12, '0')}`),
  );
  return {
    ids,
    directory: {
      ...directory,
      people: [...directory.people, ...ids.map((id, index) => ({ id, name: `Person ${index}` }))],
      members: [
        ...directory.members,
        ...ids.map((person) => ({
          person,
          body: directory.bodies.find(({ kind }) => kind === 'steering')?.id ?? lojo,
          role: 'member' as const,
          profession: null,
          setBy: 'file' as const,
          removed: false,
        })),
      ],
    },
  };
}

describe('the form of a meeting', () => {
  it('gives a meeting of the body with everybody in it when nothing else is said', () => {
    expect(drafted('one', {})).to.deep.equal({
      body: lojo,
      kind: 'meeting',
      subject: null,
      title: '',
      place: { online: false, where: '' },
      invited: { everyone: true, named: [] },
      plan: { one: { start: '2026-12-03T13:00', minutes: 60 }, repeat: null },
    });
  });

  it('gives everything that is filled in', () => {
    const draft = drafted('one', {
      title: '  Lägesbild ',
      length: '1 h 30 min',
      where: 'Rådhuset, rum 204',
      online: 'yes',
      everyone: 'named',
      named: `${people.maria}, ${people.kaisa},${people.maria}`,
      kind: 'supervision',
      repeat: 'month/1/weekday',
      ends: '10 gånger',
      holidays: 'after',
    });
    expect(draft).to.deep.equal({
      body: lojo,
      kind: 'supervision',
      subject: null,
      title: 'Lägesbild',
      place: { online: true, where: 'Rådhuset, rum 204' },
      invited: { everyone: false, named: [people.maria, people.kaisa] },
      plan: {
        one: { start: '2026-12-03T13:00', minutes: 90 },
        repeat: { unit: 'month', every: 1, by: 'weekday', end: { count: 10 }, holidays: 'after' },
      },
    });
  });

  it('gives a poll with each time once, in order, and a deadline that leaves people their working days', () => {
    const { plan } = drafted('several', {
      times: 'fre 4 dec kl. 9–11\n\nto 3.12. klo 13\nThu 3 Dec at 13:00\n',
      poll: 'hidden,bot',
    });
    expect(plan).to.deep.equal({
      several: {
        since: '2026-11-25T08:00:00.000Z',
        deadline: '2026-11-30T14:00:00.000Z',
        namesHidden: true,
        botPicks: true,
      },
      options: [
        { id: 'option-1', start: '2026-12-03T13:00', minutes: 60 },
        { id: 'option-2', start: '2026-12-04T09:00', minutes: 120 },
      ],
    });
  });

  it('never lets a deadline that nobody chose be past or after the first time', () => {
    for (const first of ['imorgon kl. 9', 'idag kl. 10.30', 'idag kl. 10.01']) {
      const { plan } = drafted('several', { times: `${first}\nfre 4 dec kl. 9` });
      if (!('several' in plan)) throw new Error('no poll');
      const start = Temporal.PlainDateTime.from(plan.options[0]?.start ?? '').toZonedDateTime('Europe/Helsinki');
      expect(Temporal.Instant.compare(plan.several.deadline, start.toInstant()), first).to.equal(-1);
      expect(Temporal.Instant.compare(plan.several.deadline, wednesday.toInstant()), first).to.equal(1);
    }
  });

  it('takes the numbers of a link for no phone number, also where words follow it', () => {
    for (const where of ['https://zoom.example/j/0812345678', 'https://zoom.example/j/0812345678 rum 3'])
      expect(drafted('one', { where }).place.where).to.equal(where);
  });

  const { ids: many, directory: crowd } = crowded(160);
  const wrong: readonly (readonly [what: string, mode: PlanMode, values: PlanValues, problem: string])[] = [
    ['no body', 'one', { body: '' }, 'body required'],
    ['a body of others', 'one', { body: 'team:nowhere' }, 'body unknownCode'],
    ['no date', 'one', { date: '' }, 'date noDate'],
    ['a date that does not exist', 'one', { date: '2027-02-30' }, 'date noDate'],
    ['no time', 'one', { time: '' }, 'time noTime'],
    ['a time that does not exist', 'one', { time: '25:00' }, 'time noTime'],
    ['a past day', 'one', { date: '2026-11-24' }, 'date past'],
    ['a past day without a time', 'one', { date: '2026-11-24', time: '' }, 'time noTime'],
    ['a past hour of today', 'one', { date: '2026-11-25', time: '09:59' }, 'time past'],
    ['this very minute', 'one', { date: '2026-11-25', time: '10:00' }, 'time past'],
    ['the hour that the clocks jump over', 'one', { date: '2027-03-28', time: '03:30' }, 'time noSuchHour'],
    ['a day more than two years ahead', 'one', { date: '2028-11-26' }, 'date tooFar'],
    ['no length', 'one', { length: '0 min' }, 'length badLength'],
    ['a length of 0', 'one', { length: '0' }, 'length badLength'],
    ['four minutes', 'one', { length: '4 min' }, 'length badLength'],
    ['40 hours', 'one', { length: '40 h' }, 'length badLength'],
    ['a length in other words', 'one', { length: 'länge' }, 'length notALength'],
    ['times of 1001 characters', 'several', { times: 'a'.repeat(1_001) }, 'times tooLong'],
    ['a title of 121 characters', 'one', { title: 'a'.repeat(121) }, 'title tooLong'],
    ['a place of 301 characters', 'one', { where: 'a'.repeat(301) }, 'where tooLong'],
    ['a personal identity code in the title', 'one', { title: 'om 131052-308T' }, 'title sensitive'],
    ['a phone number in the place', 'one', { where: 'ring 040 123 4567' }, 'where sensitive'],
    [
      'a phone number behind a link in the place',
      'one',
      { where: 'https://x.fi/a ring 040 123 4567' },
      'where sensitive',
    ],
    ['a phone number behind a link in the title', 'one', { title: 'https://x.fi 040 123 4567' }, 'title sensitive'],
    ['a link that is not safe', 'one', { where: 'http://example.com' }, 'where notALink'],
    ['nobody at all', 'one', { everyone: 'named' }, 'named nobody'],
    ['nobody but who plans it', 'one', { everyone: 'named', named: people.maria }, 'named nobody'],
    ['somebody of no body', 'one', { named: 'c0000000-0000-4000-8000-000000000001' }, 'named unknownCode'],
    ['no such kind', 'one', { kind: 'party' }, 'kind unknownCode'],
    ['supervision of no team', 'one', { kind: 'supervision', body: 'steering:vastra-nyland' }, 'kind notTheirs'],
    ['a case meeting without its case', 'one', { kind: 'case' }, 'subject notAReference'],
    ['a case by another name', 'one', { kind: 'case', subject: 'Anna' }, 'subject notAReference'],
    ['a case at another kind of meeting', 'one', { subject: 'LOJ-2026-0001' }, 'kind notACase'],
    ['a case in the title of another kind of meeting', 'one', { title: 'LOJ-2026-0001 Åke' }, 'title namesCase'],
    ['a case in its place', 'several', { where: 'https://x.fi/LOJ-2026-0001' }, 'where namesCase'],
    [
      'a second case in a case meeting',
      'one',
      { kind: 'case', subject: 'LOJ-2026-0001', title: 'LOJ-2026-0001 och LOJ-2026-0002' },
      'title namesCase',
    ],
    [
      'people of other bodies in a case meeting',
      'one',
      { kind: 'case', subject: 'LOJ-2026-0001', named: people.kaisa },
      'named outsiders',
    ],
    ['no such rhythm', 'one', { repeat: 'year/1', ends: '3' }, 'repeat unknownCode'],
    ['every thirteenth week', 'one', { repeat: 'week/13', ends: '3' }, 'repeat unknownCode'],
    ['a series without an end', 'one', { repeat: 'week/1' }, 'ends noEnd'],
    ['an end in other words', 'one', { repeat: 'week/1', ends: 'sedan' }, 'ends notAnEnd'],
    ['107 times', 'one', { repeat: 'week/1', ends: '107' }, 'ends longSeries'],
    ['0 times', 'one', { repeat: 'week/1', ends: '0' }, 'ends longSeries'],
    ['ten years', 'one', { repeat: 'month/12/date', ends: '10' }, 'ends longSeries'],
    ['a last day in three years', 'one', { repeat: 'week/1', ends: '31.12.2029' }, 'ends longSeries'],
    ['an end before the beginning', 'one', { repeat: 'week/1', ends: '1.12.2026' }, 'ends endsFirst'],
    ['no such rule for holidays', 'one', { repeat: 'week/1', ends: '3', holidays: 'never' }, 'holidays unknownCode'],
    ['one time to choose from', 'several', { times: 'tors 3 dec kl. 13' }, 'times timesCount'],
    ['no times', 'several', { times: ' ' }, 'times timesCount'],
    [
      'thirteen times',
      'several',
      { times: Array.from({ length: 13 }, (_, day) => `${day + 1}.12.2026 kl. 9`).join('\n') },
      'times manyTimes',
    ],
    ['a line that is no time', 'several', { times: 'tors 3 dec kl. 13\nnågon gång' }, 'times unreadLines'],
    [
      'a line with something beside',
      'several',
      { times: 'tors 3 dec kl. 13 eller så\n4.12. kl 9' },
      'times unreadLines',
    ],
    ['a line without an hour', 'several', { times: 'tors 3 dec\nfre 4 dec kl. 9' }, 'times unreadLines'],
    ['30 February among them', 'several', { times: '30.2.2027 kl. 9\nfre 4 dec kl. 9' }, 'times unreadLines'],
    ['a past one among them', 'several', { times: '24.11.2026 kl. 9\nfre 4 dec kl. 9' }, 'times pastLines'],
    ['the missing hour among them', 'several', { times: '28.3.2027 kl. 03.30\nfre 4 dec kl. 9' }, 'times skippedLines'],
    ['one in three years among them', 'several', { times: '3.12.2029 kl. 9\nfre 4 dec kl. 9' }, 'times farLines'],
    ['one of 13 hours among them', 'several', { times: '3.12. kl 8-21\nfre 4 dec kl. 9' }, 'times badLength'],
    ['a deadline in other words', 'several', { deadline: 'snart' }, 'deadline notAMoment'],
    ['a past deadline', 'several', { deadline: '24.11.2026 kl. 9' }, 'deadline pastDeadline'],
    [
      'a deadline in the hour that the clocks jump over',
      'several',
      { times: '29.3.2027 kl. 9\n30.3.2027 kl. 9', deadline: '28.3.2027 kl. 03.30' },
      'deadline noSuchHour',
    ],
    ['a deadline after the first time', 'several', { deadline: 'tors 3 dec kl. 13' }, 'deadline lateDeadline'],
  ];
  for (const [what, mode, values, problem] of wrong) {
    it(`does not take ${what}, and says so at its field`, () => {
      expect(problems(mode, values)).to.deep.equal([
        ...(what === 'a past day without a time' ? [problem, 'date past'] : [problem]),
      ]);
    });
  }

  it(`takes at most ${limits.mostNamed} people by name and ${limits.mostInvited} in all`, () => {
    const steering = 'steering:vastra-nyland';
    const named = (number: number): PlanValues => ({ everyone: 'named', named: many.slice(0, number).join() });
    expect(problems('one', named(100), { directory: crowd })).to.deep.equal([]);
    expect(problems('one', named(101), { directory: crowd })).to.deep.equal(['named manyNamed']);
    expect(problems('one', { body: steering }, { directory: crowd })).to.deep.equal(['named manyInvited']);
    const { directory: smaller } = crowded(149);
    expect(problems('one', { body: steering }, { directory: smaller })).to.deep.equal([]);
  });

  it('shows everybody again who was chosen', () => {
    const named = many.slice(0, limits.mostNamed).join();
    expect(shortened({ named }, planLimits)).to.deep.equal({ values: { named } });
  });

  it('tells of everything at once', () => {
    expect(
      problems('one', { body: '', date: '', time: '', length: '?', title: 'a@example.fi', named: '1' }),
    ).to.deep.equal([
      'body required',
      'title sensitive',
      'named unknownCode',
      'length notALength',
      'date noDate',
      'time noTime',
    ]);
  });

  it('asks of a past time whether the next such weekday was meant', () => {
    const start = (values: PlanValues): unknown => {
      const parsed = parse('one', values);
      return (
        !parsed.ok &&
        parsed.problems.flatMap((one) => ('plan' in one && one.plan === 'past' ? one.params?.start : []))[0]
      );
    };
    expect(start({ date: '2026-11-24', time: '09:00' })).to.equal('2026-12-01T09:00');
    expect(start({ date: '2026-11-25', time: '09:00' })).to.equal('2026-12-02T09:00');
    expect(start({ date: '2025-12-03', time: '09:00' })).to.equal('2026-12-02T09:00');
  });

  it('asks how often where only an end is written, and takes a rhythm or no end for an answer', () => {
    expect(problems('one', { ends: '6 gånger' })).to.deep.equal(['repeat noRhythm']);
    expect(problems('one', { repeat: 'none', ends: '31.5.' })).to.deep.equal(['repeat noRhythm']);
    for (const over of [
      { repeat: 'none', ends: ' ' },
      { repeat: 'week/1', ends: '6 gånger' },
    ])
      expect(problems('one', over)).to.deep.equal([]);
    expect(problems('several', { ends: '6 gånger' }), 'a poll is of one').to.deep.equal([]);
  });

  it('takes the hour that comes twice in October, and the last minutes before the clocks jump', () => {
    expect(problems('one', { date: '2027-10-31', time: '03:30' })).to.deep.equal([]);
    expect(problems('one', { date: '2027-03-28', time: '02:59' })).to.deep.equal([]);
  });

  it('takes a series of two years every week, and until a date', () => {
    const now = Temporal.ZonedDateTime.from('2026-12-02T10:00[Europe/Helsinki]');
    expect(problems('one', { repeat: 'week/1', ends: '105' }, { now })).to.deep.equal([]);
    const { plan } = drafted('one', { repeat: 'week/2', ends: 'till 31.5.2027' });
    expect('one' in plan && plan.repeat?.end).to.deep.equal({ until: '2027-05-31' });
  });

  it('writes every rhythm so that it is read again', () => {
    for (const code of ['week/1', 'week/12', 'month/1/date', 'month/1/weekday', 'month/6/weekday']) {
      const repeat = repeatOf(code);
      expect(repeat && codeOf(repeat)).to.equal(code);
    }
    for (const code of ['', 'none', 'week/0', 'day/1', 'month/100/date']) expect(repeatOf(code), code).to.equal(null);
  });
});
