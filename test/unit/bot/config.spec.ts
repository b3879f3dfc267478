import { readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { readConfig } from '../../../bot/config.ts';
import { tenant } from '../../support/app.ts';
import { temporaryFolder } from '../../support/seed.ts';

const production = {
  BOT_ID: '00000000-0000-4000-8000-0000000000b0',
  APP_DOMAIN: 'ankarbot.example',
  BOT_PASSWORD: 'bot-password-secret',
  BOT_TENANT_ID: '00000000-0000-4000-8000-0000000000c0',
  DATA_KEYS: `one:${Buffer.alloc(32, 9).toString('base64')}`,
};

const other = 'b0000000-0000-4000-8000-000000000001';

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return String(error);
  }
}

/** Only for `npm run manifest`. */
const ofPackage = ['TEAMS_APP_ID', 'APP_VERSION'];

describe('the configuration', () => {
  it('has what npm start needs in local mode without any other setting', () => {
    expect(readConfig({ ANKARBOT_MODE: 'local' })).to.deep.include({
      local: true,
      host: '127.0.0.1',
      PORT: 3978,
      PLAYGROUND_PORT: 56_150,
      DATA_DIR: '.data',
      STORE: 'sqlite',
      REGION_FILE: 'env/regions/vastra-nyland.yaml',
    });
  });

  it('is production when it says nothing, and then starts only with a bot id and keys', () => {
    const said = problemsOf({});
    for (const name of ['BOT_ID', 'APP_DOMAIN', 'DATA_KEYS', 'BOT_TENANT_ID', 'BOT_PASSWORD'])
      expect(said).to.contain(name);
    expect(readConfig(production)).to.deep.include({ local: false, host: '0.0.0.0' });
  });

  it('lets local mode, which verifies nobody, listen on this machine alone and with no bot id', () => {
    for (const HOST of ['0.0.0.0', '192.168.1.5', 'example.com', '::']) {
      expect(problemsOf({ ANKARBOT_MODE: 'local', HOST }), HOST).to.contain('HOST');
    }
    for (const HOST of ['127.0.0.1', 'localhost', '::1'])
      expect(problemsOf({ ANKARBOT_MODE: 'local', HOST })).to.equal('');
    expect(problemsOf({ ANKARBOT_MODE: 'local', BOT_ID: 'x' })).to.contain('BOT_ID');
  });

  it('asks for no password of a managed identity, takes none, and asks for no tenant of a bot of many tenants', () => {
    const { BOT_PASSWORD: _, ...withoutPassword } = production;
    expect(problemsOf({ ...withoutPassword, BOT_TYPE: 'UserAssignedMSI' })).to.equal('');
    expect(problemsOf({ ...production, BOT_TYPE: 'UserAssignedMSI' })).to.contain('BOT_PASSWORD');
    const { BOT_TENANT_ID: __, ...withoutTenant } = production;
    expect(problemsOf({ ...withoutTenant, BOT_TYPE: 'MultiTenant' })).to.equal('');
  });

  it('needs the address of Cosmos for STORE=cosmos; the key may be absent', () => {
    expect(problemsOf({ ...production, STORE: 'cosmos' })).to.contain('COSMOS_ENDPOINT');
    expect(problemsOf({ ...production, STORE: 'cosmos', COSMOS_ENDPOINT: 'https://x' })).to.equal('');
  });

  it('leaves the calendars of the tenant alone unless it is told otherwise, and in local mode in any case', () => {
    expect(readConfig(production).GRAPH_CALENDAR).to.equal('off');
    expect(readConfig({ ...production, GRAPH_CALENDAR: 'on' }).GRAPH_CALENDAR).to.equal('on');
    expect(problemsOf({ ANKARBOT_MODE: 'local', GRAPH_CALENDAR: 'on' })).to.match(/^ +GRAPH_CALENDAR: /m);
    expect(problemsOf({ ...production, GRAPH_CALENDAR: 'yes' })).to.match(/^ +GRAPH_CALENDAR: /m);
  });

  it('takes the address of a collector of traces only when it is one', () => {
    const to = (OTEL_EXPORTER_OTLP_ENDPOINT: string) => problemsOf({ ...production, OTEL_EXPORTER_OTLP_ENDPOINT });
    for (const address of ['collector:4318', 'collector', 'file:///etc/passwd'])
      expect(to(address), address).to.contain('OTEL_EXPORTER_OTLP_ENDPOINT');
    for (const address of ['http://127.0.0.1:4318', 'https://collector.example/otlp']) expect(to(address)).to.equal('');
  });

  it('takes for its host name a name alone, and needs none in local mode', () => {
    for (const APP_DOMAIN of ['https://bot.example.fi', 'bot.example.fi:443', 'bot.example.fi/files', 'a b', 'x@y'])
      expect(problemsOf({ ...production, APP_DOMAIN }), APP_DOMAIN).to.match(/^ +APP_DOMAIN: set the host name/m);
    expect(readConfig({ ANKARBOT_MODE: 'local' })).to.include({ APP_DOMAIN: undefined });
  });

  it('takes for an id or an address only what is one', () => {
    for (const name of ['BOT_ID', 'BOT_TENANT_ID', 'BOT_OPENID_METADATA_URL', 'BOT_TOKEN_ISSUER', 'ALLOWED_TENANTS'])
      expect(problemsOf({ ...production, [name]: 'xyz' }), name).to.match(new RegExp(`^ +${name}: set `, 'm'));
    const { BOT_ID, BOT_TENANT_ID } = production;
    expect(problemsOf({ ...production, ALLOWED_TENANTS: `${BOT_ID},zz` })).to.contain('ALLOWED_TENANTS');
    const good = { BOT_OPENID_METADATA_URL: 'https://x.example/openid', BOT_TOKEN_ISSUER: 'https://api.x.example' };
    expect(problemsOf({ ...production, ...good, ALLOWED_TENANTS: `${BOT_TENANT_ID}, ${tenant}` })).to.equal('');
  });

  it('takes a variable that is set to nothing as absent', () => {
    const { PORT, host, COSMOS_KEY } = readConfig({ ...production, PORT: '', HOST: '', COSMOS_KEY: '' });
    expect({ PORT, host, COSMOS_KEY }).to.deep.equal({ PORT: 3978, host: '0.0.0.0', COSMOS_KEY: undefined });
  });

  it('names every problem at once, by the name of the setting, and repeats no secret', () => {
    const said = problemsOf({ ...production, PORT: '70000', STORE: 'mysql', LOG_LEVEL: 'loud', BOT_TYPE: 'Other' });
    for (const name of ['PORT', 'STORE', 'LOG_LEVEL', 'BOT_TYPE'])
      expect(said).to.match(new RegExp(`^ +${name}: .+`, 'm'));
    for (const secret of [production.BOT_PASSWORD, production.DATA_KEYS]) expect(said).to.not.contain(secret);
  });

  it('names together what is wrong by itself, with the rest, and in the files that it names', () => {
    const said = problemsOf({
      ...{ PORT: 'abc', STORE: 'cosmos', DATA_KEYS: 'x-secret', REGION_FILE: '/nonexistent' },
      ...{ COSMOS_ENDPOINT: 'not a url', BOT_OPENID_METADATA_URL: 'keys.example' },
    });
    const problems = Object.fromEntries(
      [...said.matchAll(/^ {2}([A-Z_]+): (.+)$/gm)].map(([, name, what]) => [name, what]),
    );
    expect(problems).to.have.all.keys(
      ...['PORT', 'DATA_KEYS', 'REGION_FILE', 'COSMOS_ENDPOINT', 'BOT_OPENID_METADATA_URL'],
      ...['BOT_ID', 'APP_DOMAIN', 'BOT_PASSWORD', 'BOT_TENANT_ID'],
    );
    expect(problems.PORT).to.include('0 to 65535');
    expect(problems.DATA_KEYS).to.include('openssl rand -base64 32').and.not.include('x-secret');
    expect(problems.REGION_FILE).to.include('set the path').and.include('/nonexistent');
    expect(problems.COSMOS_ENDPOINT).to.include('https://<account>.documents.azure.com:443/');
  });

  it('asks nothing that hangs on a setting which is wrong itself', () => {
    expect(problemsOf({ ANKARBOT_MODE: 'lokal' }))
      .to.include('ANKARBOT_MODE')
      .and.not.include('BOT_ID');
    expect(problemsOf({ ...production, BOT_TYPE: 'MSI', BOT_PASSWORD: '' })).to.not.include('BOT_PASSWORD');
  });

  it('says what is wrong in the region file by its lines, and whose tenant is not among the allowed ones', () => {
    const folder = temporaryFolder();
    const REGION_FILE = `${folder.path}/region.yaml`;
    writeFileSync(REGION_FILE, 'id: x\ntenant: y\n');
    expect(problemsOf({ ...production, PORT: 'abc', REGION_FILE }))
      .to.match(/^ {2}PORT: /m)
      .and.match(/^ {2}REGION_FILE: .*region\.yaml has \d+ problem\(s\):\n {4}line 2: tenant: /m);
    folder.remove();
    expect(problemsOf({ ...production, ALLOWED_TENANTS: `${other}, ${other}` })).to.match(
      /^ {2}ALLOWED_TENANTS: add the tenant of /m,
    );
    expect(problemsOf({ ...production, ALLOWED_TENANTS: `${other}, ${tenant.toUpperCase()}` })).to.equal('');
  });

  it('has every setting in the example file, and no other but those of the app package and of libraries', () => {
    const settings = Object.keys(readConfig(production)).filter((name) => name === name.toUpperCase());
    const ofLibraries = ['OTEL_EXPORTER_OTLP_HEADERS', 'AZURE_CLIENT_ID'];
    const example = readFileSync('env/.env.example', 'utf8');
    const named = [...example.matchAll(/^#?([A-Z_]+)=$/gm)].map(([, name]) => name);
    expect(named).to.have.members([...settings, ...ofPackage, ...ofLibraries]);
    expect(settings).to.include.members(['HOST', 'COSMOS_KEY', 'BOT_TOKEN_ISSUER']);
    for (const name of settings) expect(example, name).to.match(new RegExp(`^# .+\\n#?${name}=$`, 'm'));
  });

  it('hides nothing that a container sets with the lines of the example file: only what must be filled in is there', () => {
    const lines = Object.keys(parseEnv(readFileSync('env/.env.example', 'utf8')));
    const needed = [...problemsOf({}).matchAll(/^ +(\w+):/gm)].map(([, name]) => name);
    expect(lines).to.have.members([...needed, ...ofPackage]);
  });

  it('cannot be changed afterwards, and never lets local mode and a bot id together', () => {
    const config = readConfig(production);
    expect(Object.isFrozen(config)).to.equal(true);
    const any = fc.record({
      ANKARBOT_MODE: fc.constantFrom('local', 'production', ''),
      BOT_ID: fc.constantFrom('', ' ', production.BOT_ID),
      HOST: fc.constantFrom('', '0.0.0.0', '127.0.0.1'),
      DATA_KEYS: fc.constantFrom('', production.DATA_KEYS),
      BOT_TYPE: fc.constant('MultiTenant'),
      BOT_PASSWORD: fc.constant('p'),
    });
    fc.assert(
      fc.property(any, (environment) => {
        if (problemsOf(environment) !== '') return;
        const { local, host, BOT_ID, DATA_KEYS } = readConfig(environment);
        expect(local).to.equal(BOT_ID === undefined);
        if (local) expect(host).to.equal('127.0.0.1');
        else expect(DATA_KEYS).to.be.a('string');
      }),
    );
  });
});
