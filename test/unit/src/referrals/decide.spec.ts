import { expect } from 'chai';
import fc from 'fast-check';
import type { Directory } from '../../../../src/directory/model.ts';
import { codesOf } from '../../../../src/referrals/codes.ts';
import { decide } from '../../../../src/referrals/decide.ts';
import type { Referral, ReferralCommand, TriagePolicy } from '../../../../src/referrals/model.ts';
import { mayReadNarrative, mayReadNote } from '../../../../src/referrals/reading.ts';
import { mayReopen, professionsHeard, voicesOf } from '../../../../src/referrals/standing.ts';
import type { Transition } from '../../../../src/referrals/transition.ts';
import { type Profession, professions } from '../../../../src/shared/actor.ts';
import { isAppError } from '../../../../src/shared/errors.ts';
import {
  actor,
  assessment,
  decideCommand,
  decision,
  type ExamplePerson,
  envelope,
  exampleDirectory,
  lojo,
  monday,
  people,
  referral,
  refusal,
  stranger,
} from '../../../support/builders.ts';

const policy: TriagePolicy = { professionsNeeded: 2, reopenWithinDays: 30, timeZone: 'Europe/Helsinki' };
const team = ['maria', 'petri', 'sofia', 'niina', 'jonas'] as const;
/** People of the region who are not in the team. */
const others = ['kaisa', 'gunilla'] as const;
const everybody = [...team, ...others];
const isMember = (who: ExamplePerson): boolean => team.some((member) => member === who);

function act(state: Referral, who: ExamplePerson, command: ReferralCommand, now = monday): Transition {
  return decide(state, command, actor(who), now, policy);
}

/** The state after a press; what is refused leaves it as it was. */
function pressed(state: Referral, who: ExamplePerson, command: ReferralCommand, now: Temporal.Instant): Transition {
  try {
    return act(state, who, command, now);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { referral: state, event: null };
  }
}

const somebody = fc.constantFrom(...everybody);
const command: fc.Arbitrary<ReferralCommand> = fc.oneof(
  fc.constant<ReferralCommand>({ do: 'claim' }),
  fc.constant<ReferralCommand>({ do: 'release' }),
  fc.constant<ReferralCommand>({ do: 'look' }),
  fc.constant<ReferralCommand>({ do: 'checkName' }),
  fc.constant<ReferralCommand>({ do: 'reopen' }),
  somebody.map((who): ReferralCommand => ({ do: 'assign', to: people[who], toMember: isMember(who) })),
  somebody.map((who): ReferralCommand => ({ do: 'ask', whom: people[who], whomMember: isMember(who) })),
  fc
    .record({
      worry: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      recommendation: fc.constantFrom(...codesOf('recommendation')),
      note: fc.option(fc.constantFrom('n1', 'n2').map(envelope)),
    })
    .map((parts): ReferralCommand => ({ do: 'assess', ...parts })),
  fc
    .record({
      outcome: fc.constantFrom(...codesOf('outcome')),
      service: fc.option(fc.constant('mentalHealth' as const)),
      alone: fc.option(fc.constant('urgent' as const)),
    })
    .map((parts): ReferralCommand => decideCommand(parts)),
);
const step = fc.record({ who: somebody, command, hours: fc.nat(72) });
const steps = fc.array(step, { maxLength: 25, size: 'max' });

/** Walks the steps and holds `check` against every state and what led to it. */
function walk(
  walked: readonly { who: ExamplePerson; command: ReferralCommand; hours: number }[],
  check: (
    after: Referral,
    before: Referral,
    by: ExamplePerson,
    command: ReferralCommand,
    event: Transition['event'],
  ) => void,
): Referral {
  let state: Referral = referral();
  let now = monday;
  for (const { who, command: next, hours } of walked) {
    now = now.add({ hours });
    const { referral: after, event } = pressed(state, who, next, now);
    check(after, state, who, next, event);
    state = after;
  }
  return state;
}

