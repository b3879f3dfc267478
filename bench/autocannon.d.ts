/** What the bench uses of autocannon 9, which ships no types. See its README, "API". */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  /** One connection. It emits `response` with the status code, the bytes and the duration in milliseconds. */
  export interface Client extends EventEmitter {
    setHeadersAndBody(headers: Record<string, string>, body: string): void;
    setBody(body: string): void;
  }
  export interface Options {
    url: string;
    method: 'POST';
    headers: Record<string, string>;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Called once for each connection, before its first request. */
    setupClient(client: Client): void;
    /** Called for each response, right after its `response` event. */
    verifyBody(body: string): boolean;
  }
  /** It also emits `reqError` for a failed connection and for a request that took longer than 10 s. */
  export interface Instance extends EventEmitter, PromiseLike<unknown> {}
  export default function autocannon(options: Options): Instance;
}
