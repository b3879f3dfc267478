/**
 * `npm run bench`: how fast a press is answered, beside what frameworks need for a constant card; how soon a process is
 * there; how fast a round of cards goes out. `docs/performance.md` tells what is measured, and how.
 *
 * `-- --rounds 5 --seconds 4 --warmup 10 --connections 20 --starts 7`: how much is measured.
 * `-- --cases 1000,1000000 --local-cases 1000,100000`: stored cases, with tokens verified and in local mode.
 * `-- --profile folder`: the product alone, with a CPU profile of each of its processes.
 */
import { parseArgs } from 'node:util';
import { fanOut } from '../test/support/fan-out.ts';
import { type Bar, renderBars } from './bars.ts';
import { coldStarts } from './cold-start.ts';
import { measure } from './measure.ts';
import { medianRatio } from './median.ts';
import { startMicrosoft } from './microsoft.ts';
import { echoPeers } from './peers.ts';
import { productTarget } from './product.ts';
import { renderProfiles } from './profile.ts';
import { scratchFolder } from './scratch.ts';
import { type Row, renderRows, renderStarts } from './table.ts';
import type { Target } from './targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    warmup: { type: 'string', default: '10' },
    connections: { type: 'string', default: '20' },
    starts: { type: 'string', default: '7' },
    cases: { type: 'string', default: '1000,1000000' },
    'local-cases': { type: 'string', default: '1000,100000' },
    profile: { type: 'string' },
  },
});

const tell = (line: string): void => console.error(line);
const folder = scratchFolder();
const microsoft = await startMicrosoft();
try {
  const local = await products(values['local-cases'], false);
  const verified = await products(values.cases, true);
  if (values.profile === undefined) {
    await compare(local, verified);
  } else {
    console.log(renderRows(await load([...local, ...verified])));
    console.log(`\n${renderProfiles(values.profile)}`);
  }
} finally {
  await microsoft.close();
  folder.remove();
}

/** The product once for each number of stored cases, the smallest first. */
async function products(cases: string, verified: boolean): Promise<Target[]> {
  const numbers = cases === '' ? [] : cases.split(',').map(Number);
  const targets: Target[] = [];
  for (const storedCases of numbers.toSorted((a, b) => a - b)) {
    const from = performance.now();
    const profileTo = values.profile;
    targets.push(await productTarget({ folder: folder.path, storedCases, microsoft, verified, profileTo }));
    tell(`stored ${storedCases} cases in ${Math.round((performance.now() - from) / 1_000)} s`);
  }
  return targets;
}

async function load(targets: readonly Target[]): Promise<Row[]> {
  const rows = await measure(targets, {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmupSeconds: Number(values.warmup),
    connections: Number(values.connections),
    onMeasured: (round, name, { perSecond }) => tell(`round ${round}  ${name}: ${Math.round(perSecond)}/s`),
  });
  if (rows.some(({ errors }) => errors > 0)) process.exitCode = 1;
  return rows;
}

async function compare(local: readonly Target[], verified: readonly Target[]): Promise<void> {
  const small = verified.at(0);
  if (!small) throw new Error('--cases names at least one number of stored cases');
  const peers = echoPeers(microsoft);
  const starts = await coldStarts([peers.bare, small], Number(values.starts));
  const targets = [...Object.values(peers), ...local, ...verified];
  const rows = await load(targets);
  const { needed, ideal, broken } = await fanOut(5_000);

  const speed = (target: Target) => rows[targets.indexOf(target)]?.perSecond ?? [];
  const ratio = (target: Target, to: Target): number => medianRatio(speed(target), speed(to));
  const faster = (than: Target): number => ratio(small, than);
  const own = rows.filter((_, index) => index >= targets.length - local.length - verified.length);
  const [bareStart, ownStart] = starts.map(({ milliseconds }) => milliseconds);
  const bars: readonly Bar[] = [
    ...local.map((target) => ({
      what: `triage, ${target.name.replace(/^.*?, /, '')}: its speed to botbuilder’s bare echo`,
      reached: ratio(target, peers.bare),
      atLeast: 1,
    })),
    {
      what: 'triage, tokens verified: its speed to botbuilder’s verified echo',
      reached: faster(peers.checked),
      atLeast: 2,
    },
    {
      what: 'triage, tokens verified: its speed to the Agents SDK’s bare echo',
      reached: faster(peers.agents),
      atLeast: 1,
    },
    ...[local, verified].flatMap((sizes) => {
      const [fewest, most] = [sizes.at(0), sizes.at(-1)];
      if (!fewest || !most || fewest === most) return [];
      const where = sizes === local ? 'local mode' : 'tokens verified';
      const what = `triage, ${where}: its cost with the most stored cases to the fewest`;
      return [{ what, reached: ratio(fewest, most), atMost: 1.15 }];
    }),
    {
      what: 'triage: megabytes resident at the most',
      reached: Math.max(...own.map(({ peakMemory }) => (peakMemory ?? Number.NaN) / 1e6)),
      atMost: 250,
    },
    {
      what: 'cold start: its time to botbuilder’s',
      reached: medianRatio(ownStart ?? [], bareStart ?? []),
      atMost: 1.5,
    },
    { what: '5,000 personal cards: their time to the ideal schedule', reached: needed / ideal, atMost: 1.05 },
    { what: '5,000 personal cards: requests over a limit of Teams', reached: broken, atMost: 0 },
  ];
  console.log(`\n${renderRows(rows)}\n\n${renderStarts(starts)}\n\n${renderBars(bars)}`);
}
