// What an editor test runs in: the packed extension in the embedded VS Code, and a browser to look at it with.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { embeddable, prepareEditor, startEditor } from '../../client/embedded.mjs';
import { packedPath } from '../../client/package.mjs';
import { findBrowser } from '../browser.mjs';

/** Settings that keep a test's workbench still and its pictures alike. */
const preferences = {
  'editor.cursorBlinking': 'solid',
  'editor.cursorSmoothCaretAnimation': 'off',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'git.enabled': false,
  'window.commandCenter': false,
  'workbench.editor.empty.hint': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
};

/**
 * Runs `use` with an editor of a fresh profile, named by the environment variables that it gets; throws where there can
 * be none. A restricted editor trusts no folder; `others` are packed extensions beside ours.
 */
export async function withEditor(use, { restricted = false, others = [], settings = {} } = {}) {
  if (!embeddable) throw new Error('内嵌编辑器不支持本系统 / The embedded editor does not run on this system');
  const [programs, browser] = await Promise.all([prepareEditor(), findBrowser()]);
  if (!browser) throw new Error('找不到浏览器，也无法安装 / No browser was found, and none could be installed');
  const home = await mkdtemp(path.join(os.tmpdir(), 'huashu-editor-'));
  try {
    const editor = await startEditor(programs, {
      home,
      vsix: await packedPath(),
      others,
      preferences: { ...preferences, ...settings },
      restricted,
    });
    try {
      return await use({ HUASHU_EDITOR: editor.address, HUASHU_BROWSER: browser });
    } finally {
      await editor.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
