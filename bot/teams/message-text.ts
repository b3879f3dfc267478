import { z } from 'zod';
import { cleanText } from '../../src/shared/normalise.ts';

const chosenMessage = z.object({
  messagePayload: z.object({
    body: z.object({ contentType: z.string().optional(), content: z.string().max(300_000) }),
  }),
});

/** What stands in the message that a message action was chosen on, as plain text; empty when nothing does. */
export function readChosenMessage(value: unknown): string {
  const body = chosenMessage.safeParse(value).data?.messagePayload.body;
  if (!body) return '';
  return cleanText(body.contentType === 'text' ? body.content : plainText(body.content)).replace(/\n{3,}/g, '\n\n');
}

/** The names that Teams uses, and the letters of Swedish and Finnish; others are left as they stand. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  aring: 'å',
  auml: 'ä',
  ouml: 'ö',
  Aring: 'Å',
  Auml: 'Ä',
  Ouml: 'Ö',
};

/** The text of Teams' HTML. It goes into an input, where nothing is read as markup, so nothing has to be made safe. */
function plainText(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/blockquote)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(
      /&(?:#(?<decimal>\d{1,7})|#x(?<hex>[0-9a-f]{1,6})|(?<name>[a-z]{2,6}));/gi,
      (whole, decimal?: string, hex?: string, name?: string) => {
        if (name) return named[name] ?? whole;
        const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      },
    );
}
