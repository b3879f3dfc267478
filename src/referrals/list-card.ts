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
import type { Body } from '../directory/model.ts';
import { type CaseScene, stateText, waitedText } from './card.ts';
import { labelOf } from './codes.ts';
import type { Referral } from './model.ts';
import type { ReferralFilter } from './stored.ts';

export const listPageSize = 10;

export interface ListView {
  filter: ReferralFilter;
  /** Counts from 0. */
  page: number;
  total: number;
  referrals: readonly Referral[];
  /** In the team's chat a button brings the case's card to the bottom; elsewhere it opens the case in place. */
  inTeamChat: boolean;
  /** Named where the reader belongs to several teams. */
  team?: Body | undefined;
  /** What was just done. */
  said?: string | undefined;
}

/** The open referrals, oldest wait first, ten a page. */
export function listCard(view: ListView, scene: CaseScene): Card {
  const { texts } = scene;
  const { filter, page, total } = view;
  const pages = Math.max(1, Math.ceil(total / listPageSize));
  const title = total === 0 ? texts(`list.none.${filter}`) : texts(`list.title.${filter}`, { count: total });
  const show = (other: ReferralFilter, to: number) => ({
    filter: other,
    page: to,
    ...(view.team && { body: view.team.id }),
  });
  return card(texts, {
    speak: title,
    body: [
      ...(view.said ? [banner('good', view.said)] : []),
      heading(title),
      ...(view.team ? [subtle(view.team.name[texts.language])] : []),
      ...(total === 0 ? [text(texts(`list.emptyHint.${filter}`))] : []),
      ...view.referrals.map((referral) => row(referral, view, scene)),
      ...(pages > 1 ? [subtle(texts('list.page', { page: page + 1, pages }))] : []),
    ],
    actions: [
      ...(page > 0 ? [button(texts('list.previous'), 'referral.list', show(filter, page - 1))] : []),
      ...(page + 1 < pages ? [button(texts('list.next'), 'referral.list', show(filter, page + 1))] : []),
      ...(['open', 'waiting', 'mine'] as const)
        .filter((other) => other !== filter)
        .map((other) => button(texts(`list.show.${other}`), 'referral.list', show(other, 0))),
      ...(view.team ? [button(texts('list.otherTeam'), 'referral.list', { filter, page: 0 })] : []),
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
