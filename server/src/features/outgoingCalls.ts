import type { CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams } from 'vscode-languageserver-protocol';
import { callsFrom, itemOf } from './calls.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';

/** Where the conversation can go from here, ends included, and by which lines. */
export const outgoingCalls: Feature<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]> = {
  method: 'callHierarchy/outgoingCalls',
  // Promised together with what prepares it.
  capability: {},
  run(context, { item }) {
    return callsFrom(item, context.snapshot).map(({ from, to, lines }) => ({
      to: itemOf(to, context),
      fromRanges: lines.map((line) => toRange(from.script, line)),
    }));
  },
};
