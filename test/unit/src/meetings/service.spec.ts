import { expect } from 'chai';
import type { Directory } from '../../../../src/directory/model.ts';
import type { Draft } from '../../../../src/meetings/created.ts';
import { type Changes, limits } from '../../../../src/meetings/model.ts';
import { createMeetingService, type MeetingServiceParts } from '../../../../src/meetings/service.ts';
import { meetingAggregates } from '../../../../src/meetings/stored.ts';
import { bodyId, formatReference } from '../../../../src/shared/ids.ts';
import { openSqliteStore } from '../../../../src/storage/sqlite.ts';
import {
  actor,
  calendar,
  type ExamplePerson,
  exampleDirectory,
  heldDirectory,
  lojo,
  people,
  raseborg,
  refusalOf,
  unused,
} from '../../../support/builders.ts';
import { draft, meetingId } from '../../../support/meetings.ts';
import { temporaryFolder } from '../../../support/seed.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const steering = bodyId('steering:vastra-nyland');
const subject = formatReference('LOJ', 2026, 1);
const aboutACase: Partial<Draft> = { kind: 'case', subject };

const folder = temporaryFolder();
let files = 0;
after(() => folder.remove());

/** A service of its own store, which `closed` puts away. */
function serviceOf({
  directory = exampleDirectory(),
  ...parts
}: Partial<Omit<MeetingServiceParts, 'directory'>> & { directory?: Directory } = {}) {
  const store = openSqliteStore(`${folder.path}/${files++}.db`);
  const meetings = meetingAggregates(store);
  const service = createMeetingService({
    meetings,
    directory: heldDirectory(directory),
    home: unused('home'),
    courier: { settle: () => undefined },
    hasCase: async () => true,
    namesClient: async () => false,
    handOut: unused('handOut'),
    calendarOf: () => calendar,
    clock: simulatedClock(),
    ...parts,
  });
  return { service, meetings, closed: () => store.close() };
}

/** No card stands anywhere. */
const home = {
  withoutForm: <M>(one: M): M => one,
  withForm: <M>(one: M): M => one,
  retiring:
    () =>
    <M>(one: M): M =>
      one,
};

describe('who may plan a meeting', () => {
  /** How the draft stands once it is planned, or why it is not. */
  async function planned(
    who: ExamplePerson,
    over: Partial<Draft>,
    parts: Parameters<typeof serviceOf>[0] = {},
  ): Promise<string> {
    const { service, closed } = serviceOf(parts);
    const { directory } = { directory: exampleDirectory(), ...parts };
    const plan = service.plan(actor(who, 'sv', directory), draft(over), meetingId);
    const refused = await refusalOf(plan);
    const said = refused ?? (await plan).stage.is;
    await closed();
    return said;
  }

  it('is a leader for their own body; a member of a team proposes it', async () => {
    expect(await planned('maria', {})).to.equal('planned');
    expect(await planned('petri', {})).to.equal('proposed');
    expect(await planned('kaisa', { body: steering })).to.equal('planned');
  });

  it('is nobody for another body, nor a mere member for one that is no team', async () => {
    expect(await planned('maria', { body: raseborg })).to.equal('directory.notAMember');
    expect(await planned('kaisa', {})).to.equal('directory.notAMember');
    const directory = exampleDirectory();
    const seat = { person: people.petri, body: steering, role: 'member', profession: null } as const;
    directory.members.push({ ...seat, setBy: 'file', removed: false });
    expect(await planned('petri', { body: steering }, { directory })).to.equal('directory.leadersOnly');
  });

  it('is nobody for a body that the region has closed', async () => {
    const directory = exampleDirectory();
    directory.bodies = directory.bodies.map((body) => ({ ...body, closed: body.id === lojo }));
    expect(await planned('maria', {}, { directory })).to.equal('directory.leadersOnly');
  });

  it('is any member of the team that has the case, for its own people, and without naming the young person', async () => {
    expect(await planned('petri', aboutACase)).to.equal('planned');
    expect(await planned('petri', aboutACase, { hasCase: async () => false })).to.equal('meeting.noCase');
    expect(await planned('petri', aboutACase, { namesClient: async () => true })).to.equal('meeting.namesClient');
    const named = (person: ExamplePerson) => ({ everyone: false, named: [people[person]] });
    expect(await planned('petri', { ...aboutACase, invited: named('sofia') })).to.equal('planned');
    expect(await planned('petri', { ...aboutACase, invited: named('kaisa') })).to.equal('meeting.named');
    expect(await planned('maria', { invited: named('kaisa') })).to.equal('planned');
  });
});

