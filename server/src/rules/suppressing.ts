import { type Edit, insertion } from '../base/edit.ts';
import { lineAt, type Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import { handOf, type Suppressing } from '../model/writing.ts';
import type { Suppression } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import { spellings, suppressionFields } from '../syntax/vocabulary.ts';
import { check } from './check.ts';
import type { Finding } from './finding.ts';

export type Scope = Suppression['scope'];

/** How far a suppression of a finding can reach: not every place has a line, or a node, that it could be written for. */
export function scopesFor({ start }: Finding, script: Script): readonly Scope[] {
  return (['line', 'node', 'file'] as const).filter((scope) => placeFor(scope, start, script) !== undefined);
}

/** The line of a suppression, written where it covers what stands at an offset; nothing where that cannot be. */
export function suppressionEdit(
  rule: string,
  scope: Scope,
  at: number,
  fields: Suppressing,
  script: Script,
): Edit | undefined {
  const place = placeFor(scope, at, script);
  if (place === undefined) return undefined;
  const write = handOf(script);
  const line = write.suppression(scope, rule, fields);
  const before = script.source.charAt(place - 1);
  const below = place === 0 || before === '\n' || before === '\r' || before === '\ufeff';
  if (!below) return insertion(place, write.eol + line);
  const indent = scope === 'line' ? (/^[^\S\r\n]*/.exec(script.written.slice(place))?.[0] ?? '') : '';
  return insertion(place, indent + line + write.eol);
}

function placeFor(scope: Scope, at: number, script: Script): number | undefined {
  const { tree, source } = script;
  const placed = lineAt(script, at);
  const { kind } = placed.line;
  const inFrontMatter = kind === 'fence' || kind === 'front-matter';
  /** The start of a line, or the end of the last one where there is no such line. */
  const startOf = (index: number): number => tree.lines[index]?.start ?? source.length;
  switch (scope) {
    case 'line':
      return inFrontMatter || kind === 'blank' || kind === 'remark' || kind === 'suppression'
        ? undefined
        : placed.index === 0
          ? startOfText(source)
          : placed.start;
    case 'node': {
      const node = tree.nodes.find(({ lines }) => {
        const [first] = lines;
        return first && first.index <= placed.index && placed.index < first.index + lines.length;
      });
      // What is said of a heading is above the rest of its node.
      if (!node || kind === 'heading') return undefined;
      return node.heading ? startOf(node.heading.index + 1) : Math.max(node.span.start, startOfText(source));
    }
    case 'file': {
      const { lines } = tree.frontMatter;
      if (!lines) return startOfText(source);
      return lines.close === undefined ? undefined : startOf(lines.close + 1);
    }
    default:
      return scope satisfies never;
  }
}

function startOfText(source: string): number {
  return source.startsWith('\ufeff') ? 1 : 0;
}

/** Why a suppression cannot be written as asked: the field would be read otherwise, or the finding would stay. */
export type Unwritable = 'reason' | 'approved' | 'until' | 'finding';

/** The suppression of a finding, tried out: the finding is gone, and the suppression is complete. */
export function triedSuppression(
  finding: Finding,
  scope: Scope,
  fields: Suppressing,
  script: Script,
  snapshot: Snapshot,
): Edit | Unwritable {
  const written = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, singleField(value)]),
  ) as Suppressing;
  const edit = suppressionEdit(finding.rule, scope, finding.start, written, script);
  if (!edit) return 'finding';
  const line = scanLine(edit.newText.trim());
  if (line.kind !== 'suppression') return 'finding';
  for (const { id } of suppressionFields) if ((line.fields[id]?.text ?? '') !== (written[id] ?? '')) return id;
  const after = snapshot.edited(
    new Map([[script.uri, script.written.slice(0, edit.start) + edit.newText + script.written.slice(edit.end)]]),
  );
  const edited = after.script(script.uri);
  if (!edited) return 'finding';
  const [old, now] = [check(script, snapshot), check(edited, after)];
  const open = (all: readonly Finding[], rule: string): number =>
    all.filter((each) => each.rule === rule && !each.suppressed).length;
  const gone = open(now, finding.rule) < open(old, finding.rule);
  return gone && open(now, 'suppression') <= open(old, 'suppression') ? edit : 'finding';
}

const fieldStart = new RegExp(`[,，](?=\\s*(?:${suppressionFields.flatMap(spellings).join('|')})\\s*[：:])`, 'gi');

/** On one line, and with no comma that would be taken for the beginning of the next field. */
function singleField(value: string): string {
  return value.replace(/\s+/g, ' ').trim().replace(fieldStart, '；');
}
