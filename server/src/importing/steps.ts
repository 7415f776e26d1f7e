import { foldName } from '../base/names.ts';
import type { Step } from '../packs/pack.ts';
import type { PackSet } from '../packs/packSet.ts';

/** Recognises the standard steps in titles, as people write them. */
export interface StepNames {
  /** The steps that a title names: 核实客户身份, 开场白及录音告知. */
  inTitle(title: string): readonly Step[];
  /** Those that a heading has to name besides, since its name alone does not. */
  toldBy(title: string): readonly Step[];
  /** Whether the whole title is the name of a step, or of some of them. */
  isTitle(title: string): boolean;
}

const surplus = /(?:客户|债务人|持卡人|对方|您的|环节|阶段|步骤|流程|话术|部分|内容|节点|模块|场景|的|本人(?=身份))/g;

export function stepNamesOf(packs: PackSet): StepNames {
  const names: (readonly [string, Step])[] = packs.steps
    .flatMap((step) => [step.name.zh, ...step.aliases].map((name) => [foldName(name), step] as const))
    .filter(([name]) => name.length >= 3 || /^(?:开场|道别|收尾)$/.test(name))
    .sort(([a], [b]) => b.length - a.length);
  const whole = (title: string): Step | undefined => packs.step(title) ?? packs.step(title.replace(surplus, ''));
  const parts = (title: string): (Step | undefined)[] =>
    title
      .split(/[、，,/／&＆+＋]|以及|及|和|与|并|\band\b/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(whole);
  const recognised: StepNames = {
    toldBy: (title) => (packs.step(title) ? [] : recognised.inTitle(title)),
    inTitle(title) {
      const named = whole(title);
      if (named) return [named];
      const found = parts(title).flatMap((step) => step ?? []);
      if (found.length > 0) return [...new Set(found)];
      if (title.length > longestTitle) return [];
      const folded = foldName(title.replace(surplus, ''));
      const inside = names.find(([name]) => folded.includes(name));
      return inside ? [inside[1]] : [];
    },
    isTitle(title) {
      if (title.length > longestTitle) return false;
      return (
        whole(title) !== undefined ||
        (title.length > 1 && parts(title).every((step) => step !== undefined) && parts(title).length > 0)
      );
    },
  };
  return recognised;
}

/** A title is short; what is longer is a sentence. */
export const longestTitle = 24;
