import { inLanguage, type Text } from '../base/text.ts';
import type { MissingPack, Snapshot } from '../model/workspace.ts';
import type { Pack, Severity } from '../packs/pack.ts';
import type { YamlProblem } from '../packs/yamlReader.ts';
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
  looksAtFindings: true,
  run(context, { uri }) {
    const { snapshot, language } = context;
    const script = snapshot.script(uri);
    if (!script) return null;
    const { set, missing } = snapshot.packs(script);
    const findings = context.findings(script).filter(({ suppressed }) => !suppressed);
    const count = (severity: Severity): number => findings.filter((each) => each.severity === severity).length;
    return {
      packs: set.packs.map(({ id, title, version }) => ({ id, title: inLanguage(title, language), version })),
      troubles: [...missing.map(missingPack), ...set.packs.flatMap((pack) => faultyPack(pack, snapshot))].map(
        ({ name, reason }) => ({ name, reason: inLanguage(reason, language) }),
      ),
      findings: { error: count('error'), warning: count('warning'), info: count('info'), hint: count('hint') },
    };
  },
};

interface Trouble {
  readonly name: string;
  readonly reason: Text;
}

/** In few words, since there is little room; the rest stands among the problems. */
function missingPack({ name, problem }: MissingPack): Trouble {
  if (!problem) return { name, reason: { zh: '找不到', en: 'not found' } };
  const { zh, en } = placeOf(problem);
  return { name, reason: { zh: `没有加载（${zh}有错误）`, en: `not loaded (mistake in ${en})` } };
}

/** A pack that is in force apart from what is wrong with it. */
function faultyPack(pack: Pack, { settings }: Snapshot): Trouble[] {
  const file = [...settings.files.values()].find((each) => each.pack === pack);
  const problem = file?.problems.find(({ severity }) => severity === 'error');
  if (!problem) return [];
  const { zh, en } = placeOf(problem);
  return [{ name: pack.id, reason: { zh: `出错的部分没有生效（${zh}）`, en: `partly in force (mistake in ${en})` } }];
}

function placeOf({ path, line }: YamlProblem): Text {
  const file = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  return { zh: `${file} 第 ${line + 1} 行`, en: `${file}, line ${line + 1}` };
}
