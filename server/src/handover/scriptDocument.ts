import { inLanguage, type Language, type Text } from '../base/text.ts';
import { isAnytime, isOneWay } from '../flow/openings.ts';
import { scriptName } from '../model/fileNames.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Target } from '../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../syntax/tree.ts';
import { channels, frontMatterKeys, keywords, stages, statuses } from '../syntax/vocabulary.ts';
import { nameOf, withTone } from './cells.ts';
import {
  type Block,
  type Document,
  facts,
  grid,
  heading,
  type Inline,
  type Picture,
  type Piece,
  paragraph,
  pictures,
  quiet,
  strong,
} from './document.ts';
import { headerOf, idOf, wordOf } from './header.ts';
import { lineIds } from './ids.ts';

/** A script as the document that people know: what is said at each step, what the customer may answer, and where that leads. */
export function scriptDocument(
  script: Script,
  snapshot: Snapshot,
  language: Language,
  drawn: readonly Picture[],
): Document {
  const { tree } = script;
  const write = new Writer(script, snapshot, language);
  const { title } = tree.frontMatter;
  const say = (text: Text): string => inLanguage(text, language);
  return {
    language,
    title: title?.value ?? scriptName(script.uri),
    blocks: [
      ...headerFacts(script, language),
      ...variableBlocks(script, language),
      ...(drawn.length === 0
        ? []
        : [
            heading(1, say({ zh: '流程图', en: 'Flow' })),
            ...pictures(drawn, say({ zh: '话术的流程图', en: 'The flow of the script' }), language),
          ]),
      ...tree.nodes.flatMap((node, index) => write.node(node, tree.nodes.slice(index + 1))),
    ],
  };
}

/** What the front matter says, but for title and variables, with the words of closed sets in the language of the reader. */
export function headerFacts(script: Script, language: Language): readonly Block[] {
  const words = language === 'en' ? 'en' : 'zh';
  const closed = { status: statuses, channel: channels, stage: stages } as const;
  const rows = headerOf(script.tree, words).entries.flatMap(({ key, value }): [string, string][] => {
    if (key === 'title') return [];
    const terms = key === 'status' || key === 'channel' || key === 'stage' ? closed[key] : undefined;
    const term = terms && idOf<string>(terms, value);
    return [
      [wordOf(frontMatterKeys, key, words), terms && term !== undefined ? wordOf<string>(terms, term, words) : value],
    ];
  });
  return facts(rows.map(([name, value]) => [name, value.replace(/^[[{]|[\]}]$/g, '')]));
}

export function variableBlocks(script: Script, language: Language): readonly Block[] {
  const zh = language === 'zh-CN';
  const { variables } = headerOf(script.tree, zh ? 'zh' : 'en');
  if (variables.length === 0) return [];
  const titles = zh ? ['变量', '类型', '样例', '取值范围', '说明'] : ['Variable', 'Type', 'Sample', 'Values', 'Note'];
  const rows = variables.map(({ name, type, sample, range, values, note }) => ({
    cells: [name, type, sample, range === '' ? values : range, note],
  }));
  return [heading(1, zh ? '变量' : 'Variables'), grid(titles, [22, 12, 20, 16, 30], rows)];
}

class Writer {
  private readonly script: Script;
  private readonly snapshot: Snapshot;
  private readonly zh: boolean;
  private readonly ids: ReadonlyMap<Placed, string>;

  constructor(script: Script, snapshot: Snapshot, language: Language) {
    this.script = script;
    this.snapshot = snapshot;
    this.zh = language === 'zh-CN';
    this.ids = lineIds(script.tree);
  }

