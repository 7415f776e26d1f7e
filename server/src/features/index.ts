import { callHierarchy } from './callHierarchy.ts';
import { codeActionResolve } from './codeActionResolve.ts';
import { codeActions } from './codeActions.ts';
import { codeLens } from './codeLens.ts';
import { codeLensResolve } from './codeLensResolve.ts';
import { completion } from './completion.ts';
import { completionResolve } from './completionResolve.ts';
import { definition } from './definition.ts';
import { diagnostics } from './diagnostics.ts';
import { documentHighlights } from './documentHighlights.ts';
import { documentLinks } from './documentLinks.ts';
import { documentSymbols } from './documentSymbols.ts';
import type { Feature } from './feature.ts';
import { folding } from './folding.ts';
import { formatting } from './formatting.ts';
import { hover } from './hover.ts';
import { incomingCalls } from './incomingCalls.ts';
import { inlayHints } from './inlayHints.ts';
import { inlineCompletion } from './inlineCompletion.ts';
import { linkedEditing } from './linkedEditing.ts';
import { newScript } from './newScript.ts';
import { onTypeFormatting } from './onTypeFormatting.ts';
import { outgoingCalls } from './outgoingCalls.ts';
import { paste } from './paste.ts';
import { prepareRename } from './prepareRename.ts';
import { rangeFormatting } from './rangeFormatting.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';
import { renameFiles } from './renameFiles.ts';
import { runScenarios } from './runScenarios.ts';
import { scenarios } from './scenarios.ts';
import { selectionRanges } from './selectionRanges.ts';
import { semanticTokens } from './semanticTokens.ts';
import { semanticTokensRange } from './semanticTokensRange.ts';
import { status } from './status.ts';
import { suppress } from './suppress.ts';
import { workspaceSymbols } from './workspaceSymbols.ts';

export { importedDocument } from './importedDocument.ts';

/** The feature that answers a request. */
export function featureOf(method: string): Feature<never, unknown> | undefined {
  return features.find((feature) => feature.method === method);
}

/** Every language feature; one that is not listed here is not offered. */
export const features: readonly Feature<never, unknown>[] = [
  diagnostics,
  completion,
  completionResolve,
  inlineCompletion,
  hover,
  codeActions,
  codeActionResolve,
  suppress,
  documentSymbols,
  folding,
  codeLens,
  codeLensResolve,
  inlayHints,
  definition,
  references,
  callHierarchy,
  incomingCalls,
  outgoingCalls,
  workspaceSymbols,
  selectionRanges,
  semanticTokens,
  semanticTokensRange,
  linkedEditing,
  rename,
  renameFiles,
  prepareRename,
  documentLinks,
  documentHighlights,
  formatting,
  rangeFormatting,
  onTypeFormatting,
  scenarios,
  runScenarios,
  paste,
  newScript,
  status,
];
