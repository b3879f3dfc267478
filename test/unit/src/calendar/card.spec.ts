import { expect } from 'chai';
import { subscriptionCard } from '../../../../src/calendar/card.ts';
import { type Detail, details } from '../../../../src/calendar/model.ts';
import type { Card } from '../../../../src/cards/elements.ts';
import { textsFor } from '../../../../src/shared/text.ts';

const texts = textsFor('sv');
const links = { address: 'https://anchor.example/calendar/token.ics', outlook: 'https://outlook.office.com/x' };

describe('the card of a person’s calendar', () => {
  const drawn = (detail: Detail, shown: typeof links | null): Card => subscriptionCard({ detail }, shown, texts);
  const verbsOf = ({ actions }: Card): string[] =>
    [...JSON.stringify(actions).matchAll(/"verb":"calendar\.(\w+)"/g)].map(([, verb = '']) => verb);

  it('says what is shown there, and offers what is not', () => {
    for (const detail of details)
      for (const shown of [links, null]) {
        const card = JSON.stringify(drawn(detail, shown));
        const other = details.filter((each) => each !== detail);
        expect(details.filter((each) => card.includes(texts(`calendar.detail.${each}`)))).to.deep.equal([detail]);
        expect(details.filter((each) => card.includes(`"detail":"${each}"`))).to.deep.equal(other);
        expect(details.filter((each) => card.includes(texts(`calendar.choose.${each}`)))).to.deep.equal(other);
      }
  });

  it('has the address, a new one and its end for whoever has one, and for all others the way to one', () => {
    const [has, none] = [drawn('little', links), drawn('little', null)];
    expect(verbsOf(has)).to.deep.equal(['renew', 'revoke', 'choose']);
    expect(verbsOf(none)).to.deep.equal(['renew', 'choose']);
    expect(JSON.stringify(has)).to.include(links.address).and.include(links.outlook);
    expect(JSON.stringify(none)).to.not.include('https:');
  });

  it('says first what has just been done', () => {
    const said = { tone: 'good', text: texts('calendar.chosen') } as const;
    const [first] = subscriptionCard({ detail: 'all' }, links, texts, said).body ?? [];
    expect(JSON.stringify(first)).to.include(said.text);
  });
});
