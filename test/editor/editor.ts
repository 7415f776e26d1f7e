import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import { expectSoon } from './expectSoon.ts';

/** What the browser is asked to look like. */
export interface Look {
  readonly language: 'en-US' | 'zh-CN';
  /** How much larger than usual everything is; a picture has the same size all the same. */
  readonly zoom?: number;
  /** The size of a picture; 1280 by 800 by default. */
  readonly width?: number;
  readonly height?: number;
  /** Another editor than that of the run. */
  readonly address?: string;
}

/** A window of the embedded VS Code, driven the way a user drives it: by keys and by looking at the page. */
export class Editor {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly context: BrowserContext,
    private readonly folder: string,
    private readonly pictures: string,
    readonly language: Look['language'],
  ) {}

  /**
   * Opens some files, or the folders of a `.code-workspace` among them, and a copy of a folder where one is given, so that no test
   * writes into the project.
   */
  static async open(
    files: Readonly<Record<string, string>>,
    pictures: string,
    look: Look,
    copied?: string,
  ): Promise<Editor> {
    const { HUASHU_EDITOR, HUASHU_BROWSER: executablePath } = process.env;
    const { language, zoom = 1, width = 1280, height = 800, address = HUASHU_EDITOR } = look;
    if (!address || !executablePath) throw new Error('The editor tests are run by `npm test -- editor`.');
    // The name of the folder is in every picture.
    const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'huashu-')), 'samples');
    await mkdir(folder);
    if (copied) await cp(copied, folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    await mkdir(pictures, { recursive: true });
    const browser = await chromium.launch({ executablePath, args: flags });
    const context = await browser.newContext({
      viewport: { width: width / zoom, height: height / zoom },
      deviceScaleFactor: zoom,
      locale: language,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const several = Object.keys(files).find((name) => name.endsWith('.code-workspace'));
    const opened =
      several === undefined
        ? `folder=${encodeURIComponent(folder)}`
        : `workspace=${encodeURIComponent(path.join(folder, several))}`;
    const editor = new Editor(page, browser, context, folder, pictures, language);
    try {
      const first = page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first();
      await page.goto(`${address}?${opened}`);
      // Right behind another window a workspace file sometimes comes up as no folder at all, or as nothing.
      for (let left = 2; left > 0 && !(await isThere(first, 12_000)); left--) await page.reload();
      await first.waitFor();
    } catch (error) {
      // A browser that nobody closes would keep the tests from ending.
      await editor.picture('failed to open');
      await editor.close();
      throw error;
    }
    return editor;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
    await rm(path.dirname(this.folder), { recursive: true, force: true });
  }

  /** Writes a file behind the back of the editor, or deletes it. */
  async write(name: string, text: string | undefined): Promise<void> {
    const file = path.join(this.folder, name);
    if (text === undefined) await rm(file);
    else await writeFile(file, text);
  }

  /** A file as it is on the disk. */
  async read(name: string): Promise<Buffer> {
    return readFile(path.join(this.folder, name));
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Text as an input method hands it over: at once, and without the keys that would close brackets by themselves. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** The state of what an input method composes, before it hands anything over; nothing ends the composition without a word. */
  async compose(text: string): Promise<void> {
    const session = await this.context.newCDPSession(this.page);
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await session.detach();
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(this.pictures, `${name}.png`) });
  }

  /** Opens a file by quick open and waits until its text can be edited. */
  async openFile(name: string): Promise<void> {
    const input = await this.quickInput('ControlOrMeta+p');
    await input.fill(name);
    await this.chosen(name).waitFor();
    await this.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.lines.first().waitFor();
    await this.focused.waitFor();
  }

  /** The text editor, once it takes the keys; a key pressed before that goes elsewhere. */
  private get focused(): Locator {
    return this.page.locator('.editor-instance .monaco-editor.focused');
  }

  /** Runs a command by its title. */
  async run(command: string): Promise<void> {
    const input = await this.quickInput('F1');
    // A window that has just been opened may not know our commands yet, and looks for them only when something is typed.
    await expectSoon(async () => {
      await input.fill('>');
      await input.fill(`>${command}`);
      await this.chosen(command).waitFor({ timeout: 2000 });
    });
    await this.press('Enter');
    // What the command asks may stand in the same place at once.
    await expectSoon(async () => {
      const shown = (await input.isVisible()) ? await input.inputValue() : '';
      assert.ok(!shown.startsWith('>'), `the palette still shows ${shown}`);
    });
  }

  /** The quick input that a key opens. One that comes while the focus moves, as from a view to the editor, is lost. */
  private async quickInput(key: string): Promise<Locator> {
    const input = this.page.locator('.quick-input-widget input');
    await expectSoon(async () => {
      if (!(await input.isVisible())) await this.press(key);
      await input.waitFor({ timeout: 3000 });
    });
    return input;
  }

  /** The row of a quick input that the next Enter takes; before the list is filtered that may be another one. */
  private chosen(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
  }

  /** Puts the cursor at a line, and a column of it; both count from 1, as the editor shows them. */
  async goTo(line: number, column = 1): Promise<void> {
    await expectSoon(async () => {
      const input = await this.quickInput('Control+g');
      await input.fill(`:${line}`);
      await this.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 3000 });
      await this.waitForPosition(line, 1, 3000);
    });
    await this.focused.waitFor();
    // The input takes a column too, but as a place on the screen, where a full-width character is two.
    await this.press(...Array<string>(column - 1).fill('ArrowRight'));
    await this.waitForPosition(line, column);
  }

  /** Waits until the status bar says that the cursor stands there. */
  async waitForPosition(line: number, column?: number, timeout?: number): Promise<void> {
    const place = column === undefined ? `\\b${line}\\D+\\d+` : `\\b${line}\\D+${column}\\b`;
    const shown = this.page.locator('#status\\.editor\\.selection', { hasText: new RegExp(place) });
    await shown.waitFor(timeout === undefined ? {} : { timeout });
  }

  /** The lines that are in view, as drawn; not necessarily in their order. */
  get lines(): Locator {
    return this.page.locator('.editor-instance .view-lines .view-line');
  }

  /** A line in view that holds a text. */
  line(text: string): Locator {
    return this.lines.filter({ hasText: text }).first();
  }

  /** The runs of one line, each with the class that gives it its colour. */
  async colours(text: string): Promise<readonly { readonly text: string; readonly colour: string }[]> {
    return this.line(text)
      .locator('span span')
      .evaluateAll((spans) =>
        spans.map((span) => ({ text: span.textContent ?? '', colour: getComputedStyle(span).color })),
      );
  }

  /** What is underlined, by severity. */
  underlines(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.editor-instance .view-overlays .squiggly-${severity}`);
  }

  /** How many problems are underlined in view. */
  async problems(): Promise<{ readonly errors: number; readonly warnings: number }> {
    const [errors, warnings] = await Promise.all([
      this.underlines('error').count(),
      this.underlines('warning').count(),
    ]);
    return { errors, warnings };
  }

  /** What is on the page of the view that was opened last. */
  get view(): FrameLocator {
    return this.page.locator('iframe.webview.ready').last().contentFrame().locator('iframe').contentFrame();
  }

  get hover(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
  }

  get suggestions(): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row');
  }

  /** What is shown greyed where nothing has been written yet. */
  get ghost(): Locator {
    return this.page.locator('.editor-instance .view-lines [class*="ghost-text"]');
  }

  /** The text in view, in its order, without what is only offered. */
  async text(): Promise<string> {
    return this.lines.evaluateAll((lines) =>
      lines
        .map((line) => {
          const written = line.cloneNode(true) as HTMLElement;
          for (const shown of written.querySelectorAll('[class*="ghost-text"]')) shown.remove();
          return { top: Number.parseFloat((line as HTMLElement).style.top), text: written.textContent ?? '' };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replace(/\u00a0/g, ' '))
        .join('\n'),
    );
  }
}

function isThere(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
