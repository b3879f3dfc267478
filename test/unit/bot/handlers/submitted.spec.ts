import { expect } from 'chai';
import { type FormInput, submitted } from '../../../../bot/handlers/submitted.ts';
import { cutMark } from '../../../../src/cards/cut.ts';
import type { Form } from '../../../../src/cards/form.ts';
import { parseAssessment } from '../../../../src/referrals/input.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people, refusalOf } from '../../../support/builders.ts';

const texts = textsFor('sv');
const refused: unknown[] = [];
const reader = { texts, directory: exampleDirectory(), cut: '', refused: (error: unknown) => void refused.push(error) };
const input: FormInput<unknown> = {
  parse: parseAssessment,
  limits: { note: 5 },
  fieldOf: { 'referral.professionNeeded': 'worry' },
};
const good = { worry: '2', recommendation: 'accept', note: 'längre än fem' };

/** Sends it in to something that fails with this error, or takes it when there is none. */
const send = (inputs: Record<string, string | undefined>, error?: unknown): Promise<Form | 'done'> =>
  submitted<unknown, Form | 'done'>(reader, inputs, input, {
    done: async () => {
      if (error) throw error;
      return 'done';
    },
    again: (form) => form,
  });

describe('a form that is sent in', () => {
  it('is done when it reads well', async () => {
    expect(await send(good)).to.equal('done');
  });

  it('comes again with all that was typed and what is wrong at each field when it does not', async () => {
    expect(await send({ ...good, worry: '' })).to.deep.equal({
      values: { recommendation: 'accept', note: 'längr' },
      cut: cutMark('note', 'längr'),
      errors: { worry: texts('problem.choose') },
      wrong: 1,
    });
  });

  it('comes again with why it was not taken: at the field that it is about, or above them all', async () => {
    const shown = { values: { worry: '2', recommendation: 'accept', note: 'längr' }, cut: cutMark('note', 'längr') };
    expect(await send(good, new AppError('referral.professionNeeded'))).to.deep.equal({
      ...shown,
      errors: { worry: texts('errors.referral.professionNeeded') },
    });
    expect(await send(good, new AppError('referral.takenBy', { person: people.petri }))).to.deep.equal({
      ...shown,
      errors: {},
      refused: { reason: texts('errors.referral.takenBy', { person: 'Petri Aaltonen' }), final: false },
    });
  });

  it('that came back without an end is taken neither so nor with its beginning changed, and as it is pasted anew', async () => {
    const long = { ...input, limits: { note: 60 } };
    const sent = (note: string, cut: string): Promise<Form | 'done'> =>
      submitted<unknown, Form | 'done'>({ ...reader, cut }, { ...good, note }, long, {
        done: async () => 'done',
        again: (form) => form,
      });
    const whole = 'Ring först till skolan, sedan hem, och boka sedan ett möte med dem alla.';
    const shown = whole.slice(0, 60);
    const cut = cutMark('note', shown);
    for (const note of [shown, `Gå${shown.slice(4)}`, `${shown}  \r\n`]) {
      const again = await sent(note, cut);
      expect(again, note).to.deep.include({ cut, errors: {} });
    }
    for (const note of [whole, 'Ring först till skolan.', shown.slice(0, -1)]) {
      expect(await sent(note, cut), note).to.equal('done');
    }
    expect(await sent('ett möte', cutMark('note', 'ett möte')), 'what is short is seen whole').to.equal('done');
    expect(await sent(shown, 'rubbish'), 'nothing is made of what was never said').to.equal('done');
  });

  it('says that it was refused, as often as it is', async () => {
    refused.length = 0;
    await send(good);
    expect(refused).to.deep.equal([]);
    await send({ ...good, worry: '' });
    const taken = new AppError('referral.takenBy', { person: people.petri });
    await send(good, taken);
    expect(refused.map((error) => (error instanceof AppError ? error.code : error))).to.deep.equal([
      'badInput',
      'referral.takenBy',
    ]);
  });

  it('hides no fault: what is not meant for people is thrown on', async () => {
    expect(await refusalOf(send(good, new AppError('store.exists')))).to.equal('store.exists');
    const fault = new TypeError('x is not a function');
    expect(await send(good, fault).catch((error: unknown) => error)).to.equal(fault);
  });
});
