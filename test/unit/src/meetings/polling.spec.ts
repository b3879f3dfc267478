import { expect } from 'chai';
import { decide } from '../../../../src/meetings/decide.ts';
import {
  limits,
  type Meeting,
  type MeetingCommand,
  type PollOption,
  type Reply,
  type Slot,
  type Vote,
} from '../../../../src/meetings/model.ts';
import { occasionOf, optionAt, picked } from '../../../../src/meetings/polling.ts';
import { repliesAt, scheduleOf } from '../../../../src/meetings/standing.ts';
import { toTell } from '../../../../src/meetings/telling/news.ts';
import { requirePoll, withPoll } from '../../../../src/meetings/transition.ts';
import { bodyId, type PersonId, personId } from '../../../../src/shared/ids.ts';
import { type ExamplePerson, monday, people, refusal } from '../../../support/builders.ts';
import { meeting, played, pollPlan, sceneOf, seat, seated, steeringSeats } from '../../../support/meetings.ts';
import { inHelsinki } from '../../../support/shifting-clock.ts';

const poll = meeting({ plan: pollPlan() });
const picking = meeting({ plan: pollPlan({ botPicks: true }) });
const experts = ['maria', 'petri', 'sofia', 'niina', 'jonas'] as const;
const refused = (state: Meeting, who: ExamplePerson, command: MeetingCommand, now = monday) =>
  refusal(() => decide(state, command, sceneOf(who, now)));
const allSay = (state: typeof poll, vote: Vote, but: Partial<Record<ExamplePerson, Vote>> = {}) =>
  played(
    state,
    ...experts.map((who) => [who, { do: 'vote', votes: { tue: but[who] ?? vote, wed: 'no', thu: vote } }] as const),
  );
const noticesOf = ({ delivery }: Meeting, kind: string) => delivery.notices.filter((notice) => notice.kind === kind);
const comingsIn = (replies: Readonly<Record<PersonId, Reply>>): Record<string, string> =>
  Object.fromEntries(Object.entries(replies).map(([person, { coming }]) => [person, coming]));
const option = (id: string, start: string): PollOption => ({ id, start, minutes: 60 });

