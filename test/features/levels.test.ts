import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import type { Level } from '../../server/src/model/config.ts';
import { levelEdits } from '../../server/src/model/configEdits.ts';
import { desk, edited, plain, rulesLeft } from './actionFixture.ts';

const rule = 'cn/no-late-fee-term';

function given(text: string, level: Level = 'off', script = 'file:///w/sms/a.huashu'): string | undefined {
  const edits = levelEdits({ uri: 'file:///w/huashu.yaml', text }, rule, level, script);
  return edits && applyEdits(text, edits);
}

suite('a level in huashu.yaml', () => {
  test('an empty file, or one with nothing but remarks', () => {
    assert.equal(given(''), `rules:\n  ${rule}: off\n`);
    assert.equal(given('# 本部门的配置'), `# 本部门的配置\nrules:\n  ${rule}: off\n`);
  });

  test('behind other keys, with comments and line ends as they are', () => {
    assert.equal(
      given('packs: [cn-credit-card]   # 自带\r\n\r\n# 末尾\r\n'),
      `packs: [cn-credit-card]   # 自带\r\n\r\n# 末尾\r\nrules:\r\n  ${rule}: off\r\n`,
    );
  });

  test('behind other rules, in their style', () => {
    assert.equal(
      given('rules:\n    # 合规部要求\n    unreachable: error # 不许\n\n# 其余\nroot: true\n', 'hint'),
      `rules:\n    # 合规部要求\n    unreachable: error # 不许\n    ${rule}: hint\n\n# 其余\nroot: true\n`,
    );
    assert.equal(given('rules: # 还没有\nroot: true\n'), `rules: # 还没有\n  ${rule}: off\nroot: true\n`);
    assert.equal(given('rules:'), `rules:\n  ${rule}: off`);
  });

  test('in braces, on one line or several', () => {
    assert.equal(given('rules: { unreachable: off } # 说明'), `rules: { unreachable: off, ${rule}: off } # 说明`);
    assert.equal(given('rules: {}\n'), `rules: { ${rule}: off }\n`);
    assert.equal(given('{ packs: [cn-credit-card] }\n'), `{ packs: [cn-credit-card], rules: { ${rule}: off } }\n`);
    assert.equal(
      given('rules: {\n  unreachable: off,\n  dead-end: hint,\n}\n'),
      `rules: {\n  unreachable: off,\n  dead-end: hint,\n  ${rule}: off,\n}\n`,
    );
  });

  test('in the place of another level, inside its quotes', () => {
    assert.equal(given(`rules:\n  ${rule}: warning # 暂时\n`), `rules:\n  ${rule}: off # 暂时\n`);
    assert.equal(given(`rules:\n  "${rule}": 'error'\n`, 'hint'), `rules:\n  "${rule}": 'hint'\n`);
    assert.equal(given(`rules: {"${rule}": "error"}\n`), `rules: {"${rule}": "off"}\n`);
    assert.equal(given(`rules:\n  ${rule}:\n  dead-end: off\n`), `rules:\n  ${rule}: off\n  dead-end: off\n`);
  });

  test('in an override that says otherwise of the script, and not in one about others', () => {
    const text = `rules:\n  ${rule}: warning\noverrides:\n  - files: ["sms/**"] # 短信\n    rules: { ${rule}: error }\n`;
    assert.equal(given(text), text.replace('error', 'off'));
    assert.equal(given(text, 'off', 'file:///w/calls/a.huashu'), text.replace('warning', 'off'));
    const other = 'overrides:\n  - files: ["sms/**"]\n    rules: { dead-end: error }\n';
    assert.equal(given(other), `${other}rules:\n  ${rule}: off\n`);
  });

  test('not where the file is not understood', () => {
    for (const text of ['rules: [', '- a\n', 'rules: off\n', 'rules: &a {}\nx: [', 'a\n', 'rules:\n  *nothing\n'])
      assert.equal(given(text), undefined, text);
  });
});

suite('turning a rule down', () => {
  const line = '【开场】\n坐席：您已经产生了滞$0纳金。\n→ 结束\n';
  const config = '# 本部门\nrules:\n  unreachable: error # 不许\n';
  const uri = 'file:///w/huashu.yaml';

  for (const resolvesActions of [true, false]) {
    test(`off, or down, in the nearest file${resolvesActions ? ', when it is chosen' : ''}`, () => {
      const editor = { ...plain, resolvesActions };
      const here = desk(line, editor, config);
      const term = here.context.snapshot.packs(here.script).set.rule(rule)!.title.zh;
      const off = edited(config, here.action(`在 huashu.yaml 中关闭：${term}`).edit, uri);
      assert.equal(off, `${config}  ${rule}: off\n`);
      assert.equal(rulesLeft(here.script.source, off).includes(rule), false);
      const hint = edited(config, here.action(`在 huashu.yaml 中降为提示：${term}`).edit, uri);
      const again = desk(line, editor, hint);
      assert.equal(again.context.findings(again.script).find((each) => each.rule === rule)?.severity, 'hint');
      // There is nothing below but off.
      assert.equal(
        again.actions().filter(({ title }) => title.includes('huashu.yaml') && title.includes(term)).length,
        1,
      );
    });
  }

  test('a finding of the script itself too', () => {
    const here = desk('【开场】\n小王$0：您好。\n→ 结束\n', plain, '');
    const off = edited('', here.action(/huashu\.yaml 中关闭/).edit, uri);
    assert.equal(off, 'rules:\n  unknown-role: off\n');
    assert.equal(rulesLeft(here.script.source, off).includes('unknown-role'), false);
  });

  test('a rule that cannot be suppressed is not made a lesser one by a click', () => {
    const titles = desk('【开场】\n坐席：打断$0你的腿。\n→ 结束', plain, config)
      .actions()
      .filter(({ diagnostics }) => diagnostics?.[0]?.code === 'cn/no-threat-of-violence')
      .flatMap(({ title }) => (title.includes('huashu.yaml') ? [title] : []));
    assert.deepEqual(titles, []);
  });

  test('where there is no file one is made, if the editor can do that', () => {
    const folders = ['file:///w/'];
    assert.equal(
      desk(line, { ...plain, folders })
        .actions()
        .some(({ title }) => title.includes('huashu.yaml')),
      false,
    );
    const here = desk(line, { ...plain, folders, createsFiles: true });
    const action = here
      .actions()
      .find(({ title, diagnostics }) => title.includes('关闭') && diagnostics?.[0]?.code === rule);
    assert.deepEqual(action!.edit!.documentChanges, [
      { kind: 'create', uri },
      {
        textDocument: { uri, version: null },
        edits: [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            newText: `rules:\n  ${rule}: off\n`,
          },
        ],
      },
    ]);
    const elsewhere = desk(line, { ...plain, folders: ['file:///other/'], createsFiles: true });
    assert.equal(
      elsewhere.actions().some(({ title }) => title.includes('huashu.yaml')),
      false,
    );
  });
});
