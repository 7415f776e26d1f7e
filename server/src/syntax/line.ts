import type { Span } from '../base/span.ts';
import type { RoleKind, SuppressionField } from './vocabulary.ts';

/** A word or phrase of the script with its place; all spans of a line count from the start of that line. */
export interface Word extends Span {
  readonly text: string;
}

/** Spoken text. Only `{变量}` is active in it; everything else is what the agent says. */
export interface Speech extends Word {
  readonly variables: readonly Variable[];
}

/** A `{变量}` in spoken text: the name, and the span with its braces. */
export interface Variable extends Word {
  readonly braces: Span;
}

/** Where control goes: a node of this file, `file/node` of another, or a built-in target. */
export interface Target extends Word {
  readonly file?: Word;
  readonly node: Word;
}

/** What is wrong with how a line is written; the line keeps its class all the same. */
export interface Flaw extends Span {
  readonly kind:
    | 'missing-bracket'
    | 'missing-colon'
    | 'missing-arrow'
    | 'missing-target'
    | 'missing-name'
    | 'missing-text'
    | 'missing-rule'
    | 'missing-value'
    | 'surplus-text'
    | 'surplus-field'
    | 'unclosed-brace';
}

interface Base {
  /** The first token: keyword, role, bracket, arrow or `#`. */
  readonly head: Span;
  readonly flaws: readonly Flaw[];
}

export interface Blank extends Base {
  readonly kind: 'blank';
}
/** `---`, before and after the front matter. */
export interface Fence extends Base {
  readonly kind: 'fence';
}
/** A line between the fences; YAML, read by frontMatter.ts. */
export interface FrontMatterLine extends Base {
  readonly kind: 'front-matter';
}
/** `# …`, not spoken and not analysed. */
export interface Remark extends Base {
  readonly kind: 'remark';
  readonly text: Word;
}
/** `【名称】 步骤、步骤` */
export interface Heading extends Base {
  readonly kind: 'heading';
  readonly name: Word;
  readonly steps: readonly Word[];
}
/** `→ 目标` */
export interface Jump extends Base {
  readonly kind: 'jump';
  readonly target?: Target;
}
/** `坐席：…`, or `客户：…` as a line of the happy path. */
export interface Utterance extends Base {
  readonly kind: 'utterance';
  readonly role: Word;
  readonly speaker: RoleKind;
  readonly tone?: Word;
  readonly speech: Speech;
}
/** `客户（类别）：例句／例句 → 目标` */
export interface Branch extends Base {
  readonly kind: 'branch';
  readonly role: Word;
  readonly speaker: RoleKind;
  readonly category: Word;
  readonly examples: readonly Word[];
  readonly arrow?: Span;
  readonly target?: Target;
}
/** `若：条件 → 目标` */
export interface Guard extends Base {
  readonly kind: 'guard';
  readonly condition: Word;
  readonly arrow?: Span;
  readonly target?: Target;
}
/** `提示：…`, shown to the agent. */
export interface Guidance extends Base {
  readonly kind: 'guidance';
  readonly speech: Speech;
}
/** `记录：变量 = 内容` */
export interface Record extends Base {
  readonly kind: 'record';
  readonly variable: Word;
  readonly value: Speech;
}
/** `插入：文件/节点` */
export interface Insertion extends Base {
  readonly kind: 'insertion';
  readonly target?: Target;
}
/** `结束：结果` */
export interface Outcome extends Base {
  readonly kind: 'outcome';
  readonly name: Word;
}
/** `豁免（本节）：规则，原因：…，审批：…，至：…` */
export interface Suppression extends Base {
  readonly kind: 'suppression';
  readonly scope: 'line' | 'node' | 'file';
  readonly scopeWord?: Word;
  readonly rule: Word;
  readonly fields: { readonly [field in SuppressionField]?: Word };
}
/** `用例：名称` */
export interface Case extends Base {
  readonly kind: 'case';
  readonly name: Word;
}
/** `设定：变量 = 值，变量 = 值` */
export interface Given extends Base {
  readonly kind: 'given';
  readonly values: readonly { readonly variable: Word; readonly value: Word }[];
}
/** `客户说：回复类别或例句` */
export interface Says extends Base {
  readonly kind: 'says';
  readonly speaker: RoleKind;
  readonly reply: Word;
}
/** `期望：节点或结果` */
export interface Expect extends Base {
  readonly kind: 'expect';
  readonly names: readonly Word[];
}
/** `不得：词语、词语` */
export interface Never extends Base {
  readonly kind: 'never';
  readonly words: readonly Word[];
}
/** Anything else. `word` is what stands before a colon or bracket and reads like a role or keyword. */
export interface Unknown extends Base {
  readonly kind: 'unknown';
  readonly word?: Word;
  /** A keyword or role that stands first but lacks its colon: where the colon belongs. */
  readonly colonAt?: number;
  /** The line is longer than `longestLine` and was not read. */
  readonly tooLong?: true;
}

/** Longer lines, in UTF-16 units, are no speech that anyone wrote or will say; they are reported and not read. */
export const longestLine = 20_000;

/** One line of a script: its class and its parts. A function of the text of the line and the declared roles alone. */
export type Line =
  | Blank
  | Fence
  | FrontMatterLine
  | Remark
  | Heading
  | Jump
  | Utterance
  | Branch
  | Guard
  | Guidance
  | Record
  | Insertion
  | Outcome
  | Suppression
  | Case
  | Given
  | Says
  | Expect
  | Never
  | Unknown;
