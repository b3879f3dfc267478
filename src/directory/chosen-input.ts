import { z } from 'zod';
import { type Profession, professions, type Role } from '../shared/actor.ts';
import { type BodyId, bodyId, type PersonId, personId } from '../shared/ids.ts';
import { type Parsed, parseWith } from '../shared/input.ts';
import { type BodyKind, type Holder, rolesIn } from './model.ts';

/** What is chosen from the directory: a colleague, a body, and what a member is in it. */

export interface MemberInput {
  person: PersonId;
  role: Role;
  /** Null when none was chosen; whether there must be one is the model's to know. */
  profession: Profession | null;
}

const person = z.string().min(1).max(200).transform(personId);

/** A member as a leader sets them, in a body of this kind. */
export function parseMember(input: unknown, kind: BodyKind): Parsed<MemberInput> {
  const schema = z.object({
    person,
    role: z.enum(rolesIn(kind)).default('member'),
    profession: z
      .enum(professions)
      .optional()
      .transform((chosen) => chosen ?? null),
  });
  return parseWith(schema, input);
}

const colleagueSchema = z.object({ person });

/** A colleague to whom something is given, or who is asked. */
export function parseColleague(input: unknown): Parsed<{ person: PersonId }> {
  return parseWith(colleagueSchema, input);
}

const bodySchema = z.object({ body: z.string().min(1).max(200).transform(bodyId) });

/** The body that a chat belongs to. */
export function parseBodyChoice(input: unknown): Parsed<{ body: BodyId }> {
  return parseWith(bodySchema, input);
}

/** Who is to hold a place in a seat, and from when until when. */
export type HoldingInput = Pick<Holder, 'from' | 'to'> & { person: PersonId };

const day = z.iso
  .date()
  .optional()
  .transform((date) => date ?? null);
const holdingSchema = z.object({ person, from: day, to: day });
const newHoldingSchema = holdingSchema.extend({ from: z.iso.date() });

/** Of who holds it already the first day may be one that nobody knows. */
export function parseHolding(input: unknown, isNew: boolean): Parsed<HoldingInput> {
  return parseWith(isNew ? newHoldingSchema : holdingSchema, input);
}

/** In place of a person, where there is to be none. */
export const nobody = 'nobody';

const chosen = person.optional().transform((id) => (id === undefined || id === nobody ? null : id));
const officesSchema = z.object({ chair: chosen, secretary: chosen });

export function parseOffices(input: unknown): Parsed<{ chair: PersonId | null; secretary: PersonId | null }> {
  return parseWith(officesSchema, input);
}
