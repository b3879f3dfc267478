import {
  actionRow,
  banner,
  button,
  type Card,
  card,
  container,
  facts,
  heading,
  passingRow,
  subheading,
  subtle,
  text,
  withoutMarkdown,
  written,
} from '../cards/elements.ts';
import { type Form, type FormFrame, field, formCard } from '../cards/form.ts';
import { choiceField, textField } from '../cards/inputs.ts';
import { colleagueForm, personName } from '../directory/colleague-card.ts';
import { presentMembers } from '../directory/model.ts';
import type { BodyId, CaseReference, PersonId } from '../shared/ids.ts';
import { assessmentsOf, type CaseScene, dataOf, summaryOf } from './card.ts';
import { codesOf, labelOf, type Outcome, reasonLabel, reasonsOf } from './codes.ts';
import type { Details } from './details.ts';
import { choices } from './form.ts';
import { noteLimit } from './input.ts';
import { type Assessment, type Referral, worryLevels } from './model.ts';
import { enoughHeard } from './standing.ts';

/** The cards that one person sees between two states of a case: forms, and the details. */

/** A form of a case, for the one who opened it. */
export interface CaseStep {
  /** Null when it cannot be read right now: the form stands all the same, with what was typed. */
  referral: Referral | null;
  reference: CaseReference;
  team: BodyId;
  person: PersonId;
  scene: CaseScene;
}

/** What the forms of a case have in common: they say which case it is, and cancelling leads back to it. */
function caseFrame({ referral, reference, scene }: CaseStep, title: string, submit: FormFrame['submit']) {
  const data = dataOf({ reference }, scene);
  return {
    title,
    about: referral ? summaryOf(referral, scene) : reference,
    submit: { ...submit, data: { ...data, ...submit.data } },
    cancel: { verb: 'referral.view', data },
  } satisfies Partial<FormFrame>;
}

/** To whom the case is given, or who is asked for an assessment. */
export function caseColleagueForm(what: 'assign' | 'ask', step: CaseStep, form: Form): Card {
  const { texts, directory } = step.scene;
  const submit = { title: texts(`referral.${what}.submit`), verb: `referral.${what}` } as const;
  const choice = {
    ...caseFrame(step, texts(`referral.${what}.title`), submit),
    of: step.team,
    but: what === 'assign' ? hasIt(step) : hasSpoken(step),
    label: texts(`referral.${what}.person`),
  };
  return colleagueForm(texts, directory, choice, form);
}

const hasIt = ({ referral }: CaseStep): PersonId[] => (referral?.owner ? [referral.owner.person] : []);

/** Nobody asks themselves, or who has answered already. */
const hasSpoken = ({ referral, person }: CaseStep): PersonId[] => [
  person,
  ...(referral?.assessments.map(({ by }) => by) ?? []),
];

/** What somebody has said in the profession that they have now. */
function assessmentOf({ referral, team, person, scene }: CaseStep): Assessment | undefined {
  const now = presentMembers(scene.directory, team).find((member) => member.person === person);
  return referral?.assessments.find(({ by, profession }) => by === person && profession === now?.profession);
}

export function assessForm(step: CaseStep, form: Form): Card {
  const { texts } = step.scene;
  const mine = assessmentOf(step);
  const filled = {
    ...form,
    values: { ...(mine && { worry: String(mine.worry), recommendation: mine.recommendation }), ...form.values },
  };
  const submit = { title: texts('referral.assess.submit'), verb: 'referral.assess' } as const;
  return formCard(texts, form, {
    ...caseFrame(step, texts('referral.assess.title'), submit),
    fields: [
      ...choiceField({
        ...field(filled, 'worry'),
        label: texts('referral.assess.worry'),
        choices: worryLevels.map((level) => ({ title: texts(`referral.worry.${level}`), value: String(level) })),
        expanded: true,
      }),
      ...choiceField({
        ...field(filled, 'recommendation'),
        label: texts('referral.assess.recommendation'),
        choices: choices('recommendation', texts.language),
        hint: texts('form.choose'),
      }),
      ...textField({
        ...field(filled, 'note'),
        label: texts('referral.assess.note'),
        multiline: true,
        maxLength: noteLimit,
      }),
      subtle(texts(mine?.note ? 'referral.assess.noteReplaced' : 'referral.assess.noteSealed')),
    ],
  });
}

