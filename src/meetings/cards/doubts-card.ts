import { clockText } from '../../cards/dates.ts';
import { withoutMarkdown } from '../../cards/elements.ts';
import type { PersonId } from '../../shared/ids.ts';
import type { Doubt } from '../doubts.ts';
import { endText, listed, type MeetingScene, personName, slotText, startText, titleOf } from './words-card.ts';

/** What is named before the rest is a number: lines, and in each of them people, and what they have then. */
const mostDoubts = 6;
const mostOfOne = 3;

/** What speaks against it, for the banner above the form; the title of a meeting only where its reader may know it. */
export function doubtsText(doubts: readonly Doubt[], scene: MeetingScene): string {
  const { texts, directory } = scene;
  const { timeZone: zone, workingHours } = directory.policy;
  const hours = `${clockText(workingHours.start, texts)}–${clockText(workingHours.end, texts)}`;
  const ofEach = Map.groupBy(
    doubts.filter((doubt) => doubt.is === 'busy'),
    ({ person }) => person,
  );
  // A meeting of a whole team is one line, and not one for each of them.
  const alike = Map.groupBy(ofEach.keys(), (person) => busyText(ofEach.get(person) ?? [], scene));
  const all = [
    ...[...alike].map(([what, people]) => texts('meeting.plan.doubt.busy', { ...namesText(people, scene), what })),
    ...doubts.flatMap((doubt) =>
      doubt.is === 'busy'
        ? []
        : [
            texts(`meeting.plan.doubt.${doubt.is}`, {
              when: startText(doubt.slot, { zone }, scene),
              end: endText(doubt.slot, { zone }, scene),
              hours,
            }),
          ],
    ),
  ];
  const lines = firstOf(all, mostDoubts, (count) => texts('meeting.plan.doubt.more', { count }));
  return [texts('meeting.plan.doubt.lead'), ...lines.map((line) => `- ${line}`)].join('\n');
}

/** "Ledningsgruppen (tors 3 dec kl. 13.00 · 1 h) och något annat (fre 4 dec kl. 9.00 · 2 h)". */
function busyText(busy: readonly Extract<Doubt, { is: 'busy' }>[], scene: MeetingScene): string {
  const { texts, directory } = scene;
  const all = busy.map(({ at, with: other }) => {
    const title = other ? withoutMarkdown(titleOf(other, scene)) : texts('meeting.plan.doubt.other');
    return `${title} (${slotText(at, { zone: other?.zone ?? directory.policy.timeZone }, scene)})`;
  });
  return listed(firstOf([...new Set(all)], mostOfOne, moreOfOne(scene)), texts);
}

/** `count`: of the people, as the verb needs it. */
function namesText(people: readonly PersonId[], scene: MeetingScene): { names: string; count: number } {
  const names = people.map((person) => personName(person, scene));
  return { names: listed(firstOf(names, mostOfOne, moreOfOne(scene)), scene.texts), count: names.length };
}

const moreOfOne =
  ({ texts }: MeetingScene) =>
  (count: number): string =>
    texts('meeting.plan.doubt.moreOfOne', { count });

function firstOf(all: readonly string[], most: number, more: (count: number) => string): string[] {
  const rest = all.length - most;
  return rest > 0 ? [...all.slice(0, most), more(rest)] : [...all];
}
