import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Locator } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { launchChromium } from '../support/browser/chromium.ts';
import { type LocalBot, startLocalBot } from '../support/browser/local-bot.ts';
import { PlaygroundPage } from '../support/browser/playground-page.ts';
import { calendar } from '../support/builders.ts';

/** A meeting of the steering group from its agenda to its minutes, as a user of `npm start` goes it, for each of its people in turn. */
describe('a meeting of the steering group in the Playground', function () {
  this.timeout(120_000);

  const folder = mkdtempSync(join(tmpdir(), 'ankarbot-steering-'));
  const pictures = process.env.UPDATE_SCREENSHOTS
    ? fileURLToPath(new URL('../../docs/img/', import.meta.url))
    : join(folder, 'pictures');
  const begins = soon(Temporal.Now.instant());
  const plan = `Verksamhetsplanen för ${begins.year + 1} godkänns`;
  const matter = 'Ungdomscoacher till alla fyra team';
  const proposal = 'Styrgruppen föreslår avtalsparterna en coach för varje team.';
  const counter = 'Styrgruppen föreslår en coach för två team.';
  const wording = 'Beslutets ordalydelse';
  const document = 'Vad ankarteamen gör under året.';
  const sha256 = createHash('sha256').update(document).digest('hex');
  /** Everything that is asked of it is that one document. */
  const files: Server = createServer((_, response) => response.end(document));

  let browser: Browser;
  let bot: LocalBot;
  let chat: PlaygroundPage;
  let broken = false;

  const press = (card: Locator, title: string): Promise<void> => chat.pressAndSettle(card, title);
  const cardThatSays = (text: string | RegExp): Promise<Locator> => chat.cardThatSays(text);
  const picture = (name: string, of: Locator): Promise<void> => chat.screenshot(join(pictures, `${name}.png`), { of });
  async function say(text: string): Promise<void> {
    await chat.say(text);
    await chat.settle();
  }
  async function actAs(name: string): Promise<void> {
    await say(`agera som ${name}`);
    await chat.waitForText(`Nu agerar du som ${name}`);
  }
  const meeting = (): Promise<Locator> => cardThatSays('Ordförande: Outi Laaksonen');
  /** Unfolds an item of the meeting. */
  async function show(title: string): Promise<Locator> {
    await (await meeting()).getByTitle(title).click();
    await chat.cardWithText('Ordförande:').getByRole('button', { name: 'Fäll ihop', exact: true }).waitFor();
    await chat.tidy();
    await chat.settle();
    return meeting();
  }
  /** Fills in the form of the unfolded item that `button` opens, and saves it. */
  async function record(button: string, label: string, text: string): Promise<Locator> {
    await press(await meeting(), button);
    const form = await cardThatSays(label);
    await chat.fill(form, label, text);
    await press(form, 'Spara');
    await chat.waitForText('Sparat.');
    return meeting();
  }

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    // Whenever this runs, the plan, the report and the survey come up, for people whose terms do not end.
    const example = readFileSync('env/regions/vastra-nyland.yaml', 'utf8');
    const region = example
      .replace(/(operatingPlan|annualReport): \{[^}]+\}/g, '$1: { from: 1, to: 12 }')
      .replace(/surveyYear: \d+/, `surveyYear: ${begins.year}`)
      .replace(/, from: [\d-]+, to: [\d-]+(?= \})/g, '');
    const file = join(folder, 'region.yaml');
    writeFileSync(file, region);
    await once(files.listen(0, '127.0.0.1'), 'listening');
    browser = await launchChromium();
    bot = await startLocalBot(join(folder, 'data'), { REGION_FILE: file });
    chat = await PlaygroundPage.open(browser, bot.url, { height: 2400 });
    await chat.goToPersonalChat();
  });

  after(async () => {
    await browser?.close();
    await bot?.interrupt();
    files.close();
    rmSync(folder, { recursive: true, force: true });
  });

  // Each step begins where the one before it ended.
  beforeEach(() => {
    if (broken) throw new Error('An earlier step failed.');
  });
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed';
  });

  it('is planned for a time that is said, soon and at whatever hour, and its agenda is sent', async () => {
    await actAs('Kaisa');
    const { day, month, year, hour, minute } = begins;
    await say(
      `möte ${day}.${month}.${year} kl ${hour}.${String(minute).padStart(2, '0')} 1 h styrgruppen Styrgruppens möte`,
    );
    await press(await cardThatSays('Planera ett möte'), 'Skicka inbjudan');
    await chat.waitForText(/Inbjudan är skickad|Det är inte skickat än/);
    // Outside of working hours the form asks once more.
    const asked = chat.cardWithText('Det är inte skickat än');
    if (await asked.count()) await press(asked, 'Skicka ändå');
    await chat.waitForText('Inbjudan är skickad');
    await say('föredragningslista');
    await press(await cardThatSays('Vilken grupp gäller det?'), 'Styrgruppen i Västra Nyland');
    await press(await cardThatSays('Utkast till föredragningslista'), 'Lägg till ett ärende');
    const form = await cardThatSays('Beräknad tid i minuter');
    await chat.fill(form, 'Rubrik *', matter);
    await chat.choose(form, 'Hur ärendet behandlas', 'För beslut');
    await chat.fill(form, 'Förslag till beslut', proposal);
    await press(form, 'Lägg till');
    await press(await cardThatSays('Ärendet är på listan.'), 'Skicka till ledamöterna');
    await press(await cardThatSays('Skicka föredragningslistan?'), 'Skicka');
    const text = await (await cardThatSays('Listan är på väg till ledamöterna.')).innerText();
    expect(text).to.include('Hittills anmälda: 0.').and.to.include('Öppna mötet');
  });

  it('has the plan that it is to approve sent in as a file, whose fingerprint stands at its item', async () => {
    const address = files.address();
    if (address === null || typeof address === 'string') throw new Error('The document lies nowhere.');
    await chat.sendFile({
      name: 'Verksamhetsplan.docx',
      address: `http://127.0.0.1:${address.port}/`,
      link: 'https://example.sharepoint.com/sites/styrgruppen/Verksamhetsplan.docx',
    });
    const which = await cardThatSays('Vilket ärende hör dokumentet till?');
    expect(await which.innerText())
      .to.include(plan)
      .and.to.include(sha256);
    await which.getByTitle(`Foga dokumentet till ärendet ${plan}`).click();
    const given = await cardThatSays('Dokumentet hör nu till ärendet.');
    await chat.tidy();
    await chat.settle();
    const text = await given.innerText();
    expect(text).to.include('Skickat av Kaisa Sandberg').and.to.include(sha256);
  });

  it('is opened by who keeps it, with who sits where', async () => {
    await press(chat.cardWithText('Dokumentet hör nu till ärendet.'), 'Öppna mötet');
    const form = await cardThatSays('Vilka är på plats?');
    const seats = {
      'Polisinrättningen i Västra Nyland': 'Risto Vainio',
      'Västra Nylands välfärdsområde': 'Staffan Blomqvist (ersättare)',
      'Lojo stad': 'Outi Laaksonen',
      'Högfors stad': 'Timo Kettunen',
      'Vihtis kommun': 'Jarkko Peltola',
      'Raseborgs stad': 'Camilla Lönnqvist',
      'Hangö stad': 'Bettina Sjöberg',
      Chefsteamet: 'Kaisa Sandberg',
    };
    for (const [seat, person] of Object.entries(seats)) await chat.choose(form, seat, person);
    await press(form, 'Öppna');
    await chat.waitForText('Mötet är öppnat.');
    const text = await (await meeting()).innerText();
    expect(text).to.match(/8 platser är .+ · beslutfört/);
    expect(text).to.match(/På plats: Risto Vainio, Staffan Blomqvist, Outi Laaksonen/);
    expect(text).to.match(/Inte på plats: Ingå kommun/);
  });

  it('names its checkers, hears how the region stands, and approves the plan that was sent', async () => {
    await show('protokolljusterare');
    await record('Beslut', wording, 'Till protokolljusterare valdes Risto Vainio och Timo Kettunen.');
    await show('Statistik');
    await record('Diskussion', 'Diskussion', 'Ärendena har blivit något fler sedan våren.');
    const item = await show(plan);
    expect(await item.innerText()).to.include(sha256);
    await press(item, '✓ Enligt förslaget');
    await chat.waitForText('Beslut: Enligt förslaget');
  });

  it('votes on a counter-proposal, and the chair decides where the votes are equal', async () => {
    await press(await meeting(), 'Nästa');
    await show(matter);
    const voting = await record('Motförslag och omröstning', 'Motförslag *', counter);
    expect(await voting.innerText())
      .to.include('Omröstning pågår')
      .and.to.include(counter);
    await press(voting, 'Rösta: Motförslag 1');
    const cast = await cardThatSays('Din röst är antecknad.');
    expect(await cast.innerText()).to.match(/Har inte röstat än: Risto Vainio, .+, Bettina Sjöberg\n/);
    await press(cast, 'Anteckna rösterna');
    const ballots = await cardThatSays('Rösterna');
    const isFor = {
      'Polisinrättningen i Västra Nyland: Risto Vainio': false,
      'Västra Nylands välfärdsområde: Staffan Blomqvist': true,
      'Lojo stad: Outi Laaksonen': true,
      'Högfors stad: Timo Kettunen': false,
      'Vihtis kommun: Jarkko Peltola': false,
      'Raseborgs stad: Camilla Lönnqvist': true,
      'Hangö stad: Bettina Sjöberg': true,
    };
    for (const [seat, agrees] of Object.entries(isFor)) {
      await chat.choose(ballots, seat, agrees ? 'Förslaget' : `Motförslag 1: ${counter}`);
    }
    await press(ballots, 'Spara');
    await press(await meeting(), 'Avsluta omröstningen');
    await chat.waitForText('Rösterna föll lika; ordförandens röst avgjorde: Förslaget.');
    await press(await meeting(), 'Beslut');
    await press(await cardThatSays('Vad beslutades'), 'Spara');
    await chat.waitForText('Beslut: Enligt förslaget');
  });

  it('gives somebody something to do until a day', async () => {
    await press(await meeting(), 'Ny åtgärd');
    const form = await cardThatSays('Vad ska göras *');
    await chat.fill(form, 'Vad ska göras *', 'Be avtalsparterna om svar.');
    await chat.choose(form, 'Vem gör det *', 'Risto Vainio');
    await chat.fill(form, 'Klart senast *', begins.toPlainDate().add({ days: 21 }).toString());
    await press(form, 'Spara');
    await chat.waitForText('Be avtalsparterna om svar.');
    await chat.waitForText(/Risto Vainio · senast /);
    await picture('steering-meeting', await meeting());
  });

  it('is closed, and its minutes go to the two checkers that it named', async () => {
    await press(await meeting(), 'Avsluta mötet');
    await press(await cardThatSays('Avsluta mötet?'), 'Avsluta mötet');
    await press(await cardThatSays('Mötet är avslutat.'), 'Protokoll');
    const draft = await cardThatSays('Version 1 · utkast, inte skickat för justering');
    const text = await draft.innerText();
    expect(text).to.match(/§ \d+ Ungdomscoacher till alla fyra team/);
    expect(text).to.include('Lojo stad · Outi Laaksonen · Förslaget').and.to.include(sha256);
    await press(draft, 'Skicka för justering');
    // They are chosen already, by what was decided of them.
    await press(await cardThatSays('När alla har godkänt är protokollet justerat.'), 'Skicka');
    const sent = await (await cardThatSays('Protokollet är på väg till justerarna.')).innerText();
    expect(sent.match(/\S+ \S+(?=: har inte svarat än)/g)).to.deep.equal(['Risto Vainio', 'Timo Kettunen']);
  });

  it('has final minutes once both have approved them', async () => {
    await actAs('Risto');
    await say('protokoll');
    await press(await cardThatSays('Version 1 · justeras'), 'Godkänn');
    await chat.waitForText('Tack, du har godkänt protokollet.');
    await actAs('Timo');
    await say('protokoll');
    await press(await cardThatSays('Timo Kettunen: har inte svarat än'), 'Godkänn');
    await chat.waitForText('Tack! Alla har godkänt, och protokollet är justerat.');
    expect(await chat.cardWithText('Version 1 · justerat').innerText()).to.include('Risto Vainio: har godkänt');
  });

  it('hands its minutes out as Word and PDF, and an extract for everybody', async () => {
    await press(chat.cardWithText('Version 1 · justerat'), 'Word och PDF');
    const card = await cardThatSays('Protokollet som fil');
    const docx = await chat.download(card, 'Word-fil');
    expect(docx.name).to.match(/\.docx$/);
    const words = strFromU8(unzipSync(docx.bytes)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, ' ');
    for (const said of [plan, matter, counter, sha256, 'Be avtalsparterna om svar.']) expect(words).to.include(said);
    const pdf = await chat.download(card, 'PDF-fil');
    expect(pdf.name).to.match(/\.pdf$/);
    expect(await firstPageOf(pdf.bytes))
      .to.include('Protokoll')
      .and.not.to.include('Offentligt');
    await press(card, 'Offentligt protokollsutdrag');
    const extract = await chat.download(await cardThatSays('Offentligt protokollsutdrag, på svenska'), 'PDF-fil');
    expect(await firstPageOf(extract.bytes)).to.include('Offentligt protokollsutdrag');
  });

  it('is remembered: what was decided, and what is left for whom', async () => {
    await say('beslut');
    const decided = await cardThatSays('Beslut och åtgärder');
    const text = await decided.innerText();
    expect(text).to.match(/Be avtalsparterna om svar\.\s+Risto Vainio · senast /);
    expect(text).to.match(/Ungdomscoacher till alla fyra team\s+§ \d+\/\d{4} · Enligt förslaget/);
    expect(text, 'what nobody worded anew is what was proposed').to.include(proposal);
    await actAs('Risto');
    await say('uppgifter');
    const tasks = await cardThatSays('1 uppgift väntar på dig');
    expect(await tasks.innerText())
      .to.include('Be avtalsparterna om svar.')
      .and.to.include(matter);
    await press(tasks, 'Klart');
    await chat.waitForText('Inget väntar på dig');
  });

  it('could be planned at any hour of any night, the two when the clocks change included', () => {
    for (const night of ['2026-11-26', '2026-12-31', '2027-03-27', '2027-10-30']) {
      const from = Temporal.ZonedDateTime.from(`${night}T22:00[${calendar.timeZone}]`).toInstant();
      for (let minutes = 0; minutes <= 8 * 60; minutes += 10) {
        const now = from.add({ minutes });
        // As it is read: of a time that the night has twice, the first.
        const read = soon(now).toPlainDateTime().toZonedDateTime(calendar.timeZone).toInstant();
        expect(now.until(read).total('minutes'), String(now)).to.be.within(20, 110);
      }
    }
  });
});

/** A full minute within two hours from `now`, on the wall; of a time that comes twice only what the first is. */
function soon(now: Temporal.Instant): Temporal.ZonedDateTime {
  const times = [60, 90].map((minutes) =>
    now.add({ minutes }).toZonedDateTimeISO(calendar.timeZone).round({ smallestUnit: 'minute', roundingMode: 'ceil' }),
  );
  const read = times.map((time) => time.toPlainDateTime().toZonedDateTime(calendar.timeZone));
  const found = read.find((time) => now.until(time.toInstant()).total('minutes') >= 20);
  if (!found) throw new Error(`No time after ${now} can be said.`);
  return found;
}

async function firstPageOf(pdf: Uint8Array): Promise<string> {
  const page = await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1);
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join(' ');
}
