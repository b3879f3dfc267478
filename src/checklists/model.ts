import type { Ledger } from '../audit/model.ts';
import type { Delivery } from '../delivery/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Language, Localised } from '../shared/language.ts';
import type { Move } from '../shared/order.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Seen } from '../shared/seen.ts';

/**
 * A checklist that a body works with. One document; the texts are a snapshot of the template it was begun from, so that a
 * later release changes no list in use. Nothing is ever taken out of it: what is removed is marked, and can come back.
 */
export interface Checklist {
  /** Unique within its body: the template's for lists that ship, with the person's for an induction, else `own-…`. */
  id: string;
  body: BodyId;
  title: Localised;
  /** Whose induction it is; null for the lists of a body. */
  person: PersonId | null;
  blocks: Block[];
  startedAt: string;
  /** Rests in peace: nobody is reminded of it and it counts nowhere; null while it is in use. */
  closed: Mark | null;
  /** The date in the region up to which time has been taken into account. */
  day: string;
  ledger: Ledger;
  delivery: Delivery;
}

export interface Block {
  id: string;
  title: Localised;
  items: Item[];
  removed: Mark | null;
}

export interface Item extends TemplateItem, ItemStatus {
  /** The number of its newest step, and of an undone one: no two steps have the same. */
  step: number;
  /** What can be undone, the newest last. */
  history: Step[];
  /** How it was done the last time, if it has come again since. */
  before: Settled | null;
  removed: Mark | null;
}

/** What people do with an item, all of which can be undone. */
export interface ItemStatus {
  owners: Owner[];
  /** ISO 8601 date; null when none was set. */
  due: string | null;
  /** Sealed text; null when none was written. */
  note: Envelope | null;
  /** The evidence: an address that begins with `https:`. */
  link: string | null;
  state: ItemState;
}

export interface Owner {
  person: PersonId;
  /** The leader who gave it to them; absent when they took it. */
  by?: PersonId;
  since: string;
}

export interface Mark {
  /** `ankarbot` for what the bot does by itself. */
  by: PersonId | 'ankarbot';
  /** ISO 8601 instant. */
  at: string;
}

type Done = Mark & { by: PersonId };

export type ItemState =
  | { is: 'open' }
  /** Done, and waiting for a second person's approval; nobody gives it away meanwhile. */
  | (Done & { is: 'waiting' })
  | (Done & { is: 'done'; approved: Done | null })
  | (Done & { is: 'notApplicable' /** Sealed. */; reason: Envelope });

/** What is sealed of an item, opened. Exists in memory only while it is shown. */
export interface Writings {
  note: string | null;
  /** Why it is not applicable; null when it is. */
  reason: string | null;
}

/** How an item was done before it came again. */
export type Settled = Extract<ItemState, { is: 'done' | 'notApplicable' }> & { link: string | null };

export interface Step {
  number: number;
  by: PersonId;
  at: string;
  what: StepName;
  /** What was there before, of all that it changed. */
  before: Partial<ItemStatus>;
}

export const listScopes = ['region', 'team', 'management', 'steering', 'development', 'person'] as const;
export type ListScope = (typeof listScopes)[number];

export const intervals = ['week', 'month', 'halfYear', 'year', 'twoYears'] as const;
export type Interval = (typeof intervals)[number];

/** A list as it ships, or as a leader writes it. */
export interface Template {
  id: string;
  /** `region`: for any body of the region; `person`: an induction, for one new member. */
  for: ListScope;
  title: Localised;
  blocks: TemplateBlock[];
  /** Where in its file this stands, counted from 1; absent for what was written in the chat. */
  lines?: Readonly<Record<'id' | 'for', number>>;
}

export interface TemplateBlock {
  id: string;
  title: Localised;
  items: TemplateItem[];
}

export interface TemplateItem {
  id: string;
  text: Localised;
  /** Where it comes from, such as "appendix 8, planning 3"; null for what a leader made up. */
  source: string | null;
  /** Done needs evidence and a second person's approval. */
  approval: boolean;
  /** It comes again so often after it was done. */
  every: Interval | null;
  /** 1–12: due at the end of that month, for what comes by the year or half-year. */
  month: number | null;
}

/** What a leader says of an item; its id never changes, nor where it is from. */
export type ItemContent = Omit<TemplateItem, 'id' | 'source'>;

export const lengthLimits = { id: 60, text: 300, title: 120, source: 120, note: 500, link: 1_000 } as const;
/** Characters of a list that is written or pasted into a form: so long, with what is wrong with it, it fits a card again. */
export const longestPaste = 18_000;
/** Ids of lists, blocks and items: lower-case letters, digits and hyphens. */
export const idPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Items of a list, removed ones included: a list is one document. */
export const mostItems = 500;
export const mostBlocks = 50;

/** What its sender saw of a text in three languages. */
export interface WordsSeen extends Seen {
  /** Those that were left empty, and so say the same as the first that was not. */
  following?: readonly Language[] | undefined;
}

export type ItemCommand =
  | { do: 'take' | 'giveBack' | 'done' | 'approve' | 'sendBack' }
  /** All who have it from now on. */
  | ({ do: 'assign'; to: readonly PersonId[] } & Seen)
  | ({ do: 'setDue'; due: string | null } & Seen)
  | ({ do: 'note'; note: Envelope | null } & Seen)
  | ({ do: 'link'; link: string | null } & Seen)
  | { do: 'notApplicable'; reason: Envelope }
  /** `step`: the one that the presser saw. */
  | { do: 'undo'; step: number };
export type StepName = Exclude<ItemCommand['do'], 'undo'>;

/** What is added comes last. */
export type EditCommand =
  | ({ do: 'rename'; title: Localised } & WordsSeen)
  | { do: 'addBlock'; id: string; title: Localised }
  | ({ do: 'changeBlock'; block: string; title: Localised } & WordsSeen)
  | ({ do: 'moveBlock'; block: string } & Move)
  | { do: 'removeBlock' | 'restoreBlock'; block: string }
  | { do: 'addItem'; id: string; block: string; content: ItemContent }
  /** `block`: the other one in which it is to be the last; absent when it stays where it is. */
  | ({ do: 'changeItem'; item: string; content: ItemContent; block?: string } & WordsSeen)
  | ({ do: 'moveItem'; item: string } & Move)
  | { do: 'removeItem' | 'restoreItem'; item: string }
  | { do: 'close' | 'reopen' };

export type ChecklistCommand = ({ item: string } & ItemCommand) | EditCommand;
