import { foldName } from '../../base/names.ts';
import { handOf } from '../../model/writing.ts';
import { scanLine } from '../../syntax/scan.ts';
import { isLine, type Placed } from '../../syntax/tree.ts';
import { findTerm, type RoleKind, roles } from '../../syntax/vocabulary.ts';
import { type Ground, placedAt } from './ground.ts';
import type { Refactoring } from './refactoring.ts';

/** Who speaks in dialogues that were written elsewhere. */
const speakers: { readonly [kind in RoleKind]: RegExp } = {
  agent: /^(?:催收|业务员|工作人员|员工|专员|客服|座席|话务|经办|外呼|机器人|催款|agent|collector|operator|rep)/i,
  customer: /^(?:客户|借款人|持卡人|债务人|欠款人|用户|客人|顾客|贷款人|customer|debtor|client|cardholder|borrower)/i,
  'third-party':
    /^(?:第三方|家属|家人|亲属|同事|朋友|父亲|母亲|爸爸|妈妈|妻子|丈夫|配偶|联系人|relative|family|colleague|friend)/i,
};

/** `1. 催收专员：“您好”`: what a numbered, quoted line of a dialogue looks like. */
const spoken =
  /^\s*(?:[(（]?\d{1,3}[.)）、．]\s*|[-•·●*]\s*)?([\p{L}\p{N}·]{1,12}?)\s*(?:说|问|答)?\s*[：:]\s*(.*?)\s*$/u;

/** A dialogue that was pasted, `催收专员：… 借款人：…`, is written with the roles of the script. */
export function dialogue(ground: Ground): readonly Refactoring[] {
  const lines = blockAt(ground);
  const { script } = ground;
  const edits = lines.flatMap((placed) => {
    const text = script.written.slice(placed.start, placed.end);
    const written = rewritten(text, ground);
    return written === undefined || written === text
      ? []
      : [{ start: placed.start, end: placed.end, newText: written }];
  });
  if (edits.length === 0 || !lines.some((placed) => isLine(placed, 'unknown'))) return [];
  return [
    {
      kind: 'refactor.rewrite',
      title: { zh: '把这段对话改写成话术的角色', en: 'Write this dialogue with the roles of the script' },
      edits,
    },
  ];
}

/** The selected lines or, without a selection, the line at the cursor and what stands around it without a blank line. */
function blockAt(ground: Ground): readonly Placed[] {
  const { script, span } = ground;
  const { lines } = script.tree;
  let first = placedAt(ground, span.start).index;
  let last = placedAt(ground, span.end).index;
  const goesOn = (index: number): boolean => {
    const kind = lines[index]?.line.kind;
    return kind === 'unknown' || kind === 'utterance';
  };
  if (span.start === span.end && goesOn(first)) {
    while (goesOn(first - 1)) first--;
    while (goesOn(last + 1)) last++;
  }
  return lines.slice(first, last + 1).filter((placed) => goesOn(placed.index));
}

function rewritten(text: string, { script }: Ground): string | undefined {
  const match = spoken.exec(text);
  const word = match?.[1] ?? '';
  const kind = kindOf(word);
  if (!match || kind === undefined) return undefined;
  const write = handOf(script);
  // A role that the script has declared, or that the language knows, keeps its name.
  const own = script.tree.frontMatter.roles.has(foldName(word)) || findTerm<string>(roles, word);
  const said = unquoted(match[2] ?? '');
  const line = `${own ? word : write.role(kind)}${write.colon}${said}`;
  const scanned = scanLine(line, script.tree.frontMatter.roles);
  return scanned.kind === 'utterance' && scanned.speech.text === said ? line : undefined;
}

function kindOf(word: string): RoleKind | undefined {
  const known = findTerm(roles, word)?.id;
  return known ?? roles.find(({ id }) => speakers[id].test(word))?.id;
}

function unquoted(text: string): string {
  const [, inner] = /^[“"「](.*)[”"」]$/.exec(text) ?? [];
  return inner === undefined || /[“”"「」]/.test(inner) ? text : inner;
}
