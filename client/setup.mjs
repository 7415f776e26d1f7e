// Makes node_modules match package-lock.json; does nothing when it already does. Imports nothing but Node itself, since
// on a fresh clone there is nothing else.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** One line of progress, in both languages. */
export function say(zh, en) {
  console.log(`· ${zh} / ${en}`);
}

export async function setUp() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`需要 Node 20.19 或更新版本 / Node 20.19 or newer is needed (${process.version})`);
  }
  if (await isCurrent()) return;
  say('正在安装依赖…', 'Installing dependencies…');
  // No package needs its scripts here, and some would look for native builds on the network.
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root);
}

/** Runs npm in a folder; the npm that started us when there is one, since a second one may not be on the path. */
export function npm(args, cwd) {
  const started = process.env.npm_execpath;
  const [command, ...first] =
    started && /npm-cli\.[cm]?js$/.test(started)
      ? [process.execPath, started]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  // Windows starts a .cmd file only through its shell.
  return run(command, [...first, ...args], { cwd, shell: command.endsWith('.cmd') });
}

/** Calls back when we are asked to stop. */
export function onStop(stop) {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  // A signal to npm ends npm and its shell, and leaves us behind without a word.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && stop(), 500).unref();
}

/** Programs that run on our behalf; they end with us. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
});

function start(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Runs a program to its end, with our own input and output unless told otherwise. */
export function run(command, args, { accept = [0], ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (accept.includes(status)) resolve(status);
      else reject(new Error(`${[path.basename(command), ...args].join(' ')}: ${signal ?? `exit status ${status}`}`));
    });
  });
}

/** Runs a program to its end without a word, unless it fails: then the error holds all that it printed. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (status === 0) resolve(output);
      else reject(new Error(`${path.basename(command)}: ${signal ?? `exit status ${status}`}\n${output.trim()}`));
    });
  });
}

/** Whether every package that the lock file names for this machine is installed in just that version. */
async function isCurrent() {
  const [wanted, installed] = await Promise.all([
    packagesOf('package-lock.json'),
    // npm writes this file last, so it is missing after an installation that was broken off.
    packagesOf('node_modules/.package-lock.json'),
  ]);
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([name, entry]) => {
    if (name === '') return true;
    const present = installed[name];
    if (!present) return entry.optional === true && !isMadeForHere(entry);
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** Whether an optional package is the native build for this very machine. */
function isMadeForHere({ os, cpu, libc }) {
  // Which libc a machine has is not asked here: a package that is particular about it counts as one for elsewhere.
  return Boolean(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);
}

async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await setUp();
