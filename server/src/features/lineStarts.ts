import type { CompletionItem } from 'vscode-languageserver-protocol';
import { inLanguage, type Text } from '../base/text.ts';
import { Scenario } from '../syntax/tree.ts';
import { channels, frontMatterKeys, type KeywordId, keywords, roles, stages, type Term } from '../syntax/vocabulary.ts';
import { foremost, kinds, offer, type Site, snippetText } from './completionItem.ts';
import { comingLine, type NextLine, nextLine } from './nextLine.ts';
import { branches, lineBelow, nodeAt } from './replyCompletion.ts';
import { steps, wantedNodes } from './stepCompletion.ts';
import { termText } from './termText.ts';

const scenarioWords: readonly KeywordId[] = ['given', 'says', 'expect', 'never'];

/** Behind everything else that a line can begin with. */
const last = 1000;

/** What a line can begin with: first what comes next here, as it is shown greyed. */
export function* lineStarts(site: Site, from: number): Generator<CompletionItem> {
  const next = nextLine(site);
  let isOffered = false;
  for (const item of anyStart(site, from)) {
    // Of two that look alike the one that Tab writes is enough; of a node that Tab only begins the list has all.
    if (item.label !== next?.text) yield item;
    else if (!isOffered && (next.heading || item.textEdit?.newText === next.text)) {
      isOffered = true;
      yield { ...item, sortText: foremost };
    }
  }
  if (next && !isOffered) yield* comingNext(next, site, from);
}

function* comingNext({ text, open, heading }: NextLine, site: Site, from: number): Generator<CompletionItem> {
  const detail: Text = { zh: '多半接着写这一行', en: 'What most likely comes next' };
  const about: Text = {
    zh: '新的一行上灰色提示的就是它：按 Tab 或在这里选用，写下的一样。',
    en: 'What a new line shows greyed: Tab, and Enter here, write the same.',
  };
  for (const item of offer(site, from, {
    label: text,
    kind: heading ? kinds.node : kinds.keyword,
    detail: inLanguage(detail, site.language),
    documentation: inLanguage(about, site.language),
    rank: 0,
    ...(open && { again: true }),
  }))
    yield { ...item, sortText: foremost };
}

/** What the conversation still lacks comes first or, where a node is begun that is not done yet, last. */
function* anyStart(site: Site, from: number): Generator<CompletionItem> {
  const { script, placed } = site;
  const isScenario = script.tree.sectionOf(placed.index) instanceof Scenario;
  yield* header(site, from);
  // A template in front of what stands on the line already would tear it apart.
  if (!isScenario && site.after.trim() === '') {
    const here = nodeAt(site);
    const isCut = here !== undefined && lineBelow(here.node, site) !== undefined;
    const coming = comingLine(site);
    // A heading would tear what follows off its node: only who begins to write its name can mean that.
    if (!isCut || site.before.trim() !== '') {
      const base = isCut || (coming && !coming.heading) ? last : 0;
      yield* wantedNodes(site, from, base);
      yield* steps(site, from, base);
    }
    yield* branches(site, from);
  }
  if (!isScenario) yield* roleNames(site, from);
  for (const [index, keyword] of keywords.entries()) {
    const ofScenario = scenarioWords.includes(keyword.id);
    if (ofScenario !== isScenario && keyword.id !== 'case') continue;
    // A new scenario comes behind what the one at hand can still hold.
    const rank = isScenario && keyword.id === 'case' ? 700 + keywords.length : 700 + index;
    yield* opener(site, from, keyword, kinds.keyword, rank, true);
  }
}

function* roleNames(site: Site, from: number): Generator<CompletionItem> {
  const { script, language, write } = site;
  for (const [index, role] of roles.entries()) yield* opener(site, from, role, kinds.role, 400 + index, false);
  for (const { name, kind } of script.tree.frontMatter.declaredRoles) {
    const role = roles.find(({ id }) => id === kind) ?? roles[0];
    yield* offer(site, from, {
      label: name + write.colon,
      kind: kinds.role,
      detail: inLanguage(role.help, language),
      documentation: termText(role, language),
      names: [name],
      rank: 403,
    });
  }
}

function* opener(
  site: Site,
  from: number,
  term: Term,
  kind: (typeof kinds)['role' | 'keyword'],
  rank: number,
  again: boolean,
): Generator<CompletionItem> {
  const word = site.write.word(term);
  yield* offer(site, from, {
    label: word + site.write.colon,
    kind,
    detail: inLanguage(term.help, site.language),
    documentation: termText(term, site.language),
    names: [word, ...term.zh, ...term.en],
    rank,
    again,
  });
}

/** The front matter of a script that has none, at its very beginning. */
function* header(site: Site, from: number): Generator<CompletionItem> {
  const { script, placed, write, language } = site;
  if (placed.index !== 0 || script.tree.frontMatter.lines) return;
  const word = (id: string): string => {
    const key = frontMatterKeys.find((each) => each.id === id);
    return key ? write.word(key) : id;
  };
  const choice = (terms: readonly Term[]): string => terms.map((term) => write.word(term)).join(',');
  const name = decodeURIComponent(script.uri.slice(script.uri.lastIndexOf('/') + 1)).replace(/\.[^.]*$/, '');
  const m1 = [...stages.filter(({ id }) => id === 'M1'), ...stages.filter(({ id }) => id !== 'M1')];
  const insert = [
    '---',
    `${word('title')}: \${1:${snippetText(name)}}`,
    `${word('channel')}: \${2|${choice(channels)}|}`,
    `${word('stage')}: \${3|${choice(m1)}|}`,
    '---',
    '$0',
  ];
  yield* offer(site, from, {
    label: inLanguage({ zh: '话术头：标题、渠道、阶段', en: 'Front matter: title, channel, stage' }, language),
    kind: kinds.template,
    detail: inLanguage(
      { zh: '渠道和阶段决定用哪些范本、适用哪些规则', en: 'Channel and stage decide on templates and rules' },
      language,
    ),
    documentation: inLanguage(
      {
        zh: '写在文件开头、两行 `---` 之间：标题、渠道、阶段、变量等。',
        en: 'Stands at the beginning of the file between two lines `---`: title, channel, stage, variables.',
      },
      language,
    ),
    insert: insert.join('\n'),
    snippet: true,
    names: ['话术头', '---', '开头', '标题', 'Front matter', 'title'],
    rank: 0,
  });
}
