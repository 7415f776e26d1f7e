import { resolve } from 'node:path';
import type { Side } from '../comparing/changes.ts';
import { differenceOf, isSame } from '../comparing/difference.ts';
import { htmlOf } from '../handover/html.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Pack } from '../packs/pack.ts';
import { differenceDocument } from '../report/difference.ts';
import { differenceJson } from '../report/differenceJson.ts';
import { documentText } from '../report/documentText.ts';
import { refuseOutput, writeOut } from './check.ts';
import { committed } from './git.ts';
import { tellMistakes } from './mistakes.ts';
import { complain, type DiffOptions, UsageError } from './options.ts';
import { paintFor } from './paint.ts';
import { nameOf, openProject } from './project.ts';

/** `huashu diff`: what has changed for the customer. 0 nothing, 1 something or a configuration has a mistake, 2 something could not be read, as `diff` has it. */
export async function runDiff(options: DiffOptions, bundled: readonly Pack[]): Promise<number> {
  const { language, paths, output } = options;
  const [first, second, ...more] = paths;
  if (first === undefined || more.length > 0 || options.stdin)
    throw new UsageError(
      'diff 需要两份话术，或者一份话术，与 git 里的上一版相比：huashu diff 旧 新。',
      'diff takes two scripts, or one, which is compared with its last version in git: huashu diff OLD NEW.',
    );
  const { scripts, snapshot, problems, unreadable } = await openProject(options, bundled);
  for (const text of unreadable) complain(text, language);
  if (unreadable.length > 0) return 2;
  if (scripts.length !== new Set(paths.map((path) => resolve(path))).size)
    throw new UsageError('diff 比较的是话术文件，不是文件夹。', 'diff compares scripts and not folders.');
  refuseOutput(options, scripts);
  const { errors } = tellMistakes(problems, language);
  const sides = second === undefined ? await sinceCommit(scripts[0] as Script, snapshot) : sidesOf(scripts, snapshot);
  const difference = differenceOf(sides.before, sides.after);
  const names = { before: sides.name ?? nameOf(sides.before.script.uri), after: nameOf(sides.after.script.uri) };
  if (options.format === 'json') await writeOut(differenceJson(difference, sides, names, language, nameOf), output);
  else {
    const document = differenceDocument(difference, sides, names, language);
    await writeOut(
      options.format === 'html' ? htmlOf(document) : documentText(document, paintFor(output === undefined)),
      output,
    );
  }
  return isSame(difference) && errors === 0 ? 0 : 1;
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** How the side before is called, where it is no file. */
  readonly name?: string;
}

function sidesOf(scripts: readonly Script[], snapshot: Snapshot): Sides {
  const [before, after] = [scripts[0], scripts.at(-1)] as [Script, Script];
  return { before: { script: before, snapshot }, after: { script: after, snapshot } };
}

/** The same file as it was committed last, among the other files as they are. */
async function sinceCommit(script: Script, snapshot: Snapshot): Promise<Sides> {
  const text = await committed(script.uri);
  if (typeof text !== 'string') throw new UsageError(text.zh, text.en);
  const earlier = snapshot.edited(new Map([[script.uri, text]]));
  const before = earlier.script(script.uri) as Script;
  return {
    before: { script: before, snapshot: earlier },
    after: { script, snapshot },
    name: `HEAD:${nameOf(script.uri)}`,
  };
}
