import {
  BranchCoverage,
  DeclarationCoverage,
  FileCoverage,
  type FileCoverageDetail,
  Range,
  StatementCoverage,
  TestCoverageCount,
  Uri,
} from 'vscode';
import type { CoveredScript, Span } from './protocol.ts';

/** What scenarios cover of a script: its nodes are what a program has as functions, its lines as statements. */
export class ScriptCoverage extends FileCoverage {
  readonly details: readonly FileCoverageDetail[];

  constructor({ uri, nodes, lines }: CoveredScript) {
    const count = (all: readonly { readonly count: number }[]): TestCoverageCount =>
      new TestCoverageCount(all.filter((each) => each.count > 0).length, all.length);
    super(Uri.parse(uri), count(lines), count(lines.flatMap(({ branches }) => branches)), count(nodes));
    this.details = [
      ...nodes.map((node) => new DeclarationCoverage(node.name, node.count, rangeOf(node.range))),
      ...lines.map(
        (line) =>
          new StatementCoverage(
            line.count,
            rangeOf(line.range),
            line.branches.map((branch) => new BranchCoverage(branch.count, rangeOf(branch.range), branch.label)),
          ),
      ),
    ];
  }
}

function rangeOf({ start, end }: Span): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
