import { factValueNames } from '../packs/labels.ts';
import { type Fact, factValues } from '../packs/pack.ts';
import type { Choice } from '../packs/shape.ts';
import type { YamlSite } from '../packs/yamlSite.ts';
import { entryOf, scalarText } from '../packs/yamlText.ts';

/** The values of which one may stand at a place. */
export function choicesAt(site: YamlSite): readonly Choice[] {
  if (site.role === 'key') return [];
  if (site.of.kind === 'choice') return site.of.choices;
  if (site.of.kind !== 'fact-value') return [];
  const fact = scalarText(entryOf(site.around.at(-1)?.node, 'fact')) ?? '';
  const values: readonly string[] = fact in factValues ? factValues[fact as Fact] : [];
  return values.map((value) => ({ value, about: factValueNames[value] ?? { zh: value, en: value } }));
}
