import { applyEdits, type Edit } from '../base/edit.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { check } from './check.ts';
import { type Finding, type Fix, structureCategories } from './finding.ts';
import { type Pick, type SafeFix, safeFixes, safeOnes } from './safeFixes.ts';

/** One fix can make room for another, but not for ever. */
const mostRounds = 20;

/** The text of a script after every safe fix, round by round, until there is none left. */
export function withSafeFixes(script: Script, snapshot: Snapshot, findings: readonly Finding[]): string {
  return inRounds(script, snapshot, findings, (now, found) => {
    const { edits } = safeFixes(new Map([[now.uri, found]]), safeOnes);
    return edits.get(now.uri) ?? [];
  });
}

/**
 * The text of a script after every finding of a rule has been mended as the first fix of this one would. Each round is checked
 * again, and a fix that would only move the trouble is left out.
 */
export function withFixesLike(
  finding: Finding,
  script: Script,
  snapshot: Snapshot,
  findings: readonly Finding[],
): string {
  const [model] = finding.fixes();
  if (!model) return script.source;
  const like: Pick = (each) =>
    each.rule === finding.rule ? each.fixes().find((fix) => wayOf(fix) === wayOf(model)) : undefined;
  return inRounds(script, snapshot, findings, (now, found, world) => {
    const { fixes } = safeFixes(new Map([[now.uri, found]]), like);
    return harmless(fixes, finding.rule, now, found, world).flatMap(({ fix }) => fix.edits);
  });
}

/** What a fix does, whatever names it does it with. */
function wayOf({ title }: Fix): string {
  return title.zh.replace(/“[^”]*”/g, '“”');
}

function inRounds(
  script: Script,
  snapshot: Snapshot,
  findings: readonly Finding[],
  editsFor: (script: Script, findings: readonly Finding[], snapshot: Snapshot) => readonly Edit[],
): string {
  let [now, world, found] = [script, snapshot, findings];
  for (let round = 0; round < mostRounds; round++) {
    const edits = editsFor(now, found, world);
    if (edits.length === 0) break;
    world = world.edited(new Map([[script.uri, applyEdits(now.source, edits)]]));
    now = world.script(script.uri) ?? now;
    found = check(now, world);
  }
  return now.source;
}

/** Those of some fixes that leave fewer findings of their rule and not more of others; halved until the bad ones are found. */
function harmless(
  fixes: readonly SafeFix[],
  rule: string,
  script: Script,
  before: readonly Finding[],
  snapshot: Snapshot,
): readonly SafeFix[] {
  const old = countsOf(before);
  const leaves = (chosen: readonly SafeFix[], fewer: number): boolean => {
    const text = applyEdits(
      script.source,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    const world = snapshot.edited(new Map([[script.uri, text]]));
    const edited = world.script(script.uri);
    if (!edited) return false;
    const now = countsOf(check(edited, world));
    const grown = [...now].some(([id, count]) => matters(id, rule) && count > (old.get(id) ?? 0));
    return !grown && (now.get(rule) ?? 0) <= (old.get(rule) ?? 0) - fewer;
  };
  let good: readonly SafeFix[] = [];
  const take = (some: readonly SafeFix[]): void => {
    const together = [...good, ...some];
    if (some.length === 0) return;
    if (leaves(together, together.length)) good = together;
    else if (some.length > 1) {
      const half = some.length >> 1;
      take(some.slice(0, half));
      take(some.slice(half));
    }
  };
  take(fixes);
  return good;
}

/** What becomes readable can have findings that nobody saw before; they count against a fix of wording only. */
function matters(id: string, rule: string): boolean {
  const structural = (structureCategories as readonly string[]).includes(rule);
  return !structural || (structureCategories as readonly string[]).includes(id);
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, suppressed } of findings) if (!suppressed) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
