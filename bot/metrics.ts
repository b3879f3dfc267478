import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import type { Waiting } from '../src/delivery/courier.ts';

/** How an action ended: `refused` is an answer that says why not, `failed` an apology. */
export type ActionOutcome = 'done' | 'refused' | 'failed';

/** A request to Teams. */
export type SendKind = 'post' | 'update' | 'open' | 'roster';

/** Counters for `/metrics`. Labels are verbs, kinds and codes of ours; never a person, a chat or a case. */
export interface Metrics {
  /** `seconds`: from the reading of the press to its answer. */
  action(verb: string, outcome: ActionOutcome, seconds: number): void;
  /** `outcome`: `sent`, or the code of the error without its `chat.`. `seconds`: until Teams answered. */
  send(kind: SendKind, outcome: string, seconds: number): void;
  retry(code: string): void;
  fault(part: string): void;
  /** An activity that could not be read. */
  unreadable(): void;
  intake(outcome: string): void;
  /** A file that somebody asked for, by the status that they got. */
  file(outcome: string): void;
  /** A calendar that was asked for, likewise. */
  calendar(outcome: string): void;
  /** `action` is the verb that it was for; null for what the bot does by itself. */
  storeRequest(operation: string, action: string | null): void;
  requestUnits(units: number, action: string | null): void;
  /** What waits to be sent. */
  text(waiting: Waiting): Promise<string>;
  contentType: string;
}

/** Seconds. A press that takes a second is felt, one that takes ten is lost [teams]. */
const actionBuckets = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 2.5, 10];
const sendBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  let ofProcess: Promise<void> | null = null;
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, buckets: number[], ...labelNames: Label[]) =>
    new Histogram({ name, help, buckets, labelNames, registers });

  const actions = counter('ankarbot_actions_total', 'Buttons that were pressed', 'verb', 'outcome');
  const actionTimes = histogram('ankarbot_action_seconds', 'From a press to its answer', actionBuckets, 'verb');
  const sends = counter('ankarbot_sends_total', 'Requests to Teams', 'kind', 'outcome');
  const sendTimes = histogram('ankarbot_send_seconds', 'From a request to Teams to its answer', sendBuckets, 'kind');
  const retries = counter('ankarbot_send_retries_total', 'Sends that Teams did not take at first', 'reason');
  const faults = counter('ankarbot_faults_total', 'Unexpected errors, by part', 'part');
  const intakes = counter('ankarbot_intake_total', 'Requests of the HTTP intake, by status', 'outcome');
  const files = counter('ankarbot_files_total', 'Requests for files, by status', 'outcome');
  const calendars = counter('ankarbot_calendars_total', 'Requests for calendars, by status', 'outcome');
  const unreadable = counter('ankarbot_unreadable_activities_total', 'Requests to the bot that were no activity');
  const storeRequests = counter('ankarbot_store_requests_total', 'Requests to the store', 'operation', 'action');
  const requestUnits = counter('ankarbot_request_units_total', 'Request units of Azure Cosmos DB', 'action');
  /** What the courier and the waker do, and what goes on after an answer. */
  const byItself = 'none';
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const waitingSends = gauge('ankarbot_waiting_sends', 'Messages, and documents put off, that wait to be sent');
  const oldestWaiting = gauge('ankarbot_oldest_waiting_seconds', 'How long the oldest of them has waited');

  return {
    action(verb, outcome, seconds) {
      actions.inc({ verb, outcome });
      actionTimes.observe({ verb }, seconds);
    },
    send(kind, outcome, seconds) {
      sends.inc({ kind, outcome });
      sendTimes.observe({ kind }, seconds);
    },
    retry: (reason) => retries.inc({ reason }),
    fault: (part) => faults.inc({ part }),
    unreadable: () => unreadable.inc(),
    intake: (outcome) => intakes.inc({ outcome }),
    file: (outcome) => files.inc({ outcome }),
    calendar: (outcome) => calendars.inc({ outcome }),
    storeRequest: (operation, action) => storeRequests.inc({ operation, action: action ?? byItself }),
    requestUnits: (units, action) => requestUnits.inc({ action: action ?? byItself }, units),
    async text(waiting) {
      ofProcess ??= addOfProcess(registry);
      await ofProcess;
      waitingSends.set(waiting.count);
      oldestWaiting.set(waiting.oldest);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/** Those of the process itself (memory, event loop, collector) are observed from the first look at the metrics on. */
async function addOfProcess(register: Registry): Promise<void> {
  const { collectDefaultMetrics } = await import('prom-client');
  collectDefaultMetrics({ register });
}
