import type { Envelope } from '../shared/sealed.ts';
import type { Seen } from '../shared/seen.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { ChecklistCommand, EditCommand, Item, ItemCommand, Writings } from './model.ts';
import { requireItem } from './standing.ts';
import type { StoredChecklist } from './stored.ts';

/** What people write of an item in their own words: sealed on its way in, opened only for whoever asks to read it. */

/** A command as a person gives it; what is to be sealed is still text. */
export type ChecklistPress =
  | ({ item: string } & (
      | Exclude<ItemCommand, { do: 'note' | 'notApplicable' }>
      | ({ do: 'note'; note: string | null } & Seen)
      | { do: 'notApplicable'; reason: string }
    ))
  | EditCommand;

/** Errors: `checklist.noItem`. */
export function toCommand(sealer: Sealer, list: StoredChecklist, press: ChecklistPress): ChecklistCommand {
  if (press.do === 'note') {
    const item = requireItem(list, press.item);
    const note = press.note === null ? null : sealed(sealer, contextOf(list, item, 'note'), press.note, item.note);
    return { ...press, note };
  }
  if (press.do === 'notApplicable') {
    const item = requireItem(list, press.item);
    const known = item.state.is === 'notApplicable' ? item.state.reason : null;
    return { ...press, reason: sealed(sealer, contextOf(list, item, 'reason'), press.reason, known) };
  }
  return press;
}

/** The known envelope when it says the same: so what is pressed twice counts once. */
function sealed(sealer: Sealer, context: string, text: string, known: Envelope | null): Envelope {
  return known && sealer.open<string>(known, context) === text ? known : sealer.seal(text, context);
}

/** Errors: `sealed.unreadable`. */
export function opened(sealer: Sealer, list: StoredChecklist, item: Item): Writings {
  const { note, state } = item;
  return {
    note: note && sealer.open<string>(note, contextOf(list, item, 'note')),
    reason: state.is === 'notApplicable' ? sealer.open<string>(state.reason, contextOf(list, item, 'reason')) : null,
  };
}

/** Binds sealed text to its place, so that it does not open anywhere else. */
function contextOf({ tenant, body, id }: StoredChecklist, item: Item, field: keyof Writings): string {
  return `${tenant}|checklist|${body}|${id}|${item.id}|${field}`;
}
