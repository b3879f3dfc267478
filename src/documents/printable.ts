/** Controls and what is no character: XML has no place for them, and a program does not open the file. */
const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function printable(text: string): string {
  return text.replace(unprintable, '');
}
