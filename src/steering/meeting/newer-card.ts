import { formatDate } from '../../cards/dates.ts';
import { type CardElement, text } from '../../cards/elements.ts';
import { dateIn } from '../../shared/clock.ts';
import type { PersonId } from '../../shared/ids.ts';
import { type NewerRow, newerLines, rowsOf } from '../newer-card.ts';
import { type AgendaScene, beginningOf, outcomeText, plainNumbered } from '../words-card.ts';
import type { ReadAction } from './decisions-card.ts';
import { type ItemStep, plainName } from './form.ts';
import { heldBy, orderOf } from './proceedings.ts';
import type { Meeting } from './record-card.ts';

/** What stands by now in the record of a meeting that the sender of a form wanted to change. */

export function newerDiscussion({ item, scene }: ItemStep): CardElement[] {
  return newerLines(rowsOf(scene.texts('sitting.discussion'), item.record?.discussion ?? {}, scene), scene);
}

/** The outcome, and its words in the reader’s language: those in the others stand in the form. */
export function newerDecision({ item, scene }: ItemStep): CardElement[] {
  const { texts } = scene;
  const outcome = item.record?.outcome;
  const own = outcome?.text[texts.language];
  return newerLines(
    [
      [texts('sitting.form.decide.title'), outcome ? outcomeText(outcome.as, item, scene) : ''],
      ...(own ? [[texts('sitting.decisionText'), own] as const] : []),
    ],
    scene,
  );
}

export function newerRecusals({ item, scene }: ItemStep): CardElement[] {
  const { texts } = scene;
  const name = (person: PersonId): string => plainName(person, scene);
  const said = (item.record?.recusals ?? []).map(({ person, substitute }) =>
    substitute
      ? texts('sitting.recusedFor', { name: name(person), substitute: name(substitute) })
      : texts('sitting.recused', { name: name(person) }),
  );
  return newerLines([[texts('sitting.form.recuse.title'), said.join('\n')]], scene);
}

/** Null is one that was removed: what was typed becomes another. */
export function newerAction(action: ReadAction | null, scene: AgendaScene): CardElement[] {
  const { texts } = scene;
  if (!action) return [text(texts('sitting.form.assign.gone'))];
  return newerLines(
    [...rowsOf(texts('sitting.form.assign.title'), action.text, scene), holderRow(action, scene)],
    scene,
  );
}

export function newerHolder(action: ReadAction | null, scene: AgendaScene): CardElement[] {
  return action ? newerLines([holderRow(action, scene)], scene) : [];
}

function holderRow(action: ReadAction, scene: AgendaScene): NewerRow {
  const { texts, directory, now } = scene;
  const { owner, due } = heldBy(action);
  const date = formatDate(due, texts, dateIn(directory.policy.timeZone, now));
  return [texts('sitting.form.assign.holder'), `${plainName(owner, scene)} · ${texts('decisions.by', { date })}`];
}

const titleLetters = 60;

/** Who chairs from which item on, and which items alone, in their order. */
export function newerChairs({ reading, sitting }: Meeting, scene: AgendaScene): CardElement[] {
  const { texts } = scene;
  const { chairs, records } = sitting.proceedings;
  const order = orderOf(sitting);
  const titled = (id: string): string => {
    const item = reading.items.find((one) => one.id === id);
    return item ? beginningOf(plainNumbered(item, scene), titleLetters) : '';
  };
  const start = chairs
    .filter(({ from }) => from === null)
    .map(({ person }) => texts('sitting.form.chair.start', { name: plainName(person, scene) }));
  const others = order.flatMap((id) => {
    const since = chairs.find(({ from }) => from === id);
    const alone = Object.hasOwn(records, id) ? records[id]?.chair : null;
    return [
      ...(since ? [texts('sitting.form.chair.since', { item: titled(id), name: plainName(since.person, scene) })] : []),
      ...(alone ? [texts('sitting.form.chair.alone', { item: titled(id), name: plainName(alone, scene) })] : []),
    ];
  });
  return newerLines([[texts('role.chair'), [...start, ...others].join('\n')]], scene);
}
