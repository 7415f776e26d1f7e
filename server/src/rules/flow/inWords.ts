import { inLanguage, type Language, type Text } from '../../base/text.ts';
import { endingNames, factNames, factValueNames } from '../../packs/labels.ts';
import type { Fact, FactSets, FlowKind, FlowRule, Happening, Limits } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import { timesOf } from './limits.ts';

/** Several things of one sort, any of which counts: what somebody says, a step that begins, what the customer answers. */
export interface Alternatives {
  /** What they are; missing where it goes without saying. */
  readonly sort?: Text;
  readonly names: readonly {
    readonly name: Text;
    /** The id of the detector, where it is one. */
    readonly detector?: string;
  }[];
}

/** A rule about the flow as a person tells it. */
export interface FlowRuleInWords {
  readonly kind: Text;
  /** What its kind speaks of, under the names that the sentence about the kind uses. */
  readonly parts: readonly { readonly title: Text; readonly any: readonly Alternatives[] }[];
}

/** What a rule looks at, in the words of the packs in force. */
export function flowInWords(rule: FlowRule, packs: PackSet): FlowRuleInWords {
  const { kind, event, after, until, requires, replies, limits, max } = rule;
  const part = (
    title: Text | undefined,
    happening: Happening | undefined,
  ): readonly FlowRuleInWords['parts'][number][] =>
    happening ? [{ title: title ?? { zh: '事情', en: 'Event' }, any: happeningInWords(happening, packs) }] : [];
  const names = partNames[kind];
  const offered = replies.map((any): Alternatives => ({ names: any.map((id) => ({ name: replyName(id, packs) })) }));
  const bounds = limitsInWords(limits).map((name): Alternatives => ({ names: [{ name }] }));
  return {
    kind: kinds[kind],
    parts: [
      ...part(names.after, after),
      ...part(names.until, until),
      ...part(names.event, event),
      ...part(names.requires, requires),
      ...(offered.length > 0
        ? [
            {
              title:
                kind === 'must-let-go'
                  ? { zh: '总是这样回答', en: 'The answers' }
                  : { zh: '要有的回复', en: 'The replies' },
              any: offered,
            },
          ]
        : []),
      ...(max === undefined ? [] : [{ title: { zh: '上限', en: 'At most' }, any: [{ names: [{ name: most[max] }] }] }]),
      ...(bounds.length > 0 ? [{ title: { zh: '界限', en: 'The limits' }, any: bounds }] : []),
    ],
  };
}

const most: { readonly [max in 0 | 1]: Text } = {
  0: { zh: '一次也不行', en: 'not at all' },
  1: { zh: '一次', en: 'once' },
};

const kinds: { readonly [kind in FlowKind]: Text } = {
  'requires-before': {
    zh: '在每条路径上，出现“所说的事”之前，必须先有“前提”。',
    en: 'On every path the condition is met before the event happens.',
  },
  'forbids-after': {
    zh: '“起点”之后，任何路径上都不得出现“所说的事”；写有“终点”的，到那时为止。',
    en: 'After the beginning the event happens on no path, up to the end where one is given.',
  },
  'must-reach': {
    zh: '“起点”之后（不写则从对话开头起），每条路径都要先有“必须有的事”才能结束；到了“终点”就不再要求。',
    en: 'After the beginning (that of the conversation, where none is given) what is required happens on every path before it ends; the end lifts this.',
  },
  'must-answer': {
    zh: '“起点”之后，每条路径都要先有“必须有的事”才能结束，之前做过的不算；到了“终点”就不再要求。',
    en: 'After the beginning what is required happens on every path before it ends, and what was done before does not count; the end lifts this.',
  },
  'must-contain': {
    zh: '话术里走得到“所说的事”，就必须在某处有“必须有的事”。',
    en: 'A script in which the event can happen has, somewhere, what is required.',
  },
  'must-offer': {
    zh: '在“所说的节点”里等待客户回复时，这些回复都要有；不写节点则每次等待都看。【随时】里的回复也算。',
    en: 'Where one of the nodes waits for a reply, each of these is offered; everywhere, if no node is given. Replies in [Anytime] count.',
  },
  'must-let-go': {
    zh: '客户每次都这样回答（没有这个分支时，走后面列出的分支），对话也要走得到结束；【随时】不算。第一类回答哪里都没有时，只看绕着谈的事。',
    en: 'A customer who answers so each time (or, where that is not offered, as listed behind it) comes to an end, [Anytime] aside. Where the first answer is offered nowhere, only what the round is about counts.',
  },
  'max-count': {
    zh: '一条路径上，“所说的事”不得超过上限。',
    en: 'On no path does the event happen more often than that.',
  },
  'ends-with': {
    zh: '对话结束之前，坐席的最后一句必须是“所说的事”；不写哪些结束，就看写明结果的结束。',
    en: 'The last line of the agent before an end is the event; before ends with a named outcome, where none are given.',
  },
  limits: {
    zh: '开头的设置和消息的长度不得超出界限。',
    en: 'The front matter and the length of messages keep to the limits.',
  },
};

