import { expect } from 'chai';
import { card, withoutMarkdown } from '../../../../src/cards/elements.ts';
import { textsFor } from '../../../../src/shared/text.ts';

describe('the pieces of a card', () => {
  it('read aloud what people wrote as they wrote it, and show it as no Markdown', () => {
    const written = 'Ring 112_a *nu* <b> [länk](https://example.com) `kod`';
    expect(withoutMarkdown(written)).to.include('\\*nu\\*');
    const { speak, fallbackText } = card(textsFor('sv'), { speak: withoutMarkdown(written), body: [] });
    expect(speak).to.equal(written);
    expect(fallbackText, 'which may be read as Markdown').to.equal(withoutMarkdown(written));
  });
});
