import { inLanguage, type Language, type Text } from '../base/text.ts';
import type { PackSet } from '../packs/packSet.ts';
import { parse } from '../syntax/parse.ts';
import { scanLine } from '../syntax/scan.ts';
import type { Block } from './block.ts';
import { compose } from './compose.ts';
import { blocksOfHtml } from './html.ts';
import type { Imported } from './items.ts';
import { blocksOfMarkdown } from './markdown.ts';
import { numbered } from './marks.ts';
import { blocksOfText, rowsOf } from './plainText.ts';
import { Reader } from './reader.ts';
import { meaningOf } from './roles.ts';
import { isScriptTable, readTable } from './tables.ts';

/** What a source holds, in the form in which it was read. */
export type Content =
  | { readonly kind: 'text' | 'html' | 'markdown' | 'csv'; readonly text: string }
  | { readonly kind: 'tables'; readonly sheets: readonly Sheet[] }
  /** A script of ours in another format, from which it comes back as it was. */
  | { readonly kind: 'script'; readonly text: string };

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

export interface ImportOptions {
  readonly packs: PackSet;
  /** The day whose rules count, such as `2026-06-01`. */
  readonly day: string;
  /** The title where the source has none: the name of its file. */
  readonly title?: string;
  /** Names of nodes that the script has already. */
  readonly taken?: readonly string[];
}

/** Turns a source into a script. */
export function importContent(content: Content, options: ImportOptions): Imported {
  if (content.kind === 'script') return { ...unchanged(content.text), exact: true };
  if (content.kind === 'text' && isScript(content.text)) return unchanged(content.text);
  const blocks = blocksOf(content);
  const { items, title, english } = read(blocks, options);
  return compose(items, {
    packs: options.packs,
    taken: options.taken ?? [],
    title: title ?? options.title,
    english,
  });
}

/** Whether a text is a script of ours already, and nothing in it is left open. */
function isScript(text: string): boolean {
  const { lines, nodes } = parse(text);
  return (
    lines.every(({ line }) => line.kind !== 'unknown' && line.flaws.length === 0) &&
    !openBlank.test(text) &&
    nodes.some((node) => node.branches.length > 0 || node.lines.some(({ line }) => 'target' in line))
  );
}

const openBlank = /[XxＸ×_＿]{2,}|[<＜][^<>＜＞\n]{1,16}[>＞]/;

function unchanged(script: string): Imported {
  const { lines, frontMatter } = parse(script);
  const count = (...kinds: readonly string[]): number => lines.filter(({ line }) => kinds.includes(line.kind)).length;
  const counts = {
    steps: count('heading'),
    lines: count('utterance'),
    branches: count('branch'),
    variables: frontMatter.variables.length,
    kept: count('guidance', 'remark'),
  };
  return { script, body: script, variables: [], counts, notes: [] };
}

function read(blocks: readonly Block[], { packs, day }: ImportOptions): Pick<Reader, 'items' | 'title' | 'english'> {
  const reader = new Reader(blocks, packs, day);
  const texts = blocks.map((block) => (block.kind === 'paragraph' ? block.text : ''));
  // What stands next, by place, so that a text of blank lines alone is still read in one pass.
  let next = '';
  const nexts = texts.map(() => '');
  for (let i = texts.length - 1; i >= 0; i--) {
    nexts[i] = next;
    if (texts[i] !== '') next = texts[i] ?? '';
  }
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'table') readTable(block, reader);
    else if (index === 0 && isTitle(block, nexts[0] ?? '', reader)) reader.title = block.text;
    else reader.paragraph(block, nexts[index] ?? '');
  }
  return reader;
}

