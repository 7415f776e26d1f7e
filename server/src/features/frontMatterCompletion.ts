import type { CompletionItem } from 'vscode-languageserver-protocol';
import { foldName } from '../base/names.ts';
import { inLanguage } from '../base/text.ts';
import { declarationOf } from '../model/declare.ts';
import { type TypingSite, typingAt } from '../packs/yamlSite.ts';
import type { Term } from '../syntax/vocabulary.ts';
import { kinds, offer, type Site } from './completionItem.ts';
import { type FrontMatterForm, formOf, frontMatterForm, frontMatterYaml, idOfKey, termsOf } from './frontMatterForm.ts';
import { termText } from './termText.ts';

/** A place of the front matter at which somebody types. */
interface Place extends Site {
  readonly typing: TypingSite;
  /** Where, in the line, the item begins; what is missing between the colon and the value. */
  readonly from: number;
  readonly gap: string;
}

/** Keys that are not there yet, and values where they can be known; in the language in which the front matter is written. */
export function* frontMatterCompletion(site: Site): Generator<CompletionItem> {
  const place = placeAt(site);
  if (!place) return;
  const { site: at } = place.typing;
  const parent = place.typing.site.around.at(-1)?.shape;
  if (at.role === 'key') {
    if (at.of === frontMatterForm) yield* keys(place);
    else if (at.of.kind === 'form') yield* fields(at.of as FrontMatterForm, place);
    else yield* names(place);
    return;
  }
  if (at.of.kind === 'name') yield* packNames(place);
  else if (at.of.kind === 'choice') yield* choices(termsOf(at.of), place);
  else if (parent?.kind === 'form') yield* samples(parent as FrontMatterForm, place);
}

/** What may be typed at the cursor, read as YAML the way the front matter is: with full-width punctuation. */
function placeAt(site: Site): Place | undefined {
  const { script, offset, before } = site;
  const place = frontMatterYaml(script, offset);
  if (!place) return undefined;
  const { yaml, at } = place;
  // Behind a colon YAML wants a blank before it sees a value.
  const isBare = /[:：]$/.test(before) && yaml.text.charAt(at - 1) === ':';
  const text = isBare ? `${yaml.text.slice(0, at)} ${yaml.text.slice(at)}` : yaml.text;
  const typing = typingAt(text, frontMatterForm, isBare ? at + 1 : at);
  if (!typing) return undefined;
  const from = isBare ? before.length : before.length - typing.typed.length;
  return from < 0 ? undefined : { ...site, typing, from, gap: isBare && before.endsWith(':') ? ' ' : '' };
}

/** The keys of the front matter. */
function* keys(place: Place): Generator<CompletionItem> {
  const { typing, write, language } = place;
  const taken = new Set([...typing.taken].map((key) => idOfKey(frontMatterForm, key)));
  for (const [index, term] of termsOf(frontMatterForm).entries()) {
    if (taken.has(term.id)) continue;
    const word = write.word(term);
    yield* offer(place, place.from, {
      label: word,
      kind: kinds.field,
      detail: inLanguage(term.help, language),
      documentation: termText(term, language),
      insert: typing.colon ? word : `${word}:${keyValue(term, place)}`,
      snippet: true,
      names: [word, ...term.zh, ...term.en],
      rank: index,
      again: !typing.colon && !['title', 'id', 'note', 'institution', 'principal'].includes(term.id),
    });
  }
}

/** What stands behind a new key, with places to fill in. */
function keyValue(term: Term, { typing, write }: Place): string {
  const shape = frontMatterForm.fields[term.zh[0]]?.shape;
  switch (shape?.kind) {
    case 'table':
      return typing.flow ? ' {$0}' : '\n  $0';
    case 'form': {
      const [unanswered, connected] = termsOf(shape as FrontMatterForm).map((each) => write.word(each));
      return ` {${unanswered}: \${1:6}, ${connected}: \${2:3}}`;
    }
    case 'list':
      return ' [$0]';
    default:
      return ' $0';
  }
}

/** The fields of a variable, or of 频次. */
function* fields(form: FrontMatterForm, place: Place): Generator<CompletionItem> {
  const { typing, write, language } = place;
  const taken = new Set([...typing.taken].map((key) => idOfKey(form, key)));
  for (const [index, term] of termsOf(form).entries()) {
    if (taken.has(term.id)) continue;
    const word = write.word(term);
    yield* offer(place, place.from, {
      label: word,
      kind: kinds.field,
      detail: inLanguage(term.help, language),
      documentation: termText(term, language),
      insert: typing.colon ? word : `${word}: ${term.id === 'values' ? '[$0]' : '$0'}`,
      snippet: true,
      names: [word, ...term.zh, ...term.en],
      rank: index,
      again: term.id !== 'note' && term.id !== 'values',
    });
  }
}

