import { emptyForm, type Form } from '../../../../src/cards/form.ts';
import { movedMessage } from '../../../../src/delivery/moved-card.ts';
import type { Directory } from '../../../../src/directory/model.ts';
import { cadencesOf } from '../../../../src/meetings/cadence/cadence.ts';
import { askingMessage, cadenceCard, putOffCard } from '../../../../src/meetings/cadence/cadence-card.ts';
import { proposalsFor } from '../../../../src/meetings/cadence/cadence-proposals.ts';
import { confirmCard, pickCard } from '../../../../src/meetings/cards/anyway-cards.ts';
import { cancelCard } from '../../../../src/meetings/cards/cancel-card.ts';
import { meetingCard, meetingMessage } from '../../../../src/meetings/cards/card.ts';
import { changeForm, changeLimits } from '../../../../src/meetings/cards/change-form.ts';
import { doubtsText } from '../../../../src/meetings/cards/doubts-card.ts';
import { letterCard } from '../../../../src/meetings/cards/letter-card.ts';
import { meetingsCard } from '../../../../src/meetings/cards/list-card.ts';
import { type NoticeAbout, noticeMessage } from '../../../../src/meetings/cards/notice-card.ts';
import { voteForm, voteInput } from '../../../../src/meetings/cards/poll-card.ts';
import { recordForm } from '../../../../src/meetings/cards/record-form.ts';
import { addTimesForm, changeTimeForm, extendForm, timesLimits } from '../../../../src/meetings/cards/times-form.ts';
import { type MeetingScene, titleOf, type Viewer, viewerOf } from '../../../../src/meetings/cards/words-card.ts';
import type { Doubt } from '../../../../src/meetings/doubts.ts';
import type { ComingMeeting } from '../../../../src/meetings/listing.ts';
import { type Coming, limits, type PollOption, type Vote } from '../../../../src/meetings/model.ts';
import { meetingSettings } from '../../../../src/meetings/settings.ts';
import { occurrenceOf } from '../../../../src/meetings/standing.ts';
import type { StoredMeeting } from '../../../../src/meetings/stored.ts';
import { requirePoll } from '../../../../src/meetings/transition.ts';
import { bodyId, formatReference, type PersonId, personId } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { passMinutes } from '../../../../src/shared/sealed.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { actor, calendar, exampleDirectory, monday, people } from '../../../support/builders.ts';
import { meeting, played, pollPlan, steeringSeats, thursday } from '../../../support/meetings.ts';
import type { DrawnCard } from './every-card.ts';

const steering = bodyId('steering:vastra-nyland');
/** Letters that take two bytes, as many as a name here may have. */
const longName = (index: number): string => `Åsa-Märta Hyväri-Öststjärnström ${index}`;
const long = (length: number): string => 'ä'.repeat(length);

