import { isAnytime, isOneWay } from '../flow/openings.ts';
import type { Script } from '../model/script.ts';
import { charactersIn, secondsToSay, withSamples } from '../model/speaking.ts';
import { stepsOf } from '../model/template.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Condition } from '../syntax/condition.ts';
import type { FrontMatter } from '../syntax/frontMatter.ts';
import type { Placed, Scenario, ScriptNode } from '../syntax/tree.ts';
import { keywords } from '../syntax/vocabulary.ts';
import { type Cells, cellsOf, headingCells, nameOf, noCells, types, type Words, written } from './cells.ts';
import { wordsOf } from './header.ts';
import { lineIds } from './ids.ts';
import {
  type GoesTo,
  type HeaderJson,
  jsonFormat,
  type LineJson,
  type NodeJson,
  type ScenarioJson,
  type ScriptJson,
  type TestJson,
} from './json.ts';
import { bodyLines, headerLines } from './table.ts';

export function jsonOf(script: Script, snapshot: Snapshot): ScriptJson {
  const { tree, source } = script;
  const words = wordsOf(tree);
  const ids = lineIds(tree);
  const { set } = snapshot.packs(script);
  const references = new Map(script.targets.map((reference) => [reference.placed, reference]));
  const line = (placed: Placed): LineJson => lineJson(placed, ids.get(placed));
  const idOfNode = (node: ScriptNode | undefined): string | null =>
    node ? (node.heading ? (ids.get(node.heading) ?? null) : 'start') : null;

  function lineJson(placed: Placed, id: string | undefined): LineJson {
    const text = source.slice(placed.start, placed.end);
    const cells = cellsOf(placed.line, text, words);
    const told = partsOf(placed, cells);
    const { kind, ...rest } = told;
    return { kind, ...(id !== undefined && { id }), ...rest, ...otherwise(placed, cells) };
  }

  /** The line as it is written, where that is not how we would write it. */
  function otherwise({ start, end }: Placed, cells: Cells): { readonly source?: string } {
    const text = source.slice(start, end);
    return written(cells, words) === text ? {} : { source: text };
  }

  function partsOf(placed: Placed, cells: Cells): LineJson {
    const { line } = placed;
    if (cells.type === types.asIs[words]) return { kind: 'other', text: cells.text };
    const keyword = usualWord(line.kind, words) === cells.type ? {} : { keyword: cells.type };
    switch (line.kind) {
      case 'blank':
        return { kind: 'blank' };
      case 'remark':
        return { kind: 'remark', text: cells.text };
      case 'utterance': {
        const { role, speaker, tone, speech } = line;
        const said = withSamples(speech, script);
        return {
          kind: 'utterance',
          role: role.text,
          speaker,
          ...(tone && { tone: tone.text }),
          text: speech.text,
          variables: namesIn(speech.variables),
          ...(speaker === 'agent' && { characters: charactersIn(said), seconds: secondsToSay(said) }),
        };
      }
      case 'branch': {
        const category = set.reply(line.category.text);
        return {
          kind: 'branch',
          role: line.role.text,
          speaker: line.speaker,
          category: line.category.text,
          ...(category && { reply: category.id }),
          examples: line.examples.map((each) => each.text),
          ...targetOf(placed),
        };
      }
      case 'jump':
        return { kind: 'jump', ...targetOf(placed) };
      case 'guard': {
        const test = script.conditions.get(placed.index);
        return {
          kind: 'guard',
          ...keyword,
          condition: line.condition.text,
          ...(test?.condition && test.problems.length === 0 && { test: testOf(test.condition) }),
          ...targetOf(placed),
        };
      }
      case 'insertion':
        return { kind: 'insertion', ...keyword, ...targetOf(placed) };
      case 'guidance':
        return { kind: 'guidance', ...keyword, text: line.speech.text, variables: namesIn(line.speech.variables) };
      case 'record':
      case 'outcome':
      case 'suppression':
      case 'given':
      case 'says':
      case 'expect':
      case 'never':
        return { kind: line.kind, ...keyword, text: cells.text };
      default:
        return { kind: 'other', text: cells.text };
    }
  }

  function targetOf(placed: Placed): Pick<LineJson, 'target' | 'goesTo'> {
    const { line } = placed;
    const target = 'target' in line ? line.target : undefined;
    if (!target) return {};
    const reference = references.get(placed);
    return { target: nameOf(target), goesTo: reference ? goesTo(reference) : { kind: 'unknown' } };
  }

  function goesTo(reference: Script['targets'][number]): GoesTo {
    if (reference.builtin) return { kind: reference.builtin };
    const resolution = snapshot.resolve(script, reference);
    if (resolution.kind !== 'node') return { kind: 'unknown' };
    const { node, name } = resolution.symbol;
    return resolution.script === script
      ? { kind: 'node', node: idOfNode(node) ?? '' }
      : { kind: 'other-file', file: reference.file?.text ?? '', name };
  }

  const oneWay = isOneWay(script);
  const nodes = tree.nodes.map((node, index): NodeJson => {
    const { heading } = node;
    const steps = heading?.line.steps.map((step) => step.text) ?? [];
    const next = oneWay ? undefined : tree.nodes.slice(index + 1).find((each) => !isAnytime(each));
    return {
      id: idOfNode(node) ?? '',
      ...(heading && { name: heading.line.name.text }),
      steps,
      performs: heading ? stepsOf(heading.line, set).map(({ id }) => id) : [],
      anytime: isAnytime(node),
      next: idOfNode(next),
      line: heading?.index ?? node.lines[0]?.index ?? 0,
      ...(heading && otherwise(heading, headingCells(heading.line.name.text, steps, words))),
      lead: node.lead.map(line),
      branches: node.branches.map(({ branch, body }) => ({
        ...line(branch),
        kind: 'branch' as const,
        lines: body.map(line),
      })),
    };
  });
  const scenarios = tree.scenarios.map(({ heading, lines }: Scenario): ScenarioJson => {
    const keyword = source.slice(heading.start + heading.line.head.start, heading.start + heading.line.head.end);
    return {
      id: ids.get(heading) ?? '',
      name: heading.line.name.text,
      ...(usualWord('case', words) !== keyword && { keyword }),
      line: heading.index,
      ...otherwise(heading, { ...noCells, type: keyword, text: heading.line.name.text }),
      lines: lines.map(line),
    };
  });
  const inside = new Set([...tree.nodes, ...tree.scenarios].flatMap(({ heading, lines }) => [heading, ...lines]));
  const header = headerLines(tree);
  return {
    format: jsonFormat,
    version: 1,
    language: words,
    script: headerJson(tree.frontMatter),
    variables: tree.frontMatter.variables.map(({ name, type, range, values, sample, note }) => ({
      name,
      type,
      ...(range && { range: range.value }),
      ...(values && { values: values.value }),
      ...(sample && { sample: sample.value }),
      ...(note && { note: note.value }),
    })),
    ...(header.length > 0 && { frontMatter: header.join('\n') }),
    ...(source.includes('\r\n') && { lineEnd: '\r\n' }),
    before: bodyLines(tree)
      .filter((placed) => !inside.has(placed))
      .map(line),
    nodes,
    scenarios,
  };
}

