import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { Form, FormInputs, FormValues, Limits } from '../../src/cards/form.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { meetingCard } from '../../src/steering/meeting/card.ts';
import type { ItemStep } from '../../src/steering/meeting/form.ts';
import { currentOf } from '../../src/steering/meeting/proceedings.ts';
import type { Meeting } from '../../src/steering/meeting/record-card.ts';
import type { RecordPress } from '../../src/steering/model.ts';
import { requireKeeper } from '../../src/steering/rights.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import {
  type AgendaData,
  type AgendaPages,
  type AgendaParts,
  agendaData,
  itemId,
  refOf,
  typed,
} from './agenda-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import type { Press } from './verb.ts';

/** What every button of an item of a meeting carries. */
export const ofItem = agendaData.extend({ item: itemId });

export const keeper = { audience: 'keepers of the agenda' } as const;
export const member = { audience: 'members of the agenda’s body' } as const;

/** One of the forms: how it is drawn for a meeting that goes on, read, and what it does. */
export interface MeetingForm<Value> {
  limits: Limits;
  /** `isOvertaken`: with what stands there now, as seen by its sender. */
  draw(meeting: Meeting, form: Form, stored: StoredSitting, isOvertaken: boolean): Card;
  parse(values: FormValues): Parsed<Value>;
  toPress(value: Value): RecordPress;
  /** Refusals that are about one of its fields. */
  fieldOf?: Readonly<Record<string, string>>;
  /** Refusals after which it cannot be sent in any more, and has nothing of its sender’s own words. */
  over?: readonly string[];
  /** A member’s own; else it is for who keeps the record. */
  isOwn?: boolean;
  /** The item at which one comes back. */
  item?: string;
  /** What is shown once it is done; the meeting where nothing is said. */
  after?(): Promise<Card>;
}

/** What a form of an item carries along: what its sender saw, the id of what it makes or changes, whose opinion it is. */
export const carried = {
  seen: typed(100),
  newId: z.uuid().max(36).optional(),
  action: itemId.optional(),
  from: z.union([z.literal('meeting'), z.int().min(0).max(1_000)]).optional(),
  for: z.literal(1).optional(),
  /** What is voted on. */
  on: typed(100),
  /** It was asked first. */
  sure: z.literal(1).optional(),
  /** About what. */
  asked: typed(100),
  /** What is changed is there already. */
  known: z.literal(1).optional(),
  /** It is said in other languages alone, so that an empty text removes nothing of it. */
  elsewhere: z.literal(1).optional(),
  /** What stands there in other languages alone goes. */
  gone: z.literal(1).optional(),
} as const;
export type Carried = Partial<{ [Name in keyof typeof carried]: z.infer<(typeof carried)[Name]> }>;

export interface ItemContext {
  press: Press;
  data: AgendaData;
  item: string;
  carried: Carried;
}

export type SittingPages = ReturnType<typeof createSittingPages>;

