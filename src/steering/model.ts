import type { Ledger } from '../audit/model.ts';
import type { Delivery } from '../delivery/model.ts';
import type { BodyHolding } from '../meetings/model.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { Move } from '../shared/order.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Seen } from '../shared/seen.ts';

/**
 * What a body that decides has before it at one of its meetings: the agenda, from its first item on. One document. What people
 * have written of it is sealed; nothing is ever taken out: what is removed is marked, and can come back.
 */
export interface Sitting {
  /** Counts the sittings of its body from 1. */
  id: string;
  body: BodyId;
  /** The holding of a meeting for which it is; null while none is planned. */
  holding: Holding | null;
  /** In the order in which they are dealt with; those that wait for a word of who keeps the agenda are among them. */
  items: readonly Item[];
  /** When it was begun, and by whom. */
  begun: Mark;
  /** When it went out to those who meet; null while it grows. */
  sent: Mark | null;
  /** ISO 8601 instant since which those who have got it are to hear that it has changed; null while they know all. */
  untold: string | null;
  /** Those who have been given a card of it, once it went out, and when: ISO 8601 instants. */
  holders: Readonly<Record<PersonId, string>>;
  /** What people have said of whether they come, as the meeting has it. */
  comings: BodyHolding['comings'];
  /** The meeting was a week ago, or there is none any more: its card stays as it is. */
  over: boolean;
  ledger: Ledger;
  delivery: Delivery;
}

/** As it was when it was last looked at. */
export type Holding = Omit<BodyHolding, 'comings'>;

export interface Mark {
  by: PersonId | 'ankarbot';
  /** ISO 8601 instant. */
  at: string;
}

export interface Item extends ItemFacts {
  /** Its code, for what every agenda has; else a UUID. */
  id: string;
  /** What the bot knows it as, and so what it is called in every language; null for what somebody has written. */
  code: ItemCode | null;
  /** Which year it is about, for what a year brings; null for all others. */
  year: number | null;
  /** What was written of it, a sealed {@link Words}; null while nobody has. */
  words: Envelope | null;
  state: ItemState;
  /** Who brought it up, and when. */
  begun: Mark;
  /** What has become of it since the agenda went out; null for nothing. */
  late: 'added' | 'changed' | 'removed' | null;
}

/** What is said of an item beside its words. */
export interface ItemFacts {
  kind: ItemKind;
  /** Who presents it; null when nobody is named. */
  presenter: PersonId | null;
  /** How long it takes; null when nobody has said so. */
  minutes: number | null;
  /** Addresses of its material, each beginning with `https:`. */
  links: readonly string[];
  /** Only those who have a seat see it, and who keeps the agenda. */
  confidential: boolean;
}

export const itemKinds = ['information', 'discussion', 'decision'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** What every agenda begins and ends with. */
export const standingCodes = [
  'opening',
  'quorum',
  'checkers',
  'approval',
  'followUp',
  'figures',
  'other',
  'next',
  'closing',
] as const;
/** What a year brings. */
export const seasonCodes = ['operatingPlan', 'annualReport', 'agreement', 'survey'] as const;
export type SeasonCode = (typeof seasonCodes)[number];
export type ItemCode = (typeof standingCodes)[number] | SeasonCode;

export type ItemState =
  /** It waits for a word of who keeps the agenda. */
  { is: 'proposed' } | { is: 'accepted' } | ({ is: 'declined' | 'removed' } & Mark);

/** A text in as many languages as somebody has written it in. */
export type Written = Readonly<Partial<Record<Language, string>>>;

/** What was written of an item. Exists in memory only while it is shown or changed. */
export interface Words {
  title: Written;
  /** What it is about. */
  background: Written;
  /** What is proposed to be decided. */
  proposal: Written;
}

export const wordFields = ['title', 'background', 'proposal'] as const satisfies readonly (keyof Words)[];

export const limits = {
  title: 150,
  background: 2_000,
  proposal: 1_000,
  /** Minutes of one item. */
  longest: 8 * 60,
  links: 5,
  link: 1_000,
  /** Items of one agenda, those that were removed or declined included. */
  items: 100,
  /** Proposals of one person that wait at one time. */
  proposals: 10,
} as const;

export type AgendaCommand =
  /** From a member, for who keeps the agenda to look at; from those it is on the agenda at once. */
  | { do: 'add'; item: string; content: Content }
  | { do: 'change'; item: string; content: Content }
  | { do: 'accept' | 'decline' | 'remove' | 'restore'; item: string }
  | ({ do: 'move'; item: string } & Move)
  | { do: 'send' };

/** What a form says of an item, its words sealed. */
export interface Content extends ItemFacts {
  words: Envelope | null;
}

/** The same as it was typed, in one language; what was empty is no more. */
export interface TypedContent extends ItemFacts {
  language: Language;
  typed: Readonly<Record<keyof Words, string>>;
}

/** A command as a person gives it; what is to be sealed is still text. */
export type AgendaPress =
  | Exclude<AgendaCommand, { do: 'add' | 'change' }>
  | { do: 'add'; item: string; content: TypedContent }
  | ({ do: 'change'; item: string; content: TypedContent } & Seen);
