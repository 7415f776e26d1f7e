import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDocument } from '../../server/src/documents/documents.ts';
import { exported } from '../../server/src/documents/exporting.ts';
import type { ExportFormat } from '../../server/src/handover/formats.ts';
import type { Script } from '../../server/src/model/script.ts';
import { createWorkspace, type Snapshot } from '../../server/src/model/workspace.ts';
import { today, uriOf } from '../fixture.ts';
import { bundledPacks } from '../packs.ts';

const root = join(import.meta.dirname, '../..');

/** Every script that lies in this repository, by its path. */
export function everyScript(): ReadonlyMap<string, string> {
  const folders = ['samples', 'test/quality/flow/developed', 'test/quality/flow/unseen'];
  const paths = folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`));
  return new Map(
    paths.filter((path) => /\.huashu$/.test(path)).map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );
}

export function opened(source: string, name = 'main.huashu'): { readonly script: Script; readonly snapshot: Snapshot } {
  const workspace = createWorkspace({ bundled: bundledPacks, files: new Map(), configs: [], extraPacks: [], today });
  const script = workspace.set(uriOf(name), 0, source);
  return { script, snapshot: workspace.snapshot() };
}

export async function bytesOf(source: string, format: ExportFormat): Promise<Uint8Array> {
  const { script, snapshot } = opened(source);
  return exported(format, script, snapshot, 'zh-CN');
}

/** The script that such a file is read as; fails where it is not recognised. */
export async function readBack(bytes: Uint8Array, format: ExportFormat): Promise<string> {
  const read = await openDocument(`a.${format}`, bytes);
  if ('refused' in read) throw new Error(read.refused.zh);
  if (read.content.kind !== 'script') throw new Error(`read as ${read.content.kind}`);
  return read.content.text;
}
