import { LRUCache } from 'lru-cache';
import type { ConversationService } from '../../src/conversations/service.ts';
import { bodyOf, bodyOfChat, nameOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { type Actor, mintActor } from '../../src/shared/actor.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { PersonId, TenantId } from '../../src/shared/ids.ts';
import { type Language, languageOf } from '../../src/shared/language.ts';
import type { Provenance, TeamsActivity } from './activity.ts';

/**
 * The one place where authority is made, here of a verified activity. Who is not in the directory of the
 * activity's tenant becomes an actor without memberships, who may do nothing.
 * Errors: `directory.unknownTenant`, `directory.notAMember` (no verified person).
 */
export type ActorOf = (
  activity: TeamsActivity,
  provenance: Provenance,
  /** In what they wrote: goes before all but their own choice, where it is sure. */
  spoken?: Spoken | null,
) => Promise<Actor>;

/**
 * The same of a pass that we have sealed ourselves and opened again: who it was issued to is as sure as the press that it
 * was issued for, and what they may do is what the directory says now. Errors: `directory.unknownTenant`.
 */
export function actorOfPass(
  directory: DirectoryService,
  { tenant, person, language }: Pick<Actor, 'tenant' | 'person' | 'language'>,
): Actor {
  const name = nameOf(directory.require(tenant), person) ?? '';
  return mintActor({ tenant, person, language, name, memberships: directory.memberships(tenant, person) });
}

export interface Spoken {
  language: Language;
  /** It was a command, so that what they press and write afterwards is answered in its language, too. */
  lasts: boolean;
  /** Others write so in their language, too: it tells nothing of whoever’s language is known. */
  unsure?: boolean;
}

/** What they wrote as far as it tells their language; `known` is the one that is known without it, null for none. */
export const telling = (spoken: Spoken | null, known: Language | null): Spoken | null =>
  spoken?.unsure && known ? null : spoken;

/** The language of the Teams of whoever wrote or pressed; null when the activity does not tell. */
export type TeamsLanguageOf = (activity: Pick<TeamsActivity, 'locale'>) => Language | null;

/** The Playground always says en-US, whoever sits before it; so in local mode the locale tells nothing. */
export function createTeamsLanguageOf({ local }: { local: boolean }): TeamsLanguageOf {
  return ({ locale }) => (local ? null : languageOf(locale));
}

const rememberedPeople = 2_000;

export function createActorOf(parts: {
  directory: DirectoryService;
  conversations: Pick<ConversationService, 'chosenLanguage'>;
  /** Local mode lets the Playground's one user act as any of the example people; null everywhere else. */
  actingAs: ((person: PersonId) => PersonId) | null;
  teamsLanguageOf: TeamsLanguageOf;
}): ActorOf {
  const { directory, conversations, actingAs, teamsLanguageOf } = parts;
  /** In which language each spoke last; forgotten with the process, for only a choice is kept. */
  const lastSpoken = new LRUCache<string, Spoken>({ max: rememberedPeople });

  async function languageFor(
    tenant: TenantId,
    person: PersonId,
    activity: TeamsActivity,
    chat: Provenance['reference'],
    spoken: Spoken | null,
  ): Promise<Language> {
    // With the store away nobody's choice can be read; what is left still tells a language to say so in.
    const chosen = await conversations.chosenLanguage(tenant, person).catch((error: unknown) => {
      if (isAppError(error, 'store.unavailable')) return null;
      throw error;
    });
    const name = `${tenant}\n${person}`;
    const last = lastSpoken.get(name);
    const known = chosen ?? telling(last ?? null, teamsLanguageOf(activity))?.language ?? teamsLanguageOf(activity);
    const heard = telling(spoken, known);
    if (heard?.lasts) lastSpoken.set(name, heard);
    const found = chosen ?? heard?.language ?? known;
    if (found) return found;
    const region = directory.require(tenant);
    const chatLanguage = bodyOfChat(region, chat.conversation)?.language;
    const [membership] = directory.memberships(tenant, person);
    const bodyLanguage = membership && bodyOf(region, membership.body)?.language;
    return chatLanguage ?? bodyLanguage ?? 'sv';
  }

  return async (activity, { tenant, by, reference }, spoken = null) => {
    if (!tenant || !directory.of(tenant)) throw new AppError('directory.unknownTenant');
    if (!by) throw new AppError('directory.notAMember');
    const person = actingAs ? actingAs(by.person) : by.person;
    return mintActor({
      tenant,
      person,
      name: nameOf(directory.require(tenant), person) ?? activity.from.name ?? '',
      language: await languageFor(tenant, person, activity, reference, spoken),
      memberships: directory.memberships(tenant, person),
    });
  };
}
