import { foldName } from '../../base/names.ts';
import type { Script } from '../../model/script.ts';
import { stepsOf } from '../../model/template.ts';
import type { Facts, Reply } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Branch } from '../../syntax/line.ts';
import { scanLine } from '../../syntax/scan.ts';
import { isLine, type ScriptNode } from '../../syntax/tree.ts';
import { actsOfSpeech } from './speech.ts';

/** The node that a branch stands in. */
export interface Home {
  readonly script: Script;
  readonly node: ScriptNode;
}

/** The id of the step in which the agent asks who listens. */
export const identityStep = 'confirm-identity';

/** Whether a name is no more than an answer (肯定, No), and means its category only where the agent has asked what it answers. */
export function isMereAnswer(name: string, reply: Reply): boolean {
  const folded = foldName(name);
  return reply.answers?.named.some((each) => foldName(each) === folded) ?? false;
}

/** The category that the author names; nothing where that is a mere answer, and the agent asks something else in the node. */
export function namedIn({ category }: Branch, home: Home, packs: PackSet, day: string): Reply | undefined {
  const reply = packs.reply(category.text);
  return reply && isMereAnswer(category.text, reply) && asksOther(reply, home, packs, day) ? undefined : reply;
}

/** The replies that a branch is: the category that it names, else those by which all its examples are recognised. */
export function repliesOf(branch: Branch, home: Home, packs: PackSet, day: string): readonly Reply[] {
  const named = namedIn(branch, home, packs, day);
  if (named && named.id !== 'other') return [named];
  return [...(named ? [named] : []), ...heardIn(branch, named, home, packs, day)];
}

/** What a reply makes known if this party gives it: whoever is said to be somebody else is not the customer, whatever they claim. */
export function factsBy(speaker: Branch['speaker'], sets: Facts | undefined): Facts {
  if (speaker !== 'third-party') return sets ?? {};
  const { identity: _identity, listener, ...others } = sets ?? {};
  return { ...others, listener: listener === undefined || listener === 'debtor' ? 'third-party' : listener };
}

/** By the words of its examples or, where no pack knows the category, by what its author calls it: 客户（说没钱）. */
function heardIn(
  { examples, category }: Branch,
  named: Reply | undefined,
  home: Home,
  packs: PackSet,
  day: string,
): readonly Reply[] {
  // Nothing is written out that could say more than the category does.
  if (examples.length === 0 && named) return [];
  const actsOfWords = (text: string): ReadonlySet<string> => {
    const line = scanLine(`客户：${text}`);
    return line.kind === 'utterance' ? actsOfSpeech(line.speech, 'party', home.script, packs, day) : new Set();
  };
  const asked = askedIn(home, packs, day);
  const recognised = (texts: readonly string[]): readonly Reply[] => {
    const acts = texts.map(actsOfWords);
    return packs.replies.filter((reply) => {
      const by = detectorsOf(reply, asked);
      return by.length > 0 && acts.every((each) => by.some((id) => each.has(id)));
    });
  };
  const said = examples.length > 0 ? recognised(examples.map(({ text }) => text)) : [];
  return said.length > 0 || named ? said : recognised([category.text]);
}

/** The detectors whose words are such a reply, where a node asks this. */
function detectorsOf({ heard, answers }: Reply, asked: ReadonlySet<string>): readonly string[] {
  return answers?.to.some((id) => asked.has(id)) ? [...heard, ...answers.by] : heard;
}

/** Where the agent says nothing in a node, or another one is inserted, what was asked is not known. */
function asksOther({ answers }: Reply, home: Home, packs: PackSet, day: string): boolean {
  const { heading, lead } = home.node;
  if (heading && stepsOf(heading.line, packs).some(({ id }) => id === identityStep)) return false;
  if (lead.some(({ line }) => line.kind === 'insertion')) return false;
  if (!lead.some(({ line }) => line.kind === 'utterance' && line.speaker === 'agent')) return false;
  const asked = askedIn(home, packs, day);
  return !answers?.to.some((id) => asked.has(id));
}

/** What the agent does in a node before the customer answers. */
function askedIn({ script, node }: Home, packs: PackSet, day: string): ReadonlySet<string> {
  return new Set(
    node.lead.flatMap((placed) =>
      isLine(placed, 'utterance') && placed.line.speaker === 'agent'
        ? [...actsOfSpeech(placed.line.speech, 'agent', script, packs, day)]
        : [],
    ),
  );
}
