import { type Card, type CardElement, facts, sideBySide, subtle, text, withoutMarkdown } from '../../cards/elements.ts';
import { type Form, field, formCard, type Limits, withNewer } from '../../cards/form.ts';
import { choiceField, textField } from '../../cards/inputs.ts';
import { lengthText, placeText } from '../../cards/places.ts';
import { bodyOf } from '../../directory/model.ts';
import type { Seen } from '../../shared/seen.ts';
import { planLimits } from '../input/fields-input.ts';
import { limits, type Meeting, type Occurrence } from '../model.ts';
import { mayRead } from '../rights.ts';
import { type ChangeParts, changeParts } from '../seen.ts';
import { scheduleOf } from '../standing.ts';
import { frame } from './frame-form.ts';
import { everyoneField, namedField } from './invited-form.ts';
import { listed, type MeetingScene, namesOf, startText } from './words-card.ts';

/** The form in which whoever plans a meeting changes one that has its time. */

export const changeLimits = {
  when: 200,
  length: 50,
  title: limits.title,
  where: limits.where,
  named: planLimits.named,
} as const satisfies Limits;

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
    data: seen === undefined ? {} : { seen },
  } as const;
  const when = startText(occurrence, meeting, scene);
  const isSeries = Boolean(scheduleOf(meeting)?.repeat);
  return formCard(texts, withNewer(form, newerRows()), {
    ...frame(meeting, scene, texts('meeting.change.title'), submit, occurrence.on),
    fields: [
      ...(isSeries
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
      ...(isSeries ? [subtle(texts('meeting.change.nameOfAll'))] : []),
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
