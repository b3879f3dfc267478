import { expect } from 'chai';
import { newDelivery, type Placement } from '../../../../src/delivery/model.ts';
import { type LinkTo, movedMessage, movedTo } from '../../../../src/delivery/moved-card.ts';
import { type ConversationId, conversationId } from '../../../../src/shared/ids.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { monday } from '../../../support/builders.ts';

describe('the line that a card becomes', () => {
  const [here, elsewhere] = [conversationId('19:here'), conversationId('19:elsewhere')];
  const placed = (id: string, conversation: ConversationId, over: Partial<Placement> = {}): Placement => ({
    ...{ id, conversation, activityId: `message-${id}`, shown: 1, state: 'live' },
    ...over,
  });
  const line = placed('old', here, { state: 'retiring' });
  const other = placed('older', elsewhere, { state: 'retiring' });
  const linkTo: LinkTo = (conversation, message) => `https://teams.example/${conversation}/${message}`;
  const seen = (...live: Placement[]) =>
    movedTo({ ...newDelivery(monday), placements: [line, other, ...live] }, line, linkTo);

  it('says where the live card is, and links to it', () => {
    expect(seen(placed('new', here))).to.deep.equal({
      where: 'here',
      url: 'https://teams.example/19:here/message-new',
    });
    expect(seen(placed('new', elsewhere))).to.deep.equal({
      where: 'elsewhere',
      url: 'https://teams.example/19:elsewhere/message-new',
    });
  });

  it('links to nothing when there is no live card, or none that is posted yet', () => {
    expect(seen()).to.deep.equal({ where: 'nowhere', url: null });
    expect(seen(placed('new', here, { activityId: null }))).to.deep.equal({ where: 'here', url: null });
  });

  it('has a button for the link, and none without one', () => {
    const texts = textsFor('sv');
    const url = 'https://teams.example/19:here/message-new';
    const actionsOf = (link: string | null) =>
      movedMessage('LOJ-2026-0001', texts, { where: 'here', url: link }).card.actions;
    expect(actionsOf(url)?.map((action) => [action.type, action.title, 'url' in action && action.url])).to.deep.equal([
      ['Action.OpenUrl', texts('moved.toCard'), url],
    ]);
    expect(actionsOf(null) ?? []).to.deep.equal([]);
  });
});
