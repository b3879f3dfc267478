import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { objectId, startTestApp } from '../support/app.ts';
import { regionFile } from '../support/builders.ts';
import { answered, handIn, startAgain, sv, type TestApp, temporaryFolder } from '../support/seed.ts';
import type { Fields, TeamsUser } from '../support/teams/world.ts';

const shape = z.looseObject({
  people: z.array(z.looseObject({ id: z.string() })),
  teams: z.array(z.looseObject({ id: z.string(), municipalities: z.array(z.string()) })),
});

/** The example region after Lojo has taken over what Raseborg served: neither the team nor its people are in the file. */
function mergedRegion(folder: string): string {
  const { people, teams, ...rest } = shape.parse(parse(readFileSync(regionFile, 'utf8')));
  const gone = teams.find(({ id }) => id === 'raseborg');
  const file = join(folder, 'merged.yaml');
  const others = teams
    .filter((team) => team !== gone)
    .map((team) =>
      team.id === 'lojo'
        ? { ...team, municipalities: [...team.municipalities, ...(gone?.municipalities ?? [])] }
        : team,
    );
  const left = people.filter(({ id }) => id !== 'gunilla' && id !== 'mikael');
  writeFileSync(file, stringify({ ...rest, people: left, teams: others }));
  return file;
}

describe('a team that is not in the region file any more', () => {
  const folder = temporaryFolder();
  const logged: string[] = [];
  let app: TestApp;
  let gunilla: TeamsUser;
  const press = async (verb: string, data: Fields): Promise<string> =>
    answered(await app.teams.personalChat(gunilla).pressOld(gunilla, { verb, data }));
  const restart = async (environment: Record<string, string> = {}): Promise<void> => {
    await app.bot.stop();
    logged.length = 0;
    const log = (fields: object, text: string): void => void logged.push(JSON.stringify({ ...fields, text }));
    app.bot = await startAgain(app, { log: { info: () => undefined, warn: log, error: log } }, environment);
    app.url = `http://127.0.0.1:${app.bot.port}`;
  };
  after(async () => {
    await app.bot.stop();
    await app.stop();
    folder.remove();
  });

  it('decides its open cases, gets no new ones, and is as before when it comes back', async () => {
    app = await startTestApp({ dataDir: folder.path });
    gunilla = app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') });
    const [first, second] = [await handIn(app, { municipality: 'Hangö' }), await handIn(app, { municipality: 'Ingå' })];
    expect(first).to.match(/^RAS-\d{4}-0001$/);

    await restart({ REGION_FILE: mergedRegion(folder.path) });
    expect(logged).to.deep.equal([
      '{"closed":["team:raseborg"],"text":"not in the region file any more: their people finish what is open"}',
    ]);
    expect(await press('referral.list', {}))
      .to.include(first)
      .and.include(second);
    expect(await press('referral.claim', { id: first })).to.include(sv('referral.state.taken', { name: gunilla.name }));
    const decision = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    expect(await press('referral.decide', { id: first, ...decision })).to.include(sv('referral.actions.reopen'));
    expect(await handIn(app, { municipality: 'Hangö' })).to.match(/^LOJ-/);
    const removed = await press('team.removeMember', { body: 'team:raseborg', person: objectId('31'), confirmed: 1 });
    expect(removed).to.include(sv('team.removed', { name: 'Mikael Holm' }));

    await restart();
    expect(logged).to.deep.equal([]);
    expect(await press('referral.list', {}))
      .to.include(second)
      .and.not.include(first);
    expect(await press('team.view', {}))
      .to.include('Gunilla Öst')
      .and.not.include('Mikael Holm');
    expect(await handIn(app, { municipality: 'Hangö' })).to.match(/^RAS-\d{4}-0003$/);
  });
});
