import { type CardElement, text, withoutMarkdown } from '../../cards/elements.ts';
import type { FormValues } from '../../cards/form.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { ReadRecord } from '../model.ts';
import { type NewerRow, newerLines, wordsRow, wordsRows } from '../newer-card.ts';
import { proposalOf } from '../proposal.ts';
import type { ReadItem } from '../reading.ts';
import { type AgendaScene, beginningOf, outcomeText, plainNumbered } from '../words-card.ts';
import { seatInput } from './attendance-form.ts';
import { type ReadAction, stateOf } from './decisions-card.ts';
import { type ItemStep, plainName } from './form.ts';
import { heldBy, orderOf, votersAt } from './proceedings.ts';
import { type Meeting, optionText, wonOf } from './record-card.ts';

/** What stands by now in the record of a meeting that the sender of a form wanted to change. */

export function newerDiscussion({ item, scene }: ItemStep): CardElement[] {
  return newerLines(wordsRows(scene.texts('sitting.discussion'), item.record?.discussion ?? {}, scene), scene);
}

/** What was decided, and what was said against it; where nothing was, and of what was decided so, what is proposed. */
export function newerDecision({ item, scene }: ItemStep): CardElement[] {
  return newerLines([...decisionRows(item, scene), ...dissentRows(item.record?.dissents ?? [], scene)], scene);
}

function decisionRows(item: ReadItem, scene: AgendaScene): NewerRow[] {
  const { texts } = scene;
  const outcome = item.record?.outcome;
  const isWorded = outcome && Object.keys(outcome.text).length > 0;
  const won = wonOf(item, scene);
  return [
    [texts('sitting.form.decide.title'), outcome ? outcomeText(outcome.as, item, scene) : ''],
    ...(isWorded ? wordsRows(texts('sitting.decisionText'), outcome.text, scene) : []),
    ...(won ? [wordsRow(won.name, won.words, scene)] : []),
    ...(outcome && outcome.as !== 'asProposed' ? [] : proposalRows(item, scene)),
  ];
}

function proposalRows({ document, words, ...item }: ReadItem, scene: AgendaScene): NewerRow[] {
  const { texts } = scene;
  return [
    wordsRow(texts('agenda.form.proposal'), proposalOf(item, words), scene),
    ...(document
      ? [[texts('agenda.document.title'), texts('agenda.document.print', { sha256: document.sha256 })] as const]
      : []),
  ];
}

/** What was decided, and what was said against it by one person, or null for all. */
export function newerDissents({ item, scene }: ItemStep, of: PersonId | null): CardElement[] {
  const said = (item.record?.dissents ?? []).filter(({ person }) => of === null || person === of);
  const rows = dissentRows(said, scene);
  const title = scene.texts('sitting.form.dissent.title');
  return newerLines([...decisionRows(item, scene), ...(rows.length > 0 ? rows : [[title, ''] as const])], scene);
}

/** At most, of which there is one for each seat. */
const mostShown = 5;

function dissentRows(dissents: ReadRecord['dissents'], scene: AgendaScene): NewerRow[] {
  const { texts, directory } = scene;
  const rows = dissents
    .slice(0, mostShown)
    .flatMap(({ person, text: words }) =>
      wordsRows(texts('sitting.dissentOf', { name: personName(directory, person, texts) }), words, scene),
    );
  const more = dissents.length - mostShown;
  return more > 0 ? [...rows, [texts('sitting.form.dissent.title'), texts('form.more', { count: more })]] : rows;
}

export function newerCounters({ item, scene }: ItemStep): CardElement[] {
  const { texts } = scene;
  const rows = (item.record?.vote?.counters ?? []).map(({ text: words }, at) =>
    wordsRow(texts('sitting.option.counterShort', { number: at + 1 }), words, scene),
  );
  const counters = rows.length > 0 ? rows : [[texts('sitting.form.counter.text'), ''] as const];
  return newerLines([...proposalRows(item, scene), ...counters], scene);
}

/** Of a counter-proposal that was voted for. */
const optionLetters = 200;

/** How each seat has voted for which something else was chosen. */
export function newerBallots({ meeting, item, scene }: ItemStep, chosen: FormValues): CardElement[] {
  const vote = item.record?.vote;
  const voters = votersAt(meeting.sitting, item.id);
  const rows = meeting.sitting.proceedings.seats.flatMap(({ id, name }): NewerRow[] => {
    const option = vote?.votes[id]?.option ?? '';
    const voter = voters.get(id);
    if (!vote || (chosen[seatInput(id)] ?? option) === option) return [];
    const whose = withoutMarkdown(`${name[scene.texts.language]}: ${voter ? plainName(voter, scene) : ''}`);
    return [[whose, option && optionText(vote, option, scene, optionLetters)]];
  });
  return newerLines(rows, scene);
}

export function newerRecusals({ item, scene }: ItemStep): CardElement[] {
  const { texts } = scene;
  const said = (item.record?.recusals ?? []).map(({ person, substitute }) => {
    const name = plainName(person, scene);
    return substitute
      ? texts('sitting.recusedFor', { name, substitute: plainName(substitute, scene) })
      : texts('sitting.recused', { name });
  });
  return newerLines([[texts('sitting.form.recuse.title'), said.join('\n')]], scene);
}

/** Null is one that was removed: what was typed becomes another. */
export function newerAction(action: ReadAction | null, scene: AgendaScene): CardElement[] {
  const { texts } = scene;
  if (!action) return [text(texts('sitting.form.assign.removed'))];
  return newerLines(
    [...wordsRows(texts('sitting.form.assign.title'), action.text, scene), holderRow(action, scene)],
    scene,
  );
}

export function newerHolder(action: ReadAction | null, scene: AgendaScene): CardElement[] {
  return action ? newerLines([holderRow(action, scene)], scene) : [];
}

function holderRow(action: ReadAction, scene: AgendaScene): NewerRow {
  const { owner } = heldBy(action);
  return [scene.texts('sitting.form.assign.holder'), `${plainName(owner, scene)} · ${stateOf(action, scene).state}`];
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
