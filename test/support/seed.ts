import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../bot/config.ts';
import { type Running, start } from '../../bot/main.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import type { startTestApp } from './app.ts';
import { cardOf, executeActions, textOf } from './teams/cards.ts';
import type { Chat, InvokeAnswer } from './teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from './teams/world.ts';

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** The language of the example team's chat. */
export const sv: Texts = textsFor('sv');

/** A referral as a school hands it in; the young person is made up. */
export const example = {
  municipality: 'Lojo',
  source: 'school',
  basis: 'concern',
  concerns: ['theft'],
  ageBand: 'from12to14',
  gender: 'boy',
  urgency: 'normal',
  youngPerson: { name: 'Elliot Exempelsson', guardianContact: 'Eva Exempelsson, via kuratorn' },
  narrative: 'Har setts ute sent på vardagskvällar.',
} as const;

/** Hands in {@link example}, with other `fields` where given, over HTTP as the source of local mode; its reference. */
export async function handIn(app: { url: string; dataDir: string }, fields: Fields = {}): Promise<string> {
  const response = await fetch(`${app.url}/api/referrals`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${readFileSync(join(app.dataDir, 'intake-key'), 'utf8').trim()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...example, ...fields }),
  });
  const answer: unknown = await response.json();
  if (response.status !== 202 || !isFields(answer)) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
  return String(answer.reference);
}

/** Hands in {@link example}, with other `fields` where given, by the form that the bot answers with; its reference. */
export async function handInByForm(app: TestApp, user: TeamsUser, fields: Fields = {}): Promise<string> {
  const { youngPerson, concerns, ...codes } = example;
  const values = { ...codes, ...youngPerson, municipality: 'lojo', concerns: concerns.join(','), ...fields };
  const data = { formId: crypto.randomUUID(), ...values };
  const text = answered(await app.chat.pressOld(user, { type: 'Action.Execute', verb: 'referral.submit', data }));
  const reference = /[A-Z]{3}-\d{4}-\d{4}/.exec(text)?.[0];
  if (!reference) throw new Error(`The form was not taken: ${text}`);
  return reference;
}

/** The messages of a chat whose card lets people act on the case, oldest first; what has become a line is not among them. */
export function cardsOf(chat: Chat, reference: string): Message[] {
  return chat.messages.filter((message) => !message.deleted && placementOf(message, reference) !== null);
}

function placementOf({ activity }: Message, reference: string): string | null {
  const card = cardOf(activity);
  const data = card ? executeActions(card).map(({ action }) => action.data) : [];
  const own = data.find((fields) => isFields(fields) && fields.id === reference && fields.placement !== undefined);
  return isFields(own) ? String(own.placement) : null;
}

/** Waits until the case's one card in the chat shows every one of `texts`; its message. */
export function shown(chat: Chat, reference: string, texts: readonly string[] = [], timeout = 5_000): Promise<Message> {
  return chat.waitFor(() => {
    const [card, ...others] = cardsOf(chat, reference);
    const fits = card && others.length === 0 && texts.every((text) => textOf(card.activity).includes(text));
    return fits ? card : null;
  }, timeout);
}

/**
 * Presses, whatever the person's own view of the card is right now: the newest card of the case, or the given message.
 * For tests whose subject is not what the buttons are.
 */
export function pressOn(
  chat: Chat,
  user: TeamsUser,
  reference: string,
  verb: Verb,
  inputs: Fields = {},
  message: Message | undefined = cardsOf(chat, reference).at(-1),
): Promise<InvokeAnswer> {
  if (!message) throw new Error(`The chat has no card of ${reference}.`);
  const placement = placementOf(message, reference);
  const data = { id: reference, ...(placement && { placement }), ...inputs };
  return chat.pressOld(user, { type: 'Action.Execute', verb, data }, message);
}

/** All text of an answer's card. */
export function answered(answer: InvokeAnswer): string {
  return textOf({ type: 'message', attachments: [cardAttachment(answer.card ?? {})] });
}

function cardAttachment(content: Fields) {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content };
}

/** The verbs that a card offers, each once. */
export function verbsOn(card: Fields): string[] {
  return [...new Set(executeActions(card).map(({ action }) => String(action.verb)))];
}

/** Titles of the private messages that a person got about a case, as far as the chat with the bot shows them. */
export function privately(app: TestApp, user: TeamsUser, reference: string): string[] {
  const texts = app.teams.personalChat(user).messages.map(({ activity }) => activity.summary ?? '');
  return texts.filter((text) => text.includes(reference));
}

/** Starts the bot anew on the same data and for the same chats. */
export async function startAgain(
  app: TestApp,
  parts: Parameters<typeof start>[1] = {},
  environment: Record<string, string> = {},
): Promise<Running> {
  const config = readConfig({
    ANKARBOT_MODE: 'local',
    PLAYGROUND: 'off',
    PORT: '0',
    DATA_DIR: app.dataDir,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const bot = await start(config, parts);
  app.teams.connectTo(`http://127.0.0.1:${bot.port}/api/messages`);
  return bot;
}

/** A folder that goes when `remove` is called. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'ankarbot-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
