import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Chat,
  type Coming,
  type ConversationReference,
  greet,
  markGone,
  meetAgain,
  meetContact,
  newChat,
  newContact,
  refreshGreeting,
  reopen,
} from '../../../../src/conversations/model.ts';
import { isUnsettled, liveIn, record } from '../../../../src/delivery/model.ts';
import { conversationId } from '../../../../src/shared/ids.ts';
import { monday, people } from '../../../support/builders.ts';

const conversation = conversationId('19:chat');
const reference: ConversationReference = {
  conversation,
  kind: 'groupChat',
  serviceUrl: 'https://smba.example.com/emea/',
  botId: '28:bot',
  person: null,
};
const started = monday;
const within = Temporal.Duration.from({ seconds: 60 });
const coming: Coming = { since: started, within };
const at = (seconds: number): Temporal.Instant => monday.add({ seconds });
const posted = (chat: Chat): Chat => ({
  ...chat,
  delivery: chat.delivery.placements.reduce(
    (delivery, { id }) =>
      record(delivery, {
        did: 'shown',
        placement: id,
        conversation,
        activityId: `m-${id}`,
        revision: delivery.revision,
      }),
    chat.delivery,
  ),
});

describe('the greeting of a chat', () => {
  it('comes once, though Teams announces one coming twice', () => {
    const once = greet(newChat(reference, started), 'one', at(1), coming);
    expect(liveIn(once.delivery, conversation)?.id).to.equal('one');
    expect(greet(once, 'two', at(2), coming)).to.equal(once);
    expect(greet(posted(once), 'two', at(59), coming).delivery.placements.map(({ id }) => id)).to.deep.equal(['one']);
  });

  it('comes again, at the bottom, when the bot comes again later', () => {
    const again = greet(posted(greet(newChat(reference, started), 'one', at(1), coming)), 'two', at(3_600), coming);
    expect(liveIn(again.delivery, conversation)?.id).to.equal('two');
  });

  it('comes again at once when the bot had been removed in between', () => {
    const removed = markGone(greet(newChat(reference, started), 'one', at(1), coming), [], at(2));
    const again = greet(removed, 'two', at(3), coming);
    expect(again.state).to.equal('open');
    expect(again.delivery.placements.map(({ id }) => id)).to.deep.equal(['two']);
  });

  it('comes again as soon as it is another coming where comings are announced closer together', () => {
    const once = posted(greet(newChat(reference, started), 'one', at(1), coming));
    const closer = { since: started, within: Temporal.Duration.from({ seconds: 3 }) };
    expect(greet(once, 'two', at(3), closer)).to.equal(once);
    expect(liveIn(greet(once, 'two', at(5), closer).delivery, conversation)?.id).to.equal('two');
    expect(greet(once, 'two', at(5), coming)).to.equal(once);
  });

  it('comes again after a new start of the process, because then it is another coming', () => {
    const before = greet(newChat(reference, started), 'one', at(1), coming);
    expect(liveIn(greet(before, 'two', at(11), { since: at(10), within }).delivery, conversation)?.id).to.equal('two');
  });

  it('is one live card and nothing else, however the announcements come', () => {
    const comings = fc.array(fc.record({ wait: fc.nat(120), remove: fc.boolean() }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(comings, (steps) => {
        let chat = newChat(reference, started);
        let seconds = 0;
        for (const [index, { wait, remove }] of steps.entries()) {
          seconds += wait;
          if (remove) chat = markGone(chat, [], at(seconds));
          chat = posted(greet(chat, `p${index}`, at(seconds), coming));
          expect(chat.delivery.placements.filter(({ state }) => state === 'live')).to.have.length(1);
          expect(chat.state).to.equal('open');
        }
      }),
    );
  });

  it('says something new where it stands when the chat is bound, and is not posted where it never was', () => {
    const fresh = newChat(reference, started);
    expect(refreshGreeting(fresh, at(5))).to.equal(fresh);
    const greeted = posted(greet(fresh, 'one', at(1), coming));
    expect(isUnsettled(greeted.delivery, at(5))).to.equal(false);
    expect(isUnsettled(refreshGreeting(greeted, at(5)).delivery, at(5))).to.equal(true);
  });
});

describe('a chat that is gone', () => {
  it('shows nothing any more, and its leaders are told once', () => {
    const gone = markGone(greet(newChat(reference, started), 'one', at(1), coming), [people.maria], at(2));
    expect(gone.delivery.placements).to.deep.equal([]);
    expect(gone.delivery.notices.map(({ to, kind }) => ({ to, kind }))).to.deep.equal([
      { to: people.maria, kind: 'chatGone' },
    ]);
    expect(markGone(gone, [people.maria], at(3))).to.equal(gone);
  });

  it('is told of once a day, however often it turns out to be', () => {
    const hours = (chat: Chat, after: number): Chat =>
      markGone({ ...chat, state: 'open' }, [people.maria], at(after * 3_600));
    const gone = [0, 1, 2].reduce(hours, newChat(reference, started));
    expect(gone.delivery.notices).to.have.length(1);
    expect(hours(gone, 24).delivery.notices).to.have.length(2);
  });

  it('is tried again when somebody uses it, and so once in a while only', () => {
    const closed = (chat: Chat, seconds: number): Chat => markGone(chat, [], at(seconds));
    const once = reopen(closed(newChat(reference, started), 1), at(2));
    expect(once.state).to.equal('open');
    expect(reopen(once, at(400)), 'it is open').to.equal(once);
    const again = closed(once, 3);
    expect(reopen(again, at(300))).to.equal(again);
    expect(reopen(again, at(303)).state).to.equal('open');
    expect(reopen(again, at(-3_600)).state, 'the wall clock was set back').to.equal('open');
  });
});

describe('a chat that is met again', () => {
  it('is written only when something is new, and follows the service URL', () => {
    const chat = newChat(reference, started);
    expect(meetAgain(chat, reference)).to.equal(chat);
    const moved = meetAgain(chat, { ...reference, serviceUrl: 'https://smba.example.com/nordic/' });
    expect(moved).to.deep.equal({ ...chat, serviceUrl: 'https://smba.example.com/nordic/' });
    expect(meetAgain(markGone(chat, [], at(1)), { ...reference, botId: '28:other' }).state).to.equal('gone');
  });

  it('keep the language of a person’s Teams, whatever tells less of them', () => {
    const { niina: person } = people;
    const contact = newContact({ person, teamsId: '29:niina', teamsLanguage: 'fi' }, reference);
    const elsewhere = { ...reference, serviceUrl: 'https://smba.example.com/amer/' };
    const met = meetContact(contact, { person, teamsId: '29:niina' }, elsewhere);
    expect([met.serviceUrl, met.teamsLanguage]).to.deep.equal([elsewhere.serviceUrl, 'fi']);
  });
});
