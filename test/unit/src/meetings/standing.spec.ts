import { expect } from 'chai';
import type { Directory } from '../../../../src/directory/model.ts';
import { coverageOf } from '../../../../src/meetings/coverage.ts';
import type { Vote } from '../../../../src/meetings/model.ts';
import {
  askedIn,
  bestOf,
  expectedAt,
  invitedTo,
  managersOf,
  mayRead,
  maySee,
  silentIn,
  standingsOf,
  substitutesOf,
} from '../../../../src/meetings/standing.ts';
import { requirePoll } from '../../../../src/meetings/transition.ts';
import { bodyId, formatReference, type PersonId, personId } from '../../../../src/shared/ids.ts';
import {
  actor,
  type ExamplePerson,
  exampleDirectory,
  monday,
  people,
  unseatedDirectory,
} from '../../../support/builders.ts';
import { meeting, played, pollPlan } from '../../../support/meetings.ts';

const steering = bodyId('steering:vastra-nyland');
const region = exampleDirectory();
const poll = meeting({ plan: pollPlan() });

/** A steering group of all parties, each with a member and a substitute: `member-…` and `substitute-…`. */
function seated(): Directory {
  const directory = unseatedDirectory();
  for (const { id } of directory.parties)
    for (const role of ['member', 'substitute'] as const) {
      const person = personId(`${role}-${id}`);
      directory.people.push({ id: person, name: person });
      directory.members.push({
        person,
        body: steering,
        role,
        profession: null,
        party: id,
        setBy: 'file',
        removed: false,
      });
    }
  return directory;
}
const seat = (role: 'member' | 'substitute', party: string): PersonId => personId(`${role}-${party}`);

describe('who is asked to a meeting', () => {
  it('is everybody of its body as it is now, and who was named beside them, each once', () => {
    const both = { ...poll, invited: { everyone: true, named: [people.gunilla, people.petri] } };
    const team = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
    expect(invitedTo(both, region)).to.have.members([...team, people.gunilla]);
    const fewer = { ...region, members: region.members.filter(({ person }) => person !== people.niina) };
    expect(invitedTo(both, fewer)).to.not.include(people.niina);
    const one = { ...poll, invited: { everyone: false, named: [people.gunilla] } };
    expect(invitedTo(one, region)).to.deep.equal([people.gunilla]);
  });

  it('is nobody who was named and may read it no more: of a case who has left its team, else who is of no body', () => {
    const without = (who: ExamplePerson) => ({
      ...region,
      members: region.members.map((member) => ({
        ...member,
        removed: member.removed || member.person === people[who],
      })),
    });
    const invited = { everyone: false, named: [people.niina, people.petri, people.gunilla] };
    const subject = formatReference('LOJ', 2026, 1);
    expect(invitedTo({ ...poll, invited }, without('niina'))).to.deep.equal([people.petri, people.gunilla]);
    expect(invitedTo({ ...poll, invited, subject }, without('niina'))).to.deep.equal([people.petri]);
  });

  it('is a substitute only in somebody’s place: of the same party, and once the member has said so', () => {
    const directory = seated();
    const one = meeting({ body: steering }, { by: 'kaisa', directory });
    const [member, substitute] = [seat('member', 'polisen'), seat('substitute', 'polisen')];
    expect(substitutesOf(one, member, directory)).to.deep.equal([substitute]);
    expect(substitutesOf(one, substitute, directory)).to.deep.equal([]);
    expect(expectedAt(one, { on: '2026-11-26' }, directory))
      .to.include(member)
      .and.not.include(substitute);
    const { stage } = one;
    if (stage.is !== 'planned') throw new Error('It has its time.');
    const replies = { '2026-11-26': { [member]: { coming: 'substitute' as const, at: '' } } };
    const replaced = { ...one, stage: { ...stage, schedule: { ...stage.schedule, replies } } };
    expect(expectedAt(replaced, { on: '2026-11-26' }, directory)).to.include(substitute);
    expect(expectedAt(replaced, { on: '2026-12-03' }, directory)).to.not.include(substitute);
    expect(askedIn(one, directory), 'a poll asks them all').to.include(substitute);
  });

  it('sees a meeting as a member of its body or by name, a proposal as its leader or as who has made it', () => {
    const named = { everyone: true, named: [people.gunilla] };
    const proposal = meeting({ invited: named }, { by: 'petri' });
    for (const [of, who] of [
      [meeting({ invited: named }), ['maria', 'petri', 'jonas', 'gunilla']],
      [proposal, ['maria', 'petri']],
      [
        meeting({ invited: named, kind: 'case', subject: formatReference('LOJ', 2026, 1) }),
        ['maria', 'petri', 'jonas'],
      ],
    ] as const)
      for (const one of ['maria', 'petri', 'jonas', 'gunilla', 'kaisa'] as const) {
        expect(maySee(of, actor(one)), one).to.equal(who.some((known) => known === one));
        expect(mayRead(of, people[one], region), one).to.equal(who.some((known) => known === one));
      }
    expect(invitedTo(proposal, region), 'whoever it will ask').to.include(people.gunilla);
  });

  it('is told of by who has it in hand, or by the leaders when that one has gone', () => {
    expect(managersOf(poll, region)).to.deep.equal([people.maria]);
    expect(managersOf({ ...poll, organiser: people.petri }, region)).to.deep.equal([people.maria]);
  });
});

