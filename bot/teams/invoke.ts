import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { FormValues } from '../../src/cards/form.ts';
import type { TeamsActivity } from './activity.ts';

/** The HTTP answer of an invoke. */
export interface InvokeAnswer {
  status: number;
  body?: object;
}

const cardAction = z.object({
  action: z.object({ verb: z.string().min(1).max(200), data: z.unknown().optional() }),
});

/** The verb and data of an `Action.Execute`, inputs included; null when it is none. */
export function readCardAction(activity: TeamsActivity): { verb: string; data: unknown } | null {
  const parsed = cardAction.safeParse(activity.value).data;
  return parsed ? { verb: parsed.action.verb, data: parsed.action.data ?? {} } : null;
}

const dialogSubmit = z.object({ data: z.record(z.string(), z.unknown()) });

/** What was typed in a dialog, and which form it was; null when it is none of ours. */
export function readDialogSubmit(activity: TeamsActivity): { formId: string; values: FormValues } | null {
  const data = dialogSubmit.safeParse(activity.value).data?.data;
  const formId = data?.formId;
  if (!data || typeof formId !== 'string' || formId.length > 100) return null;
  const values = Object.entries(data).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return { formId, values: Object.fromEntries(values) };
}

/** The card takes the place of the one that was pressed, for the one who pressed. */
export function cardResponse(card: Card): InvokeAnswer {
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
  };
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
