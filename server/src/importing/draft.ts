import type { PackSet } from '../packs/packSet.ts';
import { findTerm, type RoleKind, roles } from '../syntax/vocabulary.ts';
import type { Paragraph } from './block.ts';
import type { Item } from './items.ts';
import { atArrows, goingTo, numbered, quotedParts, unquotedSpeech } from './marks.ts';
import { bare, type ReplyNames, replyNamesOf } from './replies.ts';
import { longestTitle, type StepNames, stepNamesOf } from './steps.ts';
import { describing, examplesIn, shortened, titleOf, withoutDirections } from './words.ts';

/** What was understood so far, item by item; it knows how things are put down, and the reader what they are. */
export class Draft {
  readonly items: Item[] = [];
  readonly replies: ReplyNames;
  readonly steps: StepNames;
  /** The source has not a single Chinese character. */
  readonly english: boolean;
  /** The node or reply to which the next line belongs. */
  protected here: Extract<Item, { kind: 'node' | 'reply' }> | undefined;
  private contents = 0;
  private readonly titles: ReadonlySet<string>;

  constructor(texts: readonly Pick<Paragraph, 'text'>[], packs: PackSet, day: string) {
    this.replies = replyNamesOf(packs, day);
    this.steps = stepNamesOf(packs);
    this.english = !texts.some(({ text }) => /\p{Script=Han}/u.test(text));
    this.titles = new Set(
      texts.map(({ text }) => titleOf(numbered(text)?.rest ?? text)).filter((text) => text.length <= longestTitle),
    );
  }

  /** Whether anything but remarks was read. */
  get begun(): boolean {
    return this.contents > 0;
  }

  isPlace(name: string): boolean {
    return this.titles.has(titleOf(name)) || this.steps.isTitle(name);
  }

  reply(words: string, said: string, speaker: RoleKind): void {
    const quoted = quotedParts(words).filter(({ quoted: is }) => is);
    const plain = bare(words);
    const known =
      this.replies.of(words) ??
      (quoted[0] && this.replies.of(quoted[0].text)) ??
      (said === '' ? undefined : this.replies.of(said));
    const named = (this.english ? known?.name.en : known?.name.zh) ?? shortened(plain, this.english);
    const examples = [
      ...(quoted.length > 0
        ? quoted.map(({ text }) => text)
        : plain === named || plain === '' || describing.test(plain)
          ? []
          : [plain.replace(/[，,、；;：:\s]+$/, '')]),
      ...examplesIn(said),
    ];
    this.push({ kind: 'reply', speaker, category: named, examples: examples.filter((each) => each !== named) });
  }

  /** Where the last reply leads, or the lines so far. */
  jump(target: string): void {
    const last = this.items.at(-1);
    if (last?.kind === 'reply' && last.target === undefined) this.items[this.items.length - 1] = { ...last, target };
    else this.push({ kind: 'jump', target });
  }

  said(speaker: RoleKind, text: string, label?: string, tone?: string): void {
    const opening = /^[（(]([^（）()：:]{1,30})[）)]\s*(?=.)/.exec(text);
    const direction = opening && !numbered(text) ? opening[1] : undefined;
    const spoken = unquotedSpeech((direction === undefined ? text : text.slice(opening?.[0].length)).trim());
    const parts = atArrows(spoken);
    const target = parts.length === 2 ? goingTo(`转${parts[1]}`, (name) => this.isPlace(name))?.target : undefined;
    const { rest, directions } = withoutDirections(target === undefined ? spoken : (parts[0] ?? ''));
    for (const each of directions) this.guide(each);
    const role = label !== undefined && findTerm(roles, label)?.id === speaker ? label : undefined;
    const how = [tone, direction].filter((each) => each !== undefined).join('，');
    if (how !== '' && speaker !== 'agent') this.guide(how);
    if (rest !== '')
      this.push({
        kind: 'say',
        speaker,
        text: rest,
        ...(role !== undefined && { role }),
        ...(how !== '' && speaker === 'agent' && { tone: how }),
      });
    if (target !== undefined) this.jump(target);
  }

  guide(text: string): void {
    if (text.trim() !== '') this.push({ kind: 'guide', text: text.trim() });
  }

  /** Before the conversation begins a note is about the script, later it is for the agent. */
  note(text: string): void {
    if (this.begun) this.guide(text);
    else this.push({ kind: 'remark', text });
  }

  push(item: Item): void {
    this.items.push(item);
    if (item.kind === 'node' || item.kind === 'reply') this.here = item;
    if (item.kind !== 'remark' && item.kind !== 'meta') this.contents++;
  }
}