describe('a meeting about a case that is changed', () => {
  const changing = (changes: Changes) => ({ do: 'change', on: null, changes }) as const;

  it('is for its own team, and names nobody', async () => {
    const named: string[] = [];
    const namesClient: MeetingServiceParts['namesClient'] = async (_actor, _case, text) => {
      named.push(text);
      return text.includes('Alma');
    };
    const { service, closed } = serviceOf({ home, namesClient });
    await service.plan(actor('petri'), draft(aboutACase), meetingId);
    const tried = (changes: Changes) => refusalOf(service.act(actor('petri'), meetingId, changing(changes), null));
    const outside = { everyone: true, named: [people.gunilla] };
    expect(await tried({ invited: outside })).to.equal('meeting.named');
    expect(await tried({ title: 'Alma' })).to.equal('meeting.namesClient');
    expect(await tried({ place: { online: false, where: 'Hos Alma' } })).to.equal('meeting.namesClient');
    expect(await tried({ title: 'Ny', invited: { everyone: true, named: [people.sofia] } })).to.equal(null);
    await closed();
  });

  it('is nobody’s calendar’s who may not see it, nor once it was cancelled, and nobody’s to look up', async () => {
    const { service, closed } = serviceOf({ home });
    await service.plan(actor('petri'), draft(aboutACase), meetingId);
    const seenBy = async (who: ExamplePerson) => [
      (await service.forCalendar(actor(who))).length,
      (await service.list(actor(who), { whose: 'region' })).length,
      await refusalOf(service.view(actor(who), meetingId)),
    ];
    expect(await seenBy('sofia')).to.deep.equal([1, 1, null]);
    expect(await seenBy('gunilla')).to.deep.equal([0, 0, 'meeting.notFound']);
    await service.act(actor('petri'), meetingId, { do: 'cancel', on: null }, null);
    expect(await seenBy('sofia')).to.deep.equal([1, 0, null]);
    expect(await seenBy('gunilla')).to.deep.equal([0, 0, 'meeting.notFound']);
    await closed();
  });
});

const day = 24 * 60 * 60 * 1000;

describe('the proposals of a member', () => {
  it('are as many as one leader can look through: of one body and one person, and of times to come', async () => {
    const clock = simulatedClock();
    const { service, closed } = serviceOf({ clock, home });
    const id = (number: number): string => `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const propose = (number: number, who: ExamplePerson = 'petri', over: Partial<Draft> = {}) =>
      refusalOf(service.plan(actor(who), draft(over), id(number)));
    const past = { plan: { one: { start: '2026-11-20T09:00', minutes: 60 }, repeat: null } };
    expect(await propose(99, 'petri', past)).to.equal(null);
    await clock.advance(day);
    // Nobody waits for what is past.
    for (let number = 0; number < limits.mostProposals; number += 1) expect(await propose(number)).to.equal(null);
    expect(await propose(50)).to.equal('meeting.tooManyProposals');
    expect(await propose(0), 'pressed twice').to.equal(null);
    expect(await propose(51, 'jonas'), 'another’s').to.equal(null);
    await clock.advance(day);
    expect(await propose(52), 'they wait still').to.equal('meeting.tooManyProposals');
    await service.act(actor('maria'), id(0), { do: 'confirm' }, null);
    expect(await propose(52), 'the leader has accepted one').to.equal(null);
    expect(await propose(53)).to.equal('meeting.tooManyProposals');
    await service.act(actor('maria'), id(1), { do: 'cancel', on: null }, null);
    expect(await propose(53), 'and declined one that was sent a day ago').to.equal(null);
    await closed();
  });

  it('count for a day as they were sent, also what was taken back or declined', async () => {
    const clock = simulatedClock();
    const { service, closed } = serviceOf({ clock, home });
    const id = (number: number): string => `c0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const propose = (number: number) => refusalOf(service.plan(actor('petri'), draft(), id(number)));
    for (let number = 0; number < limits.mostProposals; number += 1) {
      expect(await propose(number)).to.equal(null);
      const who = number % 2 === 0 ? 'petri' : 'maria';
      await service.act(actor(who), id(number), { do: 'cancel', on: null }, null);
    }
    expect(await propose(50)).to.equal('meeting.tooManyProposals');
    await clock.advance(day);
    expect(await propose(50)).to.equal(null);
    await closed();
  });
});
