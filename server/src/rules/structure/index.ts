import { conditionRule } from './conditionRule.ts';
import { deadEnd } from './deadEnd.ts';
import { duplicateNode } from './duplicateNode.ts';
import { duplicateReply } from './duplicateReply.ts';
import { encoding } from './encoding.ts';
import { endlessLoop } from './endlessLoop.ts';
import { frontMatterRule } from './frontMatterRule.ts';
import { insertionRule } from './insertionRule.ts';
import type { StructureRule } from './rule.ts';
import { rulePack } from './rulePack.ts';
import { scenarioRule } from './scenarioRule.ts';
import { unansweredQuestion } from './unansweredQuestion.ts';
import { undefinedVariable } from './undefinedVariable.ts';
import { unknownLine } from './unknownLine.ts';
import { unknownRole } from './unknownRole.ts';
import { unknownStep } from './unknownStep.ts';
import { unknownTarget } from './unknownTarget.ts';
import { unreachable } from './unreachable.ts';
import { unusedVariable } from './unusedVariable.ts';

/** Every rule about the language itself; a rule that is not listed here does not run. */
export const structureRules: readonly StructureRule[] = [
  encoding,
  rulePack,
  frontMatterRule,
  unknownLine,
  unknownRole,
  unknownTarget,
  unknownStep,
  insertionRule,
  duplicateNode,
  duplicateReply,
  unansweredQuestion,
  undefinedVariable,
  unusedVariable,
  conditionRule,
  scenarioRule,
  unreachable,
  endlessLoop,
  deadEnd,
];
