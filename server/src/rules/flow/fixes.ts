import type { Edit } from '../../base/edit.ts';
import type { Text } from '../../base/text.ts';
import type { Point } from '../../flow/graph.ts';
import type { Paths } from '../../flow/paths.ts';
import { nowhere } from '../../flow/spots.ts';
import type { Script } from '../../model/script.ts';
import { handOf } from '../../model/writing.ts';
import type { FlowFix } from '../../packs/pack.ts';
import type { PackSet } from '../../packs/packSet.ts';
import type { Fix } from '../finding.ts';
import { goToStep } from './fixes/goToStep.ts';
import { insertStep, moveBehind, passThrough, sayInStep } from './fixes/insertStep.ts';
import { addAnytime, addReplies, answer } from './fixes/replies.ts';
import { addWords, removeLine, say, sayBefore } from './fixes/say.ts';
import type { Site } from './fixes/site.ts';
import type { Trial } from './fixes/trial.ts';
import type { Violation } from './violations.ts';

/**
 * The ways to mend a violation that its rule names, and that do mend it where it stands. There may be several ways to do the
 * same: the first that leaves nothing else broken is offered.
 * @param helps missing where there is too much to try anything
 */
export function flowFixes(
  { rule, point, since = nowhere, replies = [] }: Violation,
  way: readonly Point[],
  script: Script,
  paths: Paths,
  packs: PackSet,
  helps: Trial | undefined,
): readonly Fix[] {
  const at = way.lastIndexOf(point);
  const here = (each: Point): boolean => each.visit.script === script;
  const before = way.slice(0, at < 0 ? way.length : at + 1).filter(here);
  const site: Site = {
    rule,
    script,
    packs,
    write: handOf(script),
    paths,
    point,
    before,
    way: way.filter(here),
    since,
    replies,
  };
  const found = new Map<string, Fix>();
  for (const fix of rule.fixes) {
    for (const { title, tries } of waysTo(fix, site)) {
      const edits = tries.find((each) => each.length > 0 && (!helps || helps(rule.id, each)));
      if (!edits) continue;
      if (!found.has(title.zh)) found.set(title.zh, { title, safe: false, edits });
      break;
    }
  }
  return [...found.values()];
}

interface Way {
  readonly title: Text;
  /** The same thing done differently, the most natural one first. */
  readonly tries: readonly (readonly Edit[])[];
}

/** What a fix may come to, the least change first; one of them is enough. */
function waysTo(fix: FlowFix, site: Site): Way[] {
  const { packs, replies } = site;
  const step = packs.steps.find(({ id }) => id === fix.step);
  const title = flowFixTitle({ ...fix, replies: fix.kind === 'add-replies' ? replies : fix.replies }, packs);
  const as = (kind: FlowFix['kind']): Text => flowFixTitle({ ...fix, kind }, packs);
  const { text } = fix;
  switch (fix.kind) {
    case 'answer':
      return [{ title, tries: answer(site) }];
    case 'insert-step':
      // Where nobody replies, a node is a message of its own and comes before none.
      return step && !site.paths.graph.oneWay
        ? [
            { title: as('go-to-step'), tries: passThrough(step, site) },
            { title: as('say-before'), tries: sayInStep(step, site) },
            { title, tries: insertStep(step, site) },
          ]
        : [];
    case 'say-before':
      return step ? [{ title, tries: sayBefore(step, site) }] : [];
    case 'go-to-step':
      return step ? [{ title, tries: goToStep(step, site) }] : [];
    case 'move-behind':
      return step ? [{ title, tries: moveBehind(step, site) }] : [];
    case 'add-replies':
      return [{ title, tries: addReplies(site) }];
    case 'add-anytime':
      return [{ title, tries: addAnytime(fix.replies, site) }];
    case 'say':
      return text === undefined ? [] : [{ title, tries: say(text, step, site) }];
    case 'remove':
      return [{ title, tries: removeLine(site) }];
    case 'begin-with':
      return text === undefined ? [] : [{ title, tries: addWords(text, 'begin', site) }];
    case 'end-with':
      return text === undefined ? [] : [{ title, tries: addWords(text, 'end', site) }];
    default:
      return fix.kind satisfies never;
  }
}

/** What a rule’s fix does, for those who read about the rule. */
export function flowFixTitle({ kind, step, replies, text = '' }: FlowFix, packs: PackSet): Text {
  const name = packs.steps.find(({ id }) => id === step)?.name ?? { zh: '', en: '' };
  const all = replies.map((id) => packs.reply(id)?.name ?? { zh: id, en: id });
  const [zh, en] = [all.map((each) => each.zh).join('、'), all.map((each) => each.en).join(', ')];
  switch (kind) {
    case 'answer':
      return { zh: '照范本回应客户', en: 'Answer the customer as the template does' };
    case 'insert-step':
      return { zh: `在此之前加上“${name.zh}”一节`, en: `Insert the step “${name.en}” before this` };
    case 'say-before':
      return { zh: `先说“${name.zh}”的内容`, en: `Say what belongs to “${name.en}” before this` };
    case 'go-to-step':
      return { zh: `改为去“${name.zh}”`, en: `Go to “${name.en}” instead` };
    case 'move-behind':
      return { zh: `先做“${name.zh}”，再说这句话`, en: `Do “${name.en}” first, then say this` };
    case 'add-replies':
      return { zh: '补上缺少的回复分支', en: 'Add the missing replies' };
    case 'add-anytime':
      return { zh: `在【随时】里加上“${zh}”`, en: `Add “${en}” to [Anytime]` };
    case 'say':
      return { zh: `加上一句“${text}”`, en: `Say “${text}”` };
    case 'remove':
      return { zh: '删去这句话', en: 'Remove this line' };
    case 'begin-with':
      return { zh: `以“${text}”开头`, en: `Begin with “${text}”` };
    case 'end-with':
      return { zh: `以“${text}”结尾`, en: `End with “${text}”` };
    default:
      return kind satisfies never;
  }
}
