import { z } from 'zod';
import type { Card, Said } from '../../src/cards/elements.ts';
import { type Body, bodyOf, bodyOfChat } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { MeetingService } from '../../src/meetings/service.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { agendaCard } from '../../src/steering/agenda/card.ts';
import type { DocumentPasses } from '../../src/steering/agenda/document-pass.ts';
import { type DecisionsView, decisionsCard, listedOn } from '../../src/steering/meeting/decisions-card.ts';
import type { AgendaPress } from '../../src/steering/model.ts';
import { hasAgenda, readerOf, showsSecret } from '../../src/steering/rights.ts';
import type { SteeringService } from '../../src/steering/service.ts';
import type { SittingRef, StoredSitting } from '../../src/steering/stored.ts';
import { explained } from './error-text.ts';
import type { AgendaSceneFor } from './scenes.ts';
import { orphanOf } from './shared-card.ts';
import type { Press } from './verb.ts';

/** What every card of an agenda carries. */
export const agendaData = z.object({
  body: z.string().max(200).transform(bodyId),
  sitting: z.string().max(20),
  placement: z.string().max(100).optional(),
});
export type AgendaData = z.infer<typeof agendaData>;

export const itemId = z.string().max(60);

export const page = z.int().min(0).max(1_000).optional();

/** What comes in from a field. The limits are the model’s: longer text is told at its field, and not thrown away here. */
export const typed = (letters: number) => z.string().max(letters).optional();
export const longest = 20_000;
export const longText = typed(longest);

export const refOf = ({ body, sitting }: AgendaData): SittingRef => ({ body, id: sitting });

export interface AgendaParts {
  steering: SteeringService;
  /** Who comes to a meeting is the meeting's to know. */
  meetings: Pick<MeetingService, 'act'>;
  directory: DirectoryService;
  agendaSceneFor: AgendaSceneFor;
  filePrint: FilePrint;
  documentPasses: DocumentPasses;
  newId: () => string;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

/**
 * What tells a file from every other, SHA-256 in hexadecimal digits, read from the address at which Teams hands it out.
 * Errors: `file.wrongHost`, `file.tooLarge` (`limit`, in megabytes), `file.unreadable`.
 */
export type FilePrint = (address: string) => Promise<string>;

/** Where in the agenda its reader is, and what is said above it. */
export interface Shown {
  said?: Said | undefined;
  item?: string | undefined;
  page?: number | undefined;
}

/** The card on which a press ends, whichever it was. */
export type AgendaPages = ReturnType<typeof createAgendaPages>;

export function createAgendaPages({ steering, directory, agendaSceneFor, background }: AgendaParts) {
  const sceneOf = ({ actor }: Press, { placement = null }: { placement?: string | null | undefined }) =>
    agendaSceneFor(actor, placement);

  /** Of which body is spoken: the named one or the chat's, else the actor's own, else any that has an agenda. */
  function bodiesOf(press: Press, named: string | undefined): Body[] {
    const region = directory.require(press.actor.tenant);
    const all = region.bodies.filter((body) => hasAgenda(body) && !body.closed);
    if (named !== undefined) return [bodyOf(region, bodyId(named))].filter((body) => body !== null);
    const here = bodyOfChat(region, press.reference.conversation);
    if (here && hasAgenda(here)) return [here];
    const own = all.filter(({ id }) => membershipIn(press.actor, id));
    return own.length > 0 ? own : all;
  }

  /** The sitting, for who looks at it or at one of its items; who looks at a confidential one stands in its log. */
  async function looked(press: Press, data: AgendaData, item: string | undefined): Promise<StoredSitting> {
    const { actor, automatic } = press;
    const ref = refOf(data);
    const sitting = automatic
      ? await steering.view(actor, ref)
      : await steering.closeForm(actor, ref, data.placement ?? null);
    return (await noted(press, data, sitting, item)) ?? sitting;
  }

  /** Who is shown something confidential with an item stands in the log of its sitting, before it is shown; null where there is none. */
  async function noted(
    { actor }: Press,
    data: AgendaData,
    sitting: StoredSitting,
    item: string | undefined,
  ): Promise<StoredSitting | null> {
    const reader = readerOf(sitting, actor.person, directory.require(actor.tenant));
    const found = sitting.items.find(({ id }) => id === item);
    return found && showsSecret(sitting, found, reader) ? steering.look(actor, refOf(data), found.id) : null;
  }

  /** The presser's own view. A card that stands where none should becomes a line. */
  function shown(press: Press, data: AgendaData, sitting: StoredSitting, { said, item, page }: Shown = {}): Card {
    const orphan = orphanOf(press, data.placement, sitting.delivery);
    if (orphan) background(() => steering.retireOrphan(press.actor, refOf(data), orphan));
    const reading = steering.read(sitting, press.actor.person);
    return agendaCard(reading, sceneOf(press, data), { said, unfolded: item, page });
  }

  /** What the body has decided, and what is to be done for it. Errors: those of `steering.latest`. */
  async function decisions(press: Press, body: Body, view: DecisionsView): Promise<Card> {
    const all = await steering.latest(press.actor, body.id);
    for (const { sitting, item } of listedOn(all, view.page))
      if (item.confidential) await steering.look(press.actor, { body: body.id, id: sitting.id }, item.id);
    return decisionsCard(body, all, view, sceneOf(press, {}));
  }

  /** Does it, and shows the agenda as it stands now; when it cannot be done, that says why. */
  async function act(press: Press, data: AgendaData, command: AgendaPress, show: Shown = {}): Promise<Card> {
    try {
      const next = await steering.act(press.actor, refOf(data), command, data.placement ?? null);
      await noted(press, data, next, show.item);
      return shown(press, data, next, show);
    } catch (error) {
      return refused(press, data, error, show);
    }
  }

  async function refused(press: Press, data: AgendaData, error: unknown, show: Shown = {}): Promise<Card> {
    if (isAppError(error, 'agenda.notFound')) throw error;
    const text = explained(error, press, sceneOf(press, data).directory);
    const sitting = await steering.lastSeen(press.actor, refOf(data));
    await noted(press, data, sitting, show.item);
    return shown(press, data, sitting, { ...show, said: { tone: 'warning', text } });
  }

  return { sceneOf, bodiesOf, looked, noted, shown, decisions, act, refused };
}
