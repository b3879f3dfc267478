import { AppError } from '../../shared/errors.ts';
import type { Envelope } from '../../shared/sealed.ts';
import { merged, type Parts, requireSeen, requireSeenAs, seenOf } from '../../shared/seen.ts';
import type { Sealer } from '../../storage/envelope.ts';
import { closingParts } from '../agenda/carried.ts';
import { openedWords } from '../agenda/writings.ts';
import type { Dissent, ItemRecord, Proceedings, ReadRecord, RecordCommand, RecordPress, Written } from '../model.ts';
import { isProposed, proposalOf } from '../proposal.ts';
import { requireItem } from '../standing.ts';
import { type StoredSitting, wordsContext } from '../stored.ts';
import type { Scene } from '../transition.ts';
import { isSameWords, isTranslation, rewordedIn } from '../written.ts';
import {
  actionParts,
  againstForms,
  askedParts,
  ballotParts,
  chairParts,
  decisionParts,
  discussionParts,
  dissentParts,
  notedParts,
  outcomeParts,
  proposalForms,
  recusalParts,
  resultParts,
  voteParts,
  withBallots,
} from './parts.ts';
import { heldBy, recordOf, stillHanded } from './proceedings.ts';

/** What people write of what comes of an item: sealed on its way in, and done over nothing that its sender has not seen. */

