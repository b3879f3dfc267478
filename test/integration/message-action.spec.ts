import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { lengthLimits } from '../../src/referrals/input.ts';
import { textsFor } from '../../src/shared/text.ts';
import { startTestApp } from '../support/app.ts';
import { databaseText } from '../support/intake.ts';
import { textOf, textsOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

type App = Awaited<ReturnType<typeof startTestApp>>;

const sv = textsFor('sv');
const filled: Fields = {
  municipality: 'lojo',
  source: 'school',
  basis: 'concern',
  concerns: 'absence',
  ageBand: 'from12to14',
  gender: 'boy',
  urgency: 'normal',
  name: 'Nils Påhittnäs',
};
const message = (content: string, contentType = 'html'): Fields => ({ id: '1', body: { contentType, content } });

describe('the message action', () => {
  let folder: string;
  let app: App;
  let logged: string[];
  let petri: TeamsUser;

  const { composeExtensions } = JSON.parse(readFileSync('manifest/manifest.json', 'utf8')) as {
    composeExtensions: { commands: { id: string; context: string[]; fetchTask: boolean }[] }[];
  };
  const command = composeExtensions[0]?.commands.find(({ context }) => context.includes('message'));
  const commandId = command?.id ?? '';

  const open = (content: string, contentType?: string): Promise<InvokeAnswer> =>
    app.chat.messageAction(petri, commandId, message(content, contentType));
  const submit = (data: Fields): Promise<InvokeAnswer> =>
    app.chat.submitAction(petri, commandId, message('<p>hej</p>'), data);
  const taskOf = ({ body }: InvokeAnswer): Fields => {
    const task = isFields(body) ? body.task : null;
    return isFields(task) ? task : {};
  };
  /** The card of the dialog; null when the dialog shows none. */
  const cardIn = (answer: InvokeAnswer): Fields | null => {
    const { value } = taskOf(answer);
    const card = isFields(value) ? value.card : null;
    return isFields(card) && isFields(card.content) ? card.content : null;
  };
  /** Every part of the card with this key and value. */
  const partsWith = (value: unknown, key: string, wanted: string): Fields[] => {
    if (Array.isArray(value)) return value.flatMap((part) => partsWith(part, key, wanted));
    if (!isFields(value)) return [];
    const inner = Object.values(value).flatMap((part) => partsWith(part, key, wanted));
    return value[key] === wanted ? [value, ...inner] : inner;
  };
  const typedIn = (answer: InvokeAnswer, id: string): unknown => partsWith(cardIn(answer), 'id', id)[0]?.value;
  const formIdOf = (answer: InvokeAnswer): unknown => {
    const data = partsWith(cardIn(answer), 'type', 'Action.Submit')[0]?.data;
    return isFields(data) ? data.formId : undefined;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ankarbot-action-'));
    logged = [];
    const log = (fields: object, text: string): void => void logged.push(JSON.stringify({ ...fields, text }));
    app = await startTestApp({ dataDir: folder, log: { info: log, warn: log, error: log } });
    petri = app.people.petri;
    await app.chat.installBot(app.people.maria);
    await app.chat.waitFor(() => app.chat.messages.length === 1);
  });
  afterEach(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is declared for messages, and fetches its form from the bot', () => {
    expect(commandId).not.to.equal('');
    expect(command?.fetchTask).to.equal(true);
  });

  it('opens the same form in a dialog, with the button that dialogs know', async () => {
    const answer = await open('<p>Hej</p>');
    expect(taskOf(answer).type).to.equal('continue');
    const card = cardIn(answer);
    for (const id of Object.keys(filled)) expect(partsWith(card, 'id', id), id).to.have.length(1);
    expect(partsWith(card, 'type', 'Action.Submit')).to.have.length(1);
    expect(partsWith(card, 'type', 'Action.Execute')).to.be.empty;
  });

  describe('the text of the message', () => {
    it('stands in the sealed field as plain text, and nowhere else', async () => {
      const html =
        '<div><p>Nils har <b>inte</b> varit h&auml;r &amp; i &Aring;bo, &bogus; svarar inte.</p><p>Ring&nbsp;mamma &#8211; &lt;snart&gt;<br>' +
        '<at id="0">Petri</at></p><img src="https://example.test/a.png" alt="x"></div>';
      const answer = await open(html);
      expect(typedIn(answer, 'narrative')).to.equal(
        'Nils har inte varit här & i Åbo, &bogus; svarar inte.\nRing mamma – <snart>\nPetri',
      );
      const elsewhere = textsOf(cardIn(answer)).filter((text) => text.includes('Nils'));
      expect(elsewhere).to.have.length(1);
      await app.bot.stop();
      const kept = [JSON.stringify(app.teams.requests), databaseText(folder), logged.join('\n')].join('\n');
      expect(kept).not.to.match(/Nils|mamma/);
    });

    it('is taken as it is when Teams says that it is plain text', async () => {
      expect(typedIn(await open('a < b & c > d', 'text'), 'narrative')).to.equal('a < b & c > d');
    });

    it('is cut to what the field holds, without what nobody sees', async () => {
      const value = String(typedIn(await open(`<p>\u202eab\u200b${'c'.repeat(100_000)}</p>`), 'narrative'));
      expect(value).to.match(/^abc/).and.have.length(lengthLimits.narrative);
    });

    it('is left empty when the message has none, whatever it looks like', async () => {
      const payloads: Fields[] = [
        message(''),
        message('<p></p>'),
        {},
        { body: null },
        { body: { content: 7 } },
        { body: { content: ['x'] } },
        { body: { contentType: 'html', content: '<'.repeat(50_000) } },
        { body: { contentType: 'html', content: '&#99999999;&#1114112;&#xD800;&bogus;' } },
      ];
      for (const payload of payloads) {
        const answer = await app.chat.messageAction(petri, commandId, payload);
        expect(answer.status).to.equal(200);
        expect(partsWith(cardIn(answer), 'id', 'narrative'), JSON.stringify(payload).slice(0, 80)).to.have.length(1);
      }
    });
  });

  it('hands in the referral, and thanks with the reference and the contact', async () => {
    const formId = formIdOf(await open('<p>Nils</p>'));
    const answer = await submit({ ...filled, formId });
    const said = textsOf(cardIn(answer)).join('\n');
    expect(said)
      .to.match(/LOJ-\d{4}-0001/)
      .and.include('Lojo ankarteam, Lojo polisstation');
    await app.chat.waitFor(() => app.chat.messages.length === 2);
    expect(textOf(app.chat.last().activity)).to.include('LOJ-').and.not.include('Påhittnäs');
  });

  it('shows the form again with all that was typed when something is wrong', async () => {
    const formId = formIdOf(await open('<p>Nils</p>'));
    const answer = await submit({ ...filled, formId, name: '', narrative: 'Det här hände.' });
    expect(taskOf(answer).type).to.equal('continue');
    expect(textsOf(cardIn(answer))).to.include(`${sv('form.problems', { count: 1 })} ${sv('form.nothingLost')}`);
    expect(partsWith(cardIn(answer), 'id', 'name-error')).to.have.length(1);
    expect(typedIn(answer, 'narrative')).to.equal('Det här hände.');
    expect(typedIn(answer, 'concerns')).to.equal('absence');
    expect(formIdOf(answer)).to.equal(formId);
    expect(textsOf(cardIn(await submit({ ...filled, formId }))).join()).to.match(/LOJ-\d{4}-0001/);
  });

  it('is not taken without the end of a long message before its sender has written another end', async () => {
    const sentence = 'Nils var inte i skolan i dag heller, och ingen svarar hemma. ';
    const opened = await open(`<p>${sentence.repeat(2_000)}</p>`);
    expect(textsOf(cardIn(opened))).to.include(sv('form.cut'));
    const data = partsWith(cardIn(opened), 'type', 'Action.Submit')[0]?.data;
    const sent = { ...filled, ...(isFields(data) ? data : {}), narrative: typedIn(opened, 'narrative') };
    const again = await submit(sent);
    expect(textsOf(cardIn(again))).to.include(sv('form.cut'));
    expect(typedIn(again, 'narrative')).to.equal(sent.narrative);
    const ended = await submit({ ...sent, narrative: sentence.repeat(3) });
    expect(textsOf(cardIn(ended)).join()).to.match(/LOJ-\d{4}-0001/);
  });

  it('hands in once when the dialog is sent twice', async () => {
    const formId = formIdOf(await open('<p>Nils</p>'));
    const answers = await Promise.all([1, 2, 3].map(() => submit({ ...filled, formId })));
    const references = answers.map((answer) => /LOJ-\d{4}-\d{4}/.exec(textsOf(cardIn(answer)).join())?.[0]);
    expect(new Set(references).size).to.equal(1);
  });

  it('is refused to somebody who is not in the directory, in a sentence', async () => {
    const stranger = app.teams.addUser({ name: 'Okänd Främling' });
    for (const answer of [
      await app.chat.messageAction(stranger, commandId, message('<p>x</p>')),
      await app.chat.submitAction(stranger, commandId, message('<p>x</p>'), { ...filled, formId: 'f' }),
    ]) {
      expect(answer.status).to.equal(200);
      expect(taskOf(answer)).to.deep.equal({ type: 'message', value: sv('errors.directory.notAMember') });
    }
    await app.bot.stop();
    expect(app.chat.messages).to.have.length(1);
  });

  it('that is none of the manifest’s is answered in a sentence, opened or sent in', async () => {
    for (const unknown of ['', 'newMeeting', 'constructor', '__proto__', 'x'.repeat(101)]) {
      for (const answer of [
        await app.chat.messageAction(petri, unknown, message('<p>x</p>')),
        await app.chat.submitAction(petri, unknown, message('<p>x</p>'), { ...filled, formId: 'f' }),
      ]) {
        expect(answer.status).to.equal(200);
        expect(taskOf(answer), unknown).to.deep.equal({ type: 'message', value: sv('errors.unknownDialog') });
      }
    }
    await app.bot.stop();
    expect(app.chat.messages).to.have.length(1);
  });

  it('answers what is no form of ours with a clean refusal', async () => {
    for (const data of [{}, { formId: 7 }, { formId: '' }, { formId: 'x'.repeat(101) }, { ...filled }]) {
      const answer = await submit(data);
      expect(answer.status, JSON.stringify(data)).to.be.oneOf([200, 400]);
      expect(textsOf(cardIn(answer)).join()).not.to.include('LOJ-');
    }
  });
});
