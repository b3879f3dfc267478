import { AppError } from '../../shared/errors.ts';
import { type Language, languages } from '../../shared/language.ts';
import type { Envelope } from '../../shared/sealed.ts';
import { broughtIn, changedSince, overtaken, type Parts, seenOf } from '../../shared/seen.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { heldBy, isSettled } from '../meeting/proceedings.ts';
import {
  type Action,
  type AgendaCommand,
  type AgendaPress,
  type Content,
  type FollowUp,
  type Item,
  type ItemDocument,
  type ReadDocument,
  type ReadFollowUp,
  type TypedContent,
  type WordField,
  type Words,
  type Written,
  wordFields,
} from '../model.ts';
import { requireItem } from '../standing.ts';
import { type StoredSitting, wordsContext } from '../stored.ts';
import { rewordedIn } from '../written.ts';

/** What people write of an item in their own words: sealed on its way in, opened for whoever may see the item. */

const noWords: Words = { title: {}, background: {}, proposal: {}, links: [] };

/** Errors: `agenda.noItem`, `agenda.decidedOn`, `agenda.untitled`, `form.overtaken`, `sealed.unreadable`. */
export function toCommand(sealer: Sealer, sitting: StoredSitting, press: AgendaPress): AgendaCommand {
  switch (press.do) {
    case 'add': {
      // The same form once more: what it says is compared with what was added.
      const known = sitting.items.find(({ id }) => id === press.item) ?? null;
      return { ...press, content: contentOf(sealer, sitting, press.item, press.content, known) };
    }
    case 'change': {
      const item = requireItem(sitting, press.item);
      const { seen, ...command } = press;
      const { language } = press.content;
      const now = itemContentIn(sealer, sitting, item, language);
      const { parts, theirs } = contentAgain(seen, press.content, now);
      if (theirs.length > 0) throw new AppError('form.overtaken');
      const typed = contentFrom(language, parts);
      requireKept(sitting, item, now.words, typed);
      return { ...command, content: contentOf(sealer, sitting, item.id, typed, item) };
    }
    case 'document': {
      const { document } = requireItem(sitting, press.item);
      const isSame = document && openedLink(sealer, sitting, press.item, document) === press.link;
      return { ...press, link: isSame ? document.link : sealer.seal(press.link, linkContext(sitting, press.item)) };
    }
    default:
      return press;
  }
}

/**
 * What was decided or is voted on stays what was written of it; only a translation may be added.
 * Errors: `agenda.decidedOn`.
 */
function requireKept(
  sitting: StoredSitting,
  { id }: Item,
  before: Words,
  { language, typed, links }: TypedContent,
): void {
  if (!isSettled(sitting, id)) return;
  const isKept = (field: WordField): boolean => {
    const { [language]: known, ...others } = before[field];
    return typed[field] === (known ?? '') || (known === undefined && Object.keys(others).length > 0);
  };
  if (!wordFields.every(isKept) || links.join() !== before.links.join()) throw new AppError('agenda.decidedOn');
}

/** What a form of an item is about, in the language in which it is written; each is changed as one. */
export type ContentParts = Parts & Omit<TypedContent, 'language' | 'typed'> & TypedContent['typed'];

/** What a form of an item shows. */
export interface ItemContent {
  parts: ContentParts;
  /** What stands beside its fields in other languages is among them. */
  words: Words;
  /** What it carries along: the parts, and what is said of each in other languages, of which a form of before tells nothing. */
  seen: string;
}

const beforeOthers = '~';

export function itemContentIn(sealer: Sealer, sitting: StoredSitting, item: Item, language: Language): ItemContent {
  const words = openedWords(sealer, sitting, item);
  const { kind, presenter, minutes, confidential } = item;
  const typed = (field: WordField): string => words[field][language] ?? '';
  const parts = {
    kind,
    presenter,
    minutes,
    links: words.links,
    confidential,
    title: typed('title'),
    background: typed('background'),
    proposal: typed('proposal'),
  };
  return { parts, words, seen: [parts, othersIn(words, language)].map(seenOf).join(beforeOthers) };
}

function othersIn(words: Words, language: Language): Record<WordField, readonly string[]> {
  const others = languages.filter((one) => one !== language);
  const said = (field: WordField): string[] => others.map((one) => words[field][one] ?? '');
  return { title: said('title'), background: said('background'), proposal: said('proposal') };
}

const partsOf = ({ kind, presenter, minutes, links, confidential, typed }: TypedContent): ContentParts => ({
  kind,
  presenter,
  minutes,
  links,
  confidential,
  ...typed,
});

/**
 * What the sender of a form has changed, all that they left alone as it stands by now, and the parts that both have changed: of
 * words in whichever language.
 */
