// What the bench compares with: installed into the cache for it alone, and no dependency of the project.
import path from 'node:path';
import { installed } from '../../client/cache.mjs';
import { say } from '../../client/setup.mjs';

export const versions = {
  '@lezer/common': '1.5.5',
  '@lezer/generator': '1.8.1',
  '@lezer/lr': '1.4.12',
  '@monyone/aho-corasick': '1.1.11',
  fastscan: '1.0.6',
  textlint: '15.8.0',
  'textlint-rule-prh': '6.1.0',
  'vscode-langservers-extracted': '4.10.0',
  'yaml-language-server': '1.25.0',
};

/** The folder of modules that the peers are in. */
export async function preparePeers() {
  const folder = await installed(
    'bench-peers-3',
    Object.keys(versions).map((name) => path.join('node_modules', name)),
    {
      packages: Object.entries(versions).map(([name, version]) => `${name}@${version}`),
      announce: () => say('正在下载对照的软件（仅首次）…', 'Downloading what is compared with (first time only)…'),
    },
  );
  return path.join(folder, 'node_modules');
}
