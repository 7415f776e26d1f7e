import type { Location, Position } from 'vscode-languageserver-protocol';
import type { Sheet } from '../model/workspace.ts';
import { siteAt } from '../packs/yamlSite.ts';
import { scalarText } from '../packs/yamlText.ts';
import type { Context } from './feature.ts';
import { slotIn } from './yamlHover.ts';
import { placeOf } from './yamlNames.ts';

/** Where a name in a configuration or rule pack is defined. */
export function yamlDefinition(sheet: Sheet, position: Position, context: Context): Location | undefined {
  const offset = sheet.yaml.offset(position);
  const site = siteAt(sheet.yaml, sheet.form, offset);
  if (!site) return undefined;
  const slot = slotIn(site, sheet, offset);
  if (slot) {
    const kind = site.role === 'value' && site.of.kind === 'pattern' ? 'lexicon' : 'variable';
    return placeOf(kind, slot.name, sheet, context);
  }
  const scalar = site.role === 'value' ? site.of : site.of.kind === 'table' ? site.of.keys : undefined;
  if (scalar?.kind !== 'name' && scalar?.kind !== 'definition') return undefined;
  return placeOf(scalar.of, scalarText(site.node) ?? '', sheet, context);
}