/** First the outcome is chosen; then come its reasons, and for a redirection the services. */
export function outcomeCard(referral: Referral, scene: CaseScene): Card {
  const { texts } = scene;
  return card(texts, {
    speak: `${referral.reference} · ${texts('referral.decide.title')}`,
    body: [
      text(summaryOf(referral, scene), { size: 'Small', isSubtle: true }),
      { ...heading(texts('referral.decide.title')), spacing: 'None' },
      ...assessmentsOf(referral, scene),
      text(texts('referral.decide.lead'), { spacing: 'Medium' }),
      actionRow(
        codesOf('outcome').map((outcome) =>
          button(texts(`referral.decide.${outcome}`), 'referral.decisionForm', { ...dataOf(referral, scene), outcome }),
        ),
      ),
    ],
    actions: [back(referral, scene)],
  });
}

export function decisionForm(outcome: Outcome, step: CaseStep, form: Form): Card {
  const { texts, policy } = step.scene;
  const { language } = texts;
  const reasons = reasonsOf(outcome).map((reason) => ({
    title: reasonLabel(outcome, reason, language),
    value: reason,
  }));
  const alone = asksWhyAlone(step, form);
  const { alone: _, ...others } = form.errors;
  const asked = { ...form, errors: alone ? form.errors : others };
  const title = `${texts('referral.decide.title')}: ${texts(`referral.decide.${outcome}`)}`;
  const submit = { title: texts('referral.decide.submit'), verb: 'referral.decide', data: { outcome } } as const;
  return formCard(texts, asked, {
    ...caseFrame(step, title, submit),
    fields: [
      ...(step.referral ? assessmentsOf(step.referral, step.scene) : []),
      ...choiceField({
        ...field(form, 'reason'),
        label: texts('referral.decide.reason'),
        choices: reasons,
        expanded: true,
      }),
      ...(outcome === 'redirected'
        ? choiceField({
            ...field(form, 'service'),
            label: texts('referral.decide.service'),
            choices: choices('service', language),
            hint: texts('form.choose'),
          })
        : []),
      ...(alone
        ? [
            banner('warning', texts('referral.decide.aloneLead', { needed: policy.professionsNeeded })),
            ...choiceField({
              ...field(form, 'alone'),
              label: texts('referral.decide.alone'),
              choices: choices('aloneReason', language),
              hint: texts('form.choose'),
            }),
          ]
        : []),
    ],
  });
}

/** Before enough professions have spoken; of a case that cannot be read, or not be decided, as far as it was answered. */
function asksWhyAlone({ referral, scene }: CaseStep, { values, refused }: Form): boolean {
  if (!referral || refused?.final) return values.alone !== undefined;
  return !enoughHeard(referral, scene.policy);
}

/** Identity and text, for the one who pressed and for as long as they look. */
export function detailsCard(referral: Referral, scene: CaseScene, details: Details): Card {
  const { texts, directory } = scene;
  const { identity, narrative, notes, notesWithheld } = details;
  const unknown = texts('referral.details.unknown');
  return card(texts, {
    speak: `${referral.reference} · ${texts('referral.details.title')}`,
    body: [
      text(summaryOf(referral, scene), { size: 'Small', isSubtle: true }),
      { ...heading(texts('referral.details.title')), spacing: 'None' },
      banner('emphasis', texts('referral.details.onlyYou')),
      facts(
        [
          [texts('referral.details.name'), withoutMarkdown(identity.name)],
          [texts('referral.details.birthYear'), identity.birthYear === null ? unknown : String(identity.birthYear)],
          [texts('referral.details.guardian'), withoutMarkdown(identity.guardianContact ?? unknown)],
          [
            texts('referral.details.legalBasis'),
            referral.legalBasis
              ? labelOf('legalBasis', referral.legalBasis, texts.language)
              : texts('referral.details.noLegalBasis'),
          ],
        ],
        passingRow,
      ),
      subheading(texts('referral.details.narrative')),
      narrative.state === 'open'
        ? { ...written(narrative.text), spacing: 'Small' }
        : subtle(
            texts(narrative.state === 'none' ? 'referral.details.noNarrative' : 'referral.details.narrativeWithheld'),
          ),
      ...(notes.length + notesWithheld > 0 ? [subheading(texts('referral.details.notes'))] : []),
      ...notes.map(({ assessment, text: note }) =>
        container([
          subtle(personName(directory, assessment.by, texts)),
          { ...written(note), spacing: 'None' as const },
        ]),
      ),
      ...(notesWithheld > 0 ? [subtle(texts('referral.details.notesWithheld', { count: notesWithheld }))] : []),
    ],
    actions: [back(referral, scene)],
  });
}

function back(referral: Referral, scene: CaseScene) {
  return button(scene.texts('actions.back'), 'referral.view', dataOf(referral, scene), { withoutInputs: true });
}
