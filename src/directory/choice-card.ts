import { type ActionData, button, type Card, card, heading, text } from '../cards/elements.ts';
import type { Verb } from '../cards/verbs.ts';
import { type Actor, membershipIn } from '../shared/actor.ts';
import type { Texts } from '../shared/text.ts';
import type { Body } from './model.ts';

/** Asked when somebody belongs to several bodies and has not said which one is meant: a button each, which asks again. */
export function whichBodyCard(texts: Texts, bodies: readonly Body[], verb: Verb, data: ActionData = {}): Card {
  return choiceCard(texts, texts('team.whichLead'), bodies, verb, data);
}

/** The same of what everybody may read, also those who belong to none of the bodies. */
export function whichToReadCard(
  { texts, actor }: { texts: Texts; actor: Actor },
  bodies: readonly Body[],
  verb: Verb,
): Card {
  const isTheirs = bodies.some(({ id }) => membershipIn(actor, id));
  return choiceCard(texts, texts(isTheirs ? 'team.whichLead' : 'team.whichToReadLead'), bodies, verb, {});
}

function choiceCard(texts: Texts, lead: string, bodies: readonly Body[], verb: Verb, data: ActionData): Card {
  const title = texts('team.which');
  return card(texts, {
    speak: title,
    body: [heading(title), text(lead)],
    actions: bodies.map(({ id, name }) => button(name[texts.language], verb, { ...data, body: id })),
  });
}
