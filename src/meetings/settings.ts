import { z } from 'zod';
import { limits } from './model.ts';

/** What a region decides about meetings: the section `meetings` of its file. */

const reminders = z.strictObject({
  /** On the morning of the last working day before. */
  dayBefore: z.boolean().default(true),
  hourBefore: z.boolean().default(true),
  /** `private`: to each who has not said no; `chat`: to the chat of the body, and to those who are not in it. */
  where: z.enum(['private', 'chat']).default('private'),
});

/** At least once in so many weeks or months, by the end of the last of them; null for what is never watched. */
const interval = z
  .union([
    z.strictObject({ weeks: z.number().int().min(1).max(104) }),
    z.strictObject({ months: z.number().int().min(1).max(24) }),
  ])
  .nullable();
export type Interval = NonNullable<z.infer<typeof interval>>;

export const meetingSettings = z
  .strictObject({
    reminders: reminders.prefault({}),
    /** Minutes, for what nobody says the length of. */
    length: z.number().int().min(limits.shortest).max(limits.longest).default(60),
    /** Working days in which a poll is to be answered, when nobody says otherwise. */
    pollDays: z.number().int().min(1).max(30).default(3),
    /** How often each body is to meet. */
    cadence: z
      .strictObject({
        team: interval.default({ weeks: 1 }),
        supervision: interval.default({ months: 1 }),
        management: interval.default({ months: 6 }),
        steering: interval.default({ months: 6 }),
        development: interval.default(null),
        seminar: interval.default({ months: 12 }),
      })
      .prefault({}),
  })
  .prefault({});
export type MeetingPolicy = z.infer<typeof meetingSettings>;
