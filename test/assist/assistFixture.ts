import { toolNamed } from '../../server/src/assist/index.ts';
import { languageIn, readInput } from '../../server/src/assist/input.ts';
import type { Answer } from '../../server/src/assist/tool.ts';
import { completed } from '../../server/src/base/steps.ts';
import type { Language } from '../../server/src/base/text.ts';
import { Refusal } from '../../server/src/features/feature.ts';
import { createWorkspace } from '../../server/src/model/workspace.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

/** Asks a tool as a model would, in a folder of some files. */
export function ask(
  name: string,
  given: unknown,
  files: Readonly<Record<string, string>> = {},
  ofUser: Language = 'zh-CN',
): Answer | Refusal {
  const tool = toolNamed(name);
  if (!tool) throw new Error(`No such tool: ${name}`);
  const input = readInput(tool, given);
  if (input instanceof Refusal) return input;
  const subject = tool.subject(input);
  if (subject instanceof Refusal) return subject;
  const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
  for (const [path, text] of Object.entries(files)) workspace.set(uriOf(path), 1, text);
  const snapshot = workspace.snapshot();
  const uri = uriOf('path' in subject ? subject.path : 'draft.huashu');
  const world = 'path' in subject ? snapshot : snapshot.edited(new Map([[uri, subject.text]]));
  const script = world.script(uri);
  if (!script) throw new Error(`No such script: ${uri}`);
  const nameOf = (each: string): string => decodeURIComponent(each.replace('file:///w/', ''));
  return completed(
    tool.run(input, { script, snapshot: world, language: languageIn(input, ofUser), problems: [], nameOf }),
  );
}

/** The answer, where there has to be one. */
export function answered(...asked: Parameters<typeof ask>): Answer {
  const answer = ask(...asked);
  if (answer instanceof Refusal) throw new Error(`Refused: ${answer.text.zh}`);
  return answer;
}

/** Why a tool was not asked, in Chinese. */
export function refused(...asked: Parameters<typeof ask>): string {
  const answer = ask(...asked);
  return answer instanceof Refusal ? answer.text.zh : '';
}
