import type { OutgoingHttpHeaders } from 'node:http';
import { languages } from '../../src/shared/language.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { textsFor } from '../../src/shared/text.ts';

/** What is handed out to whoever has an address that only we could make, with nobody signed in. */

/** What stands behind the token of an address. */
export type FilesApi = (token: string) => Promise<FileAnswer>;

export interface FileAnswer {
  status: 200 | 404 | 410 | 429 | 503;
  headers: OutgoingHttpHeaders;
  body: Uint8Array | string;
}

/** Nobody keeps it, shows it as part of something else, runs anything in it, or learns where it came from. */
export const confined: OutgoingHttpHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** By RFC 6266: the whole name, and one in plain letters for those who do not read it. */
export function asFile(name: string): OutgoingHttpHeaders {
  const [, stem = '', ending = ''] = /^(.*)(\.\w+)$/.exec(name) ?? [];
  const plain = `${foldText(stem).replace(/[^a-z0-9 ]+/g, '')}${ending}`;
  return { 'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}` };
}

const pages = {
  fileGone: ['files.gone.title', 'files.gone.text'],
  calendarGone: ['calendar.gone.title', 'calendar.gone.text'],
  busy: ['files.busy.title', 'files.busy.text'],
} as const;

/** What to do, in all languages: whose link it was is not said. */
export function page(
  status: FileAnswer['status'],
  what: keyof typeof pages,
  headers: OutgoingHttpHeaders = {},
): FileAnswer {
  const [title, text] = pages[what];
  const parts = languages.map((language) => {
    const texts = textsFor(language);
    return `<section lang="${language}"><h1>${texts(title)}</h1><p>${texts(text)}</p></section>`;
  });
  return {
    status,
    headers: { ...confined, ...headers, 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="sv"><head><meta name="viewport" content="width=device-width"><title>${textsFor('sv')(title)}</title></head><body>${parts.join('')}</body></html>`,
  };
}
