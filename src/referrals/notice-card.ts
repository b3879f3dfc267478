import { button, type CardMessage, card, heading, text } from '../cards/elements.ts';
import { bodyOf } from '../directory/model.ts';
import { type CaseScene, summaryOf, waitedText } from './card.ts';
import { labelOf } from './codes.ts';
import type { Referral } from './model.ts';
import type { ReminderKind } from './reminders.ts';

export type ReferralNotice = ReminderKind | 'unplaced' | 'asked' | 'assigned';

/** A private word about a case: its reference and codes, and the buttons to go on. */
export function noticeMessage(referral: Referral, kind: ReferralNotice, scene: CaseScene): CardMessage {
  const { texts, directory } = scene;
  const { reference } = referral;
  const title = texts(`notice.${kind}.title`, { reference });
  const team = bodyOf(directory, referral.team)?.name[texts.language] ?? '';
  const data = { id: reference };
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [
        heading(title),
        text(texts(`notice.${kind}.text`, { reference, team })),
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
      actions:
        kind === 'unplaced'
          ? [button(texts('referral.actions.open'), 'referral.view', data)]
          : [
              ...(kind === 'untaken'
                ? [button(texts('referral.actions.claim'), 'referral.claim', data, { primary: true })]
                : []),
              button(texts('referral.actions.open'), 'referral.view', data),
            ],
    }),
  };
}
