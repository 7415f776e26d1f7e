// A language model for the editor that says what it is told to; its extension lies in the folder `standIn`.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from '../../client/setup.mjs';

/** Packs the stand-in, and answers what an editor needs to have it, and to show what it has to do with models at all. */
export async function withStandIn() {
  const packagePath = path.join(root, 'out/stand-in.vsix');
  await mkdir(path.dirname(packagePath), { recursive: true });
  const cwd = path.join(root, 'test/editor/standIn');
  await createVSIX({ cwd, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return { others: [packagePath], settings: { 'chat.disableAIFeatures': false, 'chat.commandCenter.enabled': false } };
}

/** The settings of a folder: which models there are, what they answer, and whatever else. */
export function standInSettings(models, answer, more = {}) {
  return JSON.stringify({ 'standIn.models': models, 'standIn.answer': answer, ...more });
}