describe('triage, whoever presses whatever in whatever order', () => {
  it('knows since when nobody has the case exactly while nobody has it', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, ({ owner, untakenSince, takenAt }) => {
          expect(untakenSince === null).to.equal(owner !== null);
          if (owner) expect(takenAt).to.be.a('string');
        });
      }),
    );
  });

  it('gives the case to members of the team alone', () => {
    const members = new Set<string>(team.map((who) => people[who]));
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, ({ owner, asked }) => {
          for (const person of [...(owner ? [owner.person] : []), ...asked.map((one) => one.person)]) {
            expect(members.has(person)).to.equal(true);
          }
        });
      }),
    );
  });

  it('changes nothing for whoever is not in the team', () => {
    fc.assert(
      fc.property(steps, command, fc.constantFrom(...others), (walked, next, who) => {
        const state = walk(walked, () => undefined);
        expect(refusal(() => act(state, who, next))).to.equal('referral.membersOnly');
        expect(refusal(() => decide(state, next, stranger(), monday, policy))).to.equal('referral.membersOnly');
      }),
    );
  });

  it('never lets the revision fall, and raises it with everything that people see', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, (after, before, _by, { do: what }, event) => {
          const seen = event !== null && what !== 'look' && what !== 'checkName';
          expect(after.delivery.revision).to.equal(before.delivery.revision + (seen ? 1 : 0));
          if (!seen) expect(after).to.equal(before);
        });
      }),
    );
  });

  it('decides only with assessments of enough professions, or the leader with a reason', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, (after, before, by) => {
          if (!after.decision || after.decision === before.decision) return;
          const enough = professionsHeard(before).length >= policy.professionsNeeded;
          expect(enough || (by === 'maria' && after.decision.alone !== null)).to.equal(true);
          expect(after.decision.alone === null, 'a reason stands only where it was needed').to.equal(enough);
          expect(after.decision.service !== null).to.equal(after.decision.outcome === 'redirected');
          expect(after.decision.by).to.equal(people[by]);
        });
      }),
    );
  });

  it('changes nothing of a decided case but to open it again', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, (after, before) => {
          if (!before.decision || after === before) return;
          expect(after.decision).to.equal(null);
          expect(after.round).to.equal(before.round + 1);
        });
      }),
    );
  });

  it('keeps one assessment for each expert and profession', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        const { assessments, asked } = walk(walked, () => undefined);
        const keys = assessments.map(({ by, profession }) => `${by} ${profession}`);
        expect(new Set(keys).size).to.equal(keys.length);
        expect(new Set(asked.map(({ person }) => person)).size).to.equal(asked.length);
      }),
    );
  });

  it('takes a second press of the same button without harm', () => {
    fc.assert(
      fc.property(steps, step, (walked, { who, command: next }) => {
        const state = walk(walked, () => undefined);
        const now = monday.add({ hours: 3_000 });
        const once = pressed(state, who, next, now).referral;
        const twice = pressed(once, who, next, now).referral;
        // An assessment is saved anew: the same content, one revision later.
        const { delivery: first, ...one } = once;
        const { delivery: second, ...two } = twice;
        expect(two).to.deep.equal(one);
        expect(second.notices).to.deep.equal(first.notices);
      }),
    );
  });

  it('leaves the state that it was given as it was', () => {
    fc.assert(
      fc.property(steps, step, (walked, { who, command: next }) => {
        const state = walk(walked, () => undefined);
        const before = structuredClone(state);
        pressed(state, who, next, monday);
        expect(state).to.deep.equal(before);
      }),
    );
  });

  it('leaves one de-identified record for every decision, with no way back to the case', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        let decisions = 0;
        const last = walk(walked, (after, before) => {
          if (after.decision && !before.decision) decisions += 1;
        });
        expect(last.unrecorded).to.have.length(decisions);
        const text = JSON.stringify(last.unrecorded);
        for (const secret of [last.reference, ...Object.values(people), last.receivedAt])
          expect(text).to.not.contain(secret);
        for (const { daysToDecision, daysToTake } of last.unrecorded) {
          expect(daysToDecision).to.be.at.least(0);
          if (daysToTake !== null) expect(daysToTake).to.be.within(0, daysToDecision);
        }
      }),
    );
  });

  it('logs every change and every look with who may be told why', () => {
    fc.assert(
      fc.property(steps, (walked) => {
        walk(walked, (after, before, _by, { do: what }, event) => {
          if (after !== before || what === 'look') {
            if (after === before && event === null) return;
            expect(event?.what).to.match(/^referral\.[a-z]+$/);
            expect(event?.why).to.be.oneOf(['triage', 'decided']);
          }
        });
      }),
    );
  });
});

