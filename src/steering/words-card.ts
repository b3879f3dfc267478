import { formatMoment } from '../cards/dates.ts';
import { type ActionData, withoutMarkdown } from '../cards/elements.ts';
import { lengthText, placeText } from '../cards/places.ts';
import { personName } from '../directory/colleague-card.ts';
import { bodyOf, type Directory } from '../directory/model.ts';
import { inTheirs, type Language, languages } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import type { Item, Outcome, Sitting, Words, Written } from './model.ts';
import { isProposed, proposalOf } from './proposal.ts';
import type { ReadItem, Reading } from './reading.ts';
import type { AgendaPolicy } from './standing.ts';
import type { SittingRef } from './stored.ts';

/** What all cards of an agenda say in the same words. */

/** Everything that drawing an agenda needs besides it. */
export interface AgendaScene {
  texts: Texts;
  directory: Directory;
  policy: AgendaPolicy;
  now: Temporal.Instant;
  /** The placement that the card stands in; null where it is shown to one person only and for the moment. */
  placement: string | null;
}

export function dataOf({ body, id }: SittingRef, { placement }: Pick<AgendaScene, 'placement'>): ActionData {
  return { body, sitting: id, ...(placement && { placement }) };
}

export function momentText(moment: Temporal.Instant | string, { texts, directory, now }: AgendaScene): string {
  return formatMoment(moment.toString(), directory.policy.timeZone, texts, now);
}

/** When and where the meeting is: "tors 3 dec kl. 13.00 · Stadshuset". */
export function holdingText({ holding }: Pick<Sitting, 'holding'>, scene: AgendaScene): string {
  if (!holding) return scene.texts('agenda.noMeeting');
  return [momentText(holding.begins, scene), placeText(holding.place, scene.texts)].filter(Boolean).join(' · ');
}

export function bodyName({ body }: Pick<Sitting, 'body'>, { texts, directory }: AgendaScene): string {
  return bodyOf(directory, body)?.name[texts.language] ?? '';
}

/** What an item is called, for places that read no Markdown: as somebody has written it, in whichever language, else as always. */
export function titleOf(
  { words, code, year }: Pick<ReadItem, 'words' | 'code' | 'year'>,
  { texts }: Pick<AgendaScene, 'texts'>,
): string {
  const own = inTheirs(words.title, texts.language);
  if (own) return own.text;
  return code ? texts(`agenda.item.${code}`, { year: year ?? 0 }) : '';
}

/** What it is for, who presents it, how long it takes, and what is special about it. */
export function factsText(
  item: Pick<Item, 'kind' | 'presenter' | 'minutes' | 'confidential' | 'late'>,
  scene: AgendaScene,
): string {
  const { texts, directory } = scene;
  return [
    texts(`agenda.kind.${item.kind}`),
    item.presenter && personName(directory, item.presenter, texts),
    item.minutes && lengthText(item.minutes, texts),
    item.confidential && texts('agenda.confidential'),
    item.late && texts(`agenda.late.${item.late}`),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What came of an item, in a few words: where nothing was proposed, nothing differs from it. */
export function outcomeText(as: Outcome['as'], item: ReadItem, { texts }: Pick<AgendaScene, 'texts'>): string {
  return texts(
    as === 'changed' && !isProposed(proposalOf(item, item.words)) ? 'sitting.decided' : `sitting.outcome.${as}`,
  );
}

/** "§ 12/2027", once the minutes of its meeting were made; empty before. */
export function paragraphOf({ sitting }: Pick<Reading, 'sitting'>, { id }: Pick<ReadItem, 'id'>): string {
  const { year, numbers } = sitting.minutes?.paragraphs ?? { year: 0, numbers: {} };
  const number = numbers[id];
  return number === undefined ? '' : `§ ${number}/${year}`;
}

/** What something is called, with the language in which it is written where that is not the reader’s. */
export function nameIn(name: string, language: Language, texts: Texts): string {
  return language === texts.language ? name : `${name} (${texts(`minutes.paper.in.${language}`)})`;
}

/** What it says in each language, with what it is called: first in the reader’s. */
export function inEach(name: string, words: Written, texts: Texts): (readonly [name: string, said: string])[] {
  const order = [texts.language, ...languages.filter((one) => one !== texts.language)];
  return order.flatMap((one) => (words[one] ? [[nameIn(name, one, texts), words[one]] as const] : []));
}

/** As much of a text as there is room for; the whole stands in the minutes, and in the form that changes it. */
export function beginningOf(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;
}

/** Drawn with as many letters of each text as there is room for, in bytes as JSON; with the fewest where there is none. */
export function fitting<Drawn>(letters: Letters, room: number, draw: (letters: number) => Drawn): Drawn {
  const [most, ...fewer] = letters;
  const drawn = draw(most);
  const [next, ...others] = fewer;
  return next === undefined || sizeOf(drawn) <= room ? drawn : fitting([next, ...others], room, draw);
}

/** From the most to the fewest. */
export type Letters = readonly [number, ...number[]];

/** In bytes, as JSON. */
export const sizeOf = (drawn: unknown): number => new TextEncoder().encode(JSON.stringify(drawn)).length;

/** Numbered, for places that read no Markdown, such as a tooltip. */
export function plainNumbered(item: ReadItem, scene: AgendaScene): string {
  const title = titleOf(item, scene);
  return item.number === null ? title : `${item.number}. ${title}`;
}

/** Numbered, for places that read Markdown: the space that does not break is no beginning of a list there, which would be indented. */
export function numbered(item: ReadItem, scene: AgendaScene): string {
  const title = withoutMarkdown(titleOf(item, scene));
  return item.number === null ? title : `${item.number}.\u00a0${title}`;
}

/** The languages in which something is written of it. */
export function languagesOf({ title, background, proposal }: Words): Language[] {
  return languages.filter((one) => title[one] || background[one] || proposal[one]);
}
