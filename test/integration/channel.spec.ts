import { expect } from 'chai';
import { startTestApp } from '../support/app.ts';
import { cardsOf, handIn, shown, sv, type TestApp } from '../support/seed.ts';
import { textOf, textsOf } from '../support/teams/cards.ts';
import type { Chat } from '../support/teams/chat.ts';
import type { Message } from '../support/teams/world.ts';

describe('in a channel', () => {
  let app: TestApp;
  let channel: Chat;

  /** Lojo's team talks in this channel instead of its group chat. */
  beforeEach(async () => {
    app = await startTestApp();
    const { maria, petri } = app.people;
    channel = app.teams.channel({ teamId: '19:lojo@thread.tacv2', name: 'Ärenden', members: [maria, petri] });
    await channel.installBot(maria);
    await channel.waitFor(() => channel.messages.length === 1);
    await channel.press(maria, channel.last(), 'chat.bind', { body: 'team:lojo' });
    await channel.pressOld(maria, { verb: 'chat.bind', data: { body: 'team:lojo', move: 1 } }, channel.last());
    await channel.waitFor(() => channel.text().includes(sv('welcome.team', { body: 'Lojo ankarteam' })));
  });
  afterEach(async () => {
    expect(app.teams.violations).to.deep.equal([]);
    await app.stop();
  });

  /** Says it in a thread, or as the beginning of a new one; the answer, and the thread where it was asked. */
  async function ask(text: string, thread?: string): Promise<{ answer: Message; asked: string }> {
    const before = channel.messages.length;
    const { id } = await channel.say(app.people.petri, text, thread === undefined ? {} : { thread });
    return { answer: await channel.waitFor(() => channel.messages[before]), asked: thread ?? id };
  }

  it('answers a command in the thread that asked, whether it began there or earlier', async () => {
    const { answer, asked } = await ask('hjälp');
    expect(textOf(answer.activity)).to.include(sv('help.title'));
    expect(answer.thread).to.equal(asked);
    const later = await ask('team', asked);
    expect(textOf(later.answer.activity)).to.include('Petri Aaltonen');
    expect(later.answer.thread).to.equal(asked);
  });

  it('keeps the limits of the channel, however many threads ask', async () => {
    const before = channel.messages.length;
    await Promise.all(Array.from({ length: 9 }, () => channel.say(app.people.petri, 'hjälp')));
    await channel.waitFor(() => channel.messages.length === before + 9);
  });

  it('says there too why something cannot be done', async () => {
    const { answer, asked } = await ask('LOJ-2026-0099');
    expect(textOf(answer.activity)).to.include(sv('errors.referral.notFound'));
    expect(answer.thread).to.equal(asked);
  });

  it('goes on when a thread in it was deleted', async () => {
    const { answer, asked } = await ask('hjälp');
    const isThread = ({ path }: { path: string }): boolean => path.includes(`;messageid=${asked}`);
    const gone = app.teams.fail((request) => (isThread(request) ? { status: 404 } : undefined));
    await channel.say(app.people.petri, 'team', { thread: asked });
    await channel.waitFor(() => app.teams.requests.filter(isThread).length > 1);
    await app.bot.settled();
    gone();
    expect(channel.messages.at(-1)).to.equal(answer);
    await shown(channel, await handIn(app));
  });

  it('puts a case’s card into the channel, as a thread of its own, also when a thread asks for it', async () => {
    const reference = await handIn(app);
    const card = await shown(channel, reference);
    expect(card.thread).to.equal(card.id);
    const { id } = await channel.say(app.people.petri, reference);
    await channel.waitFor(() => cardsOf(channel, reference).at(-1)?.id !== card.id);
    const [brought] = cardsOf(channel, reference).slice(-1);
    expect(brought?.thread).to.equal(brought?.id).and.not.equal(id);
  });

  it('lets the case be worked on from its card', async () => {
    const reference = await handIn(app);
    const { card } = await channel.press(app.people.petri, await shown(channel, reference), 'referral.claim');
    expect(textsOf(card)).to.include(sv('referral.state.taken', { name: 'Petri Aaltonen' }));
    await channel.waitFor(() => channel.text().includes(sv('referral.state.taken', { name: 'Petri Aaltonen' })));
  });
});
