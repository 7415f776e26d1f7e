import {
  Composer,
  type CST,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  Parser,
  type SchemaOptions,
} from 'yaml';

/** Nobody nests deeper by hand, and whoever composes the document calls itself for every level. */
const deepest = 60;

/** The first document of a YAML text; nothing where it is nested too deeply to be read. */
export function yamlDocument(
  source: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): Document.Parsed | undefined {
  const tokens = [...new Parser().parse(source)];
  if (tokens.some(isTooDeep)) return undefined;
  const composer = new Composer({ prettyErrors: false, logLevel: 'silent', ...options });
  const [document] = composer.compose(tokens, true, source.length);
  return document;
}

/** Goes down without calling itself: the stack is what there is too little of. */
function isTooDeep(root: CST.Token): boolean {
  const waiting: { readonly token: CST.Token; readonly depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return true;
    for (const inner of innerOf(token)) waiting.push({ token: inner, depth: depth + 1 });
  }
  return false;
}

function innerOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}
