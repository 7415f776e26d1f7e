// Bundles what users run: the language server, the command line and the extension's client.
//   node server/build.mjs [--production] [--watch]
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { noticesOf } from './notices.mjs';
import { runParts } from './parts.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {esbuild.BuildOptions} */
const node = {
  absWorkingDir: root,
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
  metafile: true,
  logLevel: 'silent',
};

/**
 * What runs in a browser's worker: vscode.dev has no Node.
 * @type {esbuild.BuildOptions}
 */
const web = { ...node, platform: 'browser', target: 'es2023', mainFields: ['browser', 'module', 'main'] };

/** @returns {readonly esbuild.BuildOptions[]} */
function bundles() {
  const entries = { server: 'server/src/lsp/node.ts', cli: 'server/src/cli/main.ts' };
  return [
    inParts({ ...node, entryPoints: entries, outdir: 'dist/node', outExtension: { '.js': '.cjs' } }, (parts) => parts),
    inParts({ ...web, entryPoints: { server: 'server/src/lsp/browser.ts' }, outdir: 'dist/browser' }, partsOfWorker),
    { ...node, entryPoints: ['client/src/node.ts'], outfile: 'dist/node/client.cjs', external: ['vscode'] },
    { ...web, entryPoints: ['client/src/browser.ts'], outfile: 'dist/browser/client.js', external: ['vscode'] },
    // What runs in the frames of views: a browser of VS Code, and no later one than its own.
    {
      ...web,
      entryPoints: ['map', 'rehearsal', 'difference'].flatMap((name) => [
        `client/views/${name}.ts`,
        `client/views/${name}.css`,
      ]),
      outdir: 'dist/views',
      format: 'iife',
      target: 'chrome122',
    },
    { ...node, entryPoints: packFiles, outdir: 'dist', plugins: [packs] },
  ].map((options) => ({ ...options, plugins: [...(options.plugins ?? []), ...(watch ? [reporter] : [])] }));
}

/**
 * A program that is cut where its sources say `import()`, so that nothing is loaded before it is needed, and programs share what
 * they have in common. esbuild cuts ES modules only, which start slowly in Node and cannot be put together in a worker; so
 * each part is turned into CommonJS.
 *
 * @param {esbuild.BuildOptions} options
 * @param filesOf the files to write for the parts
 * @returns {esbuild.BuildOptions}
 */
function inParts(options, filesOf) {
  return {
    ...options,
    splitting: true,
    format: 'esm',
    chunkNames: '[name]-[hash]',
    // Each part is turned once more, and its map along with it.
    sourcemap: !production && 'inline',
    external: ['huashu:parts'],
    write: false,
    plugins: [
      capabilities,
      {
        name: 'parts',
        setup(build) {
          const folder = path.join(root, options.outdir);
          let before = [];
          build.onEnd(async ({ errors, outputFiles, metafile }) => {
            if (errors.length > 0) return;
            const parts = await Promise.all(outputFiles.map((file) => commonJsOf(file, options)));
            const files = await filesOf(parts, metafile);
            await mkdir(folder, { recursive: true });
            await Promise.all(files.map(({ name, text }) => writeFile(path.join(folder, name), text)));
            // The command line can be started by its name.
            for (const { name, text } of files) if (text.startsWith('#!')) await chmod(path.join(folder, name), 0o755);
            const names = files.map(({ name }) => name);
            await Promise.all(
              before.filter((each) => !names.includes(each)).map((each) => rm(path.join(folder, each))),
            );
            before = names;
          });
        },
      },
    ],
  };
}

/** A part as a CommonJS module. In a worker it asks the loader in front of it for other parts. */
async function commonJsOf({ path: file, text }, { platform, target }) {
  const name = path.basename(file);
  const { code } = await esbuild.transform(platform === 'node' ? text : text.replaceAll('import("./', 'loadPart("./'), {
    format: 'cjs',
    platform: 'node',
    target,
    charset: 'utf8',
    minify: production,
    sourcemap: !production && 'inline',
    sourcesContent: false,
    sourcefile: name,
    supported: { 'dynamic-import': false },
  });
  return { name, text: code };
}

