import { expect } from 'chai';
import { type FormInput, submitted } from '../../../../bot/handlers/submitted.ts';
import type { Form } from '../../../../src/cards/form.ts';
import { parseAssessment } from '../../../../src/referrals/input.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people, refusalOf } from '../../../support/builders.ts';

const texts = textsFor('sv');
const refused: unknown[] = [];
const reader = { texts, directory: exampleDirectory(), refused: (error: unknown) => void refused.push(error) };
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
      cut: true,
      errors: { worry: texts('problem.choose') },
    });
  });

  it('comes again with why it was not taken: at the field that it is about, or above them all', async () => {
    const shown = { values: { worry: '2', recommendation: 'accept', note: 'längr' }, cut: true };
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
