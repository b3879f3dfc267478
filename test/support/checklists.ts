import { decide } from '../../src/checklists/decide.ts';
import type { Checklist, ChecklistCommand, Item, Template, TemplateItem } from '../../src/checklists/model.ts';
import { itemsOf } from '../../src/checklists/standing.ts';
import { newChecklist } from '../../src/checklists/started.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import type { Scene, Transition } from '../../src/checklists/transition.ts';
import { hasLeft, isMember, leadersOf } from '../../src/directory/model.ts';
import { isAppError } from '../../src/shared/errors.ts';
import type { Localised } from '../../src/shared/language.ts';
import { actor, type ExamplePerson, exampleDirectory, lojo, monday, people } from './builders.ts';

/** Lists that no test depends on; a test says only what it is about. */

/** The example region, where Sofia leads Lojo beside Maria: so there are two who approve. */
export const twoLeaders = exampleDirectory();
for (const member of twoLeaders.members) if (member.person === people.sofia) member.role = 'leader';

export const inAll = (text: string): Localised => ({ sv: text, fi: text, en: text });

export function templateItem(id: string, over: Partial<TemplateItem> = {}): TemplateItem {
  return { id, text: inAll(id), source: null, approval: false, every: null, month: null, ...over };
}

/** Two blocks: `plain` and `checked` (which needs approval), and `monthly`, which comes again. */
export const template: Template = {
  id: 'startup',
  for: 'region',
  title: inAll('Start'),
  blocks: [
    { id: 'first', title: inAll('First'), items: [templateItem('plain'), templateItem('checked', { approval: true })] },
    { id: 'second', title: inAll('Second'), items: [templateItem('monthly', { every: 'month' })] },
  ],
};

/** Lojo's, begun on {@link monday}. */
export function list(
  of: Pick<Template, 'title' | 'blocks'> = template,
  over: Partial<StoredChecklist> = {},
): StoredChecklist {
  const place = { tenant: twoLeaders.tenant, body: lojo, id: 'startup', person: null };
  return { ...newChecklist(place, of, monday, dateAt(monday)), ...over };
}

/** One item alone, as it is when a list is begun. */
export function listOf(...items: TemplateItem[]): StoredChecklist {
  return list({ title: inAll('List'), blocks: [{ id: 'block', title: inAll('Block'), items }] });
}

export function dateAt(now: Temporal.Instant): Temporal.PlainDate {
  return now.toZonedDateTimeISO('Europe/Helsinki').toPlainDate();
}

export function sceneAt(now: Temporal.Instant, who: ExamplePerson): Scene {
  return {
    actor: actor(who, 'sv', twoLeaders),
    now,
    today: dateAt(now),
    isMember: (person) => isMember(twoLeaders, lojo, person),
    hasLeft: (owner) => hasLeft(twoLeaders, lojo, owner),
    leaders: leadersOf(twoLeaders, lojo),
  };
}

export function act(state: Checklist, who: ExamplePerson, command: ChecklistCommand, now = monday): Transition {
  return decide(state, command, sceneAt(now, who));
}

/** The state after a press; what is refused leaves it as it was. */
export function pressed(state: Checklist, who: ExamplePerson, command: ChecklistCommand, now = monday): Transition {
  try {
    return act(state, who, command, now);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { list: state, event: null };
  }
}

/** The state after these presses, none of which is refused. */
export function played(
  state: Checklist,
  ...presses: [ExamplePerson, ChecklistCommand, Temporal.Instant?][]
): Checklist {
  return presses.reduce((next, [who, command, now]) => act(next, who, command, now).list, state);
}

export function itemOf(state: Checklist, id: string): Item {
  const item = itemsOf(state).find((candidate) => candidate.id === id);
  if (!item) throw new Error(`No item ${id}.`);
  return item;
}
