import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { emptyForm, type Form, filledForm, withNewer } from '../../src/cards/form.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { personId } from '../../src/shared/ids.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { closingParts } from '../../src/steering/agenda/carried.ts';
import { recordedSeats, seatsNow } from '../../src/steering/meeting/attendance.ts';
import { absent, attendForm, beginForm, bySeat, chairForm } from '../../src/steering/meeting/attendance-form.ts';
import { closeCard } from '../../src/steering/meeting/close-card.ts';
import { parseAttendance, parseChair } from '../../src/steering/meeting/input.ts';
import { newerChairs } from '../../src/steering/meeting/newer-card.ts';
import { chairParts } from '../../src/steering/meeting/parts.ts';
import { hasVote } from '../../src/steering/meeting/proceedings.ts';
import type { Meeting } from '../../src/steering/meeting/record-card.ts';
import type { RecordedSeat, RecordPress } from '../../src/steering/model.ts';
import { requireKeeper } from '../../src/steering/rights.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import type { AgendaScene } from '../../src/steering/words-card.ts';
import {
  type AgendaData,
  type AgendaPages,
  type AgendaParts,
  agendaData,
  itemId,
  page,
  refOf,
  typed,
} from './agenda-pages.ts';
import { explained } from './error-text.ts';
import { sittingActions } from './sitting-actions.ts';
import { sittingOutcomes } from './sitting-outcomes.ts';
import { carried, createSittingPages, keeper } from './sitting-pages.ts';
import { sittingVotes } from './sitting-votes.ts';
import type { DrawTasks } from './tasks.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

/** `HH:MM`, as the field of a time has it; empty for what is most likely. */
const time = z.union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)]).optional();

