import { Memo } from '../../base/memo.ts';
import { organizationOf } from '../../model/organization.ts';
import type { Script } from '../../model/script.ts';
import type { FlowRule } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Speech } from '../../syntax/line.ts';
import { isLine } from '../../syntax/tree.ts';

/** The rules about the flow that look at a script. */
export function rulesFor(
  script: Script,
  packs: PackSet,
  day: string,
  among: readonly FlowRule[] = packs.flow,
): readonly FlowRule[] {
  const deaf = !hears(script, packs);
  return among.filter((rule) => packs.inForce(rule, day) && appliesTo(rule, script) && !(deaf && listens(rule)));
}

/** Whether the packs' detectors understand what the agent says: those for Chinese hear nothing in English. */
function hears({ tree }: Script, packs: PackSet): boolean {
  const chinese = packs.detectors.some(({ match }) => match.some(({ all }) => all.some((each) => han.test(each))));
  if (!chinese) return true;
  let [understood, foreign] = [0, 0];
  for (const placed of tree.lines) {
    if (!isLine(placed, 'utterance') || placed.line.speaker !== 'agent') continue;
    const language = languageIn(placed.line.speech);
    if (language === 'chinese') understood++;
    else if (language === 'other') foreign++;
  }
  return understood >= foreign;
}

const han = /\p{Script=Han}/u;

const languages = new Memo<Speech, { readonly language: ReturnType<typeof languageOf> }>();

/** The same of a line that is looked at again and again. */
function languageIn(speech: Speech): ReturnType<typeof languageOf> {
  const known = languages.get(speech);
  if (known) return known.language;
  const language = languageOf(speech.text);
  languages.set(speech, { language });
  return language;
}

/** What a line is in, as far as detectors for Chinese care; nothing for numbers and variables alone. */
export function languageOf(speech: string): 'chinese' | 'other' | undefined {
  if (han.test(speech)) return 'chinese';
  return /[a-z]{3}/i.test(speech.replace(/\{[^}]*\}/g, '')) ? 'other' : undefined;
}

/** Whether a rule is broken where nobody is heard to say something. */
function listens({ kind, event, requires }: FlowRule): boolean {
  return (requires?.says.length ?? 0) > 0 || (kind === 'ends-with' && (event?.says.length ?? 0) > 0);
}

/** Whether a rule is about scripts like this one. */
export function appliesTo({ where }: FlowRule, script: Script): boolean {
  const { frontMatter } = script.tree;
  const { channel, stage } = frontMatter;
  const { channels, stages, stated, facts } = where;
  const organization = organizationOf(frontMatter) ?? 'bank';
  return (
    (!channels || channels.includes(channel?.value ?? 'phone')) &&
    (!stages || (stage ? stages.includes(stage.value) : !stated)) &&
    (facts.organization?.includes(organization) ?? true)
  );
}
