import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Locator } from 'playwright-core';
import { nextWorkingMoment } from '../../src/shared/working-time.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { type LocalBot, startLocalBot } from '../support/browser/local-bot.ts';
import { PlaygroundPage } from '../support/browser/playground-page.ts';
import { calendar } from '../support/builders.ts';

/** The whole way of a referral as a new user of `npm start` goes it. `UPDATE_SCREENSHOTS=1` renews the pictures of the documentation. */
describe('the bot in the Playground', function () {
  this.timeout(120_000);

  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-browser-'));
  const pictures = process.env.UPDATE_SCREENSHOTS
    ? fileURLToPath(new URL('../../docs/img/', import.meta.url))
    : join(folder, 'pictures');
  const dataDir = join(folder, 'data');
  const thirteen = new Date().getFullYear() - 13;
  const first = `LOJ-${new Date().getFullYear()}-0001`;
  const young = 'Elliot Exempelsson';
  const narrative = 'Borta från skolan i tre veckor. Har hotat en klasskamrat.';

  let browser: Browser;
  let bot: LocalBot;
  let chat: PlaygroundPage;
  let broken = false;

  async function openChat(): Promise<void> {
    chat = await PlaygroundPage.open(browser, bot.url);
    await chat.goToGroupChat();
  }
  const picture = (name: string, of?: Locator): Promise<void> =>
    chat.screenshot(join(pictures, `${name}.png`), of && { of });
  const press = (card: Locator, title: string): Promise<void> => chat.pressAndSettle(card, title);
  const say = (text: string): Promise<void> => chat.say(text, { mention: true });
  const caseCard = (): Locator => chat.cardWithText(/Bedömningar|arviot/);
  const cardThatSays = (text: string | RegExp): Promise<Locator> => chat.cardThatSays(text);
  async function assess(worry: string, note?: string): Promise<void> {
    await press(caseCard(), 'Bedöm');
    const form = await cardThatSays('Din bedömning');
    await chat.choose(form, 'Hur stor är oron?', worry);
    await chat.choose(form, 'Vad föreslår du?', 'Ta emot');
    if (note) await chat.fill(form, 'Kort anteckning (frivillig)', note);
  }

  /** Of every part of a bar of the chart: how much of the whole width it has, in per cent. */
  async function barWidths(card: Locator): Promise<number[]> {
    const parts = await card.getByRole('img').getByRole('button').all();
    const styles = await Promise.all(parts.map((part) => part.getAttribute('style')));
    return styles.map((style) => Math.round(Number(/width: ([\d.]+)%/.exec(style ?? '')?.[1])));
  }

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launchChromium();
    bot = await startLocalBot(dataDir);
    await openChat();
  });

  after(async () => {
    await browser?.close();
    await bot?.interrupt();
    rmSync(folder, { recursive: true, force: true });
  });

  // Each step begins where the one before it ended.
  beforeEach(() => {
    if (broken) throw new Error('An earlier step failed.');
  });
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed';
  });

  it('greets the team once, in Swedish, with buttons for what it can do', async () => {
    const greeting = await cardThatSays('Hej! Jag är Ankarboten.');
    for (const title of [
      'Ny hänvisning',
      'Öppna hänvisningar',
      'Checklistor',
      'Mina uppgifter',
      'Skicka en påhittad hänvisning',
    ]) {
      expect(await greeting.getByRole('button', { name: title, exact: true }).count(), title).to.equal(1);
    }
    await picture('greeting');
    expect(await chat.page.getByText('Hej! Jag är Ankarboten.').count()).to.equal(1);
    // The form is taller than most windows, and a picture shows one card whole.
    await chat.page.setViewportSize({ width: 1280, height: 1300 });
  });

  it('shows what is wrong in a form at its fields and keeps what was filled in', async () => {
    await say('ny hänvisning');
    const form = await cardThatSays('Kommunen avgör');
    await chat.choose(form, 'Kommun *', 'Lojo');
    await chat.choose(form, 'Brådska', 'Genast');
    await chat.choose(form, 'Vem hänvisar? *', 'Skola eller läroanstalt');
    await chat.choose(form, 'Grund *', 'Oro');
    await chat.choose(form, 'Vad oroar? *', 'Hot', 'Skolfrånvaro');
    await chat.choose(form, 'Ålder *', '12–14 år');
    await chat.choose(form, 'Kön *', 'Pojke');
    await chat.fill(form, 'Namn *', young);
    await chat.fill(form, 'Födelseår', `${thirteen}`);
    await chat.fill(form, 'Vårdnadshavare och kontaktuppgifter', 'Eva Exempelsson, nås via skolans kurator');
    await chat.fill(form, 'Vad har hänt?', narrative);
    await picture('form', form);

    await chat.fill(form, 'Namn *', '');
    await chat.fill(form, 'Födelseår', `${thirteen - 20}`);
    await press(form, 'Skicka hänvisningen');
    await chat.waitForText('2 uppgifter behöver rättas. Inget du skrev har försvunnit.');
    await picture('form-errors', form);
    const text = await form.innerText();
    expect(text).to.match(/Namn \*\s+Fyll i det här\./);
    expect(text).to.match(/Födelseår\s+Ankarverksamheten är för unga under 18 år\./);
    expect(await chat.valueOf(form, 'Kommun *')).to.equal('Lojo');
    expect(await chat.valueOf(form, 'Vad oroar? *')).to.equal('Hot, Skolfrånvaro');
    expect(await chat.valueOf(form, 'Födelseår')).to.equal(`${thirteen - 20}`);
    expect(await chat.valueOf(form, 'Vad har hänt?')).to.equal(narrative);
  });

  it('takes in a corrected form and shows the case in the chat without whom it is about', async () => {
    const form = chat.cardWithText('Kommunen avgör');
    await chat.choose(form, 'Kommun *', 'Vihtis');
    await chat.fill(form, 'Namn *', young);
    await chat.fill(form, 'Födelseår', `${thirteen}`);
    await press(form, 'Skicka hänvisningen');
    await chat.waitForText(`Tack! Hänvisningen har kommit fram: ${first}.`);
    await chat.waitForText('Väntar på att någon tar den');
    await picture('case-new', caseCard());
    const text = await caseCard().innerText();
    for (const shown of [first, 'Genast', 'Vihtis', 'Hot, Skolfrånvaro', '12–14 år', 'Inte ännu']) {
      expect(text).to.include(shown);
    }
    const everything = await chat.page.locator('body').innerText();
    for (const hidden of [young, 'Eva Exempelsson', 'klasskamrat']) expect(everything).not.to.include(hidden);
  });

  it('lets the presser take the case and assess it from their profession', async () => {
    await press(caseCard(), 'Ta hand om');
    await chat.waitForText('Maria Lindqvist har hand om den');
    await assess('3 – stor oro', 'Familjen är känd sedan tidigare.');
    const form = chat.cardWithText('Din bedömning');
    await picture('assess', form);
    await press(form, 'Spara bedömningen');
    await chat.waitForText('Bedömningar: 1 av minst 2 yrken');
    expect(await caseCard().innerText()).to.match(/Socialarbetare\s+Maria Lindqvist · Oro 3 av 4 · Ta emot/);
  });

  it('shows the details to the one who opens them and takes them away again', async () => {
    await press(caseCard(), 'Visa uppgifter');
    const details = await cardThatSays('Uppgifter om den unga');
    await picture('details', details);
    const text = await details.innerText();
    for (const shown of [young, narrative, 'Familjen är känd sedan tidigare.', 'antecknas i loggen']) {
      expect(text).to.include(shown);
    }
    await press(details, 'Tillbaka');
    await chat.waitForText('Bedömningar: 1 av minst 2 yrken');
    expect(await chat.page.locator('body').innerText()).not.to.include(young);
  });

  it('goes on as another of the example people, whose list brings the case to the bottom of the chat', async () => {
    await say('agera som Petri');
    await chat.waitForText('Nu agerar du som Petri Aaltonen.');
    await say('hänvisningar');
    await press(await cardThatSays('1 öppen hänvisning'), 'Visa');
    await chat.waitForText(`${first}: kortet finns längre ned i chatten.`);
    expect(await chat.lastCard().innerText()).to.include('Bedömningar: 1 av minst 2 yrken');
    await picture('case-taken', chat.lastCard());
    await assess('2 – viss oro');
    await press(chat.cardWithText('Din bedömning'), 'Spara bedömningen');
    await chat.waitForText('Bedömningar: 2 av minst 2 yrken');
  });

  it('offers the decision once two professions have assessed, and shows it on the card', async () => {
    await press(caseCard(), 'Besluta');
    await press(await cardThatSays('Vad beslutar teamet?'), 'Ta emot');
    const form = await cardThatSays('Beslut: Ta emot');
    await chat.choose(form, 'Orsak', 'Behöver stöd av flera yrken');
    await picture('decide', form);
    await press(form, 'Bekräfta beslutet');
    await chat.waitForText('Beslut: Mottagen');
    await picture('case-decided', caseCard());
    const text = await caseCard().innerText();
    expect(text).to.match(/Orsak\s+Behöver stöd av flera yrken/);
    expect(text).to.match(/Beslutat av\s+Petri Aaltonen · /);
    expect(await caseCard().getByRole('button', { name: 'Besluta', exact: true }).count()).to.equal(0);
  });

  it('lists the open referrals, made-up ones too, each with a button', async () => {
    await say('agera som Maria');
    await press(await cardThatSays('Nu agerar du som Maria Lindqvist.'), 'Öppna hänvisningar');
    await chat.waitForText('Inga öppna hänvisningar');
    await press(chat.cardWithText('Hej! Jag är Ankarboten.'), 'Skicka en påhittad hänvisning');
    await press(await cardThatSays('är inlämnad (påhittad)'), 'Skicka en påhittad hänvisning');
    await chat.waitForText(/-0003$/);
    await say('hänvisningar');
    const list = await cardThatSays('2 öppna hänvisningar');
    await picture('list', list);
    const text = await list.innerText();
    expect(text).to.include('-0002').and.to.include('-0003').and.not.to.include('-0001');
    expect(await list.getByRole('button', { name: 'Visa', exact: true }).count()).to.equal(2);
  });

  it('shows the team with profession and role', async () => {
    await say('team');
    const team = await cardThatSays('5 medlemmar');
    await picture('team', team);
    expect(await team.innerText()).to.match(/Maria Lindqvist\s+Socialarbetare · Teamledare/);
  });

  it('starts the checklist, gives an item a date in words, and shows what waits', async () => {
    await say('checklista start');
    const startup = await cardThatSays('0 av 23 klara');
    await picture('checklist', startup);
    expect(await startup.innerText())
      .to.include('Bilaga 8, lägesbild 1')
      .and.not.include('Bilaga 8, planering 1');
    // The last one that is unfolded.
    await press(startup, 'Jag tar den');
    await press(chat.cardWithText('0 av 23 klara'), 'Öppna');
    const item = await cardThatSays('Källa');
    await picture('checklist-item', item);
    await press(item, 'Datum');
    const form = await cardThatSays('När ska det vara klart?');
    await chat.fill(form, 'Eller i ord', 'nästa fredag');
    await press(form, 'Spara datum');
    // On the item, or on the list that everybody sees, whichever came last.
    await chat.waitForText(/Senast fre /);
    await say('uppgifter');
    await press(await cardThatSays('Dina uppgifter'), 'Visa mina uppgifter');
    const tasks = await cardThatSays('1 uppgift väntar på dig');
    await picture('tasks', tasks);
    // With the two lists the chart has a legend.
    await press(tasks, 'Klar');
    await say('checklistor');
    await press(await cardThatSays('Checklistor: Lojo ankarteam'), 'Starta');
    await chat.settle();
    await say('läget');
    await press(await cardThatSays('Läget i regionen, för ledare'), 'Visa läget');
    const overview = await cardThatSays('Läget för checklistorna');
    await picture('overview', overview);
    expect(await overview.innerText()).to.include('1 av 23 klara');
    expect((await barWidths(overview)).sort((a, b) => a - b)).to.deep.equal([4, 96, 100]);
  });

  it('plans a meeting that was said in words, asks which times suit for another, and shows the rhythm', async () => {
    await say(`möte ${workday(2)} kl 13 1 h teamet Ärendegenomgång`);
    const form = await cardThatSays('Planera ett möte');
    expect(await chat.valueOf(form, 'Rubrik (syns i chatten)')).to.equal('Ärendegenomgång');
    expect(await chat.valueOf(form, 'Längd')).to.equal('1 h');
    await chat.fill(form, 'Plats eller länk', 'Lojo polisstation');
    await picture('meeting-form', form);
    await press(form, 'Skicka inbjudan');
    await press(await cardThatSays('Vem kommer'), 'Kommer');
    await chat.waitForText('Kommer (1)');
    await picture('meeting', chat.cardWithText('Vem kommer'));
    await say(`möte förslag ${workday(14)} kl 9, ${workday(15)} kl 13 1 h teamet Utbildning`);
    await press(await cardThatSays('Föreslå tider för ett möte'), 'Fråga vilka tider som passar');
    await press(await cardThatSays('Vi söker en tid'), 'Svara');
    const votes = await cardThatSays('När passar det dig?');
    for (const time of await votes.getByRole('radiogroup').all()) await time.getByText('Ja', { exact: true }).click();
    await press(votes, 'Svara');
    await chat.waitForText('1 av 5');
    await picture('poll', chat.cardWithText('Vi söker en tid'));
    await say('rytm');
    const rhythm = await cardThatSays('Mötesrytmen: Lojo ankarteam');
    await picture('rhythm', rhythm);
    expect(await rhythm.innerText()).to.match(/Teammöte\s+Rytmen hålls/);
  });

  it('brings up a matter on the agenda of the steering group, plans its meeting and sends it, as who keeps it', async () => {
    await chat.page.setViewportSize({ width: 1280, height: 1500 });
    await chat.goToPersonalChat();
    const command = async (text: string): Promise<void> => {
      await chat.say(text);
      await chat.settle();
    };
    const open = async (): Promise<void> => {
      await command('föredragningslista');
      await press(await cardThatSays('Vilken grupp gäller det?'), 'Styrgruppen i Västra Nyland');
    };
    await command('agera som Kaisa');
    await open();
    const draft = await cardThatSays('Utkast till föredragningslista');
    expect(await draft.innerText()).to.include('Inget möte är planerat än');
    await press(draft, 'Lägg till ett ärende');
    const form = await cardThatSays('Lägg till ett ärende');
    await chat.fill(form, 'Rubrik *', 'Ungdomscoacher till alla fyra team');
    await chat.choose(form, 'Hur ärendet behandlas', 'För beslut');
    await chat.fill(
      form,
      'Bakgrund',
      'Esbo har haft två ungdomscoacher sedan våren, och unga väntar hälften så länge.',
    );
    await chat.fill(form, 'Förslag till beslut', 'Styrgruppen föreslår avtalsparterna en coach för varje team.');
    await chat.fill(form, 'Beräknad tid i minuter', '20');
    await chat.fill(form, 'Länkar till material, en per rad (högst 5)', 'http://example.com/coacher.pdf');
    await press(form, 'Lägg till');
    await chat.waitForText('Länken ska börja med https://');
    const again = chat.lastCard();
    expect(await chat.valueOf(again, 'Rubrik *')).to.equal('Ungdomscoacher till alla fyra team');
    await chat.fill(again, 'Länkar till material, en per rad (högst 5)', 'https://example.com/coacher.pdf');
    await press(again, 'Lägg till');
    await chat.waitForText('Ärendet är på listan.');
    await press(chat.lastCard(), 'Planera mötet');
    const meeting = await cardThatSays('Planera ett möte');
    expect(await chat.valueOf(meeting, 'Grupp')).to.equal('Styrgruppen i Västra Nyland');
    await press(meeting, 'Avbryt');
    await command(`möte ${workday(25)} kl 13 1 h styrgruppen Styrgruppens möte`);
    await press(await cardThatSays('Planera ett möte'), 'Skicka inbjudan');
    await chat.waitForText('Inbjudan är skickad');
    await open();
    await press(await cardThatSays('Utkast till föredragningslista'), 'Skicka till ledamöterna');
    await press(await cardThatSays('Skicka föredragningslistan?'), 'Skicka');
    await chat.waitForText('Listan är på väg till ledamöterna.');
    await press(chat.lastCard(), 'Jag kommer');
    await chat.waitForText('Ditt svar: Kommer');
    await chat.lastCard().getByTitle('Ungdomscoacher till alla fyra team').click();
    await chat.waitForText('Esbo har haft två ungdomscoacher');
    await chat.tidy();
    await picture('agenda', chat.lastCard());
    await command('agera som Maria');
    await chat.goToGroupChat();
  });

  it('goes on in Finnish for the one who chose it, and opens a decided case again', async () => {
    await say('språk fi');
    await chat.waitForText('Valmista. Puhun kanssasi tästä lähtien suomea.');
    await say(first);
    // The card comes to the bottom a moment later; until then another case's is the last one.
    while (!(await caseCard().innerText()).includes(first)) await chat.settle();
    await press(caseCard(), 'Visa uppgifter');
    await press(await cardThatSays('Nuoren tiedot'), 'Takaisin');
    const card = await cardThatSays('Päätös: Otettu vastaan');
    await picture('finnish', card);
    expect(await card.innerText()).not.to.match(/Bedöm|Beslut|Brådska|Vad oroar|Visa/);
    await press(card, 'Avaa uudelleen');
    await chat.waitForText(/Käsittelijä: Maria Lindqvist|Maria Lindqvist har hand om den/);
  });

  it('ends on Ctrl-C with all that it started, and finds everything again at the next start', async () => {
    await chat.close();
    const { code, left } = await bot.interrupt();
    expect(code).to.equal(0);
    expect(left).to.deep.equal([]);
    expect(await isListening(bot.port)).to.equal(false);
    expect(await isListening(bot.playgroundPort)).to.equal(false);

    bot = await startLocalBot(dataDir);
    await openChat();
    for (const number of ['0001', '0002', '0003']) await chat.waitForText(new RegExp(`^LOJ-\\d{4}-${number}$`));
    await say('ohjaukset');
    const list = await cardThatSays('3 avointa ohjausta');
    expect(await list.innerText()).to.include(first);
  });
});

/** The first working day that is at least so many days ahead, as people write it. */
function workday(days: number): string {
  const ahead = Temporal.Now.instant().add({ hours: days * 24 });
  const { day, month } = nextWorkingMoment(ahead, calendar).toZonedDateTimeISO(calendar.timeZone);
  return `${day}.${month}.`;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}
