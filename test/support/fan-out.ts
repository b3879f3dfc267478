import type { CardMessage } from '../../src/cards/elements.ts';
import { createSendLimits } from '../../src/delivery/limits.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import type { ChatSender } from '../../src/delivery/sender.ts';
import { conversationId, tenantId } from '../../src/shared/ids.ts';
import { fakeSender } from './fake-sender.ts';
import { simulatedClock } from './simulated-clock.ts';
import { createThrottle, sendRules, tenantRules } from './teams/throttle.ts';

export interface FanOut {
  /** Milliseconds until the last card stood in its chat. */
  needed: number;
  /** The same if every card left at the first moment that Teams allows. */
  ideal: number;
  delivered: number;
  /** How many requests arrived at Teams when one of its limits was used up. */
  broken: number;
}

/** Milliseconds: a request arrives at Teams after 15 to 50, and is answered after another 60 to 250. */
const journeys = { there: { least: 15, spread: 35 }, back: { least: 60, spread: 190 } };

/**
 * Hands the outbox `cards` cards at once, each for a personal chat of its own in one tenant, on a simulated clock.
 * Teams' limits are judged where they hold, on arrival, by the throttle of the Teams double.
 */
export async function fanOut(cards: number): Promise<FanOut> {
  const clock = simulatedClock();
  const start = clock.now().epochMilliseconds;
  const passed = (): number => clock.now().epochMilliseconds - start;
  const throttle = createThrottle(clock);
  const teams = fakeSender(clock.now);
  let broken = 0;
  let left = 0;

  const sender: ChatSender = {
    ...teams,
    async post(to, message) {
      const number = left++;
      await clock.sleep(takes('there', number));
      const refusals = [throttle.admit(to.tenant, tenantRules), throttle.admit(to.conversation, sendRules)];
      if (refusals.some((refusal) => refusal !== null)) broken += 1;
      const id = await teams.post(to, message);
      await clock.sleep(takes('back', number));
      return id;
    },
  };
  const outbox = createOutbox({ sender, clock, limits: createSendLimits({ clock }), random: () => 0 });

  const to = { tenant: tenantId('t'), serviceUrl: 'https://teams.example', botId: '28:bot' };
  const agenda: CardMessage = { card: { type: 'AdaptiveCard', version: '1.5', body: [] }, summary: 'agenda' };
  let needed: number | null = null;
  const shown = Promise.all(
    Array.from({ length: cards }, (_, number) =>
      outbox.show({ ...to, conversation: conversationId(`a:${number}`) }, null, () => agenda),
    ),
  ).finally(() => {
    needed = passed();
  });
  while (needed === null) await clock.advance(1_000);
  await shown;
  return { needed, ideal: idealFor(cards), delivered: teams.sent.length, broken };
}

function idealFor(cards: number): number {
  const last = cards - 1;
  const leaves = Math.max(...tenantRules.map((rule) => Math.floor(last / rule.operations) * rule.milliseconds));
  return leaves + takes('there', last) + takes('back', last);
}

/** Differs from card to card, evenly spread (golden ratio), and the same in each run. */
function takes(way: keyof typeof journeys, number: number): number {
  const { least, spread } = journeys[way];
  return Math.round(least + ((number * 0.618_034) % 1) * spread);
}
