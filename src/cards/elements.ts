import type {
  IActionSet,
  IAdaptiveCard,
  IChoiceSetInput,
  IColumnSet,
  IContainer,
  IDateInput,
  IExecuteAction,
  IOpenUrlAction,
  IProgressBar,
  IRichTextBlock,
  IStackedHorizontalBarChart,
  ISubmitAction,
  ITable,
  ITextBlock,
  ITextInput,
  ITimeInput,
} from '@microsoft/teams.cards';
import { LRUCache } from 'lru-cache';
import type { Localised } from '../shared/language.ts';
import type { Texts } from '../shared/text.ts';
import type { Verb } from './verbs.ts';

/**
 * Small typed builders over the official card types. A builder adds what every card of ours has (wrapping, labels,
 * language, fallback) and nothing about any feature.
 */
export type CardElement =
  | ITextBlock
  | IRichTextBlock
  | IContainer
  | IColumnSet
  | ITable
  | IActionSet
  | ITextInput
  | IDateInput
  | ITimeInput
  | IChoiceSetInput
  | IProgressBar
  | IStackedHorizontalBarChart;
export type CardAction = IExecuteAction | IOpenUrlAction | ISubmitAction;
export type Card = IAdaptiveCard;
export type Tone = 'good' | 'warning' | 'attention' | 'accent' | 'emphasis';

/** What was just done or refused, said above the card. */
export interface Said {
  tone: Tone;
  text: string;
}

/** Ids and at most a version or codes; never an entity, never what identifies anybody. */
export type ActionData = Readonly<Record<string, string | number>>;

/** A message to a chat: the card, and the line that notifications and lists of chats show. */
export interface CardMessage {
  card: Card;
  summary: string;
}

export interface CardParts {
  body: CardElement[];
  actions?: CardAction[];
  /** What a screen reader says and a client that cannot draw cards shows. */
  speak: string;
  /** Teams users for whom the card asks the bot for their own view, 60 at most [teams]. */
  refresh?: { verb: Verb; data: ActionData; userIds: readonly string[] };
}

const maxRefreshUsers = 60;
/** Teams draws six buttons and drops the rest, so they stand in the card's "…" menu [teams]. */
const maxButtons = 6;

export function card(texts: Texts, { body, actions, speak, refresh }: CardParts): Card {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: texts.language,
    speak: spoken(speak),
    // Whoever cannot draw cards may read Markdown in it.
    fallbackText: speak,
    body,
    ...(actions?.length ? { actions: withinReach(actions) } : {}),
    ...(refresh?.userIds.length && {
      refresh: {
        action: { type: 'Action.Execute', verb: refresh.verb, data: { ...refresh.data } },
        userIds: refresh.userIds.slice(0, maxRefreshUsers),
      },
    }),
  };
}

/** What would be dropped goes into the card's menu. */
export function withinReach<Action extends Pick<CardAction, 'mode'>>(actions: readonly Action[]): Action[] {
  const buttons = actions.filter(({ mode }) => mode !== 'secondary');
  const beyond = new Set(buttons.slice(maxButtons));
  return actions.map((action) => (beyond.has(action) ? { ...action, mode: 'secondary' } : action));
}

export function text(content: string, options: Partial<ITextBlock> = {}): ITextBlock {
  return { type: 'TextBlock', text: content, wrap: true, ...options };
}

/** Text that somebody wrote: shown as it is, without reading Markdown or links into it. */
export function written(content: string): IRichTextBlock {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: content }] };
}

/** The same for places that read Markdown: what would begin a list or a heading does not before a space that does not break. */
export function withoutMarkdown(content: string): string {
  return content.replace(/[\\`*_[\]<>]/g, '\\$&').replace(beginnings, '$1\u00a0');
}

/** As it is read aloud, where nothing is read as Markdown. */
function spoken(content: string): string {
  return content.replace(/\\([\\`*_[\]<>])/g, '$1');
}

