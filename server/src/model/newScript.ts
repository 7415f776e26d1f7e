import { applyEdits } from '../base/edit.ts';
import type { Step } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';
import {
  type Channel,
  channels,
  type FrontMatterKey,
  frontMatterKeys,
  type Stage,
  stages,
  statuses,
  type Term,
} from '../syntax/vocabulary.ts';
import { declareVariables } from './declare.ts';
import { endOfNodes, nodeBehind } from './newNode.ts';
import { relink } from './relink.ts';
import { scriptOf } from './script.ts';
import { renderStep } from './template.ts';
import { hand, scalar } from './writing.ts';

/** What a new script is for. */
export interface ScriptKind {
  readonly channel: Channel;
  readonly stage: Stage;
  /** The bank on whose behalf an agency calls; missing where the bank calls itself. */
  readonly principal?: string;
  /** Written with English keywords. */
  readonly english: boolean;
}

/** A new script with the templates of some steps, in the order of the conversation. */
export function newScript(kind: ScriptKind, steps: readonly Step[], packs: PackSet): string {
  let source = frontMatterFor(kind);
  for (const step of packs.steps.filter((each) => steps.includes(each))) {
    const script = scriptOf('untitled:new.huashu', 0, source);
    const { heading, lines, undeclared } = renderStep(step, script, packs);
    source = applyEdits(source, [
      ...declareVariables(script, undeclared, packs),
      nodeBehind(endOfNodes(script), heading, lines, script),
      ...relink(step, heading.slice(1, -1), script, packs),
    ]);
  }
  return `${source}\n`;
}

/** The front matter of a script of some kind, without a line end behind it. */
export function frontMatterFor({ channel, stage, principal, english }: ScriptKind): string {
  const { word } = hand(english, '\n');
  const key = (id: FrontMatterKey): string =>
    word(frontMatterKeys.find((each) => each.id === id) ?? frontMatterKeys[0]);
  const value = (terms: readonly Term[], id: string): string => {
    const found = terms.find((each) => each.id === id);
    return found ? word(found) : id;
  };
  const [by, at] = [value(channels, channel), value(stages, stage)];
  const title = english ? `${by.charAt(0).toUpperCase()}${by.slice(1)} script (${at})` : `${by}话术（${at}）`;
  const entries = [
    [key('title'), scalar(title)],
    [key('status'), value(statuses, 'draft')],
    [key('channel'), by],
    [key('stage'), at],
    ...(principal === undefined ? [] : [[key('principal'), scalar(principal)]]),
  ];
  return ['---', ...entries.map(([name, text]) => `${name}: ${text}`), '---'].join('\n');
}
