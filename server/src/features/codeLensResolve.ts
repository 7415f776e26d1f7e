import type { CodeLens, Location } from 'vscode-languageserver-protocol';
import { inLanguage, listed, type Text } from '../base/text.ts';
import { type End, endName, endsFrom } from '../flow/ends.ts';
import { pathsOf } from '../flow/paths.ts';
import type { NodeSymbol, Script } from '../model/script.ts';
import type { LensMemory } from './codeLens.ts';
import { toRange } from './convert.ts';
import type { Context, Feature } from './feature.ts';
import { nodeReferences } from './occurrences.ts';

/** The text of a lens that has come into sight, and what a click on it does. */
export const codeLensResolve: Feature<CodeLens, CodeLens> = {
  method: 'codeLens/resolve',
  // Promised together with the lenses.
  capability: {},
  run(context, lens) {
    const { uri, shows } = lens.data as LensMemory;
    const script = context.snapshot.script(uri);
    const symbol = script?.nodes.find(({ node }) => node.heading?.index === lens.range.start.line);
    if (!script || !symbol) return lens;
    const command =
      shows === 'references' ? referencesCommand(symbol, script, context) : endsCommand(symbol, script, context);
    return { range: lens.range, command };
  },
};

function referencesCommand(symbol: NodeSymbol, script: Script, context: Context): NonNullable<CodeLens['command']> {
  const { snapshot, language, editor } = context;
  const locations = [...nodeReferences(symbol, script, snapshot)].map(
    (each): Location => ({ uri: each.script.uri, range: toRange(each.script, each.span) }),
  );
  const title = inLanguage(countOf(locations.length), language);
  // Only our own client can turn what JSON holds into what the command of VS Code wants.
  if (editor?.referencesCommand === undefined || locations.length === 0) return { title, command: '' };
  const { start } = toRange(script, symbol.span);
  return { title, command: editor.referencesCommand, arguments: [script.uri, start, locations] };
}

function countOf(count: number): Text {
  if (count === 0) return { zh: '没有别处跳到这里', en: 'nothing jumps here' };
  return { zh: `${count} 处引用`, en: count === 1 ? '1 reference' : `${count} references` };
}

function endsCommand({ node }: NodeSymbol, script: Script, context: Context): NonNullable<CodeLens['command']> {
  const ends = endsFrom(node, script, pathsOf(script, context.snapshot));
  return { title: inLanguage(endsText(ends), context.language), command: '' };
}

const shownEnds = 3;

function endsText(ends: readonly End[] | undefined): Text {
  if (!ends) return { zh: '没有路径到达这里', en: 'no path leads here' };
  if (ends.length === 0) return { zh: '走不到任何结果', en: 'leads to no outcome' };
  const names = ends.slice(0, shownEnds).map(endName);
  const zh = listed(names.map((name) => name.zh)).zh;
  const en = listed(names.map((name) => name.en)).en;
  const more = ends.length - names.length;
  return {
    zh: `可能的结果：${zh}${more > 0 ? `等 ${ends.length} 种` : ''}`,
    en: `possible outcomes: ${en}${more > 0 ? ` and ${more} more` : ''}`,
  };
}
