import { expect } from 'chai';
import { importsOf, type Source, sourcesOf, withoutComments } from './sources.ts';

/**
 * Who may import whom: `design.md`, section 6. Each rule is a row; what breaks it is listed with the reason. A large feature may
 * have folders in its own; what a file is is told by its name, in whichever of them it lies.
 */

const sources = sourcesOf('bot', 'src');

interface FolderRule {
  /** What the files of this row are. */
  of: string;
  files: RegExp;
  /** Ours that they may import besides their own feature's files of the same row. */
  may: readonly RegExp[];
  because: string;
}

const shared = /^src\/shared\//;
/** The transitions, and the pure parts of a model that have a file of their own. */
const anyModel =
  /^src\/\w+\/(?:\w+\/)?(?:model|standing|proposal|poll-standing|invited|rights|ownership|verdict|transition|reading|record|recurrence|repeat|coverage|news|seen|quorum|recipients|seats|proceedings|parts|minutes|snapshot|extract|wording|hours|figures-words|written)\.ts$/;
const cards = /^src\/cards\//;
const storagePort = /^src\/storage\/(?:port|aggregates|envelope|sealed-token|schema)\.ts$/;

/** Every document with a log moves its pages the same way, so this part of the audit's service is for all features. */
const trimmer = /^src\/audit\/trimmer\.ts$/;

/** Choosing a colleague looks the same in every feature. */
const colleagueCard = /^src\/directory\/colleague-card\.ts$/;

