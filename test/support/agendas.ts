import { leadersOf } from '../../src/directory/model.ts';
import type { BodyHolding } from '../../src/meetings/model.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { bodyId, type PersonId } from '../../src/shared/ids.ts';
import type { Language } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { newItem, newSitting } from '../../src/steering/agenda/begun.ts';
import { decide } from '../../src/steering/agenda/decide.ts';
import { attached } from '../../src/steering/agenda/holding.ts';
import type { AgendaCommand, Content, Item, Sitting } from '../../src/steering/model.ts';
import type { Opening } from '../../src/steering/reading.ts';
import { agendaSettings } from '../../src/steering/settings.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import type { Scene, Transition } from '../../src/steering/transition.ts';
import type { AgendaScene } from '../../src/steering/words-card.ts';
import { actorOf, exampleDirectory, monday, stranger } from './builders.ts';

/** Agendas that no test depends on; a test says only what it is about. */

export const region = exampleDirectory();
export const steeringGroup = bodyId('steering:vastra-nyland');
export const policy = agendaSettings.parse({});

/** Kaisa keeps the agenda; Risto and Carola, his substitute, are of the police, Marjut and Staffan of the county. Petri has no seat. */
const names = {
  kaisa: 'Kaisa Sandberg',
  risto: 'Risto Vainio',
  carola: 'Carola Nyman',
  marjut: 'Marjut Salo',
  staffan: 'Staffan Blomqvist',
  petri: 'Petri Aaltonen',
} as const;
export type Attendant = keyof typeof names;

export function idOf(who: Attendant): PersonId {
  const found = region.people.find(({ name }) => name === names[who]);
  if (!found) throw new Error(`No ${who} in the example region.`);
  return found.id;
}

export const actorFor = (who: Attendant | 'stranger'): Actor =>
  who === 'stranger' ? stranger() : actorOf(idOf(who), 'sv', region);

/** In three weeks, on a Thursday. */
export function holding(over: Partial<BodyHolding> = {}): BodyHolding {
  return {
    meeting: 'meeting-1',
    on: '2026-12-17',
    begins: '2026-12-17T11:00:00Z',
    ends: '2026-12-17T12:00:00Z',
    place: { online: true, where: '' },
    comings: {},
    ...over,
  };
}

/** Opens the words alone, and documents whose address is not sealed: of a meeting nothing was recorded yet. */
export function opening(words: Opening['words']): Opening {
  return {
    words,
    document: ({ document }) => document && { ...document, link: String(document.link) },
    record() {
      throw new Error('Nothing was recorded.');
    },
    followUps: () => [],
  };
}

export function item(id: string, over: Partial<Item> = {}): Item {
  return newItem(id, { by: idOf('kaisa'), at: monday.toString() }, over);
}

/** The steering group's, begun by Kaisa on {@link monday} for {@link holding}. */
export function agenda(over: Partial<StoredSitting> = {}, of: BodyHolding | null = holding()): StoredSitting {
  const begun = { by: idOf('kaisa'), at: monday.toString() };
  const fresh = { ...newSitting({ id: '1', body: steeringGroup }, null, begun, monday), tenant: region.tenant };
  return { ...attached(fresh, of ? [of] : [], monday), ...over };
}

export function content(over: Partial<Content> = {}): Content {
  return {
    words: null,
    kind: 'decision',
    presenter: null,
    minutes: null,
    confidential: false,
    ...over,
  };
}

export function sceneAt(now: Temporal.Instant, who: Attendant | 'stranger', over: Partial<Scene> = {}): Scene {
  return { actor: actorFor(who), now, directory: region, policy, ...over };
}

export function act(
  sitting: Sitting,
  who: Attendant | 'stranger',
  command: AgendaCommand,
  now: Temporal.Instant = monday,
): Transition {
  return decide(sitting, command, sceneAt(now, who));
}

/** What comes of a press; what is refused leaves the agenda as it was. */
export function pressed(...press: Parameters<typeof act>): Transition {
  try {
    return act(...press);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { sitting: press[0], event: null };
  }
}

/** The agenda after these presses, none of which is refused. */
export function played(
  sitting: StoredSitting,
  ...presses: [Attendant, AgendaCommand, Temporal.Instant?][]
): StoredSitting {
  return presses.reduce<StoredSitting>(
    (next, [who, command, now]) => ({ ...act(next, who, command, now).sitting, tenant: sitting.tenant }),
    sitting,
  );
}

export function itemIn({ items }: Pick<Sitting, 'items'>, id: string): Item {
  const found = items.find((one) => one.id === id);
  if (!found) throw new Error(`No item ${id}.`);
  return found;
}

/** Kinds of what was told in private and is not sent yet, with whom, in order. */
export function toldIn({ delivery }: Pick<Sitting, 'delivery'>): [string, PersonId][] {
  return delivery.notices.map(({ kind, to }) => [kind, to]);
}

export function drawnFor(language: Language, over: Partial<AgendaScene> = {}): AgendaScene {
  return { texts: textsFor(language), directory: region, policy, now: monday, placement: null, ...over };
}

export const keepers = leadersOf(region, steeringGroup);
