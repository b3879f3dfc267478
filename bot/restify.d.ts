/**
 * The parts of restify that the bot is served with; its types know only the whole. Whoever loads that loads all of its
 * plugins too, 260 modules that nobody here uses: a tenth of a start.
 */
interface RestifyParts {
  name: string;
  /** A logger of pino; restify's types still want one of bunyan. */
  log: object;
  ignoreTrailingSlash?: boolean;
}

declare module 'restify/lib/router.js' {
  import type { Router as RestifyRouter } from 'restify';

  const Router: new (options: RestifyParts) => RestifyRouter;
  export default Router;
}

declare module 'restify/lib/server.js' {
  import type { Server as RestifyServer, Router } from 'restify';

  const Server: new (options: RestifyParts & { router: Router }) => RestifyServer;
  export default Server;
}
