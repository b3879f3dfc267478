import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import {
  type Activity,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationParameters,
  type ConversationReference,
  type InvokeResponse,
  TeamsActivityHandler,
  TeamsInfo,
  TurnContext,
} from 'botbuilder';
import { expect } from 'chai';
import { simulatedClock } from '../../support/simulated-clock.ts';
import { textsOf } from '../../support/teams/cards.ts';
import { type Fields, isFields, type TeamsUser } from '../../support/teams/world.ts';
import { startTeamsDouble, type TeamsDouble } from '../../support/teams-double.ts';

/** A bot as botbuilder has it, which counts presses on a card. */
class CountingBot extends TeamsActivityHandler {
  readonly seen: Activity[] = [];
  references: Partial<ConversationReference>[] = [];
  presses = 0;

  override async run(context: TurnContext): Promise<void> {
    this.seen.push(context.activity);
    this.references.push(TurnContext.getConversationReference(context.activity));
    if (context.activity.type === 'message') await this.answer(context);
    else await super.run(context);
  }

  async answer(context: TurnContext): Promise<void> {
    const text = TurnContext.removeRecipientMention(context.activity);
    if (text.trim() === 'kort') await context.sendActivity({ attachments: [this.card()] });
    else await context.sendActivity(`Eko: ${text.trim()}`);
  }

  card(users: readonly string[] = []) {
    return CardFactory.adaptiveCard({
      type: 'AdaptiveCard',
      version: '1.5',
      ...(users.length ? { refresh: { userIds: users, action: { type: 'Action.Execute', verb: 'count.see' } } } : {}),
      body: [{ type: 'TextBlock', text: `Tryck: ${this.presses}` }],
      actions: [
        { type: 'Action.Execute', title: 'Räkna', verb: 'count.press', data: { step: 1 } },
        {
          type: 'Action.ShowCard',
          title: 'Mera',
          card: {
            type: 'AdaptiveCard',
            body: [
              { type: 'Input.Number', id: 'by', label: 'Antal', isRequired: true },
              { type: 'Input.Text', id: 'why', label: 'Varför', value: 'roligt' },
            ],
            actions: [{ type: 'Action.Execute', title: 'Räkna fler', verb: 'count.more', data: { step: 'by' } }],
          },
        },
      ],
    });
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    if (context.activity.name !== 'adaptiveCard/action') return { status: 200, body: { task: { type: 'continue' } } };
    const { action, trigger } = context.activity.value;
    if (trigger === 'manual') this.presses += Number(action.data.by ?? action.data.step);
    const card = this.card([context.activity.from.id]);
    if (trigger === 'manual')
      await context.updateActivity({ type: 'message', id: context.activity.replyToId ?? '', attachments: [card] });
    return { status: 200, body: { statusCode: 200, type: card.contentType, value: card.content } };
  }
}

function hosted(adapter: CloudAdapter, bot: CountingBot): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const outgoing = {
      socket: response.socket,
      header: (name: string, value: unknown) => response.setHeader(name, String(value)),
      status: (code: number) => {
        response.statusCode = code;
      },
      send: (body: unknown) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
      end: () => response.end(),
    };
    const body = await json(request);
    const incoming = { method: 'POST', headers: request.headers, body: isFields(body) ? body : {} };
    await adapter.process(incoming, outgoing, (context) => bot.run(context));
  };
  return createServer((request, response) => void answer(request, response));
}

