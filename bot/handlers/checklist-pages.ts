import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Card, plain, type Said } from '../../src/cards/elements.ts';
import { type ListViewer, listCard, type Unfolded } from '../../src/checklists/card.ts';
import { editCard } from '../../src/checklists/edit-card.ts';
import { exportCard } from '../../src/checklists/export-card.ts';
import { itemCard } from '../../src/checklists/item-card.ts';
import { listsCard } from '../../src/checklists/lists-card.ts';
import type { ChecklistService } from '../../src/checklists/service.ts';
import { itemsOf } from '../../src/checklists/standing.ts';
import type { ListRef, StoredChecklist } from '../../src/checklists/stored.ts';
import { type Body, bodyOfChat, type Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { FilePass } from '../../src/documents/file-pass.ts';
import { leads } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { type BodyId, bodyId } from '../../src/shared/ids.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import { bodiesMeant } from './body.ts';
import { createPerReader } from './per-reader.ts';
import type { ListSceneFor } from './scenes.ts';
import { orphanOf, unlessAway } from './shared-card.ts';
import type { Press } from './verb.ts';

export const bodyName = z.string().max(200);
/** What a block or an item is called within its list. */
export const partId = z.string().max(60);
export const page = z.int().min(0).max(1_000).default(0);

/** What every card of a list carries. */
export const listData = z.object({
  body: bodyName.transform(bodyId),
  list: z.string().max(100),
  placement: z.uuid().max(36).optional(),
});
export type ListData = z.infer<typeof listData>;

export const typed = (limit: number) => z.string().max(limit).optional();
/** What the sender of a form saw before they wrote, see `src/checklists/seen.ts`. */
export const seenBefore = typed(60);
/** Longer than any field takes, so that what is too long comes back with that said. */
export const longest = 20_000;
export const longText = typed(longest);

export interface ChecklistParts {
  checklists: ChecklistService;
  directory: DirectoryService;
  listSceneFor: ListSceneFor;
  /** The whole address at which the file is handed out. */
  fileLink: (pass: FilePass) => string;
  clock: Clock;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

/** What a press says of where in the list it wants to be. */
export function unfoldedBy({
  block,
  item,
  page: at,
}: {
  block?: string | undefined;
  item?: string | undefined;
  page: number;
}): Unfolded | undefined {
  if (item !== undefined) return { item };
  return block === undefined ? undefined : { block, page: at };
}

export const refOf = ({ body, list }: ListData): ListRef => ({ body, id: list });

/** Null also of what is gone, and for whoever may not read it any more: their form shows what they typed, and nothing else. */
export async function unlessUnseen<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await unlessAway(read);
  } catch (error) {
    if (unseen.some((code) => isAppError(error, code))) return null;
    throw error;
  }
}

const unseen = ['checklist.notFound', 'checklist.noItem', 'directory.notAMember'];

/** What somebody reads of a list. */
export type ListView =
  | { card: 'list' | 'edit'; unfolded?: Unfolded | undefined }
  | { card: 'item'; item: string; asTask: boolean }
  | { card: 'export' };

/** What somebody has open in the message of a list: what they read of it or of another one, or which there are of a body. */
type OpenView = { list: ListRef; view: ListView } | { listsOf: BodyId; page: number };

/** `brought`: the list stands at the bottom of its body's chat now; elsewhere it is shown to whoever began it. */
export interface Begun {
  card: Card;
  brought: boolean;
}

/** The cards on which a press ends, whichever it was. */
export type ListPages = ReturnType<typeof createListPages>;

