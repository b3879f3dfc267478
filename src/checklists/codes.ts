import { capitalised, type Language, type Localised } from '../shared/language.ts';
import codes from './codes.json' with { type: 'json' };

/** What the parts of the handbook are called, by the names that the lists that ship give them: data with labels. */
const sections: ReadonlyMap<string, Localised> = new Map(Object.entries(codes));

/** "appendix 8, planning 3" in the reader's language. What names no part of the handbook, as in own lists, stays as it is. */
export function sourceLabel(source: string, language: Language): string {
  const parts = source.split(', ').map((part) => {
    const [, name = part, number] = /^(.*?)( \d+)?$/.exec(part) ?? [];
    const label = sections.get(name)?.[language];
    return label === undefined ? part : `${label}${number ?? ''}`;
  });
  return capitalised(parts.join(', '), language);
}
