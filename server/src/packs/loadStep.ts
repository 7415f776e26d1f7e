import { channelIds, readFacts, readNames, stageIds } from './loadRule.ts';
import { factValues, type Reply, type Source, type Step, type Template } from './pack.ts';
import { answersForm, contentsForm, replyForm, stepForm, templateForm, templateReplyForm } from './stepSchema.ts';
import type { YamlReader } from './yamlReader.ts';
import type { YamlNode } from './yamlText.ts';

/** A standard step; whether the steps that it names exist is for the caller to see, who knows them all. */
export function readStep(
  node: YamlNode,
  reader: YamlReader,
  known: { readonly replies: readonly Reply[]; readonly sources: readonly Source[] },
): { readonly step: Step; readonly after: YamlNode | undefined } | undefined {
  const entries = reader.entries(node, stepForm);
  const id = reader.string(entries?.id);
  const [name, purpose] = [reader.text(entries?.name), reader.text(entries?.purpose)];
  if (!entries || !id || !name || !purpose) return undefined;
  const contents = entries.contents && reader.entries(entries.contents, contentsForm);
  const step: Step = {
    id,
    name,
    aliases: reader.strings(entries.aliases),
    purpose,
    contents: { zh: reader.strings(contents?.zh), en: reader.strings(contents?.en) },
    after: reader.strings(entries.after),
    sources: readNames(entries.sources, reader, known.sources, '来源', 'source'),
    sets: readFacts(entries.sets, reader),
    usual: reader.someOf(entries.usual, stageIds),
    templates: reader.items(entries.templates).flatMap((item) => readTemplate(item, reader, known.replies) ?? []),
    phrases: reader.strings(entries.phrases),
  };
  return { step, after: entries.after };
}

function readTemplate(node: YamlNode, reader: YamlReader, replies: readonly Reply[]): Template | undefined {
  const entries = reader.entries(node, templateForm);
  if (!entries) return undefined;
  const channels = reader.someOf(entries.channels, channelIds);
  const stages = reader.someOf(entries.stages, stageIds);
  const organizations = reader.someOf<string>(entries.organizations, factValues.organization);
  const outcome = reader.string(entries.outcome);
  return {
    ...(channels.length > 0 && { channels }),
    ...(stages.length > 0 && { stages }),
    ...(organizations.length > 0 && { organizations }),
    notes: reader.strings(entries.notes),
    says: reader.strings(entries.says),
    replies: reader.items(entries.replies).flatMap((item) => {
      const parts = reader.entries(item, templateReplyForm);
      const [reply] = readNames(parts?.reply, reader, replies, '回复类别', 'reply category');
      if (!parts || !reply) return [];
      const [to, end] = [reader.string(parts.to), reader.string(parts.outcome)];
      const [examples, says] = [reader.strings(parts.examples), reader.strings(parts.says)];
      return [{ reply, examples, ...(to && { to }), says, ...(end && { outcome: end }) }];
    }),
    ...(outcome && { outcome }),
  };
}

/** A reply category; whether the detectors that it names exist is for the caller to see, who knows them all. */
export function readReply(
  node: YamlNode,
  reader: YamlReader,
): { readonly reply: Reply; readonly detectors: readonly YamlNode[] } | undefined {
  const entries = reader.entries(node, replyForm);
  const id = reader.string(entries?.id);
  const [name, about] = [reader.text(entries?.name), reader.text(entries?.about)];
  if (!entries || !id || !name || !about) return undefined;
  const [aliases, examples] = [reader.strings(entries.aliases), reader.strings(entries.examples)];
  const heard = reader.strings(entries.heard);
  const asked = entries.answers && reader.entries(entries.answers, answersForm);
  const answers = asked && {
    to: reader.strings(asked.to),
    by: reader.strings(asked.by),
    named: reader.strings(asked.named),
  };
  const sets = readFacts(entries.sets, reader);
  const refusal = reader.oneOf(entries.refusal, ['true', 'false'] as const) === 'true';
  return {
    reply: {
      id,
      name,
      aliases,
      about,
      examples,
      sets,
      heard,
      ...(answers && { answers }),
      ...(refusal && { refusal }),
    },
    detectors: [entries.heard, asked?.to, asked?.by].flatMap((named) => named ?? []),
  };
}
