import { type CardMessage, card, link, text, withoutMarkdown } from '../cards/elements.ts';
import type { Texts } from '../shared/text.ts';
import type { Delivery, Placement } from './model.ts';

/** A link to a message in Teams; null where there are no such links. */
export type LinkTo = (conversation: string, activityId: string) => string | null;

/** Where the live card stands whose older card has become a line. */
export interface MovedTo {
  where: 'here' | 'elsewhere' | 'nowhere';
  url: string | null;
}

/** Seen from a placement that retires. */
export function movedTo({ placements }: Delivery, line: Placement, linkTo: LinkTo): MovedTo {
  // Where somebody's own card went is theirs alone to know.
  const live = placements.find(({ state, to }) => state === 'live' && to === line.to);
  if (!live) return { where: 'nowhere', url: null };
  return {
    where: live.conversation === line.conversation ? 'here' : 'elsewhere',
    url: live.activityId ? linkTo(live.conversation, live.activityId) : null,
  };
}

/** The line that a card becomes; `what` is what the card was about: a case reference, or the title of a list. */
export function movedMessage(what: string, texts: Texts, { where, url }: MovedTo): CardMessage {
  const line = texts(`moved.${where}`, { what });
  return {
    card: card(texts, {
      speak: line,
      body: [text(withoutMarkdown(line), { isSubtle: true })],
      actions: url ? [link(texts('moved.toCard'), url)] : [],
    }),
    summary: line,
  };
}
