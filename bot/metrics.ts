import { Counter, collectDefaultMetrics, Registry } from 'prom-client';

/** Counters for `/metrics`. Labels are verbs, kinds and codes; never a person, a chat or a case. */
export interface Metrics {
  press(verb: string): void;
  retry(code: string): void;
  fault(kind: string): void;
  /** An activity that could not be read. */
  unreadable(): void;
  intake(outcome: string): void;
  /** `action` is the verb that it was for; null for what the bot does by itself. */
  storeRequest(operation: string, action: string | null): void;
  requestUnits(units: number, action: string | null): void;
  text(): Promise<string>;
  contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, label: string) =>
    new Counter({ name, help, labelNames: [label], registers: [registry] });
  const presses = counter('ankarbot_presses_total', 'Buttons that were pressed, by verb', 'verb');
  const retries = counter('ankarbot_send_retries_total', 'Sends that Teams did not take at first, by reason', 'reason');
  const faults = counter('ankarbot_faults_total', 'Unexpected errors, by part', 'part');
  const intakes = counter('ankarbot_intake_total', 'Requests of the HTTP intake, by outcome', 'outcome');
  const unreadable = new Counter({
    name: 'ankarbot_unreadable_activities_total',
    help: 'Requests to the bot that were no activity',
    registers: [registry],
  });
  const storeRequests = new Counter({
    name: 'ankarbot_store_requests_total',
    help: 'Requests to the store, by operation and by the action that they were for',
    labelNames: ['operation', 'action'],
    registers: [registry],
  });
  const requestUnits = counter('ankarbot_request_units_total', 'Request units of Azure Cosmos DB, by action', 'action');
  /** What the courier and the waker do, and what goes on after an answer. */
  const byItself = 'none';
  return {
    press: (verb) => presses.inc({ verb }),
    retry: (reason) => retries.inc({ reason }),
    fault: (part) => faults.inc({ part }),
    unreadable: () => unreadable.inc(),
    intake: (outcome) => intakes.inc({ outcome }),
    storeRequest: (operation, action) => storeRequests.inc({ operation, action: action ?? byItself }),
    requestUnits: (units, action) => requestUnits.inc({ action: action ?? byItself }, units),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
