import { exportCard } from '../../src/checklists/export-card.ts';
import { type FilePass, passMinutes } from '../../src/checklists/file-pass.ts';
import { type ChecklistParts, listData, refOf } from './checklist-pages.ts';
import { type VerbTable, verb } from './verb.ts';

export interface ExportParts {
  /** The whole address at which the file is handed out. */
  fileLink: (pass: FilePass) => string;
}

/** The way out of a list: links to it as files. */
export function checklistExport({ checklists, listSceneFor, fileLink }: ChecklistParts & ExportParts) {
  return {
    'checklist.export': verb({
      input: listData,
      audience: 'members of the body',
      async run({ actor }, data) {
        const { tenant, person, language } = actor;
        const placement = data.placement ?? null;
        const list = await checklists.closeForm(actor, refOf(data), placement);
        return exportCard(list, listSceneFor(actor, placement), {
          to: (format) => fileLink({ tenant, person, language, list: refOf(data), format }),
          minutes: passMinutes,
        });
      },
    }),
  } satisfies VerbTable;
}
