import { parseArgs } from 'node:util';
import { startCosmosServer } from './support/cosmos-server.ts';
import { type FaultRunResult, faultRun, onCosmos } from './support/fault-run.ts';
import { hostileRun } from './support/hostile-run.ts';

/**
 * `npm run soak -- --minutes 30 [--seed 1]`: the fault runs and the hostile requests at full size, again and again with
 * other seeds until the time is up. Prints a line for each; ends with 1 when something was broken.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const until = Date.now() + Number(values.minutes) * 60_000;
const failing = { teamsFail: 0.3, storeFails: 0.05 };
const print = (line: string): void => void process.stdout.write(`${line}\n`);
let wrong = 0;

function tell(name: string, seed: number, problems: readonly string[], what: object): void {
  wrong += problems.length;
  const numbers = Object.entries(what).map(([key, value]) => `${key} ${value}`);
  print(`${problems.length === 0 ? 'ok ' : 'BAD'} ${name} (seed ${seed}): ${numbers.join(', ')}`);
  for (const problem of problems.slice(0, 20)) print(`      ${problem}`);
}

/** Each instance keeps Teams' limits for itself, so of several together they are only counted. */
function tellRun(name: string, seed: number, result: FaultRunResult, alone: boolean): void {
  const { broken, faults, violations, ...what } = result;
  tell(name, seed, [...broken, ...faults, ...(alone ? violations : [])], { ...what, violations: violations.length });
}

for (let seed = Number(values.seed ?? Date.now() % 1_000_000); Date.now() < until; seed += 1) {
  const run = { ...failing, seed };
  tellRun('one instance', seed, await faultRun({ ...run, teams: 20, referrals: 2_000, presses: 2_000 }), true);
  for (const diesAfter of [null, 200]) {
    const cosmos = await startCosmosServer();
    const size = { teams: 8, referrals: 200, presses: 400, bots: 2, environment: onCosmos(cosmos) };
    const result = await faultRun({ ...run, ...size, ...(diesAfter !== null && { diesAfter }) });
    await cosmos.close();
    tellRun(diesAfter === null ? 'two instances' : 'two instances, one dies', seed, result, false);
  }
  const { problems, ...what } = await hostileRun({ requests: 10_000, seed });
  tell('hostile requests', seed, problems, what);
}
process.exitCode = wrong === 0 ? 0 : 1;
