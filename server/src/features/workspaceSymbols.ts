import type { SymbolInformation, SymbolKind, WorkspaceSymbolParams } from 'vscode-languageserver-protocol';
import { foldName } from '../base/names.ts';
import type { Script } from '../model/script.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';

const nodeKind: SymbolKind = 5;

/** More than these nobody looks through; one types another character. */
const most = 500;

/** The nodes of all scripts whose names hold the characters of the query in their order. */
export const workspaceSymbols: Feature<WorkspaceSymbolParams, SymbolInformation[]> = {
  method: 'workspace/symbol',
  capability: { workspaceSymbolProvider: true },
  everywhere: true,
  run({ snapshot }, { query }) {
    const wanted = foldName(query);
    const found = snapshot.scripts.flatMap((script) =>
      script.names.flatMap((name, index) => {
        const rank = rankOf(foldName(name), wanted);
        return rank === undefined ? [] : [{ script, name, index, rank }];
      }),
    );
    return found
      .sort((a, b) => a.rank - b.rank)
      .slice(0, most)
      .flatMap(({ script, name, index }) => {
        const symbol = script.nodes[index];
        if (!symbol) return [];
        const location = { uri: script.uri, range: toRange(script, symbol.span) };
        return [{ name, containerName: titleOf(script), kind: nodeKind, location }];
      });
  },
};

/** How well a name fits, 0 being best: the query is the name, begins it, stands in it, or is spread over it. */
function rankOf(name: string, wanted: string): number | undefined {
  if (name === wanted) return 0;
  const at = name.indexOf(wanted);
  if (at >= 0) return at === 0 ? 1 : 2;
  let from = 0;
  for (const char of wanted) {
    const found = name.indexOf(char, from);
    if (found < 0) return undefined;
    from = found + char.length;
  }
  return 3;
}

/** What a script is called: its title, or its file without the ending. */
export function titleOf({ tree, uri }: Script): string {
  const title = tree.frontMatter.title?.value;
  if (title) return title;
  const file = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(file).replace(/\.(huashu|话术)$/i, '');
  } catch {
    return file;
  }
}