/** The card on which a press at a meeting ends, and the ways through its forms. */
export function createSittingPages({ steering, background }: AgendaParts, agendaPages: AgendaPages) {
  const { sceneOf } = agendaPages;

  /** Null before the meeting was opened, and for whoever sees no record. */
  function meetingOf(press: Press, stored: StoredSitting): Meeting | null {
    const { proceedings, items } = stored;
    const reading = steering.read(stored, press.actor.person);
    return proceedings && reading.reader.is !== 'other' ? { reading, sitting: { items, proceedings } } : null;
  }

  /** Errors: `sitting.notOpen`. */
  function requireMeeting(press: Press, stored: StoredSitting): Meeting {
    const meeting = meetingOf(press, stored);
    if (!meeting) throw new AppError('sitting.notOpen');
    return meeting;
  }

  /** The meeting as it stands; the agenda before it was opened. */
  async function drawn(
    press: Press,
    data: AgendaData,
    stored: StoredSitting,
    {
      item,
      at,
      said,
      isNoted = false,
    }: { item?: string | undefined; at?: number | undefined; said?: string | undefined; isNoted?: boolean } = {},
  ): Promise<Card> {
    const meeting = meetingOf(press, stored);
    if (meeting && !isNoted) await agendaPages.noted(press, data, stored, item ?? openIn(meeting));
    const saying = said === undefined ? {} : { said: { tone: 'good', text: said } as const };
    if (!meeting) return agendaPages.shown(press, data, stored, saying);
    return meetingCard(meeting, sceneOf(press, data), { unfolded: item, page: at, ...saying });
  }

  /** The item that stands unfolded where none was asked for. */
  const openIn = ({ sitting }: Meeting): string | undefined =>
    sitting.proceedings.closed ? undefined : (currentOf(sitting) ?? undefined);

  async function refused(press: Press, data: AgendaData, error: unknown, item?: string): Promise<Card> {
    if (isAppError(error, 'agenda.notFound')) throw error;
    const stored = await steering.lastSeen(press.actor, refOf(data));
    const meeting = meetingOf(press, stored);
    if (!meeting) return agendaPages.refused(press, data, error);
    const scene = sceneOf(press, data);
    await agendaPages.noted(press, data, stored, item ?? openIn(meeting));
    const text = explained(error, press, scene.directory);
    return meetingCard(meeting, scene, { unfolded: item, said: { tone: 'warning', text } });
  }

  /** Does it, and shows the meeting at that item; when it cannot be done, that says why. */
  async function act(
    press: Press,
    data: AgendaData,
    command: RecordPress,
    item?: string,
    said?: string,
  ): Promise<Card> {
    try {
      const next = await steering.record(press.actor, refOf(data), command, data.placement ?? null);
      return drawn(press, data, next, { item, said });
    } catch (error) {
      return refused(press, data, error, item);
    }
  }

  /** Opens a form for whoever keeps the record, or with `own` for any member. */
  async function opened(
    press: Press,
    data: AgendaData,
    draw: (meeting: Meeting, stored: StoredSitting) => Card,
    { own = false, item }: { own?: boolean; item?: string } = {},
  ): Promise<Card> {
    try {
      const stored = await steering.openForm(press.actor, refOf(data), data.placement ?? null, (sitting) => {
        if (!own) requireKeeper(sitting, press.actor, sceneOf(press, data).directory);
        requireMeeting(press, sitting);
      });
      // What cannot be drawn is not shown, and instead of it the meeting is.
      const card = draw(requireMeeting(press, stored), stored);
      await agendaPages.noted(press, data, stored, item);
      return card;
    } catch (error) {
      return refused(press, data, error, item);
    }
  }

  async function sentIn<Value>(
    press: Press,
    data: AgendaData,
    inputs: FormInputs,
    form: MeetingForm<Value>,
  ): Promise<Card> {
    const { actor, texts } = press;
    const stored = await steering.lastSeen(actor, refOf(data));
    const meeting = meetingOf(press, stored);
    if (!meeting) return refused(press, data, new AppError('sitting.notOpen'));
    const { directory } = sceneOf(press, data);
    try {
      // Whoever may not send it in gets no form of it, whatever is wrong in it.
      if (!form.isOwn) requireKeeper(stored, actor, directory);
    } catch (error) {
      return refused(press, data, error, form.item);
    }
    return submitted<Value, Card>(
      { ...press, directory },
      inputs,
      { parse: form.parse, limits: form.limits, fieldOf: form.fieldOf ?? {} },
      {
        async done(value) {
          try {
            const next = await steering.record(actor, refOf(data), form.toPress(value), data.placement ?? null);
            const shown = { item: form.item, said: texts('sitting.saidThanks.saved') };
            return await (form.after?.() ?? drawn(press, data, next, shown));
          } catch (error) {
            // A form of what is gone cannot be sent in any more.
            const over = ['sitting.noAction', ...(form.over ?? [])];
            if (over.some((code) => isAppError(error, code))) return refused(press, data, error, form.item);
            throw error;
          }
        },
        async again(filled, overtaken) {
          const now = overtaken === null ? stored : await steering.lastSeen(actor, refOf(data));
          const there = requireMeeting(press, now);
          await agendaPages.noted(press, data, now, form.item);
          background(() => steering.openForm(actor, refOf(data), data.placement ?? null));
          return form.draw(there, filled, now, overtaken !== null);
        },
      },
    );
  }

  /** Errors: `agenda.noItem`. */
  function stepOf({ press, data, item: id }: ItemContext, meeting: Meeting, more: Carried): ItemStep {
    const item = meeting.reading.items.find((one) => one.id === id);
    if (!item) throw new AppError('agenda.noItem');
    const known = Object.entries(more).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return { meeting, item, scene: sceneOf(press, data), more: Object.fromEntries(known) };
  }

  return { meetingOf, drawn, refused, act, opened, sentIn, stepOf };
}
