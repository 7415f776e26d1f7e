import { touches } from '../base/span.ts';
import type { Script } from '../model/script.ts';
import type { Snapshot } from '../model/workspace.ts';
import type { YamlSite } from '../packs/yamlSite.ts';
import { pairsOf, scalarText, spanOf } from '../packs/yamlText.ts';
import { findTerm, type Term, variableTypes } from '../syntax/vocabulary.ts';
import type { Entity } from './entity.ts';
import { formOf, frontMatterSite, termsOf } from './frontMatterForm.ts';

/** What a key or value of the front matter stands for. */
export function frontMatterEntity(script: Script, offset: number, snapshot: Snapshot): Entity | undefined {
  const found = frontMatterSite(script, offset);
  if (!found) return undefined;
  const { site, start, end } = found;
  const word = scalarText(site.node) ?? '';
  if (site.role === 'value' && site.of.kind === 'name') {
    const pack = snapshot.packs(script).set.packs.find(({ id }) => id === word);
    return pack && { kind: 'pack', pack, start, end };
  }
  const term = termOf(site, word);
  if (term) return { kind: 'term', term, start, end };
  const key = site.role === 'value' ? keyOf(site) : undefined;
  return key && { kind: 'value', key, start, end };
}

function termOf({ role, of, around }: YamlSite, word: string): Term | undefined {
  if (role === 'value') return of.kind === 'choice' ? findTerm<string>(termsOf(of), word) : undefined;
  if (of.kind !== 'form') return undefined;
  // `逾期天数: 整数` is short for a mapping with a type.
  return (
    findTerm<string>(termsOf(of), word) ??
    (formOf(around) === 'variables' ? findTerm<string>(variableTypes, word) : undefined)
  );
}

/** The key that a value, or the list around it, stands under. */
function keyOf({ node, around }: YamlSite): Term | undefined {
  const form = around.findLast(({ shape }) => shape.kind !== 'list');
  if (form?.shape.kind !== 'form') return undefined;
  const { start } = spanOf(node);
  const pair = pairsOf(form.node)?.find(({ value }) => value && touches(spanOf(value), start));
  return pair && findTerm<string>(termsOf(form.shape), pair.name);
}
