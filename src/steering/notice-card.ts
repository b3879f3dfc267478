import { formatDate } from '../cards/dates.ts';
import {
  type ActionData,
  button,
  type CardAction,
  type CardElement,
  type CardMessage,
  card,
  heading,
  link,
  subtle,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { personName } from '../directory/colleague-card.ts';
import { isMember } from '../directory/model.ts';
import { dateIn } from '../shared/clock.ts';
import type { PersonId } from '../shared/ids.ts';
import { inTheirs } from '../shared/language.ts';
import { documentLines } from './agenda/document-card.ts';
import { notYetQuorateText } from './agenda/quorum-card.ts';
import { heldBy } from './meeting/proceedings.ts';
import type { ReadItem, Reading } from './reading.ts';
import { askableFor, quorumIn, silentIn } from './recipients.ts';
import type { MinutesNotice, NoticeKind } from './transition.ts';
import { type AgendaScene, bodyName, dataOf, holdingText, numbered, paragraphOf, titleOf } from './words-card.ts';

/** What an agenda says in private, once. */

/** What changed, at most so many named. */
const mostNamed = 10;

/** Null when it is no news any more: what it was about is gone, or everybody has answered. */
export function noticeMessage(
  reading: Reading,
  { kind, key, to }: { kind: Exclude<NoticeKind, 'agenda' | MinutesNotice>; key: string; to: PersonId },
  scene: AgendaScene,
): CardMessage | null {
  const { texts, directory, policy } = scene;
  const { sitting, items } = reading;
  const about = items.find(({ id }) => id === key.split(':')[1]);
  const say = (
    lead: string,
    more: CardElement[] = [],
    data: ActionData = {},
    others: CardAction[] = [],
    opens: 'agenda' | 'minutes' = 'agenda',
  ): CardMessage => {
    const title = texts(`agenda.notice.${kind}`);
    return {
      summary: `${title} · ${bodyName(sitting, scene)}`,
      card: card(texts, {
        speak: `${title} · ${lead}`,
        body: [
          text(`${bodyName(sitting, scene)} · ${holdingText(sitting, scene)}`, { size: 'Small' }),
          { ...heading(title), spacing: 'None' },
          text(lead),
          ...more,
        ],
        actions: [
          button(
            texts(opens === 'minutes' ? 'minutes.action.open' : 'agenda.actions.open'),
            `${opens}.view`,
            { ...dataOf(sitting, scene), ...data },
            { primary: true },
          ),
          ...others,
        ],
      }),
    };
  };
  switch (kind) {
    case 'changed': {
      const late = items.filter((item) => item.late !== null);
      if (late.length === 0) return say(texts('agenda.notice.lookAgain'));
      return say(texts('agenda.notice.changedLead'), changesIn(late, scene));
    }
    case 'proposed':
      if (about?.state.is !== 'proposed' || about.begun.by === 'ankarbot') return null;
      return say(
        texts('agenda.notice.proposedLead', {
          name: personName(directory, about.begun.by, texts),
          title: withoutMarkdown(titleOf(about, scene)),
        }),
        [],
        { item: about.id },
      );
    case 'accepted':
    case 'declined': {
      if (about?.state.is !== kind) return null;
      return say(texts(`agenda.notice.${kind}Lead`, { title: withoutMarkdown(titleOf(about, scene)) }), [], {
        item: about.id,
      });
    }
    case 'dissentGone':
      if (!about) return null;
      return say(texts('agenda.notice.dissentGoneLead', { title: withoutMarkdown(titleOf(about, scene)) }), [], {}, [
        button(texts('sitting.action.view'), 'sitting.view', { ...dataOf(sitting, scene), item: about.id }),
      ]);
    case 'approvalGone':
    case 'approved': {
      const lead = about && approvalText(reading, about, kind, scene);
      if (!about || !lead) return null;
      if (kind === 'approvalGone') return say(lead, [], {}, [], 'minutes');
      const material = about.words.links.map((url, at) => link(texts('agenda.material', { number: at + 1 }), url));
      return say(lead, documentLines(about, scene), {}, material, 'minutes');
    }
    case 'assigned':
    case 'taskChanged':
    case 'overdue': {
      const [, , id] = key.split(':');
      const action = about?.record?.actions.find((one) => one.id === id && heldBy(one).owner === to && !one.done);
      if (!about || !action) return null;
      const words = withoutMarkdown(inTheirs(action.text, texts.language)?.text ?? '');
      const date = formatDate(heldBy(action).due, texts, dateIn(directory.policy.timeZone, scene.now));
      const title = withoutMarkdown(titleOf(about, scene));
      const lead =
        kind === 'overdue'
          ? texts('agenda.notice.overdueLead', { text: words, date })
          : texts(`agenda.notice.${kind}Lead`, { title, text: words, date });
      return say(lead, [], {}, [button(texts('help.tasks'), 'task.list')]);
    }
    case 'taskGone': {
      const [, , id] = key.split(':');
      const isTheirs = about?.record?.actions.some((one) => one.id === id && heldBy(one).owner === to && !one.done);
      if (isTheirs) return null;
      // Whoever may not see the item any more hears no more of it.
      const lead = about
        ? texts('agenda.notice.taskGoneLead', { title: withoutMarkdown(titleOf(about, scene)) })
        : texts('agenda.notice.taskGoneUnnamed');
      return say(lead, [], {}, [button(texts('help.tasks'), 'task.list')]);
    }
    case 'ownerGone': {
      const [, , id] = key.split(':');
      const left = about?.record?.actions.find((action) => action.id === id && !action.done);
      if (!about || !left || isMember(directory, sitting.body, heldBy(left).owner)) return null;
      const { owner, due } = heldBy(left);
      return say(
        texts('agenda.notice.ownerGoneLead', {
          name: personName(directory, owner, texts),
          date: formatDate(due, texts, dateIn(directory.policy.timeZone, scene.now)),
        }),
        [text(withoutMarkdown(inTheirs(left.text, texts.language)?.text ?? ''), { weight: 'Bolder' })],
        {},
        [
          button(texts('sitting.action.handOn'), 'sitting.handOnForm', {
            ...dataOf(sitting, scene),
            ...{ item: about.id, action: left.id, from: 0 },
          }),
        ],
      );
    }
    case 'silent':
      return sitting.holding && silentIn(sitting, directory).includes(to)
        ? say(texts('agenda.notice.silentLead'))
        : null;
    case 'danger': {
      const expected = quorumIn(sitting, directory, policy.quorum);
      const { lack } = expected;
      if (!lack || !sitting.holding) return null;
      const kind = lack.of === 'seats' ? [] : [text(texts(`agenda.lacks.${lack.of}`, { count: lack.count }))];
      return say(notYetQuorateText(expected, texts), [...kind, ...stillToAsk(reading, scene)]);
    }
  }
}

/** "Verksamhetsplanen för 2027 godkändes, § 7/2026"; null for what is neither a plan nor a report. */
function approvalText(
  reading: Reading,
  item: ReadItem,
  kind: 'approved' | 'approvalGone',
  { texts }: AgendaScene,
): string | null {
  const { code, year } = item;
  if (code !== 'operatingPlan' && code !== 'annualReport') return null;
  const said = texts(`agenda.notice.${kind}Lead.${code}`, { year: year ?? 0 });
  return [said, paragraphOf(reading, item)].filter(Boolean).join(', ');
}

function changesIn(late: readonly ReadItem[], scene: AgendaScene): CardElement[] {
  const { texts } = scene;
  const more = late.length - mostNamed;
  return [
    ...late
      .slice(0, mostNamed)
      .map((item) =>
        text(`**${texts(`agenda.late.${item.late ?? 'changed'}`)}**: ${numbered(item, scene)}`, { spacing: 'Small' }),
      ),
    ...(more > 0 ? [subtle(texts('form.more', { count: more }))] : []),
  ];
}

/** Of every seat for which nobody has said that they come: who could be asked. */
function stillToAsk({ sitting }: Reading, scene: AgendaScene): CardElement[] {
  const { texts, directory, policy } = scene;
  const { missing } = quorumIn(sitting, directory, policy.quorum);
  const lines = missing.flatMap(({ id, name }) => {
    const asked = askableFor(sitting, id, directory);
    if (asked.length === 0) return [];
    const names = asked.map((person) => personName(directory, person, texts)).join(', ');
    return [text(`${withoutMarkdown(name[texts.language])}: ${names}`, { spacing: 'Small' })];
  });
  return lines.length > 0 ? [text(texts('agenda.notice.stillToAsk'), { weight: 'Bolder' }), ...lines] : [];
}