describe("the Teams double, called by botbuilder's own client", () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  let teams: TeamsDouble;
  let bot: CountingBot;
  let server: Server;
  let anna: TeamsUser;
  let veikko: TeamsUser;

  beforeEach(async () => {
    bot = new CountingBot();
    server = hosted(adapter, bot);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    teams = await startTeamsDouble({ botName: 'Ankarboten' });
    teams.connectTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    anna = teams.addUser({ name: 'Anna Ankar' });
    veikko = teams.addUser({ name: 'Veikko Virta', locale: 'fi-FI' });
  });

  afterEach(async () => {
    await teams.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const inChat = <T>(run: (context: TurnContext) => Promise<T>): Promise<T> => continueWith(bot.references.at(-1), run);
  const continueWith = async <T>(
    reference: Partial<ConversationReference> | undefined,
    run: (context: TurnContext) => Promise<T>,
  ): Promise<T> => {
    let result: { value: T } | undefined;
    await adapter.continueConversationAsync('', reference ?? {}, async (context) => {
      result = { value: await run(context) };
    });
    if (!result) throw new Error('The turn did not run.');
    return result.value;
  };
  /** The connector's error: its HTTP status and code. */
  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    try {
      await attempt;
    } catch (error) {
      const { statusCode, code } = Object(error);
      return `${statusCode} ${code}`;
    }
    return 'accepted';
  };

  it('announces the bot in a group chat as Teams does, and says later who comes and goes', async () => {
    const chat = teams.groupChat({ members: [anna] });
    await chat.installBot(anna);
    await chat.addMember(veikko, anna);
    await chat.removeMember(veikko, anna);

    const told = bot.seen.map(({ type, action, membersAdded, membersRemoved }) => ({
      type,
      action,
      added: membersAdded?.map(({ id }) => id),
      removed: membersRemoved?.map(({ id }) => id),
    }));
    const nothing = { action: undefined, added: undefined, removed: undefined };
    expect(told).to.deep.equal([
      { ...nothing, type: 'installationUpdate', action: 'add' },
      { ...nothing, type: 'conversationUpdate', added: [teams.botId] },
      { ...nothing, type: 'conversationUpdate', added: [veikko.id] },
      { ...nothing, type: 'conversationUpdate', removed: [veikko.id] },
    ]);
    expect(bot.seen[0]?.conversation).to.deep.equal({
      isGroup: true,
      conversationType: 'groupChat',
      tenantId: teams.tenant,
      id: chat.id,
    });
  });

  it('delivers in a group only what mentions the bot, and everything in a 1:1 chat', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    expect((await chat.say(anna, 'bara prat', { mention: false })).answer).to.equal(null);
    await chat.say(anna, 'hej');
    expect(chat.text()).to.equal('Eko: hej');

    await teams.personalChat(veikko).say(veikko, 'moi');
    expect(teams.personalChat(veikko).text()).to.equal('Eko: moi');
    expect(bot.seen.map(({ locale }) => locale)).to.deep.equal(['sv-FI', 'fi-FI']);
  });

  it('shows the answer card to the one who pressed, and the update to everybody', async () => {
    const chat = teams.groupChat({ members: [anna, veikko], installed: true });
    await chat.say(anna, 'kort');
    const message = chat.last();
    const answer = await chat.press(anna, message, 'count.press');

    expect(answer.status).to.equal(200);
    expect(textsOf(answer.card)).to.include('Tryck: 1');
    expect(chat.last().id).to.equal(message.id);
    expect(chat.last().versions).to.have.length(2);
    expect(textsOf(chat.cardFor(veikko, message))).to.include('Tryck: 1');
    expect(bot.seen.at(-1)).to.include({ type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id });
    expect(teams.violations).to.deep.equal([]);
  });

  it('gathers the inputs of a ShowCard as Teams does, and refuses what Teams would not send', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'kort');
    await chat.press(anna, chat.last(), 'Räkna fler', { by: 41 });

    expect(bot.seen.at(-1)?.value.action.data).to.deep.equal({ step: 'by', by: '41', why: 'roligt' });
    expect(() => chat.press(anna, chat.last(), 'count.more')).to.throw('required input by');
    expect(() => chat.press(anna, chat.last(), 'count.press', { by: 1 })).to.throw('no input by');
    expect(() => chat.press(anna, chat.last(), 'count.gone')).to.throw('No action');
  });

  it('refreshes automatically only for the people whom the card names', async () => {
    const chat = teams.groupChat({ members: [anna, veikko], installed: true });
    await chat.say(anna, 'kort');
    await chat.press(anna, chat.last(), 'count.press');
    const { versions } = chat.last();
    const before = versions.length;
    const answer = await chat.refresh(anna, chat.last());

    expect(bot.seen.at(-1)?.value).to.deep.include({ trigger: 'automatic' });
    expect(textsOf(answer.card)).to.include('Tryck: 1');
    expect(chat.last().versions).to.have.length(before);
    expect(() => chat.refresh(veikko, chat.last())).to.throw('not refreshed for Veikko Virta');
  });

  it('sends a forged action unchanged', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'kort');
    await chat.pressOld(anna, { type: 'Action.Execute', verb: 'count.press', data: { step: 7 } }, chat.last());
    expect(bot.presses).to.equal(7);
  });

  it('keeps the threads of a channel apart, and knows its team', async () => {
    const general = { id: '19:general@thread.tacv2', teamId: '19:general@thread.tacv2', teamName: 'Ankarteamet' };
    const channel = teams.channel({ ...general, members: [anna, veikko], installed: true });
    const { id } = await channel.say(anna, 'hej');

    expect(channel.last().thread).to.equal(id);
    expect(bot.seen.at(-1)?.conversation.id).to.equal(`${channel.id};messageid=${id}`);
    const [details, channels, members] = await inChat(
      async (context) =>
        [
          await TeamsInfo.getTeamDetails(context, channel.id),
          await TeamsInfo.getTeamChannels(context, channel.id),
          await TeamsInfo.getPagedMembers(context),
        ] as const,
    );
    expect(details).to.include({ name: 'Ankarteamet', memberCount: 2, channelCount: 1 });
    expect(channels.map((each) => each.id)).to.deep.equal([channel.id]);
    expect(members.members.map(({ aadObjectId }) => aadObjectId)).to.deep.equal([anna.aadObjectId, veikko.aadObjectId]);
  });

  it('tells the roster in pages, and one person by id', async () => {
    const crowd = Array.from({ length: 120 }, (_, index) => teams.addUser({ name: `Person ${index}` }));
    const chat = teams.groupChat({ members: [anna, ...crowd], installed: true });
    await chat.say(anna, 'hej');
    await inChat(async (context) => {
      const first = await TeamsInfo.getPagedMembers(context, 100);
      const second = await TeamsInfo.getPagedMembers(context, 100, first.continuationToken);
      expect([first.members.length, second.members.length]).to.deep.equal([100, 21]);
      expect(second.continuationToken).to.equal(undefined);
      expect(await TeamsInfo.getMember(context, anna.id)).to.include({ name: 'Anna Ankar', tenantId: teams.tenant });
      expect(await refusal(TeamsInfo.getMember(context, veikko.id))).to.equal('404 MemberNotFoundInConversation');
    });
  });

  it('creates the same 1:1 chat for a person each time, and none for a stranger', async () => {
    const create = async (id: string): Promise<string> => {
      let created = '';
      const parameters: ConversationParameters = {
        isGroup: false,
        bot: { id: teams.botId, name: '' },
        members: [{ id, name: '' }],
        tenantId: teams.tenant,
        channelData: { tenant: { id: teams.tenant } },
      };
      await adapter.createConversationAsync('', 'msteams', teams.serviceUrl, '', parameters, async (context) => {
        created = context.activity.conversation.id;
        await context.sendActivity('Hej!');
      });
      return created;
    };
    expect(await create(anna.id)).to.equal(await create(anna.id));
    expect(teams.personalChat(anna).messages).to.have.length(2);
    expect(await refusal(create('29:nobody'))).to.equal('400 BadSyntax');
  });

  it('updates and deletes messages, and answers 404 for one it does not know', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'hej');
    const { id } = chat.last();
    await inChat(async (context) => {
      await context.updateActivity({ type: 'message', id, text: 'Ändrat' });
      expect(chat.text()).to.equal('Ändrat');
      await context.deleteActivity(id);
      expect(chat.text()).to.equal('');
      const late = context.updateActivity({ type: 'message', id, text: 'För sent' });
      expect(await refusal(late)).to.equal('404 ActivityNotFoundInConversation');
    });
  });

  it('refuses a bot that was removed or blocked, and a chat that is gone', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'hej');
    const send = (): Promise<string> => refusal(inChat((context) => context.sendActivity('?')));
    await chat.removeBot(anna);
    expect(await send()).to.equal('403 BotNotInConversationRoster');
    chat.blockBot();
    expect(await send()).to.equal('403 MessageWritesBlocked');
    chat.vanish();
    expect(await send()).to.equal('404 ConversationNotFound');
  });

  it('splits text and card, returns no id, and remembers the mistake', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'hej');
    const sent = await inChat((context) => context.sendActivity({ text: 'Se:', attachments: [bot.card()] }));

    expect(sent?.id).to.equal(undefined);
    expect(chat.messages).to.have.length(3);
    expect(teams.violations.map(({ rule }) => rule)).to.deep.equal(['split']);
  });

  it('refuses a card over 28 KB and a message over 80 KB', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'hej');
    const wide = CardFactory.adaptiveCard({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [],
      speak: 'å'.repeat(14 * 1024),
    });
    await inChat(async (context) => {
      expect(await refusal(context.sendActivity({ attachments: [wide] }))).to.equal('413 RequestEntityTooLarge');
      expect(await refusal(context.sendActivity('a'.repeat(80 * 1024)))).to.equal('413 MessageSizeTooBig');
    });
    expect(teams.violations.map(({ rule }) => rule)).to.deep.equal(['cardSize', 'messageSize']);
  });

  it('opens and submits the form of a message action', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    const payload = { id: '1', body: { contentType: 'text', content: 'Kan vi ses på torsdag?' } };
    await chat.messageAction(anna, 'propose', payload);
    await chat.submitAction(anna, 'propose', payload, { topic: 'Möte' });

    expect(bot.seen.map(({ name }) => name)).to.deep.equal([
      'composeExtension/fetchTask',
      'composeExtension/submitAction',
    ]);
    expect(bot.seen[1]?.value).to.deep.include({
      commandId: 'propose',
      messagePayload: payload,
      data: { topic: 'Möte' },
    });
  });

  it('lets a test wait for what the bot does later', async () => {
    const chat = teams.groupChat({ members: [anna], installed: true });
    await chat.say(anna, 'hej');
    const later = chat.waitFor(({ messages }) => messages.find(({ activity }) => activity.text === 'Senare'));
    await inChat((context) => context.sendActivity('Senare'));
    expect((await later).activity.text).to.equal('Senare');
    const never = chat
      .waitFor(() => false, 10)
      .then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await never).to.contain('Senare');
  });
});

