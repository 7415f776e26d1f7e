import { variableTypes } from '../syntax/vocabulary.ts';
import { detectorExamplesForm, detectorForm } from './flowSchema.ts';
import type { PatternReader } from './loadPatterns.ts';
import { readFacts, readNames, readWording } from './loadRule.ts';
import { type Context, type Detector, detectorSpeakers, type Quoted, type WordingRule } from './pack.ts';
import type { YamlRange, YamlReader } from './yamlReader.ts';
import type { YamlNode } from './yamlText.ts';

/** Says what a line does; nothing when it has a mistake that makes it useless. */
export function readDetector(
  node: YamlNode,
  reader: YamlReader,
  known: {
    readonly contexts: readonly Context[];
    readonly rules: readonly WordingRule[];
    /** Filled with the places of all examples. */
    readonly examples: Map<Quoted, YamlRange>;
  },
  patterns: PatternReader,
): Detector | undefined {
  const entries = reader.entries(node, detectorForm);
  const id = reader.string(entries?.id);
  const title = reader.text(entries?.title);
  if (!entries || !id || !title) return undefined;
  const detector: Detector = {
    id,
    title,
    speaker: reader.oneOf(entries.speaker, detectorSpeakers) ?? 'agent',
    match: reader.items(entries.match).flatMap((item) => {
      const found = readWording(item, reader, patterns);
      return found ? [{ all: found.read.map(({ source }) => source), within: found.within }] : [];
    }),
    unless: readNames(entries.unless, reader, known.contexts, '语境', 'context'),
    inside: patterns.sources(entries.inside, reader),
    variables: reader.someOf(
      entries.variables,
      variableTypes.map((type) => type.id),
    ),
    repeats: reader.someOf(
      entries.repeats,
      variableTypes.map((type) => type.id),
    ),
    rules: readNames(entries.rules, reader, known.rules, '规则', 'rule'),
    facts: readFacts(entries.facts, reader),
    examples: readExamples(entries.examples, reader, known.examples),
  };
  if ([detector.match, detector.variables, detector.repeats, detector.rules].every(({ length }) => length === 0)) {
    // What is written and cannot be used has been reported at its place.
    if (!entries.match && !entries.variables && !entries.repeats && !entries.rules)
      reader.fail(
        node,
        '需要 match、variables、repeats 或 rules 之一。',
        'One of match, variables, repeats and rules is needed.',
      );
    return undefined;
  }
  return detector;
}

const fewestExamples = 3;

function readExamples(
  node: YamlNode | undefined,
  reader: YamlReader,
  places: Map<Quoted, YamlRange>,
): Detector['examples'] {
  const entries = node && reader.entries(node, detectorExamplesForm);
  const read = (items: YamlNode | undefined): Quoted[] =>
    reader.items(items).flatMap((item): Quoted[] => {
      const text = reader.string(item);
      if (text === undefined) return [];
      const example = { text };
      places.set(example, reader.range(item));
      return [example];
    });
  const [does, not] = [read(entries?.does), read(entries?.not)];
  if (entries && (does.length < fewestExamples || not.length < fewestExamples)) {
    reader.fail(
      entries.self,
      `does 和 not 各至少 ${fewestExamples} 句。`,
      `At least ${fewestExamples} lines are needed in “does” and “not” each.`,
      'warning',
    );
  }
  return { does, not };
}
