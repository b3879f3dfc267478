import { fingerprintOf } from '../shared/fingerprint.ts';
import { cleanText } from '../shared/normalise.ts';

/**
 * What is shown again without its end is not taken so: the button of the form carries where its texts were cut, and they are
 * refused while they still end there. What is pasted anew ends elsewhere.
 */

/** Characters by which an end is known. What is no longer is seen whole, and may be what its sender wants. */
const endLength = 40;

/** Several stand in the data of a button with this between them. */
export const betweenMarks = '.';

export function cutMark(id: string, shown: string): string {
  return `${id}:${fingerprintOf(cleanText(shown).slice(-endLength))}`;
}

export function endsAsCut(id: string, text: string, marks: string): boolean {
  return text.length > endLength && marks.split(betweenMarks).includes(cutMark(id, text));
}
