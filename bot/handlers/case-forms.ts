import type { Card } from '../../src/cards/elements.ts';
import type { Form } from '../../src/cards/form.ts';
import { parseColleague } from '../../src/directory/chosen-input.ts';
import type { Outcome } from '../../src/referrals/codes.ts';
import {
  type AssessmentInput,
  type DecisionInput,
  noteLimit,
  parseAssessment,
  parseDecision,
} from '../../src/referrals/input.ts';
import type { Referral, TriagePolicy } from '../../src/referrals/model.ts';
import { requireHandover } from '../../src/referrals/ownership.ts';
import type { CasePress } from '../../src/referrals/service.ts';
import { requireDecider, requireOpen } from '../../src/referrals/standing.ts';
import { assessForm, type CaseStep, caseColleagueForm, decisionForm } from '../../src/referrals/step-cards.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import type { FormInput } from './submitted.ts';

/** A form of a case, from the press that opens it to the one that sends it in. */
export interface CaseForm<Value> extends FormInput<Value> {
  draw(step: CaseStep, form: Form): Card;
  toPress(value: Value): CasePress;
  /** Throws what keeps this person from it as the case stands. */
  allow: Allow;
}

export type Allow = (referral: Referral, actor: Actor, policy: TriagePolicy) => void;

interface Colleague {
  person: PersonId;
}

const choosing = (
  what: 'assign' | 'ask',
  allow: Allow,
  toPress: (chosen: Colleague) => CasePress,
): CaseForm<Colleague> => ({
  draw: (step, form) => caseColleagueForm(what, step, form),
  parse: parseColleague,
  toPress,
  allow,
  limits: {},
  fieldOf: { 'referral.notAMember': 'person' },
});

const requireToGive: Allow = (referral, actor) => {
  requireOpen(referral);
  requireHandover(referral, actor);
};

export const assigning = choosing('assign', requireToGive, ({ person }) => ({ do: 'assign', to: person }));
export const asking = choosing('ask', requireOpen, ({ person }) => ({ do: 'ask', whom: person }));

export const assessing: CaseForm<AssessmentInput> = {
  draw: assessForm,
  parse: parseAssessment,
  toPress: (assessment) => ({ do: 'assess', ...assessment }),
  allow: requireOpen,
  limits: { note: noteLimit },
  fieldOf: {},
};

export const deciding = (outcome: Outcome): CaseForm<DecisionInput> => ({
  draw: (step, form) => decisionForm(outcome, step, form),
  parse: (input) => parseDecision(outcome, input),
  toPress: (decision) => ({ do: 'decide', ...decision }),
  allow: requireDecision,
  limits: {},
  fieldOf: { 'referral.aloneReasonNeeded': 'alone' },
});

export const requireDecision: Allow = (referral, actor, policy) => {
  requireOpen(referral);
  requireDecider(referral, actor, policy);
};