  node(node: ScriptNode, behind: readonly ScriptNode[]): Block[] {
    const { heading: line, lead, branches } = node;
    const next = isOneWay(this.script) ? undefined : behind.find((each) => !isAnytime(each));
    const name = line?.line.name.text ?? (this.zh ? '（开头）' : '(beginning)');
    const steps = line?.line.steps.map(({ text }) => text).join(this.zh ? '、' : ', ');
    const rows = branches.map(({ branch, body }) => {
      const { role, category, examples, target } = branch.line;
      const said = examples.map(({ text }) => text).join(this.zh ? '／' : ' / ');
      const lines = body.flatMap((placed) => this.line(placed) ?? []);
      return {
        cells: [
          [[`${role.text}${this.zh ? '：' : ': '}`, strong(category.text)], ...(said === '' ? [] : [[said]])],
          lines,
          target ? [this.target(target, branch)] : leadsAway(body) ? '' : this.goesOn(next, node),
        ],
      };
    });
    const titles = this.zh ? ['对方回应', '坐席应对', '下一步'] : ['Reply', 'What to say', 'Next'];
    // Where every reply leads away at once there is nothing to say here.
    const isSaid = rows.some(({ cells }) => cells[1] !== undefined && cells[1].length > 0);
    const table = isSaid
      ? grid(titles, [34, 44, 22], rows)
      : grid(
          titles.filter((_, index) => index !== 1),
          [70, 30],
          rows.map(({ cells }) => ({ cells: cells.filter((_, index) => index !== 1) })),
        );
    return [
      heading(1, name, line && this.ids.get(line), steps),
      ...lead.flatMap((placed): Block[] => {
        const text = this.line(placed);
        return text ? [paragraph(text, isLine(placed, 'utterance') ? undefined : 'note')] : [];
      }),
      ...(rows.length > 0 ? [table] : []),
    ];
  }

  /** A line as it is read; nothing for what is for authors and checkers alone. */
  private line(placed: Placed): Inline | undefined {
    const { line } = placed;
    const colon = this.zh ? '：' : ': ';
    const word = (id: (typeof keywords)[number]['id']): string => wordOf(keywords, id, this.zh ? 'zh' : 'en');
    switch (line.kind) {
      case 'utterance':
        return [strong(withTone(line.role.text, line.tone?.text ?? '')), colon, line.speech.text];
      case 'guidance':
        return [`${word('guidance')}${colon}${line.speech.text}`];
      case 'record':
        return [`${word('record')}${colon}${line.variable.text} = ${line.value.text}`];
      case 'guard':
        return [
          `${word('guard')}${colon}${line.condition.text} → `,
          ...(line.target ? [this.target(line.target, placed)] : []),
        ];
      case 'insertion':
        return [`${word('insertion')}${colon}`, ...(line.target ? [this.target(line.target, placed)] : [])];
      case 'jump':
        return ['→ ', ...(line.target ? [this.target(line.target, placed)] : [])];
      case 'outcome':
        return [strong(`${word('outcome')}${colon}${line.name.text}`)];
      case 'remark':
        return line.text.text === '' ? undefined : [quiet(line.text.text)];
      case 'unknown':
        return [this.script.source.slice(placed.start, placed.end).trim()];
      default:
        return undefined;
    }
  }

  private target(target: Target, placed: Placed): Piece {
    const reference = this.script.targets.find((each) => each.placed === placed);
    const resolution = reference && this.snapshot.resolve(this.script, reference);
    const node = resolution?.kind === 'node' && resolution.script === this.script ? resolution.symbol.node : undefined;
    const to = node?.heading && this.ids.get(node.heading);
    return { text: nameOf(target), ...(to !== undefined && { to }) };
  }

  /** Off the end of a node the next one follows, but not off a message, nor out of an anytime node. */
  private goesOn(next: ScriptNode | undefined, from: ScriptNode): Inline | string {
    const name = next?.heading?.line.name.text;
    if (name === undefined || isAnytime(from)) return '';
    const to = next?.heading && this.ids.get(next.heading);
    return [{ text: name, look: 'quiet', ...(to !== undefined && { to }) }];
  }
}

/** Whether the lines below a reply say themselves where it leads. */
function leadsAway(body: readonly Placed[]): boolean {
  const last = body.findLast(({ line }) => line.kind !== 'blank' && line.kind !== 'remark');
  return last?.line.kind === 'jump' || last?.line.kind === 'outcome';
}
