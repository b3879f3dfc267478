import { type Language, languages } from '../../shared/language.ts';
import type { Parts } from '../../shared/seen.ts';
import type {
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
import { type Options, type Recorded, recordOf, silentAt } from './proceedings.ts';

/** What a press carries of what its sender saw of the record, part by part, see `shared/seen.ts`. */

/** What the form of a decision shows, in every language in which it was worded, what was said against it, and what is proposed. */
export const decisionParts = (
  as: Outcome['as'] | null,
  words: Written,
  dissents: readonly Pick<ReadRecord['dissents'][number], 'seat' | 'text'>[],
  proposed: ReturnType<typeof proposalParts>,
) => ({
  decision: [as ?? '', ...wordsPart(words)],
  dissents: dissents.map(({ seat, text }) => [seat, ...wordsPart(text)]),
  ...proposed,
});

/** What is decided as it was proposed, or put to the vote: in every language, and of which document. */
export const proposalParts = (item: Proposed, words: Words) => ({
  proposal: [...wordsPart(proposalOf(item, words)), item.document?.sha256 ?? ''],
});
interface Proposed extends Pick<Item, 'code' | 'year'> {
  document: Pick<ItemDocument, 'sha256'> | null;
}

/** What somebody has written, in every language. */
export const wordsPart = (words: Written) => languages.map((language) => words[language] ?? '');

/** What the form of a dissenting opinion shows; to who keeps the record all that were written down for others. */
export const dissentParts = (words: Written) => ({ dissent: wordsPart(words) });
export const notedParts = (dissents: readonly Pick<ReadRecord['dissents'][number], 'seat' | 'by' | 'text'>[]) => ({
  noted: dissents.filter(({ by }) => by !== undefined).map(({ seat, text }) => [seat, ...wordsPart(text)]),
});

/**
 * The decision that somebody is against, as it may have been seen before it was said in more languages; first as it stands.
 * What won a vote is part of it, and of what was decided as proposed what is proposed.
 */
export function againstParts(
  { outcome, vote }: Against,
  { proposal }: ReturnType<typeof proposalParts>,
): readonly [Parts, ...Parts[]] {
  const { as = '', text = {} } = outcome ?? {};
  const said = languages.filter((one) => text[one] !== undefined);
  const of = (shown: readonly Language[]) => ({
    against: [
      ...[as, vote?.ended?.winner ?? ''],
      ...languages.map((one) => (shown.includes(one) ? (text[one] ?? '') : '')),
      ...(as === 'asProposed' ? proposal : []),
    ],
  });
  const sets: Language[][] = [[]];
  for (const one of said) sets.push(...sets.map((set) => [...set, one]));
  return [of(said), ...sets.filter(({ length }) => length > 0 && length < said.length).map(of)];
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
