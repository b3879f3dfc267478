import { AppError } from '../shared/errors.ts';
import type { PersonId } from '../shared/ids.ts';
import { type Language, languages } from '../shared/language.ts';
import type { Envelope } from '../shared/sealed.ts';
import { changedSince, merged, type Parts, requireSeen } from '../shared/seen.ts';
import type { Sealer } from '../storage/envelope.ts';
import {
  chairParts,
  decisionParts,
  heldBy,
  isSettled,
  outcomeParts,
  recordOf,
  recusalParts,
  votersAt,
} from './meeting/proceedings.ts';
import {
  type Action,
  type AgendaCommand,
  type AgendaPress,
  type Content,
  type FollowUp,
  type Item,
  type ItemDocument,
  type ItemRecord,
  type Proceedings,
  type ReadDocument,
  type ReadFollowUp,
  type ReadRecord,
  type RecordCommand,
  type RecordPress,
  type Said,
  type TypedContent,
  type WordField,
  type Words,
  type Written,
  wordFields,
} from './model.ts';
import { isProposed, proposalOf } from './proposal.ts';
import { requireItem } from './standing.ts';
import type { StoredSitting } from './stored.ts';

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

const linkContext = (sitting: StoredSitting, item: string): string => fieldOf(sitting, item, 'document');

/** Binds sealed words to their place, so that they do not open anywhere else. */
const contextOf = (sitting: StoredSitting, item: string): string => fieldOf(sitting, item, 'words');

/** Errors: `agenda.noItem`, `form.overtaken`, `sealed.unreadable`. */
export function toRecordCommand(sealer: Sealer, sitting: StoredSitting, press: RecordPress): RecordCommand {
  if (press.do === 'ballots') {
    const { seen, ballots, ...command } = press;
    const { proceedings } = sitting;
    if (!proceedings) throw new AppError('sitting.notOpen');
    const now = ballotParts({ ...sitting, proceedings }, press.item);
    const given = Object.entries(ballots).map(([seat, option]) => [seat, [now[seat]?.[0] ?? null, option]] as const);
    const next = Object.entries(merged(seen, { ...now, ...Object.fromEntries(given) }, now));
    const changed = next.filter(([seat, [, option]]) => option !== now[seat]?.[1]);
    return { ...command, ballots: Object.fromEntries(changed.map(([seat, [, option]]) => [seat, option])) };
  }
  if (press.do === 'handOn') {
    const { seen, ...command } = press;
    const known = recordOf(sitting.proceedings ?? { records: {} }, press.item).actions.find(
      ({ id }) => id === press.id,
    );
    if (known) requireSeen(seen, { owner: press.owner, due: press.due }, heldBy(known));
    return command;
  }
  if (!('said' in press)) {
    const { seen: _, ...command } = { seen: undefined, ...press };
    return command;
  }
  const before = recordOf(sitting.proceedings ?? { records: {} }, requireItem(sitting, press.item).id);
  const sealed = (field: string, known: Envelope | null, seen?: string): Envelope | null =>
    sealedText(sealer, fieldOf(sitting, press.item, field), press.said, { known, seen });
  /** Where there is to be a text: the form takes no empty one. */
  const needed = (field: string, known: Envelope | null): Envelope => {
    const text = sealed(field, known);
    if (!text) throw new AppError('badInput');
    return text;
  };
  const { said: _, ...command } = press;
  switch (command.do) {
    case 'discuss': {
      const { seen, ...rest } = command;
      return { ...rest, text: sealed('discussion', before.discussion, seen) };
    }
    case 'putToVote': {
      const known = before.vote?.counters.find(({ id }) => id === command.id)?.text ?? null;
      return { ...command, text: needed(`counter-${command.id}`, known) };
    }
    case 'decide': {
      const { seen, as, ...rest } = command;
      const { outcome } = before;
      const known = outcome?.text ?? null;
      const context = fieldOf(sitting, press.item, 'outcome');
      const stands = known ? sealer.open<Written>(known, context) : {};
      const words = rewordedIn(stands, press.said, as !== outcome?.as);
      // Of an outcome and its words nobody writes the half of, in whatever language.
      requireSeen(seen, decisionParts(as, words), decisionParts(outcome?.as ?? null, stands));
      return { ...rest, as, text: isSameWords(words, stands) ? known : sealedWritten(sealer, words, context) };
    }
    case 'dissent': {
      // Whose it is by its seat, which the actor’s own press does not name, so that is written anew.
      const said = press.said.text === '' ? undefined : before.dissents.find(({ seat }) => seat === command.seat);
      return { ...command, text: sealed('dissent', said?.text ?? null) };
    }
    case 'assign': {
      const { seen, ...rest } = command;
      const known = before.actions.find(({ id }) => id === command.id) ?? null;
      const { language, text } = press.said;
      // What a colleague has removed meanwhile does not come back by an older form.
      if (!known && seen !== undefined) throw new AppError('form.overtaken');
      if (!known) return { ...rest, text: needed(`action-${command.id}`, null) };
      const context = fieldOf(sitting, press.item, `action-${known.id}`);
      const stands = sealer.open<Written>(known.text, context);
      requireSeen(seen, actionParts(rest, text), actionParts(known, stands[language] ?? ''));
      const words = rewordedIn(stands, press.said);
      const next = isSameWords(words, stands) ? known.text : sealedWritten(sealer, words, context);
      if (!next) throw new AppError('badInput');
      return { ...rest, text: next };
    }
  }
}

