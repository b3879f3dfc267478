import { expect } from 'chai';
import { parseItem } from '../../../../../src/steering/agenda/input.ts';
import { limits } from '../../../../../src/steering/model.ts';
import { people } from '../../../../support/builders.ts';

const typed = { title: 'Lokaler', kind: 'decision', presenter: 'nobody', confidential: 'false' };
const parsed = (over: Record<string, unknown> = {}, named = false) =>
  parseItem({ ...typed, ...over }, { language: 'sv', named });
const accepted = (...of: Parameters<typeof parsed>) => {
  const result = parsed(...of);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};
/** Of each field that is wrong: what is wrong with it. */
const wrongIn = (...of: Parameters<typeof parsed>): Record<string, string> => {
  const result = parsed(...of);
  return result.ok ? {} : Object.fromEntries(result.problems.map(({ field, code }) => [field, code]));
};

describe('what people say of an item', () => {
  it('is taken as it is meant: what is empty is nothing', () => {
    expect(accepted({ minutes: ' ', links: '', presenter: '' })).to.deep.equal({
      kind: 'decision',
      presenter: null,
      minutes: null,
      links: [],
      confidential: false,
      language: 'sv',
      typed: { title: 'Lokaler', background: '', proposal: '' },
    });
    const all = accepted({ minutes: '015', presenter: people.petri, confidential: 'true', proposal: ' En \r\n två ' });
    expect(all).to.deep.include({ minutes: 15, presenter: people.petri, confidential: true });
  });

  it('needs a title, unless every agenda has a name for it', () => {
    for (const title of ['', '   ', undefined]) {
      expect(wrongIn({ title })).to.have.all.keys('title');
      expect(accepted({ title }, true).typed.title).to.equal('');
    }
    expect(accepted({ title: ' Eget  namn ' }, true).typed.title).to.equal('Eget namn');
  });

  it('takes minutes from one to eight hours, in digits alone', () => {
    for (const minutes of ['1', '480']) expect(accepted({ minutes }).minutes).to.equal(Number(minutes));
    for (const minutes of ['0', '481', '-5', '1,5', '1e2', 'tio', '1000', '٣'])
      expect(wrongIn({ minutes }), minutes).to.deep.equal({ minutes: 'notMinutes' });
  });

  it('takes up to five links, each of which begins with https and names nobody', () => {
    const five = Array.from({ length: limits.links }, (_, at) => `https://example.com/${at}`);
    expect(accepted({ links: `\n${five.join('\r\n')} \n` }).links).to.deep.equal(five);
    expect(wrongIn({ links: [...five, 'https://example.com/6'].join('\n') })).to.deep.equal({ links: 'tooManyLinks' });
    const others = ['http://example.com', 'javascript:alert(1)', 'example.com', 'https://', 'file:///etc/passwd'];
    const telling = [
      'https://kaisa:hemligt@example.com',
      'https://example.com/131052-308T',
      'https://example.com/a@b.fi',
    ];
    for (const link of [...others, ...telling])
      expect(wrongIn({ links: `https://example.com/\n${link}` }), link).to.deep.equal({ links: 'notALink' });
    expect(wrongIn({ links: `https://example.com/${'x'.repeat(limits.link)}` })).to.deep.equal({
      links: 'linkTooLong',
    });
  });

  it('says nothing of a person in any of its words', () => {
    for (const field of ['title', 'background', 'proposal'])
      expect(wrongIn({ [field]: 'Ärendet om 131052-308T' }), field).to.deep.equal({ [field]: 'sensitive' });
  });

  it('is too long at one letter more than there is room for, and at ten thousand', () => {
    for (const field of ['title', 'background', 'proposal'] as const) {
      expect(accepted({ [field]: 'ä'.repeat(limits[field]) }).typed[field]).to.have.length(limits[field]);
      for (const length of [limits[field] + 1, 10_000])
        expect(wrongIn({ [field]: 'a'.repeat(length) }), field).to.deep.equal({ [field]: 'tooLong' });
      expect(wrongIn({ [field]: '[*]'.repeat(limits[field] / 3) }), field).to.deep.equal({ [field]: 'tooWide' });
    }
  });

  it('is refused where a form could not have sent it', () => {
    for (const over of [{ kind: 'vote' }, { confidential: 'maybe' }, { presenter: 'x'.repeat(61) }, { title: 7 }])
      expect(Object.keys(wrongIn(over)), JSON.stringify(over)).to.deep.equal(Object.keys(over));
    expect(parseItem(null, { language: 'sv', named: false }).ok).to.equal(false);
  });
});