/** Variables that the script uses or templates know, declared as a quick-fix does it. */
function* names(place: Place): Generator<CompletionItem> {
  const { typing, script, packs, language } = place;
  if (formOf(typing.site.around) !== 'variables') return;
  const taken = new Set([...typing.taken].map(foldName));
  const undeclared = script.variables.filter(({ text, use }) => use !== 'record' && text !== '' && !script.knows(text));
  const used = new Set(undeclared.map(({ text }) => text));
  const all = new Set([...used, ...packs.variables.map(({ name }) => name)]);
  for (const [index, name] of [...all].entries()) {
    if (taken.has(foldName(name))) continue;
    const known = packs.variables.find((each) => foldName(each.name) === foldName(name));
    const isUsed = used.has(name);
    const note = isUsed ? { zh: '话术里用到，还没有声明', en: 'Used in the script, not declared yet' } : known?.note;
    const declaration = declarationOf(name, script, packs);
    yield* offer(place, place.from, {
      label: name,
      kind: kinds.variable,
      ...(note && { detail: inLanguage(note, language) }),
      documentation: `\`${declaration}\``,
      insert: typing.colon ? name : declaration,
      names: [name, ...(known?.aliases ?? [])],
      rank: (isUsed ? 0 : 100) + index,
    });
  }
}

function* choices(terms: readonly Term[], place: Place): Generator<CompletionItem> {
  const { write, language, from, gap } = place;
  for (const [index, term] of terms.entries()) {
    const word = write.word(term);
    yield* offer(place, from, {
      label: word,
      kind: kinds.value,
      detail: inLanguage(term.help, language),
      documentation: termText(term, language),
      insert: gap + word,
      names: [word, ...term.zh, ...term.en],
      rank: index,
    });
  }
}

function* packNames(place: Place): Generator<CompletionItem> {
  const { snapshot, typing, language, from, gap } = place;
  for (const [index, { id, title }] of snapshot.settings.bundled.entries()) {
    if (typing.taken.has(id)) continue;
    const detail = inLanguage(title, language);
    yield* offer(place, from, {
      label: id,
      kind: kinds.value,
      detail,
      documentation: detail,
      insert: gap + id,
      names: [id, title.zh, title.en],
      rank: index,
    });
  }
}

/** What a text may look like: the usual hours, a sample of a variable. */
function* samples(form: FrontMatterForm, place: Place): Generator<CompletionItem> {
  const { typing, script, packs, language, from, gap } = place;
  const key = keyAt(place);
  const id = key === undefined ? undefined : idOfKey(form, key);
  const variable = form === frontMatterForm ? undefined : nameAbove(place);
  const declared = variable === undefined ? undefined : sampleOf(variable, place);
  const known: { readonly [id: string]: readonly string[] } = {
    version: ['1.0.0'],
    hours: ['8:00-20:00', '9:00-18:00'],
    unanswered: ['6', '3'],
    connected: ['3', '1'],
    range: ['1..180', '0..100000'],
    sample: declared === undefined ? [] : [declared],
  };
  const note = packs.variables.find((each) => foldName(each.name) === foldName(variable ?? ''))?.note;
  const texts =
    id === 'note' && note
      ? [inLanguage(note, script.tree.frontMatter.keys.size > 0 ? language : 'zh-CN')]
      : known[id ?? ''];
  for (const [index, label] of (texts ?? []).entries()) {
    if (typing.typed === label) continue;
    const detail = inLanguage({ zh: '例如', en: 'for example' }, language);
    yield* offer(place, from, { label, kind: kinds.value, detail, insert: gap + label, rank: index });
  }
}

/** The key before the colon behind which somebody types. */
function keyAt({ before, from }: Place): string | undefined {
  return /([^\s,，{｛:：]+)\s*[:：]\s*["']?$/.exec(before.slice(0, from))?.[1];
}

/** The name of the variable whose field is typed. */
function nameAbove({ before, script, placed }: Place): string | undefined {
  const inLine = /([^\s,，{｛:：]+)\s*[:：]\s*[{｛][^{｛]*$/.exec(before)?.[1];
  if (inLine !== undefined) return inLine;
  const declared = script.tree.frontMatter.variables.findLast(({ nameSpan }) => nameSpan.start < placed.start);
  return declared?.name;
}

function sampleOf(name: string, { script, packs }: Place): string | undefined {
  const written = declarationOf(name, script, packs);
  return /[:：]\s*([^,，{}:：]+(?::\d+)?)\}$/.exec(written)?.[1]?.trim();
}
