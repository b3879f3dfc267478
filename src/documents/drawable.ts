import { fileURLToPath } from 'node:url';
import { openSync } from 'fontkit';

/** Latin, Greek and Cyrillic letters. What is embedded are those that occur. */
export const fonts = {
  regular: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf')),
};

/** What stands for signs that people type and the fonts do not have. */
const standIns: readonly [signs: string, standIn: string][] = [
  ['\t', ' '],
  ['→⇒➔➜▶►', '->'],
  ['←⇐◀◄', '<-'],
  ['↔⇔', '<->'],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '<>'],
  ['≈', '~'],
  ['✓✔✅', 'OK'],
  ['✗✘❌', 'x'],
  ['☑☒', '[x]'],
  ['☐□', '[ ]'],
  ['●○■▪◦', '•'],
  ['★☆', '*'],
];
const standInOf = new Map(standIns.flatMap(([signs, standIn]) => [...signs].map((sign) => [sign, standIn] as const)));

/** Both fonts have the same letters. */
const font = openSync(fonts.regular);
const hasGlyph = (sign: string): boolean =>
  'hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0);

/** An emoji is one sign, of however many it is made. */
const eachSign = /\p{RGI_Emoji}|[^\n]/gv;
/** Accents and marks that belong to the letter before them, and what nobody sees anyway. */
const unseen = /^[\p{M}\p{C}]$/v;

/** The text with something else in the place of what would be an empty box. */
export function drawable(text: string): string {
  return text.replace(eachSign, (all) => {
    const [sign = ''] = all;
    if (hasGlyph(sign)) return sign;
    return standInOf.get(sign) ?? (unseen.test(sign) ? '' : '?');
  });
}
