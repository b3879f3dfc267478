import manifest from '../package.json' with { type: 'json' };
import type { Microsoft } from './microsoft.ts';
import { echoTarget, type Target } from './targets.ts';

const { devDependencies } = manifest;
const botbuilder = `botbuilder ${devDependencies.botbuilder}`;
const agents = `Agents SDK ${devDependencies['@microsoft/agents-hosting']}`;
const teams = `Teams SDK ${devDependencies['@microsoft/teams.apps']}`;

/** The frameworks that people build Teams bots with, and Node itself; the first is what the others are compared with. */
export function echoPeers(microsoft: Microsoft) {
  return {
    bare: echoTarget({ name: `${botbuilder}, bare echo`, file: 'botbuilder.ts', microsoft }),
    checked: echoTarget({ name: `${botbuilder}, tokens verified`, file: 'botbuilder.ts', microsoft, verified: true }),
    agents: echoTarget({ name: `${agents}, bare echo`, file: 'agents.ts', microsoft }),
    teams: echoTarget({ name: `${teams}, bare echo`, file: 'teams.ts', microsoft }),
    node: echoTarget({ name: 'node:http, bare echo', file: 'node.ts', microsoft }),
  } satisfies Record<string, Target>;
}
