import { AppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/ids.ts';
import { languages } from '../../shared/language.ts';
import type { Envelope } from '../../shared/sealed.ts';
import { changedSince, merged, type Parts, requireSeen, seenOf } from '../../shared/seen.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { openedWords } from '../agenda/writings.ts';
import type {
  Action,
  ItemRecord,
  Proceedings,
  ReadRecord,
  RecordCommand,
  RecordPress,
  Said,
  Written,
} from '../model.ts';
import { isProposed, proposalOf } from '../proposal.ts';
import { requireItem } from '../standing.ts';
import { type StoredSitting, wordsContext } from '../stored.ts';
import {
  askedParts,
  chairParts,
  decisionParts,
  heldBy,
  outcomeParts,
  recordOf,
  recusalParts,
  voteParts,
  votersAt,
} from './proceedings.ts';

/** What people write of what comes of an item: sealed on its way in, and done over nothing that its sender has not seen. */

/** Errors: `agenda.noItem`, `form.overtaken`, `sealed.unreadable`. */
export function toRecordCommand(sealer: Sealer, sitting: StoredSitting, press: RecordPress): RecordCommand {
  if (press.do === 'ballots') {
    const { seen, ballots, ...command } = press;
    const { proceedings } = sitting;
    if (!proceedings) throw new AppError('sitting.notOpen');
    const now = ballotParts({ ...sitting, proceedings }, press.item);
    // Of another vote nothing is brought together, and that is said.
    if (command.on !== undefined && command.on !== seenOf(voteParts(recordOf(proceedings, press.item))))
      return { ...command, ballots };
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
    const { seen: _, asked: __, ...command } = { seen: undefined, asked: undefined, ...press };
    return command;
  }
  const before = recordOf(sitting.proceedings ?? { records: {} }, requireItem(sitting, press.item).id);
  const sealed = (field: string, known: Envelope | null, seen?: string): Envelope | null =>
    sealedText(sealer, wordsContext(sitting, press.item, field), press.said, { known, seen });
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
      const { seen: __, ...rest } = command;
      return { ...rest, text: needed(`counter-${command.id}`, known) };
    }
    case 'decide': {
      const { seen, as, ...rest } = command;
      const { outcome } = before;
      const known = outcome?.text ?? null;
      const context = wordsContext(sitting, press.item, 'outcome');
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
      const context = wordsContext(sitting, press.item, `action-${known.id}`);
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
 * What would be changed stands as its sender saw it, and was asked about where something speaks against it; and what is decided
 * as it was proposed is proposed somewhere. Errors: `form.overtaken`, `sitting.unsure`, `sitting.nothingProposed`.
 */
export function requireAsSeen(sealer: Sealer, sitting: StoredSitting, press: RecordPress): void {
  requireProposed(sealer, sitting, press);
  const { proceedings } = sitting;
  if (!proceedings || !('seen' in press)) return;
  const asSeen = standingFor(sealer, { ...sitting, proceedings }, press);
  const isAsSeen = asSeen.length === 0 || asSeen.some((now) => changedSince(press.seen, now).length === 0);
  if (!isAsSeen) throw new AppError('form.overtaken');
  if (!('asked' in press) || press.asked === undefined) return;
  const asks = askedParts(press.do, { ...sitting, proceedings }, press.item);
  if (press.asked !== (asks && seenOf(asks))) throw new AppError('sitting.unsure');
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
  const record = recordOf(proceedings, press.item);
  const { recusals, outcome, actions } = record;
  if (press.do === 'putToVote') return [voteParts(record)];
  if (press.do === 'recuse' || press.do === 'unrecuse') return [recusalParts(recusals)];
  if (press.do === 'undecide') return [outcomeParts(outcome)];
  const known = press.do === 'unassign' ? actions.find(({ id }) => id === press.id) : undefined;
  if (!known) return [];
  const words = sealer.open<Written>(known.text, wordsContext(sitting, press.item, `action-${known.id}`));
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

/** Errors: `sealed.unreadable`. */
export function openedRecord(sealer: Sealer, sitting: StoredSitting, item: string, record: ItemRecord): ReadRecord {
  const open = (field: string, text: Envelope | null): Written =>
    text ? sealer.open<Written>(text, wordsContext(sitting, item, field)) : {};
  const { chair, vote, outcome, dissents, actions, discussion, recusals, voteRemoved } = record;
  return {
    ...(voteRemoved !== undefined && { voteRemoved }),
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
