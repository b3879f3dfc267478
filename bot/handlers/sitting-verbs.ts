import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import {
  emptyForm,
  type Form,
  type FormInputs,
  type FormValues,
  filledForm,
  type Limits,
} from '../../src/cards/form.ts';
import { membersOf } from '../../src/directory/model.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { personId } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { type Meeting, meetingCard } from '../../src/steering/meeting/meeting-card.ts';
import {
  absent,
  assignForm,
  attendForm,
  ballotsForm,
  beginForm,
  bySeat,
  chairForm,
  counterForm,
  decideForm,
  discussForm,
  dissentForm,
  type ItemStep,
  recuseForm,
} from '../../src/steering/meeting/meeting-form.ts';
import { currentOf, recordOf } from '../../src/steering/meeting/proceedings.ts';
import {
  parseAction,
  parseAttendance,
  parseChair,
  parseCounter,
  parseDecision,
  parseDiscussion,
  parseDissent,
  parseRecusal,
} from '../../src/steering/meeting/record-input.ts';
import { recordedSeats } from '../../src/steering/meeting/recording.ts';
import { type RecordPress, recordLimits } from '../../src/steering/model.ts';
import type { ReadItem } from '../../src/steering/reading.ts';
import { requireKeeper } from '../../src/steering/rights.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import { ballotParts } from '../../src/steering/writings.ts';
import { type AgendaData, type AgendaPages, type AgendaParts, agendaData, itemId, refOf } from './agenda-pages.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import type { DrawTasks } from './tasks.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

const typed = (limit: number) => z.string().max(limit).optional();
const longText = typed(20_000);
const page = z.int().min(0).max(1_000).optional();
const ofItem = agendaData.extend({ item: itemId });

/** One of the forms: how it is drawn for a meeting that goes on, read, and what it does. */
interface MeetingForm<Value> {
  limits: Limits;
  draw(meeting: Meeting, form: Form): Card;
  parse(values: FormValues): Parsed<Value>;
  toPress(value: Value): RecordPress;
  /** The item at which one comes back. */
  item?: string;
}

