import { z } from 'zod';
import { personId } from '../../shared/ids.ts';
import { type Parsed, parseWith } from '../../shared/input.ts';
import { anyText, someText } from '../../shared/text-input.ts';
import { chairScopes, outcomes, recordLimits, turns } from '../model.ts';

/** What is typed and chosen in the forms of a meeting: unknown → validated. */

export function parseDiscussion(values: unknown): Parsed<{ discussion: string }> {
  return parseWith(z.object({ discussion: anyText(recordLimits.discussion) }), values);
}

/** When what was passed by is dealt with: `now` with, after a space, the item after which it is put. */
const turning = z
  .string()
  .max(100)
  .transform((text, context) => {
    const [said, after] = text.split(' ');
    const turn = turns.find((one) => one === said);
    if (turn) return { turn, after };
    context.addIssue({ code: 'invalid_value', values: [...turns], input: text });
    return z.NEVER;
  })
  .optional();

const decision = z.object({
  as: z.enum(outcomes),
  turn: turning,
  decision: anyText(recordLimits.decision),
});
export function parseDecision(values: unknown): Parsed<z.infer<typeof decision>> {
  return parseWith(decision, values);
}

const counter = z.object({ turn: turning, counter: someText(recordLimits.counter) });
export function parseCounter(values: unknown): Parsed<z.infer<typeof counter>> {
  return parseWith(counter, values);
}

/** `seat person`; in forms of before the seat alone. */
const whose = z
  .string()
  .max(200)
  .transform((text) => {
    const [seat = '', person] = text.split(' ');
    return { seat, ...(person && { person: personId(person) }) };
  });
const dissent = z.object({ seat: whose.optional(), dissent: anyText(recordLimits.dissent) });
const anothers = dissent.required({ seat: true });
export function parseDissent(values: unknown, { isOwn }: { isOwn: boolean }): Parsed<z.infer<typeof dissent>> {
  return parseWith(isOwn ? dissent : anothers, values);
}

const somebody = z.string().min(1).max(60).transform(personId);
const holder = z.object({ owner: somebody, due: z.iso.date() });
export function parseHolder(values: unknown): Parsed<z.infer<typeof holder>> {
  return parseWith(holder, values);
}

/** An empty text removes what is there already, but for what is said in other languages alone; of what is new, one is needed. */
const emptied = z.object({ action: anyText(recordLimits.action).pipe(z.literal('')) });
const action = holder.extend({ action: someText(recordLimits.action) });
const translation = holder.extend({ action: anyText(recordLimits.action) });
export function parseAction(
  values: unknown,
  { isKnown, isElsewhere }: { isKnown: boolean; isElsewhere: boolean },
): Parsed<z.infer<typeof action> | z.infer<typeof emptied>> {
  if (isKnown && isElsewhere) return parseWith(translation, values);
  const removed = isKnown ? emptied.safeParse(values) : null;
  return removed?.success ? { ok: true, value: removed.data } : parseWith(action, values);
}

/** A seat and, after a space, a person. */
const seatAndPerson = z
  .string()
  .max(200)
  .transform((text) => text.split(' '))
  .pipe(z.tuple([z.string().min(1), z.string().min(1)]))
  .transform(([seat, person]) => ({ seat, person: personId(person) }));

const at = z.string().min(1).max(60);
const attendance = z.discriminatedUnion('what', [
  z.object({ what: z.literal('come'), who: seatAndPerson, at: at.optional() }),
  // Nobody leaves but at some item.
  z.object({ what: z.literal('leave'), who: seatAndPerson, at }),
  z.object({ what: z.literal('absent'), who: seatAndPerson }),
]);
export function parseAttendance(values: unknown): Parsed<z.infer<typeof attendance>> {
  return parseWith(attendance, values);
}

/** `-seat`: not any more; `seat person`: they, with nobody instead; `seat person substitute`: with that one instead. */
const recusal = z.object({
  who: z
    .string()
    .min(1)
    .max(200)
    .transform((text) => {
      const [seat = '', person = '', substitute] = text.split(' ');
      return seat.startsWith('-')
        ? { seat: seat.slice(1), person: null, substitute: null }
        : { seat, person: personId(person), substitute: substitute === undefined ? null : personId(substitute) };
    }),
});
export function parseRecusal(values: unknown): Parsed<z.infer<typeof recusal>> {
  return parseWith(recusal, values);
}

const chairing = z.object({ person: somebody, at: at.optional(), scope: z.enum(chairScopes).default('on') });
export function parseChair(values: unknown): Parsed<z.infer<typeof chairing>> {
  return parseWith(chairing, values);
}
