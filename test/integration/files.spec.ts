import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { z } from 'zod';
import { checklistKey } from '../../src/checklists/stored.ts';
import { bodyId, tenantId } from '../../src/shared/ids.ts';
import { languages } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { objectId, startTestApp, tenant } from '../support/app.ts';
import { production, startIssuer } from '../support/issuer.ts';
import { answered, sv, type TestApp } from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

const note = 'Fråga Statistikcentralen.';
const reason = 'Ingen säljer alkohol här.';

/** The addresses on a card, by what their buttons say. */
function linksOn(card: unknown): Map<string, string> {
  const actions: unknown[] = isFields(card) && Array.isArray(card.actions) ? card.actions : [];
  const found = actions.flatMap((action) => (isFields(action) && action.type === 'Action.OpenUrl' ? [action] : []));
  return new Map(found.map(({ title, url }) => [String(title), String(url)]));
}

/** One that must be there. */
function linkOf({ card }: InvokeAnswer, format: 'docx' | 'pdf' | 'xlsx' | 'csv'): string {
  const link = linksOn(card).get(sv(`checklist.export.${format}`));
  if (!link) throw new Error(`no link: ${JSON.stringify(card)}`);
  return link;
}

describe('a checklist as a file', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let stopped: boolean;

  beforeEach(async () => {
    clock = shiftingClock();
    stopped = false;
    app = await startTestApp({ clock });
    app.teams.limited = false;
    await app.chat.installBot(app.people.maria);
    await app.chat.pressOld(app.people.maria, {
      verb: 'checklist.start',
      data: { body: 'team:lojo', template: 'startup' },
    });
    await app.bot.settled();
  });
  afterEach(() => app.stop());

  const list = { body: 'team:lojo', list: 'startup' };
  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { ...list, ...data } });
  const exported = (user: TeamsUser, data: Fields = {}) => press(user, 'checklist.export', data);
  const removed = (person: TeamsUser): Promise<InvokeAnswer> =>
    app.chat.pressOld(app.people.maria, {
      verb: 'team.removeMember',
      data: { body: 'team:lojo', person: person.aadObjectId, confirmed: 1 },
    });

  /** Who has taken which format, as the log of the list says. */
  async function logged(id = 'startup'): Promise<string[]> {
    if (!stopped) await app.bot.stop();
    stopped = true;
    const database = new DatabaseSync(join(app.dataDir, 'ankarbot.db'));
    const key = checklistKey({ tenant: tenantId(tenant), body: bodyId('team:lojo'), id });
    const row = database
      .prepare('SELECT data FROM documents WHERE partition = ? AND id = ?')
      .get(key.partition, key.id);
    database.close();
    const entry = z.object({ who: z.string(), what: z.string(), detail: z.record(z.string(), z.unknown()).optional() });
    const { ledger } = z.object({ ledger: z.object({ pending: z.array(entry) }) }).parse(JSON.parse(String(row?.data)));
    return ledger.pending.flatMap(({ who, what, detail }) =>
      what === 'checklist.export' ? [`${who} ${detail?.format}`] : [],
    );
  }

  it('goes from the button over the link to the file of that moment, in every format, and into the log', async () => {
    const { petri, maria } = app.people;
    await press(petri, 'checklist.note', { item: 'population', note });
    await press(petri, 'checklist.notApplicable', { item: 'alcohol', reason });
    const view = await press(petri, 'checklist.view');
    expect(JSON.stringify(view.card)).to.include('"checklist.export"');
    const card = await exported(petri);
    expect(answered(card)).to.include(sv('checklist.export.title', { title: 'Starta ankarverksamheten' }));
    await press(maria, 'checklist.done', { item: 'population' });
    const texts: Record<string, (bytes: Uint8Array) => unknown> = {
      csv: (bytes) => parse(Buffer.from(bytes), { bom: true, delimiter: ';' }).flat().join('\n'),
      xlsx: (bytes) => strFromU8(unzipSync(bytes)['xl/sharedStrings.xml'] ?? new Uint8Array()),
      docx: (bytes) => strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()),
      async pdf(bytes) {
        const pdf = await getDocumentProxy(bytes);
        const { items } = await (await pdf.getPage(1)).getTextContent();
        return items.map((item) => ('str' in item ? item.str : '')).join(' ');
      },
    };
    for (const format of ['docx', 'pdf', 'xlsx', 'csv'] as const) {
      const link = linkOf(card, format);
      expect(link, 'on this machine in local mode').to.match(/^http:\/\/localhost:\d+\/files\/[\w.-]+$/);
      const answer = await fetch(link);
      expect(answer.status).to.equal(200);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(answer.headers.get('content-length')).to.equal(String(bytes.length));
      const text = String(await texts[format]?.(bytes));
      expect(text, format).to.include(maria.name).and.include('Inte aktuell').and.include('Bilaga 8, lägesbild 1');
      for (const part of ['Statistikcentralen', 'Ingen säljer']) expect(text, format).to.not.include(part);
      const headers = Object.fromEntries(answer.headers);
      expect(headers).to.include({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; sandbox",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-disposition']).to.match(
        new RegExp(
          `^attachment; filename=".+"; filename\\*=UTF-8''Starta%20ankarverksamheten%202026-11-23\\.${format}$`,
        ),
      );
    }
    const who = petri.aadObjectId;
    expect(await logged()).to.deep.equal([`${who} docx`, `${who} pdf`, `${who} xlsx`, `${who} csv`]);
  });

  it('is logged each time that it is taken, and never when somebody only looks whether it is there', async () => {
    const link = linkOf(await exported(app.people.petri), 'csv');
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'DELETE'])
      expect((await fetch(link, { method })).status, method).to.equal(405);
    for (const _ of [1, 2]) expect((await fetch(link)).status).to.equal(200);
    expect(await logged()).to.have.lengthOf(2);
  });

  it('is in the language of whoever asked', async () => {
    const { petri } = app.people;
    await app.chat.pressOld(petri, { verb: 'language.set', data: { language: 'fi' } });
    const [, link = ''] = [...linksOn((await exported(petri)).card)].find(([title]) => title.startsWith('CSV')) ?? [];
    expect(await (await fetch(link)).text()).to.include('Osa;Nro;Kohta;Lähde;Tilanne;Vastuussa');
  });

  it('is handed out for a quarter of an hour, and not once a character of the link is another', async () => {
    const link = linkOf(await exported(app.people.petri), 'csv');
    const other = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
    for (const address of [other, `${link}x`, `${link}?x=1`, `${link}/`, link.slice(0, -5), new URL('/files/', link)])
      expect((await fetch(address)).status, String(address)).to.equal(404);
    clock.jump(clock.now().add({ minutes: 14 }));
    expect((await fetch(link)).status).to.equal(200);
    clock.jump(clock.now().add({ minutes: 1, seconds: 1 }));
    const late = await fetch(link);
    expect(late.status).to.equal(410);
    const page = await late.text();
    for (const language of languages) expect(page).to.include(textsFor(language)('files.gone.text'));
    expect(page).to.not.match(/Petri|startup|lojo/i);
    expect(late.headers.get('cache-control')).to.equal('no-store');
    expect(await logged()).to.have.lengthOf(1);
  });

  it('is nothing for whoever was a member when they pressed and is none when they download', async () => {
    const { niina } = app.people;
    const link = linkOf(await exported(niina), 'csv');
    await removed(niina);
    expect((await fetch(link)).status).to.equal(404);
    expect(await logged()).to.deep.equal([]);
  });

  it('is offered to members and leaders alone', async () => {
    const stranger = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const refused = await exported(stranger);
    expect(answered(refused)).to.include(sv('errors.directory.notAMember'));
    expect(linksOn(refused.card).size).to.equal(0);
    for (const user of [app.people.maria, app.people.petri])
      expect(linksOn((await exported(user)).card).size).to.equal(4);
    expect(answered(await exported(app.people.petri, { list: 'no-such' }))).to.include(sv('errors.checklist.notFound'));
  });

  it('is of an induction only for whom it is for and for leaders, and its name names nobody', async () => {
    const { maria, petri, jonas } = app.people;
    await app.chat.pressOld(maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: objectId('77'), profession: 'health', role: 'member' },
    });
    const newcomer = app.teams.addUser({ name: 'Noor Nyanländer', aadObjectId: objectId('77') });
    await app.chat.addMember(newcomer);
    await app.chat.pressOld(maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: objectId('77'), profession: 'health', role: 'member' },
    });
    await app.bot.settled();
    const induction = { list: `induction-expert~${objectId('77')}` };
    for (const user of [petri, jonas])
      expect(answered(await exported(user, induction)), user.name).to.include(sv('errors.checklist.notFound'));
    for (const user of [newcomer, maria]) {
      const answer = await fetch(linkOf(await exported(user, induction), 'csv'));
      expect(answer.status, user.name).to.equal(200);
      expect(answer.headers.get('content-disposition'))
        .to.include('Introduktion')
        .and.not.match(/Noor|77/);
    }
    // Whoever led the team and does not any more: the link of before leads nowhere.
    await app.chat.pressOld(maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: petri.aadObjectId, profession: 'police', role: 'leader' },
    });
    const link = linkOf(await exported(petri, induction), 'csv');
    expect((await fetch(link)).status).to.equal(200);
    await app.chat.pressOld(maria, {
      verb: 'team.setMember',
      data: { body: 'team:lojo', person: petri.aadObjectId, profession: 'police', role: 'member' },
    });
    expect((await fetch(link)).status).to.equal(404);
  });

  it('is made ten times a minute for one person, who is told when to come again', async () => {
    const link = linkOf(await exported(app.people.petri), 'csv');
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(link)));
    expect(answers.filter(({ status }) => status === 200)).to.have.lengthOf(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).to.have.lengthOf(40);
    expect(Number(refused[0]?.headers.get('retry-after'))).to.be.within(1, 60);
    const colleague = linkOf(await exported(app.people.niina), 'csv');
    expect((await fetch(colleague)).status, 'nobody else waits for it').to.equal(200);
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).to.include('ankarbot_files_total{outcome="429"} 40');
    expect(await logged()).to.have.lengthOf(11);
  });

  it('can have 500 items, while presses are answered as always', async () => {
    const { maria, petri } = app.people;
    const items = Array.from({ length: 150 }, (_, id) => `      - { id: i${id}, text: Punkt ${id} }`).join('\n');
    const file = `id: stor\nfor: team\ntitle: Stor\nblocks:\n  - id: a\n    title: A\n    items:\n${items}\n`;
    await press(maria, 'checklist.ownFile', { file });
    const big = { list: 'own-stor' };
    for (let id = 150; id < 500; id += 1) {
      const text = `${'Säkerställ att allt är gjort. '.repeat(8)} Punkt ${id}`;
      await press(maria, 'checklist.saveContent', { ...big, block: 'a', newId: `i${id}`, sv: text });
    }
    const card = await exported(petri, big);
    const made = fetch(linkOf(card, 'pdf'));
    let slowest = 0;
    let isMade = false;
    const done = made.then(() => {
      isMade = true;
    });
    while (!isMade) {
      const from = performance.now();
      await press(petri, 'checklist.view');
      slowest = Math.max(slowest, performance.now() - from);
    }
    await done;
    const answer = await made;
    expect(answer.status).to.equal(200);
    const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
    const { items: last } = await (await pdf.getPage(pdf.numPages)).getTextContent();
    expect(last.map((part) => ('str' in part ? part.str : '')).join('')).to.include('Punkt 499');
    const rows = (await (await fetch(linkOf(card, 'csv'))).text()).split('\r\n');
    expect(rows).to.have.lengthOf(502);
    expect(slowest, 'milliseconds').to.be.below(1_000);
  }).timeout(120_000);
});

