import { type Card, subtle, text } from '../../cards/elements.ts';
import { type Form, field, formCard } from '../../cards/form.ts';
import { timeField } from '../../cards/inputs.ts';
import { locales } from '../../shared/language.ts';
import { seenOf } from '../../shared/seen.ts';
import type { Texts } from '../../shared/text.ts';
import type { ReadItem } from '../reading.ts';
import { type AgendaScene, bodyName, dataOf, numbered } from '../words-card.ts';
import { begunBy, likelyEnd, onTheWall } from './hours.ts';
import type { Meeting } from './record-card.ts';

/** At most so many are named of what goes on. */
const mostNamed = 10;

/** "2, 3 och 4". */
const listed = (numbers: readonly number[], { language }: Texts): string =>
  new Intl.ListFormat(locales[language]).format(numbers.map(String));

/**
 * Asked before a meeting is closed: when it ended, of one that has not settled all what goes on to the next agenda, and of what
 * every meeting decides what is not recorded yet, by its numbers.
 */
export function closeCard(
  { reading, sitting }: Meeting,
  { left, unrecorded }: { left: readonly ReadItem[]; unrecorded: readonly number[] },
  scene: AgendaScene,
  form: Form,
): Card {
  const { texts, directory, now } = scene;
  const data = dataOf(reading.sitting, scene);
  const asked = seenOf({ left: left.map(({ id }) => id), unrecorded });
  const end = likelyEnd({ holding: reading.sitting.holding, proceedings: sitting.proceedings }, { now, directory });
  return formCard(texts, form, {
    title: texts('sitting.closeCard.title'),
    about: bodyName(reading.sitting, scene),
    fields: [
      ...timeField({
        ...field(form, 'began'),
        label: texts('sitting.form.begin.time'),
        value: form.values.began ?? onTheWall(begunBy(sitting.proceedings, now), directory.policy.timeZone),
      }),
      ...timeField({
        ...field(form, 'time'),
        label: texts('sitting.closeCard.time'),
        value: form.values.time ?? onTheWall(end, directory.policy.timeZone),
      }),
      ...(unrecorded.length > 0
        ? [
            text(
              texts('sitting.closeCard.unrecorded', { count: unrecorded.length, numbers: listed(unrecorded, texts) }),
            ),
          ]
        : []),
      ...(left.length > 0 ? [text(texts('sitting.closeCard.lead', { count: left.length }))] : []),
      ...left.slice(0, mostNamed).map((item) => text(numbered(item, scene), { spacing: 'Small' })),
      ...(left.length > mostNamed ? [subtle(texts('form.more', { count: left.length - mostNamed }))] : []),
    ],
    submit: { title: texts('sitting.action.close'), verb: 'sitting.close', data: { ...data, asked, sure: 1 } },
    cancel: { verb: 'sitting.view', data },
  });
}
