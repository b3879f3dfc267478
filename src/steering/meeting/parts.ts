import type { PersonId } from '../../shared/ids.ts';
import type {
  Action,
  Asked,
  Item,
  ItemDocument,
  ItemRecord,
  Outcome,
  Proceedings,
  ReadRecord,
  Vote,
  Words,
  Written,
} from '../model.ts';
import { proposalOf } from '../proposal.ts';
import { inFewer, wordsPart } from '../written.ts';
import { type Options, type Recorded, recordOf, silentAt, votersAt } from './proceedings.ts';

/** What a press carries of what its sender saw of the record, part by part, see `shared/seen.ts`. */

/** What the form of a decision shows beside what is proposed: in every language in which it was worded, and what was said against it. */
export const decisionParts = (
  as: Outcome['as'] | null,
  words: Written,
  dissents: readonly Pick<ReadRecord['dissents'][number], 'seat' | 'text'>[],
) => ({
  decision: [as ?? '', ...wordsPart(words)],
  dissents: dissents.map(({ seat, text }) => [seat, ...wordsPart(text)]),
});

/** What is decided as it was proposed, or put to the vote: in every language, and of which document. */
export const proposalParts = (item: Proposed, words: Words) => ({
  proposal: [...wordsPart(proposalOf(item, words)), item.document?.sha256 ?? ''],
});
interface Proposed extends Pick<Item, 'code' | 'year'> {
  document: Pick<ItemDocument, 'sha256'> | null;
}

/** The same, as it may have been seen before it was said in more languages; first as it stands. */
export const proposalForms = (item: Proposed, words: Words) =>
  inFewer(proposalOf(item, words)).map((proposal) => proposalParts(item, { ...words, proposal }));

/** What the form of a dissenting opinion shows; to who keeps the record all that were written down for others. */
export const dissentParts = (words: Written) => ({ dissent: wordsPart(words) });
export const notedParts = (dissents: readonly Pick<ReadRecord['dissents'][number], 'seat' | 'by' | 'text'>[]) => ({
  noted: dissents.filter(({ by }) => by !== undefined).map(({ seat, text }) => [seat, ...wordsPart(text)]),
});

/**
 * The decision that somebody is against. Of what was decided otherwise than proposed, the counter-proposal that won the vote is part
 * of it, and of what was decided as proposed what is proposed.
 */
export function againstParts({ outcome, vote }: Against, { proposal }: ReturnType<typeof proposalParts>) {
  const { as = '', text = {} } = outcome ?? {};
  const winner = as === 'changed' ? (vote?.ended?.winner ?? '') : '';
  return { against: [as, winner, ...wordsPart(text), ...(as === 'asProposed' ? proposal : [])] };
}

/** The same, as it may have been seen before any of it was said in more languages; `proposed` likewise. */
export function againstForms({ outcome, vote }: Against, proposed: ReturnType<typeof proposalForms>) {
  const outcomes = outcome ? inFewer(outcome.text).map((text) => ({ ...outcome, text })) : [null];
  return outcomes.flatMap((one) => proposed.map((parts) => againstParts({ outcome: one, vote }, parts)));
}
interface Against {
  outcome: Pick<ReadOutcome, 'as' | 'text'> | null;
  vote: Pick<Vote, 'ended'> | null;
}
type ReadOutcome = NonNullable<ReadRecord['outcome']>;

/** Which decision a card shows, in whatever language. */
export const outcomeParts = (outcome: Pick<Outcome, 'at'> | null) => ({ outcome: outcome?.at ?? null });

/** What is voted on, whatever the words of it: never what was voted on before. */
export const voteParts = ({ vote, voteRemoved }: VotedOn) => ({
  on: [voteRemoved ?? null, vote?.counters.map(({ id }) => id) ?? null],
});
interface VotedOn extends Pick<ItemRecord, 'voteRemoved'> {
  vote: Pick<Options, 'counters'> | null;
}

/** What has won the vote that a decision follows: no other one; null where none has ended. */
export const resultParts = (record: VotedOn & { vote: Pick<Vote, 'ended'> | null }) => ({
  result: record.vote?.ended ? [...voteParts(record).on, record.vote.ended.winner] : null,
});

type Ballots = Readonly<Record<string, readonly [voter: PersonId | null, option: string]>>;

/** The same, with these votes written down, by the ids of the seats. */
export function withBallots(now: Ballots, given: Readonly<Record<string, string>>): Ballots {
  const written = Object.entries(given).map(([seat, option]) => [seat, [now[seat]?.[0] ?? null, option]] as const);
  return { ...now, ...Object.fromEntries(written) };
}

/** Who votes for each seat and how it has voted, as the form of the votes shows it; empty for not at all. */
export function ballotParts(sitting: Recorded, item: string): Ballots {
  const voters = votersAt(sitting, item);
  const votes = recordOf(sitting.proceedings, item).vote?.votes ?? {};
  return Object.fromEntries(
    sitting.proceedings.seats.map(({ id }) => [id, [voters.get(id) ?? null, votes[id]?.option ?? ''] as const]),
  );
}

/**
 * What the form of something to do shows, and what has become of it since; as it was before that belonged to it where there is
 * one language, and nothing has, so that forms of before stay valid.
 */
export function actionParts({ owner, due, handed, done }: Omit<Action, 'id' | 'text'>, words: Written) {
  return { text: textPart(words), owner, due: handed || done ? [due, handed, done?.at ?? null] : due };
}

/** What the form of what was said shows. */
export const discussionParts = (words: Written) => ({ text: textPart(words) });

/** A text in every language; as it was in forms of before where there is one. */
function textPart(words: Written) {
  const said = wordsPart(words).filter((text) => text !== '');
  return said.length > 1 ? wordsPart(words) : (said[0] ?? '');
}

/** What the form of who takes no part shows. */
export const recusalParts = (recusals: ItemRecord['recusals']) => ({ recusals });

/** What the form of who chairs shows. */
export const chairParts = ({ chairs, records }: Pick<Proceedings, 'chairs' | 'records'>) => ({
  chairs,
  only: Object.entries(records).flatMap(([item, { chair }]) => (chair ? [[item, chair]] : [])),
});

/**
 * What speaks against it, and so is asked about first: some have not voted, or something goes that people have said, such as
 * votes, what is against a decision, or its words. Null where nothing does.
 */
export function askedParts(does: Asked, sitting: Recorded, item: string): { asked: unknown } | null {
  const record = recordOf(sitting.proceedings, item);
  const { vote, outcome, dissents } = record;
  const { on } = voteParts(record);
  switch (does) {
    case 'endVote': {
      const silent = vote && !vote.ended ? silentAt(sitting, item) : [];
      return silent.length > 0 ? { asked: [on, silent] } : null;
    }
    case 'withdrawVote':
      return vote && Object.keys(vote.votes).length > 0 ? { asked: [on, vote.votes, vote.ended] } : null;
    case 'undecide':
      return outcome && (dissents.length > 0 || outcome.text) ? { asked: [outcome.at, dissents] } : null;
  }
}
