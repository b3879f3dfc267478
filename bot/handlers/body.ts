import { type Body, type BodyKind, bodyOf, bodyOfChat } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { AppError } from '../../src/shared/errors.ts';
import { type BodyId, bodyId, type ConversationId } from '../../src/shared/ids.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import type { Press } from './verb.ts';

type Asked = Pick<Press, 'actor' | 'reference'>;

/**
 * Which body is meant: the one that the card names, else that of the chat if the actor belongs to it, else the actor's
 * own. Several when that does not tell which one; `whichBodyCard` asks then. `kind` leaves out bodies of another kind.
 * Errors: `directory.notAMember` (of the named body, or of any), `directory.notInATeam`.
 */
export function bodiesMeant(
  directory: DirectoryService,
  { actor, reference }: Asked,
  { named, kind }: { named?: string | undefined; kind?: BodyKind } = {},
): readonly [Body, ...Body[]] {
  const region = directory.require(actor.tenant);
  const own = actor.memberships
    .flatMap(({ body }) => bodyOf(region, body) ?? [])
    .filter((body) => kind === undefined || body.kind === kind);
  const sought = named === undefined ? bodyOfChat(region, reference.conversation)?.id : bodyId(named);
  const found = own.find(({ id }) => id === sought);
  if (found) return [found];
  const [first, ...others] = named === undefined ? own : [];
  if (first) return [first, ...others];
  throw named === undefined && kind === 'team'
    ? new AppError('directory.notInATeam')
    : new AppError('directory.notAMember');
}

/** For what everyone in a chat reads: its body's language; that of whoever pressed where there is none. */
export function textsOfChat(directory: DirectoryService, { actor }: Asked, conversation: ConversationId): Texts {
  return textsFor(bodyOfChat(directory.require(actor.tenant), conversation)?.language ?? actor.language);
}

/**
 * The answer to a command is read by everyone in the chat, strangers too: what is a body's own, its cases and its people,
 * is said in its chat, and to whoever asks in private. Errors: `directory.notHere`.
 */
export function requireDiscretion(
  directory: DirectoryService,
  press: Asked & Pick<Press, 'readBy'>,
  body: BodyId,
): void {
  if (press.readBy === 'presser') return;
  const here = bodyOfChat(directory.require(press.actor.tenant), press.reference.conversation);
  if (here?.id !== body) throw new AppError('directory.notHere');
}
