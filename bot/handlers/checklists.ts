import { z } from 'zod';
import { overviewCard } from '../../src/checklists/lists-card.ts';
import { privatelyCard } from '../../src/conversations/card.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import { bodiesMeant, requireDiscretion } from './body.ts';
import {
  type Begun,
  bodyName,
  type ChecklistParts,
  type ListPages,
  listData,
  page,
  partId,
  refOf,
  unfoldedBy,
} from './checklist-pages.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

/** The lists of a body: which there are, what stands in one, the way out of it as a file, and how those of the region stand. */
export function createChecklistEntry(parts: ChecklistParts & { pages: ListPages }) {
  const { checklists, directory } = parts;
  const { regionOf, begun, brought, shown, shownAgain, lists } = parts.pages;

  async function start(press: Press, named: string | undefined, template: string): Promise<Begun> {
    const [body, ...others] = bodiesMeant(directory, press, { named });
    requireDiscretion(directory, press, body.id);
    if (others.length > 0) {
      return { card: whichBodyCard(press.texts, [body, ...others], 'checklist.start', { template }), brought: false };
    }
    return begun(press, await checklists.start(press.actor, body.id, template));
  }

  const verbs = {
    'checklist.list': verb({
      input: listData.partial().extend({ page }),
      audience: 'everyone in the directory',
      async run(press, { body: named, page: at }) {
        const [body, ...others] = bodiesMeant(directory, press, { named });
        requireDiscretion(directory, press, body.id);
        if (others.length > 0) return whichBodyCard(press.texts, [body, ...others], 'checklist.list');
        return lists(press, body, at);
      },
    }),
    'checklist.start': verb({
      input: z.object({ body: bodyName.optional(), template: partId }),
      audience: 'members of the body',
      run: async (press, { body, template }) => (await start(press, body, template)).card,
    }),
    'checklist.bring': verb({
      input: listData.extend({ page }),
      audience: 'members of the body',
      async run(press, { page: at, ...data }) {
        const [body] = bodiesMeant(directory, press, { named: data.body });
        return lists(press, body, at, brought(press, await checklists.bring(press.actor, refOf(data))));
      },
    }),
    'checklist.view': verb({
      input: listData.extend({ block: partId.optional(), item: partId.optional(), page }),
      audience: 'members of the body',
      async run(press, { block, item, page: at, ...data }) {
        // Teams draws a card anew by itself, on another screen too: whoever fills in a form has not left it by that.
        if (press.automatic) return shownAgain(press, data, await checklists.view(press.actor, refOf(data)));
        const list = await checklists.closeForm(press.actor, refOf(data), data.placement ?? null);
        return shown(press, data, list, { card: 'list', unfolded: unfoldedBy({ block, item, page: at }) });
      },
    }),
    'checklist.export': verb({
      input: listData,
      audience: 'members of the body',
      async run(press, data) {
        const list = await checklists.closeForm(press.actor, refOf(data), data.placement ?? null);
        return shown(press, data, list, { card: 'export' });
      },
    }),
    'checklist.overview': verb({
      input: z.object({ page }),
      audience: 'leader of any body',
      async run(press, { page: at }) {
        // Everybody in the chat reads the answer to a command.
        if (press.readBy === 'chat') return privatelyCard(press.texts, 'overview', 'checklist.overview');
        const bodies = await checklists.overview(press.actor);
        const own = press.actor.memberships.map(({ body }) => body);
        return overviewCard({ bodies, own, page: at }, press.texts, regionOf(press));
      },
    }),
  } satisfies VerbTable;
  return { verbs, start };
}
