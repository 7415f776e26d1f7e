import { applyEdits } from '../base/edit.ts';
import type { Text } from '../base/text.ts';
import { listed } from '../base/text.ts';
import { declareVariables } from '../model/declare.ts';
import { scriptOf } from '../model/script.ts';
import { type Hand, hand, scalar } from '../model/writing.ts';
import type { PackSet } from '../packs/packSet.ts';
import type { Line } from '../syntax/line.ts';
import { scanLine } from '../syntax/scan.ts';
import { targets as builtin, channels, findTerm, frontMatterKeys, stages, type Term } from '../syntax/vocabulary.ts';
import type { Imported, Item } from './items.ts';
import { placeholders } from './placeholders.ts';
import { namedNodes, targetFinder } from './targets.ts';

export interface Surroundings {
  readonly packs: PackSet;
  /** Names of nodes that are there already: new ones are called differently, and targets may name them. */
  readonly taken: readonly string[];
  readonly title: string | undefined;
  /** Written with English keywords. */
  readonly english: boolean;
}

/** Writes what was understood as a script. A line that would read as something else than is meant becomes a remark. */
export function compose(items: readonly Item[], { packs, taken, title, english }: Surroundings): Imported {
  const write = hand(english, '\n');
  const nodes = namedNodes(items, taken, packs);
  const find = targetFinder([...nodes.values()], taken, packs);
  const variables = placeholders(write.english);
  const lines: string[] = [];
  const nowhere: string[] = [];
  const put = (kind: Line['kind'], line: string): void => {
    const plain = line.replace(/[\r\n\u2028\u2029]+/g, ' ');
    for (const [index, part] of piecesOf(plain, write.colon).entries()) {
      const scanned = scanLine(part);
      const fits = scanned.kind === kind && scanned.flaws.length === 0;
      if (fits && kind === 'heading' && lines.length > 0 && index === 0) lines.push('');
      lines.push(fits ? part : `# ${part}`);
    }
  };
  const goto = (target: string): string | undefined => {
    const name = find(target);
    if (name === undefined) nowhere.push(target);
    return name === undefined
      ? undefined
      : write.word(findTerm(builtin, name) ?? { ...plainTerm, zh: [name], en: [name] });
  };
  const guide = (text: string): void =>
    put('guidance', `${write.keyword('guidance')}${write.colon}${variables.shown(text)}`);
  const unknown = (target: string): void => guide(write.english ? `Goes on to: ${target}` : `去向：${target}`);

  for (const item of withTargetsLast(items)) {
    switch (item.kind) {
      case 'node': {
        const named = nodes.get(item);
        if (!named) break;
        const steps = named.steps.length > 0 ? ` ${named.steps.join(write.english ? ', ' : '、')}` : '';
        put('heading', write.heading(named.name) + steps);
        break;
      }
      case 'say': {
        const role = item.role ?? write.role(item.speaker);
        const opening =
          item.tone === undefined ? role : write.english ? `${role} (${item.tone})` : `${role}（${item.tone}）`;
        put('utterance', `${opening}${write.colon}${variables.spoken(item.text)}`);
        break;
      }
      case 'reply': {
        const target = item.target === undefined ? undefined : goto(item.target);
        put('branch', write.branch(write.role(item.speaker), item.category, item.examples.map(asExample), target));
        if (item.target !== undefined && target === undefined) unknown(item.target);
        break;
      }
      case 'jump': {
        const target = goto(item.target);
        if (target === undefined) unknown(item.target);
        else put('jump', `${write.arrow} ${target}`);
        break;
      }
      case 'guide':
        guide(item.text);
        break;
      case 'remark':
        put('remark', `# ${item.text}`);
        break;
      case 'meta':
        break;
      default:
        item satisfies never;
    }
  }
  const body = lines.length > 0 ? `${lines.join('\n')}\n` : '';
  const script = withFrontMatter(body, { items, title, names: variables.names, packs, write });
  const count = (...kinds: readonly Line['kind'][]): number =>
    lines.filter((line) => kinds.includes(scanLine(line).kind)).length;
  return {
    script,
    body,
    ...(title !== undefined && { title }),
    variables: variables.names,
    counts: {
      steps: count('heading'),
      lines: count('utterance'),
      branches: count('branch'),
      variables: variables.names.length,
      kept: count('guidance', 'remark'),
    },
    notes: [...notesOnTargets(nowhere), ...notesOnVariables(variables.unclear)],
  };
}

const plainTerm: Pick<Term, 'id' | 'help'> = { id: '', help: { zh: '', en: '' } };

