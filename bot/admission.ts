import type { IncomingHttpHeaders } from 'node:http';

/** Decides by the headers alone, before a byte of the body is kept: the status of a refusal, or null. */
export type Admission = (headers: IncomingHttpHeaders, path: string) => number | null;

const thisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Local mode verifies nobody, so it listens to programs of this machine only: a web page that somebody has open sends
 * an `Origin`, or reaches us under a name of its own (DNS rebinding).
 */
export const admitLocally: Admission = ({ origin, host }) =>
  origin === undefined && thisMachine.test(host ?? '') ? null : 403;

/** Activities come with a token; whoever has none is not listened to. The token itself is checked with the activity. */
export const admitWithToken: Admission = ({ authorization }, path) =>
  path !== '/api/messages' || /^bearer [\w-]+\.[\w-]+\.[\w-]*$/i.test(authorization ?? '') ? null : 401;