export function createListPages({ checklists, directory, listSceneFor, fileLink, clock, background }: ChecklistParts) {
  /**
   * When the message of a list changes, Teams shows everybody the new shared card and asks at once for each reader's own
   * (`automatic`): who has something open gets that again, as it stands by now.
   */
  const views = createPerReader<OpenView>(clock);
  const regionOf = ({ actor }: Press): Directory => directory.require(actor.tenant);
  const viewerOf = ({ actor }: Press, { body }: Pick<StoredChecklist, 'body'>): ListViewer => ({
    person: actor.person,
    leads: leads(actor, body),
  });

  /** What the presser goes on with, and finds again when Teams asks for it by itself. */
  function shown(press: Press, data: ListData, list: StoredChecklist, view: ListView, said?: Said): Card {
    retireIfOrphan(press, data, list);
    if (!press.automatic) views.note(press, { list: refOf(data), view });
    return drawn(press, data, list, view, said);
  }

  function drawn(press: Press, data: ListData, list: StoredChecklist, view: ListView, said?: Said): Card {
    const scene = listSceneFor(press.actor, data.placement ?? null);
    if (view.card === 'export') {
      const { tenant, person, language } = press.actor;
      return exportCard(list, scene, {
        to: (format) => fileLink({ tenant, person, language, list: refOf(data), format }),
        minutes: passMinutes,
      });
    }
    const viewer = viewerOf(press, list);
    // Whoever leads no more, or reads an item that was removed, is back at the list.
    if (view.card === 'edit' && viewer.leads) return editCard(list, scene, { unfolded: view.unfolded, said });
    if (view.card !== 'item') return listCard(list, scene, { viewer, unfolded: view.unfolded, said });
    const item = itemsOf(list).find(({ id }) => id === view.item);
    if (item) return itemCard(list, item, scene, viewer, { said, asTask: view.asTask });
    return listCard(list, scene, { viewer, unfolded: { item: view.item }, said });
  }

  /** What Teams asks for by itself: what the reader has open there, else the list whose message it is. */
  async function shownAgain(press: Press, data: ListData, list: StoredChecklist): Promise<Card> {
    retireIfOrphan(press, data, list);
    const open = views.of(press);
    const again = open && (await unlessUnseen(opened(press, data, list, open)));
    return again ?? drawn(press, data, list, { card: 'list' });
  }

  /** `list` is that of the message; what is open may be another's, and is read with the rights that its reader has by now. */
  async function opened(press: Press, data: ListData, list: StoredChecklist, open: OpenView): Promise<Card> {
    if ('listsOf' in open) {
      const [body] = bodiesMeant(directory, press, { named: open.listsOf });
      return lists(press, body, open.page);
    }
    if (isDeepStrictEqual(open.list, refOf(data))) return drawn(press, data, list, open.view);
    const other = await checklists.view(press.actor, open.list);
    return drawn(press, { body: other.body, list: other.id }, other, open.view);
  }

  /** A card that stands where none should becomes a line. */
  function retireIfOrphan(press: Press, data: ListData, { delivery }: StoredChecklist): void {
    const orphan = orphanOf(press, data.placement, delivery);
    if (orphan) background(() => checklists.retireOrphan(press.actor, refOf(data), orphan));
  }

  /** In its body's chat, where others are to see it too, a list that was just begun comes to the bottom. */
  async function begun(press: Press, list: StoredChecklist): Promise<Begun> {
    if (!isIn(press, list.body)) {
      return { card: shown(press, { body: list.body, list: list.id }, list, { card: 'list' }), brought: false };
    }
    const [body] = bodiesMeant(directory, press, { named: list.body });
    await checklists.bring(press.actor, list);
    return { card: await lists(press, body, 0, brought(press, list)), brought: true };
  }

  const brought = (press: Press, { title, body }: StoredChecklist): Said => {
    const key = isIn(press, body) ? 'checklist.lists.brought' : 'checklist.lists.broughtThere';
    return { tone: 'good', text: press.texts(key, { title: plain(title, press.texts) }) };
  };

  /** Pressed in the chat of that body. */
  const isIn = (press: Press, body: BodyId): boolean =>
    bodyOfChat(regionOf(press), press.reference.conversation)?.id === body;

  async function lists(press: Press, body: Body, at: number, said?: Said): Promise<Card> {
    const { actor, texts, readBy } = press;
    if (!press.automatic) views.note(press, { listsOf: body.id, page: at });
    const found = await checklists.lists(actor, body.id);
    // An induction is its person's and the leaders', and everybody reads the answer to a command.
    const listed = readBy === 'chat' ? found.filter(({ person }) => person === null) : found;
    const inUse = new Set(found.map(({ id }) => id));
    const offered = checklists.offered(body.kind).filter(({ id }) => !inUse.has(id));
    const inChat = isIn(press, body.id);
    const makes = readBy === 'chat' || leads(actor, body.id);
    return listsCard({ body, lists: listed, offered, inChat, page: at, said, makes }, texts, regionOf(press));
  }

  return { regionOf, begun, brought, shown, shownAgain, lists };
}