/** A branch that leads away has no lines of its own: what is said in it comes first, and the jump after that. */
function* withTargetsLast(items: readonly Item[]): Generator<Item> {
  let pending: string | undefined;
  for (const [index, item] of items.entries()) {
    const ends = item.kind === 'node' || item.kind === 'reply';
    if (pending !== undefined && (ends || item.kind === 'jump')) {
      if (ends) yield { kind: 'jump', target: pending };
      pending = undefined;
    }
    const next = items[index + 1]?.kind;
    if (item.kind === 'reply' && item.target !== undefined && (next === 'say' || next === 'guide' || next === 'jump')) {
      const { target, ...open } = item;
      pending = target;
      yield open;
    } else yield item;
  }
  if (pending !== undefined) yield { kind: 'jump', target: pending };
}

/** An example that holds what divides examples stands in quotes. */
function asExample(text: string): string {
  const plain = text
    .replace(/[“”"「」『』＂]/g, '')
    .replace(/[\r\n]+/g, ' ')
    .trim();
  return /[／/→]|[-－–=＝—][>＞》]/.test(plain) ? `“${plain}”` : plain;
}

/** No line is longer than this; a longer one goes on in the next, at the end of a sentence where there is one. */
const longest = 5000;

function piecesOf(line: string, colon: string): string[] {
  if (line.length <= longest) return [line];
  const at = line.indexOf(colon);
  const opening = at > 0 && at < 40 ? line.slice(0, at + colon.length) : '# ';
  const pieces: string[] = [];
  let rest = line;
  while (rest.length > longest) {
    const end = Math.max(...['。', '！', '？', '. '].map((mark) => rest.lastIndexOf(mark, longest - 1)));
    // Never between the two halves of a character, nor inside a variable.
    const brace = rest.lastIndexOf('{', longest);
    const cut =
      end > longest / 2
        ? end + 1
        : brace > longest - 60
          ? brace
          : /[\ud800-\udbff]/.test(rest.charAt(longest - 1))
            ? longest - 1
            : longest;
    pieces.push(rest.slice(0, cut));
    rest = opening + rest.slice(cut);
  }
  return [...pieces, rest];
}

function withFrontMatter(
  body: string,
  {
    items,
    title,
    names,
    packs,
    write,
  }: {
    readonly items: readonly Item[];
    readonly title: string | undefined;
    readonly names: readonly string[];
    readonly packs: PackSet;
    readonly write: Hand;
  },
): string {
  const key = (id: string): string => write.word(frontMatterKeys.find((each) => each.id === id) ?? frontMatterKeys[0]);
  const entries = new Map<string, string>();
  const remarks: string[] = [];
  if (title !== undefined && title !== '') entries.set(key('title'), scalar(title));
  for (const item of items) {
    if (item.kind !== 'meta') continue;
    const table = item.key === 'channel' ? channels : item.key === 'stage' ? stages : undefined;
    const term = table && findTerm(table, item.value);
    if (entries.has(key(item.key)) || (table && !term)) remarks.push(`# ${key(item.key)}${write.colon}${item.value}\n`);
    else entries.set(key(item.key), term ? write.word(term) : scalar(item.value));
  }
  const head = [...entries].map(([name, value]) => `${name}: ${value}\n`).join('');
  const rest = `${remarks.join('')}${remarks.length > 0 && body !== '' ? '\n' : ''}${body}`;
  const source = head === '' ? rest : `---\n${head}---\n${rest}`;
  const script = scriptOf('untitled:import.huashu', 0, source);
  return applyEdits(source, declareVariables(script, names, packs));
}

const mostNamed = 5;

function notesOnTargets(written: readonly string[]): Text[] {
  const names = [...new Set(written)];
  if (names.length === 0) return [];
  const shown = listed(names.slice(0, mostNamed).map((name) => `“${name.slice(0, 30)}”`));
  return [
    {
      zh: `有 ${names.length} 处去向没有找到对应的节，已记为提示：${shown.zh}。`,
      en: `${names.length} targets name no node and are kept as notes: ${shown.en}.`,
    },
  ];
}

function notesOnVariables(unclear: readonly string[]): Text[] {
  if (unclear.length === 0) return [];
  const shown = listed(unclear.slice(0, mostNamed));
  return [
    {
      zh: `有 ${unclear.length} 处空白看不出要填什么，请改名：${shown.zh}。`,
      en: `${unclear.length} blanks do not tell what goes there; please rename: ${shown.en}.`,
    },
  ];
}
