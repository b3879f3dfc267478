import { expect } from 'chai';
import { cutMark } from '../../../../src/cards/cut.ts';
import { text } from '../../../../src/cards/elements.ts';
import { emptyForm, type Form, field, formAgain, formCard, formValues, shortened } from '../../../../src/cards/form.ts';
import { textField } from '../../../../src/cards/inputs.ts';
import { textsFor } from '../../../../src/shared/text.ts';

const texts = textsFor('sv');
const frame = {
  title: 'Titel',
  fields: [text('fält')],
  submit: { title: 'Spara', verb: 'referral.assess' as const, data: { id: 'LOJ-2026-0001' } },
  cancel: { verb: 'referral.view' as const, data: { id: 'LOJ-2026-0001' } },
};
/** With an input for each that something is wrong with. */
const framed = (form: Form) => ({
  ...frame,
  fields: [...frame.fields, ...Object.keys(form.errors).flatMap((id) => textField({ ...field(form, id), label: id }))],
});
const buttons = (card: ReturnType<typeof formCard>): string[] =>
  (card.actions ?? []).map(({ title, style }) => `${title}${style === 'positive' ? '!' : ''}`);

describe('a form', () => {
  it('has one primary button, which sends it in, and cancelling takes no inputs along', () => {
    const card = formCard(texts, emptyForm, frame);
    expect(buttons(card)).to.deep.equal(['Spara!', texts('form.cancel')]);
    expect(card.actions?.[1]).to.deep.include({ verb: 'referral.view', associatedInputs: 'none' });
  });

  it('says what it is about before its title, to who hears it as well', () => {
    const { speak, body } = formCard(texts, emptyForm, { ...frame, about: 'LOJ-2026-0001 · Väntar' });
    expect(speak).to.equal('LOJ-2026-0001 · Väntar · Titel');
    expect(JSON.stringify(body)).to.match(/Väntar.*Titel.*fält/);
  });

  it('in a dialog has the button that dialogs know, and no other', () => {
    const { actions } = formCard(texts, emptyForm, { ...frame, where: 'dialog' });
    expect(actions?.map(({ type }) => type)).to.deep.equal(['Action.Submit']);
  });

  it('says above its fields how many of them need correcting, or why the whole was not taken', () => {
    const form = { values: {}, errors: { a: 'x', b: 'y' } };
    const wrong = formCard(texts, form, framed(form));
    expect(JSON.stringify(wrong.body)).to.include(texts('form.problems', { count: 2 }));
    const refused = formCard(texts, { ...emptyForm, refused: { reason: 'Ingen lagring', final: false } }, frame);
    expect(JSON.stringify(refused.body)).to.include('Ingen lagring').and.not.include(texts('form.kept'));
    expect(buttons(refused)).to.deep.equal(['Spara!', texts('form.cancel')]);
  });

  it('says above its fields what is wrong with one that it does not show any more, and counts that as none', () => {
    const form = { values: {}, errors: { gone: 'Någon hann före' } };
    const said = JSON.stringify(formCard(texts, form, frame).body);
    expect(said)
      .to.match(/Någon hann före.*fält/)
      .and.not.include(texts('form.problems', { count: 1 }));
    const both = { values: {}, errors: { a: 'x', gone: 'Någon hann före' } };
    const fields = textField({ ...field(both, 'a'), label: 'a' });
    expect(JSON.stringify(formCard(texts, both, { ...frame, fields }).body))
      .to.include('Någon hann före')
      .and.include(texts('form.problems', { count: 1 }));
  });

  it('says it again below them where the form is taller than a window', () => {
    const count = texts('form.problems', { count: 1 });
    const form = { values: {}, errors: { a: 'x' } };
    const said = (tall: boolean): string => JSON.stringify(formCard(texts, form, { ...framed(form), tall }).body);
    expect(said(false).split(count)).to.have.length(2);
    expect(said(true)).to.match(new RegExp(`${count}.*fält.*${count}`));
  });

  it('says once in full why it was not taken: where that is taller than a window at its end, and above that it is there', () => {
    const refused = { ...emptyForm, refused: { reason: 'Ingen lagring', final: false } };
    const said = (tall: boolean): string => JSON.stringify(formCard(texts, refused, { ...frame, tall }).body);
    expect(said(false)).to.match(/Ingen lagring.*fält/);
    expect(said(true)).to.match(new RegExp(`${texts('form.refusedBelow')}.*fält.*Ingen lagring`));
    expect(said(true).split('Ingen lagring')).to.have.length(2);
  });

  it('cannot be sent in any more once it is refused for good; what was typed is there to be copied', () => {
    const { actions, body } = formCard(texts, { ...emptyForm, refused: { reason: 'Beslutat', final: true } }, frame);
    expect(actions?.map(({ title }) => title)).to.deep.equal([texts('actions.back')]);
    expect(JSON.stringify(body)).to.include(texts('form.kept'));
  });

  it('keeps its fields at the same place whatever is said above them, for Teams’ renderer goes by the place', () => {
    const refused = { reason: 'Beslutat', final: true };
    const forms = [emptyForm, { values: {}, errors: { a: 'x' } }, { ...emptyForm, refused }];
    const places = forms.map((form) => JSON.stringify(formCard(texts, form, frame).body.map(({ type }) => type)));
    expect(new Set(places).size).to.equal(1);
  });

  it('holds no empty input, and gives each field its value and what is wrong with it', () => {
    const values = formValues({ note: 'x', worry: '', recommendation: undefined });
    expect(values).to.deep.equal({ note: 'x' });
    expect(field({ values, errors: { worry: 'fel' } }, 'note')).to.deep.equal({
      id: 'note',
      value: 'x',
      error: undefined,
    });
    expect(field({ values, errors: { worry: 'fel' } }, 'worry')).to.deep.include({ value: undefined, error: 'fel' });
  });

  it('asks to write where something is written and to choose where it is chosen', () => {
    const problems = ['name', 'gender'].map((id) => ({ field: `youngPerson.${id}`, code: 'required' as const }));
    const { errors } = formAgain(texts, {}, problems, { name: 120 });
    expect(errors).to.deep.equal({ name: texts('problem.required'), gender: texts('problem.choose') });
  });

  it('says that nothing is lost only while all that was typed stands there', () => {
    const said = (form: Form): string => JSON.stringify(formCard(texts, form, framed(form)).body);
    const whole = said({ values: {}, errors: { a: 'x' } });
    expect(whole).to.include(texts('form.nothingLost')).and.not.include(texts('form.cut'));
    const refused = { reason: 'Ingen lagring', final: false };
    for (const form of [
      { values: {}, errors: { a: 'x' }, cut: 'a:1' },
      { values: {}, errors: {}, cut: 'a:1', refused },
    ]) {
      expect(said(form)).to.include(texts('form.cut')).and.not.include(texts('form.nothingLost'));
    }
    expect(said({ values: {}, errors: {}, refused })).to.not.include(texts('form.cut'));
  });

  it('shows as much as a card has room for, whatever letters it is written in, and says when that is not all', () => {
    const bytes = ({ values }: ReturnType<typeof shortened>) => Buffer.byteLength(JSON.stringify(values.file));
    const limits = { file: 18_000 };
    const all = shortened({ file: 'å'.repeat(10_000) }, limits);
    expect([all.values.file?.length, all.cut]).to.deep.equal([10_000, undefined]);
    for (const letters of ['€', '"', '😀', 'x€', '\n']) {
      const long = letters.repeat(18_000);
      const shown = shortened({ file: long }, limits);
      expect(bytes(shown), letters).to.be.within(15_000, 22_000);
      expect(shown.cut, letters).to.equal(cutMark('file', shown.values.file ?? ''));
      expect(long.startsWith(shown.values.file ?? '?'), letters).to.equal(true);
    }
    expect(shortened({ file: 'a\u200bb\r\n' }, limits), 'nobody sees what is gone').to.deep.equal({
      values: { file: 'ab\n' },
    });
  });

  it('is known as cut while a text ends where it was cut, and its button says so, in the chat and in a dialog', () => {
    const limits = { note: 60 };
    const first = shortened({ note: 'abcdefghij'.repeat(10), other: 'x' }, limits);
    expect(shortened(first.values, limits), 'nobody would know').to.not.have.property('cut');
    const edited = `Hej ${first.values.note?.slice(20)}`;
    expect(shortened({ note: edited }, limits, first.cut)).to.deep.equal({ values: { note: edited }, cut: first.cut });
    expect(shortened({ other: edited }, limits, first.cut), 'elsewhere').to.not.have.property('cut');
    const problems = [{ field: 'other', code: 'required' as const }];
    expect(formAgain(texts, { note: edited }, problems, limits, first.cut)).to.have.property('cut', first.cut);
    for (const where of ['chat', 'dialog'] as const) {
      const [send] = formCard(texts, { ...emptyForm, ...first }, { ...frame, where }).actions ?? [];
      expect(send && 'data' in send && send.data, where).to.deep.equal({ ...frame.submit.data, cut: first.cut });
    }
    expect(formCard(texts, emptyForm, frame).actions?.[0]).to.deep.include({ data: frame.submit.data });
  });

  it('says everything that is wrong with a field, by its line, once, and of much the first eight and how many more there are', () => {
    const problem = (line: number) => ({ field: 'items', code: 'tooLong' as const, line, limit: 300 });
    const many = Array.from({ length: 9 }, (_, at) => problem(at + 1));
    const form = formAgain(
      texts,
      {},
      [...many, { field: 'to.0', code: 'unknownCode' }, { field: 'to.0', code: 'unknownCode' }],
      { items: 18_000 },
    );
    const lines = many
      .slice(0, 8)
      .map(({ line }) => texts('form.onLine', { line, problem: texts('problem.tooLong', { limit: 300 }) }));
    const items = [...lines, texts('form.more', { count: 1 })].join('\n\n');
    expect(form.errors).to.deep.equal({ items, 0: texts('problem.unknownCode') });
    expect(JSON.stringify(formCard(texts, form, framed(form)).body)).to.include(texts('form.problems', { count: 10 }));
    const eight = formAgain(texts, {}, many.slice(1), { items: 18_000 });
    expect(eight.errors.items?.split('\n\n'), 'no more than are named').to.have.length(8);
  });

  it('shows what is too long cut at its limit, never in the middle of a character, and says the limit', () => {
    const problems = [{ field: 'note', code: 'tooLong' as const }];
    const { values, errors } = formAgain(texts, { note: `${'x'.repeat(9)}😀` }, problems, { note: 10 });
    expect(values.note).to.equal('x'.repeat(9));
    expect(errors.note).to.equal(texts('problem.tooLong', { limit: 10 }));
  });
});
