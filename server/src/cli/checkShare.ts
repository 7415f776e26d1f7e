import type { Pack } from '../packs/pack.ts';
import { type FileReport, reportedFindings } from '../report/report.ts';
import { check } from '../rules/check.ts';
import type { Options } from './options.ts';
import { nameOf, openTexts, type Project, type ScriptText } from './project.ts';
import type { Doer } from './threads/works.ts';

/** Some of the scripts of a project, by URI. */
export type Share = readonly string[];

/** What another thread needs to know to check shares of a project: all of it, since scripts name each other's nodes. */
export interface SharedProject {
  readonly texts: readonly ScriptText[];
  readonly options: Options<string>;
  readonly showsFixes: boolean;
}

/** Opens a project a second time, in another thread. */
export async function openShares(
  { texts, options, showsFixes }: SharedProject,
  bundled: readonly Pack[],
): Promise<Doer<Share, readonly FileReport[]>> {
  const project = await openTexts(texts, options, bundled);
  return (share) => checkShare(share, project, options, showsFixes);
}

/** @param showsFixes without them nobody can ask for fixes, and what comes out can be sent to another thread for little */
export function checkShare(
  share: Share,
  { snapshot }: Project,
  { language, stdin, stdinFilename }: Pick<Options<string>, 'language' | 'stdin' | 'stdinFilename'>,
  showsFixes = true,
): FileReport[] {
  return share.map((uri) => {
    // What is worked out of a folder of scripts is not kept to the end.
    const world = snapshot.apart(() => false);
    const script = world.script(uri);
    const found = script ? check(script, world) : [];
    const told = showsFixes ? found : found.map((finding) => ({ ...finding, fixes: () => [] }));
    const findings = script ? reportedFindings(script, told, world, language, nameOf) : [];
    return {
      path: stdin ? stdinFilename : nameOf(uri),
      // As long as fixes can be asked for, each finding holds on to the world that it was found in.
      findings: showsFixes ? findings : findings.map((each) => ({ ...each })),
    };
  });
}