/** The meeting of a body that decides, as it goes on: who is there, and item by item what comes of it. */
export function sittingVerbs(parts: AgendaParts & { pages: AgendaPages; drawTasks: DrawTasks }): VerbsOf<'sitting'> {
  const { steering, newId, background, drawTasks } = parts;
  const { sceneOf, shown, refused: refusedAgenda } = parts.pages;

  /** Null before the meeting was opened, and for whoever sees no record. */
  function meetingOf(press: Press, stored: StoredSitting): Meeting | null {
    const { proceedings } = stored;
    const reading = steering.read(stored, press.actor.person);
    return proceedings && reading.reader.is !== 'other'
      ? { reading, sitting: { items: stored.items, proceedings } }
      : null;
  }

  /** The meeting as it stands; the agenda before it was opened. */
  function drawn(
    press: Press,
    data: AgendaData,
    stored: StoredSitting,
    { item, at, said }: { item?: string | undefined; at?: number | undefined; said?: string | undefined } = {},
  ): Card {
    const meeting = meetingOf(press, stored);
    const saying = said === undefined ? {} : { said: { tone: 'good', text: said } as const };
    if (!meeting) return shown(press, data, stored, saying);
    return meetingCard(meeting, sceneOf(press, data), { unfolded: item, page: at, ...saying });
  }

  async function refused(press: Press, data: AgendaData, error: unknown, item?: string): Promise<Card> {
    if (isAppError(error, 'agenda.notFound')) throw error;
    const stored = await steering.lastSeen(press.actor, refOf(data));
    const meeting = meetingOf(press, stored);
    if (!meeting) return refusedAgenda(press, data, error);
    const scene = sceneOf(press, data);
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
      return draw(requireMeeting(press, stored), stored);
    } catch (error) {
      return refused(press, data, error, item);
    }
  }

  /** Errors: `sitting.notOpen`. */
  function requireMeeting(press: Press, stored: StoredSitting): Meeting {
    const meeting = meetingOf(press, stored);
    if (!meeting) throw new AppError('sitting.notOpen');
    return meeting;
  }

  /** Errors: `agenda.noItem`. */
  function stepOf(press: Press, data: AgendaData, meeting: Meeting, id: string, more?: ItemStep['more']): ItemStep {
    const item = meeting.reading.items.find((one) => one.id === id);
    if (!item) throw new AppError('agenda.noItem');
    return { meeting, item, scene: sceneOf(press, data), ...(more && { more }) };
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
    return submitted<Value, Card>(
      { ...press, directory },
      inputs,
      { parse: form.parse, limits: form.limits, fieldOf: {} },
      {
        async done(value) {
          const next = await steering.record(actor, refOf(data), form.toPress(value), data.placement ?? null);
          return drawn(press, data, next, { item: form.item, said: texts('sitting.saidThanks.saved') });
        },
        again(filled) {
          background(() => steering.openForm(actor, refOf(data), data.placement ?? null));
          return form.draw(meeting, filled);
        },
      },
    );
  }

  const saidIn = ({ texts }: Press, text: string) => ({ language: texts.language, text });

  /** What is written of the item already, in the reader's language. */
  const writtenOf = (item: ReadItem, { texts }: Press, what: 'discussion' | 'outcome'): string =>
    (what === 'discussion' ? item.record?.discussion : item.record?.outcome?.text)?.[texts.language] ?? '';

  const keeper = { audience: 'keepers of the agenda' } as const;
  const member = { audience: 'members of the agenda’s body' } as const;

  const onItem = (name: 'undecide' | 'endVote' | 'withdrawVote') =>
    verb({ input: ofItem, ...keeper, run: (press, { item, ...data }) => act(press, data, { do: name, item }, item) });

  return {
    'sitting.view': verb({
      input: agendaData.extend({ item: itemId.optional(), page }),
      audience: 'readers of the agenda',
      async run(press, { item, page: at, ...data }) {
        const stored = press.automatic
          ? await steering.view(press.actor, refOf(data))
          : await steering.closeForm(press.actor, refOf(data), data.placement ?? null);
        const isConfidential = stored.items.some(({ id, confidential }) => id === item && confidential);
        const seen = item && isConfidential ? await steering.look(press.actor, refOf(data), item) : stored;
        return drawn(press, data, seen, { item, at });
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
      input: agendaData.catchall(typed(60)),
      ...keeper,
      run(press, { body, sitting, placement, ...inputs }) {
        const chosen = Object.entries(bySeat(inputs)).filter(([, person]) => person !== absent);
        const seating = Object.fromEntries(chosen.map(([seat, person]) => [seat, personId(person)]));
        const data = { body, sitting, ...(placement && { placement }) };
        return act(press, data, { do: 'openMeeting', seating }, undefined, press.texts('sitting.saidThanks.begun'));
      },
    }),
    'sitting.attendForm': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) =>
        opened(press, data, (meeting) =>
          attendForm(meeting, currentOf(meeting.sitting), sceneOf(press, data), filledForm({ what: 'come' })),
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
            draw: (meeting, form) => attendForm(meeting, currentOf(meeting.sitting), sceneOf(press, data), form),
            parse: parseAttendance,
            toPress({ who: { seat, person }, what: happened, at: when }) {
              if (happened === 'absent') return { do: 'absent', seat, person };
              if (happened === 'leave') return { do: 'leave', seat, at: when ?? '' };
              return { do: 'come', seat, person, at: when ?? null };
            },
          },
        ),
    }),
    'sitting.chairForm': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) => opened(press, data, (meeting) => chairForm(meeting, sceneOf(press, data), emptyForm)),
    }),
    'sitting.chair': verb({
      input: agendaData.extend({ person: typed(60) }),
      ...keeper,
      run: (press, { person, ...data }) =>
        sentIn(
          press,
          data,
          { person },
          {
            limits: {},
            draw: (meeting, form) => chairForm(meeting, sceneOf(press, data), form),
            parse: parseChair,
            toPress: (value) => ({ do: 'chair', person: value.person }),
          },
        ),
    }),
    'sitting.discussForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting) => {
            const step = stepOf(press, data, meeting, item);
            const text = writtenOf(step.item, press, 'discussion');
            return discussForm({ ...step, more: { seen: seenOf({ text }) } }, filledForm({ discussion: text }));
          },
          { item },
        ),
    }),
    'sitting.discuss': verb({
      input: ofItem.extend({ seen: typed(100), discussion: longText }),
      ...keeper,
      run: (press, { item, seen, discussion, ...data }) =>
        sentIn(
          press,
          data,
          { discussion },
          {
            limits: { discussion: recordLimits.discussion },
            item,
            draw: (meeting, form) => discussForm(stepOf(press, data, meeting, item, seen ? { seen } : {}), form),
            parse: parseDiscussion,
            toPress: (value) => ({ do: 'discuss', item, said: saidIn(press, value.discussion), seen }),
          },
        ),
    }),
    'sitting.decideForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting) => {
            const step = stepOf(press, data, meeting, item);
            const text = writtenOf(step.item, press, 'outcome');
            const { outcome = null, vote = null } = step.item.record ?? {};
            const voted = vote?.ended && (vote.ended.winner === 'proposal' ? 'asProposed' : 'changed');
            const usual = step.item.kind === 'information' ? 'noted' : 'asProposed';
            const values = { as: outcome?.as ?? voted ?? usual, decision: text };
            const seen = seenOf({ as: outcome?.as ?? '', text });
            return decideForm({ ...step, more: { seen } }, filledForm(values));
          },
          { item },
        ),
    }),
    'sitting.decide': verb({
      input: ofItem.extend({ seen: typed(100), as: typed(20), decision: longText }),
      ...keeper,
      run: (press, { item, seen, as, decision, ...data }) =>
        sentIn(
          press,
          data,
          { as, decision },
          {
            limits: { decision: recordLimits.decision },
            item,
            draw: (meeting, form) => decideForm(stepOf(press, data, meeting, item, seen ? { seen } : {}), form),
            parse: parseDecision,
            toPress: (value) => ({ do: 'decide', item, as: value.as, said: saidIn(press, value.decision), seen }),
          },
        ),
    }),
    'sitting.undecide': onItem('undecide'),
    'sitting.counterForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting) => counterForm(stepOf(press, data, meeting, item, { newId: newId() }), emptyForm),
          { item },
        ),
    }),
    'sitting.counter': verb({
      input: ofItem.extend({ newId: typed(60), counter: longText }),
      ...keeper,
      run: (press, { item, newId: id = newId(), counter, ...data }) =>
        sentIn(
          press,
          data,
          { counter },
          {
            limits: { counter: recordLimits.counter },
            item,
            draw: (meeting, form) => counterForm(stepOf(press, data, meeting, item, { newId: id }), form),
            parse: parseCounter,
            toPress: (value) => ({ do: 'putToVote', item, id, said: saidIn(press, value.counter) }),
          },
        ),
    }),
    'sitting.ballotsForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting, { proceedings }) => {
            const { seats = [], records = {} } = proceedings ?? {};
            const { vote } = recordOf({ records }, item);
            // Of a card that is older than the end of the vote.
            if (!vote || vote.ended) throw new AppError(vote ? 'sitting.voteOver' : 'sitting.noVote');
            const seen = seenOf(ballotParts(seats, vote.votes));
            return ballotsForm(stepOf(press, data, meeting, item, { seen }), emptyForm);
          },
          { item },
        ),
    }),
    'sitting.ballots': verb({
      // One input for each seat, named after it.
      input: ofItem.extend({ seen: typed(1_000) }).catchall(typed(60)),
      ...keeper,
      run(press, { body, sitting, placement, item, seen, ...inputs }) {
        const data = { body, sitting, ...(placement && { placement }) };
        const said = press.texts('sitting.saidThanks.saved');
        return act(press, data, { do: 'ballots', item, ballots: bySeat(inputs), seen }, item, said);
      },
    }),
    'sitting.vote': verb({
      input: ofItem.extend({ option: itemId }),
      ...member,
      run: (press, { item, option, ...data }) =>
        act(press, data, { do: 'vote', item, option }, item, press.texts('sitting.saidThanks.voted')),
    }),
    'sitting.endVote': onItem('endVote'),
    'sitting.withdrawVote': onItem('withdrawVote'),
    'sitting.recuseForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(press, data, (meeting) => recuseForm(stepOf(press, data, meeting, item), emptyForm), { item }),
    }),
    'sitting.recuse': verb({
      input: ofItem.extend({ who: typed(200) }),
      ...keeper,
      run: (press, { item, who, ...data }) =>
        sentIn(
          press,
          data,
          { who },
          {
            limits: {},
            item,
            draw: (meeting, form) => recuseForm(stepOf(press, data, meeting, item), form),
            parse: parseRecusal,
            toPress: ({ who: { seat, back, substitute } }) =>
              back ? { do: 'unrecuse', item, seat } : { do: 'recuse', item, seat, substitute },
          },
        ),
    }),
    'sitting.dissentForm': verb({
      input: ofItem.extend({ for: z.literal(1).optional() }),
      ...member,
      run: (press, { item, for: another, ...data }) =>
        opened(
          press,
          data,
          (meeting) => {
            const more = another ? { for: 1 } : {};
            return dissentForm(stepOf(press, data, meeting, item, more), !another, emptyForm);
          },
          { own: !another, item },
        ),
    }),
    'sitting.dissent': verb({
      input: ofItem.extend({ for: z.literal(1).optional(), seat: typed(100), dissent: longText }),
      ...member,
      run: (press, { item, for: another, seat, dissent, ...data }) =>
        sentIn(
          press,
          data,
          { seat, dissent },
          {
            limits: { dissent: recordLimits.dissent },
            item,
            draw: (meeting, form) =>
              dissentForm(stepOf(press, data, meeting, item, another ? { for: 1 } : {}), !another, form),
            parse: parseDissent,
            toPress: (value) => ({
              do: 'dissent',
              item,
              seat: another ? (value.seat ?? '') : null,
              said: saidIn(press, value.dissent),
            }),
          },
        ),
    }),
    'sitting.assignForm': verb({
      input: ofItem,
      ...keeper,
      run: (press, { item, ...data }) =>
        opened(
          press,
          data,
          (meeting, stored) => {
            const step = stepOf(press, data, meeting, item, { newId: newId() });
            return assignForm(step, peopleOf(press, data, stored), emptyForm);
          },
          { item },
        ),
    }),
    'sitting.assign': verb({
      input: ofItem.extend({ newId: typed(60), action: longText, owner: typed(60), due: typed(20) }),
      ...keeper,
      async run(press, { item, newId: id = newId(), action, owner, due, ...data }) {
        const stored = await steering.lastSeen(press.actor, refOf(data));
        return sentIn(
          press,
          data,
          { action, owner, due },
          {
            limits: { action: recordLimits.action },
            item,
            draw: (meeting, form) =>
              assignForm(stepOf(press, data, meeting, item, { newId: id }), peopleOf(press, data, stored), form),
            parse: parseAction,
            toPress: (value) => ({
              do: 'assign',
              item,
              id,
              said: saidIn(press, value.action),
              owner: value.owner,
              due: value.due,
            }),
          },
        );
      },
    }),
    'sitting.unassign': verb({
      input: ofItem.extend({ action: itemId }),
      ...keeper,
      run: (press, { item, action, ...data }) => act(press, data, { do: 'unassign', item, id: action }, item),
    }),
    'sitting.done': verb({
      input: ofItem.extend({ action: itemId }),
      ...member,
      async run(press, { item, action, ...data }) {
        try {
          await steering.record(press.actor, refOf(data), { do: 'done', item, id: action }, data.placement ?? null);
          return drawTasks(press, { said: { tone: 'good', text: press.texts('sitting.saidThanks.saved') } });
        } catch (error) {
          return refused(press, data, error, item);
        }
      },
    }),
    'sitting.close': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) => act(press, data, { do: 'closeMeeting' }, '', press.texts('sitting.saidThanks.closed')),
    }),
    'sitting.reopen': verb({
      input: agendaData,
      ...keeper,
      run: (press, data) => act(press, data, { do: 'reopenMeeting' }),
    }),
  };

  /** Who can be given something to do: the members of the body. */
  function peopleOf(press: Press, data: AgendaData, { body }: StoredSitting) {
    return membersOf(sceneOf(press, data).directory, body).map(({ person, name }) => ({ title: name, value: person }));
  }
}
