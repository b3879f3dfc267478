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

export const meetingSettings = z
  .strictObject({
    reminders: reminders.prefault({}),
    /** Minutes, for what nobody says the length of. */
    length: z.number().int().min(limits.shortest).max(limits.longest).default(60),
    /** Working days in which a poll is to be answered, when nobody says otherwise. */
    pollDays: z.number().int().min(1).max(30).default(3),
  })
  .prefault({});
export type MeetingPolicy = z.infer<typeof meetingSettings>;
