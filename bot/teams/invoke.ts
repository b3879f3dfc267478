import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { Texts } from '../../src/shared/text.ts';
import type { TeamsActivity } from './activity.ts';

/** The HTTP answer of an invoke. */
export interface InvokeAnswer {
  status: number;
  body?: object;
}

const cardAction = z.object({
  action: z.object({ verb: z.string().min(1).max(200), data: z.unknown().optional() }),
  trigger: z.unknown().optional(),
});

interface SentData {
  data: unknown;
  /** Beside what each verb reads of the data: where the form was cut, see `src/cards/cut.ts`. */
  cut: string;
}

const cutData = z.object({ cut: z.string().max(1_000).optional() });

function sentData(data: unknown): SentData {
  return { data, cut: cutData.safeParse(data).data?.cut ?? '' };
}

/** The verb and data of an `Action.Execute`, inputs included; null when it is none. */
export function readCardAction(activity: TeamsActivity): (SentData & { verb: string; automatic: boolean }) | null {
  const parsed = cardAction.safeParse(activity.value).data;
  if (!parsed) return null;
  const { action, trigger } = parsed;
  return { verb: action.verb, ...sentData(action.data ?? {}), automatic: trigger === 'automatic' };
}

const messageAction = z.object({ commandId: z.string().max(100).default(''), data: z.unknown().optional() });

/** Which message action it is, and what was typed in its dialog, unread. */
export function readMessageAction(activity: TeamsActivity): SentData & { commandId: string } {
  const { commandId = '', data } = messageAction.safeParse(activity.value).data ?? {};
  return { commandId, ...sentData(data) };
}

/** The card takes the place of the one that was pressed, for the one who pressed. */
export function cardResponse(card: Card): InvokeAnswer {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
  };
}

/** What was pressed was handled before: the card stays as it is. */
export function repeatedAnswer(texts: Texts, { name }: TeamsActivity): InvokeAnswer {
  const value = texts('errors.repeated');
  if (name !== 'adaptiveCard/action') return dialogMessage(value);
  return { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value } };
}

export function dialogCard(title: string, card: Card): InvokeAnswer {
  const value = {
    title,
    width: 'medium',
    height: 'large',
    card: { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
  };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

export function dialogMessage(text: string): InvokeAnswer {
  return { status: 200, body: { task: { type: 'message', value: text } } };
}