/** Whether the first paragraph is the title of the document: short, without a number, and above something else. */
function isTitle(block: Block, next: string, reader: Reader): boolean {
  if (block.kind !== 'paragraph' || next === '' || block.text.length > 40 || block.text.length < 2) return false;
  return (
    !/[：:。！？!?，,；;“”"→【]/.test(block.text) &&
    !numbered(block.text) &&
    !reader.steps.isTitle(block.text) &&
    !meaningOf(block.text)
  );
}

export function blocksOf(content: Content): Block[] {
  switch (content.kind) {
    case 'text':
    case 'script':
      return blocksOfText(content.text);
    case 'html':
      return blocksOfHtml(content.text);
    case 'markdown':
      return blocksOfMarkdown(content.text);
    case 'csv':
      return [{ kind: 'table', rows: rowsOf(content.text.replace(/^\ufeff/, ''), delimiterOf(content.text)) }];
    case 'tables':
      return content.sheets.flatMap(({ name, rows }): Block[] => {
        const named = content.sheets.length > 1 && !/^sheet\s*\d*$/i.test(name);
        return [...(named ? [{ kind: 'paragraph', text: `工作表：${name}` } as const] : []), { kind: 'table', rows }];
      });
    default:
      return content satisfies never;
  }
}

/** What divides the cells of the first line; Excel writes semicolons in some countries. */
function delimiterOf(text: string): ',' | '\t' | ';' {
  const first = /^[^\n]*/.exec(text)?.[0] ?? '';
  const count = (mark: string): number => first.split(mark).length;
  return count('\t') > 1 ? '\t' : count(';') > count(',') ? ';' : ',';
}

/**
 * Whether a source looks like a dialogue that somebody wrote in Word or Excel: people speak in it, or it has steps and what is said
 * in them. Prose does not, nor does a script of ours, which is pasted as it is.
 */
export function looksLikeDialogue(content: Content, options: ImportOptions): boolean {
  const blocks = blocksOf(content).filter((block) => block.kind === 'table' || block.text !== '');
  const lines = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
  if (blocks.some((block) => block.kind === 'table' && isScriptTable(block))) return true;
  if (blocks.length < 2 && lines.length === blocks.length) return false;
  if (lines.length > 0 && lines.every(isOurs)) return false;
  const { items } = read(blocks, options);
  const said = items.filter(({ kind }) => kind === 'say').length;
  const structured = items.filter(({ kind }) => kind === 'node' || kind === 'reply').length;
  const kept = items.filter(({ kind }) => kind === 'guide' || kind === 'remark').length;
  const voices = new Set(items.flatMap((item) => (item.kind === 'say' ? [item.speaker] : [])));
  return said + structured >= 2 && said > 0 && (voices.size > 1 || structured > 0) && kept <= 2 * (said + structured);
}

/** Whether a line is one of a script, with nothing in it to fill in; `[客户] 喂` is a heading only by chance. */
function isOurs(text: string): boolean {
  const line = scanLine(text);
  const speaks = line.kind === 'heading' && meaningOf(line.name.text) !== undefined;
  return line.kind !== 'unknown' && !speaks && !openBlank.test(text);
}

/** What was understood, in numbers. */
export function summaryOf({ counts: { steps, lines, branches, variables, kept } }: Imported): Text {
  return {
    zh: `${steps} 节、${lines} 句话、${branches} 个回复分支、${variables} 个变量；${kept} 行保留为提示或备注`,
    en: `${steps} nodes, ${lines} lines, ${branches} reply branches, ${variables} variables; ${kept} lines kept as notes or remarks`,
  };
}

/** The script with remarks at its top that tell where it comes from, what was understood and what to look at. */
export function withReview(imported: Imported, source: string, language: Language): string {
  if (imported.exact) return imported.script;
  const summary = summaryOf(imported);
  const from: Text = {
    zh: `由“${source}”导入：${summary.zh}。请核对后删去这几行。`,
    en: `Imported from “${source}”: ${summary.en}. Check it, then delete these lines.`,
  };
  const remarks = [from, ...imported.notes]
    .map((text) => `# ${inLanguage(text, language).replace(/[\r\n]+/g, ' ')}\n`)
    .join('');
  const { script } = imported;
  const close = script.startsWith('---\n') ? script.indexOf('\n---\n', 3) : -1;
  const at = close < 0 ? 0 : close + '\n---\n'.length;
  const rest = script.slice(at);
  return `${script.slice(0, at)}${remarks}${rest === '' || rest.startsWith('\n') ? '' : '\n'}${rest}`;
}
