import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/edit.ts';
import { formatGithub } from '../../server/src/cli/formats/github.ts';
import { formatJson } from '../../server/src/cli/formats/json.ts';
import { formatJunit } from '../../server/src/cli/formats/junit.ts';
import type { Context } from '../../server/src/features/feature.ts';
import { features } from '../../server/src/features/index.ts';
import { examinePack } from '../../server/src/host/packExamples.ts';
import { importContent } from '../../server/src/importing/importing.ts';
import { type PlacedConfig, readConfig } from '../../server/src/model/config.ts';
import { levelEdits } from '../../server/src/model/configEdits.ts';
import { createWorkspace, type FilePack, type Workspace } from '../../server/src/model/workspace.ts';
import { loadPack } from '../../server/src/packs/load.ts';
import { packSetOf } from '../../server/src/packs/packSet.ts';
import { parseYaml } from '../../server/src/packs/yamlText.ts';
import { reportedFindings, reportOf } from '../../server/src/report/report.ts';
import { check, checkUtterance } from '../../server/src/rules/check.ts';
import { type Checker, createChecker } from '../../server/src/rules/checker.ts';
import type { Finding } from '../../server/src/rules/finding.ts';
import { withSafeFixes } from '../../server/src/rules/fixAll.ts';
import { scopesFor, triedSuppression } from '../../server/src/rules/suppressing.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { print } from '../../server/src/syntax/print.ts';
import { yamlFixture } from '../features/yamlFixture.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks, bundledSet } from '../packs.ts';
import { assistantsSubject } from './assistants.ts';
import { grown } from './grammar.ts';
import { handoverSubjects } from './handoverSubjects.ts';
import { messagesSubject } from './messages.ts';
import type { Random } from './mutate.ts';
import { isXml } from './wellFormed.ts';

/** Something that takes any text at all, and what must hold of it whatever the text. */
export interface Subject {
  readonly name: string;
  /** Which texts it begins with. */
  readonly seeds: 'scripts' | 'packs' | 'documents';
  /** Throws when something does not hold. */
  run(text: string, random: Random): void | Promise<void>;
}

const settings = { bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today };
const uri = uriOf('main.huashu');
const packUri = uriOf('pack.yaml');
const configUri = uriOf('huashu.yaml');
const shown = ({ fixes: _fixes, ...rest }: Finding): unknown => rest;

/** A script that is edited on and on, as in an editor. */
interface Desk {
  readonly workspace: Workspace;
  readonly checker: Checker;
  version: number;
}
let desk: Desk = { workspace: createWorkspace(settings), checker: createChecker(), version: 0 };

/** These go by what another request has answered, or are asked with what the user was asked for. */
const later = /resolve|Calls$|suppress|newScript|runScenarios|paste|willRename/;

/** What requests of all kinds ask for, at a place of a document or about a range of it. */
function paramsAt(uri: string, range: { readonly start: object; readonly end: object }): object {
  return {
    textDocument: { uri },
    uri,
    position: range.start,
    positions: [range.start],
    range,
    ranges: [range],
    context: { diagnostics: [], triggerKind: 1, includeDeclaration: true },
    options: { tabSize: 4, insertSpaces: true },
    ch: '\n',
    newName: '丁',
    query: '',
  };
}

