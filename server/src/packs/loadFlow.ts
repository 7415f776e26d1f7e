import { listed } from '../base/text.ts';
import { stages } from '../syntax/vocabulary.ts';
import {
  flowExamplesForm,
  flowFixForm,
  flowForm,
  flowWhereForm,
  happeningForm,
  knowledgeForm,
  limitsForm,
} from './flowSchema.ts';
import { channelIds, readFactSets, readId, readNames } from './loadRule.ts';
import {
  confidences,
  type Detector,
  endings,
  type FlowFix,
  type FlowKind,
  type FlowRule,
  flowCategories,
  flowFixKinds,
  flowKinds,
  type Happening,
  type Knowledge,
  knowledgeHints,
  type Limits,
  type Quoted,
  type Reply,
  type Source,
  type Step,
  severities,
  suppressibles,
} from './pack.ts';
import { keysOf } from './shape.ts';
import type { YamlRange, YamlReader } from './yamlReader.ts';
import type { YamlNode } from './yamlText.ts';

/** What a flow rule may refer to. */
export interface KnownToFlow {
  readonly prefix: string;
  readonly sources: readonly Source[];
  readonly detectors: readonly Detector[];
  readonly steps: readonly Step[];
  readonly replies: readonly Reply[];
  /** Filled with the places of all examples. */
  readonly examples: Map<Quoted, YamlRange>;
}

/** What each kind of rule has to say. */
const needed: {
  readonly [kind in FlowKind]: readonly ('event' | 'after' | 'requires' | 'replies' | 'max' | 'limits')[];
} = {
  'requires-before': ['event', 'requires'],
  'forbids-after': ['after', 'event'],
  'must-reach': ['requires'],
  'must-answer': ['after', 'requires'],
  'must-contain': ['event', 'requires'],
  'must-offer': ['replies'],
  'must-let-go': ['replies'],
  'max-count': ['event', 'max'],
  'ends-with': ['event'],
  limits: ['limits'],
};

/** A rule about the flow, or nothing when it has a mistake that makes it useless. */
export function readFlowRule(node: YamlNode, reader: YamlReader, known: KnownToFlow): FlowRule | undefined {
  const entries = reader.entries(node, flowForm);
  if (!entries) return undefined;
  const id = readId(entries.id, reader, known.prefix);
  const category = reader.oneOf(entries.category, flowCategories);
  const severity = reader.oneOf(entries.severity, severities);
  const kind = reader.oneOf(entries.kind, flowKinds);
  const [title, message, why] = [reader.text(entries.title), reader.text(entries.message), reader.text(entries.why)];
  if (!id || !category || !severity || !kind || !title || !message || !why) return undefined;
  const missing = needed[kind].filter((key) => entries[key] === undefined);
  if (missing.length > 0) {
    const keys = missing.join('、');
    reader.fail(node, `“${kind}”还需要：${keys}。`, `A rule of the kind “${kind}” needs: ${missing.join(', ')}.`);
    return undefined;
  }
  const suppressible = reader.oneOf(entries.suppressible, suppressibles);
  const [from, to] = [reader.date(entries.from), reader.date(entries.to)];
  const happenings: { [key in (typeof happeningKeys)[number]]?: Happening } = {};
  for (const key of happeningKeys) {
    const read = entries[key] && readHappening(entries[key], reader, known);
    if (read) happenings[key] = read;
  }
  const offered = reader.items(entries.replies);
  const replies = offered.map((item) => readNames(item, reader, known.replies, '回复类别', 'reply category'));
  // With a part missing it would mean something else, and find what it should not.
  const whole =
    happeningKeys.every((key) => !entries[key] || happenings[key]) &&
    offered.every((item, index) => reader.items(item).length === replies[index]?.length);
  const max = reader.oneOf(entries.max, ['0', '1'] as const);
  const rule: FlowRule = {
    id,
    category,
    severity,
    kind,
    confidence: reader.oneOf(entries.confidence, confidences) ?? 'high',
    suppressible: suppressible === 'approval' ? suppressible : suppressible !== 'false',
    title,
    message,
    why,
    sources: readNames(entries.sources, reader, known.sources, '来源', 'source'),
    ...(from && { from }),
    ...(to && { to }),
    where: readWhere(entries.where, reader),
    ...happenings,
    replies,
    ...(max !== undefined && { max: Number(max) as 0 | 1 }),
    limits: readLimits(entries.limits, reader),
    fixes: reader.items(entries.fixes).flatMap((item) => readFix(item, reader, known) ?? []),
    examples: readExamples(entries.examples, reader, known.examples),
  };
  return whole ? rule : undefined;
}

/** Something that the editor shows of every node. */
export function readKnowledge(node: YamlNode, reader: YamlReader, known: KnownToFlow): Knowledge | undefined {
  const entries = reader.entries(node, knowledgeForm);
  const id = reader.string(entries?.id);
  const [title, yes, no] = [reader.text(entries?.title), reader.text(entries?.yes), reader.text(entries?.no)];
  const since = entries?.since && readHappening(entries.since, reader, known);
  if (!entries || !id || !title || !yes || !no || !since) return undefined;
  const until = entries.until && readHappening(entries.until, reader, known);
  if (entries.until && !until) return undefined;
  const hint = reader.oneOf(entries.hint, knowledgeHints) ?? 'never';
  return { id, title, yes, no, since, ...(until && { until }), hint };
}