describe('a checklist as a file, outside local mode', () => {
  it('is handed out at the bot’s host name, without any token of Teams', async () => {
    const issuer = await startIssuer();
    const app = await startTestApp({ environment: { ...production, ...issuer.environment } });
    const press = async (verb: string, data: Fields): Promise<unknown> => {
      const response = await fetch(`${app.url}/api/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await issuer.token({ serviceurl: app.teams.serviceUrl })}` },
        body: JSON.stringify({
          type: 'invoke',
          name: 'adaptiveCard/action',
          channelId: 'msteams',
          id: `f:${crypto.randomUUID()}`,
          serviceUrl: app.teams.serviceUrl,
          from: { id: '29:petri', name: 'Petri Aaltonen', aadObjectId: objectId('21') },
          recipient: { id: app.teams.botId, name: 'Ankarboten' },
          conversation: { id: app.chat.id, conversationType: 'groupChat', isGroup: true, tenantId: tenant },
          channelData: { tenant: { id: tenant } },
          value: { action: { type: 'Action.Execute', verb, data } },
        }),
      });
      const body: unknown = await response.json();
      return isFields(body) ? body.value : null;
    };
    await press('checklist.start', { body: 'team:lojo', template: 'startup' });
    const links = [...linksOn(await press('checklist.export', { body: 'team:lojo', list: 'startup' })).values()];
    expect(links).to.have.lengthOf(4);
    for (const link of links) expect(link).to.match(/^https:\/\/ankarbot\.example\/files\/[\w.-]+$/);
    const { pathname } = new URL(links[3] ?? '');
    const answer = await fetch(`${app.url}${pathname}`);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'text/csv; charset=utf-8']);
    await app.stop();
    await issuer.close();
  });
});
