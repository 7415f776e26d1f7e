/** A conversation of many nodes with three branches each that lead all over it; the same for the same count. */
export function longScript(nodes: number): string {
  const target = (index: number): string => `节${index % nodes}`;
  const lines = [
    '【开场】',
    '坐席：您好，这里是某某银行，本次通话会录音。',
    '坐席：请问是王先生本人吗？',
    '客户（是本人）：是我 → 节0',
    '客户（非本人） → 别处',
    '客户（无应答） → 重复',
    '客户（其他） → 别处',
  ];
  for (let index = 0; index < nodes; index++) {
    lines.push(
      `【节${index}】`,
      `坐席：您的信用卡第${index % 97}期账单已经逾期，您看怎么安排？`,
      `客户（愿意还款）：好 → ${target(index * 7 + 1)}`,
      `客户（有困难）：没钱 → ${target(index * 3 + 2)}`,
      `客户（其他） → ${index % 5 === 0 ? '别处' : target(index + 1)}`,
    );
  }
  lines.push(
    '【别处】',
    '坐席：谢谢您，我理解，有疑问请拨打95XXX，再见。',
    '结束：完成',
    '【随时】',
    '客户（要投诉）：我要投诉 → 别处',
    '客户（要求停止联系）：别打了 → 别处',
    '客户（情绪危机）：不想活了 → 转人工',
    '客户（有异议）：不对 → 别处',
  );
  return lines.join('\n');
}
