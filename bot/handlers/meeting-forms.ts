import type { Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, type FormProblem, type FormValues, formValues } from '../../src/cards/form.ts';
import { lengthText } from '../../src/cards/places.ts';
import { bodyOf } from '../../src/directory/model.ts';
import { changeFields, changeForm, changeLimits } from '../../src/meetings/cards/change-form.ts';
import { type Rest, voteForm, voteInput, votesIn } from '../../src/meetings/cards/poll-card.ts';
import { recordForm } from '../../src/meetings/cards/record-form.ts';
import {
  addTimesForm,
  changeTimeForm,
  deadlineLimits,
  extendForm,
  timeLimits,
  timesLimits,
} from '../../src/meetings/cards/times-form.ts';
import { type MeetingScene, startText } from '../../src/meetings/cards/words-card.ts';
import { type Managing, requireManager } from '../../src/meetings/decide.ts';
import { parseCame, parseChange, parseLength, parseTime, parseTimes } from '../../src/meetings/input/change-input.ts';
import { type PlanProblem, readInvited } from '../../src/meetings/input/fields-input.ts';
import type { Invited, Meeting, MeetingCommand, Occurrence, Slot, Vote } from '../../src/meetings/model.ts';
import { requireSomeAhead } from '../../src/meetings/planning.ts';
import { answerable } from '../../src/meetings/poll-standing.ts';
import { optionAt, requireOption, requireVoter } from '../../src/meetings/polling.ts';
import { beginOf } from '../../src/meetings/repeat.ts';
import { changeParts, wantedParts } from '../../src/meetings/seen.ts';
import { requireRecordable } from '../../src/meetings/settled.ts';
import { occurrenceOf } from '../../src/meetings/standing.ts';
import type { StoredMeeting } from '../../src/meetings/stored.ts';
import {
  requireAhead,
  requireOccurrence,
  requirePoll,
  requireSchedule,
  type Scene,
} from '../../src/meetings/transition.ts';
import type { Actor } from '../../src/shared/actor.ts';
import { toStored } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { broughtIn, overtaken, type Seen, seenOf } from '../../src/shared/seen.ts';
import { loadTimeReader, problemInWords } from './meeting-words.ts';
import type { FormInput } from './submitted.ts';

/** A form of a meeting, from the press that opens it to the one that sends it in. */
export interface MeetingForm<Value> extends Omit<FormInput<Value>, 'parse'> {
  /** Throws what keeps this person from it as the meeting stands. */
  allow: Allow;
  /** Of a meeting that allows it. */
  draw(meeting: StoredMeeting, scene: MeetingScene, form: Form): Card;
  /** The same once it was sent in and not taken; absent where it is drawn as at first, with what was typed. */
  again?(meeting: StoredMeeting, scene: MeetingScene, filled: Form): Promise<Card>;
  /** `lastSeen` is the meeting as it was last seen; asking for it may cost a read. */
  parse(
    values: FormValues,
    lastSeen: LastSeen,
    scene: MeetingScene,
  ): Parsed<Value, FormProblem> | Promise<Parsed<Value, FormProblem>>;
  toCommand(value: Value): MeetingCommand;
  /** What speaks against it is said before it is done; absent where nothing is weighed. */
  weighed?: {
    /** What its sender was told already, as the form carries it. */
    known: string | null;
  };
}

type LastSeen = () => Promise<StoredMeeting>;
export type Allow = (meeting: Meeting, scene: Scene) => void;

/** What reads times in words, in the zone of the meeting. */
async function readingAt({ zone }: Meeting, scene: MeetingScene) {
  const now = scene.now.toZonedDateTimeISO(zone);
  return { now, read: await loadTimeReader(now, scene.texts.language) };
}

/** What is only for whoever plans the meeting. */
export const managing =
  (to: Managing['do']): Allow =>
  (meeting, { actor }) =>
    requireManager(meeting, to, actor);

const managingPoll =
  (to: Managing['do']): Allow =>
  (meeting, scene) => {
    managing(to)(meeting, scene);
    requirePoll(meeting);
  };

/** `rest`: what the times get that were left empty; `given`: what was filled in before that was pressed. */
export const voting = (
  { person }: Pick<Actor, 'person'>,
  { rest = null, given = {} }: { rest?: Rest | null; given?: FormInputs } = {},
): MeetingForm<Record<string, Vote>> => ({
  allow: requireVoter,
  draw(meeting, scene, form) {
    const filled = { ...form, values: { ...formValues(given), ...form.values } };
    return voteForm(meeting, requirePoll(meeting), scene, person, filled, rest);
  },
  async parse(values, seen, { now }) {
    const given = votesIn(values);
    if (Object.keys(given).length > 0) return { ok: true, value: given };
    const { stage, zone } = await seen();
    // The meeting itself says that there is nothing to answer.
    if (stage.is !== 'poll') return { ok: true, value: given };
    const { options } = answerable(stage.poll, zone, now);
    return { ok: false, problems: options.map(({ id }) => ({ field: voteInput(id), code: 'required' })) };
  },
  toCommand: (votes) => ({ do: 'vote', votes }),
  limits: {},
  fieldOf: {},
});

