import { expect } from 'chai';
import fc from 'fast-check';
import {
  conversationMargin,
  createSendLimits,
  type SendWindow,
  teamsConversationWindows,
  teamsTenantWindows,
  tenantMargin,
} from '../../../../src/delivery/limits.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const tenant = 'tenant-1';

/** True when some stretch of the window's length (its end excluded) holds more than it may. Deliberately naive. */
function exceeds(times: readonly number[], { sends, milliseconds }: SendWindow, margin: number): boolean {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.some((first) => {
    const within = sorted.filter((time) => time >= first && time < first + milliseconds + margin);
    return within.length > sends;
  });
}

const breaks = (times: readonly number[], windows: readonly SendWindow[], margin: number): boolean =>
  windows.some((window) => exceeds(times, window, margin));

/** Small windows, few places and round times make every kind of collision likely within a few arrivals. */
const smallConversation: SendWindow[] = [
  { sends: 2, milliseconds: 100 },
  { sends: 3, milliseconds: 700 },
  { sends: 5, milliseconds: 3_000 },
];
const smallTenant: SendWindow[] = [{ sends: 3, milliseconds: 300 }];

const tens = (max: number): fc.Arbitrary<number> => fc.nat(max / 10).map((number) => number * 10);
const arrivals = fc.array(
  fc.record({
    gap: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: tens(400) }, tens(4_000)),
    tenant: fc.constantFrom('a', 'a', 'a', 'b'),
    conversation: fc.constantFrom('1', '2', '3', '4'),
    hold: fc.option(tens(1_000), { freq: 5 }),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

describe('send limits', () => {
  it('never exceed a window, and let no send wait a millisecond longer than the windows and holds ask for', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async (pattern) => {
        const clock = simulatedClock();
        const limits = createSendLimits({ clock, perConversation: smallConversation, perTenant: smallTenant });
        const ofTenant = new Map<string, number[]>();
        const ofConversation = new Map<string, number[]>();
        const holds = new Map<string, number>();
        for (const step of pattern) {
          await clock.set(clock.now().add({ milliseconds: step.gap }));
          const now = clock.now().epochMilliseconds;
          const key = `${step.tenant}${step.conversation}`;
          if (step.hold !== null) {
            limits.hold(key, step.hold);
            holds.set(key, Math.max(holds.get(key) ?? 0, now + step.hold));
          }
          const inTenant = ofTenant.get(step.tenant) ?? [];
          const inConversation = ofConversation.get(key) ?? [];
          const fits = (at: number): boolean =>
            at >= (holds.get(key) ?? 0) &&
            !breaks([...inTenant, at], smallTenant, tenantMargin) &&
            !breaks([...inConversation, at], smallConversation, conversationMargin);

          const at = now + limits.reserve(step.tenant, key);

          expect(fits(at), 'keeps every window').to.equal(true);
          // A moment becomes possible only when a hold ends or a booking leaves a window.
          const openings = [now, holds.get(key) ?? now];
          for (const booked of inTenant) openings.push(booked + 300 + tenantMargin);
          for (const booked of inConversation)
            for (const window of smallConversation) openings.push(booked + window.milliseconds + conversationMargin);
          const sooner = openings.filter((opening) => opening >= now && opening < at && fits(opening));
          expect(sooner, 'sends as soon as possible').to.deep.equal([]);
          ofTenant.set(step.tenant, [...inTenant, at]);
          ofConversation.set(key, [...inConversation, at]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("keep Teams' own windows for a burst of 400 in one conversation", () => {
    const limits = createSendLimits({ clock: simulatedClock() });
    const waits = Array.from({ length: 400 }, () => limits.reserve(tenant, 'chat'));

    expect(waits.slice(0, 8)).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 1_000 + conversationMargin]);
    expect(breaks(waits, teamsConversationWindows, conversationMargin)).to.equal(false);
  });

  it('keep the limits of Teams on arrival, when the way takes longer for some by as much as the margin', () => {
    const journeys = fc.array(fc.record({ chat: fc.nat(9), share: fc.double({ min: 0, max: 1, noNaN: true }) }), {
      minLength: 60,
      maxLength: 150,
    });
    fc.assert(
      fc.property(journeys, (sends) => {
        const limits = createSendLimits({ clock: simulatedClock() });
        const booked = sends.map(({ chat, share }) => ({ chat, share, at: limits.reserve(tenant, `chat-${chat}`) }));
        const inTenant = booked.map(({ at, share }) => at + share * tenantMargin);
        expect(breaks(inTenant, teamsTenantWindows, 0), 'tenant').to.equal(false);
        for (let chat = 0; chat < 10; chat++) {
          const own = booked.filter((send) => send.chat === chat);
          const arrived = own.map(({ at, share }) => at + share * conversationMargin);
          expect(breaks(arrived, teamsConversationWindows, 0), 'conversation').to.equal(false);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('do not let one tenant wait for another', () => {
    const limits = createSendLimits({ clock: simulatedClock() });
    for (let index = 0; index < 60; index++) limits.reserve('tenant-1', `chat-${index}`);

    expect(limits.reserve('tenant-2', 'chat')).to.equal(0);
  });

  it('let a send of another conversation go before one that waits longer', () => {
    const limits = createSendLimits({ clock: simulatedClock() });
    limits.hold('held', 10_000);

    expect(limits.reserve(tenant, 'held')).to.equal(10_000);
    expect(limits.reserve(tenant, 'free')).to.equal(0);
  });

  it('send nothing to a held conversation, not even what was waiting when the 429 came', async () => {
    const clock = simulatedClock();
    const start = clock.now().epochMilliseconds;
    const limits = createSendLimits({ clock });
    const sent: number[] = [];
    const turns = Array.from({ length: 9 }, async () => {
      await limits.turn(tenant, 'chat');
      sent.push(clock.now().epochMilliseconds - start);
    });
    await clock.advance(100);
    limits.hold('chat', 5_000);
    await clock.advance(60_000);
    await Promise.all(turns);

    expect(sent).to.deep.equal([0, 0, 0, 0, 0, 0, 0, 5_100, 5_100]);
  });

  it('give the moment back when the waiting is aborted', async () => {
    const clock = simulatedClock();
    const limits = createSendLimits({ clock, perConversation: [{ sends: 1, milliseconds: 1_000 }] });
    await limits.turn(tenant, 'chat');
    const stop = new AbortController();
    const waiting = limits.turn(tenant, 'chat', stop.signal);
    stop.abort();
    await waiting;

    expect(limits.reserve(tenant, 'chat')).to.equal(1_000 + conversationMargin);
  });

  it('forget conversations once the longest window has passed', async () => {
    const clock = simulatedClock();
    const limits = createSendLimits({ clock });
    for (let index = 0; index < 1_000; index++) limits.reserve(`tenant-${index % 20}`, `chat-${index}`);
    expect(limits.remembered).to.equal(1_020);
    await clock.advance(3_600_000 + conversationMargin);
    limits.reserve(tenant, 'chat');

    expect(limits.remembered).to.equal(2);
  });

  it('remember a hold that lasts longer than every window', async () => {
    const clock = simulatedClock();
    const limits = createSendLimits({ clock });
    limits.hold('held', 2 * 3_600_000);
    await clock.advance(3_600_000 + 1_000);
    limits.reserve(tenant, 'other');

    expect(limits.reserve(tenant, 'held')).to.equal(3_600_000 - 1_000);
  });

  it('do not stall when the wall clock is set back', async () => {
    const clock = simulatedClock();
    const limits = createSendLimits({ clock });
    for (let index = 0; index < 7; index++) limits.reserve(tenant, 'chat');
    await clock.set(clock.now().subtract({ hours: 1 }));

    expect(limits.reserve(tenant, 'chat')).to.equal(1_000 + conversationMargin);
  });
});
