/**
 * Draws the PNGs that the app package carries from their SVG sources: `node manifest/icons/draw.ts`.
 * Run it after a change of an SVG; the PNGs are kept in the repository, so that building the package needs no browser.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browsers } from 'playwright-core';

/** Edge lengths in pixels, as Teams asks for them. */
const icons = [
  { name: 'color', edge: 192 },
  { name: 'outline', edge: 32 },
];

const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
try {
  // One page for all: this build of Chromium runs as a single process and ends with its first page.
  const page = await browser.newPage();
  for (const { name, edge } of icons) {
    const svg = await readFile(join(import.meta.dirname, `${name}.svg`), 'utf8');
    await page.setViewportSize({ width: edge, height: edge });
    await page.setContent(`<style>body{margin:0;background:transparent}svg{display:block}</style>${svg}`);
    await page.screenshot({ path: join(import.meta.dirname, '..', `${name}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
