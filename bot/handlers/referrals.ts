import { z } from 'zod';
import type { Card, Said } from '../../src/cards/elements.ts';
import { type CaseScene, caseCard, type Viewer } from '../../src/referrals/card.ts';
import { codesOf, reasonsOf } from '../../src/referrals/codes.ts';
import { requireDecider, requireOpen, type Worry } from '../../src/referrals/model.ts';
import type { Press as CasePress, ReferralService } from '../../src/referrals/service.ts';
import {
  askForm,
  assessForm,
  assignForm,
  decisionForm,
  detailsCard,
  emptyForm,
  noteLimit,
  outcomeCard,
  type StepForm,
} from '../../src/referrals/step-cards.ts';
import type { StoredReferral } from '../../src/referrals/stored.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { personId } from '../../src/shared/ids.ts';
import { cleanText } from '../../src/shared/normalise.ts';
import { explain } from './error-text.ts';
import type { SceneFor } from './scenes.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

/** What every card of a case carries. */
export const caseData = z.object({ id: z.string().max(40), placement: z.uuid().max(36).optional() });
type CaseData = z.infer<typeof caseData>;

const blank = z.string().max(100).optional();
const personData = caseData.extend({ person: blank });
const assessData = caseData.extend({ worry: blank, recommendation: blank, note: z.string().max(200_000).optional() });
const outcome = z.enum(codesOf('outcome'));
const decisionData = caseData.extend({ outcome, reason: blank, service: blank, alone: blank });

export interface CaseParts {
  referrals: ReferralService;
  sceneFor: SceneFor;
  /** What goes on after the press is answered. */
  background: (work: Promise<unknown>) => void;
}

