import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canUnpackDebian, unpackDebian } from './debian.ts';
import { say } from './output.ts';

/** A Chromium that was tried and works, and the environment it needs. */
export type Chromium = { executable: string; env: Record<string, string> };

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const cache = join(root, '.cache', 'chromium');

/**
 * Finds a Chromium for the browser tests, or gets one: CHROMIUM_PATH, the machine's own, Debian's package unpacked below
 * `.cache` (needs no root and changes nothing on the machine), else Playwright's download.
 * @throws Error that says what was tried.
 */
export function ensureChromium(): Chromium {
  const tried: string[] = [];
  for (const find of [fromEnvironment, fromMachine, fromCache, fromDebian, fromPlaywright]) {
    const found = find();
    if (found && works(found)) return found;
    if (found) tried.push(`${found.executable} does not run`);
    else tried.push(`nothing ${find.name.replace('from', 'from ').toLowerCase()}`);
  }
  throw new Error(
    `No Chromium could be found or fetched (${tried.join('; ')}). Install one and name it in CHROMIUM_PATH.`,
  );
}

function works({ executable, env }: Chromium): boolean {
  const page = 'data:text/html,<p>works</p>';
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  const run = spawnSync(executable, [...flags, '--dump-dom', page], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return run.status === 0 && run.stdout.includes('works');
}

function fromEnvironment(): Chromium | undefined {
  const executable = process.env.CHROMIUM_PATH;
  return executable ? { executable, env: {} } : undefined;
}

function fromMachine(): Chromium | undefined {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executable = places.find((place) => existsSync(place));
  return executable ? { executable, env: {} } : undefined;
}

function fromCache(): Chromium | undefined {
  const files = join(cache, 'root');
  const executable = join(files, 'usr/lib/chromium/chromium');
  if (!existsSync(executable)) return undefined;
  const libraries = ['usr/lib', 'lib'].flatMap((folder) => {
    const path = join(files, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => name.endsWith('-linux-gnu'))
      .flatMap((name) => [join(path, name), join(path, name, 'pulseaudio')]);
  });
  return {
    executable,
    env: {
      // An empty value would mean the current folder.
      ...(libraries.length > 0 ? { LD_LIBRARY_PATH: libraries.join(':') } : {}),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(cache, 'fonts.conf') }),
    },
  };
}

function fromDebian(): Chromium | undefined {
  if (!canUnpackDebian()) return undefined;
  say('Fetching Debian’s Chromium into .cache/chromium (once, about 125 MB) …');
  const work = `${cache}.partial`;
  // chromium-common is named because a machine may have it already, and then it would not come along.
  if (!unpackDebian(['chromium', 'chromium-common', 'fonts-liberation'], work)) return undefined;
  writeFileSync(
    join(work, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${cache}/root/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${cache}/fontconfig</cachedir></fontconfig>\n`,
  );
  rmSync(cache, { recursive: true, force: true });
  renameSync(work, cache);
  return fromCache();
}

function fromPlaywright(): Chromium | undefined {
  say('Fetching Chromium through Playwright …');
  const cli = createRequire(join(root, 'e2e', 'package.json')).resolve('@playwright/test/cli');
  const folder = join(root, '.cache', 'playwright');
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: folder };
  if (spawnSync(process.execPath, [cli, 'install', 'chromium'], { env, stdio: 'inherit' }).status !== 0)
    return undefined;
  const build = readdirSync(folder).find((name) => name.startsWith('chromium-'));
  if (!build) return undefined;
  const layouts = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'];
  const executable = layouts.map((layout) => join(folder, build, layout)).find((path) => existsSync(path));
  return executable ? { executable, env: {} } : undefined;
}
