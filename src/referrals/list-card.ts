import {
  type ActionData,
  banner,
  button,
  type Card,
  type CardElement,
  card,
  columns,
  heading,
  subtle,
  text,
} from '../cards/elements.ts';
import type { Body } from '../directory/model.ts';
import { type CaseScene, stateText, urgencyMark } from './card.ts';
import { labelOf } from './codes.ts';
import type { ListPage } from './listing.ts';
import type { Referral } from './model.ts';
import { type ReferralFilter, referralFilters } from './stored.ts';
import { waitedText } from './waiting.ts';

export const listPageSize = 10;

export interface ListView extends Omit<ListPage, 'referrals'> {
  referrals: readonly Referral[];
  filter: ReferralFilter;
  /** How many pages come before, as far as the reader has turned; for them to read, and nothing is found by it. */
  page: number;
  total: number;
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
  const { filter, total, next, previous } = view;
  const page = previous === undefined ? 0 : Math.max(1, view.page);
  const pages = Math.max(Math.ceil(total / listPageSize), page + 1);
  const title =
    total === 0 ? texts(`referral.list.none.${filter}`) : texts(`referral.list.title.${filter}`, { count: total });
  const show = (what: ActionData): ActionData => ({ ...what, ...(view.team && { body: view.team.id }) });
  return card(texts, {
    speak: title,
    body: [
      ...(view.said ? [banner('good', view.said)] : []),
      heading(title),
      ...(view.team ? [subtle(view.team.name[texts.language])] : []),
      ...(total === 0 ? [text(texts(`referral.list.emptyHint.${filter}`))] : []),
      ...view.referrals.map((referral) => row(referral, { ...view, page }, scene)),
      ...(pages > 1 ? [subtle(texts('list.page', { page: page + 1, pages }))] : []),
    ],
    actions: [
      ...(previous === undefined
        ? []
        : [button(texts('list.previous'), 'referral.list', show({ filter, page: page - 1, before: previous }))]),
      ...(next === undefined
        ? []
        : [button(texts('list.next'), 'referral.list', show({ filter, page: page + 1, after: next }))]),
      ...referralFilters
        .filter((other) => other !== filter)
        .map((other) => button(texts(`referral.list.show.${other}`), 'referral.list', show({ filter: other }))),
      ...(view.team ? [button(texts('referral.list.otherTeam'), 'referral.list', { filter })] : []),
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
        text(referral.reference, { weight: 'Bolder' }),
        text(about, { spacing: 'None', size: 'Small' }),
        text(standing, { spacing: 'None', size: 'Small', isSubtle: true }),
      ],
      urgencyMark(referral, texts),
      [
        {
          type: 'ActionSet',
          actions: [
            view.inTeamChat
              ? button(texts('list.open'), 'referral.bring', { id: referral.reference, ...hereIn(view) })
              : button(texts('list.open'), 'referral.view', { id: referral.reference }),
          ],
        },
      ],
    ),
    separator: true,
  };
}

/** What leads back to this very page. */
function hereIn({ filter, page, place: { after, before } }: ListView): ActionData {
  return { filter, page, ...(after && { after }), ...(before && { before }) };
}
