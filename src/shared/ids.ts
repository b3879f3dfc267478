declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Microsoft Entra tenant id, from the verified activity or the region file. */
export type TenantId = Branded<'TenantId'>;
/** A person's Microsoft Entra object id (`aadObjectId`). */
export type PersonId = Branded<'PersonId'>;
/** A body of the region: `team:lojo`, `management:vastra-nyland`, `steering:vastra-nyland`. */
export type BodyId = Branded<'BodyId'>;
/** A case reference such as `LOJ-2026-0001`: team code, year, number. It identifies nobody. */
export type CaseReference = Branded<'CaseReference'>;
/** A Teams conversation id. */
export type ConversationId = Branded<'ConversationId'>;

/** Entra's ids are GUIDs, which some write in capitals; ours are compared as text. */
export const tenantId = (value: string): TenantId => value.toLowerCase() as TenantId;
export const personId = (value: string): PersonId => value.toLowerCase() as PersonId;
export const bodyId = (value: string): BodyId => value as BodyId;
export const conversationId = (value: string): ConversationId => value as ConversationId;

const referencePattern = /^([A-ZÅÄÖ]{2,5})-(\d{4})-(\d{4,7})$/;

/** The parts of a case reference, or null when `text` is none. Upper and lower case are both understood. */
export function parseReference(text: string): { reference: CaseReference; code: string; year: number } | null {
  const upper = text.trim().toUpperCase();
  const match = referencePattern.exec(upper);
  if (!match?.[1]) return null;
  return { reference: upper as CaseReference, code: match[1], year: Number(match[2]) };
}

/** A word before a date, "den 2026-12-03", is none; an ending, "LOJ-2026-0001s" or "LOJ-2026-0001:n", is part of it. */
const writtenReference =
  /(?<![\p{L}\p{N}])(\p{L}{2,5})(?: ?\p{Pd} ?| )(\d{4})(?: ?\p{Pd} ?| )(\d{1,7})(?:[:'’]\p{L}{1,5}|[sn])?(?![\p{L}\p{N}]|\p{Pd}\d)/gu;

/**
 * The first case reference in a text, also with other dashes or without the zeros (`loj 2026 42`), and how it is written.
 * `isCode` tells what is the code of a team, where that is known.
 */
export function findReference(
  text: string,
  isCode: (code: string) => boolean = () => true,
): { reference: CaseReference; written: string } | null {
  for (const [written, letters, year, number = ''] of text.matchAll(writtenReference)) {
    const { reference, code } = parseReference(`${letters}-${year}-${number.padStart(4, '0')}`) ?? {};
    if (reference && code && isCode(code)) return { reference, written };
  }
  return null;
}

/** `number` counts from 1 within a team and year; four digits at least. */
export function formatReference(code: string, year: number, number: number): CaseReference {
  return `${code}-${year}-${String(number).padStart(4, '0')}` as CaseReference;
}

/** Builds the partition of a scope, `tenant|scope`. */
export function partitionOf(tenant: TenantId, scope: string): string {
  return `${tenant}|${scope}`;
}
