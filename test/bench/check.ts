import type { Pack } from '../../server/src/packs/pack.ts';
import { check } from '../../server/src/rules/check.ts';
import { createChecker } from '../../server/src/rules/checker.ts';
import { editOf } from './edits.ts';
import { scriptOfLines } from './generate.ts';
import { bundledPacks, workspaceWith } from './ground.ts';
import { cpuOf, figureOf, type Pass, sampleOf, timesBare } from './measure.ts';
import { figureIn, type Row } from './row.ts';
import { textlintOf } from './textlint.ts';

/** A complete check: parse, wording, flow, all bundled packs. */
export async function checking(): Promise<readonly Row[]> {
  const bundled = bundledPacks();
  const text = scriptOfLines(10_000);
  const workspace = workspaceWith(bundled);
  const uri = 'file:///w/a.huashu';
  let version = 0;
  const checked = (source: string): number => {
    const script = workspace.set(uri, ++version, source);
    return check(script, workspace.snapshot()).length;
  };
  // Nothing has run before in this process.
  const cold = sampleOf(() => checked(text), 0);
  // Other lines each time, since equal lines are checked once.
  const others = Array.from({ length: 16 }, (_, index) => scriptOfLines(10_000, 2 + index));
  let next = 0;
  const words = editing([text, editOf(text).after], bundled);
  const acts = editing([text, doingSomethingElse(text)], bundled);
  const ways = editing([text, jumpingElsewhere(text)], bundled);
  const { fresh, again, word, act, way } = timesBare(
    text,
    {
      fresh: () => checked(others[next++ % others.length]!),
      again: () => checked(text),
      word: words,
      act: acts,
      way: ways,
    },
    { rounds: 2, sample: 1 },
  );
  const bare = fresh!.milliseconds / fresh!.value;
  const textlint = await textlintOf(text, 500);
  const linted: number[] = [];
  for (let round = 0; round < 3; round++) linted.push((await cpuOf(textlint)) / bare);

  return [
    {
      id: 'check.warm',
      title: {
        zh: '完整检查一万行从未见过的话术（热）',
        en: 'Complete check of 10,000 lines that were never seen, warm',
      },
      unit: '× bare',
      ...fresh!,
      most: 30,
      peers: [{ name: 'textlint + textlint-rule-prh, 500 phrases', ...figureOf(Math.min(...linted), linted) }],
      note: { zh: '全部自带规则包；每轮换一份话术', en: 'All bundled packs; another script each round' },
    },
    {
      id: 'check.again',
      title: {
        zh: '完整检查一万行已见过的话术（热）',
        en: 'Complete check of 10,000 lines that were seen before, warm',
      },
      unit: '× bare',
      ...again!,
      peers: [],
    },
    {
      id: 'check.edit',
      title: {
        zh: '一万行中改一个字之后的检查',
        en: 'Check after one character of 10,000 lines changed',
      },
      unit: 'ms',
      ...figureIn(word!, 0.5),
      peers: [],
    },
    {
      id: 'check.act',
      title: {
        zh: '一万行中有一行的作用变了之后的检查',
        en: 'Check after one line of 10,000 does something else',
      },
      unit: 'ms',
      ...figureIn(act!, 0.5),
      peers: [],
    },
    {
      id: 'check.jump',
      title: {
        zh: '一万行中改一个跳转之后的检查',
        en: 'Check after one jump of 10,000 lines goes elsewhere',
      },
      unit: 'ms',
      ...figureIn(way!, 0.5),
      peers: [],
    },
    {
      id: 'check.cold',
      title: {
        zh: '进程里第一次完整检查一万行，含准备规则',
        en: 'First complete check of 10,000 lines in a process, with making the rules ready',
      },
      unit: '× bare',
      value: cold / bare,
      low: cold / bare,
      high: cold / bare,
      peers: [],
    },
    {
      id: 'check.time',
      title: { zh: '完整检查一万行的 CPU 时间（热）', en: 'CPU time of the complete check of 10,000 lines, warm' },
      unit: 'ms',
      ...figureIn(fresh!),
      peers: [],
    },
  ];
}

/** A script that goes back and forth between states, checked as the server does: what was found before an edit is used behind it. */
function editing(states: readonly string[], bundled: readonly Pack[]): Pass {
  const checker = createChecker();
  const workspace = workspaceWith(bundled);
  let version = 0;
  return () =>
    states.map((state) => {
      const script = workspace.set('file:///w/edited.huashu', ++version, state);
      return checker.check(script, workspace.snapshot()).length;
    });
}

/** The same script, in which one line offers what it did not offer. */
function doingSomethingElse(text: string): string {
  const at = text.indexOf('\n坐席：', Math.floor(text.length / 2)) + '\n坐席：'.length;
  return `${text.slice(0, at)}可以为您办理分期还款，您看怎么样？${text.slice(text.indexOf('\n', at))}`;
}

/** The same script, in which one reply leads to another node. */
function jumpingElsewhere(text: string): string {
  const at = text.indexOf(' → 节', Math.floor(text.length / 2));
  const end = text.indexOf('\n', at);
  return `${text.slice(0, at)} → 节7${text.slice(end)}`;
}
