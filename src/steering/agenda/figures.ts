import type { ChecklistService } from '../../checklists/service.ts';
import type { BodyId, TenantId } from '../../shared/ids.ts';
import { decisionFigures } from '../../statistics/model.ts';
import type { StatisticsService } from '../../statistics/service.ts';
import type { Figures } from '../model.ts';

/** Where the figures of a region come from. */
export interface FigureSources {
  statistics: Pick<StatisticsService, 'ofYear'>;
  checklists: Pick<ChecklistService, 'openIn'>;
  /** Whether the bodies keep their rhythms. */
  rhythmsOf(tenant: TenantId): Promise<readonly { body: { id: BodyId }; kind: string; state: string }[]>;
}

/** How a region stands, with the decisions from the first to the last of these months. */
export function createFigures({ statistics, checklists, rhythmsOf }: FigureSources) {
  return async (tenant: TenantId, from: Temporal.PlainYearMonth, to: Temporal.PlainYearMonth): Promise<Figures> => {
    const years = Array.from({ length: to.year - from.year + 1 }, (_, at) => from.year + at);
    const [records, lists, rhythms] = await Promise.all([
      Promise.all(years.map((year) => statistics.ofYear(tenant, year))),
      checklists.openIn(tenant),
      rhythmsOf(tenant),
    ]);
    const late = rhythms.filter(({ state }) => state === 'missed');
    return {
      decisions: decisionFigures(records.flat(), from.toString(), to.toString()),
      lists,
      rhythms: { late: late.map(({ body, kind }) => ({ body: body.id, kind })) },
    };
  };
}
