import { button, link } from '../cards/elements.ts';
import { bodyOf, membershipsOf } from '../directory/model.ts';
import type { Localised } from '../shared/language.ts';
import type { Task } from '../tasks/card.ts';
import { dataOf, type ListScene, type ListViewer, nextStep, signedText } from './card.ts';
import type { Checklist } from './model.ts';
import type { Listed } from './reminders.ts';

/** An item that waits for its viewer, as one of all their tasks: whoever approves sees who did it, when, and the evidence. */
export function taskOf({ list, item }: Listed, scene: ListScene, viewer: ListViewer): Task {
  const { texts } = scene;
  const data = { ...dataOf(list, scene), item: item.id, from: 'tasks' };
  const next = nextStep(item, viewer);
  const { state } = item;
  const step = (name: 'sendBack' | 'reasonForm' | NonNullable<typeof next>) =>
    button(texts(`checklist.actions.${name}`), `checklist.${name}`, data);
  return {
    text: item.text,
    of: originOf(list, scene, viewer),
    about: state.is === 'waiting' ? signedText('waiting', state, scene) : null,
    due: item.due,
    actions: [
      ...(next ? [step(next)] : []),
      step(state.is === 'waiting' ? 'sendBack' : 'reasonForm'),
      ...(state.is === 'waiting' && item.link ? [link(texts('checklist.actions.openLink'), item.link)] : []),
      button(texts('checklist.actions.item'), 'checklist.item', data),
    ],
  };
}

/** The list, and its body for whoever belongs to several: the same list may be begun in each of them. */
function originOf({ title, body }: Checklist, { directory }: ListScene, { person }: ListViewer): Localised {
  const name = bodyOf(directory, body)?.name;
  if (!name || membershipsOf(directory, person).length < 2) return title;
  return { sv: `${title.sv} · ${name.sv}`, fi: `${title.fi} · ${name.fi}`, en: `${title.en} · ${name.en}` };
}
