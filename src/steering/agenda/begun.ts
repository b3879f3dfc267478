import { emptyLedger } from '../../audit/model.ts';
import { newDelivery } from '../../delivery/model.ts';
import type { BodyId } from '../../shared/ids.ts';
import {
  type Holding,
  type Item,
  type ItemKind,
  type Mark,
  type SeasonCode,
  type Sitting,
  seasonCodes,
  standingCodes,
} from '../model.ts';

/** What an agenda begins with: what every meeting has, and what the year brings. */

const kinds: Readonly<Record<Item['code'] & string, ItemKind>> = {
  opening: 'information',
  quorum: 'decision',
  checkers: 'decision',
  approval: 'decision',
  followUp: 'information',
  figures: 'discussion',
  other: 'discussion',
  next: 'decision',
  closing: 'information',
  operatingPlan: 'decision',
  annualReport: 'decision',
  agreement: 'decision',
  survey: 'discussion',
};

/** An item that somebody or the bot brings up: nothing is said of it yet. */
export function newItem(id: string, begun: Mark, over: Partial<Item> = {}): Item {
  return {
    id,
    code: null,
    year: null,
    carried: null,
    kind: 'discussion',
    words: null,
    presenter: null,
    minutes: null,
    confidential: false,
    state: { is: 'accepted' },
    begun,
    late: null,
    document: null,
    ...over,
  };
}

/** Where a matter comes that somebody or the year brings: before the other matters, else last of all. */
export function placed(items: readonly Item[], ...added: readonly Item[]): Item[] {
  const other = items.findIndex(({ code }) => code === 'other');
  return items.toSpliced(other < 0 ? items.length : other, 0, ...added);
}

/** What a year brings, by the date of the meeting. */
export interface SeasonPolicy {
  /** From the first to the last month, 1–12, in which it is approved. */
  operatingPlan: Season;
  annualReport: Season;
  /** Until when the cooperation agreement runs, an ISO 8601 date; null when nobody has said so. */
  agreementUntil: string | null;
  /** A year in which the survey is made; then again every second. */
  surveyYear: number;
}

export interface Season {
  from: number;
  to: number;
}

/** A matter that comes back every so often, and of which year it is. */
export interface SeasonMatter {
  code: SeasonCode;
  year: number;
}

/** The months before the end of the agreement in which it is to be talked over. */
const agreementMonths = 12;

/** What the season brings to a meeting on this date. */
export function mattersOf(date: Temporal.PlainDate, policy: SeasonPolicy): SeasonMatter[] {
  const within = ({ from, to }: Season): boolean => date.month >= from && date.month <= to;
  const { agreementUntil, surveyYear } = policy;
  const until = agreementUntil === null ? null : Temporal.PlainDate.from(agreementUntil);
  const endsSoon = until !== null && Temporal.PlainDate.compare(date, until.subtract({ months: agreementMonths })) >= 0;
  return [
    ...(within(policy.operatingPlan) ? [{ code: 'operatingPlan' as const, year: date.year + 1 }] : []),
    ...(within(policy.annualReport) ? [{ code: 'annualReport' as const, year: date.year - 1 }] : []),
    ...(endsSoon && until ? [{ code: 'agreement' as const, year: until.year }] : []),
    ...((date.year - surveyYear) % 2 === 0 ? [{ code: 'survey' as const, year: date.year }] : []),
  ];
}

/** With what the season brings and no agenda has had yet. */
export function withMatters(
  items: readonly Item[],
  matters: readonly SeasonMatter[],
  known: readonly Pick<Item, 'code' | 'year'>[],
  begun: Mark,
): readonly Item[] {
  const isKnown = ({ code, year }: SeasonMatter): boolean =>
    [...items, ...known].some((one) => one.code === code && one.year === year);
  const missing = seasonCodes.flatMap((code) => matters.filter((one) => one.code === code && !isKnown(one)));
  if (missing.length === 0) return items;
  return placed(
    items,
    ...missing.map(({ code, year }) => newItem(`${code}-${year}`, begun, { code, year, kind: kinds[code] })),
  );
}

export function newSitting(
  { id, body }: { id: string; body: BodyId },
  holding: Holding | null,
  begun: Mark,
  now: Temporal.Instant,
): Sitting {
  return {
    id,
    body,
    holding,
    items: standingCodes.map((code) => newItem(code, begun, { code, kind: kinds[code] })),
    begun,
    sent: null,
    untold: null,
    holders: {},
    comings: {},
    figures: null,
    followUps: [],
    proceedings: null,
    minutes: null,
    over: false,
    ledger: emptyLedger,
    delivery: newDelivery(now),
  };
}
