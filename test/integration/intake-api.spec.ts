import crypto from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import sinon from 'sinon';
import { startTestApp, type TestAppOptions } from '../support/app.ts';
import { type IntakeAnswer, postReferral, referralBody, regionWithSources } from '../support/intake.ts';
import { startAgain } from '../support/seed.ts';
import { simulatedClock } from '../support/simulated-clock.ts';
import { textOf } from '../support/teams/cards.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const key = 'skolans-hemliga-nyckel-7Yk2';
const authorization = `Bearer ${key}`;
const otherKey = 'ungdomens-hemliga-nyckel-p3Q';

/** Where each municipality belongs, by its Swedish and its Finnish name. */
const homes: readonly (readonly [sv: string, fi: string, code: string, contact: string])[] = [
  ['Lojo', 'Lohja', 'LOJ', 'Lojo ankarteam, Lojo polisstation'],
  ['Högfors', 'Karkkila', 'LOJ', 'Lojo ankarteam, Lojo polisstation'],
  ['Vihtis', 'Vihti', 'LOJ', 'Lojo ankarteam, Lojo polisstation'],
  ['Raseborg', 'Raasepori', 'RAS', 'Raseborgs ankarteam, Raseborgs polisstation'],
  ['Hangö', 'Hanko', 'RAS', 'Raseborgs ankarteam, Raseborgs polisstation'],
  ['Ingå', 'Inkoo', 'RAS', 'Raseborgs ankarteam, Raseborgs polisstation'],
  ['Kyrkslätt', 'Kirkkonummi', 'KYR', 'Kyrkslätts ankarteam, Kyrkslätts polisstation'],
  ['Sjundeå', 'Siuntio', 'KYR', 'Kyrkslätts ankarteam, Kyrkslätts polisstation'],
  ['Esbo', 'Espoo', 'ESB', 'Esbo ankarteam, Esbo polisstation'],
  ['Grankulla', 'Kauniainen', 'ESB', 'Esbo ankarteam, Esbo polisstation'],
];

