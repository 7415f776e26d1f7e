/** The stations of a large script, each with what is asked there. */
const subjects = ['账单', '账户', '还款日', '扣款', '分期', '利息', '费用', '渠道', '回访', '登记', '材料', '结清'];

/**
 * A script as a large centre has it: of so many nodes, in stations that follow each other, each with replies that lead to answers of
 * its own and to ends that all of them share, and with paths for third parties and for refusals.
 */
export function stationsScript(nodes: number): string {
  const shared = 8;
  const perStation = 8;
  const stations = Math.max(1, Math.floor((nodes - shared) / perStation));
  const name = (station: number): string =>
    `${subjects[station % subjects.length]}${Math.floor(station / subjects.length) + 1}`;
  const after = (station: number): string => (station + 1 < stations ? `${name(station + 1)}说明` : '道别');
  const lines = [
    '---',
    '话术: 大型话术',
    '---',
    '【开场】 自报身份、录音告知',
    '坐席：您好，这里是某某银行，本次通话会录音。',
    '坐席：请问是王先生本人吗？',
    `客户（是本人）：是我 → ${name(0)}说明`,
    '第三方（非本人）：他不在 → 非本人接听',
    '客户（不方便）：我在忙 → 改约',
    '客户（无应答） → 重复',
    '客户（其他） → 道别',
    '',
    '【非本人接听】',
    '坐席：麻烦您转告他方便时回电，好吗？',
    '第三方（愿意还款）：好 → 转告道别',
    '第三方（其他） → 转告道别',
    '',
    '【转告道别】',
    '坐席：谢谢您，再见。',
    '结束：非本人',
    '',
    '【改约】',
    '坐席：那我改天再联系您，再见。',
    '结束：改约',
    '',
    '【异议】',
    '坐席：您的异议我登记下来，核实以后给您答复，再见。',
    '结束：异议受理',
    '',
    '【道别】',
    '坐席：谢谢您，再见。',
    '结束：沟通完成',
    '',
    '【随时】',
    '客户（要投诉）：我要投诉 → 投诉受理',
    '',
    '【投诉受理】',
    '坐席：投诉可以拨打官方客服热线，我也为您登记，再见。',
    '结束：投诉',
    '',
  ];
  for (let station = 0; station < stations; station++) {
    const it = name(station);
    lines.push(
      `【${it}说明】`,
      `坐席：我跟您说一下${it}的情况，您看清楚吗？`,
      `客户（愿意还款）：清楚 → ${it}确认`,
      `客户（没听清）：再说一遍 → 重复`,
      `客户（有困难）：有困难 → ${it}困难`,
      `客户（有异议）：不对 → ${station % 3 === 0 ? '异议' : `${it}核对`}`,
      `客户（拒绝）：不想谈 → ${it}挽回`,
      `客户（不方便）：在忙 → 改约`,
      `客户（其他） → ${after(station)}`,
      '',
      `【${it}确认】`,
      '坐席：好的，我记下了，还有别的问题吗？',
      `客户（有异议）：还有 → ${it}核对`,
      `客户（其他） → ${after(station)}`,
      '',
      `【${it}困难】`,
      '坐席：我理解您的难处，方便说说情况吗？',
      `客户（有困难）：失业了 → ${it}方案`,
      `客户（拒绝）：不想说 → ${it}挽回`,
      `客户（其他） → ${it}方案`,
      '',
      `【${it}方案】`,
      '坐席：可以申请分期，以银行审核结果为准，您看可以吗？',
      `客户（愿意还款）：可以 → ${it}登记`,
      `客户（拒绝）：不行 → ${it}挽回`,
      `客户（其他） → ${after(station)}`,
      '',
      `【${it}登记】`,
      '坐席：已经为您登记。',
      `→ ${after(station)}`,
      '',
      `【${it}核对】`,
      '坐席：我们一起核对一下，是哪一笔呢？',
      `客户（有异议）：这笔不是我的 → 异议`,
      `客户（其他） → ${it}确认`,
      '',
      `【${it}挽回】`,
      '坐席：没关系，您不方便谈可以改天。',
      `客户（拒绝）：别说了 → ${it}结束`,
      `客户（其他） → ${after(station)}`,
      '',
      `【${it}结束】`,
      '坐席：好的，不打扰您了，再见。',
      '结束：客户拒绝',
      '',
    );
  }
  return lines.join('\n');
}
