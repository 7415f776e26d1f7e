import { Memo } from '../../base/memo.ts';
import { foldName } from '../../base/names.ts';
import type { Script } from '../../model/script.ts';
import type { Detector } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Guidance, Speech, Utterance } from '../../syntax/line.ts';
import { isLine, type Placed, traits } from '../../syntax/tree.ts';
import type { VariableType } from '../../syntax/vocabulary.ts';
import { actsOf, type Setting } from '../acts.ts';

/** Who says a line, as detectors see it. */
export function speakerIn(line: Utterance | Guidance): Detector['speaker'] {
  return line.kind === 'guidance' ? 'guidance' : line.speaker === 'agent' ? 'agent' : 'party';
}

/** What words do in a script, by the types that its variables have there. */
export function actsOfSpeech(
  speech: Speech,
  speaker: Detector['speaker'],
  script: Script,
  packs: PackSet,
  day: string,
): ReadonlySet<string> {
  return actsOf({ speech, speaker, setting: settingOf(script) }, packs, day);
}

const settings = new Memo<Script, Setting>();

function settingOf(script: Script): Setting {
  const known = settings.get(script);
  if (known) return known;
  const channel = script.tree.frontMatter.channel?.value;
  const setting: Setting = {
    ...(channel && { channel }),
    typeOf: (name) => script.declaration(name)?.type ?? recordedType(script, name),
    recordedType: (name) => recordedType(script, name),
  };
  settings.set(script, setting);
  return setting;
}

/** By the words that authors have for what a customer promises: 哪天, 还款日, 还款时间, 多少, 数目. */
const recordedTypes: readonly (readonly [RegExp, VariableType])[] = [
  [/日|天|号|时候|时间|何时|几时|期限|时限|日程|date|day|when|time/i, 'date'],
  [/额|钱|多少|数|款|amount|sum|how much/i, 'money'],
];

const recorded = new Memo<Script, ReadonlyMap<string, Placed>>();

/** Where a script records each of its variables first, by their folded names. */
function recordsOf(script: Script): ReadonlyMap<string, Placed> {
  const known = recorded.get(script);
  if (known) return known;
  const found = new Map<string, Placed>();
  // Not by all variables of the script: it is asked at each key in a line that names one.
  for (const placed of script.tree.having(traits.record)) {
    if (!isLine(placed, 'record') || placed.line.variable.text === '') continue;
    const name = foldName(placed.line.variable.text);
    if (!found.has(name)) found.set(name, placed);
  }
  recorded.set(script, found);
  return found;
}

/** What a recorded variable holds, by what is recorded: `客户所述日期`. */
function recordedType(script: Script, name: string): VariableType | undefined {
  const placed = recordsOf(script).get(foldName(name));
  if (!placed || !isLine(placed, 'record')) return undefined;
  const told = `${placed.line.value.text} ${name}`;
  return recordedTypes.find(([pattern]) => pattern.test(told))?.[1];
}
