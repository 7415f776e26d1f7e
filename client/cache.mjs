// What npm has and the project does not depend on, kept from run to run: the embedded editor, and what the bench compares with.
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm, root } from './setup.mjs';

/** Where downloads are kept from run to run: `.cache` in the project, or what the environment's HUASHU_CACHE names. */
export const cache = path.resolve(root, process.env.HUASHU_CACHE || '.cache');

/** Nothing here needs the scripts of packages, and some would look for native builds on the network. */
export const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The folder of an installation in the cache, made when it is not there yet, or one of its `parts` is missing. It grows in a
 * folder of its own and is renamed at the end, so that one broken off, or two at once, never leave half of it behind.
 */
export async function installed(name, parts, { packages, announce, finish = async () => {} }) {
  const folder = path.join(cache, name);
  if (await isComplete(folder, parts)) return folder;
  announce();
  await mkdir(cache, { recursive: true });
  await removeLeftovers(name);
  const growing = path.join(cache, `${name}.${process.pid}`);
  await rm(growing, { recursive: true, force: true });
  await mkdir(growing);
  try {
    await writeFile(path.join(growing, 'package.json'), '{ "private": true }\n');
    await npm(['install', ...quietly, ...packages], growing);
    await finish(growing);
    await writeFile(path.join(growing, 'complete'), `${name}\n`);
    try {
      await rename(growing, folder);
    } catch {
      // Another run may have been faster, or an earlier one may have left a folder without its mark.
      if (await isComplete(folder, parts)) return folder;
      await rm(folder, { recursive: true, force: true });
      await rename(growing, folder);
    }
  } finally {
    await rm(growing, { recursive: true, force: true });
  }
  return folder;
}

async function isComplete(folder, parts) {
  try {
    await Promise.all(['complete', ...parts].map((part) => access(path.join(folder, part))));
    return true;
  } catch {
    return false;
  }
}

/** Removes what runs that are no longer alive began. */
async function removeLeftovers(name) {
  for (const entry of await readdir(cache)) {
    const owner = entry.startsWith(`${name}.`) ? Number(entry.slice(name.length + 1)) : 0;
    if (owner && !isAlive(owner)) await rm(path.join(cache, entry), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