describe('the Teams double, called directly', () => {
  const post = (teams: TeamsDouble, conversationId: string, body: Fields): Promise<Response> =>
    fetch(new URL(`v3/conversations/${encodeURIComponent(conversationId)}/activities`, teams.serviceUrl), {
      method: 'POST',
      body: JSON.stringify(body),
    });
  const hello = { type: 'message', text: 'Hej' };
  const settled = (attempt: Promise<Response>): Promise<number | 'cut'> =>
    attempt.then(
      ({ status }) => status,
      () => 'cut' as const,
    );

  it('answers 429 with Retry-After to the eighth message within a second, and records it', async () => {
    const clock = simulatedClock();
    const teams = await startTeamsDouble({ clock });
    const chat = teams.groupChat({ members: [], installed: true });
    const statuses: number[] = [];
    for (let index = 0; index < 7; index++) statuses.push((await post(teams, chat.id, hello)).status);
    const refused = await post(teams, chat.id, hello);
    expect(new Set(statuses)).to.deep.equal(new Set([201]));
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([429, '1']);
    expect(teams.violations.map(({ rule }) => rule)).to.deep.equal(['conversationLimit']);

    await clock.advance(1_000);
    expect((await post(teams, chat.id, hello)).status, 'the eighth in two seconds').to.equal(201);
    expect((await post(teams, chat.id, hello)).status, 'the ninth in two seconds').to.equal(429);
    await teams.close();
  });

  it('answers 429 to the 51st request within a second in a tenant, unless the limits are off', async () => {
    const teams = await startTeamsDouble({ clock: simulatedClock() });
    const chats = Array.from({ length: 51 }, () => teams.groupChat({ members: [], installed: true }));
    const statuses: number[] = [];
    for (const { id } of chats) statuses.push((await post(teams, id, hello)).status);
    expect(statuses.lastIndexOf(201)).to.equal(49);
    expect(statuses[50]).to.equal(429);
    expect(teams.violations.map(({ rule }) => rule)).to.deep.equal(['tenantLimit']);

    teams.limited = false;
    expect((await post(teams, chats[0]?.id ?? '', hello)).status).to.equal(201);
    await teams.close();
  });

  it('fails as a test tells it: by status, by cutting the connection before or after the work', async () => {
    const teams = await startTeamsDouble();
    const chat = teams.groupChat({ members: [], installed: true });
    const end = teams.fail(({ count }) =>
      count === 1
        ? { status: 503, retryAfter: 3 }
        : count === 2
          ? 'reset'
          : count === 3
            ? 'accept-then-reset'
            : undefined,
    );
    const first = await post(teams, chat.id, hello);
    expect([first.status, first.headers.get('retry-after')]).to.deep.equal([503, '3']);
    expect(await settled(post(teams, chat.id, hello))).to.equal('cut');
    expect(chat.messages).to.have.length(0);
    expect(await settled(post(teams, chat.id, hello))).to.equal('cut');
    expect(chat.messages).to.have.length(1);
    end();
    expect(await settled(post(teams, chat.id, hello))).to.equal(201);
    expect(teams.requests.map(({ status }) => status)).to.deep.equal([503, 0, 0, 201]);
    await teams.close();
  });

  it('can leave a request without an answer until it closes', async () => {
    const teams = await startTeamsDouble();
    const chat = teams.groupChat({ members: [], installed: true });
    teams.fail(() => 'hang');
    const hanging = settled(post(teams, chat.id, hello));
    await teams.waitFor(() => teams.requests.length === 1);
    await teams.close();
    expect(await hanging).to.equal('cut');
  });
});
