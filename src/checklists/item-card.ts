import {
  banner,
  button,
  type Card,
  type CardAction,
  card,
  facts,
  heading,
  link,
  plain,
  type Said,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import {
  dataOf,
  dueText,
  type ListScene,
  type ListViewer,
  nextStep,
  ownersText,
  signedText,
  stateText,
  summaryOf,
} from './card.ts';
import { sourceLabel } from './codes.ts';
import type { Place } from './form.ts';
import type { Checklist, Item, Settled } from './model.ts';
import { isSettled, mayApprove, owns, undoable } from './standing.ts';

interface ItemCardOptions {
  said?: Said | undefined;
  /** It was opened from its viewer's tasks, and there one goes back to. */
  asTask?: boolean;
}

/** One item, with all that its viewer can do with it. */
export function itemCard(
  list: Checklist,
  item: Item,
  scene: ListScene,
  viewer: ListViewer,
  { said, asTask = false }: ItemCardOptions = {},
): Card {
  const { texts } = scene;
  const { language } = texts;
  const due = dueText(item, scene);
  const row = (title: string, value: string) => (value ? [[title, value] as const] : []);
  return card(texts, {
    speak: `${list.title[language]} · ${item.text[language]}`,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      text(withoutMarkdown(summaryOf(list, scene)), { size: 'Small', isSubtle: true }),
      { ...heading(plain(item.text, texts)), spacing: 'None' },
      facts([
        // Of what somebody has in hand it is enough to say who.
        ...row(
          texts('checklist.facts.state'),
          item.state.is === 'open' && item.owners.length > 0
            ? ''
            : (settledText(item, scene) ?? stateText(item, scene)),
        ),
        ...row(texts('checklist.facts.owners'), ownersText(item, scene)),
        ...row(texts('checklist.facts.due'), due),
        ...row(texts('checklist.facts.every'), item.every ? texts(`checklist.every.${item.every}`) : ''),
        ...row(
          texts('checklist.facts.approval'),
          item.approval && !isSettled(item) ? texts('checklist.approvalNeeded') : '',
        ),
        ...row(texts('checklist.facts.link'), item.link ? texts('checklist.linkThere') : ''),
        ...row(texts('checklist.facts.note'), item.note ? texts('checklist.noteThere') : ''),
        ...row(texts('checklist.facts.before'), item.before ? doneText(item.before, scene) : ''),
        ...row(texts('checklist.facts.source'), item.source ? withoutMarkdown(sourceLabel(item.source, language)) : ''),
      ]),
    ],
    actions: [
      ...actionsOf(list, item, scene, viewer, asTask ? 'task' : 'item'),
      ...(item.link ? [link(texts('checklist.actions.openLink'), item.link)] : []),
      asTask
        ? button(texts('actions.back'), 'task.list')
        : button(texts('actions.back'), 'checklist.view', { ...dataOf(list, scene), item: item.id }),
    ],
  });
}

function settledText({ state }: Item, scene: ListScene): string | null {
  return state.is === 'done' || state.is === 'notApplicable' ? doneText(state, scene) : null;
}

/** Who and when, and who has approved it. */
function doneText(state: Settled | Extract<Item['state'], { is: 'done' | 'notApplicable' }>, scene: ListScene): string {
  const approved = state.is === 'done' && state.approved ? signedText('approved', state.approved, scene) : '';
  return [signedText(state.is, state, scene), approved].filter(Boolean).join(' · ');
}

function actionsOf(list: Checklist, item: Item, scene: ListScene, viewer: ListViewer, from: Place): CardAction[] {
  const { texts } = scene;
  const data = { ...dataOf(list, scene), item: item.id, from };
  const next = nextStep(item, viewer);
  const isOpen = item.state.is === 'open';
  const last = undoable(item);
  const step = (name: Steps, options: { primary?: boolean; overflow?: boolean } = {}): CardAction =>
    button(texts(`checklist.actions.${name}`), `checklist.${name}`, data, options);
  // What was written can be read for ever.
  if (list.closed) return item.note || item.state.is === 'notApplicable' ? [step('noteForm')] : [];
  return [
    ...(next ? [step(next, { primary: true })] : []),
    ...(isOpen && next !== 'done' && !(item.approval && item.link === null) ? [step('done')] : []),
    ...(item.state.is === 'waiting' && viewer.leads && mayApprove(item, viewer.person) ? [step('sendBack')] : []),
    ...(isOpen ? [step('dueForm')] : []),
    ...((isOpen || !item.approval) && next !== 'linkForm' ? [step('linkForm', { overflow: !item.approval })] : []),
    step('noteForm'),
    ...(isOpen && viewer.leads ? [step('assignForm')] : []),
    ...(isOpen && owns(item, viewer.person) ? [step('giveBack', { overflow: true })] : []),
    ...(isOpen ? [step('reasonForm', { overflow: true })] : []),
    ...(last && (viewer.leads || last.by === viewer.person)
      ? [
          button(
            texts('checklist.actions.undo'),
            'checklist.undo',
            { ...data, step: last.number },
            { overflow: isOpen },
          ),
        ]
      : []),
  ];
}

type Steps =
  | NonNullable<ReturnType<typeof nextStep>>
  | 'sendBack'
  | 'dueForm'
  | 'noteForm'
  | 'assignForm'
  | 'giveBack'
  | 'reasonForm';
