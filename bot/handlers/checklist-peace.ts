import { type ChecklistParts, listData, refOf, unlessUnseen } from './checklist-pages.ts';
import { createPerReader } from './per-reader.ts';
import type { VerbDefinition } from './verb.ts';

/** Which message of a list it is: what every button of its shared card carries. */
const messageData = listData.required({ placement: true });

/**
 * Leaves the message of a list alone while somebody fills in a form there that is not this list's: of an item of another
 * one, or for a list that is to be. Such a form carries nothing of the message, which is known from their earlier presses
 * there. The list's own forms see to it with what they read and write anyway.
 */
export function createPeace({ checklists, clock, background }: ChecklistParts) {
  const messages = createPerReader<ReturnType<typeof messageData.parse>>(clock);

  return (definition: VerbDefinition): VerbDefinition => ({
    ...definition,
    async answer(press, data) {
      const own = messageData.safeParse(data).data;
      const message = own ?? messages.of(press);
      if (message) messages.note(press, message);
      const card = await definition.answer(press, data);
      if (message && !own) {
        const change = takesInput(card.body) ? checklists.openForm : checklists.closeForm;
        background(() => unlessUnseen(change(press.actor, refOf(message), message.placement)));
      }
      return card;
    },
  });
}

/** Something can be typed or chosen there. */
function takesInput(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return ('type' in part && String(part.type).startsWith('Input.')) || Object.values(part).some(takesInput);
}
