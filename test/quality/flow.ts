// How well the rules about the flow judge whole scripts: `npx tsx test/quality/flow.ts [developed|unseen]… [name]` lists what is wrong.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { flowCategories } from '../../server/src/packs/pack.ts';
import { check } from '../../server/src/rules/check.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

/** A script of the collection; the category that it breaks, where it does. */
export interface JudgedScript {
  readonly name: string;
  readonly category?: string;
  readonly findings: readonly Finding[];
  readonly source: string;
}

const folder = (set: string): string => join(import.meta.dirname, 'flow', set);

/** Checks every script of a set, each alone with the shared files of its folder. */
export function judge(set: string, wanted = ''): JudgedScript[] {
  const names = readdirSync(folder(set)).filter((name) => name.endsWith('.huashu'));
  const shared = names.filter((name) => !/^[a-z-]+-\d+\.(bad|good)\.huashu$|^clean-\d+/.test(name));
  return names
    .filter((name) => !shared.includes(name) && name.startsWith(wanted))
    .map((name) => {
      const workspace = createWorkspace({
        bundled: bundledPacks,
        files: new Map(),
        configs: [],
        extraPacks: [],
        today,
      });
      const source = readFileSync(join(folder(set), name), 'utf8');
      for (const each of shared) workspace.set(uriOf(each), 1, readFileSync(join(folder(set), each), 'utf8'));
      workspace.set(uriOf(name), 1, source);
      const snapshot = workspace.snapshot();
      const script = snapshot.script(uriOf(name));
      const findings = script ? check(script, snapshot) : [];
      const category = /^(.*)-\d+\.bad\./.exec(name)?.[1];
      return { name, findings, source, ...(category && { category }) };
    });
}

export function isFlow({ category }: Finding): boolean {
  return (flowCategories as readonly string[]).includes(category);
}

/** The scripts whose category was not found, and those that should be clean and have a finding about the flow above a hint. */
export function mistakesIn(scripts: readonly JudgedScript[]): {
  readonly missed: readonly JudgedScript[];
  readonly flagged: readonly JudgedScript[];
} {
  return {
    missed: scripts.filter(
      ({ category, findings }) => category && !findings.some((each) => each.category === category),
    ),
    flagged: scripts.filter(({ category, findings }) => !category && findings.some(isFlow)),
  };
}

if (process.argv[1]?.endsWith('flow.ts')) {
  const args = process.argv.slice(2);
  const sets = args.filter((each) => existsSync(folder(each)));
  const [wanted = ''] = args.filter((each) => !sets.includes(each));
  for (const set of sets.length > 0 ? sets : ['developed']) {
    const scripts = judge(set, wanted);
    const { missed, flagged } = mistakesIn(scripts);
    const bad = scripts.filter(({ category }) => category).length;
    console.log(
      `${set}: found ${bad - missed.length}/${bad}, clean ${scripts.length - bad - flagged.length}/${scripts.length - bad}`,
    );
    // The unseen scripts are only counted: nobody looks at them to change a rule.
    if (set === 'unseen') continue;
    for (const { name, source, findings } of missed)
      console.log(
        `missed ${name}  ${source.split('\n').find((line) => line.includes('违规：'))}\n   ${findings.map((f) => f.rule).join(' ')}`,
      );
    for (const { name, source, findings } of flagged) {
      console.log(`flagged ${name}`);
      for (const each of findings.filter(isFlow))
        console.log(
          `   ${each.rule} [${each.severity}] line ${source.slice(0, each.start).split('\n').length}: ${source.slice(each.start, each.end)}\n      ${each.message.zh}`,
        );
    }
  }
}