/** The first row that matches a file holds for it. */
const folderRules: readonly FolderRule[] = [
  {
    of: 'shared',
    files: shared,
    may: [shared, /^src\/locales\/\w+\.json$/],
    because: 'everything stands on it, so it knows nothing of ours but the texts',
  },
  {
    of: 'storage',
    files: /^src\/storage\//,
    may: [shared, /^src\/storage\//],
    because: 'a store keeps documents and knows no feature',
  },
  {
    of: 'pieces of cards',
    files: cards,
    may: [shared, cards],
    because: 'the builders know cards and no feature',
  },
  {
    of: 'codes',
    files: /^src\/\w+\/codes\.ts$/,
    may: [shared, /^src\/\w+\/codes\.json$/],
    because: 'codes are data with labels',
  },
  {
    of: 'models',
    files: anyModel,
    may: [shared, anyModel, /^src\/\w+\/codes\.ts$/],
    because: 'a model decides purely: it knows types, other models and nothing that acts',
  },
  {
    of: 'inputs, and the sections of the region file',
    files: /^src\/\w+\/(?:\w+\/)?(?:(?:[a-z]+-)?input|settings)\.ts$/,
    may: [shared, anyModel, /^src\/\w+\/(?:codes|created)\.ts$/],
    because: 'reading what comes in needs the model that it becomes, and nothing that acts',
  },
  {
    of: 'cards of a feature',
    files: /^src\/\w+\/(?:\w+\/)?(?:card|(?:[a-z]+-)?form|[a-z]+-cards?)\.ts$/,
    may: [
      shared,
      cards,
      anyModel,
      colleagueCard,
      /^src\/\w+\/(?:\w+\/)?(?:codes|card|form|(?:[a-z]+-)?input|details|doubts|settings|listing|cadence(?:-asking|-proposals)?|reminders|stored|waiting)\.ts$/,
    ],
    because: 'a card is drawn from a model: no service, no store, no delivery',
  },
  {
    of: 'delivery',
    files: /^src\/delivery\//,
    may: [shared, cards, /^src\/delivery\//, storagePort],
    because: 'the courier serves every feature, so it knows none',
  },
  {
    of: 'what ties a feature to the courier',
    files: /^src\/\w+\/(?:\w+\/)?deliverable\.ts$/,
    may: [
      shared,
      cards,
      anyModel,
      /^src\/\w+\/(?:\w+\/)?(?:(?:[a-z]+-)?service|stored|settings|card|notice-card|cadence(?:-asking|-proposals)?|reminders|outlook|leaver|waiting|seat-changes|shifts|substitutes)\.ts$/,
      /^src\/delivery\//,
      trimmer,
    ],
    because: 'it joins a feature’s model and cards; it composes no store',
  },
  {
    of: 'the reading of dates',
    files: /^src\/dates\//,
    may: [shared],
    because: 'it turns words into dates for every feature, and knows none',
  },
  {
    of: 'the pass of a link to a file',
    files: /^src\/documents\/file-pass\.ts$/,
    may: [shared, storagePort, /^src\/documents\/model\.ts$/],
    because: 'it is sealed like all that stands in an address of ours, whatever feature the file is of',
  },
  {
    of: 'documents',
    files: /^src\/documents\//,
    may: [shared, /^src\/documents\//],
    because: 'paper and tables are made for every feature, by those who know none',
  },
  {
    of: 'what people say in words',
    files: /^src\/\w+\/say\/say(?:-[a-z]+)?\.ts$/,
    may: [shared, anyModel, /^src\/dates\//],
    because: 'it turns words into what a form shows, with the reading of dates, and asks nobody',
  },
  {
    of: 'services and what they consist of',
    files: /^src\/\w+\/(?:\w+\/)?[a-z-]+\.ts$/,
    may: [
      shared,
      anyModel,
      storagePort,
      trimmer,
      /^src\/\w+\/service\.ts$/,
      /^src\/delivery\//,
      /^src\/\w+\/(?:codes|input|settings)\.ts$/,
    ],
    because: 'use cases know models, the storage port and other services: no card, no concrete store',
  },
  {
    of: 'commands',
    files: /^bot\/commands\//,
    may: [shared, /^bot\/commands\//],
    because: 'words become commands without asking anybody',
  },
  {
    of: 'handlers',
    files: /^bot\/handlers\//,
    may: [shared, cards, /^src\/(?!storage\/)\w+\//, /^bot\/(?:(?:handlers|commands)\/|(?:read-body|allowance)\.ts$)/],
    because: 'a handler is parse → one service call → card: it knows neither Teams’ SDK nor a store',
  },
  {
    of: 'Teams',
    files: /^bot\/teams\//,
    may: [/^src\/(?!storage\/)\w+\//, /^bot\/(?:teams|handlers)\/|^bot\/(?:config|allowance|correlation)\.ts$/],
    because: 'it turns activities into presses and messages into activities; it keeps nothing',
  },
  {
    of: 'local mode',
    files: /^bot\/local\//,
    may: [/^src\/(?!storage\/)\w+\//, /^bot\/(?:local|handlers|commands)\/|^bot\/config\.ts$/],
    because: 'it adds to the handlers and changes nothing else',
  },
  {
    of: 'Microsoft Graph',
    files: /^bot\/graph\//,
    may: [shared, /^src\/meetings\/telling\/outlook\.ts$/, /^bot\/(?:graph\/|config\.ts$)/],
    because: 'it fills the calendars that meetings ask for, and knows meetings by that alone',
  },
  {
    of: 'the edge',
    files: /^bot\/[a-z-]+\.ts$/,
    may: [/^(?:bot|src)\/|^package\.json$/],
    because: 'main.ts constructs the concrete parts',
  },
];

interface PackageRule {
  packages: RegExp;
  only: RegExp;
  because: string;
}

const packageRules: readonly PackageRule[] = [
  {
    packages: /^@azure\//,
    only: /^src\/storage\/cosmos[a-z-]*\.ts$|^bot\/graph\//,
    because: 'another store must mean another file; what signs in to Graph is loaded with Graph’s client alone',
  },
  {
    packages: /^@microsoft\/microsoft-graph-client/,
    only: /^bot\/graph\//,
    because: 'another way to the calendars must mean rewriting that one folder',
  },
  {
    packages: /^botbuilder|^botframework/,
    only: /^bot\/teams\//,
    because: 'it is archived: replacing it must mean rewriting that one folder',
  },
  {
    packages: /^(?:docx|pdfkit|csv-stringify|write-excel-file|@expo-google-fonts)/,
    only: /^src\/documents\//,
    because: 'they are loaded in the thread that makes a file, and nowhere else',
  },
  { packages: /^restify/, only: /^bot\/server\.ts$/, because: 'HTTP is the server’s' },
  { packages: /^@microsoft\/teams\.cards$/, only: cards, because: 'features build cards from our own pieces' },
  { packages: /^i18next$/, only: /^src\/shared\/text\.ts$/, because: 'texts are asked for in one way' },
  { packages: /^chrono-node/, only: /^src\/dates\//, because: 'dates in words are read in one way' },
  {
    packages: /^yaml$/,
    only: /^src\/shared\/file-input\.ts$/,
    because: 'files that people write are read in one place',
  },
  {
    packages: /^date-easter$/,
    only: /^src\/shared\/working-time\.ts$/,
    because: 'holidays are the calendar’s',
  },
  {
    packages: /^@opentelemetry\//,
    only: /^bot\/otlp\.ts$/,
    because:
      'it is loaded only where a collector is configured, and what spans say is kept free of people in one place',
  },
  { packages: /^pino$/, only: /^bot\/log\.ts$/, because: 'what is logged goes through describeError' },
  {
    packages: /^prom-client/,
    only: /^bot\/metrics\.ts$/,
    because: 'labels of metrics are kept free of people in one place',
  },
  {
    packages: /^zod$/,
    only: /^bot\/|^src\/\w+\/(?:\w+\/)?(?:(?:[a-z]+-)?input|settings)\.ts$/,
    because: 'what comes in is unknown until the edge, an input.ts or a settings.ts has parsed it',
  },
  { packages: /^adaptivecards$|^@microsoft\/teams-js$/, only: /^src\/tab\//, because: 'they belong to the browser' },
];

/** Files of `src` outside storage that use Node itself, and why. */
const nodeInSource: Readonly<Record<string, { modules: readonly string[]; why: string }>> = {
  'src/shared/fingerprint.ts': {
    modules: ['node:crypto'],
    why: 'tells what a form showed in so few letters that its card can carry them',
  },
  'src/documents/drawable.ts': { modules: ['node:url'], why: 'finds the fonts that it embeds' },
  'src/shared/working-time.ts': {
    modules: ['node:module'],
    why: 'loads the rules of holidays only when they are asked for',
  },
};

interface TextRule {
  what: string;
  pattern: RegExp;
  /** Files that may, each with its reason. */
  except: Readonly<Record<string, string>>;
  in: RegExp;
}

const textRules: readonly TextRule[] = [
  {
    what: 'reads process.env',
    pattern: /\bprocess\.env\b/,
    in: /./,
    except: {
      'bot/run.ts': 'hands it to readConfig once',
      'bot/local/playground.ts': 'passes PATH and HOME on to the Playground’s process, and nothing else',
      'bot/local/playground-guard.ts': 'runs in the Playground’s process',
    },
  },
  {
    what: 'writes to the console',
    pattern: /\bconsole\./,
    in: /./,
    except: { 'bot/teams/adapter.ts': 'keeps botbuilder from writing there' },
  },
  {
    what: 'asks the wall clock, waits by it, or throws dice',
    pattern:
      /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bset(?:Timeout|Interval)\(|\bMath\.random\b|\brandomUUID\b/,
    in: /^src\//,
    except: { 'src/shared/clock.ts': 'is the clock' },
  },
  {
    what: 'leans on `this` in what is no class, so that it breaks when it is spread',
    pattern: /^(?![\s\S]*\bclass )[\s\S]*\bthis\.\w/,
    in: /./,
    except: {},
  },
  {
    what: 'silences the compiler',
    pattern: /@ts-(?:ignore|expect-error|nocheck)|\bas any\b|: any\b|biome-ignore/,
    in: /./,
    except: {},
  },
];

const localMode = /^bot\/local\//;

/** Every import of ours with the file that it stands in. */
function* edges(): Generator<{ from: Source; target: string; typeOnly: boolean; names: readonly string[] }> {
  for (const from of sources) for (const one of from.imports) if (one.ours) yield { from, ...one };
}

/** That of its feature, whichever folder in there it lies in. */
const topFolderOf = (file: string): string => file.split('/').slice(0, 2).join('/');

/** Every way from a name over the names that it knows back to itself, as far as one is found for each. */
function circlesIn(known: ReadonlyMap<string, Iterable<string>>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(' → '));
    if (done.has(name)) return;
    done.add(name);
    for (const next of known.get(name) ?? []) visit(next, [...path, name]);
  };
  for (const name of known.keys()) visit(name, []);
  return circles;
}

describe('who imports whom', () => {
  it('finds all imports of a file, also those over several lines, of types, and at run time', () => {
    const code = `import { a,\n  type B } from './b.ts';\nimport type { C } from '../c.ts';\nexport { d } from 'd';\nawait import('./e.ts');`;
    const found = importsOf('src/x/y.ts', code).map(({ target, typeOnly }) => `${target}${typeOnly ? ' (type)' : ''}`);
    expect(found).to.deep.equal(['src/x/b.ts', 'src/c.ts (type)', 'd', 'src/x/e.ts']);
    expect(withoutComments("const a = 'http://x'; // console.log\n/* process.env */")).to.equal(
      "const a = 'http://x'; \n",
    );
    expect(sources.length).to.be.greaterThan(80);
  });

  for (const [index, rule] of folderRules.entries()) {
    it(`lets ${rule.of} import only what they may: ${rule.because}`, () => {
      const own = (file: string): boolean => folderRules.findIndex((candidate) => candidate.files.test(file)) === index;
      expect(
        sources.filter(({ file }) => own(file)),
        'the rule holds for somebody',
      ).to.not.be.empty;
      const broken = [...edges()].filter(({ from, target, typeOnly }) => {
        const isOfSameFolder = topFolderOf(target) === topFolderOf(from.file);
        const allowed = rule.may.some((pattern) => pattern.test(target)) || (isOfSameFolder && own(target));
        return own(from.file) && !allowed && !(localMode.test(target) && typeOnly);
      });
      expect(broken.map(({ from, target }) => `${from.file} imports ${target}`)).to.deep.equal([]);
    });
  }

  it('lets a feature use another feature’s model, who holds which seat, codes or service, and nothing else of it', () => {
    const features = new Set(
      sources.flatMap(({ file }) => /^src\/(\w+)\/(?:model|service)\.ts$/.exec(file)?.[1] ?? []),
    );
    features.delete('delivery');
    const featureOf = (file: string): string | null => {
      const name = /^src\/(\w+)\//.exec(file)?.[1];
      return name && features.has(name) ? name : null;
    };
    const broken = [...edges()].filter(({ from, target }) => {
      const [mine, theirs] = [featureOf(from.file), featureOf(target)];
      return (
        mine &&
        theirs &&
        mine !== theirs &&
        !/\/(?:model|codes|service|quorum|seats)\.ts$/.test(target) &&
        !trimmer.test(target) &&
        !colleagueCard.test(target)
      );
    });
    expect(broken.map(({ from, target }) => `${from.file} imports ${target}`)).to.deep.equal([]);
  });

  it('has no folder of src that knows one that knows it, over however many others, and be it by a type', () => {
    const known = new Map<string, Set<string>>();
    for (const { from, target } of edges()) {
      const [mine, theirs] = [topFolderOf(from.file), topFolderOf(target)];
      if (!mine.startsWith('src/') || mine === theirs) continue;
      known.set(mine, (known.get(mine) ?? new Set()).add(theirs));
    }
    expect(known.size).to.be.greaterThan(5);
    expect(circlesIn(known)).to.deep.equal([]);
  });

  it('has no circles', () => {
    const next = new Map(
      sources.map(({ file, imports }) => [
        file,
        imports.filter(({ ours, typeOnly }) => ours && !typeOnly).map(({ target }) => target),
      ]),
    );
    expect(circlesIn(next)).to.deep.equal([]);
  });

  it('keeps the product free of the edge: src never imports bot, and nothing imports a test', () => {
    const broken = [...edges()].filter(
      ({ from, target }) =>
        (from.file.startsWith('src/') && target.startsWith('bot/')) || /^(?:test|bench)\//.test(target),
    );
    expect(broken.map(({ from, target }) => `${from.file} imports ${target}`)).to.deep.equal([]);
  });

  for (const { packages, only, because } of packageRules) {
    it(`lets nobody else import ${packages.source}: ${because}`, () => {
      const broken = sources.filter(
        ({ file, imports }) => !only.test(file) && imports.some(({ ours, target }) => !ours && packages.test(target)),
      );
      expect(broken.map(({ file }) => `${file} imports ${packages.source}`)).to.deep.equal([]);
    });
  }

  it('lets nothing in src but storage use Node itself, save for a named reason', () => {
    const broken = sources.flatMap(({ file, imports }) =>
      file.startsWith('src/') && !file.startsWith('src/storage/')
        ? imports
            .filter(({ target }) => target.startsWith('node:') && !nodeInSource[file]?.modules.includes(target))
            .map(({ target }) => `${file} imports ${target}`)
        : [],
    );
    expect(broken).to.deep.equal([]);
  });

  it('mints authority in one place: only bot/teams/actor.ts imports mintActor', () => {
    const minting = [...edges()].filter(({ names }) => names.includes('mintActor'));
    expect(minting.map(({ from }) => from.file)).to.deep.equal(['bot/teams/actor.ts']);
    const mentions = sources.filter(({ code }) => /\bmintActor\b/.test(code)).map(({ file }) => file);
    expect(mentions).to.deep.equal(['bot/teams/actor.ts', 'src/shared/actor.ts']);
  });

  it('has local mode started by main.ts and run.ts alone; others know its types at most', () => {
    const allowed = new Set(['bot/main.ts', 'bot/run.ts']);
    const broken = [...edges()].filter(
      ({ from, target, typeOnly }) =>
        localMode.test(target) && !localMode.test(from.file) && !typeOnly && !allowed.has(from.file),
    );
    expect(broken.map(({ from, target }) => `${from.file} imports ${target}`)).to.deep.equal([]);
  });

  it('opens stores and keys in data.ts and makes the adapter in main.ts alone, but for the keys that are a setting', () => {
    const concrete = /^src\/storage\/(?:sqlite|cosmos|keys)\.ts$|^bot\/teams\/adapter\.ts$/;
    const mayImport = (file: string, target: string): boolean =>
      file === (target.startsWith('src/storage/') ? 'bot/data.ts' : 'bot/main.ts') ||
      (file === 'bot/config.ts' && target === 'src/storage/keys.ts');
    const broken = [...edges()].filter(
      ({ from, target, typeOnly }) =>
        concrete.test(target) && !typeOnly && !from.file.startsWith('src/storage/') && !mayImport(from.file, target),
    );
    expect(broken.map(({ from, target }) => `${from.file} imports ${target}`)).to.deep.equal([]);
  });

  for (const rule of textRules) {
    it(`has no file that ${rule.what}${Object.keys(rule.except).length > 0 ? ', save for a named reason' : ''}`, () => {
      const found = sources.filter(({ file, code }) => rule.in.test(file) && rule.pattern.test(code));
      expect(found.map(({ file }) => file).filter((file) => !(file in rule.except))).to.deep.equal([]);
      expect(
        Object.keys(rule.except).filter((file) => !found.some((source) => source.file === file)),
        'exceptions that are not needed',
      ).to.deep.equal([]);
    });
  }

  it('has no test that was left switched on alone, or off', () => {
    const switched = sourcesOf('test').filter(({ code }) =>
      /\b(?:describe|it|context)\.(?:only|skip)\(|\bthis\.skip\(/.test(code),
    );
    expect(switched.map(({ file }) => file)).to.deep.equal([]);
  });
});
