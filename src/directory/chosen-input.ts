import { z } from 'zod';
import { type Profession, professions, type Role } from '../shared/actor.ts';
import { type BodyId, bodyId, type PersonId, personId } from '../shared/ids.ts';
import { type Parsed, parseWith } from '../shared/input.ts';
import { type BodyKind, rolesIn } from './model.ts';

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
