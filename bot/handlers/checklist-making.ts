import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { emptyForm, type Form, filledForm } from '../../src/cards/form.ts';
import { copyForm, copyLimits, fileLimits, ownForm, ownLimits } from '../../src/checklists/editing-cards.ts';
import { fileForm } from '../../src/checklists/file-card.ts';
import { parseNewList, parseTitle } from '../../src/checklists/input.ts';
import { longestPaste, type Template } from '../../src/checklists/model.ts';
import type { StoredChecklist } from '../../src/checklists/stored.ts';
import { type ReadTemplate, readTemplate } from '../../src/checklists/template-input.ts';
import { requireLeader } from '../../src/checklists/transition.ts';
import { type Body, bodyOf } from '../../src/directory/model.ts';
import { leads } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { LineProblem } from '../../src/shared/file-input.ts';
import { type BodyId, bodyId } from '../../src/shared/ids.ts';
import type { Localised } from '../../src/shared/language.ts';
import { bodiesMeant } from './body.ts';
import {
  bodyName,
  type ChecklistParts,
  type ListPages,
  listData,
  longText,
  partId,
  refOf,
  typed,
  unlessUnseen,
} from './checklist-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

/** Leaders make lists: from the chat, from a file, or as a copy of another. */
export function checklistMaking(parts: ChecklistParts & { pages: ListPages; newId: () => string }) {
  const { checklists, directory, listSceneFor, background, newId } = parts;
  const { regionOf, begun, lists } = parts.pages;

  /** Opens a form for a list that is to be; whoever leads nothing here reads why not above what they saw. */
  const making = (draw: (press: Press, body: Body) => Card) =>
    verb({
      input: z.object({ body: bodyName }),
      audience: 'leader of the body',
      async run(press, { body: named }) {
        const [body] = bodiesMeant(directory, press, { named });
        if (leads(press.actor, body.id)) return draw(press, body);
        const error = new AppError('directory.leadersOnly');
        return lists(press, body, 0, { tone: 'warning', text: explained(error, press, regionOf(press)) });
      },
    });

  async function begunOwn(press: Press, body: BodyId, template: Template): Promise<Card> {
    return (await begun(press, await checklists.startOwn(press.actor, body, template))).card;
  }

  function bodiesLed(press: Press): Body[] {
    const region = regionOf(press);
    return press.actor.memberships.flatMap(({ body }) =>
      leads(press.actor, body) ? (bodyOf(region, body) ?? []) : [],
    );
  }

  return {
    'checklist.ownForm': making((press, body) => ownForm(press.texts, body.id, newId(), emptyForm)),
    'checklist.own': verb({
      input: z.object({ body: bodyName, newId: partId, title: longText, items: longText }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { body: named, newId: own, ...inputs }) => {
        const body = bodyId(named);
        return submitted<Pick<Template, 'title' | 'blocks'>, Card>(
          { ...press, directory: regionOf(press) },
          inputs,
          { parse: parseNewList, limits: ownLimits, fieldOf: {} },
          {
            allow: () => requireLeader({ body }, press.actor),
            done: (list) => begunOwn(press, body, { ...list, id: own, for: 'region' }),
            again: (filled) => ownForm(press.texts, body, own, filled),
          },
        );
      },
    }),
    'checklist.fileForm': making(({ texts }, body) =>
      fileForm(texts, body.id, filledForm({ file: texts('checklist.file.example') })),
    ),
    'checklist.ownFile': verb({
      input: z.object({ body: bodyName, file: longText }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { body: named, file }) => {
        const body = bodyId(named);
        const problems: LineProblem[] = [];
        return submitted<Template, Card>(
          { ...press, directory: regionOf(press) },
          { file },
          {
            parse(values) {
              const read = readFile(values.file ?? '');
              if (read.ok) return { ok: true, value: read.template };
              problems.push(...read.problems);
              return { ok: false, problems: [{ field: 'file', code: 'invalid' }] };
            },
            limits: fileLimits,
            fieldOf: {},
          },
          {
            allow: () => requireLeader({ body }, press.actor),
            done: (list) => begunOwn(press, body, list),
            again: (filled) => fileForm(press.texts, body, filled, problems),
          },
        );
      },
    }),
    'checklist.copyForm': verb({
      input: listData,
      audience: 'leader of the body',
      async run(press, data) {
        requireLeader(data, press.actor);
        const { placement = null } = data;
        const list = await checklists.openForm(press.actor, refOf(data), placement);
        const choice = { bodies: bodiesLed(press), newId: newId() };
        const step = { ref: refOf(data), list, scene: listSceneFor(press.actor, placement) };
        return copyForm(step, choice, copyOf(list, press));
      },
    }),
    'checklist.copy': verb({
      input: listData.extend({ newId: partId, title: longText, to: typed(200) }),
      audience: 'leader of the body',
      givesBack: true,
      run: (press, { newId: own, title, to, ...data }) =>
        submitted<{ title: Localised }, Card>(
          { ...press, directory: regionOf(press) },
          { title, to },
          {
            parse: parseTitle,
            limits: copyLimits,
            fieldOf: { 'directory.notAMember': 'to', 'directory.leadersOnly': 'to' },
          },
          {
            allow: () => requireLeader(data, press.actor),
            async done(copied) {
              const body = bodyId(to ?? data.body);
              const list = await checklists.copy(press.actor, refOf(data), { body, id: own, title: copied.title });
              background(() => checklists.closeForm(press.actor, refOf(data), data.placement ?? null));
              return (await begun(press, list)).card;
            },
            async again(filled) {
              const list = await unlessUnseen(checklists.lastSeen(press.actor, refOf(data)));
              if (list) background(() => checklists.openForm(press.actor, refOf(data), data.placement ?? null));
              const scene = listSceneFor(press.actor, data.placement ?? null);
              return copyForm({ ref: refOf(data), list, scene }, { bodies: bodiesLed(press), newId: own }, filled);
            },
          },
        ),
    }),
  } satisfies VerbTable;
}

function copyOf({ title, body }: StoredChecklist, { texts }: Press): Form {
  return filledForm({ title: title[texts.language], to: body });
}

/** What is too long for the form is not read at all: that would take time from everybody. */
function readFile(file: string): ReadTemplate {
  if (file.length > longestPaste) return { ok: false, problems: [{ line: 1, field: '', code: 'tooLong' }] };
  return readTemplate(file, { ships: false });
}
