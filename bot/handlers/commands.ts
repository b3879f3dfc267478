import { button, type Card, type CardMessage } from '../../src/cards/elements.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import { plainCard } from '../../src/conversations/card.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { BodyId } from '../../src/shared/ids.ts';
import type { Texts } from '../../src/shared/text.ts';
import { type Command, parseCommand } from '../commands/parse-command.ts';
import type { CommandName } from '../commands/vocabulary.ts';
import type { LocalPlay } from '../local/verbs.ts';
import { bodyHere } from './chat.ts';
import { answerVerb, type Press, type VerbTable } from './verb.ts';

export interface CommandParts {
  directory: DirectoryService;
  referrals: ReferralService;
  verbs: VerbTable;
  /** Null outside local mode. */
  local: LocalPlay | null;
}

/** A person's words to the bot → the message that answers them, or null when a card is brought to the bottom instead. */
export type AnswerCommand = (press: Press, text: string) => Promise<CardMessage | null>;

/** A command is a press in words: most lead to the same verbs as the buttons. */
export function createCommands({ directory, referrals, verbs, local }: CommandParts): AnswerCommand {
  const pressing = (press: Press, verb: Verb, data: object = {}): Promise<Card> => answerVerb(verbs, verb, press, data);

  /** The answer to a command is read by everyone in the chat, and a team never sees another team's cases. */
  function requireDiscretion(press: Press, isItsOwn: (body: BodyId) => boolean): void {
    const here = bodyHere(directory, press);
    if (press.reference.kind === 'personal' || (here?.kind === 'team' && isItsOwn(here.id))) return;
    throw new AppError('referral.notHere');
  }

  async function answer(press: Press, command: Command): Promise<Card | null> {
    const { texts } = press;
    switch (command.name) {
      case 'newReferral':
        return pressing(press, 'referral.form');
      case 'listReferrals': {
        const card = await pressing(press, 'referral.list', { filter: command.filter });
        requireDiscretion(press, (team) => membershipIn(press.actor, team) !== null);
        return card;
      }
      case 'showReferral': {
        const card = await pressing(press, 'referral.view', { id: command.reference });
        const { team } = await referrals.view(press.actor, command.reference);
        requireDiscretion(press, (here) => here === team);
        if (press.reference.kind === 'personal') return card;
        await referrals.bring(press.actor, command.reference);
        return null;
      }
      case 'help':
        return pressing(press, 'help.show');
      case 'team':
        return pressing(press, 'team.view');
      case 'language':
        return command.language
          ? pressing(press, 'language.set', { language: command.language })
          : pressing(press, 'language.choose');
      case 'actAs':
        return local ? local.actAs(press, command.who) : pressing(press, 'help.show');
      case 'sensitive':
        return plainCard(texts, texts('command.sensitive'), sensitiveText(texts, command.kinds), [
          button(texts('help.newReferral'), 'referral.form', {}, { primary: true }),
        ]);
      case 'unknown': {
        const lead = command.suggestion
          ? texts('command.didYouMean', { example: command.suggestion.example })
          : texts('command.noGuess');
        const { actions = [] } = await pressing(press, 'help.show');
        const meant = command.suggestion && suggested[command.suggestion.name];
        if (!command.suggestion || !meant) return { ...plainCard(texts, texts('command.unknown'), lead), actions };
        const first = button(command.suggestion.example, meant, {}, { primary: true });
        const others = actions.map((action) => ({ ...action, style: 'default' as const }));
        return { ...plainCard(texts, texts('command.unknown'), lead), actions: [first, ...others] };
      }
    }
  }

  return async (press, text) => {
    const card = await answer(press, parseCommand(text, { local: local !== null }));
    return card && { card, summary: card.speak ?? '' };
  };
}

/** The button that does what was probably meant; a case is not guessed. */
const suggested: Readonly<Partial<Record<CommandName, Verb>>> = {
  newReferral: 'referral.form',
  listReferrals: 'referral.list',
  help: 'help.show',
  team: 'team.view',
  language: 'language.choose',
};

function sensitiveText(texts: Texts, kinds: Extract<Command, { name: 'sensitive' }>['kinds']): string {
  const named = kinds.map((kind) => texts(`sensitive.${kind}`));
  return texts('command.sensitiveText', { kinds: new Intl.ListFormat(texts.language).format(named) });
}