/** As long as the first that was proposed, where nothing is said. */
const usualMinutes = ({ stage }: Meeting): number =>
  stage.is === 'poll' ? (stage.poll.options[0]?.minutes ?? 60) : 60;

export const addingTimes = (known: string | null = null): MeetingForm<Slot[]> => ({
  allow: managingPoll('addTimes'),
  draw: addTimesForm,
  async parse({ times }, seen, scene) {
    const meeting = await seen();
    return parseTimes(times, { field: 'times', minutes: usualMinutes(meeting), ...(await readingAt(meeting, scene)) });
  },
  toCommand: (slots) => ({ do: 'addTimes', options: slots.map(optionAt) }),
  weighed: { known },
  limits: timesLimits,
  fieldOf: { 'meeting.sameTime': 'times', 'meeting.past': 'times', 'meeting.tooManyTimes': 'times' },
});

export const changingTime = (option: string, known: string | null = null): MeetingForm<Slot> => ({
  allow(meeting, scene) {
    managing('changeTime')(meeting, scene);
    requireOption(requirePoll(meeting), option);
  },
  draw: (meeting, scene, form) => changeTimeForm(meeting, requireOption(requirePoll(meeting), option), scene, form),
  async parse({ time }, seen, scene) {
    const meeting = await seen();
    return parseTime(time, { field: 'time', minutes: usualMinutes(meeting), ...(await readingAt(meeting, scene)) });
  },
  toCommand: (slot) => ({ do: 'changeTime', option, slot }),
  weighed: { known },
  limits: timeLimits,
  fieldOf: { 'meeting.sameTime': 'time', 'meeting.past': 'time' },
});

export const extending: MeetingForm<string> = {
  allow: managingPoll('extend'),
  draw: (meeting, scene, form) => extendForm(meeting, requirePoll(meeting).deadline, scene, form),
  async parse({ deadline }, seen, scene) {
    const meeting = await seen();
    const slot = parseTime(deadline, { field: 'deadline', minutes: 60, ...(await readingAt(meeting, scene)) });
    return slot.ok ? { ok: true, value: toStored(beginOf(slot.value, meeting.zone)) } : slot;
  },
  toCommand: (deadline) => ({ do: 'extend', deadline }),
  limits: deadlineLimits,
  fieldOf: { 'meeting.past': 'deadline', 'meeting.lateDeadline': 'deadline' },
};

/**
 * The holding that is named; for forms about one. A series has its date named: the next may be another than whoever pressed
 * has read. Errors: `meeting.whichDate`, `meeting.over`, and those of `requireOccurrence`.
 */
function requireOne(meeting: Meeting, on: string | null, scene: Scene): Occurrence {
  const { repeat } = requireSchedule(meeting);
  const next = occurrenceOf(meeting, null, scene)?.on;
  if (on === null && repeat && next !== undefined) throw new AppError('meeting.whichDate');
  const named = on ?? next;
  if (named === undefined) throw new AppError('meeting.over');
  return requireOccurrence(meeting, named, scene);
}

/** Nobody is asked whether to cancel what was held. */
export const cancelling: Allow = (meeting, scene) => {
  managing('cancel')(meeting, scene);
  requireSomeAhead(meeting, scene);
};

type ChangeCommand = Extract<MeetingCommand, { do: 'change' }>;

/** `known`: what its sender was told already; `seen`: what they saw. Neither is there before it is sent in. */
export const changing = (
  on: string | null,
  { known, seen }: { known?: string | undefined } & Seen = {},
): MeetingForm<ChangeCommand> => ({
  allow(meeting, scene) {
    managing('change')(meeting, scene);
    requireAhead(meeting, requireOne(meeting, on, scene), scene);
  },
  draw(meeting, scene, form) {
    const occurrence = occurrenceOf(meeting, on, scene);
    if (!occurrence) throw new AppError('meeting.noOccurrence');
    return changeForm(meeting, occurrence, scene, form, {
      seen: seenOf(changeParts(meeting, occurrence, scene.directory)),
    });
  },
  again: (meeting, scene, filled) => changeAgain(meeting, scene, filled, { on, seen }),
  parse: async (values, lastSeen, scene) => parseChangeSaid(values, on, await lastSeen(), scene),
  toCommand: (change) => ({ ...change, seen }),
  weighed: { known: known ?? null },
  limits: changeLimits,
  fieldOf: {
    'meeting.past': 'when',
    'meeting.dayTaken': 'when',
    'meeting.endsFirst': 'when',
    'meeting.losesEarlier': 'when',
    'meeting.namesClient': 'title',
    'meeting.named': 'named',
  },
});

/**
 * A form that comes again has what its sender has changed, and what they left alone as others have made it meanwhile; what
 * others have changed as well stands above, so that the next press may take its place.
 */
