import type { CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams } from 'vscode-languageserver-protocol';
import { callsTo, itemOf } from './calls.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';

/** Which nodes lead here, and by which of their lines. */
export const incomingCalls: Feature<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]> = {
  method: 'callHierarchy/incomingCalls',
  // Promised together with what prepares it.
  capability: {},
  run(context, { item }) {
    return callsTo(item, context.snapshot).map(({ from, lines }) => ({
      from: itemOf(from, context),
      fromRanges: lines.map((line) => toRange(from.script, line)),
    }));
  },
};