const beginnings = /^([^\S\n]*(?:[-+]|#+|\d+[.)]))[^\S\n]/gm;

/** What people wrote, in the reader's language, for places that read Markdown. */
export function plain(words: Localised, { language }: Texts): string {
  return withoutMarkdown(words[language]);
}

export function heading(content: string): ITextBlock {
  return text(content, { size: 'Large', weight: 'Bolder', style: 'heading' });
}

export function subheading(content: string): ITextBlock {
  return text(content, { weight: 'Bolder', spacing: 'Medium' });
}

export function subtle(content: string): ITextBlock {
  return text(content, { isSubtle: true, spacing: 'Small', size: 'Small' });
}

/** A box whose meaning its text says as well: colour is never alone. */
export function banner(tone: Tone, content: string): IContainer {
  return { type: 'Container', style: tone, spacing: 'Small', items: [text(content)] };
}

/** As wide as the longest name of a profession; on a phone it is half of the card. */
const labelWidth = '140px';

/**
 * Pairs of a label and a value. A table rather than a fact set, which makes its labels as wide as the longest: so the
 * values of several on one card stand under each other.
 */
export function facts(
  pairs: readonly (readonly [title: string, value: string])[],
  row: (title: string, value: string) => FactRow = factRow,
): ITable {
  return {
    type: 'Table',
    columns: [{ width: labelWidth }, { width: 1 }],
    firstRowAsHeaders: false,
    showGridLines: false,
    rows: pairs.map(([title, value]) => row(title, value)),
  };
}

type FactRow = NonNullable<ITable['rows']>[number];

/** Of what identifies somebody: nothing of it stays in memory. */
export function passingRow(title: string, value: string): FactRow {
  const cell = (content: ITextBlock) => ({ type: 'TableCell' as const, items: [content] });
  return { type: 'TableRow', cells: [cell(text(title, { weight: 'Bolder' })), cell(text(value))] };
}

/**
 * A card is drawn anew with every press, and most of its rows stay the same: they are kept at hand, never changed. By title
 * and then by value, since a name made of both would be a new text for each row of each card.
 */
const factRows = new LRUCache<string, LRUCache<string, FactRow>>({ max: 100 });
const rowsOfTitle = 100;

function factRow(title: string, value: string): FactRow {
  let rows = factRows.get(title);
  if (!rows) {
    rows = new LRUCache({ max: rowsOfTitle });
    factRows.set(title, rows);
  }
  let row = rows.get(value);
  if (!row) {
    row = passingRow(title, value);
    rows.set(value, row);
  }
  return row;
}

/** Those on the right are as narrow as they can be; one without anything is left out. */
export function columns(left: CardElement[], ...right: CardElement[][]): IColumnSet {
  const column = (items: CardElement[], width: 'stretch' | 'auto') =>
    ({ type: 'Column', width, items, verticalContentAlignment: 'Center' }) as const;
  return {
    type: 'ColumnSet',
    columns: [
      column(left, 'stretch'),
      ...right.filter((items) => items.length > 0).map((items) => column(items, 'auto')),
    ],
  };
}

/** Two short fields in one row; on a phone each still has half of it. */
export function sideBySide(left: CardElement[], right: CardElement[]): IColumnSet {
  return {
    type: 'ColumnSet',
    columns: [left, right].map((items) => ({ type: 'Column', width: 'stretch', items })),
  };
}

export function container(items: CardElement[], options: Partial<IContainer> = {}): IContainer {
  return { type: 'Container', items, ...options };
}

/** How far something has come. Clients that know no such bar draw nothing, so the text beside it says the same. */
export function progressBar(value: number, max: number): IProgressBar {
  return { type: 'ProgressBar', value, max: Math.max(max, 1), spacing: 'Small', fallback: 'drop' };
}

/** The parts of one whole, in their order: whatever its size, the bar is as long as every other. */
export interface Bar {
  name: string;
  parts: readonly { name: string; value: number; color: 'good' | 'attention' | 'neutral' }[];
}

/** Teams takes a chart with more bars for invalid; its renderer, which is the Playground's too, says so. */
const maxBars = 4;

/** Charts one below the other. Clients that know none draw nothing, so the text below them says the same. */
export function barCharts(title: string, bars: readonly Bar[]): IStackedHorizontalBarChart[] {
  const drawn = bars
    .map(({ name, parts }) => ({ title: name, data: parts.filter(({ value }) => value > 0) }))
    .filter(({ data }) => data.length > 0);
  return Array.from({ length: Math.ceil(drawn.length / maxBars) }, (_, at) => ({
    type: 'Chart.HorizontalBar.Stacked',
    title,
    data: drawn
      .slice(at * maxBars, (at + 1) * maxBars)
      .map((bar) => ({ ...bar, data: bar.data.map(({ name, value, color }) => ({ legend: name, value, color })) })),
    fallback: 'drop',
  }));
}

export function actionRow(actions: CardAction[]): IActionSet {
  return { type: 'ActionSet', actions };
}

export interface ButtonOptions {
  /** At most one on a card. */
  primary?: boolean;
  destructive?: boolean;
  /** Behind the card's "…" menu. */
  overflow?: boolean;
  /** Leaves the inputs of the card alone, as for *back*. */
  withoutInputs?: boolean;
  /** What a button whose title is a sign does, in words: read aloud, and shown to who points at it. */
  inWords?: string;
}

/** A button that the bot answers (`Action.Execute`). */
export function button(title: string, verb: Verb, data: ActionData = {}, options: ButtonOptions = {}): IExecuteAction {
  return {
    type: 'Action.Execute',
    title,
    verb,
    data: { ...data },
    ...(options.primary && { style: 'positive' }),
    ...(options.destructive && { style: 'destructive' }),
    ...(options.overflow && { mode: 'secondary' }),
    ...(options.withoutInputs && { associatedInputs: 'none' }),
    ...(options.inWords && { tooltip: options.inWords }),
  };
}

/** The button of a form in a dialog of Teams, where only `Action.Submit` reaches the bot. */
export function submit(title: string, data: ActionData): ISubmitAction {
  return { type: 'Action.Submit', title, style: 'positive', data: { ...data } };
}

export function link(title: string, url: string): IOpenUrlAction {
  return { type: 'Action.OpenUrl', title, url };
}