/** Triage in the chat: every press is one call of the service and one card. */
export function referralVerbs(parts: CaseParts) {
  const { referrals, sceneFor, background } = parts;

  const viewerOf = (press: Press, referral: StoredReferral): Viewer | null => {
    const membership = membershipIn(press.actor, referral.team);
    return membership && { person: press.actor.person, membership };
  };

  function drawn(press: Press, data: CaseData, referral: StoredReferral, said?: Said): Card {
    retireIfOrphan(press, data, referral);
    return caseCard(referral, sceneFor(press.actor, data.placement ?? null), {
      viewer: viewerOf(press, referral),
      said,
    });
  }

  /** The card that was pressed stands in a message that no placement knows: an old card, which becomes a line. */
  function retireIfOrphan(press: Press, { placement }: CaseData, referral: StoredReferral): void {
    if (!placement || !press.activityId) return;
    const { activityId } = press;
    if (referral.delivery.placements.some((known) => known.activityId === activityId)) return;
    const pressed = { placement, activityId, conversation: press.reference.conversation };
    background(referrals.retireOrphan(press.actor, referral.reference, pressed));
  }

  /** Does it, and shows the case as it stands now; when it cannot be done, the case says why. */
  async function act(
    press: Press,
    data: CaseData,
    casePress: CasePress,
    otherwise: (error: unknown) => Promise<Card> = (error) => refused(press, data, error),
  ): Promise<Card> {
    try {
      return drawn(press, data, await referrals.act(press.actor, data.id, casePress));
    } catch (error) {
      return otherwise(error);
    }
  }

  async function refused(press: Press, data: CaseData, error: unknown): Promise<Card> {
    if (!(error instanceof AppError)) throw error;
    const scene = sceneFor(press.actor, data.placement ?? null);
    const reason = explain(error, scene.texts, scene.directory);
    if (!reason || error.code === 'referral.notFound') throw error;
    return drawn(press, data, await referrals.view(press.actor, data.id), { tone: 'warning', text: reason });
  }

  type Form = (referral: StoredReferral, scene: CaseScene, viewer: Viewer) => Card;

  async function form(press: Press, data: CaseData, draw: Form): Promise<Card> {
    const referral = await referrals.view(press.actor, data.id);
    const viewer = viewerOf(press, referral);
    if (!viewer) throw new AppError('referral.notFound');
    try {
      requireOpen(referral);
      return draw(referral, sceneFor(press.actor, data.placement ?? null), viewer);
    } catch (error) {
      return refused(press, data, error);
    }
  }

  const stepForm = (
    press: Press,
    values: Record<string, string | undefined>,
    missing: readonly string[],
  ): StepForm => ({
    values: Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value ? [[key, value]] : []))),
    errors: Object.fromEntries(missing.map((field) => [field, press.texts('problem.choose')])),
  });

  const audience = 'team members';
  const plain = (casePress: CasePress) =>
    verb({ input: caseData, audience, run: (press, data) => act(press, data, casePress) });

  return {
    'referral.view': verb({
      input: caseData,
      audience,
      run: async (press, data) => drawn(press, data, await referrals.view(press.actor, data.id)),
    }),
    'referral.claim': plain({ do: 'claim' }),
    'referral.release': plain({ do: 'release' }),
    'referral.reopen': plain({ do: 'reopen' }),
    'referral.details': verb({
      input: caseData,
      audience,
      async run(press, data) {
        const { referral, details } = await referrals.look(press.actor, data.id);
        return detailsCard(referral, sceneFor(press.actor, data.placement ?? null), details);
      },
    }),
    'referral.assignForm': verb({
      input: caseData,
      audience,
      run: (press, data) => form(press, data, (referral, scene) => assignForm(referral, scene, emptyForm)),
    }),
    'referral.assign': verb({
      input: personData,
      audience,
      run: (press, { person, ...data }) =>
        person
          ? act(press, data, { do: 'assign', to: personId(person) })
          : form(press, data, (referral, scene) => assignForm(referral, scene, stepForm(press, {}, ['person']))),
    }),
    'referral.askForm': verb({
      input: caseData,
      audience,
      run: (press, data) => form(press, data, (referral, scene) => askForm(referral, scene, emptyForm)),
    }),
    'referral.ask': verb({
      input: personData,
      audience,
      run: (press, { person, ...data }) =>
        person
          ? act(press, data, { do: 'ask', whom: personId(person) })
          : form(press, data, (referral, scene) => askForm(referral, scene, stepForm(press, {}, ['person']))),
    }),
    'referral.assessForm': verb({
      input: caseData,
      audience,
      run: (press, data) =>
        form(press, data, (referral, scene, viewer) => assessForm(referral, scene, viewer, emptyForm)),
    }),
    'referral.assess': verb({
      input: assessData,
      audience,
      async run(press, { worry, recommendation, note, ...data }) {
        const level = ([1, 2, 3, 4] as const).find((value): value is Worry => String(value) === worry);
        const advice = codesOf('recommendation').find((code) => code === recommendation);
        const text = cleanText(note ?? '');
        const errors = {
          ...stepForm(press, {}, [...(level ? [] : ['worry']), ...(advice ? [] : ['recommendation'])]).errors,
          ...(text.length > noteLimit && { note: press.texts('problem.tooLong', { limit: noteLimit }) }),
        };
        if (!level || !advice || Object.keys(errors).length > 0) {
          const values = stepForm(press, { worry, recommendation, note: text.slice(0, noteLimit) }, []).values;
          return form(press, data, (referral, scene, viewer) =>
            assessForm(referral, scene, viewer, { values, errors }),
          );
        }
        return act(press, data, { do: 'assess', worry: level, recommendation: advice, note: text || null });
      },
    }),
    'referral.decisionForm': verb({
      input: caseData.extend({ outcome: outcome.optional() }),
      audience,
      run: (press, { outcome: chosen, ...data }) =>
        form(press, data, (referral, scene) => {
          requireDecider(referral, press.actor, scene.directory.policy);
          return chosen ? decisionForm(referral, scene, chosen, emptyForm) : outcomeCard(referral, scene);
        }),
    }),
    'referral.decide': verb({
      input: decisionData,
      audience,
      async run(press, { outcome: chosen, reason, service, alone, ...data }) {
        const because = reasonsOf(chosen).find((code) => code === reason);
        const where = codesOf('service').find((code) => code === service) ?? null;
        const why = codesOf('aloneReason').find((code) => code === alone) ?? null;
        const missing = [...(because ? [] : ['reason']), ...(chosen === 'redirected' && !where ? ['service'] : [])];
        const again = (fields: readonly string[]): Promise<Card> => {
          const filled = stepForm(press, { reason, service, alone }, fields);
          return form(press, data, (referral, scene) => decisionForm(referral, scene, chosen, filled));
        };
        // The reason to decide alone is asked for at once, where it is asked for at all.
        if (!because || missing.length > 0) return again(why ? missing : [...missing, 'alone']);
        const decision = { do: 'decide', outcome: chosen, reason: because, service: where, alone: why } as const;
        return act(press, data, decision, (error) =>
          isAppError(error, 'referral.aloneReasonNeeded') ? again(['alone']) : refused(press, data, error),
        );
      },
    }),
  } satisfies VerbTable;
}
