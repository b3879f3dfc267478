import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../../bot/config.ts';
import { containerDefinition } from '../../../src/storage/cosmos-container.ts';
import { production } from '../../support/issuer.ts';

const bicep = readFileSync('infra/main.bicep', 'utf8');
const code = bicep.replace(/^\s*\/\/.*\n/gm, '');

/** The body of a resource as JSON would have it; Bicep puts each entry on a line of its own. */
function bodyOf(resource: string): unknown {
  const start = code.indexOf(`resource ${resource} '`);
  const body = code.slice(code.indexOf('= {', start) + 2, code.indexOf('\n}\n', start) + 2);
  const json = body
    .replace(/^(\s*)(\w+): /gm, '$1"$2": ')
    .replace(/: (?!true|false|-?\d|[[{'])(.+)$/gm, ': "$1"')
    .replace(/'([^'\n]*)'/g, '"$1"')
    .replace(/([^[{\s])\n(?=\s*[^\]}\s])/g, '$1,\n');
  return JSON.parse(json);
}

/** What libraries read by themselves. */
const ofLibraries = ['AZURE_CLIENT_ID', 'OTEL_EXPORTER_OTLP_HEADERS'];

const container = z.object({
  properties: z.object({
    resource: z.looseObject({ id: z.string(), partitionKey: z.looseObject({ kind: z.string().optional() }) }),
  }),
});

describe('what is deployed to Azure', () => {
  it('gives the documents the very container that the store expects', () => {
    const { resource } = container.parse(bodyOf('documents')).properties;
    // Azure's interface wants the kind spelled out, which Cosmos DB's own client knows.
    const { kind, ...partitionKey } = resource.partitionKey;
    expect(kind).to.equal('Hash');
    expect({ ...resource, partitionKey }).to.deep.equal(containerDefinition('documents'));
    expect(bodyOf('database')).to.deep.include({ name: 'ankarbot' });
  });

  it('sets the bot up with settings that there are, and starts with them', () => {
    const names = [...code.matchAll(/name: '([A-Z][A-Z_]+)'\n\s+(?:value|secretRef):/g)].map(([, name = '']) => name);
    const own = names.filter((name) => !ofLibraries.includes(name));
    expect(names).to.include.members(ofLibraries);
    expect(own.length).to.be.greaterThan(8);
    const settings = readConfig({ ...production, HOST: '', BOT_PASSWORD: '', BOT_TYPE: 'UserAssignedMSI' });
    expect(Object.keys(settings)).to.include.members(own);
    const given = { ...production, STORE: 'cosmos', COSMOS_ENDPOINT: 'https://x', BOT_TYPE: 'UserAssignedMSI' };
    const environment = Object.fromEntries(Object.entries(given).filter(([name]) => own.includes(name)));
    expect(() => readConfig(environment)).to.not.throw();
  });

  it('gives its one identity no right but to read its secrets and its image, and to keep documents in its database', () => {
    const roles = [...code.matchAll(/^var (\w+) = '([0-9a-f-]{36})'$/gm)].map(([, name, id]) => [name, id]);
    expect(Object.fromEntries(roles)).to.deep.equal({
      keyVaultSecretsUser: '4633458b-17de-408a-874b-0445c86b69e6',
      registryPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d',
      cosmosDataContributor: '00000000-0000-0000-0000-000000000002',
    });
    const scopes = [...code.matchAll(/(?:r|R)oleAssignments@[^}]*?scope: (.+)$/gm)].map(([, scope]) => scope);
    expect(scopes).to.have.members(['vault', 'registry']);
    expect(bodyOf('documentsWriter'))
      .to.have.nested.property('properties.scope')
      .that.matches(/\/dbs\//);
    expect(code.match(/RoleAssignments@|roleAssignments@/g)).to.have.lengthOf(3);
  });

  it('is asked for nothing by the name of an output, which Azure gives back spelled otherwise', () => {
    expect(readFileSync('docs/operations.md', 'utf8')).to.not.include('properties.outputs');
  });

  it('signs in by identity alone, and brings back what was lost', () => {
    for (const line of [
      'disableLocalAuth: true',
      'adminUserEnabled: false',
      'enableRbacAuthorization: true',
      'enablePurgeProtection: true',
      "msaAppType: 'UserAssignedMSI'",
      "type: 'Continuous'",
      "name: 'MsTeamsChannel'",
      'allowInsecure: false',
      'minReplicas: 1',
    ])
      expect(code, line).to.include(line);
    expect(code).to.not.match(/listKeys|listCredentials|@secure|sharedKey|password/i);
  });

  it('goes on with the account that was restored, once it is told so, and tells how', () => {
    expect(code).to.include("param cosmosEndpoint string = ''");
    expect(code).to.include(
      'var documentsEndpoint = empty(cosmosEndpoint) ? cosmos.properties.documentEndpoint : cosmosEndpoint',
    );
    expect(code).to.match(/name: 'COSMOS_ENDPOINT'\n\s+value: documentsEndpoint\n/);
    expect(code.match(/documentEndpoint\b/g), 'nowhere else').to.have.lengthOf(1);
    expect(readFileSync('infra/app.parameters.json', 'utf8')).to.include('"cosmosEndpoint": { "value": "" }');
    // Before the bot runs on it, no reference may be given twice.
    expect(readFileSync('docs/operations.md', 'utf8')).to.match(
      /npm run restored.*--parameters [^\n]*cosmosEndpoint=/s,
    );
  });

  it('asks whether the bot lives and is ready, and gives it longer to stop than it takes', () => {
    for (const path of ['/healthz', '/readyz']) expect(code).to.include(`path: '${path}'`);
    expect(Number(/terminationGracePeriodSeconds: (\d+)/.exec(code)?.[1])).to.be.greaterThan(10);
  });

  it('is written whole: brackets match, and every parameter, variable and output is there for something', () => {
    for (const [open, close] of ['{}', '[]', '()'].map((pair) => pair.split('')))
      expect(code.split(open ?? '').length, open).to.equal(code.split(close ?? '').length);
    const uses = (name: string): number => code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
    const declared = [...code.matchAll(/^(?:param|var) (\w+)/gm)].map(([, name = '']) => name);
    expect(declared.filter((name) => uses(name) < 2)).to.deep.equal([]);
    const resources = [...code.matchAll(/^resource (\w+) '[\w.]+(?:\/\w+)+@\d{4}-\d\d-\d\d(?:-preview)?'/gm)];
    expect(resources).to.have.lengthOf(code.match(/^resource /gm)?.length ?? 0);
  });
});

const steps = z.array(z.object({ uses: z.string(), with: z.looseObject({}) }));
const toolkit = z.object({ provision: steps, deploy: steps, publish: steps });

describe('the Agents Toolkit’s file', () => {
  const text = readFileSync('m365agents.yml', 'utf8');
  const { provision, deploy, publish } = toolkit.parse(parse(text));

  it('provisions, deploys and publishes', () => {
    const names = [provision, deploy, publish].map((stage) => stage.map(({ uses }) => uses));
    expect(names).to.deep.equal([
      ['teamsApp/create', 'arm/deploy'],
      ['script', 'arm/deploy'],
      ['script', 'teamsApp/validateAppPackage', 'teamsApp/update', 'teamsApp/publishAppPackage'],
    ]);
  });

  it('knows every value that it names from the env file, or from an output that is written there', () => {
    const files = ['infra/ground.parameters.json', 'infra/app.parameters.json'].map((file) =>
      readFileSync(file, 'utf8'),
    );
    const known = Object.keys(parseEnv(readFileSync('env/.env.dev', 'utf8')));
    const named = [text, ...files].flatMap((one) => [...one.matchAll(/\$\{\{(\w+)\}\}/g)].map(([, name = '']) => name));
    expect(named.length).to.be.greaterThan(8);
    expect(known).to.include.members(named);
    const outputs = [...code.matchAll(/^output (\w+) /gm)].map(([, name = '']) => name);
    expect(outputs).to.include.members(['BOT_ID', 'APP_DOMAIN', 'REGISTRY_NAME', 'VAULT_NAME']);
    const parameters = z.object({ parameters: z.record(z.string(), z.unknown()) });
    for (const file of files)
      for (const name of Object.keys(parameters.parse(JSON.parse(file)).parameters))
        expect(code).to.match(new RegExp(`^param ${name} `, 'm'));
  });

  it('stands beside no secret: no file of deployment holds one', () => {
    const env = parseEnv(readFileSync('env/.env.dev', 'utf8'));
    expect(Object.keys(env).filter((name) => /SECRET|PASSWORD|KEY(?!VAULT)/.test(name))).to.deep.equal([]);
    for (const one of [bicep, text, readFileSync('Dockerfile', 'utf8')])
      expect(one).to.not.match(/\b[A-Za-z0-9+]{40,}={0,2}|AccountKey|SharedAccess/);
  });
});
