import { inLanguage, type Text } from '../base/text.ts';
import type { Pack } from '../packs/pack.ts';
import { refuseOutput, reportsOf, writeOut } from './check.ts';
import { type Entry, entriesOf } from './known.ts';
import { tellMistakes } from './mistakes.ts';
import { complain, type Options } from './options.ts';
import { openProject } from './project.ts';

/** `huashu baseline`: writes what is found today, for `check --baseline`. 0 done, 1 but a configuration has a mistake, 2 something could not be read. */
export async function runBaseline(options: Options<'json'>, bundled: readonly Pack[]): Promise<number> {
  const { language, output } = options;
  const project = await openProject(options, bundled);
  refuseOutput(options, project.scripts);
  const { errors } = tellMistakes(project.problems, language);
  const files = await reportsOf(project, options, false);
  const findings = files.flatMap((file) => entriesOf(file, output ?? 'here'));
  await writeOut(written(findings), output);
  if (output !== undefined) process.stdout.write(`${inLanguage(countOf(findings.length, output), language)}\n`);
  for (const text of project.unreadable) complain(text, language);
  if (project.unreadable.length > 0) return 2;
  return errors > 0 ? 1 : 0;
}

/** A line a finding, so that its history can be read and merged. */
function written(findings: readonly Entry[]): string {
  const lines = findings.map((each) => `\n    ${JSON.stringify(each)}`);
  return `{\n  "version": 1,\n  "findings": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function countOf(count: number, file: string): Text {
  return {
    zh: `“${file}”里记下了 ${count} 条已有的问题。`,
    en: `${count} ${count === 1 ? 'finding' : 'findings'} written to “${file}”.`,
  };
}
