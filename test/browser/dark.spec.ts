import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { languages } from '../../src/shared/language.ts';
import { type CardPage, openCardPage } from '../support/browser/card-page.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { detailsCards, everyCard } from '../unit/src/cards/every-card.ts';

/** The narrowest phone that Teams runs on. */
const phone = 320;
/** WCAG 2.2 AA for text of normal size. */
const leastContrast = 4.5;

describe('every card in the dark on a phone', function () {
  this.timeout(240_000);
  let browser: Browser;
  let page: CardPage;

  before(async () => {
    browser = await launchChromium();
    page = await openCardPage(browser, phone);
  });
  after(() => browser?.close());

  for (const language of languages) {
    it(`has text that is told from its background and fits the width, in ${language}`, async () => {
      const folder = process.env.DARK_SCREENSHOTS;
      if (folder) mkdirSync(folder, { recursive: true });
      const problems: object[] = [];
      for (const { name, card } of [...everyCard(language), ...detailsCards(language)]) {
        await page.draw(card);
        const faint = await page.faintTexts(leastContrast);
        const overflow = await page.overflow();
        if (faint.length > 0 || overflow > 0) problems.push({ name, faint, overflow });
        if (folder) await page.screenshot(join(folder, `${language}-${name.replace(/\W+/g, '-')}.png`));
      }
      expect(problems).to.deep.equal([]);
    });
  }

  it('would find text that is not told from its background', async () => {
    const body = [{ type: 'Container' as const, style: 'emphasis' as const, items: [] }];
    await page.draw({ type: 'AdaptiveCard', version: '1.5', body });
    expect(await page.faintTexts(leastContrast)).to.deep.equal([]);
    await page.draw({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x', color: 'Dark' }] });
    expect(await page.faintTexts(leastContrast)).to.have.length(1);
  });
});