export const subjects: readonly Subject[] = [
  ...handoverSubjects,
  messagesSubject,
  assistantsSubject,
  {
    name: 'a script is parsed, laid out and checked; every fix can be applied',
    seeds: 'scripts',
    run(text, random) {
      const tree = parse(text);
      assert.equal(tree.lines.map(({ start, end }) => text.slice(start, end)).join('\n'), text.replace(/\r\n?/g, '\n'));
      const printed = applyEdits(text, print(tree));
      assert.equal(applyEdits(printed, print(parse(printed))), printed, 'laid out twice');
      const spoken = (source: string): unknown =>
        parse(source).lines.flatMap(({ line }) => ('speech' in line ? line.speech.text : []));
      assert.deepEqual(spoken(printed), spoken(text), 'what is said stays');
      const workspace = createWorkspace(settings);
      const script = workspace.set(uri, 1, text);
      const findings = check(script, workspace.snapshot());
      for (const { start, end } of findings)
        assert.ok(0 <= start && start <= end && end <= text.length, 'a place in the text');
      const some = findings[random(Math.max(1, findings.length))];
      for (const { edits } of some?.fixes() ?? [])
        parse(
          applyEdits(
            text,
            edits.filter(({ uri: other }) => !other),
          ),
        );
      if (some) {
        const fields = { reason: text.slice(0, 40), approved: '合规部', until: '2027-01-01' };
        for (const scope of scopesFor(some, script))
          triedSuppression(some, scope, fields, script, workspace.snapshot());
      }
    },
  },
  {
    name: 'all safe fixes leave none, and every finding has its place',
    seeds: 'scripts',
    run(text) {
      const workspace = createWorkspace(settings);
      const script = workspace.set(uri, 1, text);
      const mended = withSafeFixes(script, workspace.snapshot(), check(script, workspace.snapshot()));
      const after = workspace.set(uri, 2, mended);
      const left = check(after, workspace.snapshot());
      assert.equal(withSafeFixes(after, workspace.snapshot(), left), mended, 'mended twice');
      const found = reportedFindings(after, left, workspace.snapshot(), 'zh-CN', () => '甲\n::乙.huashu');
      const report = reportOf([{ path: 'a&"<b>\n::乙.huashu', findings: found }], 1);
      isXml(formatJunit(report, { language: 'zh-CN', warningsFail: false }));
      for (const line of formatGithub(report, 'zh-CN').trimEnd().split('\n')) assert.match(line, /^(::|\p{L}|\d)/u);
      JSON.parse(formatJson(report));
    },
  },
  {
    name: 'edits give the tree and the findings of a text that was never edited',
    seeds: 'scripts',
    run(text) {
      if (desk.version > 50) desk = { workspace: createWorkspace(settings), checker: createChecker(), version: 0 };
      const script = desk.workspace.set(uri, ++desk.version, text);
      const snapshot = desk.workspace.snapshot();
      assert.deepEqual(script.tree, parse(text));
      assert.deepEqual(desk.checker.check(script, snapshot).map(shown), check(script, snapshot).map(shown));
    },
  },
  {
    name: 'every request is answered',
    seeds: 'scripts',
    run(text, random) {
      const workspace = createWorkspace(settings);
      const script = workspace.set(uri, 1, text);
      const snapshot = workspace.snapshot();
      const context: Context = { snapshot, language: 'zh-CN', findings: (each) => check(each, snapshot) };
      const position = script.text.positionAt(random(text.length + 1));
      const end = script.text.positionAt(random(text.length + 1));
      const params = {
        ...paramsAt(uri, { start: position, end }),
        text: text.slice(0, 400),
        files: [{ oldUri: uri, newUri: uriOf('乙.huashu') }],
      };
      for (const feature of features) if (!later.test(feature.method)) feature.run(context, params as never);
    },
  },
  {
    name: 'a rule pack is loaded or refused, and what is loaded can be used',
    seeds: 'packs',
    run(text, random) {
      const yaml = parseYaml(text);
      const file: FilePack = { ...loadPack([{ path: packUri, text, yaml }]), files: [{ uri: packUri, yaml }] };
      for (const { line, end } of file.problems) assert.ok(0 <= line && line <= end.line, 'a place in the pack');
      const { pack } = file;
      if (!pack) return;
      // Examples are tried a rule at a time, as in an editor.
      let tried = 0;
      for (const failed of examinePack(file, today, new Set())) if (failed.length > 9 || ++tried > 8) break;
      const workspace = createWorkspace({ ...settings, files: new Map([[packUri, file]]) });
      const source = `---\n规则包: [./pack.yaml]\n---\n${grown.scripts(random)}`;
      check(workspace.set(uri, 1, source), workspace.snapshot());
      const utterance = {
        text: '再不还钱就打断你的腿，我们会联系您的家人。',
        variables: [],
        speaker: 'agent',
        steps: [],
        facts: {},
      } as const;
      checkUtterance(utterance, packSetOf([pack]), today);
    },
  },
  {
    name: 'a configuration is read, counts for a script, and gets another level',
    seeds: 'packs',
    run(text, random) {
      const { config, problems } = readConfig('huashu.yaml', text);
      for (const { line, end } of problems) assert.ok(0 <= line && line <= end.line, 'a place in the configuration');
      const placed: PlacedConfig = { config, folder: 'file:///w/', file: { uri: configUri, text } };
      const workspace = createWorkspace({ ...settings, configs: [placed] });
      check(workspace.set(uri, 1, grown.scripts(random)), workspace.snapshot());
      const edits = levelEdits({ uri: configUri, text }, 'cn/no-insult', 'off', uri);
      if (edits) readConfig('huashu.yaml', applyEdits(text, edits));
    },
  },
  {
    name: 'every request about a rule pack or a configuration is answered',
    seeds: 'packs',
    run(text, random) {
      for (const name of ['pack.yaml', 'huashu.yaml']) {
        const { context, sheet } = yamlFixture(text, name);
        const where = `file:///w/${name}`;
        const at = (): object => sheet?.yaml.place(random(text.length + 1)) ?? { line: 0, character: 0 };
        const params = paramsAt(where, { start: at(), end: at() });
        for (const feature of features) if (!later.test(feature.method)) feature.run(context, params as never);
      }
    },
  },
  {
    name: 'a document is imported, and what was imported is a script',
    seeds: 'documents',
    run(text, random) {
      const kind = (['text', 'html', 'markdown', 'csv'] as const)[random(4)] ?? 'text';
      const { script } = importContent({ kind, text }, { packs: bundledSet, day: today });
      for (const { line } of parse(script).lines) assert.notEqual(line.kind, 'unknown', script);
    },
  },
  {
    name: 'an utterance is checked',
    seeds: 'documents',
    run(text) {
      const utterance = {
        text,
        variables: [],
        speaker: 'agent',
        steps: [],
        facts: { identity: 'unconfirmed' },
      } as const;
      for (const { start, end } of checkUtterance(utterance, bundledSet, today))
        assert.ok(start <= end && end <= text.length);
    },
  },
];
