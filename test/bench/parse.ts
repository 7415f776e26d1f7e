import { parseDocument } from 'yaml';
import { scriptOf } from '../../server/src/model/script.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { editOf } from './edits.ts';
import { scriptOfLines } from './generate.ts';
import { workspaceWith } from './ground.ts';
import { timesBare } from './measure.ts';
import { figureIn, type Row } from './row.ts';

/** What the text of a script costs before anything is asked about it. */
export function parsing(): readonly Row[] {
  const text = scriptOfLines(10_000);
  const yaml = yamlLike(text);
  const json = JSON.stringify(text.split('\n').map((line, index) => ({ index, line })));
  const workspace = workspaceWith([]);
  const uri = 'file:///w/a.huashu';
  workspace.set(uri, 0, text);
  let version = 0;
  const edit = editOf(text);
  const { tree, script, key, yamlDocument, jsonParse } = timesBare(text, {
    tree: () => parse(text),
    script: () => scriptOf(uri, 0, text),
    key: () => workspace.set(uri, ++version, version % 2 === 1 ? edit.after : text),
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
        { name: 'yaml parseDocument, same lines as YAML', ...yamlDocument! },
        { name: 'JSON.parse, same lines as JSON', ...jsonParse! },
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
      ...figureIn(key!, 1000),
      most: 20,
      peers: [],
    },
  ];
}

/** The same lines as a list in YAML. */
function yamlLike(text: string): string {
  return text
    .split('\n')
    .map((line) => `- ${JSON.stringify(line)}`)
    .join('\n');
}
