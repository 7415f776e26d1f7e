/** A rule pack as a house writes its first one: a single rule, against 亲爱的. */
export function housePack(pack: string, rule: string): string {
  return `pack: ${pack}
prefix: ${pack}
sources:
  HOUSE-1:
    document: { zh: 《本行用语规定》, en: Rules of the House }
    binding: practice
    evidence: primary
    gist: { zh: 称呼用“您”, en: Say “you” }
rules:
  - id: ${rule}
    category: unprofessional-tone
    severity: warning
    title: { zh: 不用昵称, en: No pet names }
    message: { zh: 请称呼“您”。, en: Say “you”. }
    why: { zh: 本行的规定。, en: It is the rule of the house. }
    sources: [HOUSE-1]
    match: [亲爱的]
    examples:
      bad: [亲爱的，您好, 您好，亲爱的, 亲爱的客户]
      good: [您好, 再见, 谢谢您]
`;
}
