import { expect } from 'chai';
import type { Coming } from '../../../../../src/meetings/model.ts';
import { isOvertaken, toTell } from '../../../../../src/meetings/telling/news.ts';
import { type NoticeKind, requirePoll } from '../../../../../src/meetings/transition.ts';
import { bodyId, conversationId, formatReference, type PersonId } from '../../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, people } from '../../../../support/builders.ts';
import { meeting, played, pollPlan, seat, seated, steeringSeats } from '../../../../support/meetings.ts';
import { inHelsinki } from '../../../../support/shifting-clock.ts';

const region = exampleDirectory();
const on = '2026-11-26';
const planned = meeting({ invited: { everyone: true, named: [people.gunilla] } });
const team = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
const overtaken = (
  state: typeof planned,
  kind: NoticeKind,
  to = people.petri,
  key = `${kind}:x:${to}`,
  now = inHelsinki('2026-11-23T09:00'),
) => isOvertaken(state, { key, kind, to }, { directory: region, calendar, now });

describe('the news of a meeting', () => {
  it('comes in private to whom it concerns and who does not read it in the chat: one way or the other, never both', () => {
    expect(toTell(planned, team, region)).to.deep.equal([people.gunilla]);
    expect(toTell(planned, [], region)).to.have.members([...team, people.gunilla]);
    expect(toTell(planned, [...team, people.gunilla, people.kaisa], region)).to.deep.equal([]);
  });

  it('is overtaken by newer news', () => {
    const key = (number: number) => `invitation:${number}:${people.gunilla}`;
    expect(overtaken(planned, 'invitation', people.gunilla, key(1))).to.equal(false);
    const changed = played(planned, ['maria', { do: 'change', on: null, changes: { title: 'Ny' } }]);
    expect(overtaken(changed, 'invitation', people.gunilla, key(1))).to.equal(true);
    expect(overtaken(changed, 'invitation', people.gunilla, key(2))).to.equal(false);
  });

  it('is nobody’s any more who has left, nor theirs who was not invited', () => {
    expect(overtaken(planned, 'reminder', people.kaisa)).to.equal(true);
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.gunilla) };
    const scene = { directory: without, calendar, now: inHelsinki('2026-11-25T09:00') };
    const key = `reminder:day:${on}:${on}T13:00:${people.gunilla}`;
    expect(isOvertaken(planned, { key, kind: 'reminder', to: people.gunilla }, scene)).to.equal(true);
    expect(
      isOvertaken(planned, { key, kind: 'reminder', to: people.gunilla }, { ...scene, directory: region }),
    ).to.equal(false);
  });

  it('reminds nobody in the chat’s place who has said that they do not come', () => {
    const away = played(planned, ['gunilla', { do: 'reply', on, coming: 'no' }]);
    const reminded = { ...away, news: { ...away.news, what: 'reminder' as const, on } };
    const key = (to: string) => `invitation:${away.news.number}:${to}`;
    expect(overtaken(reminded, 'invitation', people.gunilla, key(people.gunilla))).to.equal(true);
    expect(overtaken(reminded, 'invitation', people.petri, key(people.petri))).to.equal(false);
    expect(overtaken(away, 'invitation', people.gunilla, key(people.gunilla)), 'other news is theirs too').to.equal(
      false,
    );
  });
});

describe('that somebody is not invited any more', () => {
  it('is told them while they belong to the region, unless they are invited again', () => {
    const some = meeting({ invited: { everyone: false, named: [people.petri] } });
    expect(overtaken(some, 'uninvited', people.gunilla)).to.equal(false);
    expect(overtaken(some, 'uninvited', people.petri)).to.equal(true);
    const without = { ...region, members: region.members.filter(({ person }) => person !== people.gunilla) };
    const scene = { directory: without, calendar, now: inHelsinki('2026-11-25T09:00') };
    expect(isOvertaken(some, { key: 'uninvited:x', kind: 'uninvited', to: people.gunilla }, scene)).to.equal(true);
  });

  it('is told nobody of a meeting about a case who has left its team, nor is anything else of it', () => {
    const subject = formatReference('LOJ', 2026, 42);
    const some = meeting({
      kind: 'case',
      subject,
      invited: { everyone: false, named: [people.petri, people.gunilla] },
    });
    for (const kind of ['uninvited', 'declined', 'lapsed', 'reminder'] as const)
      expect(overtaken(some, kind, people.gunilla), kind).to.equal(true);
    const others = { ...some, invited: { everyone: false, named: [people.petri] } };
    expect(overtaken(others, 'uninvited', people.maria), 'of the team').to.equal(false);
    expect(overtaken(others, 'uninvited', people.gunilla)).to.equal(true);
  });
});

