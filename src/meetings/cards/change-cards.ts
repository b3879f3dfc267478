import {
  actionRow,
  banner,
  button,
  type Card,
  type CardAction,
  type CardElement,
  card,
  facts,
  heading,
  sideBySide,
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { type Form, type FormFrame, field, formCard, type Limits } from '../../cards/form.ts';
import { choiceField, textField } from '../../cards/inputs.ts';
import { bodyOf } from '../../directory/model.ts';
import type { Seen } from '../../shared/seen.ts';
import type { Texts } from '../../shared/text.ts';
import type { Doubt } from '../doubts.ts';
import { planLimits } from '../input/fields-input.ts';
import { possibleAt } from '../invited.ts';
import { limits, type Meeting, type Occurrence, type PollOption } from '../model.ts';
import { nextOf } from '../repeat.ts';
import { mayRead } from '../rights.ts';
import { type ChangeParts, changeParts } from '../seen.ts';
import { repliesAt, scheduleOf, whoCame } from '../standing.ts';
import { summaryOf } from './card.ts';
import { doubtsText } from './doubts-card.ts';
import { everyoneField, namedField } from './invited-form.ts';
import {
  dataOf,
  lengthText,
  listed,
  type MeetingScene,
  momentText,
  namesOf,
  personName,
  placeText,
  slotText,
  startText,
  titleOf,
} from './words-card.ts';

/** The forms in which whoever plans a meeting changes it. */

/** What fits a card together with what is wrong with it. */
export const timesLimits = { times: 1_500 } as const satisfies Limits;
export const timeLimits = { time: 200 } as const satisfies Limits;
export const deadlineLimits = { deadline: 200 } as const satisfies Limits;
export const changeLimits = {
  when: 200,
  length: 50,
  title: limits.title,
  where: limits.where,
  named: planLimits.named,
} as const satisfies Limits;

function frame(meeting: Meeting, scene: MeetingScene, title: string, submit: FormFrame['submit']) {
  const data = dataOf(meeting, scene);
  return {
    about: withoutMarkdown(summaryOf(meeting, scene)),
    title,
    submit: { ...submit, data: { ...data, ...submit.data } },
    cancel: { verb: 'meeting.view', data },
  } satisfies Partial<FormFrame>;
}

/** Several times at once, each in words on a line of its own. */
export function addTimesForm(meeting: Meeting, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const submit = { title: savingText(form, texts), verb: 'meeting.addTimes' } as const;
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.times.addTitle'), submit),
    fields: [
      ...textField({
        ...field(form, 'times'),
        label: texts('meeting.times.added'),
        multiline: true,
        maxLength: timesLimits.times,
      }),
      subtle(texts('meeting.times.lead')),
    ],
  });
}

export function changeTimeForm(meeting: Meeting, option: PollOption, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const data = { option: option.id };
  const when = startText(option, meeting, scene);
  const submit = { title: savingText(form, texts), verb: 'meeting.changeTime', data } as const;
  const filled = { ...form, values: { time: timeInWords(option, meeting, scene), ...form.values } };
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.times.changeTitle', { when }), submit),
    fields: [
      ...textField({ ...field(filled, 'time'), label: texts('meeting.times.time'), maxLength: timeLimits.time }),
      subtle(texts('meeting.times.lead')),
    ],
    others: [
      button(
        texts('meeting.times.remove'),
        'meeting.removeTime',
        { ...dataOf(meeting, scene), ...data },
        {
          destructive: true,
          withoutInputs: true,
        },
      ),
    ],
  });
}

const savingText = ({ despite }: Form, texts: Texts): string => texts(`meeting.times.${despite ? 'anyway' : 'submit'}`);

/** As it can be read back. */
function timeInWords(slot: PollOption, meeting: Meeting, scene: MeetingScene): string {
  return `${startText(slot, meeting, scene)}, ${lengthText(slot.minutes, scene.texts)}`;
}

export function extendForm(meeting: Meeting, deadline: string, scene: MeetingScene, form: Form): Card {
  const { texts } = scene;
  const submit = { title: texts('meeting.extend.submit'), verb: 'meeting.extend' } as const;
  const filled = { ...form, values: { deadline: momentText(deadline, meeting, scene), ...form.values } };
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.extend.title'), submit),
    fields: textField({
      ...field(filled, 'deadline'),
      label: texts('meeting.extend.deadline'),
      maxLength: deadlineLimits.deadline,
    }),
  });
}

