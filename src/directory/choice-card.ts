import { type ActionData, button, type Card, card, heading, text } from '../cards/elements.ts';
import type { Verb } from '../cards/verbs.ts';
import type { Texts } from '../shared/text.ts';
import type { Body } from './model.ts';

/** Asked when somebody belongs to several bodies and has not said which one is meant: a button each, which asks again. */
export function whichBodyCard(texts: Texts, bodies: readonly Body[], verb: Verb, data: ActionData = {}): Card {
  const title = texts('team.which');
  return card(texts, {
    speak: title,
    body: [heading(title), text(texts('team.whichLead'))],
    actions: bodies.map(({ id, name }) => button(name[texts.language], verb, { ...data, body: id })),
  });
}