describe('who must be there', () => {
  const covered = (who: readonly ExamplePerson[]) =>
    coverageOf(poll, new Set(who.map((one) => people[one])), invitedTo(poll, region), region);

  it('is in a team every profession that it has, whoever of it', () => {
    expect(covered(['petri', 'sofia', 'niina', 'jonas'])).to.deep.equal({ by: 'professions', met: true, missing: [] });
    expect(covered(['petri', 'sofia', 'maria'])).to.deep.equal({
      by: 'professions',
      met: false,
      missing: ['health', 'youth'],
    });
    expect(covered([])).to.deep.include({ met: false });
  });

  it('is in a steering group enough parties, a substitute as good as the member, and never without the authorities', () => {
    const directory = seated();
    const group = { body: steering, subject: null, invited: { everyone: true, named: [] } };
    const asked = askedIn(group, directory);
    const of = (people: readonly PersonId[]) => coverageOf(group, new Set(people), asked, directory);
    const towns = directory.parties.filter(({ kind }) => kind === 'municipality').map(({ id }) => seat('member', id));
    const authorities = [seat('substitute', 'polisen'), seat('member', 'valfardsomradet')];
    expect(of([...authorities, ...towns.slice(0, 5)])).to.deep.include({
      by: 'parties',
      met: true,
      present: 7,
      needed: 7,
    });
    expect(of([...authorities, ...towns.slice(0, 4)])).to.deep.include({ met: false, present: 6 });
    expect(of(towns)).to.deep.include({ met: false, present: 10 });
  });

  it('is elsewhere more than half of those who are asked', () => {
    const some = { ...poll, invited: { everyone: false, named: [people.petri, people.jonas, people.gunilla] } };
    const asked = invitedTo(some, region);
    expect(coverageOf(some, new Set([people.petri]), asked, region)).to.deep.equal({
      by: 'number',
      met: false,
      present: 1,
      needed: 2,
    });
    expect(coverageOf(some, new Set([people.petri, people.gunilla]), asked, region)).to.deep.include({ met: true });
  });
});

describe('how the times of a poll stand', () => {
  const say = (who: ExamplePerson, tue: Vote, wed: Vote, thu: Vote) =>
    [who, { do: 'vote', votes: { tue, wed, thu } }] as const;
  const answered = played(
    poll,
    say('maria', 'yes', 'no', 'yes'),
    say('petri', 'yes', 'no', 'ifNeedBe'),
    say('sofia', 'no', 'no', 'yes'),
    say('niina', 'yes', 'no', 'yes'),
    say('jonas', 'ifNeedBe', 'no', 'yes'),
  );
  const standings = standingsOf(answered, requirePoll(answered), region);

  it('is counted by answer, with who has said nothing', () => {
    expect(standings.map(({ count }) => count)).to.deep.equal([
      { yes: 3, ifNeedBe: 1, no: 1, silent: 0 },
      { yes: 0, ifNeedBe: 0, no: 5, silent: 0 },
      { yes: 4, ifNeedBe: 1, no: 0, silent: 0 },
    ]);
    expect(standings.map(({ declined }) => declined)).to.deep.equal([false, true, false]);
    expect(standings.map(({ suitsAll }) => suitsAll)).to.deep.equal([false, false, true]);
    const [first] = standingsOf(poll, requirePoll(poll), region);
    expect(first).to.deep.include({
      declined: false,
      suitsAll: false,
      count: { yes: 0, ifNeedBe: 0, no: 0, silent: 5 },
    });
  });

  it('has a best: of the possible ones that are to come the one for most, then with the fewest ifs, then the earliest', () => {
    expect(bestOf(standings, poll.zone, monday)?.option.id).to.equal('thu');
    const later = Temporal.Instant.from('2026-12-03T12:00:00Z');
    expect(bestOf(standings, poll.zone, later)).to.equal(null);
    const even = played(
      poll,
      ...(['maria', 'petri', 'sofia', 'niina', 'jonas'] as const).map((who) => say(who, 'yes', 'yes', 'ifNeedBe')),
    );
    expect(bestOf(standingsOf(even, requirePoll(even), region), poll.zone, monday)?.option.id).to.equal('tue');
    const lacking = played(poll, say('maria', 'yes', 'yes', 'yes'));
    expect(bestOf(standingsOf(lacking, requirePoll(lacking), region), poll.zone, monday)).to.equal(null);
  });

  it('waits for who has not answered every time, unless their substitute has', () => {
    const half = played(poll, ['petri', { do: 'vote', votes: { tue: 'yes' } }], say('jonas', 'yes', 'yes', 'yes'));
    expect(silentIn(half, requirePoll(half), region)).to.have.members([
      people.maria,
      people.petri,
      people.sofia,
      people.niina,
    ]);
    const directory = seated();
    const group = meeting({ body: steering, plan: pollPlan() }, { by: 'kaisa', directory });
    const votes = { [seat('substitute', 'polisen')]: { tue: 'yes', wed: 'yes', thu: 'no' } as const };
    const replaced = silentIn(group, { ...requirePoll(group), votes }, directory);
    expect(replaced).to.include(seat('member', 'lojo-stad')).and.not.include(seat('member', 'polisen'));
  });
});
