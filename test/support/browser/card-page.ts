import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { Card } from '../../../src/cards/elements.ts';

/** Text that is hard to tell from what is behind it. */
export interface FaintText {
  text: string;
  /** As WCAG measures it, from 1 to 21. */
  contrast: number;
}

/** Draws single cards with Microsoft's open renderer in a dark theme, which the Playground does not have. */
export interface CardPage {
  draw(card: Card): Promise<void>;
  faintTexts(leastContrast: number): Promise<FaintText[]>;
  /** Pixels by which the card is wider than the window. */
  overflow(): Promise<number>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function openCardPage(browser: Browser, width: number): Promise<CardPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.setContent(`<body style="margin: 8px; background: #1f1f1f; overflow-wrap: anywhere"><main></main></body>`);
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js') });
  await page.addScriptTag({ content: measuring });
  return {
    draw: (card) => page.evaluate(`draw(${JSON.stringify(card)}, ${JSON.stringify(darkHost)})`),
    faintTexts: (least) => page.evaluate(`faintTexts(${least})`),
    overflow: () => page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)'),
    screenshot: (path) => save(page, path),
    close: () => context.close(),
  };
}

async function save(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, fullPage: true });
}

const colour = (value: string, subtle = value) => ({ default: value, subtle });
/** Pale enough for every dark ground below; a colour on the ground of its own kind would not be. */
const foregroundColors = {
  default: colour('#ffffff', '#c7c7c7'),
  accent: colour('#9ea2ff'),
  attention: colour('#ff9a9e'),
  good: colour('#92c353'),
  warning: colour('#f8d22a'),
};
const ground = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

/** After the dark theme of Teams. */
const darkHost = {
  fontFamily: 'Open Sans',
  supportsInteractivity: true,
  actions: { maxActions: 20, actionsOrientation: 'horizontal', buttonSpacing: 8 },
  containerStyles: {
    default: ground('#292929'),
    emphasis: ground('#3a3a3a'),
    good: ground('#1f4d1f'),
    warning: ground('#5a4500'),
    attention: ground('#6e1a1f'),
    accent: ground('#2f3b6e'),
  },
};

/** Runs in the page, so it is no TypeScript. Backgrounds are laid over each other from the innermost outwards. */
const measuring = `
  function draw(json, host) {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(host);
    card.parse(json);
    document.querySelector('main').replaceChildren(card.render());
  }
  const numbers = (css) => (css.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((part, index) => part * a + below[index] * (1 - a));
  function backgroundOf(element) {
    if (!element) return [31, 31, 31];
    return over(numbers(getComputedStyle(element).backgroundColor), backgroundOf(element.parentElement));
  }
  function luminance(rgb) {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrastOf(element) {
    const behind = backgroundOf(element);
    const [light, dark] = [over(numbers(getComputedStyle(element).color), behind), behind].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function faintTexts(least) {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      if (!textContent.trim() || parentElement.closest('button, select, textarea')) continue;
      const contrast = contrastOf(parentElement);
      if (contrast < least) found.push({ text: textContent, contrast });
    }
    return found;
  }
  Object.assign(globalThis, { draw, faintTexts });
`;
