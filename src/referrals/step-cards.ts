import {
  actionRow,
  banner,
  button,
  type Card,
  type CardElement,
  card,
  container,
  facts,
  heading,
  subheading,
  subtle,
  text,
  withoutMarkdown,
  written,
} from '../cards/elements.ts';
import { type Choice, choiceField, textField } from '../cards/inputs.ts';
import { membersOf } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { type CaseScene, dataOf, personName, summaryOf, type Viewer } from './card.ts';
import { codesOf, labelOf, type Outcome, reasonLabel, reasonsOf } from './codes.ts';
import type { Details } from './details.ts';
import { choices } from './form.ts';
import type { Referral } from './model.ts';
import { enoughHeard } from './standing.ts';

/** The cards that one person sees between two states of a case: forms, and the details. */

export interface StepForm {
  values: Readonly<Record<string, string>>;
  /** Field → text of what is wrong. */
  errors: Readonly<Record<string, string>>;
}

export const emptyForm: StepForm = { values: {}, errors: {} };
/** A note is short: the details show all those of a profession on one card, which Teams takes up to 28 KB of. */
export const noteLimit = 1_000;

function frame(
  referral: Referral,
  scene: CaseScene,
  title: string,
  body: CardElement[],
  action: ReturnType<typeof button>,
): Card {
  const { texts } = scene;
  return card(texts, {
    speak: `${referral.reference} · ${title}`,
    body: [
      text(summaryOf(referral, scene), { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      ...body,
    ],
    actions: [action, back(referral, scene)],
  });
}

function back(referral: Referral, scene: CaseScene) {
  return button(scene.texts('referral.actions.back'), 'referral.view', dataOf(referral, scene), {
    withoutInputs: true,
  });
}

function field(form: StepForm, id: string) {
  return { id, value: form.values[id], error: form.errors[id] };
}

function colleagues(referral: Referral, scene: CaseScene, but?: PersonId): Choice[] {
  const { texts, directory } = scene;
  const others = membersOf(directory, referral.team).filter(({ person }) => person !== but);
  return others.map(({ person, name, profession }) => ({
    title: profession ? `${name} (${texts(`profession.${profession}`)})` : name,
    value: person,
  }));
}

export function assignForm(referral: Referral, scene: CaseScene, form: StepForm): Card {
  const { texts } = scene;
  return frame(
    referral,
    scene,
    texts('referral.assign.title'),
    choiceField({
      ...field(form, 'person'),
      label: texts('referral.assign.person'),
      choices: colleagues(referral, scene, referral.owner?.person),
      hint: texts('form.choose'),
    }),
    button(texts('referral.assign.submit'), 'referral.assign', dataOf(referral, scene), { primary: true }),
  );
}

export function askForm(referral: Referral, scene: CaseScene, form: StepForm): Card {
  const { texts } = scene;
  return frame(
    referral,
    scene,
    texts('referral.ask.title'),
    choiceField({
      ...field(form, 'person'),
      label: texts('referral.ask.person'),
      choices: colleagues(referral, scene),
      hint: texts('form.choose'),
    }),
    button(texts('referral.ask.submit'), 'referral.ask', dataOf(referral, scene), { primary: true }),
  );
}

export function assessForm(referral: Referral, scene: CaseScene, viewer: Viewer, form: StepForm): Card {
  const { texts } = scene;
  const mine = referral.assessments.find((assessment) => assessment.by === viewer.person);
  const values = { ...(mine && { worry: String(mine.worry), recommendation: mine.recommendation }), ...form.values };
  const filled = { ...form, values };
  const worries = (['1', '2', '3', '4'] as const).map((value) => ({ title: texts(`worry.${value}`), value }));
  return frame(
    referral,
    scene,
    texts('referral.assess.title'),
    [
      ...choiceField({
        ...field(filled, 'worry'),
        label: texts('referral.assess.worry'),
        choices: worries,
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
    button(texts('referral.assess.submit'), 'referral.assess', dataOf(referral, scene), { primary: true }),
  );
}

/** First the outcome is chosen; then come its reasons, and for a redirection the services. */
export function outcomeCard(referral: Referral, scene: CaseScene): Card {
  const { texts } = scene;
  return card(texts, {
    speak: `${referral.reference} · ${texts('referral.decide.title')}`,
    body: [
      text(summaryOf(referral, scene), { size: 'Small', isSubtle: true }),
      { ...heading(texts('referral.decide.title')), spacing: 'None' },
      text(texts('referral.decide.lead')),
      actionRow(
        codesOf('outcome').map((outcome) =>
          button(texts(`referral.decide.${outcome}`), 'referral.decisionForm', { ...dataOf(referral, scene), outcome }),
        ),
      ),
    ],
    actions: [back(referral, scene)],
  });
}

export function decisionForm(referral: Referral, scene: CaseScene, outcome: Outcome, form: StepForm): Card {
  const { texts, directory } = scene;
  const { language } = texts;
  const reasons = reasonsOf(outcome).map((reason) => ({
    title: reasonLabel(outcome, reason, language),
    value: reason,
  }));
  const alone = !enoughHeard(referral, directory.policy);
  return frame(
    referral,
    scene,
    `${texts('referral.decide.title')}: ${texts(`referral.decide.${outcome}`)}`,
    [
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
            banner('warning', texts('referral.decide.aloneLead', { needed: directory.policy.professionsNeeded })),
            ...choiceField({
              ...field(form, 'alone'),
              label: texts('referral.decide.alone'),
              choices: choices('aloneReason', language),
              hint: texts('form.choose'),
            }),
          ]
        : []),
    ],
    button(
      texts('referral.decide.submit'),
      'referral.decide',
      { ...dataOf(referral, scene), outcome },
      { primary: true },
    ),
  );
}

/** Identity and text, for the one who pressed and for as long as they look. */
export function detailsCard(referral: Referral, scene: CaseScene, details: Details): Card {
  const { texts, directory } = scene;
  const { identity, narrative, notes, notesWithheld } = details;
  const unknown = texts('details.unknown');
  return card(texts, {
    speak: `${referral.reference} · ${texts('details.title')}`,
    body: [
      text(summaryOf(referral, scene), { size: 'Small', isSubtle: true }),
      { ...heading(texts('details.title')), spacing: 'None' },
      banner('emphasis', texts('details.onlyYou')),
      facts([
        [texts('details.name'), withoutMarkdown(identity.name)],
        [texts('details.birthYear'), identity.birthYear === null ? unknown : String(identity.birthYear)],
        [texts('details.guardian'), withoutMarkdown(identity.guardianContact ?? unknown)],
        [
          texts('details.legalBasis'),
          referral.legalBasis
            ? labelOf('legalBasis', referral.legalBasis, texts.language)
            : texts('details.noLegalBasis'),
        ],
      ]),
      subheading(texts('details.narrative')),
      narrative.state === 'open'
        ? { ...written(narrative.text), spacing: 'Small' }
        : subtle(narrativeAbsence(referral, narrative.state, texts)),
      ...(notes.length + notesWithheld > 0 ? [subheading(texts('details.notes'))] : []),
      ...notes.map(({ assessment, text: note }) =>
        container([
          subtle(personName(directory, assessment.by, texts)),
          { ...written(note), spacing: 'None' as const },
        ]),
      ),
      ...(notesWithheld > 0 ? [subtle(texts('details.notesWithheld', { count: notesWithheld }))] : []),
    ],
    actions: [back(referral, scene)],
  });
}

function narrativeAbsence(referral: Referral, state: 'none' | 'withheld', texts: Texts): string {
  if (state === 'none') return texts('details.noNarrative');
  return texts('details.narrativeWithheld', { source: labelOf('source', referral.source, texts.language) });
}
