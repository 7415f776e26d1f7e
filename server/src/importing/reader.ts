import type { PackSet } from '../packs/packSet.ts';
import { findTerm, type RoleKind, roles } from '../syntax/vocabulary.ts';
import type { Block, Paragraph } from './block.ts';
import { conditionIn } from './conditions.ts';
import { Draft } from './draft.ts';
import {
  atArrows,
  goingTo,
  isNumberLike,
  labelled,
  type Numbered,
  numbered,
  quotedParts,
  unquotedSpeech,
} from './marks.ts';
import { isSpokenTo, meaningOf, speakersIn } from './roles.ts';
import { longestTitle } from './steps.ts';
import { isSpeechPart, speechesIn, titleOf } from './words.ts';

/** Whose words a line without a label are; `replies` lists what customers answer. */
type Mode = 'agent' | 'customer' | 'third-party' | 'guidance' | 'replies' | undefined;

/** What is known of a paragraph before it is read. */
interface Look {
  readonly level?: number;
  readonly bold?: number;
  /** The text of the next paragraph, which tells a title from an item of a list. */
  readonly next: string;
}

/** Reads paragraphs one after the other into items; nothing is dropped, and nothing is made up. */
export class Reader extends Draft {
  title: string | undefined;
  mode: Mode;
  /** The steps so far have numbers. */
  private numbers = false;
  /** How titles so far were numbered. */
  private readonly titleStyles = new Set<Numbered['style']>();
  private replyStyle: Numbered['style'] | undefined;
  private readonly speakers: ReturnType<typeof speakersIn>;

  constructor(blocks: readonly Block[], packs: PackSet, day: string) {
    const texts = textsOf(blocks);
    super(texts, packs, day);
    this.speakers = speakersIn(texts.flatMap(({ text, bold }) => labelled(numbered(text)?.rest ?? text, bold) ?? []));
  }

  paragraph(block: Paragraph, next: string): void {
    const text = block.item?.ordered ? `${block.item.number}. ${block.text}` : block.text;
    const shift = text.length - block.text.length;
    this.line(text, {
      next,
      ...(block.level !== undefined && { level: block.level }),
      ...(block.bold !== undefined && { bold: block.bold + shift }),
    });
  }

  line(written: string, look: Look = { next: '' }): void {
    // When something was said in a recording says nothing about a script.
    const text = written.replace(/^[[(（【]\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?[\])）】]\s*/, '');
    if (text === '') return;
    if (look.level !== undefined && this.headline(text, look)) return;
    const bracketed = /^[【[［]([^【】[\]］]{1,24})[】\]］]\s*(.*)$/s.exec(text);
    if (bracketed && this.bracketed(bracketed[1] ?? '', bracketed[2] ?? '')) return;
    if (/^[（(][^（）()]*[）)][。.]?$/.test(text) && !numbered(text)) {
      this.guide(text.replace(/^[（(]|[）)][。.]?$/g, ''));
      return;
    }
    const mark = numbered(text);
    if (mark && this.numberedLine(mark, text, look)) return;
    this.content(text, look);
  }

  /** A paragraph that is formatted as a heading. */
  private headline(text: string, look: Look): boolean {
    const mark = numbered(text);
    const name = titleOf(mark?.rest || text);
    if (name.length > 40 || (/[。！？!?]$/.test(name) && name.length > 12)) return false;
    const meaning = meaningOf(name);
    if (meaning && this.begun) return this.setMode(meaning.kind === 'speaker' ? meaning.speaker : meaning.kind);
    if (this.condition(mark?.rest || text, true)) return true;
    if (!this.begun && this.title === undefined && !mark && !this.steps.isTitle(name)) {
      this.title = name;
      return true;
    }
    const colon = labelled(mark?.rest || text);
    if (colon && colon.rest !== '') return this.node(colon.label, mark, colon.rest, look);
    return this.node(name, mark, '', look);
  }

