import { inLanguage, type Language, type Text } from '../server/src/base/text.ts';
import type { FlowRule, Pack, Quoted } from '../server/src/packs/pack.ts';
import { packSetOf } from '../server/src/packs/packSet.ts';
import { flowFixTitle } from '../server/src/rules/flow/fixes.ts';
import { type Alternatives, alternativesText, factsInWords, flowInWords } from '../server/src/rules/flow/inWords.ts';
import { channels, stages } from '../server/src/syntax/vocabulary.ts';
import { detectorsPage } from './detectorPage.ts';
import { anchor, fenced, joined, list, plain, ruleHead, sourceList, termNames, texts, titled } from './pageParts.ts';

/** What the page of its category says of a rule about the flow. */
export function flowSection(rule: FlowRule, pack: Pack, language: Language): string[] {
  const say = (text: Text): string => inLanguage(text, language);
  const packs = packSetOf([pack]);
  const { kind, parts } = flowInWords(rule, packs);
  const [first] = rule.examples.bad;
  const match = first?.mark && first.text.slice(first.mark.start, first.mark.end);
  // What else stands in braces depends on the script.
  const message = say(rule.message).replace(/\{(match|replies|value|limit)\}/g, (_, name: string) =>
    name === 'match' ? (match ?? '…') : '…',
  );
  const shown = ({ name, detector }: Alternatives['names'][number]): string =>
    detector === undefined ? plain(say(name)) : `[${plain(say(name))}](${detectorsPage}#${anchor(detector)})`;
  return [
    ...ruleHead(rule, message, language),
    titled(
      { zh: '看什么', en: 'What it looks at' },
      `${plain(say(kind))}${language === 'en' ? ` (\`${rule.kind}\`)` : `（\`${rule.kind}\`）`}`,
      language,
    ),
    parts
      .map(
        ({ title, any }) =>
          `- ${say(title)}${language === 'en' ? ': ' : '：'}${alternativesText(any, language, shown)}`,
      )
      .join('\n'),
    ...list(texts.scope, scopeOf(rule, language), language),
    ...sourceList(rule, pack, language),
    ...fenced(texts.bad, rule.examples.bad.map(marked), language),
    ...fenced(texts.good, rule.examples.good.map(marked), language),
    ...list(
      { zh: '可以这样改', en: 'How to mend it' },
      rule.fixes.map((fix) => plain(say(flowFixTitle(fix, packs)))),
      language,
    ),
  ];
}

function scopeOf({ where }: FlowRule, language: Language): string[] {
  const zh = language === 'zh-CN';
  return [
    ...(where.channels
      ? [`${zh ? '渠道：' : 'channels: '}${joined(termNames(channels, where.channels, language), language)}`]
      : []),
    ...(where.stages
      ? [`${zh ? '阶段：' : 'stages: '}${joined(termNames(stages, where.stages, language), language)}`]
      : []),
    ...(where.stated ? [zh ? '只看写明了阶段的话术' : 'only scripts that say their stage'] : []),
    ...factsInWords(where.facts).map((fact) => (zh ? `可能${fact.zh}的地方` : `where it may be that the ${fact.en}`)),
  ];
}

function marked({ text, mark }: Quoted): string {
  return mark ? `${text.slice(0, mark.start)}⟦${text.slice(mark.start, mark.end)}⟧${text.slice(mark.end)}` : text;
}