/** The meeting of a body that decides, as it goes on: who is there and who chairs, and what comes of each item. */
export function sittingVerbs(parts: AgendaParts & { pages: AgendaPages; drawTasks: DrawTasks }): VerbsOf<'sitting'> {
  const { steering, pages } = parts;
  const { sceneOf } = pages;
  const sittingPages = createSittingPages(parts, pages);
  const { drawn, refused, act, opened, sentIn, meetingOf } = sittingPages;

  /** Who may sit where by now: also whoever has got a seat since the meeting was opened. */
  const seatsOf = (press: Press, data: AgendaData, { proceedings, ...sitting }: StoredSitting): RecordedSeat[] =>
    proceedings ? seatsNow({ ...sitting, proceedings }, sceneOf(press, data).directory) : [];

  const chairsSeen = ({ sitting }: Meeting): string => seenOf(chairParts(sitting.proceedings));

  /** Asked before it is closed, with what goes on to the next agenda. */
  function closing(meeting: Meeting, stored: StoredSitting, scene: AgendaScene, form: Form): Card {
    const { left, unrecorded } = closingParts(stored);
    const open = meeting.reading.items.filter(({ id }) => left.includes(id));
    return closeCard(meeting, { left: open, unrecorded }, scene, form);
  }

  /**
   * Does what begins or ends at a time; when it cannot be that one, or what was asked about is another by now, `again` draws the
   * form with all that was chosen: what is wrong, at which of its fields, or at none.
   */
  async function timed(
    press: Press,
    data: AgendaData,
    command: Extract<RecordPress, { do: 'openMeeting' | 'closeMeeting' }>,
    after: { item?: string; said: string },
    again: (stored: StoredSitting, scene: AgendaScene, wrong: string, field: 'began' | 'time' | null) => Card | null,
  ): Promise<Card> {
    try {
      return await drawn(
        press,
        data,
        await steering.record(press.actor, refOf(data), command, data.placement ?? null),
        after,
      );
    } catch (error) {
      const isAhead = isAppError(error, 'sitting.timeAhead');
      const isOfBegin = isAppError(error, 'sitting.beginsEarly') || (isAhead && error.params.of === 'began');
      const isTime = isOfBegin || isAhead || isAppError(error, 'sitting.endsFirst');
      const isUnsure = isAppError(error, 'sitting.unsure');
      const field = isOfBegin ? 'began' : 'time';
      const scene = sceneOf(press, data);
      const stored = isTime || isUnsure ? await steering.lastSeen(press.actor, refOf(data)) : null;
      const form = stored && again(stored, scene, explained(error, press, scene.directory), isUnsure ? null : field);
      return form ?? refused(press, data, error, after.item);
    }
  }

  return {
    ...sittingOutcomes(parts, sittingPages),
    ...sittingVotes(parts, sittingPages),
    ...sittingActions(parts, sittingPages),
    'sitting.view': verb({
      input: agendaData.extend({ item: itemId.optional(), page }),
      audience: 'readers of the agenda',
      async run(press, { item, page: at, ...data }) {
        const seen = await pages.looked(press, data, item);
        return drawn(press, data, seen, { item, at, isNoted: item !== undefined });
      },
    }),
    'sitting.beginForm': verb({
      input: agendaData,
      ...keeper,
      async run(press, data) {
        const scene = sceneOf(press, data);
        try {
          const stored = await steering.openForm(press.actor, refOf(data), data.placement ?? null, (sitting) =>
            requireKeeper(sitting, press.actor, scene.directory),
          );
          const reading = steering.read(stored, press.actor.person);
          if (stored.proceedings) return drawn(press, data, stored);
          return beginForm(reading, recordedSeats(stored, scene.directory), scene, emptyForm);
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'sitting.begin': verb({
      // One input for each seat, named after it.
      input: agendaData.extend({ time }).catchall(typed(60)),
      ...keeper,
      run(press, { body, sitting, placement, time: said, ...inputs }) {
        const chosen = Object.entries(bySeat(inputs)).filter(([, person]) => person !== absent);
        const seating = Object.fromEntries(chosen.map(([seat, person]) => [seat, personId(person)]));
        const data = { body, sitting, ...(placement && { placement }) };
        const opening = { do: 'openMeeting', seating, time: said || null } as const;
        return timed(press, data, opening, { said: press.texts('sitting.saidThanks.begun') }, (stored, scene, wrong) =>
          beginForm(steering.read(stored, press.actor.person), recordedSeats(stored, scene.directory), scene, {
            ...filledForm({ ...inputs, time: said }),
            errors: { time: wrong },
          }),
        );
      },
    }),
    'sitting.undoBegin': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) =>
        act(press, data, { do: 'undoOpening' }, undefined, press.texts('sitting.saidThanks.undone')),
    }),
    'sitting.attendForm': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) =>
        opened(press, data, (meeting, stored) =>
          attendForm(meeting, seatsOf(press, data, stored), sceneOf(press, data), filledForm({ what: 'come' })),
        ),
    }),
    'sitting.attend': verb({
      input: agendaData.extend({ who: typed(200), what: typed(20), at: typed(60) }),
      ...keeper,
      run: (press, { who, what, at, ...data }) =>
        sentIn(
          press,
          data,
          { who, what, at },
          {
            limits: {},
            draw: (meeting, form, stored) =>
              attendForm(meeting, seatsOf(press, data, stored), sceneOf(press, data), form),
            parse: parseAttendance,
            toPress({ who: { seat, person }, ...happened }) {
              if (happened.what === 'absent') return { do: 'absent', seat, person };
              if (happened.what === 'leave') return { do: 'leave', seat, person, at: happened.at };
              return { do: 'come', seat, person, at: happened.at ?? null };
            },
          },
        ),
    }),
    'sitting.chairForm': verb({
      input: agendaData.extend({ item: itemId.optional() }),
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting) => chairForm(meeting, sceneOf(press, data), emptyForm, { seen: chairsSeen(meeting), item }),
          item === undefined ? {} : { item },
        ),
    }),
    'sitting.chair': verb({
      input: agendaData.extend({
        ...{ item: itemId.optional(), person: typed(60), at: typed(60), scope: typed(10), seen: carried.seen },
      }),
      ...keeper,
      run: (press, { item, person, at, scope, seen, ...data }) =>
        sentIn(
          press,
          data,
          { person, at, scope },
          {
            limits: {},
            ...(item !== undefined && { item }),
            draw(meeting, form, _, isOvertaken) {
              const scene = sceneOf(press, data);
              if (!isOvertaken) return chairForm(meeting, scene, form, { seen, item });
              const shown = withNewer(form, newerChairs(meeting, scene));
              return chairForm(meeting, scene, shown, { seen: chairsSeen(meeting), item });
            },
            parse: parseChair,
            toPress: (value) => ({
              do: 'chair',
              person: value.person,
              at: value.at ?? null,
              only: value.scope === 'only',
              seen,
            }),
          },
        ),
    }),
    'sitting.close': verb({
      input: agendaData.extend({ began: time, time, sure: carried.sure, asked: carried.asked }),
      ...keeper,
      async run(press, { sure, asked = sure ? undefined : null, began, time: said, ...data }) {
        const stored = await steering.lastSeen(press.actor, refOf(data));
        const meeting = meetingOf(press, stored);
        const asks = !sure && meeting?.reading.reader.is === 'keeper' && meeting.sitting.proceedings.closed === null;
        if (asks && !hasVote(meeting.sitting)) return closing(meeting, stored, sceneOf(press, data), emptyForm);
        const command = { do: 'closeMeeting', began: began || null, time: said || null, asked } as const;
        const after = { item: '', said: press.texts('sitting.saidThanks.closed') };
        return timed(press, data, command, after, (now, scene, wrong, field) => {
          const filled = filledForm({ began, time: said });
          const refusal = asked === null ? {} : { refused: { reason: wrong, final: false } };
          const form = { ...filled, ...(field === null ? refusal : { errors: { [field]: wrong } }) };
          const goesOn = meetingOf(press, now);
          return goesOn ? closing(goesOn, now, scene, form) : null;
        });
      },
    }),
    'sitting.reopen': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) =>
        act(press, data, { do: 'reopenMeeting' }, undefined, press.texts('sitting.saidThanks.reopened')),
    }),
  };
}