/** What speaks against something that one press would do, and the name by which it is done all the same. */
export interface Weighty {
  doubts: readonly Doubt[];
  despite: string;
}

/** A time that is picked all the same. `missing`: who is needed for it and cannot come; null for nobody. */
export function pickCard(
  meeting: Meeting,
  option: PollOption,
  { missing, doubts, despite }: Weighty & { missing: string | null },
  scene: MeetingScene,
): Card {
  const { texts } = scene;
  return anywayCard(meeting, scene, {
    title: texts('meeting.pick.title', { when: startText(option, meeting, scene) }),
    reasons: [
      ...(missing === null ? [] : [texts('meeting.pick.lead', { missing })]),
      ...(doubts.length > 0 ? [doubtsText(doubts, scene)] : []),
    ],
    anyway: button(
      texts('meeting.pick.anyway'),
      'meeting.pick',
      { ...dataOf(meeting, scene), option: option.id, despite },
      { primary: true },
    ),
  });
}

/** A proposal to which a leader says yes all the same. */
export function confirmCard(meeting: Meeting, { doubts, despite }: Weighty, scene: MeetingScene): Card {
  const { texts } = scene;
  return anywayCard(meeting, scene, {
    title: texts('meeting.confirm.title'),
    reasons: [doubtsText(doubts, scene)],
    anyway: button(
      texts('meeting.plan.submit.anyway'),
      'meeting.confirm',
      { ...dataOf(meeting, scene), despite },
      { primary: true },
    ),
  });
}

function anywayCard(
  meeting: Meeting,
  scene: MeetingScene,
  { title, reasons, anyway }: { title: string; reasons: readonly string[]; anyway: CardAction },
): Card {
  return card(scene.texts, {
    speak: title,
    body: [
      text(withoutMarkdown(titleOf(meeting, scene)), { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      ...reasons.map((reason) => banner('warning', reason)),
    ],
    actions: [anyway, button(scene.texts('form.cancel'), 'meeting.view', dataOf(meeting, scene))],
  });
}

/** Each part of a change, with its fields. */
export const changeFields: readonly (readonly [keyof ChangeParts, ...(readonly string[])])[] = [
  ['start', 'when'],
  ['minutes', 'length'],
  ['title', 'title'],
  ['place', 'how', 'where'],
  ['invited', 'everyone', 'named'],
];

/** In which parts others have changed it as well as the form's sender. */
export interface ChangeSeen extends Seen {
  theirs?: readonly string[];
}

/** When, how long, what it is called and where, of a series this one or all; and who is invited. */
export function changeForm(
  meeting: Meeting,
  occurrence: Occurrence,
  scene: MeetingScene,
  form: Form,
  { seen, theirs = [] }: ChangeSeen = {},
): Card {
  const { texts, directory } = scene;
  const { place } = occurrence;
  const filled = { ...form, values: { ...presentValues(meeting, occurrence, scene), ...form.values } };
  const submit = {
    title: texts(form.despite ? 'meeting.change.anyway' : 'meeting.change.submit'),
    verb: 'meeting.change',
    data: { on: occurrence.on, ...(seen && { seen }) },
  } as const;
  const when = startText(occurrence, meeting, scene);
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.change.title'), submit),
    newer: newerRows(),
    fields: [
      ...(scheduleOf(meeting)?.repeat
        ? choiceField({
            ...field(filled, 'scope'),
            label: texts('meeting.change.scope'),
            choices: [
              { title: texts('meeting.change.one', { when }), value: 'one' },
              { title: texts('meeting.change.all'), value: 'all' },
            ],
            expanded: true,
          })
        : []),
      ...textField({ ...field(filled, 'when'), label: texts('meeting.change.when'), maxLength: changeLimits.when }),
      ...textField({
        ...field(filled, 'length'),
        label: texts('meeting.change.length'),
        maxLength: changeLimits.length,
      }),
      ...textField({ ...field(filled, 'title'), label: texts('meeting.change.name'), maxLength: changeLimits.title }),
      ...choiceField({
        ...field(filled, 'how'),
        label: texts('meeting.change.online'),
        choices: [
          { title: texts('meeting.change.onSite'), value: 'onSite' },
          { title: texts('meeting.change.remote'), value: 'remote' },
        ],
        expanded: true,
      }),
      ...textField({ ...field(filled, 'where'), label: texts('meeting.change.where'), maxLength: changeLimits.where }),
      sideBySide(
        everyoneField(filled, texts),
        namedField(filled, bodyOf(directory, meeting.body) ?? undefined, { directory, texts, offers: 'everybody' }),
      ),
      subtle(texts('meeting.change.lead')),
    ],
    tall: true,
  });

  function newerRows(): CardElement[] {
    const { title, invited } = changeParts(meeting, occurrence, directory);
    const who = [
      ...(invited.everyone ? [texts('meeting.plan.everyone.everyone')] : []),
      ...namesOf(invited.named, meeting, scene),
    ];
    const parts = {
      start: [texts('meeting.change.when'), when],
      minutes: [texts('meeting.change.length'), lengthText(occurrence.minutes, texts)],
      title: [texts('meeting.change.name'), withoutMarkdown(title)],
      place: [texts('meeting.change.where'), placeText(place, texts)],
      invited: [texts('meeting.plan.field.named'), listed(who, texts)],
    } as const satisfies Record<keyof ChangeParts, readonly [string, string]>;
    const rows = Object.entries(parts).flatMap(([part, [name, now]]) =>
      theirs.includes(part) ? [[name, now || texts('meeting.news.nothing')] as const] : [],
    );
    return rows.length > 0 ? [text(texts('form.newer')), facts(rows)] : [];
  }

  function presentValues({ title, invited }: Meeting, one: Occurrence, here: MeetingScene) {
    const named = invited.named.filter((person) => mayRead(meeting, person, directory));
    return {
      scope: 'one',
      when: startText(one, meeting, here),
      length: lengthText(one.minutes, here.texts),
      ...(title && { title }),
      how: place.online ? 'remote' : 'onSite',
      ...(place.where && { where: place.where }),
      everyone: invited.everyone ? 'everyone' : 'named',
      ...(named.length > 0 && { named: named.join() }),
    };
  }
}

