import { button, type CardMessage } from '../../src/cards/elements.ts';
import { isVerb } from '../../src/cards/verbs.ts';
import { plainCard, plainMessage } from '../../src/conversations/card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import type { Outbox } from '../../src/delivery/outbox.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { type PersonId, personId, type TenantId } from '../../src/shared/ids.ts';
import { languageOf } from '../../src/shared/language.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import type { AnswerCommand } from '../handlers/commands.ts';
import { explain } from '../handlers/error-text.ts';
import type { ReferralEntry } from '../handlers/referral-entry.ts';
import { answerVerb, type Press, type VerbTable } from '../handlers/verb.ts';
import { type Provenance, provenanceOf, type TeamsActivity } from './activity.ts';
import type { ActorOf } from './actor.ts';
import {
  cardResponse,
  dialogCard,
  dialogMessage,
  type InvokeAnswer,
  readCardAction,
  readDialogSubmit,
} from './invoke.ts';
import { readChosenMessage } from './message-text.ts';

/** One verified activity → what is answered; null for everything that is not an invoke. */
export type Turn = (activity: TeamsActivity, correlation: string) => Promise<InvokeAnswer | null>;

export interface TurnParts {
  actorOf: ActorOf;
  directory: DirectoryService;
  conversations: ConversationService;
  outbox: Outbox;
  verbs: VerbTable;
  commands: AnswerCommand;
  entry: ReferralEntry;
  /** What goes on in the background, such as an answer that waits for its turn. */
  background: (work: Promise<unknown>) => void;
  onFault: (error: unknown, correlation: string) => void;
  onPress: (verb: string) => void;
}

/** The dialog of a message action is opened, and sent in. */
const dialogInvokes = new Set(['composeExtension/fetchTask', 'composeExtension/submitAction']);

