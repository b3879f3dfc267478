import { AppError } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import type { Envelope } from '../../shared/sealed.ts';
import { broughtIn, merged, overtaken, type Parts } from '../../shared/seen.ts';
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

/** What people write of an item in their own words: sealed on its way in, opened for whoever may see the item. */

const noWords: Words = { title: {}, background: {}, proposal: {}, links: [] };

/** Errors: `agenda.noItem`, `agenda.decidedOn`, `form.overtaken`, `sealed.unreadable`. */
export function toCommand(sealer: Sealer, sitting: StoredSitting, press: AgendaPress): AgendaCommand {
  switch (press.do) {
    case 'add': {
      // The same form once more: what it says is compared with what was added.
      const known = sitting.items.find(({ id }) => id === press.item) ?? null;
      return { ...press, content: contentOf(sealer, sitting, press.item, press.content, known) };
    }
    case 'change': {
      const item = requireItem(sitting, press.item);
      const { seen: _, ...command } = press;
      const typed = contentFrom(
        press.content.language,
        merged(press.seen, partsOf(press.content), partsIn(sealer, sitting, item, press.content.language)),
      );
      requireKept(sitting, item, openedWords(sealer, sitting, item), typed);
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

export function partsIn(sealer: Sealer, sitting: StoredSitting, item: Item, language: Language): ContentParts {
  const words = openedWords(sealer, sitting, item);
  const { kind, presenter, minutes, confidential } = item;
  const typed = (field: WordField): string => words[field][language] ?? '';
  return {
    kind,
    presenter,
    minutes,
    links: words.links,
    confidential,
    title: typed('title'),
    background: typed('background'),
    proposal: typed('proposal'),
  };
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
 * For a form that somebody else was faster than: what its sender has changed, all that they left alone as it stands by now, and
 * the parts that both have changed.
 */
export function contentAgain(
  seen: string | undefined,
  content: TypedContent,
  now: ContentParts,
): { parts: ContentParts; theirs: readonly string[] } {
  const parts = broughtIn(seen, partsOf(content), now);
  return { parts, theirs: overtaken(seen, parts, now) };
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
  /** Without what is empty. */
  const said = (field: WordField): Written =>
    Object.fromEntries(
      Object.entries({ ...before[field], [language]: typed[field] }).filter(([, text]) => text !== ''),
    );
  const words: Words = { title: said('title'), background: said('background'), proposal: said('proposal'), links };
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
