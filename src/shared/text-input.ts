import { z } from 'zod';
import { asProblem } from './input.ts';
import { cleanText, singleLine } from './normalise.ts';
import { findSensitive } from './sensitive.ts';

/** What people type into the fields of any feature: unknown → validated. */

const bytesOfLetter = 2;
const escaped = /[\\`*_[\]<>"]/g;

/** Letters of Europe take two bytes at most, and cards have room for so many; what is escaped there takes three. */
function isNarrow(text: string, limit: number): boolean {
  return new TextEncoder().encode(text.replace(escaped, '\\\\_')).length <= limit * bytesOfLetter;
}

/** One line that stands on cards that many see. */
export const shownLine = (limit: number) =>
  z
    .string()
    .transform(singleLine)
    .pipe(
      z
        .string()
        .min(1)
        .max(limit)
        .refine((text) => text.length > limit || isNarrow(text, limit), asProblem('tooWide')),
    )
    .refine(isHarmless, asProblem('sensitive'));

/** The same over several lines; it may be empty. */
export const shownText = (limit: number) =>
  z
    .string()
    .transform(cleanText)
    .pipe(
      z
        .string()
        .max(limit)
        .refine((text) => text.length > limit || isNarrow(text, limit), asProblem('tooWide')),
    )
    .refine(isHarmless, asProblem('sensitive'));

const absent = (value: unknown): unknown => value ?? '';

/** The same of a field that may be left out of what was sent in: empty then. */
export const anyText = (limit: number) => z.preprocess(absent, shownText(limit));

/** The same where something has to stand. */
export const someText = (limit: number) => z.preprocess(absent, shownText(limit).pipe(z.string().min(1)));

/** Says nothing of a person that would have to be sealed. */
export function isHarmless(text: string): boolean {
  return findSensitive(text).length === 0;
}

/**
 * An address that begins with `https:` and tells nothing of anybody. Counted as it is stored and stands on cards: in letters
 * that take a byte each there, of which one of another alphabet may be nine.
 */
export const secureLink = (limit: number) =>
  z
    .string()
    .trim()
    .refine(isSecure, asProblem('notALink'))
    .transform((address) => new URL(address).href.replaceAll('\\', '%5C'))
    .pipe(z.string().refine((href) => href.length <= limit, asProblem('linkTooLong')));

function isSecure(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  // Any address holds numbers, which are no phone numbers.
  return findSensitive(decoded(url)).every((kind) => kind === 'phoneNumber');
}

function decoded({ href }: URL): string {
  // What cannot be decoded stays as it is.
  return href.replace(/(?:%[0-9a-f]{2})+/gi, (part) => new TextDecoder().decode(bytesOf(part)));
}

function bytesOf(part: string): Uint8Array {
  return Uint8Array.from(part.slice(1).split('%'), (hex) => Number.parseInt(hex, 16));
}
