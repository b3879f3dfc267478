import { isDeepStrictEqual } from 'node:util';
import { button, type Card, type CardMessage, withinReach } from '../../src/cards/elements.ts';
import { plainCard } from '../../src/conversations/card.ts';
import { bodyOfChat, teamByCode } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { type CaseReference, parseReference } from '../../src/shared/ids.ts';
import { capitalised } from '../../src/shared/language.ts';
import type { SensitiveKind } from '../../src/shared/sensitive.ts';
import type { Texts } from '../../src/shared/text.ts';
import { createParser, type Reading } from '../commands/parse-command.ts';
import type { Meant } from './command.ts';
import type { Features } from './feature.ts';
import { answerVerb, type Press, requireKnown } from './verb.ts';

/** What people write to the bot. It is read before it is known who wrote it, because it may tell in which language. */
export interface Commands {
  read(text: string): Reading<Meant>;
  /** The message that answers, or null when a card is brought to the bottom instead. */
  answer(press: Press, reading: Reading<Meant>): Promise<CardMessage | null>;
}

export function createCommands(
  { verbs, commands }: Pick<Features, 'verbs' | 'commands'>,
  directory: Pick<DirectoryService, 'require'>,
): Commands {
  const read = createParser(commands);

  async function answer(press: Press, reading: Reading<Meant>): Promise<Card | null> {
    switch (reading.kind) {
      case 'command': {
        const { meant } = reading;
        return meant.answer ? meant.answer(press) : answerVerb(verbs, meant.verb, press, meant.data ?? {});
      }
      case 'sensitive':
        return sensitiveCard(press, reading.kinds);
      case 'unknown':
        return suggestion(
          press,
          isOurs(press, reading.reference) ? (reading.example?.[press.texts.language] ?? null) : null,
        );
    }
  }

  /** What only looks like a case of ours may be a name and a year, and nothing of that kind is repeated. */
  function isOurs({ actor }: Press, reference: CaseReference | null): boolean {
    if (reference === null) return true;
    const code = parseReference(reference)?.code ?? '';
    const team = teamByCode(directory.require(actor.tenant), code);
    return team !== null && membershipIn(actor, team.id) !== null;
  }

  /** In a chat that belongs to no body there is a form in the place of the help. */
  function isUnbound({ actor, reference: { kind, conversation } }: Press): boolean {
    return kind !== 'personal' && bodyOfChat(directory.require(actor.tenant), conversation) === null;
  }

  /** The help, with the command that was probably meant as its first button. */
  async function suggestion(press: Press, example: string | null): Promise<Card> {
    requireKnown(press.actor);
    const { texts } = press;
    const actions = isUnbound(press)
      ? [toBinding(texts)]
      : ((await answerVerb(verbs, 'help.show', press, {})).actions ?? []);
    const lead = example === null ? texts('command.noGuess') : texts('command.didYouMean', { example });
    const card = plainCard(texts, texts('command.unknown'), lead);
    const meant = example === null ? null : read(example);
    if (example === null || meant?.kind !== 'command') return { ...card, actions };
    const { verb, data = {} } = meant.meant;
    const first = button(capitalised(example, texts.language), verb, data, { primary: true });
    // The help may offer the same.
    const same = (action: (typeof actions)[number]): boolean =>
      action.type === 'Action.Execute' && isDeepStrictEqual([action.verb, action.data], [first.verb, first.data]);
    const others = actions.filter((action) => !same(action));
    return {
      ...card,
      actions: withinReach([first, ...others.map((action) => ({ ...action, style: 'default' as const }))]),
    };
  }

  return {
    read,
    async answer(press, reading) {
      const card = await answer(press, reading);
      return card && { card, summary: card.speak ?? '' };
    },
  };
}

const toBinding = (texts: Texts) => button(texts('binding.submit'), 'chat.welcome');

/** Whoever writes it is told; only who is of the directory can hand it in rightly. */
function sensitiveCard({ texts, actor }: Press, kinds: readonly SensitiveKind[]): Card {
  const named = new Intl.ListFormat(texts.language).format(kinds.map((kind) => texts(`sensitive.${kind}`)));
  const handIn = button(texts('help.newReferral'), 'referral.form', {}, { primary: true });
  const text = texts('command.sensitiveText', { kinds: named });
  return plainCard(texts, texts('command.sensitive'), text, actor.memberships.length > 0 ? [handIn] : []);
}
