import { expect } from 'chai';
import type { Directory } from '../../../../src/directory/model.ts';
import type { Draft } from '../../../../src/meetings/created.ts';
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

describe('who may plan a meeting', () => {
  const folder = temporaryFolder();
  let files = 0;
  after(() => folder.remove());

  /** How the draft stands once it is planned, or why it is not. */
  async function planned(
    who: ExamplePerson,
    over: Partial<Draft>,
    {
      directory = exampleDirectory(),
      ...parts
    }: Partial<Omit<MeetingServiceParts, 'directory'>> & { directory?: Directory } = {},
  ): Promise<string> {
    const store = openSqliteStore(`${folder.path}/${files++}.db`);
    const service = createMeetingService({
      meetings: meetingAggregates(store),
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
    const plan = service.plan(actor(who, 'sv', directory), draft(over), meetingId);
    const refused = await refusalOf(plan);
    const said = refused ?? (await plan).stage.is;
    await store.close();
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
    expect(await planned('petri', aboutACase, { hasCase: async () => false })).to.equal('meeting.notHere');
    expect(await planned('petri', aboutACase, { namesClient: async () => true })).to.equal('meeting.namesClient');
    const named = (person: ExamplePerson) => ({ everyone: false, named: [people[person]] });
    expect(await planned('petri', { ...aboutACase, invited: named('sofia') })).to.equal('planned');
    expect(await planned('petri', { ...aboutACase, invited: named('kaisa') })).to.equal('meeting.named');
    expect(await planned('maria', { invited: named('kaisa') })).to.equal('planned');
  });
});