interface PartNames {
  readonly event?: Text;
  readonly after?: Text;
  readonly until?: Text;
  readonly requires?: Text;
}

const event: Text = { zh: '所说的事', en: 'The event' };
const required: Text = { zh: '必须有的事', en: 'What is required' };
const beginning: Text = { zh: '起点', en: 'The beginning' };
const ending: Text = { zh: '终点', en: 'The end' };

const partNames: { readonly [kind in FlowKind]: PartNames } = {
  'requires-before': { event, requires: { zh: '前提', en: 'The condition' } },
  'forbids-after': { event, after: beginning, until: ending },
  'must-reach': { after: beginning, until: ending, requires: required },
  'must-answer': { after: beginning, until: ending, requires: required },
  'must-contain': { event, requires: required },
  'must-offer': { event: { zh: '所说的节点', en: 'The nodes' } },
  'must-let-go': { event: { zh: '绕着谈的事', en: 'What the round is about' } },
  'max-count': { event },
  'ends-with': { event, after: { zh: '怎样的结束', en: 'Which ends' } },
  limits: {},
};

/** All of them in a line: `坐席的话（道别、登记异议）；客户的回复（有困难）`. A page has a way of its own to show a name. */
export function alternativesText(
  any: readonly Alternatives[],
  language: Language,
  show: (name: Alternatives['names'][number]) => string = ({ name }) => inLanguage(name, language),
): string {
  const zh = language === 'zh-CN';
  return any
    .map(({ sort, names }) => {
      const shown = names.map(show);
      if (!sort) return shown.join(zh ? '或' : ' or ');
      return zh ? `${sort.zh}（${shown.join('、')}）` : `${sort.en} (${shown.join(', ')})`;
    })
    .join(zh ? '；' : '; ');
}

/** What happens, in a line: `坐席的话（道别）`. */
export function happeningText(happening: Happening, packs: PackSet, language: Language): string {
  return alternativesText(happeningInWords(happening, packs), language);
}

function happeningInWords(happening: Happening, packs: PackSet): Alternatives[] {
  const { says, performs, takes, facts, ends, unless = [] } = happening;
  const detected = (id: string) => {
    const detector = packs.detectors.find((each) => each.id === id);
    return { speaker: detector?.speaker ?? 'agent', name: detector?.title ?? same(id), detector: id };
  };
  const heard = says.map(detected);
  const steps = performs.map((id) => packs.steps.find((each) => each.id === id)?.name ?? same(id));
  return [
    of(
      { zh: '坐席的话', en: 'what the agent says' },
      heard.filter(({ speaker }) => speaker === 'agent'),
    ),
    of(
      { zh: '对方的话', en: 'what the customer or a third party says' },
      heard.filter(({ speaker }) => speaker === 'party'),
    ),
    of({ zh: '进入的步骤', en: 'a step that begins' }, steps.map(named)),
    of(
      { zh: '客户的回复', en: 'what the customer replies' },
      takes.map((id) => named(replyName(id, packs))),
    ),
    of({ zh: '由此得知', en: 'what becomes known' }, factsInWords(facts).map(named)),
    of(
      { zh: '结束的方式', en: 'how the conversation ends' },
      ends.map((each) => named(endingNames[each])),
    ),
    of({ zh: '同一句里说了这些的不算', en: 'but not where the same line does this' }, unless.map(detected)),
  ].flatMap((each) => each ?? []);
}

function of(sort: Text, names: Alternatives['names']): Alternatives | undefined {
  return names.length > 0
    ? { sort, names: names.map(({ name, detector }) => ({ name, ...(detector && { detector }) })) }
    : undefined;
}

const named = (name: Text): { readonly name: Text } => ({ name });
const same = (text: string): Text => ({ zh: text, en: text });

function replyName(id: string, packs: PackSet): Text {
  return packs.replies.find((each) => each.id === id)?.name ?? same(id);
}

/** `接听人为第三人或未成年人`, one for each fact. */
export function factsInWords(facts: FactSets): Text[] {
  return (Object.entries(facts) as [Fact, readonly string[]][]).map(([fact, values]) => {
    const shown = values.map((value) => factValueNames[value] ?? same(value));
    return {
      zh: `${factNames[fact].zh}为${shown.map(({ zh }) => zh).join('或')}`,
      en: `${factNames[fact].en} is ${shown.map(({ en }) => en).join(' or ')}`,
    };
  });
}

function limitsInWords({ hours, unanswered, connected, characters }: Limits): Text[] {
  const times = hours && timesOf(hours);
  return [
    ...(times === undefined ? [] : [{ zh: `时段在 ${times} 之内`, en: `hours within ${times}` }]),
    ...(unanswered === undefined
      ? []
      : [{ zh: `未接通每天不超过 ${unanswered} 次`, en: `no more than ${unanswered} unanswered attempts a day` }]),
    ...(connected === undefined
      ? []
      : [{ zh: `接通每天不超过 ${connected} 次`, en: `no more than ${connected} connected contacts a day` }]),
    ...(characters === undefined
      ? []
      : [{ zh: `一条消息不超过 ${characters} 字`, en: `no more than ${characters} characters in a message` }]),
  ];
}
