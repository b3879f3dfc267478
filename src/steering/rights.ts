import { type Body, bodyOf, type Directory, isMember, leadersOf } from '../directory/model.ts';
import { chairOf, secretaryOf } from '../directory/seats.ts';
import { type Actor, membershipIn } from '../shared/actor.ts';
import { AppError } from '../shared/errors.ts';
import type { BodyId, PersonId } from '../shared/ids.ts';
import type { Item, Sitting } from './model.ts';
import { requireItem } from './standing.ts';

/** Who may see and do what with an agenda. */

/** Teams talk over their cases; all other bodies have an agenda. */
export function hasAgenda({ kind }: Pick<Body, 'kind'>): boolean {
  return kind !== 'team';
}

/** Who keeps the agenda of a body: who leads it, as the coordinating manager does, its chair and its secretary. */
export function keepersOf(body: BodyId, directory: Directory): PersonId[] {
  const offices = [chairOf(directory, body), secretaryOf(directory, body)].filter((person) => person !== null);
  return [...new Set([...leadersOf(directory, body), ...offices])];
}

/**
 * `keeper`: all there is; `member`: what is on the agenda, confidential items too, and what they have proposed; `other`, such as
 * an expert or a chat: what has gone out and is not confidential.
 */
export type Reader = { is: 'keeper' | 'member'; person: PersonId } | { is: 'other' };

export const anybody: Reader = { is: 'other' };

export function readerOf({ body }: Pick<Sitting, 'body'>, person: PersonId, directory: Directory): Reader {
  if (keepersOf(body, directory).includes(person)) return { is: 'keeper', person };
  return isMember(directory, body, person) ? { is: 'member', person } : anybody;
}

/** An agenda that has not gone out is for its body alone. */
export function maySee({ sent }: Pick<Sitting, 'sent'>, reader: Reader): boolean {
  return sent !== null || reader.is !== 'other';
}

export function maySeeItem({ sent }: Pick<Sitting, 'sent'>, item: Item, reader: Reader): boolean {
  if (reader.is === 'keeper') return true;
  // What was taken off before it went out was never there.
  const isOn = item.state.is === 'accepted' || item.late === 'removed';
  if (reader.is === 'member') return isOn || item.begun.by === reader.person;
  return isOn && sent !== null && !item.confidential;
}

/** Something confidential is among what earlier meetings have left to do. */
export function leftSecret({ followUps }: Pick<Sitting, 'followUps'>): boolean {
  return followUps.some(({ confidential = true }) => confidential);
}

/** To this reader something confidential is shown with the item: what is said of it, or what is left to do. */
export function showsSecret(sitting: Sitting, item: Item, reader: Reader): boolean {
  if (item.code === 'followUp' && reader.is !== 'other' && leftSecret(sitting)) return true;
  return item.confidential && maySeeItem(sitting, item, reader);
}

/** Errors: `directory.notAMember`, `agenda.noAgenda` (of a team). */
export function requireMember(body: BodyId, actor: Actor, directory: Directory): Body {
  const known = bodyOf(directory, body);
  if (!known || !membershipIn(actor, body)) throw new AppError('directory.notAMember');
  if (!hasAgenda(known)) throw new AppError('agenda.noAgenda');
  return known;
}

/**
 * The item, for who may change what it says, or take it back: who keeps the agenda, and who has proposed it while it waits.
 * Errors: `agenda.noItem` (also of what they may not see), `agenda.settled`, `agenda.keepersOnly`.
 */
export function requireWriter(sitting: Sitting, id: string, actor: Actor, directory: Directory): Item {
  const item = requireItem(sitting, id);
  const reader = readerOf(sitting, actor.person, directory);
  if (!maySeeItem(sitting, item, reader)) throw new AppError('agenda.noItem');
  if (reader.is === 'keeper' || item.code !== null || item.begun.by !== actor.person) {
    requireKeeper(sitting, actor, directory);
  } else if (item.state.is !== 'proposed') throw new AppError('agenda.settled');
  return item;
}

/** Errors: `agenda.keepersOnly`. */
export function requireKeeper({ body }: Pick<Sitting, 'body'>, actor: Actor, directory: Directory): void {
  if (!keepersOf(body, directory).includes(actor.person)) throw new AppError('agenda.keepersOnly');
}
