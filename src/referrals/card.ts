import { formatMoment } from '../cards/dates.ts';
import {
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  type CardMessage,
  card,
  columns,
  container,
  facts,
  heading,
  type Said,
  subheading,
  type Tone,
  text,
} from '../cards/elements.ts';
import { personName } from '../directory/colleague-card.ts';
import { bodyOf, type Directory, presentMembers } from '../directory/model.ts';
import { type Membership, type Profession, professions } from '../shared/actor.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import type { WorkingCalendar } from '../shared/working-time.ts';
import { labelOf, reasonLabel } from './codes.ts';
import type { Assessment, Referral, TriagePolicy } from './model.ts';
import { enoughHeard, isMet, isOpen, mayHandOver, mayReopen, meetingsShown, voicesOf } from './standing.ts';
import { waitedText } from './waiting.ts';

/** Everything that drawing a case needs besides the case. */
export interface CaseScene {
  texts: Texts;
  directory: Directory;
  calendar: WorkingCalendar;
  policy: TriagePolicy;
  now: Temporal.Instant;
  /** The placement that the card stands in; null where it is shown to one person only and for the moment. */
  placement: string | null;
}

/** Whose eyes: the shared card is drawn for every member alike, a personal one for one of them. */
export interface Viewer {
  person: PersonId;
  membership: Membership;
}

export interface CaseCardOptions {
  /** Null draws the shared card, for every member alike. */
  viewer?: Viewer | null;
  said?: Said | undefined;
  /** Teams ids of those who get their own view of a shared card. */
  refreshFor?: readonly string[];
}

/** The case as the chat shows it: its reference and codes, never who it is about. */
export function caseCard(referral: Referral, scene: CaseScene, options: CaseCardOptions = {}): Card {
  const { viewer = null, said, refreshFor = [] } = options;
  return card(scene.texts, {
    speak: summaryOf(referral, scene),
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      header(referral, scene),
      ...meetingsOf(referral, scene),
      ...decisionOf(referral, scene),
      { ...caseFacts(referral, scene), ...(referral.decision && { separator: true, spacing: 'Large' as const }) },
      ...assessmentsOf(referral, scene),
    ],
    actions: actionsOf(referral, scene, viewer),
    refresh: { verb: 'referral.view', data: dataOf(referral, scene), userIds: refreshFor },
  });
}

/** The shared message of a chat. */
export function caseMessage(referral: Referral, scene: CaseScene, refreshFor: readonly string[]): CardMessage {
  return { card: caseCard(referral, scene, { refreshFor }), summary: summaryOf(referral, scene) };
}

export function dataOf(
  referral: Pick<Referral, 'reference'>,
  scene: Pick<CaseScene, 'placement'>,
): Record<string, string> {
  return { id: referral.reference, ...(scene.placement && { placement: scene.placement }) };
}

/** One line that says what the case is and how it stands; for notifications and screen readers. */
export function summaryOf(referral: Referral, scene: Pick<CaseScene, 'texts' | 'directory'>): string {
  // A text in one piece: JSON takes longer over what V8 still keeps in two.
  return [referral.reference, stateText(referral, scene)].join(' · ');
}

export function stateText(referral: Referral, { texts, directory }: Pick<CaseScene, 'texts' | 'directory'>): string {
  if (referral.decision) return labelOf('outcome', referral.decision.outcome, texts.language);
  if (referral.owner) {
    return texts('referral.state.taken', { name: personName(directory, referral.owner.person, texts) });
  }
  return texts('referral.state.waiting');
}

/** What it is and how it stands; what is urgent says so beside it. */
function header(referral: Referral, scene: CaseScene): CardElement {
  const { texts, directory } = scene;
  const team = bodyOf(directory, referral.team)?.name[texts.language] ?? '';
  const state = stateText(referral, scene);
  const again = referral.round > 1 ? ` · ${texts('referral.reopened')}` : '';
  return container(
    [
      columns(
        [
          text(texts('referral.kind', { team }), { size: 'Small' }),
          { ...heading(referral.reference), spacing: 'None' },
          text(isOpen(referral) ? `${state}${again}` : `${texts('referral.decision.title')}: ${state}`, {
            weight: 'Bolder',
            spacing: 'Small',
          }),
        ],
        isOpen(referral) ? urgencyMark(referral, texts, toneOf(referral)) : [],
      ),
    ],
    { style: toneOf(referral), bleed: true },
  );
}