describe('the HTTP intake', () => {
  let folder: string;
  let app: App;
  let logged: string[];

  const start = async (options: TestAppOptions = {}): Promise<App> => {
    const log = (fields: object, message: string): void => void logged.push(JSON.stringify({ ...fields, message }));
    const started = await startTestApp({
      dataDir: folder,
      log: { info: log, warn: log, error: log },
      ...options,
      environment: {
        REGION_FILE: regionWithSources(folder, [
          { name: 'skolan', key },
          { name: 'ungdom', key: otherKey, perMinute: 3 },
        ]),
        ...options.environment,
      },
    });
    app = started;
    return started;
  };
  const post = (body: unknown, idempotencyKey: string | null = null): Promise<IntakeAnswer> =>
    postReferral(app.url, { body, authorization, idempotencyKey });
  const referenceOf = ({ body }: IntakeAnswer): string => String(body.reference);
  const cardsOf = (reference: string): number =>
    app.chat.messages.filter(({ activity }) => textOf(activity).includes(reference)).length;
  const fieldsOf = ({ body }: IntakeAnswer): unknown[] =>
    Array.isArray(body.errors) ? body.errors.map((error: { field: unknown }) => error.field) : [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-intake-'));
    logged = [];
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('what a referrer gets to know', () => {
    it('answers 202 with the reference and whom to contact, and nothing more', async () => {
      await start();
      const answer = await post(referralBody());
      expect(answer.status).to.equal(202);
      expect(answer.headers.get('content-type')).to.match(/^application\/json/);
      expect(Object.keys(answer.body)).to.have.members(['reference', 'contact']);
      expect(answer.body.reference).to.match(/^LOJ-\d{4}-0001$/);
      expect(answer.body.contact).to.equal('Lohja Anchor team, Lohja police station');
    });

    it('names the contact in the language that the referrer asks for', async () => {
      await start();
      const answer = await postReferral(app.url, { authorization, headers: { 'accept-language': 'fi-FI,fi;q=0.9' } });
      expect(answer.body.contact).to.equal('Lohjan ankkuritiimi, Lohjan poliisiasema');
    });

    it('shows the referral in the team’s chat by its codes alone', async () => {
      const { chat, people } = await start();
      await chat.installBot(people.maria);
      const reference = referenceOf(await post(referralBody()));
      await chat.waitFor(() => chat.text().includes(reference));
      expect(chat.text()).to.include('Mobbning');
      expect(JSON.stringify(chat.messages)).not.to.match(/Påhittström|tre veckor/);
      expect(app.teams.violations).to.deep.equal([]);
    });
  });

  it('says of a named source what it is, whatever the source says of itself', async () => {
    const { chat, people } = await start();
    await chat.installBot(people.maria);
    const reference = referenceOf(await post(referralBody({ source: 'police' })));
    await chat.waitFor(() => chat.text().includes(reference));
    expect(chat.text()).to.include('Skola eller läroanstalt').and.not.include('Polisen');
  });

  describe('the same request again', () => {
    it('gives the same reference and one card when it is repeated with its Idempotency-Key', async () => {
      const { chat, people, bot } = await start();
      await chat.installBot(people.maria);
      const first = await post(referralBody(), 'order-1');
      const again = await post(referralBody(), 'order-1');
      expect([first.status, again.status]).to.deep.equal([202, 202]);
      expect(again.body).to.deep.equal(first.body);
      await chat.waitFor(() => cardsOf(referenceOf(first)) > 0);
      await bot.stop();
      expect(cardsOf(referenceOf(first))).to.equal(1);
    });

    it('gives the same reference and contact after the municipality has moved to another team', async () => {
      await start();
      const first = await post(referralBody({ municipality: 'Högfors' }), 'order-moved');
      expect(referenceOf(first)).to.match(/^LOJ-/);
      await app.bot.stop();
      const file = regionWithSources(folder, [{ name: 'skolan', key }]);
      const moved = readFileSync(file, 'utf8')
        .replace('[lojo, hogfors, vihtis]', '[lojo, vihtis]')
        .replace('[raseborg, hango, inga]', '[raseborg, hango, inga, hogfors]');
      writeFileSync(file, moved);
      app.bot = await startAgain(app, {}, { REGION_FILE: file });
      const url = `http://127.0.0.1:${app.bot.port}`;
      const repeat = (idempotencyKey: string): Promise<IntakeAnswer> =>
        postReferral(url, { body: referralBody({ municipality: 'Högfors' }), authorization, idempotencyKey });
      expect((await repeat('order-moved')).body).to.deep.equal(first.body);
      expect(referenceOf(await repeat('order-new'))).to.match(/^RAS-/);
      await app.bot.stop();
      const database = new DatabaseSync(join(folder, 'ankarbot.db'));
      const stored = database.prepare("SELECT id FROM documents WHERE kind = 'referral' ORDER BY id").all();
      database.close();
      expect(stored.map(({ id }) => String(id).slice(0, 3))).to.deep.equal(['LOJ', 'RAS']);
    });

    it('gives one reference and one card when ten come at the same moment', async () => {
      const { chat, people, bot } = await start();
      await chat.installBot(people.maria);
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(referralBody(), 'order-10')));
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([202]));
      expect(new Set(answers.map(referenceOf)).size).to.equal(1);
      await chat.waitFor(() => chat.messages.length > 1);
      await bot.stop();
      expect(chat.messages).to.have.length(2);
      expect(app.teams.violations).to.deep.equal([]);
    });

    it('remembers the key over a restart', async () => {
      await start();
      const first = await post(referralBody(), 'order-2');
      await app.stop();
      await start();
      await app.chat.installBot(app.people.maria);
      const again = await post(referralBody(), 'order-2');
      expect(again.body).to.deep.equal(first.body);
      await app.chat.waitFor(() => cardsOf(referenceOf(first)) > 0);
      await app.bot.stop();
      expect(cardsOf(referenceOf(first))).to.equal(1);
    });

    it('refuses a key that was used for other content, and stores nothing of it', async () => {
      await start();
      await post(referralBody(), 'order-3');
      const other = await post(referralBody({ municipality: 'Vihtis' }), 'order-3');
      expect(other.status).to.equal(422);
      expect(other.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(referenceOf(await post(referralBody()))).to.match(/-0002$/);
    });

    it('counts the same request without a key as another referral', async () => {
      await start();
      const references = [await post(referralBody()), await post(referralBody())].map(referenceOf);
      expect(references.map((reference) => reference.slice(-4))).to.deep.equal(['0001', '0002']);
    });

    it('keeps the keys of two sources apart', async () => {
      await start();
      const first = await post(referralBody(), 'order-4');
      const theirs = await postReferral(app.url, { authorization: `Bearer ${otherKey}`, idempotencyKey: 'order-4' });
      expect(referenceOf(theirs)).not.to.equal(referenceOf(first));
    });

    it('refuses an Idempotency-Key that is none', async () => {
      await start();
      const answer = await post(referralBody(), 'x'.repeat(201));
      expect(answer.status).to.equal(400);
      expect(fieldsOf(answer)).to.deep.equal(['Idempotency-Key']);
    });
  });

  describe('who may hand in', () => {
    it('refuses a missing, malformed or unknown key with 401, and says how to come in', async () => {
      await start();
      const refused = [
        null,
        '',
        'Bearer',
        'Bearer ',
        key,
        `Basic ${key}`,
        `Bearer ${key}x`,
        `Bearer ${key.slice(0, -1)}`,
        `Bearer  ${key}`,
        'Bearer sha256:00',
      ];
      for (const wrong of refused) {
        const answer = await postReferral(app.url, { authorization: wrong });
        expect(answer.status, String(wrong)).to.equal(401);
        expect(answer.headers.get('www-authenticate')).to.match(/^Bearer/);
        expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      }
      expect(referenceOf(await post(referralBody()))).to.match(/-0001$/);
    });

    it('compares a key with every source in constant time', async () => {
      await start();
      const compare = sinon.spy(crypto, 'timingSafeEqual');
      syncBuiltinESMExports();
      try {
        await postReferral(app.url, { authorization: 'Bearer unknown' });
        const afterUnknown = compare.callCount;
        await post(referralBody({ municipality: 'Åbo' }));
        expect(afterUnknown, 'an unknown key').to.be.at.least(2);
        expect(compare.callCount - afterUnknown, 'the first key').to.equal(afterUnknown);
      } finally {
        compare.restore();
        syncBuiltinESMExports();
      }
    });

    it('writes no key, no name and no text into the log', async () => {
      await start();
      await post(referralBody(), 'order-5');
      await post({ ...referralBody(), municipality: 'Saga Påhittström' });
      await postReferral(app.url, { authorization: 'Bearer nyckel-som-ingen-kanner' });
      await app.bot.stop();
      expect(logged.length).to.be.greaterThan(0);
      expect(logged.join('\n')).not.to.match(/hemliga-nyckel|ingen-kanner|Påhittström|tre veckor|order-5/);
    });
  });

  describe('what is too much', () => {
    it('refuses a body over 64 KB with 413, with its length told and without', async () => {
      await start();
      const large = JSON.stringify(referralBody({ narrative: 'a'.repeat(65 * 1024) }));
      expect((await post(large)).status).to.equal(413);
      expect(await postInPieces(`${app.url}/api/referrals`, authorization, large)).to.equal(413);
      expect(referenceOf(await post(referralBody()))).to.match(/-0001$/);
    });

    it('takes a body just below 64 KB as far as its fields go', async () => {
      await start();
      const answer = await post(referralBody({ narrative: 'a'.repeat(63 * 1024) }));
      expect(answer.status).to.equal(400);
      expect(fieldsOf(answer)).to.deep.equal(['narrative']);
    });

    it('answers 429 with Retry-After to a source that comes too often, and lets others in', async () => {
      const clock = simulatedClock();
      await start({ clock });
      const theirs = (): Promise<IntakeAnswer> => postReferral(app.url, { authorization: `Bearer ${otherKey}` });
      expect([await theirs(), await theirs(), await theirs()].map(({ status }) => status)).to.deep.equal([
        202, 202, 202,
      ]);
      const refused = await theirs();
      expect(refused.status).to.equal(429);
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).to.be.within(1, 60);
      expect((await post(referralBody())).status).to.equal(202);
      await clock.advance(seconds * 1_000);
      expect((await theirs()).status).to.equal(202);
    });
  });

  describe('what is wrong', () => {
    it('names every field that is wrong, and repeats nothing of what was sent', async () => {
      await start();
      const answer = await post({
        municipality: 'Kuckeliku',
        concerns: ['narcotics', 'hemlig-kod'],
        ageBand: 'from12to14',
        gender: 'hemligt-kon',
        urgency: 7,
        youngPerson: { name: ' ', birthYear: 1950, nickname: 'Hemlis' },
        narrative: 'x'.repeat(4_001),
        'hemligt fält': 1,
      });
      expect(answer.status).to.equal(400);
      expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(answer.body).to.include({ status: 400 });
      expect(fieldsOf(answer)).to.have.members([
        'municipality',
        'basis',
        'concerns',
        'gender',
        'urgency',
        'youngPerson.name',
        'youngPerson.birthYear',
        'youngPerson.nickname',
        'narrative',
        '(unreadable)',
      ]);
      expect(answer.text).not.to.match(/Kuckeliku|hemlig|Hemlis|1950|xxx/);
    });

    it('refuses what is not JSON, and JSON that is no object', async () => {
      await start();
      for (const body of ['', '{', 'null', '[]', '"x"', '7', `${'['.repeat(30_000)}${']'.repeat(30_000)}`]) {
        const answer = await post(body);
        expect(answer.status, body.slice(0, 10)).to.equal(400);
        expect(fieldsOf(answer)).to.deep.equal(['body']);
      }
      expect((await post('{"__proto__":{"municipality":"Lojo"}}')).status).to.equal(400);
    });

    it('refuses an age that Anchor work is not for, or that contradicts the year of birth', async () => {
      await start({ clock: simulatedClock() });
      const age = async (birthYear: number, ageBand: string): Promise<unknown> => {
        const answer = await post(referralBody({ ageBand, youngPerson: { name: 'Saga P', birthYear } }));
        return answer.status === 202 ? 202 : answer.body.errors;
      };
      expect(JSON.stringify(await age(2000, 'from15to17'))).to.include('overAge');
      expect(JSON.stringify(await age(2020, 'from15to17'))).to.include('ageBandMismatch');
      expect(await age(2011, 'from15to17')).to.equal(202);
    });

    it('refuses a municipality of no team with 422 and stores nothing', async () => {
      await start();
      const answer = await post(referralBody({ municipality: 'Åbo' }), 'order-6');
      expect(answer.status).to.equal(422);
      expect(fieldsOf(answer)).to.deep.equal(['municipality']);
      expect(referenceOf(await post(referralBody(), 'order-6'))).to.match(/-0001$/);
    });

    it('repeats no personal identity code that stands in the place of a municipality', async () => {
      await start();
      const answer = await post(referralBody({ municipality: '131052-308T' }));
      expect(answer.status).to.equal(400);
      expect(JSON.stringify(answer.body)).to.include('sensitive').and.not.include('131052');
    });
  });

  it('leads every municipality, by its Swedish and its Finnish name, to its team', async () => {
    await start();
    for (const [sv, fi, code, contact] of homes) {
      for (const municipality of [sv, fi, sv.toUpperCase()]) {
        const answer = await postReferral(app.url, {
          authorization,
          body: referralBody({ municipality }),
          headers: { 'accept-language': 'sv' },
        });
        expect(answer.status, municipality).to.equal(202);
        expect(answer.body.reference, municipality).to.match(new RegExp(`^${code}-`));
        expect(answer.body.contact, municipality).to.equal(contact);
      }
    }
  });

  describe('many at once', () => {
    const handInTogether = async (count: number): Promise<string[]> => {
      const answers = await Promise.all(Array.from({ length: count }, () => post(referralBody())));
      return answers.map(referenceOf).toSorted();
    };
    const numbered = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, '0'));

    it('gives fifty different references without a gap, and a card for each', async () => {
      const clock = simulatedClock();
      const { chat, people, teams } = await start({ clock });
      // The double's time runs on while the bot's stands still, so here only the number of cards is judged.
      teams.limited = false;
      await chat.installBot(people.maria);
      const references = await handInTogether(50);
      expect(references.map((reference) => reference.slice(-4))).to.deep.equal(numbered(50));
      while (chat.messages.length < 51) await clock.advance(500);
      for (const reference of references) expect(cardsOf(reference), reference).to.equal(1);
    });

    it('keeps within Teams’ limits when twenty arrive together', async () => {
      const { chat, people, teams } = await start();
      await chat.installBot(people.maria);
      const references = await handInTogether(20);
      await chat.waitFor(() => chat.messages.length === 21, 15_000);
      for (const reference of references) expect(cardsOf(reference), reference).to.equal(1);
      expect(teams.violations).to.deep.equal([]);
    });
  });
});

/** Without a Content-Length (chunked); resolves with the status of the answer. */
function postInPieces(url: string, bearer: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers: { authorization: bearer } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    for (let at = 0; at < body.length; at += 8_192) outgoing.write(body.slice(at, at + 8_192));
    outgoing.end();
  });
}