describe('taking and giving back', () => {
  const taken = act(referral(), 'petri', { do: 'claim' }).referral;

  it('keeps a claimed referral with its first owner, and names them to the second', () => {
    try {
      act(taken, 'niina', { do: 'claim' });
      expect.fail('the second claim was taken');
    } catch (error) {
      expect(isAppError(error, 'referral.takenBy') && error.params).to.deep.equal({ person: people.petri });
    }
  });

  it('lets the owner and the team leader give it back, and nobody else', () => {
    expect(refusal(() => act(taken, 'niina', { do: 'release' }))).to.equal('referral.othersToGive');
    for (const who of ['petri', 'maria'] as const) {
      const { owner, untakenSince } = act(taken, who, { do: 'release' }, monday.add({ hours: 2 })).referral;
      expect({ owner, untakenSince }).to.deep.equal({ owner: null, untakenSince: '2026-11-23T09:00:00.000Z' });
    }
  });

  it('remembers when it was first taken, also after it was given back and taken again', () => {
    const back = act(taken, 'petri', { do: 'release' }).referral;
    expect(act(back, 'niina', { do: 'claim' }, monday.add({ hours: 5 })).referral.takenAt).to.equal(taken.takenAt);
  });

  it('tells a colleague privately, once, what was given to them or asked of them, and nobody what they did themselves', () => {
    const given = act(referral(), 'maria', { do: 'assign', to: people.niina, toMember: true }).referral;
    const again = act(given, 'maria', { do: 'assign', to: people.niina, toMember: true }).referral;
    expect(again.delivery.notices.map(({ to, kind }) => ({ to, kind }))).to.deep.equal([
      { to: people.niina, kind: 'assigned' },
    ]);
    const asked = act(referral(), 'maria', { do: 'ask', whom: people.jonas, whomMember: true }).referral;
    expect(asked.delivery.notices.map(({ to, kind }) => ({ to, kind }))).to.deep.equal([
      { to: people.jonas, kind: 'asked' },
    ]);
    const self = act(referral(), 'maria', { do: 'assign', to: people.maria, toMember: true }).referral;
    expect(self.delivery.notices).to.deep.equal([]);
  });

  it('refuses a colleague who is not in the team', () => {
    expect(refusal(() => act(referral(), 'maria', { do: 'assign', to: people.gunilla, toMember: false }))).to.equal(
      'referral.notAMember',
    );
    expect(refusal(() => act(referral(), 'maria', { do: 'ask', whom: people.gunilla, whomMember: false }))).to.equal(
      'referral.notAMember',
    );
  });
});