/** Errors: `agenda.noItem`, `form.overtaken`, `sealed.unreadable`. */
export function toRecordCommand(
  sealer: Sealer,
  sitting: StoredSitting,
  press: RecordPress,
  { actor }: Pick<Scene, 'actor'>,
): RecordCommand {
  if (press.do === 'ballots') {
    const { seen, ballots, ...command } = press;
    const { proceedings } = sitting;
    if (!proceedings) throw new AppError('sitting.notOpen');
    const now = ballotParts({ ...sitting, proceedings }, press.item);
    const record = recordOf(proceedings, press.item);
    const isAnother = command.on !== undefined && command.on !== seenOf(voteParts(record));
    // Of another vote, or one that is over, nothing is brought together, and that is said.
    if (isAnother || !record.vote || record.vote.ended) return { ...command, ballots };
    const next = Object.entries(merged(seen, withBallots(now, ballots), now));
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
  const item = requireItem(sitting, press.item);
  const before = recordOf(sitting.proceedings ?? { records: {} }, item.id);
  const opened = (field: string, known: Envelope | null): Written =>
    known ? sealer.open<Written>(known, wordsContext(sitting, press.item, field)) : {};
  /** What stands there, what it is to be, and that sealed: the known envelope when it says the same. */
  const reworded = (field: string, known: Envelope | null, anew = false) => {
    const stands = opened(field, known);
    const words = rewordedIn(stands, press.said, anew);
    const isSame = isSameWords(words, stands);
    const text = isSame ? known : sealedWritten(sealer, words, wordsContext(sitting, press.item, field));
    return { stands, words, text };
  };
  const { said: _, ...command } = press;
  switch (command.do) {
    case 'discuss': {
      const { seen, ...rest } = command;
      const { stands, words, text } = reworded('discussion', before.discussion);
      requireSeen(seen, discussionParts(words), discussionParts(stands));
      return { ...rest, text };
    }
    case 'putToVote': {
      const known = before.vote?.counters.find(({ id }) => id === command.id)?.text ?? null;
      const { seen: __, ...rest } = command;
      const { text } = reworded(`counter-${command.id}`, known);
      // The form takes no empty one.
      if (!text) throw new AppError('badInput');
      return { ...rest, text };
    }
    case 'decide': {
      const { seen, as, ...rest } = command;
      const { outcome, vote } = before;
      const { stands, words, text } = reworded('outcome', outcome?.text ?? null, as !== outcome?.as);
      const translated = isTranslation(words, stands);
      const said = before.dissents.map((one) => ({ ...one, text: opened('dissent', one.text) }));
      const now = decisionParts(outcome?.as ?? null, stands, said);
      const isSame = isSameWords(words, stands) && as === outcome?.as;
      // Who says nothing leaves what they have seen in other languages, and no more than that.
      const wanted = isSame
        ? { ...now, ...(press.said.text === '' && { decision: decisionParts(as, {}, []).decision }) }
        : decisionParts(as, words, translated ? said : []);
      const proposed = proposalForms(item, openedWords(sealer, sitting, item));
      const result = resultParts(before);
      // As proposed, or otherwise, is what was seen of that, and of what has won; a vote that goes on refuses it by itself.
      const isMade = (as === 'asProposed' || as === 'changed') && !isSame && (!vote || vote.ended !== null);
      const told = proposed.map((parts) => ({ ...now, ...parts }));
      // A form of before tells nothing of what has won, of what was proposed, or of what was said against it either.
      const forms = [...told.map((parts) => ({ ...parts, ...result })), ...told, now, { decision: now.decision }];
      // Of an outcome and its words nobody writes the half of, in whatever language.
      requireSeenAs(seen, isMade ? wanted : { ...wanted, ...proposed[0], ...result }, forms);
      return { ...rest, as, text, translated };
    }
    case 'dissent': {
      const { seen, gone = false, ...rest } = command;
      const isMeant = (one: Pick<Dissent, 'seat' | 'person'>): boolean =>
        rest.seat === null ? one.person === actor.person : one.seat === rest.seat;
      const there = before.dissents.find(isMeant);
      const known = there?.text ?? null;
      const isEmpty = press.said.text === '';
      // A form of before came up empty, whatever was recorded.
      if (isEmpty && seen === undefined) return { ...rest, text: known };
      // Where one of several is chosen, nothing of it stands in the field: left empty, it is not wanted.
      const goes = gone || (isEmpty && rest.seat !== null);
      // What was noted for somebody goes, in every language, once they say it in their own words.
      const isOwn = there?.by !== undefined && there.person === actor.person;
      const isReworded = !isEmpty && press.said.text !== opened('dissent', known)[press.said.language];
      // So does what was noted for somebody once it is noted anew: the field does not begin with it.
      const isAnew = isReworded && (isOwn || rest.seat !== null);
      const { stands, words, text } = reworded('dissent', known, goes || isAnew);
      const noted = before.dissents.map((one) => ({ ...one, text: opened('dissent', one.text) }));
      const next = noted.map((one) => (isMeant(one) ? { ...one, text: words } : one));
      const [wanted, now] =
        rest.seat === null ? [dissentParts(words), dissentParts(stands)] : [notedParts(next), notedParts(noted)];
      const { outcome, vote } = before;
      const decided = outcome && { ...outcome, text: opened('outcome', outcome.text) };
      const proposed = proposalForms(item, openedWords(sealer, sitting, item));
      const against = againstForms({ outcome: decided, vote }, proposed);
      // What is said is said against what was seen; what is not decided any more is refused by itself.
      const isSaid = outcome && !isSameWords(words, stands);
      // A form of before tells nothing of the decision.
      const forms = [...against.map((parts) => ({ ...now, ...parts })), now];
      requireSeenAs(seen, isSaid ? wanted : { ...wanted, ...against[0] }, forms);
      return { ...rest, text };
    }
    case 'assign': {
      const { seen, ...rest } = command;
      const known = before.actions.find(({ id }) => id === command.id) ?? null;
      // What a colleague has removed meanwhile does not come back by an older form.
      if (!known && seen !== undefined) throw new AppError('form.overtaken');
      const { stands, words, text } = reworded(`action-${rest.id}`, known?.text ?? null);
      if (!text) throw new AppError('badInput');
      if (!known) return { ...rest, text };
      const next = { ...rest, handed: stillHanded(known, rest), done: known.done };
      requireSeen(seen, actionParts(next, words), actionParts(known, stands));
      return { ...rest, text, translated: isTranslation(words, stands) };
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
  if (!proceedings) return;
  if (press.do === 'closeMeeting' && press.asked !== undefined && press.asked !== seenOf(closingParts(sitting)))
    throw new AppError('sitting.unsure');
  if (!('seen' in press)) return;
  requireSeenAs(press.seen, {}, standingFor(sealer, { ...sitting, proceedings }, press));
  if (!('asked' in press) || press.asked === undefined) return;
  const asks = askedParts(press.do, { ...sitting, proceedings }, press.item);
  if (press.asked !== (asks && seenOf(asks))) throw new AppError('sitting.unsure');
}

/** What its sender may have seen of what it changes, see `requireSeenAs`; empty for all that is merged. */
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
  if (press.do === 'putToVote') {
    const item = requireItem(sitting, press.item);
    const on = voteParts(record);
    const proposed = proposalForms(item, openedWords(sealer, sitting, item));
    return [on, ...proposed.map((one) => ({ ...on, ...one }))];
  }
  if (press.do === 'recuse' || press.do === 'unrecuse') return [recusalParts(recusals)];
  if (press.do === 'undecide') return [outcomeParts(outcome)];
  const known = press.do === 'unassign' ? actions.find(({ id }) => id === press.id) : undefined;
  if (!known) return [];
  const words = sealer.open<Written>(known.text, wordsContext(sitting, press.item, `action-${known.id}`));
  return [actionParts(known, words)];
}

/** Errors: `sitting.nothingProposed`. */
function requireProposed(sealer: Sealer, sitting: StoredSitting, press: RecordPress): void {
  if (press.do !== 'putToVote' && !(press.do === 'decide' && press.as === 'asProposed')) return;
  const item = requireItem(sitting, press.item);
  if (!isProposed(proposalOf(item, openedWords(sealer, sitting, item)))) throw new AppError('sitting.nothingProposed');
}

const sealedWritten = (sealer: Sealer, words: Written, context: string): Envelope | null =>
  Object.keys(words).length === 0 ? null : sealer.seal(words, context);

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
