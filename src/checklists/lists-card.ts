import {
  actionRow,
  type Bar,
  banner,
  barCharts,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  columns,
  heading,
  plain,
  progressBar,
  type Said,
  subheading,
  subtle,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { paged } from '../cards/paged.ts';
import { type Body, type Directory, nameOf } from '../directory/model.ts';
import type { BodyId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import { progressText } from './card.ts';
import type { BodyFigures, ListFigures } from './listing.ts';
import type { Template } from './model.ts';
import type { Progress } from './standing.ts';

/** Which lists there are, and how they stand. */

export interface ListsView {
  body: Body;
  lists: readonly ListFigures[];
  /** Those that ship and have not been begun. */
  offered: readonly Template[];
  /** In the body's chat a button brings the list's card to the bottom; elsewhere it opens the list in place. */
  inChat: boolean;
  page: number;
  said?: Said | undefined;
  /** Offers to make a list: to leaders, and where everybody reads. */
  makes: boolean;
}

const listsPage = 10;

/** The lists of a body: those in use, and those that can be begun. */
export function listsCard(view: ListsView, texts: Texts, directory: Directory): Card {
  const { body, lists, offered, page: wanted, said, makes } = view;
  const title = texts('checklist.lists.title', { body: body.name[texts.language] });
  const turn = (to: string, page: number) => button(to, 'checklist.list', { body: body.id, page });
  const { shown, page, line, turns } = paged(lists, { size: listsPage, wanted, turn }, texts);
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(title),
      ...(lists.length === 0 ? [text(texts('checklist.lists.none'))] : []),
      ...shown.map((list) => listRow(list, { ...view, page }, texts, directory)),
      ...line,
      ...(turns.length > 0 ? [actionRow(turns)] : []),
      ...(offered.length > 0 ? [subheading(texts('checklist.lists.offered'))] : []),
      ...offered.map((template) => offeredRow(template, body, texts)),
    ],
    actions: makes ? [button(texts('checklist.actions.own'), 'checklist.ownForm', { body: body.id })] : [],
  });
}

/** As it is called, for places that read no Markdown. */
function nameOfList({ title, person, closed }: ListFigures, texts: Texts, directory: Directory): string {
  const whose = person === null ? '' : ` · ${nameOf(directory, person) ?? texts('team.formerMember')}`;
  return `${title[texts.language]}${whose}${closed ? ` · ${texts('checklist.closed')}` : ''}`;
}

function listRow(list: ListFigures, { inChat, page }: ListsView, texts: Texts, directory: Directory): CardElement {
  const { progress, person, body, id } = list;
  const open =
    inChat && person === null
      ? button(texts('list.open'), 'checklist.bring', { body, list: id, page })
      : button(texts('list.open'), 'checklist.view', { body, list: id });
  return {
    ...columns(
      [
        text(withoutMarkdown(nameOfList(list, texts, directory)), { weight: 'Bolder' }),
        text(progressText(progress, texts), { spacing: 'None', size: 'Small' }),
        progressBar(progress.done + progress.notApplicable, progress.total),
      ],
      [actionRow([open])],
    ),
    separator: true,
  };
}

function offeredRow({ id, title }: Template, body: Body, texts: Texts): CardElement {
  const start = button(texts('checklist.actions.start'), 'checklist.start', { body: body.id, template: id });
  return columns([text(plain(title, texts))], [actionRow([start])]);
}

const overviewPage = 12;

export interface Overview {
  bodies: readonly BodyFigures[];
  /** Those that the reader belongs to: their lists are a press away. */
  own: readonly BodyId[];
  page: number;
}

/** For leaders: all lists of the region, those with most overdue first, and so the ways to the reader's own. */
export function overviewCard({ bodies, own, page: wanted }: Overview, texts: Texts, directory: Directory): Card {
  const title = texts('checklist.overview.title');
  const all = bodies
    .flatMap(({ body, lists }) =>
      lists.map((list) => ({
        name: `${body.name[texts.language]}: ${nameOfList(list, texts, directory)}`,
        progress: list.progress,
      })),
    )
    .sort((a, b) => b.progress.overdue - a.progress.overdue);
  const turn = (to: string, page: number) => button(to, 'checklist.overview', { page });
  const { shown, line, turns } = paged(all, { size: overviewPage, wanted, turn }, texts);
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      ...(all.length === 0 ? [text(texts('checklist.overview.none'))] : []),
      ...(shown.length > 0 ? [subtle(texts('checklist.overview.chart'))] : []),
      ...barCharts(
        texts('checklist.overview.chart'),
        shown.map(({ name, progress }) => ({ name, parts: partsOf(progress, texts) })),
      ),
      ...shown.flatMap(({ name, progress }) => [
        text(withoutMarkdown(name), { weight: 'Bolder', spacing: 'Medium' }),
        text(progressText(progress, texts), {
          spacing: 'None',
          ...(progress.overdue > 0 && { color: 'Attention' as const }),
        }),
      ]),
      ...line,
    ],
    actions: [
      ...turns,
      ...wayTo(
        bodies.filter(({ body }) => own.includes(body.id)),
        texts,
      ),
    ],
  });
}

function wayTo(bodies: readonly BodyFigures[], texts: Texts): CardAction[] {
  const overdue = ({ lists }: BodyFigures): number => lists.reduce((sum, { progress }) => sum + progress.overdue, 0);
  return bodies
    .toSorted((a, b) => overdue(b) - overdue(a))
    .map(({ body: { id, name } }) =>
      button(texts('checklist.lists.title', { body: name[texts.language] }), 'checklist.list', { body: id }),
    );
}

/** Every item in one part. */
function partsOf({ total, done, notApplicable, overdue }: Progress, texts: Texts): Bar['parts'] {
  const settled = done + notApplicable;
  const part = (key: 'done' | 'overdue' | 'left', value: number, color: Bar['parts'][number]['color']) => ({
    name: texts(`checklist.overview.${key}`),
    value,
    color,
  });
  return [
    part('done', settled, 'good'),
    part('overdue', overdue, 'attention'),
    part('left', total - settled - overdue, 'neutral'),
  ];
}
