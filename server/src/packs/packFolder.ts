import { nearest } from '../base/names.ts';
import { packForm } from './packSchema.ts';
import { keysOf } from './shape.ts';
import { pairsOf, scalarText, type YamlText } from './yamlText.ts';

/** Whether a YAML file says of itself that it is a rule pack. */
export function saysPack(yaml: YamlText): boolean {
  return pairsOf(yaml.root)?.some(({ name }) => name === 'pack') ?? false;
}

/** Whether a YAML file can be a part of a pack: no top-level key is anything but one of a pack's, or a slip for one. */
export function couldBePart(yaml: YamlText): boolean {
  const sections = keysOf(packForm);
  const names = pairsOf(yaml.root)?.map(({ name }) => name);
  // Nothing yet, or a first word.
  if (!names) return yaml.root === undefined || scalarText(yaml.root) !== undefined;
  return names.every((name) => nearest(name, sections) !== undefined);
}

/** The files of a folder that form a pack which no script or configuration names: exactly one of them says `pack`. */
export function packAmong<File extends { readonly yaml: YamlText }>(files: readonly File[]): readonly File[] {
  const parts = files.filter(({ yaml }) => couldBePart(yaml));
  return parts.filter(({ yaml }) => saysPack(yaml)).length === 1 ? parts : [];
}
