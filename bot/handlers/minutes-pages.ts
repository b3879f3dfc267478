import { z } from 'zod';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import type { Form, FormInputs, FormValues, Limits } from '../../src/cards/form.ts';
import { plainCard } from '../../src/conversations/card.ts';
import type { FilePass } from '../../src/documents/file-pass.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { minutesCard } from '../../src/steering/minutes/card.ts';
import type { MinutesStep } from '../../src/steering/minutes/form.ts';
import { latestOf, type ReadMinutes, requireChecker } from '../../src/steering/minutes/minutes.ts';
import type { MinutesService } from '../../src/steering/minutes/service.ts';
import { readerOf, requireKeeper } from '../../src/steering/rights.ts';
import { type AgendaData, type AgendaPages, type AgendaParts, agendaData, refOf } from './agenda-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import type { Press } from './verb.ts';

export const versionNumber = z.int().min(1).max(10_000);
export const ofVersion = agendaData.extend({ number: versionNumber });
export type VersionData = AgendaData & { number: number };

/** One of the forms: how it is drawn, read, and what it does. */
interface MinutesForm<Value, Read extends ReadMinutes> {
  limits: Limits;
  /**
   * `isOvertaken`: with what stands there now, as seen by its sender. `now`: where there is a newer version by now, of that one.
   * Errors: what keeps it from being filled in for that one.
   */
  draw(form: Form, isOvertaken: boolean, now: VersionData): Card | Promise<Card>;
  parse(values: FormValues): Parsed<Value>;
  done(value: Value): Promise<Read>;
  /** It is for who checks the minutes; else for who keeps the record. */
  isForCheckers?: boolean;
  said(read: Read): string;
  fieldOf?: Readonly<Record<string, string>>;
}

export interface MinutesParts {
  minutes: MinutesService;
  /** The address at which the file is handed out, for a while. */
  fileLink: (pass: FilePass) => string;
}

/** The card on which a press about minutes ends, and their forms. */
export type MinutesPages = ReturnType<typeof createMinutesPages>;

export function createMinutesPages({
  minutes,
  steering,
  directory,
  background,
  pages,
}: AgendaParts & MinutesParts & { pages: AgendaPages }) {
  const { sceneOf } = pages;

  const drawn = (press: Press, data: AgendaData, read: ReadMinutes, said?: Said, at?: number): Card =>
    minutesCard(read, sceneOf(press, data), { said, page: at });
  const good = (text: string): Said => ({ tone: 'good', text });

  /** While somebody fills in a form in a message that others see too, it is left alone. */
  async function atForm(press: Press, data: AgendaData, way: 'openForm' | 'closeForm'): Promise<void> {
    if (data.placement) await steering[way](press.actor, refOf(data), data.placement);
  }

  /** What the presser may read of it, with why above; where there is nothing for them, that is all that is said. */
  async function refused(press: Press, data: AgendaData, error: unknown): Promise<Card> {
    if (isAppError(error, 'agenda.notFound')) throw error;
    const text = explained(error, press, sceneOf(press, data).directory);
    const read = await minutes.newest(press.actor, refOf(data));
    if (read) return drawn(press, data, read, { tone: 'warning', text });
    return plainCard(press.texts, press.texts('minutes.paper.whole'), text, [
      button(press.texts('minutes.action.meeting'), 'sitting.view', { body: data.body, sitting: data.sitting }),
    ]);
  }

  async function act(
    press: Press,
    data: AgendaData,
    work: () => Promise<ReadMinutes>,
    said: (read: ReadMinutes) => string,
  ): Promise<Card> {
    try {
      const read = await work();
      return drawn(press, data, read, good(said(read)));
    } catch (error) {
      return refused(press, data, error);
    }
  }

  function stepOf(press: Press, data: VersionData): MinutesStep {
    return { ref: refOf(data), number: data.number, scene: sceneOf(press, data) };
  }

  /** A form of the newest version, for those who may fill it in. */
  async function opened(
    press: Press,
    data: VersionData,
    allow: (read: ReadMinutes) => void,
    draw: (read: ReadMinutes) => Card | Promise<Card>,
  ): Promise<Card> {
    try {
      const read = await minutes.view(press.actor, refOf(data), data.number);
      if (read.version !== latestOf(read.sitting)) throw new AppError('minutes.newer');
      allow(read);
      await atForm(press, data, 'openForm');
      return await draw(read);
    } catch (error) {
      return refused(press, data, error);
    }
  }

  async function newestOf(press: Press, data: VersionData): Promise<VersionData> {
    const newest = latestOf(await steering.lastSeen(press.actor, refOf(data)));
    return { ...data, number: newest?.number ?? data.number };
  }

  const asKeeper =
    (press: Press) =>
    ({ sitting }: ReadMinutes): void =>
      requireKeeper(sitting, press.actor, directory.require(press.actor.tenant));

  async function sentIn<Value, Read extends ReadMinutes>(
    press: Press,
    data: VersionData,
    inputs: FormInputs,
    form: MinutesForm<Value, Read>,
  ): Promise<Card> {
    const { actor } = press;
    const stored = await steering.lastSeen(actor, refOf(data));
    try {
      const region = directory.require(actor.tenant);
      // Whoever may not send it in gets no form of it, whatever is wrong in it, but what they have typed as a checker until now.
      const isTyped = form.isForCheckers && Object.values(inputs).some((typed) => typed);
      let now = data;
      try {
        if (form.isForCheckers)
          requireChecker(stored, data.number, actor.person, readerOf(stored, actor.person, region));
        else requireKeeper(stored, actor, region);
      } catch (error) {
        if (!isTyped || !isAppError(error, 'minutes.notAChecker')) throw error;
        now = await newestOf(press, data);
      }
      return await submitted<Value, Card>(
        { ...press, directory: region },
        inputs,
        { parse: form.parse, limits: form.limits, fieldOf: form.fieldOf ?? {} },
        {
          async done(value) {
            const read = await form.done(value).catch(async (error: unknown) => {
              if (isAppError(error, 'minutes.newer')) now = await newestOf(press, data);
              throw error;
            });
            background(() => atForm(press, data, 'closeForm'));
            return drawn(press, data, read, good(form.said(read)));
          },
          async again(filled, overtaken) {
            const card = await form.draw(filled, overtaken !== null, now);
            background(() => atForm(press, data, 'openForm'));
            return card;
          },
        },
      );
    } catch (error) {
      return refused(press, data, error);
    }
  }

  return { drawn, refused, act, stepOf, opened, sentIn, asKeeper, atForm, good };
}