describe('assessments', () => {
  const assess = (over: object = {}): ReferralCommand => ({
    do: 'assess',
    worry: 3,
    recommendation: 'accept',
    note: envelope('first'),
    ...over,
  });

  it('keep the note when only the level is corrected, and replace it when a new one is written', () => {
    const first = act(referral(), 'petri', assess()).referral;
    const corrected = act(first, 'petri', assess({ worry: 1, note: null })).referral;
    expect(corrected.assessments.map(({ worry, note }) => [worry, note?.ct])).to.deep.equal([[1, 'first']]);
    const replaced = act(corrected, 'petri', assess({ note: envelope('second') })).referral;
    expect(replaced.assessments.map(({ note }) => note?.ct)).to.deep.equal(['second']);
  });

  /** The region with somebody in another profession. */
  const region = exampleDirectory();
  const moved = (who: ExamplePerson, profession: Profession): Directory => ({
    ...region,
    members: region.members.map((m) => (m.person === people[who] ? { ...m, profession } : m)),
  });

  it('of somebody who has changed profession each belong to the profession they were made in', () => {
    const first = act(referral(), 'petri', assess()).referral;
    const second = decide(
      first,
      assess({ note: null }),
      actor('petri', 'sv', moved('petri', 'youth')),
      monday,
      policy,
    ).referral;
    expect(second.assessments.map(({ profession, note }) => [profession, note?.ct])).to.deep.equal([
      ['police', 'first'],
      ['youth', undefined],
    ]);
  });

  it('count once for each person, as their newest: nobody is two professions, whatever a leader corrects', () => {
    const spoken = fc.record({ who: fc.constantFrom(...team), profession: fc.constantFrom(...professions) });
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 20 }), (sequence) => {
        let state: Referral = referral();
        let now = monday;
        const last = new Map<string, Profession>();
        for (const { who, profession } of sequence) {
          // At the same moment too.
          now = now.add({ minutes: last.size % 2 });
          state = decide(state, assess(), actor(who, 'sv', moved(who, profession)), now, policy).referral;
          last.set(people[who], profession);
        }
        expect(new Map(voicesOf(state).map(({ by, profession }) => [by, profession]))).to.deep.equal(last);
        expect(professionsHeard(state)).to.have.members([...new Set(last.values())]);
        if (last.size === 1) {
          expect(refusal(() => act(state, 'jonas', decideCommand()))).to.equal('referral.moreProfessions');
        }
      }),
    );
  });

  it('need a profession', () => {
    const directory = exampleDirectory();
    const without = {
      ...directory,
      members: directory.members.map((m) => (m.person === people.petri ? { ...m, profession: null } : m)),
    };
    expect(refusal(() => decide(referral(), assess(), actor('petri', 'sv', without), monday, policy))).to.equal(
      'referral.professionNeeded',
    );
  });

  it('of two people of one profession count as one profession', () => {
    const heard = referral({ assessments: [assessment('maria', 'social'), assessment('sofia', 'social')] });
    expect(refusal(() => act(heard, 'petri', decideCommand()))).to.equal('referral.moreProfessions');
  });
});

describe('decisions', () => {
  const heard = referral({ assessments: [assessment('petri', 'police'), assessment('sofia', 'social')] });

  it('are for any member once enough professions have spoken', () => {
    expect(act(heard, 'jonas', decideCommand()).referral.decision).to.deep.include({ by: people.jonas, alone: null });
  });

  it('of the team leader alone need a reason before that', () => {
    expect(refusal(() => act(referral(), 'maria', decideCommand()))).to.equal('referral.aloneReasonNeeded');
    const alone = act(referral(), 'maria', decideCommand({ alone: 'urgent' })).referral;
    expect(alone.decision?.alone).to.equal('urgent');
    expect(refusal(() => act(referral(), 'petri', decideCommand({ alone: 'urgent' })))).to.equal(
      'referral.moreProfessions',
    );
  });

  it('to guide elsewhere name the service, others name none', () => {
    const redirect = decideCommand({ outcome: 'redirected', reason: 'betterSupport' });
    expect(refusal(() => act(heard, 'petri', redirect))).to.equal('referral.serviceNeeded');
    expect(act(heard, 'petri', { ...redirect, service: 'exit' }).referral.decision?.service).to.equal('exit');
    expect(act(heard, 'petri', decideCommand({ service: 'exit' })).referral.decision?.service).to.equal(null);
  });

  it('can be taken up again for as many days as the region says, to the millisecond', () => {
    const decided = referral({ decision: decision({ at: '2026-11-23T09:00:00.000Z' }) });
    const limit = Temporal.Instant.from('2026-11-23T09:00:00.000Z').add({ hours: 30 * 24 });
    expect(refusal(() => act(decided, 'petri', { do: 'reopen' }, limit))).to.equal('referral.reopenTooLate');
    expect(act(decided, 'petri', { do: 'reopen' }, limit.subtract({ milliseconds: 1 })).referral.decision).to.equal(
      null,
    );
    expect(mayReopen(decision(), limit, { ...policy, reopenWithinDays: 0 })).to.equal(false);
  });

  it('belong to the month that it is in the region, not in Greenwich', () => {
    const newYear = Temporal.Instant.from('2027-01-01T00:30:00+02:00');
    const monthIn = (timeZone: string): string | undefined =>
      decide(heard, decideCommand(), actor('petri'), newYear, { ...policy, timeZone }).referral.unrecorded[0]?.month;
    expect(monthIn('Europe/Helsinki')).to.equal('2027-01');
    expect(monthIn('Europe/Stockholm')).to.equal('2026-12');
  });

  it('after a reopening ask anew: who was asked before can be asked again, and is told again', () => {
    const ask = { do: 'ask', whom: people.jonas, whomMember: true } as const;
    const asked = act(
      referral({ decision: decision(), asked: [{ person: people.jonas, by: people.maria, at: '' }] }),
      'petri',
      {
        do: 'reopen',
      },
    ).referral;
    expect(asked.asked).to.deep.equal([]);
    expect(act(asked, 'maria', ask).referral.delivery.notices.map(({ to, kind }) => [to, kind])).to.deep.equal([
      [people.jonas, 'asked'],
    ]);
  });

  it('after a reopening count as a repeat, and their waiting from the reopening', () => {
    const decided = act(heard, 'petri', decideCommand({ recordId: 'one' })).referral;
    const reopened = act(decided, 'petri', { do: 'reopen' }, monday.add({ hours: 48 })).referral;
    expect(reopened).to.deep.include({ undecidedSince: reopened.countedAt });
    const again = act(reopened, 'petri', decideCommand({ recordId: 'two' }), monday.add({ hours: 73 })).referral;
    expect(again.unrecorded.map(({ id, repeat, daysToDecision }) => ({ id, repeat, daysToDecision }))).to.deep.equal([
      { id: 'one', repeat: false, daysToDecision: 0 },
      { id: 'two', repeat: true, daysToDecision: 1 },
    ]);
  });
});

