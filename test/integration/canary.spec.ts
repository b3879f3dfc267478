import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { exampleDirectory } from '../support/builders.ts';
import { type BotProcess, startProcessApp } from '../support/process-app.ts';
import { cardsOf, example, handIn, pressOn, shown, sv } from '../support/seed.ts';
import { executeActions, textOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fault, type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** Made-up words that occur nowhere else: wherever one turns up, something has leaked. */
const canaries = {
  name: 'Zyxwella Kanarifagelsson',
  guardianContact: 'Qvorbert Plutthult',
  narrative: 'Krumelurpicknick vid Blaskviken',
  note: 'Snorkelbandsorkester',
  otherName: 'Wrimpeldina Fnosk',
  otherNarrative: 'Tjolahoppsanspark',
  unsent: 'Glufsmaskin Bortkastad',
  typed: 'Hurvelgrisens',
  title: 'Fjompmaskinsupphandling',
  background: 'Kladdkaksberedning',
  proposal: 'Tuppfjäderbeslutet',
  link: 'Gnuggbananunderlag',
} as const;
const words = Object.values(canaries).flatMap((text) => text.split(' '));
const found = (text: string): string[] => words.filter((word) => text.includes(word) && word !== 'vid');

describe('what identifies a young person, and what people write of an agenda', () => {
  let app: Awaited<ReturnType<typeof startProcessApp>>;
  let bot: BotProcess;
  let metrics: string;
  /** Answers that only their reader sees and that may say who it is about. */
  const confided: InvokeAnswer[] = [];
  const answers: InvokeAnswer[] = [];
  const http: string[] = [];
  const files: { status: number; text: string }[] = [];
  const addresses: string[] = [];

  before(async () => {
    app = await startProcessApp(4, { LOG_LEVEL: 'debug' });
    bot = await app.start();
    await wholeFlow();
    metrics = await (await fetch(`${bot.url}/metrics`)).text();
    // A killed process leaves its write-ahead log behind, so more bytes are looked at than after a clean end.
    await bot.kill();
  });
  after(() => app.close());

  async function wholeFlow(): Promise<void> {
    const { chat, maria } = app;
    const [police = maria, social = maria, nurse = maria] = app.experts;
    const { youngPerson: _person, narrative: _narrative, concerns, ...codes } = example;
    const typed: Fields = {
      ...codes,
      municipality: 'lojo',
      concerns: concerns.join(','),
      name: canaries.name,
      guardianContact: canaries.guardianContact,
      narrative: canaries.narrative,
    };
    await chat.installBot(maria);

    // By the form in the chat: first with a mistake, which gives what was typed back to its author.
    await chat.say(social, 'ny hänvisning');
    const form = await chat.waitFor(() =>
      chat.messages.find(({ activity }) => textOf(activity).includes(sv('referral.form.name'))),
    );
    confided.push(
      await chat.press(social, form, 'referral.submit', { ...typed, ageBand: '', narrative: canaries.unsent }),
    );
    answers.push(await chat.press(social, form, 'referral.submit', typed));
    const reference = await chat.waitFor(() => /LOJ-\d{4}-\d{4}/.exec(chat.text())?.[0]);
    await shown(chat, reference);

    // Over HTTP: first with mistakes, then well.
    for (const fields of [
      { municipality: canaries.typed, youngPerson: { name: canaries.otherName } },
      {
        [`${canaries.typed} 1`]: canaries.typed,
        youngPerson: { name: canaries.otherName, [`${canaries.typed} 2`]: 1 },
      },
      { narrative: [canaries.otherNarrative] },
    ]) {
      http.push(await handIn({ ...app, url: bot.url }, fields).catch((error: unknown) => String(error)));
    }
    const other = await handIn(
      { ...app, url: bot.url },
      { youngPerson: { name: canaries.otherName }, narrative: canaries.otherNarrative },
    );
    await shown(chat, other);

    // Triage, with the note given back to its author once, and Teams failing in between.
    answers.push(await pressOn(chat, police, reference, 'referral.claim'));
    // The reason that Teams gives may quote anything, and becomes the message of an error.
    const quoting = { error: { code: 'BadSyntax', message: `Cannot read ${canaries.typed}` } };
    // What is refused three times is given up, and logged.
    const refusals: Fault[] = Array.from({ length: 3 }, () => ({ status: 400, body: quoting }));
    app.teams.fail(({ method, path }) =>
      method === 'POST' && path.endsWith('/v3/conversations') ? refusals.shift() : undefined,
    );
    answers.push(await pressOn(chat, police, reference, 'referral.ask', { person: nurse.aadObjectId }));
    await app.teams.waitFor(() => refusals.length === 0, 10_000);
    confided.push(await pressOn(chat, social, reference, 'referral.assess', { note: canaries.note }));
    const failures: Fault[] = [{ status: 400, body: quoting }, { status: 502 }, 'reset'];
    app.teams.fail(({ method }) => (method === 'PUT' ? failures.shift() : undefined));
    const opinion = { worry: '3', recommendation: 'accept' };
    answers.push(await pressOn(chat, social, reference, 'referral.assess', { ...opinion, note: canaries.note }));
    answers.push(await pressOn(chat, police, reference, 'referral.assess', opinion));
    for (const [user, id] of [
      [social, reference],
      [nurse, reference],
      [social, other],
    ] as const) {
      confided.push(await pressOn(chat, user, id, 'referral.details'));
      answers.push(await pressOn(chat, user, id, 'referral.view'));
    }
    answers.push(await pressOn(chat, police, reference, 'referral.decide', { outcome: 'accepted', reason: 'offence' }));
    await shown(chat, reference, ['Mottagen'], 10_000);
    await meeting(reference, police);
    await agenda();
    await chat.say(police, other);
    await chat.say(police, 'hänvisningar');

    // What people write where they should not, and what nobody should send.
    await chat.say(social, `${canaries.typed} är försvunnen`);
    await chat.say(social, `${canaries.typed} 040 123 4567`);
    answers.push(await chat.pressOld(social, { verb: canaries.typed, data: { id: canaries.typed } }));
    answers.push(
      await chat.pressOld(social, { verb: 'referral.assess', data: { id: reference, worry: [canaries.typed] } }),
    );
    await chat.send(social, { type: canaries.typed, text: canaries.typed });
    await chat.waitFor(() => cardsOf(chat, other).length === 1 && chat.text().includes(sv('command.unknown')), 10_000);
  }

  /** Its Anchor meeting, booked from its card: first with her name in the title, which goes back to its author alone. */
  async function meeting(reference: string, user: TeamsUser): Promise<void> {
    const { chat } = app;
    answers.push(await pressOn(chat, user, reference, 'referral.meetingForm'));
    const date = Temporal.Now.plainDateISO('Europe/Helsinki').add({ days: 7 }).toString();
    const about = { kind: 'case', subject: reference, body: 'team:lojo', everyone: 'everyone' };
    const inputs = { formId: crypto.randomUUID(), ...about, date, time: '13:00' };
    const plan = (title: string, despite?: string) =>
      pressOn(chat, user, reference, 'meeting.plan', { ...inputs, title, ...(despite && { despite }) });
    confided.push(await plan(`Om ${canaries.name}`));
    const doubted = await plan('');
    const again = executeActions(doubted.card ?? {}).find(({ action }) => action.verb === 'meeting.plan')?.action.data;
    const planned = isFields(again) ? await plan('', String(again.despite)) : doubted;
    answers.push(doubted, planned);
    const open = executeActions(planned.card ?? {}).find(({ action }) => action.verb === 'meeting.view')?.action.data;
    const id = isFields(open) ? String(open.id) : '';
    for (const verb of ['meeting.view', 'meeting.letter', 'calendar.meeting']) {
      const answer = await chat.pressOld(user, { verb, data: { id, on: date } });
      answers.push(answer);
      for (const [address] of JSON.stringify(answer.card).matchAll(/https?:[^"\\]+/g)) {
        addresses.push(address);
        // Teams' own calendar is told by the address alone.
        if (!address.startsWith('http://localhost')) continue;
        const file = await fetch(address);
        files.push({ status: file.status, text: await textIn(new Uint8Array(await file.arrayBuffer())) });
      }
    }
    await chat.waitFor(() => chat.text().includes(`${reference} · ${sv('meeting.kind.case')}`), 10_000);
  }

  /**
   * Nobody is to be named on an agenda, and somebody may do so all the same: what is written there goes to those who read the
   * agenda, and lies nowhere else.
   */
  async function agenda(): Promise<void> {
    const { chat } = app;
    const aadObjectId = exampleDirectory().people.find(({ name }) => name === 'Kaisa Sandberg')?.id ?? '';
    const kaisa = app.teams.addUser({ name: 'Kaisa Sandberg', aadObjectId });
    const at = { body: 'steering:vastra-nyland', sitting: '1' };
    const press = (verb: string, data: Fields = {}) => chat.pressOld(kaisa, { verb, data: { ...at, ...data } });
    await press('agenda.open');
    const facts = { kind: 'decision', presenter: 'nobody', confidential: 'true' };
    const written = { title: canaries.title, background: canaries.background, proposal: canaries.proposal };
    const item = crypto.randomUUID();
    confided.push(
      await press('agenda.saveItem', { ...facts, ...written, links: 'http://x', newId: item }),
      await press('agenda.saveItem', {
        ...{ ...facts, ...written, newId: item, links: `https://example.com/${canaries.link}` },
      }),
      await press('agenda.view', { item }),
    );
  }

  /** Whatever can be read of a file: the parts of a Word document, the pages of a PDF, or what it is itself. */
  async function textIn(bytes: Uint8Array): Promise<string> {
    const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
    if (start.startsWith('PK'))
      return Object.values(unzipSync(bytes))
        .map((part) => strFromU8(part))
        .join('\n');
    if (!start.startsWith('%PDF')) return Buffer.from(bytes).toString();
    const pdf = await getDocumentProxy(bytes);
    const { items } = await (await pdf.getPage(1)).getTextContent();
    const { info } = await pdf.getMetadata();
    return items.map((item) => ('str' in item ? item.str : '')).join(' ') + JSON.stringify(info);
  }

  it('is shown in the details, and given back with a form’s mistakes, to the one who pressed', () => {
    const shownTo = confided.map(({ body }) => found(JSON.stringify(body)));
    expect(new Set(shownTo.flat())).to.include.members([
      'Zyxwella',
      'Plutthult',
      'Krumelurpicknick',
      'Snorkelbandsorkester',
      'Fjompmaskinsupphandling',
      'Kladdkaksberedning',
      'Tuppfjäderbeslutet',
      'Gnuggbananunderlag',
    ]);
    for (const seen of shownTo) expect(seen).to.not.be.empty;
  });

  it('stands in no message to any chat', () => {
    expect(app.teams.requests.length).to.be.greaterThan(8);
    for (const { path, body } of app.teams.requests) expect(found(path + JSON.stringify(body)), path).to.deep.equal([]);
  });

  it('stands in no other answer', () => {
    expect(answers.length).to.be.greaterThan(5);
    for (const { body } of answers) expect(found(JSON.stringify(body))).to.deep.equal([]);
    for (const text of http) expect(found(text), text).to.deep.equal([]);
  });

  it('stands in no file that goes out about the meeting with them, and in no address', () => {
    // The invitation in three languages, in two formats each, and the calendar's.
    expect(files.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200, 200, 200]);
    expect(files.at(-1)?.text).to.include('BEGIN:VEVENT');
    for (const { text } of files) expect(found(text)).to.deep.equal([]);
    expect(addresses).to.have.lengthOf(8);
    for (const address of addresses) expect(found(decodeURIComponent(address)), address).to.deep.equal([]);
  });

  it('stands in no line of the log, also when something failed', () => {
    expect(bot.output()).to.match(/"level":50/);
    expect(found(bot.output())).to.deep.equal([]);
  });

  it('stands in no metric', () => {
    expect(metrics).to.include('ankarbot_actions_total');
    expect(found(metrics)).to.deep.equal([]);
  });

  it('stands in no byte of what is stored', () => {
    const files = readdirSync(app.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).to.include('ankarbot.db');
    for (const { parentPath, name } of files) {
      const bytes = readFileSync(join(parentPath, name));
      for (const encoding of ['latin1', 'utf16le'] as const) {
        expect(found(bytes.toString(encoding)), name).to.deep.equal([]);
      }
    }
  });
});