describe('a poll', () => {
  it('takes answers up to the deadline, and not after it', () => {
    const vote = { do: 'vote', votes: { tue: 'yes' } } as const;
    const deadline = Temporal.Instant.from(requirePoll(poll).deadline);
    expect(refused(poll, 'petri', vote, deadline)).to.equal(null);
    expect(refused(poll, 'petri', vote, deadline.add({ milliseconds: 1 }))).to.equal('meeting.pollOver');
    const whole = meeting({ plan: pollPlan({ deadline: '2026-11-27T14:00:00Z' }) });
    expect(refused(whole, 'petri', vote, deadline.add({ milliseconds: 700 })), 'however it is written').to.equal(
      'meeting.pollOver',
    );
    expect(refused(poll, 'petri', { do: 'vote', votes: { gone: 'yes' } })).to.equal('meeting.noOption');
  });

  it('takes answers of those alone who are asked, and is cancelled for all of them at once', () => {
    const few = meeting({ plan: pollPlan(), invited: { everyone: false, named: [people.maria, people.sofia] } });
    const vote = { do: 'vote', votes: { tue: 'yes' } } as const;
    expect(refused(few, 'sofia', vote)).to.equal(null);
    expect(refused(few, 'petri', vote)).to.equal('meeting.notInvited');
    const off = played(few, ['maria', { do: 'cancel', on: null }]);
    expect(refused(off, 'sofia', vote)).to.equal('meeting.cancelled');
  });

  it('keeps what was answered before beside what is new, and is the very same object when nothing is', () => {
    const once = played(poll, ['petri', { do: 'vote', votes: { tue: 'yes', wed: 'no' } }]);
    const more = played(once, ['petri', { do: 'vote', votes: { tue: 'yes', thu: 'no' } }]);
    expect(requirePoll(more).votes[people.petri]).to.deep.equal({ tue: 'yes', wed: 'no', thu: 'no' });
    for (const votes of [{}, { tue: 'yes' }] as const)
      expect(decide(once, { do: 'vote', votes }, sceneOf('petri'))).to.equal(once);
  });

  it('takes no answer about a time that has passed, and keeps the others that come with it', () => {
    const late = played(poll, ['maria', { do: 'extend', deadline: '2026-12-02T14:00:00.000Z' }]);
    const now = inHelsinki('2026-12-01T09:00');
    expect(refused(late, 'petri', { do: 'vote', votes: { tue: 'yes' } }, now)).to.equal('meeting.past');
    const saying = (state: Meeting, who: ExamplePerson) =>
      decide(state, { do: 'vote', votes: { tue: 'yes', wed: 'yes', thu: 'no' } }, sceneOf(who, now));
    const answered = experts.reduce(saying, late);
    expect(requirePoll(answered).votes[people.petri]).to.deep.equal({ wed: 'yes', thu: 'no' });
    expect(noticesOf(answered, 'allAnswered'), 'nobody is waited for').to.have.length(1);
  });

  it('is answered no longer than there is something to answer', () => {
    const extend = (deadline: string): MeetingCommand => ({ do: 'extend', deadline });
    expect(refused(poll, 'maria', extend('2026-12-03T10:59:00.000Z'))).to.equal(null);
    expect(refused(poll, 'maria', extend('2026-12-03T11:00:00.000Z'))).to.equal('meeting.lateDeadline');
    const [now, next] = ['2026-11-23T07:00:00.000Z', '2026-11-23T07:00:00.001Z'];
    expect(
      [refused(poll, 'maria', extend(now)), refused(poll, 'maria', extend(next))],
      'nor is it over by then',
    ).to.deep.equal(['meeting.past', null]);
  });

  it('takes no time twice, none that is past, and no more than fit', () => {
    const add = (...options: PollOption[]): MeetingCommand => ({ do: 'addTimes', options });
    expect(refused(poll, 'maria', add(option('x', '2026-12-01T09:00')))).to.equal('meeting.sameTime');
    expect(refused(poll, 'maria', add(option('x', '2026-11-02T09:00')))).to.equal('meeting.past');
    expect(refused(poll, 'maria', add(option('x', '2026-11-23T09:00'))), 'this very moment').to.equal('meeting.past');
    expect(refused(poll, 'maria', add({ ...option('x', '2026-12-01T09:00'), minutes: 30 })), 'shorter').to.equal(null);
    const many = Array.from({ length: limits.mostTimes - 2 }, (_, index) =>
      option(`x${index}`, `2026-12-1${index}T09:00`),
    );
    expect(refused(poll, 'maria', add(...many))).to.equal('meeting.tooManyTimes');
    expect(requirePoll(played(poll, ['maria', add(...many.slice(1))])).options).to.have.length(limits.mostTimes);
  });

  it('has its times in their order, and adds none that is there', () => {
    const add = (...options: PollOption[]): MeetingCommand => ({ do: 'addTimes', options });
    const idsOf = (state: Meeting) => requirePoll(state).options.map(({ id }) => id);
    const [early, late] = [option('early', '2026-11-30T09:00'), option('late', '2026-12-02T12:00')];
    const more = played(poll, ['maria', add(late, early)]);
    expect(idsOf(more)).to.deep.equal(['early', 'tue', 'wed', 'late', 'thu']);
    expect(decide(more, add(early, late), sceneOf('maria')), 'pressed twice').to.equal(more);
    const known = played(more, ['maria', add(early, option('last', '2026-12-04T09:00'))]);
    expect(idsOf(known)).to.deep.equal([...idsOf(more), 'last']);
    const slot = { start: '2026-11-30T08:00', minutes: 60 };
    const changed = played(more, ['maria', { do: 'changeTime', option: 'thu', slot }]);
    expect(idsOf(changed)).to.deep.equal([optionAt(slot).id, 'early', 'tue', 'wed', 'late']);
  });

  it('has a time changed to one that is to come and that no other is, also when only its length is another', () => {
    const [tuesday, wednesday] = requirePoll(poll).options;
    if (!tuesday || !wednesday) throw new Error('It has times.');
    const named = [tuesday, wednesday].map(optionAt);
    const own = withPoll(poll, { ...requirePoll(poll), options: named });
    const to = (slot: Slot): MeetingCommand => ({ do: 'changeTime', option: named[0]?.id ?? '', slot });
    expect(refused(own, 'maria', to(wednesday))).to.equal('meeting.sameTime');
    expect(refused(own, 'maria', to({ start: '2026-11-20T09:00', minutes: 60 }))).to.equal('meeting.past');
    const longer = { start: tuesday.start, minutes: 90 };
    expect(requirePoll(played(own, ['maria', to(longer)])).options[0]).to.deep.equal(optionAt(longer));
  });

  it('asks nobody about a time that nobody can answer: added or changed after the deadline, it is open anew', () => {
    const late = inHelsinki('2026-11-30T09:00');
    const deadlineAfter = (command: MeetingCommand, now = late): string =>
      requirePoll(played(poll, ['maria', command, now])).deadline;
    const added: MeetingCommand = { do: 'addTimes', options: [option('x', '2026-12-08T09:00')] };
    expect(deadlineAfter(added), 'before the first').to.equal('2026-12-01T06:00:00.000Z');
    expect(deadlineAfter(added, inHelsinki('2026-12-03T14:00')), 'as long as at first').to.equal(
      '2026-12-07T14:00:00.000Z',
    );
    const changed: MeetingCommand = {
      do: 'changeTime',
      option: 'thu',
      slot: { start: '2026-12-09T09:00', minutes: 60 },
    };
    expect(deadlineAfter(changed)).to.equal('2026-12-01T06:00:00.000Z');
    expect(deadlineAfter(added, monday), 'as long as it is open').to.equal(requirePoll(poll).deadline);
    const short = meeting({ plan: pollPlan({ since: '2026-11-27T07:00:00.000Z' }) });
    const again = played(short, ['maria', added, inHelsinki('2026-12-03T14:00')]);
    expect(requirePoll(again).deadline, 'for a day at least').to.equal('2026-12-04T14:00:00.000Z');
  });

  it('keeps the answers to the other times when one is changed, added or taken out, and at least two times', () => {
    const answered = allSay(poll, 'yes');
    const changed = played(answered, [
      'maria',
      { do: 'changeTime', option: 'tue', slot: { start: '2026-12-04T09:00', minutes: 30 } },
    ]);
    expect(requirePoll(changed).votes[people.petri]).to.deep.equal({ wed: 'no', thu: 'yes' });
    expect(requirePoll(changed).options.map(({ start }) => start.slice(0, 10))).to.deep.equal([
      '2026-12-02',
      '2026-12-03',
      '2026-12-04',
    ]);
    const fewer = played(answered, ['maria', { do: 'removeTime', option: 'tue' }]);
    expect(requirePoll(fewer).votes[people.petri]).to.deep.equal({ wed: 'no', thu: 'yes' });
    expect(refused(fewer, 'maria', { do: 'removeTime', option: 'wed' })).to.equal('meeting.lastTimes');
  });

  it('has whoever plans hear that all have answered when the only time goes that somebody had not', () => {
    const two = { wed: 'no', thu: 'yes' } as const;
    const rest = experts.filter((who) => who !== 'petri');
    const half = played(poll, ...rest.map((who) => [who, { do: 'vote', votes: { ...two, tue: 'yes' } }] as const), [
      'petri',
      { do: 'vote', votes: two },
    ]);
    expect(noticesOf(half, 'allAnswered')).to.deep.equal([]);
    const remove = { do: 'removeTime', option: 'tue' } as const;
    expect(noticesOf(played(half, ['maria', remove]), 'allAnswered').map(({ to }) => to)).to.deep.equal([people.maria]);
    const other = played(half, ['maria', { do: 'removeTime', option: 'wed' }]);
    expect(noticesOf(other, 'allAnswered'), 'somebody is still to answer').to.deep.equal([]);
    const known = played(half, ['petri', { do: 'vote', votes: { tue: 'no' } }], ['maria', remove]);
    expect(noticesOf(known, 'allAnswered'), 'who had heard of it').to.have.length(1);
    const over = Temporal.Instant.from('2026-11-27T14:00:01Z');
    expect(noticesOf(played(half, ['maria', remove, over]), 'allAnswered')).to.deep.equal([]);
  });

  it('counts no answer, and picks nothing, for a time that took the place of the one that was shown', () => {
    const slot = { start: '2026-12-24T09:00', minutes: 60 };
    const change = { do: 'changeTime', option: 'tue', slot } as const;
    const changed = played(allSay(poll, 'yes'), ['maria', change]);
    expect(refused(changed, 'petri', { do: 'vote', votes: { tue: 'yes', thu: 'no' } })).to.equal('meeting.noOption');
    expect(refused(changed, 'maria', { do: 'pick', option: 'tue' })).to.equal('meeting.noOption');
    expect(played(changed, ['maria', change]), 'pressed twice').to.deep.equal(changed);
    const other = { start: '2026-12-28T09:00', minutes: 60 };
    expect(refused(changed, 'maria', { do: 'changeTime', option: 'tue', slot: other })).to.equal('meeting.noOption');
  });

  it('is picked with what each said of the time as their first answer; who said nothing of it is asked', () => {
    const answered = allSay(meeting({ plan: pollPlan() }), 'yes', { jonas: 'ifNeedBe', niina: 'no' });
    const { [people.sofia]: _, ...votes } = requirePoll(answered).votes;
    const half = withPoll(answered, { ...requirePoll(answered), votes });
    const held = played(half, ['maria', { do: 'pick', option: 'tue' }]);
    expect(comingsIn(repliesAt(held, '2026-12-01'))).to.deep.equal({
      [people.maria]: 'yes',
      [people.petri]: 'yes',
      [people.niina]: 'no',
      [people.jonas]: 'maybe',
    });
    expect(Object.values(repliesAt(held, '2026-12-01')).every(({ polled }) => polled)).to.equal(true);
    const changed = played(held, ['petri', { do: 'reply', on: '2026-12-01', coming: 'no' }]);
    expect(repliesAt(changed, '2026-12-01')[people.petri], 'their own by now').to.deep.equal({
      coming: 'no',
      at: monday.toString({ smallestUnit: 'millisecond' }),
    });
    expect(held.news.what).to.equal('invited');
    expect(refused(held, 'maria', { do: 'pick', option: 'thu' })).to.equal('meeting.noPoll');
  });

  it('is picked with each substitute called, with what they said, to whom it suits better than to their member', () => {
    const directory = seated();
    const [one, two, three, four] = steeringSeats(directory).map(({ id }) => id);
    if (!one || !two || !three || !four) throw new Error('There are parties.');
    const steering = meeting({ body: bodyId('steering:vastra-nyland'), plan: pollPlan() }, { by: 'kaisa', directory });
    const votes = {
      [seat('member', one)]: { tue: 'no' },
      [seat('substitute', one)]: { tue: 'yes' },
      [seat('member', two)]: { tue: 'yes' },
      [seat('substitute', two)]: { tue: 'yes' },
      [seat('substitute', three)]: { tue: 'ifNeedBe' },
      [seat('member', four)]: { tue: 'ifNeedBe' },
      [seat('substitute', four)]: { tue: 'ifNeedBe' },
    } as const;
    const asked = withPoll(steering, { ...requirePoll(steering), votes });
    const [tuesday] = requirePoll(asked).options;
    if (!tuesday) throw new Error('There is a time.');
    const made = picked(asked, tuesday, { now: monday, directory });
    expect(comingsIn(repliesAt(made, '2026-12-01'))).to.deep.equal({
      [seat('member', one)]: 'substitute',
      [seat('substitute', one)]: 'yes',
      [seat('member', two)]: 'yes',
      [seat('member', three)]: 'substitute',
      [seat('substitute', three)]: 'maybe',
      [seat('member', four)]: 'maybe',
    });
    const invited = toTell(made, [], directory);
    expect(invited).to.include.members([seat('substitute', one), seat('substitute', three)]);
    for (const party of [two, four]) expect(invited).not.to.include(seat('substitute', party));
  });

  it('is picked with one of several substitutes as coming, the others with what they said, and who was silent asked', () => {
    const directory = seated();
    const [one, two] = steeringSeats(directory).map(({ id }) => id);
    if (!one || !two) throw new Error('There are parties.');
    const more = ['no', 'maybe', 'silent'].map(personId);
    directory.people.push(...more.map((id) => ({ id, name: id })));
    const seatOf = directory.members.find(({ person }) => person === seat('substitute', one));
    if (!seatOf) throw new Error('It has a substitute.');
    directory.members.push(...more.map((person) => ({ ...seatOf, person })));
    // Who is named comes for themself, and in nobody's place.
    const invited = { everyone: true, named: [seat('substitute', two)] };
    const wanted = { body: bodyId('steering:vastra-nyland'), plan: pollPlan(), invited };
    const steering = meeting(wanted, { by: 'kaisa', directory });
    const votes: Record<string, Record<string, Vote>> = {
      [seat('member', one)]: { tue: 'no' },
      [seat('substitute', one)]: { tue: 'yes' },
      no: { tue: 'no' },
      maybe: { tue: 'ifNeedBe' },
      [seat('member', two)]: { tue: 'no' },
      [seat('substitute', two)]: { tue: 'yes' },
    };
    const asked = withPoll(steering, { ...requirePoll(steering), votes });
    const [tuesday] = requirePoll(asked).options;
    if (!tuesday) throw new Error('There is a time.');
    const replies = repliesAt(picked(asked, tuesday, { now: monday, directory }), '2026-12-01');
    expect(comingsIn(replies)).to.deep.equal({
      [seat('member', one)]: 'substitute',
      [seat('substitute', one)]: 'yes',
      no: 'no',
      maybe: 'maybe',
      [seat('member', two)]: 'no',
      [seat('substitute', two)]: 'yes',
    });
  });

  it('is picked with what the substitutes said of a member who does not come, so that none of them is called in vain', () => {
    const directory = seated();
    const [one, two] = steeringSeats(directory).map(({ id }) => id);
    if (!one || !two) throw new Error('There are parties.');
    const steering = meeting({ body: bodyId('steering:vastra-nyland'), plan: pollPlan() }, { by: 'kaisa', directory });
    const votes = {
      [seat('member', one)]: { tue: 'no' },
      [seat('substitute', one)]: { tue: 'no' },
      [seat('member', two)]: { tue: 'ifNeedBe' },
      [seat('substitute', two)]: { tue: 'no' },
    } as const;
    const asked = withPoll(steering, { ...requirePoll(steering), votes });
    const [tuesday] = requirePoll(asked).options;
    if (!tuesday) throw new Error('There is a time.');
    expect(comingsIn(repliesAt(picked(asked, tuesday, { now: monday, directory }), '2026-12-01'))).to.deep.equal({
      [seat('member', one)]: 'no',
      [seat('substitute', one)]: 'no',
      [seat('member', two)]: 'maybe',
    });
  });

  it('of which nobody is to know who said what takes along who said yes, and nothing else, by whomever it is picked', () => {
    const all = (state: typeof poll) =>
      played(
        state,
        ...experts.map((who) => {
          const tue = who === 'jonas' || who === 'niina' ? 'ifNeedBe' : 'yes';
          return [who, { do: 'vote', votes: { tue } }] as const;
        }),
      );
    const byHand = played(all(meeting({ plan: pollPlan({ namesHidden: true }) })), [
      'maria',
      { do: 'pick', option: 'tue' },
    ]);
    for (const one of [byHand, all(meeting({ plan: pollPlan({ namesHidden: true, botPicks: true }) }))])
      expect(comingsIn(repliesAt(one, '2026-12-01'))).to.deep.equal({
        [people.maria]: 'yes',
        [people.petri]: 'yes',
        [people.sofia]: 'yes',
      });
    const open = played(all(meeting({ plan: pollPlan() })), ['maria', { do: 'pick', option: 'tue' }]);
    expect([byHand, open].map((one) => scheduleOf(one)?.yesAlone)).to.deep.equal(['2026-12-01T09:00', undefined]);
  });

  it('of which nobody is to know who said what has the substitutes called who made the time possible, and says only yes of them', () => {
    const directory = seated();
    const [one, two, three] = steeringSeats(directory).map(({ id }) => id);
    if (!one || !two || !three) throw new Error('There are parties.');
    const wanted = { body: bodyId('steering:vastra-nyland'), plan: pollPlan({ namesHidden: true }) };
    const steering = meeting(wanted, { by: 'kaisa', directory });
    const votes = {
      [seat('member', one)]: { tue: 'no' },
      [seat('substitute', one)]: { tue: 'yes' },
      [seat('substitute', two)]: { tue: 'ifNeedBe' },
      [seat('member', three)]: { tue: 'ifNeedBe' },
      [seat('substitute', three)]: { tue: 'no' },
    } as const;
    const asked = withPoll(steering, { ...requirePoll(steering), votes });
    const [tuesday] = requirePoll(asked).options;
    if (!tuesday) throw new Error('There is a time.');
    const made = picked(asked, tuesday, { now: monday, directory });
    expect(comingsIn(repliesAt(made, '2026-12-01'))).to.deep.equal({
      [seat('member', one)]: 'substitute',
      [seat('substitute', one)]: 'yes',
      [seat('member', two)]: 'substitute',
    });
    expect(toTell(made, [], directory)).to.include.members([seat('substitute', one), seat('substitute', two)]);
  });

  it('is not picked where everybody has declined, nor for a time that is past', () => {
    const answered = allSay(poll, 'yes');
    expect(refused(answered, 'maria', { do: 'pick', option: 'wed' })).to.equal('meeting.allDeclined');
    const late = Temporal.Instant.from('2026-12-02T12:00:00Z');
    expect(refused(answered, 'maria', { do: 'pick', option: 'tue' }, late)).to.equal('meeting.past');
    const begins = inHelsinki('2026-12-01T09:00');
    expect(refused(answered, 'maria', { do: 'pick', option: 'tue' }, begins)).to.equal('meeting.past');
  });

  it('is picked by the bot, if it may, as soon as a time suits everybody; otherwise whoever plans hears that all have answered', () => {
    const almost = played(
      picking,
      ...experts.slice(1).map((who) => [who, { do: 'vote', votes: { tue: 'yes' } }] as const),
    );
    expect(almost.stage.is).to.equal('poll');
    expect(played(almost, ['maria', { do: 'vote', votes: { tue: 'ifNeedBe' } }]).stage.is).to.equal('planned');
    const told = allSay(poll, 'yes');
    expect(told.stage.is).to.equal('poll');
    expect(noticesOf(told, 'allAnswered').map(({ to }) => to)).to.deep.equal([people.maria]);
    const again = played(told, ['petri', { do: 'vote', votes: { tue: 'no' } }]);
    expect(noticesOf(again, 'allAnswered')).to.have.length(1);
  });

  it('stays the very same object when a time or the deadline is changed to what it is', () => {
    const same = { start: '2026-12-01T09:00', minutes: 60 };
    expect(decide(poll, { do: 'changeTime', option: 'tue', slot: same }, sceneOf('maria'))).to.equal(poll);
    const { deadline } = requirePoll(poll);
    expect(decide(poll, { do: 'extend', deadline }, sceneOf('maria'))).to.equal(poll);
  });

  it('tells anew what is another question, of other times or another deadline, under a key that stays short', () => {
    const { stage } = poll;
    if (stage.is !== 'poll') throw new Error('It is a poll.');
    const { options, deadline } = stage.poll;
    const of = occasionOf({ options, deadline });
    const [one, ...others] = options;
    if (!one) throw new Error('It has times.');
    expect(occasionOf({ options: options.map((option) => ({ ...option })), deadline }), 'the same').to.equal(of);
    expect(occasionOf({ options, deadline: '2026-11-28T14:00:00.000Z' })).not.to.equal(of);
    expect(occasionOf({ options: others, deadline })).not.to.equal(of);
    expect(occasionOf({ options: [{ ...one, start: '2026-12-08T09:00' }, ...others], deadline })).not.to.equal(of);
    const most = Array.from({ length: 12 }, (_, index) =>
      optionAt({ start: `2026-12-04T${10 + index}:00`, minutes: 60 }),
    );
    expect(occasionOf({ options: most, deadline })).to.have.lengthOf.below(30);
  });

  it('lets answers push no message beside somebody who is answering: they are drawn as time is', () => {
    const answered = played(poll, ['petri', { do: 'vote', votes: { tue: 'yes' } }]);
    expect(answered.delivery.revision).to.equal(poll.delivery.revision + 1);
    expect(answered.delivery.news).to.equal(poll.delivery.revision);
    expect(answered.delivery.own, 'nobody’s own card is written anew').to.equal(poll.delivery.own);
    const more = played(poll, ['maria', { do: 'addTimes', options: [option('x', '2026-12-07T09:00')] }]);
    expect(more.delivery.own).to.equal(more.delivery.revision);
  });
});
