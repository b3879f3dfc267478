import { z } from 'zod';
import { professions } from '../shared/actor.ts';
import { codesOf } from './codes.ts';

/** What a region decides about referrals: the section `referrals` of its file. */

/** Working time. */
const span = z.strictObject({ days: z.number().int().min(0).default(0), hours: z.number().min(0).default(0) });

const triage = z.strictObject({
  /** Professions that must have assessed before the team decides. */
  professionsNeeded: z.number().int().min(1).max(professions.length).default(2),
  /** Days after a decision within which the case can be reopened. */
  reopenWithinDays: z.number().int().min(0).default(30),
});

const reminders = z.strictObject({
  /** After how much working time an untaken referral is reminded of, by urgency. */
  untaken: z
    .strictObject({
      normal: span.prefault({ days: 1 }),
      soon: span.prefault({ days: 1 }),
      atOnce: span.prefault({ hours: 2 }),
    })
    .prefault({}),
  undecided: span.prefault({ days: 5 }),
  /** After the first reminder, until the leader hears of it. */
  leaderAfter: span.prefault({ days: 1 }),
});
export type ReminderPolicy = z.infer<typeof reminders>;

/** A named party that hands in referrals over HTTP. */
const source = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
  /** The code that all its referrals carry; null when it hands in for several and says each time for whom. */
  source: z.enum(codesOf('source')).nullable().default(null),
  /** `sha256:` and the hex digest of its key; the key itself is never stored. */
  keyHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, '"sha256:" and 64 hex digits'),
  perMinute: z.number().int().min(1).default(30),
});
export type ReferralSource = z.infer<typeof source>;

export const referralSettings = z
  .strictObject({
    triage: triage.prefault({}),
    reminders: reminders.prefault({}),
    sources: z
      .array(source)
      .default([])
      .superRefine((sources, context) => {
        sources.forEach(({ name }, index) => {
          if (sources.findIndex((other) => other.name === name) < index)
            context.addIssue({ code: 'custom', path: [index, 'name'], message: `"${name}" is there twice` });
        });
      }),
  })
  .prefault({});
