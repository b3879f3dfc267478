import { button, type Card, type CardMessage } from '../../src/cards/elements.ts';
import { plainCard, plainMessage } from '../../src/conversations/card.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import type { Address } from '../../src/delivery/sender.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { type PersonId, personId, type TenantId } from '../../src/shared/ids.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import type { Allowance } from '../allowance.ts';
import type { Commands } from '../handlers/commands.ts';
import { explain } from '../handlers/error-text.ts';
import type { Features } from '../handlers/feature.ts';
import type { SharedAnswers } from '../handlers/shared-answers.ts';
import { answerVerb, type Press, requireKnown } from '../handlers/verb.ts';
import { isPress, type Provenance, provenanceOf, type TeamsActivity } from './activity.ts';
import { type ActorOf, type Spoken, type TeamsLanguageOf, telling } from './actor.ts';
import {
  cardResponse,
  dialogCard,
  dialogMessage,
  type InvokeAnswer,
  readCardAction,
  readMessageAction,
} from './invoke.ts';
import { readChosenMessage } from './message-text.ts';
import { filesIn } from './received-files.ts';

/** One verified activity → what is answered; null for everything that is not an invoke. */
export type Turn = (activity: TeamsActivity, correlation: string) => Promise<InvokeAnswer | null>;

export interface TurnParts {
  actorOf: ActorOf;
  teamsLanguageOf: TeamsLanguageOf;
  directory: DirectoryService;
  conversations: ConversationService;
  answers: Pick<SharedAnswers, 'post'>;
  features: Pick<Features, 'verbs' | 'dialogs' | 'received'>;
  commands: Commands;
  /** How much is said in answer to messages, by conversation. */
  allowance: Allowance;
  /** What goes on in the background, such as an answer that waits for its turn. */
  background: (work: () => Promise<unknown>) => void;
  onFault: (error: unknown) => void;
  /**
   * Does the work of a press, which says of what its answer explains that it could not be done; the verb is one that the
   * bot knows, or `unknown`.
   */
  acting: <R>(verb: string, work: (refused: Press['refused']) => Promise<R>) => Promise<R>;
  /** The last hand on every card that answers somebody: local mode says as whom they act. */
  signed: (card: Card, texts: Texts, from: Provenance) => Card;
  /** Does what a message asks for: at once, or when the message itself is sure to stand in the chat. */
  heed: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Answers to messages a minute in one conversation, of the hundred and twenty that Teams lets through: whoever floods a
 * chat with commands does not keep the cards of cases from it.
 */
const answersPerMinute = 30;
/** The like for each of those who are nobody of the directory. */
const refusalsPerMinute = 2;

/** The dialog of a message action is opened, and sent in. */
const dialogInvokes = new Set(['composeExtension/fetchTask', 'composeExtension/submitAction']);

/** Teams' activities, sorted by kind: presses, messages, dialogs, and who comes and goes. */
export function createTurn(parts: TurnParts): Turn {
  const { actorOf, teamsLanguageOf, directory, conversations, commands, onFault, signed } = parts;
  const { verbs, dialogs } = parts.features;

  async function pressOf(activity: TeamsActivity, from: Provenance, spoken: Spoken | null = null): Promise<Press> {
    // A dialog opens in any chat, also where the bot is not: nothing could be sent there.
    if (!dialogInvokes.has(activity.name ?? '')) await meet(activity, from);
    const actor = await actorOf(activity, from, spoken);
    if (!from.by) throw new AppError('directory.notAMember');
    return {
      actor,
      texts: textsFor(actor.language),
      by: from.by,
      reference: from.reference,
      activityId: activity.replyToId ?? null,
      readBy: 'presser',
      automatic: false,
      cut: '',
      refused: () => undefined,
    };
  }

  /** Whoever is of no tenant of ours is answered in a press and otherwise ignored: nothing of theirs is kept. */
  async function meet(activity: TeamsActivity, { tenant, reference, by }: Provenance): Promise<void> {
    if (!tenant || !directory.of(tenant)) return;
    const teamsLanguage = teamsLanguageOf(activity);
    await conversations.met(tenant, reference, by && { ...by, ...(teamsLanguage && { teamsLanguage }) });
  }

  /** Expected failures in the reader's words; a fault becomes an apology with a code, and a line in the log. */
  function sorry(error: unknown, texts: Texts, tenant: TenantId | null, correlation: string): string {
    const region = tenant && directory.of(tenant);
    const known = error instanceof AppError ? explain(error, texts, region) : null;
    // What was sealed and does not open is explained, and a fault all the same; the store reports its own.
    if (!known || isAppError(error, 'sealed.unreadable')) onFault(error);
    if (known) return known;
    return texts('errors.unexpected', { correlation });
  }

  /** Whom the bot does not know gets their answer in the language that they wrote, else of their Teams. */
  async function readerTexts(activity: TeamsActivity, from: Provenance, spoken: Spoken | null = null): Promise<Texts> {
    try {
      return textsFor((await actorOf(activity, from, spoken)).language);
    } catch {
      // Why it is not known who reads is told, or logged, by the press itself; here it only takes some language.
      const inTeams = teamsLanguageOf(activity);
      return textsFor(telling(spoken, inTeams)?.language ?? inTeams ?? 'sv');
    }
  }

  async function cardAction(activity: TeamsActivity, from: Provenance, correlation: string): Promise<InvokeAnswer> {
    const action = readCardAction(activity);
    if (!action) return { status: 400 };
    const reader: { texts?: Texts } = {};
    try {
      return await parts.acting(verbs.has(action.verb) ? action.verb : 'unknown', async (refused) => {
        try {
          const press = { ...(await pressOf(activity, from)), automatic: action.automatic, cut: action.cut, refused };
          return cardResponse(signed(await answerVerb(verbs, action.verb, press, action.data), press.texts, from));
        } catch (error) {
          // In which language it is refused is read for this press, too.
          reader.texts = await readerTexts(activity, from);
          throw error;
        }
      });
    } catch (error) {
      const { texts = await readerTexts(activity, from) } = reader;
      const lead = sorry(error, texts, from.tenant, correlation);
      // Whoever may press at all finds a way on from here.
      const onwards = isKnown(from) ? [button(texts('help.title'), 'help.show')] : [];
      return cardResponse(signed(plainCard(texts, texts('errors.title'), lead, onwards), texts, from));
    }
  }

  /** Somebody of the directory, as whom they act or not: they find help. */
  const isKnown = ({ tenant, by }: Provenance): boolean =>
    tenant !== null && by !== null && directory.memberships(tenant, by.person).length > 0;

  async function dialog(activity: TeamsActivity, from: Provenance, correlation: string): Promise<InvokeAnswer> {
    const texts = await readerTexts(activity, from);
    try {
      const press = await pressOf(activity, from);
      requireKnown(press.actor);
      const { commandId, data, cut } = readMessageAction(activity);
      const dialog = dialogs.get(commandId);
      if (!dialog) throw new AppError('unknownDialog');
      const { title, card } =
        activity.name === 'composeExtension/fetchTask'
          ? await dialog.open(press, readChosenMessage(activity.value))
          : await dialog.submit({ ...press, cut }, data);
      return dialogCard(title, signed(card, press.texts, from));
    } catch (error) {
      return dialogMessage(sorry(error, texts, from.tenant, correlation));
    }
  }

  async function message(activity: TeamsActivity, from: Provenance, correlation: string): Promise<void> {
    const reading = commands.read(withoutMentions(activity.text ?? ''));
    const spoken = spokenIn(reading);
    const texts = await readerTexts(activity, from, spoken);
    try {
      const press = await pressOf(activity, from, spoken);
      const readBy = from.reference.kind === 'personal' ? 'presser' : 'chat';
      const heard = { ...press, activityId: null, readBy } as const;
      const files = filesIn(activity);
      // What is written beside a file says what it is, and is no command.
      const answer = await (files.length > 0 ? parts.features.received(heard, files) : commands.answer(heard, reading));
      if (answer) say(from, answer, texts, press.actor.memberships.length > 0);
    } catch (error) {
      const lead = sorry(error, texts, from.tenant, correlation);
      const known = isKnown(from);
      say(
        from,
        plainMessage(texts, texts('errors.title'), lead, known ? [button(texts('help.title'), 'help.show')] : []),
        texts,
        known,
      );
    }
  }

  /** Answers wait for their turn under Teams' limits, so the activity that asked is not kept waiting for them. */
  function say(from: Provenance, { card, summary }: CardMessage, texts: Texts, known: boolean): void {
    const { tenant, reference, thread, by } = from;
    const name = `${reference.conversation}\n${known ? '' : by?.person}`;
    if (parts.allowance(name, known ? answersPerMinute : refusalsPerMinute) > 0) return;
    if (!tenant) return;
    parts.background(() => post({ ...reference, thread, tenant }, { card, summary }, signed(card, texts, from)));
  }

  async function post(to: Address, answer: CardMessage, card: Card): Promise<void> {
    try {
      await parts.answers.post(to, answer, card);
    } catch (error) {
      if (!isAppError(error, 'chat.gone')) throw error;
      // A thread may be closed or deleted while its channel goes on.
      if (to.thread === undefined || to.thread === to.conversation)
        await conversations.markGone(to.tenant, to.conversation);
    }
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
    if (isPress(activity)) return cardAction(activity, from, correlation);
    if (activity.type === 'invoke') {
      if (dialogInvokes.has(activity.name ?? '')) return dialog(activity, from, correlation);
      return { status: 404 };
    }
    if (!tenant || !directory.of(tenant)) return null;
    if (activity.type === 'message') {
      const heard = () => parts.heed(() => message(activity, from, correlation));
      // To read a file may take longer than Teams waits for an answer.
      if (filesIn(activity).length > 0) parts.background(heard);
      else await heard();
      return null;
    }
    // Teams announces the bot's leaving twice as well; neither makes the chat known again.
    const leaving =
      (activity.type === 'installationUpdate' && activity.action?.startsWith('remove')) ||
      activity.membersRemoved?.some(({ id }) => id === activity.recipient.id);
    if (!leaving) await meet(activity, from);
    if (activity.type === 'conversationUpdate' || activity.type === 'installationUpdate') {
      await membership(activity, { ...from, tenant });
    }
    return null;
  };
}

/** In which language somebody wrote; null where that tells none. */
function spokenIn(reading: ReturnType<Commands['read']>): Spoken | null {
  const { kind, language } = reading;
  if (language) return { language, lasts: kind === 'command' };
  const usual = kind === 'command' ? reading.usual : null;
  return usual && { language: usual, lasts: true, unsure: true };
}

/** Who has no account in any organisation is nobody of the directory, but came into the chat all the same. */
function personOf(member: { id: string; aadObjectId?: string | undefined }): PersonId {
  return personId(member.aadObjectId ?? member.id);
}

/** Teams writes the mention of the bot into the text. */
function withoutMentions(text: string): string {
  return text.replace(/<at\b[^>]{0,200}>[^<]{0,200}<\/at>/gi, ' ').trim();
}
