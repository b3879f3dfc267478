import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import manifest from '../../../package.json' with { type: 'json' };

const run = promisify(execFile);

/**
 * Launches the headless Chromium that npm brought along: no browser, font or library of the machine is needed.
 * It works as root, in a container with a small /dev/shm, and offline: every host but this machine is unknown to it.
 * The first launch on a machine unpacks about 200 MB to the temporary directory, where later ones find it.
 */
export async function launchChromium(): Promise<Browser> {
  const home = await unpackOnce();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(home, 'ankarbot-fonts.conf'),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
    },
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-domain-reliability',
      '--no-pings',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Unpacks aside and renames, so that two test runs at once never start a half-written browser. */
async function unpackOnce(): Promise<string> {
  const home = join(tmpdir(), `ankarbot-chromium-${manifest.devDependencies['@sparticuz/chromium']}`);
  if (existsSync(home)) return home;
  const draft = await mkdtemp(`${home}-`);
  try {
    await unpack(draft);
    await writeFile(join(draft, 'ankarbot-fonts.conf'), fontsConf(home));
    await rename(draft, home);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw new Error('Chromium from @sparticuz/chromium could not be unpacked.', { cause });
  }
  return home;
}

/**
 * The package always unpacks to the temporary directory, so a process of its own is given another one.
 * It adds the few shared libraries that a bare machine lacks only where it believes itself to run in AWS Lambda.
 */
async function unpack(directory: string): Promise<void> {
  const code = 'const { default: chromium } = await import(process.argv[1]); await chromium.executablePath();';
  const settings = ['--input-type=module', '--eval', code, import.meta.resolve('@sparticuz/chromium')];
  const env = { ...process.env, TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  await run(process.execPath, settings, { env });
  if (!existsSync(join(directory, 'chromium'))) throw new Error(`No browser was unpacked to ${directory}.`);
}

/** The font of the package stands in for that of Teams, so that pictures look alike on every machine. */
function fontsConf(home: string): string {
  const alias = (family: string): string =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>` +
    '<edit name="family" mode="prepend" binding="strong"><string>Open Sans</string></edit></match>';
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${join(home, 'fonts')}</dir><cachedir>${join(home, 'fonts-cache')}</cachedir>`,
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...['Segoe UI', 'system-ui', 'sans-serif', 'Helvetica', 'Arial'].map(alias),
    '</fontconfig>',
  ].join('\n');
}