function toneOf({ decision, owner }: Referral): Tone {
  if (decision) return decision.outcome === 'accepted' ? 'good' : 'emphasis';
  return owner ? 'accent' : 'warning';
}

/** What is urgent says so, in words and in a colour that is not the one around it. */
export function urgencyMark({ urgency }: Referral, { language }: Texts, around?: Tone): CardElement[] {
  if (urgency === 'normal') return [];
  const own = urgency === 'atOnce' ? 'attention' : 'warning';
  const style = own === around ? 'default' : own;
  return [container([text(labelOf('urgency', urgency, language), { weight: 'Bolder' })], { style })];
}

function caseFacts(referral: Referral, scene: CaseScene): CardElement {
  const { texts, directory, calendar, now } = scene;
  const { language } = texts;
  const municipality = directory.municipalities.find(({ id }) => id === referral.municipality);
  const momentOf = (instant: string): string => formatMoment(instant, calendar.timeZone, texts, now);
  // The waiting is counted from there.
  const reopened = referral.round > 1 ? texts('referral.reopenedAt', { when: momentOf(referral.undecidedSince) }) : '';
  return facts([
    [
      texts('referral.facts.concerns'),
      referral.concerns.map((concern) => labelOf('concern', concern, language)).join(', '),
    ],
    [
      texts('referral.facts.young'),
      `${labelOf('ageBand', referral.ageBand, language)} · ${labelOf('gender', referral.gender, language)}`,
    ],
    [texts('referral.facts.municipality'), municipality?.name[language] ?? referral.municipality],
    [texts('referral.facts.source'), labelOf('source', referral.source, language)],
    [texts('referral.facts.basis'), labelOf('basis', referral.basis, language)],
    [texts('referral.facts.urgency'), labelOf('urgency', referral.urgency, language)],
    [
      texts('referral.facts.received'),
      [momentOf(referral.receivedAt), isOpen(referral) ? reopened : '', waitedText(referral, scene)]
        .filter(Boolean)
        .join(' · '),
    ],
  ]);
}

/** Which professions have spoken and what they said, and which have not. */
export function assessmentsOf(referral: Referral, scene: CaseScene): CardElement[] {
  const { texts, directory } = scene;
  const needed = scene.policy.professionsNeeded;
  const heard = Map.groupBy(voicesOf(referral), ({ profession }) => profession);
  const team = isOpen(referral) ? presentMembers(directory, referral.team) : [];
  const linesOf = (profession: Profession): string[] => {
    const spoken = heard.get(profession);
    if (spoken) return spoken.map((assessment) => spokenLine(assessment, scene));
    const isRepresented = team.some((member) => member.profession === profession);
    return isRepresented ? [silentLine(profession, referral, scene)] : [];
  };
  const rows = professions.flatMap((profession) =>
    linesOf(profession).map((line) => [texts(`profession.${profession}`), line] as const),
  );
  const title = subheading(texts('referral.assessments.title', { have: heard.size, needed }));
  return rows.length > 0 ? [title, facts(rows)] : [title];
}

function spokenLine(assessment: Assessment, { texts, directory }: CaseScene): string {
  return texts('referral.assessments.spoken', {
    worry: assessment.worry,
    recommendation: labelOf('recommendation', assessment.recommendation, texts.language),
    name: personName(directory, assessment.by, texts),
  });
}

function silentLine(profession: Profession, referral: Referral, { texts, directory }: CaseScene): string {
  const asked = referral.asked.filter(({ person }) =>
    presentMembers(directory, referral.team).some(
      (member) => member.person === person && member.profession === profession,
    ),
  );
  const names = asked.map(({ person }) => personName(directory, person, texts)).join(', ');
  return names ? texts('referral.assessments.asked', { names }) : texts('referral.assessments.silent');
}

