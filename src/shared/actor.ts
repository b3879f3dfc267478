import type { BodyId, PersonId, TenantId } from './ids.ts';
import type { Language } from './language.ts';

/** The four professions of an Anchor team; a member of a leading body may have none. */
export const professions = ['police', 'social', 'health', 'youth'] as const;
export type Profession = (typeof professions)[number];

/** `leader` is the team leader, the coordinating manager or the national coordinator, by the kind of body. */
export const roles = ['leader', 'member', 'substitute'] as const;
export type Role = (typeof roles)[number];

export interface Membership {
  readonly body: BodyId;
  readonly role: Role;
  readonly profession: Profession | null;
}

declare const minted: unique symbol;

/**
 * Who acts, with what authority. The brand keeps it from being written as a literal: only {@link mintActor} makes one,
 * and only from what a verified activity or token says.
 */
export interface Actor {
  readonly [minted]: true;
  readonly tenant: TenantId;
  readonly person: PersonId;
  readonly name: string;
  readonly language: Language;
  readonly memberships: readonly Membership[];
}

/** Called in one place of the edge (`bot/teams/actor.ts`); a test holds that nothing else imports it. */
export function mintActor(verified: Omit<Actor, typeof minted>): Actor {
  return Object.freeze({ ...verified, memberships: Object.freeze([...verified.memberships]) }) as Actor;
}

export function membershipIn(actor: Actor, body: BodyId): Membership | null {
  return actor.memberships.find((membership) => membership.body === body) ?? null;
}

export function leads(actor: Actor, body: BodyId): boolean {
  return membershipIn(actor, body)?.role === 'leader';
}
