import { inLanguage, type Language, type Text } from '../base/text.ts';
import type {
  Destination,
  Difference,
  FindingDifference,
  LineDifference,
  NodeDifference,
  ReplyDifference,
  Side,
  WayDifference,
} from '../comparing/changes.ts';
import { isSame } from '../comparing/difference.ts';
import { wordsIn } from '../comparing/nodes.ts';
import { knownText } from '../features/known.ts';
import type { ChartEnd } from '../flow/chart.ts';
import { endName } from '../flow/ends.ts';
import {
  type Block,
  type Document,
  heading,
  type Inline,
  type Item,
  type Piece,
  paragraph,
  quiet,
} from '../handover/document.ts';
import { wordOf } from '../handover/header.ts';
import type { Script } from '../model/script.ts';
import type { Placed } from '../syntax/tree.ts';
import { frontMatterKeys, roles } from '../syntax/vocabulary.ts';
import { severityNames } from './severity.ts';

/** What two texts of a script differ in, to be read: on a screen, as a page, on paper. */
export function differenceDocument(
  difference: Difference,
  sides: { readonly before: Side; readonly after: Side },
  names: { readonly before: string; readonly after: string },
  language: Language,
): Document {
  const zh = language === 'zh-CN';
  const say = (text: Text): string => inLanguage(text, language);
  const title = sides.after.script.tree.frontMatter.title?.value;
  const about = zh ? `${names.before} 与 ${names.after} 相比` : `${names.before} compared with ${names.after}`;
  const whole = (blocks: readonly Block[]): Document => ({
    language,
    title: `${zh ? '话术差异' : 'What changed'}${title === undefined ? '' : zh ? `：${title}` : `: ${title}`}`,
    subtitle: about,
    blocks,
  });
  if (isSame(difference))
    return whole([
      paragraph(
        sides.before.script.source === sides.after.script.source
          ? say({ zh: '两份文字完全相同。', en: 'The texts are the same.' })
          : say({
              zh: '对客户没有变化：不同的只是备注、用例或排版。',
              en: 'Nothing changes for the customer: remarks, scenarios or layout alone differ.',
            }),
      ),
    ]);
  const { header, nodes, ways, ends, findings } = difference;
  const section = (text: Text, blocks: readonly Block[]): Block[] =>
    blocks.length === 0 ? [] : [heading(1, say(text)), ...blocks];
  const list = (items: readonly Item[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
  return whole([
    paragraph(summaryOf(difference, language)),
    ...section(
      { zh: '问题', en: 'Findings' },
      list(findings.map((each) => findingItem(each, sides.after.script, language))),
    ),
    ...section({ zh: '路径', en: 'Ways' }, list(ways.map((each) => wayItem(each, language)))),
    ...section(
      { zh: '结局', en: 'Endings' },
      list(ends.map(({ kind, before, after }) => ({ text: marked(kind, [endText(after ?? before, language)]) }))),
    ),
    ...section({ zh: '走到各节时已知的情况', en: 'What is known at the nodes' }, list(knownItems(nodes, language))),
    ...section(
      { zh: '各节', en: 'Nodes' },
      nodes.flatMap((node) => {
        const items = nodeItems(node, sides, language);
        // What is known there is told of all nodes at once.
        return items.length === 0 && node.known.length > 0 ? [] : [nodeHeading(node, language), ...list(items)];
      }),
    ),
    ...section(
      { zh: '基本信息与变量', en: 'Front matter' },
      list(
        header.map(({ kind, key, name, before, after }) => ({
          text: marked(kind, [
            key === 'variable' ? `{${name}}` : wordOf(frontMatterKeys, key, zh ? 'zh' : 'en'),
            zh ? '：' : ': ',
            ...fromTo(before, after),
          ]),
        })),
      ),
    ),
  ]);
}

const signs = { new: '＋', gone: '－', changed: '～' } as const;

function marked(kind: keyof typeof signs, text: Inline): Inline {
  const look = kind === 'changed' ? 'quiet' : kind;
  return [{ text: signs[kind], look }, ' ', ...text];
}

function fromTo(before: string | undefined, after: string | undefined, between: Inline = [' → ']): Inline {
  const gone: Piece[] = before === undefined ? [] : [{ text: before, look: 'gone' }];
  const come: Piece[] = after === undefined ? [] : [{ text: after, look: 'new' }];
  return gone.length > 0 && come.length > 0 ? [...gone, ...between, ...come] : [...gone, ...come];
}

/** In one line, in the order of what matters most. */
export function summaryOf({ nodes, ways, findings, header }: Difference, language: Language): string {
  const count = <T extends { readonly kind: string }>(list: readonly T[], ...kinds: readonly string[]): number =>
    list.filter(({ kind }) => kinds.includes(kind)).length;
  const lines = nodes.flatMap((node) => node.lines);
  const replies = nodes.flatMap((node) => node.replies);
  const parts: readonly (readonly [number, Text, string])[] = [
    [count(findings, 'new', 'counting'), { zh: '个新问题', en: 'new findings' }, 'new finding'],
    [count(findings, 'gone', 'excused'), { zh: '个问题不再出现', en: 'findings gone' }, 'finding gone'],
    [count(ways, 'opened'), { zh: '条路径打开', en: 'ways opened' }, 'way opened'],
    [count(ways, 'closed'), { zh: '条路径关闭', en: 'ways closed' }, 'way closed'],
    [count(ways, 'moved'), { zh: '条路径改道', en: 'ways lead elsewhere' }, 'way leads elsewhere'],
    [count(replies, 'new'), { zh: '种回复新增', en: 'replies new' }, 'reply new'],
    [count(replies, 'gone'), { zh: '种回复删去', en: 'replies gone' }, 'reply gone'],
    [count(lines, 'new'), { zh: '句新增', en: 'lines new' }, 'line new'],
    [count(lines, 'changed'), { zh: '句改动', en: 'lines changed' }, 'line changed'],
    [count(lines, 'gone'), { zh: '句删去', en: 'lines gone' }, 'line gone'],
    [
      header.length,
      { zh: '项基本信息或变量不同', en: 'entries of the front matter differ' },
      'entry of the front matter differs',
    ],
  ];
  const told = parts.filter(([number]) => number > 0);
  return language === 'en'
    ? `${told.map(([number, { en }, one]) => `${number} ${number === 1 ? one : en}`).join(', ')}.`
    : `${told.map(([number, { zh }]) => `${number} ${zh}`).join('，')}。`;
}

function findingItem({ kind, finding }: FindingDifference, now: Script, language: Language): Item {
  const zh = language === 'zh-CN';
  const mark = kind === 'new' || kind === 'counting' ? 'new' : 'gone';
  const why: Text = {
    new: { zh: '', en: '' },
    gone: { zh: '', en: '' },
    excused: { zh: '（现已豁免）', en: ' (suppressed now)' },
    counting: { zh: '（不再豁免）', en: ' (no longer suppressed)' },
  }[kind];
  const severity = inLanguage(severityNames[finding.severity], language);
  const text: Inline = [
    ...marked(mark, [
      { text: severity, ...(mark === 'new' && finding.severity === 'error' && { tone: 'bad' as const }) },
      zh ? '　' : '  ',
      inLanguage(finding.message, language),
      inLanguage(why, language),
    ]),
    { text: `${zh ? '　' : '  '}${finding.rule}`, look: 'quiet' },
  ];
  return kind === 'gone' ? { text } : { text, line: now.text.positionAt(finding.start).line };
}

function wayItem(
  { kind, from, reply, speaker = 'customer', condition, before, after, line }: WayDifference,
  language: Language,
): Item {
  const zh = language === 'zh-CN';
  const start = from === '' ? (zh ? '（开头）' : '(beginning)') : zh ? `【${from}】` : `[${from}]`;
  const when = [
    ...(reply === undefined ? [] : [`${wordOf(roles, speaker, zh ? 'zh' : 'en')}${zh ? '：' : ': '}${reply}`]),
    ...(condition === undefined ? [] : [zh ? `若 ${condition}` : `if ${condition}`]),
  ];
  const about = when.length === 0 ? '' : zh ? `（${when.join('，')}）` : ` (${when.join(', ')})`;
  const [was, is] = [before, after].map((each) => each && destinationText(each, language));
  const text = marked(kind === 'opened' ? 'new' : kind === 'closed' ? 'gone' : 'changed', [
    start,
    about,
    ' → ',
    ...fromTo(was, is),
  ]);
  return { text, ...(line && { line: line.index }) };
}

function destinationText(destination: Destination, language: Language): string {
  if ('end' in destination) return endText(destination.end, language);
  return language === 'en' ? `[${destination.node}]` : `【${destination.node}】`;
}

function endText(end: ChartEnd | undefined, language: Language): string {
  if (!end) return '';
  const name = inLanguage(endName(end), language);
  return end.kind === 'outcome' ? (language === 'en' ? `End: ${name}` : `结束：${name}`) : name;
}

/** One change mostly holds for many nodes: all that come behind the place where something was changed. */
function knownItems(nodes: readonly NodeDifference[], language: Language): Item[] {
  const zh = language === 'zh-CN';
  const told = new Map<string, { readonly change: Inline; readonly names: string[] }>();
  for (const { name, known } of nodes) {
    for (const { of, before, after } of known) {
      const [was, is] = [before, after].map((state) => knownText({ of, state }, language));
      const change = [inLanguage(of.title, language), zh ? '：' : ': ', ...fromTo(was, is)];
      const key = `${of.id} ${before} ${after}`;
      const same = told.get(key) ?? { change, names: [] };
      same.names.push(name);
      told.set(key, same);
    }
  }
  return [...told.values()].map(({ change, names }) => ({
    text: marked('changed', [
      ...change,
      quiet(
        zh ? `　${names.map((each) => `【${each}】`).join('')}` : `  ${names.map((each) => `[${each}]`).join(' ')}`,
      ),
    ]),
  }));
}

function nodeHeading({ kind, name, formerly, after }: NodeDifference, language: Language): Block {
  const zh = language === 'zh-CN';
  const called = (text: string): string =>
    text === '' ? (zh ? '（开头）' : '(beginning)') : zh ? `【${text}】` : `[${text}]`;
  const note: Text = {
    new: { zh: '新增', en: 'new' },
    gone: { zh: '删去', en: 'gone' },
    changed:
      formerly === undefined
        ? { zh: '', en: '' }
        : { zh: `原名${called(formerly)}`, en: `formerly ${called(formerly)}` },
  }[kind];
  const line = after?.heading?.index;
  return { ...heading(2, called(name), undefined, inLanguage(note, language)), ...(line !== undefined && { line }) };
}

function nodeItems(
  node: NodeDifference,
  sides: { readonly before: Side; readonly after: Side },
  language: Language,
): Item[] {
  const zh = language === 'zh-CN';
  const { reached, steps, replies, lines } = node;
  const line = node.after?.heading?.index;
  const atHeading = (text: Inline): Item => ({ text, ...(line !== undefined && { line }) });
  return [
    ...(reached
      ? [
          atHeading(
            marked(reached.after ? 'new' : 'gone', [
              reached.after
                ? zh
                  ? '现在走得到'
                  : 'a conversation comes here now'
                : zh
                  ? '再也走不到'
                  : 'no conversation comes here any more',
            ]),
          ),
        ]
      : []),
    ...(steps
      ? [
          atHeading(
            marked('changed', [
              zh ? '标准步骤：' : 'Steps: ',
              ...fromTo(steps.before?.join(zh ? '、' : ', '), steps.after?.join(zh ? '、' : ', ')),
            ]),
          ),
        ]
      : []),
    ...replies.map((reply) => replyItem(reply, language)),
    ...lines.map((line) => lineItem(line, sides, language)),
  ];
}

function replyItem({ kind, speaker, category, examples, placed }: ReplyDifference, language: Language): Item {
  const zh = language === 'zh-CN';
  const who = wordOf<string>(roles, speaker, zh ? 'zh' : 'en');
  const slash = zh ? '／' : ' / ';
  const name = zh ? `${who}（${category}）` : `${who} (${category})`;
  const { more, less } = examples;
  const said: Inline = [
    ...(less.length > 0 ? [{ text: `－${less.join(slash)}`, look: 'gone' as const }] : []),
    ...(less.length > 0 && more.length > 0 ? [' '] : []),
    ...(more.length > 0 ? [{ text: `＋${more.join(slash)}`, look: 'new' as const }] : []),
  ];
  const shown = kind === 'changed' ? said : [[...less, ...more].join(slash)];
  const text = marked(kind, [
    kind === 'changed' ? name : { text: name, look: kind },
    ...(less.length + more.length > 0 ? [zh ? '：' : ': ', ...shown] : []),
  ]);
  return kind === 'gone' ? { text } : { text, line: placed.index };
}

function lineItem(
  { kind, below, before, after, moved }: LineDifference,
  sides: { readonly before: Side; readonly after: Side },
  language: Language,
): Item {
  const zh = language === 'zh-CN';
  const words = (placed: Placed | undefined, { script }: Side): string | undefined => placed && wordsIn(placed, script);
  const place = below === undefined ? '' : zh ? `（${below}之后）` : ` (after ${below})`;
  const other =
    moved === undefined
      ? ''
      : kind === 'new'
        ? zh
          ? `（原在【${moved}】）`
          : ` (was in [${moved}])`
        : zh
          ? `（移到【${moved}】）`
          : ` (is in [${moved}])`;
  const text: Inline = [
    ...marked(kind, fromTo(words(before, sides.before), words(after, sides.after), ['\n', '→ '])),
    { text: place + other, look: 'quiet' },
  ];
  return { text, ...(after && { line: after.index }) };
}