function namesIn(variables: readonly { readonly text: string }[]): readonly string[] {
  return variables.map(({ text }) => text);
}

function testOf(condition: Condition): TestJson {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { kind: condition.kind, left: testOf(condition.left), right: testOf(condition.right) };
    case 'not':
      return { kind: 'not', operand: testOf(condition.operand) };
    case 'holds':
      return { kind: 'holds', variable: condition.variable.text };
    case 'comparison': {
      const { variable, operator, value } = condition;
      return { kind: 'comparison', variable: variable.text, operator, value: value.text };
    }
  }
}

/** The usual word for a kind of line; nothing for one that begins with none. */
export function usualWord(kind: string, words: Words): string | undefined {
  const term = keywords.find(({ id }) => id === kind);
  return term?.[words][0];
}

export function headerJson(frontMatter: FrontMatter): HeaderJson {
  const told: { -readonly [key in keyof HeaderJson]: HeaderJson[key] } = {};
  for (const key of frontMatter.keys.keys()) {
    switch (key) {
      case 'hours':
        if (frontMatter.hours) {
          const [from, to] = [frontMatter.hours.value.from, frontMatter.hours.value.to].map(timeOf);
          told.hours = { from: from ?? '', to: to ?? '' };
        }
        break;
      case 'frequency':
        if (frontMatter.frequency) told.frequency = frontMatter.frequency.value;
        break;
      case 'packs':
        if (frontMatter.packs) told.packs = frontMatter.packs.value.map(({ value }) => value);
        break;
      case 'roles':
        if (frontMatter.declaredRoles.length > 0)
          told.roles = frontMatter.declaredRoles.map(({ name, kind }) => ({ name, kind }));
        break;
      case 'variables':
        break;
      default: {
        const field = frontMatter[key];
        if (field) told[key] = field.value;
      }
    }
  }
  return told;
}

function timeOf(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
