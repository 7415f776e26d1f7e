import assert from 'node:assert/strict';
import { structureRules } from '../../server/src/rules/structure/index.ts';
import { draftsOf } from '../../server/src/rules/structure/rule.ts';
import { difference, TooLarge } from '../flow/equivalent.ts';
import { domains, smallScript } from '../flow/scripts.ts';
import { applied, fixture, offered } from './refactorFixture.ts';

function structure(text: string): Map<string, number> {
  const { script, snapshot } = fixture(text);
  const counts = new Map<string, number>();
  const subject = { script, snapshot, packs: snapshot.packs(script) };
  for (const rule of structureRules)
    for (const _ of draftsOf(rule, subject)) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  return counts;
}

/** More of them on demand: `SCRIPTS=2000 npx mocha --timeout 0 test/features/refactor.laws.test.ts`. */
const count = Number(process.env.SCRIPTS ?? 15);
const from = Number(process.env.FROM ?? 1);

suite('refactorings keep the conversation', () => {
  test(`${count} small scripts, played by brute force`, () => {
    const met: Record<string, number> = {};
    for (let seed = from; seed < from + count; seed++) {
      let number = 0;
      const text = smallScript(seed).replace(/您好/g, () => `第${++number}句话`);
      const { script } = fixture(text);
      for (const placed of script.tree.lines) {
        for (let length = -1; length < 3; length++) {
          const last = length < 0 ? undefined : placed.index + length;
          if (last !== undefined && last >= script.tree.lines.length) break;
          for (const action of offered(text, placed.index, last)) {
            const name = `${action.kind} ${action.disabled ? `refused: ${action.disabled.reason}` : action.title.replace(/“.*?”/, '')}`;
            met[name] = (met[name] ?? 0) + 1;
            if (!action.edit) continue;
            const after = applied(text, action);
            same(text, after, `seed ${seed}, line ${placed.index} to ${last}: ${action.title}`);
            const back = last === undefined ? [] : inlinedBack(text, after);
            for (const each of back) {
              met.back = (met.back ?? 0) + 1;
              same(text, each, `seed ${seed}, line ${placed.index} to ${last}: ${action.title}, and back`);
            }
          }
        }
      }
    }
    if (process.env.SCRIPTS) console.log(met);
    for (const kind of [
      'refactor.extract 移到新的一节，并在这里插入',
      'refactor.extract 移到新的一节，并跳转过去',
      'back',
    ])
      assert.ok((met[kind] ?? 0) > 2, `${kind}: ${met[kind]}`);
  }).timeout(120_000);
});

/** The texts after the new nodes have been inlined again. */
function inlinedBack(before: string, after: string): string[] {
  const old = new Set(fixture(before).script.nodes.map(({ name }) => name));
  return fixture(after)
    .script.nodes.filter(({ name }) => !old.has(name))
    .flatMap(({ node }) => {
      const action = offered(after, node.heading!.index).find(({ kind, edit }) => kind === 'refactor.inline' && edit);
      return action ? [applied(after, action)] : [];
    });
}

function same(before: string, after: string, what: string): void {
  const message = `${what}\n${before}\n=====\n${after}`;
  try {
    const found = difference(fixture(before).script, fixture(after).script, domains);
    assert.equal(found, undefined, message);
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
  }
  const [old, now] = [structure(before), structure(after)];
  // A loop is told once for each of its nodes, of which there is one more; one that a node makes by inserting itself is told as that.
  const looped = old.has('endless-loop') || old.has('insertion');
  // In such a loop a guard that leads round it for ever is told where another line said so before.
  const told = ['endless-loop', 'condition'];
  const allowed = (rule: string): number => (looped && told.includes(rule) ? 1 : 0) + (old.get(rule) ?? 0);
  for (const [rule, number] of now) assert.ok(number <= allowed(rule), `${rule}: ${message}`);
}
