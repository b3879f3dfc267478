import type { Language, Localised } from '../shared/language.ts';
import data from './codes.json' with { type: 'json' };

/**
 * The coded values of a referral with their labels in three languages. They stand in for the national form's codes
 * until that form is at hand; changing them means changing `codes.json` alone.
 */
export type CodeSet = keyof typeof data;
export type Code<Set extends CodeSet> = keyof (typeof data)[Set] & string;

export type Source = Code<'source'>;
export type Concern = Code<'concern'>;
export type Urgency = Code<'urgency'>;
export type Outcome = Code<'outcome'>;

/** The codes of a set, in the order in which people see them. */
export function codesOf<Set extends CodeSet>(set: Set): readonly [Code<Set>, ...Code<Set>[]] {
  return Object.keys(data[set]) as [Code<Set>, ...Code<Set>[]];
}

export function labelOf<Set extends CodeSet>(set: Set, code: Code<Set>, language: Language): string {
  return labelIn(data[set], code, language);
}

function labelIn(labels: Readonly<Record<string, Localised>>, code: string, language: Language): string {
  return labels[code]?.[language] ?? code;
}

/** The set that holds the reasons of an outcome. */
export const reasonSet = {
  accepted: 'acceptedReason',
  redirected: 'redirectedReason',
  notTakenOn: 'notTakenOnReason',
} as const satisfies Record<Outcome, CodeSet>;
export type Reason = { [O in Outcome]: Code<(typeof reasonSet)[O]> }[Outcome];

/** The reasons of an outcome, in the order in which people see them. */
export function reasonsOf(outcome: Outcome): readonly Reason[] {
  return codesOf(reasonSet[outcome]);
}

export function reasonLabel(outcome: Outcome, reason: Reason, language: Language): string {
  return labelIn(data[reasonSet[outcome]], reason, language);
}
