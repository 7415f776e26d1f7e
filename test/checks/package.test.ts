import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { unzipSync } from 'fflate';
import { galleryPage, packedPath } from '../../client/package.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** What may be shipped in either package; anything else was let in by mistake. */
const shipped = [
  /^dist\/(?:packs\.(?:utf16|bin)|THIRD-PARTY-NOTICES\.txt)$/,
  /^dist\/node\/[\w-]+\.cjs$/,
  /^docs\/(?:[\w.-]+|rules\/(?:en|zh-CN)\/[\w.-]+)\.md$/,
  /^samples\/[^/]+\.(?:huashu|md)$/,
  /^schemas\/[\w.-]+\.schema\.json$/,
  /^syntaxes\/huashu\.tmLanguage\.json$/,
  /^(?:CHANGELOG|README|SECURITY)(?:\.zh-CN)?\.md$/i,
  /^LICENSE(?:\.txt)?$/,
  /^package\.json$/,
];

/** What only an editor can use. */
const ofEditor = [
  /^dist\/browser\/[\w-]+\.js$/,
  /^dist\/views\/\w+\.(?:js|css)$/,
  /^client\/(?:l10n\/[\w.-]+\.json|media\/(?:icon\.png|script-\w+\.svg|walkthrough\/(?:en|zh-CN)\/\w+\.webp))$/,
  /^syntaxes\/language-configuration\.json$/,
  /^package\.nls(?:\.zh-cn)?\.json$/,
];

/** Nothing that an author left behind, and no page that leads nowhere; pictures of pages are not in the extension. */
function assertWhole(files: ReadonlyMap<string, string>, allowed: readonly RegExp[], leftOut?: RegExp): void {
  const names = [...files.keys()];
  assert.deepEqual(
    names.filter((name) => !allowed.some((each) => each.test(name))),
    [],
  );
  const lowerCase = new Set(names.map((name) => name.toLowerCase()));
  const dead: string[] = [];
  for (const [name, text] of files) {
    assert.ok(!text.includes(process.cwd()), `${name} names a folder of this machine`);
    if (!name.endsWith('.md')) continue;
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s:]+)(?:#[^)]*)?\)/g)) {
      const file = path.posix.join(path.posix.dirname(name), decodeURI(target));
      if (!lowerCase.has(file.toLowerCase()) && !leftOut?.test(file)) dead.push(`${name}: ${target}`);
    }
  }
  assert.deepEqual(dead, []);
}

