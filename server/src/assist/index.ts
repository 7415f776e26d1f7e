import { checkScript } from './checkScript.ts';
import { explainRule } from './explainRule.ts';
import { listSteps } from './listSteps.ts';
import { suggestWordings } from './suggestWordings.ts';
import type { Tool } from './tool.ts';

/** What language models can ask of us, in the editor and by the Model Context Protocol alike. */
export const tools: readonly Tool[] = [checkScript, explainRule, listSteps, suggestWordings];

export function toolNamed(name: string): Tool | undefined {
  return tools.find((tool) => tool.name === name);
}
