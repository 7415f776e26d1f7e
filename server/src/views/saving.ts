import type { Range, WorkspaceEdit } from 'vscode-languageserver-types';
import { applyEdits, type Edit } from '../base/edit.ts';
import { foldName } from '../base/names.ts';
import { shift } from '../base/span.ts';
import { inLanguage, type Language } from '../base/text.ts';
import { toRange, toWorkspaceEdit } from '../features/convert.ts';
import { type Feature, Refusal } from '../features/feature.ts';
import { endName, endOf } from '../flow/ends.ts';
import { nodeName } from '../flow/names.ts';
import { runScenario } from '../flow/scenario.ts';
import { type Script, scriptOf } from '../model/script.ts';
import { type Snapshot, withScript } from '../model/workspace.ts';
import { handOf } from '../model/writing.ts';
import type { Scenario } from '../syntax/tree.ts';
import { type Course, type Played, play, type Reply } from './playing.ts';
import { courseOf, type RehearseParams } from './rehearsal.ts';

export interface SavedRehearsal {
  readonly edit: WorkspaceEdit;
  /** Where the name of the scenario will stand. */
  readonly name: Range;
}

/** `huashu/saveRehearsal`: writes what was rehearsed below the script, as a scenario that passes. */
export const saveRehearsal: Feature<RehearseParams, SavedRehearsal | Refusal> = {
  method: 'huashu/saveRehearsal',
  capability: {},
  run(context, params) {
    const { snapshot } = context;
    const script = snapshot.script(params.uri);
    const course = script && courseOf(params, script, context);
    const played = course && play(course, script, snapshot);
    if (!script || !played || played.refused)
      return new Refusal(
        '话术已经改了，走不到这里了，没有写入。',
        'The script has changed, and this is not played any more; nothing was written.',
      );
    if (course.inside)
      return new Refusal(
        '用例总是从头开始，而从头走不到这一节，没有写入。',
        'A scenario begins at the beginning, from where nothing leads here; nothing was written.',
      );
    const name = freeName(nameFor(course.replies, script), script);
    const replies = course.replies.map((reply, at) => ({ ...reply, text: played.names[at] ?? reply.text }));
    // Without its expectations where a name in them would be read as several.
    for (const expecting of [true, false]) {
      const lines = scenarioLines(name, course.values, replies, expecting ? played : undefined, script);
      const edit = appended(lines, script);
      const written = scriptOf(script.uri, script.text.version, applyEdits(script.source, [edit]), script);
      const scenario = written.tree.scenarios.at(-1);
      if (scenario?.heading.line.name.text !== name || !passes(scenario, written, withScript(snapshot, written)))
        continue;
      const place = shift(scenario.heading.line.name, scenario.heading.start);
      return { edit: toWorkspaceEdit(script, [edit], snapshot), name: toRange(written, place) };
    }
    return new Refusal(
      '这段演练写成用例就不是原来的意思了，没有写入。',
      'Written as a scenario this rehearsal would mean something else; nothing was written.',
    );
  },
};

function passes(scenario: Scenario, script: Script, snapshot: Snapshot): boolean {
  return runScenario(scenario, script, snapshot).failures.length === 0;
}

/** Behind everything else, with a blank line above. */
function appended(lines: readonly string[], script: Script): Edit {
  const { eol } = handOf(script);
  const { source } = script;
  const start = source.trimEnd().length;
  return { start, end: source.length, newText: (start === 0 ? '' : eol + eol) + lines.join(eol) + eol };
}

/** @param played what happened: the nodes and the end to which the replies led are expected */
function scenarioLines(
  name: string,
  values: Course['values'],
  replies: readonly Reply[],
  played: Played | undefined,
  script: Script,
): readonly string[] {
  const write = handOf(script);
  const { colon, comma } = write;
  const given = values.filter(({ value }) => value !== '').map(({ name: variable, value }) => `${variable} = ${value}`);
  const says = ({ speaker, text }: Reply): string =>
    `${write.role(speaker)}${write.english ? ' says' : '说'}${colon}${text.replace(/\s+/g, ' ').trim()}`;
  const expected = played ? namesBehind(played, replies.length, script) : [];
  const expects = (behind: number): readonly string[] =>
    (expected[behind] ?? []).map((each) => `${write.keyword('expect')}${colon}${each}`);
  return [
    `${write.keyword('case')}${colon}${name}`,
    ...(given.length > 0 ? [`${write.keyword('given')}${colon}${given.join(comma)}`] : []),
    ...replies.flatMap((reply, index) => [says(reply), ...expects(index)]),
  ];
}

/** Behind each reply the last node to which it led; behind the last one how the conversation ended, where it did. */
function namesBehind(
  { steps, said, standing }: Played,
  replies: number,
  script: Script,
): readonly (readonly string[])[] {
  return Array.from({ length: replies }, (_, index) => {
    const from = said.find(({ reply }) => reply === index)?.at ?? steps.length;
    const next = said.find(({ reply }) => reply === index + 1)?.at ?? steps.length;
    const entered = steps.slice(from, next).findLast(({ point }) => point.kind === 'entry');
    const node = entered && nodeName(entered.point.visit, script);
    const end = index === replies - 1 && standing.kind === 'ended' ? endOf(standing.point) : undefined;
    const ending =
      end && end.kind !== 'ran-out' && end.kind !== 'return' ? [inLanguage(endName(end), wordsOf(script))] : [];
    return [...(node ? [node] : []), ...ending];
  });
}

function wordsOf(script: Script): Language {
  return handOf(script).english ? 'en' : 'zh-CN';
}

/** What was rehearsed, by what the customer said: `演练：是本人、有困难`. */
function nameFor(replies: readonly Reply[], script: Script): string {
  const { english, colon } = handOf(script);
  const said = replies.map(({ text }) => text.replace(/\s+/g, ' ').trim());
  const shown = said.length > mostNamed ? ['…', ...said.slice(-mostNamed)] : said;
  const head = english ? 'Rehearsal' : '演练';
  return shown.length === 0 ? head : `${head}${colon}${shown.join(english ? ', ' : '、')}`;
}

const mostNamed = 3;

function freeName(name: string, { tree }: Script): string {
  const taken = new Set(tree.scenarios.map(({ heading }) => foldName(heading.line.name.text)));
  if (!taken.has(foldName(name))) return name;
  let number = 2;
  while (taken.has(foldName(`${name} ${number}`))) number++;
  return `${name} ${number}`;
}
