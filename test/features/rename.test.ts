import assert from 'node:assert/strict';
import { prepared, renamed } from './renameFixture.ts';

suite('rename of a node', () => {
  const one =
    '【甲】\n坐席：去乙。\n客户（其他）：去乙 → 乙\n\n【丙】\n若：天数 大于 3 -> 【乙】\n插入：乙\n\n【乙】\n坐席：好。\n\n用例：一\n期望：甲、乙，结束';

  test('goes to its heading, jumps, guards, insertions and expectations, not to what is said', () => {
    const after = one.replace('→ 乙', '→ 丁').replace('【乙】\n插', '【丁】\n插').replace('：乙\n\n', '：丁\n\n');
    const expected = after.replace('【乙】\n坐', '【丁】\n坐').replace('、乙，', '、丁，');
    for (const cursor of ['→ 乙$0', '【$0乙】\n坐', '【乙$0】\n插', '、$0乙，']) {
      assert.deepEqual(renamed(one.replace(cursor.replace('$0', ''), cursor), '丁'), { 'main.huashu': expected });
    }
  });

  test('goes to every file that names it, and to no node of the same name elsewhere', () => {
    const files =
      '//- a.huashu\n【甲】\n→ 公共/告知渠道\n【乙】\n插入：公共／告知渠道\n【告知渠道】\n→ 告知渠道\n\n用例：一\n期望：公共/告知渠道\n//- 公共.huashu\n【告知$0渠道】\n→ 告知渠道';
    assert.deepEqual(renamed(files, '投诉渠道'), {
      '公共.huashu': '【投诉渠道】 告知渠道\n→ 投诉渠道',
      'a.huashu':
        '【甲】\n→ 公共/投诉渠道\n【乙】\n插入：公共／投诉渠道\n【告知渠道】\n→ 告知渠道\n\n用例：一\n期望：公共/投诉渠道',
    });
  });

  test('an expectation may call a node of another file by its name alone', () => {
    const files =
      '//- a.huashu\n【甲】\n→ 公共/渠道\n\n用例：一\n期望：渠道\n期望：完成\n//- 公共.huashu\n【渠道$0】\n结束：完成';
    assert.deepEqual(renamed(files, '热线'), {
      'a.huashu': '【甲】\n→ 公共/热线\n\n用例：一\n期望：热线\n期望：完成',
      '公共.huashu': '【热线】\n结束：完成',
    });
  });

  test('keeps the step that the old name performed', () => {
    assert.deepEqual(renamed('【确认身份$0】\n坐席：您好。\n→ 确认身份', '核对'), {
      'main.huashu': '【核对】 确认身份\n坐席：您好。\n→ 核对',
    });
    assert.deepEqual(renamed('[Verify Identity$0] recording-notice\nAgent: Hello.', 'Who is it'), {
      'main.huashu': '[Who is it] Verify Identity, recording-notice\nAgent: Hello.',
    });
    assert.deepEqual(renamed('【确认身份$0】\n坐席：您好。', '核实身份'), {
      'main.huashu': '【核实身份】\n坐席：您好。',
    });
  });

  test('finds what is spelt in another width or case, and lets the author change that', () => {
    assert.deepEqual(renamed('【Ａ计划$0】\n→ a计划', 'A计划'), { 'main.huashu': '【A计划】\n→ A计划' });
  });

  test('of two nodes with one name the second is renamed alone', () => {
    assert.deepEqual(renamed('【甲】\n→ 甲\n【甲$0】\n坐席：好。', '乙'), {
      'main.huashu': '【甲】\n→ 甲\n【乙】\n坐席：好。',
    });
    assert.deepEqual(renamed('【甲$0】\n→ 甲\n【甲】\n坐席：好。', '乙'), {
      'main.huashu': '【乙】\n→ 乙\n【甲】\n坐席：好。',
    });
  });

  test('refuses a name that is none, is taken, or means something else', () => {
    const text = '【甲】\n→ 乙$0\n【乙】\n坐席：好。';
    assert.match(String(renamed(text, ' 　')), /不能为空/);
    assert.match(String(renamed(text, '甲')), /“甲”是话术里已有的节点/);
    for (const name of ['结束', '转人工', 'RETURN', '重复'])
      assert.match(String(renamed(text, name)), /内置的跳转目标/);
    for (const name of ['提示', '若', 'Record']) assert.match(String(renamed(text, name)), /是关键词/);
    for (const name of ['随时', 'anytime']) assert.match(String(renamed(text, name)), /内置的节点名称/);
    for (const name of ['a/b', 'a／b', '【a', 'a】', 'a→b', 'a->b', 'a：b', 'a:b', 'a、b', 'a\nb'])
      assert.match(String(renamed(text, name)), /名称里不能有/);
  });
});

