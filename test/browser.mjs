// Finds a browser for the editor tests, or gets one: an installed one, else Playwright's own, else Debian's package.
import { spawn } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cache } from '../client/cache.mjs';
import { root, runQuietly, say } from '../client/setup.mjs';
import { installPackages } from './debian.mjs';

/** The path of a browser that starts, or `undefined` when none can be had. HUASHU_BROWSER names one of your own. */
export async function findBrowser() {
  for await (const file of candidates()) if (await works(file)) return file;
  for (const get of [downloadBrowser, installPackage]) {
    const file = await get();
    if (file && (await works(file))) return file;
  }
  return undefined;
}

const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/** Where the systems' installers put them when no command leads there. */
const places = {
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    ['/Applications', path.join(process.env.HOME ?? '', 'Applications')].map((folder) =>
      path.join(folder, `${name}.app/Contents/MacOS/${name}`),
    ),
  ),
  win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((file) =>
    ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
      const folder = process.env[name];
      return folder ? [path.join(folder, file)] : [];
    }),
  ),
  linux: [
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ],
};

async function* candidates() {
  if (process.env.HUASHU_BROWSER) yield process.env.HUASHU_BROWSER;
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const command of commands) for (const folder of folders) yield path.join(folder, command);
  yield* places[process.platform] ?? [];
  const own = await downloaded();
  if (own) yield own;
}

/** Whether a file is a browser that starts here: one without its libraries, or a mere signpost to a store, does not. */
async function works(file) {
  try {
    await access(file, constants.X_OK);
    // On Windows a browser that is asked for its version opens a window instead of answering.
    if (process.platform !== 'win32') await runQuietly(file, ['--version'], { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

const browsers = path.join(cache, 'browsers');

/** Playwright's own browser in the cache, which it keeps in a folder named after the build. */
async function downloaded() {
  process.env.PLAYWRIGHT_BROWSERS_PATH = browsers;
  const { chromium } = await import('playwright-core');
  const folders = await readdir(browsers).catch(() => []);
  return folders.length > 0 ? chromium.executablePath() : undefined;
}

/** Patience with a download that shows no sign of life, as behind a firewall that answers nothing. */
const silence = 20_000;

async function downloadBrowser() {
  say('没有找到浏览器，正在下载 Chromium…', 'No browser found; downloading Chromium…');
  const program = path.join(root, 'node_modules/playwright-core/cli.js');
  const succeeded = await new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'install', 'chromium'], {
      env: {
        ...process.env,
        PLAYWRIGHT_BROWSERS_PATH: browsers,
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(silence),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let timer = setTimeout(() => child.kill(), silence);
    child.stdout.on('data', (text) => {
      // Every announcement of another address to try is printed at once; only progress counts as life.
      if (!/%/.test(String(text))) return;
      clearTimeout(timer);
      timer = setTimeout(() => child.kill(), silence);
    });
    child.stderr.resume();
    child.on('error', () => resolve(false));
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve(status === 0);
    });
  });
  return succeeded ? downloaded() : undefined;
}

async function installPackage() {
  return (await installPackages('chromium', 'fonts-noto-cjk')) ? '/usr/bin/chromium' : undefined;
}
