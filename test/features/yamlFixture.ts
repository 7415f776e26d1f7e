import type { Context } from '../../server/src/features/feature.ts';
import { createWorkspace, type FilePack, type Sheet } from '../../server/src/model/workspace.ts';
import { loadPack } from '../../server/src/packs/load.ts';
import { parseYaml } from '../../server/src/packs/yamlText.ts';
import { bundledPacks } from '../packs.ts';

export const uri = 'file:///w/pack.yaml';

/** A rule pack, or with another name a configuration, that is open in the editor; `$0` is the cursor. */
export function yamlFixture(
  text: string,
  name = 'pack.yaml',
): { readonly context: Context; readonly sheet: Sheet | undefined; readonly params: Params } {
  const cursor = text.indexOf('$0');
  const source = text.replace('$0', '');
  const file = { uri: `file:///w/${name}`, yaml: parseYaml(source) };
  const pack: FilePack = { ...loadPack([{ path: file.uri, text: source, yaml: file.yaml }]), files: [file] };
  const workspace = createWorkspace({
    bundled: bundledPacks,
    files: new Map(name === 'pack.yaml' ? [[file.uri, pack]] : []),
    configs: [],
    extraPacks: [],
    today: '2026-11-23',
  });
  workspace.setYaml(file.uri, source);
  const snapshot = workspace.snapshot();
  const context: Context = { snapshot, language: 'zh-CN', findings: () => [] };
  return {
    context,
    sheet: snapshot.sheet(file.uri),
    params: { textDocument: { uri: file.uri }, position: file.yaml.place(Math.max(cursor, 0)) },
  };
}

interface Params {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

/** A small pack with one of everything. */
export const pack = `pack: mine
prefix: mine
sources:
  LAW-1:
    document: { zh: 《某法》, en: Some Act }
    article: "68"
    binding: law
    evidence: primary
    gist: { zh: 不得威胁, en: No threats }
lexicons:
  亲友: [爸, 妈, 老婆]
contexts:
  negated: { title: { zh: 否定, en: Negation }, reach: clause-before, cues: [不会, 不得] }
replies:
  - { id: self, name: { zh: 是本人, en: Self }, about: { zh: 是本人, en: The debtor } }
steps:
  - { id: confirm, name: { zh: 确认身份, en: Confirm }, purpose: { zh: 确认, en: Confirm } }
variables:
  客户称呼: { type: salutation, sample: 王先生 }
rules:
  - id: mine/threat
    category: threat-violence
    severity: error
    title: { zh: 不得威胁, en: No threats }
    message: { zh: 这是威胁, en: A threat }
    why: { zh: 违法, en: Illegal }
    sources: [LAW-1]
    match: ['打{who:你|您}']
    unless: [negated]
    examples:
      bad: [再不还就打你, 小心我打您, 明天打你一顿]
      good: [我们不会打您, 您好, 再见]
`;