suite('rename of a variable', () => {
  const text =
    '---\n变量:\n  天数: {类型: 整数, 样例: 1}\n  "总天数": {类型: 整数, 样例: 1}\n---\n【甲】\n坐席：{天数}天，{ 天数 }，{总天数}，天数。\n提示：{天数}\n若：天数大于3且总天数 小于 9 → 甲\n记录：天数 = {天数}加一\n\n用例：一\n设定：天数 = 3，总天数 = 4';

  test('goes to declaration, speech, guidance, conditions, records and scenarios', () => {
    const [head, body] = text.split('【甲】') as [string, string];
    const expected = `${head.replace('  天数', '  逾期')}【甲】${body.replaceAll(/(?<!总)天数(?!。)/g, '逾期')}`;
    for (const cursor of ['  天$0数', '{天数$0}天', '若：天$0数', '记录：$0天数', '设定：天数$0'])
      assert.deepEqual(renamed(text.replace(cursor.replace('$0', ''), cursor), '逾期'), { 'main.huashu': expected });
  });

  test('keeps quotes around a declared name', () => {
    assert.match(JSON.stringify(renamed(text.replace('{总天数}', '{总$0天数}'), '合计')), /\\"合计\\": \{/);
  });

  test('refuses what exists, what is built in, and what would read as something else', () => {
    const at = text.replace('{天数}天', '{天$0数}天');
    assert.match(String(renamed(at, '总天数')), /已有的变量/);
    assert.match(String(renamed(at, '工号')), /内置的变量/);
    assert.match(String(renamed(at, 'a}b')), /名称里不能有“}”/);
    assert.match(String(renamed(at, '# 甲')), /读成别的内容/);
    assert.match(String(renamed('【甲】\n若：天数$0 大于 3 → 甲', '甲且乙')), /读成别的内容/);
  });
});

suite('rename of a declared role', () => {
  const text =
    '---\n角色: {小王: 坐席, 家属: 第三方}\n---\n【甲】\n小王：我是小王。\n小王（轻声）：好。\n家属（其他）：不在 → 甲\n家属：嗯。\n\n用例：一\n家属说：其他';

  test('goes to its lines, not to what is said', () => {
    assert.deepEqual(renamed(text.replace('小王：', '小$0王：'), '小李'), {
      'main.huashu': text.replace('{小王', '{小李').replace('\n小王：', '\n小李：').replace('\n小王（', '\n小李（'),
    });
    assert.deepEqual(renamed(text.replace('家属说', '家属$0说'), '父母'), {
      'main.huashu': text.replaceAll('家属', '父母'),
    });
  });

  test('refuses built-in roles and those that are there', () => {
    const at = text.replace('小王：', '小$0王：');
    assert.match(String(renamed(at, '客服')), /内置的角色/);
    assert.match(String(renamed(at, '家属')), /已有的角色/);
    assert.match(String(renamed(at, '提示')), /关键词/);
    assert.match(String(renamed(at, '家属说')), /读成别的内容/);
  });
});

suite('prepare rename', () => {
  test('names what would be renamed', () => {
    assert.equal(prepared('【甲】\n→ 公共/渠$0道\n【渠道】'), undefined);
    assert.equal(prepared('//- a.huashu\n【甲】\n→ 公共/渠$0道\n//- 公共.huashu\n【渠道】'), '渠道');
    assert.equal(prepared('【甲】\n坐席：{天$0数}'), '天数');
    assert.equal(prepared('【甲】\n坐席：今天$0很好'), undefined);
  });

  test('says why something cannot be renamed', () => {
    assert.match(prepared('【甲】\n→ 结$0束') ?? '', /“结束”是内置名称/);
    assert.match(prepared('【随$0时】\n客户（其他） → 结束') ?? '', /“随时”是内置名称/);
    assert.match(prepared('【甲】\n坐席：{工$0号}') ?? '', /“工号”是内置名称/);
    assert.match(prepared('【甲】\n坐$0席：好') ?? '', /“坐席”是内置名称/);
    assert.match(prepared('【甲】\n提$0示：好') ?? '', /“提示”是内置名称/);
    assert.match(prepared('【甲】\n客户（有异$0议） → 结束') ?? '', /规则包规定/);
    assert.match(prepared('//- a.huashu\n【甲】\n→ 公$0共/渠道\n//- 公共.huashu\n【渠道】') ?? '', /在资源管理器里/);
  });
});
