import { messagesPath, type Target } from './targets.ts';

export interface Start {
  name: string;
  /** Milliseconds from the start of the process to its first answer, by round. */
  milliseconds: readonly number[];
}

/**
 * Starts each target as often as asked, in turn, and presses once as soon as it says that it is ready. Nothing else of
 * the bench runs meanwhile. A target that does not answer as it should fails the run.
 */
export async function coldStarts(targets: readonly Target[], starts: number): Promise<Start[]> {
  const measured = targets.map((target) => ({ target, milliseconds: [] as number[] }));
  for (let round = 0; round < starts; round += 1) {
    for (const { target, milliseconds } of measured) milliseconds.push(await coldStart(target));
  }
  return measured.map(({ target, milliseconds }) => ({ name: target.name, milliseconds }));
}

async function coldStart({ name, start, headers, body, expects }: Target): Promise<number> {
  const request = { headers: { 'content-type': 'application/json', ...headers(0) }, body: body(0, 0) };
  const from = performance.now();
  const server = await start();
  try {
    const response = await fetch(`http://127.0.0.1:${server.port}${messagesPath}`, { method: 'POST', ...request });
    const answer = await response.text();
    const took = performance.now() - from;
    if (!response.ok || !expects(answer)) throw new Error(`${name} answered its first press with ${response.status}`);
    return took;
  } finally {
    await server.stop();
  }
}
