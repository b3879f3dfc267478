import { expect } from 'chai';
import { invitedTo } from '../../../../src/meetings/invited.ts';
import type { Vote } from '../../../../src/meetings/model.ts';
import { answerable, bestOf, partlyIn, silentIn, standingsOf } from '../../../../src/meetings/poll-standing.ts';
import { requirePoll } from '../../../../src/meetings/transition.ts';
import { bodyId } from '../../../../src/shared/ids.ts';
import { type ExamplePerson, exampleDirectory, monday, people } from '../../../support/builders.ts';
import { meeting, played, pollPlan, seat, seated } from '../../../support/meetings.ts';
import { inHelsinki } from '../../../support/shifting-clock.ts';

const steering = bodyId('steering:vastra-nyland');
const region = exampleDirectory();
const poll = meeting({ plan: pollPlan() });

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
    const alone = played(poll, say('petri', 'no', 'no', 'no'));
    const [declined] = standingsOf(alone, requirePoll(alone), region);
    expect(declined?.declined, 'by one of five').to.equal(false);
    const [first] = standingsOf(poll, requirePoll(poll), region);
    expect(first).to.deep.include({
      declined: false,
      suitsAll: false,
      count: { yes: 0, ifNeedBe: 0, no: 0, silent: 5 },
    });
  });

  it('is declined by nobody’s no while a substitute can, nor where nobody is asked any more, whom it does not suit either', () => {
    const directory = seated();
    const group = meeting({ body: steering, plan: pollPlan() }, { by: 'kaisa', directory });
    const no = Object.fromEntries(directory.members.map(({ person }) => [person, { tue: 'no', wed: 'no' } as const]));
    const votes = { ...no, [seat('substitute', 'polisen')]: { tue: 'yes', wed: 'no' } as const };
    const said = standingsOf(group, { ...requirePoll(group), votes }, directory);
    expect(said.map(({ declined }) => declined)).to.deep.equal([false, true, false]);
    const nobody = { ...poll, invited: { everyone: false, named: [] } };
    for (const { declined, suitsAll, coverage } of standingsOf(nobody, requirePoll(poll), region))
      expect([declined, suitsAll, coverage.met]).to.deep.equal([false, false, false]);
  });

  it('suits all where each can, or their substitute', () => {
    const directory = seated();
    const group = meeting({ body: steering, plan: pollPlan() }, { by: 'kaisa', directory });
    const others = invitedTo(group, directory).filter((person) => person !== seat('member', 'polisen'));
    const votes = {
      ...Object.fromEntries(others.map((person) => [person, { tue: 'yes', wed: 'yes' } as const])),
      [seat('member', 'polisen')]: { tue: 'no', wed: 'no' } as const,
      [seat('substitute', 'polisen')]: { tue: 'ifNeedBe', wed: 'no' } as const,
    };
    const said = standingsOf(group, { ...requirePoll(group), votes }, directory);
    expect(said.map(({ suitsAll }) => suitsAll)).to.deep.equal([true, false, false]);
  });

  it('is answered at the times that are to come, and at all of them once none is', () => {
    const { options } = requirePoll(poll);
    const at = (now: string) => answerable(requirePoll(poll), poll.zone, inHelsinki(now)).options;
    expect(at('2026-12-02T09:00')).to.deep.equal(options.slice(2));
    expect(at('2026-12-03T13:00')).to.deep.equal(options);
  });

  it('has a best: of the possible ones that are to come the one for most, then with the fewest ifs, then the earliest', () => {
    expect(bestOf(standings, poll.zone, monday)?.option.id).to.equal('thu');
    const later = Temporal.Instant.from('2026-12-03T11:00:00Z');
    expect(bestOf(standings, poll.zone, later)).to.equal(null);
    const even = played(
      poll,
      ...(['maria', 'petri', 'sofia', 'niina', 'jonas'] as const).map((who) => say(who, 'yes', 'yes', 'ifNeedBe')),
    );
    expect(bestOf(standingsOf(even, requirePoll(even), region), poll.zone, monday)?.option.id).to.equal('tue');
    const all = (tue: Vote, wed: Vote, thu: Vote) =>
      (['petri', 'sofia', 'niina', 'jonas'] as const).map((who) => say(who, tue, wed, thu));
    const more = played(poll, say('maria', 'no', 'ifNeedBe', 'no'), ...all('yes', 'ifNeedBe', 'no'));
    expect(bestOf(standingsOf(more, requirePoll(more), region), poll.zone, monday)?.option.id, 'most').to.equal('wed');
    const fewer = played(poll, say('maria', 'ifNeedBe', 'no', 'no'), ...all('ifNeedBe', 'yes', 'no'));
    expect(bestOf(standingsOf(fewer, requirePoll(fewer), region), poll.zone, monday)?.option.id).to.equal('tue');
    const surer = played(poll, say('maria', 'ifNeedBe', 'yes', 'yes'), ...all('yes', 'yes', 'yes'));
    expect(bestOf(standingsOf(surer, requirePoll(surer), region), poll.zone, monday)?.option.id).to.equal('wed');
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

  it('knows who has begun to answer, themselves or through a substitute, and has not answered all', () => {
    const half = played(poll, ['petri', { do: 'vote', votes: { tue: 'yes' } }], say('jonas', 'yes', 'yes', 'yes'));
    expect(partlyIn(half, requirePoll(half), region)).to.deep.equal([people.petri]);
    const directory = seated();
    const group = meeting({ body: steering, plan: pollPlan() }, { by: 'kaisa', directory });
    const votes = { [seat('substitute', 'polisen')]: { tue: 'yes' } as const };
    expect(partlyIn(group, { ...requirePoll(group), votes }, directory)).to.deep.equal([seat('member', 'polisen')]);
  });
});
