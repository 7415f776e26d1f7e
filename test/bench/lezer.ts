import { peerModule } from './peerModule.ts';

// The lines of a script as a grammar for Lezer, the parser generator of CodeMirror: less than our scanner tells, and no front matter.

const grammar = `
@top Script { (Line? newline)* Line? }
Line { Heading | Speech | Branch | Jump | Keyword | Remark | Plain }
Heading { "【" Name "】" Text? }
Speech { Agent Tone? colon (Text | Variable)* }
Branch { Party open Category close (colon Example | blank)? (Arrow Target)? }
Jump { Arrow Target }
Keyword { Word colon Text (Arrow Target)? }
Tone { open Category close }
Variable { "{" Name "}" }
@skip {}
@tokens {
  newline { "\\n" }
  Agent { "坐席" }
  Party { "客户" | "第三方" }
  Word { "若" | "提示" | "记录" | "插入" | "结束" | "豁免" }
  colon { "：" | ":" }
  open { "（" | "(" }
  close { "）" | ")" }
  blank { " "+ }
  Arrow { "→" }
  Name { ![【】{}\\n]+ }
  Category { ![（）()\\n]+ }
  Text { ![{}\\n→]+ }
  Example { ![→\\n]+ }
  Target { ![\\n]+ }
  Remark { "#" ![\\n]* }
  Plain { ![坐客第若提记插结豁【→#\\n ] ![\\n]* }
  @precedence { Arrow, Agent, Party, Word, Remark, colon, open, close }
}
`;

interface Tree {
  readonly length: number;
}

interface Parser {
  parse(text: string, fragments?: readonly unknown[]): Tree;
}

interface Fragments {
  addTree(tree: Tree): readonly unknown[];
  applyChanges(fragments: readonly unknown[], changes: readonly object[]): readonly unknown[];
}

/** Parses a text, and parses it again behind a key, with what is left of the tree before. */
export function lezerOf(text: string, offset: number, after: string) {
  const { buildParser } = peerModule<{ buildParser(grammar: string): Parser }>('@lezer/generator');
  const { TreeFragment } = peerModule<{ TreeFragment: Fragments }>('@lezer/common');
  const parser = buildParser(grammar);
  const before = TreeFragment.addTree(parser.parse(text));
  const change = { fromA: offset, toA: offset, fromB: offset, toB: offset + 1 };
  return {
    full: () => parser.parse(text).length,
    edit: () => parser.parse(after, TreeFragment.applyChanges(before, [change])).length,
    /** For whoever wants to see that it reads what it should. */
    parse: (source: string) => String(parser.parse(source)),
  };
}