export function contentAgain(
  seen: string | undefined,
  content: TypedContent,
  { parts: now, words }: Pick<ItemContent, 'parts' | 'words'>,
): { parts: ContentParts; theirs: readonly string[] } {
  const [ofParts, ofOthers] = seen?.split(beforeOthers) ?? [];
  const parts = broughtIn(ofParts, partsOf(content), now);
  const both = overtaken(ofParts, parts, now);
  const mine = changedSince(seenOf(now), parts);
  const others = changedSince(ofOthers, othersIn(words, content.language));
  return { parts, theirs: [...both, ...others.filter((field) => mine.includes(field) && !both.includes(field))] };
}

function contentFrom(language: Language, { title, background, proposal, ...facts }: ContentParts): TypedContent {
  return { ...facts, language, typed: { title, background, proposal } };
}

function contentOf(
  sealer: Sealer,
  sitting: StoredSitting,
  id: string,
  { language, typed, kind, presenter, minutes, links, confidential }: TypedContent,
  known: Item | null,
): Content {
  const before = known ? openedWords(sealer, sitting, known) : noWords;
  const said = (field: WordField): Written => rewordedIn(before[field], { language, text: typed[field] });
  const words: Words = { title: said('title'), background: said('background'), proposal: said('proposal'), links };
  // What every agenda has is called as it always is then.
  if (known?.code === null && isSaid(before.title) && !isSaid(words.title)) throw new AppError('agenda.untitled');
  const facts = { kind, presenter, minutes, confidential };
  return { ...facts, words: sealedWords(sealer, contextOf(sitting, id), words, before, known?.words ?? null) };
}

/** The known envelope when it says the same, so what is pressed twice counts once; null where nothing is said. */
function sealedWords(
  sealer: Sealer,
  context: string,
  words: Words,
  before: Words,
  known: Envelope | null,
): Envelope | null {
  if (isSame(words, before)) return known;
  // Links that lay open before go with an envelope that holds none.
  return isSame(words, noWords) && known === null && before.links.length === 0 ? null : sealer.seal(words, context);
}

const isSaid = (words: Written): boolean => Object.keys(words).length > 0;

/** In whichever order the languages were written. */
function isSame(a: Words, b: Words): boolean {
  const of = (words: Words): string => {
    const said = wordFields.map((field) => Object.entries(words[field]).toSorted(([x], [y]) => (x < y ? -1 : 1)));
    return JSON.stringify([said, words.links]);
  };
  return of(a) === of(b);
}

/** Errors: `sealed.unreadable`. */
export function openedWords(sealer: Sealer, sitting: StoredSitting, { id, words, openLinks = [] }: Item): Words {
  const said = words ? sealer.open<Partial<Words>>(words, contextOf(sitting, id)) : {};
  return { ...noWords, links: openLinks, ...said };
}

/** Errors: `sealed.unreadable`. */
export function openedDocument(sealer: Sealer, sitting: StoredSitting, { id, document }: Item): ReadDocument | null {
  return document && { ...document, link: openedLink(sealer, sitting, id, document) };
}

function openedLink(sealer: Sealer, sitting: StoredSitting, item: string, { link }: ItemDocument): string {
  return typeof link === 'string' ? link : sealer.open<string>(link, linkContext(sitting, item));
}

const linkContext = (sitting: StoredSitting, item: string): string => wordsContext(sitting, item, 'document');

const contextOf = (sitting: StoredSitting, item: string): string => wordsContext(sitting, item, 'words');

/** An item of another sitting, what is written of it sealed for where it comes to stand. Errors: `sealed.unreadable`. */
export function itemFor(
  sealer: Sealer,
  from: { sitting: StoredSitting; item: Item },
  to: { sitting: StoredSitting; item: string },
): Item {
  const { openLinks: _, ...item } = from.item;
  const words = openedWords(sealer, from.sitting, from.item);
  const document = openedDocument(sealer, from.sitting, from.item);
  return {
    ...item,
    id: to.item,
    words: isSame(words, noWords) ? null : sealer.seal(words, contextOf(to.sitting, to.item)),
    document: document && { ...document, link: sealer.seal(document.link, linkContext(to.sitting, to.item)) },
  };
}

/** What somebody is still to do by another sitting, for the agenda of this one. Errors: `sealed.unreadable`. */
export function followUpFor(
  sealer: Sealer,
  from: { sitting: StoredSitting; item: string; action: Action },
  to: StoredSitting,
): FollowUp {
  const { id, text } = from.action;
  const words = sealer.open<Written>(text, wordsContext(from.sitting, from.item, `action-${id}`));
  return {
    id,
    ...heldBy(from.action),
    sitting: from.sitting.id,
    confidential: from.sitting.items.some(({ id: item, confidential }) => item === from.item && confidential),
    text: sealer.seal(words, followUpContext(to, id)),
  };
}

const followUpContext = (sitting: StoredSitting, id: string): string => wordsContext(sitting, 'followUp', `from-${id}`);

/** Errors: `sealed.unreadable`. */
export function openedFollowUps(sealer: Sealer, sitting: StoredSitting): ReadFollowUp[] {
  return sitting.followUps.map((one) => ({
    ...one,
    text: sealer.open<Written>(one.text, followUpContext(sitting, one.id)),
  }));
}
