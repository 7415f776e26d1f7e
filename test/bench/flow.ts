// What following all paths costs: `npm run bench`. CPU time, the least of several rounds, also as times a bare loop over the text.
import { pathsOf } from '../../server/src/flow/paths.ts';
import { flowFindings } from '../../server/src/rules/flow/findings.ts';
import { followFlow } from '../../server/src/rules/flow/violations.ts';
import { fixture, today } from '../fixture.ts';
import { longScript } from './scripts.ts';

const rounds = 5;

interface Cost {
  readonly nodes: number;
  readonly characters: number;
  /** Milliseconds of CPU. */
  readonly bare: number;
  readonly graphAndPaths: number;
  readonly rules: number;
  readonly findings: number;
}

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function costOf(nodes: number): Cost {
  const source = longScript(nodes);
  const best = { bare: Infinity, graphAndPaths: Infinity, rules: Infinity, findings: Infinity };
  for (let round = 0; round < rounds; round++) {
    // Another script each time, since what follows from a script is remembered.
    const { script, snapshot } = fixture(source);
    const packs = snapshot.packs(script).set;
    const least = (what: keyof typeof best, work: () => void): void => {
      best[what] = Math.min(best[what], cpu(work));
    };
    least('bare', () => {
      let sum = 0;
      for (let at = 0; at < source.length; at++) sum += source.charCodeAt(at);
      if (sum < 0) throw new Error('This keeps the loop from being dropped.');
    });
    least('graphAndPaths', () => void pathsOf(script, snapshot));
    let flow: ReturnType<typeof followFlow> | undefined;
    least('rules', () => {
      flow = followFlow(script, snapshot, packs, today);
    });
    least('findings', () => {
      if (flow) flowFindings(script, snapshot, packs, today, flow);
    });
  }
  return { nodes, characters: source.length, ...best };
}

const costs = [1_000, 3_000, 10_000].map(costOf);
for (const { nodes, bare, graphAndPaths, rules, findings } of costs) {
  const total = graphAndPaths + rules + findings;
  const times = (total / bare).toFixed(0);
  console.log(
    `${String(nodes).padStart(6)} nodes, ${3 * nodes} branches: graph and paths ${graphAndPaths.toFixed(0)} ms, all rules ${rules.toFixed(0)} ms, findings with their ways ${findings.toFixed(0)} ms; together ${total.toFixed(0)} ms, ${times} × a bare loop, ${((1000 * total) / nodes).toFixed(0)} µs a node`,
  );
}
console.log(JSON.stringify({ flow: costs }));
