import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import type { Verb } from '../../src/cards/verbs.ts';
import { referralAggregates, referralKey } from '../../src/referrals/stored.ts';
import { parseReference, personId, tenantId } from '../../src/shared/ids.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import { textsFor } from '../../src/shared/text.ts';
import type { Store } from '../../src/storage/port.ts';
import { objectId, startTestApp, tenant } from '../support/app.ts';
import { lojo } from '../support/builders.ts';
import { answered, cardsOf, example, handIn, pressOn, shown, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { cardOf, executeActions, textOf, textsOf } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from '../support/teams/world.ts';

const on = '2026-11-26';
const inForm = { date: on, time: '13:00', length: '1 h', where: 'Ungdomshuset, Nygatan 4' };

/** Every address on a card, wherever it stands. */
function addressesOn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesOn);
  if (!isFields(value)) return [];
  return value.type === 'Action.OpenUrl' ? [String(value.url)] : Object.values(value).flatMap(addressesOn);
}

describe('an Anchor meeting about an accepted case', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  let store: Store;
  let reference: string;
  let petri: TeamsUser;
  let maria: TeamsUser;

  beforeEach(async () => {
    clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
    app = await startTestApp({
      clock,
      through(opened) {
        store = opened;
        return opened;
      },
    });
    app.teams.limited = false;
    ({ petri, maria } = app.people);
    await app.chat.installBot(maria);
    reference = await handIn(app);
    await shown(app.chat, reference);
    const alone = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', alone);
    await shown(app.chat, reference, ['Mottagen']);
  });
  afterEach(() => app.stop());

  const caseMessage = (): Message => {
    const [message] = cardsOf(app.chat, reference);
    if (!message) throw new Error('The case stands nowhere.');
    return message;
  };
  const press = async (user: TeamsUser, verb: Verb, inputs: Fields = {}): Promise<InvokeAnswer> => {
    const answer = await app.chat.press(user, caseMessage(), verb, inputs);
    await app.bot.settled();
    return answer;
  };
  const valuesIn = (card: Fields | null): Fields =>
    Object.fromEntries(
      executeActions(card ?? {})
        .flatMap(({ inputs }) => inputs)
        .flatMap(({ id, value }) => (value ? [[String(id), value]] : [])),
    );

  /** Books it from the card of the case; the id of the meeting. */
  async function booked(user: TeamsUser, over: Fields = {}): Promise<string> {
    await press(user, 'referral.meetingForm');
    const { card } = await press(user, 'meeting.plan', { ...inForm, ...over });
    const open = executeActions(card ?? {}).find(({ action }) => action.verb === 'meeting.view')?.action.data;
    if (!isFields(open)) throw new Error(`Nothing was planned: ${textsOf(card).join()}`);
    return String(open.id);
  }

  const asked = (user: TeamsUser, id: string, verb: Verb = 'meeting.letter'): Promise<InvokeAnswer> =>
    app.chat.pressOld(user, { verb, data: { id, on } });
  /** The addresses of the letter, in Word and as PDF, by its language. */
  async function linksOf(user: TeamsUser, id: string): Promise<Record<Language, readonly [docx: string, pdf: string]>> {
    const all = addressesOn((await asked(user, id)).card);
    const of = (index: number): [string, string] => [all[index * 2] ?? '', all[index * 2 + 1] ?? ''];
    expect(all).to.have.lengthOf(6);
    return { sv: of(0), fi: of(1), en: of(2) };
  }

  /** The letters that went out, as the log of the case says. */
  async function logged(): Promise<string[]> {
    const parsed = parseReference(reference)?.reference;
    if (!parsed) throw new Error(reference);
    const key = referralKey({ tenant: tenantId(tenant), team: lojo, reference: parsed });
    const entries = (await referralAggregates(store).get(key))?.ledger.pending ?? [];
    return entries.flatMap(({ who, what, detail }) =>
      what === 'referral.letter' ? [`${who} ${detail?.on} ${detail?.format} ${detail?.language}`] : [],
    );
  }

  it('is booked from its card by any member, for the whole team, without a title that everybody reads in one language', async () => {
    const button = executeActions(cardOf(caseMessage().activity) ?? {}).find(
      ({ action }) => action.verb === 'referral.meetingForm',
    )?.action;
    expect(button).to.include({ title: sv('referral.actions.meeting'), style: 'positive' });
    const { card } = await press(petri, 'referral.meetingForm');
    expect(valuesIn(card)).to.deep.equal({
      kind: 'case',
      subject: reference,
      everyone: 'everyone',
      repeat: 'none',
    });
    expect(textsOf(card).join('\n')).to.include(sv('meeting.plan.title.case')).and.include(reference);
    expect(JSON.stringify(card)).to.include(app.people.jonas.aadObjectId);
    expect(JSON.stringify(card), 'nobody else is offered').to.not.include(app.people.kaisa.aadObjectId);
    const done = await press(petri, 'meeting.plan', inForm);
    expect(answered(done)).to.include(`${reference} · ${sv('meeting.kind.case')}, tors 26 nov kl. 13.00`);
    expect(verbsOn(done.card ?? {})).to.have.members(['meeting.view', 'referral.view']);
    expect(app.chat.text()).to.include(`${reference} · ${sv('meeting.kind.case')}`);
  });

  it('leads back to the case when it is not booked after all, whichever times are asked for', async () => {
    await press(petri, 'referral.meetingForm');
    await press(petri, 'meeting.form');
    expect(valuesIn(app.chat.cardFor(petri, caseMessage()))).to.include({ kind: 'case', subject: reference });
    const back = await press(petri, 'referral.view');
    expect(verbsOn(back.card ?? {})).to.include('referral.meetingForm');
  });

  it('is told on the card of the case, follows a change there and goes when it is cancelled', async () => {
    const line = (when: string) => `${sv('meeting.kind.case')}\n${when}`;
    const id = await booked(petri);
    const card = await shown(app.chat, reference, ['tors 26 nov kl. 13.00']);
    expect(verbsOn(cardOf(card.activity) ?? {})).to.include('meeting.view');
    const change = { when: 'fre 27 nov kl. 9.00', length: '1 h', how: 'onSite', where: 'Ungdomshuset' };
    await app.chat.pressOld(petri, { verb: 'meeting.change', data: { id, on, ...change } });
    await shown(app.chat, reference, ['fre 27 nov kl. 09.00']);
    await app.chat.pressOld(petri, { verb: 'meeting.cancel', data: { id } });
    await app.chat.waitFor(() => !textOf(caseMessage().activity).includes(line('fre 27 nov')));
    expect(verbsOn(cardOf(caseMessage().activity) ?? {})).to.not.include('meeting.view');
  });

  it('leaves the case’s message alone while somebody fills in its form', async () => {
    await press(petri, 'referral.meetingForm');
    const { versions } = caseMessage();
    const before = versions.length;
    await booked(maria);
    await goTo(clock.now().add({ seconds: 61 }), clock, app.bot);
    expect(versions).to.have.lengthOf(before);
    expect(verbsOn(app.chat.cardFor(petri, caseMessage()))).to.include('meeting.plan');
    await press(petri, 'referral.view');
    await shown(app.chat, reference, ['tors 26 nov kl. 13.00']);
  });

  it('is not booked for a case that was not taken on, or that is another team’s, also from an old card', async () => {
    const other = await handIn(app);
    await shown(app.chat, other);
    const refused = { outcome: 'notTakenOn', reason: 'noConsent', alone: 'urgent' };
    await pressOn(app.chat, maria, other, 'referral.decide', refused);
    expect(verbsOn((await pressOn(app.chat, maria, other, 'referral.view')).card ?? {})).to.not.include(
      'referral.meetingForm',
    );
    expect(answered(await pressOn(app.chat, petri, other, 'referral.meetingForm'))).to.include(
      sv('errors.meeting.notHere'),
    );
    const gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const elsewhere = await app.teams
      .personalChat(gunilla)
      .pressOld(gunilla, { verb: 'referral.meetingForm', data: { id: reference } });
    expect(answered(elsewhere)).to.include(sv('errors.referral.notFound'));
  });

  describe('has an invitation on paper', () => {
    it('in the language of its reader, in Word and as PDF, that names nobody and no case, and is in the case’s log', async () => {
      const id = await booked(petri, { where: `Ungdomshuset, ${reference}` });
      const view = await asked(petri, id, 'meeting.view');
      expect(verbsOn(view.card ?? {})).to.include('meeting.letter');
      const links = await linksOf(petri, id);
      for (const language of languages) {
        const texts = textsFor(language);
        const [docx, pdf] = links[language];
        const answers = [await fetch(docx), await fetch(pdf)] as const;
        const [word, paper] = await Promise.all(
          answers.map(async (answer) => new Uint8Array(await answer.arrayBuffer())),
        );
        const written = strFromU8(unzipSync(word ?? new Uint8Array())['word/document.xml'] ?? new Uint8Array());
        const { items } = await (await (await getDocumentProxy(paper ?? new Uint8Array())).getPage(1)).getTextContent();
        const printed = items.map((item) => ('str' in item ? item.str : '')).join('');
        for (const text of [written, printed]) {
          expect(text, language).to.include(texts('meeting.letter.title')).and.include('Ungdomshuset');
          expect(text, language).to.not.include(reference);
          for (const name of [petri.name, maria.name, ...example.youngPerson.name.split(' ')])
            expect(text, language).to.not.include(name);
        }
        for (const answer of answers) {
          expect(answer.status).to.equal(200);
          expect(answer.headers.get('content-disposition'))
            .to.include(`${texts('meeting.letter.fileName')}%20${on}`)
            .and.not.include(reference);
          expect(answer.url).to.not.include(reference);
        }
      }
      const who = personId(petri.aadObjectId);
      expect(await logged()).to.deep.equal(
        languages.flatMap((language) => [`${who} ${on} docx ${language}`, `${who} ${on} pdf ${language}`]),
      );
    }).timeout(60_000);

    it('for the members of its team alone, whoever else may be in the chat', async () => {
      const id = await booked(petri);
      const outsiders = [
        app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') }),
        app.teams.addUser({ name: 'Gun Gäst', role: 'guest' }),
        app.teams.addUser({ name: 'Nils Nationell', aadObjectId: objectId('99') }),
        app.people.kaisa,
      ];
      for (const outsider of outsiders) {
        const answer = await asked(outsider, id);
        expect(addressesOn(answer.card), outsider.name).to.deep.equal([]);
        expect(JSON.stringify(answer.body), outsider.name).to.not.include(reference);
      }
      for (const member of [petri, maria, app.people.jonas]) await linksOf(member, id);
      expect(await logged()).to.deep.equal([]);
    });

    it('by a link that leads nowhere once its person has left, the meeting is off or moved away, or time is up', async () => {
      const id = await booked(petri);
      const { niina } = app.people;
      const [his, hers] = [(await linksOf(petri, id)).sv[1], (await linksOf(niina, id)).sv[1]];
      expect((await fetch(hers)).status).to.equal(200);
      const removing = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
      await app.chat.pressOld(maria, { verb: 'team.removeMember', data: removing });
      expect((await fetch(hers)).status).to.equal(404);
      await app.chat.pressOld(petri, { verb: 'meeting.cancel', data: { id } });
      expect((await fetch(his)).status).to.equal(404);
      clock.jump(clock.now().add({ minutes: passMinutes, seconds: 1 }));
      expect((await fetch(his)).status).to.equal(410);
      expect(await logged()).to.have.lengthOf(1);
    });

    it('that is told of on the card in the chat when the meeting moves, by whom it was taken, until they take a new one', async () => {
      const id = await booked(petri);
      const old = (name: string) => sv('meeting.letter.moved', { name, was: '|' }).split('|')[0] ?? '';
      const inChat = () =>
        app.chat.messages.filter(({ activity }) => textOf(activity).includes(old(petri.name))).length;
      expect((await fetch((await linksOf(petri, id)).sv[1])).status).to.equal(200);
      const change = { when: 'fre 27 nov kl. 9.00', length: '1 h', how: 'onSite', where: 'Ungdomshuset' };
      await app.chat.pressOld(maria, { verb: 'meeting.change', data: { id, on, ...change } });
      await app.chat.waitFor(() => inChat() > 0);
      expect(answered(await asked(maria, id, 'meeting.view'))).to.include(old(petri.name));
      expect((await fetch((await linksOf(petri, id)).fi[0])).status).to.equal(200);
      await app.chat.waitFor(() => inChat() === 0);
    });

    it('only of a meeting about a case, which its members are told on the card', async () => {
      await app.chat.say(maria, 'möte torsdag 14.30 1 h teamet Ärendegenomgång');
      await app.bot.settled();
      const { card } = await app.chat.press(maria, app.chat.last(), 'meeting.plan');
      const open = executeActions(card ?? {}).find(({ action }) => action.verb === 'meeting.view')?.action.data;
      const id = isFields(open) ? String(open.id) : '';
      expect(verbsOn((await asked(petri, id, 'meeting.view')).card ?? {})).to.not.include('meeting.letter');
      const refused = await asked(petri, id);
      expect(addressesOn(refused.card)).to.deep.equal([]);
      expect(answered(refused)).to.include(sv('errors.meeting.notFound'));
    });
  });
});
