// Bundles what users run: the language server, the command line and the extension's client.
//   node server/build.mjs [--production] [--watch]
import { chmod, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** What runs in a browser's worker: vscode.dev has no Node. */
const web = {
  platform: 'browser',
  target: 'es2023',
  mainFields: ['browser', 'module', 'main'],
};

/** @type {readonly { entry: string; output: string; options?: esbuild.BuildOptions }[]} */
const bundles = [
  { entry: 'server/src/lsp/node.ts', output: 'dist/node/server.cjs' },
  { entry: 'server/src/cli/main.ts', output: 'dist/node/cli.cjs', options: { banner: { js: '#!/usr/bin/env node' } } },
  { entry: 'server/src/documents/documents.ts', output: 'dist/node/documents.cjs' },
  { entry: 'client/src/node.ts', output: 'dist/node/client.cjs', options: { external: ['vscode'] } },
  { entry: 'server/src/lsp/browser.ts', output: 'dist/browser/server.js', options: { ...web, format: 'iife' } },
  { entry: 'client/src/browser.ts', output: 'dist/browser/client.js', options: { ...web, external: ['vscode'] } },
];

/** @returns {esbuild.BuildOptions} */
function optionsOf({ entry, output, options }) {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    // VS Code 1.91 runs extensions in Node 20.
    target: 'node20',
    format: 'cjs',
    // Some of the LSP packages have a UMD build, which cannot be bundled, beside their ES modules.
    mainFields: ['module', 'main'],
    // Chinese stays Chinese in the output: escapes would triple its size.
    charset: 'utf8',
    legalComments: 'none',
    minify: production,
    sourcemap: !production,
    sourcesContent: false,
    logLevel: 'silent',
    plugins: [packs, documents, executable, ...(watch ? [reporter] : [])],
    ...options,
  };
}

/**
 * `huashu:packs` is the list of bundled rule packs, read and validated at build time by the loader that reads a user's
 * packs, so that neither start-up nor the extension's size pays for YAML that never changes.
 * @type {esbuild.Plugin}
 */
const packs = {
  name: 'packs',
  setup(build) {
    build.onResolve({ filter: /^huashu:packs$/ }, ({ path: name }) => ({ path: name, namespace: 'packs' }));
    build.onLoad({ filter: /.*/, namespace: 'packs' }, async () => {
      const { loadPack, inputs } = await loaderOf();
      const folder = path.join(root, 'server/packs');
      const loaded = [];
      const errors = [];
      const warnings = [];
      const watchDirs = [folder];
      const watchFiles = [...inputs];
      for (const name of await namesIn(folder, (entry) => entry.isDirectory())) {
        const directory = path.join(folder, name);
        const names = await namesIn(directory, (entry) => entry.isFile() && /\.ya?ml$/.test(entry.name));
        const files = await Promise.all(
          names.map(async (file) => ({
            path: `server/packs/${name}/${file}`,
            text: await readFile(path.join(directory, file), 'utf8'),
          })),
        );
        watchDirs.push(directory);
        watchFiles.push(...names.map((file) => path.join(directory, file)));
        const { pack, problems } = loadPack(files);
        for (const problem of problems) {
          (problem.severity === 'error' ? errors : warnings).push(messageOf(problem, files));
        }
        if (pack) loaded.push(pack);
        else if (errors.length === 0) errors.push({ text: `server/packs/${name} is not a rule pack` });
      }
      // JSON.parse of one string is read faster by the engine than the same literal as code.
      const contents = `export const bundledPacks = JSON.parse(${JSON.stringify(JSON.stringify(loaded))});`;
      return { contents, errors, warnings, watchDirs, watchFiles };
    });
  },
};

/**
 * `huashu:documents` holds the libraries that read Word and Excel, which neither a server nor a command line that imports
 * nothing should have to load. In Node it is the bundle beside the one that asks for it. In a worker it is a part of the
 * server that nothing runs before: a worker cannot load a second file wherever it comes from.
 * @type {esbuild.Plugin}
 */
const documents = {
  name: 'documents',
  setup(build) {
    build.onResolve({ filter: /^huashu:documents$/ }, () =>
      build.initialOptions.platform === 'node'
        ? { path: './documents.cjs', external: true }
        : { path: path.join(root, 'server/src/documents/documents.ts') },
    );
  },
};

/** The project's own pack loader, compiled on the spot. */
async function loaderOf() {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/src/packs/load.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    // The loader knows nothing of Node, and a data URL could not `require` its modules either.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  const code = outputFiles.map((file) => file.text).join('');
  const { loadPack } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return { loadPack, inputs: Object.keys(metafile.inputs).map((input) => path.join(root, input)) };
}

async function namesIn(folder, wanted) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(wanted)
    .map((entry) => entry.name)
    .sort();
}

/** A pack's problem as esbuild's own errors look: its columns count bytes of UTF-8, its lines from 1. */
function messageOf(problem, files) {
  const lineText =
    files
      .find((file) => file.path === problem.path)
      ?.text.split(/\r\n|\r|\n/)
      [problem.line]?.replace(/^\uFEFF/, '') ?? '';
  const column = Buffer.byteLength(lineText.slice(0, problem.character));
  return {
    text: `${problem.message.zh} / ${problem.message.en}`,
    location: { file: problem.path, line: problem.line + 1, column, lineText },
  };
}

/**
 * The command line can be started by its name.
 * @type {esbuild.Plugin}
 */
const executable = {
  name: 'executable',
  setup(build) {
    const { outfile, banner } = build.initialOptions;
    if (!outfile || !banner?.js?.startsWith('#!')) return;
    build.onEnd(async ({ errors }) => {
      if (errors.length === 0) await chmod(path.join(root, outfile), 0o755);
    });
  },
};

/**
 * Prints watched builds in the words that VS Code's esbuild problem matcher looks for; those that overlap are one to it.
 * @type {esbuild.Plugin}
 */
const reporter = {
  name: 'reporter',
  setup(build) {
    build.onStart(() => {
      if (building++ === 0) console.log('[watch] build started');
    });
    build.onEnd((result) => {
      print(result);
      if (--building === 0) console.log('[watch] build finished');
    });
  },
};
let building = 0;

function print({ errors, warnings }) {
  for (const [kind, messages] of [
    ['ERROR', errors],
    ['WARNING', warnings],
  ]) {
    for (const { text, location, pluginName } of messages) {
      console.error(`✘ [${kind}] ${text}${pluginName ? ` [plugin ${pluginName}]` : ''}`);
      if (location) console.error(`    ${location.file}:${location.line}:${location.column + 1}:`);
    }
  }
}

async function build() {
  const results = await Promise.allSettled(bundles.map((bundle) => esbuild.build(optionsOf(bundle))));
  const seen = new Set();
  for (const result of results) {
    const { errors, warnings } = result.status === 'fulfilled' ? result.value : result.reason;
    if (!errors) throw result.reason;
    // The server and the command line share most of their sources, and so their errors.
    const fresh = ({ text, location }) => {
      const key = JSON.stringify([text, location]);
      return !seen.has(key) && seen.add(key);
    };
    print({ errors: errors.filter(fresh), warnings: warnings.filter(fresh) });
  }
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
}

async function watchAll() {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context(optionsOf(bundle))));
  await Promise.all(contexts.map((context) => context.watch()));
}

await (watch ? watchAll() : build());
