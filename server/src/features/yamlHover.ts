import type { Hover, Position } from 'vscode-languageserver-protocol';
import type { Span } from '../base/span.ts';
import { inLanguage, type Language } from '../base/text.ts';
import type { Sheet } from '../model/workspace.ts';
import type { Field, Shape } from '../packs/shape.ts';
import { gapIn, slotAt } from '../packs/slot.ts';
import { ruleForm } from '../packs/wordingSchema.ts';
import { siteAt, type YamlSite } from '../packs/yamlSite.ts';
import { innerSpan, scalarText } from '../packs/yamlText.ts';
import type { Category } from '../rules/finding.ts';
import { builtinVariables, findTerm } from '../syntax/vocabulary.ts';
import { categoryText } from './describe.ts';
import type { Context } from './feature.ts';
import { escaped, section } from './markdown.ts';
import { choicesAt } from './yamlChoices.ts';
import { namesOf, yamlRange } from './yamlNames.ts';

/** What a key or value of a configuration or rule pack means. */
export function yamlHover(sheet: Sheet, position: Position, context: Context): Hover | null {
  const offset = sheet.yaml.offset(position);
  const site = siteAt(sheet.yaml, sheet.form, offset);
  if (!site) return null;
  const span = innerSpan(site.node);
  const slot = slotIn(site, sheet, offset);
  const text = slot ? slotText(slot.name, site, sheet, context) : siteText(site, sheet, context);
  if (!text) return null;
  return { contents: { kind: 'markdown', value: text }, range: yamlRange(sheet.yaml, slot ?? span) };
}

/** The name in braces at an offset of a pattern or a text that may hold some. */
export function slotIn(site: YamlSite, sheet: Sheet, offset: number): (Span & { readonly name: string }) | undefined {
  if (site.role === 'key' || !(site.of.kind === 'pattern' || (site.of.kind === 'text' && site.of.holds)))
    return undefined;
  const { start, end } = innerSpan(site.node);
  const source = sheet.yaml.source.slice(start, end);
  const slot = slotAt(source, offset - start);
  if (!slot) return undefined;
  return { start: start + slot.start, end: start + slot.end, name: source.slice(slot.start, slot.end).trim() };
}

function slotText(name: string, site: YamlSite, sheet: Sheet, context: Context): string | undefined {
  const zh = context.language === 'zh-CN';
  if (site.role === 'value' && site.of.kind === 'pattern') {
    const lexicon = namesOf('lexicon', sheet, context).find((each) => each.name === name);
    if (lexicon) return lexicon.text();
    if (name === '数')
      return zh
        ? '一个数：阿拉伯数字、中文数字，或话术里的 `{变量}`。'
        : 'A number: digits, Chinese numerals, or a `{variable}` of the script.';
    const gap = gapIn(name);
    if (!gap) return undefined;
    if (gap.over === 'words')
      return zh ? `间隔：最多 ${gap.max} 个词，不跨逗号。` : `A gap of up to ${gap.max} words, never over a comma.`;
    const over = gap.over === 'clause';
    return zh
      ? `间隔：最多 ${gap.max} 个任意字符，${over ? '不跨逗号和句末' : '可以跨逗号，不跨句末'}。`
      : `A gap of up to ${gap.max} characters, ${over ? 'never over a comma' : 'also over commas, never over the end of a sentence'}.`;
  }
  if (name === 'match') return zh ? '命中的文字。' : 'The words that were found.';
  const builtin = findTerm(builtinVariables, name);
  if (builtin) return escaped(inLanguage(builtin.help, context.language));
  return namesOf('variable', sheet, context)
    .find((each) => each.name === name)
    ?.text();
}

function siteText(site: YamlSite, sheet: Sheet, context: Context): string | undefined {
  const { language } = context;
  const written = scalarText(site.node) ?? '';
  if (site.role === 'key' && site.of.kind === 'form') {
    const field = site.of.fields[written];
    return field && fieldText(written, field, language);
  }
  const scalar = site.role === 'key' ? (site.of.kind === 'table' ? site.of.keys : undefined) : site.of;
  if (!scalar) return undefined;
  if (scalar === ruleForm.fields.category.shape)
    return categoryText(
      written as Category,
      [...(sheet.pack?.pack?.rules ?? []), ...(sheet.pack?.pack?.flow ?? [])],
      language,
    );
  if (scalar.kind === 'name' || scalar.kind === 'definition') {
    const known = namesOf(scalar.of, sheet, context).find(({ name }) => name === written);
    return known?.text() || undefined;
  }
  const chosen = choicesAt(site).find(({ value }) => value === written);
  return chosen && `\`${written}\`　${escaped(inLanguage(chosen.about, language))}`;
}

/** A key: what it is for, whether it must be there, and what it may be. */
export function fieldText(name: string, { help, shape, required }: Field, language: Language): string {
  const zh = language === 'zh-CN';
  const choices = choicesOf(shape).map(({ value, about }) => `\`${value}\`　${escaped(inLanguage(about, language))}`);
  return [
    `**\`${name}\`**${required ? (zh ? '（必填）' : ' (required)') : ''}`,
    '',
    escaped(inLanguage(help, language)),
    '',
    ...section({ zh: '可用的值', en: 'Values' }, choices, language),
  ]
    .join('\n')
    .trim();
}

function choicesOf(shape: Shape): ReturnType<typeof choicesAt> {
  if (shape.kind === 'choice') return shape.choices;
  return shape.kind === 'list' || shape.kind === 'table' ? choicesOf(shape.of) : [];
}
