import assert from 'node:assert/strict';
import type { ScenarioResult } from '../../server/src/flow/scenario.ts';
import { fixture } from '../fixture.ts';
import { type Config, player } from './enumerate.ts';
import { linesOf, run } from './scenarioFixture.ts';
import { domains, randomFrom, smallScript } from './scripts.ts';

/** More of them on demand: `SCRIPTS=10000 npx mocha --timeout 0 test/flow/scenario.laws.test.ts`. */
const count = Number(process.env.SCRIPTS ?? 600);

suite('scenarios, played by brute force', () => {
  test(`${count} small scripts`, () => {
    const met: Record<string, number> = { end: 0, waiting: 0, spent: 0, stray: 0, nowhere: 0, loop: 0, 'ran-out': 0 };
    for (let seed = 1; seed <= count; seed++) {
      const random = randomFrom(seed * 31);
      let number = 0;
      // Every branch has a sentence of its own, so that a scenario can say which one it means.
      const body = smallScript(seed).replace(/^客户（(.*?)）/gm, (head) => `${head}：第${++number}句话`);
      const values = domains.map(({ values: all }) => Math.floor(random() * all.length));
      const given = domains.map(({ name, values: all }, index) => `${name} = ${all[values[index]!]}`).join('，');
      const played = playOnce(body, values, random);
      const source = `${body}\n用例：随机\n设定：${given}\n${played.replies.map((reply) => `客户说：${reply}\n`).join('')}`;
      const result = run(source);
      const told = `seed ${seed}\n${source
        .split('\n')
        .map((line, index) => `${index} ${line}`)
        .join('\n')}`;
      // How often something goes round before that is noticed is nobody's business.
      if (played.end !== 'loop') assert.deepEqual(linesOf(result), played.lines, told);
      assert.equal(endOf(result), played.end, told);
      met[played.end] = (met[played.end] ?? 0) + 1;
    }
    for (const [what, times] of Object.entries(met)) assert.ok(times > count / 200, `${what}: ${times}`);
  });
});

/** Plays one conversation with these values, and with replies that are left to chance. */
function playOnce(
  body: string,
  values: readonly number[],
  random: () => number,
): { readonly lines: number[]; readonly replies: string[]; readonly end: string } {
  const { script: of } = fixture(body);
  const { starts, moves } = player(of, domains);
  const lines: number[] = [];
  const replies: string[] = [];
  let at: Config = starts.find((each) => each.values.join() === values.join())!;
  let silent = 0;
  for (;;) {
    const waits = at.place === 'wait';
    if (waits && replies.length >= 12) return { lines, replies, end: 'waiting' };
    if (!waits && (++silent > 400 || at.stack.length > 64)) return { lines: [], replies, end: 'loop' };
    // What is recorded is what the scenario has set.
    const next = moves(at).filter(({ to }) => typeof to === 'string' || to.values.join() === values.join());
    const move = waits ? next[Math.floor(random() * next.length)] : next[0];
    if (!move) return { lines, replies, end: waits ? 'waiting' : 'no-other' };
    if (move.line !== undefined) lines.push(move.line);
    if (waits) {
      silent = 0;
      replies.push(/：(.*?句话)/.exec(of.source.split('\n')[move.line!]!)![1]!);
    }
    if (typeof move.to === 'string') return { lines, replies, end: move.to };
    at = move.to;
  }
}

function endOf({ standing }: ScenarioResult): string {
  if (standing?.kind !== 'stuck') return standing?.kind === 'waiting' ? 'waiting' : endingOf(standing!.point.ending);
  return standing.why === 'too-deep' ? 'loop' : standing.why;
}

function endingOf(ending: string | undefined): string {
  return ending === 'ran-out' ? 'ran-out' : 'end';
}
