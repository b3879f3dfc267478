import { z } from 'zod';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import { emptyForm, type Form, type FormInputs } from '../../src/cards/form.ts';
import { plainCard } from '../../src/conversations/card.ts';
import { caseCard, dataOf, type Viewer } from '../../src/referrals/card.ts';
import { codesOf } from '../../src/referrals/codes.ts';
import type { CasePress, ReferralService } from '../../src/referrals/service.ts';
import { requireMet } from '../../src/referrals/standing.ts';
import { type CaseStep, detailsCard, outcomeCard } from '../../src/referrals/step-cards.ts';
import { caseNamed, type StoredReferral } from '../../src/referrals/stored.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { type Allow, asking, assessing, assigning, type CaseForm, deciding, requireDecision } from './case-forms.ts';
import { explained } from './error-text.ts';
import type { PlanAbout } from './meeting-planning.ts';
import type { SceneFor } from './scenes.ts';
import { orphanOf, unlessAway } from './shared-card.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

/** What every card of a case carries. */
export const caseData = z.object({ id: z.string().max(40), placement: z.uuid().max(36).optional() });
type CaseData = z.infer<typeof caseData>;

const blank = z.string().max(100).optional();
const outcome = z.enum(codesOf('outcome'));

export interface CaseParts {
  referrals: ReferralService;
  sceneFor: SceneFor;
  planAbout: PlanAbout;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

/** Triage in the chat: every press is one call of the service and one card. */
export function referralVerbs(parts: CaseParts) {
  const { referrals, sceneFor, planAbout, background } = parts;

  const viewerOf = (press: Press, referral: StoredReferral): Viewer | null => {
    const membership = membershipIn(press.actor, referral.team);
    return membership && { person: press.actor.person, membership };
  };

  function drawn(press: Press, data: CaseData, referral: StoredReferral, said?: Said): Card {
    const orphan = orphanOf(press, data.placement, referral.delivery);
    if (orphan) background(() => referrals.retireOrphan(press.actor, referral.reference, orphan));
    return caseCard(referral, sceneFor(press.actor, data.placement ?? null), {
      viewer: viewerOf(press, referral),
      said,
    });
  }

  /** Does it, and shows the case as it stands now; when it cannot be done, the case says why. */
  async function act(press: Press, data: CaseData, casePress: CasePress): Promise<Card> {
    try {
      return drawn(press, data, await referrals.act(press.actor, data.id, casePress, data.placement ?? null));
    } catch (error) {
      return refused(press, data, error);
    }
  }

  async function refused(press: Press, data: CaseData, error: unknown): Promise<Card> {
    if (isAppError(error, 'referral.notFound')) throw error;
    const scene = sceneFor(press.actor, data.placement ?? null);
    const reason = explained(error, press, scene.directory);
    return drawn(press, data, await referrals.lastSeen(press.actor, data.id), { tone: 'warning', text: reason });
  }

  function stepOf({ actor }: Press, data: CaseData, referral: StoredReferral | null): CaseStep {
    const scene = sceneFor(actor, data.placement ?? null);
    const named = caseNamed(scene.directory, data.id);
    if (!named) throw new AppError('referral.notFound');
    return { ...named, referral, person: actor.person, scene };
  }

  /** Opens what `allow` allows; otherwise the case says why not. */
  async function opened(
    press: Press,
    data: CaseData,
    allow: Allow,
    draw: (step: CaseStep, referral: StoredReferral) => Card,
  ): Promise<Card> {
    const { policy } = sceneFor(press.actor, null);
    let referral: StoredReferral;
    try {
      referral = await referrals.openForm(press.actor, data.id, data.placement ?? null, (stored) =>
        allow(stored, press.actor, policy),
      );
    } catch (error) {
      return refused(press, data, error);
    }
    return draw(stepOf(press, data, referral), referral);
  }

  const sentIn = <Value>(press: Press, data: CaseData, form: CaseForm<Value>, inputs: FormInputs): Promise<Card> =>
    submitted({ ...press, directory: sceneFor(press.actor, null).directory }, inputs, form, {
      done: async (value) =>
        drawn(press, data, await referrals.act(press.actor, data.id, form.toPress(value), data.placement ?? null)),
      again: (filled) => again(press, data, form, filled),
    });

  /** Nothing typed is lost: where the case does not take it any more, it stands there to be copied. */
  async function again<Value>(press: Press, data: CaseData, form: CaseForm<Value>, filled: Form): Promise<Card> {
    const referral = await unlessAway(referrals.lastSeen(press.actor, data.id));
    const step = stepOf(press, data, referral);
    const { directory, policy } = step.scene;
    try {
      if (referral) form.allow(referral, press.actor, policy);
    } catch (error) {
      const reason = explained(error, press, directory);
      // Only a text is worth keeping; what was chosen is not.
      if (filled.values.note) stillOpen(press, data);
      else background(() => referrals.closeForm(press.actor, data.id, data.placement ?? null));
      return form.draw(step, { values: filled.values, errors: {}, refused: { reason, final: true } });
    }
    if (referral) stillOpen(press, data);
    return form.draw(step, filled);
  }

  /** The form comes again, also when that cannot be noted. */
  function stillOpen(press: Press, data: CaseData): void {
    background(() => referrals.openForm(press.actor, data.id, data.placement ?? null));
  }

  /** The case whose card, as it stands before everybody in the team's chat, was pressed; null for any other press. */
  async function seenByAll({ actor, activityId, reference }: Press, { id }: CaseData): Promise<StoredReferral | null> {
    const { conversation } = reference;
    return activityId === null ? null : referrals.viewShared(actor, id, { conversation, activityId });
  }

  /** They learn no more than they see, and the card that everybody sees comes back. */
  function refusedToOthers({ actor, texts }: Press, data: CaseData, seen: StoredReferral): Card {
    const back = button(texts('actions.back'), 'referral.view', dataOf(seen, sceneFor(actor, data.placement ?? null)));
    return plainCard(texts, texts('errors.title'), texts('errors.referral.membersOnly'), [back]);
  }

  /** `toOthers`: what those get who are not of the team but see the case's card in its chat. */
  const caseVerb = <Input extends CaseData>(definition: {
    input: z.ZodType<Input>;
    run(press: Press, input: Input): Promise<Card>;
    toOthers?: typeof refusedToOthers;
  }) =>
    verb({
      input: definition.input,
      audience: 'team members',
      async run(press, data) {
        try {
          return await definition.run(press, data);
        } catch (error) {
          const seen = isAppError(error, 'referral.notFound') ? await seenByAll(press, data) : null;
          if (!seen) throw error;
          return (definition.toOthers ?? refusedToOthers)(press, data, seen);
        }
      },
    });

  const plain = (casePress: CasePress) =>
    caseVerb({ input: caseData, run: (press, data) => act(press, data, casePress) });
  const opening = <Value>({ allow, draw }: CaseForm<Value>) =>
    caseVerb({
      input: caseData,
      run: (press, data) => opened(press, data, allow, (step) => draw(step, emptyForm)),
    });
  const colleague = (form: typeof asking) =>
    caseVerb({
      input: caseData.extend({ person: blank }),
      run: (press, { person, ...data }) => sentIn(press, data, form, { person }),
    });

  return {
    'referral.view': caseVerb({
      input: caseData,
      run: async (press, data) =>
        drawn(
          press,
          data,
          // Teams draws a card anew by itself, on another screen too: whoever fills in a form has not left it by that.
          press.automatic
            ? await referrals.view(press.actor, data.id)
            : await referrals.closeForm(press.actor, data.id, data.placement ?? null),
        ),
      toOthers: (press, data, seen) => caseCard(seen, sceneFor(press.actor, data.placement ?? null)),
    }),
    'referral.claim': plain({ do: 'claim' }),
    'referral.release': plain({ do: 'release' }),
    'referral.reopen': plain({ do: 'reopen' }),
    'referral.meetingForm': caseVerb({
      input: caseData,
      run: (press, data) => opened(press, data, requireMet, () => planAbout(press, data)),
    }),
    'referral.details': caseVerb({
      input: caseData,
      async run(press, data) {
        const { referral, details } = await referrals.look(press.actor, data.id, data.placement ?? null);
        return detailsCard(referral, sceneFor(press.actor, data.placement ?? null), details);
      },
    }),
    'referral.assignForm': opening(assigning),
    'referral.assign': colleague(assigning),
    'referral.askForm': opening(asking),
    'referral.ask': colleague(asking),
    'referral.assessForm': opening(assessing),
    'referral.assess': caseVerb({
      input: caseData.extend({ worry: blank, recommendation: blank, note: z.string().max(200_000).optional() }),
      run: (press, { id, placement, ...inputs }) => sentIn(press, { id, placement }, assessing, inputs),
    }),
    'referral.decisionForm': caseVerb({
      input: caseData.extend({ outcome: outcome.optional() }),
      run: (press, { outcome: chosen, ...data }) =>
        opened(press, data, requireDecision, (step, referral) =>
          chosen ? deciding(chosen).draw(step, emptyForm) : outcomeCard(referral, step.scene),
        ),
    }),
    'referral.decide': caseVerb({
      input: caseData.extend({ outcome, reason: blank, service: blank, alone: blank }),
      run: (press, { id, placement, outcome: chosen, ...inputs }) =>
        sentIn(press, { id, placement }, deciding(chosen), inputs),
    }),
  } satisfies VerbTable;
}
