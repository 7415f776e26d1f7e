import { sha256 } from '../../base/sha256.ts';
import { scriptsOf } from '../../flow/names.ts';
import { pathsOf } from '../../flow/paths.ts';
import { type Block, facts, type Inline } from '../../handover/document.ts';
import { headerFacts } from '../../handover/scriptDocument.ts';
import type { Ground } from './ground.ts';

/** The script that was checked: its front matter, its text, and the packs it was checked by. */
export function about(ground: Ground): readonly Block[] {
  const { script, snapshot, language, nameOf } = ground.reported;
  const { tree, source } = script;
  const { set, missing } = snapshot.packs(script);
  const others = [...scriptsOf(pathsOf(script, snapshot).graph)].filter((each) => each !== script);
  return [
    ...headerFacts(script, language),
    ...facts([
      [ground.say('文件', 'File'), nameOf(script.uri)],
      [ground.say('正文 SHA-256', 'SHA-256 of the text'), [{ text: sha256(source), look: 'code' }]],
      [
        ground.say('规模', 'Size'),
        ground.say(
          `${tree.nodes.length} 节，${tree.lines.length} 行，${tree.scenarios.length} 个用例`,
          `${tree.nodes.length} nodes, ${tree.lines.length} lines, ${tree.scenarios.length} scenarios`,
        ),
      ],
      [
        ground.say('规则包', 'Rule packs'),
        set.packs
          .map(({ id, version, title }) => `${ground.in(title)} (${id} ${version})`)
          .join(ground.say('；', '; ')),
      ],
      [
        ground.say('没有装上的规则包', 'Packs that are missing'),
        missing.length === 0
          ? ''
          : [{ text: missing.map(({ name }) => name).join(ground.say('、', ', ')), tone: 'bad' }],
      ],
      ...others.map((each): [string, Inline] => [
        ground.say('对话会走进的其他文件', 'Another file that the conversation enters'),
        [`${nameOf(each.uri)}　`, { text: sha256(each.source), look: 'code' }],
      ]),
    ]),
  ];
}
