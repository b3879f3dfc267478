import dns from 'node:dns';
import { rmSync } from 'node:fs';
import { isIP, Server } from 'node:net';

/*
 * Loaded into the Playground's process before its own code, for the three things that it has no setting for.
 */

// It would listen on every network: anyone near could speak to the bot as the fictional team, without a token.
const { listen } = Server.prototype;
Object.defineProperty(Server.prototype, 'listen', {
  value(this: Server, port: number, ...rest: unknown[]): Server {
    return Reflect.apply(listen, this, [port, '127.0.0.1', ...rest]);
  },
});

// Even with its telemetry switched off it reports errors in its configuration: no name but this machine's is found.
const { lookup } = dns;
Object.defineProperty(dns, 'lookup', {
  value(host: string, ...rest: unknown[]): unknown {
    const answer = rest.at(-1);
    if (host === 'localhost' || isIP(host) > 0 || typeof answer !== 'function') {
      return Reflect.apply(lookup, dns, [host, ...rest]);
    }
    return process.nextTick(answer, Object.assign(new Error(`${host} is not this machine`), { code: 'ENOTFOUND' }));
  },
});

// It must not outlive the bot, not even one that was killed: the channel between them closes with either end.
// Then nobody else is left to remove its log, which holds what was said.
process.once('disconnect', () => {
  rmSync(process.env.M365_AGENTS_PLAYGROUND_LOGFILE ?? '', { force: true });
  process.exit();
});