/** Teams' activities, sorted by kind: presses, messages, dialogs, and who comes and goes. */
export function createTurn(parts: TurnParts): Turn {
  const { actorOf, directory, conversations, verbs, commands, entry, onFault } = parts;

  async function pressOf(activity: TeamsActivity, from: Provenance): Promise<Press> {
    const actor = await actorOf(activity, from);
    if (!from.by) throw new AppError('directory.notAMember');
    return {
      actor,
      texts: textsFor(actor.language),
      by: from.by,
      reference: from.reference,
      activityId: activity.replyToId ?? null,
    };
  }

  /** Expected failures in the reader's words; a fault becomes an apology with a code, and a line in the log. */
  function sorry(error: unknown, texts: Texts, tenant: TenantId | null, correlation: string): string {
    const region = tenant && directory.of(tenant);
    const known = error instanceof AppError ? explain(error, texts, region) : null;
    if (known) return known;
    onFault(error, correlation);
    return texts('errors.unexpected', { correlation });
  }

  /** Whom the bot does not know gets their answer in the language of their Teams. */
  async function readerTexts(activity: TeamsActivity, from: Provenance): Promise<Texts> {
    try {
      return textsFor((await actorOf(activity, from)).language);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return textsFor(languageOf(activity.locale) ?? 'sv');
    }
  }

  async function cardAction(activity: TeamsActivity, from: Provenance, correlation: string): Promise<InvokeAnswer> {
    const action = readCardAction(activity);
    if (!action) return { status: 400 };
    try {
      const press = await pressOf(activity, from);
      parts.onPress(isVerb(action.verb) ? action.verb : 'unknown');
      return cardResponse(await answerVerb(verbs, action.verb, press, action.data));
    } catch (error) {
      const texts = await readerTexts(activity, from);
      const lead = sorry(error, texts, from.tenant, correlation);
      // Whoever may press at all finds a way on from here.
      const onwards =
        isAppError(error, 'directory.notAMember') || !from.by ? [] : [button(texts('help.title'), 'help.show')];
      return cardResponse(plainCard(texts, texts('errors.title'), lead, onwards));
    }
  }

  async function dialog(activity: TeamsActivity, from: Provenance, correlation: string): Promise<InvokeAnswer> {
    const texts = await readerTexts(activity, from);
    try {
      const { actor } = await pressOf(activity, from);
      if (activity.name === 'composeExtension/fetchTask') {
        // What was written about the young person goes into the sealed field, to be read and corrected before it is sent.
        const narrative = readChosenMessage(activity.value);
        return dialogCard(texts('referral.form.title'), entry.form(actor, texts, 'dialog', { narrative }));
      }
      const submitted = readDialogSubmit(activity);
      if (!submitted) return { status: 400 };
      const { card, reference } = await entry.submit(actor, texts, submitted.formId, submitted.values, 'dialog');
      return dialogCard(reference ? texts('referral.form.done') : texts('referral.form.title'), card);
    } catch (error) {
      return dialogMessage(sorry(error, texts, from.tenant, correlation));
    }
  }

  async function message(activity: TeamsActivity, from: Provenance, correlation: string): Promise<void> {
    const texts = await readerTexts(activity, from);
    try {
      const press = await pressOf(activity, from);
      const answer = await commands({ ...press, activityId: null }, withoutMentions(activity.text ?? ''));
      if (answer) say(from, answer);
    } catch (error) {
      const lead = sorry(error, texts, from.tenant, correlation);
      say(from, plainMessage(texts, texts('errors.title'), lead));
    }
  }

  /** Answers wait for their turn under Teams' limits, so the activity that asked is not kept waiting for them. */
  function say({ tenant, reference }: Provenance, answer: CardMessage): void {
    if (tenant) parts.background(parts.outbox.show({ ...reference, tenant }, null, () => answer));
  }

  async function membership(activity: TeamsActivity, from: Provenance & { tenant: TenantId }): Promise<void> {
    const { tenant, reference } = from;
    const isBot = ({ id }: { id: string }): boolean => id === activity.recipient.id;
    const { membersAdded = [], membersRemoved = [], type, action } = activity;
    if (type === 'installationUpdate' ? action?.startsWith('add') : membersAdded.some(isBot)) {
      await conversations.joined(tenant, reference);
    }
    if (type === 'installationUpdate' ? action?.startsWith('remove') : membersRemoved.some(isBot)) {
      await conversations.left(tenant, reference.conversation);
    }
    const people = membersAdded.filter((member) => !isBot(member)).map(personOf);
    if (people.length > 0) await conversations.peopleJoined(tenant, reference.conversation, people);
  }

  return async (activity, correlation) => {
    const from = provenanceOf(activity);
    const { tenant } = from;
    // Whoever is of no tenant of ours is answered in a press and otherwise ignored: nothing of theirs is kept.
    const ours = tenant !== null && directory.of(tenant) !== null;
    // Teams announces the bot's leaving twice as well; neither makes the chat known again.
    const leaving =
      (activity.type === 'installationUpdate' && activity.action?.startsWith('remove')) ||
      activity.membersRemoved?.some(({ id }) => id === activity.recipient.id);
    if (ours && !leaving) await conversations.met(tenant, from.reference, from.by);
    if (activity.type === 'invoke') {
      if (activity.name === 'adaptiveCard/action') return cardAction(activity, from, correlation);
      if (dialogInvokes.has(activity.name ?? '')) return dialog(activity, from, correlation);
      return { status: 404 };
    }
    if (!ours) return null;
    if (activity.type === 'message') await message(activity, from, correlation);
    if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate') {
      await membership(activity, { ...from, tenant });
    }
    return null;
  };
}

/** Who has no account in any organisation is nobody of the directory, but came into the chat all the same. */
function personOf(member: { id: string; aadObjectId?: string | undefined }): PersonId {
  return personId(member.aadObjectId ?? member.id);
}

/** Teams writes the mention of the bot into the text. */
function withoutMentions(text: string): string {
  return text.replace(/<at\b[^>]{0,200}>[^<]{0,200}<\/at>/gi, ' ').trim();
}
