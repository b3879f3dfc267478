import type { AuditService } from '../src/audit/service.ts';
import { createTrimmer } from '../src/audit/trimmer.ts';
import { checklistDeliverable, listBellDeliverable } from '../src/checklists/deliverable.ts';
import { freedOfLeavers } from '../src/checklists/leaver.ts';
import { createChecklistService } from '../src/checklists/service.ts';
import { checklistLogPartition, homedChecklists, type StoredChecklist } from '../src/checklists/stored.ts';
import { createHome } from '../src/delivery/home.ts';
import type { Sealer } from '../src/storage/envelope.ts';
import { createShippedLists } from './checklist-files.ts';
import type { OpenData } from './data.ts';
import type { FeatureParts } from './feature-parts.ts';
import { createChecklistDraw } from './handlers/checklist-draw.ts';

/** The start-up checklists of bodies and people: where they stand, what is done with them, how they reach people. */
export function createChecklists(
  parts: FeatureParts & {
    sealer: Sealer;
    audit: AuditService;
    stored: Pick<OpenData['stored'], 'lists' | 'bells' | 'rosters' | 'directories'>;
  },
) {
  const { directory, audit, courier, clock, stored } = parts;
  const trimmer = createTrimmer<StoredChecklist>(audit, checklistLogPartition);
  const home = createHome(
    homedChecklists(stored.lists),
    (list) => freedOfLeavers(list, directory.require(list.tenant), audit, clock.now()),
    parts.homeParts,
  );
  const service = createChecklistService({ ...parts, ...stored, templates: createShippedLists(), home, trimmer });
  const delivery = { ...parts, lists: stored.lists, trimmer, now: clock.now, draw: createChecklistDraw(parts) };
  courier.register(checklistDeliverable(delivery));
  courier.register(listBellDeliverable(stored.bells, delivery));
  return { home, service };
}
