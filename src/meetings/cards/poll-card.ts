import {
  actionRow,
  button,
  type Card,
  type CardAction,
  type CardElement,
  columns,
  facts,
  sideBySide,
  subheading,
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { choiceField } from '../../cards/inputs.ts';
import { lengthText } from '../../cards/places.ts';
import type { PersonId } from '../../shared/ids.ts';
import { askedIn, invitedTo } from '../invited.ts';
import { type Meeting, type Poll, type PollOption, type Vote, votes } from '../model.ts';
import { answerable, bestOf, isOpen, partlyIn, silentIn, standingsOf, type TimeStanding } from '../poll-standing.ts';
import { beginOf } from '../repeat.ts';
import {
  dataOf,
  listed,
  type MeetingScene,
  missingText,
  momentText,
  namesOf,
  slotText,
  startText,
  titleOf,
  type Viewer,
} from './words-card.ts';

/** The choice of a time: how each stands, who has not answered, and the form to answer in. */

/** Everybody is named in so small a meeting; of a larger one the card has room for so many of each answer. */
const fewPeople = 12;
const mostNamed = 4;

export function pollBody(meeting: Meeting, poll: Poll, scene: MeetingScene, viewer: Viewer | null): CardElement[] {
  const { texts } = scene;
  const standings = standingsOf(meeting, poll, scene.directory);
  const best = bestOf(standings, meeting.zone, scene.now);
  const { length, when } = lengthSaid(poll.options, scene);
  return [
    subheading([texts('meeting.poll.times'), ...length].join(' · ')),
    ...standings.map((standing) =>
      row(meeting, poll, standing, scene, {
        viewer,
        isBest: standing === best,
        when,
      }),
    ),
    answersOf(meeting, poll, scene, viewer),
    ...(poll.namesHidden ? [subtle(hiddenText(meeting, scene))] : []),
    ...(poll.botPicks && isOpen(poll, scene.now) ? [subtle(texts('meeting.poll.botPicks'))] : []),
  ];
}

/** Whoever is called in somebody's place is seen by all, and so that one knows before they answer. */
function hiddenText(meeting: Meeting, { texts, directory }: MeetingScene): string {
  const hasSubstitutes = askedIn(meeting, directory).length > invitedTo(meeting, directory).length;
  return [texts('meeting.poll.namesHidden'), ...(hasSubstitutes ? [texts('meeting.poll.substitutesSeen')] : [])].join(
    ' ',
  );
}

/** What is as long as all others has that said once, beside its title. */
function lengthSaid(
  options: readonly PollOption[],
  { texts }: MeetingScene,
): { length: string[]; when: typeof slotText } {
  const [first, ...others] = new Set(options.map(({ minutes }) => minutes));
  if (first === undefined || others.length > 0) return { length: [], when: slotText };
  return { length: [lengthText(first, texts)], when: startText };
}

interface Row {
  viewer: Viewer | null;
  isBest: boolean;
  when: typeof slotText;
}

function row(
  meeting: Meeting,
  poll: Poll,
  standing: TimeStanding,
  scene: MeetingScene,
  { viewer, isBest, when }: Row,
): CardElement {
  const { texts } = scene;
  const { option } = standing;
  const own = viewer && poll.votes[viewer.person]?.[option.id];
  const said = votes.flatMap((vote) =>
    standing.count[vote] > 0 ? [texts(`meeting.poll.count.${vote}`, { number: standing.count[vote] })] : [],
  );
  const small = { size: 'Small', spacing: 'None' } as const;
  const lines = [
    text(when(option, meeting, scene), { weight: 'Bolder' }),
    text(
      said.length === 0 && !isPast(option, meeting, scene)
        ? texts('meeting.poll.noAnswers')
        : [...said, possibleText(meeting, standing, scene, { isBest, saysWhy: showsNames(poll, viewer) })].join(' · '),
      small,
    ),
    ...(own ? [text(texts(`meeting.poll.own.${own}`), { ...small, weight: 'Bolder' })] : []),
    ...(showsNames(poll, viewer) ? namesLine(meeting, poll, option, scene) : []),
  ];
  return { ...columns(lines, viewer?.manages ? [managing(meeting, standing, scene)] : []), separator: true };
}

/** Whether the time is possible, in words; what is not says why, save to whom a profession would tell who has answered. */
function possibleText(
  meeting: Meeting,
  { option, count, coverage, declined }: TimeStanding,
  scene: MeetingScene,
  { isBest, saysWhy }: { isBest: boolean; saysWhy: boolean },
): string {
  const { texts } = scene;
  if (isPast(option, meeting, scene)) return texts('meeting.poll.past');
  if (declined) return texts('meeting.poll.declined');
  if (!coverage.met && !saysWhy) return texts('meeting.poll.notYet');
  const missing = missingText(coverage, scene);
  if (missing === null) return texts(isBest ? 'meeting.poll.best' : 'meeting.poll.possible');
  // Who is missing may yet say yes.
  return [missing, ...(count.silent > 0 ? [texts('meeting.poll.unheard', { count: count.silent })] : [])].join(' · ');
}

const isPast = (option: PollOption, { zone }: Meeting, { now }: MeetingScene): boolean =>
  Temporal.Instant.compare(beginOf(option, zone), now) <= 0;

const showsNames = ({ namesHidden }: Poll, viewer: Viewer | null): boolean => !namesHidden || viewer?.manages === true;

/** Who said what of one time; the first of many. */
function namesLine(meeting: Meeting, { votes: given }: Poll, { id }: PollOption, scene: MeetingScene): CardElement[] {
  const { texts, directory } = scene;
  const asked = askedIn(meeting, directory);
  const parts = votes.flatMap((vote) => {
    const people = asked.filter((person) => given[person]?.[id] === vote);
    return people.length > 0
      ? [texts(`meeting.poll.said.${vote}`, { names: someOf(people, asked.length, meeting, scene) })]
      : [];
  });
  return parts.length > 0 ? [text(parts.join(' · '), { size: 'Small', spacing: 'None', isSubtle: true })] : [];
}

function someOf(people: readonly PersonId[], asked: number, meeting: Meeting, scene: MeetingScene): string {
  const names = namesOf(people, meeting, scene);
  const others = names.length - mostNamed;
  // One more is named rather than counted.
  if (asked <= fewPeople || others <= 1) return names.join(', ');
  return scene.texts('meeting.andOthers', { names: names.slice(0, mostNamed).join(', '), others });
}

function managing(meeting: Meeting, { option, declined }: TimeStanding, scene: MeetingScene): CardElement {
  const { texts } = scene;
  const data = { ...dataOf(meeting, scene), option: option.id };
  const when = startText(option, meeting, scene);
  const pickable = !declined && !isPast(option, meeting, scene);
  return actionRow([
    ...(pickable
      ? [
          button(texts('meeting.actions.pick'), 'meeting.pick', data, {
            inWords: texts('meeting.actions.pickWhich', { when }),
          }),
        ]
      : []),
    button(texts('meeting.actions.changeTime'), 'meeting.timesForm', data, {
      inWords: texts('meeting.actions.changeWhich', { when }),
    }),
  ]);
}

/** How many of the invited have answered: "3 av 5". */
export function answeredText(meeting: Meeting, poll: Poll, { texts, directory, now }: MeetingScene): string {
  const of = invitedTo(meeting, directory).length;
  return texts('meeting.poll.answeredOf', {
    number: of - silentIn(meeting, answerable(poll, meeting.zone, now), directory).length,
    of,
  });
}

function answersOf(meeting: Meeting, poll: Poll, scene: MeetingScene, viewer: Viewer | null): CardElement {
  const { texts, directory, now } = scene;
  const open = answerable(poll, meeting.zone, now);
  const partly = partlyIn(meeting, open, directory);
  const silent = silentIn(meeting, open, directory).filter((person) => !partly.includes(person));
  const who = (of: 'partly' | 'silent', people: readonly PersonId[]) =>
    people.length > 0 && showsNames(poll, viewer)
      ? [[texts(`meeting.poll.${of}`), listed(namesOf(people, meeting, scene), texts)] as const]
      : [];
  return {
    ...facts([
      [
        texts('meeting.poll.answered'),
        partly.length > 0 && !showsNames(poll, viewer)
          ? `${answeredText(meeting, poll, scene)} · ${texts('meeting.poll.partlyNumber', { number: partly.length })}`
          : answeredText(meeting, poll, scene),
      ],
      ...who('partly', partly),
      ...who('silent', silent),
    ]),
    separator: true,
  };
}

/** The next step first; what this viewer may not do is not there. */
export function pollActions(meeting: Meeting, poll: Poll, scene: MeetingScene, viewer: Viewer | null): CardAction[] {
  const { texts, directory } = scene;
  const data = dataOf(meeting, scene);
  const open = isOpen(poll, scene.now);
  const asked = viewer === null || askedIn(meeting, directory).includes(viewer.person);
  const answered = viewer !== null && poll.votes[viewer.person] !== undefined;
  const title = texts(answered ? 'meeting.actions.answerAgain' : 'meeting.actions.answer');
  return [
    ...(open && asked ? [button(title, 'meeting.voteForm', data, { primary: !answered })] : []),
    ...(viewer?.manages
      ? [
          button(texts('meeting.actions.addTimes'), 'meeting.timesForm', data, { overflow: open }),
          button(texts('meeting.actions.extend'), 'meeting.extendForm', data, { overflow: open }),
          button(texts('meeting.actions.cancel'), 'meeting.cancelForm', data, { overflow: true }),
        ]
      : []),
  ];
}

/** What the times get that are still empty in the form. */
export const rests = ['yes', 'no'] as const satisfies readonly Vote[];
export type Rest = (typeof rests)[number];

/** A few stand one below the other; more would fill the window. */
const fewTimes = 3;

/**
 * One answer for each time, at one press each; what is left empty stays as it was. `rest`: what those that are empty get first.
 */
export function voteForm(
  meeting: Meeting,
  poll: Poll,
  scene: MeetingScene,
  person: PersonId,
  form: Form,
  rest: Rest | null = null,
): Card {
  const { texts } = scene;
  const { options } = answerable(poll, meeting.zone, scene.now);
  const before = Object.entries(poll.votes[person] ?? {}).map(([id, vote]) => [voteInput(id), vote]);
  const given = { ...Object.fromEntries(before), ...form.values };
  const others = rest === null ? [] : options.map(({ id }) => [voteInput(id), rest]);
  const filled = { ...form, values: { ...Object.fromEntries(others), ...given } };
  const data = dataOf(meeting, scene);
  const choices = votes.map((vote) => ({ title: texts(`meeting.poll.vote.${vote}`), value: vote }));
  const isLong = options.length > fewTimes;
  const { length, when } = lengthSaid(options, scene);
  const hasEmpty = options.some(({ id }) => !filled.values[voteInput(id)]);
  const fields = options.map((option) =>
    choiceField({
      ...field(filled, voteInput(option.id)),
      label: when(option, meeting, scene),
      choices,
      expanded: true,
    }),
  );
  return formCard(texts, form, {
    about: [withoutMarkdown(titleOf(meeting, scene)), ...length].join(' · '),
    title: texts('meeting.vote.title'),
    fields: [
      ...(isLong ? inPairs(fields) : fields.flat()),
      subtle(texts('meeting.vote.lead', { when: momentText(poll.deadline, meeting, scene) })),
    ],
    submit: { title: texts('meeting.vote.submit'), verb: 'meeting.vote', data },
    others:
      isLong && hasEmpty
        ? rests.map((vote) => button(texts(`meeting.vote.rest.${vote}`), 'meeting.voteForm', { ...data, rest: vote }))
        : [],
    cancel: { verb: 'meeting.view', data },
    tall: options.length > 6,
  });
}

function inPairs(fields: readonly CardElement[][]): CardElement[] {
  return fields.flatMap((left, index) => (index % 2 === 0 ? [sideBySide(left, fields[index + 1] ?? [])] : []));
}

const votePrefix = 'vote-';
export const voteInput = (option: string): string => `${votePrefix}${option}`;

/** The answers among a form's inputs, by time; what was left empty is not there. */
export function votesIn(inputs: Readonly<Record<string, string | undefined>>): Record<string, Vote> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) => {
      const vote = votes.find((known) => known === value);
      return name.startsWith(votePrefix) && vote ? [[name.slice(votePrefix.length), vote]] : [];
    }),
  );
}
