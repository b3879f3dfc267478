import { z } from 'zod';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import { privatelyCard } from '../../src/conversations/card.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { type Clock, dateIn } from '../../src/shared/clock.ts';
import { type Task, tasksCard, tasksOn } from '../../src/tasks/card.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import { createPerReader } from './per-reader.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

/** What waits for a person in one feature, in their language. */
export type TaskSource = (actor: Actor) => Promise<Task[]>;

/**
 * What waits for whoever pressed, as it stands now: the page that they have turned to, else the one that they were at.
 * `said` is what they have just done from there.
 */
export type DrawTasks = (press: Press, view?: { page?: number | undefined; said?: Said | undefined }) => Promise<Card>;

export function createDrawTasks(parts: {
  sources: readonly TaskSource[];
  directory: Pick<DirectoryService, 'require'>;
  clock: Pick<Clock, 'now'>;
}): DrawTasks {
  const { sources, directory, clock } = parts;
  const pages = createPerReader<{ page: number }>(clock);
  return async (press, { page = pages.of(press)?.page ?? 0, said } = {}) => {
    pages.note(press, { page });
    const { actor, texts } = press;
    const tasks = await Promise.all(sources.map((tasksOf) => tasksOf(actor)));
    for (const task of tasksOn(tasks.flat(), page)) await task.noted?.();
    const today = dateIn(directory.require(actor.tenant).policy.timeZone, clock.now());
    return tasksCard({ tasks: tasks.flat(), page, today, said }, texts);
  };
}

/** Everything that waits for one person, whichever feature it comes from. */
export function taskFeature(drawTasks: DrawTasks): Feature {
  const verbs: VerbsOf<'task'> = {
    'task.list': verb({
      input: z.object({ page: z.int().min(0).max(1_000).optional() }),
      audience: 'everyone in the directory',
      async run(press, { page }) {
        // Everybody in the chat reads the answer to a command.
        return press.readBy === 'chat' ? privatelyCard(press.texts, 'tasks', 'task.list') : drawTasks(press, { page });
      },
    }),
  };
  return {
    verbs,
    commands: [tasksCommand],
    offer: (texts) => ({ buttons: [button(texts('help.tasks'), 'task.list')] }),
  };
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
