import { button, type Card } from '../../src/cards/elements.ts';
import { taskOf } from '../../src/checklists/task-card.ts';
import { isTeam } from '../../src/directory/model.ts';
import { leads } from '../../src/shared/actor.ts';
import { checklistEditing } from './checklist-editing.ts';
import { checklistItems } from './checklist-items.ts';
import { checklistMaking } from './checklist-making.ts';
import { type ChecklistParts, createListPages } from './checklist-pages.ts';
import { createPeace } from './checklist-peace.ts';
import { createWayBack } from './checklist-way-back.ts';
import { createChecklistEntry } from './checklists.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import type { DrawTasks, TaskSource } from './tasks.ts';
import { type Press, requireKnown, type VerbsOf } from './verb.ts';

const words = {
  checklist: {
    sv: 'checklista checklistan checklistor checklistorna',
    fi: 'tarkistuslista tarkistuslistan tarkistuslistaa tarkistuslistat tarkistuslistoja',
    en: 'checklist checklists',
  },
  start: { sv: 'start starta börja', fi: 'aloita aloitus aloittaminen käynnistä', en: 'start begin' },
} as const;

/** The lists of a body, and how those of the region stand. */
export function checklistFeature(parts: ChecklistParts & { newId: () => string; drawTasks: DrawTasks }): Feature {
  const pages = createListPages(parts);
  const inPeace = createPeace(parts);
  const withWayBack = createWayBack({ ...parts, pages });
  const { verbs: entry, start } = createChecklistEntry({ ...parts, pages });
  const verbs: VerbsOf<'checklist'> = {
    ...entry,
    ...checklistItems({ ...parts, pages }),
    ...checklistMaking({ ...parts, pages }),
    ...checklistEditing({ ...parts, pages }),
  };

  /** In the body's chat its one live card comes to the bottom, which is answer enough. */
  async function startHere(press: Press): Promise<Card | null> {
    requireKnown(press.actor);
    const { card, brought } = await start(press, undefined, startup);
    return brought && press.readBy === 'chat' ? null : card;
  }

  return {
    verbs: Object.fromEntries(
      Object.entries(verbs).map(([name, definition]) => [name, inPeace(withWayBack(name, definition))]),
    ),
    commands: [
      command({
        words,
        example: { sv: 'checklista start', fi: 'tarkistuslista aloita', en: 'checklist start' },
        evidence: ['checklist', 'start'],
        read(said) {
          if (!said.has('checklist') || !said.has('start') || !said.only('checklist', 'start', 'open')) return null;
          return { verb: 'checklist.start', data: { template: startup }, answer: startHere };
        },
      }),
      command({
        words,
        example: { sv: 'checklistor', fi: 'tarkistuslistat', en: 'checklists' },
        evidence: ['checklist'],
        read: (said) => (said.has('checklist') && said.only('checklist', 'open') ? { verb: 'checklist.list' } : null),
      }),
      command({
        words,
        example: { sv: 'läget', fi: 'tilanne', en: 'status' },
        evidence: ['status'],
        read: (said) =>
          said.has('status') && said.only('status', 'checklist') ? { verb: 'checklist.overview' } : null,
      }),
    ],
    offer: (texts, { body, bodies, leads: mayAsk }) => ({
      buttons: [
        button(texts('help.checklists'), 'checklist.list'),
        // Most of those who read a team's chat lead nothing, and whoever is of a team has more to do.
        ...(body || mayAsk
          ? [button(texts('help.status'), 'checklist.overview', {}, { overflow: bodies.some(isTeam) })]
          : []),
      ],
    }),
  };
}

/** What waits for a person in the lists of all their bodies. */
export function checklistTasks({
  checklists,
  listSceneFor,
}: Pick<ChecklistParts, 'checklists' | 'listSceneFor'>): TaskSource {
  return async (actor) => {
    const scene = listSceneFor(actor, null);
    return (await checklists.tasks(actor)).map(({ list, item }) =>
      taskOf({ list, item }, scene, { person: actor.person, leads: leads(actor, list.body) }),
    );
  };
}

/** The list with which Anchor work starts in a region. */
const startup = 'startup';