/**
 * What would be changed stands as its sender saw it, and what is decided as it was proposed is proposed somewhere.
 * Errors: `form.overtaken`, `sitting.nothingProposed`.
 */
export function requireAsSeen(sealer: Sealer, sitting: StoredSitting, press: RecordPress): void {
  requireProposed(sealer, sitting, press);
  const { proceedings } = sitting;
  if (!proceedings || !('seen' in press)) return;
  const asSeen = standingFor(sealer, { ...sitting, proceedings }, press);
  const isAsSeen = asSeen.length === 0 || asSeen.some((now) => changedSince(press.seen, now).length === 0);
  if (!isAsSeen) throw new AppError('form.overtaken');
}

/** What its sender may have seen of what it changes, as that stands now, by the languages that there are; empty for all that is merged. */
function standingFor(
  sealer: Sealer,
  sitting: StoredSitting & { proceedings: Proceedings },
  press: RecordPress,
): readonly Parts[] {
  const { proceedings } = sitting;
  if (press.do === 'chair') return [chairParts(proceedings)];
  if (!('item' in press)) return [];
  const { recusals, outcome, actions } = recordOf(proceedings, press.item);
  if (press.do === 'recuse' || press.do === 'unrecuse') return [recusalParts(recusals)];
  if (press.do === 'undecide') return [outcomeParts(outcome)];
  const known = press.do === 'unassign' ? actions.find(({ id }) => id === press.id) : undefined;
  if (!known) return [];
  const words = sealer.open<Written>(known.text, fieldOf(sitting, press.item, `action-${known.id}`));
  return languages.map((language) => actionParts(known, words[language] ?? ''));
}

/** Errors: `sitting.nothingProposed`. */
function requireProposed(sealer: Sealer, sitting: StoredSitting, press: RecordPress): void {
  if (press.do !== 'putToVote' && !(press.do === 'decide' && press.as === 'asProposed')) return;
  const item = requireItem(sitting, press.item);
  if (!isProposed(proposalOf(item, openedWords(sealer, sitting, item)))) throw new AppError('sitting.nothingProposed');
}

