import { parseDocument } from 'yaml';
import { type Script, scriptOf } from '../../server/src/model/script.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { editOf } from './edits.ts';
import { scriptOfLines } from './generate.ts';
import { workspaceWith } from './ground.ts';
import { lezerOf } from './lezer.ts';
import { timesBare } from './measure.ts';
import { figureIn, type Row } from './row.ts';

/** What the text of a script costs before anything is asked about it. */
export function parsing(): readonly Row[] {
  const text = scriptOfLines(10_000);
  const yaml = yamlLike(text);
  const json = JSON.stringify(text.split('\n').map((line, index) => ({ index, line })));
  const uri = 'file:///w/a.huashu';
  const { after, offset } = editOf(text);
  const lezer = lezerOf(text, offset, after);
  // What has been typed is known, as it is from an editor; Lezer is told as well.
  const typed = { before: text, start: offset, end: offset };
  const taken = { before: after, start: offset, end: offset + 1 };
  // The texts are there, in one piece, before anybody asks for their tree.
  const before = parse(text);
  parse(after);
  const workspace = workspaceWith([]);
  workspace.set(uri, 0, text);
  let version = 0;
  const { tree, script, edit, set, lezerTree, lezerEdit, yamlDocument, jsonParse } = timesBare(text, {
    tree: () => parse(text),
    script: () => everythingOf(scriptOf(uri, 0, text)),
    edit: () => parse(after, before, typed),
    set: () =>
      ++version % 2 === 1
        ? workspace.set(uri, version, after, typed).tree
        : workspace.set(uri, version, text, taken).tree,
    lezerTree: lezer.full,
    lezerEdit: lezer.edit,
    yamlDocument: () => parseDocument(yaml),
    jsonParse: () => JSON.parse(json),
  });
  return [
    {
      id: 'parse.full',
      title: { zh: '解析一万行，得到最终的树', en: 'Parse 10,000 lines to the final tree' },
      unit: '× bare',
      ...tree!,
      most: 8,
      peers: [
        { name: 'Lezer', ...lezerTree! },
        {
          name: { zh: 'yaml parseDocument（同样的行写成 YAML）', en: 'yaml parseDocument, the same lines as YAML' },
          ...yamlDocument!,
        },
        { name: { zh: 'JSON.parse（同样的行写成 JSON）', en: 'JSON.parse, the same lines as JSON' }, ...jsonParse! },
      ],
    },
    {
      id: 'parse.script',
      title: { zh: '同上，加上名称、跳转、变量和条件', en: 'The same with names, jumps, variables and conditions' },
      unit: '× bare',
      ...script!,
      peers: [],
    },
    {
      id: 'parse.edit',
      title: { zh: '改一个字之后重新解析（一万行）', en: 'One character changed: parsed again (10,000 lines)' },
      unit: 'µs',
      ...figureIn(edit!, 1000),
      most: 20,
      peers: [{ name: 'Lezer', ...figureIn(lezerEdit!, 1000) }],
    },
    {
      id: 'parse.set',
      title: { zh: '同上，再换掉工作区里的话术', en: 'The same, and the script of the workspace replaced' },
      unit: 'µs',
      ...figureIn(set!, 1000),
      peers: [],
    },
  ];
}

/** What is worked out only when it is asked for. */
function everythingOf({ tree, nodes, targets, variables, conditions }: Script): readonly unknown[] {
  return [tree, nodes, targets, variables, conditions];
}

/** The same lines as a list in YAML. */
function yamlLike(text: string): string {
  return text
    .split('\n')
    .map((line) => `- ${JSON.stringify(line)}`)
    .join('\n');
}
