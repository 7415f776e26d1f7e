// What reads the recipes of docs/ci.md: the programs that they are written for, or others with the same schemas. They are
// installed into the cache for these tests alone, and are no dependency of the project.
import path from 'node:path';
import { installed } from '../../client/cache.mjs';
import { prepareEditor } from '../../client/embedded.mjs';
import { say } from '../../client/setup.mjs';

const versions = {
  // Holds the schema of GitHub's workflows.
  '@action-validator/core': '0.6.0',
  // Does what pre-commit does, from the same files.
  '@j178/prek': '0.5.3',
  // Holds the schema that GitLab publishes.
  'gitlab-ci-local': '4.75.1',
};

/** Where the modules are, and a Node that is new enough for all of them. */
export async function prepareCiTools() {
  const folder = await installed(
    'ci-tools-1',
    Object.keys(versions).map((name) => path.join('node_modules', name)),
    {
      packages: Object.entries(versions).map(([name, version]) => `${name}@${version}`),
      announce: () =>
        say('正在下载读取流水线配置的软件（仅首次）…', 'Downloading what reads CI recipes (first time only)…'),
    },
  );
  const { node } = await prepareEditor();
  return { node, modules: path.join(folder, 'node_modules') };
}
