import {
  banner,
  button,
  type Card,
  type CardElement,
  card,
  columns,
  heading,
  subtle,
  text,
  titled,
} from '../cards/elements.ts';
import { type CaseScene, stateText, waitedText } from './card.ts';
import { labelOf } from './codes.ts';
import type { Referral } from './model.ts';
import { type ReferralFilter, referralFilters } from './stored.ts';

export const listPageSize = 10;

export interface ListView {
  filter: ReferralFilter;
  /** Counts from 0. */
  page: number;
  total: number;
  referrals: readonly Referral[];
  /** In the team's chat a button brings the case's card to the bottom; elsewhere it opens the case in place. */
  inTeamChat: boolean;
  /** What was just done. */
  said?: string | undefined;
}

/** The open referrals, oldest wait first, ten a page. */
export function listCard(view: ListView, scene: CaseScene): Card {
  const { texts } = scene;
  const { filter, page, total } = view;
  const pages = Math.max(1, Math.ceil(total / listPageSize));
  const title =
    total === 0 ? texts(`referral.list.none.${filter}`) : texts(`referral.list.title.${filter}`, { count: total });
  const turn = (to: number) => ({ filter, page: to });
  return card(texts, {
    speak: title,
    body: [
      ...(view.said ? [banner('good', view.said)] : []),
      heading(title),
      ...(total === 0 ? [text(texts(`referral.list.emptyHint.${filter}`))] : []),
      ...view.referrals.map((referral) => row(referral, view, scene)),
      ...(pages > 1 ? [subtle(texts('list.page', { page: page + 1, pages }))] : []),
    ],
    actions: [
      ...(page > 0 ? [button(texts('list.previous'), 'referral.list', turn(page - 1))] : []),
      ...(page + 1 < pages ? [button(texts('list.next'), 'referral.list', turn(page + 1))] : []),
      ...referralFilters
        .filter((other) => other !== filter)
        .map((other) => button(texts(`referral.list.show.${other}`), 'referral.list', { filter: other, page: 0 })),
      button(texts('help.newReferral'), 'referral.form'),
    ],
  });
}

function row(referral: Referral, view: ListView, scene: CaseScene): CardElement {
  const { texts } = scene;
  const { language } = texts;
  const concerns = referral.concerns.map((concern) => labelOf('concern', concern, language)).join(', ');
  const about = [concerns, labelOf('ageBand', referral.ageBand, language)].join(' · ');
  const standing = [stateText(referral, scene), waitedText(referral, scene)].filter(Boolean).join(' · ');
  return {
    ...columns(
      [
        titled(referral.reference, referral.urgency === 'normal' ? '' : labelOf('urgency', referral.urgency, language)),
        text(about, { spacing: 'None', size: 'Small' }),
        text(standing, { spacing: 'None', size: 'Small', isSubtle: true }),
      ],
      [
        {
          type: 'ActionSet',
          actions: [
            view.inTeamChat
              ? button(texts('list.open'), 'referral.bring', {
                  id: referral.reference,
                  filter: view.filter,
                  page: view.page,
                })
              : button(texts('list.open'), 'referral.view', { id: referral.reference }),
          ],
        },
      ],
    ),
    separator: true,
  };
}