describe('that everybody has answered, or answering is over', () => {
  it('is told who has the poll in hand, and nobody who has it no more', () => {
    const poll = meeting({ plan: pollPlan(), invited: { everyone: false, named: [people.sofia] } });
    const all = { tue: 'yes', wed: 'no', thu: 'no' } as const;
    const answered = played(poll, ['sofia', { do: 'vote', votes: all }]);
    const after = Temporal.Instant.from(requirePoll(answered).deadline).add({ minutes: 1 });
    for (const [kind, now] of [
      ['allAnswered', inHelsinki('2026-11-25T09:00')],
      ['pollOver', after],
    ] as const) {
      const told = (to: PersonId) =>
        !isOvertaken(answered, { key: kind, kind, to }, { directory: region, calendar, now });
      expect([told(people.maria), told(people.petri), told(people.kaisa)], kind).to.deep.equal([true, false, false]);
    }
  });
});

describe('a private word that was not sent yet', () => {
  it('is not sent when it has lost its point', () => {
    const poll = meeting({ plan: pollPlan() });
    const votes = { tue: 'yes', wed: 'no', thu: 'no' } as const;
    expect(overtaken(poll, 'pollReminder')).to.equal(false);
    const few = meeting({ plan: pollPlan(), invited: { everyone: false, named: [people.sofia] } });
    expect(overtaken(few, 'pollReminder'), 'not asked').to.equal(true);
    expect(overtaken(played(poll, ['petri', { do: 'vote', votes }]), 'pollReminder')).to.equal(true);
    const picked = played(poll, ['maria', { do: 'pick', option: 'tue' }]);
    for (const kind of ['pollReminder', 'allAnswered', 'pollOver'] as const)
      expect(overtaken(picked, kind, people.maria), kind).to.equal(true);
    const cancelled = played(planned, ['maria', { do: 'cancel', on: null }]);
    const keys = {
      reminder: `reminder:day:${on}:${on}T13:00:${people.petri}`,
      substitute: `substitute:${on}:x:${people.petri}`,
      wasHeld: `wasHeld:${on}:${people.maria}`,
    };
    for (const kind of ['reminder', 'substitute', 'wasHeld'] as const) {
      const to = kind === 'wasHeld' ? people.maria : people.petri;
      expect(overtaken(planned, kind, to, keys[kind]), kind).to.equal(false);
      expect(overtaken(cancelled, kind, to, keys[kind]), kind).to.equal(true);
    }
    const key = (kind: NoticeKind): string => `${kind}:${on}:x:${people.jonas}`;
    const some = meeting({ invited: { everyone: false, named: [people.petri] } });
    expect(overtaken(some, 'substitute', people.jonas, key('substitute')), 'not needed by now').to.equal(true);
    expect(overtaken(some, 'substituteFree', people.jonas, key('substituteFree'))).to.equal(false);
    const again = overtaken(planned, 'substituteFree', people.jonas, key('substituteFree'));
    expect(again, 'needed again').to.equal(true);
    const proposal = meeting({}, { by: 'petri' });
    expect(overtaken(proposal, 'proposed', people.maria)).to.equal(false);
    expect(overtaken(proposal, 'proposed', people.jonas), 'who leads it no more').to.equal(true);
    expect(overtaken(played(proposal, ['maria', { do: 'confirm' }]), 'proposed', people.maria)).to.equal(true);
  });

  it('about a holding is not sent once that was moved or cancelled, has begun, or the person does not come', () => {
    const key = (which: string) => `reminder:${which}:${on}:${on}T13:00:${people.petri}`;
    const reminder = (state: typeof planned, which = 'day', at = '2026-11-25T09:00') =>
      overtaken(state, 'reminder', people.petri, key(which), inHelsinki(at));
    expect(reminder(planned)).to.equal(false);
    expect(reminder(planned, 'hour', '2026-11-26T12:59')).to.equal(false);
    expect(reminder(planned, 'hour', '2026-11-26T13:00'), 'begun').to.equal(true);
    expect(reminder(planned, 'day', '2026-11-26T12:00'), 'reminded an hour before').to.equal(true);
    const moved = { start: `${on}T15:00`, minutes: 60 };
    for (const [what, ...press] of [
      ['moved', 'maria', { do: 'change', on: null, changes: { slot: moved } }],
      ['cancelled by itself', 'maria', { do: 'cancel', on }],
      ['declined', 'petri', { do: 'reply', on, coming: 'no' }],
      [
        'uninvited',
        'maria',
        { do: 'change', on: null, changes: { invited: { everyone: false, named: [people.niina] } } },
      ],
    ] as const)
      expect(reminder(played(planned, press)), what).to.equal(true);
  });

  it('invites nobody who is invited no more, also of the body, and to nothing that is over', () => {
    const key = `invitation:${planned.news.number}:${people.petri}`;
    const invitation = (state: typeof planned, at = '2026-11-26T13:30') =>
      overtaken(state, 'invitation', people.petri, key, inHelsinki(at));
    expect(invitation(planned)).to.equal(false);
    expect(invitation(planned, '2026-11-26T14:00')).to.equal(true);
    const some = { everyone: false, named: [people.niina] };
    expect(invitation(played(planned, ['maria', { do: 'change', on: null, changes: { invited: some } }]))).to.equal(
      true,
    );
    const reminded = { ...planned, news: { ...planned.news, what: 'reminder' as const, on } };
    expect(invitation(reminded), 'their first card').to.equal(false);
    const card = { id: 'x', conversation: conversationId('c'), activityId: 'a', shown: 1, state: 'live' } as const;
    const placements = [{ ...card, to: people.petri }];
    const known = { ...reminded, delivery: { ...reminded.delivery, placements } };
    expect(invitation(known), 'a reminder of what has begun').to.equal(true);
    expect(invitation(known, '2026-11-26T12:59')).to.equal(false);
    expect(overtaken(planned, 'uninvited', people.kaisa, 'uninvited:x', inHelsinki('2026-11-26T13:30'))).to.equal(
      false,
    );
    expect(overtaken(planned, 'uninvited', people.kaisa, 'uninvited:x', inHelsinki('2026-11-26T14:00'))).to.equal(true);
  });

  it('tells of the last date of a series that was cancelled, when all others were held', () => {
    const repeat = { unit: 'week', every: 1, by: 'weekday', end: { count: 2 }, holidays: 'keep' } as const;
    const series = meeting({ plan: { one: { start: `${on}T13:00`, minutes: 60 }, repeat } });
    const off = played(series, ['maria', { do: 'cancel', on: '2026-12-03' }, inHelsinki('2026-12-01T09:00')]);
    const key = `invitation:${off.news.number}:${people.petri}`;
    const at = (local: string) => overtaken(off, 'invitation', people.petri, key, inHelsinki(local));
    expect([at('2026-12-01T09:01'), at('2026-12-03T14:00')]).to.deep.equal([false, true]);
  });

  it('asks for no answer and no choice that was given, and tells of no end that was put off', () => {
    const votes = { tue: 'yes', wed: 'no', thu: 'no' } as const;
    const poll = meeting({ plan: pollPlan() });
    const over = inHelsinki('2026-11-27T16:00');
    const key = `x:${people.maria}`;
    expect(overtaken(poll, 'pollReminder', people.petri, key, over)).to.equal(false);
    expect(overtaken(poll, 'pollReminder', people.petri, key, over.add({ seconds: 1 })), 'too late').to.equal(true);
    expect(overtaken(poll, 'pollOver', people.maria, key, over)).to.equal(false);
    const longer = played(poll, ['maria', { do: 'extend', deadline: '2026-11-30T14:00:00.000Z' }]);
    expect(overtaken(longer, 'pollOver', people.maria, key, over)).to.equal(true);
    const all = played(
      poll,
      ...(['maria', 'petri', 'sofia', 'niina', 'jonas'] as const).map((who) => [who, { do: 'vote', votes }] as const),
    );
    expect(overtaken(all, 'allAnswered', people.maria)).to.equal(false);
    const option = { id: 'fri', start: '2026-12-04T09:00', minutes: 60 };
    const more = played(all, ['maria', { do: 'addTimes', options: [option] }]);
    expect(overtaken(more, 'allAnswered', people.maria), 'asked anew').to.equal(true);
    const after = inHelsinki('2026-11-26T15:00');
    const wasHeld = `wasHeld:${on}:${people.maria}`;
    const recorded = played(planned, ['maria', { do: 'record', on, came: [] }, after]);
    expect(overtaken(planned, 'wasHeld', people.maria, wasHeld, after)).to.equal(false);
    expect(overtaken(recorded, 'wasHeld', people.maria, wasHeld, after)).to.equal(true);
  });

  it('about a substitute is not sent once they come, their member does, or it is over', () => {
    const directory = seated();
    const [party] = steeringSeats(directory);
    if (!party) throw new Error('There is a party.');
    const [member, substitute] = [seat('member', party.id), seat('substitute', party.id)];
    const steering = meeting({ body: bodyId('steering:vastra-nyland') }, { by: 'kaisa', directory });
    const at = '2026-11-23T07:00:00.000Z';
    const replied = (own: Coming, theirs: Coming | null): typeof steering =>
      steering.stage.is === 'planned'
        ? {
            ...steering,
            stage: {
              is: 'planned',
              schedule: {
                ...steering.stage.schedule,
                replies: {
                  [on]: { [member]: { coming: own, at }, ...(theirs && { [substitute]: { coming: theirs, at } }) },
                },
              },
            },
          }
        : steering;
    const isOut = (state: typeof steering, now = inHelsinki('2026-11-25T09:00')) =>
      isOvertaken(
        state,
        { key: `substituteOut:${on}:${substitute}:${at}:${member}`, kind: 'substituteOut', to: member },
        { directory, calendar, now },
      );
    expect(isOut(replied('substitute', 'no'))).to.equal(false);
    expect(isOut(replied('substitute', 'yes')), 'who comes after all').to.equal(true);
    expect(isOut(replied('yes', 'no')), 'whose member does').to.equal(true);
    expect(isOut(replied('substitute', 'no'), inHelsinki('2026-11-26T14:00'))).to.equal(true);
    const freed = (state: typeof steering, now = inHelsinki('2026-11-25T09:00')) =>
      isOvertaken(
        state,
        { key: `substituteFree:${on}:x:${substitute}`, kind: 'substituteFree', to: substitute },
        { directory, calendar, now },
      );
    expect(freed(replied('yes', null))).to.equal(false);
    expect(freed(replied('yes', null), inHelsinki('2026-11-26T14:00'))).to.equal(true);
  });
});