async function changeAgain(
  meeting: StoredMeeting,
  scene: MeetingScene,
  filled: Form,
  { on, seen }: { on: string | null } & Seen,
): Promise<Card> {
  const occurrence = occurrenceOf(meeting, on, scene);
  if (!occurrence) throw new AppError('meeting.noOccurrence');
  // What was emptied is not what stands there.
  const values: FormValues = { when: '', length: '', title: '', where: '', ...filled.values };
  const parsed = await parseChangeSaid(filled.values, on, meeting, scene);
  if (!parsed.ok || filled.cut) return changeForm(meeting, occurrence, scene, { ...filled, values }, { seen });
  const now = changeParts(meeting, occurrence, scene.directory);
  const wanted = wantedParts(parsed.value.changes, now);
  const parts = broughtIn(seen, wanted, now);
  const left = changeFields.flatMap(([part, ...fields]) => (parts[part] === wanted[part] ? [] : fields));
  const own = Object.fromEntries(Object.entries(values).filter(([field]) => !left.includes(field)));
  return changeForm(
    meeting,
    occurrence,
    scene,
    { ...filled, values: own },
    { seen: seenOf(now), theirs: overtaken(seen, parts, now) },
  );
}

/** What stands there as it was drawn is no change, whatever it would mean by now. */
async function parseChangeSaid(
  values: FormValues,
  on: string | null,
  meeting: StoredMeeting,
  scene: MeetingScene,
): Promise<Parsed<ChangeCommand, FormProblem>> {
  const occurrence = occurrenceOf(meeting, on, scene);
  // The meeting itself says that there is none.
  if (!occurrence) return { ok: true, value: { do: 'change', on, changes: {} } };
  const reading = await readingAt(meeting, scene);
  const { minutes, start } = occurrence;
  const parsed = parseChange(values, { subject: meeting.subject, directory: scene.directory });
  const length =
    values.length === lengthText(minutes, scene.texts)
      ? ({ ok: true, value: minutes } as const)
      : parseLength(values.length, { field: 'length', ...reading });
  const slot =
    values.when === startText(occurrence, meeting, scene)
      ? ({ ok: true, value: { start, minutes } } as const)
      : parseTime(values.when, { field: 'when', minutes, ...reading });
  const invited = readInvitedSaid(values, meeting, scene);
  if (!parsed.ok || !length.ok || !slot.ok || !invited.ok)
    return {
      ok: false,
      problems: [parsed, length, slot, invited].flatMap((one): FormProblem[] =>
        one.ok ? [] : one.problems.map((problem) => problemInWords(problem, scene)),
      ),
    };
  const { scope, title, place } = parsed.value;
  const isSeries = meeting.stage.is === 'planned' && meeting.stage.schedule.repeat !== null;
  const changes = {
    title,
    place,
    slot: { start: slot.value.start, minutes: length.value },
    ...(invited.value && { invited: invited.value }),
  };
  const { on: at } = occurrence;
  return { ok: true, value: { do: 'change', on: isSeries && scope === 'one' ? at : null, at, changes } };
}

/** Null on a card that did not ask. */
function readInvitedSaid(
  values: FormValues,
  { body, subject }: StoredMeeting,
  scene: MeetingScene,
): Parsed<Invited | null, PlanProblem> {
  if (values.everyone === undefined) return { ok: true, value: null };
  const problems: PlanProblem[] = [];
  const invited = readInvited(values, bodyOf(scene.directory, body), subject, scene, (problem) => {
    problems.push(problem);
    return null;
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: invited };
}

/** `first`: its sender has seen that nobody had said it yet; `nobody`: they have been asked whether nobody came. */
export const recording = (
  on: string,
  { first = false, nobody = false }: { first?: boolean; nobody?: boolean } = {},
): MeetingForm<{ came: PersonId[] }> => ({
  allow(meeting, scene) {
    managing('record')(meeting, scene);
    requireRecordable(meeting, on, scene);
  },
  draw: drawRecord(on),
  again: async (meeting, scene, filled) => {
    const { came: asked } = filled.errors;
    const isAsked = filled.values.came === undefined && asked !== undefined;
    return drawRecord(on)(
      meeting,
      scene,
      isAsked ? { values: { came: '' }, errors: {}, asked: { came: asked } } : filled,
    );
  },
  parse(values, _, { texts }) {
    const parsed = parseCame(values);
    if (!parsed.ok || parsed.value.came.length > 0 || nobody) return parsed;
    return { ok: false, problems: [{ field: 'came', words: texts('meeting.record.isNobody') }] };
  },
  toCommand: ({ came }) => ({ do: 'record', on, came, first }),
  limits: {},
  fieldOf: { 'meeting.notInvited': 'came' },
});

const drawRecord =
  (on: string): MeetingForm<unknown>['draw'] =>
  (meeting, scene, form) => {
    const occurrence = occurrenceOf(meeting, on, scene);
    if (!occurrence) throw new AppError('meeting.noOccurrence');
    return recordForm(meeting, occurrence, scene, form);
  };