/** Asked before anything is cancelled. `occurrence` is the holding that was pressed on; null for a whole that has none. */
export function cancelCard(meeting: Meeting, occurrence: Occurrence | null, scene: MeetingScene): Card {
  const { texts } = scene;
  const data = dataOf(meeting, scene);
  const asked = { ...data, was: meeting.stage.is };
  const isProposal = meeting.stage.is === 'proposed';
  const title = texts(isProposal ? 'meeting.cancel.proposalTitle' : 'meeting.cancel.title');
  const isSeries = Boolean(scheduleOf(meeting)?.repeat);
  const whole = isProposal
    ? 'meeting.cancel.proposalSubmit'
    : isSeries
      ? 'meeting.cancel.all'
      : 'meeting.cancel.submit';
  const one = isSeries && occurrence ? nextOf([occurrence], meeting.zone, scene.now) : null;
  const when = occurrence && !isSeries ? slotText(occurrence, meeting, scene) : '';
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      text([withoutMarkdown(titleOf(meeting, scene)), when].filter(Boolean).join(' · '), { weight: 'Bolder' }),
      text(texts(isProposal ? 'meeting.cancel.proposal' : 'meeting.cancel.lead')),
      ...(one
        ? [
            actionRow([
              button(
                texts('meeting.cancel.one', { when: startText(one, meeting, scene) }),
                'meeting.cancel',
                { ...asked, on: one.on },
                { destructive: true },
              ),
            ]),
          ]
        : []),
    ],
    actions: [
      button(texts(whole), 'meeting.cancel', asked, { destructive: true }),
      button(texts('actions.back'), 'meeting.view', data),
    ],
  });
}

/** Who came, filled in from the answers: most often one press. */
export function recordForm(meeting: Meeting, occurrence: Occurrence, scene: MeetingScene, form: Form): Card {
  const { texts, directory } = scene;
  const { on } = occurrence;
  const replies = repliesAt(meeting, on);
  const people = possibleAt(meeting, on, directory);
  const known = whoCame(meeting, on) ?? people.filter((person) => replies[person]?.coming === 'yes');
  const filled = { ...form, values: { came: known.join(), ...form.values } };
  const choices = people
    .map((person) => ({ title: personName(person, scene), value: person }))
    .toSorted((a, b) => a.title.localeCompare(b.title, texts.language));
  const submit = { title: texts('meeting.record.submit'), verb: 'meeting.record', data: { on } } as const;
  return formCard(texts, form, {
    ...frame(meeting, scene, texts('meeting.record.title'), submit),
    about: `${withoutMarkdown(titleOf(meeting, scene))} · ${startText(occurrence, meeting, scene)}`,
    fields: choiceField({
      ...field(filled, 'came'),
      label: texts('meeting.record.came'),
      choices,
      several: true,
      expanded: true,
    }),
  });
}
