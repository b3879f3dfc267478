import type { World } from './world.ts';

/** What the connector answers. */
export interface Reply {
  status: number;
  body?: unknown;
  /** Seconds. */
  retryAfter?: number;
}

/** A request that has found its route. `parameters` are the decoded parts of the path. */
export interface Call {
  world: World;
  parameters: readonly string[];
  query: URLSearchParams;
  body: unknown;
  /** Bytes of the body. */
  size: number;
}

/** The error body of the Bot Framework. */
export const failure = (status: number, code: string, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});
