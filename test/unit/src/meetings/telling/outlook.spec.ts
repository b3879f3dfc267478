import { expect } from 'chai';
import { leadersOf } from '../../../../../src/directory/model.ts';
import type { Meeting } from '../../../../../src/meetings/model.ts';
import {
  nextWithinReach,
  type Outlook,
  type OutlookEvent,
  outlookStep,
  takeOutlookStep,
  withOutlook,
} from '../../../../../src/meetings/telling/outlook.ts';
import { formatReference, type PersonId } from '../../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, lojo, monday, people } from '../../../../support/builders.ts';
import { meeting, played, thursday } from '../../../../support/meetings.ts';

const online = { online: true, where: '' };
const weekly = { unit: 'week', every: 1, by: 'weekday', end: { count: 40 }, holidays: 'keep' } as const;
const sceneAt = (now = monday, directory = exampleDirectory()) => ({
  directory,
  calendar,
  now,
  fingerprint: (text: string) => text,
});

/** Calendars that take everything, and what was asked of them. */
function calendars() {
  const asked: string[] = [];
  const held = new Map<string, OutlookEvent>();
  const outlook: Outlook = {
    async create(event) {
      asked.push(`create ${event.key.slice(37)}`);
      held.set(event.key, event);
      return { id: event.key, join: event.online ? 'https://teams.example/' : null };
    },
    async change({ id, join }, event) {
      asked.push(`change ${event.key.slice(37)}`);
      held.set(event.key, event);
      return { id, join };
    },
    async cancel({ key }) {
      asked.push(`cancel ${key.slice(37)}`);
      held.delete(key);
    },
  };
  return { asked, held, outlook };
}

/** All steps, one after the other, until nothing is left to do. */
async function settled(one: Meeting, outlook: Outlook, scene = sceneAt()): Promise<Meeting> {
  let now = one;
  for (let steps = 0; steps < 200; steps += 1) {
    const step = outlookStep(now, scene);
    if (!step) return now;
    now = withOutlook(now, step, await takeOutlookStep(step, outlook, scene), scene);
  }
  throw new Error('never done');
}

