import {
  banner,
  button,
  type Card,
  type CardAction,
  type CardMessage,
  card,
  heading,
  text,
} from '../cards/elements.ts';
import { emptyForm, type Form, field, formCard } from '../cards/form.ts';
import { choiceField } from '../cards/inputs.ts';
import type { Verb } from '../cards/verbs.ts';
import { type Body, bodyOf, type Directory, isTeam, membershipsOf } from '../directory/model.ts';
import type { PersonId } from '../shared/ids.ts';
import { type Language, languages } from '../shared/language.ts';
import { type Texts, textsFor } from '../shared/text.ts';

/** The cards at the door: what the bot can do, and to which body a chat belongs. */

export interface Welcome extends Pick<Reader, 'body'> {
  offer: Offer;
}

/** Who reads the greeting: everybody in the chat of a body, all of whom see the same, or one person in private. */
export interface Reader {
  /** Whose chat it is; null in private. */
  body: Body | null;
  /** That body; in private those of the person. */
  bodies: readonly Body[];
  /** In private: the person leads one of them. */
  leads: boolean;
}

export function everybodyIn(body: Body): Reader {
  return { body, bodies: [body], leads: false };
}

/** `null` for a person whom, or a region which, the bot does not know. */
export function inPrivate(directory: Directory | null, person: PersonId | null): Reader {
  const own = directory && person ? membershipsOf(directory, person) : [];
  return {
    body: null,
    bodies: own.flatMap(({ body }) => (directory && bodyOf(directory, body)) ?? []),
    leads: own.some(({ role }) => role === 'leader'),
  };
}

/** What the features put on the greeting, in their order. */
export interface Offer {
  buttons: readonly CardAction[];
  /** Lines below the rest. */
  notes: readonly string[];
  /** How the bot is mentioned where that is not its name in the reader's language; null everywhere but in local mode. */
  mention: string | null;
}

const howKeys = { personal: 'welcome.howPersonal', team: 'welcome.how', body: 'welcome.howBody' } as const;

/** One card for the greeting and for `hjälp`: what the bot can do, as buttons. */
export function welcomeCard(texts: Texts, { body, offer }: Welcome, title = texts('welcome.title')): Card {
  const place = body === null ? 'personal' : isTeam(body) ? 'team' : 'body';
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      text(texts(`welcome.${place}`, { body: body?.name[texts.language] ?? '' })),
      text(texts(howKeys[place], { mention: offer.mention ?? texts('welcome.mention') })),
      ...(place === 'body' ? [] : [banner('emphasis', texts('welcome.confidential'))]),
      ...offer.notes.map((note) => text(note, { isSubtle: true, size: 'Small' })),
    ],
    actions: [...offer.buttons],
  });
}

export function helpCard(texts: Texts, welcome: Welcome): Card {
  return welcomeCard(texts, welcome, texts('help.title'));
}

/** Asked when the bot is added to a chat that belongs to no body yet. */
export function bindingCard(texts: Texts, directory: Directory, form: Form = emptyForm): Card {
  return formCard(texts, form, {
    title: texts('binding.title'),
    fields: [
      text(texts('binding.lead')),
      ...choiceField({
        ...field(form, 'body'),
        label: texts('binding.label'),
        hint: texts('form.choose'),
        choices: directory.bodies.map((body) => ({ title: body.name[texts.language], value: body.id })),
      }),
    ],
    submit: { title: texts('binding.submit'), verb: 'chat.bind' },
  });
}

/** A body has one chat: moving its cards is asked before it is done. */
export function moveCard(texts: Texts, directory: Directory, body: Body['id']): Card {
  const name = bodyOf(directory, body)?.name[texts.language] ?? '';
  return plainCard(texts, texts('binding.moveTitle', { body: name }), texts('binding.moveLead'), [
    button(texts('binding.move'), 'chat.bind', { body, move: 1 }, { primary: true }),
    button(texts('form.cancel'), 'chat.welcome'),
  ]);
}

export function languageCard(texts: Texts): Card {
  return card(texts, {
    speak: texts('language.title'),
    body: [
      heading(texts('language.title')),
      text(texts('language.lead')),
      text(texts('language.now'), { weight: 'Bolder' }),
    ],
    actions: languages.map((language) => button(texts(`language.${language}`), 'language.set', { language })),
  });
}

/** Said in a chat, where everybody reads: a press shows each of them their own. */
export function privatelyCard(
  texts: Texts,
  what: 'tasks' | 'overview' | 'calendar' | 'agenda' | 'decisions' | 'minutes',
  verb: Verb,
): Card {
  return plainCard(texts, texts(`privately.${what}.title`), texts('privately.lead'), [
    button(texts(`privately.${what}.show`), verb, {}, { primary: true }),
  ]);
}

/** To who belongs to no body: in their own language, or, as nothing tells which that is, in all. */
export function strangerCard(theirs: readonly Language[]): Card {
  const [texts = textsFor('sv'), ...others] = theirs.map(textsFor);
  return card(texts, {
    speak: texts('welcome.title'),
    body: [
      heading(texts('welcome.title')),
      ...[texts, ...others].map((each) => text(each('welcome.stranger'), { spacing: 'Medium' })),
    ],
  });
}

/** A card that says one thing, with what to do next. */
export function plainCard(texts: Texts, title: string, lead: string, actions: CardAction[] = []): Card {
  return card(texts, { speak: title, body: [heading(title), text(lead)], actions });
}

export function plainMessage(texts: Texts, title: string, lead: string, actions: CardAction[] = []): CardMessage {
  return { summary: title, card: plainCard(texts, title, lead, actions) };
}
