import { AppError } from '../shared/errors.ts';
import type { Language } from '../shared/language.ts';
import type { Envelope } from '../shared/sealed.ts';
import { merged, type Parts } from '../shared/seen.ts';
import type { Sealer } from '../storage/envelope.ts';
import { requireItem } from './agenda/standing.ts';
import { recordOf } from './meeting/proceedings.ts';
import {
  type Action,
  type AgendaCommand,
  type AgendaPress,
  type Ballot,
  type Content,
  type FollowUp,
  type Item,
  type ItemFacts,
  type ItemRecord,
  outcomes,
  type ReadFollowUp,
  type ReadRecord,
  type RecordCommand,
  type RecordedSeat,
  type RecordPress,
  type Said,
  type TypedContent,
  type Words,
  type Written,
  wordFields,
} from './model.ts';
import type { StoredSitting } from './stored.ts';

/** What people write of an item in their own words: sealed on its way in, opened for whoever may see the item. */

const noWords: Words = { title: {}, background: {}, proposal: {} };

/** Errors: `agenda.noItem`, `form.overtaken`, `sealed.unreadable`. */
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
      return { ...command, content: contentOf(sealer, sitting, item.id, typed, item) };
    }
    default:
      return press;
  }
}

/** What a form of an item is about, in the language in which it is written; each is changed as one. */
export type ContentParts = Parts & ItemFacts & TypedContent['typed'];

export function partsIn(sealer: Sealer, sitting: StoredSitting, item: Item, language: Language): ContentParts {
  const words = openedWords(sealer, sitting, item);
  const { kind, presenter, minutes, links, confidential } = item;
  const typed = (field: keyof Words): string => words[field][language] ?? '';
  return {
    kind,
    presenter,
    minutes,
    links,
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
  const words = Object.fromEntries(wordFields.map((field) => [field, { ...before[field], [language]: typed[field] }]));
  const facts = { kind, presenter, minutes, links, confidential };
  return { ...facts, words: sealedWords(sealer, contextOf(sitting, id), toWords(words), before, known?.words ?? null) };
}

/** Without what is empty. */
function toWords(words: Readonly<Record<string, Words['title']>>): Words {
  const written = (field: keyof Words): Words['title'] =>
    Object.fromEntries(Object.entries(words[field] ?? {}).filter(([, text]) => text !== ''));
  return { title: written('title'), background: written('background'), proposal: written('proposal') };
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
  return isSame(words, noWords) ? null : sealer.seal(words, context);
}

/** In whichever order the languages were written. */
function isSame(a: Words, b: Words): boolean {
  const of = (words: Words): string =>
    JSON.stringify(wordFields.map((field) => Object.entries(words[field]).toSorted(([x], [y]) => (x < y ? -1 : 1))));
  return of(a) === of(b);
}

/** Errors: `sealed.unreadable`. */
export function openedWords(sealer: Sealer, sitting: StoredSitting, { id, words }: Item): Words {
  return words ? sealer.open<Words>(words, contextOf(sitting, id)) : noWords;
}

/** Binds sealed words to their place, so that they do not open anywhere else. */
const contextOf = (sitting: StoredSitting, item: string): string => fieldOf(sitting, item, 'words');

/** Errors: `agenda.noItem`, `form.overtaken`, `sealed.unreadable`. */
export function toRecordCommand(sealer: Sealer, sitting: StoredSitting, press: RecordPress): RecordCommand {
  if (press.do === 'ballots') {
    const { seen, ballots, ...command } = press;
    const { seats = [], records = {} } = sitting.proceedings ?? {};
    const now = ballotParts(seats, recordOf({ records }, press.item).vote?.votes ?? {});
    const next = Object.entries(merged(seen, { ...now, ...ballots }, now));
    return { ...command, ballots: Object.fromEntries(next.filter(([seat, option]) => option !== now[seat])) };
  }
  if (!('said' in press)) return press;
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
      const { language } = press.said;
      const stands = known ? (sealer.open<Written>(known, context)[language] ?? '') : '';
      const now: Parts & { as: string; text: string } = { as: outcome?.as ?? '', text: stands };
      const wanted = merged(seen, { as, text: press.said.text }, now);
      const text = sealedText(sealer, context, { language, text: wanted.text }, { known });
      return { ...rest, as: outcomes.find((one) => one === wanted.as) ?? as, text };
    }
    case 'dissent': {
      // Whose it is by its seat, which the actor’s own press does not name, so every one is written anew.
      return { ...command, text: sealed('dissent', null) };
    }
    case 'assign': {
      const known = before.actions.find(({ id }) => id === command.id)?.text ?? null;
      return { ...command, text: needed(`action-${command.id}`, known) };
    }
  }
}

/** How each seat has voted, as the form of the votes shows it; empty for not at all. */
export function ballotParts(
  seats: readonly Pick<RecordedSeat, 'id'>[],
  votes: Readonly<Record<string, Ballot>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(seats.map(({ id }) => [id, votes[id]?.option ?? '']));
}

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
  const { vote, outcome, dissents, actions, discussion, recusals } = record;
  return {
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

/** The words of an item of another sitting, sealed for where they come to stand. */
export function wordsFor(
  sealer: Sealer,
  from: { sitting: StoredSitting; item: Item },
  to: { sitting: StoredSitting; item: string },
): Envelope | null {
  if (from.item.words === null) return null;
  return sealer.seal(openedWords(sealer, from.sitting, from.item), contextOf(to.sitting, to.item));
}

/** What somebody is still to do by another sitting, for the agenda of this one. Errors: `sealed.unreadable`. */
export function followUpFor(
  sealer: Sealer,
  from: { sitting: StoredSitting; item: string; action: Action },
  to: StoredSitting,
): FollowUp {
  const { done: _, ...action } = from.action;
  const words = sealer.open<Written>(action.text, fieldOf(from.sitting, from.item, `action-${action.id}`));
  return { ...action, sitting: from.sitting.id, text: sealer.seal(words, followUpContext(to, action.id)) };
}

const followUpContext = (sitting: StoredSitting, id: string): string => fieldOf(sitting, 'followUp', `from-${id}`);

/** Errors: `sealed.unreadable`. */
export function openedFollowUps(sealer: Sealer, sitting: StoredSitting): ReadFollowUp[] {
  return sitting.followUps.map((one) => ({
    ...one,
    text: sealer.open<Written>(one.text, followUpContext(sitting, one.id)),
  }));
}
