import { inLanguage, type Language, type Text } from '../server/src/base/text.ts';
import type { Detector, Happening, Pack } from '../server/src/packs/pack.ts';
import { variableTypes } from '../server/src/syntax/vocabulary.ts';
import { anchor, joined, list, plain, termNames, titled } from './pageParts.ts';

export const detectorsPage = 'detectors.md';

export const detectorTexts = {
  title: { zh: '识别项', en: 'Detectors' },
  introduction: {
    zh: '流程规则要知道一句话做了什么：有没有说明机构，有没有说出账务，客户是不是提出了异议。这由识别项判断，节点叫什么名字都一样。下面列出每个识别项，算和不算的例句，以及哪些规则用到它。',
    en: 'Rules about the flow have to know what a line does: whether it names the institution, discloses the debt, or disputes the bill. Detectors say so, whatever the node is called. This page lists them with lines that count and lines that do not, and with the rules that go by them.',
  },
} satisfies { readonly [name: string]: Text };

const listened: { readonly [speaker in Detector['speaker']]: Text } = {
  agent: { zh: '坐席的话', en: 'what the agent says' },
  party: { zh: '客户或第三方的话', en: 'what the customer or a third party says' },
  guidance: { zh: '给坐席的提示', en: 'guidance for the agent' },
};

/** The sections of the page about the detectors of all packs. */
export function detectorSections(packs: readonly Pack[], language: Language): string[] {
  return packs.flatMap((pack) => pack.detectors.flatMap((detector) => detectorSection(detector, pack, language)));
}

function detectorSection(detector: Detector, pack: Pack, language: Language): string[] {
  const say = (text: Text): string => inLanguage(text, language);
  const { id, title, speaker, variables, rules, examples } = detector;
  const rulePage = (rule: string): string[] => {
    const found = [...pack.rules, ...pack.flow].find((each) => each.id === rule);
    return found ? [`[${plain(say(found.title))}](${found.category}.md#${anchor(rule)})`] : [];
  };
  const used = pack.flow.filter(({ event, after, until, requires }) =>
    [event, after, until, requires].some((each?: Happening) => each?.says.includes(id)),
  );
  const replies = pack.replies.filter(({ heard }) => heard.includes(id)).map(({ name }) => plain(say(name)));
  return [
    `<a id="${anchor(id)}"></a>`,
    `## ${plain(say(title))}`,
    `\`${id}\` · ${say(listened[speaker])}`,
    ...list(
      { zh: '算', en: 'Counts' },
      examples.does.map(({ text }) => plain(text)),
      language,
    ),
    ...list(
      { zh: '不算', en: 'Does not count' },
      examples.not.map(({ text }) => plain(text)),
      language,
    ),
    ...(variables.length > 0
      ? [
          titled(
            { zh: '说到这些类型的变量也算', en: 'So does a variable of these types' },
            joined(termNames(variableTypes, variables, language), language),
            language,
          ),
        ]
      : []),
    ...list({ zh: '这些规则会发现的话也算', en: 'So does what these rules find' }, rules.flatMap(rulePage), language),
    ...(replies.length > 0
      ? [titled({ zh: '由此认出的回复', en: 'Replies heard by it' }, joined(replies, language), language)]
      : []),
    ...list(
      { zh: '用到它的规则', en: 'Rules that go by it' },
      used.flatMap((rule) => rulePage(rule.id)),
      language,
    ),
  ];
}
