// `npm start`: from a fresh clone to a checked script in an editor.
//
// It opens VS Code when there is one, and the embedded one otherwise. The environment's HUASHU_START chooses instead:
// `code`, `embedded`, or `terminal`, which ends after the findings. HUASHU_CACHE moves the downloads (see cache.mjs).
import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { onStop, root, run, runQuietly, say, setUp } from './setup.mjs';

const samples = path.join(root, 'samples');
const cli = path.join(root, 'dist/node/cli.cjs');

async function main() {
  await setUp();
  const { embeddable } = await import('./embedded.mjs');
  const code = await findCode();
  const way = wayToOpen(code, embeddable);
  say('正在构建…', 'Building…');
  if (way === 'embedded') await runQuietly(process.execPath, ['client/package.mjs']);
  else await run(process.execPath, ['server/build.mjs']);
  say('示例话术的检查结果（其中的违规是特意写的）：', 'Findings in samples/ (their violations are deliberate):');
  // Status 1 says that something was found, which is what the samples are for.
  await run(process.execPath, [cli, 'check', 'samples'], { accept: [0, 1] });
  if (way === 'code') {
    if (await openCode(code)) return;
    say('VS Code 没有启动', 'VS Code did not start');
    if (!embeddable) return;
    await runQuietly(process.execPath, ['client/package.mjs']);
  }
  if (way === 'none') {
    say(
      "要在编辑器里查看，请安装 VS Code，在其中执行“Shell Command: Install 'code' command in PATH”（Windows 安装时勾选“添加到 PATH”），再运行 npm start",
      'To see it in an editor, install VS Code, put its command `code` on the PATH, and run npm start again',
    );
  }
  if (way === 'none' || way === 'terminal') return;
  await openEmbedded();
}

function wayToOpen(code, embeddable) {
  const wish = process.env.HUASHU_START;
  if (wish === 'terminal') return 'terminal';
  if (wish === 'code' && !code) throw new Error('PATH 上没有 code / There is no `code` on the PATH');
  if (code && wish !== 'embedded') return 'code';
  return embeddable ? 'embedded' : 'none';
}

/** The command of an installed VS Code, unless it is one that cannot open an extension from a folder. */
async function findCode() {
  // In a remote window's terminal, and in WSL, `code` is only a messenger that does not pass the extension's folder on.
  if (process.env.VSCODE_IPC_HOOK_CLI || process.env.WSL_DISTRO_NAME) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        await access(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/** Opens the samples with the extension straight from this folder, so that nothing stays behind in the user's editor. */
async function openCode(code) {
  const shell = process.platform === 'win32';
  const quote = (text) => (shell ? `"${text}"` : text);
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, samples];
  for (const place of await placeToShow()) args.push('--goto', place);
  try {
    await run(quote(code), args.map(quote), { shell });
    say('已在 VS Code 中打开 samples/', 'Opened samples/ in VS Code');
    return true;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

async function openEmbedded() {
  const { cache } = await import('./cache.mjs');
  const { pageOf, prepareEditor, startEditor } = await import('./embedded.mjs');
  const { packedPath } = await import('./package.mjs');
  const programs = await prepareEditor();
  say('正在启动编辑器…', 'Starting the editor…');
  const editor = await startEditor(programs, { home: path.join(cache, 'editor'), vsix: await packedPath() });
  const page = pageOf(editor.address, samples, await placeToShow());
  say('请在浏览器中打开（按 Ctrl+C 结束）：', 'Open in a browser (Ctrl+C to stop):');
  console.log(`\n  ${page}\n`);
  showInBrowser(page);
  stop = () => editor.stop();
  await editor.ended;
  process.exit();
}

/** The sample with most to show, at the first of its findings: `file:line:column`, as VS Code takes it. */
async function placeToShow() {
  const found = await new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, 'check', 'samples', '--format', 'json'], { cwd: root });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('close', () => resolve(output));
  });
  const { files } = JSON.parse(found);
  const [most] = files.toSorted((a, b) => b.findings.length - a.findings.length);
  const [first] = most?.findings ?? [];
  if (!first) return [];
  const { line, character } = first.range.start;
  return [`${path.resolve(root, most.path)}:${line + 1}:${character + 1}`];
}

/** On a desktop the page opens by itself; where there is none the printed address has to do. */
function showInBrowser(page) {
  const isDesktop = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!isDesktop || !process.stdout.isTTY) return;
  const opener = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [page], {
    stdio: 'ignore',
    detached: true,
  });
  opener.on('error', () => undefined);
  opener.unref();
}

/** What a request to stop does: at first it just ends us and what runs for us, later it closes the editor. */
let stop = () => process.exit(130);
onStop(() => stop());

try {
  await main();
} catch (error) {
  console.error(`✘ ${error.message}`);
  process.exitCode = 1;
}