/** So many more in the steering group, each of a party in turn; every third is somebody's substitute. */
export function largeSteering(size: number): { directory: Directory; crowd: readonly PersonId[] } {
  const directory = exampleDirectory();
  const crowd = Array.from({ length: size }, (_, index) =>
    personId(`b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
  );
  directory.people.push(...crowd.map((id, index) => ({ id, name: longName(index) })));
  directory.members.push(
    ...crowd.map((person, index) => ({
      person,
      body: steering,
      role: index % 3 === 2 ? ('substitute' as const) : ('member' as const),
      profession: null,
      seat: steeringSeats(directory)[Math.floor(index / 3) % steeringSeats(directory).length]?.id ?? '',
      setBy: 'file' as const,
      removed: false,
    })),
  );
  return { directory, crowd };
}

/** As many times as there may be, with ids as long as the bot makes them. */
const mostTimes: readonly PollOption[] = Array.from({ length: limits.mostTimes }, (_, index) => ({
  id: crypto.randomUUID(),
  start: `2027-0${1 + (index % 9)}-1${index % 10}T13:30`,
  minutes: 65 + index,
}));

/** So many have answered so many of the times, each something else. */
export function largestPoll(
  answers: number,
  times = mostTimes.length,
): {
  meeting: StoredMeeting;
  directory: Directory;
  crowd: readonly PersonId[];
} {
  const { directory, crowd } = largeSteering(60);
  const all: readonly Vote[] = ['yes', 'ifNeedBe', 'no'];
  const votesOf = (index: number): Record<string, Vote> =>
    Object.fromEntries(mostTimes.slice(0, times).map(({ id }, at) => [id, all[(index + at) % all.length] ?? 'yes']));
  const votes = Object.fromEntries(crowd.slice(0, answers).map((person, index) => [person, votesOf(index)]));
  const plan = { ...pollPlan(), options: mostTimes };
  const made = meeting(
    { body: steering, title: long(limits.title), place: { online: true, where: long(limits.where) }, plan },
    { by: 'kaisa', directory },
  );
  return {
    directory,
    crowd,
    meeting: { ...made, stage: { is: 'poll', poll: { ...requirePoll(made), votes } } },
  };
}

/** Every state of a rhythm; the region's all on one card is more than a page. */
function cadenceCards(scene: MeetingScene): DrawnCard[] {
  const policy = meetingSettings.parse({});
  const watched = { ...scene, policy };
  const by = (since: string) => cadencesOf([], { ...watched, since: () => since });
  const kept = cadencesOf([meeting(), meeting({ plan: pollPlan() }, { id: 'poll' })], {
    ...watched,
    now: after,
    since: () => '2026-11-23',
  });
  const states = { kept, soon: by('2026-11-12'), missed: by('2024-01-01') };
  const body = exampleDirectory().bodies[0] ?? null;
  return [
    ...Object.entries(states).flatMap(([name, cadences]) => [
      {
        name: `rhythms: ${name}`,
        card: cadenceCard({ body: null, cadences, actor: actor('maria'), page: 0 }, scene),
      },
      {
        name: `rhythms of a body: ${name}`,
        card: cadenceCard({ body, cadences: cadences.slice(0, 2), actor: actor('petri'), page: 0 }, scene),
      },
      ...cadences.map((cadence) => ({
        name: `question for a time: ${name}, ${cadence.body.id}, ${cadence.kind}`,
        card: askingMessage(
          { cadence, slots: proposalsFor(cadence, [], { calendar, now: scene.now, length: policy.length }) },
          scene,
        ).card,
      })),
    ]),
    {
      name: 'rhythms: second page',
      card: cadenceCard({ body: null, cadences: kept, actor: actor('kaisa'), page: 1 }, scene),
    },
    { name: 'rhythms: none', card: cadenceCard({ body: null, cadences: [], actor: actor('petri'), page: 0 }, scene) },
    ...kept
      .slice(0, 1)
      .map((cadence) => ({ name: 'question that was put off', card: putOffCard(cadence, '2027-01-31', scene) })),
  ];
}

const after = Temporal.Instant.from('2026-11-27T09:00:00Z');

export function meetingCards(language: Language, refreshFor: readonly string[]): DrawnCard[] {
  const texts = textsFor(language);
  const scene = (over: Partial<MeetingScene> = {}): MeetingScene => ({
    texts,
    directory: exampleDirectory(),
    calendar,
    now: monday,
    placement: crypto.randomUUID(),
    ...over,
  });
  const here = scene();
  const later = scene({ now: Temporal.Instant.from('2026-11-26T11:30:00Z') });
  const afterwards = scene({ now: after });
  const at = (one: MeetingScene, who: PersonId, of: StoredMeeting): Viewer => viewerOf(of, who, one.directory);
  const said = { tone: 'warning', text: texts('errors.meeting.pollOver') } as const;
  const wrong = (...fields: string[]): Form => ({
    values: Object.fromEntries(fields.map((name) => [name, '€'.repeat(200)])),
    errors: Object.fromEntries(fields.map((name) => [name, texts('problem.notATime')])),
  });

  const planned = meeting();
  const series = meeting({
    kind: 'supervision',
    title: '',
    plan: { one: thursday, repeat: { unit: 'week', every: 2, by: 'weekday', end: { count: 10 }, holidays: 'skip' } },
  });
  const monthly = meeting({
    plan: {
      one: thursday,
      repeat: { unit: 'month', every: 1, by: 'weekday', end: { until: '2027-11-30' }, holidays: 'after' },
    },
  });
  const [tuesday] = pollPlan().options;
  const poll = played(
    meeting({ plan: pollPlan() }),
    ['petri', { do: 'vote', votes: { tue: 'yes', wed: 'no' } }],
    ['sofia', { do: 'vote', votes: { tue: 'no', wed: 'no', thu: 'ifNeedBe' } }],
  );
  const answered = played(
    planned,
    ['petri', { do: 'reply', on: '2026-11-26', coming: 'yes' }],
    ['sofia', { do: 'reply', on: '2026-11-26', coming: 'maybe' }],
    ['jonas', { do: 'reply', on: '2026-11-26', coming: 'no' }],
  );
  const moved = played(answered, [
    'maria',
    {
      do: 'change',
      on: null,
      changes: {
        slot: { start: '2026-11-27T09:00', minutes: 90 },
        place: { online: true, where: 'https://a.fi/x_y' },
        title: '*Ny*',
      },
    },
  ]);
  const joined: StoredMeeting = {
    ...meeting({ place: { online: true, where: '' } }),
    outlook: { 1: { id: 'AAkA', shows: 'x', join: `https://teams.microsoft.com/l/meetup-join/${'x'.repeat(1_900)}` } },
  };
  const without = played(series, ['maria', { do: 'cancel', on: '2026-11-26' }]);
  const caseMeeting = meeting({ kind: 'case', subject: formatReference('LOJ', 2026, 42), title: '' });

  const states: Readonly<Record<string, readonly [StoredMeeting, MeetingScene]>> = {
    'a proposal': [meeting({}, { by: 'petri' }), here],
    'a proposal of a series': [
      meeting(
        { plan: series.stage.is === 'planned' ? { one: thursday, repeat: series.stage.schedule.repeat } : pollPlan() },
        { by: 'petri' },
      ),
      here,
    ],
    'a proposal of several times': [meeting({ plan: pollPlan() }, { by: 'petri' }), here],
    'a poll without an answer': [meeting({ plan: pollPlan() }), here],
    'a poll with answers': [poll, here],
    'a poll without names': [
      played(meeting({ plan: pollPlan({ namesHidden: true, botPicks: true }) }), [
        'petri',
        { do: 'vote', votes: { tue: 'yes' } },
      ]),
      here,
    ],
    'a poll that is over': [poll, scene({ now: Temporal.Instant.from('2026-12-02T10:00:00Z') })],
    planned: [planned, here],
    'planned, with a Teams meeting': [joined, here],
    'planned, answered': [answered, here],
    'under way': [answered, later],
    held: [answered, afterwards],
    'held and recorded': [
      played(answered, ['maria', { do: 'record', on: '2026-11-26', came: [people.petri, people.maria] }, after]),
      afterwards,
    ],
    changed: [moved, here],
    'a series': [series, here],
    'a series by the month': [monthly, here],
    'a series without its next holding': [without, here],
    'a series that was once held': [series, afterwards],
    cancelled: [played(planned, ['maria', { do: 'cancel', on: null }]), here],
    'about a case': [caseMeeting, here],
  };

  const { meeting: largest, directory: steeringDirectory, crowd } = largestPoll(60);
  const busy = {
    doubts: crowd.map((person): Doubt => ({ is: 'busy', person, slot: thursday, at: thursday, with: null })),
    despite: 'abcdefghijklmnop',
  };
  const silent = largestPoll(0).meeting;
  const partly = largestPoll(60, mostTimes.length - 1).meeting;
  const large = scene({ directory: steeringDirectory });
  const [first = people.kaisa] = crowd;
  const invited = largeSteering(130);
  const comings: readonly Coming[] = ['yes', 'maybe', 'no', 'substitute'];
  const replies = Object.fromEntries(
    invited.crowd.map((person, index) => [
      person,
      { coming: comings[index % 4] ?? 'yes', at: '2026-11-23T07:00:00.000Z' },
    ]),
  );
  const crowded = meeting(
    { body: steering, title: long(limits.title), place: { online: true, where: long(limits.where) } },
    { by: 'kaisa', directory: invited.directory },
  );
  const full: StoredMeeting =
    crowded.stage.is === 'planned'
      ? {
          ...crowded,
          stage: { is: 'planned', schedule: { ...crowded.stage.schedule, replies: { '2026-11-26': replies } } },
        }
      : crowded;
  const before = { slot: thursday, place: { online: true, where: long(limits.where) } };
  const told = { what: 'changed', on: '2026-11-26', at: full.news.at, before } as const;
  const retold = {
    ...full,
    news: {
      ...full.news,
      ...told,
      untold: [
        { ...told, on: null, before: { ...before, title: long(limits.title) } },
        ...Array.from({ length: 8 }, () => told),
      ],
    },
  };
  const crowdedScene = scene({ directory: invited.directory, now: after });
  const next = occurrenceOf(series, null, here);
  const one = occurrenceOf(planned, null, here);
  const held = occurrenceOf(full, '2026-11-26', crowdedScene);
  if (!next || !one || !held || !tuesday) throw new Error('The examples have holdings.');

  const notices: readonly (readonly [string, StoredMeeting, NoticeAbout])[] = [
    ['pollReminder', poll, { kind: 'pollReminder', key: 'pollReminder:x:y', to: people.jonas }],
    ['allAnswered', poll, { kind: 'allAnswered', key: 'allAnswered:x:y', to: people.maria }],
    ['pollOver', poll, { kind: 'pollOver', key: 'pollOver:x:y', to: people.maria }],
    ['reminder', answered, { kind: 'reminder', key: 'reminder:day:2026-11-26:2026-11-26T13:00:x', to: people.niina }],
    [
      'reminder to who comes',
      answered,
      { kind: 'reminder', key: 'reminder:day:2026-11-26:2026-11-26T13:00:x', to: people.petri },
    ],
    [
      'substituteOut',
      answered,
      { kind: 'substituteOut', key: `substituteOut:2026-11-26:${people.petri}:x`, to: people.kaisa },
    ],
    ['substituteFree', answered, { kind: 'substituteFree', key: 'substituteFree:2026-11-26:x:y', to: people.kaisa }],
    [
      'declined',
      played(meeting({}, { by: 'petri' }), ['maria', { do: 'cancel', on: null }]),
      { kind: 'declined', key: 'declined:x:y', to: people.petri },
    ],
    ['lapsed', poll, { kind: 'lapsed', key: 'lapsed:x:y', to: people.maria }],
    ['uninvited', answered, { kind: 'uninvited', key: 'uninvited:2026-11-26:x', to: people.kaisa }],
    ['wasHeld', answered, { kind: 'wasHeld', key: `wasHeld:2026-11-26:${people.maria}`, to: people.maria }],
  ];
  const known = { isDateAlone: false };
  const listed: readonly ComingMeeting[] = [
    { meeting: largest, occurrence: null, ...known },
    { meeting: states['a proposal']?.[0] ?? planned, occurrence: null, ...known },
    ...Array.from({ length: 12 }, () => ({
      meeting: crowded,
      ...known,
      occurrence: { ...held, place: { online: true, where: long(limits.where) } },
    })),
    { meeting: answered, occurrence: one, ...known },
    { meeting: poll, occurrence: null, isDateAlone: true },
    { meeting: answered, occurrence: one, isDateAlone: true },
  ];
  const view = { whose: 'mine', body: null, coming: listed, person: people.petri, page: 0, plans: true } as const;

  return [
    ...Object.entries(states).flatMap(([name, [state, when]]) => [
      {
        name: `meeting for everybody: ${name}`,
        card: meetingMessage(state, when, { refreshFor: refreshFor.slice(0, 6) }).card,
      },
      ...(['maria', 'petri', 'jonas'] as const).map((who) => ({
        name: `meeting as ${who} sees it: ${name}`,
        card: meetingCard(state, when, { viewer: at(when, people[who], state), said }),
      })),
    ]),
    {
      name: 'meeting of which much has changed',
      card: meetingMessage(retold, crowdedScene, { refreshFor: refreshFor.slice(0, 6) }).card,
    },
    {
      name: 'one holding of a series',
      card: meetingCard(series, here, { viewer: at(here, people.petri, series), on: '2026-12-10' }),
    },
    { name: 'largest poll', card: meetingMessage(largest, large, { refreshFor }).card },
    {
      name: 'largest poll for who plans it',
      card: meetingCard(largest, large, { viewer: at(large, people.kaisa, largest), said }),
    },
    {
      name: 'largest poll for who has answered',
      card: meetingCard(largest, large, { viewer: at(large, first, largest), said }),
    },
    {
      name: 'largest poll of which everybody leaves out a time',
      card: meetingCard(partly, large, { viewer: at(large, people.kaisa, partly), said }),
    },
    { name: 'largest poll without an answer', card: meetingMessage(silent, large, { refreshFor }).card },
    {
      name: 'largest meeting',
      card: meetingMessage(full, scene({ directory: invited.directory }), { refreshFor }).card,
    },
    {
      name: 'meeting as a substitute sees it',
      card: meetingCard(full, scene({ directory: invited.directory }), {
        viewer: at(crowdedScene, invited.crowd[5] ?? first, full),
      }),
    },

    { name: 'answers to a poll', card: voteForm(poll, requirePoll(poll), here, people.petri, emptyForm) },
    {
      name: 'answers to most times',
      card: voteForm(largest, requirePoll(largest), large, first, emptyForm),
    },
    {
      name: 'largest answers to a poll',
      card: voteForm(largest, requirePoll(largest), large, first, {
        values: {},
        errors: Object.fromEntries(mostTimes.map(({ id }) => [voteInput(id), texts('problem.choose')])),
        refused: { reason: texts('errors.meeting.noOption'), final: false },
      }),
    },
    { name: 'form: more times', card: addTimesForm(poll, here, emptyForm) },
    {
      name: 'form: more times, largest',
      card: addTimesForm(largest, large, {
        values: { times: '€'.repeat(timesLimits.times) },
        errors: { times: texts('problem.notATime') },
      }),
    },
    { name: 'form: another time', card: changeTimeForm(poll, tuesday, here, wrong('time')) },
    { name: 'form: another deadline', card: extendForm(poll, '2026-11-27T14:00:00.000Z', here, wrong('deadline')) },
    {
      name: 'question: picked all the same',
      card: pickCard(poll, tuesday, { missing: texts('meeting.missing.nobody'), ...busy }, here),
    },
    { name: 'question: confirmed all the same', card: confirmCard(meeting({}, { by: 'petri' }), busy, here) },
    {
      name: 'invitation on paper',
      card: letterCard(caseMeeting, one, here, {
        to: () => `https://ankarbot.example.fi/files/${'x'.repeat(700)}`,
        minutes: passMinutes,
      }),
    },
    { name: 'form: change', card: changeForm(planned, one, here, emptyForm) },
    { name: 'form: change a series', card: changeForm(series, next, here, wrong('when', 'length')) },
    {
      name: 'form: change, largest',
      card: changeForm(full, held, crowdedScene, {
        ...wrong('when', 'length'),
        values: {
          title: '€'.repeat(changeLimits.title),
          where: '€'.repeat(changeLimits.where),
          when: '€'.repeat(changeLimits.when),
        },
      }),
    },
    {
      name: 'form: change, a colleague has changed all of it',
      card: changeForm(
        full,
        held,
        crowdedScene,
        { ...emptyForm, refused: { reason: texts('errors.form.overtaken'), final: false } },
        { seen: 'a'.repeat(44), theirs: ['start', 'minutes', 'title', 'place', 'invited'] },
      ),
    },
    {
      name: 'form: change, everybody busy',
      card: changeForm(full, held, crowdedScene, {
        ...emptyForm,
        refused: {
          reason: doubtsText(busy.doubts, crowdedScene),
          final: false,
        },
        despite: 'abcdefghijklmnop',
      }),
    },
    { name: 'question: cancel', card: cancelCard(planned, one, here) },
    { name: 'question: cancel one of a series', card: cancelCard(series, next, here) },
    { name: 'question: cancel a poll', card: cancelCard(poll, null, here) },
    { name: 'question: cancel a proposal', card: cancelCard(meeting({}, { by: 'petri' }), null, here) },
    { name: 'form: who came', card: recordForm(answered, one, afterwards, emptyForm) },
    { name: 'form: who came, largest', card: recordForm(full, held, crowdedScene, emptyForm) },

    ...notices.map(([name, state, about]) => ({
      name: `meeting notice: ${name}`,
      card: noticeMessage(state, about, here).card,
    })),
    {
      name: 'meeting notice: wasHeld, largest',
      card: noticeMessage(full, { kind: 'wasHeld', key: 'wasHeld:2026-11-26:x', to: people.maria }, crowdedScene).card,
    },
    {
      name: 'line of a meeting',
      card: movedMessage(titleOf(largest, large), texts, { where: 'here', url: null }).card,
    },

    {
      name: 'meetings',
      card: meetingsCard(
        {
          ...view,
          whose: 'body',
          body: exampleDirectory().bodies[0] ?? null,
          coming: [{ meeting: answered, occurrence: one, ...known }],
        },
        here,
      ),
    },
    ...cadenceCards(here),
    { name: 'no meetings', card: meetingsCard({ ...view, coming: [] }, here) },
    { name: 'longest list of meetings', card: meetingsCard({ ...view, page: 1 }, large) },
    { name: 'list of the region’s meetings', card: meetingsCard({ ...view, whose: 'region', person: null }, large) },
  ];
}
