import { button, type CardAction, type CardMessage, card, heading, text } from '../cards/elements.ts';
import { personName } from '../directory/colleague-card.ts';
import { bodyOf } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { type CaseScene, summaryOf } from './card.ts';
import { labelOf } from './codes.ts';
import type { Referral } from './model.ts';
import { type ReminderKind, senderOf } from './reminders.ts';
import { waitedText } from './waiting.ts';

export type ReferralNotice = ReminderKind | 'unplaced' | 'asked' | 'assigned';

/** A private word about a case: its reference and codes, and the buttons to go on. */
export function noticeMessage(
  referral: Referral,
  { kind, to }: { kind: ReferralNotice; to: PersonId },
  scene: CaseScene,
): CardMessage {
  const { texts, directory } = scene;
  const { reference } = referral;
  const title = texts(`notice.${kind}.title`, { reference });
  const team = bodyOf(directory, referral.team)?.name[texts.language] ?? '';
  // Whoever has the case may have taken it after the others were reminded.
  const owner = kind === 'undecidedLeader' ? referral.owner?.person : undefined;
  const person = owner ?? senderOf(referral, { kind, to });
  const name = person === null ? '' : personName(directory, person, texts);
  const told = owner ? 'notice.undecidedLeader.owned' : (`notice.${kind}.text` as const);
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(title),
        text(texts(told, { name, team })),
        text(
          [
            summaryOf(referral, scene),
            labelOf('urgency', referral.urgency, texts.language),
            waitedText(referral, scene),
          ]
            .filter(Boolean)
            .join(' · '),
          { size: 'Small', isSubtle: true },
        ),
      ],
      actions: actionsOf(kind, reference, texts),
    }),
  };
}

/** What the notice asks for, and the case. */
function actionsOf(kind: ReferralNotice, id: string, texts: Texts): CardAction[] {
  const untaken = kind === 'untaken' || kind === 'untakenLeader';
  return [
    ...(untaken ? [button(texts('referral.actions.claim'), 'referral.claim', { id }, { primary: true })] : []),
    ...(kind === 'untakenLeader' ? [button(texts('referral.actions.assign'), 'referral.assignForm', { id })] : []),
    button(texts('referral.actions.open'), 'referral.view', { id }),
  ];
}
