import type { Running } from '../../bot/main.ts';
import type { Verb } from '../../src/cards/verbs.ts';
import type { StoredMeeting } from '../../src/meetings/stored.ts';
import { type AroundRequest, aroundStore } from '../../src/storage/around.ts';
import type { Store } from '../../src/storage/port.ts';
import { startTestApp, type TestAppOptions } from './app.ts';
import { plant } from './meetings.ts';
import { startAgain, type TestApp, verbsOn } from './seed.ts';
import { goTo, inHelsinki, type ShiftingClock, shiftingClock } from './shifting-clock.ts';
import { cardOf, executeActions, textOf } from './teams/cards.ts';
import type { Chat, InvokeAnswer } from './teams/chat.ts';
import { type Fields, isFields, type Message, type TeamsUser } from './teams/world.ts';

/** A bot with meetings, on a clock that a test turns; it begins on a Monday at nine. Times are Helsinki's. */
export interface MeetingRun {
  app: TestApp;
  clock: ShiftingClock;
  /** Which is another one after `restart`. */
  bot(): Running;
  /** Turns the clock on; what is due by then is done before this resolves. */
  to(local: string): Promise<void>;
  /** Sends a meeting, as if somebody had just planned it. */
  send(planned: StoredMeeting): Promise<void>;
  press(user: TeamsUser, meeting: StoredMeeting, verb: Verb, inputs?: Fields, message?: Message): Promise<InvokeAnswer>;
  /** `environment`: what is set otherwise from then on. */
  restart(environment?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

/** `around`: what is done about each request to its store. */
export async function startMeetings({
  around,
  ...options
}: Omit<TestAppOptions, 'clock' | 'through'> & { around?: AroundRequest } = {}): Promise<MeetingRun> {
  const clock = shiftingClock(inHelsinki('2026-11-23T09:00'));
  let store: Store | null = null;
  const through = (opened: Store): Store => {
    store = around ? aroundStore(opened, around) : opened;
    return store;
  };
  const app = await startTestApp({ ...options, clock, through });
  let bot = app.bot;
  app.teams.limited = false;
  await app.chat.installBot(app.people.maria);
  await bot.settled();
  return {
    app,
    clock,
    bot: () => bot,
    to: (local) => goTo(inHelsinki(local), clock, bot),
    async send(planned) {
      if (!store) throw new Error('The bot has no store.');
      await plant(store, planned);
      await goTo(clock.now().add({ seconds: 61 }), clock, bot);
    },
    press(user, { id }, verb, inputs = {}, message = undefined) {
      return app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { id, ...inputs } }, message);
    },
    async restart(environment = {}) {
      await bot.stop();
      bot = await startAgain(app, { clock, through }, environment);
    },
    async stop() {
      await bot.stop();
      await app.stop();
    },
  };
}

/** What a press carries that was told what speaks against it, and does it all the same. */
export function despiteOf({ card }: InvokeAnswer, verb: Verb): Fields {
  const data = executeActions(card ?? {}).find(({ action }) => action.verb === verb)?.action.data;
  return isFields(data) && data.despite ? { despite: data.despite } : {};
}

/** The messages that show a meeting and can be pressed, oldest first. */
export function meetingCardsIn(chat: Chat): Message[] {
  const isOfOne = (verb: string): boolean => verb.startsWith('meeting.') && verb !== 'meeting.list';
  return chat.messages.filter(({ activity, deleted }) => !deleted && verbsOn(cardOf(activity) ?? {}).some(isOfOne));
}

/** All that the bot has said to somebody in private by now, each message as it reads today. */
export function toldPrivately(app: TestApp, user: TeamsUser): string[] {
  return app.teams.personalChat(user).messages.map(({ activity }) => textOf(activity));
}
