import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { stationsScript } from '../views/scripts.ts';
import { call } from './calls.ts';
import { Editor } from './editor.ts';
import { expectSoon } from './expectSoon.ts';

const small = '家人接听.huashu';
const large = '大型.huashu';
const pictures = path.resolve('out/screenshots/map');

suite('the map in VS Code', function () {
  this.timeout(90_000);
  let editor: Editor;

  suiteSetup(async () => {
    await rm(pictures, { recursive: true, force: true });
    const files = { [small]: call, [large]: stationsScript(500) };
    editor = await Editor.open(files, pictures, { language: 'zh-CN', width: 1600, height: 900 });
  });

  suiteTeardown(() => editor?.close());

  teardown(async function () {
    const { state, title } = this.currentTest ?? {};
    if (state === 'failed') await editor?.picture(`failed ${title}`);
  });

  const view = (): FrameLocator => editor.view;
  const cards = (): Locator => view().locator('[role=option]');
  const card = (name: string): Locator => view().locator(`[role=option][data-id="${name}"]`);
  const isSelected = (name: string): Promise<void> =>
    expectSoon(async () => assert.equal(await card(name).getAttribute('aria-selected'), 'true', name));

  test('opens beside the editor', async () => {
    await editor.openFile(small);
    await editor.underlines('error').first().waitFor();
    await editor.run('话术: 打开流程图');
    await card('开场').waitFor();
    assert.equal(await cards().count(), 5);
    await editor.picture('1 opened');
  });

  test('a card that is clicked is shown in the script, and keys go along the lines', async () => {
    await card('开场').click();
    await isSelected('开场');
    // The first reply leads there.
    await editor.press('ArrowRight');
    await isSelected('说事情');
    await editor.press('ArrowLeft');
    await isSelected('开场');
    await editor.press('ArrowRight', 'Enter');
    await editor.waitForPosition(18);
  });

  test('where the cursor stands is shown on the map, and the path of the finding that is there', async () => {
    await editor.goTo(16, 2);
    await isSelected('转告');
    await editor.goTo(19, 6);
    await isSelected('说事情');
    await expectSoon(async () => {
      const onPath = await view()
        .locator('.node.on-path')
        .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.id));
      assert.deepEqual(onPath, ['开场', '转告', '说事情']);
      assert.equal(await view().locator('.line.on-path').count(), 2);
    });
    await editor.picture('2 path');
  });

  test('follows what is typed', async () => {
    await editor.goTo(25, 1);
    await editor.press('End');
    await editor.type('\n\n【刚写的】\n坐席：再见。\n结束：完成');
    await card('刚写的').waitFor();
    await expectSoon(async () => assert.match((await card('刚写的').getAttribute('class')) ?? '', /\blost\b/));
    await editor.picture('3 typed');
    // Nobody is to be asked about it when its group is closed.
    await editor.press('ControlOrMeta+s');
  });

  test('is dark where the editor is', async () => {
    await editor.run('Preferences: Toggle between Light/Dark Themes');
    await expectSoon(async () => {
      const colour = await view()
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor);
      assert.ok(Number(/\d+/.exec(colour)?.[0]) < 60, colour);
    });
    await editor.picture('4 dark');
  });

  test('is saved as SVG and as PNG', async () => {
    for (const [format, begins] of [
      ['svg', '<svg xmlns='],
      ['png', '\x89PNG'],
    ] as const) {
      await view()
        .getByRole('button', { name: format === 'svg' ? '存为 SVG' : '存为 PNG' })
        .click();
      const dialog = editor.page.locator('.quick-input-widget');
      // It proposes a name beside the script, as soon as it has looked around.
      const proposed = `家人接听.${format}`;
      await expectSoon(async () => assert.ok((await dialog.locator('input').inputValue()).endsWith(proposed)));
      await dialog.getByRole('button', { name: 'OK' }).click();
      await expectSoon(async () => {
        const bytes = await editor.read(proposed);
        assert.ok(bytes.toString('latin1').startsWith(begins));
      });
    }
    // Both show the whole map, in the colours of paper, and name nothing from outside.
    const svg = (await editor.read('家人接听.svg')).toString();
    const [, width, height] = /^<svg xmlns="[^"]+" width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    for (const name of ['开场', '转告', '说事情', '告辞', '随时']) assert.ok(svg.includes(`>${name}</text>`), name);
    assert.match(svg, /class="line third-party"/);
    assert.doesNotMatch(svg, /var\(|url\(|href=/);
    const png = await editor.read('家人接听.png');
    const [across, down] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.ok(across >= Number(width) && down >= Number(height), `${across} by ${down}`);
    assert.ok(Math.abs(across / down - Number(width) / Number(height)) < 0.01);
    await editor.page.locator('.notification-toast', { hasText: '流程图已保存' }).first().waitFor();
  });

  test('is there again behind another view, and when the window comes back', async () => {
    await editor.press('ControlOrMeta+1');
    await editor.run('话术: 演练');
    await view().locator('.talk .line').first().waitFor();
    await editor.run('话术: 打开流程图');
    await card('刚写的').waitFor();
    await expectSoon(async () => assert.equal(await cards().count(), 6));
    await editor.page.reload();
    await card('刚写的').waitFor();
    await expectSoon(async () => assert.equal(await cards().count(), 6));
    await editor.run('话术: 演练');
    await view().locator('.talk .line').first().waitFor();
    // The one that came back with the window behind the map had not been looked at.
    const rehearsals = editor.page.locator('.tab', { hasText: `演练：${small}` });
    await expectSoon(async () => assert.equal(await rehearsals.count(), 1));
    await editor.picture('5 back');
  });

  test('of 500 nodes opens, is found in, is folded and moved', async () => {
    // The script is opened in the place of scripts, and not in that of the map, which has the keys.
    await editor.press('ControlOrMeta+1');
    await editor.openFile(large);
    await editor.goTo(43);
    await editor.underlines('warning').first().waitFor();
    await editor.run('话术: 打开流程图');
    const map = editor.view;
    const all = map.locator('[role=option]');
    await expectSoon(async () => assert.equal(await all.count(), 496));
    await editor.picture('6 large');
    await map.locator('input[type=search]').fill('材料2核对');
    await expectSoon(async () => assert.ok(Number(await map.locator('.hits').innerText()) > 0));
    await map.locator('input[type=search]').press('Enter');
    await editor.line('【材料2核对】').waitFor();
    assert.equal(await map.locator('[role=option][aria-selected=true]').getAttribute('data-id'), '材料2核对');
    await editor.picture('7 found');
    await map.locator('input[type=search]').fill('');
    await map.getByRole('button', { name: '显示全图' }).click();
    await editor.picture('8 whole');
    await map.getByRole('button', { name: '折叠子对话' }).click();
    await expectSoon(async () => assert.ok((await all.count()) < 400, `${await all.count()}`));
    await map.getByRole('button', { name: '全部展开' }).click();
    await expectSoon(async () => assert.equal(await all.count(), 496));
  });

  test('of 500 nodes draws again what is typed, and nothing else', async () => {
    // What is out of sight is drawn later.
    await expectSoon(async () => assert.equal(await view().locator('[role=option]:not(:has(*))').count(), 0));
    const drawn = await view()
      .locator('.stage')
      .evaluateHandle((stage) => {
        const ids = new Set<string | undefined>();
        new MutationObserver((changes) => {
          for (const { target } of changes)
            ids.add((target as Element).closest<SVGElement>('[role=option]')?.dataset.id);
        }).observe(stage, { subtree: true, childList: true });
        return ids;
      });
    await editor.press('ControlOrMeta+1');
    await editor.goTo(28);
    await editor.press('End');
    await editor.type('了');
    await expectSoon(async () => assert.match((await card('异议').textContent()) ?? '', /异议受理了/));
    assert.deepEqual(await drawn.evaluate((ids) => [...ids]), ['异议']);
    // Nobody is to be asked about it when the window is closed.
    await editor.press('ControlOrMeta+s');
  });
});
