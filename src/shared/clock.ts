/** The only way to the time: the running process passes the system's clock, tests one that they turn by hand. */
export interface Clock {
  now(): Temporal.Instant;
  /** Resolves after `milliseconds` of this clock, or at once when `signal` aborts. It never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  // To the millisecond, as it is stored: one action asks many times for the same moment.
  now() {
    const milliseconds = Date.now();
    // Compared as a number: to ask a moment for its own takes longer than all else here.
    if (milliseconds !== presentMilliseconds) {
      present = Temporal.Instant.fromEpochMilliseconds(milliseconds);
      presentMilliseconds = milliseconds;
    }
    return present;
  },
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      signal?.addEventListener('abort', finish);
    }),
};

let present = Temporal.Now.instant();
let presentMilliseconds = present.epochMilliseconds;

/** What `work` resolves with, or null when it takes longer than `milliseconds`; it goes on then, and nobody hears of it. */
export async function inTime<R>(clock: Clock, milliseconds: number, work: Promise<R>): Promise<R | null> {
  const done = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(milliseconds, done.signal).then(() => null)]);
  } finally {
    done.abort();
  }
}

/** The date on the calendars of those who live in this zone (IANA). */
export function dateIn(timeZone: string, moment: Temporal.Instant): Temporal.PlainDate {
  return moment.toZonedDateTimeISO(timeZone).toPlainDate();
}

/**
 * How many of so many milliseconds since `since` (epoch milliseconds) are left; 0 when they are over. So they are when
 * `since` lies ahead: the clock was set back, and what is remembered would outlive its time by as much.
 */
export function timeLeft(since: number, milliseconds: number, { epochMilliseconds: now }: Temporal.Instant): number {
  return since > now ? 0 : Math.max(0, since + milliseconds - now);
}

/** The instant as it is stored and sorted: UTC with milliseconds, so that text order is time order. */
export function toStored(moment: Temporal.Instant): string {
  return storedLater(moment, 0);
}

/** The same of the moment so many milliseconds later. */
export function storedLater({ epochMilliseconds }: Temporal.Instant, milliseconds: number): string {
  const moment = epochMilliseconds + milliseconds;
  const known = lastTexts.get(milliseconds);
  if (known?.moment === moment) return known.text;
  const text = new Date(moment).toISOString();
  lastTexts.set(milliseconds, { moment, text });
  return text;
}

/**
 * By how much later: one action asks several times for the texts of its own moment and of the same few moments after it. By
 * so much is said in the code, so there are not many.
 */
const lastTexts = new Map<number, { moment: number; text: string }>();
