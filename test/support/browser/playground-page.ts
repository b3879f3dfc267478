import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';

/** What a picture of a card shows around it, in pixels: its shadow, which is thin above. */
const margin = 6;
const marginAbove = 1;

/** A file as Teams sends it: where it can be read for a while, and where it lies. */
export interface SentFile {
  name: string;
  address: string;
  link: string;
}

/**
 * Drives Microsoft's Agents Playground as its one user would: by roles, labels and visible text.
 * Cards are Playwright locators: they are looked up anew each time, so a card that was replaced in place is found again,
 * except one that was asked for by a text that it no longer shows.
 */
export class PlaygroundPage {
  /** For what the driver has no word for. */
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  /** Opens the Playground at `url` in a window of its own, 1280 × 900 unless told; it starts in the personal chat. */
  static async open(browser: Browser, url: string, options: { height?: number } = {}): Promise<PlaygroundPage> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: options.height ?? 900 },
      deviceScaleFactor: 2,
      locale: 'sv-FI',
      timezoneId: 'Europe/Helsinki',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(url);
    const driver = new PlaygroundPage(page);
    await driver.#composer.waitFor();
    await page.getByRole('button', { name: 'Hide log panel' }).click();
    return driver;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async goToPersonalChat(): Promise<void> {
    await this.#goTo(0);
  }

  async goToGroupChat(): Promise<void> {
    await this.#goTo(1);
  }

  /**
   * Writes in the open chat. In the group chat the bot only hears what mentions it: `mention` puts its name first.
   * Resolves when the Playground has taken the message, which is before the bot's answer.
   */
  async say(text: string, options: { mention?: boolean } = {}): Promise<void> {
    await this.#composer.click();
    if (options.mention) await this.#mentionBot();
    await this.page.keyboard.insertText(text);
    await Promise.all([
      this.#answerOf('/messages'),
      this.page.getByRole('button', { name: 'Send Message', exact: true }).click(),
    ]);
  }

  /** The composer takes no files, so this sends what Teams would have made of one. */
  async sendFile({ name, address, link }: SentFile): Promise<void> {
    const contentType = 'application/vnd.microsoft.teams.file.download.info';
    const attachment = { contentType, contentUrl: link, name, content: { downloadUrl: address } };
    await this.page.getByRole('button', { name: 'Mock an Activity' }).click();
    await this.page.getByRole('menuitem', { name: 'Custom activity' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Custom activity' });
    // An activity of the open chat stands there: its last brace makes room for the rest.
    await dialog.locator('.view-lines').click();
    await this.page.keyboard.press('ControlOrMeta+End');
    await this.page.keyboard.press('Backspace');
    await this.page.keyboard.insertText(`, "type": "message", "attachments": [${JSON.stringify(attachment)}] }`);
    await dialog.getByRole('button', { name: 'Send activity' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The newest card of the open chat, with the line that the Playground shows under it after a press. */
  lastCard(): Locator {
    return this.#cards.last();
  }

  /** The newest card that shows `text`. */
  cardWithText(text: string | RegExp): Locator {
    return this.#cards.filter({ hasText: text }).last();
  }

  /**
   * Presses the action `title`, also one that hides in the menu behind `…`. Waits for the bot's answer to have come,
   * unless `answered` is false: for links, folding parts and presses that the card's own checks stop.
   */
  async press(card: Locator, title: string, options: { answered?: boolean } = {}): Promise<void> {
    const answer = options.answered === false ? null : this.#answerOf('/_conversation/v1/invoke');
    await Promise.all([answer, this.#click(card, title)]);
  }

  /** Presses, takes away what the Playground says about it, and lets the shared cards catch up. */
  async pressAndSettle(card: Locator, title: string): Promise<void> {
    await this.press(card, title);
    await this.tidy();
    await this.settle();
  }

  /** Presses a link to a file, and waits until the browser has it. */
  async download(card: Locator, title: string): Promise<{ name: string; bytes: Buffer }> {
    const [download, opened] = await Promise.all([
      this.page.waitForEvent('download'),
      // The window that the link opens stays empty.
      this.page.context().waitForEvent('page'),
      this.press(card, title, { answered: false }),
    ]);
    await opened.close();
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  /** Writes in a text, number, date or time input. Dates as `2026-12-03`, times as `13:30`. */
  async fill(card: Locator, label: string, value: string): Promise<void> {
    const input = await this.#input(card, label);
    await input.fill(value);
    await input.press('Tab');
  }

  /** Picks from a choice set, of any style, one or several, or sets a toggle. What is ticked already is unticked. */
  async choose(card: Locator, label: string, ...options: string[]): Promise<void> {
    const input = await this.#input(card, label);
    if ((await input.getAttribute('role')) === 'combobox') return await this.#chooseFolded(input, options);
    const isToggle = (await input.getAttribute('type')) === 'checkbox';
    const boxes = isToggle ? input.locator('..') : input;
    for (const option of options) await boxes.getByText(option, { exact: true }).click();
  }

  /** What an input holds: the text, or the titles that are chosen. */
  async valueOf(card: Locator, label: string): Promise<string> {
    const input = await this.#input(card, label);
    const isField = (await input.and(this.page.locator('input, textarea')).count()) > 0;
    return isField ? input.inputValue() : input.innerText();
  }

  /**
   * Takes away the lines that the Playground, in English, puts under cards after presses.
   * It draws those cards anew then, so what was filled in in them is lost: tidy before, not after.
   */
  async tidy(): Promise<void> {
    const lines = this.page.getByRole('button', { name: 'Dismiss Invoke Message' });
    for (let left = await lines.count(); left > 0; left -= 1) await lines.first().click();
  }

  /** Waits until `text` is seen in the open chat. */
  async waitForText(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).last().waitFor();
  }

  /** The newest card that shows `text`, once one does. */
  async cardThatSays(text: string | RegExp): Promise<Locator> {
    await this.waitForText(text);
    return this.cardWithText(text);
  }

  /** Saves a PNG of the window, or of one card that fits into it, once nothing has moved for a while. */
  async screenshot(path: string, options: { of?: Locator } = {}): Promise<void> {
    // A button under the pointer looks pressed.
    await this.page.mouse.move(0, 0);
    await this.settle();
    const clip = options.of && (await this.#frame(options.of));
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
  }

  get #composer(): Locator {
    return this.page.locator('[contenteditable="true"][role="textbox"]');
  }

  get #cards(): Locator {
    return this.page.locator('.fai-OutputCard').filter({ has: this.page.locator('.ac-adaptiveCard') });
  }

  async #goTo(place: number): Promise<void> {
    const tree = this.page.getByRole('tree', { name: 'Personal and Group Chat' });
    await tree.getByRole('treeitem').nth(place).click();
    await this.#composer.waitFor();
  }

  /** The list that opens at `@` is not always in the same order. */
  async #mentionBot(): Promise<void> {
    await this.page.keyboard.type('@');
    const people = this.page.getByRole('listbox', { name: 'Typeahead menu' }).getByRole('menuitem');
    await people.filter({ hasText: 'Ankarboten' }).first().click();
    await this.page.keyboard.type(' ');
  }

  async #click(card: Locator, title: string): Promise<void> {
    const name = { name: title, exact: true };
    const shown = card.getByRole('button', name).or(card.getByRole('link', name));
    const more = card.getByRole('button', { name: 'More options', exact: true });
    await shown.or(more).first().waitFor();
    if (await shown.count()) return await shown.last().click();
    const hidden = this.page.getByRole('menuitem', name);
    for (const menu of await more.all()) {
      await menu.click();
      await this.page.getByRole('menu').first().waitFor();
      if (await hidden.count()) return await hidden.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The card has no action "${title}".`);
  }

  /** An input belongs to the label that names it by id; its accessible name would also hold its error message. */
  async #input(card: Locator, label: string): Promise<Locator> {
    const owner = card.locator('label').filter({ has: this.page.getByText(label, { exact: true }) });
    const id = await owner.last().getAttribute('for');
    if (id === null) throw new Error(`The label "${label}" belongs to no input.`);
    return card.locator(`[id="${id}"]`);
  }

  /** A list that allows several stays open after a choice. */
  async #chooseFolded(input: Locator, options: string[]): Promise<void> {
    const isOpen = async (): Promise<boolean> => (await input.getAttribute('aria-expanded')) === 'true';
    for (const option of options) {
      if (!(await isOpen())) await input.click();
      const name = { name: option, exact: true };
      await this.page.getByRole('option', name).or(this.page.getByRole('menuitemcheckbox', name)).click();
    }
    if (await isOpen()) await input.press('Escape');
  }

  /** Waits for the Playground's answer to the page, and for two frames, in which the page has drawn it. */
  async #answerOf(path: string): Promise<void> {
    const response = await this.page.waitForResponse((candidate) => new URL(candidate.url()).pathname.endsWith(path));
    await response.finished();
    await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  }

  /** Playwright would make the window taller for a tall card, and the Playground loses what was filled in when that happens. */
  async #frame(card: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    await card.scrollIntoViewIfNeeded();
    const box = await card.boundingBox();
    const fits = box !== null && box.y >= 0 && box.y + box.height <= (this.page.viewportSize()?.height ?? 0);
    if (!fits) throw new Error('The card is taller than the window: open the page with a greater height.');
    const { x, y, width, height } = box;
    return {
      x: x - margin,
      y: y - marginAbove,
      width: width + 2 * margin,
      height: height + marginAbove + margin,
    };
  }

  /**
   * Waits until nothing on the page changes any more, for example because the bot brings a shared card up to date.
   * At most ten seconds, so that something that never rests gives a picture all the same.
   */
  async settle(): Promise<void> {
    let before = '';
    for (let round = 0; round < 40; round += 1) {
      const now = await this.page.content();
      if (now === before) return;
      before = now;
      await this.page.waitForTimeout(250);
    }
  }
}