  /** `【确认身份】 …`, `[客户] …`; a name to fill in and a signature are part of what is said. */
  private bracketed(inner: string, rest: string): boolean {
    const meaning = this.meaning(inner);
    if (meaning?.kind === 'speaker' && rest !== '') {
      this.said(meaning.speaker, rest.replace(/^[：:]\s*/, ''), inner);
      return true;
    }
    if (/银行|公司|金融|中心|机构|姓名|先生|女士|金额|日期|称呼|[Xx×*_]{2}/.test(inner)) return false;
    const labelledText = rest.replace(/^[：:]\s*/, '');
    const mark = numbered(inner);
    if (
      mark?.rest === '' &&
      labelledText !== '' &&
      labelledText.length <= longestTitle &&
      !/[：:。！？!?，,；;“”"]/.test(labelledText)
    )
      return this.node(labelledText, mark, '', { next: '' });
    if (meaning) return this.label(inner, undefined, labelledText, `${inner}：${labelledText}`);
    return this.node(inner, undefined, labelledText, { next: '' });
  }

  private numberedLine(mark: Numbered, text: string, look: Look): boolean {
    const { rest, style } = mark;
    const colon = labelled(rest, Math.max(0, (look.bold ?? 0) - mark.written.length));
    if (
      this.mode === 'replies' &&
      style !== 'step' &&
      style !== 'chinese' &&
      (this.replyStyle ?? style) === style &&
      !this.steps.isTitle(titleOf(rest))
    ) {
      this.replyStyle = style;
      if (this.answer(rest, true)) return true;
    }
    if (this.condition(rest, true)) return true;
    const arrows = atArrows(rest);
    if (arrows.length > 1 && style !== 'step' && style !== 'chinese' && this.begun && !colonIsSpeaker(colon?.label)) {
      if (this.answer(rest, false)) return true;
    }
    if (style === 'bullet' || style === 'letter') {
      if (rest !== '') this.content(rest, look);
      return rest !== '';
    }
    if (colon && meaningOf(colon.label)?.kind !== 'speaker' && !this.speakers.has(colon.label)) {
      const known = this.steps.isTitle(colon.label);
      if (
        known ||
        (style !== 'circle' &&
          style !== 'digit-bracket' &&
          colon.label.length <= 12 &&
          !meaningOf(colon.label) &&
          !/您|客户/.test(colon.label))
      )
        return this.node(colon.label, mark, colon.rest, look);
    }
    const name = titleOf(rest);
    const short =
      name.length <= longestTitle &&
      name !== '' &&
      !/[。！？!?；;，,]/.test(name) &&
      !/您|“|"/.test(name) &&
      arrows.length === 1;
    if (short && !colonIsSpeaker(name) && !meaningOf(name)) {
      const alike = style === 'chinese-bracket' && this.titleStyles.has(style);
      const sure = style === 'step' || style === 'chinese' || alike || this.steps.isTitle(name);
      if (
        sure ||
        (style !== 'circle' && style !== 'digit-bracket' && this.mode !== 'guidance' && startsSpeech(look.next, this))
      )
        return this.node(name, mark, '', look);
    }
    if (style === 'step' && rest === '')
      return this.node(mark.written.trim().replace(/[：:、.\s]+$/, ''), mark, '', look);
    // A sentence with a number: what is said goes without it, what is noted keeps it.
    if (colon && (colonIsSpeaker(colon.label) || meaningOf(colon.label)))
      return this.label(colon.label, colon.bracket, colon.rest, text);
    if (this.mode === 'agent' || isSpokenTo(rest) || quotedParts(rest).some(isSpeechPart)) this.content(rest, look);
    else this.note(text);
    return true;
  }

  /** What stands in a line behind its number. */
  content(text: string, look: Look = { next: '' }): void {
    const name = titleOf(text);
    // Where steps are numbered, `结束通话` alone is no step but what to do.
    const does = this.numbers && /^(?:结束通话|结束|挂机|挂断|转人工)$/.test(name);
    if (this.steps.isTitle(name) && !does && !/[。！？]$/.test(text)) {
      this.node(name, undefined, '', look);
      return;
    }
    const branch = /^([^\s（(：:]{2,8})\s*[（(]([^（）()]{1,30})[）)]\s*(?:$|(?=→|->|=>))/.exec(text);
    const party = branch && meaningOf(branch[1] ?? '');
    if (branch && party?.kind === 'speaker' && party.speaker !== 'agent') {
      this.partyWithBracket(party.speaker, branch[2] ?? '', text.slice(branch[0].length));
      return;
    }
    if (this.condition(text)) return;
    const colon = labelled(text, look.bold);
    if (colon && this.label(colon.label, colon.bracket, colon.rest, text)) return;
    if (colon && this.steps.isTitle(colon.label)) {
      this.node(colon.label, undefined, colon.rest, look);
      return;
    }
    if (this.flows(text)) return;
    if (
      look.bold !== undefined &&
      look.bold >= text.length &&
      text.length <= longestTitle &&
      !/[。！？!?，,]/.test(text) &&
      this.begun
    ) {
      this.node(name, undefined, '', look);
      return;
    }
    this.plain(text);
  }

  /** `→ 第三步`, `请问是本人吗？→ 2`, `是本人 → 说明目的`, `转第三步`. */
  private flows(text: string): boolean {
    const parts = atArrows(text);
    const target = parts.at(-1) ?? '';
    if (parts.length === 2 && target !== '' && target.length <= longestTitle) {
      const before = parts[0] ?? '';
      const place =
        goingTo(`转${target}`, (name) => this.isPlace(name))?.target ??
        goingTo(target, (name) => this.isPlace(name))?.target;
      if (before === '') this.jump(place ?? target);
      else if (place !== undefined && isSpokenTo(before)) {
        this.plain(before);
        this.jump(place);
      } else return this.begun && this.answer(text, this.mode === 'replies');
      return true;
    }
    const going = parts.length === 1 ? goingTo(text, (name) => this.isPlace(name)) : undefined;
    if (!going || (going.before !== '' && isSpokenTo(going.before) && !/[”"」]$/.test(going.before))) return false;
    // What is to be done in some case, or at the end of a long sentence, is not where the conversation goes from here.
    const long = going.before.length > 12 && this.here?.kind !== 'reply';
    if (going.before !== '' && (long || /若|如果|如(?!何)|当.{0,8}时/.test(going.before))) return false;
    if (going.before !== '') this.plain(going.before);
    this.jump(going.target);
    return true;
  }

  /** A line without a label: what is quoted in it is said, what is said to the customer too; the rest is for the reader. */
  private plain(text: string): void {
    if (this.mode === 'agent' || this.mode === 'customer' || this.mode === 'third-party') this.said(this.mode, text);
    else if (this.mode === 'replies' && this.answer(text, true)) return;
    else if (this.mode === 'guidance') this.note(text);
    else if (unquotedSpeech(text) !== text || isSpokenTo(text)) this.said('agent', text);
    else this.mixed(text);
  }

  /** `首先核对身份，可说：“请问是张先生吗？”` */
  private mixed(text: string): void {
    const parts = quotedParts(text);
    if (!parts.some(isSpeechPart)) {
      this.note(text);
      return;
    }
    let noted = '';
    for (const part of parts) {
      if (!isSpeechPart(part)) {
        noted += part.quoted ? `“${part.text}”` : part.text;
        continue;
      }
      this.noteUnlessEmpty(noted);
      noted = '';
      this.push({ kind: 'say', speaker: 'agent', text: part.text.trim() });
    }
    this.noteUnlessEmpty(noted);
  }

  private noteUnlessEmpty(text: string): void {
    const plain = text
      .replace(/^[\s，,。；;、：:]+|[\s，,；;、：:]+$/g, '')
      .replace(/(?:[，,。；;]\s*|^)(?:则|就|请)?(?:可以?|应)?说$/, '');
    if (plain !== '' && !/^(?:或(?:者|是)?说?|以及|和|或是说|也可以?说?|等)$/.test(plain)) this.note(plain);
  }

  /** What a label makes of the rest of its line; false where the label says nothing. */
  label(label: string, bracket: string | undefined, rest: string, whole: string): boolean {
    const meaning = this.meaning(label);
    if (!meaning) {
      if (/^(?:话术)?(?:名称|标题)$/.test(label) && !this.begun && this.title === undefined && rest !== '') {
        this.title = rest;
        return true;
      }
      const key = metaKeys[label.replace(/^话术/, '')];
      if (key && !this.begun && rest !== '' && rest.length <= 30) {
        this.push({ kind: 'meta', key, value: rest });
        return true;
      }
      return false;
    }
    if (meaning.kind === 'speaker') {
      if (meaning.speaker !== 'agent' && bracket !== undefined)
        return this.partyWithBracket(meaning.speaker, bracket, rest);
      if (rest === '') return this.setMode(meaning.speaker);
      if (meaning.speaker !== 'agent' && this.listed(rest, meaning.speaker)) return true;
      this.said(meaning.speaker, rest, label, bracket);
      this.mode = undefined;
      return true;
    }
    if (rest === '') return this.setMode(meaning.kind);
    switch (meaning.kind) {
      case 'question':
        this.reply(/[“”"]/.test(rest) ? rest : `“${rest}”`, '', 'customer');
        break;
      case 'speech':
        if (bracket !== undefined) this.guide(bracket);
        for (const part of speechesIn(rest)) this.said('agent', part);
        break;
      case 'replies':
        if (!this.listed(rest, 'customer')) this.answer(rest, true);
        this.mode = 'replies';
        return true;
      case 'target':
        this.jump(goingTo(rest, (name) => this.isPlace(name))?.target ?? rest);
        break;
      case 'tone':
      case 'guidance':
        if (quotedParts(rest).some(isSpeechPart)) this.mixed(whole);
        else this.note(/^(?:提示|注意|notes?)$/i.test(label) ? rest : whole);
        break;
      default:
        return meaning satisfies never;
    }
    this.mode = undefined;
    return true;
  }

  /** `客户（不耐烦）：我没钱`: a category, or how it is said. */
  private partyWithBracket(speaker: RoleKind, bracket: string, rest: string): boolean {
    const [said = '', ...onward] = atArrows(rest);
    if (this.replies.of(bracket) || onward.length > 0) {
      this.reply(bracket, said, speaker);
      if (onward.length > 0) this.action(onward.join(' → '));
    } else {
      this.note(`${findTerm(roles, speaker)?.zh[0] ?? '客户'}：${bracket}`);
      if (rest !== '') this.said(speaker, rest);
    }
    return true;
  }

  private meaning(label: string): ReturnType<typeof meaningOf> {
    const speaker = this.speakers.get(label);
    if (speaker === 'question') return { kind: 'question' };
    return speaker ? { kind: 'speaker', speaker } : meaningOf(label);
  }

  /** `A. 是本人 → 转2；B. 不是 → 转5` behind the customer's name. */
  private listed(rest: string, speaker: RoleKind): boolean {
    const items = rest
      .split(/[；;\s]+(?=[（(]?(?:[A-Ha-h]|[1-9]|[①-⑨])[)）.．、①-⑨]?)(?=[（(]?[A-Ha-h1-9][)）.．、]|[①-⑨])/)
      .map((each) => each.trim());
    const marks = items.map(numbered);
    const first = marks[0];
    if (!first || (items.length === 1 && atArrows(rest).length === 1 && !goingTo(rest, (name) => this.isPlace(name)))) {
      if (atArrows(rest).length !== 2) return false;
      return this.answer(rest, true, speaker);
    }
    for (const [index, item] of items.entries()) this.answer(marks[index]?.rest ?? item, true, speaker);
    this.mode = 'replies';
    this.replyStyle = first.style;
    return true;
  }

  /** A reply in a list, with where it leads or what is then said; false where it is none, unless the list is of replies. */
  answer(text: string, sure: boolean, speaker: RoleKind = 'customer'): boolean {
    const parts = atArrows(text);
    const head = parts[0] ?? '';
    const colon = labelled(head);
    const category = colon?.label ?? head;
    const going = parts.length > 1 ? undefined : goingTo(head, (name) => this.isPlace(name));
    if (!sure && !this.replies.of(category) && !/^(?:若|如|客户|对方|用户)/.test(category)) return false;
    if (parts.length > 1) {
      this.reply(colon ? category : head, colon?.rest ?? '', speaker);
      this.action(parts.slice(1).join(' → '));
    } else if (going && going.before !== '') {
      this.reply(going.before, '', speaker);
      this.jump(going.target);
    } else if (colon) {
      const quoted = quotedParts(colon.rest);
      const examples = quoted.length === 1 && !isSpokenTo(colon.rest);
      this.reply(category, examples ? colon.rest : '', speaker);
      if (!examples && colon.rest !== '') this.action(colon.rest);
    } else this.reply(head, '', speaker);
    this.mode = 'replies';
    return true;
  }

  /** `若客户说没钱，则转第五步` and its like. */
  private condition(text: string, listed = false): boolean {
    const found = conditionIn(text, (words) => this.replies.of(words) !== undefined, listed);
    if (!found) return false;
    this.reply(found.reply, '', found.speaker);
    this.mode = undefined;
    if (found.rest !== '') this.action(found.rest);
    return true;
  }

  /** What follows a reply: a target, what is said, what is done. */
  action(text: string): void {
    const plain = text.replace(/^(?:则|就|那么|此时|应|可以?|直接)(?=.)/, '').trim();
    const going =
      goingTo(plain, (name) => this.isPlace(name)) ??
      (isNumberLike(plain) || this.isPlace(plain) ? { before: '', target: plain } : undefined);
    const before = going ? going.before : plain;
    if (before !== '') {
      const colon = labelled(before);
      if (colon && this.meaning(colon.label)) this.label(colon.label, colon.bracket, colon.rest, before);
      else if (quotedParts(before).some(isSpeechPart)) this.mixed(before);
      else if (isSpokenTo(before)) this.said('agent', before);
      else this.note(before);
    }
    if (going) this.jump(going.target);
  }

  /** A new node; the rest of its line belongs to it. */
  node(
    title: string,
    mark: Pick<Numbered, 'key' | 'style'> | undefined,
    rest: string,
    look: Look,
    keys: readonly string[] = [],
  ): boolean {
    const name = titleOf(title);
    if (mark && mark.key !== '') this.numbers = true;
    if (mark) this.titleStyles.add(mark.style);
    this.mode = undefined;
    this.replyStyle = undefined;
    const { here } = this;
    // The same title again goes on with the node, as long as it waits for no reply.
    if (here?.kind === 'node' && here.name === name && keys.length === 0) {
      if (rest !== '') this.content(rest, { next: look.next });
      return true;
    }
    const steps = this.steps.toldBy(name).map((step) => (this.english ? step.name.en : step.name.zh));
    this.push({ kind: 'node', name, steps, keys: mark && mark.key !== '' ? [mark.key, ...keys] : keys });
    if (rest !== '') this.content(rest, { next: look.next });
    return true;
  }

  private setMode(meaning: Exclude<Mode, undefined> | 'speech' | 'target' | 'tone' | 'question'): boolean {
    this.mode =
      meaning === 'question'
        ? 'replies'
        : meaning === 'speech'
          ? 'agent'
          : meaning === 'tone'
            ? 'guidance'
            : meaning === 'target'
              ? undefined
              : meaning;
    this.replyStyle = undefined;
    return true;
  }
}

const metaKeys: { readonly [label: string]: 'id' | 'version' | 'channel' | 'stage' } = {
  编号: 'id',
  版本: 'version',
  版本号: 'version',
  渠道: 'channel',
  阶段: 'stage',
};

function colonIsSpeaker(label: string | undefined): boolean {
  return label !== undefined && meaningOf(label)?.kind === 'speaker';
}

function startsSpeech(next: string, reader: Reader): boolean {
  const text = numbered(next)?.rest ?? next;
  const colon = labelled(text);
  const kind = colon && meaningOf(colon.label)?.kind;
  return (
    kind === 'speaker' ||
    kind === 'speech' ||
    unquotedSpeech(text) !== text ||
    isSpokenTo(text) ||
    (colon !== undefined && reader.steps.isTitle(colon.label))
  );
}

/** Every paragraph, and every line of every cell. */
function textsOf(blocks: readonly Block[]): readonly Pick<Paragraph, 'text' | 'bold'>[] {
  return blocks.flatMap((block): readonly Pick<Paragraph, 'text' | 'bold'>[] =>
    block.kind === 'paragraph'
      ? [block]
      : block.rows.flatMap((row) => row.flatMap((cell) => cell.split('\n').map((text) => ({ text })))),
  );
}
