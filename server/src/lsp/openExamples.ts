import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EnvironmentProblem } from '../host/environment.ts';
import { examinePack, type FailedExample, moved } from '../host/packExamples.ts';
import { effectiveConfig } from '../model/config.ts';
import { type FilePack, keyOf, type Settings, type Workspace } from '../model/workspace.ts';

/** The examples of the packs that somebody is writing, run as tests. */
export interface OpenExamples {
  /** Those that failed when they were run last. */
  problems(): readonly EnvironmentProblem[];
  /** Takes failures along to where their examples stand now. */
  follow(settings: Settings): void;
  /** Runs the examples of every pack with an open file, a rule at a time, until they are out of date; answers whether there is news. */
  examine(isStale: () => boolean): Promise<boolean>;
}

export function openExamplesOf(
  workspace: Workspace,
  documents: TextDocuments<TextDocument>,
  pause: () => Promise<void>,
): OpenExamples {
  /** By the first file of the pack. */
  const failures = new Map<string, { readonly pack: FilePack; readonly found: readonly FailedExample[] }>();
  return {
    problems: () => [...failures.values()].flatMap(({ found }) => found.map(({ problem }) => problem)),
    follow({ files }) {
      for (const pack of files.values()) {
        const key = pack.files[0]?.uri ?? '';
        const old = failures.get(key);
        if (old) failures.set(key, { ...old, found: moved(old.found, pack) });
      }
    },
    async examine(isStale) {
      const { settings } = workspace.snapshot();
      const open = new Set(documents.all().map(({ uri }) => keyOf(uri)));
      const packs = [...settings.files.values()].filter(({ files }) => files.some(({ uri }) => open.has(keyOf(uri))));
      const keys = new Set(packs.map(({ files: [first] }) => first?.uri ?? ''));
      let changed = false;
      for (const key of failures.keys()) if (!keys.has(key)) changed = failures.delete(key) || changed;
      for (const pack of packs) {
        const key = pack.files[0]?.uri ?? '';
        if (failures.get(key)?.pack === pack) continue;
        const found: FailedExample[] = [];
        const day = effectiveConfig(key, settings.configs).asOf ?? settings.today;
        for (const failed of examinePack(pack, day, open)) {
          found.push(...failed);
          await pause();
          // Until the new ones are known, those of the pack as it was remain.
          if (isStale()) return false;
        }
        failures.set(key, { pack, found });
        changed = true;
      }
      return changed;
    },
  };
}
