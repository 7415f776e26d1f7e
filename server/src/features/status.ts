import { inLanguage, type Text } from '../base/text.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { Pack, Severity } from '../packs/pack.ts';
import type { YamlProblem } from '../packs/yamlReader.ts';
import { reasonAgainst } from '../rules/structure/rulePack.ts';
import type { Feature } from './feature.ts';

/** How a script is checked, and what was found, in a few words. */
export interface ScriptStatus {
  readonly packs: readonly { readonly id: string; readonly title: string; readonly version: string }[];
  /** Packs of which something or everything is not in force, and why. */
  readonly troubles: readonly { readonly name: string; readonly reason: string }[];
  /** How many findings there are, by severity; what is suppressed does not count. */
  readonly findings: { readonly [severity in Severity]: number };
}

/** `huashu/status`: the packs in force for a script and the number of its findings; nothing where there is no such script. */
export const status: Feature<{ readonly uri: string }, ScriptStatus | null> = {
  method: 'huashu/status',
  capability: {},
  run(context, { uri }) {
    const { snapshot, language } = context;
    const script = snapshot.script(uri);
    if (!script) return null;
    const { set, missing } = snapshot.packs(script);
    const findings = context.findings(script).filter(({ suppressed }) => !suppressed);
    const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
    return {
      packs: set.packs.map(({ id, title, version }) => ({ id, title: inLanguage(title, language), version })),
      troubles: [
        ...missing.map((each) => ({ name: each.name, reason: inLanguage(reasonAgainst(each), language) })),
        ...set.packs.flatMap((pack) => {
          const problem = mistakeIn(pack, snapshot);
          return problem ? [{ name: pack.id, reason: inLanguage(mistakeText(pack, problem), language) }] : [];
        }),
      ],
      findings: { error: count('error'), warning: count('warning'), info: count('info'), hint: count('hint') },
    };
  },
};

/** The first mistake in the files of a pack that is in force apart from what is wrong. */
function mistakeIn(pack: Pack, { settings }: Snapshot): YamlProblem | undefined {
  const file = [...settings.files.values()].find((each) => each.pack === pack);
  return file?.problems.find(({ severity }) => severity === 'error');
}

function mistakeText({ id }: Pack, { path, line, message }: YamlProblem): Text {
  const file = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  return {
    zh: `规则包“${id}”有错误，出错的部分没有生效（${file} 第 ${line + 1} 行：${message.zh}）`,
    en: `The rule pack “${id}” has a mistake, and what is wrong is not in force (${file}, line ${line + 1}: ${message.en})`,
  };
}