/** The parts with which a worker starts become one file, behind the loader; the others stay as they are. */
async function partsOfWorker(parts, { outputs }) {
  const first = 'server.js';
  const needs = Object.fromEntries(
    parts.map(({ name }) => [`./${name}`, [...needsOf(name)].map((each) => `./${each}`)]),
  );
  const isFirst = ({ name }) => name === first || needs[`./${first}`].includes(`./${name}`);
  const modules = parts
    .filter(isFirst)
    .map(({ name, text }) => `${JSON.stringify(`./${name}`)}(require,module,exports,loadPart){${text}\n}`);
  const text = `(${runParts})({${modules.join(',')}},${JSON.stringify(needs)},"./${first}");`;
  const { code } = await esbuild.transform(text, { target: web.target, charset: 'utf8', minify: production });
  return [{ name: first, text: code }, ...parts.filter((part) => !isFirst(part))];

  /** What a part imports, and what that does. */
  function needsOf(name, known = new Set()) {
    const [, { imports }] = Object.entries(outputs).find(([file]) => path.basename(file) === name);
    for (const { path: file, kind, external } of imports) {
      const other = path.basename(file);
      if (!external && kind === 'import-statement' && !known.has(other)) needsOf(other, known.add(other));
    }
    return known;
  }
}

/** The bundled rule packs, and what takes long to work out of them. */
const packFiles = [
  { in: 'huashu:packs.utf16', out: 'packs' },
  { in: 'huashu:packs.bin', out: 'packs' },
];

/**
 * Reads and validates the bundled rule packs by the loader that reads a user's packs, and works out what their patterns need by the
 * code that does so for a user's, so that start-up pays neither for YAML nor for patterns that never change.
 * @type {esbuild.Plugin}
 */
const packs = {
  name: 'packs',
  setup(build) {
    let reading;
    build.onStart(() => {
      reading = undefined;
    });
    build.onResolve({ filter: /^huashu:packs/ }, ({ path: name }) => ({ path: name, namespace: 'packs' }));
    build.onLoad({ filter: /.*/, namespace: 'packs' }, async ({ path: name }) => {
      reading ??= read();
      const { packs, bytes, ...rest } = await reading;
      const contents = name.endsWith('.bin') ? bytes : Buffer.from(JSON.stringify(packs), 'utf16le');
      return { contents, loader: 'copy', ...rest };
    });

    async function read() {
      const { loadPack, prepare, bytesOf, inputs } = await compiled(
        'server/src/packs/load.ts',
        'server/src/rules/compiledPack.ts',
        'server/src/base/bytes.ts',
      );
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
      const prepared = errors.length > 0 ? [] : loaded.map(prepare);
      return { packs: loaded, bytes: bytesOf(prepared), errors, warnings, watchDirs, watchFiles };
    }
  },
};

/**
 * `huashu:capabilities` is what the features together promise an editor: a server says it before it has loaded any of them.
 * @type {esbuild.Plugin}
 */
const capabilities = {
  name: 'capabilities',
  setup(build) {
    build.onResolve({ filter: /^huashu:capabilities$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'capabilities',
    }));
    build.onLoad({ filter: /.*/, namespace: 'capabilities' }, async () => {
      const { features, inputs } = await compiled('server/src/features/index.ts');
      // Changes of documents come as what was typed.
      const all = Object.assign({ textDocumentSync: 2 }, ...features.map(({ capability }) => capability));
      return { contents: `export const capabilities = ${JSON.stringify(all)};`, watchFiles: inputs };
    });
  },
};

/** What sources of ours export, compiled on the spot, and the files that they are made of. */
async function compiled(...sources) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    stdin: {
      contents: sources.map((source) => `export * from './${source}';`).join('\n'),
      resolveDir: root,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    // What is compiled knows nothing of Node, and a data URL could not `require` its modules either.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  const code = outputFiles.map((file) => file.text).join('');
  const exported = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return {
    ...exported,
    inputs: Object.keys(metafile.inputs)
      .filter((input) => input !== '<stdin>')
      .map((input) => path.join(root, input)),
  };
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
  const results = await Promise.allSettled(bundles().map((bundle) => esbuild.build(bundle)));
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
  if (results.some((result) => result.status === 'rejected')) {
    process.exitCode = 1;
    return;
  }
  const notices = await noticesOf(
    root,
    results.map(({ value }) => value.metafile),
  );
  await writeFile(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices);
}

async function watchAll() {
  const contexts = await Promise.all(bundles().map((bundle) => esbuild.context(bundle)));
  await Promise.all(contexts.map((context) => context.watch()));
}

// The parts of an earlier build have other names, and whatever lies here is packed.
await rm(path.join(root, 'dist'), { recursive: true, force: true });
await (watch ? watchAll() : build());
