import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What each folder may import: other folders of the server, and packages. */
const layers: { readonly [folder: string]: { readonly folders: string; readonly packages: string } } = {
  base: { folders: '', packages: '' },
  syntax: { folders: 'base', packages: 'yaml' },
  matcher: { folders: 'base', packages: '' },
  packs: { folders: 'base syntax matcher', packages: 'yaml' },
  model: { folders: 'base syntax packs', packages: 'vscode-languageserver-textdocument vscode-uri picomatch/posix.js' },
  flow: { folders: 'base syntax packs model', packages: '' },
  rules: { folders: 'base syntax matcher packs model flow', packages: '' },
  handover: { folders: 'base syntax packs model flow', packages: '' },
  importing: { folders: 'base syntax packs model rules', packages: 'htmlparser2' },
  documents: {
    folders: 'base model flow handover importing views report',
    packages: 'docx fflate htmlparser2 mammoth read-excel-file/universal write-excel-file/universal',
  },
  features: {
    folders: 'base syntax matcher packs model flow rules importing',
    packages: 'vscode-languageserver-protocol vscode-languageserver-types',
  },
  views: {
    folders: 'base syntax packs model flow rules features',
    packages: 'vscode-languageserver-types @dagrejs/dagre',
  },
  host: { folders: 'base packs model rules', packages: 'node:' },
  comparing: { folders: 'base syntax packs model flow handover rules', packages: '' },
  report: { folders: 'base syntax packs model flow handover rules comparing features views host', packages: '' },
  assist: { folders: 'base syntax packs model rules features report', packages: '' },
  lsp: {
    folders: 'assist base packs model rules handover importing comparing documents features views host report',
    packages:
      'vscode-languageserver vscode-languageserver/node vscode-languageserver/browser vscode-languageserver-textdocument huashu:capabilities huashu:parts node:',
  },
  cli: {
    folders:
      'base syntax packs model flow rules handover comparing importing documents features host report assist lsp',
    packages: 'sarif diff node: @modelcontextprotocol/server @modelcontextprotocol/server/stdio',
  },
};

/** The only files that touch Node, and the only ones that read YAML. */
const nodeFiles = /^(host\/nodeHost|lsp\/node|lsp\/nodeServer|cli\/.*)\.ts$/;
const yamlFiles = /^(syntax\/frontMatterReader|syntax\/yamlDocument|packs\/yamlText)\.ts$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : /\.ts$/.test(entry.name) ? [path] : [];
  });
}

suite('layers', () => {
  const server = join(root, 'server/src');
  const client = join(root, 'client/src');

  for (const path of filesBelow(server)) {
    const name = relative(server, path).split(sep).join('/');
    test(name, () => {
      const layer = layers[name.split('/')[0]!];
      assert.ok(layer, `${name} is in no known folder`);
      const text = readFileSync(path, 'utf8');
      const imports = /^(?:import|export)\s[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gms;
      for (const [statement, fixed, later] of text.matchAll(imports)) {
        const specifier = fixed ?? later!;
        if (specifier.startsWith('.')) {
          const target = relative(server, resolve(dirname(path), specifier))
            .split(sep)
            .join('/');
          const folder = target.split('/')[0]!;
          const manifest = target.endsWith('package.json');
          assert.ok(
            manifest || folder === name.split('/')[0] || layer.folders.split(' ').includes(folder),
            `${name} may not import from ${folder}`,
          );
          continue;
        }
        const node = specifier.startsWith('node:');
        assert.ok(
          layer.packages.split(' ').includes(node ? 'node:' : specifier),
          `${name} may not import ${specifier}`,
        );
        if (node) assert.match(name, nodeFiles, `${name} may not touch Node`);
        if (specifier === 'vscode-languageserver/browser')
          assert.equal(name, 'lsp/browser.ts', `${name} may not touch the browser`);
        if (specifier === 'yaml') assert.match(name, yamlFiles, `${name} may not read YAML itself`);
        if (specifier === 'vscode-languageserver-protocol' || specifier === 'sarif')
          assert.match(statement, /^import type/, `${name}: types only`);
      }
    });
  }

  test('client and server do not import each other', () => {
    for (const path of [...filesBelow(server), ...filesBelow(client)]) {
      const other = path.startsWith(client) ? server : client;
      for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
        assert.ok(!resolve(dirname(path), specifier!).startsWith(other), path);
      }
    }
  });
});
