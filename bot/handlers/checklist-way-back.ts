import { button, type Card } from '../../src/cards/elements.ts';
import { dataOf, listCard } from '../../src/checklists/card.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { plainCard } from '../../src/conversations/card.ts';
import {
  type ChecklistParts,
  type ListPages,
  listData,
  page,
  partId,
  refOf,
  unfoldedBy,
  unlessUnseen,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import type { Press, VerbDefinition } from './verb.ts';

/** Which list was pressed, and where in it. */
const pressedData = listData.extend({ block: partId.optional(), item: partId.optional(), page });
type Pressed = ReturnType<typeof pressedData.parse>;

/**
 * Nobody is left without the list when what they press on its card is refused: who may see it gets it, with why above it.
 * Others who have pressed the card that everybody in the chat of its body sees read why, and that card is a press away.
 */
export function createWayBack({ checklists, listSceneFor, pages }: ChecklistParts & { pages: ListPages }) {
  const { regionOf, shown } = pages;

  /** Null where none is known: the list is not to be read, or it was pressed elsewhere. */
  async function wayBack(name: string, press: Press, pressed: Pressed, error: unknown): Promise<Card | null> {
    const reason = explained(error, press, regionOf(press));
    const list = await unlessUnseen(checklists.lastSeen(press.actor, refOf(pressed)));
    if (list) {
      const said = { tone: 'warning', text: reason } as const;
      return shown(press, pressed, list, { card: 'list', unfolded: unfoldedBy(pressed) }, said);
    }
    const seen = await unlessUnseen(seenByAll(press, pressed));
    return seen && toOthers(name, press, pressed, seen, reason);
  }

  /** The list whose card, as it stands before everybody in the chat of its body, was pressed; null for any other press. */
  async function seenByAll({ actor, activityId, reference }: Press, pressed: Pressed): Promise<StoredChecklist | null> {
    const { conversation } = reference;
    return activityId === null ? null : checklists.viewShared(actor, refOf(pressed), { conversation, activityId });
  }

  /** They learn no more than they see, so no block is unfolded for them. */
  function toOthers(name: string, press: Press, pressed: Pressed, list: StoredChecklist, reason: string): Card {
    const { actor, texts } = press;
    const scene = listSceneFor(actor, pressed.placement ?? null);
    if (name === 'checklist.view' && !unfoldedBy(pressed)) return listCard(list, scene);
    const back = button(texts('actions.back'), 'checklist.view', dataOf(list, scene));
    return plainCard(texts, texts('errors.title'), reason, [back]);
  }

  return (name: string, definition: VerbDefinition): VerbDefinition => ({
    ...definition,
    async answer(press, input) {
      try {
        return await definition.answer(press, input);
      } catch (error) {
        const pressed = pressedData.safeParse(input).data;
        const card = pressed && (await wayBack(name, press, pressed, error));
        if (!card) throw error;
        return card;
      }
    },
  });
}
