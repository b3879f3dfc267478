import { DatabaseSync, StatementSync } from 'node:sqlite';
import { expect } from 'chai';
import sinon from 'sinon';
import { startTestApp } from '../support/app.ts';
import { answered, example, handIn, pressOn, shown, sv, type TestApp, verbsOn } from '../support/seed.ts';
import { executeActions } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';

describe('what was typed into a form', () => {
  const note = 'Mamman har bett om stöd, gärna före helgen.';
  const assessment = { worry: '3', recommendation: 'accept', note };
  const decision = { outcome: 'redirected', reason: 'betterSupport', service: 'youthWork', alone: 'urgent' };
  let app: TestApp;
  let reference: string;
  beforeEach(async () => {
    app = await startTestApp();
    await app.chat.installBot(app.people.maria);
    reference = await handIn(app);
    await shown(app.chat, reference);
    await app.bot.settled();
  });
  afterEach(async () => {
    sinon.restore();
    await app.stop();
  });

  /** What the inputs of the answered card hold, by id. */
  const held = ({ card }: InvokeAnswer): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    const visit = (part: unknown): void => {
      if (Array.isArray(part)) for (const item of part) visit(item);
      if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
      const fields: Record<string, unknown> = { ...part };
      if (String(fields.type).startsWith('Input.') && fields.value) found[String(fields.id)] = fields.value;
      for (const inner of Object.values(fields)) visit(inner);
    };
    visit(card);
    return found;
  };
  /** The disk is full: what is stored can be read, and nothing written. */
  const fullDisk = () => sinon.stub(DatabaseSync.prototype, 'exec').throws(new Error('database or disk is full'));
  /** Somebody else always writes first: every write meets another version than the one that was read. */
  const neverFirst = () => {
    const run = StatementSync.prototype.run;
    return sinon.stub(StatementSync.prototype, 'run').callsFake(function (this: StatementSync, ...values) {
      const isChange = this.sourceSQL.startsWith('UPDATE documents');
      return isChange ? { changes: 0, lastInsertRowid: 0 } : Reflect.apply(run, this, values);
    });
  };
  /** Nothing can be read any more, either. */
  const noStore = () => {
    fullDisk();
    return sinon.stub(StatementSync.prototype, 'all').throws(new Error('disk I/O error'));
  };
  const decideMeanwhile = () =>
    pressOn(app.chat, app.people.maria, reference, 'referral.decide', {
      outcome: 'accepted',
      reason: 'offence',
      alone: 'urgent',
    });
  const faultsOfStore = async (): Promise<number> => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    return Number(/ankarbot_faults_total\{part="store"\} (\d+)/.exec(metrics)?.[1] ?? 0);
  };
  const decidedBy = (): string => sv('errors.referral.decided', { person: app.people.maria.name });

  it('stands there to be copied when the case was decided meanwhile, with why and the way back to the case', async () => {
    const { petri, maria } = app.people;
    await decideMeanwhile();
    for (const [user, verb, typed] of [
      [petri, 'referral.assess', assessment],
      [maria, 'referral.decide', decision],
    ] as const) {
      const answer = await pressOn(app.chat, user, reference, verb, typed);
      expect(answered(answer), verb).to.include(decidedBy()).and.include(sv('form.kept'));
      const { outcome: _, ...inputs } = { outcome: null, ...typed };
      expect(held(answer), verb).to.deep.equal(inputs);
      expect(verbsOn(answer.card ?? {}), verb).to.deep.equal(['referral.view']);
    }
    const [back] = executeActions(
      (await pressOn(app.chat, petri, reference, 'referral.assess', assessment)).card ?? {},
    );
    const shownAgain = await app.chat.pressOld(petri, back?.action ?? {});
    expect(answered(shownAgain)).to.include('Mottagen').and.not.include(note);
    expect(app.chat.text()).to.not.include(note);
  });

  it('stands there as well when the form has a mistake and the case was decided meanwhile', async () => {
    await decideMeanwhile();
    const answer = await pressOn(app.chat, app.people.petri, reference, 'referral.assess', { note });
    expect(answered(answer)).to.include(decidedBy());
    expect(held(answer)).to.deep.equal({ note });
  });

  for (const [what, code, begin] of [
    ['nothing can be written', 'errors.store.unavailable', fullDisk],
    ['the store cannot be reached at all', 'errors.store.unavailable', noStore],
    ['others always write first', 'errors.store.conflict', neverFirst],
  ] as const) {
    it(`is in the form again when ${what}, with why; sent in again later, it is taken`, async () => {
      const { petri, maria } = app.people;
      const before = await faultsOfStore();
      begin();
      const assessed = await pressOn(app.chat, petri, reference, 'referral.assess', assessment);
      const decided = await pressOn(app.chat, maria, reference, 'referral.decide', decision);
      sinon.restore();
      const { outcome: _, ...inputs } = decision;
      for (const [answer, typed] of [
        [assessed, assessment],
        [decided, inputs],
      ] as const) {
        expect(answered(answer)).to.include(sv(code)).and.not.include(sv('form.kept'));
        expect(held(answer)).to.deep.equal(typed);
      }
      if (code === 'errors.store.unavailable') expect(await faultsOfStore(), 'told to operations').to.be.above(before);
      const save = executeActions(assessed.card ?? {}).find(({ action }) => action.verb === 'referral.assess');
      const data = { ...Object(save?.action.data), ...held(assessed) };
      await app.chat.pressOld(petri, { ...save?.action, data });
      expect(answered(await pressOn(app.chat, petri, reference, 'referral.details'))).to.include(note);
    });
  }

  it('is in the form of a referral again when nothing can be written; sent in again, it is one referral', async () => {
    const { petri } = app.people;
    const { youngPerson, concerns, ...codes } = example;
    const typed = { ...codes, ...youngPerson, municipality: 'lojo', concerns: concerns.join(',') };
    const send = (data: object) =>
      app.chat.pressOld(petri, { verb: 'referral.submit', data: { formId: 'form-1', ...data } });
    fullDisk();
    const refused = await send(typed);
    expect(answered(refused)).to.include(sv('errors.store.unavailable'));
    expect(held(refused)).to.deep.equal(typed);
    sinon.restore();
    const texts = [answered(await send(held(refused))), answered(await send(held(refused)))];
    expect(texts[0])
      .to.equal(texts[1])
      .and.include(sv('referral.form.received', { reference: 'LOJ-2026-0002' }));
  });
});
