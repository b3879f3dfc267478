/**
 * `npm run bench [-- --rounds 3 --seconds 4 --warmup 2 --connections 20]`: how fast a press is answered, beside two
 * frameworks that answer it with a constant card. One core for each server, one run, ratios to the first row.
 */
import { parseArgs } from 'node:util';
import { startConnector } from './connector.ts';
import { measure } from './measure.ts';
import { productServer } from './product.ts';
import { renderTable } from './table.ts';
import { echoServer, type Target } from './targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    warmup: { type: 'string', default: '2' },
    connections: { type: 'string', default: '20' },
    cases: { type: 'string', default: '1000,100000' },
  },
});

const connector = await startConnector();
const targets: Target[] = [
  echoServer('botbuilder 4.23.3, bare echo', 'echo-botbuilder.ts'),
  echoServer('Agents SDK 1.8.1, bare echo', 'echo-agents.ts'),
  ...values.cases.split(',').map((cases) => productServer(Number(cases), connector.serviceUrl)),
];

const rows = await measure(targets, {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  warmupSeconds: Number(values.warmup),
  connections: Number(values.connections),
  onMeasured: (round, name, { perSecond }) => console.error(`round ${round}  ${name}: ${Math.round(perSecond)}/s`),
});
await connector.close();
console.log(`\n${renderTable(rows)}`);
if (rows.some(({ errors }) => errors > 0)) process.exitCode = 1;
