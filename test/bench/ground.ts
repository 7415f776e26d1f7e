import { readdirSync, readFileSync } from 'node:fs';
import { createWorkspace, type Workspace } from '../../server/src/model/workspace.ts';
import { loadPack } from '../../server/src/packs/load.ts';
import type { Pack } from '../../server/src/packs/pack.ts';

export const today = '2026-11-23';

const folder = 'server/packs';

/** The packs of the product; the bench runs in the root of the project, whatever file it was bundled into. */
export function bundledPacks(): readonly Pack[] {
  return readdirSync(folder).flatMap((name) => {
    const files = readdirSync(`${folder}/${name}`).sort();
    const read = (file: string): { path: string; text: string } => ({
      path: file,
      text: readFileSync(`${folder}/${name}/${file}`, 'utf8'),
    });
    return loadPack(files.map(read)).pack ?? [];
  });
}

/** A workspace in which all bundled packs count for every script. */
export function workspaceWith(bundled: readonly Pack[]): Workspace {
  return createWorkspace({ bundled, files: new Map(), configs: [], extraPacks: bundled.map(({ id }) => id), today });
}
