import { z } from 'zod';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import { privatelyCard } from '../../src/checklists/lists-card.ts';
import type { ChecklistService } from '../../src/checklists/service.ts';
import { tasksCard } from '../../src/tasks/card.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import type { ListSceneFor } from './scenes.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

export interface TaskParts {
  checklists: Pick<ChecklistService, 'tasks'>;
  listSceneFor: ListSceneFor;
}

/** Everything that waits for one person, whichever feature it comes from. */
export function taskFeature(parts: TaskParts): Feature {
  const verbs: VerbsOf<'task'> = {
    'task.list': verb({
      input: z.object({ page: z.int().min(0).max(1_000).default(0) }),
      audience: 'everyone in the directory',
      async run(press, { page }) {
        // Everybody in the chat reads the answer to a command.
        return press.readBy === 'chat' ? privatelyCard(press.texts, 'tasks') : drawTasks(parts, press, { page });
      },
    }),
  };
  return {
    verbs,
    commands: [tasksCommand],
    // In a group's chat everybody has others.
    offer: (texts, body) => ({ buttons: body === null ? [button(texts('help.tasks'), 'task.list')] : [] }),
  };
}

/** What waits for whoever pressed, as it stands now. */
export async function drawTasks(
  { checklists, listSceneFor }: TaskParts,
  { actor, texts }: Press,
  { page = 0, said }: { page?: number; said?: Said | undefined } = {},
): Promise<Card> {
  const { today } = listSceneFor(actor, null);
  return tasksCard({ tasks: await checklists.tasks(actor), page, today, said }, texts);
}

const tasksCommand = command({
  words: {
    task: {
      sv: 'uppgift uppgiften uppgifter uppgifterna',
      fi: 'tehtävä tehtävän tehtävät tehtäviä tehtäväni',
      en: 'task tasks',
    },
  },
  example: { sv: 'uppgifter', fi: 'tehtävät', en: 'tasks' },
  evidence: ['task'],
  read: (said) => (said.has('task') && said.only('task', 'mine', 'open', 'waiting') ? { verb: 'task.list' } : null),
});
