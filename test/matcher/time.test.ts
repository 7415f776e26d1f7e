import assert from 'node:assert/strict';
import { loadPack } from '../../server/src/packs/load.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { checkWording } from '../../server/src/rules/wording.ts';

/** A pack as bad as a pack can be: everything is optional, every gap is wide, everything is found and lifted again. */
const pack = `
pack: slow
prefix: slow
title: { zh: 慢, en: Slow }
sources:
  S: { document: { zh: 文, en: Text }, binding: practice, evidence: general, gist: { zh: 无, en: None } }
lexicons:
  甲: ['甲', '甲甲', '甲{0-8}甲', '(甲)?(甲)?甲']
contexts:
  lifted: { title: { zh: 无, en: None }, reach: utterance, cues: ['甲{0-30,}乙'] }
  near: { title: { zh: 无, en: None }, reach: sentence, cues: ['甲{0-30}丙'], except: ['甲甲'] }
rules:
  - id: slow/rule
    category: threat-violence
    severity: error
    title: { zh: 慢, en: Slow }
    message: { zh: 慢, en: Slow }
    why: { zh: 慢, en: Slow }
    sources: [S]
    match:
      - '{甲}{0-30,}{甲}{0-30,}{甲}{0-30,}乙'
      - '(甲)?(甲)?(甲)?(甲)?(甲)?(甲)?(甲)?(甲)?甲甲甲甲甲甲甲丙'
      - 'a*{0-30 words}b'
      - { all: ['甲', '{甲}{0-30}丁'], within: utterance }
      - { all: ['甲', '甲'], within: utterance }
      - { all: ['{~甲}', '{甲}{0-30}丁'], within: sentence }
      - '甲'
    unless: [lifted, near]
    inside: ['甲{0-30,}戊']
    examples: { bad: [], good: [] }
`;

suite('matching time', () => {
  const { pack: slow } = loadPack([{ path: 'slow.yaml', text: pack }]);
  const packs = packSetOf([slow!]);
  const milliseconds = (text: string): number => {
    // Of CPU: whatever else the machine has to do makes nothing slower.
    const rounds = [1, 2, 3].map(() => {
      const start = process.cpuUsage();
      checkWording({ text, variables: [], speaker: 'agent', steps: [], facts: {} }, packs, '2026-11-23');
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    return Math.min(...rounds);
  };
  const texts: readonly (readonly [string, string])[] = [
    ['one character, which counts once', '甲'],
    ['pairs', '甲乙'],
    ['clauses', '甲甲乙，'],
    ['sentences', '甲乙甲。'],
    ['letters', 'a'],
    ['words', 'a a'],
    ['pinyin', 'jia甲'],
    ['initials', 'j甲'],
    ['marks', '甲.*-'],
  ];
  for (const [name, unit] of texts) {
    test(`grows with the text and no faster: ${name}`, () => {
      const text = (length: number): string => unit.repeat(length / unit.length);
      const [short, long] = [milliseconds(text(400)), milliseconds(text(1600))];
      // Four times the text; quadratic time would be sixteen times.
      assert.ok(long < 10 * Math.max(short, 3), `${short.toFixed(1)} ms, then ${long.toFixed(1)} ms`);
    });
  }
});