const happeningKeys = ['event', 'after', 'until', 'requires'] as const;

/** Something that happens, or nothing where a part of it cannot be read. */
function readHappening(node: YamlNode, reader: YamlReader, known: KnownToFlow): Happening | undefined {
  const entries = reader.entries(node, happeningForm);
  if (!entries) return undefined;
  const happening: Happening = {
    says: readNames(entries.says, reader, known.detectors, '识别项', 'detector'),
    performs: readNames(entries.performs, reader, known.steps, '步骤', 'step'),
    takes: readNames(entries.takes, reader, known.replies, '回复类别', 'reply category'),
    facts: readFactSets(entries.facts, reader),
    ends: reader.someOf(entries.ends, endings),
    ...(entries.unless && { unless: readNames(entries.unless, reader, known.detectors, '识别项', 'detector') }),
  };
  const lists = (['says', 'performs', 'takes', 'ends', 'unless'] as const).map((key) => ({
    key,
    written: reader.items(entries[key]).length,
    read: happening[key]?.length ?? 0,
  }));
  const values = Object.values(happening.facts);
  if (lists.every(({ key, written }) => written === 0 || key === 'unless') && !entries.facts) {
    const keys = keysOf(happeningForm);
    reader.fail(node, `至少写一样：${listed(keys).zh}。`, `One of these is needed: ${listed(keys).en}.`);
    return undefined;
  }
  const whole = lists.every(({ written, read }) => written === read) && values.every((each) => each.length > 0);
  return whole ? happening : undefined;
}

function readWhere(node: YamlNode | undefined, reader: YamlReader): FlowRule['where'] {
  const entries = node && reader.entries(node, flowWhereForm);
  const inChannels = reader.someOf(entries?.channels, channelIds);
  const inStages = reader.someOf(
    entries?.stages,
    stages.map((term) => term.id),
  );
  return {
    ...(inChannels.length > 0 && { channels: inChannels }),
    ...(inStages.length > 0 && { stages: inStages }),
    stated: reader.oneOf(entries?.stated, ['true', 'false'] as const) === 'true',
    facts: readFactSets(entries?.facts, reader),
  };
}

function readLimits(node: YamlNode | undefined, reader: YamlReader): Limits {
  const entries = node && reader.entries(node, limitsForm);
  const hours = readHours(entries?.hours, reader);
  const [unanswered, connected] = [readCount(entries?.unanswered, reader), readCount(entries?.connected, reader)];
  const characters = readCount(entries?.characters, reader);
  return {
    ...(hours && { hours }),
    ...(unanswered !== undefined && { unanswered }),
    ...(connected !== undefined && { connected }),
    ...(characters !== undefined && { characters }),
  };
}

function readHours(node: YamlNode | undefined, reader: YamlReader): Limits['hours'] {
  const written = reader.string(node);
  if (!node || written === undefined) return undefined;
  const [from, to] = written.split('-').map((time) => /^(\d{1,2}):(\d{2})$/.exec(time.trim()));
  if (from && to) return { from: Number(from[1]) * 60 + Number(from[2]), to: Number(to[1]) * 60 + Number(to[2]) };
  reader.fail(node, '请写成 8:00-22:00。', 'Write it as 8:00-22:00.');
  return undefined;
}

function readCount(node: YamlNode | undefined, reader: YamlReader): number | undefined {
  const written = reader.string(node);
  if (!node || written === undefined) return undefined;
  if (/^\d{1,5}$/.test(written)) return Number(written);
  reader.fail(node, '这里应当是整数。', 'A whole number is expected here.');
  return undefined;
}

function readFix(node: YamlNode, reader: YamlReader, known: KnownToFlow): FlowFix | undefined {
  const entries = reader.entries(node, flowFixForm);
  const kind = reader.oneOf(entries?.kind, flowFixKinds);
  if (!entries || !kind) return undefined;
  const [step] = readNames(entries.step, reader, known.steps, '步骤', 'step');
  const text = reader.string(entries.text);
  return {
    kind,
    ...(step && { step }),
    replies: readNames(entries.replies, reader, known.replies, '回复类别', 'reply category'),
    ...(text !== undefined && { text }),
  };
}

function readExamples(
  node: YamlNode | undefined,
  reader: YamlReader,
  places: Map<Quoted, YamlRange>,
): FlowRule['examples'] {
  const entries = node && reader.entries(node, flowExamplesForm);
  const read = (items: YamlNode | undefined): Quoted[] =>
    reader.items(items).flatMap((item): Quoted[] => {
      const written = reader.string(item);
      if (written === undefined) return [];
      const [start, end] = [written.indexOf('⟦'), written.indexOf('⟧')];
      const example = {
        text: written.replace(/[⟦⟧]/g, ''),
        ...(start >= 0 && end > start && { mark: { start, end: end - 1 } }),
      };
      places.set(example, reader.range(item));
      return [example];
    });
  const [bad, good] = [read(entries?.bad), read(entries?.good)];
  if (entries && (bad.length === 0 || good.length === 0))
    reader.fail(entries.self, '正例和反例各至少一个。', 'At least one bad and one good example are needed.', 'warning');
  return { bad, good };
}
