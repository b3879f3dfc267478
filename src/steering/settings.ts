import { z } from 'zod';
import { usualQuorum } from '../directory/quorum.ts';

/** What a region decides about agendas: the section `agendas` of its file. */

const month = z.number().int().min(1).max(12);
const season = (from: number, to: number) =>
  z
    .strictObject({ from: month, to: month })
    .refine((one) => one.from <= one.to, 'the season must end after it begins')
    .default({ from, to });

export const agendaSettings = z
  .strictObject({
    /** Days before the meeting up to which members propose items. */
    proposalDays: z.number().int().min(0).max(60).default(10),
    /** Days before the meeting at which those are asked who have not said whether they come. */
    silentDays: z.number().int().min(1).max(30).default(5),
    /** Days after which those are reminded who check the minutes and have said nothing. */
    checkDays: z.number().int().min(1).max(60).default(7),
    /**
     * When a body can decide: more than half of its seats, among them so many authorities and municipalities, or all there are
     * of them.
     */
    quorum: z
      .strictObject({
        authorities: z.number().int().min(0).max(20).default(usualQuorum.authorities),
        municipalities: z.number().int().min(0).max(100).default(usualQuorum.municipalities),
      })
      .prefault({}),
    /** The months in which the operating plan of the next year, and the annual report of the last one, come up. */
    operatingPlan: season(9, 12),
    annualReport: season(1, 5),
    /** Until when the cooperation agreement runs; in the year before that it comes up. */
    agreementUntil: z.iso.date().nullable().default(null),
    /** A year in which the survey is made, as it is every second year [S3]. */
    surveyYear: z.number().int().min(2000).max(2100).default(2026),
  })
  .prefault({});
export type AgendaSettings = z.infer<typeof agendaSettings>;