function meetingsOf(referral: Referral, { texts, calendar, now }: CaseScene): CardElement[] {
  const when = meetingsShown(referral, now).map(({ at }) => formatMoment(at.toString(), calendar.timeZone, texts, now));
  return when.length > 0 ? [facts([[texts('meeting.kind.case'), when.join(', ')]])] : [];
}

function decisionOf(referral: Referral, scene: CaseScene): CardElement[] {
  const { decision } = referral;
  if (!decision) return [];
  const { texts, directory, calendar, now } = scene;
  const { language } = texts;
  const signed = texts('referral.decision.signed', {
    name: personName(directory, decision.by, texts),
    when: formatMoment(decision.at, calendar.timeZone, texts, now),
  });
  return [
    facts([
      ...(decision.service
        ? [[texts('referral.decision.service'), labelOf('service', decision.service, language)] as const]
        : []),
      [texts('referral.decision.reason'), reasonLabel(decision.outcome, decision.reason, language)],
      ...(decision.alone
        ? [[texts('referral.decision.alone'), labelOf('aloneReason', decision.alone, language)] as const]
        : []),
      [texts('referral.decision.by'), signed],
    ]),
  ];
}

/** The next step first and in colour; what this viewer may not do is not there. */
function actionsOf(referral: Referral, scene: CaseScene, viewer: Viewer | null): CardAction[] {
  const { texts, directory, policy, now } = scene;
  const data = dataOf(referral, scene);
  const details = button(texts('referral.actions.details'), 'referral.details', data);
  if (referral.decision) {
    const isMeeting = isMet(referral) && bodyOf(directory, referral.team)?.closed === false;
    const [shown] = meetingsShown(referral, now);
    const isPlanned = shown !== undefined && Temporal.Instant.compare(shown.at, now) > 0;
    return [
      ...(shown ? [button(texts('referral.actions.showMeeting'), 'meeting.view', { id: shown.id })] : []),
      ...(isMeeting
        ? [button(texts('referral.actions.meeting'), 'referral.meetingForm', data, { primary: !isPlanned })]
        : []),
      details,
      ...(mayReopen(referral.decision, now, policy)
        ? [button(texts('referral.actions.reopen'), 'referral.reopen', data, { overflow: true })]
        : []),
    ];
  }
  const leads = viewer?.membership.role === 'leader';
  const handsOver = viewer === null || mayHandOver(referral, viewer.person, leads);
  const enough = enoughHeard(referral, policy);
  const assessed = viewer !== null && referral.assessments.some((assessment) => assessment.by === viewer.person);
  const mayDecide = viewer === null || enough || leads;
  const mayAssess = viewer === null || viewer.membership.profession !== null;
  const next = !referral.owner ? 'claim' : enough ? 'decide' : mayAssess && !assessed ? 'assess' : 'ask';
  const assessTitle = texts(assessed ? 'referral.actions.reassess' : 'referral.actions.assess');
  const steps = [
    ...(referral.owner ? [] : [button(texts('referral.actions.claim'), 'referral.claim', data, { primary: true })]),
    ...(mayDecide
      ? [
          // To decide before enough have spoken is the leader's exception, so it does not offer itself.
          button(texts('referral.actions.decide'), 'referral.decisionForm', data, {
            primary: next === 'decide',
            overflow: !enough,
          }),
        ]
      : []),
    ...(mayAssess ? [button(assessTitle, 'referral.assessForm', data, { primary: next === 'assess' })] : []),
    button(texts('referral.actions.ask'), 'referral.askForm', data, {
      primary: next === 'ask',
      overflow: next !== 'ask',
    }),
    details,
    ...(handsOver ? [button(texts('referral.actions.assign'), 'referral.assignForm', data, { overflow: true })] : []),
    ...(referral.owner && handsOver
      ? [button(texts('referral.actions.release'), 'referral.release', data, { overflow: true })]
      : []),
  ];
  return steps.toSorted((a, b) => Number(b.style === 'positive') - Number(a.style === 'positive'));
}
