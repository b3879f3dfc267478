import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { isFields } from './teams/world.ts';

export interface RequestsUnderWay {
  /** Counts those to this address from now on, such as `http://127.0.0.1:8081`. */
  to(address: string): void;
  /** How many have been made and not been answered. */
  readonly count: number;
  close(): void;
}

const channel = 'http.client.request.start';

/** The requests of this process to servers that are named to it. */
export function requestsUnderWay(): RequestsUnderWay {
  const hosts = new Set<string>();
  let count = 0;
  const onStart = (message: unknown): void => {
    const request = isFields(message) ? message.request : null;
    if (!(request instanceof ClientRequest) || !hosts.has(String(request.getHeader('host')))) return;
    count += 1;
    request.once('close', () => {
      count -= 1;
    });
  };
  subscribe(channel, onStart);
  return {
    to: (address) => void hosts.add(new URL(address).host),
    get count() {
      return count;
    },
    close: () => void unsubscribe(channel, onStart),
  };
}