/** Who votes for each seat and how it has voted, as the form of the votes shows it; empty for not at all. */
export function ballotParts(
  sitting: Pick<StoredSitting, 'items'> & { proceedings: Proceedings },
  item: string,
): Readonly<Record<string, readonly [voter: PersonId | null, option: string]>> {
  const voters = votersAt(sitting, item);
  const votes = recordOf(sitting.proceedings, item).vote?.votes ?? {};
  return Object.fromEntries(
    sitting.proceedings.seats.map(({ id }) => [id, [voters.get(id) ?? null, votes[id]?.option ?? ''] as const]),
  );
}

/** What the form of something to do shows; its text in the reader’s language. */
export const actionParts = ({ owner, due }: Pick<Action, 'owner' | 'due'>, text: string) => ({ text, owner, due });

/**
 * What says another thing in one language is not what it says in the others any more; what was said in none before stands
 * beside them, and what repeats another language adds nothing. With `anew` all else goes.
 */
function rewordedIn(before: Written, { language, text }: Said, anew = false): Written {
  const stands = before[language] ?? '';
  const own: Written = text === '' ? {} : { [language]: text };
  if (anew) return own;
  if (text === stands || (stands === '' && Object.values(before).includes(text))) return before;
  return stands === '' ? { ...before, ...own } : own;
}

const isSameWords = (a: Written, b: Written): boolean => languages.every((one) => (a[one] ?? '') === (b[one] ?? ''));

const sealedWritten = (sealer: Sealer, words: Written, context: string): Envelope | null =>
  Object.keys(words).length === 0 ? null : sealer.seal(words, context);

/** The text in one language beside what there is in others; the known envelope when it says the same. */
function sealedText(
  sealer: Sealer,
  context: string,
  { language, text }: Said,
  { known, seen }: { known: Envelope | null; seen?: string | undefined },
): Envelope | null {
  const before = known ? sealer.open<Written>(known, context) : {};
  const words = merged(seen, { text }, { text: before[language] ?? '' }).text;
  if (words === (before[language] ?? '')) return known;
  const { [language]: _, ...others } = before;
  const next: Written = words === '' ? others : { ...others, [language]: words };
  return Object.keys(next).length === 0 ? null : sealer.seal(next, context);
}

const fieldOf = ({ tenant, body, id }: StoredSitting, item: string, field: string): string =>
  `${tenant}|sitting|${body}|${id}|${item}|${field}`;

/** Errors: `sealed.unreadable`. */
export function openedRecord(sealer: Sealer, sitting: StoredSitting, item: string, record: ItemRecord): ReadRecord {
  const open = (field: string, text: Envelope | null): Written =>
    text ? sealer.open<Written>(text, fieldOf(sitting, item, field)) : {};
  const { chair, vote, outcome, dissents, actions, discussion, recusals } = record;
  return {
    chair,
    discussion: open('discussion', discussion),
    recusals,
    vote: vote && {
      ...vote,
      counters: vote.counters.map(({ id, text }) => ({ id, text: open(`counter-${id}`, text) })),
    },
    outcome: outcome && { ...outcome, text: open('outcome', outcome.text) },
    dissents: dissents.map((one) => ({ ...one, text: open('dissent', one.text) })),
    actions: actions.map((one) => ({ ...one, text: open(`action-${one.id}`, one.text) })),
  };
}

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
  const words = sealer.open<Written>(text, fieldOf(from.sitting, from.item, `action-${id}`));
  return {
    id,
    ...heldBy(from.action),
    sitting: from.sitting.id,
    text: sealer.seal(words, followUpContext(to, id)),
  };
}

const followUpContext = (sitting: StoredSitting, id: string): string => fieldOf(sitting, 'followUp', `from-${id}`);

/** Errors: `sealed.unreadable`. */
export function openedFollowUps(sealer: Sealer, sitting: StoredSitting): ReadFollowUp[] {
  return sitting.followUps.map((one) => ({
    ...one,
    text: sealer.open<Written>(one.text, followUpContext(sitting, one.id)),
  }));
}
