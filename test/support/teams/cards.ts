import { type Fields, isFields, type SentActivity } from './world.ts';

export const cardContentType = 'application/vnd.microsoft.card.adaptive';

/** An `Action.Execute` together with what pressing it gathers. */
export interface FoundAction {
  readonly action: Fields;
  /** The inputs in reach: those of its own card and of the cards around it (a ShowCard reaches outwards, not inwards). */
  readonly inputs: readonly Fields[];
}

/** The Adaptive Card of a message; null when it has none. */
export function cardOf(activity: SentActivity): Fields | null {
  const content: unknown = activity.attachments?.find(({ contentType }) => contentType === cardContentType)?.content;
  return isFields(content) ? content : null;
}

/** Every `Action.Execute` that a person can reach: in action sets, ShowCards, overflow menus and selectActions. */
export function executeActions(card: Fields): FoundAction[] {
  const found: FoundAction[] = [];
  const walkCard = (scope: Fields, outer: readonly Fields[]): void => {
    const inputs = [...outer];
    const actions: Fields[] = [];
    const inner: Fields[] = [];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) walk(item);
      if (!isFields(value)) return;
      const type = typeof value.type === 'string' ? value.type : '';
      if (type.startsWith('Input.') && typeof value.id === 'string') inputs.push(value);
      if (type === 'Action.Execute') return void actions.push(value);
      if (type === 'Action.ShowCard' && isFields(value.card)) return void inner.push(value.card);
      for (const [key, part] of Object.entries(value)) if (key !== 'data' && key !== 'refresh') walk(part);
    };
    for (const [key, part] of Object.entries(scope)) if (key !== 'refresh') walk(part);
    for (const action of actions) found.push({ action, inputs });
    for (const nested of inner) walkCard(nested, inputs);
  };
  walkCard(card, []);
  return found;
}

/** The action to press: by verb, by title, or by a test of the action. Throws unless exactly one fits. */
export type Press = string | ((action: Fields) => boolean);

export function findAction(card: Fields, press: Press): FoundAction {
  const all = executeActions(card);
  const fits = typeof press === 'string' ? ({ verb, title }: Fields) => verb === press || title === press : press;
  const [only, ...others] = all.filter(({ action }) => fits(action));
  if (only && others.length === 0) return only;
  const choice = all.map(({ action }) => `${action.verb} "${action.title}" ${JSON.stringify(action.data ?? {})}`);
  throw new Error(
    `${only ? 'Several actions' : 'No action'} for ${press} on the card, which has: ${choice.join(' · ')}`,
  );
}

/**
 * The action's data as Teams sends it: its own `data`, what the inputs hold, and over them what the person filled in.
 * Throws, as Teams refuses to send, when a required input is empty, and when an input is filled in that the card does not have.
 */
export function gatherInputs({ action, inputs }: FoundAction, filled: Fields): Fields {
  const unknown = Object.keys(filled).filter((id) => !inputs.some((input) => input.id === id));
  if (unknown.length > 0) throw new Error(`The card has no input ${unknown.join(', ')}: ${inputs.map(({ id }) => id)}`);
  const values: Fields = {};
  const gathered = action.associatedInputs === 'none' ? [] : inputs;
  for (const { id, type, value, valueOff, isRequired } of gathered) {
    const preset = value ?? (type === 'Input.Toggle' ? (valueOff ?? 'false') : undefined);
    const given = filled[String(id)] ?? preset;
    if (given !== undefined && given !== '') values[String(id)] = String(given);
    else if (isRequired === true) throw new Error(`The required input ${id} is empty.`);
  }
  return { ...(isFields(action.data) ? action.data : {}), ...values };
}

const textKeys = new Set([
  'text',
  'title',
  'value',
  'label',
  'placeholder',
  'altText',
  'fallbackText',
  'speak',
  'errorMessage',
]);

/** Every text that a card shows or speaks, in reading order. Values hidden in `data` are not included. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (typeof part === 'string') return textKeys.has(key) ? [part] : [];
    return key === 'data' || key === 'refresh' ? [] : textsOf(part);
  });
}

/** All text of a message, its card included, one piece a line. */
export function textOf(activity: SentActivity): string {
  return [activity.text, activity.summary, ...textsOf(cardOf(activity))].filter((text) => text).join('\n');
}
