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

  const { commands, keybindings, configuration, walkthroughs } = manifest.contributes as {
    readonly commands: readonly { readonly command: string; readonly category?: string }[];
    readonly keybindings?: unknown;
    readonly configuration: { readonly properties: { readonly [name: string]: Setting } };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly id: string; readonly completionEvents: readonly string[] }[];
    }[];
  };
  const offered = new Set(commands.map(({ command }) => command));

  test('every command is in the palette below one name, and none takes a key away', () => {
    for (const { command, category } of commands) assert.equal(category, '%category%', command);
    const { menus } = manifest.contributes as { readonly menus: { readonly [place: string]: unknown } };
    assert.deepEqual([keybindings, menus.commandPalette], [undefined, undefined]);
  });

  test('settings stand in one section, in an order, described, with links that lead somewhere', () => {
    const settings = Object.entries(configuration.properties);
    assert.deepEqual(
      settings.map(([, { order }]) => order),
      settings.map((_, index) => index + 1),
    );
    for (const [name, { markdownDescription = '' }] of settings) {
      const key = markdownDescription.slice(1, -1);
      for (const text of [texts.en[key], texts.zh[key]].map(String)) {
        assert.ok(text.length > 10, name);
        for (const [, link = ''] of text.matchAll(/`#([^#]+)#`/g))
          assert.ok(link in configuration.properties || link.startsWith('editor.'), `${name}: ${link}`);
      }
      for (const page of ['docs/configuration.md', 'docs/configuration.zh-CN.md'])
        assert.ok(read(page).includes(`| \`${name}\` |`), `${page}: ${name}`);
    }
  });

  test('what texts link to is a command that there is', () => {
    const known = new Set([...offered, 'workbench.actions.view.problems']);
    for (const text of [texts.en, texts.zh].flatMap((each) => Object.values(each).map(String)))
      for (const [, command = ''] of text.matchAll(/\(command:([^)]+)\)/g)) assert.ok(known.has(command), command);
  });

  test('each step of the walkthrough is done by its own button', () => {
    const steps = walkthroughs.flatMap((each) => each.steps);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['write', 'finding', 'fix', 'rule', 'scenario', 'folder'],
    );
    for (const { id, completionEvents } of steps)
      for (const text of [texts.en, texts.zh].map((each) => String(each[`walkthrough.${id}.description`])))
        assert.ok(
          // A link that is a line of its own is shown as a button.
          completionEvents.some(
            (event) =>
              text.includes(`](command:${event.replace('onCommand:', '')})\n`) ||
              text.endsWith(`](command:${event.replace('onCommand:', '')})`),
          ),
          id,
        );
  });

  test('every sample goes along', () => {
    const [, list = ''] = read('client/src/samples.ts').match(/samples = \[(.*?)\] as const/s) ?? [];
    const listed = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name);
    const there = readdirSync('samples').filter((name) => name.endsWith('.huashu'));
    assert.deepEqual(listed.sort(), there.sort());
    assert.ok(read('.vscodeignore').includes('!samples/*.huashu\n'));
  });
});

interface Setting {
  readonly order: number;
  readonly markdownDescription?: string;
}