describe('who reads what', () => {
  it('keeps text of social services and health care from the police until a legal basis is recorded', () => {
    for (const source of codesOf('source')) {
      for (const profession of [...professions, null]) {
        const guarded = (source === 'social' || source === 'health') && profession === 'police';
        expect(mayReadNarrative(referral({ source }), profession), `${source} ${profession}`).to.equal(!guarded);
        expect(mayReadNarrative(referral({ source, legalBasis: 'law' }), profession)).to.equal(true);
      }
    }
  });

  it('keeps a note with the profession of its author', () => {
    for (const profession of [...professions, null]) {
      expect(mayReadNote(assessment('petri', 'police'), profession)).to.equal(profession === 'police');
    }
  });

  it('lets a look change nothing, and logs it, also when the case is decided', () => {
    for (const state of [referral({ team: lojo }), referral({ decision: decision() })]) {
      const look = act(state, 'niina', { do: 'look' });
      expect(look.referral).to.equal(state);
      expect(look.event).to.deep.include({ what: 'referral.details', why: state.decision ? 'decided' : 'triage' });
    }
  });

  it('logs that a text was held against the name, also when the case is decided', () => {
    for (const state of [referral({ team: lojo }), referral({ decision: decision() })]) {
      const checked = act(state, 'niina', { do: 'checkName' });
      expect(checked.referral).to.equal(state);
      expect(checked.event).to.deep.equal({ what: 'referral.nameCheck', why: state.decision ? 'decided' : 'triage' });
    }
  });

  it('logs with which profession somebody looked, and whether the text was shown to them', () => {
    const withText = referral({ source: 'social', narrative: envelope() });
    const logged = (state: Referral, who: ExamplePerson) => act(state, who, { do: 'look' }).event?.detail;
    expect(logged(withText, 'petri')).to.deep.include({ profession: 'police', narrative: 'withheld' });
    expect(logged(withText, 'niina')).to.deep.include({ profession: 'health', narrative: 'shown' });
    expect(logged({ ...withText, legalBasis: 'law' }, 'petri')).to.deep.include({ narrative: 'shown' });
  });
});