describe('what a meeting asks of the tenant’s calendars', () => {
  it('leaves the calendar of who may not read it any more for a leader’s, and ends where there is none', async () => {
    const { asked, held, outlook } = calendars();
    const subject = formatReference('LOJ', 2026, 42);
    const about = { kind: 'case', subject, invited: { everyone: false, named: [people.petri, people.sofia] } } as const;
    const first = await settled(meeting(about, { by: 'petri' }), outlook);
    const ownersOf = () => [...held.values()].map(({ owner }) => owner);
    expect(ownersOf()).to.deep.equal([people.petri]);
    const region = exampleDirectory();
    const without = (...gone: PersonId[]) => ({
      ...region,
      members: region.members.filter(({ person }) => !gone.includes(person)),
    });
    const second = await settled(first, outlook, sceneAt(monday, without(people.petri)));
    expect(ownersOf()).to.deep.equal([people.maria]);
    expect([...held.values()][0]?.people).to.not.include.members([people.petri]);
    expect(asked).to.deep.equal(['create 1', 'cancel 1', 'create 1-1']);
    expect(await settled(second, outlook, sceneAt(monday, without(people.petri))), 'at rest').to.equal(second);
    const withoutPetri = without(people.petri);
    const leading = withoutPetri.members.map((one) =>
      one.person === people.jonas ? { ...one, role: 'leader' as const } : one,
    );
    const joined = { ...withoutPetri, members: leading.toReversed() };
    const renamed = {
      ...joined,
      people: joined.people.map((one) => (one.id === people.jonas ? { ...one, name: 'Aaron Alm' } : one)),
      members: joined.members.map((one) =>
        one.person === people.jonas ? { ...one, profession: 'police' as const } : one,
      ),
    };
    expect(leadersOf(renamed, lojo)[0], 'first by the order of the cards').to.equal(people.jonas);
    expect(await settled(second, outlook, sceneAt(monday, renamed)), 'whoever else leads').to.equal(second);
    await settled(second, outlook, sceneAt(monday, without(people.petri, people.maria)));
    expect(held.size).to.equal(0);
  });

  it('is written down before it is asked for, and asks for nothing once it is done', async () => {
    const { asked, outlook } = calendars();
    const first = meeting({ place: online });
    expect(outlookStep(first, sceneAt())).to.deep.equal({ do: 'begin', number: '1', owner: people.maria });
    const done = await settled(first, outlook);
    expect(asked).to.deep.equal(['create 1']);
    expect(done.outlook?.['1']).to.include({ join: 'https://teams.example/' });
    expect(outlookStep(done, sceneAt())).to.equal(null);
  });

  it('is taken out again after a crash, whether it had been made or not', async () => {
    const { asked, outlook } = calendars();
    const begun: Meeting = { ...meeting(), outlook: { 1: { id: null, shows: null, join: null } } };
    const off = await settled(played(begun, ['maria', { do: 'cancel', on: null }]), outlook);
    expect(asked).to.deep.equal(['cancel 1']);
    expect(off.outlook).to.deep.equal({});
  });

  it('is one event for each holding within half a year, and the next as it comes within reach', async () => {
    const { asked, outlook } = calendars();
    const series = meeting({ place: online, plan: { one: thursday, repeat: weekly } });
    const done = await settled(series, outlook);
    expect(asked).to.have.lengthOf(26);
    const next = nextWithinReach(done, sceneAt());
    expect(next?.toString()).to.equal('2026-11-26T10:00:00Z');
    expect(next && outlookStep(done, sceneAt(next.subtract({ milliseconds: 1 })))).to.equal(null);
    expect(next && outlookStep(done, sceneAt(next))).to.deep.equal({ do: 'begin', number: '27', owner: people.maria });
    expect(nextWithinReach(meeting(), sceneAt())).to.equal(null);
  });

  it('follows a series that is changed as a whole: each event becomes the holding of its number, the rest are taken out', async () => {
    const { asked, held, outlook } = calendars();
    const three = { ...weekly, end: { until: '2026-12-10' } };
    const series = await settled(meeting({ place: online, plan: { one: thursday, repeat: three } }), outlook);
    asked.length = 0;
    const slot = { start: '2026-12-04T09:00', minutes: 60 };
    const moved = played(series, ['maria', { do: 'change', on: null, changes: { slot } }]);
    await settled(moved, outlook);
    expect(asked).to.deep.equal(['cancel 2', 'cancel 3', 'change 1']);
    expect([...held.values()].map(({ begins }) => begins)).to.deep.equal(['2026-12-04T07:00:00Z']);
  });

  it('is another for whoever has it again, and the same for whoever asks again because no answer came', async () => {
    const { asked, outlook } = calendars();
    const region = exampleDirectory();
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.petri) };
    const about = { kind: 'case', subject: formatReference('LOJ', 2026, 42) } as const;
    const first = await settled(meeting(about, { by: 'petri' }), outlook);
    const away = await settled(first, outlook, sceneAt(monday, without));
    const silent: Outlook = {
      ...outlook,
      async create(event) {
        await outlook.create(event);
        throw new Error('lost');
      },
    };
    expect(await settled(away, silent).catch(({ message }: Error) => message)).to.equal('lost');
    const back = await settled(away, outlook);
    expect(asked).to.deep.equal([
      'create 1',
      'cancel 1',
      'create 1-1',
      'cancel 1-1',
      'create 1-2',
      'cancel 1-1',
      'create 1-2',
    ]);
    const off = await settled(played(back, ['maria', { do: 'cancel', on: null }]), outlook);
    expect(asked.at(-1)).to.equal('cancel 1-2');
    expect(off.outlook).to.deep.equal({});
  });

  it('stays as it is when another instance comes late with a step that was taken already', async () => {
    const { held, outlook } = calendars();
    const region = exampleDirectory();
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.petri) };
    const scene = sceneAt(monday, without);
    const about = { kind: 'case', subject: formatReference('LOJ', 2026, 42) } as const;
    const first = meeting(about, { by: 'petri' });
    const begin = outlookStep(first, sceneAt());
    const done = await settled(first, outlook);
    const cancel = outlookStep(done, scene);
    if (begin?.do !== 'begin' || cancel?.do !== 'cancel') throw new Error('other steps');
    expect(withOutlook(done, begin, await takeOutlookStep(begin, outlook, scene), scene)).to.equal(done);
    const moved = await settled(done, outlook, scene);
    expect(withOutlook(moved, cancel, await takeOutlookStep(cancel, outlook, scene), scene)).to.equal(moved);
    expect([...held.keys()]).to.deep.equal([`${first.id}-1-1`]);
    expect(moved.outlookGone).to.deep.equal({ 1: 1 });
  });

  it('says what it was asked under before, and whether an answer came, when it is taken out', async () => {
    const { outlook } = calendars();
    const begun: Meeting = {
      ...meeting(),
      outlook: { 1: { id: null, shows: null, join: null } },
      outlookGone: { 1: 2 },
    };
    const off = played(begun, ['maria', { do: 'cancel', on: null }]);
    const key = `${begun.id}-1`;
    const going = { owner: people.maria, key: `${key}-2`, earlier: [`${key}-1`, key] };
    const cancel = (meeting: Meeting) => {
      const step = outlookStep(meeting, sceneAt());
      return step?.do === 'cancel' ? step.event : null;
    };
    expect(cancel(off)).to.deep.equal({ ...going, id: null, doubtful: true });
    const made = await settled(begun, outlook);
    const known = { ...going, id: going.key, doubtful: false };
    expect(cancel(played(made, ['maria', { do: 'cancel', on: null }]))).to.deep.equal(known);
  });

  it('is asked for by another key where what was made under its own is gone', async () => {
    const { asked, held, outlook } = calendars();
    const spent = new Set([`${meeting().id}-1`, `${meeting().id}-1-1`]);
    const restored: Outlook = {
      ...outlook,
      create: async (event) => (spent.has(event.key) ? 'spent' : outlook.create(event)),
    };
    await settled(meeting({ place: online }), restored);
    expect(asked).to.deep.equal(['create 1-2']);
    expect(held.size).to.equal(1);
  });

  it('is left as it was once it is over, and forgotten', async () => {
    const { asked, outlook } = calendars();
    const series = meeting({ place: online, plan: { one: thursday, repeat: { ...weekly, end: { count: 2 } } } });
    const done = await settled(series, outlook);
    asked.length = 0;
    const after = Temporal.Instant.from('2026-11-27T08:00:00Z');
    const off = await settled(played(done, ['maria', { do: 'cancel', on: null }, after]), outlook, sceneAt(after));
    expect(asked).to.deep.equal(['cancel 2']);
    expect(off.outlook).to.deep.equal({});
    const later = Temporal.Instant.from('2026-12-04T08:00:00Z');
    const step = { do: 'begin', number: '2', owner: people.maria } as const;
    expect(off.outlookGone).to.deep.equal({ 2: 1 });
    expect(withOutlook(off, step, null, sceneAt(later)).outlookGone, 'when all is over').to.deep.equal({});
  });

  it('is not asked for again when it was not taken, until it is something else', async () => {
    const { outlook } = calendars();
    let tries = 0;
    const refusing: Outlook = {
      ...outlook,
      async create() {
        tries += 1;
        return null;
      },
    };
    const refused = await settled(meeting({ place: online }), refusing);
    expect(tries).to.equal(1);
    const renamed = played(refused, ['maria', { do: 'change', on: null, changes: { title: 'Nytt' } }]);
    expect(outlookStep(renamed, sceneAt())).to.include({ do: 'create' });
  });

  it('invites those who are to come, whoever they are by then, and nobody twice', async () => {
    const { held, outlook } = calendars();
    const done = await settled(
      meeting({ place: online, invited: { everyone: true, named: [people.gunilla] } }),
      outlook,
    );
    const invited = (): readonly string[] => [...held.values()][0]?.people ?? [];
    expect(invited()).to.have.members([people.petri, people.sofia, people.niina, people.jonas, people.gunilla]);
    const smaller = exampleDirectory();
    for (const member of smaller.members) if (member.person === people.niina) member.removed = true;
    await settled(done, outlook, sceneAt(monday, smaller));
    expect(invited()).to.not.include(people.niina);
  });
});