suite('what is shipped', () => {
  let folder: string;
  suiteSetup(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'huashu-package-'));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  const run = (command: string, args: readonly string[], cwd = folder) =>
    spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

  test('the extension holds what it needs and nothing else, in less than 5 MB', async () => {
    const file = await packedPath();
    assert.ok(statSync(file).size < 5_000_000, `${statSync(file).size}`);
    const entries = Object.entries(unzipSync(readFileSync(file))).filter(([name]) => name.startsWith('extension/'));
    const files = new Map(
      entries.map(([name, bytes]) => [name.slice('extension/'.length), Buffer.from(bytes).toString()]),
    );
    assertWhole(files, [...shipped, ...ofEditor], /^docs\/pictures\//);
    for (const name of [manifest.main, manifest.browser, 'dist/packs.utf16', 'dist/packs.bin', 'dist/node/server.cjs'])
      assert.ok(files.has(path.posix.normalize(name)), name);
    // What is loaded only when it is asked for is a file of its own.
    for (const runtime of ['node', 'browser'])
      for (const part of ['documents', 'features', 'views'])
        assert.ok(
          [...files.keys()].some((name) => name.startsWith(`dist/${runtime}/${part}-`)),
          part,
        );
  });

  test('the page of the extension is for those who have installed it, in both languages, without a dead link', async () => {
    const page = Buffer.from(unzipSync(readFileSync(await packedPath()))['extension/readme.md'] ?? []).toString();
    assert.match(page, /^# 话术 · Huashu\n[\s\S]*\n---\n\n# Huashu · 话术\n/);
    assert.doesNotMatch(page, /npm start|npm test|<!--/);
    const targets = (text: string): string[] =>
      [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
    assert.deepEqual(
      targets(page).filter((target) => !/^(?:https:|#)/.test(target)),
      [],
    );

    const pages = ['README.zh-CN.md', 'README.md'].map((name) => readFileSync(name, 'utf8'));
    const published = galleryPage(pages, 'https://git.example.com/huashu/raw/v1/');
    const pictures = [...published.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
    assert.equal(pictures.length, 8);
    for (const target of pictures) {
      assert.match(target, /^https:\/\/git\.example\.com\/huashu\/raw\/v1\/docs\/pictures\//);
      assert.ok(existsSync(target.replace('https://git.example.com/huashu/raw/v1/', '')), target);
    }
    assert.deepEqual(
      targets(published).filter((target) => !/^(?:https:|#)/.test(target)),
      [],
    );
  });

  suite('the command line', () => {
    let installed: string;
    suiteSetup(async function () {
      this.timeout(60_000);
      writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
      const npm = ['install', '--offline', '--no-audit', '--no-fund', '--cache', path.join(folder, 'cache')];
      const { status, stderr } = run('npm', [...npm, await packedPath('tgz')]);
      assert.equal(status, 0, stderr);
      installed = path.join(folder, 'node_modules', manifest.name);
    });

    test('is installed from one file without a network, alone, and nothing is run while it is', () => {
      const own = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
      assert.deepEqual(Object.keys(own), ['name', 'version', 'description', 'license', 'keywords', 'bin', 'engines']);
      assert.equal(own.version, manifest.version);
      assert.deepEqual(
        readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
        [manifest.name],
      );
    });

    test('holds what it needs and nothing else', () => {
      const names = readdirSync(installed, { recursive: true, encoding: 'utf8' })
        .map((name) => name.split(path.sep).join('/'))
        .filter((name) => statSync(path.join(installed, name)).isFile());
      const files = new Map(names.map((name) => [name, readFileSync(path.join(installed, name), 'utf8')]));
      assertWhole(files, [...shipped, /^docs\/pictures\/(?:en|zh-CN)\/\w+\.\w+$/]);
      // Every part of the program is named by another one, the entry aside.
      const parts = names.filter((name) => name.startsWith('dist/node/'));
      assert.ok(parts.length > 3);
      for (const part of parts.filter((name) => name !== 'dist/node/cli.cjs'))
        assert.ok(
          parts.some((other) => other !== part && files.get(other)!.includes(path.posix.basename(part))),
          part,
        );
    });

    const huashu = (...args: string[]) => run('npx', ['--offline', 'huashu', ...args]);

    test('works in an empty folder', () => {
      writeFileSync(path.join(folder, '甲.huashu'), '【开场】\n坐席：再不还钱我就找人打断你的腿。\n结束：完成\n');
      const { status, stdout, stderr } = huashu('check', '甲.huashu', '--lang', 'zh-CN');
      assert.match(stdout, /^甲\.huashu:2:\d+ {2}错误 .*cn\/no-threat-of-violence: error$/m, stderr);
      assert.equal(status, 1);
      assert.equal(huashu('version').stdout, `${manifest.version}\n`);
    });

    test('what is loaded later is there too', async () => {
      writeFileSync(path.join(folder, '乙.txt'), '一、核实身份\n催收员：请问是XX先生吗？\n');
      assert.match(huashu('import', '乙.txt').stdout, /【核实身份】/);
      const initialize = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities: {} } });
      const server = spawn(path.join(folder, 'node_modules/.bin/huashu'), ['lsp'], {
        shell: process.platform === 'win32',
      });
      server.stdin.write(`Content-Length: ${initialize.length}\r\n\r\n${initialize}`);
      let answer = '';
      for await (const part of server.stdout) {
        answer += part;
        if (answer.includes('"hoverProvider"')) break;
      }
      server.kill();
      assert.match(answer, /"hoverProvider"/);
    });
  });

  test('whoever has a part in the bundles is named, with the licence', async () => {
    const bundles = [
      ['server/src/cli/main.ts', 'server/src/lsp/node.ts', 'client/src/node.ts'],
      ['server/src/lsp/browser.ts', 'client/src/browser.ts'],
    ];
    const packages = new Set(['node_modules/opencc-js', 'node_modules/pinyin-pro']);
    for (const [index, entryPoints] of bundles.entries()) {
      const { metafile } = await build({
        entryPoints,
        bundle: true,
        write: false,
        metafile: true,
        platform: index === 0 ? 'node' : 'browser',
        outdir: 'out',
        mainFields: [...(index === 0 ? [] : ['browser']), 'module', 'main'],
        external: ['vscode', 'huashu:*'],
        logLevel: 'error',
      });
      for (const input of Object.keys(metafile.inputs)) {
        const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
        if (folder) packages.add(folder);
      }
    }
    assert.ok(packages.size > 20);
    const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
    const named = new Set<string>();
    for (const each of packages) {
      const { name, version, license } = JSON.parse(readFileSync(path.join(each, 'package.json'), 'utf8'));
      named.add(`${name} ${version} (${license})`);
      const [licence] = readdirSync(each).filter((file) => /^licen[cs]e/i.test(file));
      if (licence && statSync(path.join(each, licence)).isFile()) {
        const text = readFileSync(path.join(each, licence), 'utf8').replace(/\r\n?/g, '\n').trim();
        assert.ok(notices.includes(text), name);
      }
    }
    const lines = notices.split('\n').filter((line) => /^\S+ \d+\.\d+\.\d+ \(.*\)$/.test(line));
    assert.deepEqual(lines.sort(), [...named].sort());
    const names = new Set([...named].map((each) => each.slice(0, each.indexOf(' '))));
    for (const page of ['docs/security.md', 'docs/security.zh-CN.md']) {
      // Only the last section has a table of packages.
      const [section = ''] = readFileSync(page, 'utf8').split('\n## ').slice(-1);
      const rows = section.split('\n').filter((line) => line.startsWith('| `'));
      const explained = rows.flatMap((row) =>
        [...row.split(' | ')[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
      );
      assert.deepEqual(explained.sort(), [...names].sort(), page);
    }
  });
});
