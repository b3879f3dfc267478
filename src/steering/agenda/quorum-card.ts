import { locales } from '../../shared/language.ts';
import type { Texts } from '../../shared/text.ts';
import type { Expectation } from '../recipients.ts';

/** How many have said that they come, and how many the rule asks for, with what kinds there have to be among them. */
export function notYetQuorateText(
  { present, needed, least }: Pick<Expectation, 'present' | 'needed' | 'least'>,
  texts: Texts,
): string {
  const said = { count: present, needed };
  if (least.length === 0) return texts('agenda.notYetQuorate', said);
  const kinds = least.map(({ of, count }) => texts(`agenda.least.${of}`, { count }));
  const listed = new Intl.ListFormat(locales[texts.language]).format(kinds);
  return texts('agenda.notYetQuorateAmong', { ...said, kinds: listed });
}
