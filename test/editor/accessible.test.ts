import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const pictures = path.resolve('out/screenshots/accessible');
const script = '家人接听.huashu';
const other = '旧稿.huashu';

/** Those that VS Code comes with, and of which kind each is. */
const themes = {
  'Default Light Modern': 'vscode-light',
  'Default Dark Modern': 'vscode-dark',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
} as const;

// An independent judge of pages, by the guidelines for accessible content.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

suite('the views for those who use no mouse, hear them, or see little', function () {
  this.timeout(120_000);
  let editor: Editor;
  /** What the frames of views have asked for. */
  const asked: string[] = [];

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = {
      '.vscode/settings.json': '{}',
      [script]: call,
      [other]: call.replace('我是他爱人 → 转告', '我是他爱人 → 告辞'),
    };
    editor = await Editor.open(files, pictures, { language: 'zh-CN', width: 1600, height: 900 });
    editor.page.on('request', (request) => {
      if (!request.isNavigationRequest() && /\/webview\//.test(request.frame().url())) asked.push(request.url());
    });
    await editor.openFile(script);
    await editor.underlines('error').first().waitFor();
    await editor.goTo(19, 6);
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  async function frame(): Promise<Frame> {
    const body = await editor.view.locator('body').elementHandle();
    const found = await body?.ownerFrame();
    assert.ok(found, 'the view is on no page');
    return found;
  }

  /** Looks at the view in every theme. */
  async function inThemes(name: string, look: (theme: string) => Promise<void>): Promise<void> {
    for (const [theme, kind] of Object.entries(themes)) {
      await editor.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
      const body = editor.view.locator('body');
      await expectSoon(async () => assert.equal(await body.getAttribute('data-vscode-theme-kind'), kind));
      await look(theme);
      await editor.picture(`${name} ${theme}`);
    }
  }

  /** A colour of the first such element, as red, green and blue; what it lets through is the colour below. */
  async function colourOf(
    root: ReturnType<Editor['view']['locator']>,
    property: 'backgroundColor' | 'fill' | 'stroke' | 'color',
    selector: string,
    below?: readonly number[],
  ): Promise<readonly number[]> {
    const found = await root
      .locator(selector)
      .first()
      .evaluate((element, name) => {
        // Whatever a theme writes a colour as, a canvas tells what it is.
        const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
        context.fillStyle = getComputedStyle(element)[name as 'color'];
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
      }, property);
    const share = (found[3] ?? 0) / 255;
    assert.ok(share === 1 || below, `${selector} is drawn with ${found}`);
    return found.slice(0, 3).map((part, index) => part * share + (below?.[index] ?? 0) * (1 - share));
  }

  /** How far two colours are from each other, as the guidelines count it: 1 is the same, 21 is black and white. */
  function contrast(one: readonly number[], another: readonly number[]): number {
    const light = (colour: readonly number[]): number => {
      const [red = 0, green = 0, blue = 0] = colour.map((part) => {
        const share = part / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [dark = 0, bright = 0] = [light(one), light(another)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  }

  async function judge(theme: string): Promise<void> {
    const page = await frame();
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(async () => {
      const judged = (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe;
      // A card says more than what is written on it, and in sentences.
      return judged.run({ rules: { 'label-content-name-mismatch': { enabled: false } } });
    });
    assert.ok(passes.length > 10, `${passes.length} rules were looked at`);
    const told = violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    assert.deepEqual(told, []);
  }

  /** What has the keys, one after the other, as Tab goes on from the beginning of the view. */
  async function tabbed(count: number): Promise<string[]> {
    const page = await frame();
    await page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
    });
    const names: string[] = [];
    for (let each = 0; each < count; each++) {
      await editor.press('Tab');
      names.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
        }),
      );
    }
    return names;
  }

  const heard = (): Promise<string> => editor.view.locator('body').ariaSnapshot();

  test('the map is a list of nodes between its tools and its legend', async () => {
    await editor.run('话术: 打开流程图');
    await editor.view.locator('[role=option]').first().waitFor();
    const said = await heard();
    assert.match(
      said,
      /- toolbar "对话流程图":\n\s+- searchbox "在图中查找"\n\s+- status\n\s+- combobox "一条问题的路径":/,
    );
    assert.match(
      said,
      /- listbox "对话流程图":\n\s+- option "开场；从这里开始；自报身份；身份：未确认；去向 是本人 → 说事情、/,
    );
    assert.match(said, /- option "说事情；[^"]*1 个错误；去向 愿意还款 → 告辞、其他 → 告辞" \[selected\]/);
    assert.match(said, /- contentinfo "方向键沿连线移动/);
    assert.equal(said.match(/^ *- option "[^"●■▲不]/gm)?.length, 5);
  });

  test('on the map Tab goes through the tools to one card, and arrows from card to card', async () => {
    const names = await tabbed(10);
    assert.deepEqual(names.slice(0, 2), ['在图中查找', '一条问题的路径']);
    assert.deepEqual(names.slice(2, 9), ['缩小', '放大', '显示全图', '折叠子对话', '全部展开', '存为 SVG', '存为 PNG']);
    assert.match(names[9] ?? '', /^说事情；/);
    await editor.press('ArrowLeft');
    await expectSoon(async () =>
      assert.match((await editor.view.locator(':focus').getAttribute('aria-label')) ?? '', /^(?:开场|转告)；/),
    );
    // What is looked for is counted aloud.
    await editor.press('/');
    await editor.type('转告');
    await editor.view
      .getByRole('status')
      .filter({ hasText: /^[1-9]$/ })
      .waitFor();
    await editor.type('没有的');
    await editor.view.getByRole('status').filter({ hasText: '没有找到' }).waitFor();
    await editor.press('Escape');
  });

  test('the map can be told apart in every theme', async () => {
    await editor.view.locator('.refusal .mark, .mark.refusal').first().waitFor();
    await inThemes('map', async (theme) => {
      await judge(theme);
      const body = editor.view.locator('body');
      const paper = await colourOf(body.locator('..'), 'backgroundColor', 'body');
      const card = await colourOf(body, 'fill', '.node .card', paper);
      const far = (what: string, colour: readonly number[], ground: readonly number[], least: number): void =>
        assert.ok(contrast(colour, ground) >= least, `${theme}: ${what} ${contrast(colour, ground).toFixed(2)}`);
      for (const text of ['.node .name', '.node .step', '.node .known', '.node .reply', '.node .end'])
        far(text, await colourOf(body, 'fill', text), card, 4.5);
      far('lines', await colourOf(body, 'stroke', '.line.plain .way'), paper, 3);
      far('cards', await colourOf(body, 'stroke', '.node.plain:not(.selected, .on-path) .card'), paper, 2);
      far('third parties', await colourOf(body, 'stroke', '.key.thirdParty .icon'), paper, 3);
      far('refusals', await colourOf(body, 'stroke', '.key.refusals .icon'), paper, 3);
    });
  });

  test('the rehearsal is a conversation that is read aloud as it goes on, with what to say below', async () => {
    await editor.press('ControlOrMeta+1');
    await editor.run('话术: 演练');
    await editor.view.getByRole('log', { name: '对话' }).waitFor();
    await editor.view.getByRole('button', { name: '第三方： 非本人' }).click();
    await editor.view.getByRole('button', { name: '我是他爱人', exact: true }).waitFor();
    const said = await heard();
    assert.match(said, /- toolbar "演练":\n\s+- button "退回上一个回应"/);
    assert.match(said, /- log "对话":\n\s+- article:\n\s+- heading "开场" \[level=2\]/);
    assert.match(said, /- img "错误": ●\n\s+- text: 有一条路径走到这里时/);
    assert.match(said, /- group "回应":\n\s+- button "客户： 愿意还款 清楚"/);
    assert.match(said, /- button "拒绝、异议、投诉： 有异议 随时"/);
    assert.match(said, /- textbox "以客户的口吻说一句"/);
    assert.match(said, /- complementary:\n\s+- group:\n\s+- text: 此刻不得/);
    // Where there was a reply, the next one has the keys.
    assert.match(await editor.view.locator(':focus').innerText(), /愿意还款/);
    const names = await tabbed(6);
    assert.deepEqual(names.slice(0, 4), ['退回上一个回应', '从头开始', '从光标所在的一节开始', '存为用例']);
    assert.equal(names[5], '对话');
    await editor.view.getByRole('textbox', { name: '以客户的口吻说一句' }).fill('有异意');
    await editor.press('Enter');
    await editor.view.getByRole('alert').filter({ hasText: '既不是回复类别' }).waitFor();
    await inThemes('rehearsal', judge);
  });

  test('what has changed is a document with headings, and each change leads to its line by a button', async () => {
    await editor.press('ControlOrMeta+1');
    await editor.run('话术: 对客户有哪些变化');
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: '另一份话术' }).click();
    const input = editor.page.locator('.quick-input-widget input');
    await expectSoon(async () => assert.match(await input.inputValue(), /samples\/$/));
    await input.fill(`${await input.inputValue()}${other}`);
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: other }).waitFor();
    await editor.page.locator('.quick-input-widget').getByRole('button', { name: '比较' }).click();
    await editor.view.getByRole('main').getByText('相比').waitFor();
    const said = await heard();
    assert.match(said, /- main "对客户有哪些变化":\n\s+- heading "话术差异：逾期提醒" \[level=1\]/);
    assert.match(said, /- deletion: 【告辞】\n\s+- text: →\n\s+- insertion: 【转告】\n\s+- button "转到话术第 11 行"/);
    assert.deepEqual((await tabbed(2))[0], '保存变化');
    await inThemes('difference', judge);
  });

  test('no view has asked for anything, and none may', async () => {
    const workbench = `${process.env.HUASHU_EDITOR}/`;
    // What the workbench answers itself is the frame around the view.
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(workbench) && !/^(?:data|blob):/.test(url)),
      [],
    );
    const page = await frame();
    const refused = await page.evaluate(async (address) => {
      const policies: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        policies.push(effectiveDirective),
      );
      await fetch(address).catch(() => undefined);
      const style = document.createElement('link');
      Object.assign(style, { rel: 'stylesheet', href: address });
      const script = document.createElement('script');
      script.src = address;
      document.head.append(style, script);
      await new Promise((resolve) => script.addEventListener('error', resolve));
      return policies;
    }, workbench);
    assert.deepEqual(new Set(refused), new Set(['connect-src', 'style-src-elem', 'script-src-elem']));
  });
});
