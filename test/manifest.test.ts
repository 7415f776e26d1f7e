import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string): string => readFileSync(path.resolve(file), 'utf8');
const readJson = (file: string): Record<string, unknown> => JSON.parse(read(file));

/** Every string anywhere in a JSON value. */
function* strings(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object') for (const part of Object.values(value)) yield* strings(part);
}

suite('manifest', () => {
  const manifest = readJson('package.json');
  const texts = { en: readJson('package.nls.json'), zh: readJson('package.nls.zh-cn.json') };

  const sources = readdirSync('client/src').map((name) => read(`client/src/${name}`));

  test('every text is there in both languages, and no other', () => {
    const used = new Set([...strings(manifest)].flatMap((text) => text.match(/^%(.+)%$/)?.[1] ?? []));
    assert.deepEqual(Object.keys(texts.en).sort(), [...used].sort());
    assert.deepEqual(Object.keys(texts.zh).sort(), [...used].sort());
  });

  test('every text that the client shows has a translation, and no other', () => {
    const shown = sources.flatMap((source) => {
      const texts = [...source.matchAll(/l10n\.t\(\s*'([^']+)'/g)].map((match) => match[1]);
      assert.equal(texts.length, source.match(/\bl10n\.t\b/g)?.length ?? 0, 'a text is written out where it is shown');
      return texts;
    });
    const translated = Object.keys(readJson('client/l10n/bundle.l10n.zh-cn.json'));
    assert.deepEqual(translated.sort(), [...new Set(shown)].sort());
  });

  test('every file that it names exists', () => {
    const named = [...strings(manifest.contributes), ...strings(texts), String(manifest.icon)].filter((text) =>
      /^\.?\/?\w+\/.*\.\w+$/.test(text),
    );
    assert.ok(named.length >= 5);
    for (const file of named) assert.ok(existsSync(file), file);
  });

  test('a command that is offered is registered', () => {
    const { commands } = manifest.contributes as { commands: { command: string }[] };
    const client = sources.join('\n');
    for (const { command } of commands) assert.ok(client.includes(`registerCommand('${command}'`), command);
  });

  test('can be loaded in the browser', () => {
    assert.equal(manifest.browser, './dist/browser/client.js');
    // Web extension hosts take no ES modules, and go by this.
    assert.equal(manifest.type, undefined);
  });

  test('asks for no newer VS Code than its types describe', () => {
    const { vscode } = manifest.engines as { vscode: string };
    const { version } = readJson('node_modules/@types/vscode/package.json');
    assert.equal(vscode, `^${version}`);
  });
});
